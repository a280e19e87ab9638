//! When a task is to be done: the years and times that a lead-in or the task itself names.

use std::ops::Range;

use super::dates::date_at;
use super::task_text::phrase;
use super::tasks::Years;
use super::years::year_at;
use crate::extract::structure::Doc;
use crate::extract::text::TokenKind;

/// `năm 2023`, `trong năm tới` in a lead-in.
pub fn year_in(doc: &Doc, range: Range<usize>, years: Years) -> Option<i16> {
    range.clone().find_map(|i| {
        // trong tháng 12/2018
        if matches!(doc.key(i), "tháng" | "quý") && matches!(doc.key(i + 2), "/" | "-") {
            return doc
                .key(i + 3)
                .parse()
                .ok()
                .filter(|y| (1945..2100).contains(y) && (years.ahead(*y) || years.held == Some(*y)));
        }
        if doc.key(i) != "năm" {
            return None;
        }
        match doc.key(i + 1) {
            "tới" | "sau" => years.coming(),
            "nay" => years.plan.or(years.review),
            // 6 tháng cuối năm thực hiện ...
            next if next.parse::<u16>().is_err() && i > 0 && doc.before(i) == "cuối" && half(doc, i - 1) => {
                years.plan.or(years.held)
            }
            // 6 tháng cuối năm 2018, in a review of its first half
            _ => year_at(doc, i + 1).filter(|y| years.ahead(*y) || doc.before(i) == "cuối" || in_part(doc, i)),
        }
    })
}

/// `6 tháng | cuối năm`, `những tháng | cuối năm`.
fn half(doc: &Doc, at: usize) -> bool {
    doc.before(at) == "tháng"
}

/// `quý II năm 2026`, `tháng 9 năm 2026`, behind whose number `at` stands.
fn in_part(doc: &Doc, at: usize) -> bool {
    at >= 2 && matches!(doc.back(at, 2), "quý" | "tháng")
}

/// `năm 2023`, `trong năm tới`, `thời gian tới`, `trong những tháng cuối năm 2013`, `từ nay đến cuối năm`, and the
/// comma behind.
pub fn time_phrase(doc: &Doc, at: usize, limit: usize) -> Option<usize> {
    let i = at + usize::from(doc.key(at) == "ngay");
    let i = i + usize::from(doc.key(i) == "trong");
    // trong quý IV/2024 | ngành ...; trong 6 tháng cuối năm 2018 | các đơn vị ...
    let quarter = doc.key(i) == "quý" && matches!(doc.key(i + 2), "/" | "-" | "năm");
    let part = doc.reads(i + 1, &["tháng", "đầu", "năm"]) || doc.reads(i + 1, &["tháng", "cuối", "năm"]);
    let end = if quarter && doc.tokens.get(i + 3).is_some_and(|t| t.kind == TokenKind::Number) {
        i + 4
    } else if part {
        i + 4 + usize::from(year_at(doc, i + 4).is_some())
    } else if ["thời gian tới", "thời gian sắp", "nhiệm kỳ tới"].iter().any(|words| phrase(doc, i, words))
    {
        i + 3
    } else if doc.key(i) == "năm" && (year_at(doc, i + 1).is_some() || matches!(doc.key(i + 1), "tới" | "sau" | "nay"))
    {
        i + 2
    } else {
        // a longer one ends in a comma
        let opens = matches!(doc.key(at), "trong" | "từ" | "đến" | "trước" | "ngay");
        let comma = (at..limit.min(at + 12)).find(|&i| doc.key(i) == ",").filter(|_| opens)?;
        let of_time = (at..comma).any(|i| matches!(doc.key(i), "năm" | "tháng" | "quý" | "nay" | "tới" | "kỳ"));
        if !of_time {
            return None;
        }
        comma
    };
    (end <= limit).then(|| end + usize::from(doc.key(end) == ","))
}

/// The year a task itself says it is to be done in: `trước ngày 30/9/2012`, `trong quý III/2023`, `đến hết năm 2026`,
/// `hoàn thành kế hoạch năm 2025`. A year that has passed already is none.
pub fn own_year(doc: &Doc, task: Range<usize>, years: Years) -> Option<i16> {
    let stated = task.clone().find_map(|i| match doc.key(i) {
        "trước" | "trong" | "vào" | "đến" | "hết" | "từ" | "cuối" | "tới" => when(doc, i + 1, task.end),
        "nhiệm" | "kế" | "chỉ" | "mục" => {
            let goal = ["nhiệm vụ", "kế hoạch", "chỉ tiêu", "mục tiêu"].iter().any(|w| phrase(doc, i, w));
            let at = i + 2 + usize::from(doc.key(i + 2) == "năm");
            year_at(doc, at).filter(|y| goal && at < task.end && years.ahead(*y) && years.known())
        }
        // trong các tháng còn lại của năm 2021
        "lại" if phrase(doc, i, "lại của năm") => year_at(doc, i + 3),
        // từ nay đến cuối năm
        "nay" if phrase(doc, i, "nay đến cuối năm") && doc.before(i) == "từ" => {
            when(doc, i + 3, task.end).or(years.held)
        }
        _ => None,
    });
    // tầm nhìn đến năm 2045: a goal's year, not the task's
    let vision = task.clone().any(|i| phrase(doc, i, "tầm nhìn"));
    stated.filter(|year| !vision && years.held.is_none_or(|held| *year >= held))
}

/// `ngày 30/9/2012`, `tháng 10/2025`, `quý III/2023`, `quý II năm 2016`, `năm 2026` at token `at`: the year.
fn when(doc: &Doc, at: usize, limit: usize) -> Option<i16> {
    if let Some(date) = date_at(doc, at).filter(|d| d.end <= limit) {
        return date.year;
    }
    match doc.key(at) {
        "tháng" | "quý" if matches!(doc.key(at + 2), "/" | "-") => {
            doc.key(at + 3).parse().ok().filter(|y| (1945..2100).contains(y))
        }
        "tháng" | "quý" if doc.key(at + 2) == "năm" => year_at(doc, at + 3),
        "năm" => year_at(doc, at + 1),
        _ => None,
    }
}
