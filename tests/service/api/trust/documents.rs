//! Queries known before they are sent; several at once.

use std::fs;

use hoinghi::http::{Settings, Trusted};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{code, path, send, told};
use crate::api::ask::Server;

const QUERY: &str = "query Count { documents { totalCount } }";

fn sha256(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}

fn persisted(hash: &str) -> Value {
    json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } })
}

async fn post(server: &Server, body: Value) -> (u16, Value) {
    let reply = server.post(&body).await;
    (reply.status.as_u16(), reply.json())
}

#[tokio::test]
async fn a_query_sent_once_is_known_by_its_hash() {
    let server = told(Settings { persisted_queries: 2, ..Settings::default() }).await;
    let known = persisted(&sha256(QUERY));
    let by_hash = path(&[("extensions", &known.to_string())]);
    // As Apollo's clients go about it: the hash; if that is not known, hash and text; from then on the hash.
    let (status, answer) = post(&server, json!({ "extensions": known })).await;
    assert_eq!((status, code(&answer)), (200, "PERSISTED_QUERY_NOT_FOUND"));
    assert_eq!(answer["errors"][0]["message"], "PersistedQueryNotFound");
    let reply = send(&server, &by_hash, &[("accept", "application/graphql-response+json")], "").await;
    assert_eq!((reply.status.as_u16(), reply.header("cache-control")), (404, "no-store"));
    let (_, answer) = post(&server, json!({ "query": QUERY, "extensions": known })).await;
    assert_eq!(answer["data"]["documents"]["totalCount"], 1);
    for _ in 0..2 {
        let reply = send(&server, &by_hash, &[], "").await;
        assert_eq!(reply.json()["data"]["documents"]["totalCount"], 1);
        assert!(reply.header("etag").starts_with('"'));
    }
    let shouted = persisted(&sha256(QUERY).to_uppercase());
    assert_eq!(post(&server, json!({ "extensions": shouted })).await.1["data"]["documents"]["totalCount"], 1);

    // No room for what is not executed, nor for more than was said.
    let wrong = "{ nothing }";
    post(&server, json!({ "query": wrong, "extensions": persisted(&sha256(wrong)) })).await;
    let (_, answer) = post(&server, json!({ "extensions": persisted(&sha256(wrong)) })).await;
    assert_eq!(code(&answer), "PERSISTED_QUERY_NOT_FOUND");
    for more in ["{ a: __typename }", "{ b: __typename }"] {
        let registered = path(&[("query", more), ("extensions", &persisted(&sha256(more)).to_string())]);
        assert_eq!(code(&send(&server, &registered, &[], "").await.json()), "");
    }
    assert_eq!(code(&send(&server, &by_hash, &[], "").await.json()), "PERSISTED_QUERY_NOT_FOUND");

    for extension in [
        persisted(&sha256("another")),
        json!({ "persistedQuery": { "version": 2, "sha256Hash": sha256(QUERY) } }),
        json!({ "persistedQuery": { "version": 1 } }),
        json!({ "persistedQuery": null }),
    ] {
        let (status, answer) = post(&server, json!({ "query": QUERY, "extensions": extension })).await;
        assert_eq!((status, code(&answer)), (400, "BAD_REQUEST"), "{extension}");
    }

    let without = told(Settings { persisted_queries: 0, ..Settings::default() }).await;
    let (_, answer) = post(&without, json!({ "extensions": known })).await;
    assert_eq!(
        (code(&answer), &answer["errors"][0]["message"]),
        ("PERSISTED_QUERY_NOT_SUPPORTED", &json!("PersistedQueryNotSupported"))
    );
}

#[tokio::test]
async fn trusted_documents_are_known_by_every_form_of_list() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let file = folder.path().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, text).unwrap();
        file
    };
    write("folder/below/Count.graphql", QUERY);
    write("folder/README.md", "not a query");
    let by_id = write("ids.json", &json!({ "Count": QUERY }).to_string());
    let apollo = write(
        "apollo.json",
        &json!({ "format": "apollo-persisted-query-manifest", "version": 1,
                 "operations": [{ "id": "Count", "name": "Count", "type": "query", "body": QUERY }] })
        .to_string(),
    );
    for list in [folder.path().join("folder"), by_id, apollo] {
        let trusted = Trusted::read(&list).unwrap();
        let open = told(Settings { trusted: trusted.clone(), persisted_queries: 0, ..Settings::default() }).await;
        let closed = told(Settings { trusted, trusted_only: true, ..Settings::default() }).await;
        let hash = sha256(QUERY);
        for (body, in_open, in_closed) in [
            (json!({ "documentId": "Count" }), "", ""),
            (json!({ "documentId": hash }), "", ""),
            (json!({ "documentId": format!("sha256:{hash}"), "operationName": "Count" }), "", ""),
            (json!({ "extensions": persisted(&hash) }), "", ""),
            (json!({ "query": QUERY }), "", ""),
            (json!({ "documentId": "Nothing" }), "PERSISTED_DOCUMENT_NOT_FOUND", "PERSISTED_DOCUMENT_NOT_FOUND"),
            (json!({ "documentId": "Count", "query": QUERY }), "BAD_REQUEST", "BAD_REQUEST"),
            (json!({ "query": "{ __typename }", "extensions": persisted(&hash) }), "BAD_REQUEST", "BAD_REQUEST"),
            (json!({ "query": "{ documents { totalCount } }" }), "", "TRUSTED_DOCUMENTS_ONLY"),
            (
                json!({ "query": "{ __typename }", "extensions": persisted(&sha256("{ __typename }")) }),
                "PERSISTED_QUERY_NOT_SUPPORTED",
                "TRUSTED_DOCUMENTS_ONLY",
            ),
            (json!({}), "BAD_REQUEST", "TRUSTED_DOCUMENTS_ONLY"),
        ] {
            for (server, expected) in [(&open, in_open), (&closed, in_closed)] {
                let (_, answer) = post(server, body.clone()).await;
                assert_eq!(code(&answer), expected, "{list:?} {body}");
                if expected.is_empty() {
                    assert_eq!(answer["data"]["documents"]["totalCount"], 1, "{body}");
                }
            }
        }
        let got = send(&closed, &path(&[("documentId", "Count")]), &[], "").await;
        assert_eq!(got.json()["data"]["documents"]["totalCount"], 1);
    }
    write("twice/a/Count.graphql", QUERY);
    write("twice/b/Count.graphql", "{ __typename }");
    write("none/README.md", "nothing");
    write("other.json", "[1]");
    write("no.json", "{");
    write("no-query.json", &json!({ "Bad": "{" }).to_string());
    for (name, told) in [
        ("twice", "called \"Count\""),
        ("none", "no trusted"),
        ("other.json", "manifest"),
        ("no.json", "manifest"),
        ("no-query.json", "\"Bad\" cannot be used: this is not GraphQL"),
        ("gone", "read"),
    ] {
        let error = Trusted::read(&folder.path().join(name)).unwrap_err().to_string();
        assert!(error.contains(told), "{error}");
    }
}

#[tokio::test]
async fn batches_are_answered_where_they_are_allowed() {
    let server = told(Settings { max_batch: 2, ..Settings::default() }).await;
    let one = json!({ "query": "{ __typename }" });
    let (status, answer) = post(&server, json!([one, { "query": 1 }])).await;
    assert_eq!((status, &answer[0]), (200, &json!({ "data": { "__typename": "Query" } })));
    assert_eq!(code(&answer[1]), "BAD_REQUEST");
    for (body, expected) in [
        (json!([one, one, one]), "BATCH_TOO_LARGE"),
        (json!([]), "BAD_REQUEST"),
        (json!([1]), "BAD_REQUEST"),
        (one, ""),
    ] {
        assert_eq!(code(&post(&server, body.clone()).await.1), expected, "{body}");
    }
}
