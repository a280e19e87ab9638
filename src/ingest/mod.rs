//! A document's way in: read, extract, put together, store, one transaction a document.
//!
//! Whoever reads the database meanwhile sees a document whole or not at all. One loader writes at a time, so that what
//! is put together never misses what another has just added.

pub mod apart;
mod batch;
mod bodies;
mod error;
mod hash;
mod identify;
mod put_together;
mod resolutions;
mod walk;

pub use apart::Apart;
pub use batch::{DocumentReport, Event, Options, Status, Summary, load_items, load_paths};
pub use error::Error;
pub use identify::identify;
pub use resolutions::{correct, parse_resolutions, read_resolutions};
pub use walk::{Content, Found, Item, Problem, find};

use sqlx::PgPool;

use crate::domain::{Extraction, Source, document_id};
use crate::extract;
use crate::resolve::Bodies;
use crate::store;

/// What loading a document came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was not there.
    Loaded(Box<Extraction>),
    /// It was there with other content, which is gone.
    Replaced(Box<Extraction>),
    /// It was there with the same content, extracted by the same rules; nothing was touched.
    Unchanged,
}

/// Extracts `source` and stores it under its slug, in place of what was there.
pub async fn load(pool: &PgPool, source: &Source) -> Result<Outcome, Error> {
    if is_unchanged(pool, source).await? {
        return Ok(Outcome::Unchanged);
    }
    let extraction = extraction_of(source).await?;
    let is_new = load_extraction(pool, source, &extraction).await?;
    let extraction = Box::new(extraction);
    Ok(if is_new { Outcome::Loaded(extraction) } else { Outcome::Replaced(extraction) })
}

/// Everything `source` states. Worked out beside the runtime's threads, so that a large document neither keeps them from
/// noticing that they are told to stop nor, should a rule break down on it, takes the other documents with it.
async fn extraction_of(source: &Source) -> Result<Extraction, Error> {
    let source = source.clone();
    beside(move || extract::extract(&source)).await
}

async fn beside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.map_err(|_| Error::Extraction)
}

/// Whether just this is stored already.
async fn is_unchanged(pool: &PgPool, source: &Source) -> Result<bool, Error> {
    Ok(store::content_hash(pool, &source.slug).await?.is_some_and(|stored| stored == hash::of(source)))
}

/// Stores what has been extracted from `source` under its slug, whatever was there; `true` if nothing was.
pub async fn load_extraction(pool: &PgPool, source: &Source, extraction: &Extraction) -> Result<bool, Error> {
    let mut transaction = store::begin(pool).await?;
    let told = store::corrections(&mut transaction).await?;
    let reported = identify(source, extraction, &Bodies::told(&told.organizations));
    let before = store::touched(&mut transaction, reported.id).await?;
    store::write_document(&mut transaction, source, &hash::of(source), &reported).await?;
    put_together::after(&mut transaction, &told, &source.slug, before.as_ref(), Some(&reported)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(before.is_none())
}

/// Removes the document with this slug, and with it what only it supports; `false` if there is none.
pub async fn remove(pool: &PgPool, slug: &str) -> Result<bool, Error> {
    let id = document_id(slug);
    let mut transaction = store::begin(pool).await?;
    let Some(before) = store::touched(&mut transaction, id).await? else {
        return Ok(false);
    };
    let told = store::corrections(&mut transaction).await?;
    store::delete_document(&mut transaction, id).await?;
    put_together::after(&mut transaction, &told, slug, Some(&before), None).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::{Error, beside};

    #[tokio::test]
    #[allow(clippy::panic)] // what is tested
    async fn a_rule_that_breaks_down_is_an_error_of_its_document() {
        assert!(matches!(beside(|| panic!("a test's own")).await, Err::<(), _>(Error::Extraction)));
    }
}
