//! What is refused before anything is read, and what goes wrong after: each with its code, and without the database's
//! words.

use std::time::{Duration, Instant};

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use hoinghi::http::{Settings, router};
use serde_json::{Value, json};

use super::{ask::Server, world::Size};
use crate::support;

fn code(answer: &Value) -> &str {
    answer["errors"][0]["extensions"]["code"].as_str().unwrap_or("none")
}

/// A query of `3 * times + 1` fields inside each other.
fn deep(times: usize) -> String {
    let (down, up) = ("tasks(first: 1) { nodes { document { ".repeat(times), " } } }".repeat(times));
    format!("{{ {down} slug {up} }}")
}

#[tokio::test]
async fn every_limit_has_its_code() {
    let server = Server::with(Size { meetings: 1, participants: 1, tasks: 1 }).await;
    let aliases = |n: usize| (0..n).map(|i| format!("a{i}: __typename ")).collect::<Vec<_>>().concat();
    let texts: Vec<String> = (0..10).map(|n| format!("t{n}: text")).collect();
    let texts = texts.join(" ");
    let doubling = (0..30)
        .map(|i| format!("fragment F{i} on Query {{ ...F{} ...F{} }} ", i + 1, i + 1))
        .collect::<Vec<_>>()
        .concat();
    let cases = [
        (String::new(), "GRAPHQL_PARSE_FAILED"),
        ("{".to_owned(), "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }".to_owned(), "GRAPHQL_VALIDATION_FAILED"),
        ("mutation { x }".to_owned(), "GRAPHQL_VALIDATION_FAILED"),
        ("query A { __typename } query B { __typename }".to_owned(), "GRAPHQL_VALIDATION_FAILED"),
        ("query ($id: ID!) { node(id: $id) { id } }".to_owned(), "BAD_USER_INPUT"),
        ("{ meetings(filter: { date: { eq: \"23/12/2021\" } }) { totalCount } }".to_owned(), "BAD_USER_INPUT"),
        (format!("{{ meetings(filter: {{ title: {{ contains: \"{}\" }} }}) {{ totalCount }} }}", "ơ".repeat(1000)), "none"),
        (
            format!("{{ meetings(filter: {{ title: {{ in: [\"a\", \"{}\"] }} }}) {{ totalCount }} }}", "ơ".repeat(1001)),
            "BAD_USER_INPUT",
        ),
        (format!("{{ {} }}", aliases(50)), "none"),
        (format!("{{ {} }}", aliases(51)), "TOO_MANY_ALIASES"),
        (format!("{{ __typename {} }}", "@include(if: true) ".repeat(6)), "TOO_MANY_DIRECTIVES"),
        (
deep(6), "none",
        ),
        (
            deep(7), "QUERY_TOO_DEEP",
        ),
        (format!("{}{}", "{a".repeat(3000), "}".repeat(3000)), "QUERY_TOO_DEEP"),
        (format!("{{ nodes(ids: {}{}) {{ id }} }}", "[".repeat(5000), "]".repeat(5000)), "QUERY_TOO_DEEP"),
        (format!("query ($x: {}Int{}) {{ __typename }}", "[".repeat(5000), "]".repeat(5000)), "QUERY_TOO_DEEP"),
        (format!("{{ __typename # {} \n }}", "x".repeat(16 * 1024)), "QUERY_TOO_LONG"),
        (format!("{{ documents(first: 100) {{ nodes {{ {texts} }} }} }}"), "QUERY_TOO_COMPLEX"),
        (format!("{{ ...F0 }} {doubling} fragment F30 on Query {{ __typename }}"), "QUERY_TOO_COMPLEX"),
        ("{ ...F } fragment F on Query { ...F ...F }".to_owned(), "QUERY_TOO_DEEP"),
        // The schema in circles; once around is enough for every tool.
        ("{ __schema { types { fields { type { fields { name } } } } } }".to_owned(), "none"),
        ("{ __schema { types { fields { type { fields { type { possibleTypes { name } } } } } } } }".to_owned(), "QUERY_TOO_DEEP"),
        (
            "{ a: __type(name: \"Query\") { ...T } } fragment T on __Type { fields { type { ...U } } }
             fragment U on __Type { fields { type { fields { name } } } }"
                .to_owned(),
            "QUERY_TOO_DEEP",
        ),
        (
            "{ meetings(first: 100) { nodes { participants(first: 100) { nodes { name roles kind id meeting { id } } } } } }"
                .to_owned(),
            "QUERY_TOO_COMPLEX",
        ),
        (
            "{ meetings(first: 20) { nodes { participants(first: 20) { nodes { name roles kind positions { title }
               evidence { quote start end document { slug } } } } } } }"
                .to_owned(),
            "none",
        ),
    ];
    for (query, expected) in cases {
        let answer = server.ask(&query).await;
        let short: String = query.chars().take(120).collect();
        assert_eq!(code(&answer), expected, "{short}\n{answer}");
        if expected == "QUERY_TOO_COMPLEX" {
            let told = |name: &str| answer["errors"][0]["extensions"][name].as_u64().unwrap();
            assert!(told("cost") > told("limit"), "{short}\n{answer}");
        }
        if expected != "none" {
            // A value that a field does not take is found when that field is resolved.
            let executed = answer["errors"][0].get("path").is_some();
            assert_eq!(answer.get("data").is_some(), executed, "{short}\n{answer}");
            assert!(!executed || expected == "BAD_USER_INPUT", "{short}\n{answer}");
            let errors = answer["errors"].as_array().unwrap();
            let message = errors[0]["message"].as_str().unwrap();
            assert!(!message.is_empty() && !message.contains('\n'), "{short}\n{answer}");
            assert!(errors.iter().skip(1).all(|error| error["message"] != message), "told twice: {answer}");
        }
    }
}

#[tokio::test]
async fn what_is_no_graphql_is_told_in_a_line_with_its_place() {
    let server = Server::empty().await;
    for (query, message, line, column) in [
        ("{ documents {\n  slug", "this is not GraphQL: expected", 2, 7),
        ("", "this is not GraphQL: expected", 1, 1),
        ("{ a(b: \"= _EOI\nc\") }", "this is not GraphQL: expected", 1, 8),
        ("mutation { x }", "Schema is not configured for mutations.", 1, 1),
    ] {
        let answer = server.ask(query).await;
        let error = &answer["errors"][0];
        assert!(error["message"].as_str().unwrap().starts_with(message), "{answer}");
        assert_eq!(answer["errors"].as_array().unwrap().len(), 1, "{answer}");
        assert_eq!(error["locations"], json!([{ "line": line, "column": column }]), "{answer}");
    }
}

#[tokio::test]
async fn ids_are_checked_and_what_has_none_is_null() {
    let server = Server::with(Size { meetings: 1, participants: 1, tasks: 1 }).await;
    let nobody = "Person:00000000-0000-0000-0000-000000000000";
    let data = server
        .data(&format!(
            "{{ node(id: \"{nobody}\") {{ id }} person(id: \"{nobody}\") {{ id }}
        nodes(ids: [\"{nobody}\"]) {{ id }} document(slug: \"none\") {{ id }} }}"
        ))
        .await;
    assert_eq!(data, json!({ "node": null, "person": null, "nodes": [null], "document": null }));
    for (field, path) in [
        ("node(id: \"\")", json!(["node"])),
        ("node(id: \"Person\")", json!(["node"])),
        ("node(id: \"Nothing:00000000-0000-0000-0000-000000000000\")", json!(["node"])),
        ("node(id: \"Person:00000000000000000000000000000000\")", json!(["node"])),
        ("meeting(id: \"Person:00000000-0000-0000-0000-000000000000\")", json!(["meeting"])),
        ("organization(id: \"1\")", json!(["organization"])),
        ("nodes(ids: [\"1\"])", json!(["nodes", 0])),
    ] {
        let answer = server.ask(&format!("{{ people {{ totalCount }} {field} {{ id }} }}")).await;
        assert_eq!((code(&answer), &answer["errors"][0]["path"]), ("BAD_USER_INPUT", &path), "{field} {answer}");
        assert_eq!(answer["data"]["people"]["totalCount"], json!(1), "the rest is answered: {answer}");
    }
    let many = format!("{{ nodes(ids: [{}]) {{ id }} }}", format!("\"{nobody}\",").repeat(101));
    assert_eq!(code(&server.ask(&many).await), "BAD_USER_INPUT");
}

#[tokio::test]
async fn a_bad_value_is_named_by_its_path() {
    let server = Server::with(Size { meetings: 1, participants: 1, tasks: 1 }).await;
    let asked = [
        (r#"{ meetings(filter: { date: { gte: "23/12/2021" } }) { totalCount } }"#, json!({}), "filter.date.gte"),
        (
            "query ($f: MeetingFilter) { meetings(filter: $f) { totalCount } }",
            json!({ "f": { "date": { "in": ["2021-12-23", "2021-2-3"] } } }),
            "filter.date.in.1",
        ),
        (
            "query ($d: Date) { meetings(filter: { date: { lte: $d } }) { totalCount } }",
            json!({ "d": 1 }),
            "filter.date.lte",
        ),
        ("{ tasks(filter: { year: { eq: 3000000000 } }) { totalCount } }", json!({}), "filter.year.eq"),
        (
            "query ($n: [String!]) { people(filter: { name: { in: $n } }) { totalCount } }",
            json!({ "n": ["a", "b\u{0}"] }),
            "filter.name.in.1",
        ),
        ("{ meetings(filter: { kind: { eq: NONE } }) { totalCount } }", json!({}), "filter.kind.eq"),
        ("{ tasks(first: 101) { totalCount } }", json!({}), "first"),
        ("{ tasks(last: -1) { totalCount } }", json!({}), "last"),
        ("{ tasks(first: \"x\") { totalCount } }", json!({}), "first"),
        ("{ tasks(first: 1, last: 1) { totalCount } }", json!({}), "last"),
        ("{ tasks(after: \"x\") { totalCount } }", json!({}), "after"),
        ("{ nodes(ids: [\"Person:00000000-0000-0000-0000-000000000000\", \"x\"]) { id } }", json!({}), "ids.1"),
        ("{ extract(text: \"\") { tasks { text } } }", json!({}), "text"),
        ("query ($id: ID!) { node(id: $id) { id } }", json!({}), "$id"),
    ];
    for (query, variables, argument) in asked {
        let answer = server.post(&json!({ "query": query, "variables": variables })).await.json();
        let error = &answer["errors"][0];
        assert_eq!(
            (code(&answer), &error["extensions"]["argument"]),
            ("BAD_USER_INPUT", &json!(argument)),
            "{query} {answer}"
        );
        let message = error["message"].as_str().unwrap();
        assert!(!message.contains("Failed to parse") && !message.contains("occurred"), "{message}");
    }
    let answer = server.ask(r#"{ meetings(filter: { date: { gte: "x" } }) { totalCount } }"#).await;
    let told = "`filter.date.gte`: a date is written like 2021-12-23, its year with four digits";
    assert_eq!(answer["errors"][0]["message"], json!(told));
}

#[tokio::test]
async fn what_the_database_says_stays_here() {
    let server = Server::with(Size { meetings: 1, participants: 1, tasks: 1 }).await;
    sqlx::query("ALTER TABLE people RENAME COLUMN name TO gone").execute(&server.database.pool).await.unwrap();
    let answer = server.ask("{ documents { totalCount } participants { nodes { name person { name } } } }").await;
    let error = &answer["errors"][0];
    assert_eq!(code(&answer), "INTERNAL");
    assert_eq!(error["path"], json!(["participants", "nodes", 0, "person"]));
    assert!(error["extensions"]["requestId"].is_string());
    for word in ["column", "name", "people", "SELECT", "42703"] {
        assert!(!error["message"].as_str().unwrap().contains(word), "{error}");
    }
    // What can be answered is.
    assert_eq!(answer["data"]["documents"]["totalCount"], json!(1));
    assert_eq!(answer["data"]["participants"]["nodes"], json!([{ "name": "Lê Văn 1", "person": null }]));
}

#[tokio::test]
async fn a_database_that_is_away_or_slow_is_told_apart() {
    let mut server = Server::with(Size { meetings: 1, participants: 1, tasks: 1 }).await;
    let patient = server.router.clone();
    server.router =
        router(server.database.pool.clone(), Settings { timeout: Duration::from_millis(300), ..Settings::default() });
    let query = "{ documents { totalCount } }";
    let mut lock = server.database.pool.begin().await.unwrap();
    sqlx::query("LOCK TABLE documents").execute(&mut *lock).await.unwrap();
    assert_eq!(code(&server.ask(query).await), "TIMEOUT");
    lock.rollback().await.unwrap();
    server.router = patient;
    assert_eq!(code(&server.ask(query).await), "none");
    server.database.pool.close().await;
    assert_eq!(code(&server.ask(query).await), "UNAVAILABLE");
    // There is a server, but no such database; and one that nobody has migrated is not ready.
    let (address, socket) = server.database.url.split_once('?').unwrap();
    let missing = format!("{}/nothing_here?{socket}", address.rsplit_once('/').unwrap().0);
    for (url, expected) in [(missing, "UNAVAILABLE"), (support::empty_database().await, "INTERNAL")] {
        server.router = router(sqlx::PgPool::connect_lazy(&url).unwrap(), Settings::default());
        assert_eq!(code(&server.ask(query).await), expected, "{url}");
        let ready = server.request(Request::get("/health/ready").body(Body::empty()).unwrap()).await;
        assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE, "{url}");
    }
    // Nobody listens there; that is told long before the pool gives up trying.
    let nobody = sqlx::PgPool::connect_lazy("postgres://somebody@127.0.0.1:1/nothing").unwrap();
    server.router = router(nobody, Settings::default());
    let asked = Instant::now();
    assert_eq!(code(&server.ask(query).await), "UNAVAILABLE");
    assert!(asked.elapsed() < Duration::from_secs(5), "{:?}", asked.elapsed());
}
