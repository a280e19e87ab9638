//! The API, asked over HTTP (without a socket) against a real PostgreSQL.

pub mod ask;
mod examples;
mod extract;
mod facts;
mod filters;
pub mod follow;
mod groups;
mod hostile;
mod orders;
mod over_http;
mod paging;
mod plans;
mod readme;
mod refusals;
mod scale;
mod schema;
mod search;
mod small_world;
mod snapshot;
mod statements;
mod trust;
mod who;
mod world;
