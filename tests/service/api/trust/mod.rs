//! To whom the API answers, how much, for how long; asked over HTTP (without a socket).

mod caching;
mod clients;
mod codes;
mod documents;
mod kept;
mod origins;
mod page;

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use axum::{body::Body, extract::ConnectInfo, http::Request};
use hoinghi::{
    access::Clock,
    http::{Settings, router},
};
use serde_json::Value;

use super::{
    ask::{Reply, Server},
    world::Size,
};

pub const ONE: Size = Size { meetings: 1, participants: 1, tasks: 1 };

/// The server, told otherwise.
pub async fn told(settings: Settings) -> Server {
    let mut server = Server::with(ONE).await;
    server.router = router(server.database.pool.clone(), settings);
    server
}

/// A clock that is set by hand.
#[derive(Clone)]
pub struct Hands(Arc<AtomicI64>);

impl Hands {
    pub fn new() -> Self {
        Self(Arc::new(AtomicI64::new(1_700_000_000)))
    }

    pub fn wait(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::Relaxed);
    }

    pub fn clock(&self) -> Clock {
        let hands = Arc::clone(&self.0);
        Clock::of(move || chrono::DateTime::from_timestamp(hands.load(Ordering::Relaxed), 0).unwrap())
    }
}

/// A request with these headers; an empty body is a GET. `peer` stands for the address it comes from.
pub async fn send(server: &Server, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
    let mut request = if body.is_empty() {
        Request::get(path)
    } else {
        Request::post(path).header("content-type", "application/json")
    };
    for (name, value) in headers {
        if *name == "peer" {
            let peer: std::net::IpAddr = value.parse().unwrap();
            request = request.extension(ConnectInfo(std::net::SocketAddr::new(peer, 50_000)));
        } else {
            request = request.header(*name, *value);
        }
    }
    server.request(request.body(Body::from(body.to_owned())).unwrap()).await
}

/// A GET's path, its parameters encoded.
pub fn path(parameters: &[(&str, &str)]) -> String {
    let encode = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat();
    let pairs: Vec<String> = parameters.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
    format!("/graphql?{}", pairs.join("&"))
}

/// The code of the first error, or nothing.
pub fn code(answer: &Value) -> &str {
    answer["errors"][0]["extensions"]["code"].as_str().unwrap_or("")
}
