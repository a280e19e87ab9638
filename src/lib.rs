//! `hoinghi` reads Vietnamese reports of meetings and answers queries about who took part, as what, which tasks were
//! set and which awards given, each with the place in the text it was taken from.
//!
//! The modules in the order in which data flows; each knows only what stands above it, as ARCHITECTURE.md says and
//! `tests/tidy` asserts.

pub mod config;
pub mod domain;
pub mod program;

pub mod document;

pub mod extract;

pub mod explain;

pub mod resolve;

pub mod store;

pub mod access;

pub mod ingest;

pub mod graphql;

pub mod http;

pub mod postgres;
