//! The faults of one file, collected while it is read.

use std::cell::Cell;

use super::{Diagnostic, InvalidFile};

/// The most problems that are noted in a file. A writer who has corrected that many sees the next ones. The place of
/// each problem is searched for in the whole file, so a file of nothing but problems would take too long.
pub(super) const MOST_FAULTS: usize = 100;

/// The faults of one file, as far as they have been found.
pub struct Diagnostics<'a> {
    pub(super) file: &'a str,
    pub(super) faults: Cell<Vec<Diagnostic>>,
}

impl<'a> Diagnostics<'a> {
    /// One with nothing in it.
    pub fn new(file: &'a str) -> Self {
        Self { file, faults: Cell::default() }
    }

    /// Notes a fault. Where something at that place, or within it, has been noted already, this would only follow from it.
    #[inline(never)]
    pub fn note(&self, pointer: &str, problem: &str) {
        let mut faults = self.faults.take();
        let is_within = |fault: &Diagnostic| {
            fault.pointer.strip_prefix(pointer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if faults.len() < MOST_FAULTS && !faults.iter().any(is_within) {
            faults.push(Diagnostic {
                file: self.file.to_owned(),
                pointer: pointer.to_owned(),
                problem: problem.to_owned(),
                position: None,
            });
        }
        self.faults.set(faults);
    }

    /// Returns whether nothing has been noted. Checks of the whole file run only then.
    pub fn is_clean(&self) -> bool {
        self.noted() == 0
    }

    #[inline(never)]
    pub(super) fn noted(&self) -> usize {
        let faults = self.faults.take();
        let noted = faults.len();
        self.faults.set(faults);
        noted
    }

    /// Returns the value that was read.
    ///
    /// # Errors
    /// Returns an error if anything was noted.
    pub fn finish<T>(self, read: T) -> Result<T, InvalidFile> {
        match self.error() {
            Some(error) => Err(error),
            None => Ok(read),
        }
    }

    #[inline(never)]
    fn error(self) -> Option<InvalidFile> {
        InvalidFile::of(self.faults.take())
    }
}
