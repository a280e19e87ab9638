//! Answers as server-sent events: the protocol graphql-sse, "distinct connections mode". Each result is an event `next`;
//! `complete` ends the stream, also when the server stops.

use std::convert::Infallible;

use axum::response::{
    IntoResponse, Response,
    sse::{Event, KeepAlive, Sse},
};
use futures_util::{Stream, StreamExt, stream};

use super::{
    graphql::Endpoint,
    live::{SIGN_OF_LIFE, Stay},
    refusal::Refusal,
    request_id,
};
use crate::{
    access::Client,
    graphql::{Call, Operation, Outcome},
};

/// What comes of this operation, for as long as it does.
pub(super) fn events(endpoint: &Endpoint, client: Client, operation: Operation) -> Result<Response, Refusal> {
    let stay = endpoint.live.stay(&client)?;
    let call = Call { request_id: request_id::current(), client, by_get: false };
    let told = until_over(endpoint.api.follow(operation, call), stay).map(|outcome| {
        let next = Event::default().event("next").data(outcome.to_json().to_string());
        Ok::<_, Infallible>(next)
    });
    // A browser's EventSource passes over an event without data.
    let complete = stream::once(async { Ok(Event::default().event("complete").data("")) });
    let mut response =
        Sse::new(told.chain(complete)).keep_alive(KeepAlive::new().interval(SIGN_OF_LIFE)).into_response();
    // nginx would gather events before it passes them on.
    response.headers_mut().insert("x-accel-buffering", axum::http::HeaderValue::from_static("no"));
    Ok(response)
}

/// Until it ends, or everything is told to. The place is kept as long.
fn until_over(outcomes: impl Stream<Item = Outcome>, mut stay: Stay) -> impl Stream<Item = Outcome> {
    outcomes.take_until(Box::pin(async move { stay.over().await }))
}
