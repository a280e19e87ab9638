//! Whether the process runs, and whether it can answer.

use std::time::Duration;

use axum::{Json, extract::State, http::StatusCode, response::IntoResponse};
use serde_json::json;
use sqlx::PgPool;

use crate::store::read::ping;

/// Longer than this and whoever asks has given up.
const PATIENCE: Duration = Duration::from_secs(2);

/// The process runs.
pub(super) async fn live() -> impl IntoResponse {
    Json(json!({ "status": "live" }))
}

/// The database answers: 200, or else 503.
pub(super) async fn ready(State(pool): State<PgPool>) -> impl IntoResponse {
    match tokio::time::timeout(PATIENCE, ping(&pool)).await {
        Ok(Ok(())) => (StatusCode::OK, Json(json!({ "status": "ready" }))),
        failed => {
            tracing::warn!(?failed, "the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, Json(json!({ "status": "the database does not answer" })))
        }
    }
}
