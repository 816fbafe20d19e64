//! How a command reports: its error with an exit code, and JSON on standard output.

use std::{
    fmt::Display,
    io::{self, BufWriter, StdoutLock, Write},
    process::ExitCode,
};

use putright_domain::data::InvalidFile;

use crate::terminal;

/// The error of a command.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// A file is wrong, or something is not there: exit code 1.
    #[error("{0}")]
    Wrong(String),
    /// The command's own arguments, or a file it needs, cannot be read: exit code 2.
    #[error("{0}")]
    Unusable(String),
}

impl From<InvalidFile> for CliError {
    fn from(error: InvalidFile) -> Self {
        let faults: Vec<String> = error.apart().map(|fault| fault.to_string()).collect();
        Self::Wrong(faults.join("\n"))
    }
}

impl CliError {
    /// Makes the error of a thing that cannot be used, with the reason.
    pub fn unusable(what: impl Display, why: impl Display) -> Self {
        Self::Unusable(format!("{what}: {why}"))
    }

    /// Returns the exit code of the command.
    pub fn code(&self) -> ExitCode {
        match self {
            Self::Wrong(_) => ExitCode::from(1),
            Self::Unusable(_) => ExitCode::from(2),
        }
    }
}

/// Writes JSON for a person to read, and for a program. A reader that has seen enough may go.
///
/// # Errors
/// Returns an error if standard output cannot be written.
pub fn print_json(value: &serde_json::Value) -> Result<(), CliError> {
    let text = terminal::harmless(&format!("{value:#}"));
    let mut output = io::stdout().lock();
    is_read(writeln!(output, "{text}").and_then(|()| output.flush())).map(|_| ())
}

/// Returns whether somebody reads what is written.
fn is_read(written: io::Result<()>) -> Result<bool, CliError> {
    match written {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(CliError::unusable("standard output", error)),
    }
}

/// A JSON array on standard output, as [`print_json`] writes it. It is written entry by entry, and takes no memory for the others.
pub struct PrintedList {
    output: BufWriter<StdoutLock<'static>>,
    has_entries: bool,
}

impl Default for PrintedList {
    fn default() -> Self {
        Self { output: BufWriter::new(io::stdout().lock()), has_entries: false }
    }
}

impl PrintedList {
    /// Writes an entry. Returns whether somebody still reads.
    ///
    /// # Errors
    /// Returns an error if standard output cannot be written.
    pub fn add(&mut self, entry: &serde_json::Value) -> Result<bool, CliError> {
        let before = if self.has_entries { "," } else { "[" };
        self.has_entries = true;
        let text = terminal::harmless(&format!("{entry:#}")).replace('\n', "\n  ");
        is_read(write!(self.output, "{before}\n  {text}"))
    }

    /// Ends the array.
    ///
    /// # Errors
    /// Returns an error if standard output cannot be written.
    pub fn end(mut self) -> Result<(), CliError> {
        let end = if self.has_entries { "\n]" } else { "[]" };
        is_read(writeln!(self.output, "{end}").and_then(|()| self.output.flush())).map(|_| ())
    }
}
