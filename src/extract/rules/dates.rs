//! Dates: `Chiều ngày 23/12/2021`, `24-12`, `17.01.2020`, `ngày 14 tháng 12 năm 2022`, `ngày 8 và 9/6`, `sáng nay`.

use std::ops::Range;

use chrono::NaiveDate;

use crate::domain::PartOfDay;
use crate::extract::structure::Doc;
use crate::extract::text::{Gap, TokenKind};

/// A date in the text; the year may have to be inferred.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateMention {
    /// Its first token, the part of day included.
    pub start: usize,
    /// One past its last token.
    pub end: usize,
    /// Day and month of its first day.
    pub day: u32,
    /// 1 to 12.
    pub month: u32,
    /// As written.
    pub year: Option<i16>,
    /// Whether it names more days than one.
    pub several: bool,
    /// As written, where it is one day.
    pub part_of_day: Option<PartOfDay>,
}

impl DateMention {
    /// The first day, in the year written or else the one given.
    pub fn in_year(&self, year: Option<i16>) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(i32::from(self.year.or(year)?), self.month, self.day)
    }
}

/// The part of the day a word names.
pub fn part_of_day(word: &str) -> Option<PartOfDay> {
    // baohungyen.vnSáng 12/3: the blank behind a site's name was forgotten
    Some(match word.strip_prefix("vn").unwrap_or(word) {
        "sáng" => PartOfDay::Morning,
        "chiều" => PartOfDay::Afternoon,
        "tối" => PartOfDay::Evening,
        _ => return None,
    })
}

/// Day, month and year with marks between them, at token `at`: tokens taken, and the numbers.
fn numeric(doc: &Doc, at: usize) -> Option<(usize, u32, u32, Option<i16>)> {
    let token = doc.tokens.get(at).filter(|t| t.kind == TokenKind::Number)?;
    let small = |raw: &str, most: u32| raw.parse().ok().filter(|n| (1..=most).contains(n) && raw.len() <= 2);
    let year = |raw: &str| raw.parse::<i16>().ok().filter(|y| (1930..2100).contains(y));
    if token.key.contains('.') {
        let mut parts = token.key.split('.');
        let (day, month) = (small(parts.next()?, 31)?, small(parts.next()?, 12)?);
        return match parts.next() {
            None => Some((1, day, month, None)),
            Some(raw) => Some((1, day, month, Some(year(raw)?))),
        };
    }
    let day = small(&token.key, 31)?;
    let tight = |i: usize, key: &str| doc.key(i) == key;
    let gap = |i: usize| doc.tokens.get(i).map(|t| t.gap);
    for mark in ["/", "-", "."] {
        if !tight(at + 1, mark) {
            continue;
        }
        let month_token = doc.tokens.get(at + 2)?;
        // 24-12.2021 does not occur; 24-12-2021, 24 - 12 - 2021 and 24/12/2021 do
        let month = small(&month_token.key, 12)?;
        let goes_on = tight(at + 3, mark) && (gap(at + 3) == Some(Gap::None) || gap(at + 3) == gap(at + 1));
        if let Some(y) = doc.tokens.get(at + 4).filter(|_| goes_on).and_then(|t| year(&t.key)) {
            return Some((5, day, month, Some(y)));
        }
        // 05/03/22
        let short =
            doc.tokens.get(at + 4).filter(|t| t.key.len() == 2 && t.gap == Gap::None && doc.key(at + 5) != mark);
        let century = short.filter(|_| goes_on).and_then(|t| t.key.parse::<i16>().ok()).filter(|y| *y < 40);
        if let Some(y) = century {
            return Some((5, day, month, Some(2000 + y)));
        }
        return Some((3, day, month, None));
    }
    if tight(at + 1, "tháng") {
        let month = small(doc.key(at + 2), 12)?;
        // 5 tháng 3 năm 2022, 5 tháng 3/2022, 20 tháng 2 2015
        let skipped = usize::from(matches!(doc.key(at + 3), "năm" | "/" | "-" | ","));
        let written = year(doc.key(at + 3 + skipped));
        return Some((if written.is_some() { 4 + skipped } else { 3 }, day, month, written));
    }
    None
}

/// Where the words end that lead to a date, and whether they make a bare `24/12` one: `sáng thứ Bảy, ngày`, `hôm nay (`.
fn lead(doc: &Doc, at: usize) -> (usize, Option<PartOfDay>, bool) {
    let part = part_of_day(doc.key(at));
    let mut i = at + usize::from(part.is_some());
    let mut named = part.is_some();
    if part.is_some() && matches!(doc.key(i), "sớm" | "muộn") {
        i += 1;
    }
    // hôm nay (25/9/2025), sáng qua, hôm 17.10
    if doc.key(i) == "hôm" {
        named = true;
        i += 1;
    }
    if matches!(doc.key(i), "nay" | "qua") && i > at {
        named = true;
        i += 1;
    }
    if named && matches!(doc.key(i), "," | "(") {
        i += 1;
    }
    // thứ Bảy (5/3), thứ hai, ngày 7/3
    let same_line = doc.tokens.get(i + 2).is_some_and(|t| t.gap <= Gap::Space);
    if doc.key(i) == "thứ" && (named || i == at) && weekday(doc.key(i + 1)) && same_line {
        named = true;
        i += 2;
        i += usize::from(matches!(doc.key(i), "," | "("));
    }
    if matches!(doc.key(i), "ngày" | "từ") || named && doc.key(i) == "các" && doc.key(i + 1) == "ngày" {
        named = true;
        i += 1;
        i += usize::from(doc.key(i) == "ngày");
        // Trong 2 ngày (13 và 14.11)
        i += usize::from(doc.key(i) == "(");
    }
    if named && matches!(doc.key(i), "mùng" | "mồng") {
        i += 1;
    }
    (i, part, named)
}

/// A day of the week behind `thứ`.
fn weekday(word: &str) -> bool {
    matches!(word, "hai" | "ba" | "tư" | "năm" | "sáu" | "bảy" | "2" | "3" | "4" | "5" | "6" | "7")
}

/// The date at token `at`, which may begin with `sáng`, `ngày`, `từ ngày` or a digit.
///
/// A bare `24/12` counts only behind such a word; with a year it needs none.
pub fn date_at(doc: &Doc, at: usize) -> Option<DateMention> {
    let first = doc.tokens.get(at)?;
    let begins = first.kind == TokenKind::Number
        || matches!(first.key.as_str(), "ngày" | "từ" | "hôm" | "thứ" | "các")
        || part_of_day(&first.key).is_some();
    if !begins {
        return None;
    }
    let (i, part, named) = lead(doc, at);
    // ngày 8 và 9/6, 8-10/6/2022: the first day takes month and year from the last
    let day = doc.tokens.get(i).filter(|t| t.kind == TokenKind::Number && t.key.len() <= 2);
    let first = day.and_then(|t| t.key.parse::<u32>().ok()).filter(|d| (1..=31).contains(d));
    if let (true, Some(first)) = (named, first) {
        // ngày 8, 9 và 10/6: the last has the month
        let days = |j: usize| doc.tokens.get(j).is_some_and(|t| t.kind == TokenKind::Number && t.key.len() <= 2);
        let mut last = i;
        while days(last) && matches!(doc.key(last + 1), "," | "và") && days(last + 2) && last < i + 10 {
            last += 2;
        }
        let joined = match doc.key(i + 1) {
            "và" | "," if last > i => Some(last),
            "và" | "," | "-" | "đến" => Some(i + 2),
            _ => None,
        };
        let second = joined.map(|j| if doc.key(j) == "ngày" { j + 1 } else { j });
        if let Some((len, last, month, year)) = second.and_then(|j| numeric(doc, j)) {
            let direct = doc.key(i + 1) == "-" && numeric(doc, i).is_some_and(|(len, ..)| len == 5);
            if last > first && !direct {
                let end = second.unwrap_or(i) + len;
                return Some(DateMention { start: at, end, day: first, month, year, several: true, part_of_day: None });
            }
        }
    }
    let (len, day, month, year) = numeric(doc, i)?;
    if !named && year.is_none() {
        return None;
    }
    let end = i + len;
    // từ ngày 8/6 đến ngày 10/6; ngày 8/6 và 9/6
    let joined = matches!(doc.key(end), "đến" | "và" | "-").then_some(end + 1);
    let second = joined.map(|j| if doc.key(j) == "ngày" { j + 1 } else { j });
    if let Some((more, d2, m2, y2)) = second.and_then(|j| numeric(doc, j))
        && (m2, d2) > (month, day)
    {
        let end = second.unwrap_or(end) + more;
        return Some(DateMention { start: at, end, day, month, year: year.or(y2), several: true, part_of_day: None });
    }
    Some(DateMention { start: at, end, day, month, year, several: false, part_of_day: part })
}

/// Day and month in digits at a token, whatever the year behind them: `19/5/1890`, `1.7.1989`.
pub fn day_and_month(doc: &Doc, at: usize) -> Option<(u32, u32)> {
    let long_ago = doc.tokens.get(at).filter(|t| t.key.matches('.').count() == 2);
    let dotted = long_ago.and_then(|t| {
        let mut parts = t.key.split('.');
        let mut part = |most: u32| parts.next()?.parse().ok().filter(|n| (1..=most).contains(n));
        Some((part(31)?, part(12)?))
    });
    dotted.or_else(|| numeric(doc, at).map(|(_, day, month, _)| (day, month)))
}

/// Whether a parenthesis holds a day and what goes with it, as an anniversary's: `(26/3/1965 - 26/3/2025)`, not `(2.5 km)`.
pub fn holds_a_day(doc: &Doc, open: usize) -> bool {
    let at = open + 1;
    let long_ago = doc.tokens.get(at).is_some_and(|t| t.key.matches('.').count() == 2);
    let end = numeric(doc, at).filter(|_| !long_ago).map_or(1, |found| found.0) + at;
    day_and_month(doc, at).is_some() && matches!(doc.key(end), ")" | "-" | "/" | "đến" | "." | ",")
}

/// Those of `dates`, which are in order, that lie within a range of tokens.
pub fn within(dates: &[DateMention], range: Range<usize>) -> &[DateMention] {
    let first = dates.partition_point(|d| d.start < range.start);
    let rest = dates.get(first..).unwrap_or_default();
    let last = rest.partition_point(|d| d.end <= range.end);
    rest.get(..last).unwrap_or_default()
}

/// All dates of the text, in order.
pub fn dates(doc: &Doc) -> Vec<DateMention> {
    let mut found: Vec<DateMention> = Vec::new();
    // The day that was named last with a part of it.
    let mut parted: Option<DateMention> = None;
    let mut at = 0;
    while at < doc.tokens.len() {
        if let Some(date) = date_at(doc, at) {
            at = date.end;
            parted = date.part_of_day.map(|_| date).or(parted);
            found.push(date);
        } else {
            // chiều cùng ngày; Buổi sáng, ... at a sentence's beginning: the day named last
            let opens = doc.before(at) == "buổi"
                && doc.key(at + 1) == ","
                && matches!(doc.before(at.saturating_sub(1)), "." | "");
            let same_day = opens || doc.reads(at + 1, &["cùng", "ngày"]);
            let part = part_of_day(doc.key(at)).filter(|_| same_day);
            if let (Some(part), Some(last)) = (part, parted.or(found.last().copied())) {
                let end = at + if opens { 1 } else { 3 };
                let date = DateMention { start: at, end, part_of_day: Some(part), several: false, ..last };
                parted = Some(date);
                found.push(date);
            }
            at += 1;
        }
    }
    found
}
