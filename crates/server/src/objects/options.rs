//! The options that name an object store.

use std::path::PathBuf;

use clap::Args;

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
