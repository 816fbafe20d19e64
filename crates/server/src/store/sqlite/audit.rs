//! The audit trail in `SQLite`.

use rusqlite::{Connection, params};

use super::SqliteStore;
use crate::store::{
    StoreError,
    audit::{AuditEntry, Link, TrailHead},
    now,
};

/// Adds an entry to the trail, in the transaction of the action.
pub fn add(change: &Connection, entry: &AuditEntry) -> Result<(), StoreError> {
    let link = head(change)?.next(now(), entry);
    let Link { number, at, officer, action, submission, hash } = &link;
    change.execute(
        "INSERT INTO audit (number, at, officer, action, submission, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![number, at, officer, action, submission, hash],
    )?;
    change.execute("UPDATE audit_head SET number = ?1, hash = ?2", params![number, hash])?;
    Ok(())
}

fn head(connection: &Connection) -> Result<TrailHead, StoreError> {
    let query = "SELECT number, hash FROM audit_head";
    Ok(connection.query_row(query, [], |row| Ok(TrailHead { number: row.get(0)?, hash: row.get(1)? }))?)
}

impl SqliteStore {
    pub(super) fn add_entry(&mut self, entry: &AuditEntry) -> Result<(), StoreError> {
        let change = self.change()?;
        add(&change, entry)?;
        change.commit()?;
        self.stays_in_place()
    }

    pub(super) fn read_audit(&mut self, after: i64, limit: u32) -> Result<Vec<Link>, StoreError> {
        self.needs_this_version()?;
        let mut query = self.connection.prepare(
            "SELECT number, at, officer, action, submission, hash FROM audit WHERE number > ?1 ORDER BY number LIMIT ?2",
        )?;
        let rows = query.query_map(params![after, limit], |row| {
            Ok(Link {
                number: row.get(0)?,
                at: row.get(1)?,
                officer: row.get(2)?,
                action: row.get(3)?,
                submission: row.get(4)?,
                hash: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    pub(super) fn read_audit_head(&mut self) -> Result<TrailHead, StoreError> {
        self.needs_this_version()?;
        head(&self.connection)
    }
}
