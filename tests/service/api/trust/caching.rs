//! What may be kept of answers to GET, and for how long it holds.

use hoinghi::{
    access,
    http::{Settings, router},
    ingest::load_extraction,
};

use super::{code, path, send, told};
use crate::api::ask::Server;

const QUERY: &str = "{ documents { totalCount nodes { slug } } }";

#[tokio::test]
async fn an_answer_holds_until_the_data_change() {
    let server = told(Settings::default()).await;
    let asked = path(&[("query", QUERY)]);
    let first = send(&server, &asked, &[], "").await;
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with('"') && first.header("cache-control") == "public, no-cache", "{:?}", first.headers);
    assert!(first.header("vary").contains("accept"), "{:?}", first.headers);

    let has = |tags: &str| vec![("if-none-match", tags.to_owned())];
    for (tags, status) in [
        (has(&tag), 304),
        (has(&format!("W/{tag}")), 304),
        (has(&format!("\"x\", {tag}")), 304),
        (has("\"x\""), 200),
        (has("*"), 200),
        (has(&tag[1..]), 200),
    ] {
        let headers: Vec<(&str, &str)> = tags.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let reply = send(&server, &asked, &headers, "").await;
        assert_eq!(reply.status.as_u16(), status, "{tags:?}");
        assert_eq!((reply.header("etag"), reply.body.is_empty()), (tag.as_str(), status == 304), "{tags:?}");
        assert_eq!(reply.header("cache-control"), "public, no-cache", "{tags:?}");
    }

    // Whatever the answer depends on is in the tag.
    for other in [
        path(&[("query", "{ documents { nodes { slug } totalCount } }")]),
        path(&[("query", QUERY), ("variables", "{\"x\":1}")]),
        path(&[("query", QUERY), ("extensions", "{\"cost\":true}")]),
    ] {
        let reply = send(&server, &other, &[("if-none-match", &tag)], "").await;
        assert_eq!(reply.status.as_u16(), 200, "{other}");
    }
    let graphql = "application/graphql-response+json";
    assert_eq!(send(&server, &asked, &[("if-none-match", &tag), ("accept", graphql)], "").await.status.as_u16(), 200);

    // Once a load is reported done, no copy from before it is good.
    load_one_more(&server).await;
    let after = send(&server, &asked, &[("if-none-match", &tag)], "").await;
    assert_eq!(after.status.as_u16(), 200);
    assert_eq!(after.json()["data"]["documents"]["totalCount"], 2);
    assert_ne!(after.header("etag"), tag);
}

async fn load_one_more(server: &Server) {
    let (source, extraction) = crate::invented::documents().remove(0);
    load_extraction(&server.database.pool, &source, &extraction).await.unwrap();
}

#[tokio::test]
async fn a_tag_is_of_the_very_bytes() {
    let server = told(Settings::default()).await;
    let asked = path(&[("query", "{ __schema { types { name description } } }")]);
    let plain = send(&server, &asked, &[], "").await.header("etag").to_owned();
    for (coding, takes) in [("gzip", "gzip"), ("br", "gzip;q=0.5, br")] {
        let packed = send(&server, &asked, &[("accept-encoding", takes)], "").await;
        assert_eq!(packed.header("content-encoding"), coding);
        let tag = packed.header("etag").to_owned();
        assert_eq!(tag, format!("{}-{coding}\"", plain.trim_end_matches('"')));
        let again = send(&server, &asked, &[("accept-encoding", takes), ("if-none-match", &tag)], "").await;
        assert_eq!((again.status.as_u16(), again.header("etag")), (304, tag.as_str()));
    }
}

#[tokio::test]
async fn what_is_another_thing_next_time_is_not_kept() {
    let mut server = told(Settings::default()).await;
    for (query, code_of) in [
        ("{ rateLimit { cost } documents { totalCount } }", ""),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ node(id: \"x\") { id } }", "BAD_USER_INPUT"),
        ("{", "GRAPHQL_PARSE_FAILED"),
    ] {
        let reply = send(&server, &path(&[("query", query)]), &[], "").await;
        assert_eq!(code(&reply.json()), code_of, "{query}");
        assert_eq!((reply.header("cache-control"), reply.header("etag")), ("no-store", ""), "{query}");
    }
    let posted = send(&server, "/graphql", &[], "{\"query\":\"{ documents { totalCount } }\"}").await;
    assert_eq!((posted.header("cache-control"), posted.header("etag")), ("no-store", ""));

    // With a key, no cache that others share may keep it.
    let settings = Settings { max_age: 60, ..Settings::default() };
    server.router = router(server.database.pool.clone(), settings);
    let key = format!("Bearer {}", access::create(&server.database.pool, "a", None).await.unwrap());
    let asked = path(&[("query", QUERY)]);
    for (headers, expected) in
        [(vec![], "public, max-age=60"), (vec![("authorization", key.as_str())], "private, max-age=60")]
    {
        let reply = send(&server, &asked, &headers, "").await;
        assert_eq!(reply.header("cache-control"), expected);
        assert!(reply.header("vary").contains("authorization"));
    }

    // Without a database nothing is known of what a client has.
    let tag = send(&server, &asked, &[], "").await.header("etag").to_owned();
    server.database.pool.close().await;
    let reply = send(&server, &asked, &[("if-none-match", &tag)], "").await;
    assert_eq!((reply.status.as_u16(), code(&reply.json()), reply.header("etag")), (200, "UNAVAILABLE", ""));
}
