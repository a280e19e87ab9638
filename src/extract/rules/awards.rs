//! Awards given at, or decided for, the reported meeting: kind, grantor, counts, recipients.

use std::ops::Range;

use super::award_counts::{count, count_before, count_of_medals};
use super::award_grantor::grantor;
use super::award_merge::merge;
use super::award_names::names;
use super::award_recipients::{Around, recipients};
use super::award_told::{awards_something, elsewhere};
use super::years::year_at;
use crate::domain::AwardReport;
use crate::extract::abbreviations::Glossary;
use crate::extract::structure::Doc;

/// What the meeting's name says that awards inherit.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context {
    /// The year that it reviews as a whole (`tổng kết`).
    pub review: Option<i16>,
    /// The year of the prize that it awards: the grades' year.
    pub prize: Option<i16>,
    /// The year whose merits it is held to commend (`Lễ tuyên dương công nhân tiêu biểu năm 2010`).
    pub merit: Option<i16>,
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
        for mut award in in_sentence(doc, glossary, sentence, &next, context) {
            if award.granted_by.is_none() && award.name.to_lowercase().starts_with("giải") {
                award.granted_by = by_jury(doc, index).map(|body| glossary.written_out(doc, body));
            }
            merge(&mut found, award);
        }
    }
    nameless_counts(doc, &mut found);
    found
}

/// `Ban Tổ chức công bố quyết định trao 50 giải thưởng. Trong đó, 2 giải Nhất ...`: who gives the prizes that a sentence
/// counts, where one of the few before it says so.
fn by_jury(doc: &Doc, index: usize) -> Option<Range<usize>> {
    let near = doc.sentences.get(index.saturating_sub(3)..doc.sentences.len().min(index + 2))?;
    near.iter().rev().find_map(|sentence| {
        let body = sentence.clone().find(|&i| doc.reads(i, &["ban", "tổ", "chức"]))?;
        let gives = |i: usize| doc.key(i) == "trao" && !matches!(doc.before(i), "sẽ" | "lễ" | "để");
        let verb = (body + 3..sentence.end.min(body + 12)).find(|&i| gives(i))?;
        let prizes = (verb..sentence.end.min(verb + 6)).any(|i| doc.key(i) == "giải");
        let subject = doc.before(body) != "của" && !(body + 3..verb).any(|i| doc.key(i) == ".");
        (prizes && subject).then_some(body..body + 3)
    })
}

/// `đã tuyên dương, khen thưởng 2 tập thể và 3 cá nhân`: how many got the one award that the document names uncounted.
fn nameless_counts(doc: &Doc, found: &mut [AwardReport]) {
    let counted = |a: &AwardReport| a.collective_count.or(a.individual_count).or(a.work_count).is_some();
    let mut bare = found.iter_mut().filter(|award| !counted(award));
    let (Some(award), None) = (bare.next(), bare.next()) else { return };
    for sentence in &doc.sentences {
        let Some(verb) = sentence.clone().rfind(|&i| doc.reads(i, &["khen", "thưởng"])) else { continue };
        let clause = clause_around(doc, sentence, &(verb..verb + 2));
        let near = verb + 2..clause.end.min(verb + 14);
        if !names(doc, &clause).is_empty() || elsewhere(doc, sentence) {
            continue;
        }
        count(doc, near.clone(), award);
        if award.granted_by.is_none() {
            award.granted_by = grantor(doc, &clause, &(near.start..near.start), near.end).map(|g| doc.clean(g));
        }
        if award.collective_count.is_some() || award.individual_count.is_some() {
            let place = doc.evidence(sentence.clone(), "award.given");
            award.evidence.push(place);
            return;
        }
    }
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
            && (doc.reads_before(name.start, &["không", "có"]) || doc.reads_before(name.start, &["không", "trao"]));
        // bộ biểu trưng, cuộc thi sáng tác biểu trưng: a sign that nobody is given
        let sign = doc.reads(name.start, &["biểu", "trưng"])
            && !matches!(doc.before(name.start), "tặng" | "trao" | "và" | "nhận")
            && doc.key(name.end) != "\"";
        if sign {
            continue;
        }
        if heading || none || elsewhere(doc, &clause) || of_a_prize(doc, name.start) || is_a_reason(doc, name.start) {
            continue;
        }
        // a prize with a name of its own is none of grades
        let titled = doc.key(name.start + 1) == "thưởng" && doc.tokens.get(name.start + 2).is_some_and(|t| t.capital);
        let graded = doc.key(name.start) == "giải" && !titled;
        // 48 giải cá nhân của 2 bảng, gồm 4 giải Nhất: what the grades are part of
        let parts = |next: &Range<usize>| {
            (name.end..next.start.saturating_sub(1))
                .any(|i| matches!(doc.key(i), "gồm") || doc.reads(i, &["trong", "đó"]))
        };
        let rank = name.end.checked_sub(1).map_or("", |last| doc.key(last));
        let whole = !matches!(rank, "nhất" | "nhì" | "ba" | "tư" | "a" | "b" | "c" | "khích" | "biệt");
        if graded && whole && names.get(n + 1).is_some_and(|next| next.start <= name.end + 12 && parts(next)) {
            continue;
        }
        // Cờ thi đua is one, cờ lưu niệm is none
        if name.len() == 1 && !matches!(doc.key(name.end), "của" | "cho" | "đơn") {
            continue;
        }
        let year = sentence
            .clone()
            .find_map(|i| (i > 0 && doc.before(i) == "năm").then(|| year_at(doc, i)).flatten())
            .or(match doc.key(name.start) {
                "giải" => context.prize,
                "bằng" | "giấy" | "cờ" => context.review.or(context.merit),
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
            // 14 tập thể nhận | giấy khen
            let passive = matches!(doc.before(name.start), "trao" | "tặng") && given_by_whom(doc, name.start);
            if passive || matches!(doc.before(name.start), "nhận" | "đạt") {
                count(doc, from.max(clause.start)..name.start, &mut award);
            }
            if award.collective_count.is_none() && award.individual_count.is_none() {
                count(doc, name.end..until, &mut award);
            }
            if award.collective_count.is_none() && award.individual_count.is_none() {
                // 32 tập thể, 21 cá nhân được ... tặng Bằng khen
                count(doc, from.max(clause.start)..name.start, &mut award);
            }
            if award.collective_count.is_none() && award.individual_count.is_none() {
                count_of_medals(doc, name, from, until, &mut award);
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

/// `14 tập thể được Bộ trưởng Bộ A tặng Bằng khen`: whether who gets it stands before the verb at the end.
fn given_by_whom(doc: &Doc, name: usize) -> bool {
    let got = (name.saturating_sub(14)..name).rev().find(|&i| doc.key(i) == "được");
    got.is_some_and(|got| {
        let between = got + 1..name.saturating_sub(if doc.back(name, 2) == "trao" { 2 } else { 1 });
        !between.clone().any(|i| matches!(doc.key(i), "tặng" | "trao" | "cho" | ";"))
    })
}

/// `mỗi giải gồm bằng khen của UBND tỉnh và 2 triệu đồng`: what a prize consists of.
fn of_a_prize(doc: &Doc, name: usize) -> bool {
    let consists = matches!(doc.before(name), "gồm" | "kèm") || doc.reads_before(name, &["kèm", "theo"]);
    consists && (name.saturating_sub(4)..name).any(|i| matches!(doc.key(i), "giải" | "thưởng"))
}

/// `tặng Bằng khen vì 5 năm liên tục đạt danh hiệu ...`: what an award is given for.
fn is_a_reason(doc: &Doc, name: usize) -> bool {
    doc.before(name) == "đạt" && (name.saturating_sub(12)..name).any(|i| doc.key(i) == "vì")
}

/// The clause of a sentence that an award's name stands in: between semicolons outside parentheses.
fn clause_around(doc: &Doc, sentence: &Range<usize>, name: &Range<usize>) -> Range<usize> {
    let start = (sentence.start..name.start).rev().find(|&i| doc.key(i) == ";").map_or(sentence.start, |i| i + 1);
    let end = (name.end..sentence.end).find(|&i| doc.key(i) == ";").unwrap_or(sentence.end);
    start..end
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
