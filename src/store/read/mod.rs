//! Reading: pages of long lists, short lists whole, things by their ids; each for many keys in one statement.
//!
//! Three mechanisms, one file each, and then nothing but tables and columns:
//!
//! - [`List`]: a list that can grow, read a page at a time behind a cursor on its key ([`pages`], [`counts`]);
//! - [`Group`]: a short list below a thing, read whole ([`rows_of`]);
//! - [`Entity`]: a thing with an id ([`by_ids`]).
//!
//! A statement answers for all keys it is given, so what a query costs in statements depends on its shape, never on
//! the number of rows. Whatever one request reads, it reads through one [`Snapshot`], so that it fits together. Nothing
//! here knows of GraphQL.

mod award;
mod changes;
mod connections;
mod document;
mod entity;
mod evidence;
mod filter;
mod group;
mod health;
mod list;
mod meeting;
mod organization;
mod page;
mod participant;
mod person;
mod row;
mod snapshot;
mod task;

pub use award::{AWARDS, AWARDS_AT_MEETING, AWARDS_IN_DOCUMENT, AwardFilter, AwardRow};
pub use changes::{DataVersion, data_version};
pub use connections::Connections;
pub use document::{
    DIRECTIVES, DOCUMENTS, DirectiveRow, DocumentFilter, DocumentRow, FIGURES, FigureRow, document_ids, texts,
};
pub use entity::{Entity, by_ids};
pub use evidence::{
    EVIDENCE_OF_AWARD, EVIDENCE_OF_FACT, EVIDENCE_OF_MEETING, EVIDENCE_OF_PARTICIPANT, EvidenceRow, RULES_OF_AWARD,
    RULES_OF_FACT, RULES_OF_MEETING, RULES_OF_PARTICIPANT, RuleRow,
};
pub use filter::{Filter, RuleTest, Test};
pub use group::{Group, rows_of};
pub use health::ping;
pub use list::{Key, List, counts, pages};
pub use meeting::{
    CO_ORGANIZERS, CO_ORGANIZERS_REPORTED, MEETINGS, MeetingFacts, MeetingFilter, MeetingReportRow, MeetingRow,
    ORGANIZERS, ORGANIZERS_REPORTED, REPORTS_IN_DOCUMENT, REPORTS_OF_MEETING, SITES, SiteRow,
};
pub use organization::{ORGANIZATIONS, OrganizationFilter, OrganizationRow};
pub use page::{Bound, Page, PageArgs, Slice};
pub use participant::{
    PARTICIPANT_REPORTS, PARTICIPANTS, PARTICIPANTS_AT_MEETING, PARTICIPATIONS_OF_PERSON, POSITIONS,
    POSITIONS_REPORTED, ParticipantFilter, ParticipantReportRow, ParticipantRow, PositionRow,
};
pub use person::{NAMES_OF_PERSON, PEOPLE, PersonFilter, PersonNameRow, PersonRow};
pub use snapshot::Snapshot;
pub use task::{TASKS, TASKS_AT_MEETING, TASKS_IN_DOCUMENT, TaskFilter, TaskRow};
