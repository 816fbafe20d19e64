//! How far a submission has come, and what a backend's answer means.
//!
//! It never says delivered without a reference in the answer, and never calls a submission lost when it may have arrived.
//! The browser only performs what is decided here.

use std::fmt;

use serde_json::Value;

use crate::domain::{council::DeliveryConfig, data::at_pointer};

/// What the council gave for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Receipt {
    /// The council's reference.
    pub reference: String,
}

/// One thing a backend found wrong.
#[derive(Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Where, as a JSON pointer into the submission; empty for the whole.
    pub pointer: String,
    /// In the backend's words.
    pub detail: String,
}

/// Why there is no reference.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeliveryError {
    /// No answer came. It may have arrived.
    #[error("no answer came")]
    Unreachable,
    /// No answer came in time. It may have arrived.
    #[error("no answer came in time")]
    TimedOut,
    /// The backend will not take it as it is. It has not arrived.
    #[error("the backend will not take it")]
    Refused(Vec<Refusal>),
    /// The backend asks to wait. It has not arrived.
    #[error("the backend is busy")]
    Busy,
    /// The backend failed, or answered without a reference. It may have arrived.
    #[error("the backend answered {0} without a reference")]
    Fault(u16),
}

impl fmt::Debug for DeliveryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl DeliveryError {
    /// Whether the submission may have been stored all the same.
    pub fn may_have_arrived(&self) -> bool {
        matches!(self, Self::Unreachable | Self::TimedOut | Self::Fault(_))
    }
}

/// Where a submission stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Delivery {
    /// Nothing has been sent.
    #[default]
    Ready,
    /// It is on its way.
    Sending,
    /// The last try brought no reference.
    Failed(DeliveryError),
    /// It is with the council.
    Delivered(Receipt),
}

/// One try: what was sent, so that trying again sends the very same and can be recognised.
#[derive(Clone, PartialEq, Eq)]
pub struct Attempt {
    /// The person's own copy number, and the idempotency key.
    pub id: String,
    /// The body as it was sent.
    pub body: String,
    /// Whether some try of it may have arrived.
    pub may_have_arrived: bool,
}

impl fmt::Debug for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Reads a backend's answer.
///
/// # Errors
/// Everything that is not a success with a reference.
pub fn judge(config: &DeliveryConfig, status: u16, body: &str) -> Result<Receipt, DeliveryError> {
    match status {
        200..=299 => reference(config, body).map(|reference| Receipt { reference }).ok_or(DeliveryError::Fault(status)),
        425 | 429 | 503 => Err(DeliveryError::Busy),
        400..=499 if status != 408 => Err(DeliveryError::Refused(refusals(body))),
        _ => Err(DeliveryError::Fault(status)),
    }
}

fn reference(config: &DeliveryConfig, body: &str) -> Option<String> {
    let answer: Value = serde_json::from_str(body).ok()?;
    match at_pointer(&answer, &config.reference)? {
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Value::Number(number) => number.as_u64().map(|number| number.to_string()),
        _ => None,
    }
}

/// The faults of RFC 9457 problem details.
fn refusals(body: &str) -> Vec<Refusal> {
    let problem: Value = serde_json::from_str(body).unwrap_or_default();
    let Some(Value::Array(errors)) = problem.get("errors") else { return Vec::new() };
    let text = |error: &Value, key: &str| error.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let refusal = |error: &Value| Refusal {
        pointer: text(error, "pointer").trim_start_matches('#').to_owned(),
        detail: text(error, "detail"),
    };
    errors.iter().map(refusal).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config() -> DeliveryConfig {
        DeliveryConfig {
            url: "/api/submissions".into(),
            timeout_seconds: 30,
            reference: "/reference".into(),
            files: None,
        }
    }

    #[test]
    fn nothing_counts_as_delivered_without_a_reference() {
        assert_eq!(judge(&config(), 201, r#"{"reference":"K7M"}"#).unwrap().reference, "K7M");
        assert_eq!(judge(&config(), 200, r#"{"reference":17}"#).unwrap().reference, "17");
        for body in ["", "<html>Thank you</html>", "{}", r#"{"reference":" "}"#, r#"{"reference":null}"#] {
            assert_eq!(judge(&config(), 200, body), Err(DeliveryError::Fault(200)), "{body}");
        }
    }

    #[test]
    fn only_what_cannot_have_arrived_is_called_refused() {
        let refused = judge(&config(), 422, r##"{"errors":[{"pointer":"#/points/0","detail":"is missing"}]}"##);
        let Err(DeliveryError::Refused(errors)) = refused else { panic!("not refused") };
        assert_eq!(errors[0].pointer, "/points/0");
        assert!(!judge(&config(), 429, "").unwrap_err().may_have_arrived());
        for status in [408, 500, 502, 504, 302] {
            assert!(judge(&config(), status, "").unwrap_err().may_have_arrived(), "{status}");
        }
    }
}
