//! How far the name of an office or a body reaches.

use std::ops::Range;

use super::names::name_at;
use crate::extract::lexicon::{Cue, lexicon};
use crate::extract::structure::Doc;
use crate::extract::text::{Gap, Token, TokenKind};

/// The longest name of an office or a body, in tokens.
const LONGEST: usize = 28;

/// The office at token `at`, within `limit`: its tokens, from its prefix to the end of the body it is held in.
pub fn office_at(doc: &Doc, at: usize, limit: usize) -> Option<Range<usize>> {
    let lexicon = lexicon();
    let mut head = at;
    while let Some(len) = lexicon.prefixes.len_at(doc.slice(head..limit)) {
        if lexicon.offices.len_at(doc.slice(head..limit)).is_some_and(|office| office > len) {
            break;
        }
        head += len;
    }
    let len = lexicon.offices.len_at(doc.slice(head..limit))?;
    // Đoàn Đại biểu Quốc hội and Ban Thường vụ are bodies
    if matches!((doc.before(head), doc.key(head)), ("đoàn", "đại") | ("ban", "thường")) {
        return None;
    }
    // Kết luận phiên họp thường trực HĐND huyện: the body, not one of its members
    let body = doc.reads(head, &["thường", "trực"]) && len == 2 && doc.tokens.get(head).is_some_and(|t| !t.capital);
    if body && !matches!(doc.before(head), "chí" | "ông" | "bà" | ",") {
        return None;
    }
    // Tổng Lãnh sự quán is no Tổng Lãnh sự
    if lexicon.bodies.len_at(doc.slice(head..limit)).is_some_and(|body| body > len) {
        return None;
    }
    // trưởng ban: the body's own word may be the office's last one
    Some(at..extend(doc, head + len, limit, true))
}

/// The body at token `at`, within `limit`.
pub fn body_at(doc: &Doc, at: usize, limit: usize) -> Option<Range<usize>> {
    let len = lexicon().bodies.len_at(doc.slice(at..limit))?;
    let end = extend(doc, at + len, limit, false);
    // "ban", "vụ", "hội" in lower case and alone are ordinary words
    let token = doc.tokens.get(at)?;
    (token.capital || end > at + len && doc.slice(at + len..end).iter().any(|t| t.capital) || len > 1)
        .then_some(at..end)
}

/// Whether a person or an office begins here, which ends whatever came before.
fn person_begins(doc: &Doc, at: usize, limit: usize) -> bool {
    let rest = doc.slice(at..limit);
    let lexicon = lexicon();
    lexicon.addresses.len_at(rest).is_some_and(|len| len > 1 || rest.get(1).is_some_and(|t| t.capital))
        || lexicon.ranks.len_at(rest).is_some_and(|len| name_at(doc, at + len).is_some())
        || name_at(doc, at).is_some()
}

/// How far the name of an office or of a body that has reached `from` goes on.
fn extend(doc: &Doc, from: usize, limit: usize, office: bool) -> usize {
    let lexicon = lexicon();
    let mut at = from;
    let mut place_end = None; // where a place's name has just ended
    let limit = limit.min(from + LONGEST);
    while at < limit {
        let rest = doc.slice(at..limit);
        let Some(token) = rest.first() else { break };
        if let Some(len) = lexicon.named_bodies.len_at(rest) {
            at += len;
            continue;
        }
        if let Some((len, _)) = super::names::place_at(doc, at).filter(|_| token.kind == TokenKind::Word) {
            at += len;
            place_end = Some(at);
            continue;
        }
        // Trưởng thôn Đoài, xã Tân Hòa
        let behind = rest.get(1..).unwrap_or_default();
        let wider = office && place_end == Some(at) && token.key == "," && lexicon.place_heads.len_at(behind).is_some();
        if let Some((len, _)) = super::names::place_at(doc, at + 1).filter(|(len, _)| wider && at + 1 + len <= limit) {
            at += 1 + len;
            place_end = Some(at);
            continue;
        }
        // Công ty Quế Lâm Sơn, Trường THPT Nguyễn Trãi
        let owner = if token.capital { super::names::named_after(doc, at) } else { 0 };
        if owner > 0 && at + owner <= limit {
            at += owner;
            continue;
        }
        match token.kind {
            // Phó Trưởng Ban Thường trực, Ban Dân vận Tỉnh ủy
            TokenKind::Mark
                if office
                    && at == from
                    && token.key == ","
                    && doc.before(at) == "trực"
                    && behind.first().is_some_and(|t| t.key == "ban" && t.capital)
                    && office_at(doc, at + 1, limit).is_none() =>
            {
                at += 1;
            }
            TokenKind::Mark => match mark(doc, at, limit) {
                Some(next) => at = next,
                None => break,
            },
            TokenKind::Number => at += 1,
            TokenKind::Word => {
                // Giám đốc Cơ quan đại diện Bộ Thủy lợi
                if doc.reads(at, &["đại", "diện"]) && matches!(doc.before(at), "quan" | "phòng") {
                    at += 2;
                    continue;
                }
                if token.key == "và" {
                    if !continues_after_and(doc, at, limit) {
                        break;
                    }
                } else if posting(doc, from, at) {
                    at += 1;
                    continue;
                } else if !subject_matter(doc, from, at)
                    || ends_name(doc, at, limit)
                    || person_begins(doc, at, limit)
                    || starts_office(rest) && !behind_head(doc, at)
                {
                    break;
                }
                at += 1;
            }
        }
    }
    trim(doc, from, at)
}

/// `phóng viên về ...` ends; `Ban Chỉ đạo về phòng, chống ...` goes on.
fn subject_matter(doc: &Doc, from: usize, at: usize) -> bool {
    let committee = (from.saturating_sub(3)..at)
        .any(|i| matches!(doc.key(i), "đạo" | "đồng" | "tiểu" | "tổ" | "ủy" | "vụ" | "cục"));
    doc.key(at) != "về" || committee
}

/// `Đại sứ Việt Nam tại Philippin`: the country someone is posted to belongs to the office.
fn posting(doc: &Doc, from: usize, at: usize) -> bool {
    let abroad = (from.saturating_sub(6)..at).any(|i| {
        matches!(doc.key(i), "sứ" | "sự" | "tham" | "trú" | "quán" | "hiệp")
            || doc.reads(i, &["trung", "tâm"])
            || doc.reads(i, &["đại", "diện"])
            || doc.reads(i, &["chi", "nhánh"])
    });
    doc.key(at) == "tại" && abroad && doc.tokens.get(at + 1).is_some_and(|t| t.capital)
}

/// A verb, or a word that no name holds.
fn ends_name(doc: &Doc, at: usize, limit: usize) -> bool {
    // Ban Tổ chức, Bộ Chỉ huy: with a capital they are names
    let capital = doc.tokens.get(at).is_some_and(|t| t.capital);
    // Công ty Cổ phần Hàng không A
    if doc.key(at) == "không" && doc.before(at) == "hàng" {
        return false;
    }
    // Ban Chỉ đạo các chương trình mục tiêu quốc gia
    if doc.key(at) == "trình" && matches!(doc.before(at), "chương" | "công" | "quá" | "lộ" | "quy") {
        return false;
    }
    capital && at > 0 && super::acts::said_aloud(doc, at) && !matches!(doc.before(at), "ban" | "tổ" | "phòng")
        || !capital && (lexicon().stops.len_at(doc.slice(at..limit)).is_some() || verb_at(doc, at, limit).is_some())
}

/// The verb of taking part at a token, unless it is the latter part of another word (`Ngoại giao`, `bàn giao`).
pub fn verb_at(doc: &Doc, at: usize, limit: usize) -> Option<(usize, Cue)> {
    let mut found = lexicon().cues.longest(doc.slice(at..limit))?;
    // giao ban is no verb; giao Ban Tuyên giáo is one
    if found.1.roles.is_empty() && doc.tokens.get(at + 1).is_some_and(|t| t.capital) {
        found = lexicon().cues.longest(doc.slice(at..at + 1))?;
    }
    let (len, cue) = Some(found).filter(|(_, cue)| !cue.roles.is_empty())?;
    let before = at.checked_sub(1).map_or("", |b| doc.key(b));
    let compound = match doc.key(at) {
        "giao" => matches!(before, "ngoại" | "bàn" | "chuyển" | "được" | "khoán"),
        "thông" => {
            doc.key(at + 1) == "tin"
                && matches!(before, "tác" | "nghệ" | "cấp" | "nguồn" | "và" | "trang" | "cổng" | "điểm" | "sở" | "bộ")
        }
        "chỉ" => matches!(before, "lãnh" | "ban" | "đạo" | "sự"),
        "trình" => {
            matches!(before, "chương" | "quy" | "lập" | "công" | "giáo" | "tiến" | "quá" | "lộ" | "tờ" | "hành")
        }
        "báo" => matches!(before, "bản" | "tờ" | "dự"),
        // trả lời ý kiến, kiến nghị của cử tri
        "kiến" => matches!(before, "," | "và") && doc.before(at - 1) == "kiến",
        // Hội đồng điều phối vùng, Ban Điều hành
        "điều" => matches!(before, "đồng" | "ban" | "tổ"),
        // Chủ tịch danh dự
        "dự" => matches!(before, "danh" | "vinh"),
        // làm việc với cây lúa
        "làm" if doc.before(at + len) == "với" => {
            let rest = doc.slice(at + len..limit);
            let named = rest.first().is_some_and(|t| t.capital)
                || matches!(doc.key(at + len), "đoàn" | "các" | "lãnh" | "đại" | "tập" | "cán")
                || lexicon().bodies.len_at(rest).is_some()
                || lexicon().addresses.len_at(rest).is_some();
            !named
        }
        // gửi lẵng hoa chúc mừng
        "chúc" => before == "hoa",
        _ => false,
    };
    (!compound).then_some((len, cue))
}

/// A capitalised office behind a body without any mark between them is another person's.
fn starts_office(rest: &[Token]) -> bool {
    rest.first().is_some_and(|t| t.capital) && lexicon().offices.len_at(rest).is_some_and(|len| len > 1)
}

/// Whether a body's first word stands right before: what looks like an office is its name (`Chi cục Văn thư`).
fn behind_head(doc: &Doc, at: usize) -> bool {
    (1..=2.min(at)).any(|n| lexicon().bodies.len_at(doc.slice(at - n..at)) == Some(n))
}

/// Where the name goes on behind a mark: `NN&PTNT`, `Lao động - Thương binh`, `(TTĐN)`, a parent body behind a comma.
fn mark(doc: &Doc, at: usize, limit: usize) -> Option<usize> {
    let next = doc.tokens.get(at + 1).filter(|_| at + 1 < limit)?;
    match doc.key(at) {
        "&" | "/" if next.kind == TokenKind::Word => Some(at + 2),
        "-" if next.capital && !starts_office(doc.slice(at + 1..limit)) && name_at(doc, at + 1).is_none() => {
            (!another(doc, at, limit)).then_some(at + 1)
        }
        // Cụm thi đua các tỉnh, thành phố miền Đông
        "," if doc.reads(at.saturating_sub(2), &["các", "tỉnh"]) && doc.reads(at + 1, &["thành", "phố"]) => {
            Some(at + 1)
        }
        // VH,TT&DL
        "," if next.upper && next.gap == Gap::None && doc.tokens.get(at - 1).is_some_and(|t| t.upper) => Some(at + 2),
        // Covid-19
        "-" if next.kind == TokenKind::Number && next.gap == Gap::None => Some(at + 2),
        // T.Ư, NN.PTNT
        "." if next.capital && next.gap == Gap::None => Some(at + 2),
        "." if doc.tokens.get(at - 1).is_some_and(|t| t.upper || t.key == "ư") && !next.capital => Some(at + 1),
        // UBND TP. Hà Nội
        "." if matches!(doc.before(at), "tp" | "tx") && next.capital => Some(at + 1),
        "(" => aside(doc, at, limit).or_else(|| parent_aside(doc, at, limit)),
        // đại biểu HĐND tỉnh khóa X, nhiệm kỳ 2021 - 2026
        "," if doc.reads(at + 1, &["nhiệm", "kỳ"])
            && doc.tokens.get(at + 3).is_some_and(|t| t.kind == TokenKind::Number)
            && doc.reads(at.saturating_sub(2), &["khóa"]) =>
        {
            Some(if doc.key(at + 4) == "-" { at + 6 } else { at + 4 })
        }
        "," if parent_body(doc, at + 1, limit) || comma_in_name(doc, at, limit) => Some(at + 1),
        "\"" => {
            // a quoted name up to its closing mark
            let close = (at + 1..limit).find(|&i| doc.key(i) == "\"")?;
            Some(close + 1)
        }
        _ => None,
    }
}

/// Whether a further body stands behind a dash: behind letters that are a body's whole name, or a union.
fn another(doc: &Doc, dash: usize, limit: usize) -> bool {
    // Văn phòng HĐND - UBND huyện is one
    let whole = matches!(doc.before(dash), "ubnd" | "hđnd" | "ubmttq" | "mttq")
        && !matches!(doc.before(dash.saturating_sub(1)), "phòng" | "ban" | "và" | "-");
    (whole || doc.reads(dash + 1, &["công", "đoàn"])) && lexicon().bodies.len_at(doc.slice(dash + 1..limit)).is_some()
}

/// `Sở Nông nghiệp, Thủy lợi và Môi trường`: a capitalised word, and an `và` that leads to another.
fn comma_in_name(doc: &Doc, comma: usize, limit: usize) -> bool {
    let rest = doc.slice(comma + 1..limit);
    let lexicon = lexicon();
    let plain = rest.first().is_some_and(|t| t.capital && !t.upper)
        && lexicon.bodies.len_at(rest).is_none()
        && lexicon.offices.len_at(rest).is_none()
        && lexicon.prefixes.len_at(rest).is_none()
        && super::names::place_at(doc, comma + 1).is_none()
        && !person_begins(doc, comma + 1, limit);
    let department = (comma.saturating_sub(5)..comma)
        .any(|i| matches!(doc.key(i), "sở" | "bộ" | "phòng" | "ban" | "vụ" | "cục" | "khoa"));
    let and = (comma + 2..limit.min(comma + 6)).find(|&i| doc.key(i) == "và");
    let clear =
        and.is_some_and(|and| (comma + 1..and).all(|i| doc.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Word)));
    let next = and.and_then(|and| doc.tokens.get(and + 1)).is_some_and(|t| t.capital);
    plain
        && department
        && clear
        && next
        && and.is_some_and(|and| {
            !person_begins(doc, and + 1, limit) && lexicon.bodies.len_at(doc.slice(and + 1..limit)).is_none()
        })
}

/// Behind an abbreviation that the text introduces: `(TTĐN)`, `(GD&ĐT)`.
pub fn aside(doc: &Doc, at: usize, limit: usize) -> Option<usize> {
    let short = doc.tokens.get(at + 1).is_some_and(|t| t.upper);
    let close = (at + 2..limit.min(at + 7)).find(|&i| doc.key(i) == ")")?;
    let inside = doc.slice(at + 1..close).iter().all(|t| t.upper || t.kind == TokenKind::Mark);
    (short && inside).then_some(close + 1)
}

/// Behind a parent body in parentheses: `Cục Di sản (Bộ Văn hóa)`.
fn parent_aside(doc: &Doc, at: usize, limit: usize) -> Option<usize> {
    let body = body_at(doc, at + 1, limit).filter(|_| doc.tokens.get(at + 1).is_some_and(|t| t.capital))?;
    (doc.key(body.end) == ")" && body.end < limit).then_some(body.end + 1)
}

/// Whether a body begins at `at` that is no person's office and no item of its own: `, Ban Tuyên giáo Trung ương`
/// behind `Vụ ...`, `, Bộ Ngoại giao` behind `Cục Ngoại vụ`.
fn parent_body(doc: &Doc, at: usize, limit: usize) -> bool {
    let rest = doc.slice(at..limit);
    let body = lexicon().bodies.len_at(rest).is_some() && rest.first().is_some_and(|t| t.capital);
    let units: [&[&str]; 13] = [
        &["vụ"],
        &["cục"],
        &["viện"],
        &["phòng"],
        &["trung", "tâm"],
        &["chuyên", "gia"],
        &["khoa"],
        &["đồn"],
        &["trung", "đoàn"],
        &["tiểu", "đoàn"],
        &["lữ", "đoàn"],
        &["sư", "đoàn"],
        &["lãnh", "sự"],
    ];
    let from = at.saturating_sub(LONGEST);
    let item = (from..at).rev().find(|&i| matches!(doc.key(i), ";" | ":" | ".")).map_or(from, |i| i + 1);
    let compound =
        |i: usize| i > 0 && matches!(doc.before(i), "ngoại" | "nội" | "phục" | "nhiệm" | "quốc" | "hải" | "thường");
    // Viện A, Viện B: no body is part of another of its kind
    let same = (item..at).any(|i| doc.key(i) == doc.key(at) && doc.key(at) == "viện");
    let small = !same && (item..at).any(|i| !compound(i) && units.iter().any(|unit| doc.reads(i, unit)));
    body && small && lexicon().offices.len_at(rest) < lexicon().bodies.len_at(rest)
}

/// `Vụ Thông tin đối ngoại và Hợp tác quốc tế` goes on; `... và ông Nam`, `... và các sở` do not.
fn continues_after_and(doc: &Doc, at: usize, limit: usize) -> bool {
    let rest = doc.slice(at + 1..limit);
    let Some(next) = rest.first() else { return false };
    let lexicon = lexicon();
    // Văn phòng Đoàn ĐBQH và HĐND tỉnh, Văn phòng HĐND và UBND huyện
    let letters = next.upper && doc.tokens.get(at.saturating_sub(1)).is_some_and(|t| t.upper);
    if letters && (at.saturating_sub(6)..at).any(|i| doc.reads(i, &["văn", "phòng"])) {
        return true;
    }
    !matches!(
        next.key.as_str(),
        "kế" | "nghị"
            | "chỉ"
            | "quyết"
            | "thông"
            | "hướng"
            | "đề"
            | "chương"
            | "kết"
            | "các"
            | "một"
            | "tất"
            | "toàn"
            | "nhiều"
            | "những"
            | "đại"
            | "lãnh"
            | "đồng"
            | "hơn"
            | "trên"
            | "gần"
            | "bà"
            | "ông"
    ) && lexicon.offices.len_at(rest).is_none()
        && lexicon.bodies.len_at(rest).is_none()
        && lexicon.prefixes.len_at(rest).is_none()
        && lexicon.ranks.len_at(rest).is_none()
        && lexicon.cues.len_at(rest).is_none()
        && next.kind == TokenKind::Word
        && (next.capital || doc.tokens.get(at - 1).is_some_and(|t| !t.capital))
        && !person_begins(doc, at + 1, limit)
}

/// Without what dangles at the end.
fn trim(doc: &Doc, from: usize, mut end: usize) -> usize {
    // nguyên Giám đốc begins another office; Thái Nguyên and Tài nguyên end a name
    let office_follows = |at: usize| lexicon().offices.len_at(doc.slice(at..doc.tokens.len())).is_some();
    let dangles = |end: usize| match doc.before(end) {
        "," | "-" | "và" | "của" | "về" | "các" | "(" | "\"" => true,
        "nguyên" => office_follows(end),
        _ => false,
    };
    while end > from && dangles(end) {
        if doc.before(end) == "\"" {
            break;
        }
        end -= 1;
    }
    end
}
