//! The time at which a submission was received.
//!
//! The system's clock can jump: a machine starts with a wrong one, or somebody sets it. It is followed forwards, since
//! nothing else knows the time after a machine has slept. It is never followed backwards: no submission is marked as earlier
//! than the one stored before it, and the log says that the clock is behind.

use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::{Connection, OptionalExtension};

use crate::store::{StoreError, now};

/// Set once the log says that the clock is behind.
static IS_BEHIND: AtomicBool = AtomicBool::new(false);

/// Returns the time of the next submission: now, or the time of the last submission if the clock is behind it.
pub fn next(connection: &Connection) -> Result<String, StoreError> {
    let last = last(connection)?;
    let now = now();
    let is_behind = last.as_ref().is_some_and(|last| *last > now);
    if is_behind && !IS_BEHIND.swap(true, Ordering::Relaxed) {
        tracing::warn!(
            "the clock is behind the last submission: until it has caught up, submissions are marked with the time \
             of the last one; set the clock of this machine"
        );
    } else if !is_behind {
        IS_BEHIND.store(false, Ordering::Relaxed);
    }
    Ok(last.filter(|_| is_behind).unwrap_or(now))
}

/// Returns the time of the newest submission, if there is one.
pub fn last(connection: &Connection) -> rusqlite::Result<Option<String>> {
    let query = "SELECT received_at FROM submissions ORDER BY number DESC LIMIT 1";
    connection.query_row(query, [], |row| row.get(0)).optional()
}
