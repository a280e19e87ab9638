//! Whose meeting it is, and in which province.

use std::ops::Range;

use chrono::NaiveDate;

use super::titles::Candidate;
use crate::domain::{MeetingLevel, ProvinceId, province_named};
use crate::extract::lexicon::{Place, lexicon};
use crate::extract::structure::Doc;

/// Words in a body's name or an office that tell its level; the first that fits decides.
const WORDS: [(&str, MeetingLevel); 34] = [
    ("chi cục", MeetingLevel::Institutional),
    ("tỉnh đoàn", MeetingLevel::Provincial),
    ("trung ương", MeetingLevel::National),
    ("chính phủ", MeetingLevel::National),
    ("quốc hội tỉnh", MeetingLevel::Provincial),
    ("quốc hội", MeetingLevel::National),
    ("bộ chính trị", MeetingLevel::National),
    ("ban bí thư", MeetingLevel::National),
    ("thủ tướng", MeetingLevel::National),
    ("huyện", MeetingLevel::District),
    ("quận", MeetingLevel::District),
    ("thị xã", MeetingLevel::District),
    ("thị ủy", MeetingLevel::District),
    ("xã", MeetingLevel::Commune),
    ("phường", MeetingLevel::Commune),
    ("thị trấn", MeetingLevel::Commune),
    ("hội luật gia", MeetingLevel::Institutional),
    ("hiệp hội", MeetingLevel::Institutional),
    ("công ty", MeetingLevel::Institutional),
    ("tập đoàn", MeetingLevel::Institutional),
    ("trường", MeetingLevel::Institutional),
    ("đại học", MeetingLevel::Institutional),
    ("học viện", MeetingLevel::Institutional),
    ("bệnh viện", MeetingLevel::Institutional),
    ("ngân hàng", MeetingLevel::Institutional),
    ("tổng cục", MeetingLevel::Institutional),
    ("tỉnh ủy", MeetingLevel::Provincial),
    ("thành ủy", MeetingLevel::Provincial),
    ("tỉnh", MeetingLevel::Provincial),
    ("sở", MeetingLevel::Provincial),
    ("thành phố", MeetingLevel::Provincial),
    ("bộ", MeetingLevel::Institutional),
    ("cục", MeetingLevel::Institutional),
    ("hội", MeetingLevel::Institutional),
];

fn words_in(doc: &Doc, range: &Range<usize>, phrase: &str) -> bool {
    let words: Vec<&str> = phrase.split(' ').collect();
    range.clone().any(|i| i + words.len() <= range.end && doc.reads(i, &words))
}

/// The level of a meeting: by its name (`toàn quốc`), else by who holds it, else by who chairs it in the same
/// sentence.
pub fn level(doc: &Doc, c: &Candidate, organizers: &[Range<usize>]) -> Option<MeetingLevel> {
    let nationwide = ["toàn quốc", "cả nước"].iter().any(|w| {
        (c.title.start..(c.title.end).min(c.title.start + 12))
            .any(|_| words_in(doc, &(c.title.start..c.title.end.min(c.title.start + 12)), w))
    });
    if nationwide {
        return Some(MeetingLevel::National);
    }
    let by = |range: &Range<usize>| WORDS.iter().find(|(word, _)| words_in(doc, range, word)).map(|(_, level)| *level);
    let held = organizers.first().and_then(by);
    held.or_else(|| {
        let title = c.title.clone();
        by(&title)
            .filter(|level| matches!(level, MeetingLevel::Provincial | MeetingLevel::District | MeetingLevel::Commune))
    })
    .or_else(|| by(&(c.sentence.start..c.title.start)))
}

/// The province of the body whose meeting it is, or that its name has; nothing for a meeting of the whole country.
pub fn province(
    doc: &Doc,
    c: &Candidate,
    organizers: &[Range<usize>],
    level: Option<MeetingLevel>,
    date: Option<NaiveDate>,
) -> Option<ProvinceId> {
    if level == Some(MeetingLevel::National) || level == Some(MeetingLevel::Institutional) {
        return None;
    }
    let named = |range: &Range<usize>| {
        range.clone().find_map(|i| {
            let (_, place) = super::names::place_at(doc, i)?;
            match place? {
                Place::Province(name) => province_named(name, date),
                Place::District(_) => None,
            }
        })
    };
    let _ = lexicon();
    organizers.iter().find_map(named).or_else(|| named(&c.title))
}
