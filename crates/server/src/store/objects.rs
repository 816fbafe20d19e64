//! The objects of an object store that belong to no submission: not yet, or not any more.
//!
//! A name is written down before its object, as expected. The transaction that stores the submission takes the name over into the
//! row of the file. Erasing a submission writes the names down again, as due. So whatever breaks off, the name of each object is in the
//! database, and nothing is left in the object store for ever.

use std::time::Duration;

use super::StoreError;

/// The time after which an object that no submission took over is deleted: storing one takes minutes at most.
pub(super) const TO_ATTACH: Duration = Duration::from_secs(60 * 60);
/// The most names at a time.
pub(super) const BATCH: i64 = 100;

/// The part of a store that knows objects.
pub trait ObjectRecords {
    /// Writes down the names of objects that are about to be written.
    ///
    /// # Errors
    /// Returns an error if it is not certain that they are written down: then no object may be written.
    fn expect_objects(&mut self, names: &[String]) -> Result<(), StoreError>;

    /// Claims some objects that are due to be deleted, and returns their names. No submission can take over a claimed one.
    ///
    /// # Errors
    /// Returns an error if the database cannot be used.
    fn claim_objects(&mut self) -> Result<Vec<String>, StoreError>;

    /// Forgets the names of objects that are deleted.
    ///
    /// # Errors
    /// Returns an error if the database cannot be used.
    fn forget_objects(&mut self, names: &[String]) -> Result<(), StoreError>;

    /// Returns the names of the objects of submissions, and of those that are expected or due.
    ///
    /// # Errors
    /// Returns an error if the database cannot be read.
    fn known_objects(&mut self) -> Result<KnownObjects, StoreError>;
}

/// The objects that a database knows.
#[derive(Debug, Default)]
pub struct KnownObjects {
    /// Those that have the content of a file.
    pub attached: Vec<String>,
    /// Those that belong to no submission.
    pub unattached: Vec<String>,
    /// The number of those that are due to be deleted.
    pub due: usize,
}
