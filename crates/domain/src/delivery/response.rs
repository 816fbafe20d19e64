//! Evaluates a backend's response by the council's own rules.
//!
//! A response never counts as delivered without the proof in the body that the rules ask for. A submission never counts
//! as lost when it may have arrived.

use std::fmt;

use crate::delivery::config::{Endpoint, ErrorShape, ReferenceAt, Source, Test};
use crate::{
    data::at_pointer,
    json::{self, Value},
};

/// A backend's response.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The body, or as much of it as was read.
    pub body: String,
    /// The header that the reference stands in, where the rules name one.
    pub reference: String,
    /// The header `Retry-After`.
    pub retry_after: String,
}

/// The council's receipt for a submission.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Receipt {
    /// The council's reference; empty where it gives none.
    pub reference: String,
}

/// One thing a backend found wrong.
#[derive(Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The place, as a JSON pointer into the submission; empty for the whole.
    pub pointer: String,
    /// In the backend's words.
    pub detail: String,
}

/// Why it is not known to be with the council.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeliveryError {
    /// The device is not connected. Nothing was sent.
    #[error("the device is offline")]
    Offline,
    /// The data that must be fetched before sending did not come. Nothing was sent.
    #[error("what must be fetched first did not come")]
    NotReady,
    /// No answer came. It may have arrived.
    #[error("no answer came")]
    Unreachable,
    /// No answer came in time. It may have arrived.
    #[error("no answer came in time")]
    TimedOut,
    /// The person stopped it while it was on its way. It may have arrived.
    #[error("it was stopped")]
    Stopped,
    /// It was handed to the council's own page, whose answer cannot be read here. It may have arrived.
    #[error("the council's own page was opened")]
    Elsewhere,
    /// The backend will not take it as it is. It has not arrived.
    #[error("the backend will not take it")]
    Refused(Vec<Refusal>),
    /// It is too much for the backend. It has not arrived.
    #[error("it is too large for the backend")]
    TooLarge,
    /// The backend asks to wait, for so many seconds where it says. It has not arrived.
    #[error("the backend is busy")]
    Busy(Option<u32>),
    /// The backend failed, or its answer proves nothing. It may have arrived.
    #[error("the answer, with status {0}, proves nothing")]
    Fault(u16),
}

impl fmt::Debug for DeliveryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl DeliveryError {
    /// Returns whether the submission may have been stored despite the error.
    pub fn may_have_arrived(&self) -> bool {
        matches!(self, Self::Unreachable | Self::TimedOut | Self::Stopped | Self::Elsewhere | Self::Fault(_))
    }

    /// Returns whether the same try may succeed a little later: without a response, and after 408, 425, 429, 502, 503
    /// or 504.
    pub fn passes(&self) -> bool {
        match self {
            Self::Unreachable | Self::TimedOut | Self::NotReady | Self::Busy(_) => true,
            Self::Fault(status) => [408, 502, 503, 504].contains(status),
            _ => false,
        }
    }
}

/// Reads a backend's answer to a submission with so many files.
///
/// # Errors
/// Returns an error for every response that does not prove a success.
pub fn evaluate_response(endpoint: &Endpoint, answer: &Response, files: usize) -> Result<Receipt, DeliveryError> {
    let json = json::parse(&answer.body).unwrap_or_default();
    let status = answer.status;
    match status {
        425 | 429 => return Err(DeliveryError::Busy(answer.retry_after.trim().parse().ok())),
        // Where it names the file that is too large, the person is told which.
        413 => {
            let refusals = refusals(endpoint, &answer.body, &json);
            let named = refusals.iter().any(|refusal| refusal.pointer.starts_with("/files/"));
            return Err(if named { DeliveryError::Refused(refusals) } else { DeliveryError::TooLarge });
        }
        // A 408 may come while, and a 409 because, the same is being stored.
        400..=499 if status != 408 && status != 409 => {
            return Err(DeliveryError::Refused(refusals(endpoint, &answer.body, &json)));
        }
        _ => {}
    }
    let ok = endpoint.success_status.contains(&u32::from(status))
        && endpoint.success_body.iter().all(|test| holds(test, &answer.body, &json, files));
    if ok {
        return Ok(Receipt { reference: reference(endpoint, answer, &json) });
    }
    // Some say no with a 200.
    let refusals = if (200..=299).contains(&status) { refusals(endpoint, &answer.body, &json) } else { Vec::new() };
    Err(if refusals.is_empty() { DeliveryError::Fault(status) } else { DeliveryError::Refused(refusals) })
}

pub fn holds(test: &Test, body: &str, json: &Value, files: usize) -> bool {
    match test {
        Test::Present(pointer) => at_pointer(json, pointer).is_some_and(tells),
        Test::Absent(pointer) => at_pointer(json, pointer).is_none_or(is_nothing),
        Test::FilesSent(pointer) => count_at(json, pointer).unwrap_or_default() == files,
        Test::TextIs(wanted) => body.trim() == wanted,
        // Any search of the standard library's is half a kilobyte of the download.
        Test::Contains(wanted) => body.as_bytes().windows(wanted.len().max(1)).any(|part| part == wanted.as_bytes()),
        Test::Empty => body.trim().is_empty(),
        Test::Any(tests) => tests.iter().any(|test| holds(test, body, json, files)),
    }
}

/// The number at a JSON pointer, or how many a list there has.
pub(crate) fn count_at(json: &Value, pointer: &str) -> Option<usize> {
    match at_pointer(json, pointer)? {
        Value::Array(list) => Some(list.len()),
        number => usize::try_from(number.as_u64()?).ok(),
    }
}

/// Returns whether a value can be shown: text that is not blank, a number other than zero, or `true`. The number zero
/// means that there is no row in a table.
fn tells(value: &Value) -> bool {
    match value {
        Value::String(text) => !text.trim().is_empty(),
        Value::Number(_) => value.as_u64() != Some(0),
        Value::Bool(truth) => *truth,
        Value::Null | Value::Array(_) | Value::Object(_) => false,
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        other => !tells(other),
    }
}

/// The reference, as a person can read it out; empty where there is none.
fn reference(endpoint: &Endpoint, answer: &Response, json: &Value) -> String {
    let found = endpoint.reference.iter().find_map(|place| match place {
        ReferenceAt::Json(pointer) => match at_pointer(json, pointer)? {
            Value::String(text) => Some(text.trim().to_owned()),
            number => Some(number.as_u64()?.to_string()),
        },
        ReferenceAt::Header(_) => Some(answer.reference.trim().to_owned()),
    });
    found.unwrap_or_default().chars().take(MOST_REFERENCE).collect()
}

/// A reference is read out over the telephone; what is longer is none.
const MOST_REFERENCE: usize = 200;
/// Nobody reads more than these at a time, and a backend's words are not ours.
const MOST_REFUSALS: usize = 20;
const MOST_DETAIL: usize = 300;

/// Returns the problems that the backend found, by the first error shape that matches its response.
fn refusals(endpoint: &Endpoint, body: &str, json: &Value) -> Vec<Refusal> {
    let found = endpoint.errors.iter().map(|shape| in_shape(shape, body, json)).find(|found| !found.is_empty());
    let mut found = found.unwrap_or_default();
    found.truncate(MOST_REFUSALS);
    for refusal in &mut found {
        refusal.pointer = place_of(endpoint, &refusal.pointer);
        refusal.detail = refusal.detail.chars().take(MOST_DETAIL).collect();
    }
    found
}

fn in_shape(shape: &ErrorShape, body: &str, json: &Value) -> Vec<Refusal> {
    let text = |value: &Value| value.as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let whole = |detail: String| Refusal { pointer: String::new(), detail };
    match shape {
        ErrorShape::List { list, at, says } => {
            let Some(Value::Array(items)) = at_pointer(json, list) else { return Vec::new() };
            let read = |item: &Value| {
                let named = if at.is_empty() { None } else { at_pointer(item, at).and_then(text) };
                Some(Refusal { pointer: named.unwrap_or_default(), detail: at_pointer(item, says).and_then(text)? })
            };
            items.iter().filter_map(read).collect()
        }
        ErrorShape::Map(map) => {
            let Some(Value::Object(members)) = at_pointer(json, map) else { return Vec::new() };
            let mut found = Vec::new();
            for (name, said) in members.iter() {
                let list = match said {
                    Value::Array(list) => list.as_slice(),
                    one => std::slice::from_ref(one),
                };
                for detail in list.iter().filter_map(text) {
                    found.push(Refusal { pointer: name.to_owned(), detail });
                }
            }
            found
        }
        ErrorShape::Says(says) => at_pointer(json, says).and_then(text).map(whole).into_iter().collect(),
        ErrorShape::Lines(start) => {
            let said = body.lines().filter_map(|line| line.trim().strip_prefix(start.as_str()));
            said.map(|line| whole(line.trim().to_owned())).collect()
        }
    }
}

/// The place in the submission that a backend means: a pointer with or without `#`, a field of its own, or a path such as
/// `points.0.what_happened` and `$.points[0].what_happened`.
fn place_of(endpoint: &Endpoint, named: &str) -> String {
    let own = endpoint.fields.iter().find(|rule| rule.target == named || rule.target.get(1..) == Some(named));
    if let Some(rule) = own {
        return match &rule.source {
            Source::From(pointer) => pointer.clone(),
            Source::Value(_) | Source::Template(_) => String::new(),
        };
    }
    if !endpoint.fields.is_empty() {
        return String::new();
    }
    let steps = named.split(['/', '.', '[', ']']).filter(|step| !["", "#", "$"].contains(step));
    steps.flat_map(|step| ["/", step]).collect()
}
