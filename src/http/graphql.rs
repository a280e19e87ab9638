//! GraphQL over HTTP: methods, media types, parameters and status codes, as that specification has them.

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Query, Request, State},
    http::{HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value};

use super::{
    media::{Answer, is_json, wants_a_page},
    request_id,
};
use crate::graphql::{Api, Operation, single_error};

/// What the endpoint answers with.
#[derive(Clone)]
pub(super) struct Endpoint {
    pub(super) api: Api,
    pub(super) max_body_bytes: usize,
}

/// A request that never came to be a GraphQL request.
#[derive(Debug)]
struct Refusal {
    status: StatusCode,
    code: &'static str,
    message: String,
}

impl Refusal {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into() }
    }

    fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "BAD_REQUEST", message)
    }
}

/// Answers a request to the endpoint, whatever it is.
pub(super) async fn answer(State(endpoint): State<Endpoint>, request: Request) -> Response {
    let asks_nothing = *request.method() == Method::GET && request.uri().query().is_none_or(str::is_empty);
    if asks_nothing && wants_a_page(request.headers()) {
        // Relative, as everything in the page is, so that a proxy may put a prefix before it.
        return (StatusCode::SEE_OTHER, [(header::LOCATION, "./"), (header::VARY, "accept")]).into_response();
    }
    let negotiated = Answer::negotiated(request.headers());
    let media = negotiated.unwrap_or(Answer::Json);
    let operation = match negotiated {
        Some(_) => operation(request, endpoint.max_body_bytes).await,
        None => Err(Refusal::new(
            StatusCode::NOT_ACCEPTABLE,
            "NOT_ACCEPTABLE",
            "answers come as application/graphql-response+json or application/json, in UTF-8",
        )),
    };
    match operation {
        Ok(operation) => {
            let outcome = endpoint.api.execute(operation, &request_id()).await;
            let executed = outcome.data.is_some() || media == Answer::Json;
            response(if executed { StatusCode::OK } else { StatusCode::BAD_REQUEST }, media, &outcome.to_json())
        }
        Err(refusal) => {
            let mut response = response(refusal.status, media, &single_error(&refusal.message, refusal.code));
            if refusal.status == StatusCode::METHOD_NOT_ALLOWED {
                response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, POST"));
            }
            response
        }
    }
}

fn response(status: StatusCode, media: Answer, body: &Value) -> Response {
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media.content_type()));
    response.headers_mut().insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept"));
    response
}

async fn operation(request: Request, max_body_bytes: usize) -> Result<Operation, Refusal> {
    match *request.method() {
        Method::GET => from_parameters(request.uri()),
        Method::POST if !is_json(request.headers()) => Err(Refusal::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "UNSUPPORTED_MEDIA_TYPE",
            "a POST needs a body of the type application/json, in UTF-8",
        )),
        Method::POST => from_body(&body(request, max_body_bytes).await?),
        _ => Err(Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", "ask with GET or POST")),
    }
}

async fn body(request: Request, max_bytes: usize) -> Result<Bytes, Refusal> {
    to_bytes(request.into_body(), max_bytes).await.map_err(|_| {
        let message = format!("the body could not be read whole, or has more than {max_bytes} bytes");
        Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "PAYLOAD_TOO_LARGE", message)
    })
}

/// GET: four parameters, of which two are JSON.
fn from_parameters(uri: &Uri) -> Result<Operation, Refusal> {
    let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(uri)
        .map_err(|error| Refusal::bad_request(format!("the query string cannot be read: {error}")))?;
    let mut parameters = Map::new();
    for (name, value) in pairs {
        let value = match name.as_str() {
            // Empty is as good as absent.
            "variables" | "extensions" | "operationName" if value.is_empty() => continue,
            "variables" | "extensions" => serde_json::from_str(&value)
                .map_err(|error| Refusal::bad_request(format!("`{name}` is not JSON: {error}")))?,
            _ => Value::String(value),
        };
        parameters.insert(name, value);
    }
    from_object(parameters)
}

/// POST: a JSON object.
fn from_body(body: &[u8]) -> Result<Operation, Refusal> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(parameters)) => from_object(parameters),
        Ok(Value::Array(_)) => Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            "BATCHING_NOT_SUPPORTED",
            "one operation a request: an object, not an array",
        )),
        Ok(_) => Err(Refusal::bad_request("the body must be a JSON object with the query text in `query`")),
        Err(error) => Err(Refusal::bad_request(format!("the body is not JSON: {error}"))),
    }
}

fn from_object(mut parameters: Map<String, Value>) -> Result<Operation, Refusal> {
    let query = match parameters.remove("query") {
        Some(Value::String(query)) => query,
        Some(Value::Null) | None => return Err(Refusal::bad_request("`query` is missing; it holds the query text")),
        Some(_) => return Err(Refusal::bad_request("`query` must be a string: the query text")),
    };
    let operation_name = match parameters.remove("operationName") {
        Some(Value::String(name)) => Some(name),
        Some(Value::Null) | None => None,
        Some(_) => return Err(Refusal::bad_request("`operationName` must be a string")),
    };
    let mut object = |name: &str| match parameters.remove(name) {
        Some(Value::Object(object)) => Ok(object),
        Some(Value::Null) | None => Ok(Map::new()),
        Some(_) => Err(Refusal::bad_request(format!("`{name}` must be an object"))),
    };
    let variables = object("variables")?;
    // None are known; a client may send them all the same.
    object("extensions")?;
    Ok(Operation { query, operation_name, variables })
}
