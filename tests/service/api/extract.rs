//! Trying before loading: what `extract` answers, and what it refuses.

use std::fs;

use hoinghi::ingest;
use serde_json::{Value, json};

use super::ask::Server;

const QUERY: &str = "query ($text: String!, $slug: String, $day: Date) { extract(text: $text, slug: $slug, publishedOn: $day) {
  slug title kind publishedOn text
  reports { title kind date partOfDay level venue province { name } reviewYear planYear siteCount { value qualifier }
    attendeeCount { value } organizers { name } coOrganizers { name } evidence { quote start end context contextStart rule }
    participants { kind name roles positions { title organization { name } } site { name } evidence { quote start end context contextStart rule } } }
  tasks { text year assignedBy { name } reportIndex confidence evidence { quote start end context contextStart rule confidence } }
  awards { name grantedBy { name } collectiveCount individualCount workCount year recipients reportIndex confidence
    evidence { quote start end context contextStart rule } }
  directives { code issuedBy { name } issuedOn confidence evidence { quote start end context contextStart rule } }
  figures { value unit qualifier confidence evidence { quote start end context contextStart rule } } } }";

async fn extract(server: &Server, variables: Value) -> Value {
    server.post(&json!({ "query": QUERY, "variables": variables })).await.json()
}

fn code(answer: &Value) -> (&str, &str) {
    let error = &answer["errors"][0];
    (error["extensions"]["code"].as_str().unwrap_or("none"), error["message"].as_str().unwrap_or_default())
}

#[tokio::test]
async fn it_finds_what_loading_would() {
    let server = Server::empty().await;
    let pool = &server.database.pool;
    let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");
    ingest::load_paths(pool, &[seeds.into()], ingest::Options::default(), &mut |_| ()).await.unwrap();
    let before = server.data("{ documents { nodes { slug loadedAt } } tasks { totalCount } }").await;
    let stored = "query ($slug: String!) { document(slug: $slug) { slug title kind publishedOn text
      reports { title kind date partOfDay level venue province { name } reviewYear planYear siteCount { value qualifier }
        attendeeCount { value } organizerNames coOrganizerNames evidence { quote start end context contextStart rule }
        participants { kind name roles positions { title } site { name } evidence { quote start end context contextStart rule } } }
      directives { code issuedOn confidence evidence { quote start end context contextStart rule } }
      figures { value unit qualifier confidence evidence { quote start end context contextStart rule } }
      tasks(first: 100) { nodes { text year assignedBy { name } confidence evidence { quote start end context contextStart rule confidence } } } } }";
    let mut facts = 0;
    for document in before["documents"]["nodes"].as_array().unwrap() {
        let slug = document["slug"].as_str().unwrap();
        let file = fs::read_dir(seeds).unwrap().map(|file| file.unwrap().path());
        let file = file.into_iter().find(|path| path.file_stem().unwrap() == slug).unwrap();
        let text = fs::read_to_string(file).unwrap();
        let mut found = extract(&server, json!({ "text": text, "slug": slug })).await["data"]["extract"].take();
        let asked = json!({ "query": stored, "variables": { "slug": slug } });
        let mut loaded = server.post(&asked).await.json()["data"]["document"].take();
        loaded["tasks"] = loaded["tasks"]["nodes"].take();
        facts += found["tasks"].as_array().unwrap().len() + found["awards"].as_array().unwrap().len();
        for (report, stored) in found["reports"].as_array().unwrap().iter().zip(loaded["reports"].as_array().unwrap()) {
            let names =
                |bodies: &Value| bodies.as_array().unwrap().iter().map(|b| b["name"].clone()).collect::<Vec<_>>();
            assert_eq!(stored["organizerNames"], json!(names(&report["organizers"])), "{slug}");
            assert_eq!(stored["coOrganizerNames"], json!(names(&report["coOrganizers"])), "{slug}");
        }
        strip(&mut found);
        strip(&mut loaded);
        assert_eq!(found, loaded, "{slug}");
    }
    assert!(facts > 10, "{facts}");
    assert_eq!(server.data("{ documents { nodes { slug loadedAt } } tasks { totalCount } }").await, before);
}

/// Takes away what the stored form has under another name or put together from several documents.
fn strip(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(strip),
        Value::Object(fields) => {
            for key in [
                "organizers",
                "coOrganizers",
                "organizerNames",
                "coOrganizerNames",
                "organization",
                "awards",
                "reportIndex",
                "issuedBy",
            ] {
                fields.remove(key);
            }
            fields.values_mut().for_each(strip);
        }
        _ => {}
    }
}

#[tokio::test]
async fn a_text_stands_for_itself() {
    let server = Server::empty().await;
    // An invented meeting.
    let text = "Sáng 12/8, tại hội trường Huyện ủy, UBND huyện Đông Mây tổ chức Hội nghị sơ kết công tác khuyến học. \
        Đồng chí Lường Văn Tơ, Phó Chủ tịch UBND huyện chủ trì hội nghị.";
    let answer = extract(&server, json!({ "text": text, "day": "2022-08-13" })).await;
    let found = &answer["data"]["extract"];
    assert_eq!((&found["slug"], &found["publishedOn"]), (&json!("text"), &json!("2022-08-13")), "{answer}");
    assert_eq!(found["reports"][0]["date"], json!("2022-08-12"));
    let chair = &found["reports"][0]["participants"][0];
    assert_eq!((&chair["name"], &chair["roles"]), (&json!("Lường Văn Tơ"), &json!(["CHAIR"])));
    let undated = extract(&server, json!({ "text": text })).await;
    assert_eq!(undated["data"]["extract"]["reports"][0]["date"], Value::Null);
    // Decomposed and with Windows' line ends: offsets count in `text` as it is answered.
    let decomposed = extract(&server, json!({ "text": "Ho\u{323}\u{302}i nghi\u{323}\r\nThu 12 tỷ đồng." })).await;
    let found = &decomposed["data"]["extract"];
    assert_eq!(found["text"], json!("Hội nghị\nThu 12 tỷ đồng."));
    let place = &found["figures"][0]["evidence"][0];
    assert_eq!((&place["quote"], &place["start"]), (&json!("12 tỷ đồng"), &json!(13)), "{found}");
}

#[tokio::test]
async fn what_cannot_be_read_is_told() {
    let server = Server::empty().await;
    for (variables, says) in [
        (json!({ "text": "" }), "empty"),
        (json!({ "text": "a\u{0}" }), "NUL"),
        (json!({ "text": "---\npublished_on: heute\n---\na" }), "line 2"),
        (json!({ "text": "a", "slug": "a/b" }), "`slug`"),
        (json!({ "text": "a", "slug": "" }), "`slug`"),
        (json!({ "text": "ă".repeat(100_001) }), "100001 characters; 100000"),
    ] {
        let answer = extract(&server, variables).await;
        let (code, message) = code(&answer);
        assert!(code == "BAD_USER_INPUT" && message.contains(says), "{says}: {answer}");
    }
    // The longest that may be, every letter of it escaped, fits into a request.
    let escaped = format!(
        r#"{{ "query": "query ($t: String!) {{ extract(text: $t) {{ kind }} }}", "variables": {{ "t": "{}" }} }}"#,
        "\\u0103".repeat(100_000)
    );
    let request = axum::http::Request::post("/graphql").header("content-type", "application/json");
    let reply = server.request(request.body(escaped.into()).unwrap()).await;
    assert_eq!(reply.json(), json!({ "data": { "extract": { "kind": "OTHER" } } }));
    // Long sentences, each quoted for all of the names in it.
    let syllables = ["An", "Bình", "Dung", "Giang", "Hà", "Lan", "Minh", "Nga", "Oanh", "Phúc"];
    let names = (0..1000)
        .map(|n: usize| format!("ông Lê {} {} {}", syllables[n % 10], syllables[n / 10 % 10], syllables[n / 100]));
    let names = names.collect::<Vec<_>>();
    let lists: Vec<String> = names.chunks(150).map(|some| format!("Dự hội nghị có {}.", some.join(", "))).collect();
    let lists = lists.join(" ");
    let text = format!("Ngày 5/3/2022, Sở Y tế tổ chức Hội nghị tổng kết năm 2021. {lists}");
    let answer = extract(&server, json!({ "text": text })).await;
    let (code, message) = code(&answer);
    assert!(code == "BAD_USER_INPUT" && message.contains("1000000"), "{message} {}", answer.to_string().len());
    // Nine in one request at most.
    let many: Vec<String> = (0..10).map(|n| format!("a{n}: extract(text: \"a\") {{ kind }}")).collect();
    let many = many.join(" ");
    assert_eq!(server.ask(&format!("{{ {many} }}")).await["errors"][0]["extensions"]["code"], "QUERY_TOO_COMPLEX");
}
