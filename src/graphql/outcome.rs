//! What a request comes to, and its form as JSON.

use std::sync::Arc;

use async_graphql::{ServerError, Value};
use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::value::RawValue;

use super::{code::Code, error, limits::MAX_COMPLEXITY};
use crate::store::read::DataVersion;

/// What was asked for.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Data {
    /// As it was read.
    Read(Value),
    /// As it is kept, for others who ask the same.
    Kept(Arc<RawValue>),
}

/// The answer to a request.
#[derive(Debug)]
pub struct Outcome {
    /// What was asked for; `None` if nothing was executed.
    pub data: Option<Data>,
    /// What went wrong, each with its code.
    pub errors: Vec<ServerError>,
    /// What it cost, if that was to be told.
    pub cost: Option<usize>,
    /// The state of the data that it is an answer of, if that is known and the same request will get the same answer for as
    /// long as that is the state. Known of all that was asked by GET.
    pub version: Option<DataVersion>,
}

impl Outcome {
    /// Refused as a whole, nothing was executed.
    pub fn refused(errors: Vec<ServerError>) -> Self {
        Self { data: None, errors, cost: None, version: None }
    }

    /// Why it was refused as a whole, if it was.
    pub fn refusal(&self) -> Option<Code> {
        let code = self.errors.first().and_then(error::code_of).filter(|_| self.data.is_none())?;
        Code::ALL.iter().copied().find(|known| known.as_str() == code)
    }

    /// After how many seconds to ask again, if it was refused for now.
    pub fn retry_after(&self) -> Option<u64> {
        match self.errors.first()?.extensions.as_ref()?.get("retryAfter")? {
            Value::Number(seconds) => seconds.as_u64(),
            _ => None,
        }
    }

    /// As in the GraphQL specification, "Response Format". `data` is absent where nothing was executed.
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}

impl Serialize for Outcome {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut body = serializer.serialize_map(None)?;
        if !self.errors.is_empty() {
            body.serialize_entry("errors", &self.errors)?;
        }
        if let Some(data) = &self.data {
            body.serialize_entry("data", data)?;
        }
        if let Some(cost) = self.cost {
            let cost = serde_json::json!({ "cost": { "cost": cost, "limit": MAX_COMPLEXITY } });
            body.serialize_entry("extensions", &cost)?;
        }
        body.end()
    }
}
