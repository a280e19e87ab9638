//! What keeps the house tidy and no compiler checks: who may name whom, where SQL lives, how a file opens, how long
//! it is, and that nothing names a place on somebody's machine.
//!
//! Each rule is a function from a file to what is wrong with it, so that the last test can show every one of them
//! finding something.

// A test that panics fails, which is what unwrap and friends are for here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod names;
mod rules;

use std::fs;
use std::path::Path;

/// Who may use whom, and nothing else; the table of ARCHITECTURE.md. Every room under `src` stands here.
const MAY_USE: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("config", &[]),
    ("program", &[]),
    ("document", &["domain"]),
    ("extract", &["domain", "document"]),
    ("explain", &["domain", "extract"]),
    ("resolve", &["domain"]),
    ("store", &["domain"]),
    ("access", &["store"]),
    ("ingest", &["domain", "document", "extract", "resolve", "store"]),
    ("graphql", &["domain", "document", "extract", "store", "access"]),
    ("http", &["access", "graphql", "store"]),
    ("postgres", &["domain"]),
];

/// Longer than this, a file is a room with too many people in it.
const LINES: usize = 400;

/// What only `src/store` may write. Pieces of statements stand in capitals there, so prose is not meant.
const SQL: &[&str] = &[
    "sqlx::query",
    "QueryBuilder",
    "\"SELECT ",
    "\"INSERT INTO ",
    "\"UPDATE ",
    "\"DELETE FROM ",
    "\"WITH ",
    "\"CREATE ",
    "\"ALTER ",
    "\"DROP ",
    "\"TRUNCATE ",
];

/// A file of the project, by its path from the top.
struct File {
    path: String,
    text: String,
}

impl File {
    /// The room of `src` it belongs to: its folder or, at the top, its stem. `None` for binaries, `lib.rs` and tests.
    fn room(&self) -> Option<&str> {
        let inside = self.path.strip_prefix("src/")?;
        let first = inside.split('/').next()?;
        let room = first.strip_suffix(".rs").unwrap_or(first);
        (!["main", "lib", "bin"].contains(&room)).then_some(room)
    }
}

/// A rule: what is wrong with a file, in words, or nothing.
type Rule = fn(&File) -> Vec<String>;

fn names_only_what_stands_below(file: &File) -> Vec<String> {
    let Some(room) = file.room() else { return Vec::new() };
    let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == room) else {
        return vec![format!("the room `{room}` is not in the table of who may use whom")];
    };
    let rooms: Vec<&str> = MAY_USE.iter().map(|(name, _)| *name).collect();
    names::rooms_named(&file.path, &file.text, &rooms)
        .into_iter()
        .filter(|named| named != room && !allowed.contains(&named.as_str()))
        .map(|named| format!("`{room}` may not use `{named}`"))
        .collect()
}

fn leaves_sql_to_the_store(file: &File) -> Vec<String> {
    if !file.path.starts_with("src/") || file.room() == Some("store") {
        return Vec::new();
    }
    let code = names::without_comments(&file.text);
    SQL.iter().filter(|piece| code.contains(**piece)).map(|piece| format!("SQL outside src/store: {piece}")).collect()
}

fn opens_with_its_purpose(file: &File) -> Vec<String> {
    if file.text.starts_with("//! ") {
        Vec::new()
    } else {
        vec!["does not open with //! and what it is for".to_owned()]
    }
}

fn is_short(file: &File) -> Vec<String> {
    let lines = file.text.lines().count();
    if lines <= LINES { Vec::new() } else { vec![format!("has {lines} lines, more than {LINES}")] }
}

/// There may be less before a position than a rule would look at: `doc.key(at - 2)`.
fn looks_back_safely(file: &File) -> Vec<String> {
    if file.room() != Some("extract") {
        return Vec::new();
    }
    let asks = |line: &str| {
        ["doc.key(", "doc.before(", "doc.reads(", "doc.tokens.get("].iter().any(|ask| {
            let asked = line.split(ask).skip(1).filter_map(|rest| rest.split([',', ')']).next());
            asked.into_iter().any(|position| position.contains(" - "))
        })
    };
    let lines = file.text.lines().zip(1..).filter(|(line, _)| asks(line));
    lines.map(|(_, at)| format!("line {at} takes from a position: ask Doc::back or Doc::reads_before")).collect()
}

fn names_no_place_of_a_machine(file: &File) -> Vec<String> {
    // In pieces, so that this file does not name one.
    [["/ho", "me/"], ["/ro", "ot/"], ["/Use", "rs/"], ["/wo", "rk/"], ["C:\\", "Users"]]
        .map(|pieces| pieces.concat())
        .into_iter()
        .filter(|place| {
            // Behind a name it is a path inside of something; a machine's begins there.
            let begins = |at: usize| !file.text[..at].ends_with(|c: char| c.is_alphanumeric() || "._-}".contains(c));
            // Homebrew's folder on Linux is the same on every machine.
            let shared = |at: usize| file.text[at + place.len()..].starts_with("linuxbrew/");
            file.text.match_indices(place).any(|(at, _)| begins(at) && !shared(at))
        })
        .map(|place| format!("names a place of one machine: {place}"))
        .collect()
}

/// Rules for every `.rs` file, then the ones for every text of the project.
const RUST: &[Rule] =
    &[names_only_what_stands_below, leaves_sql_to_the_store, opens_with_its_purpose, is_short, looks_back_safely];
const TEXT: &[Rule] = &[names_no_place_of_a_machine];

fn violations(file: &File) -> Vec<String> {
    let rust = if Path::new(&file.path).extension().is_some_and(|kind| kind == "rs") { RUST } else { &[] };
    rust.iter().chain(TEXT).flat_map(|rule| rule(file)).map(|wrong| format!("{}: {wrong}", file.path)).collect()
}

/// Every text under `path`; what others made (bundles, packages, build output) is not ours to tidy.
fn texts(top: &Path, path: &Path, found: &mut Vec<File>) {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if ["target", "node_modules", "dist", ".git"].contains(&name) {
        return;
    }
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            texts(top, &entry.unwrap().path(), found);
        }
    } else if ![".env", "Cargo.lock", "package-lock.json"].contains(&name) {
        let Ok(text) = fs::read_to_string(path) else { return };
        let parts: Vec<_> = path.strip_prefix(top).unwrap().iter().map(|part| part.to_string_lossy()).collect();
        found.push(File { path: parts.join("/"), text });
    }
}

#[test]
fn the_house_is_tidy() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    texts(top, top, &mut files);
    assert!(
        files.iter().any(|file| file.path == "src/lib.rs"),
        "the project's files are not where they are looked for"
    );
    let wrong: Vec<String> = files.iter().flat_map(violations).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_table_is_the_one_of_architecture_md() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md")).unwrap();
    for (room, allowed) in MAY_USE {
        let row = text.lines().find(|line| line.starts_with(&format!("| `{room}` |"))).expect(room);
        // "store (health check)": what stands in brackets is a remark.
        let told = row.trim_end_matches(['|', ' ']).rsplit('|').next().unwrap();
        let told: Vec<&str> = told.split(',').filter_map(|name| name.split_whitespace().next()).collect();
        let told = if told == ["nothing"] { Vec::new() } else { told };
        assert_eq!(&told, allowed, "{room}");
    }
}

#[test]
fn every_rule_can_find_something() {
    let opened = "//! What it is for.\n";
    let wrong = [
        ("src/domain/a.rs", "use crate::store::Error;", "`domain` may not use `store`"),
        ("src/resolve/a.rs", "use crate::{domain::Span, extract};", "`resolve` may not use `extract`"),
        ("src/store/mod.rs", "use super::graphql::Page;", "`store` may not use `graphql`"),
        ("src/store/read/a.rs", "fn f() { super::super::super::http::serve() }", "`store` may not use `http`"),
        ("src/config.rs", "use crate::domain;", "`config` may not use `domain`"),
        ("src/attic/mod.rs", "", "the room `attic` is not in the table"),
        ("src/graphql/a.rs", "fn f() { sqlx::query(\"\"); }", "SQL outside src/store"),
        ("src/main.rs", "const S: &str = \"DELETE FROM documents\";", "SQL outside src/store"),
        ("src/extract/a.rs", "fn f(doc: &Doc, at: usize) { doc.reads(at - 2, &[]) }", "line 2 takes from a position"),
    ];
    for (path, body, told) in wrong {
        let found = violations(&File { path: path.to_owned(), text: format!("{opened}{body}\n") });
        assert!(found.len() == 1 && found[0].contains(told), "{path}: {found:?}");
    }
    let found = |path: &str, text: String| violations(&File { path: path.to_owned(), text });
    assert_eq!(found("tests/a.rs", "fn f() {}\n".to_owned()).len(), 1, "no //!");
    assert_eq!(found("tests/a.rs", format!("{opened}{}", "\n".repeat(LINES))).len(), 1, "too long");
    assert_eq!(found("a.md", ["see /ho", "me/somebody"].concat()).len(), 1, "a machine's path");
    for (path, body) in [
        ("src/extract/a.rs", "use crate::domain::Span; // never crate::store"),
        ("src/extract/rules/mod.rs", "use super::engine; use super::super::domain;"),
        ("src/store/a.rs", "const S: &str = \"SELECT 1\";"),
        ("src/extract/b.rs", "fn f(doc: &Doc, at: usize) { doc.reads(at, &[]); at - 2 }"),
        ("src/graphql/types/a.rs", "use super::document::Document;"),
        ("a.md", concat!("POST https://example.org/wo", "rk/1")),
    ] {
        assert_eq!(found(path, format!("{opened}{body}\n")), Vec::<String>::new());
    }
}
