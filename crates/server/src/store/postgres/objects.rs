//! The objects of files in PostgreSQL.

use tokio_postgres::{Row, Transaction};

use super::PostgresStore;
use crate::{
    store::{
        StoreError,
        objects::{BATCH, KnownObjects, ObjectRecords, TO_ATTACH},
    },
    stored_file::StoredObject,
};

impl ObjectRecords for PostgresStore {
    fn expect_objects(&mut self, names: &[String]) -> Result<(), StoreError> {
        let statement = "INSERT INTO unattached_objects (name, due_at)
             SELECT name, clock_timestamp() + make_interval(secs => $2) FROM unnest($1::text[]) AS name
             ON CONFLICT (name) DO NOTHING";
        let seconds = TO_ATTACH.as_secs_f64();
        self.run(async |client| {
            client.execute(statement, &[&names, &seconds]).await?;
            Ok(())
        })
    }

    fn claim_objects(&mut self) -> Result<Vec<String>, StoreError> {
        let statement = "UPDATE unattached_objects SET is_claimed = true WHERE name IN (
                 SELECT name FROM unattached_objects WHERE due_at <= clock_timestamp()
                 ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED)
             RETURNING name";
        self.run(async |client| names(&client.query(statement, &[&BATCH]).await?))
    }

    fn forget_objects(&mut self, forgotten: &[String]) -> Result<(), StoreError> {
        let statement = "DELETE FROM unattached_objects WHERE name = ANY ($1) AND is_claimed";
        self.run(async |client| {
            client.execute(statement, &[&forgotten]).await?;
            Ok(())
        })
    }

    fn known_objects(&mut self) -> Result<KnownObjects, StoreError> {
        let due = "SELECT count(*) FROM unattached_objects WHERE due_at <= clock_timestamp()";
        self.run(async |client| {
            let attached = client.query("SELECT object FROM files WHERE object IS NOT NULL", &[]).await?;
            let unattached = client.query("SELECT name FROM unattached_objects", &[]).await?;
            let due: i64 = client.query_one(due, &[]).await?.try_get(0)?;
            Ok(KnownObjects {
                attached: names(&attached)?,
                unattached: names(&unattached)?,
                due: usize::try_from(due).unwrap_or_default(),
            })
        })
    }
}

fn names(rows: &[Row]) -> Result<Vec<String>, StoreError> {
    rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
}

/// Takes an expected object over into a submission.
pub async fn attach(change: &Transaction<'_>, object: &StoredObject) -> Result<(), StoreError> {
    let statement = "DELETE FROM unattached_objects WHERE name = $1 AND NOT is_claimed";
    if change.execute(statement, &[&object.name]).await? == 1 { Ok(()) } else { Err(StoreError::Late) }
}

/// Makes the objects of a submission due to be deleted.
pub async fn detach(change: &Transaction<'_>, submission: i64) -> Result<(), StoreError> {
    let statement = "INSERT INTO unattached_objects (name, due_at, is_claimed)
         SELECT object, clock_timestamp(), true FROM files WHERE submission = $1 AND object IS NOT NULL";
    change.execute(statement, &[&submission]).await?;
    Ok(())
}
