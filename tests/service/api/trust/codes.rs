//! docs/errors.md: every code stands there and comes about, each with the status that it says, by a real request.

use std::time::Duration;

use axum::{body::Body, http::Request};
use hoinghi::{
    graphql::Code,
    http::{Settings, Trusted},
};
use serde_json::{Value, json};

use super::{ONE, told};
use crate::api::ask::Server;

const TABLE: &str = include_str!("../../../../docs/errors.md");
const JSON: &str = "application/json";
const GRAPHQL: &str = "application/graphql-response+json";

/// What is to come about, whom to ask, a header instead of the usual one, the body.
type Case<'a> = (Code, &'a Server, Option<(&'a str, &'a str)>, String);

/// A code's row: status with either media type.
fn rows() -> Vec<(&'static str, [u16; 2])> {
    let rows = TABLE.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.map(|row| {
        let (code, rest) = row.split_once("` | ").unwrap();
        let (json, graphql) = rest.split(" |").next().unwrap().split_once(" / ").unwrap();
        (code, [json.parse().unwrap(), graphql.parse().unwrap()])
    })
    .collect()
}

#[tokio::test]
async fn every_code_comes_about_as_the_table_says() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = folder.path().join("trusted.json");
    std::fs::write(&manifest, json!({ "Id": "{ __typename }" }).to_string()).unwrap();
    let open = told(Settings::default()).await;
    let narrow = Settings {
        max_batch: 1 + 1,
        persisted_queries: 0,
        introspection: false,
        rate_limit: Some(1),
        ..Settings::default()
    };
    let narrow = told(narrow).await;
    let closed = Settings { trusted: Trusted::read(&manifest).unwrap(), trusted_only: true, ..Settings::default() };
    let closed = told(closed).await;
    let slow = told(Settings { timeout: Duration::from_millis(300), ..Settings::default() }).await;
    let mut lock = slow.database.pool.begin().await.unwrap();
    sqlx::query("LOCK TABLE documents").execute(&mut *lock).await.unwrap();
    let broken = told(Settings::default()).await;
    sqlx::query("ALTER TABLE documents RENAME COLUMN slug TO gone").execute(&broken.database.pool).await.unwrap();
    let away = Server::with(ONE).await;
    away.database.pool.close().await;
    // All that it may use.
    narrow.ask("{ __typename }").await;

    let q = |query: &str| json!({ "query": query }).to_string();
    let hash = json!({ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": "0" } } }).to_string();
    let batch = |n: usize| Value::from(vec![json!({ "query": "{ __typename }" }); n]).to_string();
    let slugs = q("{ documents { nodes { slug } } }");
    let aliases = (0..51).map(|n| format!("a{n}: __typename")).collect::<Vec<_>>().join(" ");
    let (put, form, html) = (("method", "PUT"), ("content-type", "text/plain"), ("accept", "text/html"));
    let nobody = ("authorization", "Bearer nobody");
    let cases: Vec<Case> = vec![
        (Code::BadUserInput, &open, None, q("{ meetings(filter: { date: { eq: \"x\" } }) { totalCount } }")),
        (Code::ParseFailed, &open, None, q("{")),
        (Code::ValidationFailed, &open, None, q("{ nothing }")),
        (
            Code::QueryTooComplex,
            &open,
            None,
            q("{ documents(first: 100) { nodes { tasks(first: 100) { nodes { id text year ordinal } } } } }"),
        ),
        (Code::QueryTooDeep, &open, None, q(&"{a".repeat(100))),
        (Code::QueryTooLong, &open, None, q(&format!("{{ __typename }} #{}", "x".repeat(20_000)))),
        (Code::TooManyAliases, &open, None, q(&format!("{{ {aliases} }}"))),
        (Code::TooManyDirectives, &open, None, q(&format!("{{ __typename {} }}", "@include(if: true) ".repeat(6)))),
        (Code::Timeout, &slow, None, slugs.clone()),
        (Code::Unavailable, &away, None, slugs.clone()),
        (Code::RateLimited, &narrow, None, q("{ __typename }")),
        (Code::Internal, &broken, None, slugs),
        (Code::IntrospectionDisabled, &narrow, None, q("{ __schema { types { name } } }")),
        (Code::BadRequest, &open, None, "{}".to_owned()),
        (Code::NotAcceptable, &open, Some(html), q("{ __typename }")),
        (Code::UnsupportedMediaType, &open, Some(form), q("{ __typename }")),
        (Code::MethodNotAllowed, &open, Some(put), q("{ __typename }")),
        (Code::PayloadTooLarge, &open, None, q(&"x".repeat(1_100_000))),
        (Code::BatchingNotSupported, &open, None, batch(2)),
        (Code::BatchTooLarge, &narrow, None, batch(3)),
        (Code::Unauthenticated, &open, Some(nobody), q("{ __typename }")),
        (Code::PersistedQueryNotFound, &open, None, hash.clone()),
        (Code::PersistedQueryNotSupported, &narrow, None, hash),
        (Code::PersistedDocumentNotFound, &open, None, json!({ "documentId": "x" }).to_string()),
        (Code::TrustedDocumentsOnly, &closed, None, q("{ documents { totalCount } }")),
    ];
    let rows = rows();
    let told: Vec<&str> = rows.iter().map(|(code, _)| *code).collect();
    let known: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(told, known, "the table has every code once, in the order of the program's");
    assert_eq!(cases.iter().map(|case| case.0.as_str()).collect::<Vec<_>>(), known, "each is tried");

    for ((code, server, special, body), (_, statuses)) in cases.into_iter().zip(rows) {
        for (accept, status) in [JSON, GRAPHQL].into_iter().zip(statuses) {
            let mut headers = vec![("method", "POST"), ("content-type", JSON), ("accept", accept)];
            if let Some(special) = special {
                headers.retain(|(name, _)| *name != special.0);
                headers.push(special);
            }
            let mut request = Request::builder().uri("/graphql");
            for (name, value) in headers {
                request = if name == "method" { request.method(value) } else { request.header(name, value) };
            }
            let reply = server.request(request.body(Body::from(body.clone())).unwrap()).await;
            let answer = reply.json();
            assert_eq!((super::code(&answer), reply.status.as_u16()), (code.as_str(), status), "{accept} {answer}");
            assert!(!answer["errors"][0]["message"].as_str().unwrap().is_empty());
        }
    }
}
