//! The queries that the playground opens with, asked about the seeds.

use std::{fs, path::Path};

use hoinghi::ingest::{self, Options};
use serde_json::{Value, json};

use super::{ask::Server, statements::statements};

/// The file, whether an answer tells what the seeds say, and the statements it takes.
type Example = (&'static str, fn(&Value) -> bool, usize);

fn any(list: &Value, what: impl Fn(&Value) -> bool) -> bool {
    list.as_array().is_some_and(|list| list.iter().any(what))
}

fn contains(text: &Value, part: &str) -> bool {
    text.as_str().is_some_and(|text| text.contains(part))
}

const EXAMPLES: &[Example] = &[
    (
        "1-who-chaired",
        |data| {
            any(&data["meetings"]["nodes"][0]["participants"]["nodes"], |participant| {
                participant["name"] == json!("Hồ Trung Việt")
                    && participant["roles"] == json!(["CHAIR"])
                    && contains(&participant["site"]["name"], "Cà Mau")
                    && any(&participant["evidence"], |evidence| contains(&evidence["quote"], "Hồ Trung Việt"))
            })
        },
        1,
    ),
    (
        "2-tasks-for-2022",
        |data| {
            let by = |task: &&Value| task["assignedBy"]["name"] == json!("Nguyễn Trọng Nghĩa");
            data["tasks"]["nodes"].as_array().is_some_and(|tasks| tasks.iter().filter(by).count() == 6)
        },
        2,
    ),
    (
        "3-commended",
        |data| {
            any(&data["awards"]["nodes"], |award| {
                award["collectiveCount"] == json!(36)
                    && award["individualCount"] == json!(12)
                    && contains(&award["grantedBy"]["name"], "Ban Tuyên giáo Trung ương")
                    && any(&award["evidence"], |evidence| contains(&evidence["quote"], "36 tập thể, 12 cá nhân"))
            })
        },
        2,
    ),
    (
        "4-conclusion-57",
        |data| {
            let meeting = &data["meetings"]["nodes"][0];
            meeting["siteCount"] == json!({ "value": 2000, "qualifier": "EXACT" })
                && meeting["attendeeCount"] == json!({ "value": 100_000, "qualifier": "MORE_THAN" })
                && any(&meeting["reports"][0]["document"]["directives"], |act| act["code"] == json!("57-KL/TW"))
        },
        1,
    ),
    (
        "5-one-person-over-the-years",
        |data| {
            let participations = &data["people"]["nodes"][0]["participations"];
            let dates: Vec<_> =
                participations["nodes"].as_array().unwrap().iter().map(|p| &p["meeting"]["date"]).collect();
            dates == [&json!("2023-12-21"), &json!("2023-10-11"), &json!("2021-12-23")]
        },
        2,
    ),
    (
        "6-figures-of-a-year",
        |data| {
            any(&data["documents"]["nodes"][0]["figures"], |figure| {
                // Fragments are shown with what they are of.
                figure["value"] == json!("16238367000") && contains(&figure["evidence"][0]["context"], "nguồn viện trợ")
            })
        },
        3,
    ),
    (
        "7-search",
        |data| {
            any(&data["search"]["nodes"], |hit| {
                contains(&hit["snippet"]["html"], "<mark>thông</mark> <mark>tin</mark>")
                    && contains(&hit["type"], "MEETING")
            })
        },
        5,
    ),
    (
        "8-who-took-part-from",
        |data| {
            let people = data["people"]["nodes"].as_array().unwrap();
            people.len() == 1 && people[0]["name"] == json!("Hồ Trung Việt")
        },
        1,
    ),
    (
        "9-counted",
        |data| {
            let of_2021 = |group: &Value| group["year"] == json!(2021);
            any(&data["awards"]["groups"]["nodes"], |group| {
                of_2021(group) && group["collectives"] == json!({ "sum": 36, "stated": 1 })
            }) && any(&data["meetings"]["groups"]["nodes"], |group| of_2021(group) && group["count"] == json!(1))
        },
        3,
    ),
    (
        "A-what-changed",
        |data| {
            let all = data["changes"]["nodes"].as_array().unwrap();
            all.len() == 6 && all.iter().all(|change| change["operation"] == json!("CREATED"))
        },
        4,
    ),
];

#[tokio::test]
async fn each_answers_something_true_of_the_seeds() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let server = Server::empty().await;
    ingest::load_paths(&server.database.pool, &[top.join("seeds")], Options::default(), &mut |_| {}).await.unwrap();

    let mut files: Vec<_> = fs::read_dir(top.join("playground/examples"))
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    files.sort();
    assert_eq!(files, EXAMPLES.iter().map(|example| example.0).collect::<Vec<_>>(), "each file is tried here");

    let mut counted = Vec::new();
    for (file, is_true, _) in EXAMPLES {
        let query = fs::read_to_string(top.join(format!("playground/examples/{file}.graphql"))).unwrap();
        assert!(query.starts_with("# ") && query.contains("\nquery "), "{file} tells what it asks, and has a name");
        let data = server.data(&query).await;
        assert!(is_true(&data), "{file}\n{data:#}");
        counted.push((*file, statements(&server, &query).await));
    }
    assert_eq!(counted, EXAMPLES.iter().map(|(file, _, expected)| (*file, *expected)).collect::<Vec<_>>());
}
