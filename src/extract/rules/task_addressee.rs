//! Whom something is asked of, and where what is asked begins: `đề nghị | các sở, ngành của tỉnh | rà soát ...`.

use std::ops::Range;

use super::mentions::mention_at;
use super::names::place_at;
use super::office_marks::aside;
use super::offices::{body_at, office_at};
use super::task_text::{phrase, task_verb};
use super::task_years::time_phrase;
use crate::extract::lexicon::lexicon;
use crate::extract::structure::Doc;
use crate::extract::text::TokenKind;

/// The longest addressee, in tokens.
const LONGEST: usize = 60;

/// Words of the task list that are nouns as often, and so do not end an addressee.
const WEAK: [&str; 19] = [
    "giáo dục",
    "thông tin",
    "lãnh đạo",
    "chỉ đạo",
    "truyền thông",
    "phòng",
    "nhân",
    "thay",
    "lấy",
    "không",
    "tuyên truyền",
    "đào tạo",
    "tổ chức",
    "quản lý",
    "giám sát",
    "kiểm tra",
    "hướng dẫn",
    "chống",
    "phục vụ",
];

/// Words that open what is to be done, whoever is to do it.
pub const SURELY: [&str; 14] = [
    "tiếp tục",
    "khẩn trương",
    "chủ động",
    "tích cực",
    "tăng cường",
    "đẩy mạnh",
    "quan tâm",
    "chú trọng",
    "tập trung",
    "nghiêm túc",
    "kịp thời",
    "thường xuyên",
    "sớm",
    "phát huy",
];

/// What tells the addressees nearer: `các địa phương ven biển`, `các đơn vị trên địa bàn tỉnh`.
const NEARER: [&str; 38] = [
    "của",
    "thuộc",
    "trực thuộc",
    "trên địa bàn",
    "trong tỉnh",
    "trong huyện",
    "trong xã",
    "trong ngành",
    "trong toàn",
    "trong cả nước",
    "trong khối",
    "trong hệ thống",
    "trong khu vực",
    "trong cụm",
    "liên quan",
    "có liên quan",
    "chức năng",
    "các cấp",
    "địa phương",
    "cấp tỉnh",
    "cấp huyện",
    "cấp xã",
    "cơ sở",
    "ở cơ sở",
    "ven biển",
    "ven sông",
    "miền núi",
    "trung ương",
    "toàn tỉnh",
    "toàn huyện",
    "toàn ngành",
    "cả nước",
    "chủ chốt",
    "chuyên môn",
    "nói chung",
    "phụ trách",
    "đứng đầu",
    "trọng điểm",
];

/// Whether the task verb at `at` is surely a verb there, not a noun's part.
pub fn strong_verb(doc: &Doc, at: usize) -> bool {
    let weak = WEAK.iter().any(|w| phrase(doc, at, w));
    // các cấp, mỗi đơn vị: a noun
    let counted = matches!(doc.before(at), "các" | "những" | "mỗi" | "từng");
    !weak && !counted && doc.tokens.get(at).is_some_and(|t| !t.capital)
}

/// `các`, `toàn thể`, `mỗi`, `ba`: what makes a plain noun those who are asked.
fn determiners(doc: &Doc, at: usize) -> usize {
    let mut i = at;
    loop {
        let number = doc.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Number);
        i += match doc.key(i) {
            "toàn" | "tất" | "một" if matches!(doc.key(i + 1), "thể" | "cả" | "số") => 2,
            "đội" if doc.key(i + 1) == "ngũ" => 2,
            "lãnh" if doc.key(i + 1) == "đạo" => 2,
            "thủ" if doc.key(i + 1) == "trưởng" => 2,
            "người" if doc.key(i + 1) == "đứng" => 3,
            "các" | "từng" | "mỗi" | "mọi" | "những" | "toàn" | "cả" | "hai" | "ba" | "bốn" | "nhiều" => {
                1
            }
            _ if number => 1,
            _ => return i,
        };
    }
}

/// One of those who are asked, at token `at`: one past it.
fn one(doc: &Doc, at: usize, limit: usize) -> Option<usize> {
    let i = determiners(doc, at);
    let plain = lexicon().addressees.longest(doc.slice(i..limit));
    if let Some((len, alone)) = plain {
        let named = doc.tokens.get(i).is_some_and(|t| t.capital);
        // Sở Y tế, xã Tân Phú: the whole name
        let body = body_at(doc, i, limit).filter(|_| named || i == at).map(|b| verbless(doc, b));
        if let Some(body) = body.filter(|b| b.end > i + len) {
            return Some(body.end);
        }
        if let Some((place, _)) = place_at(doc, i).filter(|(place, _)| *place > len) {
            return Some(i + place);
        }
        if i > at || alone {
            return Some(proper(doc, i + len, limit));
        }
    }
    let person = mention_at(doc, i, limit, false).map(|(m, _)| m.tokens.end);
    let office = || {
        let office = office_at(doc, i, limit)?;
        Some(verbless(doc, office).end)
    };
    let body = || body_at(doc, i, limit).map(|b| verbless(doc, b).end);
    person.or_else(office).or_else(body).filter(|end| *end > at && *end <= limit)
}

/// Behind the name of those asked: `ngành | Y tế`, `đơn vị | Cấp nước`, `Ngành | LĐTB&XH`.
fn proper(doc: &Doc, from: usize, limit: usize) -> usize {
    let capital = |i: usize| doc.tokens.get(i).is_some_and(|t| t.capital) && i < limit;
    let mut at = from;
    while capital(at) && !begins_task(doc, at, limit) {
        let whole = doc.tokens.get(at).is_some_and(|t| t.upper);
        at += 1;
        // Y tế, Giáo dục: the second syllable is not capitalised
        let syllable = doc.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word && !t.capital) && at < limit;
        let other =
            matches!(doc.key(at), "sẽ" | "cần" | "phải" | "đã" | "đang" | "cũng" | "và" | "của" | "các" | "được");
        if !whole && syllable && !other && !task_verb(doc, at, limit) {
            at += 1;
        }
        if matches!(doc.key(at), "&" | "-" | "." | "và") && capital(at + 1) {
            at += 1;
        }
    }
    at
}

/// Without the verb that a body's name may seem to go on with (`Sở Y tế khẩn trương ...`).
fn verbless(doc: &Doc, body: Range<usize>) -> Range<usize> {
    let verb = (body.start + 1..body.end).find(|&i| task_verb(doc, i, body.end) && strong_verb(doc, i));
    body.start..verb.unwrap_or(body.end)
}

/// One past all those who are asked at token `at`: `các sở, ngành, UBND các huyện trên địa bàn tỉnh`.
pub fn addressee(doc: &Doc, at: usize, limit: usize) -> Option<usize> {
    let limit = limit.min(at + LONGEST);
    let mut end = nearer(doc, one(doc, at, limit)?, limit);
    loop {
        let joined = match doc.key(end) {
            "," | "và" | ";" | "-" if end < limit => 1,
            "cùng" => 1 + usize::from(doc.key(end + 1) == "với"),
            "với" => 1,
            _ => 0,
        };
        let next = end + joined;
        if (joined > 0 || determiners(doc, end) > end)
            && !begins_task(doc, next, limit)
            && let Some(more) = one(doc, next, limit).filter(|more| *more > next)
        {
            end = nearer(doc, more, limit);
            continue;
        }
        return Some(end.min(limit));
    }
}

fn begins_task(doc: &Doc, at: usize, limit: usize) -> bool {
    task_verb(doc, at, limit) && strong_verb(doc, at)
}

/// Behind what tells an addressee nearer.
fn nearer(doc: &Doc, from: usize, limit: usize) -> usize {
    let mut at = from;
    while at < limit {
        if let Some(next) = (doc.key(at) == "(").then(|| aside(doc, at, limit)).flatten() {
            at = next;
        } else if let Some(end) = (doc.key(at) == "trong").then(|| body_at(doc, at + 1, limit)).flatten().map(|b| b.end)
        {
            at = end;
        } else if let Some((len, _)) = place_at(doc, at) {
            at += len;
        } else if let Some(words) = NEARER.iter().find(|w| phrase(doc, at, w)) {
            let len = words.split(' ').count();
            // cơ sở ..., địa phương ...: nearer only where a verb or a mark follows
            at += len;
            if matches!(*words, "của" | "thuộc" | "trực thuộc" | "trên địa bàn" | "phụ trách" | "đứng đầu")
            {
                at = one(doc, at, limit).unwrap_or(at);
            }
        } else {
            break;
        }
    }
    at.min(limit)
}

/// Where the task begins behind those it is asked of: the first verb of doing soon, else the first word.
pub fn behind_addressee(doc: &Doc, end: usize, limit: usize) -> Option<usize> {
    let mut at = end;
    loop {
        at += match doc.key(at) {
            "," | ":" if at < limit => 1,
            "cần" => 1 + usize::from(doc.key(at + 1) == "phải"),
            _ => match time_phrase(doc, at, limit) {
                Some(next) if next > at => next - at,
                _ => break,
            },
        };
    }
    if at >= limit {
        return None;
    }
    if task_verb(doc, at, limit) {
        // các đơn vị quản lý công trình khẩn trương ...: who they are, then an adverb of doing
        let soon = (at + 1..limit.min(at + 7)).take_while(|&i| doc.key(i) != ",");
        let surely = soon.filter(|&i| SURELY.iter().any(|w| phrase(doc, i, w))).min();
        return Some(surely.filter(|_| !strong_verb(doc, at)).unwrap_or(at));
    }
    // the addressee went on in a way that no list foresees
    let soon = (at + 1..limit.min(at + 7)).take_while(|&i| doc.key(i) != ",");
    let verb = soon.filter(|&i| task_verb(doc, i, limit)).find(|&i| strong_verb(doc, i));
    let word = doc.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word && !t.capital);
    verb.or_else(|| (word && !matches!(doc.key(at), "và" | "về" | "là" | "được")).then_some(at))
}

/// The first verb of the task behind an addressee that no list foresees.
pub fn verb_behind(doc: &Doc, at: usize, limit: usize) -> Option<usize> {
    let mut i = at;
    while i < limit.min(at + 45) {
        if i > at && begins_task(doc, i, limit) {
            return Some(i);
        }
        match body_at(doc, i, limit) {
            // a body's name may hold such verbs, up to the first that is certain
            Some(body) => {
                let verb = (i + 1..body.end).find(|&j| begins_task(doc, j, limit));
                i = verb.unwrap_or(body.end);
            }
            None => i += 1,
        }
    }
    None
}
