//! One request through the schema: the checks before it, what it costs, the time it may take, the codes of what went
//! wrong.

use std::{sync::Arc, time::Duration};

use async_graphql::{Request, Response, ServerError, ValidationMode, Value, parser::types::OperationType};
use futures_util::StreamExt;
use sqlx::PgPool;
use tokio::sync::watch;

use super::{
    Roots, check,
    code::Code,
    cost::Charge,
    error,
    extract::Turns,
    kept::{Answers, Kept, Key, Newest},
    known::{Document, Documents},
    loaders,
    outcome::{Data, Outcome},
    stall::Batches,
    subscription::Standing,
};
use crate::{
    access::Client,
    store::read::{Connections, DataVersion, Feed, LEASE, Replica, Snapshot, data_version},
};

/// The schema, ready to answer. Cheap to clone.
#[derive(Clone)]
pub struct Api {
    schema: Roots,
    /// The same, for what is known to fit it.
    unquestioned: Roots,
    known: Arc<Documents>,
    connections: Connections,
    settings: Settings,
    turns: Turns,
    feed: Feed,
    newest: Arc<Newest>,
    answers: Arc<Answers>,
}

/// What can be told about answering.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// A request that takes longer is given up.
    pub timeout: Duration,
    /// Whether the schema may be asked for.
    pub introspection: bool,
    /// Bytes of answers that are kept at most.
    pub answer_cache: usize,
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

impl Api {
    /// Answers from this database, or a copy of it if there is one.
    pub fn new(pool: PgPool, replica: Option<&Replica>, settings: Settings) -> Self {
        let feed = Feed::new(pool.clone());
        let connections = Connections::new(pool);
        let connections = match replica {
            Some(replica) => connections.with_copy(replica, &feed),
            None => connections,
        };
        let lease = if settings.answer_cache > 0 { LEASE } else { Duration::ZERO };
        Self {
            schema: super::schema(settings.introspection, ValidationMode::Strict),
            unquestioned: super::schema(settings.introspection, ValidationMode::Fast),
            known: Arc::default(),
            newest: Arc::new(Newest::new(&connections, feed.clone(), lease)),
            answers: Arc::new(Answers::new(settings.answer_cache)),
            connections,
            settings,
            turns: Turns::default(),
            feed,
        }
    }

    /// Answers one request.
    pub async fn execute(&self, operation: Operation, call: Call) -> Outcome {
        let document = match self.document(&operation.query) {
            Ok(document) => document,
            Err(error) => return Outcome::refused(vec![error]),
        };
        match check::kind(&document.parsed, operation.operation_name.as_deref()) {
            Some(OperationType::Query) | None => {}
            Some(_) if call.by_get => return Outcome::refused(vec![error::refusal(Code::MethodNotAllowed)]),
            Some(OperationType::Subscription) => {
                let message =
                    "subscriptions are for a WebSocket (graphql-transport-ws) or for `Accept: text/event-stream`";
                return Outcome::refused(vec![error::refusal_in_words(Code::ValidationFailed, message)]);
            }
            Some(OperationType::Mutation) => {}
        }
        let charge = Charge::to(call.client.budget.clone());
        let execution = async {
            let key = self.answers.is_used().then(|| Key::of(&operation));
            if let Some(outcome) = self.kept(key, &charge).await {
                return outcome;
            }
            let outcome = self.answer(&document, &operation, &call, &charge).await;
            self.keep(key, outcome, &charge)
        };
        let mut outcome = match tokio::time::timeout(self.settings.timeout, execution).await {
            Ok(outcome) => outcome,
            Err(_) => self.given_up(&call),
        };
        outcome.cost = charge.cost().filter(|_| operation.tells_cost);
        outcome
    }

    /// The answer that is kept, if it is of the newest version of the data.
    async fn kept(&self, key: Option<Key>, charge: &Charge) -> Option<Outcome> {
        let (key, version) = (key?, self.newest.version().await.ok()?);
        let kept = self.answers.get(version, key)?;
        Some(match charge.pay(kept.cost).await {
            Ok(()) => {
                let data = Some(Data::Kept(kept.data));
                Outcome { data, errors: Vec::new(), cost: None, version: Some(version) }
            }
            Err(error) => Outcome::refused(vec![error]),
        })
    }

    /// Keeps an answer, if it is known to be of the newest version: what a copy that lags has told would drive out the rest.
    fn keep(&self, key: Option<Key>, mut outcome: Outcome, charge: &Charge) -> Outcome {
        if let (Some(key), Some(version), Some(Data::Read(data)), Some(cost)) =
            (key, outcome.version.filter(|of| self.newest.last() == Some(*of)), &outcome.data, charge.cost())
            && let Ok(data) = serde_json::value::to_raw_value(data)
        {
            let data = Arc::from(data);
            self.answers.keep(version, key, Kept { data: Arc::clone(&data), cost });
            outcome.data = Some(Data::Kept(data));
        }
        outcome
    }

    /// What is known of a text; what is not, is found out.
    fn document(&self, text: &str) -> Result<Arc<Document>, ServerError> {
        match self.known.get(text) {
            Some(document) => Ok(document),
            None => Ok(Arc::new(Document::new(check::document(text, self.settings.introspection)?))),
        }
    }

    /// Executes what has passed the checks: in the shortest way that it is known to allow, and if that turns out not to
    /// do, once more in the long one. Nothing but the answer comes of it, so it can be executed again; it is paid once.
    async fn answer(
        &self,
        document: &Arc<Document>,
        operation: &Operation,
        call: &Call,
        charge: &Arc<Charge>,
    ) -> Outcome {
        // Whether values fit their types is asked again, unless resolvers will find that out as well: of an object they
        // do not look at fields that they do not know.
        let nests = |value: &serde_json::Value| value.is_object() || value.is_array();
        let mut is_valid = document.is_valid() && !operation.variables.values().any(nests);
        let mut is_brief = document.is_brief();
        let mut connections = self.connections.clone();
        loop {
            let request = match check::request(&document.parsed, operation) {
                Ok(request) => request,
                Err(error) => return Outcome::refused(vec![error]),
            };
            let run = Run::begin(charge, connections.clone(), is_brief);
            let schema = if is_valid { &self.unquestioned } else { &self.schema };
            let response = run.batches.clone().drive(schema.execute(run.prepare(self, request))).await;
            if let Some(elsewhere) = run.snapshot.elsewhere() {
                connections = elsewhere;
            } else if run.snapshot.has_moved() {
                is_brief = false;
            } else if is_valid && response.errors.iter().any(error::is_of_library) {
                // In the words of the validation, if it is to blame.
                is_valid = false;
            } else {
                let (statements, told) = (run.snapshot.statements(), run.snapshot.version());
                let mut outcome = outcome(response, operation, call);
                if outcome.data.is_some() {
                    document.set_valid();
                    document.set_brief(statements == 1 && told.is_some());
                    self.known.keep(&operation.query, document);
                }
                if outcome.errors.is_empty() && !charge.is_told() {
                    outcome.version = match told {
                        Some(version) => Some(version),
                        // Of the very state that was read; if that cannot be told, the answer is as good, but not to be kept.
                        None if call.by_get => data_version(&run.snapshot).await.ok(),
                        None => None,
                    };
                }
                return outcome;
            }
        }
    }

    /// Whether an operation is a subscription; whatever is refused is none.
    pub fn is_subscription(&self, operation: &Operation) -> bool {
        let document = self.document(&operation.query);
        document.is_ok_and(|document| {
            let kind = check::kind(&document.parsed, operation.operation_name.as_deref());
            kind == Some(OperationType::Subscription) && check::request(&document.parsed, operation).is_ok()
        })
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
        let run = Run::begin(&charge, self.connections.since(since), false);
        let before = standing.all();
        let outcomes = self.carry_on(&run, operation, call, standing).await;
        match run.snapshot.elsewhere() {
            Some(connections) => {
                standing.put_back(before);
                self.carry_on(&Run::begin(&charge, connections, false), operation, call, standing).await
            }
            None => outcomes,
        }
    }

    async fn carry_on(&self, run: &Run, operation: &Operation, call: &Call, standing: &Arc<Standing>) -> Vec<Outcome> {
        let checked = self.document(&operation.query).and_then(|known| check::request(&known.parsed, operation));
        let request = match checked {
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
        Outcome { data: Some(Data::Read(Value::Null)), errors, cost: None, version: None }
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
        let version = async {
            // Of a copy that lags, its own: that is what would be read.
            if self.connections.has_copy() {
                return data_version(&Snapshot::brief(self.connections.clone())).await;
            }
            self.newest.version().await
        };
        tokio::time::timeout(self.settings.timeout, version).await.ok()?.ok()
    }
}

/// What one execution reads through, and who pays.
struct Run {
    batches: Batches,
    charge: Arc<Charge>,
    snapshot: Arc<Snapshot>,
}

impl Run {
    fn begin(charge: &Arc<Charge>, connections: Connections, is_brief: bool) -> Self {
        let snapshot = if is_brief { Snapshot::brief(connections) } else { Snapshot::new(connections) };
        Self { batches: Batches::default(), charge: Arc::clone(charge), snapshot: Arc::new(snapshot) }
    }

    fn prepare(&self, api: &Api, request: Request) -> Request {
        request
            .data(loaders::loaders(Arc::clone(&self.snapshot), self.batches.clone()))
            .data(Arc::clone(&self.charge))
            .data(Arc::clone(&self.snapshot))
            .data(self.batches.clone())
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
    Outcome { data: Some(Data::Read(response.data)), errors, cost: None, version: None }
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
