//! A file of a submission, as the store has it.

use sha2::{Digest, Sha256};

use crate::{file_scan::FileScan, file_type::FileKind};

/// A file of a submission.
pub struct StoredFile {
    /// Its clean name.
    pub name: String,
    /// Its kind, which its first bytes confirm.
    pub kind: FileKind,
    /// Its content.
    pub content: FileContent,
    /// The result of the virus scan.
    pub scan: FileScan,
}

/// The content of a file.
pub enum FileContent {
    /// The bytes themselves.
    Bytes(Vec<u8>),
    /// An object in an object store.
    Object(StoredObject),
}

/// An object with the content of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredObject {
    /// Its name under the prefix.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// Its SHA-256.
    pub hash: [u8; 32],
}

impl FileContent {
    /// Returns the bytes, if they are at hand.
    pub fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::Object(_) => None,
        }
    }

    /// Tells one content from another: SHA-256.
    pub fn hash(&self) -> [u8; 32] {
        match self {
            Self::Bytes(bytes) => Sha256::digest(bytes).into(),
            Self::Object(object) => object.hash,
        }
    }
}
