//! Sessions of officers, which all receivers of a store share.
//!
//! A browser has a secret in a cookie, and the store has the secret's SHA-256 alone. The token of forms is derived from the secret. A session
//! ends when its officer signs out, does nothing for some time, or has had it for the longest time.

use std::{sync::Arc, time::Duration};

use axum::http::{HeaderMap, HeaderValue, header};
use sha2::{Digest, Sha256};

use super::policy::OfficerIdentity;
use crate::{
    hex::{self, hex},
    store::{
        StoreError,
        sessions::{Key, SessionLimits},
    },
    writer::StoreWriter,
};

/// The name of the cookie. Browsers take the prefix only with `Secure` and `Path=/`, and without a domain.
const COOKIE: &str = "__Host-putright-inbox";
/// The longest time for which a request is not counted as use, as a part of the idle time: not every request writes.
const PART: u32 = 20;
const LONGEST_PART: Duration = Duration::from_secs(60);

/// The sessions.
pub struct Sessions {
    writer: Arc<StoreWriter>,
    reader: Arc<StoreWriter>,
    limits: SessionLimits,
}

/// A session as a request sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenSession {
    /// The officer.
    pub officer: OfficerIdentity,
    /// The token that each form of the session must have.
    pub csrf: String,
}

impl OpenSession {
    fn of(secret: &str, officer: OfficerIdentity) -> Self {
        Self { officer, csrf: derived("csrf", secret) }
    }
}

impl Sessions {
    /// Creates sessions in a store that end after some times.
    pub fn new(writer: &Arc<StoreWriter>, reader: &Arc<StoreWriter>, limits: SessionLimits) -> Self {
        Self { writer: Arc::clone(writer), reader: Arc::clone(reader), limits }
    }

    /// Begins a session. Returns it, and the cookie to set.
    ///
    /// # Errors
    /// Returns an error if the store cannot be used, or the machine gives no random numbers.
    pub async fn begin(&self, officer: OfficerIdentity) -> Result<(OpenSession, HeaderValue), StoreError> {
        let secret = hex::random().map_err(|_| StoreError::Reference)?;
        let (key, limits) = (key(&secret), self.limits);
        let OfficerIdentity { id, groups } = officer.clone();
        self.writer.run(move |store| store.begin_session(&key, &id, &groups, limits)).await?;
        Ok((OpenSession::of(&secret, officer), cookie(COOKIE, &secret)))
    }

    /// Returns the session that a request names, and counts the request as use of it.
    ///
    /// # Errors
    /// Returns an error if the store cannot be used.
    pub async fn find(&self, headers: &HeaderMap) -> Result<Option<OpenSession>, StoreError> {
        let Some(secret) = cookie_of(headers, COOKIE) else { return Ok(None) };
        let (key, limits) = (key(secret), self.limits);
        let Some(found) = self.reader.run(move |store| store.session(&key, limits)).await? else { return Ok(None) };
        if found.unused >= (limits.idle / PART).min(LONGEST_PART).as_secs() {
            self.writer.run(move |store| store.use_session(&key)).await?;
        }
        let officer = OfficerIdentity { id: found.officer, groups: found.groups };
        Ok(Some(OpenSession::of(secret, officer)))
    }

    /// Ends the session that a request names. Returns the cookie that removes its secret from the browser.
    ///
    /// # Errors
    /// Returns an error if it may not have ended.
    pub async fn end(&self, headers: &HeaderMap) -> Result<HeaderValue, StoreError> {
        if let Some(secret) = cookie_of(headers, COOKIE) {
            let key = key(secret);
            self.writer.run(move |store| store.end_session(&key)).await?;
        }
        Ok(expired(COOKIE))
    }
}

/// Returns whether a token is the expected one. Hashes are compared, so the time tells nothing about the token.
pub fn is_same(given: &str, expected: &str) -> bool {
    key(given) == key(expected)
}

/// Returns the key of a secret.
pub fn key(secret: &str) -> Key {
    Sha256::digest(secret).into()
}

/// Returns a value for one purpose that only who has the secret can make, and that does not give the secret away.
pub fn derived(purpose: &str, secret: &str) -> String {
    let mut hash = Sha256::new();
    for part in ["putright/inbox/1", purpose, secret] {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    hex(&hash.finalize())
}

/// Returns the value of a cookie; `None` if the request has it twice.
pub fn cookie_of<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let mut values = pairs.filter(|(known, _)| *known == name).map(|(_, value)| value);
    values.next().filter(|_| values.next().is_none())
}

/// Returns a cookie that ends with the browser.
pub fn cookie(name: &str, value: &str) -> HeaderValue {
    let text = format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite=Lax");
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// Returns a cookie that removes another.
pub fn expired(name: &str) -> HeaderValue {
    let text = format!("{name}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0");
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Store, sqlite::SqliteStore};

    fn asking(cookie: &HeaderValue) -> HeaderMap {
        let pair = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();
        HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_str(&format!("a=b; {pair}")).unwrap())])
    }

    /// Returns two connections to one store: to write, and to read.
    fn connections(folder: &std::path::Path) -> [Arc<StoreWriter>; 2] {
        let open: [Box<dyn Store>; 2] =
            [Box::new(SqliteStore::open(folder).unwrap()), Box::new(SqliteStore::open_to_read(folder).unwrap())];
        open.map(|store| Arc::new(StoreWriter::start(vec![store], 10).unwrap()))
    }

    #[tokio::test]
    async fn session_ends_when_idle_when_too_long_and_by_its_officer() {
        let folder = tempfile::tempdir().unwrap();
        let [writer, reader] = connections(folder.path());
        let hour = Duration::from_secs(3_600);
        let with = |idle, longest| Sessions::new(&writer, &reader, SessionLimits { idle, longest });
        let sessions = with(hour, hour);
        let officer = OfficerIdentity { id: "sam".to_owned(), groups: vec!["a".to_owned()] };
        let (begun, cookie) = sessions.begin(officer.clone()).await.unwrap();
        assert_eq!(sessions.find(&asking(&cookie)).await.unwrap(), Some(begun));
        assert_eq!(sessions.find(&HeaderMap::new()).await.unwrap(), None);
        for short in [with(Duration::ZERO, hour), with(hour, Duration::ZERO)] {
            assert_eq!(short.find(&asking(&cookie)).await.unwrap(), None);
        }
        let (_, other) = sessions.begin(officer).await.unwrap();
        sessions.end(&asking(&cookie)).await.unwrap();
        assert_eq!(sessions.find(&asking(&cookie)).await.unwrap(), None);
        assert!(sessions.find(&asking(&other)).await.unwrap().is_some(), "another session goes on");
        let secret = other.to_str().unwrap().split(['=', ';']).nth(1).unwrap();
        let files =
            std::fs::read_dir(folder.path()).unwrap().map(|entry| std::fs::read(entry.unwrap().path()).unwrap());
        let holds =
            |text: &str| files.into_iter().any(|file| file.windows(text.len()).any(|part| part == text.as_bytes()));
        assert!(secret.len() == 64 && !holds(secret), "the store has no secret");
    }

    #[test]
    fn derived_values_differ_by_secret_and_purpose() {
        let values = [("csrf", "a"), ("csrf", "b"), ("state", "a"), ("csr", "fa")]
            .map(|(purpose, secret)| derived(purpose, secret));
        assert_eq!(std::collections::BTreeSet::from(values).len(), 4);
    }

    #[test]
    fn cookie_given_twice_is_none() {
        let two = HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_static("n=1; n=2"))]);
        assert_eq!(cookie_of(&two, "n"), None);
        let one = HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_static("nn=1; n=2;m=3"))]);
        assert_eq!(cookie_of(&one, "n"), Some("2"));
    }
}
