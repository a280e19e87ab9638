//! Tasks.

use sqlx::Error;
use uuid::Uuid;

use super::{
    Column, DOCUMENT, Entity, Fields, FromFields, GroupKey, GroupKind, Key, Kind, List, MEETING, PERSON, Relation,
    Table, ask::updated,
};

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

/// What can be asked of tasks.
pub static TASK: Table = Table {
    name: "Task",
    things: "tasks (nhiệm vụ)",
    alias: "t",
    // The kind lets the index on (document_id, kind, ordinal) give the order.
    from: "tasks # JOIN facts #f ON #f.id = #.id AND #f.kind = 'TASK' LEFT JOIN meeting_reports #r ON #r.id = #.report_id",
    columns: &[
        Column::id("#.id"),
        Column::new("text", Kind::Text, "#.text", "The task as written (nội dung).").folded("#.text_folded").required(),
        Column::new("year", Kind::Number, "#.year", "The year to do it in (năm thực hiện).").order(),
        Column::new(
            "meeting_date",
            Kind::Day,
            "(SELECT x.date FROM meetings x WHERE x.id = #r.meeting_id)",
            "The first day of the meeting it was set at (ngày họp).",
        )
        .order_only(),
        Column::confidence("SELECT FROM evidence e WHERE e.fact_id = #.id"),
        updated!("TASK"),
    ],
    relations: &[
        Relation::one("meeting", &MEETING, "#.id = ^r.meeting_id", "The meeting (hội nghị) it was set at."),
        Relation::one(
            "assigned_by",
            &PERSON,
            "#.id = ^.assigned_by_id",
            "The person who sets it (người giao nhiệm vụ).",
        ),
        Relation::one("document", &DOCUMENT, "#.id = ^f.document_id", "The document (tài liệu) that states it."),
    ],
    groups: &[
        GroupKey::new("year", GroupKind::Number, "#.year::bigint", "The year to do it in (năm thực hiện)."),
        GroupKey::new(
            "assigned_by",
            GroupKind::Person,
            "#.assigned_by_id",
            "The person who sets it (người giao nhiệm vụ).",
        ),
        GroupKey::new(
            "province",
            GroupKind::Province,
            "#m.province_id",
            "The province (tỉnh, thành phố) of the meeting it was set at.",
        )
        .join(" LEFT JOIN meetings #m ON #m.id = #r.meeting_id"),
    ],
    sums: &[],
};

impl Entity for TaskRow {
    const TABLE: &'static Table = &TASK;
    const COLUMNS: &'static str = "t.id, tf.ordinal, t.text, t.year, t.assigned_by_id, tr.meeting_id, tf.document_id";
    const ID: &'static str = "t.id";
    fn id(&self) -> Uuid {
        self.id
    }
}

impl FromFields for TaskRow {
    fn from_fields(row: &Fields<'_>) -> Result<Self, Error> {
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
pub const TASKS: List<TaskRow> = List::all("tasks", &[Key::Id("tf.document_id"), Key::Int("tf.ordinal")]);

/// A document's tasks, in its order.
pub const TASKS_IN_DOCUMENT: List<TaskRow> =
    List::all("document.tasks", &[Key::Int("tf.ordinal")]).below("tf.document_id");

/// The tasks set at a meeting, document by document.
pub const TASKS_AT_MEETING: List<TaskRow> =
    List::all("meeting.tasks", &[Key::Id("tf.document_id"), Key::Int("tf.ordinal")]).below("tr.meeting_id");
