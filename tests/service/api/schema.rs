//! The schema as clients see it: up to date on disk, described throughout, readable within the limits.

use std::fs;

use serde_json::{Value, json};

use super::{ask::Server, statements::statements, world::Size};

/// What GraphiQL and code generators send first: the whole schema, types nine wrappings deep.
const INTROSPECTION: &str = "query IntrospectionQuery { __schema { description queryType { name kind } mutationType { name kind }
    subscriptionType { name kind } types { ...FullType }
    directives { name description isRepeatable locations args(includeDeprecated: true) { ...InputValue } } } }
  fragment FullType on __Type { kind name description specifiedByURL isOneOf
    fields(includeDeprecated: true) { name description args(includeDeprecated: true) { ...InputValue } type { ...TypeRef }
      isDeprecated deprecationReason }
    inputFields(includeDeprecated: true) { ...InputValue } interfaces { ...TypeRef }
    enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
    possibleTypes { ...TypeRef } }
  fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue isDeprecated deprecationReason }
  fragment TypeRef on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name
    ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } } }";

#[test]
fn schema_graphql_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schema.graphql");
    let on_disk = fs::read_to_string(path).unwrap_or_default();
    assert!(
        on_disk == hoinghi::graphql::sdl(),
        "schema.graphql is not what the code says; write it anew: cargo run --bin schema > schema.graphql"
    );
}

#[tokio::test]
async fn everything_in_it_is_described() {
    let server = Server::empty().await;
    let schema = server.data(INTROSPECTION).await["__schema"].take();
    let (mut silent, mut described) = (Vec::new(), 0);
    let mut look = |path: String, thing: &Value| match thing["description"].as_str() {
        Some(text) if !text.trim().is_empty() => described += 1,
        _ => silent.push(path),
    };
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    for kind in list(&schema["types"]) {
        let name = kind["name"].as_str().unwrap();
        if name.starts_with("__") || ["Boolean", "Float", "ID", "Int", "String"].contains(&name) {
            continue; // the specification's
        }
        look(name.to_owned(), &kind);
        for part in ["fields", "inputFields", "enumValues"] {
            for member in list(&kind[part]) {
                let path = format!("{name}.{}", member["name"].as_str().unwrap());
                for argument in list(&member["args"]) {
                    look(format!("{path}({})", argument["name"].as_str().unwrap()), &argument);
                }
                look(path, &member);
            }
        }
    }
    assert_eq!(silent, Vec::<String>::new(), "without a description");
    assert!(described > 300, "only {described} things were found in the schema");
}

#[tokio::test]
async fn it_is_read_without_the_database() {
    let server = Server::with(Size { meetings: 1, participants: 1, tasks: 1 }).await;
    assert_eq!(statements(&server, INTROSPECTION).await, 0);
}

#[tokio::test]
async fn scalars_say_where_they_are_specified() {
    let data = Server::empty().await.data("{ __type(name: \"Date\") { kind specifiedByURL } }").await;
    assert_eq!(data["__type"]["kind"], json!("SCALAR"));
    assert!(data["__type"]["specifiedByURL"].as_str().unwrap().contains("rfc3339"));
}
