//! What opens a plan of the report's own besides a year: a month, a pivotal year, an act that sets tasks.

use std::ops::Range;

use super::offices::body_at;
use super::task_addressee::addressee;
use super::task_text::{holds, joined, phrase, task_verb};
use super::years::year_at;
use crate::extract::structure::Doc;
use crate::extract::text::TokenKind;

/// Where what goes on begins, behind a coming time and whoever goes on with it: `Tháng 12/2019, các cơ quan báo chí |
/// tiếp tục ...`, `Thời gian tới, hoạt động báo chí | tiếp tục ...`, `Năm học 2017 - 2018, bậc tiểu học | tiếp tục ...`.
pub fn months_work(doc: &Doc, sentence: &Range<usize>) -> Option<usize> {
    let (start, limit) = (sentence.start, sentence.end);
    let at = start + usize::from(doc.key(start) == "trong");
    let number = |i: usize| doc.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Number);
    let years = |i: usize| number(i) && doc.key(i + 1) == "-" && number(i + 2);
    let time = doc.key(at) == "tháng" && number(at + 1)
        || doc.key(at) == "quý" && doc.key(at + 2) == "/"
        || phrase(doc, at, "thời gian tới")
        || doc.key(at) == "năm" && (years(at + 1) || doc.key(at + 1) == "học" && years(at + 2));
    let comma = (at..limit.min(at + 9)).find(|&i| doc.key(i) == ",").filter(|_| time)?;
    // Tháng 3 và đầu tháng 4/2021, ...: what was done
    let over = (at..comma).any(|i| matches!(doc.key(i), "và" | "đầu"));
    let goes_on = (comma + 2..limit.min(comma + 16)).find(|&i| phrase(doc, i, "tiếp tục"))?;
    let past = (comma + 1..goes_on).any(|i| matches!(doc.key(i), "đã" | "được" | "," | "có"));
    (!past && !over && !matches!(doc.before(goes_on), "để" | "sẽ")).then_some(goes_on)
}

/// The year of `tháng 12/2019`.
pub fn month_year(doc: &Doc, range: Range<usize>) -> Option<i16> {
    range.clone().find_map(|i| {
        let month = matches!(doc.key(i), "tháng" | "quý") && matches!(doc.key(i + 2), "/" | "-");
        doc.key(i + 3).parse().ok().filter(|year| month && (1945..2100).contains(year))
    })
}

/// The colon behind which stand the tasks that an act sets: `Nghị quyết ... nhiệm vụ trọng tâm, gồm: a; b; c`. What was
/// done is none.
pub fn set_by_an_act(doc: &Doc, sentence: &Range<usize>) -> Option<usize> {
    let (start, limit) = (sentence.start, sentence.end);
    let colon = (start..limit.min(start + 70)).find(|&i| doc.key(i) == ":")?;
    let tail = colon.saturating_sub(9).max(start)..colon;
    let lead = start..colon;
    let leads = matches!(doc.before(colon), "gồm" | "sau" | "là") && holds(doc, &tail, &["nhiệm vụ", "giải pháp"]);
    let act = holds(doc, &lead, &["nghị quyết", "kết luận", "chỉ thị", "kế hoạch", "đề án", "chương trình hành động"]);
    let done = holds(doc, &lead, &["kết quả", "đã thực hiện", "đã hoàn thành", "đã tập trung", "đạt được"]);
    let listed = (colon..limit).any(|i| doc.key(i) == ";") && task_verb(doc, colon + 1, limit);
    (leads && act && !done && listed).then_some(colon)
}

/// `Năm 2023 là năm bản lề ..., huyện A tập trung ...`: the comma before those who are to do something.
pub fn pivotal_year(doc: &Doc, sentence: &Range<usize>) -> Option<usize> {
    let (start, limit) = (sentence.start, sentence.end);
    let forecast = holds(doc, sentence, &["dự báo", "tình hình"]);
    let says =
        !forecast && doc.key(start) == "năm" && year_at(doc, start + 1).is_some() && phrase(doc, start + 2, "là năm");
    (start + 5..limit.min(start + 60)).filter(|_| says).find(|&i| {
        let at = joined(doc, i + 1);
        let who = || addressee(doc, at, limit).or_else(|| body_at(doc, at, limit).map(|b| b.end));
        doc.key(i) == "," && who().is_some_and(|end| matches!(doc.key(end), "sẽ" | "cần") || task_verb(doc, end, limit))
    })
}
