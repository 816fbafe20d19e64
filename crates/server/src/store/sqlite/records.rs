//! Finds, changes and erases submissions in `SQLite`.

use std::{
    thread,
    time::{Duration, SystemTime},
};

use rusqlite::{OptionalExtension, Params, params};

use super::{
    SqliteStore, audit,
    migrations::{VERSION, version},
    objects,
};
use crate::{
    reference_number::Reference,
    store::{
        Erased, StoreError, SubmissionFilter, SubmissionRecord, audit::AuditEntry, clock::as_text, records::ERASE,
        stored_reference,
    },
};

/// The tries to empty the write-ahead log, and the pause between two: a reader may be in the way.
const TRIES: u32 = 25;
const PAUSE: Duration = Duration::from_millis(200);

impl SqliteStore {
    pub(super) fn find_records(
        &mut self,
        filter: &SubmissionFilter,
        after: i64,
        limit: u32,
    ) -> Result<Vec<SubmissionRecord>, StoreError> {
        self.needs_this_version()?;
        let mut query = self.connection.prepare(
            "SELECT number, reference, received_at, council, kind, taken_as, held_at IS NOT NULL, body FROM submissions
             WHERE number > ?1 AND (?2 IS NULL OR body LIKE ?2 ESCAPE '\\') AND (?3 IS NULL OR council = ?3)
             AND (?4 IS NULL OR kind = ?4) AND (?5 IS NULL OR substr(received_at, 1, 10) >= ?5)
             AND (?6 IS NULL OR substr(received_at, 1, 10) <= ?6) AND (?7 IS NULL OR reference = ?7)
             ORDER BY number LIMIT ?8",
        )?;
        let SubmissionFilter { council, kind, from, until, reference, .. } = filter;
        let reference = reference.map(|reference| reference.to_string());
        let rows =
            query.query_map(params![after, filter.pattern(), council, kind, from, until, reference, limit], |row| {
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
