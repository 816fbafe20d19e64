//! The reasons why an object cannot be used.

/// The reason why an object cannot be used. Its text never holds a credential, or anything that a person wrote.
#[derive(Debug, thiserror::Error)]
pub enum ObjectError {
    /// A file is in an object store, and the command was not told in which.
    #[error("its files are in an object store; say in which: --files s3://bucket/prefix")]
    NotNamed,
    /// The object is not there.
    #[error("a file is missing in the object store")]
    Missing,
    /// The object is not what was stored.
    #[error("a file in the object store is not the one that was stored")]
    Changed,
    /// The object store did not answer in time.
    #[error("the object store did not answer within {0} seconds")]
    Late(u64),
    /// The object store cannot be reached.
    #[error("the object store cannot be reached")]
    Unreachable,
    /// The object store refuses, by its code alone: its messages may hold the name of a key.
    #[error("the object store answers: {0}")]
    Refused(String),
    /// There are no random numbers, or no runtime.
    #[error("this machine gives no random numbers, or no runtime")]
    Machine,
}
