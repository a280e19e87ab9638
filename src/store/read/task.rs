//! Tasks.

use std::marker::PhantomData;

use sqlx::{Error, FromRow, Postgres, QueryBuilder, Row, postgres::PgRow};
use uuid::Uuid;

use super::{Entity, Filter, Key, List, RuleTest, Test};

/// Something set out to be done.
#[derive(Clone, Debug)]
pub struct TaskRow {
    /// Its id: that of the fact.
    pub id: Uuid,
    /// 1-based, in the document's order.
    pub ordinal: i32,
    /// As written.
    pub text: String,
    /// The year to do it in.
    pub year: Option<i16>,
    /// Who set it: a person's id.
    pub assigned_by: Option<Uuid>,
    /// The meeting it was set at.
    pub meeting: Option<Uuid>,
    /// The document that states it.
    pub document: Uuid,
}

/// What tasks can be narrowed by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct TaskFilter {
    /// The year to do it in.
    pub year: Test<i32>,
    /// By which rules they are known.
    pub rules: RuleTest,
}

impl Filter for TaskFilter {
    fn push(&self, sql: &mut QueryBuilder<Postgres>) {
        self.rules.push(sql, "SELECT FROM evidence e WHERE e.fact_id = t.id");
        self.year.push(sql, "t.year");
    }
}

impl Entity for TaskRow {
    type Filter = TaskFilter;
    const COLUMNS: &'static str = "t.id, f.ordinal, t.text, t.year, t.assigned_by_id, r.meeting_id, f.document_id";
    // The kind lets the index on (document_id, kind, ordinal) give the order.
    const FROM: &'static str = "tasks t JOIN facts f ON f.id = t.id AND f.kind = 'TASK' \
                                LEFT JOIN meeting_reports r ON r.id = t.report_id";
    const ID: &'static str = "t.id";
    fn id(&self) -> Uuid {
        self.id
    }
}

impl FromRow<'_, PgRow> for TaskRow {
    fn from_row(row: &PgRow) -> Result<Self, Error> {
        Ok(Self {
            id: row.try_get("id")?,
            ordinal: row.try_get("ordinal")?,
            text: row.try_get("text")?,
            year: row.try_get("year")?,
            assigned_by: row.try_get("assigned_by_id")?,
            meeting: row.try_get("meeting_id")?,
            document: row.try_get("document_id")?,
        })
    }
}

/// All tasks, document by document.
pub const TASKS: List<TaskRow> = List {
    name: "tasks",
    from: TaskRow::FROM,
    parent: None,
    key: &[Key::Id("f.document_id"), Key::Int("f.ordinal")],
    descending: false,
    rows: PhantomData,
};

/// A document's tasks, in its order.
pub const TASKS_IN_DOCUMENT: List<TaskRow> = List {
    name: "document.tasks",
    from: TaskRow::FROM,
    parent: Some("f.document_id"),
    key: &[Key::Int("f.ordinal")],
    descending: false,
    rows: PhantomData,
};

/// The tasks set at a meeting, document by document.
pub const TASKS_AT_MEETING: List<TaskRow> = List {
    name: "meeting.tasks",
    from: TaskRow::FROM,
    parent: Some("r.meeting_id"),
    key: &[Key::Id("f.document_id"), Key::Int("f.ordinal")],
    descending: false,
    rows: PhantomData,
};
