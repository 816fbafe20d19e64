//! Sessions of officers, in memory: a restart signs everybody out.
//!
//! A browser has the id of its session in a cookie, and this table has the id's SHA-256 alone. A session ends when its officer
//! signs out, does nothing for some time, or has had it for the longest time.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use axum::http::{HeaderMap, HeaderValue, header};
use sha2::{Digest, Sha256};

use super::policy::OfficerIdentity;
use crate::hex::hex;

/// The name of the cookie. Browsers take the prefix only with `Secure` and `Path=/`, and without a domain.
const COOKIE: &str = "__Host-putright-inbox";
/// The most sessions at once. Past it, the one that was used longest ago ends.
const MOST: usize = 10_000;

/// The SHA-256 of an id.
pub type Key = [u8; 32];

struct Session {
    officer: OfficerIdentity,
    csrf: String,
    began: Instant,
    used: Instant,
}

/// The sessions.
pub struct Sessions {
    all: Mutex<HashMap<Key, Session>>,
    idle: Duration,
    longest: Duration,
}

/// A session as a request sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenSession {
    /// The officer.
    pub officer: OfficerIdentity,
    /// The token that each form of the session must have.
    pub csrf: String,
}

impl Sessions {
    /// Creates a table of sessions that end after so long without a request, and after so long altogether.
    pub fn new(idle: Duration, longest: Duration) -> Self {
        Self { all: Mutex::default(), idle, longest }
    }

    /// Begins a session. Returns it, and the cookie to set.
    ///
    /// # Errors
    /// Returns an error if the machine gives no random numbers.
    pub fn begin(&self, officer: OfficerIdentity) -> Result<(OpenSession, HeaderValue), getrandom::Error> {
        let (id, csrf) = (random()?, random()?);
        let now = Instant::now();
        let mut all = self.lock();
        all.retain(|_, session| self.is_good(session, now));
        if all.len() >= MOST {
            let oldest = all.iter().min_by_key(|(_, session)| session.used).map(|(key, _)| *key);
            oldest.and_then(|key| all.remove(&key));
        }
        let found = OpenSession { officer: officer.clone(), csrf: csrf.clone() };
        all.insert(key(&id), Session { officer, csrf, began: now, used: now });
        Ok((found, cookie(COOKIE, &id)))
    }

    /// Returns the session that a request names, and counts the request as use of it.
    pub fn find(&self, headers: &HeaderMap) -> Option<OpenSession> {
        let key = key(cookie_of(headers, COOKIE)?);
        let now = Instant::now();
        let mut all = self.lock();
        let session = all.get_mut(&key)?;
        if !self.is_good(session, now) {
            all.remove(&key);
            return None;
        }
        session.used = now;
        Some(OpenSession { officer: session.officer.clone(), csrf: session.csrf.clone() })
    }

    /// Ends the session that a request names. Returns the cookie that removes its id from the browser.
    pub fn end(&self, headers: &HeaderMap) -> HeaderValue {
        if let Some(id) = cookie_of(headers, COOKIE) {
            self.lock().remove(&key(id));
        }
        expired(COOKIE)
    }

    fn is_good(&self, session: &Session, now: Instant) -> bool {
        now.duration_since(session.used) < self.idle && now.duration_since(session.began) < self.longest
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Key, Session>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns whether a token is the expected one. Hashes are compared, so the time tells nothing about the token.
pub fn is_same(given: &str, expected: &str) -> bool {
    key(given) == key(expected)
}

/// Returns the key of an id.
pub fn key(id: &str) -> Key {
    Sha256::digest(id).into()
}

/// Returns 256 random bits as text.
pub fn random() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)?;
    Ok(hex(&bytes))
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

    fn asking(cookie: &HeaderValue) -> HeaderMap {
        let pair = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();
        HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_str(&format!("a=b; {pair}")).unwrap())])
    }

    fn officer() -> OfficerIdentity {
        OfficerIdentity { id: "sam".to_owned(), groups: Vec::new() }
    }

    #[test]
    fn session_ends_when_idle_when_too_long_and_by_its_officer() {
        let hour = Duration::from_secs(3_600);
        let sessions = Sessions::new(hour, hour);
        let (begun, cookie) = sessions.begin(officer()).unwrap();
        assert_eq!(sessions.find(&asking(&cookie)), Some(begun));
        assert_eq!(sessions.find(&HeaderMap::new()), None);
        sessions.end(&asking(&cookie));
        assert_eq!(sessions.find(&asking(&cookie)), None);
        for short in [Sessions::new(Duration::ZERO, hour), Sessions::new(hour, Duration::ZERO)] {
            let (_, cookie) = short.begin(officer()).unwrap();
            assert_eq!(short.find(&asking(&cookie)), None);
        }
    }

    #[test]
    fn cookie_given_twice_is_none() {
        let two = HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_static("n=1; n=2"))]);
        assert_eq!(cookie_of(&two, "n"), None);
        let one = HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_static("nn=1; n=2;m=3"))]);
        assert_eq!(cookie_of(&one, "n"), Some("2"));
    }
}
