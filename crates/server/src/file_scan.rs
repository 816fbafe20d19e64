//! The result of scanning a file for viruses.

use putright_domain::id_enum::id_enum;

id_enum! {
    /// The state of a file.
    ScanState {
        /// It is not scanned.
        Waiting = "waiting",
        /// The scanner found nothing in it.
        Clean = "clean",
        /// The scanner found something in it: it is in quarantine.
        Infected = "infected",
        /// The scanner cannot scan it, for example because it is too long for it.
        Refused = "refused",
    }
}

/// The result of scanning a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileScan {
    /// The state.
    pub state: ScanState,
    /// The name of what was found, as the scanner calls it.
    pub found: Option<String>,
}

impl Default for FileScan {
    fn default() -> Self {
        Self { state: ScanState::Waiting, found: None }
    }
}

impl FileScan {
    /// Returns whether the file is in quarantine.
    pub fn is_quarantined(&self) -> bool {
        self.state == ScanState::Infected
    }

    /// Reads a result from its columns. `None` where the state is none of those that there are.
    pub(crate) fn from_columns(state: &str, found: Option<String>) -> Option<Self> {
        Some(Self { state: ScanState::from_id(state)?, found })
    }
}
