//! A response with a JSON body, and what became of an operation as one.

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use serde_json::Value;

use super::{media::Answer, refusal::status};
use crate::graphql::{Code, Outcome};

/// This body.
pub(super) fn answer(status: StatusCode, media: Answer, body: &Value) -> Response {
    let mut response = Response::new(Body::from(body.to_string()));
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

/// What became of an operation: with `application/json` always 200 for what was a GraphQL request, but for what is to
/// be told whoever stands between us and the client, too.
pub(super) fn of(outcome: &Outcome, media: Answer) -> Response {
    let refused = match (outcome.refusal(), media) {
        (None, _) => StatusCode::OK,
        (Some(code), _) if status(code, media).is_some() => status(code, media).unwrap_or_default(),
        (Some(_), Answer::Json) => StatusCode::OK,
        (Some(_), Answer::GraphQl) => StatusCode::BAD_REQUEST,
    };
    let mut response = answer(refused, media, &outcome.to_json());
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
