//! Checks that the files of an open store are still where they were opened, and that there is room beside them.
//!
//! A file that is removed or replaced stays open, and takes commits that nobody can read later. The identity of each file
//! (its device and number) is remembered, and compared around each commit.

use std::{
    ffi::OsString,
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use crate::file_permissions;

/// The bytes that the longest complaint without files needs, with its pages in the database.
const ROOM: usize = 2 << 20;

/// The database, its write-ahead log and its shared index of that, as they were opened. Without the index, another program
/// would lock a different one, and both would write.
pub struct InPlace(Vec<(PathBuf, Identity)>);

#[cfg(unix)]
type Identity = (u64, u64);
#[cfg(not(unix))]
type Identity = ();

impl InPlace {
    /// Remembers the files of an open database that has been read from, so its log is there.
    pub fn of(database: &Path) -> io::Result<Self> {
        let beside = |ending: &str| {
            let mut path = OsString::from(database);
            path.push(ending);
            let path = PathBuf::from(path);
            identity(&path).map(|identity| (path, identity))
        };
        Ok(Self(["", "-wal", "-shm"].into_iter().map(beside).collect::<Result<_, _>>()?))
    }

    /// Returns whether each file is the one that was opened.
    pub fn holds(&self) -> bool {
        self.0.iter().all(|(path, then)| identity(path).is_ok_and(|now| now == *then))
    }
}

#[cfg(unix)]
fn identity(path: &Path) -> io::Result<Identity> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).map(|found| (found.dev(), found.ino()))
}

#[cfg(not(unix))]
fn identity(path: &Path) -> io::Result<Identity> {
    fs::metadata(path).map(|_| ())
}

/// Writes a file as long as a complaint, waits until it is on the disk, and removes it.
pub fn write_beside(folder: &Path) -> io::Result<()> {
    let path = folder.join("ready.part");
    let written =
        file_permissions::options().write(true).create(true).truncate(true).open(&path).and_then(|mut file| {
            let piece = vec![0; 64 << 10];
            for _ in 0..ROOM / piece.len() {
                file.write_all(&piece)?;
            }
            file.sync_all()
        });
    let removed = fs::remove_file(&path);
    written.and(removed)
}
