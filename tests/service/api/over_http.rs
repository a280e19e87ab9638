//! GraphQL over HTTP, request by request; health; the playground's files.

use super::ask::{Reply, Server};
use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};

const JSON: &str = "application/json";
const GRAPHQL: &str = "application/graphql-response+json";

/// Method, path, content type, Accept, body; then status, media type of the answer, code of its first error.
type Case<'a> = (&'a str, &'a str, &'a str, &'a str, &'a str, u16, &'a str, &'a str);

#[tokio::test]
async fn requests_are_answered_as_the_specification_has_it() {
    let server = Server::empty().await;
    let (ok, bad) = (r#"{"query":"{ __typename }"}"#, r#"{"query":"{ nothing }"}"#);
    let long = format!(r#"{{"query":"{{ __typename }}","variables":{{"x":"{}"}}}}"#, "x".repeat(1_100_000));
    let get = "/graphql?query=%7B__typename%7D";
    let cases: &[Case] = &[
        ("POST", "/graphql", JSON, "", ok, 200, JSON, ""),
        ("POST", "/graphql", JSON, "*/*", ok, 200, JSON, ""),
        ("POST", "/graphql", JSON, GRAPHQL, ok, 200, GRAPHQL, ""),
        ("POST", "/graphql", "application/json; charset=utf-8", JSON, ok, 200, JSON, ""),
        ("POST", "/graphql", JSON, "text/html", ok, 406, JSON, "NOT_ACCEPTABLE"),
        ("POST", "/graphql", "", "", ok, 415, JSON, "UNSUPPORTED_MEDIA_TYPE"),
        ("POST", "/graphql", "text/plain", "", ok, 415, JSON, "UNSUPPORTED_MEDIA_TYPE"),
        ("POST", "/graphql", "application/json; charset=latin1", "", ok, 415, JSON, "UNSUPPORTED_MEDIA_TYPE"),
        (
            "POST",
            "/graphql",
            "application/x-www-form-urlencoded",
            "",
            "query=%7B__typename%7D",
            415,
            JSON,
            "UNSUPPORTED_MEDIA_TYPE",
        ),
        // refused by GraphQL: the status depends on the media type
        ("POST", "/graphql", JSON, JSON, bad, 200, JSON, "GRAPHQL_VALIDATION_FAILED"),
        ("POST", "/graphql", JSON, GRAPHQL, bad, 400, GRAPHQL, "GRAPHQL_VALIDATION_FAILED"),
        ("POST", "/graphql", JSON, JSON, r#"{"query":"{"}"#, 200, JSON, "GRAPHQL_PARSE_FAILED"),
        ("POST", "/graphql", JSON, GRAPHQL, r#"{"query":"{"}"#, 400, GRAPHQL, "GRAPHQL_PARSE_FAILED"),
        // no GraphQL request at all
        ("POST", "/graphql", JSON, "", "", 400, JSON, "BAD_REQUEST"),
        ("POST", "/graphql", JSON, "", "{", 400, JSON, "BAD_REQUEST"),
        ("POST", "/graphql", JSON, "", "\"{ __typename }\"", 400, JSON, "BAD_REQUEST"),
        ("POST", "/graphql", JSON, "", "{}", 400, JSON, "BAD_REQUEST"),
        ("POST", "/graphql", JSON, "", r#"{"query":1}"#, 400, JSON, "BAD_REQUEST"),
        ("POST", "/graphql", JSON, "", r#"{"query":"{ __typename }","operationName":1}"#, 400, JSON, "BAD_REQUEST"),
        ("POST", "/graphql", JSON, "", r#"{"query":"{ __typename }","variables":[]}"#, 400, JSON, "BAD_REQUEST"),
        ("POST", "/graphql", JSON, "", r#"{"query":"{ __typename }","extensions":1}"#, 400, JSON, "BAD_REQUEST"),
        (
            "POST",
            "/graphql",
            JSON,
            "",
            r#"{"query":"{ __typename }","variables":null,"operationName":null}"#,
            200,
            JSON,
            "",
        ),
        ("POST", "/graphql", JSON, "", &format!("[{ok},{ok}]"), 400, JSON, "BATCHING_NOT_SUPPORTED"),
        ("POST", "/graphql", JSON, "", &long, 413, JSON, "PAYLOAD_TOO_LARGE"),
        ("GET", get, "", "", "", 200, JSON, ""),
        ("GET", &format!("{get}&variables=%7B%7D&operationName="), "", GRAPHQL, "", 200, GRAPHQL, ""),
        ("GET", &format!("{get}&variables=x"), "", "", "", 400, JSON, "BAD_REQUEST"),
        ("GET", "/graphql?query=mutation%7Bx%7D", "", GRAPHQL, "", 405, GRAPHQL, "METHOD_NOT_ALLOWED"),
        ("GET", "/graphql", "", "", "", 400, JSON, "BAD_REQUEST"),
        ("PUT", "/graphql", JSON, "", ok, 405, JSON, "METHOD_NOT_ALLOWED"),
        ("DELETE", "/graphql", "", "", "", 405, JSON, "METHOD_NOT_ALLOWED"),
    ];
    for case in cases {
        let (method, path, content_type, accept, body, status, media, code) = *case;
        let mut request = Request::builder().method(Method::from_bytes(method.as_bytes()).unwrap()).uri(path);
        for (name, value) in [("content-type", content_type), ("accept", accept)] {
            if !value.is_empty() {
                request = request.header(name, value);
            }
        }
        let reply = server.request(request.body(Body::from(body.to_owned())).unwrap()).await;
        let told: String = format!("{case:?}").chars().take(200).collect();
        assert_eq!(reply.status.as_u16(), status, "{told} {}", reply.text());
        assert_eq!(reply.header("content-type"), format!("{media}; charset=utf-8"), "{told}");
        let answer = reply.json();
        assert_eq!(answer["errors"][0]["extensions"]["code"].as_str().unwrap_or(""), code, "{told} {answer}");
        assert_eq!(answer.get("data").is_some(), code.is_empty(), "{told} {answer}");
        let allowed = reply.header("allow");
        assert_eq!(allowed.split(", ").any(|known| known == "POST"), status == 405, "{told}");
        assert!(!allowed.contains(method), "{told}");
    }
}

async fn get(server: &Server, path: &str, accept_encoding: &str) -> Reply {
    let request = Request::get(path).header("accept-encoding", accept_encoding);
    server.request(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn health_tells_the_process_from_the_database() {
    let server = Server::empty().await;
    assert_eq!(get(&server, "/health/live", "").await.status, StatusCode::OK);
    assert_eq!(get(&server, "/health/ready", "").await.status, StatusCode::OK);
    server.database.pool.close().await;
    assert_eq!(get(&server, "/health/live", "").await.status, StatusCode::OK);
    assert_eq!(get(&server, "/health/ready", "").await.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn a_browser_that_opens_the_api_is_sent_to_the_playground() {
    let server = Server::empty().await;
    // What Firefox sends; then others who are not meant.
    let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    for (method, path, accept, status) in [
        (Method::GET, "/graphql", browser, 303),
        (Method::GET, "/graphql?query=%7B__typename%7D", browser, 200),
        (Method::GET, "/graphql", JSON, 400),
        (Method::GET, "/graphql", "text/html;q=0, */*", 400),
        (Method::POST, "/graphql", "text/html", 406),
    ] {
        let told = format!("{method} {path} {accept}");
        let request = Request::builder().method(method).uri(path).header("accept", accept);
        let reply = server.request(request.body(Body::empty()).unwrap()).await;
        assert_eq!(reply.status.as_u16(), status, "{told}");
        assert_eq!(reply.header("location"), if status == 303 { "./" } else { "" }, "{told}");
    }
}

#[tokio::test]
async fn the_schema_is_served() {
    let server = Server::empty().await;
    assert_eq!(get(&server, "/schema.graphql", "").await.text(), hoinghi::graphql::sdl());
    let packed = get(&server, "/schema.graphql", "gzip").await;
    assert_eq!(packed.header("content-encoding"), "gzip");
}

#[tokio::test]
async fn the_pages_have_all_they_need_here() {
    let server = Server::empty().await;
    for page in ["/", "/errors"] {
        let page = get(&server, page, "").await;
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        assert!(page.header("content-security-policy").starts_with("default-src 'none'; script-src 'self'"));
        let html = page.text();
        assert!(!html.contains("://"), "the page names another host: {html}");
        let assets: Vec<&str> = html.split('"').filter(|part| part.starts_with("playground/")).collect();
        assert!(assets.len() >= 2, "{html}");
        for asset in assets.into_iter().chain(["playground/LICENSES.txt"]) {
            let path = format!("/{asset}");
            let (plain, packed) = (get(&server, &path, "").await, get(&server, &path, "gzip, br").await);
            assert_eq!((plain.status, plain.header("content-encoding")), (StatusCode::OK, ""), "{path}");
            assert_eq!(packed.header("content-encoding"), "gzip", "{path}");
            assert!(packed.body.len() < plain.body.len(), "{path}");
            assert!(plain.header("cache-control").contains("immutable"), "{path}");
        }
    }
    let errors = get(&server, "/errors.md", "").await;
    assert_eq!(errors.header("content-type"), "text/markdown; charset=utf-8");
    assert!(errors.text().contains("| `BAD_USER_INPUT` |"));
    for path in ["/playground/nothing.js", "/playground/..%2fpackage.json", "/nothing"] {
        assert_eq!(get(&server, path, "").await.status, StatusCode::NOT_FOUND, "{path}");
    }
}
