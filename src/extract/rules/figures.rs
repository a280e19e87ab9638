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
const TIME: [&str; 14] =
    ["tuổi", "ngày", "năm", "tháng", "giờ", "phút", "giây", "tuần", "quý", "h", "thập", "thế", "khóa", "kỳ"];

/// All figures of the body, each value with its unit once.
pub fn figures(doc: &Doc, dates: &[DateMention]) -> Vec<Figure> {
    let mut found: Vec<Figure> = Vec::new();
    let mut known = HashMap::new();
    let mut at = 0;
    let begun = doc.paragraphs.iter().position(|p| p.kind == ParagraphKind::Prose && p.tokens.len() > 30).unwrap_or(0);
    for (index, paragraph) in doc.paragraphs.iter().enumerate() {
        // around the article's beginning stand teasers
        let attended = || paragraph.tokens.clone().any(|i| doc.reads(i, &["tham", "dự"]));
        let short = paragraph.kind == ParagraphKind::Line && paragraph.tokens.len() < 50;
        let early = index > 0 && index < begun.max(5) && short;
        if early && (index < begun || !attended()) {
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
    // dịch vụ 620,4 tỷ đồng: no ordinal is multiplied or has a fraction
    let plain = number.end == at + 1 && number.value.fract().is_zero();
    let named = NAMED.contains(&previous) && plain && !counted_anyway(doc, at, previous);
    // 2025, 2021 - 2026: years, unless a counted noun follows
    let period = matches!(key, "-" | "/" | "đến") && token.key.len() == 4 && plain_year(&token.key);
    // giai đoạn 2011-2015 phong trào ...
    let span = doc.key(at + 1) == "-" && plain_year(&token.key) && plain_year(doc.key(at + 2));
    if span {
        return None;
    }
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
    // 3,5 - 4%, từ 60-70%, 55-56 triệu đồng: the first number, with the factor and the unit behind the second
    if doc.key(end) == "-"
        && let Some(second) = quantity(doc, end + 1).filter(|second| second.value > number.value)
        && (doc.key(second.end) == "%" || followed_by_noun(doc, second.end, within.end))
        && !year
    {
        let factor = decimal(doc.key(end + 1)).filter(|_| end == at + 1).and_then(|p| second.value.checked_div(p));
        number.value = factor.and_then(|factor| number.value.checked_mul(factor)).unwrap_or(number.value).normalize();
        end = second.end;
    }
    // 20 chỉ tiêu/21 chỉ tiêu: the same things out of so many
    if slash_pair(doc, at) && doc.key(end) == doc.back(at, 2) || slash_pair(doc, at) && of_so_many(doc, at, end) {
        return None;
    }
    // 26.400 (tăng 9,56% so với năm 2021) công trình: what is counted stands behind the aside
    let aside = (doc.key(end) == "(").then(|| (end..within.end.min(end + 14)).find(|&i| doc.key(i) == ")")).flatten();
    let noun = aside.map(|close| close + 1).filter(|&behind| followed_by_noun(doc, behind, within.end));
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
    let unit = unit_at(doc, noun.unwrap_or(end), within.end)?;
    let figure = Figure {
        value: number.value,
        unit: doc.clean(unit.clone()),
        qualifier: number.qualifier,
        evidence: vec![doc.evidence(number.start..unit.end, "figure.quantity")],
    };
    // the aside has figures of its own
    let next = if noun.is_some() { end } else { unit.end };
    Some((figure, next))
}

/// Whether an abbreviation stands for something that is counted.
fn counted_in_letters(key: &str) -> bool {
    matches!(
        key,
        "usd"
            | "vnđ"
            | "vnd"
            | "ha"
            | "mw"
            | "kwh"
            | "hs"
            | "sv"
            | "gv"
            | "hv"
            | "dn"
            | "htx"
            | "clb"
            | "đv"
            | "ctv"
            | "cbcc"
            | "cnvc"
            | "đvtn"
            | "nlđ"
            | "tthc"
            | "cnlđ"
            | "cnvclđ"
            | "ccvc"
            | "ccb"
            | "vđv"
            | "tnv"
    )
}

fn plain_year(digits: &str) -> bool {
    digits.parse::<u16>().is_ok_and(|year| (1900..2100).contains(&year))
}

/// `8 vụ/8 tàu`, `61 tàu/418 ngư dân`: a second quantity behind a slash.
fn slash_pair(doc: &Doc, at: usize) -> bool {
    at >= 2 && doc.before(at) == "/" && doc.token_back(at, 2).is_some_and(|t| t.kind == TokenKind::Word)
}

/// Whether the words behind a number that stands behind a slash are those before the slash.
fn of_so_many(doc: &Doc, at: usize, end: usize) -> bool {
    doc.back(at, 3) == doc.key(end) && doc.back(at, 2) == doc.key(end + 1)
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
        || raised(doc, at)
}

/// `nâng cấp 3 tuyến kênh`: a verb that ends in `cấp`, and what it is done to.
fn raised(doc: &Doc, at: usize) -> bool {
    let verb = doc.before(at) == "cấp" && at >= 2 && matches!(doc.back(at, 2), "nâng" | "cung" | "trợ");
    verb && doc.tokens.get(at + 1).is_some_and(|t| t.kind == TokenKind::Word && !t.capital)
}

/// `tổng số 2000 điểm cầu`, `trong số 12 tập thể`, `quân số gần 200 đồng chí`
fn number_of(doc: &Doc, at: usize) -> bool {
    let word = if doc.before(at) == "số" { at.checked_sub(2) } else { at.checked_sub(3) };
    word.is_some_and(|i| matches!(doc.key(i), "tổng" | "trong" | "con" | "quân" | "sĩ" | "dân"))
}

fn followed_by_noun(doc: &Doc, at: usize, limit: usize) -> bool {
    counted_noun(doc, at, limit).is_some()
}

/// The counted noun at a token: how many tokens. `đồng ý` is no money, `Bệnh viện số 2 tổ chức lễ ...` no organisations.
fn counted_noun(doc: &Doc, at: usize, limit: usize) -> Option<usize> {
    let len = lexicon().units.len_at(doc.slice(at..limit))?;
    let next = doc.key(at + 1);
    let other = len == 1
        && doc.key(at) == "đồng"
        && matches!(next, "ý" | "thời" | "bộ" | "hành" | "loạt" | "chủ" | "thuận" | "tình" | "lòng" | "đều");
    let holds = doc.reads(at, &["tổ", "chức"]) && super::titles::head_at(doc, at + 2, limit).is_some();
    (!other && !holds).then_some(len)
}

/// The unit behind a number: a counted noun of the vocabulary, or the words up to the next that is no noun's.
fn unit_at(doc: &Doc, at: usize, limit: usize) -> Option<Range<usize>> {
    let first = doc.tokens.get(at).filter(|_| at < limit)?;
    if first.key == "%" {
        return Some(at..at + 1);
    }
    // nhân ngày, nhân dịp; a verb of holding
    let other = first.key == "nhân" && matches!(doc.key(at + 1), "ngày" | "dịp" | "kỷ")
        || doc.reads(at, &["tổ", "chức"]) && counted_noun(doc, at, limit).is_none();
    if other {
        return None;
    }
    let usable =
        first.kind == TokenKind::Word && first.gap <= Gap::Line && (first.gap > Gap::None || first.key.len() <= 3);
    let counted = counted_noun(doc, at, limit);
    // gia đình 5 không, 3 sạch: a slogan that counts what is to be so
    let slogan = matches!(
        first.key.as_str(),
        "sạch" | "không" | "dám" | "rõ" | "biết" | "xanh" | "đẹp" | "hay" | "tốt" | "giỏi" | "nhất" | "có"
    );
    if slogan {
        return None;
    }
    // 4 Phó Thủ tướng
    if first.capital
        && !first.upper
        && let Some(len) = lexicon().prefixes.len_at(doc.slice(at..limit)).or(Some(0))
        && let Some(office) = lexicon().offices.len_at(doc.slice(at + len..limit))
    {
        return Some(at..at + len + office);
    }
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
    if done || stops(at) || first.upper && !counted_in_letters(&first.key) {
        return None;
    }
    if first.upper {
        return Some(at..at + 1);
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
