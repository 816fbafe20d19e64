//! Moments as text.

use std::time::SystemTime;

use chrono::{DateTime, SecondsFormat, Utc};

/// Returns this moment, as RFC 3339 in UTC.
pub fn now() -> String {
    as_text(SystemTime::now())
}

/// Returns a moment as RFC 3339 in UTC, to the millisecond. Texts of this form are in the order of their moments.
pub fn as_exact_text(moment: SystemTime) -> String {
    DateTime::<Utc>::from(moment).to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// Returns a moment as RFC 3339 in UTC. Texts of this form are in the order of their moments.
pub fn as_text(moment: SystemTime) -> String {
    DateTime::<Utc>::from(moment).to_rfc3339_opts(SecondsFormat::Secs, true)
}
