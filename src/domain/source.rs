//! A document as it was read: clean text and what is known about where it came from.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a file's front matter may state about its document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceMeta {
    /// The title, if the front matter names one; otherwise the text's first line serves.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// When it was published.
    pub published_on: Option<NaiveDate>,
}

/// A document, read and cleaned, before anything has been extracted from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The file's stem: unique, stable, the key that reloading goes by.
    pub slug: String,
    /// The title to show; never empty.
    pub title: String,
    /// Front matter, as stated.
    pub meta: SourceMeta,
    /// NFC text; every offset counts its code points.
    pub text: String,
}
