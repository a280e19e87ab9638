//! Trusted documents: the operations that a client's build has written down, read once at the start.
//!
//! A folder of `.graphql` files, each known by its stem, or a manifest in JSON as the clients' tools write it: ids and
//! texts (graphql-codegen's `persisted-documents.json`, Relay's `persistConfig`), or Apollo's
//! `generate-persisted-query-manifest`. Each is known by the SHA-256 of its text, too.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

use serde_json::Value;

use super::documents::sha256;
use crate::graphql::parses;

/// Texts by their ids. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Trusted(Arc<HashMap<String, Arc<str>>>);

/// Why they cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum TrustedError {
    /// A file or folder.
    #[error("cannot read {0}: {1}")]
    Unreadable(PathBuf, io::Error),
    /// Not JSON, or other JSON.
    #[error(
        "{0} is no manifest: it has to be a JSON object of ids and query texts, or one of Apollo's, with \
         `\"format\": \"apollo-persisted-query-manifest\"`"
    )]
    NoManifest(PathBuf),
    /// A text that is no query.
    #[error("the trusted document {0:?} cannot be used: {1}")]
    NoQuery(String, String),
    /// Two texts with one id.
    #[error("two trusted documents are called {0:?}")]
    Twice(String),
    /// A folder without any.
    #[error("{0} has no trusted document in it")]
    None(PathBuf),
}

impl Trusted {
    /// What stands at this path.
    pub fn read(path: &Path) -> Result<Self, TrustedError> {
        let documents = if path.is_dir() { in_folder(path)? } else { in_manifest(path)? };
        if documents.is_empty() {
            return Err(TrustedError::None(path.to_owned()));
        }
        let mut known: HashMap<String, Arc<str>> = HashMap::new();
        for (id, text) in documents {
            parses(&text).map_err(|why| TrustedError::NoQuery(id.clone(), why))?;
            let text: Arc<str> = text.into();
            known.insert(sha256(&text), Arc::clone(&text));
            if known.insert(id.clone(), Arc::clone(&text)).is_some_and(|other| other != text) {
                return Err(TrustedError::Twice(id));
            }
        }
        Ok(Self(Arc::new(known)))
    }

    /// The text with this id; `sha256:` may stand before a hash.
    pub(super) fn get(&self, id: &str) -> Option<Arc<str>> {
        self.0.get(id).or_else(|| self.0.get(id.strip_prefix("sha256:")?)).cloned()
    }
}

fn read(path: &Path) -> Result<String, TrustedError> {
    fs::read_to_string(path).map_err(|error| TrustedError::Unreadable(path.to_owned(), error))
}

fn in_folder(folder: &Path) -> Result<Vec<(String, String)>, TrustedError> {
    let unreadable = |error| TrustedError::Unreadable(folder.to_owned(), error);
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.is_dir() {
            found.extend(in_folder(&path)?);
        } else if path.extension().is_some_and(|kind| kind == "graphql" || kind == "gql")
            && let Some(stem) = path.file_stem().and_then(|stem| stem.to_str())
        {
            found.push((stem.to_owned(), read(&path)?));
        }
    }
    Ok(found)
}

fn in_manifest(path: &Path) -> Result<Vec<(String, String)>, TrustedError> {
    let manifest: Option<Value> = serde_json::from_str(&read(path)?).ok();
    let documents = manifest.as_ref().and_then(Value::as_object).and_then(|manifest| {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        match manifest.get("operations").and_then(Value::as_array) {
            Some(operations) => operations
                .iter()
                .map(|operation| Some((text(operation.get("id")?)?, text(operation.get("body")?)?)))
                .collect(),
            None => manifest.iter().map(|(id, query)| Some((id.clone(), text(query)?))).collect::<Option<Vec<_>>>(),
        }
    });
    documents.ok_or_else(|| TrustedError::NoManifest(path.to_owned()))
}
