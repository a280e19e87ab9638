//! Connections: order, cursors from both ends, what is refused.

use serde_json::{Value, json};

use super::{ask::Server, world::Size};

const WORLD: Size = Size { meetings: 5, participants: 4, tasks: 3 };

/// Every connection: the path to it from the root, with `ARGS` where its arguments go, and how many rows it has.
const CONNECTIONS: &[(&str, &[&str], usize)] = &[
    ("documentsARGS", &["documents"], 5),
    ("meetingsARGS", &["meetings"], 5),
    ("participantsARGS", &["participants"], 20),
    ("tasksARGS", &["tasks"], 15),
    ("awardsARGS", &["awards"], 15),
    ("peopleARGS", &["people"], 4),
    ("organizationsARGS", &["organizations"], 3),
    ("document(slug: \"doc-001\") { tasksARGS", &["document", "tasks"], 3),
    ("document(slug: \"doc-001\") { awardsARGS", &["document", "awards"], 2),
    ("meetings(first: 1) { nodes { participantsARGS", &["meetings", "nodes", "0", "participants"], 4),
    ("meetings(first: 1) { nodes { tasksARGS", &["meetings", "nodes", "0", "tasks"], 3),
    ("meetings(first: 1) { nodes { awardsARGS", &["meetings", "nodes", "0", "awards"], 3),
    ("people(first: 1) { nodes { participationsARGS", &["people", "nodes", "0", "participations"], 5),
];

const PAGE: &str = "{ edges { cursor node { __typename ... on Node { id } } } nodes { id } totalCount
       pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }";

async fn page(server: &Server, (path, keys, _): &(&str, &[&str], usize), args: &str) -> Value {
    let query = path.replace("ARGS", &format!("{args} {PAGE}"));
    let closing = " }".repeat(query.matches('{').count() - query.matches('}').count());
    let mut at = server.data(&format!("{{ {query}{closing} }}")).await;
    for key in *keys {
        at = key.parse::<usize>().map_or_else(|_| at[*key].clone(), |index| at[index].clone());
    }
    at
}

fn ids(page: &Value) -> Vec<String> {
    page["nodes"].as_array().unwrap().iter().map(|node| node["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn pages_from_either_end_put_together_are_the_whole_list() {
    let server = Server::with(WORLD).await;
    for connection in CONNECTIONS {
        let whole = page(&server, connection, "(first: 100)").await;
        let all = ids(&whole);
        assert_eq!(
            (all.len(), whole["totalCount"].as_u64()),
            (connection.2, Some(connection.2 as u64)),
            "{connection:?}"
        );
        assert_eq!(whole["pageInfo"]["hasNextPage"], json!(false));
        for (size, forwards) in [(1, true), (2, true), (1, false), (2, false)] {
            let mut seen: Vec<String> = Vec::new();
            let mut args = if forwards { format!("(first: {size})") } else { format!("(last: {size})") };
            loop {
                let page = page(&server, connection, &args).await;
                let (info, found) = (&page["pageInfo"], ids(&page));
                assert_eq!(info["startCursor"], page["edges"][0]["cursor"], "{connection:?}");
                assert_eq!(info["endCursor"], page["edges"][found.len() - 1]["cursor"], "{connection:?}");
                assert_eq!(info[if forwards { "hasPreviousPage" } else { "hasNextPage" }], json!(!seen.is_empty()));
                let more = if forwards {
                    seen.extend(found);
                    args = format!("(first: {size}, after: {})", info["endCursor"]);
                    info["hasNextPage"] == json!(true)
                } else {
                    seen.splice(0..0, found);
                    args = format!("(last: {size}, before: {})", info["startCursor"]);
                    info["hasPreviousPage"] == json!(true)
                };
                if !more {
                    break;
                }
                assert!(seen.len() < all.len(), "more pages than rows: {connection:?}");
            }
            assert_eq!(seen, all, "{connection:?} by {size}, forwards: {forwards}");
        }
    }
}

#[tokio::test]
async fn a_page_is_refused_with_a_reason() {
    let server = Server::with(WORLD).await;
    let cursor =
        server.data("{ people(first: 1) { pageInfo { endCursor } } }").await["people"]["pageInfo"]["endCursor"]
            .to_string();
    let cases = [
        ("first: -1".to_owned(), "from 0 to 100"),
        ("first: 101".to_owned(), "from 0 to 100"),
        ("last: 101".to_owned(), "from 0 to 100"),
        ("first: 1, last: 1".to_owned(), "not both"),
        ("after: \"\"".to_owned(), "`after` is no cursor"),
        ("after: \"nonsense\"".to_owned(), "`after` is no cursor"),
        ("before: \"bnVsbA\"".to_owned(), "`before` is no cursor"),
        // of another list
        (format!("after: {cursor}"), "`after` is no cursor of this list"),
    ];
    for (args, reason) in cases {
        for (field, path) in [
            (format!("meetings({args}) {{ nodes {{ id }} }}"), json!(["meetings"])),
            (
                format!("people(first: 1) {{ nodes {{ participations({args}) {{ totalCount }} }} }}"),
                json!(["people", "nodes", 0, "participations"]),
            ),
        ] {
            let answer = server.ask(&format!("{{ {field} }}")).await;
            let error = &answer["errors"][0];
            assert_eq!(error["extensions"]["code"], json!("BAD_USER_INPUT"), "{field}: {answer}");
            assert!(error["message"].as_str().unwrap().contains(reason), "{field}: {answer}");
            assert_eq!(error["path"], path, "{field}");
            assert_eq!(answer["data"], Value::Null, "{field}");
        }
    }
}

#[tokio::test]
async fn a_page_without_arguments_has_twenty_rows_and_an_empty_one_no_cursors() {
    let server = Server::with(Size { meetings: 11, participants: 2, tasks: 0 }).await;
    let data = server
        .data(
            "{ participants { nodes { id } totalCount pageInfo { hasNextPage } }
        none: participants(first: 0) { nodes { id } pageInfo { hasNextPage startCursor endCursor } } }",
        )
        .await;
    assert_eq!(data["participants"]["nodes"].as_array().unwrap().len(), 20);
    assert_eq!(data["participants"]["totalCount"], json!(22));
    assert_eq!(data["participants"]["pageInfo"]["hasNextPage"], json!(true));
    assert_eq!(
        data["none"],
        json!({ "nodes": [], "pageInfo": { "hasNextPage": true, "startCursor": null, "endCursor": null } })
    );
}

#[tokio::test]
async fn lists_stand_in_the_order_that_they_say() {
    let server = Server::with(WORLD).await;
    let data = server
        .data(
            "{ meetings { nodes { date } } documents { nodes { slug } } people { nodes { name participations {
             nodes { meeting { date } } } } } document(slug: \"doc-002\") { tasks { nodes { ordinal } } } }",
        )
        .await;
    let dates = json!(["2021-01-04", "2021-01-03", "2021-01-02", "2021-01-01", null]);
    let pluck = |nodes: &Value, key: &[&str]| -> Value {
        nodes.as_array().unwrap().iter().map(|node| key.iter().fold(node, |at, key| &at[*key]).clone()).collect()
    };
    assert_eq!(pluck(&data["meetings"]["nodes"], &["date"]), dates);
    assert_eq!(pluck(&data["people"]["nodes"][1]["participations"]["nodes"], &["meeting", "date"]), dates);
    assert_eq!(
        pluck(&data["documents"]["nodes"], &["slug"]),
        json!(["doc-001", "doc-002", "doc-003", "doc-004", "doc-005"])
    );
    assert_eq!(pluck(&data["people"]["nodes"], &["name"]), json!(["Lê Văn 1", "Lê Văn 2", "Lê Văn 3", "Lê Văn 4"]));
    assert_eq!(pluck(&data["document"]["tasks"]["nodes"], &["ordinal"]), json!([1, 2, 3]));
}
