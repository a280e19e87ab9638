//! Meetings and what single documents say of them.

use async_graphql::{Context, ID, Object, Result, SimpleObject};

use super::{
    ahead::{Ahead, Look},
    award::AwardsAtMeeting,
    conflicts::{MeetingConflict, conflicts},
    connection::{Listed, paged},
    document::Document,
    enums::{CountQualifier, MeetingKind, MeetingLevel, MeetingMode, PartOfDay},
    evidence::{Evidence, confidence},
    ids,
    limits::list_cost,
    loaders::{OverRow, referenced, rows, rows_read},
    organization::{Organization, Province},
    out::{Out, Outs},
    participant::{ParticipantReport, ParticipantsAtMeeting},
    scalars::Date,
    task::TasksAtMeeting,
    times::Times,
};
use crate::{
    domain,
    domain::NodeKind,
    store::read::{
        CO_ORGANIZER_NAMES, CO_ORGANIZERS, CO_ORGANIZERS_REPORTED, EVIDENCE_OF_FACT, EVIDENCE_OF_MEETING, MEETINGS,
        MeetingFacts, MeetingReportRow, MeetingRow, ORGANIZER_NAMES, ORGANIZERS, ORGANIZERS_REPORTED,
        PARTICIPANT_REPORTS, REPORTS_OF_MEETING, RULES_OF_FACT, RULES_OF_MEETING, SITES, SiteRow,
    },
};

/// The fields that a meeting and a report of one share; flattened into both.
#[derive(Clone, SimpleObject)]
#[graphql(name = "MeetingFacts")]
pub struct Facts {
    /// The full name (tên gọi), abbreviations written out, without date or place.
    title: String,
    /// The kind of meeting (loại).
    kind: MeetingKind,
    /// Its first day (ngày họp).
    date: Option<Date>,
    /// The part of the day (buổi), where it lasted one.
    part_of_day: Option<PartOfDay>,
    /// In person, online or both (hình thức), where stated.
    mode: Option<MeetingMode>,
    /// Whose meeting it is (cấp).
    level: Option<MeetingLevel>,
    /// The place named for the main meeting (địa điểm, điểm cầu chính).
    venue: Option<String>,
    /// The province (tỉnh, thành phố) of that place, or of the body whose meeting it is.
    province: Option<Province>,
    /// The year under review (năm tổng kết).
    review_year: Option<i32>,
    /// The year planned for (năm triển khai).
    plan_year: Option<i32>,
    /// Connected sites (điểm cầu) in total, where stated.
    site_count: Option<Count>,
    /// Attendees (đại biểu) in total, where stated.
    attendee_count: Option<Count>,
}

impl From<&MeetingFacts> for Facts {
    fn from(facts: &MeetingFacts) -> Self {
        Self {
            title: facts.title.clone(),
            kind: facts.kind.into(),
            date: facts.date.map(Date),
            part_of_day: facts.part_of_day.map(Into::into),
            mode: facts.mode.map(Into::into),
            level: facts.level.map(Into::into),
            venue: facts.venue.clone(),
            province: facts.province.and_then(Province::of),
            review_year: facts.review_year.map(i32::from),
            plan_year: facts.plan_year.map(i32::from),
            site_count: facts.site_count.map(Count::from),
            attendee_count: facts.attendee_count.map(Count::from),
        }
    }
}

impl From<&domain::MeetingReport> for Facts {
    fn from(report: &domain::MeetingReport) -> Self {
        let facts = MeetingFacts {
            title: report.title.clone(),
            kind: report.kind,
            date: report.date,
            part_of_day: report.part_of_day,
            mode: report.mode,
            level: report.level,
            venue: report.venue.clone(),
            province: report.province,
            review_year: report.review_year,
            plan_year: report.plan_year,
            site_count: report.site_count,
            attendee_count: report.attendee_count,
        };
        (&facts).into()
    }
}

/// How many (số lượng), and how exactly that is known.
#[derive(Clone, SimpleObject)]
pub struct Count {
    /// The number as stated, multiplied out: `10 vạn` is 100000.
    value: i64,
    /// Whether it is more, fewer or about as many.
    qualifier: CountQualifier,
}

impl From<domain::Count> for Count {
    fn from(count: domain::Count) -> Self {
        Self { value: count.value, qualifier: count.qualifier.into() }
    }
}

/// A meeting.
pub struct Meeting(MeetingRow);

impl From<MeetingRow> for Meeting {
    fn from(row: MeetingRow) -> Self {
        Self(row)
    }
}

impl OverRow for Meeting {
    type Row = MeetingRow;

    fn over(row: MeetingRow) -> Self {
        Self(row)
    }
}

impl Listed for Meeting {
    const CONNECTION: &'static str = "MeetingConnection";
    const EDGE: &'static str = "MeetingEdge";
}

paged! {
    /// All meetings (hội nghị, cuộc họp), the latest first, those without a date last.
    MeetingList.meetings: Meeting = MEETINGS
}

impl Ahead for Meeting {
    fn ahead(look: &mut Look<'_, '_>) {
        look.rows::<_, Organization>("organizers", ORGANIZERS);
        look.rows::<_, Organization>("coOrganizers", CO_ORGANIZERS);
        look.rows::<_, ()>("sites", SITES);
        ParticipantsAtMeeting::ahead(look);
        TasksAtMeeting::ahead(look);
        AwardsAtMeeting::ahead(look);
        look.rows::<_, MeetingReport>("reports", REPORTS_OF_MEETING);
        look.rows::<_, ()>("conflicts", REPORTS_OF_MEETING);
        look.rows::<_, ()>("confidence", RULES_OF_MEETING);
        look.rows::<_, Evidence>("evidence", EVIDENCE_OF_MEETING);
    }
}

/// The event itself (hội nghị, cuộc họp), put together from all reports of it. Where reports differ, the value is the
/// best supported one.
#[Object]
impl Meeting {
    /// The global id: derived from that of the first report of it, by the documents' slugs. Stable while documents
    /// change and further reports join it; a report whose document comes first takes its id along, and so do those of
    /// the participants.
    pub(super) async fn id(&self) -> ID {
        ids::global(NodeKind::Meeting, self.0.id)
    }

    #[graphql(flatten)]
    fn times(&self) -> Times {
        Times(NodeKind::Meeting, self.0.id)
    }

    #[graphql(flatten)]
    fn facts(&self) -> Facts {
        (&self.0.facts).into()
    }

    /// Bodies that hold it (đơn vị tổ chức).
    #[graphql(complexity = "list_cost(child_complexity)")]
    async fn organizers(&self, ctx: &Context<'_>) -> Result<Outs<Organization>> {
        rows(ctx, ORGANIZERS, self.0.id).await
    }

    /// Bodies it is held together with (đơn vị phối hợp).
    #[graphql(complexity = "list_cost(child_complexity)")]
    async fn co_organizers(&self, ctx: &Context<'_>) -> Result<Outs<Organization>> {
        rows(ctx, CO_ORGANIZERS, self.0.id).await
    }

    /// Connected sites (điểm cầu) that participants are reported from.
    #[graphql(complexity = "list_cost(child_complexity)")]
    async fn sites(&self, ctx: &Context<'_>) -> Result<Outs<Site>> {
        rows(ctx, SITES, self.0.id).await
    }

    #[graphql(flatten)]
    fn participants(&self) -> ParticipantsAtMeeting {
        ParticipantsAtMeeting(Some(self.0.id))
    }

    #[graphql(flatten)]
    fn tasks(&self) -> TasksAtMeeting {
        TasksAtMeeting(Some(self.0.id))
    }

    #[graphql(flatten)]
    fn awards(&self) -> AwardsAtMeeting {
        AwardsAtMeeting(Some(self.0.id))
    }

    /// What each document says of it, by the documents' slugs.
    #[graphql(complexity = "list_cost(child_complexity)")]
    async fn reports(&self, ctx: &Context<'_>) -> Result<Outs<MeetingReport>> {
        rows(ctx, REPORTS_OF_MEETING, self.0.id).await
    }

    /// Where the reports differ (chỗ các bài đưa khác nhau): each field they do not agree on, with every value and who
    /// gives it. Empty where they agree, or where there is one report only.
    #[graphql(complexity = "list_cost(child_complexity)")]
    async fn conflicts(&self, ctx: &Context<'_>) -> Result<Outs<MeetingConflict>> {
        let reports = rows_read(ctx, REPORTS_OF_MEETING, self.0.id).await?;
        Ok(conflicts(&reports))
    }

    /// How sure that is (độ tin cậy), in [0, 1]: the confidence of the most reliable rule in its evidence.
    async fn confidence(&self, ctx: &Context<'_>) -> Result<Option<f64>> {
        confidence(ctx, RULES_OF_MEETING, self.0.id).await
    }

    /// Where it stands, in all documents that report it.
    #[graphql(complexity = "list_cost(child_complexity)")]
    async fn evidence(&self, ctx: &Context<'_>) -> Result<Outs<Evidence>> {
        rows(ctx, EVIDENCE_OF_MEETING, self.0.id).await
    }
}

/// One document's account of one meeting.
pub struct MeetingReport(MeetingReportRow);

impl From<MeetingReportRow> for MeetingReport {
    fn from(row: MeetingReportRow) -> Self {
        Self(row)
    }
}

impl Ahead for MeetingReport {
    fn ahead(look: &mut Look<'_, '_>) {
        look.one::<Document>("document", "document_id");
        look.one::<Meeting>("meeting", "meeting_id");
        look.rows::<_, Organization>("organizers", ORGANIZERS_REPORTED);
        look.rows::<_, Organization>("coOrganizers", CO_ORGANIZERS_REPORTED);
        look.rows::<_, ()>("organizerNames", ORGANIZER_NAMES);
        look.rows::<_, ()>("coOrganizerNames", CO_ORGANIZER_NAMES);
        look.rows::<_, ParticipantReport>("participants", PARTICIPANT_REPORTS);
        look.rows::<_, ()>("confidence", RULES_OF_FACT);
        look.rows::<_, Evidence>("evidence", EVIDENCE_OF_FACT);
    }
}

/// One document's account of one meeting (tin về một hội nghị), exactly as that document has it.
#[Object]
impl MeetingReport {
    /// The document (tài liệu).
    async fn document(&self, ctx: &Context<'_>) -> Result<Out<Document>> {
        referenced(ctx, self.0.document).await
    }

    /// The event, which other documents may report too.
    async fn meeting(&self, ctx: &Context<'_>) -> Result<Out<Meeting>> {
        referenced(ctx, self.0.meeting).await
    }

    #[graphql(flatten)]
    fn facts(&self) -> Facts {
        (&self.0.facts).into()
    }

    /// Bodies that hold it (đơn vị tổ chức), as this document has it.
    #[graphql(complexity = "list_cost(child_complexity)")]
    async fn organizers(&self, ctx: &Context<'_>) -> Result<Outs<Organization>> {
        rows(ctx, ORGANIZERS_REPORTED, self.0.id).await
    }

    /// Bodies it is held together with (đơn vị phối hợp), as this document has it.
    #[graphql(complexity = "list_cost(child_complexity)")]
    async fn co_organizers(&self, ctx: &Context<'_>) -> Result<Outs<Organization>> {
        rows(ctx, CO_ORGANIZERS_REPORTED, self.0.id).await
    }

    /// How this document calls the bodies of `organizers` (tên đơn vị tổ chức như văn bản ghi), in the same order. A body
    /// has one name wherever it is asked for, which may be another document's.
    async fn organizer_names(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        let names = rows_read(ctx, ORGANIZER_NAMES, self.0.id).await?;
        Ok(names.iter().map(|row| row.name.clone()).collect())
    }

    /// How this document calls the bodies of `coOrganizers` (tên đơn vị phối hợp như văn bản ghi), in the same order.
    async fn co_organizer_names(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        let names = rows_read(ctx, CO_ORGANIZER_NAMES, self.0.id).await?;
        Ok(names.iter().map(|row| row.name.clone()).collect())
    }

    /// Who took part (thành phần tham dự) by this document, in the text's order, each once.
    #[graphql(complexity = "list_cost(child_complexity)")]
    async fn participants(&self, ctx: &Context<'_>) -> Result<Outs<ParticipantReport>> {
        rows(ctx, PARTICIPANT_REPORTS, self.0.id).await
    }

    /// How sure that is (độ tin cậy), in [0, 1]: the confidence of the most reliable rule in its evidence.
    async fn confidence(&self, ctx: &Context<'_>) -> Result<Option<f64>> {
        confidence(ctx, RULES_OF_FACT, self.0.id).await
    }

    /// Where this document says so.
    #[graphql(complexity = "list_cost(child_complexity)")]
    async fn evidence(&self, ctx: &Context<'_>) -> Result<Outs<Evidence>> {
        rows(ctx, EVIDENCE_OF_FACT, self.0.id).await
    }
}

/// A connected site (điểm cầu) of a meeting.
#[derive(SimpleObject)]
pub struct Site {
    /// The place, without `điểm cầu`.
    pub(super) name: String,
    /// Its province (tỉnh, thành phố), where the name tells it.
    pub(super) province: Option<Province>,
}

impl From<SiteRow> for Site {
    fn from(row: SiteRow) -> Self {
        Self { name: row.name, province: row.province.and_then(Province::of) }
    }
}
