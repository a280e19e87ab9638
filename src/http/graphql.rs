//! GraphQL over HTTP: methods, media types and status codes, as that specification has them.

use std::sync::Arc;

use axum::{
    Extension,
    body::{Bytes, to_bytes},
    extract::{Request, State},
    http::{Method, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use futures_util::future::join_all;
use serde_json::Value;

use super::{
    answer::{self, answer},
    caching::{self, Freshness},
    clients::Clients,
    documents::Documents,
    live::Live,
    media::{Answer, Events, is_json, wants_a_page},
    origins::Origins,
    parameters::{self, Posted},
    refusal::Refusal,
    request_id, sse, ws,
};
use crate::{
    access::Client,
    graphql::{Api, Call, Code, Operation, Outcome},
};

/// What the endpoint answers with.
pub(super) struct Endpoint {
    pub(super) api: Api,
    pub(super) documents: Documents,
    pub(super) max_body_bytes: usize,
    pub(super) max_batch: usize,
    pub(super) max_age: u32,
    pub(super) origins: Origins,
    pub(super) live: Live,
    pub(super) clients: Arc<Clients>,
}

/// Answers a request to the endpoint, whatever it is.
pub(super) async fn endpoint(
    State(endpoint): State<Arc<Endpoint>>,
    Extension(client): Extension<Client>,
    request: Request,
) -> Response {
    if ws::is_asked_for(request.headers()) {
        // On the heap, as events below: else every request would have room for it, and be moved about with it.
        return Box::pin(ws::open(endpoint, client, request)).await;
    }
    let events = Events::negotiated(request.headers());
    if events == Events::Always {
        let events = Box::pin(endpoint.events(client, request)).await;
        return events.unwrap_or_else(|refusal| refusal.response(Answer::Json));
    }
    let asks_nothing = *request.method() == Method::GET && request.uri().query().is_none_or(str::is_empty);
    if asks_nothing && wants_a_page(request.headers()) {
        // Relative, as everything in the page is, so that a proxy may put a prefix before it.
        return (StatusCode::SEE_OTHER, [(header::LOCATION, "./"), (header::VARY, "accept")]).into_response();
    }
    let Some(media) = Answer::negotiated(request.headers()) else {
        return Refusal::from(Code::NotAcceptable).response(Answer::Json);
    };
    let answered = match *request.method() {
        Method::GET => endpoint.get(client, &request.into_parts().0, media, events).await,
        Method::POST if !is_json(request.headers()) => Err(Code::UnsupportedMediaType.into()),
        Method::POST => endpoint.post(client, request, media, events).await,
        _ => Err(Code::MethodNotAllowed.into()),
    };
    answered.unwrap_or_else(|refusal| refusal.response(media))
}

impl Endpoint {
    async fn get(&self, client: Client, request: &Parts, media: Answer, events: Events) -> Result<Response, Refusal> {
        let parameters = parameters::from_query_string(&request.uri)?;
        let (operation, keep_as) = parameters::operation(parameters, &self.documents)?;
        if events == Events::OfSubscriptions && self.api.is_subscription(&operation) {
            return sse::events(self, client, operation);
        }
        let freshness = Freshness { max_age: self.max_age, is_private: client.has_key() };
        let has = caching::tags_of_client(&request.headers);
        // Asking whether a copy is good costs something, too. Who cannot pay that will be told so below.
        if !has.is_empty()
            && may_ask(&client).await
            && let Some(version) = self.api.version().await
        {
            let tag = caching::tag(&operation, media, version);
            if let Some((sent, _)) = has.iter().find(|(_, plain)| *plain == tag) {
                return Ok(freshness.not_modified(sent));
            }
        }
        let call = Call { request_id: request_id::current(), client, by_get: true };
        let outcome = self.api.execute(operation.clone(), call).await;
        self.keep(keep_as, &operation.query, &outcome);
        let mut response = answer::of(&outcome, media);
        if let Some(version) = outcome.version {
            freshness.mark(&mut response, &caching::tag(&operation, media, version));
        }
        Ok(response)
    }

    /// What comes of an operation, event by event.
    async fn events(&self, client: Client, request: Request) -> Result<Response, Refusal> {
        let parameters = match *request.method() {
            Method::GET => parameters::from_query_string(request.uri())?,
            Method::POST if !is_json(request.headers()) => return Err(Code::UnsupportedMediaType.into()),
            Method::POST => match parameters::from_body(&body(request, self.max_body_bytes).await?, 0)? {
                Posted::One(parameters) => parameters,
                Posted::Batch(_) => return Err(Code::BatchingNotSupported.into()),
            },
            _ => return Err(Code::MethodNotAllowed.into()),
        };
        sse::events(self, client, parameters::operation(parameters, &self.documents)?.0)
    }

    async fn post(&self, client: Client, request: Request, media: Answer, events: Events) -> Result<Response, Refusal> {
        let body = body(request, self.max_body_bytes).await?;
        match parameters::from_body(&body, self.max_batch)? {
            Posted::One(parameters) => {
                let (operation, keep_as) = parameters::operation(parameters, &self.documents)?;
                if events == Events::OfSubscriptions && self.api.is_subscription(&operation) {
                    return sse::events(self, client, operation);
                }
                Ok(answer::of(&self.execute(client, operation, keep_as).await, media))
            }
            Posted::Batch(all) => {
                let each = all.into_iter().map(|parameters| async {
                    let (operation, keep_as) = parameters::operation(parameters, &self.documents)?;
                    Ok::<_, Refusal>(self.execute(client.clone(), operation, keep_as).await)
                });
                let each = join_all(each).await.into_iter().map(|outcome| match outcome {
                    Ok(outcome) => outcome.to_json(),
                    Err(refusal) => refusal.to_json(),
                });
                Ok(answer(StatusCode::OK, media, &Value::Array(each.collect())))
            }
        }
    }

    async fn execute(&self, client: Client, operation: Operation, keep_as: Option<String>) -> Outcome {
        let text = keep_as.is_some().then(|| operation.query.clone());
        let call = Call { request_id: request_id::current(), client, by_get: false };
        let outcome = self.api.execute(operation, call).await;
        self.keep(keep_as, text.as_deref().unwrap_or_default(), &outcome);
        outcome
    }

    /// Keeps a query that was executed: what is refused is not worth a place.
    fn keep(&self, hash: Option<String>, text: &str, outcome: &Outcome) {
        if let (Some(hash), Some(_)) = (hash, &outcome.data) {
            self.documents.keep(hash, Arc::from(text));
        }
    }
}

/// Whether a client can pay for asking whether its copy is good.
async fn may_ask(client: &Client) -> bool {
    match &client.budget {
        Some(budget) => budget.take(1).await.is_ok(),
        None => true,
    }
}

async fn body(request: Request, max_bytes: usize) -> Result<Bytes, Refusal> {
    to_bytes(request.into_body(), max_bytes).await.map_err(|_| {
        let message = format!("the body could not be read whole, or has more than {max_bytes} bytes");
        Refusal::new(Code::PayloadTooLarge, message)
    })
}
