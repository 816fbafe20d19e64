//! Sessions of officers in PostgreSQL, by its clock.

use std::time::Duration;

use super::PostgresStore;
use crate::store::{
    StoreError,
    sessions::{Key, MOST, SessionLimits, SessionRecord, SessionStore, from_column, to_column},
};

impl SessionStore for PostgresStore {
    fn begin_session(
        &mut self,
        key: &Key,
        officer: &str,
        groups: &[String],
        limits: SessionLimits,
    ) -> Result<(), StoreError> {
        let [idle, longest] = [limits.idle, limits.longest].map(|time| time.as_secs_f64());
        let (key, groups) = (key.as_slice(), to_column(groups));
        self.run(async |client| {
            let change = client.transaction().await?;
            let ended = "DELETE FROM sessions WHERE used_at <= clock_timestamp() - make_interval(secs => $1)
                 OR began_at <= clock_timestamp() - make_interval(secs => $2)";
            change.execute(ended, &[&idle, &longest]).await?;
            let too_many =
                "DELETE FROM sessions WHERE key IN (SELECT key FROM sessions ORDER BY used_at DESC OFFSET $1)";
            change.execute(too_many, &[&(MOST - 1)]).await?;
            let insert = "INSERT INTO sessions (key, officer, groups, began_at, used_at)
                 VALUES ($1, $2, $3, clock_timestamp(), clock_timestamp()) ON CONFLICT DO NOTHING";
            change.execute(insert, &[&key, &officer, &groups]).await?;
            Ok(change.commit().await?)
        })
    }

    fn session(&mut self, key: &Key, limits: SessionLimits) -> Result<Option<SessionRecord>, StoreError> {
        let query = "SELECT officer, groups, extract(epoch FROM clock_timestamp() - used_at)::bigint FROM sessions
             WHERE key = $1 AND used_at > clock_timestamp() - make_interval(secs => $2)
             AND began_at > clock_timestamp() - make_interval(secs => $3)";
        let [idle, longest] = [limits.idle, limits.longest].map(|time| time.as_secs_f64());
        let key = key.as_slice();
        self.run(async |client| {
            let Some(row) = client.query_opt(query, &[&key, &idle, &longest]).await? else { return Ok(None) };
            let unused = u64::try_from(row.try_get::<_, i64>(2)?).unwrap_or_default();
            Ok(Some(SessionRecord { officer: row.try_get(0)?, groups: from_column(row.try_get(1)?)?, unused }))
        })
    }

    fn use_session(&mut self, key: &Key) -> Result<(), StoreError> {
        let key = key.as_slice();
        self.run(async |client| {
            client.execute("UPDATE sessions SET used_at = clock_timestamp() WHERE key = $1", &[&key]).await?;
            Ok(())
        })
    }

    fn end_session(&mut self, key: &Key) -> Result<(), StoreError> {
        let key = key.as_slice();
        self.run(async |client| {
            client.execute("DELETE FROM sessions WHERE key = $1", &[&key]).await?;
            Ok(())
        })
    }

    fn use_sign_in(&mut self, key: &Key, within: Duration) -> Result<bool, StoreError> {
        let (key, seconds) = (key.as_slice(), within.as_secs_f64());
        self.run(async |client| {
            let change = client.transaction().await?;
            let old = "DELETE FROM used_sign_ins WHERE used_at <= clock_timestamp() - make_interval(secs => $1)";
            change.execute(old, &[&seconds]).await?;
            let insert =
                "INSERT INTO used_sign_ins (key, used_at) VALUES ($1, clock_timestamp()) ON CONFLICT DO NOTHING";
            let is_new = change.execute(insert, &[&key]).await? == 1;
            change.commit().await?;
            Ok(is_new)
        })
    }
}
