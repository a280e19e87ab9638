//! YAML front matter: what a file says about its document.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;

use super::{ReadError, one_line};
use crate::domain::SourceMeta;

/// The keys that are read.
pub const KEYS: [&str; 4] = ["title", "publisher", "url", "published_on"];

/// As written; a key that is absent, empty or null is the same. Unknown keys are ignored.
#[derive(Deserialize)]
struct Keys {
    title: Option<String>,
    publisher: Option<String>,
    url: Option<Url>,
    published_on: Option<Day>,
}

/// A day of the calendar.
#[derive(Deserialize)]
#[serde(try_from = "String")]
struct Day(Option<NaiveDate>);

impl TryFrom<String> for Day {
    type Error = &'static str;

    fn try_from(day: String) -> Result<Self, Self::Error> {
        if day.is_empty() {
            return Ok(Self(None));
        }
        // Without the length, chrono takes 24-1-2 for a day of the year 24.
        let read = NaiveDate::parse_from_str(&day, "%Y-%m-%d").ok().filter(|_| day.len() == "YYYY-MM-DD".len());
        read.map(|day| Self(Some(day))).ok_or("it has to be a day written as YYYY-MM-DD, for example 2023-12-22")
    }
}

/// An address that a client may make a link of.
#[derive(Deserialize)]
#[serde(try_from = "String")]
struct Url(String);

impl TryFrom<String> for Url {
    type Error = &'static str;

    fn try_from(url: String) -> Result<Self, Self::Error> {
        let is_web = url.is_empty() || url.starts_with("https://") || url.starts_with("http://");
        if is_web { Ok(Self(url)) } else { Err("it has to begin with https:// or http://") }
    }
}

/// What the front matter of `text` says, if it has one, and the rest of the text.
pub fn split(text: &str) -> Result<(SourceMeta, &str), ReadError> {
    match parts(text)? {
        Some((yaml, rest)) => Ok((parse(yaml)?, rest)),
        None => Ok((SourceMeta::default(), text)),
    }
}

/// Keys in the front matter of `text` that nothing reads, in order. None where it cannot be read at all.
pub fn unknown_keys(text: &str) -> Vec<String> {
    let yaml = parts(text).ok().flatten().map_or("", |(yaml, _)| yaml);
    let keys: BTreeMap<String, serde_json::Value> = serde_saphyr::from_str(yaml).unwrap_or_default();
    keys.into_keys().filter(|key| !KEYS.contains(&key.as_str())).collect()
}

/// The YAML between the fences, and what stands behind them; `None` without front matter.
fn parts(text: &str) -> Result<Option<(&str, &str)>, ReadError> {
    let mut lines = text.split_inclusive('\n');
    let is_fence = |line: &str| line.trim_end() == "---";
    let Some(opening) = lines.next().filter(|line| is_fence(line)) else {
        return Ok(None);
    };
    let mut end = opening.len();
    for line in lines {
        if is_fence(line) {
            let yaml = text.get(opening.len()..end).unwrap_or_default();
            return Ok(Some((yaml, text.get(end + line.len()..).unwrap_or_default())));
        }
        end += line.len();
    }
    Err(ReadError::Unclosed)
}

fn parse(yaml: &str) -> Result<SourceMeta, ReadError> {
    if yaml.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
        return Ok(SourceMeta::default());
    }
    let keys: Keys = serde_saphyr::from_str(yaml).map_err(|error| refusal(yaml, error.without_snippet()))?;
    // A YAML escape can write control characters.
    let clean = |text: Option<String>| text.map(|text| one_line(&text)).filter(|text| !text.is_empty());
    Ok(SourceMeta {
        title: clean(keys.title),
        publisher: clean(keys.publisher),
        url: clean(keys.url.map(|url| url.0)),
        published_on: keys.published_on.and_then(|day| day.0),
    })
}

/// What is wrong with this YAML and what to do about it, in words for whoever wrote it: the library's are meant for
/// whoever calls it.
fn refusal(yaml: &str, error: &serde_saphyr::Error) -> ReadError {
    use serde_saphyr::Error::{DuplicateMappingKey, Message, Unexpected};

    let at = error.location().map_or(1, |location| location.line().max(1));
    // The key whose value it is: that of the line, or where a value takes several, of the one it begins in.
    let lines: Vec<&str> = yaml.lines().take(usize::try_from(at).unwrap_or(usize::MAX)).collect();
    let key = lines.iter().rev().find_map(|line| {
        let (key, _) = line.split_once(':')?;
        (!key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-')).then_some(key)
    });
    let of_key = |what: &str| key.map_or_else(|| what.to_owned(), |key| format!("`{key}`: {what}"));
    let reason = match error {
        DuplicateMappingKey { .. } => of_key("it is given twice; keep one of the two"),
        // Ours, of a date or an address.
        Message { msg, .. } if msg.starts_with("it has to ") => of_key(msg),
        Unexpected { .. } if key.is_some() => {
            of_key("it has to be one text; put it in quotes if it begins with [ or {, or holds \": \"")
        }
        _ => "each line has to be `name: value`, the value in quotes if it holds any of [ ] { } : # & * ! | > % @"
            .to_owned(),
    };
    // The fence is line 1 of the file.
    ReadError::FrontMatter { line: 1 + at, reason }
}
