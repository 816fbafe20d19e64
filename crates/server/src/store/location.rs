//! The place of a store, from the options of a command.

use std::path::{Path, PathBuf};
#[cfg(feature = "postgres")]
use std::sync::Arc;

use clap::Args;

#[cfg(feature = "postgres")]
use super::postgres::{Connector, PostgresStore};
use super::{Store, StoreError, sqlite::SqliteStore};
use crate::{
    ServerError,
    objects::{FileStorage, FileStorageOptions},
};

/// The options that name a store.
#[derive(Args, Clone)]
pub struct DatabaseOptions {
    /// The folder of the store, with personal data in it. It is made if it does not exist. Not used with --database.
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: PathBuf,
    /// A PostgreSQL database that holds the store instead, as `postgres://user@host/name`. Several receivers may share it.
    #[arg(long, value_name = "URL", env = "PUTRIGHT_DATABASE", hide_env_values = true)]
    database: Option<String>,
    /// A file with the password for --database, on one line.
    #[arg(long, value_name = "FILE", requires = "database")]
    database_password_file: Option<PathBuf>,
    /// A file with the certificate, in PEM, that signs the certificate of the database server. By default the certificates that
    /// the system trusts.
    #[arg(long, value_name = "FILE", requires = "database")]
    database_ca: Option<PathBuf>,
    #[command(flatten)]
    files: FileStorageOptions,
}

/// The place of a store.
pub enum Location {
    /// A folder on this machine.
    Folder(PathBuf),
    /// A PostgreSQL database.
    #[cfg(feature = "postgres")]
    Postgres(Arc<Connector>),
}

impl DatabaseOptions {
    /// Returns whether other receivers may use the store too.
    pub fn is_shared(&self) -> bool {
        self.database.is_some()
    }

    /// Returns the place of the files' content.
    ///
    /// # Errors
    /// Returns an error if an option cannot be understood, or a credential is missing.
    pub fn file_storage(&self) -> Result<FileStorage, ServerError> {
        self.files.storage()
    }

    /// Returns the place that the options name.
    ///
    /// # Errors
    /// Returns an error if the address of the database, or a file named beside it, cannot be used.
    pub fn location(&self) -> Result<Location, ServerError> {
        let Some(url) = &self.database else { return Ok(Location::Folder(self.data.clone())) };
        self.postgres(url)
    }

    #[cfg(feature = "postgres")]
    fn postgres(&self, url: &str) -> Result<Location, ServerError> {
        let connector = Connector::new(url, self.database_password_file.as_deref(), self.database_ca.as_deref())?;
        Ok(Location::Postgres(Arc::new(connector)))
    }

    #[cfg(not(feature = "postgres"))]
    fn postgres(&self, _: &str) -> Result<Location, ServerError> {
        let _ = (&self.database_password_file, &self.database_ca);
        Err(ServerError::new(
            "--database",
            "this putright was built without PostgreSQL; build it with: cargo build --release --package putright-cli \
             --features postgres",
        ))
    }
}

impl Location {
    /// Returns the folder, if the store is in one.
    pub fn folder(&self) -> Option<&Path> {
        match self {
            Self::Folder(folder) => Some(folder),
            #[cfg(feature = "postgres")]
            Self::Postgres(_) => None,
        }
    }

    /// Opens the store to write to, creates what it lacks, and returns as many connections as may write at once.
    ///
    /// # Errors
    /// Returns an error if the store cannot be used, or is of another version.
    pub fn open(&self) -> Result<Vec<Box<dyn Store>>, StoreError> {
        match self {
            Self::Folder(folder) => Ok(vec![Box::new(SqliteStore::open(folder)?)]),
            #[cfg(feature = "postgres")]
            Self::Postgres(connector) => PostgresStore::open(connector),
        }
    }

    /// Opens a store that exists, to change it beside the receivers.
    ///
    /// # Errors
    /// Returns an error if there is none, or it is of another version.
    pub fn open_to_change(&self) -> Result<Box<dyn Store>, StoreError> {
        match self {
            Self::Folder(folder) => Ok(Box::new(SqliteStore::open_to_change(folder)?)),
            #[cfg(feature = "postgres")]
            Self::Postgres(connector) => Ok(Box::new(PostgresStore::open_to_read(connector)?)),
        }
    }

    /// Opens the store for reading.
    ///
    /// # Errors
    /// Returns an error if there is none, or it is of a version that this program does not read.
    pub fn open_to_read(&self) -> Result<Box<dyn Store>, StoreError> {
        match self {
            Self::Folder(folder) => Ok(Box::new(SqliteStore::open_to_read(folder)?)),
            #[cfg(feature = "postgres")]
            Self::Postgres(connector) => Ok(Box::new(PostgresStore::open_to_read(connector)?)),
        }
    }
}

impl std::fmt::Display for Location {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Folder(folder) => folder.display().fmt(f),
            #[cfg(feature = "postgres")]
            Self::Postgres(connector) => connector.fmt(f),
        }
    }
}
