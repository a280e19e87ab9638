//! Documents' way in: read, extract, put together, store, many documents a transaction.
//!
//! Whoever reads the database meanwhile sees a document whole or not at all. One loader puts together at a time, so that
//! what is put together never misses what another has just added.

mod ahead;
pub mod apart;
mod batch;
mod bodies;
mod error;
mod hash;
mod identify;
mod names;
mod put_together;
mod report;
mod resolutions;
mod sentences;
mod walk;
mod writer;

pub use apart::Apart;
pub use batch::{Options, load_items, load_paths};
pub use error::Error;
pub use identify::identify;
pub use report::{DocumentReport, Event, Status, Summary};
pub use resolutions::{correct, parse_resolutions, read_resolutions};
pub use walk::{Content, Found, Item, Problem, find};

use std::collections::HashSet;

use sqlx::PgPool;
use uuid::Uuid;

use crate::domain::{Corrections, Extraction, ReportedDocument, Source, document_id};
use crate::resolve::Bodies;
use crate::store::{self, Written};

use put_together::Change;

/// A document that is ready to be written.
#[derive(Clone, Debug)]
struct Prepared {
    /// As read.
    source: Source,
    /// SHA-256 of all that what is stored of it depends on.
    content_hash: Vec<u8>,
    /// What it states.
    extraction: Extraction,
    /// The same with ids.
    reported: ReportedDocument,
}

impl Prepared {
    /// `bodies` is what is told of bodies when it is prepared.
    fn new(source: Source, content_hash: Vec<u8>, extraction: Extraction, bodies: &Bodies) -> Self {
        let reported = identify(&source, &extraction, bodies);
        Self { source, content_hash, extraction, reported }
    }

    fn written(&self) -> Written<'_> {
        Written { source: &self.source, content_hash: &self.content_hash, reported: &self.reported }
    }
}

/// Stores what has been extracted from `source` under its slug, whatever was there; `true` if nothing was.
pub async fn load_extraction(pool: &PgPool, source: &Source, extraction: &Extraction) -> Result<bool, Error> {
    let told = store::corrections_now(pool).await?;
    let bodies = Bodies::told(&told.organizations);
    let document = Prepared::new(source.clone(), hash::of(source), extraction.clone(), &bodies);
    Ok(write(pool, &told, &mut [document]).await?.is_empty())
}

/// Stores these documents, each once, in one transaction, whatever was there under their slugs; returns the ids of those
/// that were there. They were prepared by what was `told` then; should that have changed since, they are identified anew.
async fn write(pool: &PgPool, told: &Corrections, documents: &mut [Prepared]) -> Result<HashSet<Uuid>, Error> {
    let mut transaction = store::begin(pool).await?;
    let now = store::corrections(&mut transaction).await?;
    if now != *told {
        let bodies = Bodies::told(&now.organizations);
        for document in documents.iter_mut() {
            document.reported = identify(&document.source, &document.extraction, &bodies);
        }
    }
    store::count_names_by(&mut transaction, hash::RULES).await?;
    let ids: Vec<Uuid> = documents.iter().map(|document| document.reported.id).collect();
    let (there, before) = store::touched(&mut transaction, &ids).await?;
    if !there.is_empty() {
        store::delete_facts(&mut transaction, &there).await?;
    }
    let change = Change { before, now: documents.iter().map(|document| document.written()).collect() };
    put_together::write(&mut transaction, &now, change).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(there.into_iter().collect())
}

/// Removes the document with this slug, and with it what only it supports; `false` if there is none.
pub async fn remove(pool: &PgPool, slug: &str) -> Result<bool, Error> {
    let id = document_id(slug);
    let mut transaction = store::begin(pool).await?;
    let (there, before) = store::touched(&mut transaction, &[id]).await?;
    if there.is_empty() {
        return Ok(false);
    }
    let told = store::corrections(&mut transaction).await?;
    store::delete_document(&mut transaction, id).await?;
    put_together::write(&mut transaction, &told, Change { before, now: Vec::new() }).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(true)
}

/// Puts what waits of indexes in its place. All is in without it; it would only be found more slowly for a while.
async fn place_pending(pool: &PgPool) {
    if let Err(error) = store::place_pending(pool).await {
        tracing::warn!(%error, "index entries are left to autovacuum");
    }
}

/// Waits until no server answers from before what was committed. Whoever loads waits for this before he says that he is
/// done: servers keep answers, and believe for that long that nothing has changed since they looked.
pub async fn settle() {
    tokio::time::sleep(store::read::LEASE).await;
}
