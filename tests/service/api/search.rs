//! Search and suggestions: what is found, in which order, and why. All people and bodies are invented.

use hoinghi::{
    domain::{MeetingLevel, ParticipantRole, Span},
    ingest,
};
use serde_json::{Value, json};

use super::ask::Server;
use crate::invented::{award, document, meeting, person, task};

async fn server() -> Server {
    let server = Server::empty().await;
    let mut ceremony = meeting("Lễ trao giải báo chí Hoà Bịa", MeetingLevel::Provincial);
    ceremony.venue = Some("Nhà văn hoá Bến Bịa".to_owned());
    ceremony.organizers = vec!["Đảng ủy Khối Bịa".to_owned()];
    ceremony.participants = vec![
        person("Đặng Thị Mẫu", ParticipantRole::Chair, &["Trưởng ban"], None),
        person("Đặng Thị Mậu", ParticipantRole::Attendee, &["Phó Trưởng ban"], None),
    ];
    let mut other = meeting("Hội nghị bịa <b>tổng kết</b> & triển khai", MeetingLevel::National);
    other.date = other.date.and_then(|day| day.succ_opt());
    other.participants = vec![person("Ngô Văn Nghiêng", ParticipantRole::Chair, &["Giám đốc"], None)];
    let (mut source, mut said) = document("bia-1", vec![ceremony, other]);
    said.tasks = vec![task("đẩy mạnh tuyên truyền biển, đảo", Some("Đặng Thị Mẫu"), Some(0))];
    let mut given = award("Bằng khen", "Đảng ủy Khối Bịa", Some(2), None, Some(0));
    given.recipients = vec!["Báo Bịa Sớm".to_owned(), "Đài Bịa".to_owned()];
    said.awards = vec![given];
    "Chuyện bịa. Đại biểu hoan nghênh bằng của khen nhau. Kết luận số 57-KL/TW nói về báo chí 𝔸."
        .clone_into(&mut source.text);
    let mut at = 0;
    let sentence = |words: &str| {
        let from = at;
        at += u32::try_from(words.chars().count()).unwrap();
        Span::new(from, from + u32::try_from(words.trim_end().chars().count()).unwrap())
    };
    said.sentences = source.text.split_inclusive(". ").map(sentence).collect();
    ingest::load_extraction(&server.database.pool, &source, &said).await.unwrap();
    server
}

/// What is found: type and marked snippet.
async fn found(server: &Server, args: &str) -> Vec<String> {
    let data = server.data(&format!("{{ search({args}) {{ nodes {{ type snippet {{ html }} }} }} }}")).await;
    let hits = data["search"]["nodes"].as_array().unwrap().iter();
    hits.map(|hit| format!("{} {}", hit["type"].as_str().unwrap(), hit["snippet"]["html"].as_str().unwrap())).collect()
}

#[tokio::test]
async fn finds_words_whatever_their_marks_names_first() {
    let server = server().await;
    for (args, expected) in [
        (r#"query: "hoa bia""#, &["MEETING Lễ trao giải báo chí <mark>Hoà</mark> <mark>Bịa</mark>"][..]),
        (r#"query: "ĐẢNG UỶ""#, &["ORGANIZATION <mark>Đảng</mark> <mark>ủy</mark> Khối Bịa"]),
        // just so spelled comes first, otherwise marked behind it
        (
            r#"query: "Đặng Thị Mậu""#,
            &[
                "PERSON <mark>Đặng</mark> <mark>Thị</mark> <mark>Mậu</mark>",
                "PERSON <mark>Đặng</mark> <mark>Thị</mark> <mark>Mẫu</mark>",
            ],
        ),
        (r#"query: "ben bia", types: [MEETING]"#, &["MEETING Nhà văn hoá <mark>Bến</mark> <mark>Bịa</mark>"]),
        // what is typed into a query is no HTML, and no query language
        (
            r#"query: "tong ket b trien""#,
            &[
                "MEETING Hội nghị bịa &lt;<mark>b</mark>&gt;<mark>tổng</mark> <mark>kết</mark>&lt;/<mark>b</mark>&gt; &amp; <mark>triển</mark> khai",
            ],
        ),
        (r#"query: "!tuyen & | (truyen:*)""#, &["TASK đẩy mạnh <mark>tuyên</mark> <mark>truyền</mark> biển, đảo"]),
        (r#"query: "57-kl/tw""#, &["DOCUMENT Kết luận số <mark>57-KL/TW</mark> nói về báo chí 𝔸."]),
        (
            r#"query: "bằng khen", types: [AWARD, DOCUMENT]"#,
            &[
                "AWARD <mark>Bằng</mark> <mark>khen</mark>",
                "DOCUMENT Đại biểu hoan nghênh <mark>bằng</mark> của <mark>khen</mark> nhau.",
            ],
        ),
        (r#"query: "\"bằng khen\"", types: [AWARD, DOCUMENT]"#, &["AWARD <mark>Bằng khen</mark>"]),
        (r#"query: "bia som", types: [AWARD]"#, &["AWARD Báo <mark>Bịa</mark> <mark>Sớm</mark>"]),
        // the last word may be begun, unless a space follows
        (r#"query: "hoan ngh""#, &["DOCUMENT Đại biểu <mark>hoan</mark> <mark>nghênh</mark> bằng của khen nhau."]),
        (r#"query: "hoan ngh ""#, &[]),
        // a name despite a typo
        (r#"query: "Ngo Van Nghieng""#, &["PERSON <mark>Ngô</mark> <mark>Văn</mark> <mark>Nghiêng</mark>"]),
        (r#"query: "Ngo Van Nghien ", types: [PERSON]"#, &["PERSON <mark>Ngô</mark> <mark>Văn</mark> Nghiêng"]),
        (r#"query: "khong co gi nhu the""#, &[]),
        (r#"query: "bang khen", types: [AWARD], filter: { level: { eq: NATIONAL } }"#, &[]),
        (r#"query: "dang thi mau", types: [PERSON], filter: { level: { eq: NATIONAL } }"#, &[]),
        (
            r#"query: "nghieng", types: [PERSON], filter: { level: { eq: NATIONAL } }"#,
            &["PERSON Ngô Văn <mark>Nghiêng</mark>"],
        ),
    ] {
        assert_eq!(found(&server, args).await, expected, "{args}");
    }
}

#[tokio::test]
async fn says_why_and_where() {
    let server = server().await;
    let query = r#"{
      search(query: "ket luan so 57 b", types: [DOCUMENT]) {
        totalCount
        nodes { matched start end score snippet { text highlights { start end } } node { ... on Document { slug text } } }
      }
      alike: search(query: "Ngo Van Nghien ", types: [PERSON]) { nodes { matched start node { id } } }
    }"#;
    let data = server.data(query).await;
    let hit = &data["search"]["nodes"][0];
    assert_eq!((&data["search"]["totalCount"], &hit["matched"]), (&json!(1), &json!(["WORDS", "PREFIX"])));
    let text: Vec<char> = hit["node"]["text"].as_str().unwrap().chars().collect();
    let place = |at: &Value, key: &str| usize::try_from(at[key].as_u64().unwrap()).unwrap();
    let sentence: String = text[place(hit, "start")..place(hit, "end")].iter().collect();
    assert_eq!(json!(sentence), hit["snippet"]["text"]);
    let marked: Vec<String> = hit["snippet"]["highlights"]
        .as_array()
        .unwrap()
        .iter()
        .map(|mark| {
            sentence.chars().skip(place(mark, "start")).take(place(mark, "end") - place(mark, "start")).collect()
        })
        .collect();
    assert_eq!(marked, ["Kết", "luận", "số", "57", "báo"]);
    assert_eq!(data["alike"]["nodes"][0]["matched"], json!(["SIMILAR"]));
    assert_eq!(data["alike"]["nodes"][0]["start"], Value::Null);
}

#[tokio::test]
async fn pages_put_together_are_the_whole() {
    let server = server().await;
    let whole = server.data(r#"{ search(query: "bia ", first: 100) { totalCount nodes { node { id } } } }"#).await;
    let all = whole["search"]["nodes"].as_array().unwrap();
    assert!(all.len() > 4, "{whole}");
    assert_eq!(whole["search"]["totalCount"], json!(all.len()));
    let (mut seen, mut after) = (Vec::new(), "null".to_owned());
    loop {
        let query = format!(
            r#"{{ search(query: "bia ", first: 2, after: {after}) {{
                edges {{ cursor node {{ node {{ id }} }} }} pageInfo {{ hasNextPage hasPreviousPage endCursor }}
            }} }}"#
        );
        let mut page = server.data(&query).await["search"].take();
        assert_eq!(page["pageInfo"]["hasPreviousPage"], json!(!seen.is_empty()));
        seen.extend(page["edges"].as_array().unwrap().iter().map(|edge| edge["node"].clone()));
        if page["pageInfo"]["hasNextPage"] != json!(true) {
            break;
        }
        after = page["pageInfo"]["endCursor"].take().to_string();
    }
    assert_eq!(&seen, all);
}

#[tokio::test]
async fn suggestions_begin_with_what_was_typed_or_hold_it() {
    let server = server().await;
    for (args, expected) in [
        (r#"prefix: "dang""#, json!(["PERSON Đặng Thị Mậu", "PERSON Đặng Thị Mẫu", "ORGANIZATION Đảng ủy Khối Bịa"])),
        (r#"prefix: "thi m""#, json!(["PERSON Đặng Thị Mậu", "PERSON Đặng Thị Mẫu"])),
        (r#"prefix: "dang", types: [ORGANIZATION, TASK]"#, json!(["ORGANIZATION Đảng ủy Khối Bịa"])),
        (r#"prefix: "dang", types: [TASK]"#, json!([])),
        (r#"prefix: "trao giai", first: 1"#, json!(["MEETING Lễ trao giải báo chí Hoà Bịa"])),
        (r#"prefix: " ""#, json!([])),
    ] {
        let data =
            server.data(&format!("{{ suggest({args}) {{ type text highlights {{ start }} node {{ id }} }} }}")).await;
        let mut texts: Vec<String> = data["suggest"]
            .as_array()
            .unwrap()
            .iter()
            .map(|s| format!("{} {}", s["type"].as_str().unwrap(), s["text"].as_str().unwrap()))
            .collect();
        // Two names that differ in nothing but marks stand beside each other by their ids.
        texts.sort_by_key(|text| !text.contains("Mậu"));
        texts.sort_by_key(|text| text.contains("Đảng"));
        assert_eq!(json!(texts), expected, "{args}");
    }
}

#[tokio::test]
async fn refuses_what_has_no_word_or_no_end() {
    let server = server().await;
    let first = server.data(r#"{ search(query: "bia ", first: 1) { pageInfo { endCursor } } }"#).await;
    let cursor = &first["search"]["pageInfo"]["endCursor"];
    let other = format!(r#"{{ search(query: "dang ", after: {cursor}) {{ totalCount }} }}"#);
    for (query, words) in [
        (r#"{ search(query: "") { totalCount } }"#.to_owned(), "no word"),
        (r#"{ search(query: "\"!&|*:") { totalCount } }"#.to_owned(), "no word"),
        (format!(r#"{{ search(query: "{}") {{ totalCount }} }}"#, "a ".repeat(101)), "longer than 200"),
        (r#"{ search(query: "a", types: []) { totalCount } }"#.to_owned(), "`types` is empty"),
        (r#"{ search(query: "a", first: 101) { totalCount } }"#.to_owned(), "from 0 to 100"),
        (r#"{ search(query: "a", after: "x") { totalCount } }"#.to_owned(), "no cursor"),
        (other, "no cursor of this search"),
        (r#"{ suggest(prefix: "a", first: 21) { text } }"#.to_owned(), "from 0 to 20"),
        (r#"{ suggest(prefix: "…") { text } }"#.to_owned(), "no word"),
    ] {
        let answer = server.ask(&query).await;
        let error = &answer["errors"][0];
        assert_eq!(error["extensions"]["code"], json!("BAD_USER_INPUT"), "{query} {answer}");
        assert!(error["message"].as_str().unwrap().contains(words), "{query} {error}");
    }
    // Hostile, but a search all the same.
    for query in ["'; DROP TABLE people --", r"x \\ % _ \u0001", "<-> <2> !!a", "𝔸 中文 Ω", "a:* | b"] {
        server.ask(&format!(r#"{{ search(query: "{query}") {{ nodes {{ score }} }} }}"#)).await["data"]["search"]
            .as_object()
            .unwrap();
    }
}

#[tokio::test]
async fn a_copy_of_an_answer_is_stale_when_other_sentences_are_found_and_no_earlier() {
    let server = server().await;
    let pool = &server.database.pool;
    let version =
        async || sqlx::query_scalar::<_, i64>("SELECT number FROM data_version").fetch_one(pool).await.unwrap();
    let (mut source, mut said) = document("bia-2", vec![]);
    said.sentences = vec![Span::new(0, 11), Span::new(12, 20)];
    ingest::load_extraction(pool, &source, &said).await.unwrap();
    let before = version().await;
    ingest::load_extraction(pool, &source, &said).await.unwrap();
    assert_eq!(version().await, before, "the same sentences");
    said.sentences.pop();
    ingest::load_extraction(pool, &source, &said).await.unwrap();
    let fewer = version().await;
    assert!(fewer > before, "fewer");
    source.text = source.text.to_uppercase();
    ingest::load_extraction(pool, &source, &said).await.unwrap();
    assert!(version().await > fewer, "another text");
}

#[tokio::test]
async fn the_words_of_sentences_are_those_that_the_database_makes_of_them() {
    let server = Server::empty().await;
    let (mut source, mut said) = document("bia-3", vec![]);
    source.text.clear();
    let mut at = 0;
    // Each letter, mark and sign alone, inside a word and at its end; then what words are made of.
    let blocks =
        [0x21..0x250, 0x300..0x370, 0x391..0x3ca, 0x1e00..0x1f00, 0x2000..0x2070, 0x3040..0x3100, 0xff01..0xff5f];
    let all = blocks.into_iter().flatten().filter_map(char::from_u32).map(|c| format!("{c} a{c}b b{c} 1{c}2"));
    let more =
        ["57-KL/TW ngày 15/6/2023", "1e5 12abc abc12 3.14 -7 a_b x@y.z http://a.b/c", "Ở Ho\u{300}a 𝔸 \u{200b} đ"];
    for line in all.chain(more.map(str::to_owned)).chain(["dài ".repeat(20_000), "x".repeat(3_000)]) {
        let end = at + u32::try_from(line.chars().count()).unwrap();
        said.sentences.push(Span::new(at, end));
        source.text.push_str(&line);
        source.text.push('\n');
        at = end + 1;
    }
    let pool = &server.database.pool;
    ingest::load_extraction(pool, &source, &said).await.unwrap();
    let differ: Vec<(String, String, String)> = sqlx::query_as(
        "SELECT left(said, 40), left(words::text, 80), left(search_words(said)::text, 80)
         FROM (SELECT s.*, substr(d.text, start_at + 1, end_at - start_at) AS said
             FROM sentences s JOIN documents d ON d.id = s.document_id) AS s
         WHERE words <> search_words(said) ORDER BY ordinal",
    )
    .fetch_all(pool)
    .await
    .unwrap();
    assert_eq!(differ, []);
}
