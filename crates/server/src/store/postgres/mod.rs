//! A store in a PostgreSQL database, which several receivers may share.
//!
//! A commit is on the server's disk before it is answered: `synchronous_commit` is on, and a server with `fsync` off is
//! refused. The time of receipt is the server's, so that the clocks of several machines do not mix. A lost connection is made
//! again, and the work tried once more: adding a submission twice under one key stores it once.

use std::{sync::Arc, time::Duration};

use tokio::{
    runtime::{self, Runtime},
    time,
};
use tokio_postgres::{Client, Row, error::SqlState};

use super::{
    Counts, Erased, Listed, NewSubmission, Store, StoreError, Stored, StoredSubmission, SubmissionFilter,
    SubmissionRecord,
    audit::{Action, AuditEntry},
    files::{ContentRow, FileRow},
    form_keys, stored_reference,
};
use crate::{
    file_scan::FileScan,
    outbox::{Claimed, DeliveryOutcome, Notice, NoticeChannel},
    reference_number::Reference,
    stored_file::StoredFile,
};

mod audit;
mod connector;
mod inbox;
mod insert;
mod migrations;
mod objects;
mod outbox;
mod records;
mod scan;
mod senders;
mod sessions;

pub use connector::Connector;

use insert::{existing, insert, insert_files};

/// The connections of one receiver. Commits of several connections share a write to the disk.
const CONNECTIONS: usize = 8;
/// A time of receipt, as RFC 3339 in UTC.
const RECEIVED_AT: &str = r#"to_char(received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')"#;

/// The time for one piece of work, with connecting. A server that hangs, or a network that swallows everything, is given up.
const PATIENCE: Duration = Duration::from_secs(20);

const CLOSING: Duration = Duration::from_millis(20);

/// One connection to the database.
pub struct PostgresStore {
    connector: Arc<Connector>,
    client: Option<Client>,
    /// The last field: the client needs it until its end.
    runtime: Runtime,
}

impl PostgresStore {
    /// Opens the database to write to, creates its tables, and returns its connections.
    ///
    /// # Errors
    /// Returns an error if the database cannot be used, or its tables are of a newer version.
    pub fn open(connector: &Arc<Connector>) -> Result<Vec<Box<dyn Store>>, StoreError> {
        let mut first = Self::new(connector)?;
        first.run(async |client| {
            let fsync: String = client.query_one("SHOW fsync", &[]).await?.try_get(0)?;
            if fsync == "on" {
                return migrations::migrate(client).await;
            }
            let why = "its configuration has fsync = off, so a power cut would lose complaints; set fsync = on";
            Err(StoreError::Connection(why.to_owned()))
        })?;
        let mut all: Vec<Box<dyn Store>> = vec![Box::new(first)];
        for _ in 1..CONNECTIONS {
            all.push(Box::new(Self::new(connector)?));
        }
        Ok(all)
    }

    /// Opens the database to read from.
    ///
    /// # Errors
    /// Returns an error if it cannot be reached, or its tables are of another version.
    pub fn open_to_read(connector: &Arc<Connector>) -> Result<Self, StoreError> {
        let mut store = Self::new(connector)?;
        match store.run(async |client| migrations::version(client).await)? {
            migrations::VERSION => Ok(store),
            found => Err(StoreError::Version { found, known: migrations::VERSION }),
        }
    }

    fn new(connector: &Arc<Connector>) -> Result<Self, StoreError> {
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        Ok(Self { connector: Arc::clone(connector), client: None, runtime })
    }

    /// Runs work that may be run twice: once more if the connection was lost.
    #[expect(clippy::needless_pass_by_value, reason = "each caller writes its work in place")]
    fn run<T>(&mut self, work: impl AsyncFn(&mut Client) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let (client, connector) = (&mut self.client, &self.connector);
        let done = self.runtime.block_on(async {
            time::timeout(PATIENCE, async {
                let had_connection = client.is_some();
                let result = run_once(client, connector, &work).await;
                if result.is_err() && client.is_none() && had_connection {
                    return run_once(client, connector, &work).await;
                }
                result
            })
            .await
        });
        done.unwrap_or_else(|_| {
            self.client = None;
            // Gives the connection the time to close, so that the server ends its transaction.
            self.runtime.block_on(time::sleep(CLOSING));
            Err(StoreError::Connection(format!("it did not answer within {} seconds", PATIENCE.as_secs())))
        })
    }
}

/// Runs work on the connection, made if there is none. A lost connection is dropped.
async fn run_once<T>(
    connection: &mut Option<Client>,
    connector: &Connector,
    work: &impl AsyncFn(&mut Client) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let client = match connection {
        Some(client) => client,
        None => connection.insert(connector.connect().await?),
    };
    let result = work(client).await;
    if result.is_err() {
        // A transaction that was dropped is rolled back by the next message. Without this one it would hold its locks until then.
        let _ = client.batch_execute("SELECT 1").await;
    }
    if client.is_closed() {
        *connection = None;
    }
    result
}

impl Store for PostgresStore {
    fn add(&mut self, new: &NewSubmission) -> Result<Stored, StoreError> {
        let body = new.submission.to_json();
        self.run(async |client| {
            let change = client.transaction().await?;
            let Some((number, reference)) = insert(&change, &new.key, &new.submission, &body).await? else {
                let stored = existing(&change, new, &body).await?;
                change.commit().await?;
                return Ok(stored);
            };
            insert_files(&change, number, new).await?;
            outbox::insert(&change, number, &new.channels).await?;
            change.commit().await?;
            Ok(Stored::New(reference))
        })
    }

    fn add_form(&mut self, mark: &str, new: &NewSubmission, within: Duration) -> Result<Stored, StoreError> {
        let submission = &new.submission;
        let [from, to] = form_keys(mark);
        let key = format!("{from}{}", submission.id);
        let body = submission.to_json();
        let seconds = within.as_secs_f64();
        self.run(async |client| {
            let change = client.transaction().await?;
            // The same form may reach two receivers at once.
            change.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", &[&from]).await?;
            let before = change
                .query_opt(
                    "SELECT reference FROM submissions
                 WHERE key > $1 AND key < $2 AND received_at >= clock_timestamp() - make_interval(secs => $3)
                 ORDER BY number LIMIT 1",
                    &[&from, &to, &seconds],
                )
                .await?;
            if let Some(row) = before {
                let reference = stored_reference(row.try_get(0)?)?;
                change.commit().await?;
                return Ok(Stored::Existing(reference));
            }
            match insert(&change, &key, submission, &body).await? {
                Some((number, reference)) => {
                    outbox::insert(&change, number, &new.channels).await?;
                    change.commit().await?;
                    Ok(Stored::New(reference))
                }
                None => Err(StoreError::KeyTaken),
            }
        })
    }

    fn list(&mut self, after: i64, limit: u32) -> Result<Vec<Listed>, StoreError> {
        self.list_after(after, limit)
    }

    fn last_received(&mut self) -> Result<Option<String>, StoreError> {
        let query = format!("SELECT {RECEIVED_AT} FROM submissions ORDER BY number DESC LIMIT 1");
        self.run(async |client| Ok(client.query_opt(&query, &[]).await?.map(|row| row.try_get(0)).transpose()?))
    }

    fn find(&mut self, reference: &Reference) -> Result<Option<StoredSubmission>, StoreError> {
        let query = format!("SELECT {RECEIVED_AT}, body FROM submissions WHERE reference = $1");
        let reference = reference.to_string();
        self.run(async |client| {
            let row = client.query_opt(&query, &[&reference]).await?;
            row.map(|row| Ok(StoredSubmission { received_at: row.try_get(0)?, body: row.try_get(1)? })).transpose()
        })
    }

    fn files(&mut self, reference: &Reference) -> Result<Option<Vec<StoredFile>>, StoreError> {
        let reference = reference.to_string();
        self.run(async |client| {
            let number = client.query_opt("SELECT number FROM submissions WHERE reference = $1", &[&reference]).await?;
            let Some(number) = number else { return Ok(None) };
            let number: i64 = number.try_get(0)?;
            let rows = client
                .query(
                    "SELECT name, media_type, content, sha256, object, object_bytes, scan, scan_found FROM files
                     WHERE submission = $1 ORDER BY position",
                    &[&number],
                )
                .await?;
            let file = |(place, row): (usize, &Row)| {
                let scan = FileScan::from_columns(row.try_get(6)?, row.try_get(7)?).ok_or(StoreError::Content)?;
                let content = content(row, 2)?;
                FileRow { name: row.try_get(0)?, media_type: row.try_get(1)?, content, scan }.file(place)
            };
            (1..).zip(&rows).map(file).collect::<Result<_, _>>().map(Some)
        })
    }

    fn check_writable(&mut self) -> Result<(), StoreError> {
        self.run(async |client| {
            client.execute("UPDATE putright_version SET version = version", &[]).await?;
            Ok(())
        })
    }

    /// The session's own time limits hold.
    fn wait_at_most(&mut self, _: Duration) -> Result<(), StoreError> {
        Ok(())
    }

    fn count_sender(&mut self, sender: &[u8], per_minute: u32) -> Result<Option<u64>, StoreError> {
        self.count_one(sender, per_minute)
    }

    fn search(
        &mut self,
        filter: &SubmissionFilter,
        after: i64,
        limit: u32,
    ) -> Result<Vec<SubmissionRecord>, StoreError> {
        self.find_records(filter, after, limit)
    }

    fn take_over(&mut self, officer: &str, reference: &Reference, number: &str) -> Result<bool, StoreError> {
        let statement = "UPDATE submissions SET taken_as = $2, taken_at = clock_timestamp(),
                         state = 'taken' WHERE reference = $1";
        self.change_one(statement, &AuditEntry::about(officer, Action::TakenOver, reference), Some(number))
    }

    fn hold(&mut self, officer: &str, reference: &Reference, held: bool) -> Result<bool, StoreError> {
        let statement = "UPDATE submissions SET held_at = CASE WHEN $2::text IS NULL THEN NULL ELSE clock_timestamp() END WHERE reference = $1";
        let action = if held { Action::Held } else { Action::Released };
        self.change_one(statement, &AuditEntry::about(officer, action, reference), held.then_some("held"))
    }

    fn replace_body(&mut self, officer: &str, reference: &Reference, body: &str) -> Result<bool, StoreError> {
        let statement = "UPDATE submissions SET body = $2 WHERE reference = $1 AND held_at IS NULL";
        self.change_one(statement, &AuditEntry::about(officer, Action::Redacted, reference), Some(body))
    }

    fn erase(&mut self, officer: &str, reference: &Reference) -> Result<Erased, StoreError> {
        self.erase_one(&AuditEntry::about(officer, Action::Erased, reference))
    }

    fn scrub(&mut self) -> Result<(), StoreError> {
        self.vacuum()
    }

    fn expired(&mut self, kind: &str, keep: Duration) -> Result<Vec<Reference>, StoreError> {
        self.list_expired(kind, keep)
    }

    fn check(&mut self) -> Result<Vec<String>, StoreError> {
        self.problems()
    }

    fn counts(&mut self) -> Result<Counts, StoreError> {
        let query = "SELECT (SELECT count(*) FROM submissions), (SELECT count(*) FROM outbox WHERE state = 'waiting'),
                    (SELECT count(*) FROM outbox WHERE state = 'failed'),
                    (SELECT count(*) FROM files WHERE scan IN ('waiting', 'refused')),
                    (SELECT count(*) FROM files WHERE scan = 'infected')";
        self.run(async |client| {
            let row = client.query_one(query, &[]).await?;
            Ok(Counts {
                submissions: row.try_get(0)?,
                waiting: row.try_get(1)?,
                failed: row.try_get(2)?,
                unscanned: row.try_get(3)?,
                quarantined: row.try_get(4)?,
            })
        })
    }

    fn claim_notice(&mut self, channel: NoticeChannel, lease: Duration) -> Result<Option<Claimed>, StoreError> {
        self.claim(channel, lease)
    }

    fn finish_notice(&mut self, number: i64, outcome: &DeliveryOutcome) -> Result<(), StoreError> {
        self.finish(number, outcome)
    }

    fn notices(&mut self, all: bool) -> Result<Vec<Notice>, StoreError> {
        self.list_notices(all)
    }

    fn retry_notices(&mut self, reference: Option<&Reference>) -> Result<u64, StoreError> {
        self.retry(reference)
    }

    fn forget_senders(&mut self) -> Result<(), StoreError> {
        self.run(async |client| {
            client.execute("DELETE FROM senders WHERE full_at < clock_timestamp()", &[]).await?;
            Ok(())
        })
    }
}

/// Returns the content of a file from its four columns.
fn content(row: &Row, first: usize) -> Result<ContentRow, StoreError> {
    let hash = row.try_get::<_, &[u8]>(first + 1)?.try_into().map_err(|_| StoreError::Content)?;
    let (object, bytes) = (row.try_get(first + 2)?, row.try_get(first + 3)?);
    Ok(ContentRow { content: row.try_get(first)?, hash, object, bytes })
}

/// Returns an error of the database by its code alone: its message may hold a value.
fn code(error: &tokio_postgres::Error) -> StoreError {
    match error.code() {
        Some(code) if *code == SqlState::UNDEFINED_TABLE => {
            StoreError::Database(format!("{} (there is no table of Putright; start putright serve once)", code.code()))
        }
        Some(code) => StoreError::Database(format!("SQLSTATE {}", code.code())),
        None if error.is_closed() => StoreError::Connection("the connection was lost".to_owned()),
        None => StoreError::Database("the connection broke, or a value cannot be read".to_owned()),
    }
}

impl From<tokio_postgres::Error> for StoreError {
    fn from(error: tokio_postgres::Error) -> Self {
        code(&error)
    }
}
