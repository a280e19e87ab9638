//! The year under review and the year planned for, from a meeting's name, and the year of a date that has none.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use super::dates::DateMention;
use crate::extract::structure::Doc;
use crate::extract::text::TokenKind;

/// Words of looking back.
pub const REVIEW: [&str; 6] = ["tổng kết", "sơ kết", "đánh giá", "kết quả", "kiểm điểm", "nhìn lại"];
/// Words of looking ahead.
pub const PLAN: [&str; 8] =
    ["triển khai", "phương hướng", "nhiệm vụ", "kế hoạch", "bàn", "chương trình công tác", "định hướng", "giải pháp"];

/// The years that a meeting's name reviews and plans.
pub fn review_and_plan(doc: &Doc, title: Range<usize>) -> (Option<i16>, Option<i16>) {
    let (mut review, mut plan) = (None, None);
    let (mut looks_back, mut looks_ahead) = (false, false);
    let (mut then, mut part) = (false, false);
    // the year in a prize's name is the prize's
    let prize = |i: usize| {
        let other = matches!(
            doc.key(i + 1),
            "pháp" | "quyết" | "phóng" | "ngân" | "trình" | "đáp" | "thích" | "tỏa" | "thể" | "trí" | "cứu" | "tán"
        );
        doc.key(i) == "giải" && !other && !matches!(doc.before(i), "lý" | "hòa" | "hoà")
    };
    if title.clone().any(prize) {
        return (None, None);
    }
    let starts = |at: usize, words: &[&str]| {
        words.iter().any(|phrase| phrase.split(' ').enumerate().all(|(i, word)| doc.key(at + i) == word))
    };
    for at in title {
        // ...; tôn vinh doanh nghiệp tiêu biểu năm 2019: theirs, not the review's
        if doc.key(at) == ";" && starts(at + 1, &["tôn vinh", "tuyên dương", "biểu dương", "trao", "khen thưởng"])
        {
            break;
        }
        if starts(at, &REVIEW) {
            looks_back = true;
        }
        // trên địa bàn huyện năm N: no plan
        if doc.key(at) == "bàn" && doc.before(at) == "địa" {
            continue;
        }
        // "triển khai ... năm N" in a review of the same year is its subject, not its plan
        if starts(at, &PLAN) && (review.is_some() || !looks_back) {
            looks_ahead = true;
        }
        // ... và triển khai kế hoạch năm N: what comes after the review
        if doc.reads(at, &["bàn", "tròn"]) {
            looks_ahead = false;
        }
        then |= looks_back
            && review.is_none()
            && starts(at, &PLAN)
            && matches!(doc.before(at), "và" | "," | ";" | "định" | "luận");
        part |= looks_back && matches!(doc.key(at), "quý" | "tháng");
        let Some(year) = year_at(doc, at).or_else(|| quarters_year(doc, at)) else { continue };
        // đến năm 2030, tầm nhìn đến năm 2045: no year's plan
        if doc.before(at) == "năm" && doc.back(at, 2) == "đến" {
            continue;
        }
        if then && review.is_none() && plan.is_none() {
            // quý I, triển khai nhiệm vụ quý II năm N: one year for both
            plan = Some(year);
            review = part.then_some(year);
            continue;
        }
        // giao ban công tác năm 2021 và triển khai nhiệm vụ năm 2022: whatever precedes the plan is looked back on
        let next = !looks_back && !looks_ahead && followed_by_plan(doc, at, year);
        if (looks_back || next) && review.is_none() {
            review = Some(year);
        } else if looks_ahead && plan.is_none() && review.is_none_or(|r| year >= r) {
            plan = Some(year);
        }
    }
    (review, plan)
}

/// The year of `quý II/2022`.
fn quarters_year(doc: &Doc, at: usize) -> Option<i16> {
    // quý 3.2022
    if let Some((_, year)) = doc.key(at).split_once('.').filter(|(q, _)| doc.before(at) == "quý" && q.len() == 1) {
        return year.parse().ok().filter(|year| (1945..2100).contains(year));
    }
    let quarter = at >= 3 && doc.before(at) == "/" && doc.back(at, 3) == "quý";
    doc.key(at).parse().ok().filter(|year| quarter && (1945..2100).contains(year))
}

/// `năm 2021 và triển khai nhiệm vụ năm 2022`: a year's name, and behind it the plan of the year that follows.
fn followed_by_plan(doc: &Doc, at: usize, year: i16) -> bool {
    let joined = matches!(doc.key(at + 1), "và" | "," | ";");
    let plan = PLAN.iter().any(|words| doc.reads(at + 2, &words.split(' ').collect::<Vec<_>>()));
    joined && plan && (at + 3..at + 12).any(|i| doc.before(i) == "năm" && year_at(doc, i) == Some(year + 1))
}

/// The year of the month that a meeting's name holds (`giao ban tháng 6 năm 2023`), where it is the date's month.
pub fn month_in_name(doc: &Doc, title: Range<usize>, wanted: u32) -> Option<i16> {
    title.clone().filter(|i| doc.key(*i) == "tháng").find_map(|i| {
        // tháng 6 năm 2023, tháng 6/2023, tháng 1 – 2011, tháng 6.2023
        let joined = matches!(doc.key(i + 2), "năm" | "/" | "-");
        let (month, written) = doc.key(i + 1).split_once('.').unwrap_or((doc.key(i + 1), doc.key(i + 3)));
        let month_said = month.parse::<u32>();
        let year = written.parse::<i16>().ok().filter(|_| joined || month != doc.key(i + 1));
        let year = year.filter(|y| (1945..2100).contains(y))?;
        // giao ban tháng 11, định hướng tuyên truyền tháng 12/2019
        let ahead = (title.start..i)
            .any(|at| ["định hướng", "nhiệm vụ", "triển khai"].iter().any(|w| super::task_text::phrase(doc, at, w)));
        match month_said {
            Ok(said) if said == wanted => Some(year),
            Ok(said) if ahead && said == wanted + 1 => Some(year),
            Ok(1) if ahead && wanted == 12 => Some(year - 1),
            _ => None,
        }
    })
}

/// The year that a meeting's name ends in, where it is the meeting's own: `Hội nghị người lao động năm 2023`. A prize's
/// year and an edition's are not.
pub fn year_in_name(doc: &Doc, title: Range<usize>) -> Option<i16> {
    let prize = ["giải", "thi", "lần", "kỳ", "đến", "giai", "nhiệm"];
    let regular = |i: usize| doc.key(i) == "kỳ" && matches!(doc.before(i), "thường" | "định");
    if title.clone().any(|i| prize.contains(&doc.key(i)) && !regular(i)) {
        return None;
    }
    let last = title.clone().rev().find(|i| year_at(doc, *i).is_some())?;
    // Luật Đất đai năm 2013, chiến thắng ... năm 1954: the law's and the battle's
    let other = [
        ["bộ", "luật"],
        ["hiến", "pháp"],
        ["pháp", "lệnh"],
        ["nghị", "định"],
        ["nghị", "quyết"],
        ["chỉ", "thị"],
        ["chiến", "thắng"],
        ["chiến", "dịch"],
        ["cách", "mạng"],
        ["mùa", "xuân"],
        ["khởi", "nghĩa"],
    ];
    // giao ban 6 tháng cuối năm 2023, in January
    if doc.reads_before(last, &["đầu", "năm"]) || doc.reads_before(last, &["cuối", "năm"]) {
        return None;
    }
    let law = |i: usize| doc.key(i) == "luật" && !matches!(doc.key(i + 1), "gia" | "sư" | "học");
    if (title.start..last).any(|i| law(i) || other.iter().any(|words| doc.reads(i, words))) {
        return None;
    }
    // Hội thảo Văn hóa 2022: its name's last word
    let named = doc.before(last) == "năm" || doc.token_back(last, 1).is_some_and(|t| t.kind == TokenKind::Word);
    let subject = doc.reads(last + 1, &["với", "chủ", "đề"]);
    let own = named && (last + 1 >= title.end || doc.key(last + 1) == "\"" || subject);
    year_at(doc, last).filter(|_| own)
}

/// The year that a meeting's name leads to without naming it: a school year is opened in its first and reviewed in its
/// second, a congress is held in the first year of its term, the plan of year N is set up late in N - 1 or early in N.
pub fn implied(doc: &Doc, title: Range<usize>, plan: Option<i16>, month: u32) -> Option<i16> {
    let year = |i: usize| doc.key(i).parse::<i16>().ok().filter(|y| (1945..2100).contains(y));
    // năm học 2023 - 2024, nhiệm kỳ 2020-2025
    let period = |i: usize| Some((year(i)?, year(i + 2).filter(|_| doc.key(i + 1) == "-")?));
    let has = |words: &[&str]| title.clone().any(|i| doc.reads(i, words));
    let back = has(&["tổng", "kết"]) || has(&["sơ", "kết"]) || has(&["đánh", "giá"]) || has(&["bế", "giảng"]);
    let school = title
        .clone()
        .filter(|&i| doc.reads(i, &["năm", "học"]))
        .find_map(|i| period(i + 2 + usize::from(doc.key(i + 2) == "mới")));
    let school = school.filter(|(first, second)| *second == first + 1).map(|(first, second)| match month {
        ..=6 => second,
        ..=9 if back => second,
        _ => first,
    });
    // khai giảng lớp ..., khóa học 2019-2021
    let opened = has(&["khai", "giảng"]) || has(&["khai", "mạc"]);
    let course = || {
        let course = title.clone().filter(|&i| doc.reads(i, &["khóa", "học"])).find_map(|i| period(i + 2));
        course.filter(|_| opened).map(|(first, _)| first)
    };
    // its term may stand in parentheses behind the name
    let behind = title.start..title.end + 4;
    let term = || behind.clone().filter(|&i| doc.reads(i, &["nhiệm", "kỳ"])).find_map(|i| period(i + 2));
    // kỳ họp thứ nhất ... nhiệm kỳ 2021-2026
    let first_session = || (has(&["họp", "thứ", "nhất"]) || has(&["họp", "thứ", "1"])) && month >= 3;
    let congress = || term().filter(|_| has(&["đại", "hội"]) || first_session()).map(|(first, _)| first);
    // sơ kết 6 tháng đầu năm 2025, nhiệm vụ 6 tháng cuối năm 2025
    let half = || {
        let part =
            |i: &usize| doc.key(*i) == "tháng" && matches!(doc.key(i + 1), "đầu" | "cuối") && doc.key(i + 2) == "năm";
        title.clone().filter(part).find_map(|i| match (doc.key(i + 1), month) {
            // giao ban 6 tháng cuối năm 2023, in January
            ("cuối", ..=2) => year(i + 3).map(|year| year + 1),
            (_, 4..) => year(i + 3),
            _ => None,
        })
    };
    // ...; tôn vinh doanh nghiệp tiêu biểu năm 2019, late in it or early in the next
    let commended = || {
        let part = title.clone().rfind(|&i| doc.key(i) == ";")?;
        let praises = matches!(doc.key(part + 1), "tôn" | "tuyên" | "biểu" | "khen");
        let last = title.end.checked_sub(1).filter(|&i| praises && i > 0 && doc.before(i) == "năm")?;
        let year = year_at(doc, last)?;
        match month {
            9.. => Some(year),
            ..=2 => Some(year + 1),
            _ => None,
        }
    };
    // kỳ họp thường lệ giữa năm 2023
    let season = || {
        title.clone().filter(|&i| doc.key(i + 1) == "năm").find_map(|i| match doc.key(i) {
            "giữa" if (5..=8).contains(&month) => year(i + 2),
            "cuối" if (10..=12).contains(&month) => year(i + 2),
            _ => None,
        })
    };
    let planned = || match month {
        ..=6 => plan,
        9.. => plan.map(|year| year - 1),
        _ => None,
    };
    // giao ban quý IV/2020, họp báo quý I năm 2021: held in the quarter or right behind it
    let quarterly = || {
        title.clone().filter(|&i| doc.key(i) == "quý").find_map(|i| {
            let last = quarter(doc.key(i + 1))? * 3;
            let year = year(i + 3).filter(|_| matches!(doc.key(i + 2), "/" | "năm" | "-"))?;
            match month {
                _ if (last - 2..=last + 1).contains(&month) => Some(year),
                1 if last == 12 => Some(year + 1),
                _ => None,
            }
        })
    };
    school
        .or_else(course)
        .or_else(season)
        .or_else(commended)
        .or_else(congress)
        .or_else(quarterly)
        .or_else(half)
        .or_else(planned)
}

/// The number of a quarter (`quý`), as written.
pub fn quarter(written: &str) -> Option<u32> {
    match written {
        "i" | "1" => Some(1),
        "ii" | "2" => Some(2),
        "iii" | "3" => Some(3),
        "iv" | "4" => Some(4),
        _ => None,
    }
}

/// A year at `at` that is no part of a period (`2016 - 2020`), a code or a date.
pub fn year_at(doc: &Doc, at: usize) -> Option<i16> {
    let token = doc.tokens.get(at).filter(|t| t.kind == TokenKind::Number && t.key.len() == 4)?;
    let year = token.key.parse::<i16>().ok().filter(|y| (1945..2100).contains(y))?;
    let mark = |i: usize| matches!(doc.key(i), "-" | "/");
    let period =
        mark(at + 1) && doc.tokens.get(at + 2).is_some_and(|t| t.kind == TokenKind::Number) || at > 0 && mark(at - 1);
    (!period).then_some(year)
}

/// The years that a report heard at the meeting reviews and plans, where the meeting's name does not say:
/// `nghe báo cáo kết quả công tác năm 2019 và phương hướng, nhiệm vụ năm 2020`. Only one year after the other counts,
/// and only around the year it was held in.
pub fn reported(doc: &Doc, account: Range<usize>, named: Option<i16>, held: Option<i16>) -> Option<(i16, i16)> {
    let first = doc.sentences.partition_point(|s| s.start < account.start);
    let mut sentences = doc.sentences.iter().skip(first).take_while(|s| s.end <= account.end).take(24);
    sentences.find_map(|sentence| {
        let from = sentence.clone().find(|&i| doc.reads(i, &["báo", "cáo"]))?;
        let (Some(review), Some(plan)) = review_and_plan(doc, from..sentence.end) else { return None };
        let fits = match (named, held) {
            (Some(named), _) => named == review,
            (None, Some(held)) => held == review || held == review + 1,
            (None, None) => false,
        };
        (fits && plan == review + 1).then_some((review, plan))
    })
}

/// The year of a date without one, from what the document itself says; `None` where it says nothing.
///
/// A review of year N takes place in N, in January and February in N + 1; a meeting that puts an act into effect, on
/// or after the act's day; a report is published within a year of its event.
pub fn infer(
    date: &DateMention,
    review: Option<i16>,
    act: Option<NaiveDate>,
    published: Option<NaiveDate>,
) -> Option<i16> {
    let first_after = |day: NaiveDate| {
        let year = i16::try_from(day.year()).ok()?;
        Some(if (date.month, date.day) >= (day.month(), day.day()) { year } else { year + 1 })
    };
    let last_before = |day: NaiveDate| {
        let year = i16::try_from(day.year()).ok()?;
        Some(if (date.month, date.day) <= (day.month(), day.day()) { year } else { year - 1 })
    };
    let reviewed = review.map(|year| if date.month <= 2 { year + 1 } else { year });
    reviewed.or_else(|| act.and_then(first_after)).or_else(|| published.and_then(last_before))
}
