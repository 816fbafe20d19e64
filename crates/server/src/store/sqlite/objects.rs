//! The objects of files in `SQLite`.

use std::time::SystemTime;

use rusqlite::{Connection, params};

use super::SqliteStore;
use crate::{
    store::{
        StoreError,
        clock::as_text,
        now,
        objects::{BATCH, KnownObjects, ObjectRecords, TO_ATTACH},
    },
    stored_file::StoredObject,
};

impl ObjectRecords for SqliteStore {
    fn expect_objects(&mut self, names: &[String]) -> Result<(), StoreError> {
        let due = as_text(SystemTime::now() + TO_ATTACH);
        let change = self.change()?;
        for name in names {
            change.execute("INSERT INTO unattached_objects (name, due_at) VALUES (?1, ?2)", [name, &due])?;
        }
        change.commit()?;
        self.stays_in_place()
    }

    fn claim_objects(&mut self) -> Result<Vec<String>, StoreError> {
        let change = self.change()?;
        let names = {
            let mut claim = change.prepare(
                "UPDATE unattached_objects SET is_claimed = 1 WHERE name IN (
                     SELECT name FROM unattached_objects WHERE due_at <= ?1 ORDER BY due_at LIMIT ?2)
                 RETURNING name",
            )?;
            let rows = claim.query_map(params![now(), BATCH], |row| row.get(0))?;
            rows.collect::<Result<Vec<String>, _>>()?
        };
        change.commit()?;
        Ok(names)
    }

    fn forget_objects(&mut self, names: &[String]) -> Result<(), StoreError> {
        let change = self.change()?;
        for name in names {
            change.execute("DELETE FROM unattached_objects WHERE name = ?1 AND is_claimed = 1", [name])?;
        }
        Ok(change.commit()?)
    }

    fn known_objects(&mut self) -> Result<KnownObjects, StoreError> {
        self.needs_this_version()?;
        let names = |query: &str| -> Result<Vec<String>, StoreError> {
            let mut query = self.connection.prepare(query)?;
            Ok(query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
        };
        let due = "SELECT count(*) FROM unattached_objects WHERE due_at <= ?1";
        let due: i64 = self.connection.query_row(due, [now()], |row| row.get(0))?;
        Ok(KnownObjects {
            attached: names("SELECT object FROM files WHERE object IS NOT NULL")?,
            unattached: names("SELECT name FROM unattached_objects")?,
            due: usize::try_from(due).unwrap_or_default(),
        })
    }
}

/// Takes an expected object over into a submission.
pub fn attach(change: &Connection, object: &StoredObject) -> Result<(), StoreError> {
    let statement = "DELETE FROM unattached_objects WHERE name = ?1 AND is_claimed = 0";
    if change.execute(statement, [&object.name])? == 1 { Ok(()) } else { Err(StoreError::Late) }
}

/// Makes the objects of a submission due to be deleted.
pub fn detach(change: &Connection, submission: i64) -> Result<(), StoreError> {
    let statement = "INSERT INTO unattached_objects (name, due_at, is_claimed)
         SELECT object, ?2, 1 FROM files WHERE submission = ?1 AND object IS NOT NULL";
    change.execute(statement, params![submission, now()])?;
    Ok(())
}
