//! Tests against a real PostgreSQL, one started for the whole run and a database of its own for each test.
//!
//! One target, so that everything links once and shares that server.

// A test that panics fails, which is what unwrap and friends are for here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod api;
mod corrections;
mod database;
mod first_load;
mod invented;
mod keys;
mod life;
mod loading;
mod own_documents;
mod pdf;
mod process;
mod putting_together;
mod replicated;
mod seeder;
mod support;
