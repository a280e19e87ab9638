//! Quantities in digits with a unit: `632.780 lượt người`, `68,4%`, `1.234,5 tỷ đồng`; of a ratio the first number.

use std::collections::HashMap;
use std::ops::Range;

use super::dates::DateMention;
use super::numbers::{decimal, quantity};
use super::years::year_at;
use crate::domain::Figure;
use crate::extract::lexicon::lexicon;
use crate::extract::structure::{Doc, ParagraphKind};
use crate::extract::text::{Gap, TokenKind};

/// Words before a number that make it no quantity: ordinals, names of acts and places, addresses.
const NAMED: [&str; 36] = [
    "thứ",
    "số",
    "khóa",
    "điều",
    "khoản",
    "quý",
    "phường",
    "quận",
    "khóm",
    "tổ",
    "khu",
    "vùng",
    "quốc",
    "đường",
    "tháng",
    "năm",
    "lần",
    "kỳ",
    "tập",
    "trang",
    "mục",
    "phần",
    "chương",
    "bài",
    "hạng",
    "cấp",
    "loại",
    "lớp",
    "đợt",
    "kênh",
    "ngõ",
    "hẻm",
    "vụ",
    "nghị",
    "covid",
    "quyển",
];
/// Units of time: durations are no figures.
const TIME: [&str; 13] =
    ["ngày", "năm", "tháng", "giờ", "phút", "giây", "tuần", "quý", "h", "thập", "thế", "khóa", "kỳ"];

/// All figures of the body, each value with its unit once.
pub fn figures(doc: &Doc, dates: &[DateMention]) -> Vec<Figure> {
    let mut found: Vec<Figure> = Vec::new();
    let mut known = HashMap::new();
    let mut at = 0;
    let begun = doc.paragraphs.iter().position(|p| p.kind == ParagraphKind::Prose && p.tokens.len() > 30).unwrap_or(0);
    for (index, paragraph) in doc.paragraphs.iter().enumerate() {
        // around the article's beginning stand teasers
        if index > 0 && index < begun.max(5) && paragraph.kind == ParagraphKind::Line {
            continue;
        }
        at = at.max(paragraph.tokens.start);
        while at < paragraph.tokens.end {
            let next = dates.partition_point(|d| d.end <= at);
            if let Some(date) = dates.get(next).filter(|d| d.start <= at) {
                at = date.end;
                continue;
            }
            let Some((figure, end)) = figure_at(doc, at, paragraph.tokens.clone(), paragraph.kind) else {
                at += 1;
                continue;
            };
            let key = (figure.value, figure.unit.to_lowercase());
            if let Some(figure_before) = known.get(&key).and_then(|i: &usize| found.get_mut(*i)) {
                figure_before.evidence.extend(figure.evidence);
            } else {
                known.insert(key, found.len());
                found.push(figure);
            }
            at = end;
        }
    }
    found
}

fn figure_at(doc: &Doc, at: usize, within: Range<usize>, kind: ParagraphKind) -> Option<(Figure, usize)> {
    let token = doc.tokens.get(at).filter(|t| t.kind == TokenKind::Number)?;
    let before = at.checked_sub(1).filter(|b| *b >= within.start);
    let key = before.map_or("", |b| doc.key(b));
    let tight = token.gap == Gap::None;
    let mut number = quantity(doc, at)?;
    // Covid-19, 57-KL, 2011-2020, (1)
    let code = tight && matches!(key, "-" | "/" | "." | "'") && !slash_pair(doc, at)
        || tight && before.and_then(|b| doc.tokens.get(b)).is_some_and(|t| t.kind == TokenKind::Word);
    let previous = if number.start < at { number.start.checked_sub(1).map_or("", |b| doc.key(b)) } else { key };
    let named = NAMED.contains(&previous) && !counted_anyway(doc, at, previous);
    // 2025, 2021 - 2026: years, unless a counted noun follows
    let period = matches!(key, "-" | "/" | "đến") && token.key.len() == 4 && plain_year(&token.key);
    let year = period || year_at(doc, at).is_some();
    if code || named || year && !followed_by_noun(doc, number.end, within.end) {
        return None;
    }
    let mut end = number.end;
    // 15/15 huyện, 23/61 tàu: the first number, with the unit behind the second
    if doc.key(end) == "/"
        && doc.tokens.get(end + 1).is_some_and(|t| t.kind == TokenKind::Number && t.gap == Gap::None)
        && let Some(second) = quantity(doc, end + 1)
    {
        // 148,6/1.027 tỷ đồng: both are in billions
        let factor = decimal(doc.key(end + 1)).and_then(|plain| second.value.checked_div(plain));
        number.value = factor.and_then(|factor| number.value.checked_mul(factor)).unwrap_or(number.value).normalize();
        end = second.end;
    }
    // 3,5 - 4%, từ 60-70%: the first number, with the unit behind the second
    if doc.key(end) == "-"
        && let Some(second) = quantity(doc, end + 1).filter(|second| second.value > number.value)
        && (doc.key(second.end) == "%" || followed_by_noun(doc, second.end, within.end))
        && !year
    {
        end = second.end;
    }
    if kind == ParagraphKind::Line && at == within.start && doc.key(end) == "." {
        return None;
    }
    // SEA Games 31 tổ chức ...: a number in a name; 1 số địa phương: một số
    let named =
        before.filter(|b| *b > within.start && number.start == at && doc.tokens.get(*b).is_some_and(|t| t.capital));
    let first = |b: usize| matches!(doc.before(b), "." | ":" | ";" | "\"");
    let verb = doc.reads(end, &["tổ", "chức"]) || doc.reads(end, &["lần", "thứ"]);
    let counted = doc.key(end) == "%" || followed_by_noun(doc, end, within.end) && !verb;
    if named.is_some_and(|b| !first(b)) && !counted || doc.key(end) == "số" && token.key == "1" {
        return None;
    }
    let unit = unit_at(doc, end, within.end)?;
    let figure = Figure {
        value: number.value,
        unit: doc.clean(unit.clone()),
        qualifier: number.qualifier,
        evidence: vec![doc.evidence(number.start..unit.end, "figure.quantity")],
    };
    Some((figure, unit.end))
}

fn plain_year(digits: &str) -> bool {
    digits.parse::<u16>().is_ok_and(|year| (1900..2100).contains(&year))
}

/// `8 vụ/8 tàu`, `61 tàu/418 ngư dân`: a second quantity behind a slash.
fn slash_pair(doc: &Doc, at: usize) -> bool {
    at >= 2 && doc.before(at) == "/" && doc.tokens.get(at - 2).is_some_and(|t| t.kind == TokenKind::Word)
}

/// `tổ chức lớp 02`? no; `từ 17 vụ xuống còn 5 vụ`, `năm 2020 có 16 dự án` count although such a word stands before.
fn counted_anyway(doc: &Doc, at: usize, previous: &str) -> bool {
    let counted = lexicon().units.len_at(doc.slice(at + 1..doc.tokens.len())).is_some();
    doc.key(at + 1) == "%" && previous == "số"
        || counted
            && match previous {
                "số" => number_of(doc, at),
                "cấp" | "lớp" => doc.key(at + 1) != "tháng",
                _ => false,
            }
}

/// `tổng số 2000 điểm cầu`, `trong số 12 tập thể`, `quân số gần 200 đồng chí`
fn number_of(doc: &Doc, at: usize) -> bool {
    let word = if doc.before(at) == "số" { at.checked_sub(2) } else { at.checked_sub(3) };
    word.is_some_and(|i| matches!(doc.key(i), "tổng" | "trong" | "con" | "quân" | "sĩ" | "dân"))
}

fn followed_by_noun(doc: &Doc, at: usize, limit: usize) -> bool {
    lexicon().units.len_at(doc.slice(at..limit)).is_some()
}

/// The unit behind a number: a counted noun of the vocabulary, or the words up to the next that is no noun's.
fn unit_at(doc: &Doc, at: usize, limit: usize) -> Option<Range<usize>> {
    let first = doc.tokens.get(at).filter(|_| at < limit)?;
    if first.key == "%" {
        return Some(at..at + 1);
    }
    let usable =
        first.kind == TokenKind::Word && first.gap <= Gap::Line && (first.gap > Gap::None || first.key.len() <= 3);
    let counted = lexicon().units.len_at(doc.slice(at..limit));
    // ngày công is a unit of work, ngày one of time
    if !usable || TIME.contains(&first.key.as_str()) && counted.is_none_or(|len| len < 2) {
        return None;
    }
    if let Some(len) = counted {
        return Some(at..at + len);
    }
    let stops = |i: usize| {
        let rest = doc.slice(i..limit);
        rest.first().is_none_or(|t| t.kind != TokenKind::Word || t.gap == Gap::None && i > at)
            || lexicon().stops.len_at(rest).is_some()
            || matches!(
                doc.key(i),
                "và" | "của"
                    | "các"
                    | "so"
                    | "trở"
                    | "thuộc"
                    | "về"
                    | "hoặc"
                    | "nữa"
                    | "cả"
                    | "vẫn"
                    | "lại"
                    | "sang"
                    | "xuống"
                    | "trên"
                    | "dưới"
                    | "tăng"
                    | "giảm"
            )
    };
    // 35 thực hiện: what is done is no thing that is counted
    let done = lexicon().task_verbs.longest(doc.slice(at..limit)).is_some_and(|(len, strong)| len > 1 && strong);
    if done || stops(at) || first.upper && !matches!(first.key.as_str(), "usd" | "vnđ" | "vnd" | "ha" | "mw" | "kwh") {
        return None;
    }
    let mut end = at + 1;
    if !stops(end) && !doc.tokens.get(end).is_some_and(|t| t.capital) {
        end += 1;
        if matches!(doc.key(end), "viên" | "sĩ" | "gia" | "nhân" | "giả" | "dân") {
            end += 1;
        }
    }
    Some(at..end)
}
