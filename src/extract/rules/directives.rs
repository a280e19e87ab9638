//! Numbered acts, cited by their full code: `57-KL/TW`, `2007/QĐ-TTg`, `72/2015/NĐ-CP`.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;

use super::dates::date_at;
use super::offices::{body_at, office_at};
use crate::domain::Directive;
use crate::extract::abbreviations::Glossary;
use crate::extract::lexicon::lexicon;
use crate::extract::structure::Doc;
use crate::extract::text::Gap;

/// A number, a year maybe, and a code of capitals with a slash or a hyphen in it.
static CODE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b\d{1,5}[a-z]?(?:/\d{4})?\s?[-/–]\s?[A-ZĐƯ][A-ZĐƯa-z]{0,6}\d{0,2}(?:[-/–.&][A-ZĐƯ][A-ZĐƯa-zđ]{0,14})+(?:\d{2})?|\b\d{1,5}/\d{4}/[A-ZĐ]{2,6}\d{0,2}\b|\b\d{1,5}(?:/\d{4})?/[A-ZĐƯ]{2,3}\s?[-–]\s?[A-ZĐƯ]{2}[A-ZĐƯa-zđ]{0,12}\b").ok()
});

/// What every code has in it. Unlike [`CODE`] it looks at no word boundaries, which are slow to find outside ASCII, and
/// so it spares most paragraphs the search.
static JOINT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new("[-/–.&][A-ZĐƯ]").ok());

/// All acts cited in the body, each once, with the fullest of what its mentions say.
pub fn directives(doc: &Doc, glossary: &Glossary) -> Vec<Directive> {
    let mut found: Vec<Directive> = Vec::new();
    let mut known = HashMap::new();
    for range in codes(doc) {
        if own_number(doc, range.start) {
            continue;
        }
        let code: String = doc
            .raw(range.clone())
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| if c == '–' { '-' } else { c })
            .collect();
        let mut end = range.end;
        let date = date_at(doc, end).or_else(|| date_at(doc, end + usize::from(matches!(doc.key(end), "," | "("))));
        let issued_on = date.and_then(|d| d.in_year(None));
        if let Some(date) = date.filter(|_| issued_on.is_some()) {
            end = date.end + usize::from(doc.key(date.end) == ")");
        }
        let sentence = doc.sentence_of(range.start);
        let issuer = issuer_behind(doc, end, sentence.end).or_else(|| issuer_before(doc, &range, &sentence));
        let issued_by = issuer.map(|body| glossary.written_out(doc, body));
        let evidence = doc.evidence(sentence, "directive.code");
        if let Some(cited) = known.get(&code).and_then(|i: &usize| found.get_mut(*i)) {
            let longer = issued_by.as_ref().is_some_and(|new| {
                cited.issued_by.as_ref().is_none_or(|old| new.len() > old.len() && new.starts_with(old.as_str()))
            });
            if longer {
                cited.issued_by = issued_by;
            }
            cited.issued_on = cited.issued_on.or(issued_on);
            if cited.evidence.last() != Some(&evidence) {
                cited.evidence.push(evidence);
            }
        } else {
            known.insert(code.clone(), found.len());
            found.push(Directive { code, issued_by, issued_on, evidence: vec![evidence] });
        }
    }
    found
}

/// `Số: 318/BC-UBND` in a document's head: its own number, which it does not cite.
fn own_number(doc: &Doc, at: usize) -> bool {
    let label = at.saturating_sub(2);
    let line = |i: usize| doc.tokens.get(i).is_some_and(|t| t.gap >= Gap::Line);
    doc.reads(label, &["số", ":"]) && line(label) && doc.lines.get(12).is_none_or(|late| at < late.start)
}

/// The tokens of every code in the body.
fn codes(doc: &Doc) -> Vec<Range<usize>> {
    let (Some(pattern), Some(joint)) = (CODE.as_ref(), JOINT.as_ref()) else { return Vec::new() };
    let mut found = Vec::new();
    for paragraph in &doc.paragraphs {
        let Some(first) = doc.tokens.get(paragraph.tokens.start) else { continue };
        // Số: 1507/BC-SGTVT in the letterhead is the document's own
        if first.key == "số" && paragraph.tokens.len() < 12 {
            continue;
        }
        let raw = doc.raw(paragraph.tokens.clone());
        if !joint.is_match(raw) {
            continue;
        }
        for hit in pattern.find_iter(raw) {
            let (from, to) = (first.bytes.start + hit.start(), first.bytes.start + hit.end());
            let start = doc.tokens.partition_point(|t| t.bytes.end <= from);
            let end = doc.tokens.partition_point(|t| t.bytes.start < to);
            found.push(start..end);
        }
    }
    found
}

/// `... của Bộ Chính trị`, behind the code and its date.
fn issuer_behind(doc: &Doc, at: usize, limit: usize) -> Option<Range<usize>> {
    if doc.key(at) == "của" {
        return issuer_at(doc, at + 1, limit);
    }
    // 35-NQ/TW Bộ Chính trị
    body_at(doc, at, limit).filter(|_| at < limit).and_then(|_| issuer_at(doc, at, limit))
}

/// `Ban Thường vụ Tỉnh ủy ban hành Chỉ thị số ...`; `... của Ủy ban nhân dân tỉnh (tại Quyết định số ...)`.
fn issuer_before(doc: &Doc, code: &Range<usize>, sentence: &Range<usize>) -> Option<Range<usize>> {
    let near = (sentence.start..code.start).rev().take(12);
    let mut at = None;
    for i in near {
        if doc.reads(i, &["ban", "hành"]) || doc.key(i) == "(" && doc.key(i + 1) == "tại" {
            at = Some(i);
            break;
        }
        if matches!(doc.key(i), "," | ";" | ")") {
            break;
        }
    }
    let verb = at?;
    // the longest body or office that ends right before
    let ends = |range: &Range<usize>| range.end == verb || range.end + 1 == verb && doc.key(range.end) == "đã";
    (sentence.start.max(verb.saturating_sub(20))..verb).find_map(|i| issuer_at(doc, i, verb).filter(ends))
}

fn issuer_at(doc: &Doc, at: usize, limit: usize) -> Option<Range<usize>> {
    let office = lexicon().offices.len_at(doc.slice(at..limit)).and_then(|_| office_at(doc, at, limit));
    let range = office.or_else(|| body_at(doc, at, limit))?;
    // the term of office is no part of the name: Bộ Chính trị khóa XI
    let end = range
        .clone()
        .find(|&i| matches!(doc.key(i), "khóa" | "về" | "giai" | "nhiệm") || doc.key(i) == "phê")
        .unwrap_or(range.end);
    (end > range.start).then_some(range.start..end)
}

/// The date of the first act that a meeting's name puts into effect.
pub fn first_in(doc: &Doc, title: Range<usize>, acts: &[Directive]) -> Option<NaiveDate> {
    if !title.clone().any(|i| matches!(doc.key(i), "/" | "-")) {
        return None;
    }
    let code = codes(doc).into_iter().find(|c| title.start <= c.start && c.end <= title.end)?;
    let raw: String =
        doc.raw(code).chars().filter(|c| !c.is_whitespace()).map(|c| if c == '–' { '-' } else { c }).collect();
    acts.iter().find(|a| a.code == raw).and_then(|a| a.issued_on)
}
