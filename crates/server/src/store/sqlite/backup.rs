//! Copies a store into one file, and back, while it may be in use.
//!
//! `SQLite`'s online backup takes all pages in one step, as they were at one moment: submissions that come meanwhile wait for
//! nothing and are not in the copy. The copy is checked before it gets its name, so a file under that name is whole. It is
//! made for its owner alone, and never over another file.

use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
};

use rusqlite::{
    Connection, ErrorCode, OpenFlags,
    backup::{Backup, StepResult},
};
use serde::Serialize;

use super::{SqliteStore, file_in};
use crate::{file_permissions, store::StoreError};

/// The contents of a copy.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Copied {
    submissions: i64,
    files: i64,
    /// The files whose content is in an object store, and not in the copy.
    in_object_store: i64,
    bytes: u64,
}

impl SqliteStore {
    /// Copies the store into a new file.
    ///
    /// # Errors
    /// Returns an error, and leaves no file, if the file exists or cannot be written, or if the copy is not sound.
    pub fn copy_to(&self, file: &Path) -> Result<Copied, StoreError> {
        refuse_to_overwrite(file)?;
        let mut part = OsString::from(file);
        part.push(".part");
        let part = PathBuf::from(part);
        file_permissions::options().write(true).create_new(true).open(&part)?;
        let copied = self.fill(&part).and_then(|copied| {
            fs::rename(&part, file)?;
            fs::File::open(folder_of(file))?.sync_all()?;
            Ok(copied)
        });
        if copied.is_err() {
            let _ = fs::remove_file(&part);
        }
        copied
    }

    fn fill(&self, part: &Path) -> Result<Copied, StoreError> {
        let mut copy = Connection::open_with_flags(part, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        match Backup::new(&self.connection, &mut copy)?.step(-1)? {
            StepResult::Done => {}
            _ => return Err(StoreError::Database(format!("{:?}", ErrorCode::DatabaseBusy))),
        }
        // One file, with no log beside it.
        copy.pragma_update(None, "journal_mode", "DELETE")?;
        let sound: String = copy.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        if sound != "ok" {
            return Err(StoreError::Content);
        }
        let count = |table: &str| copy.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0));
        let version = super::migrations::version(&copy)?;
        let files = if version < 2 { 0 } else { count("files")? };
        let in_object_store = if version < 7 { 0 } else { count("files WHERE object IS NOT NULL")? };
        let submissions = count("submissions")?;
        copy.close().map_err(|(_, error)| error)?;
        let file = fs::File::open(part)?;
        file.sync_all()?;
        Ok(Copied { submissions, files, in_object_store, bytes: file.metadata()?.len() })
    }
}

/// Creates a store from a copy, in a folder that has none.
///
/// # Errors
/// Returns an error if the folder has a store, or the copy is not a sound store.
pub fn restore(copy: &Path, folder: &Path) -> Result<Copied, StoreError> {
    let store = SqliteStore::open_file_to_read(copy)?;
    file_permissions::folder(folder)?;
    let file = file_in(folder);
    for ending in ["-wal", "-shm"] {
        let mut left = OsString::from(&file);
        left.push(ending);
        refuse_to_overwrite(Path::new(&left))?;
    }
    store.copy_to(&file)
}

fn refuse_to_overwrite(file: &Path) -> Result<(), StoreError> {
    if file.symlink_metadata().is_err() {
        return Ok(());
    }
    let message = format!("{} is there already, and is not written over", file.display());
    Err(io::Error::new(io::ErrorKind::AlreadyExists, message).into())
}

fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}
