//! The way out: GraphQL over HTTP, the playground, the schema, health.

mod answer;
mod caching;
mod clients;
mod documents;
mod graphql;
mod health;
mod live;
mod media;
mod origins;
mod parameters;
mod playground;
mod refusal;
mod request_id;
mod settings;
mod sse;
mod trusted;
mod ws;

use std::{
    any::Any,
    sync::{Arc, LazyLock},
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    http::{Response, StatusCode, header},
    middleware::{from_fn, from_fn_with_state, map_response},
    response::IntoResponse,
    routing::{any, get},
};
use sqlx::PgPool;
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer, timeout::TimeoutLayer};

pub use live::Stop;
pub use origins::{Origin, Origins};
pub use settings::Settings;
pub use trusted::{Trusted, TrustedError};

use crate::graphql::{self as schema, Api, Code, sdl};
use clients::Clients;
use documents::Documents;
use live::Live;
use media::Answer;
use refusal::Refusal;

/// Beyond the execution's own time: for a body that comes slowly, and for writing the answer.
const GRACE: Duration = Duration::from_secs(5);

/// Everything the server answers, from this database and the replica that the settings name.
pub fn router(pool: PgPool, settings: Settings) -> Router {
    let answering = schema::Settings {
        timeout: settings.timeout,
        introspection: settings.introspection,
        answer_cache: settings.answer_cache,
    };
    let api = Api::new(pool.clone(), settings.replica.as_ref(), answering);
    let clients = Clients::new(pool.clone(), &settings);
    let documents = Documents::new(settings.trusted, settings.trusted_only, settings.persisted_queries);
    let endpoint = graphql::Endpoint {
        api,
        documents,
        max_body_bytes: settings.max_body_bytes,
        max_batch: settings.max_batch,
        max_age: settings.max_age,
        origins: settings.origins.clone(),
        live: Live::new(settings.stop),
        clients: Arc::clone(&clients),
    };
    let sdl = if settings.introspection { get(sdl_file) } else { get(no_sdl_file) };
    let router = Router::new()
        .route("/graphql", any(graphql::endpoint))
        .route_layer(from_fn_with_state(clients, clients::identified))
        .with_state(Arc::new(endpoint))
        .route("/health/ready", get(health::ready))
        .with_state((pool, settings.replica))
        .route("/health/live", get(health::live))
        .route("/schema.graphql", sdl)
        .route("/", get(playground::page))
        .route("/errors", get(playground::errors))
        .route("/errors.md", get(playground::errors_text))
        .route("/playground/examples.json", get(playground::examples))
        .route("/playground/{file}", get(playground::asset))
        .layer(CatchPanicLayer::custom(panicked));
    let router = ended_after(settings.timeout + GRACE, router)
        .layer(CompressionLayer::new())
        .layer(map_response(caching::tag_as_packed));
    let router = match settings.origins.layer() {
        Some(cors) => router.layer(cors),
        None => router,
    };
    router.layer(from_fn(request_id::named))
}

/// Whatever it answers, within this time.
fn ended_after(time: Duration, router: Router) -> Router {
    let timeout = TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, time);
    router.layer(timeout).layer(map_response(refusal::timed_out))
}

async fn sdl_file() -> impl IntoResponse {
    static SDL: LazyLock<String> = LazyLock::new(sdl);
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], SDL.as_str())
}

async fn no_sdl_file() -> impl IntoResponse {
    (StatusCode::NOT_FOUND, format!("{}\n", Code::IntrospectionDisabled.message()))
}

/// A panic is our mistake and nobody else's business.
#[expect(clippy::needless_pass_by_value, reason = "the layer hands it over so")]
fn panicked(cause: Box<dyn Any + Send>) -> Response<Body> {
    let request_id = request_id::current();
    let words = cause.downcast_ref::<String>().map(String::as_str).or_else(|| cause.downcast_ref::<&str>().copied());
    tracing::error!(request_id, cause = words.unwrap_or("unknown"), "a request made us panic");
    let message = format!("something went wrong on our side; the log has more under request {request_id}");
    Refusal::new(Code::Internal, message).response(Answer::Json)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{body::to_bytes, http::Request};
    use tower::ServiceExt;

    #[tokio::test]
    async fn what_takes_too_long_is_answered_with_a_code() {
        let router = Router::new().route("/", get(std::future::pending::<&'static str>));
        let router = ended_after(Duration::from_millis(1), router);
        let response = router.oneshot(Request::new(Body::empty())).await.unwrap();
        assert_eq!(response.status(), StatusCode::REQUEST_TIMEOUT);
        let body = String::from_utf8(to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap();
        assert!(body.contains("\"TIMEOUT\""), "{body}");
    }

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
