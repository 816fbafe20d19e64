//! Reads the data files that councils and translators write. Each problem names the file, the JSON pointer and the
//! expected value, so that the writer can correct it.
//!
//! A file is read as JSON once. [`Place`] takes it apart, or decodes a part with serde where a type says its own shape
//! ([`Place::decode`]).
//!
//! Reading never stops half-way. Each problem goes into the file's [`Diagnostics`], and a plain value (no text, zero,
//! an empty list) takes the place of the wrong one. [`Document::finish`] returns the result only if there are no
//! problems. The writer therefore sees all problems at once.

mod decode;
mod diagnostics;
mod object;
mod place;
mod pointer;
mod version;

pub use diagnostics::Diagnostics;
pub use object::Object;
pub use place::{Document, Place, SCHEMA_KEY};
pub use pointer::{at_pointer, pointer_step};
pub use version::SchemaVersion;

use std::{fmt, ops::Deref};

/// The problem of a member that is not there and has to be.
pub const MISSING: &str = "is missing";

/// Puts the words of a problem together from their parts.
macro_rules! problem {
    ($($part:expr),+ $(,)?) => { [$($part),+].concat() };
}

pub(crate) use problem;

/// The problems of a file that a council or a translator writes: one or several. It displays as the first.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct InvalidFile(Box<FaultList>);

/// Boxed: an error is passed on from many places, and each would carry its room in its code.
#[derive(Clone, Debug, PartialEq, Eq)]
struct FaultList {
    first: Diagnostic,
    others: Vec<Diagnostic>,
}

/// A problem and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file's path or address.
    pub file: String,
    /// The place in the file, as a JSON pointer (RFC 6901); empty for the whole file.
    pub pointer: String,
    /// The problem, and the expected value.
    pub problem: String,
    /// The place in the text, where it is known.
    pub position: Option<Position>,
}

/// A place in the text of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The character of the line, from 1.
    pub column: usize,
}

impl InvalidFile {
    /// A fault at one place of a file.
    pub fn at(file: &str, pointer: impl Into<String>, problem: impl Into<String>) -> Self {
        Diagnostic { file: file.to_owned(), pointer: pointer.into(), problem: problem.into(), position: None }.into()
    }

    /// All of some faults; `None` where there are none.
    pub fn of(faults: impl IntoIterator<Item = Diagnostic>) -> Option<Self> {
        let mut others: Vec<Diagnostic> = faults.into_iter().collect();
        if others.is_empty() {
            return None;
        }
        Some(Self(Box::new(FaultList { first: others.remove(0), others })))
    }

    /// Both of two results.
    ///
    /// # Errors
    /// Returns the faults of both.
    pub fn both<A, B>(one: Result<A, Self>, other: Result<B, Self>) -> Result<(A, B), Self> {
        match (one, other) {
            (Ok(one), Ok(other)) => Ok((one, other)),
            (Err(mut one), Err(other)) => {
                one.0.others.extend(other.into_diagnostics());
                Err(one)
            }
            (Err(error), Ok(_)) | (Ok(_), Err(error)) => Err(error),
        }
    }

    /// The faults.
    pub fn into_diagnostics(self) -> impl Iterator<Item = Diagnostic> {
        [self.0.first].into_iter().chain(self.0.others)
    }

    /// Each fault by itself.
    pub fn apart(self) -> impl Iterator<Item = Self> {
        self.into_diagnostics().map(Self::from)
    }
}

impl From<Diagnostic> for InvalidFile {
    fn from(first: Diagnostic) -> Self {
        Self(Box::new(FaultList { first, others: Vec::new() }))
    }
}

impl Deref for InvalidFile {
    type Target = Diagnostic;

    fn deref(&self) -> &Diagnostic {
        &self.0.first
    }
}

impl fmt::Display for InvalidFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(Position { line, column }) = self.position {
            write!(f, ":{line}:{column}")?;
        }
        if !self.pointer.is_empty() {
            write!(f, " at {}", self.pointer)?;
        }
        write!(f, ": {}", self.problem)
    }
}
