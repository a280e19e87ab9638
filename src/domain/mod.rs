//! The nouns of the project as plain structs and enums: what a document says, and what is put together from many.
//!
//! Nothing here knows of files, SQL or GraphQL. Derives are limited to `serde::Serialize` (for `seed --json` and the
//! golden files). Offsets count Unicode code points everywhere, as the API does.

mod abbreviations;
mod corrections;
mod facts;
mod ids;
mod kinds;
mod name_key;
mod province;
mod reported;
mod resolved;
mod source;
mod span;
mod words;

pub use abbreviations::{ABBREVIATIONS, written_out_key};
pub use corrections::{BodyRef, Corrections, NameRef, Relations, ReportRef};
pub use facts::{
    AwardReport, Count, Directive, Extraction, Figure, MeetingReport, ParticipantReport, Position, Site, Task,
    local_province,
};
pub use ids::{document_id, fact_id, resolved_id};
pub use kinds::{
    CountQualifier, DocumentKind, FactKind, MeetingKind, MeetingLevel, MeetingMode, NodeKind, OrganizerRole, PartOfDay,
    ParticipantKind, ParticipantRole, ProvinceKind, UnknownWord,
};
pub use name_key::name_key;
pub use province::{PROVINCES_SINCE, Province, ProvinceId, province, province_coded, province_named, provinces};
pub use reported::{
    BodyMention, Mention, NameScope, ReportedAward, ReportedDocument, ReportedFact, ReportedMeeting,
    ReportedParticipant, ReportedSentence, ReportedTask,
};
pub use resolved::{Award, Meeting, Organization, Participant, Person};
pub use source::{Source, SourceMeta};
pub use span::{Evidence, Span};
pub use words::{Word, words};
