//! The part of a [`Model`](crate::model::Model) about photos and files.

use std::fmt;

use putright_domain::delivery::attachments::{Attachment, FileFault, FileFormat, clean_name, tidy_name};

/// The id of the field for photos and files.
pub const FILES_FIELD: &str = "field-files";

/// The id of the heading over those that were added.
pub const FILES_LIST: &str = "files-added";

/// The status message about files on their page. It does not move the focus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FilesSaid {
    /// Nothing.
    #[default]
    Nothing,
    /// They are ready.
    Added,
    /// One was taken away.
    Removed,
}

/// A file that was not added. `Debug` does not print its name.
#[derive(Clone, PartialEq, Eq)]
pub struct Refused {
    /// The name of the file.
    pub name: String,
    /// Why.
    pub fault: FileFault,
}

impl fmt::Debug for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fault.fmt(f)
    }
}

/// A file that is not ready yet.
pub(crate) struct WaitingFile {
    pub(super) id: u32,
    pub(super) name: String,
    pub(super) format: &'static FileFormat,
}

impl fmt::Debug for WaitingFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.id.fmt(f)
    }
}

/// The part of a model about photos and files.
#[derive(Debug, Default)]
pub(crate) struct Attachments {
    pub(super) ready: Vec<Attachment>,
    /// The first is being made ready.
    pub(super) waiting: Vec<WaitingFile>,
    pub(super) refused: Vec<Refused>,
    pub(super) said: FilesSaid,
    /// How many times the browser has been asked what was picked, and has not told yet.
    pub(super) taking: u32,
    /// How many were taken since all was ready last.
    pub(super) batch: usize,
    /// How many the council has, by its backend's last answer.
    pub(crate) arrived: Option<usize>,
    /// Continue was pressed meanwhile: it goes on when all is ready.
    pub(super) going_on: bool,
}

impl Attachments {
    /// Returns whether files are being made ready. Nothing is sent meanwhile.
    pub fn is_busy(&self) -> bool {
        self.taking > 0 || !self.waiting.is_empty()
    }

    /// Returns the files that are ready, in the order in which they were added.
    pub fn ready(&self) -> &[Attachment] {
        &self.ready
    }

    /// Returns the position of the file that is being made ready and the size of the batch. Returns `None` if no file
    /// is.
    pub fn progress(&self) -> Option<(usize, usize)> {
        let left = self.waiting.len();
        self.is_busy().then(|| (self.batch.saturating_sub(left) + 1, self.batch.max(1)))
    }

    /// Returns the status message about the files.
    pub fn said(&self) -> FilesSaid {
        self.said
    }

    /// Returns the refused files of the last batch, once all others are ready.
    pub fn faults(&self) -> &[Refused] {
        if self.is_busy() { &[] } else { &self.refused }
    }

    /// Returns whether leaving would lose files.
    pub fn any(&self) -> bool {
        self.is_busy() || !self.ready.is_empty()
    }

    #[inline(never)]
    pub(super) fn refuse(&mut self, name: &str, fault: FileFault) {
        // Of too many it is said once.
        let said = fault == FileFault::TooMany && self.refused.iter().any(|one| one.fault == fault);
        if !said {
            self.refused.push(Refused { name: tidy_name(name), fault });
        }
    }

    /// A name that no other file has: phones call every new photo the same.
    #[inline(never)]
    pub(super) fn own_name(&self, name: &str, media_type: &str) -> String {
        let name = clean_name(name, media_type);
        let taken = |name: &String| self.ready.iter().any(|file| file.name == *name);
        let (stem, extension) = name.rsplit_once('.').unwrap_or((&name, ""));
        let mut own = name.clone();
        let mut number = 1_u32;
        while taken(&own) {
            number += 1;
            own = [stem, "-", &number.to_string(), ".", extension].concat();
        }
        own
    }
}
