//! How far a rule can be trusted: how often it has been right on the project's gold documents.
//!
//! `confidence.tsv` has, for each rule, how many values its facts hold there and how many of them the gold holds too.
//! It is generated: `CONFIDENCE=write cargo test --test extract confidence`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What was counted for a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Values that the gold documents confirm.
    pub right: u32,
    /// Values in all.
    pub seen: u32,
}

impl Tally {
    /// The share that was right, in [0, 1], by Laplace's rule of succession: (right + 1) / (seen + 2). So three out of
    /// three are less sure than ninety out of ninety, and a rule that was never seen is as good as a coin. Rounded to
    /// thousandths: more would say more than so few documents know.
    pub fn confidence(self) -> f64 {
        let share = (f64::from(self.right) + 1.0) / (f64::from(self.seen) + 2.0);
        (share * 1000.0).round() / 1000.0
    }
}

/// Every rule by name, with what was counted for it.
pub fn tallies() -> &'static BTreeMap<&'static str, Tally> {
    static TALLIES: LazyLock<BTreeMap<&'static str, Tally>> = LazyLock::new(|| {
        let line = |line: &'static str| {
            let mut cells = line.split('\t');
            let rule = cells.next()?;
            let mut number = || cells.next()?.parse().ok();
            Some((rule, Tally { right: number()?, seen: number()? }))
        };
        // The first line names the columns.
        include_str!("confidence.tsv").lines().skip(1).filter_map(line).collect()
    });
    &TALLIES
}

/// How often what this rule says is right, in [0, 1]; `None` for a rule that these rules do not have.
pub fn confidence(rule: &str) -> Option<f64> {
    tallies().get(rule).copied().map(Tally::confidence)
}
