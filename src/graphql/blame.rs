//! Which value of which argument is wrong, as a path through the arguments' fields, as in `filter.date.gte`.
//!
//! The library tells such a path where a value has the wrong type; where a type's own reading of it fails, it tells no
//! more than the argument's place in the query, and the value is looked for there.

use async_graphql::{
    Positioned, ServerError,
    parser::{
        parse_query,
        types::{Selection, SelectionSet},
    },
};
use serde_json::Value;

use super::{execute::Operation, scalars};

/// The path and the words that validation tells.
pub(super) fn told_by_validation(message: &str) -> Option<(String, String)> {
    let (path, words) = message.strip_prefix("Invalid value for argument \"")?.split_once("\", ")?;
    let of_type = words.strip_prefix("expected type \"").and_then(|of_type| of_type.strip_suffix('"'));
    let words = match of_type {
        Some(of_type) => scalars::words(of_type)
            .map_or_else(|| format!("a value of the type `{of_type}` is needed here"), str::to_owned),
        None => words.replace('"', "`"),
    };
    Some((path.to_owned(), words))
}

/// The words of a type that could not read a value, without the types around it.
pub(super) fn words(message: &str) -> String {
    let words = message.split(" (occurred while parsing").next().unwrap_or(message);
    match words.strip_prefix("Failed to parse \"").and_then(|rest| rest.split_once("\": ")) {
        Some((_, words)) => words.to_owned(),
        None => words.to_owned(),
    }
}

/// The path of the value that such a type could not read: the argument at the error's place and, inside of it, what
/// cannot be meant, or the only value there is.
pub(super) fn found_in(operation: &Operation, error: &ServerError) -> Option<String> {
    let document = parse_query(&operation.query).ok()?;
    let place = *error.locations.first()?;
    let sets = document.operations.iter().map(|(_, operation)| &operation.node.selection_set);
    let mut sets: Vec<&Positioned<SelectionSet>> =
        sets.chain(document.fragments.values().map(|fragment| &fragment.node.selection_set)).collect();
    while let Some(set) = sets.pop() {
        for selection in &set.node.items {
            match &selection.node {
                Selection::Field(field) => {
                    let mut arguments = field.node.arguments.iter();
                    if let Some((name, value)) = arguments.find(|(_, value)| value.pos == place) {
                        let value = value.node.clone().into_const_with(|name| given(operation, &name)).ok();
                        let value = value.and_then(|value| value.into_json().ok()).unwrap_or_default();
                        return Some(path(name.node.as_str(), &value));
                    }
                    sets.push(&field.node.selection_set);
                }
                Selection::InlineFragment(fragment) => sets.push(&fragment.node.selection_set),
                Selection::FragmentSpread(_) => {}
            }
        }
    }
    None
}

/// A variable's value.
fn given(operation: &Operation, variable: &str) -> Result<async_graphql::Value, serde_json::Error> {
    async_graphql::Value::from_json(operation.variables.get(variable).cloned().unwrap_or_default())
}

fn path(argument: &str, value: &Value) -> String {
    let mut leaves = Vec::new();
    collect(argument.to_owned(), value, &mut leaves);
    let impossible = leaves.iter().find(|(_, leaf)| match leaf {
        Value::String(text) => text.contains('\0'),
        Value::Number(number) => number.as_i64().is_some_and(|n| i32::try_from(n).is_err()),
        _ => false,
    });
    match (impossible, leaves.as_slice()) {
        (Some((path, _)), _) | (None, [(path, _)]) => path.clone(),
        (None, _) => argument.to_owned(),
    }
}

fn collect<'v>(path: String, value: &'v Value, leaves: &mut Vec<(String, &'v Value)>) {
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| collect(format!("{path}.{name}"), value, leaves));
        }
        Value::Array(values) => {
            values.iter().enumerate().for_each(|(at, value)| collect(format!("{path}.{at}"), value, leaves));
        }
        _ => leaves.push((path, value)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_value_that_cannot_be_meant_is_found() {
        for (value, expected) in [
            (json!(1), "filter"),
            (json!({ "year": { "eq": 1 } }), "filter.year.eq"),
            (json!({ "year": { "gte": 1, "lte": 3_000_000_000_i64 } }), "filter.year.lte"),
            (json!({ "name": { "in": ["a", "b\0"] }, "year": { "eq": 1 } }), "filter.name.in.1"),
            (json!({ "name": { "eq": "a" }, "year": { "eq": 1 } }), "filter"),
        ] {
            assert_eq!(path("filter", &value), expected);
        }
    }

    #[test]
    fn the_types_around_a_value_are_not_told() {
        let told =
            r#"Failed to parse "Int": too large (occurred while parsing "IntFilter") (occurred while parsing "X")"#;
        assert_eq!(words(told), "too large");
        assert_eq!(words("anything"), "anything");
    }
}
