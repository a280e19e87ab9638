//! Reading: pages of long lists, short lists whole, things by their ids; each for many keys in one statement.
//!
//! Three mechanisms for what is in tables, one file each, and then nothing but tables and columns:
//!
//! - [`List`]: a list that can grow, read a page at a time behind a cursor on its key ([`pages`], [`counts`]), narrowed and
//!   put in order as [`Table`] says, or counted by what its rows have in common ([`groups`]);
//! - [`Group`]: a short list below a thing, read whole ([`rows_of`]);
//! - [`Entity`]: a thing with an id ([`by_ids`]).
//!
//! A [`Tree`] puts several of them, one below the other, into one statement. What is read is made from [`Fields`], the
//! columns of a row under whatever names the statement gives them.
//!
//! What is no table's has a statement of its own: the log of changes ([`changes`]), what a text finds ([`search`]), names
//! that begin so ([`suggest`]).
//!
//! A statement answers for all keys it is given, so what a query costs in statements depends on its shape, never on
//! the number of rows. Whatever one request reads, it reads through one [`Snapshot`], so that it fits together. Nothing
//! here knows of GraphQL.

mod ask;
mod award;
mod changes;
mod columns;
mod connections;
mod document;
mod entity;
mod evidence;
mod feed;
mod group;
mod grouping;
mod health;
mod lag;
mod list;
mod meeting;
mod organization;
mod page;
mod participant;
mod person;
mod replica;
mod resting;
mod row;
mod search;
mod search_terms;
mod snapshot;
mod suggest;
mod task;
mod tree;

pub use ask::{
    Column, Comparison, Condition, GroupKey, GroupKind, Kind, Match, Operator, Quantifier, Relation, Size, Sort, Sum,
    Table, Value, Vocabulary,
};
pub use award::{AWARD, AWARDS, AWARDS_AT_MEETING, AWARDS_IN_DOCUMENT, AwardRow, RECIPIENT};
pub use changes::{ChangeRow, ChangesAsked, DataVersion, LEASE, NodeTimes, changes, data_version, node_times};
pub use connections::Connections;
pub use document::{
    DIRECTIVE, DIRECTIVES, DOCUMENT, DOCUMENTS, DirectiveRow, DocumentRow, FIGURES, FigureRow, document_ids, texts,
};
pub use entity::{Entity, by_ids};
pub use evidence::{
    EVIDENCE_OF_AWARD, EVIDENCE_OF_FACT, EVIDENCE_OF_MEETING, EVIDENCE_OF_PARTICIPANT, EvidenceRow, RULES_OF_AWARD,
    RULES_OF_FACT, RULES_OF_MEETING, RULES_OF_PARTICIPANT, RuleRow,
};
pub use feed::Feed;
pub use group::{Group, rows_of};
pub use grouping::{GroupRow, GroupRows, GroupValue, Grouping, groups};
pub use health::ping;
pub use list::{Key, List, counts, pages};
pub use meeting::{
    CO_ORGANIZER_NAMES, CO_ORGANIZERS, CO_ORGANIZERS_REPORTED, MEETING, MEETINGS, MeetingFacts, MeetingReportRow,
    MeetingRow, ORGANIZER_NAMES, ORGANIZERS, ORGANIZERS_REPORTED, REPORTS_IN_DOCUMENT, REPORTS_OF_MEETING, SITES,
    SiteRow, WordingRow,
};
pub use organization::{ORGANIZATION, ORGANIZATIONS, OrganizationRow, PROVINCE, SITE};
pub use page::{Bound, Page, PageArgs, Slice};
pub use participant::{
    PARTICIPANT, PARTICIPANT_REPORTS, PARTICIPANTS, PARTICIPANTS_AT_MEETING, PARTICIPATIONS_OF_PERSON, POSITION,
    POSITIONS, POSITIONS_REPORTED, ParticipantReportRow, ParticipantRow, PositionRow,
};
pub use person::{NAMES_OF_PERSON, PEOPLE, PERSON, POSITIONS_OF_PERSON, PersonNameRow, PersonPositionRow, PersonRow};
pub use replica::{Replica, Standing};
pub use row::{Fields, FromFields};
pub use search::{FoundAt, FoundRow, Search, SearchKind, search, search_count};
pub use search_terms::{Hit, Terms};
pub use snapshot::Snapshot;
pub use suggest::{Suggested, suggest};
pub use task::{TASK, TASKS, TASKS_AT_MEETING, TASKS_IN_DOCUMENT, TaskRow};
pub use tree::{Level, Tree};
