//! The tables in PostgreSQL, and the steps from each version to the next.
//!
//! One receiver at a time takes the steps, in one transaction. A program of an older version refuses newer tables.

use tokio_postgres::{Client, GenericClient};

use crate::store::StoreError;

/// The version of the tables.
pub const VERSION: i64 = 8;
/// The advisory lock under which the tables are changed.
const LOCK: i64 = 0x7075_7472_6967_6874;
/// The steps, each from its place in the list to the next version.
///
/// Keys are compared byte by byte: the range of a form's keys depends on it.
const STEPS: [&str; 8] = [
    r#"
    CREATE TABLE submissions (
        number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        key text COLLATE "C" NOT NULL UNIQUE,
        reference text COLLATE "C" NOT NULL UNIQUE,
        received_at timestamptz NOT NULL,
        council text NOT NULL,
        kind text NOT NULL,
        body text NOT NULL
    );
    CREATE TABLE files (
        submission bigint NOT NULL REFERENCES submissions (number),
        position integer NOT NULL,
        name text NOT NULL,
        media_type text NOT NULL,
        sha256 bytea NOT NULL CHECK (length(sha256) = 32),
        content bytea NOT NULL,
        PRIMARY KEY (submission, position)
    );
    -- Files are compressed already.
    ALTER TABLE files ALTER COLUMN content SET STORAGE EXTERNAL;
    -- The counts of senders: of no worth after a minute, so a crash may empty the table.
    CREATE UNLOGGED TABLE senders (
        sender bytea PRIMARY KEY,
        full_at timestamptz NOT NULL
    );
"#,
    "
    CREATE TABLE outbox (
        number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        submission bigint NOT NULL REFERENCES submissions (number),
        channel text NOT NULL,
        state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'failed', 'delivered')),
        attempts integer NOT NULL DEFAULT 0,
        next_at timestamptz DEFAULT clock_timestamp(),
        error text,
        UNIQUE (submission, channel)
    );
    CREATE INDEX outbox_due ON outbox (channel, next_at) WHERE state = 'waiting';
",
    "
    ALTER TABLE submissions ADD COLUMN taken_as text, ADD COLUMN taken_at timestamptz, ADD COLUMN held_at timestamptz;
    CREATE INDEX submissions_taken ON submissions (kind, taken_at) WHERE taken_at IS NOT NULL;
",
    "
    ALTER TABLE submissions
        ADD COLUMN urgent boolean NOT NULL DEFAULT false,
        ADD COLUMN state text NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'opened', 'taken'));
    UPDATE submissions SET state = 'taken' WHERE taken_as IS NOT NULL;
    UPDATE submissions SET urgent = true WHERE body::jsonb #> '{about,safeguarding_worry}' = 'true'
        OR body::jsonb #>> '{child,safe_now}' = 'no'
        OR (body::jsonb #> '{guidance,flags}') ?| ARRAY['urgent', 'safeguarding_worry'];
    CREATE INDEX submissions_inbox ON submissions (council, kind, state, urgent, number);
    CREATE INDEX submissions_received ON submissions (received_at);
    CREATE INDEX submissions_taken_as ON submissions (taken_as) WHERE taken_as IS NOT NULL;
    CREATE TABLE audit (
        number bigint PRIMARY KEY,
        at text NOT NULL,
        officer text NOT NULL,
        action text NOT NULL,
        submission text NOT NULL,
        hash bytea NOT NULL CHECK (length(hash) = 32)
    );
    CREATE TABLE audit_head (number bigint NOT NULL, hash bytea NOT NULL CHECK (length(hash) = 32));
    INSERT INTO audit_head VALUES (0, decode(repeat('00', 32), 'hex'));
",
    "
    ALTER TABLE files
        ADD COLUMN scan text NOT NULL DEFAULT 'waiting' CHECK (scan IN ('waiting', 'clean', 'infected', 'refused')),
        ADD COLUMN scan_found text;
    CREATE INDEX files_scan ON files (scan, submission, position) WHERE scan <> 'clean';
",
    r#"
    ALTER TABLE files
        ADD COLUMN object text COLLATE "C", ADD COLUMN object_bytes bigint,
        ADD CHECK ((object IS NULL) = (object_bytes IS NULL));
    CREATE UNIQUE INDEX files_object ON files (object) WHERE object IS NOT NULL;
    CREATE TABLE unattached_objects (
        name text COLLATE "C" PRIMARY KEY,
        due_at timestamptz NOT NULL,
        is_claimed boolean NOT NULL DEFAULT false
    );
    CREATE INDEX unattached_objects_due ON unattached_objects (due_at);
"#,
    "
    CREATE TABLE sessions (
        key bytea PRIMARY KEY CHECK (length(key) = 32),
        officer text NOT NULL,
        groups text NOT NULL,
        began_at timestamptz NOT NULL,
        used_at timestamptz NOT NULL
    );
    CREATE INDEX sessions_used ON sessions (used_at);
    CREATE TABLE used_sign_ins (key bytea PRIMARY KEY CHECK (length(key) = 32), used_at timestamptz NOT NULL);
",
    "
    CREATE INDEX submissions_council ON submissions (council, number);
    -- A search reads each submission: to decompress it took most of the time. Those from before stay compressed.
    ALTER TABLE submissions SET (toast_tuple_target = 8160);
",
];

/// Creates the tables, or what they lack.
pub async fn migrate(client: &mut Client) -> Result<(), StoreError> {
    let change = client.transaction().await?;
    change.execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK]).await?;
    change.batch_execute("CREATE TABLE IF NOT EXISTS putright_version (version bigint NOT NULL)").await?;
    let found = version(&change).await?;
    if found > VERSION {
        return Err(StoreError::Version { found, known: VERSION });
    }
    for (from, step) in (0_i64..).zip(STEPS) {
        if from >= found {
            change.batch_execute(step).await?;
        }
    }
    let version = format!("DELETE FROM putright_version; INSERT INTO putright_version VALUES ({VERSION})");
    change.batch_execute(&version).await?;
    Ok(change.commit().await?)
}

/// Returns the version of the tables; 0 where there is none.
pub async fn version(client: &impl GenericClient) -> Result<i64, StoreError> {
    let found = client.query_opt("SELECT version FROM putright_version", &[]).await?;
    Ok(found.map_or(Ok(0), |row| row.try_get(0))?)
}
