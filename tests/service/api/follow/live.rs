//! A server with a socket, and the two ways to wait for what changes there.

use std::{net::SocketAddr, time::Duration};

use axum::{
    Router,
    body::{Body, BodyDataStream},
    http::Request,
};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{
    net::{TcpListener, TcpStream},
    time::timeout,
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message, client::IntoClientRequest, http::HeaderValue},
};
use tower::ServiceExt;

/// Longer than anything takes on a busy machine; reached only by a test that fails.
const PATIENCE: Duration = Duration::from_mins(1);
/// Shorter than anything takes that comes at all.
const MOMENT: Duration = Duration::from_millis(400);

/// Serves until the test ends.
pub async fn serve(router: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async { axum::serve(listener, router).await });
    address
}

/// A client over a WebSocket.
pub struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    pub async fn open(address: SocketAddr, headers: &[(&'static str, &str)]) -> Result<Self, Error> {
        let mut request = format!("ws://{address}/graphql").into_client_request().unwrap();
        for (name, value) in headers {
            request.headers_mut().insert(*name, HeaderValue::from_str(value).unwrap());
        }
        Ok(Self(connect_async(request).await?.0))
    }

    /// Opened and introduced.
    pub async fn ready(address: SocketAddr) -> Self {
        let mut socket = Self::open(address, &[("sec-websocket-protocol", "graphql-transport-ws")]).await.unwrap();
        socket.say(&json!({ "type": "connection_init" })).await;
        assert_eq!(socket.hear().await, json!({ "type": "connection_ack" }));
        socket
    }

    pub async fn say(&mut self, message: &Value) {
        self.say_text(&message.to_string()).await;
    }

    pub async fn say_text(&mut self, text: &str) {
        self.0.send(Message::text(text)).await.unwrap();
    }

    pub async fn subscribe(&mut self, id: &str, query: &str, variables: &Value) {
        let payload = json!({ "query": query, "variables": variables });
        self.say(&json!({ "id": id, "type": "subscribe", "payload": payload })).await;
    }

    /// The next message, or the code with which the connection is closed.
    pub async fn heard(&mut self) -> Result<Value, u16> {
        loop {
            match timeout(PATIENCE, self.0.next()).await.expect("something is said") {
                Some(Ok(Message::Text(text))) => return Ok(serde_json::from_str(&text).unwrap()),
                Some(Ok(Message::Close(Some(frame)))) => return Err(frame.code.into()),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                other => panic!("{other:?}"),
            }
        }
    }

    pub async fn hear(&mut self) -> Value {
        self.heard().await.unwrap_or_else(|code| panic!("closed with {code}"))
    }

    /// The changes in the next message, which belongs to this operation.
    pub async fn changes(&mut self, id: &str) -> Value {
        let mut message = self.hear().await;
        assert_eq!((&message["id"], &message["type"]), (&json!(id), &json!("next")), "{message:#}");
        assert!(message["payload"].get("errors").is_none(), "{message:#}");
        message["payload"]["data"]["changes"].take()
    }

    /// Nothing is said for a moment.
    pub async fn is_silent(&mut self) -> bool {
        timeout(MOMENT, self.0.next()).await.is_err()
    }
}

/// A client of server-sent events.
pub struct Events {
    body: BodyDataStream,
    text: String,
}

impl Events {
    pub async fn open(router: &Router, query: &str, variables: &Value) -> Self {
        let body = json!({ "query": query, "variables": variables });
        let request = Request::post("/graphql").header("content-type", "application/json");
        Self::of(router, request.header("accept", "text/event-stream").body(body.to_string().into()).unwrap()).await
    }

    pub async fn of(router: &Router, mut request: Request<Body>) -> Self {
        request.headers_mut().insert("accept-encoding", HeaderValue::from_static("gzip"));
        let response = router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert!(response.headers().get("content-encoding").is_none());
        Self { body: response.into_body().into_data_stream(), text: String::new() }
    }

    /// The next event's name and data; `None` at the end.
    pub async fn next(&mut self) -> Option<(String, Value)> {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let field = |name: &str| {
                    let line = event.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
                    line.map(|value| value.trim_start().to_owned())
                };
                let found = field("event").map(|name| (name, field("data").unwrap_or_default()));
                self.text = String::from(rest);
                match found {
                    Some((name, data)) => return Some((name, serde_json::from_str(&data).unwrap_or_default())),
                    None => continue, // a sign of life
                }
            }
            match timeout(PATIENCE, self.body.next()).await.expect("something is said") {
                Some(chunk) => self.text += std::str::from_utf8(&chunk.unwrap()).unwrap(),
                None => return None,
            }
        }
    }

    /// The changes in the next event.
    pub async fn changes(&mut self) -> Value {
        let (name, mut data) = self.next().await.expect("an event");
        assert_eq!(name, "next");
        assert!(data.get("errors").is_none(), "{data:#}");
        data["data"]["changes"].take()
    }
}
