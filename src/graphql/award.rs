//! Awards.

use async_graphql::{Context, ID, Object, Result};

use super::{
    ahead::{Ahead, Look},
    connection::{Listed, paged},
    evidence::{Evidence, confidence},
    ids,
    limits::list_cost,
    loaders::{OverRow, by_id, rows},
    meeting::Meeting,
    organization::Organization,
    out::{Out, Outs},
    times::Times,
};
use crate::domain::NodeKind;
use crate::store::read::{AWARDS, AWARDS_AT_MEETING, AWARDS_IN_DOCUMENT, AwardRow, EVIDENCE_OF_AWARD, RULES_OF_AWARD};

/// An award.
pub struct Award(AwardRow);

impl From<AwardRow> for Award {
    fn from(row: AwardRow) -> Self {
        Self(row)
    }
}

impl OverRow for Award {
    type Row = AwardRow;

    fn over(row: AwardRow) -> Self {
        Self(row)
    }
}

impl Listed for Award {
    const CONNECTION: &'static str = "AwardConnection";
    const EDGE: &'static str = "AwardEdge";
}

paged! {
    /// All awards (khen thưởng), in a fixed order without meaning.
    AwardList.awards: Award = AWARDS
}
paged! {
    /// The awards (khen thưởng) that this document reports, in its order.
    AwardsInDocument.awards: Award = AWARDS_IN_DOCUMENT
}
paged! {
    /// The awards (khen thưởng) given at this meeting, in a fixed order without meaning.
    AwardsAtMeeting.awards: Award = AWARDS_AT_MEETING
}

impl Ahead for Award {
    fn ahead(look: &mut Look<'_, '_>) {
        look.one::<Organization>("grantedBy", "granted_by_id");
        look.one::<Meeting>("meeting", "meeting_id");
        look.rows::<_, ()>("confidence", RULES_OF_AWARD);
        look.rows::<_, Evidence>("evidence", EVIDENCE_OF_AWARD);
    }
}

/// One kind of award by one grantor (khen thưởng: bằng khen, giải): one, however many documents report it.
#[Object]
impl Award {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        ids::global(NodeKind::Award, self.0.id)
    }

    #[graphql(flatten)]
    fn times(&self) -> Times {
        Times(NodeKind::Award, self.0.id)
    }

    /// What is given (hình thức khen thưởng), as in `Bằng khen` or `Giải Nhất`.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Who grants it (cơ quan khen thưởng), where stated.
    async fn granted_by(&self, ctx: &Context<'_>) -> Option<Result<Out<Organization>>> {
        by_id(ctx, self.0.granted_by?).await.transpose()
    }

    /// How many collectives (tập thể) it went to, where stated.
    async fn collective_count(&self) -> Option<i32> {
        self.0.collective_count
    }

    /// How many individuals (cá nhân) it went to, where stated.
    async fn individual_count(&self) -> Option<i32> {
        self.0.individual_count
    }

    /// How many works or prizes (tác phẩm, giải) it is, where stated.
    async fn work_count(&self) -> Option<i32> {
        self.0.work_count
    }

    /// The year of the merit (năm thành tích), where stated.
    async fn year(&self) -> Option<i32> {
        self.0.year.map(i32::from)
    }

    /// Recipients that are named (đơn vị, cá nhân được khen thưởng).
    async fn recipients(&self) -> &[String] {
        &self.0.recipients
    }

    /// The meeting (hội nghị) it was given at, if it was at one.
    async fn meeting(&self, ctx: &Context<'_>) -> Option<Result<Out<Meeting>>> {
        by_id(ctx, self.0.meeting?).await.transpose()
    }

    /// How sure that is (độ tin cậy), in [0, 1]: the confidence of the most reliable rule in its evidence.
    async fn confidence(&self, ctx: &Context<'_>) -> Result<Option<f64>> {
        confidence(ctx, RULES_OF_AWARD, self.0.id).await
    }

    /// Where it stands, in all documents that report it.
    #[graphql(complexity = "list_cost(child_complexity)")]
    async fn evidence(&self, ctx: &Context<'_>) -> Result<Outs<Evidence>> {
        rows(ctx, EVIDENCE_OF_AWARD, self.0.id).await
    }
}
