//! The limit of a sender at all receivers that share the database.

use tokio_postgres::types::Type;

use super::PostgresStore;
use crate::store::StoreError;

impl PostgresStore {
    /// Counts by the generic cell rate algorithm: a sender is full once its requests of a minute are used up, and gets one back
    /// every `60 / per_minute` seconds.
    pub(super) fn count_one(&mut self, sender: &[u8], per_minute: u32) -> Result<Option<u64>, StoreError> {
        let each = 60.0 / f64::from(per_minute.max(1));
        self.run(async |client| {
            let counted = client.execute_typed(
                "INSERT INTO senders AS s (sender, full_at) VALUES ($1, clock_timestamp() + make_interval(secs => $2))
                 ON CONFLICT (sender) DO UPDATE
                 SET full_at = greatest(s.full_at, clock_timestamp()) + make_interval(secs => $2)
                 WHERE greatest(s.full_at, clock_timestamp()) + make_interval(secs => $2)
                       <= clock_timestamp() + interval '60 seconds'",
                &[(&sender, Type::BYTEA), (&each, Type::FLOAT8)],
            ).await?;
            if counted > 0 {
                return Ok(None);
            }
            let wait = client
                .query_opt(
                    "SELECT ceil(extract(epoch FROM full_at - clock_timestamp())::float8 - 60 + $2)::bigint
                 FROM senders WHERE sender = $1",
                    &[&sender, &each],
                )
                .await?;
            let seconds = wait.map_or(Ok(1), |row| row.try_get::<_, i64>(0))?;
            Ok(Some(u64::try_from(seconds).unwrap_or(1).max(1)))
        })
    }
}
