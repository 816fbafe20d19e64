//! Finds, changes and erases submissions in PostgreSQL.

use std::time::Duration;

use tokio_postgres::Row;

use super::{PostgresStore, RECEIVED_AT, audit, objects};
use crate::{
    reference_number::Reference,
    store::{
        Erased, StoreError, SubmissionFilter, SubmissionRecord, audit::AuditEntry, records::ERASE, stored_reference,
    },
};

impl PostgresStore {
    pub(super) fn find_records(
        &mut self,
        filter: &SubmissionFilter,
        after: i64,
        limit: u32,
    ) -> Result<Vec<SubmissionRecord>, StoreError> {
        let query = format!(
            "SELECT number, reference, {RECEIVED_AT}, council, kind, taken_as, held_at IS NOT NULL, body FROM submissions
             WHERE number > $1 AND ($2::text IS NULL OR body ILIKE $2) AND ($3::text IS NULL OR council = $3)
             AND ($4::text IS NULL OR kind = $4)
             AND ($5::text IS NULL OR (received_at AT TIME ZONE 'UTC')::date >= $5::text::date)
             AND ($6::text IS NULL OR (received_at AT TIME ZONE 'UTC')::date <= $6::text::date)
             AND ($7::text IS NULL OR reference = $7)
             ORDER BY number LIMIT $8"
        );
        let (pattern, limit) = (filter.pattern(), i64::from(limit));
        let SubmissionFilter { council, kind, from, until, reference, .. } = filter;
        let reference = reference.map(|reference| reference.to_string());
        self.run(async |client| {
            let rows =
                client.query(&query, &[&after, &pattern, council, kind, from, until, &reference, &limit]).await?;
            rows.iter().map(record).collect()
        })
    }

    /// Changes one submission, and records it.
    pub(super) fn change_one(
        &mut self,
        statement: &str,
        entry: &AuditEntry,
        value: Option<&str>,
    ) -> Result<bool, StoreError> {
        let reference = entry.reference();
        self.run(async |client| {
            let change = client.transaction().await?;
            if change.execute(statement, &[&reference, &value]).await? == 0 {
                return Ok(false);
            }
            audit::add(&change, entry).await?;
            change.commit().await?;
            Ok(true)
        })
    }

    pub(super) fn problems(&mut self) -> Result<Vec<String>, StoreError> {
        self.run(async |client| {
            let mut problems = Vec::new();
            for setting in ["fsync", "full_page_writes"] {
                let value: String = client.query_one(&format!("SHOW {setting}"), &[]).await?.try_get(0)?;
                if value != "on" {
                    problems.push(format!("{setting} is {value}, so a power cut would lose complaints; set it to on"));
                }
            }
            Ok(problems)
        })
    }

    pub(super) fn erase_one(&mut self, entry: &AuditEntry) -> Result<Erased, StoreError> {
        let reference = entry.reference();
        self.run(async |client| {
            let change = client.transaction().await?;
            let query = "SELECT number, held_at IS NOT NULL FROM submissions WHERE reference = $1 FOR UPDATE";
            let found = change.query_opt(query, &[&reference]).await?;
            let outcome = match found {
                None => Erased::Unknown,
                Some(row) if row.try_get(1)? => Erased::Held,
                Some(row) => {
                    let number: i64 = row.try_get(0)?;
                    objects::detach(&change, number).await?;
                    for statement in ERASE {
                        change.execute(statement, &[&number]).await?;
                    }
                    audit::add(&change, entry).await?;
                    Erased::Done
                }
            };
            change.commit().await?;
            Ok(outcome)
        })
    }

    pub(super) fn list_expired(&mut self, kind: &str, keep: Duration) -> Result<Vec<Reference>, StoreError> {
        let seconds = keep.as_secs_f64();
        self.run(async |client| {
            let query = "SELECT reference FROM submissions
                 WHERE kind = $1 AND taken_at <= clock_timestamp() - make_interval(secs => $2) AND held_at IS NULL";
            let rows = client.query(query, &[&kind, &seconds]).await?;
            rows.iter().map(|row| stored_reference(row.try_get(0)?)).collect()
        })
    }

    /// Removes deleted rows from the pages of the tables.
    pub(super) fn vacuum(&mut self) -> Result<(), StoreError> {
        self.run(async |client| {
            for table in ["files", "outbox", "submissions"] {
                client.batch_execute(&format!("VACUUM {table}")).await?;
            }
            Ok(())
        })
    }
}

fn record(row: &Row) -> Result<SubmissionRecord, StoreError> {
    Ok(SubmissionRecord {
        number: row.try_get(0)?,
        reference: row.try_get(1)?,
        received_at: row.try_get(2)?,
        council: row.try_get(3)?,
        kind: row.try_get(4)?,
        taken_as: row.try_get(5)?,
        is_held: row.try_get(6)?,
        body: row.try_get(7)?,
    })
}
