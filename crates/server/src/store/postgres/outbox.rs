//! Notices in PostgreSQL. Two receivers never claim the same: each passes over rows that another one holds.

use std::time::Duration;

use tokio_postgres::{Row, Transaction};

use super::{PostgresStore, RECEIVED_AT};
use crate::{
    outbox::{Claimed, DeliveryOutcome, Notice, NoticeChannel},
    reference_number::Reference,
    store::{StoreError, stored_reference},
};

/// Writes notices of a submission; each channel has one at most.
pub async fn insert(change: &Transaction<'_>, submission: i64, channels: &[NoticeChannel]) -> Result<(), StoreError> {
    for channel in channels {
        let insert = "INSERT INTO outbox (submission, channel) VALUES ($1, $2) ON CONFLICT DO NOTHING";
        change.execute(insert, &[&submission, &channel.id()]).await?;
    }
    Ok(())
}

impl PostgresStore {
    pub(super) fn claim(&mut self, channel: NoticeChannel, lease: Duration) -> Result<Option<Claimed>, StoreError> {
        let query = format!(
            "UPDATE outbox SET attempts = attempts + 1, next_at = clock_timestamp() + make_interval(secs => $2)
             FROM submissions
             WHERE submissions.number = submission AND outbox.number = (
                SELECT number FROM outbox WHERE channel = $1 AND state = 'waiting' AND next_at <= clock_timestamp()
                ORDER BY next_at, number LIMIT 1 FOR UPDATE SKIP LOCKED
             )
             RETURNING outbox.number, attempts, reference, {RECEIVED_AT}, body"
        );
        self.run(async |client| {
            let row = client.query_opt(&query, &[&channel.id(), &lease.as_secs_f64()]).await?;
            row.map(|row| claimed(&row)).transpose()
        })
    }

    pub(super) fn finish(&mut self, number: i64, outcome: &DeliveryOutcome) -> Result<(), StoreError> {
        let (state, pause, error) = match outcome {
            DeliveryOutcome::Delivered => ("delivered", None, None),
            DeliveryOutcome::Failed { error, again: Some(pause) } => {
                ("waiting", Some(pause.as_secs_f64()), Some(error))
            }
            DeliveryOutcome::Failed { error, again: None } => ("failed", None, Some(error)),
        };
        self.run(async |client| {
            client
                .execute(
                    "UPDATE outbox SET state = $2, next_at = clock_timestamp() + make_interval(secs => $3), error = $4
                     WHERE number = $1",
                    &[&number, &state, &pause, &error],
                )
                .await?;
            Ok(())
        })
    }

    pub(super) fn list_notices(&mut self, all: bool) -> Result<Vec<Notice>, StoreError> {
        self.run(async |client| {
            let rows = client
                .query(
                    "SELECT reference, channel, outbox.state, attempts::bigint,
                            to_char(next_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'), error
                     FROM outbox JOIN submissions ON submissions.number = submission
                     WHERE $1 OR outbox.state <> 'delivered' ORDER BY outbox.number",
                    &[&all],
                )
                .await?;
            let notice = |row: &Row| {
                Ok(Notice {
                    reference: row.try_get(0)?,
                    channel: row.try_get(1)?,
                    state: row.try_get(2)?,
                    attempts: row.try_get(3)?,
                    next_at: row.try_get(4)?,
                    error: row.try_get(5)?,
                })
            };
            rows.iter().map(notice).collect()
        })
    }

    pub(super) fn retry(&mut self, reference: Option<&Reference>) -> Result<u64, StoreError> {
        let reference = reference.map(ToString::to_string);
        self.run(async |client| {
            let changed = client
                .execute(
                    "UPDATE outbox SET state = 'waiting', attempts = 0, next_at = clock_timestamp()
                     WHERE state <> 'delivered'
                     AND ($1::text IS NULL OR submission = (SELECT number FROM submissions WHERE reference = $1))",
                    &[&reference],
                )
                .await?;
            Ok(changed)
        })
    }
}

fn claimed(row: &Row) -> Result<Claimed, StoreError> {
    Ok(Claimed {
        number: row.try_get(0)?,
        attempts: u32::try_from(row.try_get::<_, i32>(1)?).unwrap_or(u32::MAX),
        reference: stored_reference(row.try_get(2)?)?,
        received_at: row.try_get(3)?,
        body: row.try_get(4)?,
    })
}
