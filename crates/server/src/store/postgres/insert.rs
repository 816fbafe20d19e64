//! Writes a submission, or finds the one under its key.

use putright_domain::submission::format::Submission;
use tokio_postgres::{Transaction, types::Type};

use super::objects;
use crate::{
    reference_number::Reference,
    store::{NewSubmission, REFERENCE_TRIES, StoreError, Stored, files::ContentColumns, stored_reference},
    stored_file::FileContent,
    urgency::is_urgent,
};

/// Inserts a submission under a free reference; `None` if its key is taken.
pub async fn insert(
    change: &Transaction<'_>,
    key: &str,
    submission: &Submission,
    body: &str,
) -> Result<Option<(i64, Reference)>, StoreError> {
    for _ in 0..REFERENCE_TRIES {
        let reference = Reference::random().map_err(|_| StoreError::Reference)?;
        // With the types given, the statement is prepared and run in one exchange.
        let inserted = change
            .query_typed_opt(
                "INSERT INTO submissions (key, reference, received_at, council, kind, body, urgent)
             VALUES ($1, $2, greatest(date_trunc('second', clock_timestamp()),
                                      (SELECT received_at FROM submissions ORDER BY number DESC LIMIT 1)), $3, $4, $5, $6)
             ON CONFLICT DO NOTHING RETURNING number",
                &[
                    (&key, Type::TEXT),
                    (&reference.to_string(), Type::TEXT),
                    (&submission.council, Type::TEXT),
                    (&submission.kind.id(), Type::TEXT),
                    (&body, Type::TEXT),
                    (&is_urgent(submission), Type::BOOL),
                ],
            )
            .await?;
        if let Some(row) = inserted {
            return Ok(Some((row.try_get(0)?, reference)));
        }
        if change.query_opt("SELECT 1 FROM submissions WHERE key = $1", &[&key]).await?.is_some() {
            return Ok(None);
        }
    }
    Err(StoreError::Reference)
}

/// Returns the submission under a key that is taken, if it is the same.
pub async fn existing(change: &Transaction<'_>, new: &NewSubmission, body: &str) -> Result<Stored, StoreError> {
    let row = change.query_one("SELECT number, reference, body FROM submissions WHERE key = $1", &[&new.key]).await?;
    let number: i64 = row.try_get(0)?;
    let reference = stored_reference(row.try_get(1)?)?;
    let rows = change.query("SELECT sha256 FROM files WHERE submission = $1 ORDER BY position", &[&number]).await?;
    let hashes: Vec<&[u8]> = rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?;
    let same =
        row.try_get::<_, &str>(2)? == body && hashes == new.hashes.iter().map(<[u8; 32]>::as_slice).collect::<Vec<_>>();
    if same { Ok(Stored::Existing(reference)) } else { Err(StoreError::KeyTaken) }
}

/// Inserts the files of a submission.
pub async fn insert_files(change: &Transaction<'_>, submission: i64, new: &NewSubmission) -> Result<(), StoreError> {
    for (position, (file, hash)) in (1_i32..).zip(new.files.iter().zip(&new.hashes)) {
        if let FileContent::Object(object) = &file.content {
            objects::attach(change, object).await?;
        }
        let ContentColumns { content, object, bytes } = ContentColumns::of(&file.content)?;
        change
            .execute(
                "INSERT INTO files (submission, position, name, media_type, sha256, content, object, object_bytes)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                &[
                    &submission,
                    &position,
                    &file.name,
                    &file.kind.media_type(),
                    &hash.as_slice(),
                    &content,
                    &object,
                    &bytes,
                ],
            )
            .await?;
    }
    Ok(())
}
