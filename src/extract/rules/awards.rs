//! Awards given at, or decided for, the reported meeting: kind, grantor, counts, recipients.

use std::ops::Range;

use super::award_counts::{count, count_before};
use super::award_grantor::grantor;
use super::award_recipients::{Around, recipients};
use super::years::year_at;
use crate::domain::AwardReport;
use crate::extract::abbreviations::Glossary;
use crate::extract::lexicon::lexicon;
use crate::extract::structure::Doc;
use crate::extract::text::TokenKind;

/// What the meeting's name says that awards inherit.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context {
    /// The year that it reviews as a whole (`tổng kết`).
    pub review: Option<i16>,
    /// The year of the prize that it awards: the grades' year.
    pub prize: Option<i16>,
    /// The year it is held in.
    pub held: Option<i32>,
    /// Whether it is held to give prizes away.
    pub prizes: bool,
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
    nameless_counts(doc, &mut found);
    found
}

/// `đã tuyên dương, khen thưởng 2 tập thể và 3 cá nhân`: how many got the one award that the document names.
fn nameless_counts(doc: &Doc, found: &mut [AwardReport]) {
    let [award] = found else { return };
    if award.collective_count.is_some() || award.individual_count.is_some() || award.work_count.is_some() {
        return;
    }
    for sentence in &doc.sentences {
        let Some(verb) = sentence.clone().rfind(|&i| doc.reads(i, &["khen", "thưởng"])) else { continue };
        let near = verb + 2..sentence.end.min(verb + 14);
        if !names(doc, sentence).is_empty() || elsewhere(doc, sentence) {
            continue;
        }
        count(doc, near.clone(), award);
        if award.granted_by.is_none() {
            award.granted_by = grantor(doc, sentence, &(near.start..near.start), near.end).map(|g| doc.clean(g));
        }
        if award.collective_count.is_some() || award.individual_count.is_some() {
            let place = doc.evidence(sentence.clone(), "award.given");
            award.evidence.push(place);
            return;
        }
    }
}

/// Whether two names may stand for one grantor: a body, and the office of who leads it (`Bộ trưởng Bộ ...`).
fn one_grantor(a: Option<&str>, b: Option<&str>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return true };
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    // Chủ tịch nước, and with the country's name behind it
    let longer = |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| rest.starts_with(' '));
    a == b
        || longer(&a, &b)
        || longer(&b, &a)
        || a.ends_with(&b) && a.starts_with("bộ trưởng")
        || b.ends_with(&a) && b.starts_with("bộ trưởng")
}

/// One award that several sentences speak of is one: counts and names that the first lacks come from the later.
fn merge(found: &mut Vec<AwardReport>, award: AwardReport) {
    let same_name = |a: &AwardReport| {
        let (known, new) = (a.name.to_lowercase(), award.name.to_lowercase());
        // Kỷ niệm chương; Kỷ niệm chương “Vì sự nghiệp ...”
        let titled = ["kỷ niệm chương", "huy hiệu"].iter().any(|w| known.starts_with(w) && new.starts_with(w));
        let longer = titled && (known.starts_with(&new) || new.starts_with(&known));
        known == new
            || longer
            || ["bằng công nhận", "bằng chứng nhận"].iter().any(|w| known.starts_with(w) && new.starts_with(w))
    };
    let fits = |a: &AwardReport| {
        same_name(a)
            && one_grantor(a.granted_by.as_deref(), award.granted_by.as_deref())
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
            // the caption tells it in other words
            if known.name.to_lowercase() != award.name.to_lowercase() && known.granted_by.is_none() {
                known.name.clone_from(&award.name);
            }
            // whoever the sentence with the counts names
            let counted = |a: &AwardReport| a.collective_count.or(a.individual_count).or(a.work_count).is_some();
            known.granted_by = if counted(&award) && !counted(known) {
                award.granted_by.or(known.granted_by.take())
            } else {
                known.granted_by.take().or(award.granted_by)
            };
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

/// Whether a sentence says that something is awarded: a verb of giving or getting, or a grade that opens it
/// (`Hai giải Nhì: ...`).
fn awards_something(doc: &Doc, sentence: &Range<usize>, prizes: bool) -> bool {
    let verb_of_giving = |i: usize| match doc.key(i) {
        "tặng" | "trao" => true,
        "khen" => doc.key(i + 1) == "thưởng",
        "tuyên" => doc.key(i + 1) == "dương",
        "thuộc" => doc.key(i + 1) == "về",
        "vinh" => doc.key(i + 1) == "danh",
        "giải" => doc.reads(i, &["giải", "thưởng", "gồm"]),
        _ => false,
    };
    let opens = (sentence.start..sentence.start + 3).any(|i| {
        doc.key(i) == "giải" && lexicon().awards.len_at(doc.slice(i..sentence.end)).is_some_and(|len| len > 1)
    });
    // đoạt giải Nhất: where prizes are given away, else a year's results
    let won = prizes && sentence.clone().any(|i| matches!(doc.key(i), "đoạt" | "đạt" | "giành"));
    // vinh dự nhận Bằng khen; không phải công nhận, ghi nhận
    let got = sentence.clone().any(|i| {
        doc.key(i) == "nhận"
            && !matches!(
                doc.before(i),
                "công" | "ghi" | "xác" | "tiếp" | "nhìn" | "thừa" | "chứng" | "cảm" | "đảm" | "chấp" | "thu"
            )
    });
    let given = opens && prizes || won || got || sentence.clone().any(verb_of_giving);
    given && !elsewhere(doc, sentence)
}

/// Whether what a clause tells was, or will be, at another time, or is only proposed.
fn elsewhere(doc: &Doc, clause: &Range<usize>) -> bool {
    let words: [&[&str]; 19] = [
        &["trước", "đó"],
        &["năm", "trước"],
        &["năm", "ngoái"],
        &["đã", "từng"],
        &["từng", "được"],
        &["từng", "đoạt"],
        &["từng", "đạt"],
        &["khi", "ấy"],
        &["khi", "đó"],
        &["lúc", "đó"],
        &["sẽ", "trao"],
        &["sẽ", "được", "trao"],
        &["sẽ", "tặng"],
        &["đề", "nghị", "tặng"],
        &["đề", "nghị", "khen"],
        &["xét", "tặng"],
        &["dự", "kiến"],
        &["lùi"],
        &["phần", "thưởng", "cao", "quý"],
    ];
    clause.clone().any(|i| words.iter().any(|w| doc.reads(i, w)))
}

fn in_sentence(
    doc: &Doc,
    glossary: &Glossary,
    sentence: &Range<usize>,
    next: &Range<usize>,
    context: Context,
) -> Vec<AwardReport> {
    let mut found = Vec::new();
    // Năm 2020, Sở được tặng ...: an earlier year's
    let told = (doc.key(sentence.start) == "năm").then(|| year_at(doc, sentence.start + 1)).flatten();
    let earlier = told.zip(context.held).is_some_and(|(year, held)| i32::from(year) < held);
    if earlier || !awards_something(doc, sentence, context.prizes) {
        return found;
    }
    let names = names(doc, sentence);
    for (n, name) in names.iter().enumerate() {
        let until = names.get(n + 1).map_or(sentence.end, |next| clause_end(doc, name.end, next.start));
        let from = if n == 0 { sentence.start } else { names.get(n - 1).map_or(sentence.start, |last| last.end) };
        let clause = clause_around(doc, sentence, name);
        // Về giải cá nhân: a heading; không có giải nhất: none
        let heading = doc.before(name.start) == "về" && doc.key(name.start) == "giải";
        let none = name.start >= 2
            && (doc.reads(name.start - 2, &["không", "có"]) || doc.reads(name.start - 2, &["không", "trao"]));
        // bộ biểu trưng, cuộc thi sáng tác biểu trưng: a sign that nobody is given
        let sign = doc.reads(name.start, &["biểu", "trưng"])
            && !matches!(doc.before(name.start), "tặng" | "trao" | "và" | "nhận")
            && doc.key(name.end) != "\"";
        if sign {
            continue;
        }
        if heading || none || elsewhere(doc, &clause) {
            continue;
        }
        let graded = doc.key(name.start) == "giải";
        // Cờ thi đua is one, cờ lưu niệm is none
        if name.len() == 1 && !matches!(doc.key(name.end), "của" | "cho" | "đơn") {
            continue;
        }
        let year = sentence
            .clone()
            .find_map(|i| (i > 0 && doc.before(i) == "năm").then(|| year_at(doc, i)).flatten())
            .or(match doc.key(name.start) {
                "giải" => context.prize,
                "bằng" | "giấy" | "cờ" => context.review,
                _ => None,
            });
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
        let before = if graded { count_before(doc, name.start, from) } else { None };
        if graded && (!collective_prize || before.is_some()) {
            award.work_count = before;
            if before.is_none() {
                // Giải Phong trào cho 3 đơn vị
                let mut bodies =
                    AwardReport { collective_count: None, individual_count: None, work_count: None, ..award.clone() };
                count(doc, name.end..until, &mut bodies);
                award.collective_count = bodies.collective_count;
            }
        } else {
            count(doc, name.end..until, &mut award);
            if award.collective_count.is_none() && award.individual_count.is_none() {
                // 32 tập thể, 21 cá nhân được ... tặng Bằng khen
                count(doc, from.max(clause.start)..name.start, &mut award);
            }
        }
        award.granted_by = grantor(doc, sentence, name, until).map(|g| glossary.written_out(doc, g));
        award.recipients =
            recipients(doc, &Around { name, from, until, clause: &clause, next, works: graded && !collective_prize });
        found.push(award);
    }
    // a grade that is only handed over again has neither counts nor names: it merges with the one that has
    found
}

/// The clause of a sentence that an award's name stands in: between semicolons outside parentheses.
fn clause_around(doc: &Doc, sentence: &Range<usize>, name: &Range<usize>) -> Range<usize> {
    let start = (sentence.start..name.start).rev().find(|&i| doc.key(i) == ";").map_or(sentence.start, |i| i + 1);
    let end = (name.end..sentence.end).find(|&i| doc.key(i) == ";").unwrap_or(sentence.end);
    start..end
}

/// Award names in a sentence that are no part of another name (`Giải báo chí ...`, `Giấy khen của`).
fn names(doc: &Doc, sentence: &Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        match lexicon().awards.len_at(doc.slice(at..sentence.end)) {
            // "cờ", "giải ba" in lower case elsewhere; a quoted title names a prize, not an award
            Some(len) if len > 1 || doc.tokens.get(at).is_some_and(|t| t.capital) => {
                let end = named_grade(doc, at, at + len, sentence.end);
                // a certificate is an award where it bears a title
                if !doc.reads(at, &["giấy", "chứng", "nhận"]) || end > at + len {
                    found.push(at..end);
                }
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
    let titled = matches!(doc.key(start), "kỷ" | "danh" | "huy" | "giấy" | "bằng" | "cúp" | "biểu");
    if titled && doc.key(end) == "\"" {
        return (end + 1..limit).find(|&i| doc.key(i) == "\"").map_or(end, |close| close + 1);
    }
    let certificate = matches!(doc.key(start), "bằng")
        && (doc.reads(start + 1, &["công", "nhận"]) || doc.reads(start + 1, &["chứng", "nhận"]));
    if doc.reads(start, &["huy", "hiệu"]) {
        // Huy hiệu 40 năm tuổi Đảng
        let stop = (end..limit.min(end + 8))
            .find(|&i| matches!(doc.key(i), "cho" | "của" | "và" | "đối" | "." | "," | ";" | "("));
        return stop.unwrap_or(end);
    }
    if doc.key(start) == "danh" || certificate {
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
