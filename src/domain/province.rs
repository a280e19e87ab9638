//! Provinces with their official codes: the 63 of before July 2025 and the 34 since.
//!
//! The data stand in `provinces.tsv`, once; the database's table is filled from here. Codes are those of the
//! General Statistics Office (Decision 124/2004/QĐ-TTg as amended) and, since 1 July 2025, of Decision
//! 19/2025/QĐ-TTg. Both series use two digits, and some digits name different provinces in each, so a code alone
//! is no key.

use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use super::{ProvinceKind, name_key};

/// The day on which the 34 replaced the 63.
pub const PROVINCES_SINCE: NaiveDate = match NaiveDate::from_ymd_opt(2025, 7, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// Key of a province: its code, plus 1000 for the series since July 2025. Only [`province_named`] and the data
/// make one, so it always names a province.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProvinceId(i16);

impl ProvinceId {
    /// The number the database keeps.
    pub fn get(self) -> i16 {
        self.0
    }

    /// The province with this number, if there is one.
    pub fn from_number(number: i16) -> Option<Self> {
        province(Self(number)).map(|p| p.id)
    }
}

impl Serialize for ProvinceId {
    /// As the province's name: what a reader of `seed --json` wants.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        province(*self).map(|p| p.name).serialize(serializer)
    }
}

/// A first-level unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Province {
    /// Its key.
    pub id: ProvinceId,
    /// Two digits, official.
    pub code: &'static str,
    /// Without `tỉnh` or `thành phố`.
    pub name: &'static str,
    /// Province or centrally run city.
    pub kind: ProvinceKind,
    /// The province it has been part of since July 2025; `None` for those of the new series.
    pub successor: Option<ProvinceId>,
}

static TABLE: LazyLock<Vec<Province>> = LazyLock::new(|| {
    include_str!("provinces.tsv").lines().filter(|line| !line.starts_with('#')).filter_map(parse).collect()
});

/// One line: series (2004 or 2025), code, kind, name, successor's code or `-`.
fn parse(line: &'static str) -> Option<Province> {
    let mut cells = line.split('\t');
    let base = if cells.next()? == "2025" { 1000 } else { 0 };
    let code = cells.next()?;
    let kind = cells.next()?.parse().ok()?;
    let name = cells.next()?;
    let successor = cells.next()?.parse::<i16>().ok().map(|code| ProvinceId(1000 + code));
    Some(Province { id: ProvinceId(base + code.parse::<i16>().ok()?), code, name, kind, successor })
}

/// All 97, the older series first, by code.
pub fn provinces() -> &'static [Province] {
    &TABLE
}

/// The province with this key.
pub fn province(id: ProvinceId) -> Option<&'static Province> {
    TABLE.iter().find(|p| p.id == id)
}

/// The province of this name on `day` (`None`: before July 2025); a name that only the other series has is found
/// there. The name stands without `tỉnh` or `thành phố`; spelling variants of [`name_key`] make no difference.
pub fn province_named(name: &str, day: Option<NaiveDate>) -> Option<ProvinceId> {
    static KEYS: LazyLock<Vec<(String, ProvinceId)>> =
        LazyLock::new(|| TABLE.iter().map(|p| (name_key(p.name), p.id)).collect());
    let key = match name_key(name).as_str() {
        "hcm" | "hồ chí minh" | "tp hcm" | "sài gòn" => name_key("Hồ Chí Minh"),
        "thừa thiên huế" | "thừa thiên - huế" => name_key("Thừa Thiên Huế"),
        key => key.to_owned(),
    };
    let recent = day.is_some_and(|day| day >= PROVINCES_SINCE);
    let mut found: Vec<ProvinceId> = KEYS.iter().filter(|(k, _)| *k == key).map(|(_, id)| *id).collect();
    found.sort_by_key(|id| (id.0 >= 1000) != recent);
    found.first().copied()
}

/// The province with this code in the series of before July 2025.
pub fn province_coded(code: &str) -> Option<ProvinceId> {
    TABLE.iter().find(|p| p.id.0 < 1000 && p.code == code).map(|p| p.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_series_are_whole_and_every_old_one_has_a_successor() {
        let (old, new): (Vec<&Province>, Vec<&Province>) = provinces().iter().partition(|p| p.id.0 < 1000);
        assert_eq!((old.len(), new.len()), (63, 34));
        for p in old {
            assert!(p.successor.is_some_and(|s| province(s).is_some()), "{}", p.name);
        }
        assert!(new.iter().all(|p| p.successor.is_none()));
    }

    #[test]
    fn a_name_means_the_province_of_its_day() {
        let later = NaiveDate::from_ymd_opt(2025, 8, 1);
        for (name, day, number) in [
            ("An Giang", None, 89),
            ("An Giang", later, 1091),
            ("Thanh Hoá", None, 38),
            ("Kiên Giang", later, 91),
            ("HCM", None, 79),
        ] {
            assert_eq!(province_named(name, day).map(ProvinceId::get), Some(number), "{name} {day:?}");
        }
        assert_eq!(province_named("Atlantis", None), None);
    }
}
