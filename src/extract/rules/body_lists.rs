//! Bodies that stand in a list.

use std::ops::Range;

use super::offices::body_at;
use crate::extract::structure::Doc;

/// Bodies in a list (`A, B và C`) within `range`, each with its tokens; what is no body's name is left out.
pub fn bodies_in(doc: &Doc, range: Range<usize>) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = range.start;
    let mut fresh = true;
    while at < range.end {
        if fresh && let Some(body) = body_at(doc, at, range.end) {
            at = body.end;
            found.push(body);
            fresh = false;
            continue;
        }
        // tại TP. Vinh (tỉnh Nghệ An) Sở A phối hợp với ...
        let aside = doc.key(at) == ")" && found.is_empty() && doc.tokens.get(at + 1).is_some_and(|t| t.capital);
        fresh = aside || matches!(doc.key(at), "," | ";" | "và" | "cùng" | "với" | ":" | "-");
        at += 1;
    }
    found
}
