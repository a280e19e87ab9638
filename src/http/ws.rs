//! Subscriptions over a WebSocket: the protocol graphql-transport-ws. Its codes for closing are in its specification.
//!
//! A connection is one loop that does one thing at a time: while a client is slow to take a message, nothing is read for
//! it, so it holds no more than that message.

use std::{collections::HashMap, pin::Pin, sync::Arc, time::Duration};

use axum::{
    extract::{
        FromRequestParts, Request, WebSocketUpgrade,
        ws::{CloseFrame, Message, WebSocket},
    },
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::{Stream, StreamExt, stream};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::{
    sync::oneshot,
    time::{Instant, Interval, MissedTickBehavior, interval_at, sleep_until, timeout},
};

use super::{
    graphql::Endpoint,
    live::{SIGN_OF_LIFE, Stay},
    media::Answer,
    parameters::{self, Parameters},
    refusal::Refusal,
    request_id,
};
use crate::{
    access::Client,
    graphql::{Call, Code, Outcome},
};

const PROTOCOL: &str = "graphql-transport-ws";
/// How long a client may take to introduce itself.
const INTRODUCTION: Duration = Duration::from_secs(10);
/// How long it may take to accept a message.
const PATIENCE: Duration = Duration::from_secs(30);
/// The code for closing on whoever has no good API key, or none any more.
const FORBIDDEN: u16 = 4403;
/// Operations at once over one connection.
const OPERATIONS: usize = 20;
/// Bytes that a connection keeps for reading and writing; the library's own choice is a hundred times a message.
const BUFFER: usize = 4 * 1024;

/// Whether a WebSocket is asked for.
pub(super) fn is_asked_for(headers: &HeaderMap) -> bool {
    headers.get(header::UPGRADE).is_some_and(|protocol| protocol.as_bytes().eq_ignore_ascii_case(b"websocket"))
}

/// Opens one, unless it is a page of a foreign site that asks: browsers let every page open a WebSocket.
pub(super) async fn open(endpoint: Arc<Endpoint>, client: Client, request: Request) -> Response {
    let (mut parts, _) = request.into_parts();
    if !endpoint.origins.allow(&parts.headers) {
        let message =
            "this site's pages may not open a WebSocket here; the server's setting --cors-origin names those that may";
        return (StatusCode::FORBIDDEN, message).into_response();
    }
    let upgrade = match WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        Ok(upgrade) => upgrade,
        Err(rejection) => return rejection.into_response(),
    };
    let stay = match endpoint.live.stay(&client) {
        Ok(stay) => stay,
        Err(refusal) => return refusal.response(Answer::Json),
    };
    let request_id = request_id::current();
    let upgrade = upgrade.read_buffer_size(BUFFER).write_buffer_size(BUFFER).max_message_size(endpoint.max_body_bytes);
    upgrade.protocols([PROTOCOL]).on_upgrade(async move |socket| {
        Conversation { socket, endpoint, client, request_id, operations: HashMap::new(), is_open: false }
            .hold(stay)
            .await;
    })
}

/// What a client says.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Said {
    ConnectionInit {
        #[serde(default)]
        payload: Value,
    },
    Ping {},
    Pong {},
    Subscribe {
        id: String,
        payload: Parameters,
    },
    Complete {
        id: String,
    },
}

/// Why a connection is closed.
struct Closing(u16, String);

type Told = (String, Option<Outcome>);
type Running = stream::SelectAll<Pin<Box<dyn Stream<Item = Told> + Send>>>;

struct Conversation {
    socket: WebSocket,
    endpoint: Arc<Endpoint>,
    client: Client,
    request_id: String,
    /// Dropping one ends it.
    operations: HashMap<String, oneshot::Sender<()>>,
    is_open: bool,
}

impl Conversation {
    async fn hold(mut self, mut stay: Stay) {
        let closing = if self.socket.protocol().is_some() {
            self.talk(&mut stay).await
        } else {
            Some(Closing(4406, format!("Subprotocol not acceptable: {PROTOCOL} is spoken here")))
        };
        if let Some(Closing(code, reason)) = closing {
            let frame = CloseFrame { code, reason: reason.into() };
            let _ = self.send(Message::Close(Some(frame))).await;
        }
    }

    /// Until somebody has enough: us, with the code that is returned, or the client.
    async fn talk(&mut self, stay: &mut Stay) -> Option<Closing> {
        let mut running = Running::new();
        let mut signs = signs_of_life();
        let mut heard = Instant::now();
        let introduced_by = Instant::now() + INTRODUCTION;
        loop {
            tokio::select! {
                said = self.socket.recv() => {
                    heard = Instant::now();
                    match said {
                        None | Some(Err(_) | Ok(Message::Close(_))) => return None,
                        Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                        Some(Ok(message)) => match self.answer(&message, &mut running).await {
                            Ok(true) => {}
                            Ok(false) => return None,
                            Err(closing) => return Some(closing),
                        },
                    }
                }
                Some((id, outcome)) = running.next(), if !running.is_empty() => {
                    match self.tell(id, outcome).await {
                        Ok(true) => {}
                        Ok(false) => return None,
                        Err(closing) => return Some(closing),
                    }
                }
                () = sleep_until(introduced_by), if !self.is_open => {
                    return Some(Closing(4408, "Connection initialisation timeout".to_owned()));
                }
                _ = signs.tick() => {
                    // Who does not even answer a ping is gone.
                    if heard.elapsed() > SIGN_OF_LIFE * 2 + PATIENCE || !self.send(Message::Ping("".into())).await {
                        return None;
                    }
                }
                () = stay.over() => {
                    for id in self.operations.drain().map(|(id, _)| id).collect::<Vec<_>>() {
                        self.say(&json!({ "id": id, "type": "complete" })).await;
                    }
                    return Some(Closing(1001, "the server stops; come back with your last cursor".to_owned()));
                }
            }
        }
    }

    /// Does what a client says; `false` if it is not there any more.
    async fn answer(&mut self, message: &Message, running: &mut Running) -> Result<bool, Closing> {
        let invalid = |why: String| Closing(4400, fitting(&format!("Invalid message: {why}")));
        let text = message.to_text().map_err(|_| invalid("no text in UTF-8".to_owned()))?;
        Ok(match serde_json::from_str(text).map_err(|error| invalid(error.to_string()))? {
            Said::ConnectionInit { .. } if self.is_open => {
                return Err(Closing(4429, "Too many initialisation requests".to_owned()));
            }
            Said::ConnectionInit { payload } => {
                let introduced = self.endpoint.clients.introduced(&self.client, &payload).await;
                self.client = introduced.map_err(|refusal| match refusal.code {
                    Code::Unauthenticated => Closing(FORBIDDEN, fitting(&refusal.message)),
                    _ => Closing(1013, fitting(&refusal.message)),
                })?;
                self.is_open = true;
                self.say(&json!({ "type": "connection_ack" })).await
            }
            Said::Ping {} => self.say(&json!({ "type": "pong" })).await,
            Said::Pong {} => true,
            Said::Subscribe { .. } if !self.is_open => return Err(Closing(4401, "Unauthorized".to_owned())),
            Said::Subscribe { id, .. } if self.operations.contains_key(&id) => {
                return Err(Closing(4409, fitting(&format!("Subscriber for {id} already exists"))));
            }
            Said::Subscribe { id, payload } => match self.begin(&id, payload) {
                Ok(told) => {
                    running.push(told);
                    true
                }
                Err(refusal) => self.refuse(&id, &refusal.to_json()).await,
            },
            Said::Complete { id } => {
                self.operations.remove(&id);
                true
            }
        })
    }

    /// Begins an operation: what comes of it, and at its end nothing, each with its id.
    fn begin(&mut self, id: &str, parameters: Parameters) -> Result<Pin<Box<dyn Stream<Item = Told> + Send>>, Refusal> {
        if self.operations.len() >= OPERATIONS {
            let message = format!("{OPERATIONS} operations at once are allowed over one connection");
            return Err(Refusal::no_place(message));
        }
        let (operation, _) = parameters::operation(parameters, &self.endpoint.documents)?;
        let call = Call { request_id: self.request_id.clone(), client: self.client.clone(), by_get: false };
        let (cancel, cancelled) = oneshot::channel();
        self.operations.insert(id.to_owned(), cancel);
        let id = id.to_owned();
        let told = self.endpoint.api.follow(operation, call).map(Some).chain(stream::once(async { None }));
        Ok(Box::pin(told.map(move |outcome| (id.clone(), outcome)).take_until(cancelled)))
    }

    /// Tells what came of an operation; `false` if the client is not there any more.
    async fn tell(&mut self, id: String, outcome: Option<Outcome>) -> Result<bool, Closing> {
        // One that was ended meanwhile has nothing more to say.
        if !self.operations.contains_key(&id) {
            return Ok(true);
        }
        Ok(match outcome {
            Some(outcome) if outcome.refusal() == Some(Code::Unauthenticated) => {
                return Err(Closing(FORBIDDEN, "Forbidden: the API key is not good any more".to_owned()));
            }
            Some(outcome) if outcome.data.is_none() => {
                self.operations.remove(&id);
                self.refuse(&id, &outcome.to_json()).await
            }
            Some(outcome) => self.say(&json!({ "id": id, "type": "next", "payload": outcome.to_json() })).await,
            None => {
                self.operations.remove(&id);
                self.say(&json!({ "id": id, "type": "complete" })).await
            }
        })
    }

    async fn refuse(&mut self, id: &str, answer: &Value) -> bool {
        self.say(&json!({ "id": id, "type": "error", "payload": answer.get("errors") })).await
    }

    async fn say(&mut self, message: &Value) -> bool {
        self.send(Message::text(message.to_string())).await
    }

    async fn send(&mut self, message: Message) -> bool {
        matches!(timeout(PATIENCE, self.socket.send(message)).await, Ok(Ok(())))
    }
}

fn signs_of_life() -> Interval {
    let mut signs = interval_at(Instant::now() + SIGN_OF_LIFE, SIGN_OF_LIFE);
    signs.set_missed_tick_behavior(MissedTickBehavior::Delay);
    signs
}

/// As much as fits into a closing frame.
fn fitting(reason: &str) -> String {
    let end = (0..=120.min(reason.len())).rev().find(|end| reason.is_char_boundary(*end)).unwrap_or(0);
    reason.get(..end).unwrap_or_default().to_owned()
}
