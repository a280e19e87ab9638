//! What a request is called: by its sender, if that can be a name, or by us; in the answer, in the log, in errors.
//!
//! Not tower-http's layer: that takes whatever a client sends, and leaves the answer to a panic without the id.

use std::sync::{
    LazyLock,
    atomic::{AtomicU64, Ordering},
};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use tracing::Instrument;

/// Where it stands in a request and in its answer.
pub(super) const HEADER: HeaderName = HeaderName::from_static("x-request-id");
/// Longer ones are no names.
const LONGEST: usize = 64;

tokio::task_local! {
    static CURRENT: String;
}

/// What the request is called that is being answered.
pub(super) fn current() -> String {
    CURRENT.try_with(Clone::clone).unwrap_or_else(|_| made())
}

/// Names the request, for all that answers it and logs meanwhile.
pub(super) async fn named(request: Request, next: Next) -> Response {
    let id = given(request.headers()).unwrap_or_else(made);
    let header = HeaderValue::from_str(&id);
    let (began, method, path) = (Instant::now(), request.method().clone(), request.uri().path().to_owned());
    let answering = async {
        let mut response = next.run(request).await;
        if let Ok(header) = header {
            response.headers_mut().insert(HEADER, header);
        }
        tracing::info!(%method, path, status = response.status().as_u16(), time = ?began.elapsed(), "answered");
        response
    };
    // At the level of errors, so that it is there whenever anything is logged.
    let span = tracing::error_span!("request", id);
    CURRENT.scope(id, answering.instrument(span)).await
}

fn given(headers: &HeaderMap) -> Option<String> {
    let id = headers.get(HEADER)?.to_str().ok()?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || "._-:/+=@".contains(c);
    (!id.is_empty() && id.len() <= LONGEST && id.chars().all(is_name)).then(|| id.to_owned())
}

/// Unique in this process, and most likely beyond it.
fn made() -> String {
    static START: LazyLock<u128> =
        LazyLock::new(|| SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_micros());
    static NEXT: AtomicU64 = AtomicU64::new(1);
    format!("{:x}-{:x}", *START, NEXT.fetch_add(1, Ordering::Relaxed))
}
