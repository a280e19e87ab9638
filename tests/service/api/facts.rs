//! What the fields say: evidence, ids, filters, values that are not there.

use serde_json::{Value, json};

use super::{ask::Server, world::Size};

const WORLD: Size = Size { meetings: 4, participants: 3, tasks: 3 };

#[tokio::test]
async fn a_quote_is_the_slice_of_the_text_in_code_points() {
    let server = Server::with(WORLD).await;
    let evidence = "evidence { quote start end context contextStart rule document { slug } }";
    let data = server
        .data(&format!(
            "{{ meetings {{ nodes {{ {evidence} reports {{ {evidence} participants {{ {evidence} }} }}
                participants {{ nodes {{ {evidence} }} }} tasks {{ nodes {{ {evidence} }} }} awards {{ nodes {{ {evidence} }} }} }} }}
              documents {{ nodes {{ slug text directives {{ {evidence} }} figures {{ {evidence} }} }} }} }}"
        ))
        .await;
    let documents = data["documents"]["nodes"].as_array().unwrap();
    let mut checked = 0;
    let mut todo = vec![&data];
    while let Some(value) = todo.pop() {
        if let Some(quote) = value.get("quote") {
            let document = documents.iter().find(|d| d["slug"] == value["document"]["slug"]).unwrap();
            let text: Vec<char> = document["text"].as_str().unwrap().chars().collect();
            let place = |key: &str| usize::try_from(value[key].as_u64().unwrap()).unwrap();
            let slice: String = text[place("start")..place("end")].iter().collect();
            let (context, ahead) = (value["context"].as_str().unwrap(), place("start") - place("contextStart"));
            let length = context.chars().count();
            let around: String = text[place("contextStart")..place("contextStart") + length].iter().collect();
            assert_eq!(context, around, "exactly the text's words");
            assert!(
                context.chars().skip(ahead).collect::<String>().starts_with(&slice),
                "{context:?} has {slice:?} at {ahead}"
            );
            assert_eq!(quote, &json!(slice));
            assert_eq!(value["rule"], json!("invented"));
            checked += 1;
        }
        match value {
            Value::Array(values) => todo.extend(values),
            Value::Object(values) => todo.extend(values.values()),
            _ => {}
        }
    }
    // two places for each of: 4 meetings and 4 reports; 12 participants and 12 reports; 12 tasks, acts, figures; and
    // 12 awards, of which every third is reported by nobody (the places of two reports of one are the same)
    assert_eq!(checked, 2 * (4 + 4 + 12 + 12 + 3 * 12 + 8));
}

#[tokio::test]
async fn an_id_leads_back_to_what_has_it() {
    let server = Server::with(WORLD).await;
    let data = server
        .data("{ documents(first: 1) { nodes { id directives { id } } } meetings(first: 1) { nodes { id } }
             participants(first: 1) { nodes { id } } people(first: 1) { nodes { id } }
             organizations(first: 1) { nodes { id } } tasks(first: 1) { nodes { id } } awards(first: 1) { nodes { id } } }")
        .await;
    let mut ids = vec![(data["documents"]["nodes"][0]["directives"][0]["id"].clone(), "Directive")];
    for (list, kind) in [
        ("documents", "Document"),
        ("meetings", "Meeting"),
        ("participants", "Participant"),
        ("people", "Person"),
        ("organizations", "Organization"),
        ("tasks", "Task"),
        ("awards", "Award"),
    ] {
        ids.push((data[list]["nodes"][0]["id"].clone(), kind));
    }
    for (id, kind) in &ids {
        let data = server.data(&format!("{{ node(id: {id}) {{ id __typename }} }}")).await;
        assert_eq!(data["node"], json!({ "id": id, "__typename": kind }));
    }
    let list: Vec<String> = ids.iter().map(|(id, _)| id.to_string()).collect();
    let data = server.data(&format!("{{ nodes(ids: [{}]) {{ id }} }}", list.join(","))).await;
    let expected: Vec<Value> = ids.iter().map(|(id, _)| json!({ "id": id })).collect();
    assert_eq!(data["nodes"], json!(expected));
}

#[tokio::test]
async fn a_filter_leaves_what_meets_all_of_it() {
    let server = Server::with(WORLD).await;
    for (list, filter, expected) in [
        ("meetings", "date: { eq: \"2021-01-02\" }", 1),
        ("meetings", "date: { gte: \"2021-01-02\" }", 2),
        ("meetings", "date: { gte: \"2021-01-02\", lte: \"2021-01-02\" }", 1),
        ("meetings", "date: { in: [\"2021-01-01\", \"2021-01-03\"] }", 2),
        ("meetings", "date: { in: [] }", 0),
        ("meetings", "level: { eq: NATIONAL }, kind: { in: [CONFERENCE, OTHER] }, reviewYear: { eq: 2020 }", 4),
        ("meetings", "level: { eq: DISTRICT }", 0),
        ("meetings", "planYear: { gte: 2022 }", 0),
        ("participants", "roles: { eq: CHAIR }", 4),
        ("participants", "roles: { in: [CHAIR, ATTENDEE] }", 12),
        ("participants", "roles: { in: [SPEAKER] }, kind: { eq: PERSON }", 4),
        ("participants", "kind: { eq: GROUP }", 0),
        ("tasks", "year: { eq: 2022 }", 4),
        ("awards", "year: { lte: 2019 }", 0),
        ("people", "name: { eq: \"LÊ VĂN 2\" }", 1),
        ("people", "name: { eq: \"'; DROP TABLE people; --\" }", 0),
        ("organizations", "name: { in: [\"Sở số 1\", \"Sở số 2\"] }", 2),
        ("documents", "kind: { eq: ACTIVITY_REPORT }", 0),
        ("documents", "", 4),
    ] {
        let field = format!("{list}(filter: {{ {filter} }}) {{ totalCount nodes {{ id }} }}");
        let data = server.data(&format!("{{ {field} }}")).await;
        assert_eq!(data[list]["totalCount"], json!(expected), "{field}");
        assert_eq!(data[list]["nodes"].as_array().unwrap().len(), expected, "{field}");
    }
    // below a list, too
    let data = server
        .data("{ meetings { nodes { participants(filter: { roles: { eq: CHAIR } }) { totalCount nodes { name site { name } } } } } }")
        .await;
    for meeting in data["meetings"]["nodes"].as_array().unwrap() {
        let chair = json!({ "totalCount": 1, "nodes": [{ "name": "Lê Văn 1", "site": null }] });
        assert_eq!(meeting["participants"], chair);
    }
}

#[tokio::test]
async fn values_have_the_form_that_their_scalars_say() {
    let server = Server::with(WORLD).await;
    let data = server
        .data("{ document(slug: \"doc-001\") { publishedOn publisher url loadedAt figures { value qualifier } directives { code
             issuedBy { name } issuedOn } reports { meeting { siteCount { value qualifier } attendeeCount { value }
             province { code name } sites { name province { name } } organizers { name province { code } } } partOfDay } } }")
        .await;
    let document = &data["document"];
    assert_eq!(document["publishedOn"], json!("2021-02-01"));
    assert_eq!(document["url"], Value::Null);
    assert!(document["loadedAt"].as_str().unwrap().ends_with('Z'));
    assert_eq!(document["figures"][0], json!({ "value": "1.5", "qualifier": "ABOUT" }));
    let act = json!({ "code": "1-KL/TW", "issuedBy": { "name": "Sở số 3" }, "issuedOn": "2020-05-06" });
    assert_eq!(document["directives"][0], act);
    assert_eq!(document["reports"][0]["partOfDay"], Value::Null);
    let meeting = &document["reports"][0]["meeting"];
    assert_eq!(meeting["siteCount"], json!({ "value": 2000, "qualifier": "MORE_THAN" }));
    assert_eq!(meeting["attendeeCount"], Value::Null);
    assert_eq!(meeting["province"], json!({ "code": "96", "name": "Cà Mau" }));
    assert_eq!(meeting["sites"][0]["province"]["name"], json!("Cà Mau"));
    assert_eq!(meeting["organizers"], json!([{ "name": "Sở số 1", "province": { "code": "96" } }]));
}

#[tokio::test]
async fn facts_are_as_sure_as_their_rules_and_lists_can_be_narrowed_by_that() {
    let server = Server::empty().await;
    let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");
    let options = hoinghi::ingest::Options::default();
    hoinghi::ingest::load_paths(&server.database.pool, &[seeds.into()], options, &mut |_| ()).await.unwrap();
    for list in ["tasks", "awards", "participants"] {
        let nodes = "totalCount nodes { id confidence evidence { rule confidence } }";
        let ask = async |filter: &str| {
            let field = format!("{list}(first: 100, filter: {{ {filter} }}) {{ {nodes} }}");
            server.data(&format!("{{ {field} }}")).await[list].take()
        };
        let all = ask("").await;
        let sure = |node: &Value| node["confidence"].as_f64().unwrap();
        for node in all["nodes"].as_array().unwrap() {
            for place in node["evidence"].as_array().unwrap() {
                assert_eq!(place["confidence"].as_f64(), hoinghi::extract::confidence(place["rule"].as_str().unwrap()));
                assert!(place["confidence"].as_f64().unwrap() <= sure(node), "{node}");
            }
        }
        let mut values: Vec<f64> = all["nodes"].as_array().unwrap().iter().map(sure).collect();
        values.sort_by(f64::total_cmp);
        let middle = values[values.len() / 2];
        for (filter, holds) in [
            (format!("confidence: {{ gte: {middle} }}"), &(|c| c >= middle) as &dyn Fn(f64) -> bool),
            (format!("confidence: {{ lte: {middle} }}"), &|c| c <= middle),
            (format!("confidence: {{ gte: {middle}, lte: {middle} }}"), &|c| (c - middle).abs() < 1e-12),
            ("confidence: { gte: 1 }".to_owned(), &|_| false),
            ("confidence: { gte: 0 }".to_owned(), &|_| true),
        ] {
            let found = ask(&filter).await;
            let expected: Vec<&Value> =
                all["nodes"].as_array().unwrap().iter().filter(|node| holds(sure(node))).collect();
            assert_eq!(found["nodes"].as_array().unwrap().iter().collect::<Vec<_>>(), expected, "{list} {filter}");
            assert_eq!(found["totalCount"], json!(expected.len()), "{list} {filter}");
        }
    }
    // The invented rows name a rule that there is not.
    let other = Server::with(WORLD).await;
    let data = other
        .data("{ tasks(filter: { confidence: { gte: 0 } }) { totalCount } awards { nodes { confidence } } }")
        .await;
    assert_eq!(data["tasks"]["totalCount"], json!(0));
    assert_eq!(data["awards"]["nodes"][0]["confidence"], Value::Null);
}
