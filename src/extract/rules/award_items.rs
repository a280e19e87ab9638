//! The items of a list of who got an award: people, bodies, and collectives that are told by what they are.

use std::ops::Range;

use super::award_recipients::counts;
use super::mentions::mention_at;
use super::offices::body_at;
use crate::extract::lexicon::lexicon;
use crate::extract::structure::Doc;

/// What a collective that has no name of a body's is, in lower case.
const KINDS: [&str; 26] = [
    "tổ",
    "đội",
    "hội",
    "chi",
    "ấp",
    "khóm",
    "thôn",
    "bản",
    "buôn",
    "làng",
    "xã",
    "phường",
    "huyện",
    "trường",
    "lớp",
    "nhóm",
    "câu",
    "hợp",
    "trạm",
    "đồn",
    "ban",
    "phòng",
    "công",
    "trung",
    "khu",
    "xí",
];

/// The items of a list of bodies and people: names without forms of address or what comes behind a comma.
pub fn items(doc: &Doc, range: Range<usize>) -> Vec<String> {
    let mut found = Vec::new();
    let mut shared: Option<String> = None; // gồm Sở Thủy lợi: A, B, C
    let mut at = range.start;
    while at < range.end {
        at += several(doc, at);
        if let Some((mention, _)) = mention_at(doc, at, range.end, false) {
            found.push(doc.clean(mention.name.clone()));
            // what explains a person goes up to the next item that names one
            let end = mention.tokens.end.max(mention.name.end);
            let next = (end..range.end).find(|&i| {
                doc.key(i) == ";"
                    || matches!(doc.key(i), "," | "và")
                        && mention_at(doc, i + 1 + several(doc, i + 1), range.end, false).is_some()
            });
            at = next.unwrap_or(range.end) + 1;
            continue;
        }
        // a body's name may hold a comma or an `và`, and goes on to the next one
        let capital = doc.tokens.get(at).is_some_and(|t| t.capital);
        let body = body_at(doc, at, range.end).filter(|_| capital);
        if let Some(head) = body.clone().filter(|body| doc.key(body.end) == ":" && body.end < range.end) {
            at = head.end + 1;
            shared = Some(doc.clean(head));
            continue;
        }
        let stop = (body.clone().map_or(at, |body| body.end)..range.end)
            .find(|&i| matches!(doc.key(i), "," | ";" | "và" | "." | ")") && !abbreviated(doc, i))
            .unwrap_or(range.end);
        // Trường Cao đẳng nghề | có nhiều thí sinh ...: what it got the award for
        let end = (at + 1..stop).find(|&i| matches!(doc.key(i), "có" | "vì" | "đã" | "đạt" | "về")).unwrap_or(stop);
        // Chiến sĩ thi đua cấp tỉnh: 60 cá nhân
        let counted = (at..end).any(|i| counts(doc, i) || doc.key(i) == ":");
        if stop > at && (capital || collective(doc, at..end)) && !counted {
            let name = doc.clean(at..end);
            found.push(match &shared {
                Some(head) if body.is_none() => format!("{head} {name}"),
                _ => name,
            });
        }
        at = stop.max(at) + 1;
    }
    found
}

/// `các ông A, B`: how many words of it, before the form of address, say that there are several.
pub fn several(doc: &Doc, at: usize) -> usize {
    let address = matches!(doc.key(at + 1), "ông" | "bà" | "anh" | "chị" | "em" | "cháu" | "cô" | "thầy" | "đ")
        || doc.reads(at + 1, &["đồng", "chí"]);
    usize::from(doc.key(at) == "các" && address)
}

/// `tổ tự quản ấp Cái Tàu`, `đội văn nghệ xã Hồng Dân`: a collective in lower case, with a name in it.
fn collective(doc: &Doc, item: Range<usize>) -> bool {
    let named = doc.slice(item.clone()).iter().any(|t| t.capital);
    KINDS.contains(&doc.key(item.start)) && named && item.len() <= 12
}

/// `TP. Hồ Chí Minh`
pub fn abbreviated(doc: &Doc, at: usize) -> bool {
    doc.key(at) == "." && at > 0 && lexicon().dotted.contains(doc.before(at))
}
