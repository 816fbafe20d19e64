//! The limits on the files of a submission.

use clap::{Args, value_parser};

use crate::problem::{Problem, Size};

/// The limits on the files of a submission.
#[derive(Clone, Copy, Args)]
pub struct FileLimits {
    /// The most files that a submission may have; 0 to take none.
    #[arg(long = "max-files", value_name = "N", default_value_t = 5, value_parser = value_parser!(u8).range(..=10))]
    count: u8,
    /// The most bytes of one file.
    #[arg(long = "max-file-bytes", value_name = "BYTES", default_value_t = 10_485_760, value_parser = value_parser!(u32).range(..=1 << 29))]
    each: u32,
    /// The most bytes of a submission's files together. Files that come in the JSON count as part of it too.
    #[arg(long = "max-files-total", value_name = "BYTES", default_value_t = 20_971_520, value_parser = value_parser!(u32).range(..=1 << 30))]
    together: u32,
}

impl FileLimits {
    /// Returns the most bytes of all files of a submission.
    pub fn together(self) -> usize {
        usize::try_from(self.together).unwrap_or(usize::MAX)
    }

    /// Checks the number of files.
    pub(crate) fn check_count(self, count: usize) -> Result<(), Problem> {
        let most = usize::from(self.count);
        if count > most { Err(Problem::TooLarge(Size::Files(most))) } else { Ok(()) }
    }

    /// Checks the bytes of the file at a place, and of all files up to it.
    pub(crate) fn check_bytes(self, place: usize, bytes: usize, together: usize) -> Result<(), Problem> {
        let over = |most: u32| u32::try_from(bytes).map_or(true, |bytes| bytes > most);
        if over(self.each) {
            return Err(Problem::TooLarge(Size::File { place, most: self.each }));
        }
        let most = self.together;
        let over = u32::try_from(together).map_or(true, |together| together > most);
        if over { Err(Problem::TooLarge(Size::AllFiles(most))) } else { Ok(()) }
    }
}
