//! Facts of the first layer with what identifies them: what is written for a document, and what putting together
//! starts from.
//!
//! Read back for putting together, they carry no evidence: where something stands plays no part in what is the same.

use chrono::NaiveDate;
use uuid::Uuid;

use super::{
    AwardReport, Directive, DocumentKind, Figure, MeetingReport, Organization, OrganizerRole, ParticipantReport,
    Position, ProvinceId, Span, Task,
};

/// A fact with its id and its 1-based place among the document's facts of its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportedFact<T> {
    /// Derived from the document and what makes the fact itself.
    pub id: Uuid,
    /// 1-based, in the document's order.
    pub ordinal: i32,
    /// The fact.
    pub fact: T,
}

/// A body as worded somewhere, and which one it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyMention {
    /// As worded.
    pub name: String,
    /// Which organization.
    pub id: Uuid,
}

/// A document's account of a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportedMeeting {
    /// The fact's id.
    pub id: Uuid,
    /// The document.
    pub slug: String,
    /// 1-based, in the document's order.
    pub ordinal: i32,
    /// The account; its lists of bodies and participants are empty, they stand below.
    pub report: MeetingReport,
    /// Bodies that hold it or help to, in order.
    pub organizers: Vec<(OrganizerRole, BodyMention)>,
    /// Its participants, in order.
    pub participants: Vec<ReportedParticipant>,
}

/// A document's account of a participant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportedParticipant {
    /// The fact's id.
    pub id: Uuid,
    /// 1-based, in the document's order, over all its meetings.
    pub ordinal: i32,
    /// `name_key` of the name.
    pub key: String,
    /// The account.
    pub report: ParticipantReport,
    /// Which organization each of the report's positions names, one entry a position.
    pub organizations: Vec<Option<Uuid>>,
    /// Who it is, once that is known; never for a delegation.
    pub person: Option<Uuid>,
}

/// A document's account of an award.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportedAward {
    /// The fact's id.
    pub id: Uuid,
    /// The document.
    pub slug: String,
    /// 1-based, in the document's order.
    pub ordinal: i32,
    /// The account.
    pub report: AwardReport,
    /// The meeting report (fact id) it belongs to.
    pub meeting_report: Option<Uuid>,
    /// Which organization grants it.
    pub granted_by: Option<Uuid>,
}

/// A task with the meeting report it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportedTask {
    /// The task, with its id.
    pub task: ReportedFact<Task>,
    /// The meeting report (fact id) it belongs to.
    pub meeting_report: Option<Uuid>,
}

/// A sentence as search finds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportedSentence {
    /// Where it stands.
    pub span: Span,
    /// Its words, folded, in order, one space between them.
    pub words: String,
}

/// Everything one document states, identified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportedDocument {
    /// Derived from the slug.
    pub id: Uuid,
    /// The file's stem.
    pub slug: String,
    /// What the document is.
    pub kind: DocumentKind,
    /// The meetings it reports.
    pub meetings: Vec<ReportedMeeting>,
    /// The tasks it sets out.
    pub tasks: Vec<ReportedTask>,
    /// The awards it reports.
    pub awards: Vec<ReportedAward>,
    /// The acts it cites, each with who issued it.
    pub directives: Vec<(ReportedFact<Directive>, Option<Uuid>)>,
    /// Its quantities.
    pub figures: Vec<ReportedFact<Figure>>,
    /// The sentences of its body, in the text's order.
    pub sentences: Vec<ReportedSentence>,
    /// Every body it mentions, each once, sorted by id.
    pub organizations: Vec<Organization>,
}

/// One place where a document names a person: as a participant, or as the one who sets a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The fact's id.
    pub id: Uuid,
    /// The document.
    pub slug: String,
    /// 1-based, in the document's order of such facts.
    pub ordinal: i32,
    /// Whether as a participant; else as the one who sets a task.
    pub participant: bool,
    /// As worded.
    pub name: String,
    /// `name_key` of it.
    pub key: String,
    /// The titles given there.
    pub positions: Vec<Position>,
    /// The province of the connected site they took part from.
    pub site_province: Option<ProvinceId>,
    /// The province of the meeting, where it is not a national one.
    pub meeting_province: Option<ProvinceId>,
    /// The person so far; what changes is what has to be written.
    pub person: Option<Uuid>,
    /// The meeting report (fact id) it belongs to.
    pub meeting_report: Option<Uuid>,
    /// The day of that meeting.
    pub date: Option<NaiveDate>,
}

/// How often a name is mentioned with an office in one place, in one spelling: all that has to be known of the mentions
/// there are to tell whom one more means, mostly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameScope {
    /// `name_key` of the name.
    pub key: String,
    /// Where the office is: a province's number, or one of the two constants here.
    pub scope: i16,
    /// As worded.
    pub name: String,
    /// How often.
    pub count: i64,
}

impl NameScope {
    /// An office of the whole country.
    pub const CENTRAL: i16 = 0;
    /// The mention does not tell.
    pub const UNTOLD: i16 = -1;
    /// Stands for mentions that nobody has counted, or that were counted by other rules.
    pub const UNCOUNTED: i16 = -2;
}
