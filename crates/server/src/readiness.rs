//! Finds out whether a submission could be stored now, and reuses the result for a few seconds.

use std::time::{Duration, Instant};

use tokio::{sync::Mutex, time};

use crate::{request_log, store::StoreError, writer::StoreWriter};

/// The time for which a result is reused.
const FRESH: Duration = Duration::from_secs(2);
/// The longest wait in the queue with which the server is still ready.
const PATIENCE: Duration = Duration::from_secs(5);

/// The last result, with its moment.
#[derive(Default)]
pub struct Readiness(Mutex<Option<(Instant, bool)>>);

impl Readiness {
    /// Returns whether a submission could be stored, as found now or a moment ago.
    pub async fn check(&self, writer: &StoreWriter) -> bool {
        let mut found = self.0.lock().await;
        match *found {
            Some((then, is_ready)) if then.elapsed() < FRESH => is_ready,
            _ => {
                let is_ready = is_ready(writer).await;
                *found = Some((Instant::now(), is_ready));
                is_ready
            }
        }
    }
}

async fn is_ready(writer: &StoreWriter) -> bool {
    let tried = writer.run(|store| store.check_writable());
    let tried = time::timeout(PATIENCE, tried).await.unwrap_or(Err(StoreError::Late));
    if let Err(error) = &tried {
        request_log::log_not_ready(error);
    }
    tried.is_ok()
}
