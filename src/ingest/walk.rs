//! Files to load, from paths of files and folders.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::document::{EXTENSIONS, Format};

/// One document to load.
#[derive(Clone, Debug)]
pub struct Item {
    /// What to call it when telling about it.
    pub path: PathBuf,
    /// Its bytes, or where they are.
    pub content: Content,
}

/// Where a document's bytes are.
#[derive(Clone, Debug)]
pub enum Content {
    /// In the file at the item's path.
    File,
    /// Here, read before, as if from a file of this name.
    Bytes {
        /// Gives the slug and the format.
        file_name: String,
        /// The content.
        bytes: Vec<u8>,
    },
}

impl Item {
    /// The name that gives its slug and its format; `None` if it is not UTF-8.
    pub fn file_name(&self) -> Option<&str> {
        match &self.content {
            Content::Bytes { file_name, .. } => Some(file_name),
            Content::File => self.path.file_name()?.to_str(),
        }
    }

    /// Its bytes, at most one more than files of its format may have; or why they cannot be read.
    pub fn bytes(self) -> Result<Vec<u8>, String> {
        match self.content {
            Content::Bytes { bytes, .. } => Ok(bytes),
            Content::File => {
                let name = self.path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
                let format = Format::of(name).map_err(|error| error.to_string())?;
                let mut bytes = Vec::new();
                let file = fs::File::open(&self.path).map_err(|error| reason(&error))?;
                let limit = u64::try_from(format.max_bytes()).unwrap_or(u64::MAX).saturating_add(1);
                file.take(limit).read_to_end(&mut bytes).map_err(|error| reason(&error))?;
                Ok(bytes)
            }
        }
    }
}

/// A path that gives no document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// As given, or as found.
    pub path: PathBuf,
    /// Why.
    pub reason: String,
}

/// What paths lead to.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Each file once, in the order of the paths, within folders by name.
    pub items: Vec<Item>,
    /// What cannot be read.
    pub problems: Vec<Problem>,
}

/// The files at `paths`: a file itself, of a folder every file with one of [`EXTENSIONS`] in it and in folders below.
/// Names that begin with a dot are passed over in folders, and so is what browsers save beside a page (`page_files` of
/// `page.html`: advertisements mostly); links are followed, and nothing is taken twice.
pub fn find(paths: &[PathBuf]) -> Found {
    let mut walk = Walk { found: Found::default(), seen: BTreeSet::new() };
    for path in paths {
        walk.visit(path, true);
    }
    walk.found
}

struct Walk {
    found: Found,
    // Where files and folders really are: a link that leads back up would go round for ever.
    seen: BTreeSet<PathBuf>,
}

impl Walk {
    fn visit(&mut self, path: &Path, named: bool) {
        match self.try_visit(path, named) {
            Ok(()) => {}
            Err(reason) => self.found.problems.push(Problem { path: path.to_owned(), reason }),
        }
    }

    fn try_visit(&mut self, path: &Path, named: bool) -> Result<(), String> {
        let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_lowercase();
        let is_document = EXTENSIONS.contains(&extension.as_str());
        let metadata = match fs::metadata(path) {
            Ok(metadata) => metadata,
            // A dangling link to something that would not have been read anyway.
            Err(_) if !named && !is_document && path.extension().is_some() => return Ok(()),
            Err(error) => return Err(reason(&error)),
        };
        if metadata.is_file() && !named && !is_document {
            return Ok(());
        }
        let real = fs::canonicalize(path).map_err(|error| reason(&error))?;
        if !self.seen.insert(real) {
            return Ok(());
        }
        if metadata.is_file() {
            self.found.items.push(Item { path: path.to_owned(), content: Content::File });
            return Ok(());
        }
        if !metadata.is_dir() {
            // A pipe or a device might never end.
            return if named || is_document { Err("it is neither a file nor a folder".to_owned()) } else { Ok(()) };
        }
        let entries =
            fs::read_dir(path).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(|error| reason(&error))?;
        let mut children: Vec<_> = entries.into_iter().map(|entry| entry.file_name()).collect();
        children.sort();
        let is_beside_page = |name: &OsString| {
            let page = name.to_str().and_then(|name| name.strip_suffix("_files"));
            page.is_some_and(|page| ["html", "htm"].iter().any(|e| children.contains(&format!("{page}.{e}").into())))
        };
        let is_passed_over = |name: &&OsString| name.as_encoded_bytes().starts_with(b".") || is_beside_page(name);
        for name in children.iter().filter(|name| !is_passed_over(name)) {
            self.visit(&path.join(name), false);
        }
        Ok(())
    }
}

fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        std::io::ErrorKind::PermissionDenied => "reading it is not permitted".to_owned(),
        _ => format!("it cannot be read: {error}"),
    }
}
