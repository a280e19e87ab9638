//! What the server can be told about answering.

use std::time::Duration;

use super::{live::Stop, origins::Origins, trusted::Trusted};
use crate::{
    access::{Clock, Network},
    store::read::Replica,
};

/// What the server can be told about answering.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How long a GraphQL request may take to be executed.
    pub timeout: Duration,
    /// How many bytes the body of a request may have.
    pub max_body_bytes: usize,
    /// How many operations a request may hold; with 0 or 1, batches are refused.
    pub max_batch: usize,
    /// For how many seconds answers to GET may be used without asking again; with 0, none.
    pub max_age: u32,
    /// How many of the queries that clients have sent are kept under their hashes; with 0, none.
    pub persisted_queries: usize,
    /// The operations of known clients.
    pub trusted: Trusted,
    /// Whether nothing else is answered.
    pub trusted_only: bool,
    /// Which other sites' pages may ask.
    pub origins: Origins,
    /// Cost a minute that a client may use which has no limit of its own.
    pub rate_limit: Option<u32>,
    /// Whose word is taken for where a request comes from.
    pub trusted_proxies: Vec<Network>,
    /// Whether nobody is answered who has no API key.
    pub require_api_key: bool,
    /// Whether the schema may be asked for.
    pub introspection: bool,
    /// A copy of the database that is read instead of it.
    pub replica: Option<Replica>,
    /// Bytes of answers that are kept at most, until something is loaded; none with 0.
    pub answer_cache: usize,
    /// What time it is.
    pub clock: Clock,
    /// Tells subscriptions to end, when the server does.
    pub stop: Stop,
}

impl Default for Settings {
    /// Ten seconds; 1 MiB, which a text for `extract` fits into even with every letter escaped; a thousand queries of
    /// 16 KiB each at most; otherwise everything is answered, to everybody, no page of
    /// another site may ask, and no answer is kept.
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(10),
            max_body_bytes: 1024 * 1024,
            max_batch: 0,
            max_age: 0,
            persisted_queries: 1000,
            trusted: Trusted::default(),
            trusted_only: false,
            origins: Origins::default(),
            rate_limit: None,
            trusted_proxies: Vec::new(),
            require_api_key: false,
            introspection: true,
            replica: None,
            answer_cache: 0,
            clock: Clock::default(),
            stop: Stop::default(),
        }
    }
}
