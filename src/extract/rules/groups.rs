//! Delegations without a name: `lãnh đạo Bộ Ngoại giao`, `đại diện các sở, ban, ngành`.

use std::ops::Range;

use crate::domain::{ParticipantKind, ParticipantReport, ParticipantRole, Site};

use crate::extract::structure::Doc;
use crate::extract::text::TokenKind;

use super::mentions::mention_at;
use super::sites::sites;

/// Words that open a delegation's wording.
const HEADS: [&[&str]; 12] = [
    &["lãnh", "đạo"],
    &["đại", "diện"],
    &["các", "đồng", "chí"],
    &["một", "số", "đồng", "chí"],
    &["các", "thành", "viên"],
    &["thành", "viên"],
    &["các", "ủy", "viên"],
    &["các", "đại", "biểu"],
    &["cán", "bộ"],
    &["các", "báo", "cáo", "viên"],
    &["các", "vị"],
    &["nguyên", "lãnh", "đạo"],
];

/// Words that open one only as an item of a list, behind `có`, `gồm`, `cùng` or a semicolon.
const ITEMS: [&[&str]; 22] = [
    &["thủ", "trưởng"],
    &["thường", "trực"],
    &["đông", "đảo"],
    &["toàn", "thể"],
    &["đoàn", "công", "tác"],
    &["đoàn", "đại", "biểu"],
    &["các", "sở"],
    &["các", "ban"],
    &["các", "phòng"],
    &["các", "cơ", "quan"],
    &["các", "hội"],
    &["các", "trường"],
    &["các", "tổ", "chức"],
    &["các", "đơn", "vị"],
    &["các", "tập", "thể"],
    &["các", "doanh", "nghiệp"],
    &["các", "nhà"],
    &["các", "học"],
    &["chủ", "tịch", "ubnd", "các"],
    &["phó", "chủ", "tịch", "ubnd", "các"],
    &["bí", "thư", "các"],
    &["trưởng", "các"],
];

/// Delegations that a sentence of attendance lists.
pub fn groups(doc: &Doc) -> Vec<(usize, ParticipantReport)> {
    let mut found: Vec<(usize, ParticipantReport)> = Vec::new();
    for sentence in &doc.sentences {
        let attends = sentence.clone().take(40).any(|i| {
            doc.reads(i, &["tham", "dự"])
                || doc.reads(i, &["cùng", "dự"])
                || matches!(doc.key(i), "dự") && super::offices::verb_at(doc, i, sentence.end).is_some()
        });
        if !attends {
            continue;
        }
        let site = sites(doc, sentence.clone()).into_iter().next().and_then(|s| s.site);
        for range in wordings(doc, sentence) {
            let name = doc.clean(range.clone());
            if !found.iter().any(|(_, g)| g.name == name) {
                found.push((range.start, group(doc, range, name, site.clone())));
            }
        }
    }
    found
}

fn group(doc: &Doc, range: Range<usize>, name: String, site: Option<Site>) -> ParticipantReport {
    ParticipantReport {
        kind: ParticipantKind::Group,
        name,
        roles: vec![ParticipantRole::Attendee],
        positions: Vec::new(),
        site,
        evidence: vec![doc.evidence(range, "group.attending")],
    }
}

fn wordings(doc: &Doc, sentence: &Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        if let Some((mention, _)) = mention_at(doc, at, sentence.end, false) {
            at = mention.tokens.end;
            continue;
        }
        let opens = at == sentence.start
            || matches!(doc.before(at), "," | ";" | "có" | "và" | "cùng" | ":" | "là" | "gồm" | "của");
        let item = matches!(doc.before(at), ";" | "có" | "gồm" | "cùng" | ":" | "với");
        let counted = doc.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Number)
            && (doc.reads(at + 1, &["đại", "biểu"]) || doc.reads(at + 1, &["cán", "bộ"]));
        let begins = HEADS.iter().any(|head| doc.reads(at, head))
            || item && (counted || ITEMS.iter().any(|head| doc.reads(at, head)));
        if !opens && !item || !begins {
            at += 1;
            continue;
        }
        let mut end = at;
        while end < sentence.end {
            let stop = matches!(doc.key(end), ";" | "." | ":" | "sẽ" | "đã" | "nhằm")
                || doc.key(end) == "," && HEADS.iter().any(|h| doc.reads(end + 1, h));
            let verb = end > at
                && super::offices::verb_at(doc, end, sentence.end).is_some()
                && !doc.tokens.get(end).is_some_and(|t| t.capital);
            if stop || verb || end > at && mention_at(doc, end, sentence.end, false).is_some() {
                break;
            }
            end += 1;
        }
        while end > at && matches!(doc.before(end), "," | "và" | "cùng" | "…" | ".") {
            end -= 1;
        }
        // các đại biểu: nobody in particular
        if end > at + 3 {
            found.push(at..end);
        }
        at = end.max(at + 1);
    }
    found
}
