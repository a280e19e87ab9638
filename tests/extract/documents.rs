//! The documents that the tests read.

use std::path::{Path, PathBuf};

use hoinghi::document;
use hoinghi::domain::Source;

/// The package's folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every document of the project, by slug.
pub fn all() -> Vec<Source> {
    let mut paths: Vec<PathBuf> = ["seeds", "tests/extract/documents"]
        .iter()
        .filter_map(|folder| std::fs::read_dir(root().join(folder)).ok())
        .flatten()
        .map(|entry| entry.expect("a readable entry").path())
        // Beside the documents lies what is said of them.
        .filter(|path| path.to_str().is_some_and(|name| document::Format::of(name).is_ok()))
        .collect();
    paths.sort();
    paths.iter().map(|path| read(path)).collect()
}

fn read(path: &Path) -> Source {
    let name = path.file_name().and_then(|name| name.to_str()).expect("a name in UTF-8");
    document::read(name, &std::fs::read(path).expect("a readable file")).expect("a document")
}

/// A document of this text, as if it stood in a file of its own.
pub fn of(text: &str) -> Source {
    document::read("of-a-test.txt", text.as_bytes()).expect("a document")
}
