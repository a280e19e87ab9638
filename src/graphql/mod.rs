//! The GraphQL schema over the store: types as newtypes over its rows, lists through batches, errors with codes.
//!
//! `extract` asks no store: it reads a text that comes with the request. What is deliberately not here: SQL (all of it is
//! in `store`), HTTP, and any mutation.

mod ahead;
mod ask;
mod award;
mod blame;
mod changes;
mod check;
mod code;
mod conflicts;
mod connection;
mod cost;
mod document;
mod enums;
mod error;
mod evidence;
mod execute;
mod extract;
mod extracted;
mod group;
mod ids;
mod introspection;
mod kept;
mod known;
mod limits;
mod loaders;
mod meeting;
mod organization;
mod out;
mod outcome;
mod participant;
mod passage;
mod person;
mod query;
mod scalars;
mod search;
mod snippet;
mod stall;
mod subscription;
mod suggest;
mod task;
mod times;

use async_graphql::{EmptyMutation, Schema, ValidationMode};

pub use code::Code;
pub use execute::{Api, Call, Operation, Settings, parses, single_error};
pub use limits::{
    MAX_ALIASES, MAX_COMPLEXITY, MAX_DEPTH, MAX_DIRECTIVES, MAX_QUERY_BYTES, MAX_TEXT, PAGE_DEFAULT, PAGE_MAX,
};
pub use outcome::{Data, Outcome};

pub use crate::store::read::DataVersion;

type Roots = Schema<query::Query, EmptyMutation, subscription::Subscriptions>;

/// The limit of complexity is not the library's: `cost` tells what was asked for, too.
fn schema(introspection: bool, validation: ValidationMode) -> Roots {
    let builder = Schema::build(query::Query::default(), EmptyMutation, subscription::Subscriptions)
        .validation_mode(validation)
        .limit_depth(MAX_DEPTH)
        .limit_aliases(MAX_ALIASES)
        .limit_directives(MAX_DIRECTIVES)
        .extension(cost::Charging);
    // Suggestions tell the schema name by name.
    if introspection { builder.finish() } else { builder.disable_suggestions().finish() }
}

/// The schema in the schema definition language, as `schema.graphql` has it.
pub fn sdl() -> String {
    let options = async_graphql::SDLExportOptions::new().prefer_single_line_descriptions().include_specified_by();
    schema(true, ValidationMode::Strict).sdl_with_options(options)
}
