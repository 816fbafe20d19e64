//! The reasons why the store cannot be used.

use std::io;

use crate::objects::ObjectError;

/// The reason why the store cannot be used. Its text never holds anything that is stored.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder or the file.
    #[error("cannot be used: {0}")]
    File(#[from] io::Error),
    /// The database's error, by its code alone: its messages may hold values.
    #[error("the database answers: {0}")]
    Database(String),
    /// The database cannot be reached, or refuses the connection.
    #[error("the database cannot be reached: {0}")]
    Connection(String),
    /// The object store.
    #[error(transparent)]
    Objects(#[from] ObjectError),
    /// The tables are of another version of Putright.
    #[error("holds tables of version {found}, and this Putright reads version {known}")]
    Version {
        /// The version found.
        found: i64,
        /// The version that this program reads.
        known: i64,
    },
    /// A submission cannot be written as JSON, or a row cannot be read.
    #[error("holds something that cannot be read")]
    Content,
    /// There are no random numbers, or every reference tried is taken.
    #[error("no free reference could be made")]
    Reference,
    /// The key stands for another submission. Nothing was stored.
    #[error("the key stands for another submission")]
    KeyTaken,
    /// A file of the store was moved, replaced or removed while it was open.
    #[error(
        "its files were moved, replaced or removed while the server was running; put them back, or restore a backup, \
         and start the server again"
    )]
    Removed,
    /// The queue is full.
    #[error("too many submissions are waiting to be stored")]
    Full,
    /// The submission waited so long in the queue that its sender has gone.
    #[error("it waited too long for those before it")]
    Late,
}
