//! The log: a line for each event, on standard error, as text or as JSON.

use std::{fmt, io};

use clap::ValueEnum;
use tracing_subscriber::fmt::{format::Writer, time::FormatTime};

use crate::store;

/// The format of the log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Text, for people.
    #[default]
    Text,
    /// One JSON object a line, for programs.
    Json,
}

/// The time in UTC, in seconds.
struct Seconds;

impl FormatTime for Seconds {
    fn format_time(&self, writer: &mut Writer<'_>) -> fmt::Result {
        writer.write_str(&store::now())
    }
}

/// Starts the log of this process. A log that cannot be written stops nothing.
pub fn start(format: LogFormat) {
    let log = tracing_subscriber::fmt()
        .with_writer(io::stderr)
        .with_ansi(false)
        .with_target(false)
        .with_timer(Seconds)
        .log_internal_errors(false);
    // A process that starts two receivers has one log.
    let _ = match format {
        LogFormat::Text => log.try_init(),
        LogFormat::Json => log.json().flatten_event(true).with_span_list(false).try_init(),
    };
}
