//! Awards given at, or decided for, the reported meeting: kind, grantor, counts, recipients.

use std::ops::Range;

use super::numbers::{in_words, quantity};
use super::offices::{body_at, office_at};
use super::years::year_at;
use crate::domain::AwardReport;
use crate::extract::abbreviations::Glossary;
use crate::extract::lexicon::lexicon;
use crate::extract::structure::Doc;
use crate::extract::text::TokenKind;

/// What the meeting's name says that awards inherit.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context {
    /// The year under review, or of the prize.
    pub year: Option<i16>,
    /// The year it is held in.
    pub held: Option<i32>,
}

/// Awards of the document's meeting, each kind and grantor once.
pub fn awards(doc: &Doc, glossary: &Glossary, context: Context) -> Vec<AwardReport> {
    let mut found: Vec<AwardReport> = Vec::new();
    for (index, sentence) in doc.sentences.iter().enumerate() {
        let next = doc.sentences.get(index + 1).cloned().unwrap_or(sentence.end..sentence.end);
        for award in in_sentence(doc, glossary, sentence, &next, context) {
            merge(&mut found, award);
        }
    }
    found
}

/// One award that several sentences speak of is one: counts and names that the first lacks come from the later.
fn merge(found: &mut Vec<AwardReport>, award: AwardReport) {
    let same_name = |a: &AwardReport| a.name.to_lowercase() == award.name.to_lowercase();
    let fits = |a: &AwardReport| {
        same_name(a)
            && (a.granted_by.is_none() || award.granted_by.is_none() || a.granted_by == award.granted_by)
            && [
                (a.collective_count, award.collective_count),
                (a.individual_count, award.individual_count),
                (a.work_count, award.work_count),
            ]
            .iter()
            .all(|(x, y)| x.is_none() || y.is_none() || x == y)
    };
    // the latest of its kind decides; a document has few
    match found.iter_mut().rev().take(64).rev().find(|a| fits(a)) {
        Some(known) => {
            known.granted_by = known.granted_by.take().or(award.granted_by);
            known.collective_count = known.collective_count.or(award.collective_count);
            known.individual_count = known.individual_count.or(award.individual_count);
            known.work_count = known.work_count.or(award.work_count);
            for name in award.recipients {
                if !known.recipients.contains(&name) {
                    known.recipients.push(name);
                }
            }
            for place in award.evidence {
                if !known.evidence.contains(&place) {
                    known.evidence.push(place);
                }
            }
        }
        None => found.push(award),
    }
}

/// Whether a sentence says that something is awarded, now and at the meeting.
fn awards_something(doc: &Doc, sentence: &Range<usize>) -> bool {
    let has = |words: &[&str]| sentence.clone().any(|i| doc.reads(i, words));
    let given = has(&["tặng"])
        || has(&["trao"])
        || has(&["khen", "thưởng"])
        || has(&["thuộc", "về"])
        || has(&["giải", "thưởng", "gồm"])
        || has(&["nhận"])
        || has(&["truy", "tặng"]);
    let elsewhere = has(&["trước", "đó"])
        || has(&["năm", "ngoái"])
        || has(&["đã", "từng"])
        || has(&["sẽ", "trao"])
        || has(&["đề", "nghị", "tặng"])
        || has(&["đề", "nghị", "khen"]);
    given && !elsewhere
}

fn in_sentence(
    doc: &Doc,
    glossary: &Glossary,
    sentence: &Range<usize>,
    next: &Range<usize>,
    context: Context,
) -> Vec<AwardReport> {
    let mut found = Vec::new();
    if !awards_something(doc, sentence) {
        return found;
    }
    let names = names(doc, sentence);
    for (n, name) in names.iter().enumerate() {
        let until = names.get(n + 1).map_or(sentence.end, |next| clause_end(doc, name.end, next.start));
        let from = if n == 0 { sentence.start } else { names.get(n - 1).map_or(sentence.start, |last| last.end) };
        let graded = doc.key(name.start) == "giải";
        // Cờ thi đua is one, cờ lưu niệm is none
        if name.len() == 1 && !matches!(doc.key(name.end), "của" | "cho" | "đơn") {
            continue;
        }
        let year = sentence
            .clone()
            .find_map(|i| (i > 0 && doc.before(i) == "năm").then(|| year_at(doc, i)).flatten())
            .or(context.year);
        // an earlier year's award is none of this meeting's
        if year.zip(context.held).is_some_and(|(merit, held)| i32::from(merit) + 1 < held) {
            continue;
        }
        let mut award = AwardReport {
            name: doc.clean(name.clone()),
            granted_by: None,
            collective_count: None,
            individual_count: None,
            work_count: None,
            year,
            recipients: Vec::new(),
            meeting: None,
            evidence: vec![doc.evidence(sentence.clone(), if graded { "award.grade" } else { "award.given" })],
        };
        let collective_prize = doc.slice(name.clone()).iter().any(|t| t.key == "tập");
        if graded && !collective_prize {
            award.work_count = count_before(doc, name.start, from);
        } else {
            count(doc, name.end..until, &mut award);
            if award.collective_count.is_none() && award.individual_count.is_none() {
                // 32 tập thể, 21 cá nhân được ... tặng Bằng khen
                count(doc, from..name.start, &mut award);
            }
        }
        award.granted_by = grantor(doc, sentence, name, until).map(|g| glossary.written_out(doc, g));
        award.recipients = recipients(doc, name, from, until, next, graded && !collective_prize);
        found.push(award);
    }
    // a grade that is only handed over again has neither counts nor names: it merges with the one that has
    found
}

/// Award names in a sentence that are no part of another name (`Giải báo chí ...`, `Giấy khen của`).
fn names(doc: &Doc, sentence: &Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        match lexicon().awards.len_at(doc.slice(at..sentence.end)) {
            // "cờ", "giải ba" in lower case elsewhere; a quoted title names a prize, not an award
            Some(len) if len > 1 || doc.tokens.get(at).is_some_and(|t| t.capital) => {
                found.push(at..named_grade(doc, at, at + len, sentence.end));
                at += len;
            }
            _ => at += 1,
        }
    }
    found
}

/// `Cờ thi đua`, `Huân chương Lao động hạng Nhì`, `Kỷ niệm chương “Vì sự nghiệp ...”`, `danh hiệu Chiến sĩ thi đua`.
fn named_grade(doc: &Doc, start: usize, end: usize, limit: usize) -> usize {
    if doc.key(end) == "hạng"
        && doc.tokens.get(end + 1).is_some_and(|t| t.capital || t.kind == TokenKind::Word)
        && end + 1 < limit
    {
        return end + 2;
    }
    let titled = matches!(doc.key(start), "kỷ" | "danh" | "huy");
    if titled && doc.key(end) == "\"" {
        return (end + 1..limit).find(|&i| doc.key(i) == "\"").map_or(end, |close| close + 1);
    }
    if doc.key(start) == "danh" {
        let mut stop = end;
        while stop < limit
            && doc.slice(stop..stop + 1).iter().all(|t| t.kind == TokenKind::Word)
            && !matches!(doc.key(stop), "cho" | "của" | "năm" | "và" | "đối")
        {
            stop += 1;
        }
        return stop;
    }
    end
}

/// The clause of one award ends before the next one's verb: at a semicolon, or at `và tặng`.
fn clause_end(doc: &Doc, from: usize, next: usize) -> usize {
    let mut depth = 0u32;
    for i in from..next {
        match doc.key(i) {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            ";" if depth == 0 => return i,
            "và" if depth == 0 && matches!(doc.key(i + 1), "tặng" | "trao") => return i,
            _ => {}
        }
    }
    next
}

/// `2 Giải Nhất`, `Hai Giải Nhất`: the number right before a grade.
fn count_before(doc: &Doc, at: usize, from: usize) -> Option<i32> {
    let before = at.checked_sub(1).filter(|b| *b >= from)?;
    let digits = quantity(doc, before).filter(|q| q.end == at).and_then(|q| q.whole());
    let words = (from.max(at.saturating_sub(3))..at)
        .find_map(|i| in_words(doc, i).filter(|(len, _)| i + len == at).map(|(_, n)| n));
    i32::try_from(digits.or(words)?).ok()
}

fn count(doc: &Doc, range: Range<usize>, award: &mut AwardReport) {
    for at in range.clone() {
        let number = quantity(doc, at)
            .map(|q| (q.end - at, q.whole()))
            .or_else(|| in_words(doc, at).map(|(len, n)| (len, Some(n))));
        let Some((len, Some(value))) = number else { continue };
        let Ok(value) = i32::try_from(value) else { continue };
        let noun = at + len;
        let slot = if doc.reads(noun, &["tập", "thể"]) || doc.reads(noun, &["đơn", "vị"]) {
            &mut award.collective_count
        } else if doc.reads(noun, &["cá", "nhân"]) {
            &mut award.individual_count
        } else if doc.reads(noun, &["tác", "phẩm"]) {
            &mut award.work_count
        } else {
            continue;
        };
        slot.get_or_insert(value);
    }
}

/// Who grants: `Bằng khen của X`, `X tặng Bằng khen`, `được X tặng`.
fn grantor(doc: &Doc, sentence: &Range<usize>, name: &Range<usize>, until: usize) -> Option<Range<usize>> {
    if doc.key(name.end) == "của" {
        return body_or_office(doc, name.end + 1, until.min(name.end + 24));
    }
    let verb = (sentence.start..name.start).rev().find(|&i| {
        matches!(doc.key(i), "tặng" | "trao") && !doc.tokens.get(i).is_some_and(|t| t.capital && i > sentence.start)
    })?;
    // chọn ... để trao: choosing is not granting
    if verb.checked_sub(1).is_some_and(|b| matches!(doc.key(b), "để" | "nhằm" | "xét")) {
        return None;
    }
    // được X tặng; lãnh đạo X đã trao; X quyết định tặng: the body or office that ends nearest before the verb
    let clause =
        (sentence.start..verb).rev().find(|&i| matches!(doc.key(i), ";" | ":")).map_or(sentence.start, |i| i + 1);
    let mut best: Option<Range<usize>> = None;
    // what ends far before the verb is no subject of it
    let mut at = clause.max(verb.saturating_sub(40));
    while at < verb {
        // a person hands over what someone else grants
        if let Some((mention, _)) = super::mentions::mention_at(doc, at, verb, false) {
            at = mention.tokens.end;
            best = None;
            continue;
        }
        match body_or_office(doc, at, verb) {
            Some(range) => {
                at = range.end;
                best = Some(range);
            }
            None => at += 1,
        }
    }
    best.filter(|b| verb - b.end <= 6)
}

fn body_or_office(doc: &Doc, at: usize, limit: usize) -> Option<Range<usize>> {
    let office = doc.tokens.get(at).filter(|t| t.capital).and_then(|_| office_at(doc, at, limit));
    office.or_else(|| body_at(doc, at, limit).filter(|_| doc.tokens.get(at).is_some_and(|t| t.capital)))
}

/// Recipients named in parentheses behind a count, behind `thuộc về`, before `được ... trao`, or in the next sentence
/// behind `trong đó có`.
fn recipients(
    doc: &Doc,
    name: &Range<usize>,
    from: usize,
    until: usize,
    next: &Range<usize>,
    works: bool,
) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let counted = |i: usize| {
        i >= 2
            && (doc.reads(i - 2, &["tập", "thể"])
                || doc.reads(i - 2, &["cá", "nhân"])
                || (i.saturating_sub(12)..i).any(|j| doc.reads(j, &["tập", "thể"]) || doc.reads(j, &["cá", "nhân"])))
    };
    if let Some(open) = (name.end..until).find(|&i| doc.key(i) == "(" && counted(i)) {
        let close = (open..until).find(|&i| doc.key(i) == ")").unwrap_or(until);
        names.extend(items(doc, open + 1..close));
    }
    if works && (name.end..until).any(|i| doc.reads(i, &["thuộc", "về"])) {
        for i in name.end..until {
            let author = doc.reads(i, &["tác", "giả"]) && i + 2 < until;
            if author {
                let mut at = i + 2;
                while let Some(len) = super::names::name_at(doc, at) {
                    names.push(doc.clean(at..at + len));
                    at += len;
                    if !matches!(doc.key(at), "," | "và") {
                        break;
                    }
                    at += 1;
                }
            }
        }
    }
    if !works {
        if let Some(list) = (from..name.start).find(|&i| {
            matches!(doc.key(i), "gồm" | ":")
                && (from..i).any(|j| doc.reads(j, &["tập", "thể"]) || doc.reads(j, &["cá", "nhân"]))
        }) {
            let end = (list..name.start).find(|&i| doc.key(i) == "được").unwrap_or(name.start);
            names.extend(items(doc, list + 1..end));
        }
        let opens = matches!(doc.key(next.start), "trong") && matches!(doc.key(next.start + 1), "đó" | "số");
        if let Some(list) = (next.start..next.end).find(|&i| doc.key(i) == "có").filter(|_| opens) {
            names.extend(items(doc, list + 1..next.end));
        }
    }
    names
}

/// The items of a list of bodies and people: names without forms of address or what comes behind a comma.
fn items(doc: &Doc, range: Range<usize>) -> Vec<String> {
    let mut found = Vec::new();
    let mut at = range.start;
    while at < range.end {
        if let Some((mention, _)) = super::mentions::mention_at(doc, at, range.end, false) {
            found.push(doc.clean(mention.name.clone()));
            // what explains a person goes up to the next item that names one
            at = (mention.name.end..range.end).find(|&i| doc.key(i) == ";").unwrap_or(range.end);
            continue;
        }
        let stop = body_at(doc, at, range.end).filter(|_| doc.tokens.get(at).is_some_and(|t| t.capital)).map_or_else(
            || {
                (at..range.end)
                    .find(|&i| matches!(doc.key(i), "," | ";" | "và" | ".") && !abbreviated(doc, i))
                    .unwrap_or(range.end)
            },
            |body| body.end,
        );
        if stop > at && doc.tokens.get(at).is_some_and(|t| t.capital) {
            found.push(doc.clean(at..stop));
        }
        at = stop.max(at) + 1;
    }
    found
}

/// `TP. Hồ Chí Minh`
fn abbreviated(doc: &Doc, at: usize) -> bool {
    doc.key(at) == "." && at > 0 && lexicon().dotted.contains(doc.before(at))
}
