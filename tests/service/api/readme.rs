//! The pages for users: each query in them, asked over the seeds, gives the answer that stands below it.

use std::{ops::Range, path::Path};

use clap::CommandFactory;
use hoinghi::config::ServerConfig;
use hoinghi::ingest::{self, Options};
use serde_json::Value;

use super::ask::Server;

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");

/// Where what stands in the fenced blocks of `language` begins and ends.
fn blocks(text: &str, language: &str) -> Vec<Range<usize>> {
    let fence = format!("```{language}\n");
    let ends = |begin: usize| begin + text[begin..].find("\n```").unwrap();
    text.match_indices(&fence).map(|(at, _)| at + fence.len()).map(|begin| begin..ends(begin)).collect()
}

/// An environment variable that writes the answers into the pages instead of comparing: `README_TOUR=write cargo test`.
const WRITE: &str = "README_TOUR";

/// Pages whose queries each have their answer below them.
const PAGES: &[&str] = &["README.md", "README.vi.md", "docs/api.md"];

#[tokio::test]
async fn the_answers_that_stand_below_queries_are_the_servers() {
    let server = Server::empty().await;
    let seeds = [SEEDS.into()];
    ingest::load_paths(&server.database.pool, &seeds, Options::default(), &mut |_| {}).await.unwrap();
    for page in PAGES {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
        let text = std::fs::read_to_string(&path).unwrap();
        let (queries, answers) = (blocks(&text, "graphql"), blocks(&text, "json"));
        assert!(!queries.is_empty() && queries.len() == answers.len(), "{page}: each query has its answer");
        // From the last on, so that writing an answer moves none that is still to come.
        let mut written = text.clone();
        for (query, told) in queries.into_iter().zip(answers).rev() {
            let line = text[..query.start].lines().count() + 1;
            assert!(query.end < told.start, "{page}: the answer to the query of line {line} stands above it");
            let answer = server.data(&text[query]).await;
            if std::env::var_os(WRITE).is_some() {
                written.replace_range(told, &compact(&answer, 0));
            } else {
                let told: Value =
                    serde_json::from_str(&text[told]).unwrap_or_else(|error| panic!("{page}, line {line}: {error}"));
                assert_eq!(answer, told, "{page}: the query of line {line}");
            }
        }
        if written != text {
            std::fs::write(path, written).unwrap();
        }
    }
}

#[tokio::test]
async fn the_scripts_answer_is_the_servers() {
    let text = std::fs::read_to_string(README).unwrap();
    let sent = text.split_once("\n  -d '").unwrap().1;
    let (sent, rest) = sent.split_once('\'').unwrap();
    let told = rest.split_once("It answers `").unwrap().1.split_once('`').unwrap().0;
    let server = Server::empty().await;
    ingest::load_paths(&server.database.pool, &[SEEDS.into()], Options::default(), &mut |_| {}).await.unwrap();
    assert_eq!(server.post(&serde_json::from_str(sent).unwrap()).await.text(), told);
}

#[tokio::test]
async fn what_a_copy_begins_with_is_answered() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/follow.md")).unwrap();
    let (_, rest) = text.split_once("<<'JSON'\n").unwrap();
    let (sent, _) = rest.split_once("\nJSON\n").unwrap();
    let server = Server::empty().await;
    ingest::load_paths(&server.database.pool, &[SEEDS.into()], Options::default(), &mut |_| {}).await.unwrap();
    let answer = server.post(&serde_json::from_str(sent).unwrap()).await.json();
    let page = &answer["data"]["changes"];
    assert_eq!(page["nodes"].as_array().unwrap().len(), 100, "{answer:#}");
    assert!(page["pageInfo"]["endCursor"].is_string() && page["pageInfo"]["hasNextPage"] == true, "{answer:#}");
}

/// JSON for a reader: what fits into a line stands in one.
fn compact(value: &Value, indent: usize) -> String {
    let flat = flat(value);
    let (open, close, items) = match value {
        Value::Object(fields) if flat.chars().count() + indent > 116 => {
            let item = |(name, value): (&String, &Value)| format!("\"{name}\": {}", compact(value, indent + 2));
            ('{', '}', fields.iter().map(item).collect::<Vec<_>>())
        }
        Value::Array(values) if flat.chars().count() + indent > 116 => {
            ('[', ']', values.iter().map(|value| compact(value, indent + 2)).collect())
        }
        _ => return flat,
    };
    let inner = " ".repeat(indent + 2);
    format!("{open}\n{inner}{}\n{}{close}", items.join(&format!(",\n{inner}")), " ".repeat(indent))
}

fn flat(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let fields: Vec<String> =
                fields.iter().map(|(name, value)| format!("\"{name}\": {}", flat(value))).collect();
            format!("{{ {} }}", fields.join(", "))
        }
        Value::Array(values) => format!("[{}]", values.iter().map(flat).collect::<Vec<_>>().join(", ")),
        value => value.to_string(),
    }
}

#[test]
fn every_setting_is_in_the_table() {
    let text = std::fs::read_to_string(README).unwrap();
    for argument in ServerConfig::command().get_arguments() {
        let Some(option) = argument.get_long() else { continue };
        let row = text.lines().find(|line| line.starts_with(&format!("| `--{option}` |")));
        let row = row.unwrap_or_else(|| panic!("--{option} is not in README's table of settings"));
        let variable = argument.get_env().map(|name| format!("`{}`", name.display()));
        assert!(variable.is_none_or(|name| row.contains(&name)), "--{option}: {row}");
        // A default that depends on the machine is described there in words.
        let fixed = argument.get_default_values().iter().filter(|value| !value.to_string_lossy().contains('/'));
        for value in fixed {
            assert!(row.contains(&format!("`{}`", value.display())), "--{option}: {row}");
        }
    }
}
