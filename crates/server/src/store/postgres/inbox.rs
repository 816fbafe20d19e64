//! The inbox in PostgreSQL.

use tokio_postgres::Row;

use super::{PostgresStore, RECEIVED_AT, audit};
use crate::{
    reference_number::Reference,
    store::{
        StoreError, SubmissionRecord,
        audit::{Action, AuditEntry, Link, TrailHead},
        inbox::{FoundLines, InboxStore, ListLine, Progress, Query, SearchReads, TextSearch, stored_state},
        records::as_stored,
    },
};

/// The numbers by which submissions may be out of the order of their times.
const SLACK: i64 = 100;
/// More than any number.
const MOST: i64 = i64::MAX;

/// The condition that a submission, `one`, is within [`bounds`].
pub const IN_BOUNDS: &str = "one.number >= low AND one.number < high AND (first IS NULL OR one.received_at >= first)
    AND (after IS NULL OR one.received_at < after)";

/// Returns the common table expressions of the times and places that lie within the days of two parameters. Submissions that came at the
/// same moment may be numbered a little out of their order: `SLACK` allows for that.
pub fn bounds(from: u8, until: u8) -> String {
    format!(
        "days AS (
             SELECT (${from}::text::date)::timestamp AT TIME ZONE 'UTC' AS first,
                    (${until}::text::date + 1)::timestamp AT TIME ZONE 'UTC' AS after),
         bounds AS (
             SELECT first, after,
                 CASE WHEN first IS NULL THEN 0 ELSE coalesce((SELECT number FROM submissions
                     WHERE received_at >= first ORDER BY received_at LIMIT 1) - {SLACK}, {MOST}) END AS low,
                 CASE WHEN after IS NULL THEN {MOST} ELSE coalesce((SELECT number FROM submissions
                     WHERE received_at >= after ORDER BY received_at LIMIT 1) + {SLACK}, {MOST}) END AS high
             FROM days)"
    )
}

/// The columns of a line.
fn columns() -> String {
    format!("number, reference, {RECEIVED_AT}, council, kind, urgent, state, taken_as, held_at IS NOT NULL")
}

impl InboxStore for PostgresStore {
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

    fn lines(&mut self, query: &Query) -> Result<Vec<ListLine>, StoreError> {
        if query.reference.is_some() || query.taken_as.is_some() { self.named(query) } else { self.page(query) }
    }

    fn search_text(&mut self, search: &TextSearch) -> Result<FoundLines, StoreError> {
        let (numbers, further) = search.look(self)?;
        let statement =
            format!("SELECT {} FROM submissions WHERE number = ANY ($1) ORDER BY submissions.number DESC", columns());
        let last = format!("SELECT {RECEIVED_AT} FROM submissions WHERE number = $1");
        self.run(async |client| {
            let rows = client.query(&statement, &[&numbers]).await?;
            let last = client.query_opt(&last, &[&further]).await?;
            Ok(FoundLines {
                lines: rows.iter().map(line).collect::<Result<_, _>>()?,
                further,
                searched_to: last.map(|row| row.try_get(0)).transpose()?,
            })
        })
    }

    fn open_for(
        &mut self,
        officer: &str,
        reference: &Reference,
    ) -> Result<Option<(SubmissionRecord, ListLine)>, StoreError> {
        let entry = AuditEntry::about(officer, Action::Looked, reference);
        let (query, name) = (
            format!("SELECT {}, body FROM submissions WHERE reference = $1 FOR UPDATE", columns()),
            reference.to_string(),
        );
        self.run(async |client| {
            let change = client.transaction().await?;
            let Some(row) = change.query_opt(&query, &[&name]).await? else { return Ok(None) };
            let mut found = line(&row)?;
            if found.state == Progress::New {
                change.execute("UPDATE submissions SET state = 'opened' WHERE reference = $1", &[&name]).await?;
                found.state = Progress::Opened;
            }
            audit::add(&change, &entry).await?;
            change.commit().await?;
            Ok(Some((found.record(row.try_get(9)?), found)))
        })
    }

    fn record(&mut self, entry: &AuditEntry) -> Result<(), StoreError> {
        self.add_entry(entry)
    }

    fn audit(&mut self, after: i64, limit: u32) -> Result<Vec<Link>, StoreError> {
        self.read_audit(after, limit)
    }

    fn audit_head(&mut self) -> Result<TrailHead, StoreError> {
        self.read_audit_head()
    }
}

impl SearchReads for PostgresStore {
    fn newest(&mut self, councils: &[String], before: Option<i64>, most: usize) -> Result<Vec<i64>, StoreError> {
        let query =
            "SELECT number FROM submissions WHERE council = ANY ($1) AND number < $2 ORDER BY number DESC LIMIT $3";
        let (before, most) = (before.unwrap_or(MOST), as_limit(most));
        self.run(async |client| {
            let rows = client.query(query, &[&councils, &before, &most]).await?;
            rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
        })
    }

    fn holding(&mut self, numbers: &[i64], text: &str, most: usize) -> Result<Vec<i64>, StoreError> {
        let query = format!(
            "SELECT number FROM submissions WHERE number = ANY ($1) AND {} ORDER BY number DESC LIMIT $3",
            holds("$2")
        );
        let (text, most) = (as_stored(text), as_limit(most));
        self.run(async |client| {
            let rows = client.query(&query, &[&numbers, &text, &most]).await?;
            rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
        })
    }
}

/// Returns the condition that a submission holds the text of a parameter. Case does not matter for the letters A to Z alone: the rules of
/// a language, and ILIKE, take several times as long.
pub fn holds(text: &str) -> String {
    format!(r#"strpos(lower(body COLLATE "C"), lower({text}::text COLLATE "C")) > 0"#)
}

/// Returns the number for LIMIT.
pub fn as_limit(most: usize) -> i64 {
    i64::try_from(most).unwrap_or(MOST)
}

impl PostgresStore {
    /// Returns the submissions with a reference, or with a number in the council's own system.
    fn named(&mut self, query: &Query) -> Result<Vec<ListLine>, StoreError> {
        let (limit, reference) = (i64::from(query.limit), query.reference.map(|reference| reference.to_string()));
        let (column, value) = match &reference {
            Some(reference) => ("reference", Some(reference)),
            None => ("taken_as", query.taken_as.as_ref()),
        };
        let columns = columns();
        let statement = format!(
            "SELECT {columns} FROM submissions WHERE {column} = $1 AND council = ANY ($2)
             ORDER BY submissions.number DESC LIMIT $3"
        );
        self.run(async |client| {
            let rows = client.query(&statement, &[&value, &query.councils, &limit]).await?;
            rows.iter().map(line).collect()
        })
    }

    /// Returns a page of the list. Each group comes from one index, in its order.
    fn page(&mut self, query: &Query) -> Result<Vec<ListLine>, StoreError> {
        let columns = columns();
        let limit = i64::from(query.limit);
        let states: Vec<&str> = query.states().into_iter().map(Progress::id).collect();
        let (kinds, urgencies) = (query.kinds(), query.urgencies());
        let Query { councils, from, until, before, .. } = query;
        let statement = format!(
            "WITH {},
             found AS (
                 SELECT one.number FROM bounds, unnest($1::text[]) AS c (council), unnest($2::text[]) AS k (kind),
                     unnest($3::text[]) AS s (state), unnest($4::boolean[]) AS u (urgent)
                 CROSS JOIN LATERAL (
                     SELECT number FROM submissions AS one WHERE one.council = c.council AND one.kind = k.kind
                     AND one.state = s.state AND one.urgent = u.urgent AND ($5::bigint IS NULL OR one.number < $5)
                     AND {IN_BOUNDS} ORDER BY one.number DESC LIMIT $8) AS one
                 ORDER BY one.number DESC LIMIT $8)
             SELECT {columns} FROM submissions WHERE number IN (SELECT number FROM found)
             ORDER BY submissions.number DESC",
            bounds(6, 7)
        );
        self.run(async |client| {
            let rows =
                client.query(&statement, &[councils, &kinds, &states, &urgencies, before, from, until, &limit]).await?;
            rows.iter().map(line).collect()
        })
    }
}

fn line(row: &Row) -> Result<ListLine, StoreError> {
    Ok(ListLine {
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
