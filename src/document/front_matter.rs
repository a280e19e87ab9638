//! YAML front matter: what a file says about its document.

use chrono::NaiveDate;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use super::ReadError;
use crate::domain::SourceMeta;

/// As written; a key that is absent, empty or null is the same. Unknown keys are ignored.
#[derive(Deserialize)]
struct Keys {
    title: Option<String>,
    publisher: Option<String>,
    url: Option<Url>,
    published_on: Option<NaiveDate>,
}

/// An address that a client may make a link of.
#[derive(Deserialize)]
#[serde(try_from = "String")]
struct Url(String);

impl TryFrom<String> for Url {
    type Error = &'static str;

    fn try_from(url: String) -> Result<Self, Self::Error> {
        let is_web = url.is_empty() || url.starts_with("https://") || url.starts_with("http://");
        if is_web { Ok(Self(url)) } else { Err("url has to begin with https:// or http://") }
    }
}

/// What the front matter of `text` says, if it has one, and the rest of the text.
pub fn split(text: &str) -> Result<(SourceMeta, &str), ReadError> {
    let mut lines = text.split_inclusive('\n');
    let is_fence = |line: &str| line.trim_end() == "---";
    let Some(opening) = lines.next().filter(|line| is_fence(line)) else {
        return Ok((SourceMeta::default(), text));
    };
    let mut end = opening.len();
    for line in lines {
        if is_fence(line) {
            let yaml = text.get(opening.len()..end).unwrap_or_default();
            return Ok((parse(yaml)?, text.get(end + line.len()..).unwrap_or_default()));
        }
        end += line.len();
    }
    Err(ReadError::Unclosed)
}

fn parse(yaml: &str) -> Result<SourceMeta, ReadError> {
    if yaml.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
        return Ok(SourceMeta::default());
    }
    let keys: Keys = serde_saphyr::from_str(yaml).map_err(|error| {
        // The fence is line 1 of the file.
        let line = 1 + error.location().map_or(1, |location| location.line());
        let reason = error.without_snippet().to_string();
        // Its own idea of the line counts from the fence; ours is the file's.
        let reason = reason.split(" at line ").next().unwrap_or_default().to_owned();
        ReadError::FrontMatter { line, reason }
    })?;
    let clean = |text: Option<String>| {
        // A YAML escape can write control characters, NUL too, which the database does not take.
        text.map(|text| {
            text.split(|c: char| c.is_whitespace() || c.is_control())
                .filter(|word| !word.is_empty())
                .collect::<Vec<_>>()
                .join(" ")
                .nfc()
                .collect::<String>()
        })
        .filter(|text| !text.is_empty())
    };
    Ok(SourceMeta {
        title: clean(keys.title),
        publisher: clean(keys.publisher),
        url: clean(keys.url.map(|url| url.0)),
        published_on: keys.published_on,
    })
}
