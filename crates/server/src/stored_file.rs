//! A file of a submission, as the store has it.

use sha2::{Digest, Sha256};

use crate::{file_type::FileKind, store::scan::FileScan};

/// A file of a submission.
pub struct StoredFile {
    /// Its clean name.
    pub name: String,
    /// Its kind, which its first bytes confirm.
    pub kind: FileKind,
    /// Its content.
    pub content: Vec<u8>,
    /// The result of the virus scan.
    pub scan: FileScan,
}

impl StoredFile {
    /// Tells one content from another: SHA-256.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(&self.content).into()
    }
}
