//! One request through the schema: the checks before it, what it costs, the time it may take, the codes of what went
//! wrong.

use std::{sync::Arc, time::Duration};

use async_graphql::{Request, Response, ServerError, Value};
use futures_util::StreamExt;
use sqlx::PgPool;
use tokio::sync::watch;

use super::{
    Roots, check, code::Code, cost::Charge, error, extract::Turns, limits::MAX_COMPLEXITY, loaders, stall::Batches,
    subscription::Standing,
};
use crate::{
    access::Client,
    store::read::{Connections, DataVersion, Feed, Replica, Snapshot, data_version},
};

/// The schema, ready to answer. Cheap to clone.
#[derive(Clone)]
pub struct Api {
    schema: Roots,
    connections: Connections,
    settings: Settings,
    turns: Turns,
    feed: Feed,
}

/// What can be told about answering.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// A request that takes longer is given up.
    pub timeout: Duration,
    /// Whether the schema may be asked for.
    pub introspection: bool,
}

/// A GraphQL request, as GraphQL over HTTP has it.
#[derive(Clone, Debug, Default)]
pub struct Operation {
    /// The query text.
    pub query: String,
    /// Which of several operations in it.
    pub operation_name: Option<String>,
    /// Values for its variables: a JSON object.
    pub variables: serde_json::Map<String, serde_json::Value>,
    /// Whether the answer is to tell what it costs.
    pub tells_cost: bool,
}

/// Who sends a request, and how.
#[derive(Clone, Default)]
pub struct Call {
    /// What the log knows it by.
    pub request_id: String,
    /// From whom.
    pub client: Client,
    /// By a method that is to change nothing and whose answer may be kept: only queries, and the answer tells of which
    /// state of the data it is.
    pub by_get: bool,
}

/// The answer to a request.
#[derive(Debug)]
pub struct Outcome {
    /// What was asked for; `None` if nothing was executed.
    pub data: Option<Value>,
    /// What went wrong, each with its code.
    pub errors: Vec<ServerError>,
    /// What it cost, if that was to be told.
    pub cost: Option<usize>,
    /// The state of the data that it is an answer of, if that was asked for and the same request will get the same
    /// answer for as long as that is the state.
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
        let mut body = serde_json::Map::new();
        if !self.errors.is_empty() {
            body.insert("errors".to_owned(), serde_json::json!(self.errors));
        }
        if let Some(data) = &self.data {
            body.insert("data".to_owned(), serde_json::json!(data));
        }
        if let Some(cost) = self.cost {
            let cost = serde_json::json!({ "cost": { "cost": cost, "limit": MAX_COMPLEXITY } });
            body.insert("extensions".to_owned(), cost);
        }
        serde_json::Value::Object(body)
    }
}

impl Api {
    /// Answers from this database, or a copy of it if there is one.
    pub fn new(pool: PgPool, replica: Option<&Replica>, settings: Settings) -> Self {
        let schema = super::schema(settings.introspection);
        let feed = Feed::new(pool.clone());
        let connections = Connections::new(pool);
        let connections = match replica {
            Some(replica) => connections.with_copy(replica, &feed),
            None => connections,
        };
        Self { schema, connections, settings, turns: Turns::default(), feed }
    }

    /// Answers one request.
    pub async fn execute(&self, operation: Operation, call: Call) -> Outcome {
        let charge = Charge::to(call.client.budget.clone());
        let run = Run::begin(&charge, self.connections.clone());
        let outcome = self.answer(&run, &operation, &call).await;
        match run.snapshot.elsewhere() {
            Some(connections) => self.answer(&Run::begin(&charge, connections), &operation, &call).await,
            None => outcome,
        }
    }

    async fn answer(&self, run: &Run, operation: &Operation, call: &Call) -> Outcome {
        let mut request = match check::checked(operation.clone(), call.by_get, self.settings.introspection) {
            Ok(request) => request,
            Err(error) => return Outcome::refused(vec![error]),
        };
        if check::is_subscription(&mut request) {
            let message = "subscriptions are for a WebSocket (graphql-transport-ws) or for `Accept: text/event-stream`";
            return Outcome::refused(vec![error::refusal_in_words(Code::ValidationFailed, message)]);
        }
        let execution = run.batches.clone().drive(self.schema.execute(run.prepare(self, request)));
        let mut outcome = match tokio::time::timeout(self.settings.timeout, execution).await {
            Ok(response) => outcome(response, operation, call),
            Err(_) => self.given_up(call),
        };
        outcome.cost = run.charge.cost().filter(|_| operation.tells_cost);
        if call.by_get && outcome.errors.is_empty() && !run.charge.is_told() {
            // Of the very state that was read; if that cannot be told, the answer is as good, but not to be kept.
            outcome.version = data_version(&run.snapshot).await.ok();
        }
        outcome
    }

    /// Whether an operation is a subscription; whatever is refused is none.
    pub(super) fn is_subscription(&self, operation: &Operation) -> bool {
        let request = check::checked(operation.clone(), false, self.settings.introspection);
        request.is_ok_and(|mut request| check::is_subscription(&mut request))
    }

    /// Carries a subscription on from where it stands: the pages that are to be told now, where change number `since` has
    /// happened.
    pub(super) async fn run(
        &self,
        operation: &Operation,
        call: &Call,
        standing: &Arc<Standing>,
        since: i64,
    ) -> Vec<Outcome> {
        let charge = Charge::to(call.client.budget.clone());
        let run = Run::begin(&charge, self.connections.since(since));
        let before = standing.all();
        let outcomes = self.carry_on(&run, operation, call, standing).await;
        match run.snapshot.elsewhere() {
            Some(connections) => {
                standing.put_back(before);
                self.carry_on(&Run::begin(&charge, connections), operation, call, standing).await
            }
            None => outcomes,
        }
    }

    async fn carry_on(&self, run: &Run, operation: &Operation, call: &Call, standing: &Arc<Standing>) -> Vec<Outcome> {
        let request = match check::checked(operation.clone(), false, self.settings.introspection) {
            Ok(request) => request.data(Arc::clone(standing)),
            Err(error) => return vec![Outcome::refused(vec![error])],
        };
        let execution = self.schema.execute_stream(run.prepare(self, request)).collect::<Vec<_>>();
        let execution = run.batches.clone().drive(execution);
        let mut outcomes = match tokio::time::timeout(self.settings.timeout, execution).await {
            Ok(responses) => responses.into_iter().map(|response| outcome(response, operation, call)).collect(),
            Err(_) => vec![self.given_up(call)],
        };
        for outcome in &mut outcomes {
            outcome.cost = run.charge.cost().filter(|_| operation.tells_cost);
        }
        outcomes
    }

    fn given_up(&self, call: &Call) -> Outcome {
        tracing::warn!(request_id = call.request_id, timeout = ?self.settings.timeout, "gave a request up");
        let errors = vec![error::refusal(Code::Timeout)];
        Outcome { data: Some(Value::Null), errors, cost: None, version: None }
    }

    /// The number of the last change, whenever there is a new one.
    pub(super) fn latest(&self) -> watch::Receiver<i64> {
        self.feed.follow()
    }

    /// Where to read from, so that change number `since` has happened.
    pub(super) fn connections(&self, since: i64) -> Connections {
        self.connections.since(since)
    }

    /// The state that the data are in now: every load that was reported done is in it.
    pub async fn version(&self) -> Option<DataVersion> {
        let snapshot = Snapshot::new(self.connections.clone());
        tokio::time::timeout(self.settings.timeout, data_version(&snapshot)).await.ok()?.ok()
    }
}

/// What one execution reads through, and who pays.
struct Run {
    batches: Batches,
    charge: Arc<Charge>,
    snapshot: Arc<Snapshot>,
}

impl Run {
    fn begin(charge: &Arc<Charge>, connections: Connections) -> Self {
        let snapshot = Arc::new(Snapshot::new(connections));
        Self { batches: Batches::default(), charge: Arc::clone(charge), snapshot }
    }

    fn prepare(&self, api: &Api, request: Request) -> Request {
        request
            .data(loaders::loaders(Arc::clone(&self.snapshot), self.batches.clone()))
            .data(Arc::clone(&self.charge))
            .data(Arc::clone(&self.snapshot))
            .data(api.turns.clone())
    }
}

fn outcome(response: Response, operation: &Operation, call: &Call) -> Outcome {
    // What stands at no field was refused before any was resolved.
    if response.errors.iter().any(|error| error.path.is_empty()) {
        return Outcome::refused(each_once(response.errors).into_iter().map(error::of_request).collect());
    }
    let told = |error| error::of_field(error, operation, &call.request_id);
    let errors = response.errors.into_iter().map(told).collect();
    Outcome { data: Some(response.data), errors, cost: None, version: None }
}

/// Whether a text is GraphQL; if not, why not. Whether it fits the schema is another matter.
pub fn parses(query: &str) -> Result<(), String> {
    async_graphql::parser::parse_query(query).map(drop).map_err(|error| error::unparsable(error.into()).message)
}

/// Two of the library's checks tell that there are no mutations, in the same words.
fn each_once(mut errors: Vec<ServerError>) -> Vec<ServerError> {
    let mut told = Vec::new();
    errors.retain(|error| {
        let this = (error.message.clone(), error.locations.clone());
        let is_new = !told.contains(&this);
        told.push(this);
        is_new
    });
    errors
}

/// The answer to a request that made us panic or that HTTP refused: one error, nothing else.
pub fn single_error(message: &str, code: Code) -> serde_json::Value {
    Outcome::refused(vec![error::refusal_in_words(code, message)]).to_json()
}
