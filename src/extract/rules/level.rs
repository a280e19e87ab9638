//! Whose meeting it is, and in which province.

use std::ops::Range;

use chrono::NaiveDate;

use super::holders::Holders;
use super::titles::Candidate;
use crate::domain::{MeetingKind, MeetingLevel, ProvinceId, province_named};
use crate::extract::lexicon::Place;
use crate::extract::structure::Doc;

/// Words in a body's name or an office that tell its level; the first that fits decides.
const WORDS: [(&str, MeetingLevel); 40] = [
    ("khoa", MeetingLevel::Institutional),
    ("bưu điện", MeetingLevel::Institutional),
    ("thông tấn xã", MeetingLevel::Institutional),
    ("tòa án nhân dân tối cao", MeetingLevel::Institutional),
    ("hợp tác xã", MeetingLevel::Institutional),
    ("tổng công ty", MeetingLevel::Institutional),
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
    // thông tấn xã, hợp tác xã, xã hội are no communes
    let commune =
        |i: usize| words != ["xã"] || !matches!(doc.before(i), "tấn" | "tác" | "thị") && doc.key(i + 1) != "hội";
    range.clone().any(|i| i + words.len() <= range.end && doc.reads(i, &words) && commune(i))
}

/// The level of a meeting: by its name (`toàn quốc`), else by who holds it, else by who chairs it in the same
/// sentence.
pub fn level(doc: &Doc, c: &Candidate, organizers: &[Range<usize>]) -> Option<MeetingLevel> {
    let opening = c.title.start..c.title.end.min(c.title.start + 12);
    let nationwide = ["toàn quốc", "cả nước"].iter().any(|words| words_in(doc, &opening, words));
    if nationwide {
        return Some(MeetingLevel::National);
    }
    let by = |range: &Range<usize>| WORDS.iter().find(|(word, _)| words_in(doc, range, word)).map(|(_, level)| *level);
    let visitors = || by(&(c.sentence.start..c.title.start)).filter(|_| c.head.kind == MeetingKind::WorkingSession);
    let held = organizers.first().and_then(by).or_else(visitors);
    held.or_else(|| {
        by(&c.title)
            .filter(|level| matches!(level, MeetingLevel::Provincial | MeetingLevel::District | MeetingLevel::Commune))
    })
    .or_else(|| by(&(c.sentence.start..c.title.start)))
}

/// The province of the body whose meeting it is, or that its name has; nothing for a meeting of the whole country.
pub fn province(
    doc: &Doc,
    c: &Candidate,
    held_by: &Holders,
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
    // UBND huyện Hải Hậu (tỉnh Nam Định); Đảng ủy xã Tân Phú, tỉnh Tây Ninh
    let beside = |body: &Range<usize>| {
        matches!(doc.key(body.end), "(" | ",").then(|| named(&(body.end + 1..body.end + 2))).flatten()
    };
    let bodies = held_by.organizers.iter().chain(&held_by.partners);
    bodies.clone().find_map(|body| named(body).or_else(|| beside(body))).or_else(|| named(&c.title)).or_else(|| {
        (c.head.kind == MeetingKind::WorkingSession).then(|| named(&(c.sentence.start..c.title.start))).flatten()
    })
}
