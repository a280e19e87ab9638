//! Abbreviations: those the document introduces (`thông tin đối ngoại (TTĐN)`) and those everybody knows.

use std::ops::Range;

use super::lexicon::lexicon;
use super::structure::Doc;
use super::text::{Token, TokenKind};

/// What the document's own abbreviations stand for.
#[derive(Debug, Default)]
pub struct Glossary {
    /// Key of the abbreviation, and the words as written where it is introduced.
    introduced: Vec<(String, String)>,
}

impl Glossary {
    /// Finds every `long form (SHORT)` whose words begin with the letters of the short one.
    pub fn new(doc: &Doc) -> Self {
        let mut introduced: Vec<(String, String)> = Vec::new();
        for i in 1..doc.tokens.len() {
            let Some(short) = doc.tokens.get(i + 1).filter(|t| t.upper && doc.key(i) == "(" && doc.key(i + 2) == ")")
            else {
                continue;
            };
            let letters: Vec<char> = short.key.chars().collect();
            let Some(start) = i.checked_sub(letters.len()) else { continue };
            let initials = |t: &Token| t.kind == TokenKind::Word && !t.upper;
            let words = doc.slice(start..i);
            let fits = words.iter().all(initials) && words.iter().zip(&letters).all(|(t, l)| t.key.starts_with(*l));
            if fits && letters.len() > 1 && !introduced.iter().any(|(key, _)| *key == short.key) {
                introduced.push((short.key.clone(), doc.clean(start..i)));
            }
        }
        Self { introduced }
    }

    /// The text of a range of tokens on one line, abbreviations written out and their introductions left out.
    pub fn written_out(&self, doc: &Doc, range: Range<usize>) -> String {
        let mut parts: Vec<(bool, String)> = Vec::new();
        let mut at = range.start;
        let mut plain = at;
        let flush = |parts: &mut Vec<(bool, String)>, from: usize, to: usize| {
            if from < to {
                parts.push((spaced(doc, from), doc.clean(from..to)));
            }
        };
        while at < range.end {
            let token = doc.slice(at..at + 1).first();
            let own = token.filter(|t| t.upper).and_then(|t| self.introduced.iter().find(|(key, _)| *key == t.key));
            if doc.key(at) == "("
                && at + 2 < range.end
                && doc.key(at + 2) == ")"
                && doc.tokens.get(at + 1).is_some_and(|t| t.upper)
            {
                flush(&mut parts, plain, at);
                at += 3;
                plain = at;
            } else if let Some((_, long)) = own {
                flush(&mut parts, plain, at);
                parts.push((spaced(doc, at), long.clone()));
                at += 1;
                plain = at;
            } else if let Some((len, long)) = known(doc, at, range.end) {
                flush(&mut parts, plain, at);
                parts.push((spaced(doc, at), long.to_owned()));
                at += len;
                plain = at;
            } else {
                at += 1;
            }
        }
        flush(&mut parts, plain, range.end);
        let mut text = String::new();
        for (space, part) in parts {
            if space && !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&part);
        }
        text
    }
}

/// Whether white space stands before a token.
fn spaced(doc: &Doc, at: usize) -> bool {
    doc.tokens.get(at).is_some_and(|t| t.gap > super::text::Gap::None)
}

/// A common abbreviation at `at`: written in capitals, or with a dot (`T.Ư`).
fn known(doc: &Doc, at: usize, end: usize) -> Option<(usize, &'static str)> {
    let tokens = doc.slice(at..end);
    // 57-KL/TW: part of a code
    let in_code = at > 0
        && tokens.first().is_some_and(|t| t.gap == super::text::Gap::None)
        && matches!(doc.before(at), "/" | "-");
    if in_code {
        return None;
    }
    let shouted = tokens.first().is_some_and(|t| t.upper || t.capital && t.key.chars().count() == 1);
    if !shouted {
        return None;
    }
    lexicon().abbreviations.longest(tokens)
}
