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
pub mod read;
mod row;
mod write;

pub use blocks::{award_reports, mentions, organization_names, reports, spellings};
pub use bodies::{BodyPlace, body_places, move_bodies};
pub use budgets::{Spent, forget_spent, spend};
pub use connect::connect;
pub use corrections::{ReportPlace, corrections, report_places, slugs_among, write_corrections};
pub use error::{Error, told};
pub use first_load::{begin_first_load, end_first_load};
pub use keys::{KeyRow, insert_key, keys, revoke_key};
pub use migrate::migrate;
pub use write::{
    References, Resolved, Touched, add_organizations, begin, content_hash, delete_document, name_organizations, slugs,
    sweep, touched, write_document, write_references, write_resolved,
};
