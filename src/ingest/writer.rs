//! Writes documents that are ready, a batch a transaction.
//!
//! A document alone costs as many statements as hundreds, and much of what it touches, the others touch too. A batch that
//! the database refuses is written once more, document by document, so that a bad one leaves the others in.

use std::sync::Arc;

use sqlx::PgPool;

use super::ahead::Ready;
use super::report::{DocumentReport, Status, count, refused, report};
use super::{Error, Prepared, write};
use crate::domain::Corrections;

/// The most documents of a batch, and so the most that is lost when it is interrupted.
const DOCUMENTS: usize = 256;
/// The most bytes of text, beyond which a batch takes no other document.
const BYTES: usize = 4 * 1024 * 1024;
/// The most files, of which those that are refused or unchanged cost next to nothing.
const FILES: usize = 2048;

/// Files in their order, some of them with documents to write.
#[derive(Default)]
pub struct Batch {
    files: Vec<Ready>,
    documents: usize,
    bytes: usize,
}

impl Batch {
    /// Adds files.
    pub fn add(&mut self, files: Vec<Ready>) {
        for document in files.iter().filter_map(|file| file.document.as_ref().ok()?.as_ref()) {
            self.documents += 1;
            self.bytes += document.source.text.len();
        }
        self.files.extend(files);
    }

    /// Whether it is to be written before anything is added.
    pub fn is_full(&self) -> bool {
        self.documents >= DOCUMENTS || self.bytes >= BYTES || self.files.len() >= FILES
    }
}

/// Writes batches.
#[derive(Clone)]
pub struct Writer {
    /// Where to; without it, everything is only told.
    pub pool: Option<PgPool>,
    /// What was told of who is who when the documents were made ready.
    pub told: Arc<Corrections>,
    /// Keep each document's text and facts in the report on it.
    pub keep: bool,
}

impl Writer {
    /// Writes the batch and tells of each of its files. Fails only if the database does.
    pub async fn write(self, batch: Batch) -> Result<Vec<DocumentReport>, Error> {
        let mut documents: Vec<Prepared> = Vec::with_capacity(batch.documents);
        let mut files: Vec<(Ready, bool)> = Vec::with_capacity(batch.files.len());
        for mut file in batch.files {
            let document = file.document.as_mut().ok().and_then(Option::take);
            files.push((file, document.is_some()));
            documents.extend(document.map(|document| *document));
        }
        let outcomes = self.outcomes(&mut documents).await?;
        let mut written = documents.into_iter().zip(outcomes);
        let tell = |(file, is_written): (Ready, bool)| {
            let (path, slug) = (file.path, file.slug);
            let told = match (file.document, if is_written { written.next() } else { None }) {
                (Err(reason), _) | (_, Some((_, Err(reason)))) => refused(slug, path, reason),
                (Ok(_), None) => report(Status::Unchanged, slug, Some(path)),
                (Ok(_), Some((document, Ok(status)))) => {
                    let facts = count(&document.extraction);
                    DocumentReport {
                        nothing_found: facts.values().all(|count| *count == 0),
                        facts,
                        text: self.keep.then_some(document.source.text),
                        extraction: self.keep.then(|| Box::new(document.extraction)),
                        ..report(status, slug, Some(path))
                    }
                }
            };
            DocumentReport { warnings: file.warnings, ..told }
        };
        Ok(files.into_iter().map(tell).collect())
    }

    /// What became of each document, or why it was refused.
    async fn outcomes(&self, documents: &mut [Prepared]) -> Result<Vec<Result<Status, String>>, Error> {
        let Some(pool) = &self.pool else {
            return Ok(documents.iter().map(|_| Ok(Status::WouldLoad)).collect());
        };
        if documents.is_empty() {
            return Ok(Vec::new());
        }
        match write(pool, &self.told, documents).await {
            Ok(there) => {
                let status =
                    |d: &Prepared| if there.contains(&d.reported.id) { Status::Replaced } else { Status::Loaded };
                return Ok(documents.iter().map(|document| Ok(status(document))).collect());
            }
            // What goes wrong with one document says nothing about the others.
            Err(error) if error.is_about_document() && documents.len() > 1 => {}
            Err(error) if error.is_about_document() => return Ok(vec![Err(error.told())]),
            Err(error) => return Err(error),
        }
        let mut outcomes = Vec::with_capacity(documents.len());
        for document in documents {
            outcomes.push(match write(pool, &self.told, std::slice::from_mut(document)).await {
                Ok(there) if there.is_empty() => Ok(Status::Loaded),
                Ok(_) => Ok(Status::Replaced),
                Err(error) if error.is_about_document() => Err(error.told()),
                Err(error) => return Err(error),
            });
        }
        Ok(outcomes)
    }
}
