//! How a command reports: its error with an exit code, and JSON on standard output.

use std::{
    fmt::Display,
    io::{self, Write},
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
    let mut output = io::stdout().lock();
    let text = terminal::harmless(&format!("{value:#}"));
    match writeln!(output, "{text}").and_then(|()| output.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(CliError::unusable("standard output", error)),
        _ => Ok(()),
    }
}
