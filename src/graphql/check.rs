//! What is refused before the library looks at a request, because it would take too long, tell too much, or tell it in
//! worse words.

use async_graphql::{
    Name, Request, ServerError, Variables,
    parser::types::{ExecutableDocument, OperationType},
};

use super::{
    code::Code,
    error,
    execute::Operation,
    introspection,
    limits::{self, MAX_QUERY_BYTES, MAX_SELECTIONS},
};

/// What must be known before the library looks at a request.
pub(super) fn checked(
    operation: Operation,
    only_queries: bool,
    introspection_allowed: bool,
) -> Result<Request, ServerError> {
    if operation.query.len() > MAX_QUERY_BYTES {
        return Err(error::refusal(Code::QueryTooLong));
    }
    if limits::nested_too_deep(&operation.query) {
        return Err(error::refusal(Code::QueryTooDeep));
    }
    let mut request = Request::new(operation.query);
    let document = request.parsed_query().map_err(error::unparsable)?;
    if let Some(selections) = limits::too_many_selections(document) {
        return Err(error::too_complex(selections, MAX_SELECTIONS));
    }
    if only_queries && !is_query(document, operation.operation_name.as_deref()) {
        return Err(error::refusal(Code::MethodNotAllowed));
    }
    if let Some(refusal) = introspection::refusal(document, introspection_allowed) {
        return Err(refusal);
    }
    if let Some(missing) = missing_variable(document, operation.operation_name.as_deref(), &operation.variables) {
        return Err(missing);
    }
    let mut variables = operation.variables;
    for name in omitted(document, &variables) {
        variables.insert(name, serde_json::Value::Null);
    }
    request.operation_name = operation.operation_name;
    Ok(request.variables(Variables::from_json(serde_json::Value::Object(variables))))
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

/// Variables that may be left out, and are: for our arguments that is the same as null, and the library, when it weighs a
/// query, takes them for undefined.
fn omitted(document: &ExecutableDocument, variables: &serde_json::Map<String, serde_json::Value>) -> Vec<String> {
    let definitions = document.operations.iter().flat_map(|(_, operation)| &operation.node.variable_definitions);
    let definitions = definitions.map(|definition| &definition.node);
    let omitted = definitions.filter(|definition| {
        let optional = definition.var_type.node.nullable && definition.default_value.is_none();
        optional && !variables.contains_key(definition.name.node.as_str())
    });
    omitted.map(|definition| definition.name.node.to_string()).collect()
}

/// Whether the operation that is to be executed is a query. Which one it is, if that cannot be known, is not for here.
fn is_query(document: &ExecutableDocument, operation: Option<&str>) -> bool {
    kind(document, operation).is_none_or(|kind| kind == OperationType::Query)
}

/// Whether the operation that is to be executed is a subscription.
pub(super) fn is_subscription(request: &mut Request) -> bool {
    let operation = request.operation_name.clone();
    let Ok(document) = request.parsed_query() else { return false };
    kind(document, operation.as_deref()) == Some(OperationType::Subscription)
}

fn kind(document: &ExecutableDocument, operation: Option<&str>) -> Option<OperationType> {
    let mut operations = document.operations.iter();
    let (_, chosen) = operations.find(|(name, _)| operation.is_none() || name.map(Name::as_str) == operation)?;
    Some(chosen.node.ty)
}
