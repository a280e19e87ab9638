//! Orders, and pages under any order and filter: put together they are what a plain sort of the rows in memory gives.

use std::cmp::Ordering;

use serde_json::{Value, json};

use super::{ask::Server, world::Size};
use crate::invented::Dice;

/// A meeting as far as it is asked about.
#[derive(Clone, Debug)]
struct Row {
    id: String,
    title: &'static str,
    date: Option<String>,
    year: Option<i64>,
    sites: Option<i64>,
}

/// Many equal and many absent values.
async fn rows(server: &Server, dice: &mut Dice) -> Vec<Row> {
    let mut rows = Vec::new();
    for n in 0..40 {
        let row = Row {
            id: format!("Meeting:00000000-0000-4000-8000-{:012x}", dice.roll(1 << 20) * 64 + n),
            title: ["alpha", "Beta", "gamma", "Đelta"][dice.roll(4)],
            date: (dice.roll(3) > 0).then(|| format!("2021-0{}-01", 1 + dice.roll(5))),
            year: (dice.roll(3) > 0).then(|| i64::try_from(2018 + dice.roll(4)).unwrap()),
            sites: (dice.roll(2) > 0).then(|| i64::try_from(dice.roll(1000)).unwrap()),
        };
        let insert = "INSERT INTO meetings (id, title, kind, date, review_year, site_count, site_count_qualifier)
            VALUES ($1::uuid, $2, 'OTHER', $3::date, $4, $5, CASE WHEN $5 IS NOT NULL THEN 'EXACT' END)";
        sqlx::query(insert)
            .bind(row.id.strip_prefix("Meeting:"))
            .bind(row.title)
            .bind(&row.date)
            .bind(row.year)
            .bind(row.sites)
            .execute(&server.database.pool)
            .await
            .unwrap();
        rows.push(row);
    }
    rows
}

/// As the API puts two values in order, absent ones where they are asked to stand.
fn compare<T: Ord>(a: Option<T>, b: Option<T>, descending: bool, nulls_first: bool) -> Ordering {
    let absent = if nulls_first { Ordering::Less } else { Ordering::Greater };
    match (a, b) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => absent,
        (Some(_), None) => absent.reverse(),
        (Some(a), Some(b)) if descending => b.cmp(&a),
        (Some(a), Some(b)) => a.cmp(&b),
    }
}

type Key = (&'static str, bool, bool);

fn in_order(rows: &mut [Row], keys: &[Key]) {
    // A list's own order is the latest first.
    let keys = if keys.is_empty() { &[("DATE", true, false)] } else { keys };
    rows.sort_by(|a, b| {
        let by_keys = keys.iter().map(|&(field, descending, nulls_first)| match field {
            "TITLE" => {
                let folded = |row: &Row| Some(row.title.to_lowercase().replace('đ', "d"));
                compare(folded(a), folded(b), descending, nulls_first)
            }
            "DATE" => compare(a.date.as_ref(), b.date.as_ref(), descending, nulls_first),
            "REVIEW_YEAR" => compare(a.year, b.year, descending, nulls_first),
            _ => compare(a.sites, b.sites, descending, nulls_first),
        });
        let by_id = compare(Some(&a.id), Some(&b.id), keys.last().unwrap().1, false);
        by_keys.chain([by_id]).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    });
}

/// Whether a row is to be found.
type Meets = Box<dyn Fn(&Row) -> bool>;

/// A random filter, and whether a row meets it: what is absent meets no condition, and `not` of that is true.
fn filter(dice: &mut Dice, depth: usize) -> (Value, Meets) {
    let year = i64::try_from(2018 + dice.roll(4)).unwrap();
    let date = format!("2021-0{}-01", 1 + dice.roll(5));
    match dice.roll(if depth == 0 { 5 } else { 8 }) {
        0 => (json!({ "reviewYear": { "eq": year } }), Box::new(move |row| row.year == Some(year))),
        1 => (json!({ "reviewYear": { "ne": year } }), Box::new(move |row| row.year.is_some_and(|it| it != year))),
        2 => (json!({ "date": { "gte": date } }), Box::new(move |row| row.date.as_ref().is_some_and(|it| *it >= date))),
        3 => (json!({ "date": { "lt": date } }), Box::new(move |row| row.date.as_ref().is_some_and(|it| *it < date))),
        4 => (
            json!({ "title": { "contains": "ELTA" }, "siteCount": { "isNull": true } }),
            Box::new(|row| row.title == "Đelta" && row.sites.is_none()),
        ),
        5 => {
            let (inner, meets) = filter(dice, depth - 1);
            (json!({ "not": inner }), Box::new(move |row| !meets(row)))
        }
        which => {
            let parts: Vec<_> = (0..dice.roll(4)).map(|_| filter(dice, depth - 1)).collect();
            let (given, meets): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
            if which == 6 {
                (json!({ "and": given }), Box::new(move |row| meets.iter().all(|meets| meets(row))))
            } else {
                (json!({ "or": given }), Box::new(move |row| meets.iter().any(|meets| meets(row))))
            }
        }
    }
}

#[tokio::test]
async fn pages_of_any_size_from_either_end_are_the_filtered_and_sorted_list() {
    let server = Server::empty().await;
    let mut dice = Dice(7);
    let rows = rows(&server, &mut dice).await;
    let fields = ["TITLE", "DATE", "REVIEW_YEAR", "SITE_COUNT"];
    let query = "query ($first: Int, $after: String, $last: Int, $before: String, $filter: MeetingFilter, $by: [MeetingOrder!]) {
        meetings(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $by) {
          totalCount nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";
    for round in 0..120 {
        let keys: Vec<Key> =
            (0..dice.roll(4)).map(|_| (fields[dice.roll(4)], dice.roll(2) == 0, dice.roll(2) == 0)).collect();
        let by: Vec<Value> = keys
            .iter()
            .map(|(field, descending, first)| {
                let (direction, nulls) =
                    (if *descending { "DESC" } else { "ASC" }, if *first { "FIRST" } else { "LAST" });
                json!({ "field": field, "direction": direction, "nulls": nulls })
            })
            .collect();
        let (given, meets) = filter(&mut dice, 3);
        let mut expected: Vec<Row> = rows.iter().filter(|row| meets(row)).cloned().collect();
        in_order(&mut expected, &keys);
        let expected: Vec<&str> = expected.iter().map(|row| row.id.as_str()).collect();
        let (size, forwards) = (1 + dice.roll(12), dice.roll(2) == 0);
        let (mut seen, mut cursor): (Vec<String>, Value) = (Vec::new(), Value::Null);
        loop {
            let variables = if forwards {
                json!({ "first": size, "after": cursor, "filter": given, "by": by })
            } else {
                json!({ "last": size, "before": cursor, "filter": given, "by": by })
            };
            let reply = server.post(&json!({ "query": query, "variables": variables })).await.json();
            assert!(reply.get("errors").is_none(), "{round}: {variables} {reply}");
            let page = &reply["data"]["meetings"];
            assert_eq!(page["totalCount"], json!(expected.len()), "{round}: {given}");
            let found: Vec<String> =
                page["nodes"].as_array().unwrap().iter().map(|node| node["id"].as_str().unwrap().to_owned()).collect();
            let (more, next) = if forwards { ("hasNextPage", "endCursor") } else { ("hasPreviousPage", "startCursor") };
            if forwards {
                seen.extend(found);
            } else {
                drop(seen.splice(0..0, found));
            }
            cursor = page["pageInfo"][next].clone();
            if page["pageInfo"][more] == json!(false) {
                break;
            }
            assert!(seen.len() <= expected.len(), "more pages than rows: {round} {by:?}");
        }
        assert_eq!(seen, expected, "round {round}, by {by:?}, filter {given}, pages of {size}, forwards: {forwards}");
    }
}

#[tokio::test]
async fn a_cursor_goes_with_its_order() {
    let server = Server::with(Size { meetings: 5, participants: 2, tasks: 1 }).await;
    let cursor = async |order: &str| {
        let query = format!("{{ meetings(first: 2 {order}) {{ pageInfo {{ endCursor }} }} }}");
        server.data(&query).await["meetings"]["pageInfo"]["endCursor"].clone()
    };
    let orders = [
        "",
        "orderBy: [{ field: DATE }]",
        "orderBy: [{ field: DATE, direction: DESC }]",
        "orderBy: [{ field: DATE, nulls: FIRST }]",
        "orderBy: [{ field: TITLE }, { field: DATE }]",
    ];
    for made in orders {
        for used in orders {
            let query = format!("{{ meetings(after: {} {used}) {{ nodes {{ id }} }} }}", cursor(made).await);
            let answer = server.ask(&query).await;
            let refused = answer["errors"][0]["extensions"]["code"] == json!("BAD_USER_INPUT");
            assert_eq!(refused, made != used, "{made} {used} {answer}");
            assert!(!refused || answer["errors"][0]["extensions"]["argument"] == json!("after"), "{answer}");
        }
    }
    let many = "{ meetings(orderBy: [{ field: DATE } { field: DATE } { field: DATE } { field: DATE } { field: DATE } { field: DATE }]) { totalCount } }";
    assert_eq!(server.ask(many).await["errors"][0]["extensions"]["argument"], json!("orderBy"));
}

/// Every connection, also below a parent, takes every order it offers, and pages on in it.
#[tokio::test]
async fn every_list_has_every_order_it_offers() {
    let server = Server::with(Size { meetings: 4, participants: 3, tasks: 3 }).await;
    let offered = server.data("{ __schema { types { name enumValues { name } } } }").await;
    for (kind, lists) in [
        ("Meeting", vec!["meetings(ARGS)"]),
        ("Document", vec!["documents(ARGS)"]),
        ("Person", vec!["people(ARGS)"]),
        ("Organization", vec!["organizations(ARGS)"]),
        (
            "Participant",
            vec![
                "participants(ARGS)",
                "people { nodes { participations(ARGS) } }",
                "meetings { nodes { participants(ARGS) } }",
            ],
        ),
        ("Task", vec!["tasks(ARGS)", "documents { nodes { tasks(ARGS) } }", "meetings { nodes { tasks(ARGS) } }"]),
        ("Award", vec!["awards(ARGS)", "documents { nodes { awards(ARGS) } }", "meetings { nodes { awards(ARGS) } }"]),
    ] {
        let name = format!("{kind}OrderField");
        let fields = offered["__schema"]["types"].as_array().unwrap().iter().find(|of| of["name"] == name).unwrap();
        for field in fields["enumValues"].as_array().unwrap() {
            for direction in ["ASC", "DESC"] {
                for list in &lists {
                    let ask = async |after: &str| {
                        let args = format!(
                            "(first: 2, orderBy: [{{ field: {}, direction: {direction} }}] {after})
                            {{ nodes {{ id }} pageInfo {{ endCursor }} }}",
                            field["name"].as_str().unwrap()
                        );
                        server.data(&format!("{{ {} }}", list.replace("(ARGS)", &args))).await
                    };
                    let first = ask("").await;
                    let end = first.to_string();
                    let end = end.split("\"endCursor\":").nth(1).unwrap().split('}').next().unwrap();
                    ask(&format!("after: {end}")).await;
                }
            }
        }
    }
}

#[tokio::test]
async fn a_participant_that_joins_ahead_of_a_cursor_repeats_nobody() {
    let server = Server::with(Size { meetings: 1, participants: 5, tasks: 0 }).await;
    let page = async |after: &str| {
        let query = format!(
            "{{ meetings {{ nodes {{ participants(first: 2 {after}) {{ nodes {{ name }} pageInfo {{ endCursor }} }} }} }} }}"
        );
        server.data(&query).await["meetings"]["nodes"][0]["participants"].clone()
    };
    let first = page("").await;
    assert_eq!(first["nodes"], json!([{ "name": "Lê Văn 1" }, { "name": "Lê Văn 2" }]));
    for statement in [
        "UPDATE participants SET ordinal = ordinal + 1",
        "INSERT INTO participants (id, meeting_id, kind, name, ordinal, roles)
         SELECT md5('new')::uuid, id, 'GROUP', 'chủ trì mới', 1, '{CHAIR}' FROM meetings",
    ] {
        sqlx::query(statement).execute(&server.database.pool).await.unwrap();
    }
    let after = format!("after: {}", first["pageInfo"]["endCursor"]);
    assert_eq!(page(&after).await["nodes"], json!([{ "name": "Lê Văn 3" }, { "name": "Lê Văn 4" }]));
    // Whoever is gone by then stands where he stood.
    sqlx::query("DELETE FROM participants WHERE name = 'Lê Văn 2'").execute(&server.database.pool).await.unwrap();
    assert_eq!(page(&after).await["nodes"], json!([{ "name": "Lê Văn 3" }, { "name": "Lê Văn 4" }]));
}
