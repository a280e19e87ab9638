//! Queries that are known before they are sent: trusted documents, by their ids, and those that clients have sent
//! before (Apollo's automatic persisted queries), by their SHA-256.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

use lru::LruCache;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::{refusal::Refusal, trusted::Trusted};
use crate::graphql::Code;

/// Texts by their hashes.
type Sent = LruCache<String, Arc<str>>;

/// All that are known. Cheap to clone.
#[derive(Clone)]
pub(super) struct Documents {
    trusted: Trusted,
    only_trusted: bool,
    sent: Option<Arc<Mutex<Sent>>>,
}

/// What is to be executed.
pub(super) struct Found {
    /// The query text.
    pub(super) text: Arc<str>,
    /// Under which hash to keep it, once it has turned out to be good.
    pub(super) keep_as: Option<String>,
}

impl Documents {
    /// `kept`: how many of the queries that clients have sent.
    pub(super) fn new(trusted: Trusted, only_trusted: bool, kept: usize) -> Self {
        let sent = NonZeroUsize::new(kept).map(|kept| Arc::new(Mutex::new(LruCache::new(kept))));
        Self { trusted, only_trusted, sent }
    }

    /// What is meant by the query text, the document's id and the hash in the extensions that a request has.
    pub(super) fn find(
        &self,
        query: Option<String>,
        id: Option<&str>,
        extensions: &Map<String, Value>,
    ) -> Result<Found, Refusal> {
        if let Some(id) = id {
            if query.is_some() {
                return Err(Refusal::bad_request("send `query` or `documentId`, not both"));
            }
            let text = self.trusted.get(id).ok_or_else(|| {
                Refusal::new(Code::PersistedDocumentNotFound, "no trusted document has this `documentId`")
            })?;
            return Ok(Found { text, keep_as: None });
        }
        let hash = extensions.get("persistedQuery").map(hash_in).transpose()?;
        if let (Some(query), Some(hash)) = (&query, &hash)
            && sha256(query) != *hash
        {
            return Err(Refusal::bad_request("`sha256Hash` is not the SHA-256 of `query`"));
        }
        if let Some(text) = hash.as_ref().and_then(|hash| self.trusted.get(hash)) {
            return Ok(Found { text, keep_as: None });
        }
        if self.only_trusted {
            // Also by its text, so that a client can be written before its build sends ids.
            let trusted = query.and_then(|query| self.trusted.get(&sha256(&query)));
            return Ok(Found { text: trusted.ok_or(Code::TrustedDocumentsOnly)?, keep_as: None });
        }
        match (query, hash) {
            (Some(text), None) => Ok(Found { text: text.into(), keep_as: None }),
            (None, None) => Err(Refusal::bad_request("`query` is missing; it holds the query text")),
            (query, Some(hash)) => {
                let sent = self.sent.as_ref().ok_or(Code::PersistedQueryNotSupported)?;
                if let Some(text) = query {
                    return Ok(Found { text: text.into(), keep_as: Some(hash) });
                }
                let text = sent.lock().unwrap_or_else(PoisonError::into_inner).get(&hash).cloned();
                Ok(Found { text: text.ok_or(Code::PersistedQueryNotFound)?, keep_as: None })
            }
        }
    }

    /// Keeps a query that has turned out to be good.
    pub(super) fn keep(&self, hash: String, text: Arc<str>) {
        if let Some(sent) = &self.sent {
            sent.lock().unwrap_or_else(PoisonError::into_inner).put(hash, text);
        }
    }
}

/// The hash that an extension `persistedQuery` has.
fn hash_in(extension: &Value) -> Result<String, Refusal> {
    let hash = extension.get("sha256Hash").and_then(Value::as_str);
    match (extension.get("version").and_then(Value::as_i64), hash) {
        (Some(1), Some(hash)) => Ok(hash.to_ascii_lowercase()),
        _ => Err(Refusal::bad_request("`persistedQuery` needs `version`, which is 1, and `sha256Hash`, a string")),
    }
}

/// The SHA-256 of a text, in hexadecimal digits.
pub(super) fn sha256(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// Bytes in hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |digits, byte| format!("{digits}{byte:02x}"))
}
