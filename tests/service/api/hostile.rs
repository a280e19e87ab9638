//! Whatever a client puts into any argument is answered or refused, never our mistake.

use std::collections::HashSet;

use axum::http::StatusCode;
use futures_util::future::join_all;
use serde_json::{Value, json};

use super::{ask::Server, world::Size};

const ONE: Size = Size { meetings: 1, participants: 1, tasks: 1 };
const ID: &str = "00000000-0000-0000-0000-000000000000";

/// What no argument expects, and what some do.
fn values() -> Vec<Value> {
    let texts = [
        "",
        "\0",
        "a\0b",
        "\u{feff}",
        "\u{fffe}\u{10ffff}",
        "%' OR 1=1; --\\",
        "🙂",
        "Document:",
        "0",
        "+5",
        "-2147483648",
        "99999999999999999999",
        "1e400",
        "NaN",
        "-infinity",
        "infinity",
        "now",
        "epoch",
        "0000-01-01",
        "0001-01-01",
        "9999-12-31",
        "10000-01-01",
        "+10000-01-01",
        "-4800-01-01",
        "-0044-03-15",
        "2021-2-3",
        "2021-02-30",
        "262143-01-01",
        ID,
        "{00000000-0000-0000-0000-000000000000}",
        "urn:uuid:00000000-0000-0000-0000-000000000000",
        "Meeting:00000000-0000-0000-0000-000000000000",
    ];
    let mut values: Vec<Value> = texts.into_iter().map(Value::from).collect();
    values.push("ơ".repeat(20_000).into());
    values.extend([i64::MIN, -2_147_483_649, -1, 0, 1, 100, 101, 2_147_483_647, 2_147_483_648].map(Value::from));
    values.extend([json!(1.5), json!(1e300), json!(true), json!(null), json!([]), json!([null]), json!({})]);
    values
}

/// One value of each type that JSON has: where an object, a list or a word of an enum is needed, one text is as wrong as
/// any other, and they are thousands of such places.
fn shapes() -> Vec<Value> {
    vec![json!("\0"), json!(ID), json!(0), json!(1.5), json!(true), json!(null), json!([]), json!([null]), json!({})]
}

/// Asks, and panics if it was our mistake.
async fn ask(server: &Server, query: &str, variables: Value) {
    let reply = server.post(&json!({ "query": query, "variables": variables })).await;
    let shown = || format!("{query} {}\n{}", variables.to_string().chars().take(300).collect::<String>(), reply.text());
    assert!([StatusCode::OK, StatusCode::BAD_REQUEST].contains(&reply.status), "{}", shown());
    for error in reply.json()["errors"].as_array().unwrap_or(&vec![]) {
        let code = error["extensions"]["code"].as_str().unwrap();
        assert!(["BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"].contains(&code), "{}", shown());
        assert!(code != "BAD_USER_INPUT" || error["extensions"]["argument"].is_string(), "{}", shown());
    }
}

/// A type as a query writes it, and the name inside of it.
fn written(of: &Value) -> (String, String) {
    match of["kind"].as_str().unwrap() {
        "NON_NULL" => (format!("{}!", written(&of["ofType"]).0), written(&of["ofType"]).1),
        "LIST" => (format!("[{}]", written(&of["ofType"]).0), written(&of["ofType"]).1),
        _ => (of["name"].as_str().unwrap().to_owned(), of["name"].as_str().unwrap().to_owned()),
    }
}

/// Wherever a value can stand in one of this type: itself, in each field of an input object, in each list. Input objects
/// lead back to each other, so each one is gone into once, wherever it is `met` first.
fn places(types: &Value, of: &Value, met: &mut HashSet<String>) -> Vec<Place> {
    let mut all: Vec<Place> = vec![Place { is_scalar: of["kind"] == "SCALAR", put: Box::new(Value::clone) }];
    match of["kind"].as_str().unwrap() {
        "NON_NULL" => return places(types, &of["ofType"], met),
        "LIST" => {
            for inner in places(types, &of["ofType"], met) {
                all.push(Place { is_scalar: inner.is_scalar, put: Box::new(move |value| json!([(inner.put)(value)])) });
            }
        }
        "INPUT_OBJECT" if met.insert(of["name"].as_str().unwrap().to_owned()) => {
            let of = types.as_array().unwrap().iter().find(|known| known["name"] == of["name"]).unwrap();
            for field in of["inputFields"].as_array().unwrap() {
                let name = field["name"].as_str().unwrap().to_owned();
                for inner in places(types, &field["type"], met) {
                    let name = name.clone();
                    all.push(Place {
                        is_scalar: inner.is_scalar,
                        put: Box::new(move |value| json!({ &name: (inner.put)(value) })),
                    });
                }
            }
        }
        _ => {}
    }
    all
}

/// Where a value can stand.
struct Place {
    /// Whether texts and numbers are read there.
    is_scalar: bool,
    /// The argument with a value there.
    put: Box<dyn Fn(&Value) -> Value>,
}

#[tokio::test]
async fn no_value_of_any_argument_is_our_mistake() {
    let server = Server::with(ONE).await;
    let wrapped = "kind name ofType { kind name ofType { kind name ofType { kind name } } }";
    let schema = server
        .data(&format!(
            "{{ __schema {{ queryType {{ fields {{ name type {{ {wrapped} }} args {{ name type {{ {wrapped} }} }} }} }}
                types {{ name inputFields {{ name type {{ {wrapped} }} }} }} }} }}"
        ))
        .await;
    let (mut asked, mut met) = (0, HashSet::new());
    for field in schema["__schema"]["queryType"]["fields"].as_array().unwrap() {
        let (_, of) = written(&field["type"]);
        let selection =
            if of.ends_with("Connection") { "totalCount edges { cursor node { __typename } }" } else { "__typename" };
        let arguments = field["args"].as_array().unwrap();
        for argument in arguments {
            let (name, (of, _)) = (argument["name"].as_str().unwrap(), written(&argument["type"]));
            // What else the field needs, so that it is resolved.
            let needed = |other: &&Value| other["type"]["kind"] == "NON_NULL" && other["name"] != argument["name"];
            let other = |other: &Value| format!(", {}: \"x\"", other["name"].as_str().unwrap());
            let others = arguments.iter().filter(needed).map(other).collect::<Vec<_>>().concat();
            let field = field["name"].as_str().unwrap();
            let query = format!("query ($x: {of}) {{ {field}({name}: $x{others}) {{ {selection} }} }}");
            for place in places(&schema["__schema"]["types"], &argument["type"], &mut met) {
                let given = if place.is_scalar { values() } else { shapes() };
                let all = given.iter().map(|value| ask(&server, &query, json!({ "x": (place.put)(value) })));
                asked += join_all(all).await.len();
            }
        }
    }
    assert!(asked > 1000, "{asked} asked");
}

/// As a client might forge one: base64 for URLs, without padding.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let group = |chunk: &[u8]| {
        let bits = chunk.iter().fold(0_usize, |bits, byte| bits << 8 | usize::from(*byte)) << (8 * (3 - chunk.len()));
        let letter = move |i: usize| char::from(LETTERS[bits >> (18 - 6 * i) & 63]);
        (0..=chunk.len()).map(letter).collect::<String>()
    };
    bytes.chunks(3).map(group).collect()
}

#[tokio::test]
async fn no_forged_cursor_is_our_mistake() {
    let server = Server::with(ONE).await;
    let lists = ["documents", "meetings", "participants", "tasks", "awards", "people", "organizations"];
    let keys = values().into_iter().filter(|value| value.is_string() && value.as_str().unwrap().len() < 100);
    let keys: Vec<Value> = keys.collect();
    for list in lists {
        let query = format!("query ($x: String) {{ {list}(after: $x) {{ nodes {{ __typename }} }} }}");
        // A cursor of theirs is taken, so those made here are read as cursors.
        let own = server.data(&format!("{{ {list} {{ pageInfo {{ endCursor }} }} }}")).await;
        assert!(
            own[list]["pageInfo"]["endCursor"]
                .as_str()
                .unwrap()
                .starts_with(&base64(format!("[\"{list}").as_bytes())[..6])
        );
        for first in &keys {
            for key in [vec![first.clone()], vec![first.clone(), ID.into()], vec![ID.into(), first.clone()]] {
                ask(&server, &query, json!({ "x": base64(json!([list, key]).to_string().as_bytes()) })).await;
            }
        }
    }
}

#[tokio::test]
async fn a_nul_or_a_year_out_of_range_is_refused_where_it_stands() {
    let server = Server::with(ONE).await;
    for (field, argument) in [
        (r#"document(slug: "a\u0000b") { id }"#, "slug"),
        (r#"people(filter: { name: { eq: "\u0000" } }) { totalCount }"#, "filter.name.eq"),
        (r#"organizations(filter: { name: { in: ["a", "b\u0000"] } }) { totalCount }"#, "filter.name.in.1"),
        (r#"meetings(filter: { date: { gte: "-4800-01-01" } }) { totalCount }"#, "filter.date.gte"),
        (r#"meetings(filter: { date: { lte: "+10000-01-01" } }) { totalCount }"#, "filter.date.lte"),
    ] {
        let answer = server.ask(&format!("{{ tasks {{ totalCount }} x: {field} }}")).await;
        let error = &answer["errors"][0];
        assert_eq!(error["extensions"]["code"], "BAD_USER_INPUT", "{answer}");
        assert_eq!(error["extensions"]["argument"], argument, "{answer}");
    }
    // The ends of what a date can be are no mistake.
    let ends = r#"{ meetings(filter: { date: { gte: "0000-01-01", lte: "9999-12-31" } }) { totalCount } }"#;
    assert_eq!(server.data(ends).await, json!({ "meetings": { "totalCount": 1 } }));
}
