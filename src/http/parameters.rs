//! The parameters of a GraphQL request, from where they stand: the query string of a GET, the body of a POST.

use axum::{extract::Query, http::Uri};
use serde_json::{Map, Value};

use super::{
    documents::{Documents, Found},
    refusal::Refusal,
};
use crate::graphql::{Code, Operation};

/// Names and values, not looked at yet.
pub(super) type Parameters = Map<String, Value>;

/// GET: of the parameters, two are JSON.
pub(super) fn from_query_string(uri: &Uri) -> Result<Parameters, Refusal> {
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
    Ok(parameters)
}

/// What a POST's body holds.
pub(super) enum Posted {
    /// A JSON object.
    One(Parameters),
    /// An array of them.
    Batch(Vec<Parameters>),
}

/// POST: a JSON object or, if `max_batch` allows for it, an array of so many at most.
pub(super) fn from_body(body: &[u8], max_batch: usize) -> Result<Posted, Refusal> {
    const NO_OBJECT: &str = "the body must be a JSON object with the query text in `query`";
    match serde_json::from_slice(body) {
        Ok(Value::Object(parameters)) => Ok(Posted::One(parameters)),
        Ok(Value::Array(_)) if max_batch <= 1 => Err(Code::BatchingNotSupported.into()),
        Ok(Value::Array(all)) if all.len() > max_batch => Err(Refusal::new(
            Code::BatchTooLarge,
            format!("at most {max_batch} operations a request, not {}", all.len()),
        )),
        Ok(Value::Array(all)) if !all.is_empty() => {
            let objects = all.into_iter().map(|one| match one {
                Value::Object(parameters) => Ok(parameters),
                _ => Err(Refusal::bad_request("a batch must be an array of JSON objects, each with its `query`")),
            });
            Ok(Posted::Batch(objects.collect::<Result<_, _>>()?))
        }
        Ok(_) => Err(Refusal::bad_request(NO_OBJECT)),
        Err(error) => Err(Refusal::bad_request(format!("the body is not JSON: {error}"))),
    }
}

/// The operation that the parameters ask for, and under which hash to keep its text once it has been executed.
pub(super) fn operation(
    mut parameters: Parameters,
    documents: &Documents,
) -> Result<(Operation, Option<String>), Refusal> {
    let mut string = |name: &str| match parameters.remove(name) {
        Some(Value::String(text)) => Ok(Some(text)),
        Some(Value::Null) | None => Ok(None),
        Some(_) => Err(Refusal::bad_request(format!("`{name}` must be a string"))),
    };
    let (query, operation_name, id) = (string("query")?, string("operationName")?, string("documentId")?);
    let mut object = |name: &str| match parameters.remove(name) {
        Some(Value::Object(object)) => Ok(object),
        Some(Value::Null) | None => Ok(Map::new()),
        Some(_) => Err(Refusal::bad_request(format!("`{name}` must be an object"))),
    };
    let (variables, extensions) = (object("variables")?, object("extensions")?);
    let Found { text, keep_as } = documents.find(query, id.as_deref(), &extensions)?;
    let tells_cost = extensions.get("cost").and_then(Value::as_bool).unwrap_or(false);
    Ok((Operation { query: text.to_string(), operation_name, variables, tells_cost }, keep_as))
}
