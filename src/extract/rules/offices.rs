//! How far the name of an office or a body reaches.

use std::ops::Range;

use super::names::name_at;
use super::office_marks::mark;
use crate::extract::lexicon::{Cue, lexicon};
use crate::extract::structure::Doc;
use crate::extract::text::{Token, TokenKind};

/// The longest name of an office or a body, in tokens.
pub const LONGEST: usize = 28;

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
pub fn person_begins(doc: &Doc, at: usize, limit: usize) -> bool {
    let rest = doc.slice(at..limit);
    let lexicon = lexicon();
    lexicon.addresses.len_at(rest).is_some_and(|len| len > 1 || rest.get(1).is_some_and(|t| t.capital))
        || lexicon.ranks.len_at(rest).is_some_and(|len| name_at(doc, at + len).is_some())
        || name_at(doc, at).is_some()
}

/// How many tokens an event's edition takes in the name of those who hold it: `lần thứ 8 năm 2023`.
fn edition(doc: &Doc, from: usize, at: usize) -> Option<usize> {
    let events: [&[&str]; 6] =
        [&["lễ", "hội"], &["hội", "thi"], &["cuộc", "thi"], &["liên", "hoan"], &["festival"], &["hội", "chợ"]];
    let event = (from.saturating_sub(2)..at).any(|i| events.iter().any(|words| doc.reads(i, words)));
    if !event || !doc.reads(at, &["lần", "thứ"]) {
        return None;
    }
    let year = doc.key(at + 3) == "năm" && super::years::year_at(doc, at + 4).is_some();
    Some(if year { 5 } else { 3 })
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
                // Trưởng Ban Tổ chức Lễ hội Cà phê lần thứ 8 năm 2023
                if let Some(len) = edition(doc, from, at) {
                    at += len;
                    continue;
                }
                if let Some(len) = lexicon.offices.len_at(rest).filter(|_| office && assists(doc, from, at)) {
                    at += len;
                    continue;
                }
                if token.key == "và" {
                    if !(continues_after_and(doc, at, limit) || office && two_committees(doc, from, at)) {
                        break;
                    }
                } else if posting(doc, from, at) {
                    at += 1;
                    continue;
                } else if !subject_matter(doc, from, at)
                    || ends_name(doc, from, at, limit)
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
fn ends_name(doc: &Doc, from: usize, at: usize, limit: usize) -> bool {
    // Ban Tổ chức, Bộ Chỉ huy: with a capital they are names
    let capital = doc.tokens.get(at).is_some_and(|t| t.capital);
    // Trưởng Ban tổ chức Lễ hội A
    if doc.reads(at, &["tổ", "chức"]) && doc.reads_before(at, &["trưởng", "ban"]) {
        return false;
    }
    // Công ty Thiết bị A
    if doc.key(at) == "bị" && doc.before(at) == "thiết" {
        return false;
    }
    // Công ty Cổ phần Hàng không A
    if doc.key(at) == "không" && doc.before(at) == "hàng" {
        return false;
    }
    // Trưởng đại diện tại Liên hợp quốc ngày 7/4
    if doc.key(at) == "ngày" && doc.tokens.get(at + 1).is_some_and(|t| t.kind == TokenKind::Number) {
        return true;
    }
    // Trưởng phòng Bóng đá phong trào
    if doc.key(at) == "phong" && matches!(doc.key(at + 1), "trào" | "cách" | "tục") {
        return false;
    }
    // Viện Nghiên cứu Cây có củ, Câu lạc bộ Người có uy tín
    if doc.key(at) == "có" && matches!(doc.before(at), "cây" | "người") && at > from {
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
        "chỉ" => {
            // Tổ công tác chỉ đạo đại hội
            let team = before == "tác" && (at.saturating_sub(4)..at).any(|i| doc.reads(i, &["tổ", "công"]));
            team || matches!(before, "lãnh" | "ban" | "đạo" | "sự")
        }
        "trình" => {
            matches!(before, "chương" | "quy" | "lập" | "công" | "giáo" | "tiến" | "quá" | "lộ" | "tờ" | "hành")
        }
        "báo" => matches!(before, "bản" | "tờ" | "dự"),
        // trả lời ý kiến, kiến nghị của cử tri
        "kiến" => matches!(before, "," | "và") && doc.back(at, 2) == "kiến",
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
        // chương trình khai mạc: what is opened is the noun's
        "khai" | "bế" => matches!(before, "trình" | "đêm" | "phiên"),
        // Công ty CP than A: coal
        "than" => matches!(before, "cp" | "phần" | "ty" | "ngành" | "mỏ" | "tấn" | "lò" | "cảng" | "kho" | "đoàn"),
        // gửi lẵng hoa chúc mừng
        "chúc" => before == "hoa",
        _ => false,
    };
    (!compound).then_some((len, cue))
}

/// A capitalised office behind a body without any mark between them is another person's.
pub fn starts_office(rest: &[Token]) -> bool {
    // Đại sứ quán, Tổng Lãnh sự quán are bodies
    let body = lexicon().bodies.len_at(rest);
    let office = lexicon().offices.len_at(rest).filter(|len| *len > 1 && body.is_none_or(|body| body <= *len));
    rest.first().is_some_and(|t| t.capital) && office.is_some()
}

/// `Trưởng Ban Chỉ đạo 138 và Ban Chỉ đạo 389`: one person heads both.
fn two_committees(doc: &Doc, from: usize, and: usize) -> bool {
    let committee = ["ban", "chỉ", "đạo"];
    doc.reads(and + 1, &committee) && (from.saturating_sub(1)..and).any(|i| doc.reads(i, &committee))
}

/// `Trợ lý Tổng Thư ký`, `Thư ký Bộ trưởng`: whose assistant somebody is.
fn assists(doc: &Doc, from: usize, at: usize) -> bool {
    at == from && matches!((doc.before(at.saturating_sub(1)), doc.before(at)), ("trợ", "lý") | ("thư", "ký"))
}

/// Whether a body's first word stands right before: what looks like an office is its name (`Chi cục Văn thư`).
fn behind_head(doc: &Doc, at: usize) -> bool {
    (1..=2.min(at)).any(|n| lexicon().bodies.len_at(doc.slice(at - n..at)) == Some(n))
}

/// `Vụ Thông tin đối ngoại và Hợp tác quốc tế` goes on; `... và ông Nam`, `... và các sở` do not.
fn continues_after_and(doc: &Doc, at: usize, limit: usize) -> bool {
    let rest = doc.slice(at + 1..limit);
    let Some(next) = rest.first() else { return false };
    let lexicon = lexicon();
    // Ban Chỉ huy phòng, chống thiên tai và Phòng thủ dân sự: no department
    let averts = matches!(doc.key(at + 2), "thủ" | "chống" | "cháy") || doc.reads(at + 2, &[",", "chống"]);
    if next.key == "phòng" && averts {
        return true;
    }
    // Văn phòng Đoàn ĐBQH và HĐND tỉnh, Văn phòng HĐND và UBND huyện
    let letters = next.upper && doc.tokens.get(at.saturating_sub(1)).is_some_and(|t| t.upper);
    if letters && (at.saturating_sub(6)..at).any(|i| doc.reads(i, &["văn", "phòng"])) {
        return true;
    }
    // Ban Chỉ đạo về chuyển đổi số và Đề án 06
    let plan = next.key == "đề" && next.capital && doc.key(at + 2) == "án";
    (plan
        || !matches!(
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
        ))
        && lexicon.offices.len_at(rest).is_none()
        && lexicon.bodies.len_at(rest).is_none()
        && lexicon.prefixes.len_at(rest).is_none()
        && lexicon.ranks.len_at(rest).is_none()
        // Chi cục Trồng trọt và Bảo vệ thực vật
        && lexicon.cues.longest(rest).is_none_or(|(_, cue)| cue.roles.is_empty() && (next.capital || next.key == "bảo"))
        && next.kind == TokenKind::Word
        && (next.capital || doc.token_back(at, 1).is_some_and(|t| !t.capital))
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
