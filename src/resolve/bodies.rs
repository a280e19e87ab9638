//! Which body a name means.
//!
//! `Ban Tuyên giáo Trung ương` says it all. `Sở Ngoại vụ`, `Tỉnh ủy`, `UBND huyện` are every province's or district's
//! own: such a name means the body of the province or district it is read in, and where that is unknown, a body known
//! from that document alone. `UBND huyện Châu Thành` says which district, but many provinces have one of that name.
//!
//! A relative name and the same with its province (`UBND tỉnh`, `UBND tỉnh Cà Mau`) are kept as two bodies: one body is
//! shown by one name, also where a single document's wording is asked for, and that would then be another document's.
//! Whoever wants them to be one can tell so (`told_bodies.rs`).

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
    /// A district's or commune's own, with its name, without saying of which province.
    Local,
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
    let is_ending = |ending: &str| {
        let head = key.strip_suffix(ending);
        head.is_some_and(|head| head.is_empty() || (head.ends_with(' ') && !is_other_word(head, ending, "")))
    };
    if let Some((_, reach)) = ENDINGS.iter().find(|(ending, _)| is_ending(ending)) {
        return *reach;
    }
    if names_local_unit(key) {
        return Reach::Local;
    }
    // A department of some province, or somebody in it (Giám đốc Sở Ngoại vụ), unless the name ends in which.
    if names_department(key) && province_ending(key).is_none() {
        return Reach::Province;
    }
    Reach::Whole
}

/// Whether the key names a district or commune (`ủy ban nhân dân huyện châu thành`) and no province behind it. One of
/// a province's name (`xã bình dương`) names no province.
fn names_local_unit(key: &str) -> bool {
    static UNITS: LazyLock<Vec<String>> = LazyLock::new(|| phrases(LOCAL));
    static PROVINCE: LazyLock<Vec<String>> = LazyLock::new(|| phrases(&["tỉnh", "thành phố"]));
    let padded = format!(" {key} ");
    let unit_at = |unit: &'static String| padded.match_indices(unit.as_str()).map(move |(at, _)| (at, unit));
    let units = UNITS.iter().flat_map(unit_at).filter_map(|(at, unit)| {
        let (head, rest) = (padded.get(..at)?, padded.get(at + unit.len()..)?);
        (!rest.is_empty() && !is_other_word(head, unit.trim(), rest)).then_some((at, Reverse(unit.len()), rest))
    });
    // The first unit's, and of `huyện` and `huyện ủy` the longer one's.
    let Some((_, _, rest)) = units.min() else { return false };
    let before = |(province, _): &'static (String, _)| {
        let name = rest.trim_end().strip_suffix(province.as_str())?;
        (name.is_empty() || name.ends_with(' ')).then_some(name)
    };
    let Some(name) = PROVINCES.iter().find_map(before) else { return true };
    let own = PROVINCE.iter().find_map(|word| format!(" {name}").strip_suffix(word.as_str()).map(str::to_owned));
    own.as_deref().unwrap_or(name).trim().is_empty()
}

/// Whether `xã` between `head` and `rest` is part of another word: of `thông tấn xã`, `hợp tác xã`, `xã hội`. What a
/// people's council or committee (`nhân dân`) goes before is a commune all the same (`xã Hội An`).
fn is_other_word(head: &str, unit: &str, rest: &str) -> bool {
    static WORDS: LazyLock<[String; 5]> = LazyLock::new(|| ["xã", "tấn", "tác", "hội", "dân"].map(name_key));
    let [commune, news, cooperative, society, people] = &*WORDS;
    let before = head.trim_end().rsplit(' ').next().unwrap_or_default();
    unit == commune
        && (before == news
            || before == cooperative
            || (rest.split(' ').next() == Some(society.as_str()) && before != people))
}

/// Keys of phrases, between spaces, to be looked for at the bounds of words.
pub fn phrases(words: &[&str]) -> Vec<String> {
    words.iter().map(|phrase| format!(" {} ", name_key(phrase))).collect()
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

/// The body that `name` means where `context` says. The id is derived from the name's key and its scope, which say all
/// there is to it, so that every mention of a body gives the same; but for the name, which is as worded until
/// [`best_spelling`] has seen all spellings.
pub fn organization(name: &str, context: BodyContext<'_>) -> Organization {
    let key = written_out_key(name);
    let alone = || format!("document {}", context.slug);
    let (scope, province) = match reach(&key) {
        Reach::Whole => (String::new(), None),
        // Names of districts and communes repeat across the country; with the province they seldom do.
        Reach::Province | Reach::Local => match context.province {
            Some(id) => (format!("province {}", id.get()), Some(id)),
            None => (alone(), None),
        },
        Reach::District => match context.site.map(name_key).filter(|site| is_district(site)) {
            Some(site) => match context.province {
                Some(id) => (format!("province {} {site}", id.get()), Some(id)),
                None => (format!("{site}, {}", alone()), None),
            },
            // Of the document alone, and of one province: a document may speak of districts in several.
            None => match context.province {
                Some(id) => (format!("province {} {}", id.get(), alone()), Some(id)),
                None => (alone(), None),
            },
        },
        Reach::Part => (alone(), None),
    };
    Organization { id: resolved_id(&["organization", &key, &scope]), name: name.to_owned(), key, province, scope }
}

fn is_district(site_key: &str) -> bool {
    static UNITS: LazyLock<Vec<String>> = LazyLock::new(|| LOCAL.iter().map(|name| name_key(name) + " ").collect());
    UNITS.iter().any(|unit| site_key.starts_with(unit.as_str()))
}

/// The spelling to show of all spellings of one body with how often each stands: those of its own name (`key`) before
/// those of others that are told to be it, full ones before abbreviated ones, then the most frequent, then the first in
/// order of code points (which puts capitals first).
pub fn best_spelling<'a>(key: &str, spellings: &'a [(String, i64)]) -> Option<&'a str> {
    spellings
        .iter()
        .min_by_key(|(name, count)| (worth(key, name), Reverse(*count), name.as_str()))
        .map(|(name, _)| name.as_str())
}

/// Whether one more `name` of a body may make it be shown otherwise than as `shown`.
pub fn may_be_shown(key: &str, name: &str, shown: &str) -> bool {
    name != shown && worth(key, name) <= worth(key, shown)
}

/// What comes before how often a spelling stands; less is better.
fn worth(key: &str, name: &str) -> (bool, bool) {
    let written_out = written_out_key(name);
    (written_out != key, name_key(name) != written_out)
}

#[cfg(test)]
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
    fn districts_and_communes_of_one_name_are_as_many_as_provinces_they_are_read_in() {
        for (name, repeats) in [
            ("UBND huyện Châu Thành", true),
            ("Huyện ủy Châu Thành", true),
            ("UBND xã Tân Lập", true),
            ("UBND thị trấn Tân Lập, huyện Châu Thành", true),
            ("UBND xã Bình Dương", true), // a commune of a province's name
            ("HĐND xã Hội An", true),
            ("UBND huyện Châu Thành, tỉnh Long An", false),
            ("UBND huyện Châu Thành (Long An)", false),
            ("Thông tấn xã Việt Nam", false),
            ("Thông tấn xã", false),
            ("Liên minh Hợp tác xã Việt Nam", false),
            ("Bộ Lao động - Thương binh và Xã hội", false),
            ("Viện Khoa học xã hội Việt Nam", false),
        ] {
            assert_eq!(id(name, "a", Some("Cà Mau"), None), id(name, "b", Some("Cà Mau"), None), "{name}");
            assert_eq!(id(name, "a", Some("Cà Mau"), None) != id(name, "a", Some("An Giang"), None), repeats, "{name}");
            assert_eq!(id(name, "a", None, None) != id(name, "b", None, None), repeats, "{name}: nothing known");
        }
    }

    #[test]
    fn an_id_says_all_that_is_stored_but_the_spelling() {
        let mut known: std::collections::BTreeMap<uuid::Uuid, Organization> = std::collections::BTreeMap::new();
        let provinces = [None, province_named("Cà Mau", None), province_named("An Giang", None)];
        for name in ["Bộ Ngoại giao", "Sở Ngoại vụ", "UBND huyện", "UBND xã Tân Lập", "Ban Tổ chức"]
        {
            for (province, site) in
                provinces.iter().flat_map(|p| [None, Some("huyện U Minh"), Some("Mỹ")].map(|s| (*p, s)))
            {
                let body = organization(name, BodyContext { slug: "a", province, site });
                assert_eq!(known.entry(body.id).or_insert_with(|| body.clone()), &body);
            }
        }
    }

    #[test]
    fn the_spelling_shown_is_full_then_frequent() {
        let spellings = |all: &[(&str, i64)]| all.iter().map(|(n, c)| ((*n).to_owned(), *c)).collect::<Vec<_>>();
        for (all, best) in [
            (&[("UBND tỉnh", 9), ("Uỷ ban nhân dân tỉnh", 1)][..], Some("Uỷ ban nhân dân tỉnh")),
            (&[("Bộ ngoại giao", 1), ("Bộ Ngoại giao", 3)], Some("Bộ Ngoại giao")),
            (&[("Bộ ngoại giao", 1), ("Bộ Ngoại giao", 1)], Some("Bộ Ngoại giao")),
            (&[("Ủy ban nhân dân tỉnh", 9), ("UBND tỉnh Cà Mau", 1)], Some("UBND tỉnh Cà Mau")),
            (&[], None),
        ] {
            let key = best.map(written_out_key).unwrap_or_default();
            assert_eq!(best_spelling(&key, &spellings(all)), best);
        }
    }
}
