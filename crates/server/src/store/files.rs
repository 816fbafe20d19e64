//! Files as the rows of a store have them.

use sha2::{Digest, Sha256};

use super::{StoreError, scan::FileScan};
use crate::{
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

/// Returns the columns of a file's content: the bytes for the row, and the name and the length of its object.
pub(super) fn columns(content: &FileContent) -> Result<(&[u8], Option<&str>, Option<i64>), StoreError> {
    match content {
        FileContent::Bytes(bytes) => Ok((bytes, None, None)),
        FileContent::Object(StoredObject { name, bytes, .. }) => {
            Ok((&[], Some(name), Some(i64::try_from(*bytes).map_err(|_| StoreError::Content)?)))
        }
    }
}
