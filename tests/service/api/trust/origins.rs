//! Pages of other sites; request ids; the schema that is not told.

use axum::{
    body::Body,
    http::{HeaderMap, Request},
};
use hoinghi::http::{Origin, Origins, Settings};
use serde_json::json;

use super::{code, send, told};

fn origins(named: &[&str]) -> Origins {
    Origins::new(named.iter().map(|origin| origin.parse().unwrap()).collect())
}

#[tokio::test]
async fn pages_of_other_sites_may_ask_where_they_are_named() {
    let (one, other) = ("https://example.org", "http://localhost:3000");
    for (named, origin, allowed) in [
        (&[][..], one, ""),
        (&[one, other][..], one, one),
        (&[one, other][..], other, other),
        (&[one][..], "https://example.org.evil.example", ""),
        (&["*"][..], one, "*"),
    ] {
        let server = told(Settings { origins: origins(named), ..Settings::default() }).await;
        let asked = send(&server, "/graphql", &[("origin", origin)], r#"{"query":"{ __typename }"}"#).await;
        assert_eq!(asked.header("access-control-allow-origin"), allowed, "{named:?} {origin}");
        let preflight = Request::options("/graphql")
            .header("origin", origin)
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "content-type,authorization");
        let preflight = server.request(preflight.body(Body::empty()).unwrap()).await;
        assert_eq!(preflight.header("access-control-allow-origin"), allowed, "{named:?} {origin}");
        assert_eq!(preflight.header("access-control-allow-headers").contains("authorization"), !named.is_empty());
        assert_eq!(asked.header("access-control-allow-credentials"), "");
        // What opens a WebSocket is not asked for by the browser first.
        let mut headers = HeaderMap::new();
        headers.insert("origin", origin.parse().unwrap());
        assert_eq!(origins(named).allow(&headers), !allowed.is_empty(), "{named:?} {origin}");
    }
    let mut ours = HeaderMap::new();
    assert!(origins(&[]).allow(&ours), "no page at all");
    ours.insert("origin", "http://127.0.0.1:8000".parse().unwrap());
    ours.insert("host", "127.0.0.1:8000".parse().unwrap());
    assert!(origins(&[]).allow(&ours));
    for wrong in ["example.org", "https://example.org/", "https://u@example.org", "null", "", "https://"] {
        assert!(wrong.parse::<Origin>().is_err(), "{wrong}");
    }
}

#[tokio::test]
async fn a_request_keeps_the_name_it_comes_with_if_that_is_one() {
    let server = told(Settings::default()).await;
    let long = "x".repeat(65);
    for (given, kept) in [("abc-1.2_3", true), ("", false), ("a b", false), ("<script>", false), (long.as_str(), false)]
    {
        let reply = send(&server, "/graphql", &[("x-request-id", given)], r#"{"query":"{ __typename }"}"#).await;
        let id = reply.header("x-request-id");
        assert_eq!(id == given, kept, "{given:?} {id:?}");
        assert!(!id.is_empty());
    }
    let missing = send(&server, "/nothing", &[], "").await;
    assert!(missing.status.as_u16() == 404 && !missing.header("x-request-id").is_empty());
    // The same in an error that is our mistake, which is looked up in the log by it.
    sqlx::query("ALTER TABLE documents RENAME COLUMN slug TO gone").execute(&server.database.pool).await.unwrap();
    let asked = r#"{"query":"{ documents { nodes { slug } } }"}"#;
    let reply = send(&server, "/graphql", &[("x-request-id", "mine")], asked).await.json();
    assert_eq!((code(&reply), &reply["errors"][0]["extensions"]["requestId"]), ("INTERNAL", &json!("mine")));
}

#[tokio::test]
async fn the_schema_is_told_only_where_it_may_be() {
    let server = told(Settings { introspection: false, ..Settings::default() }).await;
    for (query, expected) in [
        ("{ __schema { types { name } } }", "INTROSPECTION_DISABLED"),
        ("{ a: __type(name: \"Query\") { name } }", "INTROSPECTION_DISABLED"),
        ("{ ...F } fragment F on Query { ... { __schema { types { name } } } }", "INTROSPECTION_DISABLED"),
        ("{ __typename documents { nodes { __typename } } }", ""),
    ] {
        let answer = server.ask(query).await;
        assert_eq!(code(&answer), expected, "{query} {answer}");
        assert_eq!(answer.get("data").is_none(), !expected.is_empty());
    }
    // Not name by name, either.
    let told_of = server.ask("{ documnts { totalCount } }").await;
    assert!(!told_of["errors"][0]["message"].as_str().unwrap().contains("documents"), "{told_of}");
    assert_eq!(send(&server, "/schema.graphql", &[], "").await.status.as_u16(), 404);
    assert_eq!(send(&server, "/", &[], "").await.status.as_u16(), 200);
}
