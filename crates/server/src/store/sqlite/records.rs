//! Finds, changes and erases submissions in `SQLite`.

use std::{
    thread,
    time::{Duration, SystemTime},
};

use rusqlite::{OptionalExtension, Params, Row, params};

use super::{
    SqliteStore, audit, inbox,
    migrations::{VERSION, version},
    objects,
    places::MergedPlaces,
};
use crate::{
    reference_number::Reference,
    store::{
        Erased, Listed, StoreError, SubmissionFilter, SubmissionRecord,
        audit::AuditEntry,
        clock::as_text,
        inbox::Query,
        records::{ERASE, RecordReads, pattern},
        stored_reference,
    },
};

/// The tries to empty the write-ahead log, and the pause between two: a reader may be in the way.
const TRIES: u32 = 25;
const PAUSE: Duration = Duration::from_millis(200);

/// The oldest submissions within a range, and those of a council: one index or the other has them in this order.
const OLDEST: &str = "SELECT number FROM submissions WHERE number >= ?1 AND number < ?2 AND ?4 IS NULL
    ORDER BY number LIMIT ?3";
const OLDEST_OF_COUNCIL: &str = "SELECT number FROM submissions WHERE number >= ?1 AND number < ?2 AND council = ?4
    ORDER BY number LIMIT ?3";
/// The submission with a reference.
const BY_REFERENCE: &str = "SELECT number FROM submissions WHERE reference = ?1 AND number >= ?2 AND number < ?3
    AND (?4 IS NULL OR council = ?4) AND (?5 IS NULL OR kind = ?5)";

impl SqliteStore {
    pub(super) fn find_records(
        &mut self,
        filter: &SubmissionFilter,
        after: i64,
        limit: u32,
    ) -> Result<Vec<SubmissionRecord>, StoreError> {
        self.needs_this_version()?;
        filter.look(self, after, limit)
    }

    pub(super) fn list_after(&mut self, after: i64, limit: u32) -> Result<Vec<Listed>, StoreError> {
        let mut query = self.connection.prepare(
            "SELECT number, reference, received_at, council, kind FROM submissions
             WHERE number > ?1 ORDER BY number LIMIT ?2",
        )?;
        let rows = query.query_map(params![after, limit], |row| {
            Ok(Listed {
                number: row.get(0)?,
                reference: row.get(1)?,
                received_at: row.get(2)?,
                council: row.get(3)?,
                kind: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Refuses tables of an older version, which have less in them.
    pub(super) fn needs_this_version(&self) -> Result<(), StoreError> {
        match version(&self.connection)? {
            VERSION => Ok(()),
            found => Err(StoreError::Version { found, known: VERSION }),
        }
    }

    /// Changes one submission, and records it.
    pub(super) fn change_one(
        &mut self,
        statement: &str,
        entry: &AuditEntry,
        values: impl Params,
    ) -> Result<bool, StoreError> {
        let change = self.change()?;
        if change.execute(statement, values)? == 0 {
            return Ok(false);
        }
        audit::add(&change, entry)?;
        change.commit()?;
        self.stays_in_place()?;
        Ok(true)
    }

    pub(super) fn problems(&self) -> Result<Vec<String>, StoreError> {
        let is_sound = |pragma: &str| -> Result<bool, StoreError> {
            let found: Option<String> = self.connection.query_row(pragma, [], |row| row.get(0)).optional()?;
            Ok(found.is_none_or(|found| found == "ok"))
        };
        let checks = [
            ("PRAGMA quick_check(1)", "the file is damaged; stop the server and restore a backup"),
            ("PRAGMA foreign_key_check", "files or notices belong to no submission; restore a backup"),
        ];
        let mut problems = Vec::new();
        for (pragma, problem) in checks {
            if !is_sound(pragma)? {
                problems.push(problem.to_owned());
            }
        }
        Ok(problems)
    }

    pub(super) fn erase_one(&mut self, entry: &AuditEntry) -> Result<Erased, StoreError> {
        let change = self.change()?;
        let query = "SELECT number, held_at IS NOT NULL FROM submissions WHERE reference = ?1";
        let found: Option<(i64, bool)> =
            change.query_row(query, [entry.reference()], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let Some((number, is_held)) = found else { return Ok(Erased::Unknown) };
        if is_held {
            return Ok(Erased::Held);
        }
        objects::detach(&change, number)?;
        for statement in ERASE {
            change.execute(statement, [number])?;
        }
        audit::add(&change, entry)?;
        change.commit()?;
        Ok(Erased::Done)
    }

    pub(super) fn list_expired(&mut self, kind: &str, keep: Duration) -> Result<Vec<Reference>, StoreError> {
        let before = SystemTime::now().checked_sub(keep).map(as_text).unwrap_or_default();
        let mut query = self
            .connection
            .prepare("SELECT reference FROM submissions WHERE kind = ?1 AND taken_at <= ?2 AND held_at IS NULL")?;
        let rows = query.query_map(params![kind, before], |row| row.get::<_, String>(0))?;
        rows.map(|row| stored_reference(&row?)).collect()
    }

    /// Writes the log into the database and empties it: until then it holds pages as they were.
    pub(super) fn empty_log(&mut self) -> Result<(), StoreError> {
        for _ in 0..TRIES {
            let is_busy: bool = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
            if !is_busy {
                return Ok(());
            }
            thread::sleep(PAUSE);
        }
        Err(StoreError::Database("another program reads the store; what was deleted is still in its log".to_owned()))
    }
}

impl RecordReads for SqliteStore {
    fn oldest(&mut self, filter: &SubmissionFilter, after: i64, most: usize) -> Result<Vec<i64>, StoreError> {
        let connection = &self.connection;
        let SubmissionFilter { council, kind, from, until, reference, .. } = filter;
        let (first, end) = inbox::between(connection, from.as_deref(), until.as_deref())?;
        let first = first.max(after.saturating_add(1));
        let council = council.as_ref();
        if let Some(reference) = reference {
            let values = params![reference.to_string(), first, end, council, kind];
            return Ok(connection.query_row(BY_REFERENCE, values, |row| row.get(0)).optional()?.into_iter().collect());
        }
        if let Some(kind) = kind {
            let councils = council.map_or_else(|| inbox::councils(connection), |one| Ok(vec![one.clone()]))?;
            let query = Query { councils, kind: Some(kind.clone()), ..Query::default() };
            return inbox::of_groups(connection, &query, MergedPlaces::oldest(most, first..end));
        }
        let mut query = connection.prepare(if council.is_some() { OLDEST_OF_COUNCIL } else { OLDEST })?;
        let rows =
            query.query_map(params![first, end, i64::try_from(most).unwrap_or(i64::MAX), council], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn records(
        &mut self,
        numbers: &[i64],
        text: Option<&str>,
        most: usize,
    ) -> Result<Vec<SubmissionRecord>, StoreError> {
        let mut query = self.connection.prepare(
            "SELECT number, reference, received_at, council, kind, taken_as, held_at IS NOT NULL, body FROM submissions
             WHERE number = ?1 AND (?2 IS NULL OR body LIKE ?2 ESCAPE '\\')",
        )?;
        let text = text.map(pattern);
        let mut found = Vec::new();
        for number in numbers {
            // In between it may be erased.
            found.extend(query.query_row(params![number, text], record).optional()?);
            if found.len() >= most {
                break;
            }
        }
        Ok(found)
    }
}

fn record(row: &Row<'_>) -> rusqlite::Result<SubmissionRecord> {
    Ok(SubmissionRecord {
        number: row.get(0)?,
        reference: row.get(1)?,
        received_at: row.get(2)?,
        council: row.get(3)?,
        kind: row.get(4)?,
        taken_as: row.get(5)?,
        is_held: row.get(6)?,
        body: row.get(7)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_read_of_records_uses_its_index() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(folder.path()).unwrap();
        let plan = |query: &str| -> String {
            let mut explained = store.connection.prepare(&format!("EXPLAIN QUERY PLAN {query}")).unwrap();
            let nothing = vec![None::<i64>; explained.parameter_count()];
            let steps =
                explained.query_map(rusqlite::params_from_iter(nothing), |row| row.get::<_, String>(3)).unwrap();
            steps.map(Result::unwrap).collect::<Vec<_>>().join("; ")
        };
        assert_eq!(plan(OLDEST), "SEARCH submissions USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)");
        let of_council = plan(OLDEST_OF_COUNCIL);
        assert!(
            of_council.contains("COVERING INDEX submissions_council (council=? AND number>? AND number<?)"),
            "{of_council}"
        );
        let by_reference = plan(BY_REFERENCE);
        assert!(by_reference.contains("(reference=?"), "{by_reference}");
    }
}
