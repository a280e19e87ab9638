//! Who a meeting elects, and to what: `bầu đồng chí A giữ chức Bí thư`, `Ông A được bầu làm Chủ tịch Hội`.

use std::ops::Range;

use super::acts::{Act, Actor};
use super::offices::office_at;
use super::registry::Registry;
use crate::extract::abbreviations::Glossary;
use crate::extract::structure::Doc;

/// `Đại hội bầu đồng chí A làm Chủ tịch`, `hiệp thương cử bà B giữ chức Phó Chủ tịch`, `bầu bổ sung ông A, Trưởng Công an huyện giữ chức Ủy viên`: whoever is elected
/// is there; the word behind which the office stands.
pub fn elects(doc: &Doc, actor: &Actor) -> Option<Range<usize>> {
    let before = doc.before(actor.tokens.start);
    let more = before == "sung" && doc.reads(actor.tokens.start.saturating_sub(3), &["bầu", "bổ", "sung"]);
    let end = actor.tokens.end + usize::from(doc.key(actor.tokens.end) == ",");
    let end = end + usize::from(doc.key(end) == "tiếp") * 2;
    let office = doc.key(end) == "làm" || doc.key(end) == "giữ" && matches!(doc.key(end + 1), "chức" | "cương" | "vị");
    (actor.full && (matches!(before, "bầu" | "cử") || more) && office).then_some(end..end + 1)
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
        let Some(office) = elected.then(|| office_behind(doc, verb.end)).flatten() else { continue };
        for person in &act.people {
            if let Some(person) = registry.people.get_mut(*person).filter(|p| p.positions.is_empty()) {
                person.positions.push(glossary.written_out(doc, office.clone()));
            }
        }
    }
}

/// The office that `được bầu làm`, `tái đắc cử chức danh` is followed by.
fn office_behind(doc: &Doc, at: usize) -> Option<Range<usize>> {
    let words = (at..at + 4).take_while(|&i| matches!(doc.key(i), "giữ" | "chức" | "danh" | "vụ" | "làm")).count();
    let office = office_at(doc, at + words, doc.tokens.len())?;
    // Chủ tịch Hội nhiệm kỳ mới
    let term = office.clone().find(|&i| doc.reads(i, &["nhiệm", "kỳ"])).unwrap_or(office.end);
    (term > office.start).then_some(office.start..term)
}
