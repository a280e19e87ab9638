//! Asking the router.

use std::time::Duration;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode},
};
use hoinghi::http::{Settings, router};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::world::{self, Size};
use crate::support;

/// A server over invented rows.
pub struct Server {
    pub router: Router,
    pub database: support::Database,
}

/// An answer, read whole.
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Reply {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {:?}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// The defaults, but that nothing is given up, however slow the machine is.
pub fn patient() -> Settings {
    Settings { timeout: Duration::from_mins(5), ..Settings::default() }
}

impl Server {
    /// Over as many rows as this.
    pub async fn with(size: Size) -> Self {
        let server = Self::empty().await;
        world::fill(&server.database.pool, size).await;
        server
    }

    /// Over nothing.
    pub async fn empty() -> Self {
        let database = support::database().await;
        Self { router: router(database.pool.clone(), patient()), database }
    }

    /// Any request.
    pub async fn request(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec();
        Reply { status, headers, body }
    }

    /// A POST of this JSON.
    pub async fn post(&self, body: &Value) -> Reply {
        let request = Request::post("/graphql").header("content-type", "application/json");
        self.request(request.body(Body::from(body.to_string())).unwrap()).await
    }

    /// A query's answer, with whatever errors it has.
    pub async fn ask(&self, query: &str) -> Value {
        self.post(&json!({ "query": query })).await.json()
    }

    /// A query's data; an error fails the test.
    pub async fn data(&self, query: &str) -> Value {
        let mut answer = self.ask(query).await;
        assert!(answer.get("errors").is_none(), "{query}\n{answer:#}");
        answer["data"].take()
    }
}
