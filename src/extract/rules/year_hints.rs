//! What else a text says of the year of a meeting whose day has none: an anniversary, an event to come, results so far.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use super::dates::{DateMention, date_at, day_and_month};
use super::titles::head_at;
use super::years::{PLAN, REVIEW, quarter, year_at};
use crate::extract::structure::Doc;

/// The year that the sentence which names a meeting ends in, where it holds no other: `... giải ngân vốn năm 2020.`
pub fn year_behind(doc: &Doc, rest: Range<usize>, month: u32) -> Option<i16> {
    let last = rest.end.checked_sub(2).filter(|last| doc.before(*last) == "năm" && doc.key(last + 1) == ".")?;
    let year = year_at(doc, last).filter(|_| last > rest.start && doc.back(last, 2) != "đến")?;
    let looks = |words: &[&str]| {
        words.iter().any(|phrase| {
            let words: Vec<&str> = phrase.split(' ').collect();
            rest.clone().any(|i| doc.reads(i, &words))
        })
    };
    let others = rest.clone().any(|i| i != last && year_at(doc, i).is_some());
    // early in a year the last one is looked back on, late in it the next one is planned
    let turn = month <= 3 && looks(&REVIEW) || month >= 9 && looks(&PLAN);
    (!others && !turn).then_some(year)
}

/// Whether a name reviews the first part of a year, and plans the rest of it: `sơ kết 6 tháng đầu năm, nhiệm vụ 6 tháng cuối
/// năm`, `9 tháng ..., triển khai nhiệm vụ 3 tháng cuối năm`. Both are of the year it was held in.
pub fn parts_of_a_year(doc: &Doc, title: Range<usize>) -> (bool, bool) {
    let months =
        |i: &usize| doc.key(*i) == "tháng" && doc.before(*i).parse::<u8>().is_ok_and(|n| (3..=11).contains(&n));
    let of = |i: usize, part: &str| doc.key(i + 1) == part && doc.key(i + 2) == "năm";
    let says = |range: Range<usize>, words: &[&str]| {
        range.into_iter().any(|at| words.iter().any(|words| super::task_text::phrase(doc, at, words)))
    };
    let (mut first, mut rest) = (false, false);
    for i in title.clone().skip(1).filter(months) {
        let plans = says(title.start..i, &PLAN);
        // giao ban 9 tháng, triển khai ...; 3 tháng cao điểm is no part of a year
        let bare = i + 1 == title.end || matches!(doc.key(i + 1), "," | ";" | "và" | "năm");
        first |= of(i, "đầu") || bare && !plans;
        rest |= of(i, "cuối") && plans;
    }
    (first && (rest || says(title, &REVIEW)), first && rest)
}

/// The year of a day that is to come within three months of the meeting: `kỳ họp dự kiến tổ chức vào ngày 01/7/2021`.
/// A press conference tells of nothing else.
pub fn soon(doc: &Doc, dates: &[DateMention], held: &DateMention, press: bool) -> Option<i16> {
    let day = |d: &DateMention| i64::from(d.month * 31 + d.day);
    dates.iter().filter(|d| d.year.is_some() && (0..=93).contains(&(day(d) - day(held)))).find_map(|d| {
        let before = d.start.saturating_sub(12)..d.start;
        let planned = before
            .clone()
            .any(|i| doc.reads(i, &["dự", "kiến"]) || doc.key(i) == "sẽ" || doc.reads(i, &["chậm", "nhất"]))
            || doc.before(d.start) == "trước";
        // có hiệu lực từ ngày 01/4/2022, two days after
        let from = doc.key(d.start) == "từ" && day(d) - day(held) <= 10;
        // Lễ hội được tổ chức từ ngày 14 đến ngày 17/12/2019, Từ ngày 14 đến ngày 17/12/2019 sẽ diễn ra ...: of which a press
        // conference tells
        let around = before.start..doc.sentence_of(d.end).end.min(d.end + 24);
        let held = |i: usize| doc.reads(i, &["tổ", "chức"]) || doc.reads(i, &["diễn", "ra"]);
        let told = press && !doc.reads(d.end, &["đến", "nay"]) && around.into_iter().any(held);
        let act = before.clone().any(|i| {
            matches!(doc.key(i), "số" | "luật") || doc.key(i) == "nghị" && matches!(doc.key(i + 1), "quyết" | "định")
        });
        let decision = before.clone().any(|i| doc.key(i) == "quyết");
        d.year.filter(|_| (planned && !decision || from || told) && !act)
    })
}

/// The year that results reach up to: `9 tháng đầu năm 2015` told on 7/10, `lũy kế đến tháng 6.2018` on 10/7. None where
/// the text names two such years.
pub fn reckoned(doc: &Doc, held: &DateMention) -> Option<i16> {
    let number = |i: usize| doc.key(i).parse::<u32>().ok().filter(|n| (1..=12).contains(n));
    let near = |month: u32| (0..=2).contains(&(i64::from(held.month) - i64::from(month)));
    let reached = |i: usize| {
        if doc.key(i) != "tháng" || i == 0 {
            return None;
        }
        if doc.reads(i + 1, &["đầu", "năm"]) {
            return year_at(doc, i + 3).filter(|_| number(i - 1).is_some_and(near));
        }
        let (month, written) = doc.key(i + 1).split_once('.').unwrap_or((doc.key(i + 1), doc.key(i + 3)));
        let joined = month != doc.key(i + 1) || doc.key(i + 2) == "/";
        let year =
            written.parse::<i16>().ok().filter(|y| (1945..2100).contains(y) && joined && doc.before(i) == "đến")?;
        month.parse().is_ok_and(near).then_some(year)
    };
    // tăng 8% so với 6 tháng đầu năm 2023: what is compared with, a year before or more
    let compared = |i: usize| {
        (i.saturating_sub(5)..i)
            .any(|i| doc.reads(i, &["so", "với"]) || doc.reads(i, &["cùng", "kỳ"]) || doc.key(i) == "bằng")
    };
    let body = doc.paragraphs.iter().flat_map(|p| p.tokens.clone());
    let mut told = body.filter(|i| !compared(*i)).filter_map(reached);
    let first = told.next()?;
    told.all(|next| next == first).then_some(first)
}

/// The year in which an anniversary that the text gives in full is kept: `(19/5/1890 - 19/5/2024)`. A meeting in another
/// season is not held for it.
pub fn anniversary(doc: &Doc, held: &DateMention) -> Option<i16> {
    let body = doc.paragraphs.iter().flat_map(|p| p.tokens.clone());
    body.into_iter().filter(|at| doc.before(*at) == "(").find_map(|at| {
        // the first may be in a year long ago, which no date of a report is
        let dash = (at + 1..at + 7).find(|&i| doc.key(i) == "-")?;
        // (6/12/1989 - 2014): the same day of a later year
        let later =
            doc.key(dash + 1).parse::<i16>().ok().filter(|y| doc.key(dash + 2) == ")" && (1945..2100).contains(y));
        if let Some(year) = later {
            let (day, month) = day_and_month(doc, at)?;
            let apart = i64::from(month * 31 + day) - i64::from(held.month * 31 + held.day);
            return (apart.abs() <= 10).then_some(year);
        }
        let second = date_at(doc, dash + 1)?;
        let same = day_and_month(doc, at) == Some((second.day, second.month));
        let apart = i64::from(second.month * 31 + second.day) - i64::from(held.month * 31 + held.day);
        second.year.filter(|_| same && apart.abs() <= 45 && doc.key(second.end) == ")")
    })
}

/// The year that a report itself gives the meeting in passing: `Đây là hội nghị tập huấn thứ 3 trong năm 2023`, or by what
/// is to be done in the quarter that it is held in or in the next one: `trong quý IV/2018, các huyện hoàn thành ...`.
pub fn said_in_passing(doc: &Doc, held: &DateMention) -> Option<i16> {
    let this = |s: &Range<usize>| {
        let opens = doc.reads(s.start, &["đây", "là"]);
        let meeting = (s.start..s.end.min(s.start + 8)).any(|i| head_at(doc, i, s.end).is_some());
        let year = |i: usize| doc.reads_before(i, &["trong", "năm"]).then(|| year_at(doc, i)).flatten();
        s.clone().find_map(year).filter(|_| opens && meeting)
    };
    let due = |s: &Range<usize>| {
        // Ông A cho biết trong quý IV/2018 các huyện đã hoàn thành ...: what was done, maybe in another year
        let asked = |i: usize| (s.start..i).any(|i| super::task_text::asks_plainly(doc, i));
        let done = |i: usize| (i..s.end.min(i + 24)).any(|i| doc.key(i) == "đã");
        s.clone().filter(|&i| asked(i) && !done(i)).filter(|&i| doc.reads_before(i, &["trong", "quý"])).find_map(|i| {
            let number = quarter(doc.key(i))?;
            let year = doc.key(i + 2).parse::<i16>().ok().filter(|y| (1945..2100).contains(y))?;
            let now = held.month.div_ceil(3);
            let mark = matches!(doc.key(i + 1), "-" | "/" | "năm");
            (mark && (now == number || now + 1 == number)).then_some(year)
        })
    };
    doc.sentences.iter().find_map(this).or_else(|| doc.sentences.iter().find_map(due))
}

/// The year of an anniversary that a meeting's name counts: `kỷ niệm 15 năm tái lập tỉnh (1997 - 2012)`.
pub fn jubilee(doc: &Doc, title: Range<usize>) -> Option<i16> {
    let number = |i: usize| doc.key(i).parse::<i16>().ok();
    let reach = title.start..title.end + 6;
    reach.clone().filter(|&i| doc.key(i) == "(" && doc.reads(i + 4, &[")"]) && doc.key(i + 2) == "-").find_map(|open| {
        let (first, last) = (number(open + 1)?, number(open + 3).filter(|y| (1945..2100).contains(y))?);
        let counted = (title.start..open).any(|i| doc.key(i + 1) == "năm" && number(i) == Some(last - first));
        counted.then_some(last)
    })
}

/// The one year that the text speaks of, where the page bears a date more than half a year behind the meeting's: it was
/// put there long after. None where the text names the page's year or several.
pub fn told_long_after(doc: &Doc, date: &DateMention, published: Option<NaiveDate>) -> Option<i16> {
    let day = published?;
    let year = i16::try_from(day.year()).ok()?;
    let days = |month: u32, day: u32| i64::from(month) * 30 + i64::from(day);
    let gap = (days(day.month(), day.day()) - days(date.month, date.day)).rem_euclid(365);
    let body = doc.paragraphs.iter().flat_map(|p| p.tokens.clone()).filter(|_| gap > 180);
    let mut told = body.filter(|i| doc.before(*i) == "năm").filter_map(|i| year_at(doc, i));
    let first = told.next().filter(|first| *first < year)?;
    told.all(|next| next == first).then_some(first)
}

/// Whether a prize's name ends in a year long before the page's: `trao giải thưởng ... năm 2016`, on a page of 2021. The
/// prize's year is not the meeting's, and no more is the page's.
pub fn of_an_old_prize(doc: &Doc, title: Range<usize>, published: Option<NaiveDate>) -> bool {
    let last = title.end.checked_sub(1).filter(|&i| i > title.start && doc.before(i) == "năm");
    let prize = title.clone().any(|i| doc.reads(i, &["trao", "giải"]));
    let year = last.and_then(|i| year_at(doc, i)).filter(|_| prize);
    year.zip(published).is_some_and(|(prize, page)| i32::from(prize) + 1 < page.year())
}
