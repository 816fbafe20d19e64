//! The options that name an object store.

use std::path::PathBuf;

use clap::Args;

use super::FileStorage;
use crate::ServerError;

/// The options that name an object store.
#[derive(Args, Clone)]
pub struct FileStorageOptions {
    /// A bucket of an S3-compatible object store for the content of files, as `s3://bucket/prefix`. By default it is in the database.
    /// The credentials come from the environment: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and, where there is one,
    /// `AWS_SESSION_TOKEN`.
    #[arg(long = "files", value_name = "URL", env = "PUTRIGHT_FILES")]
    pub(super) bucket: Option<String>,
    /// The address of the object store, as `https://s3.example.gov.uk`. By default that of Amazon S3 in the region.
    #[arg(long = "files-endpoint", value_name = "URL", env = "PUTRIGHT_FILES_ENDPOINT")]
    pub(super) endpoint: Option<String>,
    /// The region of the bucket.
    #[arg(long = "files-region", value_name = "NAME", env = "AWS_REGION", default_value = "eu-west-2")]
    pub(super) region: String,
    /// A file with the certificate, in PEM, that signs the certificate of the object store. By default the certificates that the
    /// system trusts.
    #[arg(long = "files-ca", value_name = "FILE")]
    pub(super) authority: Option<PathBuf>,
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
        Ok(FileStorage::Bucket(std::sync::Arc::new(super::bucket::Bucket::new(url, self)?)))
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
