//! PDFs on their way in: a process of their own reads them, and one that hangs it, breaks it down or fills the memory is
//! refused while the others are loaded. What they say is quoted as it was read.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use hoinghi::ingest::{Apart, Event, Options, Status, find, load_items};
use serde_json::Value;

use crate::api::ask::Server;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/extract/pdf").join(name)
}

/// A file of these objects. Its index is left out: readers that find none look for the objects themselves.
fn pdf(objects: &[String]) -> Vec<u8> {
    let objects = objects.iter().enumerate().map(|(n, object)| format!("{} 0 obj\n{object}\nendobj\n", n + 1));
    format!("%PDF-1.7\n{}trailer\n<< /Root 1 0 R >>\n", objects.collect::<String>()).into_bytes()
}

fn stream(entries: &str, content: &str) -> String {
    format!("<< {entries} /Length {} >>\nstream\n{content}\nendstream", content.len())
}

/// A page that draws a part twenty times, which draws a part twenty times, and so on: ten thousand million letters in
/// three kilobytes, or as many times nothing at all.
fn endless() -> Vec<u8> {
    let part = |n: usize| format!("/Resources << /XObject << /X {n} 0 R >> >>");
    let form = "/Type /XObject /Subtype /Form /BBox [0 0 600 800]";
    let again = "/X Do ".repeat(20);
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R {} >>", part(5)),
        stream("", &again),
    ];
    objects.extend((6..15).map(|next| stream(&format!("{form} {}", part(next)), &again)));
    objects.push(stream(form, "0 0 m"));
    pdf(&objects)
}

#[tokio::test]
async fn one_that_never_ends_is_refused_and_the_others_are_read() {
    let folder = tempfile::Builder::new().prefix("hoinghi-pdf-").tempdir().unwrap();
    let put = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    put("a.pdf", &fs::read(fixture("typst.pdf")).unwrap());
    put("b-endless.PDF", &endless());
    put("c-cut.pdf", &fs::read(fixture("typst.pdf")).unwrap()[..9000]);
    put("d-garbage.pdf", b"%PDF-1.4\n\x00\x01\x02 and no more");
    put("e-locked.pdf", &fs::read(fixture("locked.pdf")).unwrap());
    put("f.txt", "Xã Giả Định họp.".as_bytes());
    let apart = Apart {
        program: env!("CARGO_BIN_EXE_seed").into(),
        computing: Duration::from_secs(1),
        at_all: Duration::from_mins(1),
    };
    let options = Options { apart: Some(apart), dry_run: true, ..Options::default() };
    let mut told = Vec::new();
    let mut tell = |event| {
        if let Event::Done(report) = event {
            told.push(report);
        }
    };
    load_items(None, find(&[folder.path().to_owned()]), options, &mut tell).await.unwrap();
    let says = |slug: &str| {
        let report = told.iter().find(|report| report.slug.as_deref() == Some(slug)).unwrap();
        (report.status == Status::Refused, report.reason.clone().unwrap_or_default())
    };
    assert!(!says("a").0 && !says("f").0, "{told:?}");
    for (slug, reason) in [("b-endless", "gave up"), ("d-garbage", "no PDF at all"), ("e-locked", "password")] {
        assert!(says(slug).0 && says(slug).1.contains(reason), "{slug}: {:?}", says(slug));
    }
    // Cut short, it has lost its fonts or its pages; whatever is left of it, it is answered for.
    assert!(says("c-cut").0 || told.len() == 6, "{told:?}");
}

#[tokio::test]
async fn the_seeder_explains_reports_and_loads_one() {
    let server = Server::empty().await;
    let seed = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_seed"));
        command.env_clear().env("DATABASE_URL", &server.database.url).args(arguments).arg(fixture("chromium.pdf"));
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let explained = seed(&["--explain"]);
    assert!(explained.contains("~~~~") && explained.contains("Lường Quý Ngọ CHAIR"), "{explained}");
    let told: Value = serde_json::from_str(&seed(&["--dry-run", "--json"])).unwrap();
    let expected = fs::read_to_string(fixture("expected.txt")).unwrap();
    assert_eq!(told["documents"][0]["text"].as_str(), Some(expected.trim()));
    seed(&[]);
    let chairs = "participants(filter: { roles: { eq: CHAIR } }) { nodes { name evidence { quote start end } } }";
    let answer = server.data(&format!("{{ {chairs} documents {{ nodes {{ text }} }} }}")).await;
    let text: Vec<char> = answer["documents"]["nodes"][0]["text"].as_str().unwrap().chars().collect();
    let chair = &answer["participants"]["nodes"][0];
    assert_eq!(chair["name"], "Lường Quý Ngọ");
    for place in chair["evidence"].as_array().unwrap() {
        let at = |key: &str| usize::try_from(place[key].as_u64().unwrap()).unwrap();
        let quote: String = text[at("start")..at("end")].iter().collect();
        assert!(place["quote"].as_str().unwrap().contains(&quote), "{place}");
    }
}
