//! All SQL of the project: one file per aggregate, bulk writers, page readers.
//!
//! Free functions that take a pool or a transaction; there is one backend, so there is no trait. Nothing from outside
//! reaches SQL except as a parameter.

mod blocks;
mod bodies;
mod budgets;
mod connect;
mod corrections;
mod error;
mod first_load;
mod keys;
mod migrate;
mod name_scopes;
pub mod read;
mod row;
mod write;

pub use blocks::{add_lists, award_reports, mentions, organization_names, reports, spellings};
pub use bodies::{BodyPlace, body_places, move_bodies};
pub use budgets::{Spent, forget_spent, spend};
pub use connect::{connect, connect_loader, connect_to_read};
pub use corrections::{ReportPlace, corrections, corrections_now, report_places, slugs_among, write_corrections};
pub use error::{Error, told};
pub use first_load::{begin_first_load, end_first_load};
pub use keys::{KeyRow, insert_key, keys, revoke_key};
pub use migrate::migrate;
pub use name_scopes::{count_names, count_names_by, name_scopes};
pub use write::{
    References, Resolved, Touched, Written, add_organizations, begin, content_hashes, delete_document, delete_facts,
    name_organizations, place_pending, slugs, sweep, touched, write_documents, write_references, write_resolved,
};
