//! What somebody looks for, as words: all of them, phrases in quotes, the last one perhaps only begun.

use crate::domain::{name_key, words};

/// Words that follow each other.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Term {
    words: Vec<String>,
    /// Whether more letters may follow the last of them.
    begun: bool,
}

/// Everything that has to stand in what is found. There is at least one word.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Terms {
    terms: Vec<Term>,
    /// The text as a key of names.
    key: String,
}

/// How a word of a text answers what is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hit {
    /// It is a word of it.
    Word,
    /// It begins with the last word of it.
    Beginning,
}

impl Terms {
    /// Reads a text as people type it; `None` if it has no word.
    ///
    /// What stands in quotes is a phrase; a quote that is not closed reaches to the end. The last word is taken for
    /// begun unless a space or a quote follows.
    pub fn parse(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split(['"', '“', '”', '„', '«', '»']).collect();
        let last = parts.len() - 1;
        let mut terms = Vec::new();
        for (i, part) in parts.iter().enumerate() {
            let quoted = i % 2 == 1;
            let pieces: Vec<&str> = if quoted { vec![part] } else { part.split_whitespace().collect() };
            let ends = pieces.len();
            for (n, piece) in (1..).zip(pieces) {
                let words: Vec<String> = words(piece).into_iter().map(|word| word.folded).collect();
                let begun = !quoted && i == last && n == ends && part.ends_with(piece);
                if !words.is_empty() {
                    terms.push(Term { words, begun });
                }
            }
        }
        (!terms.is_empty()).then(|| Self { terms, key: name_key(text) })
    }

    /// As PostgreSQL's `tsquery` has it: only letters, digits and operators, whatever was typed.
    pub(super) fn tsquery(&self) -> String {
        let term = |term: &Term| {
            let ends = term.words.len();
            let words = (1..).zip(&term.words).map(|(n, word)| {
                let more = if term.begun && n == ends { ":*" } else { "" };
                format!("'{word}'{more}")
            });
            format!("({})", words.collect::<Vec<_>>().join(" <-> "))
        };
        self.terms.iter().map(term).collect::<Vec<_>>().join(" & ")
    }

    /// The key of a name that is spelled just so, marks and all.
    pub(super) fn key(&self) -> &str {
        &self.key
    }

    /// All words, as a folded name has them.
    pub(super) fn folded(&self) -> String {
        let words: Vec<&str> = self.terms.iter().flat_map(|term| &term.words).map(String::as_str).collect();
        words.join(" ")
    }

    /// Where in a text what is looked for stands: code points from and to, in order.
    pub fn found_in(&self, text: &str) -> Vec<(usize, usize, Hit)> {
        let text = words(text);
        let mut found = Vec::new();
        for at in 0..text.len() {
            let rest = text.get(at..).unwrap_or_default();
            let longest = self.terms.iter().filter_map(|term| Some((term.words.len(), term.stands_at(rest)?))).max();
            if let Some((length, hit)) = longest {
                let end = rest.get(length - 1).map_or(0, |word| word.end);
                found.extend(rest.first().map(|word| (word.start, end, hit)));
            }
        }
        found.dedup_by(|next, before| next.0 < before.1);
        found
    }
}

impl Term {
    fn stands_at(&self, text: &[crate::domain::Word]) -> Option<Hit> {
        let text = text.get(..self.words.len())?;
        let (asked, last) = (self.words.split_last()?, text.split_last()?);
        if !asked.1.iter().zip(last.1).all(|(asked, word)| *asked == word.folded) {
            return None;
        }
        if *asked.0 == last.0.folded {
            Some(Hit::Word)
        } else {
            (self.begun && last.0.folded.starts_with(asked.0.as_str())).then_some(Hit::Beginning)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Hit, Terms};

    #[test]
    fn are_read_as_typed() {
        for (typed, query) in [
            ("Đảng ủy", "('dang') & ('uy':*)"),
            ("Đảng ủy ", "('dang') & ('uy')"),
            ("\"bằng khen\" Hoà", "('bang' <-> 'khen') & ('hoa':*)"),
            ("Hoà \"bằng khen\"", "('hoa') & ('bang' <-> 'khen')"),
            ("“bằng khen", "('bang' <-> 'khen')"),
            ("57-KL/TW", "('57' <-> 'kl' <-> 'tw':*)"),
            ("a' | !b & (c:*)", "('a') & ('b') & ('c':*)"),
        ] {
            assert_eq!(Terms::parse(typed).unwrap().tsquery(), query, "{typed}");
        }
        for nothing in ["", "  ", "\"\"", "&|!", "…"] {
            assert_eq!(Terms::parse(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn are_found_where_they_stand() {
        let found = |typed: &str, text: &str| Terms::parse(typed).unwrap().found_in(text);
        assert_eq!(
            found("dang u", "Đảng ủy xã, đảng"),
            [(0, 4, Hit::Word), (5, 7, Hit::Beginning), (12, 16, Hit::Word)]
        );
        assert_eq!(found("\"bang khen\"", "khen, Bằng khen"), [(6, 15, Hit::Word)]);
        assert_eq!(found("xa ", "xã xa xanh"), [(0, 2, Hit::Word), (3, 5, Hit::Word)]);
        assert_eq!(found("gì", ""), []);
    }
}
