//! Participants, what single documents say of them, and the positions they hold.

use async_graphql::{Context, ID, Object, Result};

use super::{
    ahead::{Ahead, Look},
    connection::{Listed, paged},
    enums::{ParticipantKind, ParticipantRole},
    evidence::{Evidence, confidence},
    ids,
    limits::list_cost,
    loaders::{OverRow, by_id, referenced, rows},
    meeting::{Meeting, Site},
    organization::Organization,
    out::{Out, Outs},
    person::Person,
    times::Times,
};
use crate::domain::NodeKind;
use crate::store::read::{
    EVIDENCE_OF_FACT, EVIDENCE_OF_PARTICIPANT, PARTICIPANTS, PARTICIPANTS_AT_MEETING, PARTICIPATIONS_OF_PERSON,
    POSITIONS, POSITIONS_REPORTED, ParticipantReportRow, ParticipantRow, PositionRow, RULES_OF_FACT,
    RULES_OF_PARTICIPANT,
};

/// A participant.
pub struct Participant(ParticipantRow);

impl From<ParticipantRow> for Participant {
    fn from(row: ParticipantRow) -> Self {
        Self(row)
    }
}

impl OverRow for Participant {
    type Row = ParticipantRow;

    fn over(row: ParticipantRow) -> Self {
        Self(row)
    }
}

impl Listed for Participant {
    const CONNECTION: &'static str = "ParticipantConnection";
    const EDGE: &'static str = "ParticipantEdge";
}

paged! {
    /// All participants (đại biểu) of all meetings, in a fixed order without meaning.
    ParticipantList.participants: Participant = PARTICIPANTS
}
paged! {
    /// Who took part (thành phần tham dự): people before delegations, those in the chair first, then as reported.
    ParticipantsAtMeeting.participants: Participant = PARTICIPANTS_AT_MEETING
}
paged! {
    /// The meetings this person took part in (các lần tham dự), and as what; the latest first.
    ParticipationsOfPerson.participations: Participant = PARTICIPATIONS_OF_PERSON
}

impl Ahead for Participant {
    fn ahead(look: &mut Look<'_, '_>) {
        look.one::<Person>("person", "person_id");
        look.rows::<_, Position>("positions", POSITIONS);
        look.one::<Meeting>("meeting", "meeting_id");
        look.rows::<_, ()>("confidence", RULES_OF_PARTICIPANT);
        look.rows::<_, Evidence>("evidence", EVIDENCE_OF_PARTICIPANT);
    }
}

/// A person or delegation at a meeting (đại biểu): one, however many documents name it.
#[Object]
impl Participant {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        ids::global(NodeKind::Participant, self.0.id)
    }

    #[graphql(flatten)]
    fn times(&self) -> Times {
        Times(NodeKind::Participant, self.0.id)
    }

    /// Named person or delegation.
    async fn kind(&self) -> ParticipantKind {
        self.0.kind.into()
    }

    /// The person's name (họ tên), or the delegation (đoàn) as worded.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The person (cá nhân); null for a delegation.
    async fn person(&self, ctx: &Context<'_>) -> Option<Result<Out<Person>>> {
        by_id(ctx, self.0.person?).await.transpose()
    }

    /// What they did at the meeting (vai trò): all that any document supports, ATTENDEE only where there is no other.
    async fn roles(&self) -> Vec<ParticipantRole> {
        self.0.roles.iter().copied().map(Into::into).collect()
    }

    /// Positions (chức vụ) as held at this meeting.
    #[graphql(complexity = "list_cost(child_complexity)")]
    async fn positions(&self, ctx: &Context<'_>) -> Result<Outs<Position>> {
        rows(ctx, POSITIONS, self.0.id).await
    }

    /// The connected site (điểm cầu) where they took part; null at the main site.
    async fn site(&self) -> Option<Site> {
        self.0.site.clone().map(Site::from)
    }

    /// The meeting (hội nghị).
    async fn meeting(&self, ctx: &Context<'_>) -> Result<Out<Meeting>> {
        referenced(ctx, self.0.meeting).await
    }

    /// How sure that is (độ tin cậy), in [0, 1]: the confidence of the most reliable rule in its evidence.
    async fn confidence(&self, ctx: &Context<'_>) -> Result<Option<f64>> {
        confidence(ctx, RULES_OF_PARTICIPANT, self.0.id).await
    }

    /// Where it stands, in all documents that name them at this meeting.
    #[graphql(complexity = "list_cost(child_complexity)")]
    async fn evidence(&self, ctx: &Context<'_>) -> Result<Outs<Evidence>> {
        rows(ctx, EVIDENCE_OF_PARTICIPANT, self.0.id).await
    }
}

/// One document's account of one participant.
pub struct ParticipantReport(ParticipantReportRow);

impl From<ParticipantReportRow> for ParticipantReport {
    fn from(row: ParticipantReportRow) -> Self {
        Self(row)
    }
}

impl Ahead for ParticipantReport {
    fn ahead(look: &mut Look<'_, '_>) {
        look.one::<Participant>("participant", "participant_id");
        look.rows::<_, Position>("positions", POSITIONS_REPORTED);
        look.rows::<_, ()>("confidence", RULES_OF_FACT);
        look.rows::<_, Evidence>("evidence", EVIDENCE_OF_FACT);
    }
}

/// One document's account of one participant (đại biểu), exactly as that document has it.
#[Object]
impl ParticipantReport {
    /// The participant, whom other documents may name too.
    async fn participant(&self, ctx: &Context<'_>) -> Result<Out<Participant>> {
        referenced(ctx, self.0.participant).await
    }

    /// Named person or delegation.
    async fn kind(&self) -> ParticipantKind {
        self.0.kind.into()
    }

    /// The person's name (họ tên), or the delegation (đoàn) as worded.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What they did (vai trò), as far as this document supports it.
    async fn roles(&self) -> Vec<ParticipantRole> {
        self.0.roles.iter().copied().map(Into::into).collect()
    }

    /// Positions (chức vụ), each as its own text, in the text's order.
    #[graphql(complexity = "list_cost(child_complexity)")]
    async fn positions(&self, ctx: &Context<'_>) -> Result<Outs<Position>> {
        rows(ctx, POSITIONS_REPORTED, self.0.id).await
    }

    /// The connected site (điểm cầu) where they took part; null at the main site.
    async fn site(&self) -> Option<Site> {
        self.0.site.clone().map(Site::from)
    }

    /// How sure that is (độ tin cậy), in [0, 1]: the confidence of the most reliable rule in its evidence.
    async fn confidence(&self, ctx: &Context<'_>) -> Result<Option<f64>> {
        confidence(ctx, RULES_OF_FACT, self.0.id).await
    }

    /// Where it stands; a person's holds the name.
    #[graphql(complexity = "list_cost(child_complexity)")]
    async fn evidence(&self, ctx: &Context<'_>) -> Result<Outs<Evidence>> {
        rows(ctx, EVIDENCE_OF_FACT, self.0.id).await
    }
}

/// A title that someone holds.
pub struct Position(PositionRow);

impl From<PositionRow> for Position {
    fn from(row: PositionRow) -> Self {
        Self(row)
    }
}

impl Ahead for Position {
    fn ahead(look: &mut Look<'_, '_>) {
        look.one::<Organization>("organization", "organization_id");
    }
}

/// A title that someone holds (chức vụ).
#[Object]
impl Position {
    /// The whole title, abbreviations written out, as in `Phó Chủ tịch Ủy ban nhân dân tỉnh`.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// The body (cơ quan) in it, where the title names one.
    async fn organization(&self, ctx: &Context<'_>) -> Option<Result<Out<Organization>>> {
        by_id(ctx, self.0.organization?).await.transpose()
    }
}
