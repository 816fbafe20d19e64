//! Finds, changes and erases submissions in PostgreSQL.

use std::time::Duration;

use tokio_postgres::Row;

use super::{
    PostgresStore, RECEIVED_AT, audit,
    inbox::{IN_BOUNDS, as_limit, bounds, holds},
    objects,
};
use crate::{
    reference_number::Reference,
    store::{
        Erased, Listed, StoreError, SubmissionFilter, SubmissionRecord,
        audit::AuditEntry,
        inbox::{InboxStore, Progress},
        records::{ERASE, RecordReads, as_stored},
        stored_reference,
    },
};

impl PostgresStore {
    pub(super) fn find_records(
        &mut self,
        filter: &SubmissionFilter,
        after: i64,
        limit: u32,
    ) -> Result<Vec<SubmissionRecord>, StoreError> {
        filter.look(self, after, limit)
    }

    pub(super) fn list_after(&mut self, after: i64, limit: u32) -> Result<Vec<Listed>, StoreError> {
        let query = format!(
            "SELECT number, reference, {RECEIVED_AT}, council, kind FROM submissions
             WHERE number > $1 ORDER BY number LIMIT $2"
        );
        let limit = i64::from(limit);
        self.run(async |client| {
            let listed = |row: &Row| {
                let (number, reference, received_at) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
                Ok(Listed { number, reference, received_at, council: row.try_get(3)?, kind: row.try_get(4)? })
            };
            client.query(&query, &[&after, &limit]).await?.iter().map(listed).collect()
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

impl RecordReads for PostgresStore {
    fn oldest(&mut self, filter: &SubmissionFilter, after: i64, most: usize) -> Result<Vec<i64>, StoreError> {
        let SubmissionFilter { council, kind, from, until, reference, .. } = filter;
        let reference = reference.map(|reference| reference.to_string());
        let is_by_groups = kind.is_some() && reference.is_none();
        let councils =
            if is_by_groups && council.is_none() { self.councils()? } else { council.iter().cloned().collect() };
        let most = as_limit(most);
        // Of a kind, each group comes from one index, in its order. Otherwise the one index or the other has them in this order.
        let found = if is_by_groups {
            let states: Vec<String> = Progress::IDS.iter().map(|id| format!("'{id}'")).collect();
            format!(
                "SELECT found.number FROM bounds, unnest($4::text[]) AS c (council),
                     unnest(ARRAY[{}]) AS s (state), unnest(ARRAY[true, false]) AS u (urgent)
                 CROSS JOIN LATERAL (
                     SELECT number FROM submissions AS one WHERE one.council = c.council AND one.kind = $5
                     AND one.state = s.state AND one.urgent = u.urgent AND one.number > $3 AND {IN_BOUNDS}
                     ORDER BY one.number LIMIT $7) AS found
                 WHERE $6::text IS NULL ORDER BY found.number LIMIT $7",
                states.join(", ")
            )
        } else {
            format!(
                "SELECT found.number FROM bounds CROSS JOIN LATERAL (
                     SELECT number FROM submissions AS one WHERE one.number > $3 AND {IN_BOUNDS}
                     AND (cardinality($4::text[]) = 0 OR one.council = ($4)[1]) AND ($5::text IS NULL OR one.kind = $5)
                     AND ($6::text IS NULL OR one.reference = $6) ORDER BY one.number LIMIT $7) AS found
                 ORDER BY found.number"
            )
        };
        let query = format!("WITH {} {found}", bounds(1, 2));
        self.run(async |client| {
            let rows = client.query(&query, &[from, until, &after, &councils, kind, &reference, &most]).await?;
            rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
        })
    }

    fn records(
        &mut self,
        numbers: &[i64],
        text: Option<&str>,
        most: usize,
    ) -> Result<Vec<SubmissionRecord>, StoreError> {
        let query = format!(
            "SELECT number, reference, {RECEIVED_AT}, council, kind, taken_as, held_at IS NOT NULL, body FROM submissions
             WHERE number = ANY ($1) AND ($2::text IS NULL OR {}) ORDER BY number LIMIT $3",
            holds("$2")
        );
        let (text, most) = (text.map(as_stored), as_limit(most));
        self.run(async |client| {
            let rows = client.query(&query, &[&numbers, &text, &most]).await?;
            rows.iter().map(record).collect()
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
