//! Phrases that are looked up in tokens: each stands once in a data file, the longest match wins.

use std::collections::HashMap;

use crate::extract::text::{Token, tokenize};

/// A set of phrases, each with what it means.
#[derive(Debug)]
pub struct Phrases<T> {
    /// By first key; longest first.
    by_first: HashMap<String, Vec<(Vec<String>, T)>>,
}

impl<T: Clone> Phrases<T> {
    /// From phrases and their meanings. A phrase is tokenized as text is, so spelling variants match.
    pub fn new<'a>(entries: impl IntoIterator<Item = (&'a str, T)>) -> Self {
        let mut by_first: HashMap<String, Vec<(Vec<String>, T)>> = HashMap::new();
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
