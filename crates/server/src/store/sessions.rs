//! Sessions of officers, and sign-ins that are used up, for every receiver of the store.
//!
//! The store has the SHA-256 of the secret in an officer's cookie, and never the secret: whoever reads the store can use no session.

use std::time::Duration;

use super::StoreError;

/// The most sessions at once. Past it, the one that was used longest ago ends.
pub(super) const MOST: i64 = 10_000;

/// The SHA-256 of a cookie's secret.
pub type Key = [u8; 32];

/// The officer of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRecord {
    /// The officer's id.
    pub officer: String,
    /// The officer's groups.
    pub groups: Vec<String>,
    /// The time since a request was last counted as use of it, in seconds.
    pub unused: u64,
}

/// The times after which a session ends.
#[derive(Clone, Copy, Debug)]
pub struct SessionLimits {
    /// Without a request.
    pub idle: Duration,
    /// Altogether.
    pub longest: Duration,
}

/// The part of a store that knows who is signed in.
pub trait SessionStore {
    /// Begins a session. Those that have ended are deleted.
    ///
    /// # Errors
    /// Returns an error if the database cannot be used.
    fn begin_session(
        &mut self,
        key: &Key,
        officer: &str,
        groups: &[String],
        limits: SessionLimits,
    ) -> Result<(), StoreError>;

    /// Returns a session that has not ended.
    ///
    /// # Errors
    /// Returns an error if the database cannot be read.
    fn session(&mut self, key: &Key, limits: SessionLimits) -> Result<Option<SessionRecord>, StoreError>;

    /// Counts a request as use of a session.
    ///
    /// # Errors
    /// Returns an error if the database cannot be used.
    fn use_session(&mut self, key: &Key) -> Result<(), StoreError>;

    /// Ends a session.
    ///
    /// # Errors
    /// Returns an error if it may not have ended.
    fn end_session(&mut self, key: &Key) -> Result<(), StoreError>;

    /// Uses a sign-in up. Returns whether nobody has used it before, within a time.
    ///
    /// # Errors
    /// Returns an error if the database cannot be used.
    fn use_sign_in(&mut self, key: &Key, within: Duration) -> Result<bool, StoreError>;
}

/// Returns groups as one column has them.
pub(super) fn to_column(groups: &[String]) -> String {
    serde_json::Value::from(groups).to_string()
}

/// Reads groups from their column.
pub(super) fn from_column(groups: &str) -> Result<Vec<String>, StoreError> {
    serde_json::from_str(groups).map_err(|_| StoreError::Content)
}
