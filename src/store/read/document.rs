//! Documents, and what stands directly below them: acts cited and figures.

use std::collections::HashMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use sqlx::{Error, FromRow};
use uuid::Uuid;

use super::{
    AWARD, Column, Entity, Fields, FromFields, Group, GroupKey, GroupKind, Key, Kind, List, MEETING, ORGANIZATION,
    Relation, Snapshot, TASK, Table, Vocabulary, ask::updated, row::word,
};
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
}

/// What can be asked of documents.
pub static DOCUMENT: Table = Table {
    name: "Document",
    things: "documents (tài liệu)",
    alias: "d",
    from: "documents #",
    columns: &[
        Column::id("#.id"),
        Column::new("slug", Kind::Code, "#.slug", "The file's stem.").required().order(),
        Column::new("title", Kind::Text, "#.title", "The title (tiêu đề).").folded("#.title_folded").required().order(),
        Column::new("kind", Kind::Word(Vocabulary::DocumentKind), "#.kind", "What the document is.").required(),
        Column::new("publisher", Kind::Text, "#.publisher", "Who published it (nơi đăng)."),
        Column::new("url", Kind::Text, "#.url", "Where it was published."),
        Column::new("published_on", Kind::Day, "#.published_on", "When it was published (ngày đăng).").order(),
        Column::new(
            "loaded_at",
            Kind::Time,
            "(SELECT c.changed_at FROM node_changes c WHERE c.kind = 'DOCUMENT' AND c.id = #.id)",
            "When it was last loaded with a change.",
        )
        .required()
        .order(),
        updated!("DOCUMENT"),
    ],
    relations: &[
        Relation::many("meetings", &MEETING, "#f.document_id = ^.id", "The meetings (hội nghị) it reports.")
            .through("meetings # JOIN meeting_reports #r ON #r.meeting_id = #.id JOIN facts #f ON #f.id = #r.id"),
        Relation::many("tasks", &TASK, "#f.document_id = ^.id", "The tasks (nhiệm vụ) it states."),
        Relation::many("awards", &AWARD, "#f.document_id = ^.id", "The awards (khen thưởng) it reports.")
            .through("awards # JOIN award_reports #r ON #r.award_id = #.id JOIN facts #f ON #f.id = #r.id"),
        Relation::many("directives", &DIRECTIVE, "#f.document_id = ^.id", "The acts (văn bản chỉ đạo) it cites."),
    ],
    groups: &[
        GroupKey::new("kind", GroupKind::Word(Vocabulary::DocumentKind), "#.kind", "What the document is."),
        GroupKey::new("publisher", GroupKind::Text, "#.publisher", "Who published it (nơi đăng)."),
        GroupKey::new(
            "year",
            GroupKind::Number,
            "extract(year FROM #.published_on)::bigint",
            "The year it was published in (năm đăng).",
        ),
        GroupKey::new(
            "month",
            GroupKind::Number,
            "extract(month FROM #.published_on)::bigint",
            "The month it was published in (tháng đăng), from 1 to 12.",
        ),
    ],
    sums: &[],
};

/// What can be asked of acts that documents cite.
pub static DIRECTIVE: Table = Table {
    name: "Directive",
    things: "acts that documents cite (văn bản: chỉ thị, kết luận, quyết định)",
    alias: "c",
    from: "directives # JOIN facts #f ON #f.id = #.id",
    columns: &[
        Column::id("#.id"),
        Column::new("code", Kind::Text, "#.code", "Its number and mark (số, ký hiệu), as in `57-KL/TW`.").required(),
        Column::new("issued_on", Kind::Day, "#.issued_on", "When it was issued (ngày ban hành)."),
        Column::confidence("SELECT FROM evidence e WHERE e.fact_id = #.id"),
        updated!("DIRECTIVE"),
    ],
    relations: &[
        Relation::one("issued_by", &ORGANIZATION, "#.id = ^.issued_by_id", "Who issued it (cơ quan ban hành)."),
        Relation::one("document", &DOCUMENT, "#.id = ^f.document_id", "The document (tài liệu) that cites it."),
    ],
    groups: &[],
    sums: &[],
};

impl Entity for DocumentRow {
    const TABLE: &'static Table = &DOCUMENT;
    const COLUMNS: &'static str = "d.id, d.slug, d.title, d.kind, d.publisher, d.url, d.published_on";
    const ID: &'static str = "d.id";
    fn id(&self) -> Uuid {
        self.id
    }
}

impl FromFields for DocumentRow {
    fn from_fields(row: &Fields<'_>) -> Result<Self, Error> {
        Ok(Self {
            id: row.try_get("id")?,
            slug: row.try_get("slug")?,
            title: row.try_get("title")?,
            kind: word(row, "kind")?,
            publisher: row.try_get("publisher")?,
            url: row.try_get("url")?,
            published_on: row.try_get("published_on")?,
        })
    }
}

/// All documents, by slug.
pub const DOCUMENTS: List<DocumentRow> = List::all("documents", &[Key::Text("d.slug")]);

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
    const TABLE: &'static Table = &DIRECTIVE;
    const COLUMNS: &'static str = "c.id, c.code, c.issued_by_id, c.issued_on, cf.document_id";
    const ID: &'static str = "c.id";
    fn id(&self) -> Uuid {
        self.id
    }
}

impl FromFields for DirectiveRow {
    fn from_fields(row: &Fields<'_>) -> Result<Self, Error> {
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

impl FromFields for FigureRow {
    fn from_fields(row: &Fields<'_>) -> Result<Self, Error> {
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
