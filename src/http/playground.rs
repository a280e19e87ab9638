//! GraphiQL, from inside the binary: `playground/` has its source and what it is built into.

use std::io::Read;

use axum::{
    Json,
    body::Body,
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use flate2::read::GzDecoder;
use rust_embed::{Embed, EmbeddedFile};
use serde_json::{Value, json};

/// What `playground/build.mjs` makes: every file gzipped, all but the page with a digest in its name.
#[derive(Embed)]
#[folder = "playground/dist"]
#[include = "*.gz"]
struct Bundle;

/// The queries that the playground opens with.
#[derive(Embed)]
#[folder = "playground/examples"]
#[include = "*.graphql"]
struct Examples;

/// The page may load from here and from nowhere else. Monaco sets styles of its own.
const POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; \
    style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'";

/// The table of errors, as the page of errors shows it.
const ERRORS: &str = include_str!("../../docs/errors.md");

/// The playground.
pub(super) async fn page(headers: HeaderMap) -> Response {
    html("index.html", &headers)
}

/// The table of errors.
pub(super) async fn errors(headers: HeaderMap) -> Response {
    html("errors.html", &headers)
}

/// The table of errors, as text.
pub(super) async fn errors_text() -> Response {
    ([(header::CONTENT_TYPE, "text/markdown; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")], ERRORS)
        .into_response()
}

fn html(name: &str, headers: &HeaderMap) -> Response {
    let mut response = file(name, headers);
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-cache"),
        (header::REFERRER_POLICY, "no-referrer"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// What the page loads.
pub(super) async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let mut response = file(&name, &headers);
    if response.status() == StatusCode::OK {
        let forever = HeaderValue::from_static("public, max-age=31536000, immutable");
        response.headers_mut().insert(header::CACHE_CONTROL, forever);
    }
    response
}

/// The example queries, in the order of their files' names.
pub(super) async fn examples() -> Json<Vec<Value>> {
    let mut names: Vec<_> = Examples::iter().collect();
    names.sort();
    let example = |name: &str| {
        let query = String::from_utf8(Examples::get(name)?.data.into_owned()).ok()?;
        Some(json!({ "name": name.trim_end_matches(".graphql"), "query": query }))
    };
    Json(names.iter().filter_map(|name| example(name)).collect())
}

/// A file of the bundle, packed if the client can unpack it.
fn file(name: &str, headers: &HeaderMap) -> Response {
    let Some(EmbeddedFile { data: packed, .. }) = Bundle::get(&format!("{name}.gz")) else {
        return (StatusCode::NOT_FOUND, "there is no such file\n").into_response();
    };
    let mut response = if takes_gzip(headers) {
        let mut response = Response::new(Body::from(packed.into_owned()));
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        response
    } else {
        let mut plain = Vec::new();
        if let Err(error) = GzDecoder::new(&*packed).read_to_end(&mut plain) {
            tracing::error!(name, %error, "a file of the playground cannot be unpacked");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
        Response::new(Body::from(plain))
    };
    for (name, value) in [
        (header::CONTENT_TYPE, content_type(name)),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::VARY, "accept-encoding"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("ttf") => "font/ttf",
        _ => "text/plain; charset=utf-8",
    }
}

fn takes_gzip(headers: &HeaderMap) -> bool {
    let values = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|coding| {
        let (name, quality) = coding.split_once(';').unwrap_or((coding, ""));
        let refused = quality.split_once('=').is_some_and(|(_, q)| q.trim().parse::<f32>().is_ok_and(|q| q <= 0.0));
        name.trim().eq_ignore_ascii_case("gzip") && !refused
    })
}
