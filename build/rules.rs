//! A version of the rules that nobody has to remember to raise: a digest of everything they are written in.

use std::fs;
use std::io;
use std::path::Path;

/// What decides which facts a text gives and what is put together from them: rules, vocabulary, names' keys, ids.
pub const SOURCES: &[&str] = &["src/domain", "src/extract", "src/ingest/identify.rs", "src/resolve"];
/// Kinds of files that count; an editor's leftovers do not.
const KINDS: &[&str] = &["rs", "sql", "tsv", "txt"];

/// A digest of the files at and below `sources` in the folder `top`: of their paths from there and of what is in them.
/// The same on every machine, whatever order a folder lists its files in and however a checkout ends lines.
pub fn version(top: &Path, sources: &[&str]) -> io::Result<String> {
    let mut files = Vec::new();
    for source in sources {
        collect(&top.join(source), source, &mut files)?;
    }
    files.sort();
    // FNV-1a, because a hasher of the standard library may change with the compiler, and a crate would be built for this
    // alone.
    let mut digest: u64 = 0xcbf2_9ce4_8422_2325;
    let mut add = |byte: u8| digest = (digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    for (path, content) in files {
        path.bytes().for_each(&mut add);
        add(0);
        content.into_iter().filter(|byte| *byte != b'\r').for_each(&mut add);
        add(0);
    }
    Ok(format!("{digest:016x}"))
}

fn collect(path: &Path, name: &str, files: &mut Vec<(String, Vec<u8>)>) -> io::Result<()> {
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            collect(&entry.path(), &format!("{name}/{}", entry.file_name().to_string_lossy()), files)?;
        }
    } else if path.extension().is_some_and(|kind| KINDS.iter().any(|known| kind == *known)) {
        files.push((name.to_owned(), fs::read(path)?));
    }
    Ok(())
}
