//! Whether a meeting that is named was held, and whether two names stand for one.

use std::ops::Range;

use super::titles::Candidate;
use super::years;
use crate::extract::structure::{Doc, Paragraph, ParagraphKind};

/// The second paragraph of prose, as an index: what stands behind it does not open the text.
pub fn second_of_prose(doc: &Doc) -> Option<usize> {
    let prose = |p: &Paragraph| p.kind == ParagraphKind::Prose && p.tokens.len() > 12;
    doc.paragraphs.iter().enumerate().filter(|(_, p)| prose(p)).nth(1).map(|(index, _)| index)
}

/// Whether the document's own title is a period's: `Một số kết quả năm 2013 và nhiệm vụ năm 2014`, no meeting's name.
pub fn of_a_period(doc: &Doc) -> bool {
    let mut top = doc.paragraphs.iter().take(5).filter(|p| p.kind == ParagraphKind::Line).map(|p| p.tokens.clone());
    top.any(|line| {
        let says = |words: &[&str]| line.clone().any(|i| doc.reads(i, words));
        let results =
            says(&["kết", "quả"]) || says(&["tình", "hình"]) || says(&["báo", "cáo"]) || says(&["nhiệm", "vụ"]);
        let period = line.clone().any(|i| years::year_at(doc, i).is_some());
        results && period && !line.clone().any(|i| super::titles::head_at(doc, i, line.end).is_some())
    })
}

/// `Vừa qua, Ban Tổ chức đã tổ chức ...`: held, though nobody and no day is named.
pub fn was_held(doc: &Doc, c: &Candidate) -> bool {
    let verb = (c.sentence.start..c.title.start).rfind(|&i| doc.reads(i, &["tổ", "chức"]));
    let lately = doc.reads(c.sentence.start, &["vừa", "qua"]) || doc.reads(c.sentence.start, &["mới", "đây"]);
    let near = |verb: usize| c.title.start <= verb + 4;
    // Lễ trao giải ... vừa được tổ chức tại ...
    let end = c.title.end;
    let told =
        doc.key(end) == "vừa" && (doc.reads(end + 1, &["được", "tổ", "chức"]) || doc.reads(end + 1, &["diễn", "ra"]));
    told || verb.is_some_and(|verb| (lately || matches!(doc.before(verb), "đã" | "vừa" | "trọng")) && near(verb))
}

/// Whether two names stand for two meetings: held at different times and differently called.
pub fn is_another(doc: &Doc, a: &Candidate, b: &Candidate) -> bool {
    let differs = match (a.date, b.date) {
        (Some(a), Some(b)) => {
            (a.day, a.month) != (b.day, b.month)
                || a.part_of_day.is_some() && b.part_of_day.is_some() && a.part_of_day != b.part_of_day
        }
        _ => false,
    };
    differs && overlap(doc, a.title.clone(), b.title.clone()) < 0.5
}

/// The share of words two names have in common.
pub fn overlap(doc: &Doc, a: Range<usize>, b: Range<usize>) -> f64 {
    let common = a.clone().filter(|i| b.clone().any(|j| doc.key(*i) == doc.key(j))).count();
    let whole = u32::try_from(a.len().min(b.len())).unwrap_or(u32::MAX).max(1);
    f64::from(u32::try_from(common).unwrap_or(u32::MAX)) / f64::from(whole)
}
