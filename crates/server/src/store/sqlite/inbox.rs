//! The inbox in `SQLite`.
//!
//! A page of the list is read from one index, group by group: the submissions of one council, kind, state and urgency stand there
//! together in their order. However rare the submissions are that a filter wants, no other is looked at.

use std::ops::Range;

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{SqliteStore, audit, places::MergedPlaces};
use crate::{
    reference_number::Reference,
    store::{
        StoreError, SubmissionRecord,
        audit::{Action, AuditEntry, Link, TrailHead},
        inbox::{FoundLines, Group, InboxStore, ListLine, Progress, Query, SearchReads, TextSearch, stored_state},
        records::pattern,
    },
};

const LINE: &str = "SELECT number, reference, received_at, council, kind, urgent, state, taken_as, held_at IS NOT NULL
    FROM submissions";

impl InboxStore for SqliteStore {
    fn councils(&mut self) -> Result<Vec<String>, StoreError> {
        self.needs_this_version()?;
        councils(&self.connection)
    }

    fn lines(&mut self, query: &Query) -> Result<Vec<ListLine>, StoreError> {
        self.needs_this_version()?;
        let connection = &self.connection;
        let numbers = if query.reference.is_some() || query.taken_as.is_some() {
            named(connection, query)?
        } else {
            page(connection, query)?
        };
        lines_at(connection, numbers)
    }

    fn search_text(&mut self, search: &TextSearch) -> Result<FoundLines, StoreError> {
        self.needs_this_version()?;
        let (numbers, further) = search.look(self)?;
        let mut last = lines_at(&self.connection, further.into_iter().collect())?;
        let searched_to = last.pop().map(|line| line.received_at);
        Ok(FoundLines { lines: lines_at(&self.connection, numbers)?, further, searched_to })
    }

    fn open_for(
        &mut self,
        officer: &str,
        reference: &Reference,
    ) -> Result<Option<(SubmissionRecord, ListLine)>, StoreError> {
        let change = self.change()?;
        let name = reference.to_string();
        let found = change.query_row(&format!("{LINE} WHERE reference = ?1"), [&name], line).optional()?.transpose()?;
        let Some(mut found) = found else { return Ok(None) };
        let body = change.query_row("SELECT body FROM submissions WHERE reference = ?1", [&name], |row| row.get(0))?;
        if found.state == Progress::New {
            change.execute("UPDATE submissions SET state = 'opened' WHERE reference = ?1", [&name])?;
            found.state = Progress::Opened;
        }
        audit::add(&change, &AuditEntry::about(officer, Action::Looked, reference))?;
        change.commit()?;
        self.stays_in_place()?;
        Ok(Some((found.record(body), found)))
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

impl SearchReads for SqliteStore {
    fn newest(&mut self, councils: &[String], before: Option<i64>, most: usize) -> Result<Vec<i64>, StoreError> {
        let mut find = self.connection.prepare(
            "SELECT number FROM submissions INDEXED BY submissions_council
             WHERE council = ?1 AND number >= ?2 AND number < ?3 ORDER BY number DESC LIMIT ?4",
        )?;
        let mut newest = MergedPlaces::newest(most, 0..before.unwrap_or(i64::MAX));
        for council in councils {
            let Range { start, end } = newest.room();
            newest.add(find.query_map(params![council, start, end, newest.most()], |row| row.get(0))?)?;
        }
        Ok(newest.numbers())
    }

    fn holding(&mut self, numbers: &[i64], text: &str, most: usize) -> Result<Vec<i64>, StoreError> {
        let mut holds =
            self.connection.prepare("SELECT body LIKE ?2 ESCAPE '\\' FROM submissions WHERE number = ?1")?;
        let text = pattern(text);
        let mut found = Vec::new();
        for number in numbers {
            // In between it may be erased.
            let is_found = holds.query_row(params![number, text], |row| row.get::<_, bool>(0)).optional()?;
            if is_found == Some(true) {
                found.push(*number);
            }
            if found.len() >= most {
                break;
            }
        }
        Ok(found)
    }
}

/// Returns the ids of the councils that have submissions: one step of the index for each, however many it has.
pub(super) fn councils(connection: &Connection) -> Result<Vec<String>, StoreError> {
    let mut query = connection.prepare(
        "WITH RECURSIVE each(council) AS (
             SELECT min(council) FROM submissions UNION ALL
             SELECT (SELECT min(council) FROM submissions WHERE council > each.council) FROM each
             WHERE each.council IS NOT NULL)
         SELECT council FROM each WHERE council IS NOT NULL",
    )?;
    let rows = query.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Returns the lines of some places. Between the two reads a submission may be erased.
fn lines_at(connection: &Connection, numbers: Vec<i64>) -> Result<Vec<ListLine>, StoreError> {
    let mut find = connection.prepare(&format!("{LINE} WHERE number = ?1"))?;
    let lines = numbers.into_iter().filter_map(|number| find.query_row([number], line).optional().transpose());
    lines.map(|line| line?).collect()
}

/// Returns the places of the submissions with a reference, or with a number in the council's own system.
fn named(connection: &Connection, query: &Query) -> Result<Vec<i64>, StoreError> {
    let reference = query.reference.map(|reference| reference.to_string());
    let statement = match reference {
        Some(_) => "SELECT number, council FROM submissions WHERE reference = ?1",
        None => "SELECT number, council FROM submissions WHERE taken_as = ?1 ORDER BY number DESC LIMIT 1000",
    };
    let mut find = connection.prepare(statement)?;
    let rows =
        find.query_map([reference.as_ref().or(query.taken_as.as_ref())], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut numbers = Vec::new();
    for row in rows {
        let (number, council): (i64, String) = row?;
        if query.councils.contains(&council) && numbers.len() < usize::try_from(query.limit).unwrap_or(usize::MAX) {
            numbers.push(number);
        }
    }
    Ok(numbers)
}

/// Returns the places of a page of the list, newest first.
fn page(connection: &Connection, query: &Query) -> Result<Vec<i64>, StoreError> {
    let (first, end) = between(connection, query.from.as_deref(), query.until.as_deref())?;
    let end = end.min(query.before.unwrap_or(i64::MAX));
    let most = usize::try_from(query.limit).unwrap_or(usize::MAX);
    of_groups(connection, query, MergedPlaces::newest(most, first..end))
}

/// Returns the places of the groups of a query.
pub(super) fn of_groups(
    connection: &Connection,
    query: &Query,
    mut places: MergedPlaces,
) -> Result<Vec<i64>, StoreError> {
    let mut find = connection.prepare(&format!(
        "SELECT number FROM submissions INDEXED BY submissions_inbox
         WHERE council = ?1 AND kind = ?2 AND state = ?3 AND urgent = ?4 AND number >= ?5 AND number < ?6
         ORDER BY number {} LIMIT ?7",
        places.order(),
    ))?;
    for group in query.groups() {
        let Group { council, kind, state, urgent } = group;
        let Range { start, end } = places.room();
        let values = params![council, kind, state.id(), urgent, start, end, places.most()];
        places.add(find.query_map(values, |row| row.get(0))?)?;
    }
    Ok(places.numbers())
}

/// Returns the first place of some days, and the place after their last: no submission is received before the one in the place
/// before it.
pub(super) fn between(
    connection: &Connection,
    from: Option<&str>,
    until: Option<&str>,
) -> Result<(i64, i64), StoreError> {
    let mut find = connection.prepare(
        "SELECT number FROM submissions INDEXED BY submissions_received WHERE received_at >= ?1
         ORDER BY received_at, number LIMIT 1",
    )?;
    let mut place = |from: String| find.query_row([from], |row| row.get::<_, i64>(0)).optional();
    let first = match from {
        Some(day) => place(format!("{day}T"))?.unwrap_or(i64::MAX),
        None => 0,
    };
    let after = match until {
        // Later than every time of the day.
        Some(day) => place(format!("{day}U"))?.unwrap_or(i64::MAX),
        None => i64::MAX,
    };
    Ok((first, after))
}

fn line(row: &Row<'_>) -> rusqlite::Result<Result<ListLine, StoreError>> {
    let state: String = row.get(6)?;
    let (number, reference, received_at, council, kind) =
        (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?);
    let (is_urgent, taken_as, is_held) = (row.get(5)?, row.get(7)?, row.get(8)?);
    Ok(stored_state(&state).map(|state| ListLine {
        number,
        reference,
        received_at,
        council,
        kind,
        is_urgent,
        state,
        taken_as,
        is_held,
    }))
}
