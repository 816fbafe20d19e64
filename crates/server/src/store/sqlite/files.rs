//! Files beside their submission: in the same database file, and written in the same transaction. The content of a file may be in an
//! object store instead.

use rusqlite::{Connection, MAIN_DB, OptionalExtension, blob::ZeroBlob, params};

use super::{migrations::version, objects};
use crate::{
    file_scan::FileScan,
    reference_number::Reference,
    store::{
        StoreError,
        files::{ContentColumns, ContentRow, FileRow},
    },
    stored_file::{FileContent, StoredFile},
};

type FileHash = [u8; 32];

/// The bytes of a file that are written at a time.
const PIECE: usize = 64 << 10;

/// Writes the files of a submission that was just written. Their contents are written piece by piece: a value that is bound
/// is copied twice before it is on the disk.
pub fn insert(
    change: &Connection,
    submission: i64,
    files: &[StoredFile],
    hashes: &[FileHash],
) -> Result<(), StoreError> {
    let mut insert = change.prepare(
        "INSERT INTO files (submission, position, name, media_type, bytes, sha256, content, object, object_bytes)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    for (position, (file, hash)) in (1_i64..).zip(files.iter().zip(hashes)) {
        if let FileContent::Object(object) = &file.content {
            objects::attach(change, object)?;
        }
        let ContentColumns { content, object, bytes: object_bytes } = ContentColumns::of(&file.content)?;
        let bytes = i32::try_from(content.len()).map_err(|_| StoreError::Content)?;
        let row = insert.insert(params![
            submission,
            position,
            file.name,
            file.kind.media_type(),
            bytes,
            hash.as_slice(),
            ZeroBlob(bytes),
            object,
            object_bytes
        ])?;
        let mut blob = change.blob_open(MAIN_DB, "files", "content", row, false)?;
        for (number, piece) in content.chunks(PIECE).enumerate() {
            blob.write_at(piece, number * PIECE)?;
        }
        blob.close()?;
    }
    Ok(())
}

/// Returns the hashes of a submission's files, in their order.
pub fn hashes(connection: &Connection, submission: i64) -> Result<Vec<FileHash>, StoreError> {
    let mut query = connection.prepare("SELECT sha256 FROM files WHERE submission = ?1 ORDER BY position")?;
    let rows = query.query_map([submission], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The files of the submission under a reference; `None` where there is none. They are looked at again: what somebody or
/// something has changed since is not given out.
pub fn read(connection: &Connection, reference: &Reference) -> Result<Option<Vec<StoredFile>>, StoreError> {
    let number = "SELECT number FROM submissions WHERE reference = ?1";
    let number = connection.query_row(number, [reference.to_string()], |row| row.get::<_, i64>(0)).optional()?;
    let Some(number) = number else { return Ok(None) };
    let version = version(connection)?;
    if version < 2 {
        return Ok(Some(Vec::new()));
    }
    let scan = if version < 6 { "'waiting', NULL" } else { "scan, scan_found" };
    let object = if version < 7 { "NULL, NULL" } else { "object, object_bytes" };
    let mut query = connection.prepare(&format!(
        "SELECT name, media_type, content, sha256, {object}, {scan} FROM files WHERE submission = ?1 ORDER BY position"
    ))?;
    let rows = query.query_map([number], |row| {
        let content = ContentRow { content: row.get(2)?, hash: row.get(3)?, object: row.get(4)?, bytes: row.get(5)? };
        let scan: (String, Option<String>) = (row.get(6)?, row.get(7)?);
        Ok((row.get(0)?, row.get(1)?, content, scan))
    })?;
    let mut files = Vec::new();
    for (place, row) in (1..).zip(rows) {
        let (name, media_type, content, (state, found)): (_, _, _, (String, _)) = row?;
        let scan = FileScan::from_columns(&state, found).ok_or(StoreError::Content)?;
        files.push(FileRow { name, media_type, content, scan }.file(place)?);
    }
    Ok(Some(files))
}
