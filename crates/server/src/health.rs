//! Answers the two questions of a supervisor: does the server run, and could it store a submission now?
//!
//! `/api/health` answers as long as the program does: restart it where there is no answer. `/api/ready` writes to the
//! store, through the same queue as submissions. Restarting does not help
//! against a full disk, so the two are separate. A result is reused for a few seconds, because anybody may ask.

use std::sync::Arc;

use axum::{extract::State, http::StatusCode};

use crate::{problem::Problem, receiver::Receiver};

/// Answers that the program runs.
pub async fn health() -> StatusCode {
    StatusCode::NO_CONTENT
}

/// Answers whether a submission could be stored now.
pub async fn ready(State(receiver): State<Arc<Receiver>>) -> Result<StatusCode, Problem> {
    let is_ready = receiver.readiness.check(&receiver.writer).await;
    if is_ready { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::NotReady) }
}
