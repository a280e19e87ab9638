//! Whether the process runs, and whether it can answer.

use std::time::Duration;

use axum::{Json, extract::State, http::StatusCode, response::IntoResponse};
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::store::read::{Replica, Standing, ping};

/// Longer than this and whoever asks has given up.
const PATIENCE: Duration = Duration::from_secs(2);

/// The process runs.
pub(super) async fn live() -> impl IntoResponse {
    Json(json!({ "status": "live" }))
}

/// The database answers, or a replica that may be read instead: 200, or else 503; and how each of them is.
pub(super) async fn ready(State((pool, replica)): State<(PgPool, Option<Replica>)>) -> impl IntoResponse {
    let answers = match tokio::time::timeout(PATIENCE, ping(&pool)).await {
        Ok(Ok(())) => true,
        failed => {
            tracing::warn!(?failed, "the database does not answer");
            false
        }
    };
    let standing = replica.map(|replica| replica.standing());
    let (status, told) = if answers || standing == Some(Standing::Used) {
        (StatusCode::OK, "ready")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer")
    };
    let mut body = json!({ "status": told, "primary": if answers { "answers" } else { "does not answer" } });
    if let (Some(standing), Value::Object(body)) = (standing, &mut body) {
        let told = match standing {
            Standing::Used => "is read",
            Standing::Behind => "is behind",
            Standing::Gone => "does not answer",
            Standing::Other => "is no copy of the primary",
        };
        body.insert("replica".to_owned(), told.into());
    }
    (status, Json(body))
}
