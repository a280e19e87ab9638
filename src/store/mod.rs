//! All SQL of the project: one file per aggregate, bulk writers, page readers.
//!
//! Free functions that take a pool or a connection; there is one backend, so there is no trait. Nothing from outside
//! reaches SQL except as a parameter.

mod connect;
mod error;
mod migrate;

pub use connect::connect;
pub use error::Error;
pub use migrate::migrate;
