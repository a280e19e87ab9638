//! Phrases that are looked up in tokens: each stands once in a data file, the longest match wins.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::extract::text::{Token, tokenize};

/// FNV-1a. Words are looked up several times a token, they are short, and what is looked up in is fixed, so nobody can
/// fill it with words that collide, against which the standard library's slower hashing is a guard.
#[derive(Debug)]
struct WordHasher(u64);

impl Default for WordHasher {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

type ByWord<V> = HashMap<String, V, BuildHasherDefault<WordHasher>>;

/// A set of phrases, each with what it means.
#[derive(Debug)]
pub struct Phrases<T> {
    /// By first key; longest first.
    by_first: ByWord<Vec<(Vec<String>, T)>>,
}

impl<T: Clone> Phrases<T> {
    /// From phrases and their meanings. A phrase is tokenized as text is, so spelling variants match.
    pub fn new<'a>(entries: impl IntoIterator<Item = (&'a str, T)>) -> Self {
        let mut by_first: ByWord<Vec<(Vec<String>, T)>> = ByWord::default();
        for (phrase, meaning) in entries {
            let keys: Vec<String> = tokenize(phrase).into_iter().map(|t| t.key).collect();
            if let Some(first) = keys.first() {
                by_first.entry(first.clone()).or_default().push((keys, meaning));
            }
        }
        for list in by_first.values_mut() {
            list.sort_by_key(|(keys, _)| std::cmp::Reverse(keys.len()));
        }
        Self { by_first }
    }

    /// The longest phrase that begins with the first of `tokens`: how many tokens it takes and what it means.
    pub fn longest(&self, tokens: &[Token]) -> Option<(usize, T)> {
        let first = tokens.first()?;
        let (keys, meaning) = self.by_first.get(&first.key)?.iter().find(|(keys, _)| {
            keys.len() <= tokens.len() && keys.iter().zip(tokens).all(|(key, token)| *key == token.key)
        })?;
        Some((keys.len(), meaning.clone()))
    }

    /// Whether a phrase begins here; how many tokens it takes.
    pub fn len_at(&self, tokens: &[Token]) -> Option<usize> {
        self.longest(tokens).map(|(len, _)| len)
    }
}

/// The lines of a data file: no comments, no blanks.
pub fn lines(data: &'static str) -> impl Iterator<Item = &'static str> {
    data.lines().map(str::trim_end).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The lines of a data file as (first cell, second cell).
pub fn pairs(data: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    lines(data).map(|line| line.split_once('\t').unwrap_or((line, "")))
}
