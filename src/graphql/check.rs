//! What is refused before the library looks at a request, because it would take too long, tell too much, or tell it in
//! worse words.

use async_graphql::{
    Name, Request, ServerError, Variables,
    parser::{
        parse_query,
        types::{ExecutableDocument, OperationType},
    },
};

use super::{
    code::Code,
    error,
    execute::Operation,
    introspection,
    limits::{self, MAX_QUERY_BYTES, MAX_SELECTIONS},
};

/// What a query text is, if nothing is wrong with it as a text.
pub(super) fn document(text: &str, introspection_allowed: bool) -> Result<ExecutableDocument, ServerError> {
    if text.len() > MAX_QUERY_BYTES {
        return Err(error::refusal(Code::QueryTooLong));
    }
    if limits::nested_too_deep(text) {
        return Err(error::refusal(Code::QueryTooDeep));
    }
    let document = parse_query(text).map_err(|error| error::unparsable(error.into()))?;
    if let Some(selections) = limits::too_many_selections(&document) {
        return Err(error::too_complex(selections, MAX_SELECTIONS));
    }
    match introspection::refusal(&document, introspection_allowed) {
        Some(refusal) => Err(refusal),
        None => Ok(document),
    }
}

/// The request for this operation of a document, if its variables are there.
pub(super) fn request(document: &ExecutableDocument, operation: &Operation) -> Result<Request, ServerError> {
    if let Some(missing) = missing_variable(document, operation.operation_name.as_deref(), &operation.variables) {
        return Err(missing);
    }
    let mut variables = operation.variables.clone();
    for name in omitted(document, &variables) {
        variables.insert(name, serde_json::Value::Null);
    }
    // The text itself is not needed any more.
    let mut request = Request::new("");
    request.set_parsed_query(document.clone());
    request.operation_name.clone_from(&operation.operation_name);
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

/// What the operation is that is to be executed. Which one it is, if that cannot be known, is not for here.
pub(super) fn kind(document: &ExecutableDocument, operation: Option<&str>) -> Option<OperationType> {
    let mut operations = document.operations.iter();
    let (_, chosen) = operations.find(|(name, _)| operation.is_none() || name.map(Name::as_str) == operation)?;
    Some(chosen.node.ty)
}
