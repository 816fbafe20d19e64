//! Writes a submission and its files into a folder that another system empties.
//!
//! Each has a folder of its own, named by the reference, with `submission.json` and the files. It gets its name once all of it is
//! on the disk, so that a reader never finds half of it.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use serde_json::json;

use super::Claimed;
use crate::{file_permissions, stored_file::StoredFile};

/// A folder for submissions.
pub struct FileDrop(PathBuf);

impl FileDrop {
    /// Uses a folder, made if it does not exist.
    ///
    /// # Errors
    /// Returns an error if it cannot be made.
    pub fn new(folder: &Path) -> io::Result<Self> {
        file_permissions::folder(folder)?;
        Ok(Self(folder.to_owned()))
    }

    /// Writes a submission. One that is there already is left alone.
    ///
    /// # Errors
    /// Returns the reason if it is not certain that all of it is on the disk.
    pub fn write(&self, claimed: &Claimed, files: &[StoredFile]) -> Result<(), String> {
        self.try_to_write(claimed, files).map_err(|error| format!("{:?}", error.kind()))
    }

    fn try_to_write(&self, claimed: &Claimed, files: &[StoredFile]) -> io::Result<()> {
        let name = claimed.reference.to_string();
        let (place, part) = (self.0.join(&name), self.0.join(format!(".{name}.part")));
        if place.try_exists()? {
            return Ok(());
        }
        if part.try_exists()? {
            fs::remove_dir_all(&part)?;
        }
        file_permissions::folder(&part)?;
        let submission: serde_json::Value = serde_json::from_str(&claimed.body)?;
        let quarantined: Vec<_> =
            (1..).zip(files).filter(|(_, file)| file.scan.is_quarantined()).map(|(at, _)| at).collect::<Vec<i32>>();
        let whole = json!({ "reference": name, "received_at": claimed.received_at, "submission": submission, "quarantined": quarantined });
        write_file(&part.join("submission.json"), format!("{whole:#}\n").as_bytes())?;
        for (position, file) in (1..).zip(files).filter(|(_, file)| !file.scan.is_quarantined()) {
            let content = file.content.bytes().ok_or(io::ErrorKind::NotFound)?;
            write_file(&part.join(format!("{position}-{}", file.name)), content)?;
        }
        fs::File::open(&part)?.sync_all()?;
        fs::rename(&part, &place)?;
        fs::File::open(&self.0)?.sync_all()
    }
}

fn write_file(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = file_permissions::options().write(true).create_new(true).open(path)?;
    file.write_all(content)?;
    file.sync_all()
}
