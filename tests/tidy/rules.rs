//! The version of the rules that the build works out (`build/rules.rs`): whatever they are written in changes it, how
//! and where it was checked out does not.

use std::fs;
use std::path::Path;

#[path = "../../build/rules.rs"]
mod build;

fn version_of(files: &[(&str, &str)]) -> String {
    let top = tempfile::tempdir().unwrap();
    for (path, content) in files {
        let path = top.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    build::version(top.path(), &["src/b.rs", "src/a"]).unwrap()
}

#[test]
fn whatever_rules_are_written_in_is_part_of_their_version() {
    let base =
        [("src/b.rs", "x\ny\n"), ("src/a/one.rs", "1"), ("src/a/deep/words.txt", "2"), ("src/c.rs", "not asked")];
    let version = version_of(&base);
    let with = |at: usize, path: &'static str, content: &'static str| {
        let mut files = base;
        files[at] = (path, content);
        version_of(&files)
    };
    for (same, found) in [
        (true, with(0, "src/b.rs", "x\r\ny\r\n")),
        (true, with(3, "src/a/.one.rs.swp", "a leftover")),
        (false, with(0, "src/b.rs", "x\nz\n")),
        (false, with(1, "src/a/other.rs", "1")),
        (false, with(2, "src/a/deep/words.txt", "")),
        (false, with(3, "src/a/new.tsv", "")),
        (false, with(1, "src/a/one.rs", "12")),
    ] {
        assert_eq!(found == version, same);
    }
}

#[test]
fn the_binary_holds_the_version_of_what_it_is_built_from() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert_eq!(env!("HOINGHI_RULES"), build::version(top, build::SOURCES).unwrap());
    for source in build::SOURCES {
        assert!(top.join(source).exists(), "{source}");
    }
}
