//! Tasks.

use async_graphql::{Context, ID, Object, Result};

use super::{
    ahead::{Ahead, Look},
    connection::{Listed, paged},
    document::Document,
    evidence::{Evidence, confidence},
    ids,
    limits::list_cost,
    loaders::{OverRow, by_id, referenced, rows},
    meeting::Meeting,
    out::{Out, Outs},
    person::Person,
    times::Times,
};
use crate::domain::NodeKind;
use crate::store::read::{EVIDENCE_OF_FACT, RULES_OF_FACT, TASKS, TASKS_AT_MEETING, TASKS_IN_DOCUMENT, TaskRow};

/// A task.
pub struct Task(TaskRow);

impl From<TaskRow> for Task {
    fn from(row: TaskRow) -> Self {
        Self(row)
    }
}

impl OverRow for Task {
    type Row = TaskRow;

    fn over(row: TaskRow) -> Self {
        Self(row)
    }
}

impl Listed for Task {
    const CONNECTION: &'static str = "TaskConnection";
    const EDGE: &'static str = "TaskEdge";
}

paged! {
    /// All tasks (nhiệm vụ), document by document, each document's in its order.
    TaskList.tasks: Task = TASKS
}
paged! {
    /// The tasks (nhiệm vụ) that this document states, in its order.
    TasksInDocument.tasks: Task = TASKS_IN_DOCUMENT
}
paged! {
    /// The tasks (nhiệm vụ) set at this meeting, document by document, each document's in its order.
    TasksAtMeeting.tasks: Task = TASKS_AT_MEETING
}

impl Ahead for Task {
    fn ahead(look: &mut Look<'_, '_>) {
        look.one::<Person>("assignedBy", "assigned_by_id");
        look.one::<Meeting>("meeting", "meeting_id");
        look.one::<Document>("document", "document_id");
        look.rows::<_, ()>("confidence", RULES_OF_FACT);
        look.rows::<_, Evidence>("evidence", EVIDENCE_OF_FACT);
    }
}

/// Something set out to be done in a coming period (nhiệm vụ, phương hướng).
#[Object]
impl Task {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        ids::global(NodeKind::Task, self.0.id)
    }

    #[graphql(flatten)]
    fn times(&self) -> Times {
        Times(NodeKind::Task, self.0.id)
    }

    /// Its place among the document's tasks, from 1.
    async fn ordinal(&self) -> i32 {
        self.0.ordinal
    }

    /// The task as written (nội dung), without what leads in to it.
    async fn text(&self) -> &str {
        &self.0.text
    }

    /// The year to do it in (năm thực hiện), where stated.
    async fn year(&self) -> Option<i32> {
        self.0.year.map(i32::from)
    }

    /// The person who sets it (người giao nhiệm vụ), if a person does.
    async fn assigned_by(&self, ctx: &Context<'_>) -> Option<Result<Out<Person>>> {
        by_id(ctx, self.0.assigned_by?).await.transpose()
    }

    /// The meeting (hội nghị) it was set at, if it was at one.
    async fn meeting(&self, ctx: &Context<'_>) -> Option<Result<Out<Meeting>>> {
        by_id(ctx, self.0.meeting?).await.transpose()
    }

    /// The document (tài liệu) that states it.
    async fn document(&self, ctx: &Context<'_>) -> Result<Out<Document>> {
        referenced(ctx, self.0.document).await
    }

    /// How sure that is (độ tin cậy), in [0, 1]: the confidence of the most reliable rule in its evidence.
    async fn confidence(&self, ctx: &Context<'_>) -> Result<Option<f64>> {
        confidence(ctx, RULES_OF_FACT, self.0.id).await
    }

    /// Where it stands.
    #[graphql(complexity = "list_cost(child_complexity)")]
    async fn evidence(&self, ctx: &Context<'_>) -> Result<Outs<Evidence>> {
        rows(ctx, EVIDENCE_OF_FACT, self.0.id).await
    }
}
