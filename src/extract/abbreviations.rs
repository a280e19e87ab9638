//! Abbreviations: those the document introduces (`thông tin đối ngoại (TTĐN)`) and those everybody knows.

use std::ops::Range;

use super::lexicon::lexicon;
use super::rules::office_marks::aside;
use super::structure::Doc;
use super::text::TokenKind;

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
            let Some(end) = (doc.key(i) == "(").then(|| aside(doc, i, doc.tokens.len())).flatten() else { continue };
            let short: String = doc.slice(i + 1..end - 1).iter().map(|t| t.key.as_str()).collect();
            let letters: Vec<char> = short.chars().filter(|c| c.is_alphabetic()).collect();
            let Some(start) = words_back(doc, i, &letters) else { continue };
            if letters.len() > 1 && !introduced.iter().any(|(key, _)| *key == short) {
                introduced.push((short, doc.clean(start..i)));
            }
        }
        Self { introduced }
    }

    /// The abbreviation at token `at`, if the document introduces it: how many tokens, and what it stands for.
    fn own(&self, doc: &Doc, at: usize) -> Option<(usize, &str)> {
        if !doc.tokens.get(at)?.upper {
            return None;
        }
        let tokens_of = |short: &str| {
            let mut rest = short;
            let mut len = 0;
            while !rest.is_empty() {
                rest = rest.strip_prefix(doc.key(at + len)).filter(|_| !doc.key(at + len).is_empty())?;
                len += 1;
            }
            Some(len)
        };
        let standing = self.introduced.iter().filter_map(|(short, long)| Some((tokens_of(short)?, long.as_str())));
        standing.max_by_key(|(len, _)| *len)
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
            if let Some(next) = (doc.key(at) == "(").then(|| aside(doc, at, range.end)).flatten() {
                flush(&mut parts, plain, at);
                at = next;
                plain = at;
            } else if let Some((len, long)) = self.own(doc, at) {
                flush(&mut parts, plain, at);
                parts.push((spaced(doc, at), long.to_owned()));
                at += len;
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

/// Where the words begin whose first letters are these, right before token `end`: one word a letter. Only `và` and
/// marks may stand between them (`Giáo dục và Đào tạo (GD&ĐT)`); any other word means that the abbreviation stands for
/// something else, in another language for one (`(IUU)`).
fn words_back(doc: &Doc, end: usize, letters: &[char]) -> Option<usize> {
    let mut at = end;
    for letter in letters.iter().rev() {
        loop {
            at = at.checked_sub(1)?;
            let token = doc.tokens.get(at)?;
            // bảo vệ và phát triển rừng (BV&PTR): the V is another word's
            let joins = token.key == "và" && at.checked_sub(1).is_some_and(|b| doc.key(b).starts_with('v'));
            if token.kind == TokenKind::Word && !token.upper && token.key.starts_with(*letter) && !joins {
                break;
            }
            if token.key != "và" && !matches!(token.key.as_str(), "," | "-" | "&") {
                return None;
            }
        }
    }
    Some(at)
}

/// Whether white space stands before a token.
fn spaced(doc: &Doc, at: usize) -> bool {
    doc.tokens.get(at).is_some_and(|t| t.gap > super::text::Gap::None)
}

/// A common abbreviation at `at`: written in capitals, or with a dot (`T.Ư`).
fn known(doc: &Doc, at: usize, end: usize) -> Option<(usize, &'static str)> {
    let tokens = doc.slice(at..end);
    // 57-KL/TW: part of a code; Lê Văn An-UVTV: behind a name's dash
    let name = doc.before(at) == "-"
        && at.checked_sub(2).and_then(|i| doc.tokens.get(i)).is_some_and(|t| t.capital && !t.upper);
    let in_code = at > 0
        && tokens.first().is_some_and(|t| t.gap == super::text::Gap::None)
        && matches!(doc.before(at), "/" | "-")
        && !name;
    if in_code {
        return None;
    }
    // Phó Bí thư TT Tỉnh ủy, Phó Chủ tịch TT UBND tỉnh
    let standing = doc.key(at) == "tt"
        && doc.tokens.get(at + 1).is_some_and(|t| t.capital)
        && (doc.reads(at.saturating_sub(3), &["phó", "bí", "thư"])
            || doc.reads(at.saturating_sub(3), &["phó", "chủ", "tịch"]));
    if standing {
        return Some((1, "Thường trực"));
    }
    let shouted = tokens.first().is_some_and(|t| t.upper || t.capital && t.key.chars().count() == 1);
    if !shouted {
        return None;
    }
    lexicon().abbreviations.longest(tokens)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_abbreviation_stands_for_the_words_right_before_it() {
        for (text, expected) in [
            ("công tác thông tin đối ngoại (TTĐN). TTĐN tốt", "thông tin đối ngoại tốt"),
            ("Sở Giáo dục và Đào tạo (GD&ĐT). GD&ĐT tốt", "Giáo dục và Đào tạo tốt"),
            ("Sở Văn hóa, Thể thao và Du lịch (SXX). SXX tốt", "SXX tốt"),
            // a word that has no letter: not these words are meant
            ("bến cảng của toàn tỉnh (BCX). BCX tốt", "BCX tốt"),
            ("bản đồ chung của nhiều tỉnh (BCT). BCT tốt", "BCT tốt"),
        ] {
            let doc = Doc::new(text);
            let glossary = Glossary::new(&doc);
            let last = doc.sentences.last().cloned().unwrap_or(0..0);
            assert_eq!(glossary.written_out(&doc, last), expected, "{text}");
        }
    }
}
