//! Phrases that are looked up in tokens: each stands once in a data file, the longest match wins.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::extract::text::{Token, tokenize};

/// Hashes what is a hash already: a token's of its key.
#[derive(Debug, Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn write(&mut self, bytes: &[u8]) {
        // Not asked for: keys are u64.
        self.0 = bytes.iter().fold(self.0, |hash, byte| hash.rotate_left(8) ^ u64::from(*byte));
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// A phrase's words and its meaning.
type Phrase<T> = (Vec<Token>, T);

/// A set of phrases, each with what it means.
#[derive(Debug)]
pub struct Phrases<T> {
    /// By the first word's hash; longest first.
    by_first: HashMap<u64, Vec<Phrase<T>>, BuildHasherDefault<AsItIs>>,
    /// A bit for the low end of each such hash: most words begin no phrase, which this tells without a look-up.
    begins: [u64; 64],
}

impl<T: Clone> Phrases<T> {
    /// From phrases and their meanings. A phrase is tokenized as text is, so spelling variants match.
    pub fn new<'a>(entries: impl IntoIterator<Item = (&'a str, T)>) -> Self {
        let mut phrases = Self { by_first: HashMap::default(), begins: [0; 64] };
        for (phrase, meaning) in entries {
            let words = tokenize(phrase);
            if let Some(first) = words.first() {
                let (at, bit) = place(first.hash);
                if let Some(bits) = phrases.begins.get_mut(at) {
                    *bits |= bit;
                }
                phrases.by_first.entry(first.hash).or_default().push((words, meaning));
            }
        }
        for list in phrases.by_first.values_mut() {
            list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        phrases
    }

    /// The longest phrase that begins with the first of `tokens`: how many tokens it takes and what it means.
    pub fn longest(&self, tokens: &[Token]) -> Option<(usize, T)> {
        self.find(tokens).map(|(len, meaning)| (len, meaning.clone()))
    }

    /// Whether a phrase begins here; how many tokens it takes.
    pub fn len_at(&self, tokens: &[Token]) -> Option<usize> {
        self.find(tokens).map(|(len, _)| len)
    }

    fn find(&self, tokens: &[Token]) -> Option<(usize, &T)> {
        let first = tokens.first()?;
        let (at, bit) = place(first.hash);
        if self.begins.get(at).is_none_or(|bits| bits & bit == 0) {
            return None;
        }
        let same = |word: &Token, token: &Token| word.hash == token.hash && word.key == token.key;
        let (words, meaning) = self.by_first.get(&first.hash)?.iter().find(|(words, _)| {
            words.len() <= tokens.len() && words.iter().zip(tokens).all(|(word, token)| same(word, token))
        })?;
        Some((words.len(), meaning))
    }
}

/// Where a hash's bit stands in [`Phrases::begins`].
fn place(hash: u64) -> (usize, u64) {
    (usize::try_from(hash >> 6 & 63).unwrap_or(0), 1 << (hash & 63))
}

/// The lines of a data file: no comments, no blanks.
pub fn lines(data: &'static str) -> impl Iterator<Item = &'static str> {
    data.lines().map(str::trim_end).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The lines of a data file as (first cell, second cell).
pub fn pairs(data: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    lines(data).map(|line| line.split_once('\t').unwrap_or((line, "")))
}
