//! The content of files in an object store, beside the database: `--files s3://bucket/prefix`.
//!
//! An object has a random name and the bytes of one file, and nothing else: no name, no type, no reference. The database says which
//! object belongs to which file, how long it is and what its SHA-256 is, and content that does not fit is never given out. A name is
//! written into the database before its object, and comes out of it after its object: see [`crate::unattached`].

use std::future::Future;
#[cfg(feature = "s3")]
use std::sync::Arc;

use tokio::runtime;

#[cfg(feature = "s3")]
mod bucket;
#[cfg(feature = "s3")]
mod client;
mod error;
mod options;

pub use error::ObjectError;
pub use options::FileStorageOptions;

use crate::{
    ServerError,
    check_result::CheckResult,
    stored_file::{FileContent, StoredFile},
};

/// The place of the content of new files.
#[derive(Clone, Default)]
pub enum FileStorage {
    /// The database.
    #[default]
    Database,
    /// A bucket of an object store.
    #[cfg(feature = "s3")]
    Bucket(Arc<bucket::Bucket>),
}

impl FileStorageOptions {
    /// Returns the place of files that the options name.
    ///
    /// # Errors
    /// Returns an error if an option cannot be understood, or a credential is missing.
    pub fn storage(&self) -> Result<FileStorage, ServerError> {
        let Some(bucket) = &self.bucket else { return Ok(FileStorage::Database) };
        self.outside(bucket)
    }

    #[cfg(feature = "s3")]
    fn outside(&self, url: &str) -> Result<FileStorage, ServerError> {
        Ok(FileStorage::Bucket(Arc::new(bucket::Bucket::new(url, self)?)))
    }

    #[cfg(not(feature = "s3"))]
    fn outside(&self, _: &str) -> Result<FileStorage, ServerError> {
        let _ = (&self.endpoint, &self.region, &self.authority);
        Err(ServerError::new(
            "--files",
            "this putright was built without object stores; build it with: cargo build --release --package putright-cli \
             --features s3",
        ))
    }
}

impl FileStorage {
    /// Returns whether new files go into an object store.
    pub fn is_outside(&self) -> bool {
        !matches!(self, Self::Database)
    }

    /// Writes an object. When it returns, the object is durable.
    ///
    /// # Errors
    /// Returns an error if that is not certain.
    #[cfg_attr(
        not(feature = "s3"),
        allow(clippy::unused_async, reason = "without an object store there is nothing to wait for")
    )]
    pub async fn put(&self, name: &str, content: Vec<u8>) -> Result<(), ObjectError> {
        match self {
            Self::Database => {
                let _ = (name, content);
                Err(ObjectError::NotNamed)
            }
            #[cfg(feature = "s3")]
            Self::Bucket(bucket) => bucket.put(name, content).await,
        }
    }

    /// Returns the content of a file, wherever it is.
    ///
    /// # Errors
    /// Returns an error if it cannot be read, or is not what was stored.
    #[cfg_attr(
        not(feature = "s3"),
        allow(clippy::unused_async, reason = "without an object store there is nothing to wait for")
    )]
    pub async fn read(&self, content: FileContent) -> Result<Vec<u8>, ObjectError> {
        match (self, content) {
            (_, FileContent::Bytes(bytes)) => Ok(bytes),
            (Self::Database, FileContent::Object(_)) => Err(ObjectError::NotNamed),
            #[cfg(feature = "s3")]
            (Self::Bucket(bucket), FileContent::Object(object)) => bucket.get(&object).await,
        }
    }

    /// Reads the content of files from the object store, except of those in quarantine unless it is asked for. A file that is
    /// missing there stays without content.
    ///
    /// # Errors
    /// Returns an error if one of them cannot be read, or is not what was stored.
    pub async fn load(&self, files: Vec<StoredFile>, quarantined: bool) -> Result<Vec<StoredFile>, ObjectError> {
        let mut loaded = Vec::with_capacity(files.len());
        for mut file in files {
            if let (FileContent::Object(object), true) = (&file.content, quarantined || !file.scan.is_quarantined()) {
                match self.read(FileContent::Object(object.clone())).await {
                    Ok(bytes) => file.content = FileContent::Bytes(bytes),
                    Err(ObjectError::Missing) => {}
                    Err(error) => return Err(error),
                }
            }
            loaded.push(file);
        }
        Ok(loaded)
    }

    /// Deletes an object. One that is not there is deleted.
    ///
    /// # Errors
    /// Returns an error if it may still be there.
    #[cfg_attr(
        not(feature = "s3"),
        allow(clippy::unused_async, reason = "without an object store there is nothing to wait for")
    )]
    pub async fn delete(&self, name: &str) -> Result<(), ObjectError> {
        match self {
            Self::Database => {
                let _ = name;
                Err(ObjectError::NotNamed)
            }
            #[cfg(feature = "s3")]
            Self::Bucket(bucket) => bucket.delete(name).await,
        }
    }

    /// Returns the name and the age in seconds of each object.
    ///
    /// # Errors
    /// Returns an error if they cannot be listed.
    #[cfg_attr(
        not(feature = "s3"),
        allow(clippy::unused_async, reason = "without an object store there is nothing to wait for")
    )]
    pub async fn list(&self) -> Result<Vec<(String, i64)>, ObjectError> {
        match self {
            Self::Database => Err(ObjectError::NotNamed),
            #[cfg(feature = "s3")]
            Self::Bucket(bucket) => bucket.list().await,
        }
    }

    /// Writes and reads a small object, tries to delete, and asks the bucket for its versioning. Nothing where files go into the database.
    #[cfg_attr(
        not(feature = "s3"),
        allow(clippy::unused_async, reason = "without an object store there is nothing to wait for")
    )]
    pub async fn check(&self) -> Vec<CheckResult> {
        match self {
            Self::Database => Vec::new(),
            #[cfg(feature = "s3")]
            Self::Bucket(bucket) => bucket.check().await,
        }
    }
}

impl std::fmt::Display for FileStorage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Database => f.write_str("the database"),
            #[cfg(feature = "s3")]
            Self::Bucket(bucket) => bucket.fmt(f),
        }
    }
}

/// Waits for work with objects, in a command without a runtime.
///
/// # Errors
/// Returns an error if the machine gives no runtime, or the work fails.
pub fn wait<T>(work: impl Future<Output = Result<T, ObjectError>>) -> Result<T, ObjectError> {
    let runtime = runtime::Builder::new_current_thread().enable_all().build().map_err(|_| ObjectError::Machine)?;
    runtime.block_on(work)
}
