//! The part of a store that the virus scan works with.

use super::StoreError;
use crate::{file_scan::FileScan, outbox::NoticeChannel, reference_number::Reference, stored_file::FileContent};

/// The oldest file that is not scanned. `SQLite` uses the index only where a query has all of its condition.
pub(super) const NEXT_UNSCANNED: &str =
    "SELECT submission, position, reference, council, content, sha256, object, object_bytes
     FROM files JOIN submissions ON submissions.number = submission
     WHERE scan <> 'clean' AND scan = 'waiting' ORDER BY submission, position LIMIT 1";
/// The statement that records a result for a file that waits. `SQLite` numbers parameters as they come.
pub(super) const RECORD: &str =
    "UPDATE files SET scan = $1, scan_found = $2 WHERE submission = $3 AND position = $4 AND scan = 'waiting'";
/// The statement that makes refused files wait again.
pub(super) const RETRY: &str = "UPDATE files SET scan = 'waiting' WHERE scan <> 'clean' AND scan = 'refused'";
/// The results for the files of a submission.
pub(super) const RESULTS: &str =
    "SELECT scan, scan_found FROM files JOIN submissions ON submissions.number = submission
     WHERE reference = $1 ORDER BY position";

/// The officer of an audit entry that the scanner writes.
pub const SCANNER: &str = "virus scanner";

/// The place of a file in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FilePlace {
    /// The place of its submission.
    pub submission: i64,
    /// Its place among the files of the submission, from 1.
    pub position: i32,
}

/// A file that is not scanned yet.
pub struct UnscannedFile {
    /// Its place.
    pub place: FilePlace,
    /// The reference of its submission.
    pub reference: Reference,
    /// The id of the council.
    pub council: String,
    /// Its content.
    pub content: FileContent,
}

/// The part of a store that the virus scan works with.
pub trait ScanStore {
    /// Returns the oldest file that is not scanned.
    ///
    /// # Errors
    /// Returns an error if the database cannot be read.
    fn next_unscanned(&mut self) -> Result<Option<UnscannedFile>, StoreError>;

    /// Records the result for a file, if none was recorded before. Where the file is infected, that is in the audit trail and the
    /// notices are written, in the same transaction.
    ///
    /// # Errors
    /// Returns an error if the database cannot be used.
    fn record_scan(
        &mut self,
        place: FilePlace,
        reference: &Reference,
        scan: &FileScan,
        channels: &[NoticeChannel],
    ) -> Result<(), StoreError>;

    /// Makes the files that the scanner refused wait again.
    ///
    /// # Errors
    /// Returns an error if the database cannot be used.
    fn retry_refused_scans(&mut self) -> Result<(), StoreError>;

    /// Returns the results for the files of a submission, in their order.
    ///
    /// # Errors
    /// Returns an error if the database cannot be read.
    fn scans(&mut self, reference: &Reference) -> Result<Vec<FileScan>, StoreError>;
}
