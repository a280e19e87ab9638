//! How resolution explains itself: every spelling of a name, every field that reports differ on.

use hoinghi::ingest::load_extraction;
use serde_json::{Value, json};

use super::ask::Server;
use crate::invented::{Dice, documents};

const QUERY: &str =
    "{ people(filter: { name: { eq: \"trần giả\" } }) { nodes { name names { name count documents { slug } } } }
  meetings(filter: { date: { eq: \"2030-12-10\" } }) { nodes { reports { document { slug } }
    conflicts { field values { value documents { slug } } } } } }";

fn slugs(documents: &Value) -> Vec<&str> {
    documents.as_array().unwrap().iter().map(|document| document["slug"].as_str().unwrap()).collect()
}

/// Values of a field, each with the slugs of the documents that say it.
type Values<'a> = Vec<(&'a str, Vec<&'a str>)>;

#[tokio::test]
async fn names_and_conflicts_tell_every_value_and_its_documents() {
    let mut all = documents();
    let spelled = &mut all.iter_mut().find(|(source, _)| source.slug == "c-toan-quoc").unwrap().1.meetings[0];
    spelled.participants[0].name = "TRẦN GIẢ".to_owned();
    let mut before = None;
    for seed in 0..2 {
        Dice(seed).shuffle(&mut all);
        let server = Server::empty().await;
        for (source, extraction) in &all {
            load_extraction(&server.database.pool, source, extraction).await.unwrap();
        }
        let data = server.data(QUERY).await;
        assert_eq!(
            data["people"]["nodes"],
            json!([{ "name": "Trần Giả", "names": [
                { "name": "Trần Giả", "count": 2, "documents": [{ "slug": "b-toan-quoc" }, { "slug": "g-khong-ngay" }] },
                { "name": "TRẦN GIẢ", "count": 1, "documents": [{ "slug": "c-toan-quoc" }] },
            ] }])
        );
        let meetings = data["meetings"]["nodes"].as_array().unwrap();
        let (several, alone): (Vec<&Value>, Vec<&Value>) =
            meetings.iter().partition(|meeting| meeting["reports"].as_array().unwrap().len() > 1);
        assert!(!alone.is_empty() && alone.iter().all(|meeting| meeting["conflicts"] == json!([])));
        let conflicts: Vec<(&str, Values)> = several[0]["conflicts"]
            .as_array()
            .unwrap()
            .iter()
            .map(|conflict| {
                let values = conflict["values"].as_array().unwrap().iter();
                let values = values.map(|v| (v["value"].as_str().unwrap(), slugs(&v["documents"])));
                (conflict["field"].as_str().unwrap(), values.collect())
            })
            .collect();
        let (a, b, c) = ("a-toan-quoc", "b-toan-quoc", "c-toan-quoc");
        assert_eq!(conflicts[0].0, "title");
        assert_eq!(conflicts[0].1.iter().map(|(_, slugs)| slugs[0]).collect::<Vec<_>>(), [a, b, c]);
        let expected = vec![
            ("mode", vec![("ONLINE", vec![a, c]), ("HYBRID", vec![b])]),
            ("siteCount", vec![("MORE_THAN 900", vec![a]), ("912", vec![b])]),
        ];
        assert_eq!(conflicts[1..], expected);
        assert_eq!(before.get_or_insert_with(|| data.clone()), &data);
    }
}
