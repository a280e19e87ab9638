//! A response with a JSON body, and what became of an operation as one.

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use serde::Serialize;

use super::{media::Answer, refusal::status};
use crate::graphql::{Code, Outcome};

/// This body.
pub(super) fn answer(status: StatusCode, media: Answer, body: &impl Serialize) -> Response {
    let mut response = Response::new(Body::from(serde_json::to_vec(body).unwrap_or_default()));
    *response.status_mut() = status;
    for (name, value) in [
        (header::CONTENT_TYPE, media.content_type()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // Unless told otherwise: errors, and what is left of a budget, are for now.
        (header::CACHE_CONTROL, "no-store"),
        // What the answer depends on, besides the address.
        (header::VARY, "accept, authorization"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// What became of an operation.
pub(super) fn of(outcome: &Outcome, media: Answer) -> Response {
    let status = outcome.refusal().map_or(StatusCode::OK, |code| status(code, media));
    let mut response = answer(status, media, outcome);
    if outcome.refusal() == Some(Code::MethodNotAllowed) {
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("POST"));
    }
    if outcome.refusal() == Some(Code::RateLimited)
        && let Some(seconds) = outcome.retry_after()
    {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    response
}
