//! docs/http.md: every request in it, sent to a server over the seeds, gets the answer that stands below it.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::Request,
};
use hoinghi::{
    access,
    http::{Origins, Settings, Trusted, router},
    ingest::{self, Options},
};
use serde_json::Value;
use sqlx::PgPool;
use tower::ServiceExt;

use super::Hands;
use crate::support;

const PAGE: &str = include_str!("../../../../docs/http.md");
const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");

/// A request or an answer: its first line, its headers, its body.
struct Message<'a> {
    first: &'a str,
    headers: Vec<(&'a str, &'a str)>,
    body: &'a str,
}

impl<'a> Message<'a> {
    fn read(text: &'a str) -> Self {
        let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
        let (first, headers) = head.split_once('\n').unwrap_or((head, ""));
        Self { first, headers: headers.lines().map(|line| line.split_once(": ").unwrap()).collect(), body }
    }
}

/// What a server is started with, as the page names it.
fn settings(options: &str) -> Settings {
    // Time stands still, so that what is left of a budget does not depend on how long anything takes.
    let settings = Settings { clock: Hands::new().clock(), ..Settings::default() };
    match options {
        "" => settings,
        "--max-batch" => Settings { max_batch: 10, ..settings },
        "--rate-limit" => Settings { rate_limit: Some(60), ..settings },
        "--require-api-key" => Settings { require_api_key: true, ..settings },
        "--cors-origin" => Settings { origins: Origins::new(vec!["https://example.org".parse().unwrap()]), ..settings },
        "--trusted-only" => {
            let manifest = tempfile::NamedTempFile::new().unwrap();
            let text = PAGE.split_once("```json\n").unwrap().1.split_once("\n```").unwrap().0;
            std::fs::write(manifest.path(), text).unwrap();
            Settings { trusted: Trusted::read(manifest.path()).unwrap(), trusted_only: true, ..settings }
        }
        other => panic!("what is a server like that is started with {other}?"),
    }
}

/// Whether it is what the page has, where `…` stands for anything.
fn is_like(found: &str, told: &str) -> bool {
    match told.split_once('…') {
        Some((before, after)) => found.starts_with(before) && found.ends_with(after),
        None => found == told,
    }
}

fn body_is_like(found: &Value, told: &Value) -> bool {
    match (found, told) {
        (_, Value::String(any)) if any == "…" => true,
        (Value::Object(found), Value::Object(told)) => {
            found.len() == told.len()
                && told.iter().all(|(name, told)| found.get(name).is_some_and(|found| body_is_like(found, told)))
        }
        (Value::Array(found), Value::Array(told)) => {
            found.len() == told.len() && found.iter().zip(told).all(|(found, told)| body_is_like(found, told))
        }
        _ => found == told,
    }
}

/// As a client sends it; the page shows it as it is meant.
fn encoded(path: &str) -> String {
    let encode = |c: char| {
        if "{}\" ".contains(c) { format!("%{:02X}", u32::from(c)) } else { c.to_string() }
    };
    path.chars().map(encode).collect::<Vec<_>>().concat()
}

async fn exchange(router: &Router, request: &Message<'_>, told: &Message<'_>, key: &str, tag: &mut String) {
    let (method, path) = request.first.split_once(' ').unwrap();
    let mut sent = Request::builder().method(method).uri(encoded(path));
    for (name, value) in &request.headers {
        sent = sent.header(*name, value.replace("KEY", key).replace("\"…\"", tag));
    }
    let reply = router.clone().oneshot(sent.body(Body::from(request.body.to_owned())).unwrap()).await.unwrap();
    let shown = format!("{} {:?}", request.first, request.body);
    assert_eq!(format!("HTTP/1.1 {}", reply.status()), told.first, "{shown}");
    for (name, value) in &told.headers {
        let found = reply.headers().get(*name).map_or("", |found| found.to_str().unwrap());
        assert!(is_like(found, value), "{shown}\n{name}: {found}");
    }
    if let Some(new) = reply.headers().get("etag") {
        new.to_str().unwrap().clone_into(tag);
    }
    let body = to_bytes(reply.into_body(), usize::MAX).await.unwrap();
    if told.body.is_empty() {
        assert!(body.is_empty(), "{shown}");
    } else {
        let (found, told): (Value, Value) =
            (serde_json::from_slice(&body).unwrap(), serde_json::from_str(told.body).unwrap());
        assert!(body_is_like(&found, &told), "{shown}\n{found:#}");
    }
}

async fn with_seeds() -> PgPool {
    let pool = support::database().await.pool;
    ingest::load_paths(&pool, &[SEEDS.into()], Options::default(), &mut |_| {}).await.unwrap();
    pool
}

#[tokio::test]
async fn the_exchanges_of_the_page_are_the_servers() {
    let pool = with_seeds().await;
    let key = access::create(&pool, "newsroom", None).await.unwrap();
    let blocks: Vec<(&str, Message)> = PAGE
        .split("```http")
        .skip(1)
        .map(|block| {
            let (options, text) = block.split_once("\n```").unwrap().0.split_once('\n').unwrap();
            (options.trim(), Message::read(text))
        })
        .collect();
    assert!(blocks.len() > 20 && blocks.len().is_multiple_of(2));
    // Servers that are started alike are one, so that what was sent before is known.
    let mut servers: Vec<(&str, Router)> = Vec::new();
    let mut tag = String::new();
    for pair in blocks.chunks(2) {
        let [(options, request), (_, told)] = pair else { unreachable!() };
        if !servers.iter().any(|(known, _)| known == options) {
            servers.push((options, router(pool.clone(), settings(options))));
        }
        let (_, server) = servers.iter().find(|(known, _)| known == options).unwrap();
        exchange(server, request, told, &key, &mut tag).await;
    }
}
