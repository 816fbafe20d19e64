//! Notices in `SQLite`.

use std::time::{Duration, SystemTime};

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{SqliteStore, migrations::version};
use crate::{
    outbox::{Claimed, DeliveryOutcome, Notice, NoticeChannel},
    reference_number::Reference,
    store::{StoreError, clock::as_text, now, stored_reference},
};

/// Writes notices of a submission; each channel has one at most.
pub fn insert(change: &Connection, submission: i64, channels: &[NoticeChannel]) -> Result<(), StoreError> {
    let mut insert =
        change.prepare(
        "INSERT INTO outbox (submission, channel, state, next_at) VALUES (?1, ?2, 'waiting', ?3) ON CONFLICT DO NOTHING",
    )?;
    for channel in channels {
        insert.execute(params![submission, channel.id(), now()])?;
    }
    Ok(())
}

impl SqliteStore {
    pub(super) fn claim(&mut self, channel: NoticeChannel, lease: Duration) -> Result<Option<Claimed>, StoreError> {
        let due = "SELECT outbox.number, attempts, reference, received_at, body
             FROM outbox JOIN submissions ON submissions.number = submission
             WHERE channel = ?1 AND outbox.state = 'waiting' AND next_at <= ?2 ORDER BY next_at, outbox.number LIMIT 1";
        // Most looks find nothing, and looking takes no lock.
        let find = |connection: &Connection| {
            connection.query_row(due, params![channel.id(), now()], claimed).optional().map(Option::transpose)
        };
        if find(&self.connection)??.is_none() {
            return Ok(None);
        }
        let change = self.change()?;
        let Some(claimed) = find(&change)?? else { return Ok(None) };
        change.execute(
            "UPDATE outbox SET attempts = ?2, next_at = ?3 WHERE number = ?1",
            params![claimed.number, claimed.attempts, later(lease)],
        )?;
        change.commit()?;
        Ok(Some(claimed))
    }

    pub(super) fn finish(&mut self, number: i64, outcome: &DeliveryOutcome) -> Result<(), StoreError> {
        let (state, next_at, error) = match outcome {
            DeliveryOutcome::Delivered => ("delivered", None, None),
            DeliveryOutcome::Failed { error, again: Some(pause) } => ("waiting", Some(later(*pause)), Some(error)),
            DeliveryOutcome::Failed { error, again: None } => ("failed", None, Some(error)),
        };
        let change = self.change()?;
        change.execute(
            "UPDATE outbox SET state = ?2, next_at = ?3, error = ?4 WHERE number = ?1",
            params![number, state, next_at, error],
        )?;
        Ok(change.commit()?)
    }

    pub(super) fn list_notices(&mut self, all: bool) -> Result<Vec<Notice>, StoreError> {
        if version(&self.connection)? < 3 {
            return Ok(Vec::new());
        }
        let mut query = self.connection.prepare(
            "SELECT reference, channel, outbox.state, attempts, next_at, error
             FROM outbox JOIN submissions ON submissions.number = submission
             WHERE ?1 OR outbox.state <> 'delivered' ORDER BY outbox.number",
        )?;
        let rows = query.query_map([all], |row| {
            Ok(Notice {
                reference: row.get(0)?,
                channel: row.get(1)?,
                state: row.get(2)?,
                attempts: row.get(3)?,
                next_at: row.get(4)?,
                error: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    pub(super) fn retry(&mut self, reference: Option<&Reference>) -> Result<u64, StoreError> {
        let change = self.change()?;
        let changed = change.execute(
            "UPDATE outbox SET state = 'waiting', attempts = 0, next_at = ?2
             WHERE state <> 'delivered'
             AND (?1 IS NULL OR submission = (SELECT number FROM submissions WHERE reference = ?1))",
            params![reference.map(ToString::to_string), now()],
        )?;
        change.commit()?;
        Ok(u64::try_from(changed).unwrap_or(u64::MAX))
    }
}

fn claimed(row: &Row<'_>) -> rusqlite::Result<Result<Claimed, StoreError>> {
    let reference: String = row.get(2)?;
    let (number, attempts, received_at, body) = (row.get(0)?, row.get::<_, u32>(1)? + 1, row.get(3)?, row.get(4)?);
    Ok(stored_reference(&reference).map(|reference| Claimed { number, attempts, reference, received_at, body }))
}

fn later(pause: Duration) -> String {
    as_text(SystemTime::now() + pause)
}
