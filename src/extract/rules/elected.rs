//! Who a meeting elects, and to what: `bầu đồng chí A giữ chức Bí thư`, `Ông A được bầu làm Chủ tịch Hội`.

use std::ops::Range;

use super::acts::{Act, Actor};
use super::offices::office_at;
use super::registry::Registry;
use crate::extract::abbreviations::Glossary;
use crate::extract::structure::Doc;
use crate::extract::text::TokenKind;

/// `Đại hội bầu đồng chí A làm Chủ tịch`, `hiệp thương cử bà B giữ chức Phó Chủ tịch`, `bầu bổ sung ông A, Trưởng Công an
/// huyện giữ chức Ủy viên`: whoever is elected is there; the word behind which the office stands.
pub fn elects(doc: &Doc, sentence: &Range<usize>, actor: &Actor) -> Option<Range<usize>> {
    let at = actor.tokens.start;
    let chosen = doc.before(at) == "bầu"
        || doc.reads_before(at, &["thương", "cử"])
        || doc.reads_before(at, &["bầu", "bổ", "sung"]);
    if !chosen || elsewhere(doc, sentence, at) {
        return None;
    }
    let end = actor.tokens.end + usize::from(doc.key(actor.tokens.end) == ",");
    let end = end + usize::from(doc.key(end) == "tiếp") * 2;
    let office = doc.key(end) == "làm" || doc.key(end) == "giữ" && matches!(doc.key(end + 1), "chức" | "cương" | "vị");
    (actor.full && office).then_some(end..end + 1)
}

/// Whether an election that `at` stands behind or in was no part of the meeting: `Năm 2019, ông A được bầu làm ...`, `Trước
/// đó, ...`, `không bầu ông A`.
pub fn elsewhere(doc: &Doc, sentence: &Range<usize>, at: usize) -> bool {
    // Năm đồng chí được bầu ...: five of them
    let dated = doc.tokens.get(sentence.start + 1).is_some_and(|t| t.kind == TokenKind::Number);
    let past = matches!(doc.key(sentence.start), "năm" | "tháng") && dated
        || doc.key(sentence.start) == "trước" && matches!(doc.key(sentence.start + 1), "đó" | "đây");
    past || (sentence.start..at).any(|i| doc.key(i) == "từng" || doc.key(i + 1) == "bầu" && doc.key(i) == "không")
        || matches!(doc.before(at), "không" | "chưa" | "từng")
}

/// Gives those whom the text names without an office the one that they are elected to.
pub fn new_offices(doc: &Doc, registry: &mut Registry, glossary: &Glossary, acts: &[Act]) {
    for act in acts {
        let verb = act.verb.clone();
        let alone = verb.len() == 1 && matches!(doc.key(verb.start), "làm" | "giữ");
        // tiếp xúc cử tri is another word
        let again =
            |i: usize| doc.key(i) == "cử" && matches!(doc.before(i), "đắc" | "tái" | "trúng" | "được" | "thương");
        let elected = alone || verb.clone().any(|i| doc.key(i) == "bầu" || again(i) || doc.reads(i, &["tín", "nhiệm"]));
        let offices = if elected { offices_behind(doc, verb.end) } else { Vec::new() };
        // A và B được bầu làm Chủ tịch và Phó Chủ tịch: one each; làm Phó Chủ tịch: all of them
        let of_all = offices.len() == 1;
        if !of_all && offices.len() != act.people.len() {
            continue;
        }
        for (person, office) in act.people.iter().zip(offices.iter().cycle()) {
            if let Some(person) = registry.people.get_mut(*person).filter(|p| p.positions.is_empty()) {
                person.positions.push(glossary.written_out(doc, office.clone()));
            }
        }
    }
}

/// The offices that `được bầu làm`, `tái đắc cử chức danh` is followed by.
fn offices_behind(doc: &Doc, at: usize) -> Vec<Range<usize>> {
    let limit = doc.sentence_of(at).end;
    let words = (at..at + 4).take_while(|&i| matches!(doc.key(i), "giữ" | "chức" | "danh" | "vụ" | "làm")).count();
    let mut found = Vec::new();
    let mut next = at + words;
    while let Some(office) = office_at(doc, next, limit) {
        // Chủ tịch Hội nhiệm kỳ mới
        let term = office.clone().find(|&i| doc.reads(i, &["nhiệm", "kỳ"])).unwrap_or(office.end);
        if term > office.start {
            found.push(office.start..term);
        }
        if !matches!(doc.key(office.end), "," | "và") {
            break;
        }
        next = office.end + 1;
    }
    found
}
