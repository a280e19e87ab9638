//! Following what changes: the log, copies that are kept by it, subscriptions.

mod changes;
mod columns;
mod guarded;
pub mod live;
mod mirror;
mod subscriptions;
