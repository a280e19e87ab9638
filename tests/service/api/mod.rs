//! The API, asked over HTTP (without a socket) against a real PostgreSQL.

mod ask;
mod paging;
mod statements;
mod world;
