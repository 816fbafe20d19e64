//! Answers the two questions of a supervisor: does the server run, and could it store a submission now?
//!
//! `/api/health` answers as long as the program does: restart it where there is no answer. `/api/ready` writes to the
//! store, through the same queue as submissions. Restarting does not help
//! against a full disk, so the two are separate. A result is reused for a few seconds, because anybody may ask.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{extract::State, http::StatusCode};
use tokio::{sync::Mutex, time};

use crate::{problem::Problem, request_log, store::StoreError, submissions_api::Receiver};

/// The time for which a result is reused.
const FRESH: Duration = Duration::from_secs(2);
/// The longest wait in the queue with which the server is still ready.
const PATIENCE: Duration = Duration::from_secs(5);

/// The last result, with its moment.
#[derive(Default)]
pub struct Readiness(Mutex<Option<(Instant, bool)>>);

/// Answers that the program runs.
pub async fn health() -> StatusCode {
    StatusCode::NO_CONTENT
}

/// Answers whether a submission could be stored now.
pub async fn ready(State(receiver): State<Arc<Receiver>>) -> Result<StatusCode, Problem> {
    let mut found = receiver.readiness.0.lock().await;
    let is_ready = match *found {
        Some((then, is_ready)) if then.elapsed() < FRESH => is_ready,
        _ => {
            let is_ready = is_ready(&receiver).await;
            *found = Some((Instant::now(), is_ready));
            is_ready
        }
    };
    if is_ready { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::NotReady) }
}

async fn is_ready(receiver: &Receiver) -> bool {
    let tried = receiver.writer.run(|store| store.check_writable());
    let tried = time::timeout(PATIENCE, tried).await.unwrap_or(Err(StoreError::Late));
    if let Err(error) = &tried {
        request_log::log_not_ready(error);
    }
    tried.is_ok()
}
