//! Files as the rows of a store have them.

use sha2::{Digest, Sha256};

use super::StoreError;
use crate::{
    file_scan::FileScan,
    file_type::FileKind,
    stored_file::{FileContent, StoredFile, StoredObject},
};

/// A row with the content of a file, or with the object that has it.
pub(super) struct ContentRow {
    /// The content; empty where there is an object.
    pub content: Vec<u8>,
    /// The SHA-256 of the content.
    pub hash: [u8; 32],
    /// The name of the object.
    pub object: Option<String>,
    /// The length of the object.
    pub bytes: Option<i64>,
}

impl ContentRow {
    /// Returns the content. What somebody or something has changed since it was stored is not given out.
    pub fn content(self) -> Result<FileContent, StoreError> {
        let Some(name) = self.object else {
            let is_same = <[u8; 32]>::from(Sha256::digest(&self.content)) == self.hash;
            return if is_same { Ok(FileContent::Bytes(self.content)) } else { Err(StoreError::Content) };
        };
        let bytes = self.bytes.and_then(|bytes| u64::try_from(bytes).ok()).ok_or(StoreError::Content)?;
        Ok(FileContent::Object(StoredObject { name, bytes, hash: self.hash }))
    }
}

/// A row with all of a file.
pub(super) struct FileRow {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its content.
    pub content: ContentRow,
    /// The result of the virus scan.
    pub scan: FileScan,
}

impl FileRow {
    /// Returns the file at a place of its submission, from 1.
    pub fn file(self, place: usize) -> Result<StoredFile, StoreError> {
        let kind = FileKind::of(&self.media_type).ok_or(StoreError::Content)?;
        let name = kind.clean_name(&self.name, place);
        Ok(StoredFile { name, kind, content: self.content.content()?, scan: self.scan })
    }
}

/// The columns of a file's content, to be written.
pub(super) struct ContentColumns<'a> {
    /// The bytes for the row; none where there is an object.
    pub content: &'a [u8],
    /// The name of the object.
    pub object: Option<&'a str>,
    /// The length of the object.
    pub bytes: Option<i64>,
}

impl<'a> ContentColumns<'a> {
    /// Returns the columns of a content.
    pub fn of(content: &'a FileContent) -> Result<Self, StoreError> {
        Ok(match content {
            FileContent::Bytes(content) => Self { content, object: None, bytes: None },
            FileContent::Object(StoredObject { name, bytes, .. }) => {
                let bytes = i64::try_from(*bytes).map_err(|_| StoreError::Content)?;
                Self { content: &[], object: Some(name), bytes: Some(bytes) }
            }
        })
    }
}
