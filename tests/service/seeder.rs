//! The seeder as a process: what it loads, what it refuses and why, what it leaves alone, and how it ends.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use sqlx::PgPool;
use tempfile::TempDir;

use crate::support;

struct Ended {
    code: Option<i32>,
    out: String,
    err: String,
}

/// Runs the seeder on a folder, with nothing of our own environment's settings.
fn seed(url: &str, folder: &Path, arguments: &[&str], input: &[u8]) -> Ended {
    let mut command = Command::new(env!("CARGO_BIN_EXE_seed"));
    command.current_dir(folder).env_clear().env("DATABASE_URL", url).env("HOINGHI_DATA_DIR", folder.join("data"));
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A seeder that does not read its input closes it.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ended { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// A folder with these files.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::Builder::new().prefix("hoinghi-seeder-").tempdir().unwrap();
    for (path, bytes) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

async fn stored(pool: &PgPool) -> Vec<(String, String)> {
    sqlx::query_as("SELECT slug, loaded_at::text FROM documents ORDER BY slug").fetch_all(pool).await.unwrap()
}

async fn slugs(pool: &PgPool) -> Vec<String> {
    stored(pool).await.into_iter().map(|(slug, _)| slug).collect()
}

#[tokio::test]
async fn bad_files_are_named_and_the_others_loaded() {
    let db = support::database().await;
    let deep = b"<div>".repeat(100_000);
    let large = vec![b'a'; 4 * 1024 * 1024 + 1];
    let refused: [(&str, &[u8], &str); 11] = [
        ("seeds/binary.txt", b"\x7fELF\x01\x02", "binary"),
        ("seeds/empty.txt", b"", "empty"),
        ("seeds/front.md", b"---\ntitle: [\n---\nText", "line"),
        ("seeds/large.txt", &large, "4 MiB"),
        ("seeds/old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as .docx"),
        ("seeds/deep.htm", &deep, "nested"),
        ("seeds/latin.txt", b"Qu\xfd kh\xe1ch", "byte 2"),
        ("seeds/nul.txt", b"a\0b", "NUL byte at byte 1"),
        ("seeds/sub/same.md", "Văn bản khác".as_bytes(), "same.txt"),
        ("seeds/utf16.txt", b"\xff\xfea\0", "UTF-16"),
        ("seeds/white.txt", b" \n ", "empty"),
    ];
    let mut files = vec![
        ("seeds/good.txt", "Xã Giả Định họp.".as_bytes()),
        ("seeds/same.txt", "Xã Giả Định lại họp.".as_bytes()),
        ("seeds/sub/deep/also.MD", "---\ntitle: Bịa\n---\nXã Giả Định họp nữa.".as_bytes()),
        ("seeds/page.html", "<p>Xã Giả Định còn họp.".as_bytes()),
        ("seeds/page_files/advertisement.html", b"<p>Buy"),
        ("seeds/.hidden.txt", b"hidden"),
        ("seeds/picture.png", b"\x89PNG"),
    ];
    files.extend(refused.iter().map(|(path, bytes, _)| (*path, *bytes)));
    let folder = folder(&files);
    let ended = seed(&db.url, folder.path(), &["seeds", "seeds/picture.png", "missing"], b"");
    assert_eq!(ended.code, Some(1), "{}", ended.err);
    assert_eq!(slugs(&db.pool).await, ["also", "good", "page", "same"]);
    let all = [("seeds/picture.png", ".png"), ("missing", "no such file")];
    for (path, says) in refused.iter().map(|(path, _, says)| (*path, *says)).chain(all) {
        let line = ended.err.lines().find(|line| line.contains(&format!("refused {path}:"))).unwrap_or(&ended.err);
        assert!(line.contains(says), "{path}: {line}");
    }
    assert_eq!(ended.err.lines().count(), refused.len() + 2, "{}", ended.err);
    assert!(
        ended.out.contains("loaded good")
            && ended.out.lines().any(|line| line.split_whitespace().eq(["refused", "13"])),
        "{}",
        ended.out
    );
}

#[tokio::test]
async fn what_is_unchanged_is_not_touched_and_what_changed_is_replaced() {
    let db = support::database().await;
    let folder = folder(&[("seeds/a.txt", b"Mot"), ("seeds/b.txt", b"Hai")]);
    let run = || seed(&db.url, folder.path(), &["--json"], b"");
    let statuses = |ended: &Ended| {
        let told: Value = serde_json::from_str(&ended.out).unwrap();
        let documents = told["documents"].as_array().unwrap().iter();
        documents
            .map(|d| format!("{} {}", d["slug"].as_str().unwrap(), d["status"].as_str().unwrap()))
            .collect::<Vec<_>>()
    };
    let first = run();
    assert_eq!((first.code, statuses(&first)), (Some(0), vec!["a loaded".to_owned(), "b loaded".to_owned()]));
    let before = stored(&db.pool).await;
    assert_eq!(statuses(&run()), ["a unchanged", "b unchanged"]);
    assert_eq!(before, stored(&db.pool).await);
    // The same content saved by another editor is the same content.
    fs::write(folder.path().join("seeds/a.txt"), "\u{feff}Mot").unwrap();
    fs::write(folder.path().join("seeds/b.txt"), b"Hai ba").unwrap();
    assert_eq!(statuses(&run()), ["a unchanged", "b replaced"]);
    let after = stored(&db.pool).await;
    assert!(before[0] == after[0] && before[1] != after[1]);
}

#[tokio::test]
async fn one_that_the_database_refuses_leaves_the_others_in() {
    let db = support::database().await;
    for statement in [
        "CREATE FUNCTION refuse_b() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN IF NEW.slug = ''b'' THEN RAISE check_violation USING MESSAGE = ''not b''; END IF; RETURN NEW; END'",
        "CREATE TRIGGER refuse_b BEFORE INSERT ON documents FOR EACH ROW EXECUTE FUNCTION refuse_b()",
    ] {
        sqlx::query(statement).execute(&db.pool).await.unwrap();
    }
    let folder = folder(&[("seeds/a.txt", b"Mot"), ("seeds/b.txt", b"Hai"), ("seeds/c.txt", b"Ba")]);
    let ended = seed(&db.url, folder.path(), &[], b"");
    assert_eq!((ended.code, slugs(&db.pool).await), (Some(1), vec!["a".to_owned(), "c".to_owned()]), "{}", ended.err);
    assert!(ended.err.contains("refused seeds/b.txt:") && ended.err.contains("not b"), "{}", ended.err);
    assert_eq!(ended.out.lines().filter(|line| line.starts_with("loaded ")).count(), 2, "{}", ended.out);
}

#[tokio::test]
async fn a_dry_run_needs_no_database_and_tells_everything() {
    let folder = folder(&[("seeds/a.txt", "Xã Giả Định họp.".as_bytes()), ("seeds/b.txt", b"")]);
    // Nobody is at this address, and a private server would leave its folder.
    let ended = seed("postgres://nobody@127.0.0.1:1/none", folder.path(), &["--dry-run", "--json"], b"");
    assert_eq!(ended.code, Some(1));
    let told: Value = serde_json::from_str(&ended.out).unwrap();
    let [a, b] = [&told["documents"][0], &told["documents"][1]];
    assert_eq!((a["status"].as_str(), a["text"].as_str()), (Some("would_load"), Some("Xã Giả Định họp.")));
    assert!(a["extraction"]["meetings"].is_array() && a["extraction"]["kind"].is_string());
    assert_eq!((b["status"].as_str(), b["slug"].as_str()), (Some("refused"), Some("b")));
    assert!(b["reason"].as_str().unwrap().contains("empty"));
    assert_eq!(told["summary"]["documents"]["would_load"], 1);
    assert!(!folder.path().join("data").exists());
}

#[tokio::test]
async fn standard_input_is_a_document_too() {
    let db = support::database().await;
    let folder = folder(&[]);
    let text = "---\ntitle: Bịa\n---\nXã Giả Định họp.".as_bytes();
    for (arguments, slug) in [(&["-"][..], "stdin"), (&["-", "--slug", "2021.họp"], "2021.họp")] {
        let ended = seed(&db.url, folder.path(), arguments, text);
        assert_eq!(ended.code, Some(0), "{}", ended.err);
        assert!(slugs(&db.pool).await.contains(&slug.to_owned()));
    }
    let ended = seed(&db.url, folder.path(), &["-", "--slug", "a/b"], text);
    assert_eq!(ended.code, Some(2));
    assert!(ended.err.contains("--slug"), "{}", ended.err);
}

#[tokio::test]
async fn pruning_removes_what_is_gone_and_only_when_all_is_seen() {
    let db = support::database().await;
    let folder = folder(&[("seeds/a.txt", b"Mot"), ("seeds/b.txt", b"Hai"), ("seeds/c.txt", b"Ba")]);
    let run = |arguments: &[&str]| seed(&db.url, folder.path(), arguments, b"");
    assert_eq!(run(&[]).code, Some(0));
    fs::remove_file(folder.path().join("seeds/a.txt")).unwrap();
    // A file that is broken now does not take with it what was loaded of it before.
    fs::write(folder.path().join("seeds/b.txt"), b"\0").unwrap();

    fs::create_dir(folder.path().join("none")).unwrap();
    for (arguments, code, says) in [
        (&["--prune", "seeds", "missing"][..], 1, "nothing was removed"),
        (&["--prune", "seeds", "seeds/c.txt"], 2, "folders only"),
        (&["--prune", "seeds", "-"], 2, "folders only"),
        (&["--prune", "none"], 2, "none: no document is in it (.txt"),
        (&["--prune", "nope"], 2, "nope: there is no such file or folder; nothing has been done"),
        (&["nope"], 2, "nope: there is no such file or folder; nothing has been done"),
        (&["none", "seeds/b.txt"], 1, "none: no document is in it"),
        (&["--slug", "x", "seeds"], 2, "--slug is for standard input only"),
    ] {
        let ended = run(arguments);
        assert!(ended.code == Some(code) && ended.err.contains(says), "{arguments:?}: {:?} {}", ended.code, ended.err);
        assert_eq!(slugs(&db.pool).await, ["a", "b", "c"], "{arguments:?}");
    }
    let ended = run(&["--prune", "--dry-run"]);
    let would: Vec<_> = ended.out.lines().filter(|line| line.starts_with("would")).collect();
    assert_eq!((ended.code, would), (Some(1), vec!["would load c: nothing found", "would remove a"]), "{}", ended.err);
    assert_eq!(slugs(&db.pool).await, ["a", "b", "c"]);
    let ended = run(&["--prune"]);
    assert!(ended.code == Some(1) && ended.out.contains("removed a"), "{} {}", ended.out, ended.err);
    assert_eq!(slugs(&db.pool).await, ["b", "c"]);
}

#[tokio::test]
async fn what_has_no_effect_or_says_nothing_is_told() {
    let db = support::database().await;
    // Invented.
    let meeting = "---\npublised_on: 2021-03-02\n---\nSáng 2/3/2021, UBND xã Giả Định tổ chức hội nghị tổng kết công tác năm 2020. \
                   Bà Lò Thị Bịa, Chủ tịch UBND xã, chủ trì hội nghị.";
    let folder = folder(&[("seeds/a.txt", meeting.as_bytes()), ("seeds/b.txt", b"Mot")]);
    let ended = seed(&db.url, folder.path(), &[], b"");
    let lines: Vec<&str> = ended.out.lines().collect();
    assert!(lines[0].starts_with("loaded a: 1 "), "{}", ended.out);
    assert!(lines[0].ends_with(
        "`publised_on` in its front matter has no effect: the keys are title, publisher, url, published_on"
    ));
    assert_eq!((ended.code, lines[1]), (Some(0), "loaded b: nothing found"));
    assert!(lines.iter().any(|line| line.split_whitespace().eq(["nothing", "found", "1"])), "{}", ended.out);

    let ended = seed(&db.url, folder.path(), &["--json", "--dry-run"], b"");
    let told: Value = serde_json::from_str(&ended.out).unwrap();
    let [a, b] = [&told["documents"][0], &told["documents"][1]];
    assert!(a["warnings"][0].as_str().unwrap().contains("publised_on") && a.get("nothing_found").is_none());
    assert_eq!((&b["nothing_found"], &told["summary"]["nothing_found"]), (&true.into(), &1.into()));
}

#[cfg(unix)]
#[tokio::test]
async fn links_are_followed_once_and_what_never_ends_is_refused() {
    use std::os::unix::fs::symlink;

    let folder = folder(&[("seeds/a.txt", b"Mot"), ("elsewhere/b.txt", b"Hai")]);
    let at = |path: &str| folder.path().join(path);
    symlink(at("seeds"), at("seeds/round")).unwrap();
    symlink(at("elsewhere"), at("seeds/linked")).unwrap();
    symlink(at("nowhere.txt"), at("seeds/dangling.txt")).unwrap();
    symlink(at("seeds/self.txt"), at("seeds/self.txt")).unwrap();
    assert!(Command::new("mkfifo").arg(at("seeds/pipe.txt")).status().unwrap().success());
    let ended = seed("", folder.path(), &["--dry-run", "seeds", "seeds/a.txt"], b"");
    assert_eq!(ended.code, Some(1));
    let read: Vec<&str> = ended.out.lines().filter(|line| line.starts_with("would load")).collect();
    assert_eq!(read, ["would load a: nothing found", "would load b: nothing found"], "{}", ended.err);
    for (name, says) in [("dangling", "no such file"), ("self", "cannot be read"), ("pipe", "neither a file nor")] {
        assert!(ended.err.lines().any(|line| line.contains(name) && line.contains(says)), "{name}: {}", ended.err);
    }
}

#[tokio::test]
async fn a_database_that_is_not_there_is_a_reason_to_stop() {
    let folder = folder(&[("seeds/a.txt", b"Mot")]);
    let ended = seed("postgres://somebody:s3cret@127.0.0.1:1/none", folder.path(), &[], b"");
    assert_eq!(ended.code, Some(2));
    assert!(ended.err.contains("127.0.0.1:1") && !ended.err.contains("s3cret"), "{}", ended.err);
}

#[test]
fn explaining_needs_no_database_and_tells_what_is_refused() {
    let text = "Ngày 12/8/2022, UBND huyện Đông Mây tổ chức Hội nghị sơ kết công tác khuyến học. Trời đổ mưa to.";
    let folder = folder(&[("a.txt", text.as_bytes()), ("b.txt", b"")]);
    let ended = seed("postgres://nobody@localhost:1/none", folder.path(), &["--explain", "a.txt", "b.txt"], b"");
    assert_eq!(ended.code, Some(1), "{}", ended.err);
    assert!(ended.err.contains("b.txt") && ended.err.contains("empty"), "{}", ended.err);
    for told in ["~~~  meeting.named: CONFERENCE 2022-08-12, Hội nghị sơ kết", "no rule touched: 1", "Trời đổ mưa to."]
    {
        assert!(ended.out.contains(told), "{told}\n{}", ended.out);
    }
}

#[tokio::test]
async fn resolutions_are_checked_first_and_put_to_use() {
    let db = support::database().await;
    let report = |chair: &str| {
        format!(
            "Ngày 12/8/2022, UBND huyện Đông Mây tổ chức Hội nghị sơ kết công tác khuyến học. Ông {chair} chủ trì hội nghị."
        )
    };
    let (a, b) = (report("Lường Văn Tơ"), report("Lường Văn Tơi"));
    let one =
        "people: { same: [[{ name: Lường Văn Tơ }, { name: Lường Văn Tơi, document: b }, { name: x, document: c }]] }";
    let folder = folder(&[
        ("seeds/a.txt", a.as_bytes()),
        ("seeds/b.txt", b.as_bytes()),
        ("wrong.yaml", b"people: { sme: [] }"),
        ("none.yaml", b"people: {}"),
        ("comment.yaml", b"# not yet"),
    ]);
    let people = async || {
        let count = sqlx::query_scalar::<_, i64>("SELECT count(*) FROM people").fetch_one(&db.pool);
        count.await.unwrap()
    };
    for (file, says) in [("wrong.yaml", "sme"), ("missing.yaml", "missing.yaml: it cannot be read")] {
        let ended = seed(&db.url, folder.path(), &["--resolutions", file], b"");
        assert_eq!(ended.code, Some(2), "{}", ended.err);
        assert!(ended.err.contains(says), "{}", ended.err);
        assert!(stored(&db.pool).await.is_empty());
    }
    assert_eq!(seed(&db.url, folder.path(), &[], b"").code, Some(0));
    assert_eq!(people().await, 2);
    // Found where it usually is; documents that have not changed are put together anew all the same.
    fs::write(folder.path().join("seeds/resolutions.yaml"), one).unwrap();
    let ended = seed(&db.url, folder.path(), &[], b"");
    assert!(ended.code == Some(0) && ended.err.contains("speak of c,"), "{}", ended.err);
    assert_eq!(people().await, 1);
    for (file, expected) in [("comment.yaml", 1), ("none.yaml", 2)] {
        assert_eq!(seed(&db.url, folder.path(), &["--resolutions", file], b"").code, Some(0));
        assert_eq!(people().await, expected, "{file}");
    }
}
