//! When the page was published, where a line of it says so.

use std::ops::Range;

use chrono::NaiveDate;

use super::dates::{DateMention, date_at};
use crate::extract::structure::Doc;
use crate::extract::text::TokenKind;

/// When the page was published: a line near the top that is little more than a full date, or one anywhere that says so
/// (`Ngày đăng: 27 tháng 6 năm 2024`).
pub fn dateline(doc: &Doc) -> Option<NaiveDate> {
    let full = |range: &Range<usize>| {
        let short = range.len() <= 24;
        // (6/12/1989 - 2014): an anniversary's
        let its_own = |date: &DateMention| doc.before(date.start) != "(" || doc.key(date.end) != "-";
        let said = |at: usize| date_at(doc, at).filter(its_own).and_then(|date| date.in_year(None));
        let date = |at: usize| said(at).or_else(|| machine_date(doc, at));
        range.clone().filter(|_| short).find_map(date)
    };
    // the end of a hard-wrapped page's head, no sentence's: ... | Bạn đọc Thứ Sáu, 03/11/2017
    let weekday = |range: &Range<usize>| {
        let tail = range.end.saturating_sub(14).max(range.start)..range.end;
        let named = |i: &usize| weekday_at(doc, *i) && doc.before(range.end) != ".";
        tail.filter(named).find_map(|i| date_at(doc, i + 3)).and_then(|date| date.in_year(None))
    };
    let tops = doc.lines.iter().take(12).filter_map(|range| {
        let digits = |i: usize| doc.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Number);
        let time = |i: usize| doc.key(i) == ":" && digits(i + 1) && i > range.start && digits(i - 1);
        let clock = || {
            let marks = |i: usize| matches!(doc.key(i), "|" | "gmt" | "cập" | "đăng") || weekday_at(doc, i) || time(i);
            // Nghị quyết số 35-NQ/TU: ban hành ngày 10/01/2021; kỷ niệm ...: a date that the page tells of
            let told = |i: usize| matches!(doc.key(i), "số" | "niệm") || doc.reads(i, &["ban", "hành"]);
            range.clone().any(marks) && !range.clone().any(told) && doc.before(range.end) != "."
        };
        // date 2025-10-13 Khai giảng lớp ...
        let stamp = || (range.start..range.start + 2).find_map(|at| machine_date(doc, at));
        let own = || full(range).filter(|_| range.len() <= 6 || clock());
        own().or_else(stamp).or_else(|| month_stamp(doc, range)).or_else(|| weekday(range))
    });
    let says_so = |range: &&Range<usize>| {
        let words: [&[&str]; 7] = [
            &["nguồn", ":"],
            &["ngày", "đăng"],
            &["đăng", "ngày"],
            &["đăng", "lúc"],
            &["cập", "nhật"],
            &["xuất", "bản"],
            &["ngày", "tạo"],
        ];
        (range.start..range.end).take(4).any(|i| words.iter().any(|word| doc.reads(i, word)))
    };
    // today's date, which some pages show as well, is the later one
    tops.min().or_else(|| doc.lines.iter().filter(says_so).find_map(full))
}

/// `Thứ Sáu,` and `Chủ nhật,`, which a date follows.
fn weekday_at(doc: &Doc, at: usize) -> bool {
    matches!(doc.key(at), "thứ" | "chủ") && matches!(doc.key(at + 2), "," | "ngày" | "-" | "|")
}

/// A date as programs write it: `2024-05-05 15:02:59`.
fn machine_date(doc: &Doc, at: usize) -> Option<NaiveDate> {
    let number = |i: usize, len: usize| {
        let token = doc.tokens.get(i).filter(|t| t.kind == TokenKind::Number && t.key.len() == len)?;
        token.key.parse::<u32>().ok()
    };
    let joined = doc.key(at + 1) == "-" && doc.key(at + 3) == "-";
    let year = number(at, 4).filter(|y| joined && (1990..2100).contains(y))?;
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, number(at + 2, 2)?, number(at + 4, 2)?)
}

/// The last day of the month that a line gives as the page's: `Date 2021-07`.
fn month_stamp(doc: &Doc, line: &Range<usize>) -> Option<NaiveDate> {
    let at = line.start + 1 + usize::from(doc.key(line.start + 1) == ":");
    let alone = doc.key(line.start) == "date" && doc.key(at + 1) == "-" && doc.key(at + 3) != "-";
    let year: i32 = doc.key(at).parse().ok().filter(|y| alone && (1990..2100).contains(y))?;
    let month: u32 = doc.key(at + 2).parse().ok().filter(|month| (1..=12).contains(month))?;
    let next = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    NaiveDate::from_ymd_opt(next.0, next.1, 1)?.pred_opt()
}
