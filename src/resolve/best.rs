//! The best supported of several values.

use std::collections::BTreeMap;

/// Of `values`, the one that most support; of equally supported ones the one with the greatest rank (each value's rank
/// is the greatest it comes with).
pub fn most<T: Ord + Clone, R: Ord>(values: impl Iterator<Item = (T, R)>) -> Option<T> {
    let mut support: BTreeMap<T, (usize, R)> = BTreeMap::new();
    for (value, rank) in values {
        match support.remove(&value) {
            Some((count, best)) => support.insert(value, (count + 1, best.max(rank))),
            None => support.insert(value, (1, rank)),
        };
    }
    support.into_iter().max_by(|(_, a), (_, b)| a.cmp(b)).map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::most;

    #[test]
    fn support_comes_before_rank() {
        assert_eq!(most([("a", 1), ("b", 9), ("a", 2)].into_iter()), Some("a"));
        assert_eq!(most([("a", 1), ("b", 9)].into_iter()), Some("b"));
        assert_eq!(most(std::iter::empty::<(&str, u8)>()), None);
    }
}
