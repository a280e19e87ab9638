//! What in a title tells meetings of one kind apart: the edition, the act it is about, the region, the province.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::domain::{name_key, provinces};

/// Words after which a number tells which of several: lần thứ III, đợt 2, Kết luận số 57.
const BEFORE_NUMBERS: &[&str] = &["thứ", "đợt", "kỳ", "khóa", "quý", "số", "cụm"];
/// Words after which a direction does: khu vực phía Nam.
const BEFORE_DIRECTIONS: &[&str] = &["phía", "miền"];
const DIRECTIONS: &[&str] = &["bắc", "nam", "trung", "đông", "tây"];

/// The marks of one title.
pub struct Marks {
    after: BTreeMap<&'static str, BTreeSet<String>>,
    provinces: BTreeSet<&'static str>,
}

impl Marks {
    pub fn of(title: &str) -> Self {
        static KEYS: LazyLock<Vec<(String, &'static str)>> =
            LazyLock::new(|| [BEFORE_NUMBERS, BEFORE_DIRECTIONS].concat().iter().map(|w| (name_key(w), *w)).collect());
        static PROVINCES: LazyLock<Vec<String>> =
            LazyLock::new(|| provinces().iter().map(|p| format!(" {} ", name_key(p.name))).collect());
        let key = name_key(title);
        let words: Vec<&str> = key.split(' ').collect();
        let mut after: BTreeMap<&'static str, BTreeSet<String>> = BTreeMap::new();
        for (word, next) in words.iter().zip(words.iter().skip(1)) {
            let Some((_, mark)) = KEYS.iter().find(|(key, _)| key == word) else { continue };
            let told = if BEFORE_NUMBERS.contains(mark) { number(next) } else { direction(next) };
            if let Some(told) = told {
                after.entry(mark).or_default().insert(told);
            }
        }
        let padded = format!(" {key} ");
        let provinces = PROVINCES.iter().map(String::as_str).filter(|name| padded.contains(name)).collect();
        Self { after, provinces }
    }

    /// Whether both tell and none of what the one tells is what the other tells.
    pub fn contradict(&self, other: &Self) -> bool {
        let disjoint = |(mark, told): (&&str, &BTreeSet<String>)| {
            other.after.get(*mark).is_some_and(|others| told.is_disjoint(others))
        };
        let places = !self.provinces.is_empty() && !other.provinces.is_empty();
        self.after.iter().any(disjoint) || (places && self.provinces.is_disjoint(&other.provinces))
    }
}

/// A number in digits, Roman numerals or as a word, in digits.
fn number(word: &str) -> Option<String> {
    if word.chars().all(|c| c.is_ascii_digit()) {
        return Some(word.trim_start_matches('0').to_owned());
    }
    if let Some((_, digit)) =
        [("nhất", "1"), ("hai", "2"), ("ba", "3"), ("tư", "4")].iter().find(|(w, _)| name_key(w) == word)
    {
        return Some((*digit).to_owned());
    }
    let digit = |c| match c {
        'i' => Some(1),
        'v' => Some(5),
        'x' => Some(10),
        'l' => Some(50),
        _ => None,
    };
    let digits = word.chars().map(digit).collect::<Option<Vec<i32>>>()?;
    let nexts = digits.iter().skip(1).copied().chain([0]);
    let value: i32 = digits.iter().zip(nexts).map(|(&digit, next)| if digit < next { -digit } else { digit }).sum();
    Some(value.to_string())
}

fn direction(word: &str) -> Option<String> {
    DIRECTIONS.iter().any(|direction| name_key(direction) == word).then(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::Marks;

    #[test]
    fn marks_tell_meetings_of_one_kind_apart() {
        for (a, b, contradict) in [
            ("Hội nghị lần thứ III", "Hội nghị lần thứ 3", false),
            ("Hội nghị lần thứ XI", "Hội nghị lần thứ IX", true),
            ("Hội nghị quán triệt Kết luận số 57-KL/TW", "Hội nghị quán triệt Kết luận số 58-KL/TW", true),
            ("Tập huấn khu vực phía Bắc", "Tập huấn khu vực phía Nam", true),
            ("Tập huấn khu vực phía Bắc", "Tập huấn", false),
            ("Hội nghị chuyển đổi số năm 2030", "Hội nghị chuyển đổi số trong năm 2030", false),
            ("Hội nghị lần thứ nhất", "Hội nghị lần thứ hai", true),
            ("Hội nghị giao ban tỉnh Cà Mau", "Hội nghị giao ban tỉnh Bạc Liêu", true),
            ("Hội nghị giao ban tỉnh Cà Mau", "Hội nghị giao ban Cà Mau", false),
        ] {
            assert_eq!(Marks::of(a).contradict(&Marks::of(b)), contradict, "{a} / {b}");
        }
    }
}
