//! Documents, and what stands directly below them: acts cited and figures.

use std::{collections::HashMap, marker::PhantomData};

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use sqlx::{Error, FromRow, Postgres, QueryBuilder, Row, postgres::PgRow};
use uuid::Uuid;

use super::{Entity, Filter, Group, Key, List, Snapshot, Test, row::word};
use crate::domain::{CountQualifier, DocumentKind};

/// A document without its text, which is read only where it is asked for ([`texts`]).
#[derive(Clone, Debug)]
pub struct DocumentRow {
    /// Its id.
    pub id: Uuid,
    /// The file's stem.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// What it is.
    pub kind: DocumentKind,
    /// Who published it.
    pub publisher: Option<String>,
    /// Where.
    pub url: Option<String>,
    /// When.
    pub published_on: Option<NaiveDate>,
    /// When it was last loaded with a change.
    pub loaded_at: DateTime<Utc>,
}

/// What documents can be narrowed by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct DocumentFilter {
    /// What it is.
    pub kind: Test<DocumentKind>,
}

impl Filter for DocumentFilter {
    fn push(&self, sql: &mut QueryBuilder<Postgres>) {
        self.kind.map(DocumentKind::as_str).push(sql, "d.kind");
    }
}

impl Entity for DocumentRow {
    type Filter = DocumentFilter;
    const COLUMNS: &'static str = "d.id, d.slug, d.title, d.kind, d.publisher, d.url, d.published_on, d.loaded_at";
    const FROM: &'static str = "documents d";
    const ID: &'static str = "d.id";
    fn id(&self) -> Uuid {
        self.id
    }
}

impl FromRow<'_, PgRow> for DocumentRow {
    fn from_row(row: &PgRow) -> Result<Self, Error> {
        Ok(Self {
            id: row.try_get("id")?,
            slug: row.try_get("slug")?,
            title: row.try_get("title")?,
            kind: word(row, "kind")?,
            publisher: row.try_get("publisher")?,
            url: row.try_get("url")?,
            published_on: row.try_get("published_on")?,
            loaded_at: row.try_get("loaded_at")?,
        })
    }
}

/// All documents, by slug.
pub const DOCUMENTS: List<DocumentRow> = List {
    name: "documents",
    from: DocumentRow::FROM,
    parent: None,
    key: &[Key::Text("d.slug")],
    descending: false,
    rows: PhantomData,
};

/// The ids of the documents with these slugs.
pub async fn document_ids(snapshot: &Snapshot, slugs: &[String]) -> Result<HashMap<String, Uuid>, Error> {
    let found = sqlx::query("SELECT slug, id FROM documents WHERE slug = ANY($1)").bind(slugs);
    snapshot.rows(found).await?.iter().map(FromRow::from_row).collect()
}

/// The texts of these documents.
pub async fn texts(snapshot: &Snapshot, ids: &[Uuid]) -> Result<HashMap<Uuid, String>, Error> {
    let found = sqlx::query("SELECT id, text FROM documents WHERE id = ANY($1)").bind(ids);
    snapshot.rows(found).await?.iter().map(FromRow::from_row).collect()
}

/// A numbered act that a document cites.
#[derive(Clone, Debug)]
pub struct DirectiveRow {
    /// Its id: that of the fact.
    pub id: Uuid,
    /// `57-KL/TW`
    pub code: String,
    /// Who issued it: an organization's id.
    pub issued_by: Option<Uuid>,
    /// When.
    pub issued_on: Option<NaiveDate>,
    /// The document that cites it.
    pub document: Uuid,
}

impl Entity for DirectiveRow {
    type Filter = ();
    const COLUMNS: &'static str = "x.id, x.code, x.issued_by_id, x.issued_on, f.document_id";
    const FROM: &'static str = "directives x JOIN facts f ON f.id = x.id";
    const ID: &'static str = "x.id";
    fn id(&self) -> Uuid {
        self.id
    }
}

impl Filter for () {
    fn push(&self, _sql: &mut QueryBuilder<Postgres>) {}
}

impl FromRow<'_, PgRow> for DirectiveRow {
    fn from_row(row: &PgRow) -> Result<Self, Error> {
        Ok(Self {
            id: row.try_get("id")?,
            code: row.try_get("code")?,
            issued_by: row.try_get("issued_by_id")?,
            issued_on: row.try_get("issued_on")?,
            document: row.try_get("document_id")?,
        })
    }
}

/// The acts a document cites, in its order.
pub const DIRECTIVES: Group<DirectiveRow> = Group::new(
    "SELECT f.document_id AS parent, x.id, x.code, x.issued_by_id, x.issued_on, f.document_id \
     FROM facts f JOIN directives x ON x.id = f.id \
     WHERE f.document_id = ANY($1) AND f.kind = 'DIRECTIVE' ORDER BY f.document_id, f.ordinal",
);

/// A quantity with its unit.
#[derive(Clone, Debug)]
pub struct FigureRow {
    /// The fact's id.
    pub id: Uuid,
    /// Multiplied out.
    pub value: Decimal,
    /// The noun that follows.
    pub unit: String,
    /// How exact.
    pub qualifier: CountQualifier,
}

impl FromRow<'_, PgRow> for FigureRow {
    fn from_row(row: &PgRow) -> Result<Self, Error> {
        Ok(Self {
            id: row.try_get("id")?,
            value: row.try_get("value")?,
            unit: row.try_get("unit")?,
            qualifier: word(row, "qualifier")?,
        })
    }
}

/// The figures a document states, in its order.
pub const FIGURES: Group<FigureRow> = Group::new(
    "SELECT f.document_id AS parent, x.id, x.value, x.unit, x.qualifier FROM facts f JOIN figures x ON x.id = f.id \
     WHERE f.document_id = ANY($1) AND f.kind = 'FIGURE' ORDER BY f.document_id, f.ordinal",
);
