//! ETags and Cache-Control of queries that are asked with GET.
//!
//! A tag is made of everything that the answer depends on: the request, its media type, the state of the data and the
//! program's own version. So whether a client's copy is still good is known without executing anything, from a single
//! row, which each load changes in its own transaction.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};

use super::{documents::hex, media::Answer};
use crate::graphql::{DataVersion, Operation};

/// What this program is built from.
const BUILD: &str = env!("HOINGHI_BUILD");

/// The tag of the answer to an operation, without quotes.
pub(super) fn tag(operation: &Operation, media: Answer, version: DataVersion) -> String {
    let mut digest = Sha256::new();
    let variables = serde_json::Value::from(operation.variables.clone()).to_string();
    let parts = [
        BUILD,
        media.content_type(),
        &version.to_string(),
        &operation.query,
        // `None` is another operation than one whose name is empty.
        &format!("{:?}", operation.operation_name),
        &variables,
        if operation.tells_cost { "cost" } else { "" },
    ];
    for part in parts {
        // With its length, so that nothing can move from one part into the next.
        digest.update(part.len().to_be_bytes());
        digest.update(part);
    }
    hex(&digest.finalize())
}

/// The codings that an answer comes in: its tag ends in one, because a strong tag is of the very bytes.
const CODINGS: [&str; 2] = ["-gzip", "-br"];

/// Those of the tags a client has that are ours, without quotes, as it sent them and without their coding.
pub(super) fn tags_of_client(headers: &HeaderMap) -> Vec<(String, String)> {
    let values = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let tags = values.flat_map(|value| value.split(',')).filter_map(|tag| {
        // Compared weakly (RFC 9110, section 13.1.2).
        let tag = tag.trim().trim_start_matches("W/").strip_prefix('"')?.strip_suffix('"')?;
        let plain = CODINGS.iter().find_map(|coding| tag.strip_suffix(coding)).unwrap_or(tag);
        Some((tag.to_owned(), plain.to_owned()))
    });
    tags.collect()
}

/// Says in an answer's tag how it is packed. Stands around whatever packs.
pub(super) async fn tag_as_packed(mut response: Response) -> Response {
    let headers = response.headers_mut();
    let coding = headers.get(header::CONTENT_ENCODING).and_then(|coding| coding.to_str().ok());
    let tag = headers.get(header::ETAG).and_then(|tag| tag.to_str().ok()?.strip_suffix('"'));
    if let (Some(coding), Some(tag)) = (coding, tag)
        && let Ok(tag) = HeaderValue::from_str(&format!("{tag}-{coding}\""))
    {
        headers.insert(header::ETAG, tag);
    }
    response
}

/// For how long an answer may be used without asking again, and by whom.
#[derive(Clone, Copy)]
pub(super) struct Freshness {
    /// In seconds; 0 for not at all.
    pub(super) max_age: u32,
    /// Not by caches that others share: the answer is to somebody with a key.
    pub(super) is_private: bool,
}

impl Freshness {
    /// Marks an answer with its tag, as one to be kept.
    pub(super) fn mark(self, response: &mut Response, tag: &str) {
        let who = if self.is_private { "private" } else { "public" };
        let how_long = if self.max_age == 0 { "no-cache".to_owned() } else { format!("max-age={}", self.max_age) };
        for (name, value) in
            [(header::ETAG, format!("\"{tag}\"")), (header::CACHE_CONTROL, format!("{who}, {how_long}"))]
        {
            if let Ok(value) = HeaderValue::from_str(&value) {
                response.headers_mut().insert(name, value);
            }
        }
    }

    /// The client's copy is still good.
    pub(super) fn not_modified(self, tag: &str) -> Response {
        let vary = [(header::VARY, HeaderValue::from_static("accept, authorization, accept-encoding"))];
        let mut response = (StatusCode::NOT_MODIFIED, vary).into_response();
        self.mark(&mut response, tag);
        response
    }
}
