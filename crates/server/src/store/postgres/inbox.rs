//! The inbox in PostgreSQL.

use tokio_postgres::Row;

use super::{PostgresStore, RECEIVED_AT, audit};
use crate::{
    reference_number::Reference,
    store::{
        Record, StoreError,
        audit::{Action, Entry, Head, Link},
        inbox::{Inbox, Line, Query, State, stored_state},
    },
};

/// The columns of a line.
fn columns() -> String {
    format!("number, reference, {RECEIVED_AT}, council, kind, urgent, state, taken_as, held_at IS NOT NULL")
}

impl Inbox for PostgresStore {
    fn councils(&mut self) -> Result<Vec<String>, StoreError> {
        // One step of the index for each council, however many submissions it has.
        let query = "WITH RECURSIVE each(council) AS (
                 SELECT min(council) FROM submissions UNION ALL
                 SELECT (SELECT min(council) FROM submissions WHERE submissions.council > each.council) FROM each
                 WHERE each.council IS NOT NULL)
             SELECT council FROM each WHERE council IS NOT NULL";
        self.run(async |client| {
            let rows = client.query(query, &[]).await?;
            rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
        })
    }

    fn lines(&mut self, query: &Query) -> Result<Vec<Line>, StoreError> {
        let columns = columns();
        let limit = i64::from(query.limit);
        let Query { councils, kind, urgent, from, until, taken_as, before, .. } = query;
        let (state, reference) = (query.state.map(State::id), query.reference.map(|reference| reference.to_string()));
        // Each council's part comes from one index, in its order.
        let statement = format!(
            "SELECT {columns} FROM unnest($1::text[]) AS wanted (id) CROSS JOIN LATERAL (
                 SELECT * FROM submissions WHERE council = wanted.id AND ($2::bigint IS NULL OR number < $2)
                 AND ($3::text IS NULL OR kind = $3) AND (urgent OR NOT $4) AND ($5::text IS NULL OR state = $5)
                 AND ($6::text IS NULL OR received_at >= ($6::text::date)::timestamp AT TIME ZONE 'UTC')
                 AND ($7::text IS NULL OR received_at < ($7::text::date + 1)::timestamp AT TIME ZONE 'UTC')
                 AND ($8::text IS NULL OR reference = $8) AND ($9::text IS NULL OR taken_as = $9)
                 ORDER BY number DESC LIMIT $10) AS found ORDER BY number DESC LIMIT $10"
        );
        self.run(async |client| {
            let rows = client
                .query(&statement, &[councils, before, kind, urgent, &state, from, until, &reference, taken_as, &limit])
                .await?;
            rows.iter().map(line).collect()
        })
    }

    fn open_for(&mut self, officer: &str, reference: &Reference) -> Result<Option<(Record, Line)>, StoreError> {
        let entry = Entry::about(officer, Action::Looked, reference);
        let (query, name) = (
            format!("SELECT {}, body FROM submissions WHERE reference = $1 FOR UPDATE", columns()),
            reference.to_string(),
        );
        self.run(async |client| {
            let change = client.transaction().await?;
            let Some(row) = change.query_opt(&query, &[&name]).await? else { return Ok(None) };
            let mut found = line(&row)?;
            if found.state == State::New {
                change.execute("UPDATE submissions SET state = 'opened' WHERE reference = $1", &[&name]).await?;
                found.state = State::Opened;
            }
            audit::add(&change, &entry).await?;
            change.commit().await?;
            Ok(Some((found.record(row.try_get(9)?), found)))
        })
    }

    fn record(&mut self, entry: &Entry) -> Result<(), StoreError> {
        self.add_entry(entry)
    }

    fn audit(&mut self, after: i64, limit: u32) -> Result<Vec<Link>, StoreError> {
        self.read_audit(after, limit)
    }

    fn audit_head(&mut self) -> Result<Head, StoreError> {
        self.read_audit_head()
    }
}

fn line(row: &Row) -> Result<Line, StoreError> {
    Ok(Line {
        number: row.try_get(0)?,
        reference: row.try_get(1)?,
        received_at: row.try_get(2)?,
        council: row.try_get(3)?,
        kind: row.try_get(4)?,
        is_urgent: row.try_get(5)?,
        state: stored_state(row.try_get(6)?)?,
        taken_as: row.try_get(7)?,
        is_held: row.try_get(8)?,
    })
}
