//! One request through the schema: the checks before it, the time it may take, the codes of what went wrong.

use std::time::Duration;

use async_graphql::{
    ErrorExtensionValues, Name, Request, ServerError, Value, Variables, parser::types::ExecutableDocument,
};
use sqlx::PgPool;

use super::{
    Roots,
    error::{self, Code},
    extract::Turns,
    limits::{self, MAX_QUERY_BYTES},
    loaders,
    stall::Batches,
};
use crate::store::read::{Connections, Snapshot};

/// The schema, ready to answer. Cheap to clone.
#[derive(Clone)]
pub struct Api {
    schema: Roots,
    connections: Connections,
    timeout: Duration,
    turns: Turns,
}

/// A GraphQL request, as GraphQL over HTTP has it.
#[derive(Clone, Debug, Default)]
pub struct Operation {
    /// The query text.
    pub query: String,
    /// Which of several operations in it.
    pub operation_name: Option<String>,
    /// Values for its variables: a JSON object.
    pub variables: serde_json::Map<String, serde_json::Value>,
}

/// The answer to a request.
#[derive(Debug)]
pub struct Outcome {
    /// What was asked for; `None` if nothing was executed.
    pub data: Option<Value>,
    /// What went wrong, each with its code.
    pub errors: Vec<ServerError>,
}

impl Outcome {
    /// Refused as a whole, nothing was executed.
    pub fn refused(errors: Vec<ServerError>) -> Self {
        Self { data: None, errors }
    }

    /// As in the GraphQL specification, "Response Format". `data` is absent where nothing was executed.
    pub fn to_json(&self) -> serde_json::Value {
        let mut body = serde_json::Map::new();
        if !self.errors.is_empty() {
            body.insert("errors".to_owned(), serde_json::json!(self.errors));
        }
        if let Some(data) = &self.data {
            body.insert("data".to_owned(), serde_json::json!(data));
        }
        serde_json::Value::Object(body)
    }
}

impl Api {
    /// Answers from this database; a request that takes longer than `timeout` is given up.
    pub fn new(pool: PgPool, timeout: Duration) -> Self {
        Self { schema: super::schema(), connections: Connections::new(pool), timeout, turns: Turns::default() }
    }

    /// Answers one request. `request_id` is what the log knows it by.
    pub async fn execute(&self, operation: Operation, request_id: &str) -> Outcome {
        let request = match checked(operation) {
            Ok(request) => request,
            Err(error) => return Outcome::refused(vec![error]),
        };
        let batches = Batches::default();
        let request = request
            .data(loaders::loaders(Snapshot::new(self.connections.clone()), batches.clone()))
            .data(self.turns.clone());
        let execution = batches.drive(self.schema.execute(request));
        match tokio::time::timeout(self.timeout, execution).await {
            // What stands at no field was refused before any was resolved.
            Ok(response) if response.errors.iter().any(|error| error.path.is_empty()) => {
                Outcome::refused(each_once(response.errors).into_iter().map(error::of_request).collect())
            }
            Ok(response) => Outcome {
                data: Some(response.data),
                errors: response.errors.into_iter().map(|error| error::of_field(error, request_id)).collect(),
            },
            Err(_) => {
                tracing::warn!(request_id, timeout = ?self.timeout, "gave a request up");
                Outcome { data: Some(Value::Null), errors: vec![error::refusal(Code::Timeout)] }
            }
        }
    }
}

/// Two of the library's checks tell that there are no mutations, in the same words.
fn each_once(mut errors: Vec<ServerError>) -> Vec<ServerError> {
    let mut told = Vec::new();
    errors.retain(|error| {
        let this = (error.message.clone(), error.locations.clone());
        let is_new = !told.contains(&this);
        told.push(this);
        is_new
    });
    errors
}

/// What must be known before the library looks at a request.
fn checked(operation: Operation) -> Result<Request, ServerError> {
    if operation.query.len() > MAX_QUERY_BYTES {
        return Err(error::refusal(Code::QueryTooLong));
    }
    if limits::nested_too_deep(&operation.query) {
        return Err(error::refusal(Code::QueryTooDeep));
    }
    let mut request = Request::new(operation.query);
    let document = request.parsed_query().map_err(error::unparsable)?;
    if limits::too_many_selections(document) {
        return Err(error::refusal(Code::QueryTooComplex));
    }
    if let Some(missing) = missing_variable(document, operation.operation_name.as_deref(), &operation.variables) {
        return Err(missing);
    }
    request.operation_name = operation.operation_name;
    Ok(request.variables(Variables::from_json(serde_json::Value::Object(operation.variables))))
}

/// The first variable that must have a value and has none; the library would find out field by field.
fn missing_variable(
    document: &ExecutableDocument,
    operation: Option<&str>,
    variables: &serde_json::Map<String, serde_json::Value>,
) -> Option<ServerError> {
    let mut operations = document.operations.iter();
    let (_, operation) = operations.find(|(name, _)| operation.is_none() || name.map(Name::as_str) == operation)?;
    let missing = operation.node.variable_definitions.iter().find(|definition| {
        let (definition, given) = (&definition.node, variables.get(definition.node.name.node.as_str()));
        let needed = !definition.var_type.node.nullable && definition.default_value.is_none();
        needed && given.is_none_or(serde_json::Value::is_null)
    })?;
    Some(error::missing_variable(&missing.node.name.node, &missing.node.var_type.node, missing.pos))
}

/// The answer to a request that made us panic or that HTTP refused: one error, nothing else.
pub fn single_error(message: &str, code: &str) -> serde_json::Value {
    let mut error = ServerError::new(message, None);
    error.extensions.get_or_insert_with(ErrorExtensionValues::default).set("code", code);
    Outcome::refused(vec![error]).to_json()
}
