//! Where the name of an office or a body goes on behind a mark: `NN&PTNT`, `Lao động - Thương binh`, `(TTĐN)`.

use super::names::name_at;
use super::offices::{LONGEST, body_at, person_begins, starts_office};
use crate::extract::lexicon::lexicon;
use crate::extract::structure::Doc;
use crate::extract::text::{Gap, TokenKind};

/// Where the name goes on behind a mark: `NN&PTNT`, `Lao động - Thương binh`, `(TTĐN)`, a parent body behind a comma.
pub fn mark(doc: &Doc, at: usize, limit: usize) -> Option<usize> {
    let next = doc.tokens.get(at + 1).filter(|_| at + 1 < limit)?;
    match doc.key(at) {
        "&" | "/" if next.kind == TokenKind::Word => Some(at + 2),
        "-" if next.capital && !starts_office(doc.slice(at + 1..limit)) && name_at(doc, at + 1).is_none() => {
            (!another(doc, at, limit)).then_some(at + 1)
        }
        "-" if plain_part(doc, at, limit) => Some(at + 1),
        // Cụm thi đua các tỉnh, thành phố miền Đông
        "," if doc.reads(at.saturating_sub(2), &["các", "tỉnh"]) && doc.reads(at + 1, &["thành", "phố"]) => {
            Some(at + 1)
        }
        // VH,TT&DL
        "," if next.upper && next.gap == Gap::None && doc.token_back(at, 1).is_some_and(|t| t.upper) => Some(at + 2),
        // Covid-19
        "-" if next.kind == TokenKind::Number && next.gap == Gap::None => Some(at + 2),
        // T.Ư, NN.PTNT
        "." if next.capital && next.gap == Gap::None => Some(at + 2),
        "." if doc.token_back(at, 1).is_some_and(|t| t.upper || t.key == "ư") && !next.capital => Some(at + 1),
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
        "," if parent_body(doc, at + 1, limit) || comma_in_name(doc, at, limit) || matters(doc, at, limit) => {
            Some(at + 1)
        }
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

/// `Phòng Lao động - thương binh và xã hội`, `Ban tuyên giáo - đoàn thể`: a department's name in plain words goes on.
fn plain_part(doc: &Doc, dash: usize, limit: usize) -> bool {
    let plain = |i: usize| doc.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Word && !t.capital);
    let rest = doc.slice(dash + 1..limit);
    let department =
        (dash.saturating_sub(4)..dash.saturating_sub(1)).any(|i| matches!(doc.key(i), "ban" | "phòng" | "sở" | "khoa"));
    let lexicon = lexicon();
    department
        && plain(dash.saturating_sub(1))
        && plain(dash + 1)
        && plain(dash + 2)
        && lexicon.offices.len_at(rest).is_none()
        && lexicon.prefixes.len_at(rest).is_none()
        && lexicon.ranks.len_at(rest).is_none()
        && lexicon.stops.len_at(rest).is_none()
        && lexicon.cues.longest(rest).is_none()
        && !super::groups::group_begins(doc, dash + 1)
        && !matches!(doc.key(dash + 1), "trưởng" | "phó" | "nguyên" | "người" | "tân" | "các")
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

/// `Ủy ban Ứng phó sự cố, thiên tai và tìm kiếm cứu nạn`, `Vụ Công tác học sinh, sinh viên, Bộ ...`: what a committee or a
/// department is there for, in plain words on both sides of the comma.
fn matters(doc: &Doc, comma: usize, limit: usize) -> bool {
    let plain = |i: usize| i < limit && doc.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Word && !t.capital);
    let clause = (comma.saturating_sub(LONGEST)..comma).rev().take_while(|&i| !matches!(doc.key(i), ";" | ":" | "."));
    let committee = |i: usize| {
        ["vụ", "cục"].contains(&doc.key(i)) && doc.tokens.get(i).is_some_and(|t| t.capital)
            || [["ủy", "ban"], ["chỉ", "đạo"], ["chỉ", "huy"]].iter().any(|words| doc.reads(i, words))
    };
    // Trưởng Ban Chỉ đạo về khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số
    let about = clause.clone().find(|&i| doc.key(i) == "về");
    let committee = match about {
        Some(about) => (about.saturating_sub(6)..about).any(committee),
        None => clause.take(9).take_while(|&i| doc.key(i) != ",").any(committee),
    };
    if !committee || !plain(comma.saturating_sub(1)) || !plain(comma + 1) || !plain(comma + 2) {
        return false;
    }
    let end = (comma + 1..limit.min(comma + 6)).find(|&i| !plain(i) || doc.key(i) == "và").unwrap_or(comma);
    let no_verb = |i: usize| {
        let rest = doc.slice(i..limit);
        let lexicon = lexicon();
        super::offices::verb_at(doc, i, limit).is_none()
            && lexicon.stops.len_at(rest).is_none()
            && lexicon.offices.len_at(rest).is_none()
            && lexicon.ranks.len_at(rest).is_none()
            && !super::groups::group_begins(doc, i)
            && !matches!(doc.key(i), "các" | "lãnh" | "trưởng" | "phó" | "nguyên")
    };
    let goes_on = doc.key(end) == "và" && (plain(end + 1) && no_verb(end + 1) || about.is_some())
        || about.is_some() && doc.key(end) == "," && plain(end + 1) && no_verb(end + 1)
        || doc.key(end) == "," && super::offices::body_at(doc, end + 1, limit).is_some();
    goes_on && (comma + 1..end).all(no_verb)
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
    // Trung tâm A phối hợp với | Hội B, Sở C: another body's own
    let ends = |i: &usize| matches!(doc.key(*i), ";" | ":" | "." | "với");
    let item = (from..at).rev().find(ends).map_or(from, |i| i + 1);
    // Liên hiệp các Hội Khoa học: a science, no department
    let compound = |i: usize| {
        i > 0 && matches!(doc.before(i), "ngoại" | "nội" | "phục" | "nhiệm" | "quốc" | "hải" | "thường")
            || doc.reads(i, &["khoa", "học"])
    };
    // Viện A, Viện B: no body is part of another of its kind
    let same = (item..at).any(|i| doc.key(i) == doc.key(at) && doc.key(at) == "viện");
    let small = !same && (item..at).any(|i| !compound(i) && units.iter().any(|unit| doc.reads(i, unit)));
    // Trưởng Ban Xã hội, Trung ương Hội Nông dân
    let above = matches!(doc.key(at), "báo" | "đài" | "tổng" | "tập")
        || doc.reads(at, &["trung", "ương"])
        || doc.reads(at, &["ủy", "ban", "mặt", "trận"]);
    let central = above && (item..at).any(|i| doc.key(i) == "ban" && doc.before(i) != "ủy");
    // Phó Tổng Giám đốc phụ trách nguyên liệu, Công ty A
    let duty = (item..at).rfind(|&i| doc.reads(i, &["phụ", "trách"]));
    let charged = duty.is_some_and(|i| !(i..at).any(|i| lexicon().bodies.len_at(doc.slice(i..at)).is_some()));
    body && (small || central || charged) && lexicon().offices.len_at(rest) < lexicon().bodies.len_at(rest)
}
