//! A draft locked with a passphrase: `putright/sealed/1`. Here is what stands around it; the browser locks and unlocks.
//!
//! PBKDF2 with SHA-256 makes the key of the passphrase and the salt, AES-GCM with 256 bits locks. The header, written as
//! [`Header::to_json`] writes it, is authenticated with what is locked: nobody can give it another last day.

use std::fmt;

use serde::Serialize;

use crate::{
    date::Date,
    draft::DraftError,
    json::{self, Value},
};

/// The format and its version.
pub const FORMAT: &str = "putright/sealed/1";
/// How every version of it begins, as it is written.
const BEGINS: &str = "{\"format\":\"putright/sealed/";
const KDF: &str = "PBKDF2-SHA-256";
/// How often the passphrase is hashed, as OWASP asks of PBKDF2 with SHA-256.
pub const ITERATIONS: u32 = 600_000;
/// More would be nothing of ours, and would keep a telephone busy for ever.
const MOST_ITERATIONS: u32 = 10_000_000;
/// The length of the salt.
pub const SALT: usize = 16;
/// The length of the number used once.
pub const IV: usize = 12;

/// The data that can be read without the passphrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// How often the passphrase is hashed.
    pub iterations: u32,
    /// The day it was written on.
    pub kept_on: Date,
    /// The last day it is kept.
    pub until: Option<Date>,
    /// Random; of [`SALT`] bytes.
    pub salt: Vec<u8>,
    /// Random; of [`IV`] bytes.
    pub iv: Vec<u8>,
}

/// A locked draft.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The header, which is not encrypted.
    pub header: Header,
    /// The encrypted draft.
    pub data: Vec<u8>,
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealed(…)")
    }
}

impl Header {
    /// A new one, without its random bytes.
    pub fn new(kept_on: Date, until: Option<Date>) -> Self {
        Self { iterations: ITERATIONS, kept_on, until, salt: Vec::new(), iv: Vec::new() }
    }

    /// Returns the header as JSON, which is authenticated with the encrypted data.
    pub fn to_json(&self) -> String {
        self.written(None)
    }

    fn written(&self, data: Option<&[u8]>) -> String {
        json::to_json(&SealedFile {
            kdf: KDF,
            iterations: self.iterations,
            kept_on: self.kept_on,
            until: self.until,
            salt: to_base64(&self.salt),
            iv: to_base64(&self.iv),
            data: data.map(to_base64),
        })
    }
}

/// A locked draft as it is stored; without its data, the header alone.
#[derive(Serialize)]
#[serde(tag = "format", rename = "putright/sealed/1")]
struct SealedFile {
    kdf: &'static str,
    iterations: u32,
    kept_on: Date,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Date>,
    salt: String,
    iv: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<String>,
}

impl Sealed {
    /// Returns whether a text claims to be an encrypted draft.
    pub fn is_meant(text: &str) -> bool {
        text.trim_start().starts_with(BEGINS)
    }

    /// Returns the locked draft as JSON.
    pub fn to_json(&self) -> String {
        self.header.written(Some(&self.data))
    }

    /// Reads one.
    ///
    /// # Errors
    /// Returns the cause if the draft cannot be unlocked.
    pub fn read(text: &str, today: Date) -> Result<Box<Self>, DraftError> {
        let Ok(Value::Object(members)) = json::parse(text) else { return Err(DraftError::Damaged) };
        let text = |key: &str| crate::draft::member(&members, key);
        if text("format") != FORMAT || text("kdf") != KDF {
            return Err(DraftError::OtherVersion);
        }
        let until = text("until");
        let header = Header {
            iterations: members
                .get("iterations")
                .and_then(Value::as_u64)
                .map_or(0, |rounds| u32::try_from(rounds).unwrap_or(0)),
            kept_on: Date::parse_iso(text("kept_on")).ok_or(DraftError::Damaged)?,
            until: Date::parse_iso(until),
            salt: from_base64(text("salt")).ok_or(DraftError::Damaged)?,
            iv: from_base64(text("iv")).ok_or(DraftError::Damaged)?,
        };
        let data = from_base64(text("data")).ok_or(DraftError::Damaged)?;
        let whole = header.salt.len() == SALT
            && header.iv.len() == IV
            && (ITERATIONS..=MOST_ITERATIONS).contains(&header.iterations)
            && header.until.is_some() != until.is_empty();
        if !whole {
            return Err(DraftError::Damaged);
        }
        if header.until.is_some_and(|until| until < today) {
            return Err(DraftError::Expired);
        }
        Ok(Box::new(Self { header, data }))
    }
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Base64 (RFC 4648, section 4), with its padding.
pub fn to_base64(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let digit = DIGITS.get((bits >> (18 - 6 * at) & 63) as usize).filter(|_| at <= chunk.len());
            text.push(digit.map_or('=', |digit| char::from(*digit)));
        }
    }
    text
}

/// The bytes of a text in base64; `None` where it is none.
pub fn from_base64(text: &str) -> Option<Vec<u8>> {
    let digits = text.trim_end_matches('=');
    if !text.len().is_multiple_of(4) || text.len() - digits.len() > 2 {
        return None;
    }
    let mut bytes = Vec::new();
    let (mut bits, mut held) = (0_u32, 0);
    for digit in digits.bytes() {
        let value = DIGITS.iter().position(|known| *known == digit)?;
        bits = bits << 6 | u32::try_from(value).ok()?;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 255).ok()?);
        }
    }
    Some(bytes)
}
