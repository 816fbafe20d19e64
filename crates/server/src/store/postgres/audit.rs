//! The audit trail in PostgreSQL.

use tokio_postgres::{Row, Transaction};

use super::PostgresStore;
use crate::store::{
    StoreError,
    audit::{AuditEntry, Hash, Link, TrailHead},
};

/// Adds an entry to the trail, in the transaction of the action. The row of the head is locked until its end, so that entries of
/// several receivers come one after the other.
pub async fn add(change: &Transaction<'_>, entry: &AuditEntry) -> Result<(), StoreError> {
    let query = r#"SELECT number, hash, to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
                   FROM audit_head FOR UPDATE"#;
    let row = change.query_one(query, &[]).await?;
    let link = head(&row)?.next(row.try_get(2)?, entry);
    let Link { number, at, officer, action, submission, hash } = &link;
    change
        .execute(
            "INSERT INTO audit (number, at, officer, action, submission, hash) VALUES ($1, $2, $3, $4, $5, $6)",
            &[number, at, officer, action, submission, &hash.as_slice()],
        )
        .await?;
    change.execute("UPDATE audit_head SET number = $1, hash = $2", &[number, &hash.as_slice()]).await?;
    Ok(())
}

fn head(row: &Row) -> Result<TrailHead, StoreError> {
    Ok(TrailHead { number: row.try_get(0)?, hash: hash(row.try_get(1)?)? })
}

fn hash(bytes: &[u8]) -> Result<Hash, StoreError> {
    bytes.try_into().map_err(|_| StoreError::Content)
}

impl PostgresStore {
    pub(super) fn add_entry(&mut self, entry: &AuditEntry) -> Result<(), StoreError> {
        self.run(async |client| {
            let change = client.transaction().await?;
            add(&change, entry).await?;
            Ok(change.commit().await?)
        })
    }

    pub(super) fn read_audit(&mut self, after: i64, limit: u32) -> Result<Vec<Link>, StoreError> {
        let limit = i64::from(limit);
        self.run(async |client| {
            let query = "SELECT number, at, officer, action, submission, hash FROM audit
                         WHERE number > $1 ORDER BY number LIMIT $2";
            let link = |row: &Row| {
                Ok(Link {
                    number: row.try_get(0)?,
                    at: row.try_get(1)?,
                    officer: row.try_get(2)?,
                    action: row.try_get(3)?,
                    submission: row.try_get(4)?,
                    hash: hash(row.try_get(5)?)?,
                })
            };
            client.query(query, &[&after, &limit]).await?.iter().map(link).collect()
        })
    }

    pub(super) fn read_audit_head(&mut self) -> Result<TrailHead, StoreError> {
        self.run(async |client| head(&client.query_one("SELECT number, hash FROM audit_head", &[]).await?))
    }
}
