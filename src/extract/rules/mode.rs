//! How people took part in a meeting: there, online, or both.

use super::titles::Candidate;
use super::venue::{about_meeting, connects};
use crate::domain::MeetingMode;
use crate::extract::structure::Doc;

/// How people took part, where the meeting's name or a sentence on its form says so. A broadcast is no form.
pub fn mode(doc: &Doc, c: &Candidate) -> Option<MeetingMode> {
    let first = doc.sentences.iter().position(|s| s.start >= c.sentence.start).unwrap_or(0);
    let mut online = c.title.clone().any(|i| doc.reads(i, &["trực", "tuyến"]));
    let mut in_person = c.title.clone().any(|i| {
        doc.reads(i, &["trực", "tiếp"]) && doc.reads(i + 3, &["trực", "tuyến"])
            || doc.reads(i, &["trực", "tiếp", "kết", "hợp"])
    });
    for sentence in doc.sentences.iter().skip(first).take(6) {
        let own = *sentence == c.sentence;
        let says = sentence.clone().any(|i| {
            doc.reads(i, &["hình", "thức"])
                || doc.reads(i, &["kết", "hợp"])
                || doc.reads(i, &["diễn", "ra"])
                || doc.reads(i, &["được", "tổ", "chức"])
                || connects(doc, i)
        });
        let speaks_of_form = own || says && about_meeting(doc, sentence);
        if !speaks_of_form {
            continue;
        }
        for i in sentence.clone() {
            let broadcast = i >= 2
                && (doc.reads_before(i, &["truyền", "hình"])
                    || doc.reads_before(i, &["phát", "thanh"])
                    || doc.reads_before(i, &["phát", "sóng"])
                    || doc.reads_before(i, &["tường", "thuật"]));
            online |= doc.reads(i, &["trực", "tuyến"]) && (says || own && !c.title.contains(&i) && near_form(doc, i));
            in_person |= doc.reads(i, &["trực", "tiếp"])
                && says
                && !broadcast
                && !matches!(doc.key(i + 2), "chỉ" | "tham" | "phụ");
        }
    }
    match (in_person, online) {
        (true, true) => Some(MeetingMode::Hybrid),
        (true, false) => Some(MeetingMode::InPerson),
        (false, true) => Some(MeetingMode::Online),
        (false, false) => None,
    }
}

fn near_form(doc: &Doc, at: usize) -> bool {
    (at.saturating_sub(4)..at).any(|i| matches!(doc.key(i), "nghị" | "thức" | "thảo" | "huấn" | "họp"))
}
