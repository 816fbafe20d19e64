//! Sessions of officers in `SQLite`.

use std::time::{Duration, SystemTime};

use rusqlite::{OptionalExtension, params};

use super::SqliteStore;
use crate::store::{
    StoreError,
    clock::as_exact_text,
    sessions::{Key, MOST, SessionLimits, SessionRecord, SessionStore, from_column, to_column},
};

impl SessionStore for SqliteStore {
    fn begin_session(
        &mut self,
        key: &Key,
        officer: &str,
        groups: &[String],
        limits: SessionLimits,
    ) -> Result<(), StoreError> {
        let change = self.change()?;
        let [idle, longest] = [limits.idle, limits.longest].map(ago);
        change.execute("DELETE FROM sessions WHERE used_at <= ?1 OR began_at <= ?2", [idle, longest])?;
        let too_many =
            "DELETE FROM sessions WHERE key IN (SELECT key FROM sessions ORDER BY used_at DESC LIMIT -1 OFFSET ?1)";
        change.execute(too_many, [MOST - 1])?;
        let insert = "INSERT INTO sessions (key, officer, groups, began_at, used_at) VALUES (?1, ?2, ?3, ?4, ?4)";
        change.execute(insert, params![key, officer, to_column(groups), ago(Duration::ZERO)])?;
        change.commit()?;
        self.stays_in_place()
    }

    fn session(&mut self, key: &Key, limits: SessionLimits) -> Result<Option<SessionRecord>, StoreError> {
        self.needs_this_version()?;
        let query = "SELECT officer, groups, unixepoch() - unixepoch(used_at) FROM sessions
             WHERE key = ?1 AND used_at > ?2 AND began_at > ?3";
        let [idle, longest] = [limits.idle, limits.longest].map(ago);
        let found = self.connection.query_row(query, params![key, idle, longest], |row| {
            Ok((row.get(0)?, row.get::<_, String>(1)?, row.get::<_, i64>(2)?))
        });
        let Some((officer, groups, unused)) = found.optional()? else { return Ok(None) };
        let unused = u64::try_from(unused).unwrap_or_default();
        Ok(Some(SessionRecord { officer, groups: from_column(&groups)?, unused }))
    }

    fn use_session(&mut self, key: &Key) -> Result<(), StoreError> {
        let change = self.change()?;
        change.execute("UPDATE sessions SET used_at = ?2 WHERE key = ?1", params![key, ago(Duration::ZERO)])?;
        Ok(change.commit()?)
    }

    fn end_session(&mut self, key: &Key) -> Result<(), StoreError> {
        let change = self.change()?;
        change.execute("DELETE FROM sessions WHERE key = ?1", [key])?;
        change.commit()?;
        self.stays_in_place()
    }

    fn use_sign_in(&mut self, key: &Key, within: Duration) -> Result<bool, StoreError> {
        let change = self.change()?;
        change.execute("DELETE FROM used_sign_ins WHERE used_at <= ?1", [ago(within)])?;
        let insert = "INSERT INTO used_sign_ins (key, used_at) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
        let is_new = change.execute(insert, params![key, ago(Duration::ZERO)])? == 1;
        change.commit()?;
        self.stays_in_place()?;
        Ok(is_new)
    }
}

/// Returns the moment so long ago.
fn ago(time: Duration) -> String {
    SystemTime::now().checked_sub(time).map(as_exact_text).unwrap_or_default()
}
