//! Connected sites (điểm cầu, đầu cầu) that a sentence names.

use std::ops::Range;

use super::names::place_at;
use super::offices::body_at;
use crate::domain::{Site, province_coded, province_named};
use crate::extract::lexicon::{Place, lexicon};
use crate::extract::structure::Doc;
use crate::extract::text::TokenKind;

/// A site that a sentence names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteMention {
    /// Its tokens, `điểm cầu` included.
    pub tokens: Range<usize>,
    /// `None` for the main site.
    pub site: Option<Site>,
}

/// Whether a document tells of a meeting that sites are connected to.
pub fn connected(doc: &Doc) -> bool {
    let words = [["trực", "tuyến"], ["điểm", "cầu"], ["đầu", "cầu"]];
    doc.paragraphs.iter().flat_map(|p| p.tokens.clone()).any(|i| words.iter().any(|word| doc.reads(i, word)))
}

/// `Tại huyện Tri Tôn, dự cuộc họp có A`: the place that a sentence of attendance opens with, where the meeting has
/// connected sites.
pub fn opening_site(doc: &Doc, sentence: &Range<usize>) -> Option<SiteMention> {
    let at = sentence.start;
    let head = lexicon().place_heads.len_at(doc.slice(at + 1..sentence.end)).filter(|_| doc.key(at) == "tại")?;
    let (len, place) = place_at(doc, at + 1).filter(|(len, _)| *len > head)?;
    let end = at + 1 + len;
    let attends = doc.key(end) == "," && (end + 1..end + 4).any(|i| matches!(doc.key(i), "dự" | "chủ"));
    attends.then(|| SiteMention { tokens: at..end, site: Some(site(doc, at + 1..end, place)) })
}

fn site(doc: &Doc, tokens: Range<usize>, place: Option<Place>) -> Site {
    let province = place.and_then(|p| match p {
        Place::Province(name) => province_named(name, None),
        Place::District(code) => province_coded(code),
    });
    Site { name: doc.clean(tokens), province }
}

/// `Chủ trì tại các điểm cầu: huyện A có ...; huyện B có ...`: each with its people.
fn each(doc: &Doc, from: usize, range: &Range<usize>, found: &mut Vec<SiteMention>) {
    for i in from..range.end.min(from + 300) {
        if !matches!(doc.before(i), ":" | ";" | "," | "cầu")
            || !matches!(doc.key(i), "tỉnh" | "huyện" | "thị" | "thành" | "xã" | "phường" | "quận")
        {
            continue;
        }
        if let Some((len, place)) =
            place_at(doc, i).filter(|(len, _)| matches!(doc.key(i + len), "có" | "do" | ":" | "gồm"))
        {
            found.push(SiteMention { tokens: i..i + len, site: Some(site(doc, i..i + len, place)) });
        }
    }
}

fn capital(doc: &Doc, at: usize) -> bool {
    doc.tokens.get(at).is_some_and(|t| t.capital)
}

/// Sites named in a range, in order. Counted sites (`1.240 điểm cầu`) and all sites together are none.
pub fn sites(doc: &Doc, range: Range<usize>) -> Vec<SiteMention> {
    let mut found = Vec::new();
    for at in range.clone() {
        let point = doc.reads(at, &["điểm", "cầu"]) || doc.reads(at, &["đầu", "cầu"]);
        let counted = at.checked_sub(1).is_some_and(|b| {
            doc.tokens.get(b).is_some_and(|t| {
                t.kind == TokenKind::Number || matches!(t.key.as_str(), "các" | "số" | "nghìn" | "trăm")
            })
        });
        if point && matches!(doc.before(at), "các") {
            each(doc, at + 2, &range, &mut found);
        }
        if !point || counted {
            continue;
        }
        let mut i = at + 2;
        while matches!(doc.key(i), "tại" | "của" | "ở" | "trực" | "tuyến" | "đặt" | ":" | "-") && i < range.end
        {
            i += 1;
        }
        // điểm cầu các huyện: one of them, and none says which
        // được tổ chức trực tiếp tại đầu cầu Hà Nội và trực tuyến tại 88 điểm cầu
        let seat = i + 2 * usize::from(doc.reads(i, &["trụ", "sở"]));
        let in_person = doc.reads_before(at, &["trực", "tiếp", "tại"]);
        if in_person
            || matches!(doc.key(i), "chính" | "trung" | "chủ" | "các")
            || doc.reads(i, &["văn", "phòng", "chính", "phủ"])
            || doc.reads(seat, &["chính", "phủ"])
        {
            found.push(SiteMention { tokens: at..i + 1, site: None });
        } else if let Some((len, place)) = place_at(doc, i).filter(|(len, _)| i + len <= range.end) {
            found.push(SiteMention { tokens: at..i + len, site: Some(site(doc, i..i + len, place)) });
        } else if let Some(len) = lexicon().district_names.len_at(doc.slice(i..range.end)).filter(|_| capital(doc, i)) {
            // điểm cầu Kế Sách
            found.push(SiteMention { tokens: at..i + len, site: Some(site(doc, i..i + len, None)) });
        } else {
            let start =
                if doc.reads(i, &["trụ", "sở"]) || doc.reads(i, &["hội", "trường"]) { i + 2 } else { i };
            if let Some(body) =
                body_at(doc, start, range.end).filter(|_| doc.tokens.get(start).is_some_and(|t| t.capital))
            {
                found.push(SiteMention {
                    tokens: at..body.end,
                    site: Some(Site { name: doc.clean(i..body.end), province: None }),
                });
            }
        }
    }
    found
}
