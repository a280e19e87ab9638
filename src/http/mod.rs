//! The way out: GraphQL over HTTP, the playground, the schema, health.

mod graphql;
mod health;
mod media;
mod playground;

use std::{
    any::Any,
    sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use axum::{
    Router,
    body::Body,
    http::{HeaderValue, Response, StatusCode, header},
    response::IntoResponse,
    routing::{any, get},
};
use sqlx::PgPool;
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer, timeout::TimeoutLayer};

use crate::graphql::{Api, sdl, single_error};

/// What the server can be told about answering.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// How long a GraphQL request may take to be executed.
    pub timeout: Duration,
    /// How many bytes the body of a request may have.
    pub max_body_bytes: usize,
}

impl Default for Settings {
    /// Ten seconds; 1 MiB, which a text for `extract` fits into even with every letter escaped.
    fn default() -> Self {
        Self { timeout: Duration::from_secs(10), max_body_bytes: 1024 * 1024 }
    }
}

/// Beyond the execution's own time: for a body that comes slowly, and for writing the answer.
const GRACE: Duration = Duration::from_secs(5);

/// Everything the server answers, from this database.
pub fn router(pool: PgPool, settings: Settings) -> Router {
    let api = Api::new(pool.clone(), settings.timeout);
    Router::new()
        .route("/graphql", any(graphql::answer))
        .with_state(graphql::Endpoint { api, max_body_bytes: settings.max_body_bytes })
        .route("/health/ready", get(health::ready))
        .with_state(pool)
        .route("/health/live", get(health::live))
        .route("/schema.graphql", get(schema))
        .route("/", get(playground::page))
        .route("/playground/examples.json", get(playground::examples))
        .route("/playground/{file}", get(playground::asset))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, settings.timeout + GRACE))
        .layer(CompressionLayer::new())
}

async fn schema() -> impl IntoResponse {
    static SDL: LazyLock<String> = LazyLock::new(sdl);
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], SDL.as_str())
}

/// What the log and an answer call a request by: unique in this process, and most likely beyond it.
fn request_id() -> String {
    static START: LazyLock<u128> =
        LazyLock::new(|| SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_micros());
    static NEXT: AtomicU64 = AtomicU64::new(1);
    format!("{:x}-{:x}", *START, NEXT.fetch_add(1, Ordering::Relaxed))
}

/// A panic is our mistake and nobody else's business.
#[expect(clippy::needless_pass_by_value, reason = "the layer hands it over so")]
fn panicked(cause: Box<dyn Any + Send>) -> Response<Body> {
    let request_id = request_id();
    let words = cause.downcast_ref::<String>().map(String::as_str).or_else(|| cause.downcast_ref::<&str>().copied());
    tracing::error!(request_id, cause = words.unwrap_or("unknown"), "a request made us panic");
    let message = format!("something went wrong on our side; the log has more under request {request_id}");
    let mut response = Response::new(Body::from(single_error(&message, "INTERNAL").to_string()));
    *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
    response
}

#[cfg(test)]
mod tests {
    // A test that panics fails, which is what unwrap and friends are for here.
    #![allow(clippy::unwrap_used, clippy::panic)]

    use super::*;
    use axum::{body::to_bytes, http::Request};
    use tower::ServiceExt;

    #[tokio::test]
    async fn a_panic_is_answered_without_its_words() {
        async fn panics() -> &'static str {
            panic!("a secret")
        }
        let router = Router::new().route("/", get(panics)).layer(CatchPanicLayer::custom(panicked));
        let response = router.oneshot(Request::new(Body::empty())).await.unwrap();
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let body = String::from_utf8(to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap();
        assert!(body.contains("\"INTERNAL\"") && body.contains("log has more") && !body.contains("secret"), "{body}");
    }
}
