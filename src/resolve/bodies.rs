//! Which body a name means.
//!
//! `Ban Tuyên giáo Trung ương` says it all. `Sở Ngoại vụ`, `Tỉnh ủy`, `UBND huyện` are every province's or district's
//! own: such a name means the body of the province or district it is read in, and where that is unknown, a body known
//! from that document alone.

use std::cmp::Reverse;
use std::sync::LazyLock;

use crate::domain::{Organization, ProvinceId, name_key, provinces, resolved_id, written_out_key};

/// Where a body is named: what decides which one a relative name means.
#[derive(Clone, Copy, Debug)]
pub struct BodyContext<'a> {
    /// The document.
    pub slug: &'a str,
    /// The province it is read in, where known.
    pub province: Option<ProvinceId>,
    /// The connected site it is read at (`huyện Lâm Bình`), where there is one.
    pub site: Option<&'a str>,
}

/// How much a name says about where the body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The name says it all.
    Whole,
    /// A province's own, without saying which.
    Province,
    /// A district's or commune's own, without saying which.
    District,
    /// A word for a part of some body or event (`Ban Tổ chức`), without saying of which.
    Part,
}

/// Endings of names that leave open which province.
const PROVINCIAL: &[&str] = &["tỉnh", "tỉnh ủy", "tỉnh đoàn", "thành phố", "thành ủy", "thành đoàn"];
/// Endings of names that leave open which district or commune.
const LOCAL: &[&str] =
    &["huyện", "huyện ủy", "huyện đoàn", "thị xã", "thị ủy", "quận", "quận ủy", "xã", "phường", "thị trấn", "đặc khu"];
/// Whole names that leave open the body they are a part of.
const PARTS: &[&str] = &[
    "ban tổ chức",
    "ban tổ chức giải",
    "ban giám khảo",
    "hội đồng giám khảo",
    "ban chỉ đạo",
    "ban chấp hành",
    "ban thường vụ",
    "ban giám hiệu",
    "ban giám đốc",
    "đảng đoàn",
    "đảng ủy",
    "đảng bộ",
    "hội đồng",
    "ủy ban nhân dân",
    "hội đồng nhân dân",
    "văn phòng",
    "trung ương hội",
];

/// What the key of a body's name, abbreviations written out, leaves open.
pub fn reach(key: &str) -> Reach {
    static ENDINGS: LazyLock<Vec<(String, Reach)>> = LazyLock::new(|| {
        let keyed = |names: &[&str], reach| names.iter().map(|name| (name_key(name), reach)).collect::<Vec<_>>();
        [keyed(PROVINCIAL, Reach::Province), keyed(LOCAL, Reach::District)].concat()
    });
    static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| PARTS.iter().map(|name| name_key(name)).collect());

    if NAMES.iter().any(|name| name == key) {
        return Reach::Part;
    }
    let is_ending = |ending: &str| key.strip_suffix(ending).is_some_and(|head| head.is_empty() || head.ends_with(' '));
    if let Some((_, reach)) = ENDINGS.iter().find(|(ending, _)| is_ending(ending)) {
        return *reach;
    }
    // A department of some province, or somebody in it (Giám đốc Sở Ngoại vụ), unless the name ends in which.
    if names_department(key) && province_ending(key).is_none() {
        return Reach::Province;
    }
    Reach::Whole
}

/// Whether the key has the word `sở` in the sense of a department: not in `trụ sở`, `cơ sở`, `sở hữu`.
fn names_department(key: &str) -> bool {
    static WORDS: LazyLock<[String; 4]> = LazyLock::new(|| ["sở", "trụ", "cơ", "hữu"].map(name_key));
    let [department, seat, base, ownership] = &*WORDS;
    let words: Vec<&str> = key.split(' ').collect();
    words.iter().enumerate().any(|(at, word)| {
        let before = at.checked_sub(1).and_then(|at| words.get(at)).copied();
        word == department
            && before.is_none_or(|before| before != seat && before != base)
            && words.get(at + 1) != Some(&ownership.as_str())
    })
}

/// The province whose name the key ends in (`sở ngoại vụ bạc liêu`), whichever series; the older where both have it.
pub fn province_ending(key: &str) -> Option<ProvinceId> {
    PROVINCES
        .iter()
        .find(|(name, _)| key.strip_suffix(name.as_str()).is_some_and(|head| head.is_empty() || head.ends_with(' ')))
        .map(|(_, id)| *id)
}

/// Keys of all provinces' names.
static PROVINCES: LazyLock<Vec<(String, ProvinceId)>> =
    LazyLock::new(|| provinces().iter().map(|p| (name_key(p.name), p.id)).collect());

/// The body that `name` means where `context` says. The id is derived from the name's key and its scope; the name is
/// as worded, until [`best_spelling`] has seen all spellings.
pub fn organization(name: &str, context: BodyContext<'_>) -> Organization {
    let key = written_out_key(name);
    let alone = || format!("document {}", context.slug);
    let (scope, province) = match reach(&key) {
        Reach::Whole => (String::new(), None),
        Reach::Province => match context.province {
            Some(id) => (format!("province {}", id.get()), Some(id)),
            None => (alone(), None),
        },
        // District names repeat across the country; with the province they do not.
        Reach::District => match context.site.map(name_key).filter(|site| is_district(site)) {
            Some(site) => match context.province {
                Some(id) => (format!("province {} {site}", id.get()), Some(id)),
                None => (format!("{site}, {}", alone()), None),
            },
            None => (alone(), context.province),
        },
        Reach::Part => (alone(), None),
    };
    Organization { id: resolved_id(&["organization", &key, &scope]), name: name.to_owned(), key, province, scope }
}

fn is_district(site_key: &str) -> bool {
    static UNITS: LazyLock<Vec<String>> = LazyLock::new(|| LOCAL.iter().map(|name| name_key(name) + " ").collect());
    UNITS.iter().any(|unit| site_key.starts_with(unit.as_str()))
}

/// The spelling to show of all spellings of one body with how often each stands: full ones before abbreviated ones,
/// then the most frequent, then the first in order of code points (which puts capitals first).
pub fn best_spelling(spellings: &[(String, i64)]) -> Option<&str> {
    let is_full = |name: &str| name_key(name) == written_out_key(name);
    spellings
        .iter()
        .min_by_key(|(name, count)| (!is_full(name), Reverse(*count), name.as_str()))
        .map(|(name, _)| name.as_str())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)] // a test that panics fails
mod tests {
    use super::*;
    use crate::domain::province_named;

    fn id(name: &str, slug: &str, province: Option<&str>, site: Option<&str>) -> uuid::Uuid {
        let province = province.map(|name| province_named(name, None).unwrap());
        organization(name, BodyContext { slug, province, site }).id
    }

    #[test]
    fn whole_names_mean_one_body_everywhere() {
        for (a, b) in [
            ("Ban Tuyên giáo Trung ương", "Ban tuyên giáo T.Ư"),
            ("Bộ Ngoại giao", "Bộ ngoại giao"),
            ("UBND tỉnh Cà Mau", "Ủy ban nhân dân tỉnh Cà Mau"),
            ("Sở Ngoại vụ Bạc Liêu", "Sở ngoại vụ Bạc Liêu"),
            ("Trung tâm Dữ liệu cơ sở", "Trung tâm dữ liệu cơ sở"),
        ] {
            assert_eq!(id(a, "a", Some("Hà Nội"), None), id(b, "b", None, Some("tỉnh Cà Mau")), "{a}");
        }
    }

    #[test]
    fn relative_names_mean_the_body_of_where_they_stand() {
        for name in [
            "Sở Ngoại vụ",
            "Tỉnh uỷ",
            "UBND tỉnh",
            "Ban Tuyên giáo Tỉnh ủy",
            "Hội Nhà báo thành phố",
            "Sở TT&TT",
            "Giám đốc Sở Y tế",
        ] {
            assert_eq!(id(name, "a", Some("Cà Mau"), None), id(name, "b", Some("Cà Mau"), None), "{name}");
            assert_ne!(id(name, "a", Some("Cà Mau"), None), id(name, "a", Some("An Giang"), None), "{name}");
            assert_ne!(id(name, "a", None, None), id(name, "b", None, None), "{name}: nothing known, nothing joined");
        }
        let office = "UBND huyện";
        assert_eq!(
            id(office, "a", Some("Cà Mau"), Some("huyện U Minh")),
            id(office, "b", Some("Cà Mau"), Some("Huyện U Minh"))
        );
        assert_ne!(
            id(office, "a", Some("Cà Mau"), Some("huyện U Minh")),
            id(office, "a", Some("Cà Mau"), Some("huyện Cái Nước"))
        );
        assert_ne!(id("Ban Tổ chức", "a", Some("Cà Mau"), None), id("Ban Tổ chức", "b", Some("Cà Mau"), None));
    }

    #[test]
    fn the_spelling_shown_is_full_then_frequent() {
        let spellings = |all: &[(&str, i64)]| all.iter().map(|(n, c)| ((*n).to_owned(), *c)).collect::<Vec<_>>();
        for (all, best) in [
            (&[("UBND tỉnh", 9), ("Uỷ ban nhân dân tỉnh", 1)][..], Some("Uỷ ban nhân dân tỉnh")),
            (&[("Bộ ngoại giao", 1), ("Bộ Ngoại giao", 3)], Some("Bộ Ngoại giao")),
            (&[("Bộ ngoại giao", 1), ("Bộ Ngoại giao", 1)], Some("Bộ Ngoại giao")),
            (&[], None),
        ] {
            assert_eq!(best_spelling(&spellings(all)), best);
        }
    }
}
