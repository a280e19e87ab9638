//! What is put together from all documents: the second layer, a pure function of the first.
//!
//! Ids are derived from content (see [`super::resolved_id`]), so the order of loading makes no difference.

use uuid::Uuid;

use super::{MeetingReport, OrganizerRole, ParticipantKind, ParticipantRole, ProvinceId, Site};

/// An event, put together from all reports of it. Where reports differ, each value is the best supported one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// Derived from the reports.
    pub id: Uuid,
    /// The values. Its `participants` and `evidence` are empty: those are reached through the reports.
    pub summary: MeetingReport,
    /// Organizations that hold it or help to, each with its part, in order.
    pub organizers: Vec<(OrganizerRole, Uuid)>,
    /// Connected sites that participants are reported from, sorted by name.
    pub sites: Vec<Site>,
    /// The reports (fact ids) of this event.
    pub reports: Vec<Uuid>,
}

/// A person, one however many documents name them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Derived from the name and, where several people share it, from where they hold office.
    pub id: Uuid,
    /// The most frequent spelling.
    pub name: String,
    /// The participant reports (fact ids) that name this person.
    pub reports: Vec<Uuid>,
}

/// A body, one however it is abbreviated or capitalised.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Organization {
    /// Derived from the name's key and the scope.
    pub id: Uuid,
    /// The name, in its most frequent full spelling.
    pub name: String,
    /// One key for every spelling of the name, abbreviations written out.
    pub key: String,
    /// Set where the name alone does not say which province's body it is (`Sở Ngoại vụ`).
    pub province: Option<ProvinceId>,
    /// What the name alone leaves open: a province, a district, a document; empty for a name that says it all.
    pub scope: String,
}

/// A person or delegation at a meeting, put together from the reports that name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant {
    /// Derived from the meeting and the person or the delegation's wording.
    pub id: Uuid,
    /// The meeting.
    pub meeting: Uuid,
    /// A named person or a delegation.
    pub kind: ParticipantKind,
    /// Name as reported.
    pub name: String,
    /// `None` for a delegation.
    pub person: Option<Uuid>,
    /// All roles any report supports; `Attendee` only where there is no other.
    pub roles: Vec<ParticipantRole>,
    /// Titles as held at this meeting, the fullest report's order first; each with its organization.
    pub positions: Vec<(String, Option<Uuid>)>,
    /// The connected site; `None` at the main site.
    pub site: Option<Site>,
    /// The participant reports (fact ids) it is put together from.
    pub reports: Vec<Uuid>,
}

/// An award, one however many documents report it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Award {
    /// Derived from the reports.
    pub id: Uuid,
    /// The meeting it was given at.
    pub meeting: Option<Uuid>,
    /// Award's name, in the best supported spelling.
    pub name: String,
    /// Who granted it.
    pub granted_by: Option<Uuid>,
    /// tập thể
    pub collective_count: Option<i32>,
    /// cá nhân
    pub individual_count: Option<i32>,
    /// tác phẩm, giải
    pub work_count: Option<i32>,
    /// The year of the merit.
    pub year: Option<i16>,
    /// Recipients that any report names, each once.
    pub recipients: Vec<String>,
    /// The award reports (fact ids) it is put together from.
    pub reports: Vec<Uuid>,
}
