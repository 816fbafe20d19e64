//! Refusals of the receiver: `application/problem+json` (RFC 9457).
//!
//! Each kind has its own `type`, `urn:putright:problem:…`, so that a program need not read the words. No text in an answer
//! comes from the person: titles and details are written here, and a pointer names only fields the format knows.

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use serde_json::json;

/// One thing that is wrong with a submission.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct InvalidField {
    /// The place, as a JSON pointer (RFC 6901).
    pub pointer: String,
    /// The problem, to be read after the name of the place: "must not be empty".
    pub detail: String,
}

/// The limit that a submission went past, and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// The most bytes of JSON.
    Json(usize),
    /// The most files.
    Files(usize),
    /// The most bytes of the file at a place.
    File {
        /// The place, from 0.
        place: usize,
        /// The bytes.
        most: u32,
    },
    /// The most bytes of all files together.
    AllFiles(u32),
}

impl Size {
    /// The limit by its name, as the server was given it.
    fn name(self) -> &'static str {
        match self {
            Self::Json(_) => "max-body",
            Self::Files(_) => "max-files",
            Self::File { .. } => "max-file-bytes",
            Self::AllFiles(_) => "max-files-total",
        }
    }

    /// Returns the fault, if a file is too large.
    fn fault(self) -> Option<InvalidField> {
        let (pointer, detail) = match self {
            Self::Json(_) => return None,
            Self::Files(most) => ("/files".to_owned(), format!("must have at most {most} entries")),
            Self::File { place, most } => (format!("/files/{place}"), format!("must be at most {most} bytes")),
            Self::AllFiles(most) => ("/files".to_owned(), format!("must be at most {most} bytes together")),
        };
        Some(InvalidField { pointer, detail })
    }
}

/// A reason to refuse a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// There is nothing at this address.
    NotFound,
    /// The address does not know this method; these it knows.
    MethodNotAllowed(&'static str),
    /// The body did not come in time.
    Timeout,
    /// It is more than is taken.
    TooLarge(Size),
    /// The body does not say that it is JSON, or parts of a form.
    NotJsonType,
    /// The body does not say that it is a form's.
    NotFormType,
    /// The body is not made of the parts it should have.
    BadParts,
    /// The body is not JSON.
    NotJson,
    /// The Idempotency-Key header cannot be used.
    BadKey,
    /// Parts came without that header.
    NoKey,
    /// The form has more fields than any form of ours.
    BadForm,
    /// The body is JSON, and not a submission.
    Invalid(Vec<InvalidField>),
    /// The key stands for another submission.
    KeyTaken,
    /// Too many from one address; after so many seconds there is room.
    TooMany(u64),
    /// It is not certain that the submission is stored.
    NotStored,
    /// There is no room for it beside what is under way; after so many seconds there may be.
    Busy(u64),
    /// A submission could not be stored now.
    NotReady,
}

impl Problem {
    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::Timeout => StatusCode::REQUEST_TIMEOUT,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NotJsonType | Self::NotFormType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::NotJson | Self::BadParts | Self::BadKey | Self::NoKey | Self::BadForm => StatusCode::BAD_REQUEST,
            Self::Invalid(_) | Self::KeyTaken => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::NotStored | Self::Busy(_) | Self::NotReady => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The last part of the type.
    fn kind(&self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::MethodNotAllowed(_) => "method-not-allowed",
            Self::Timeout => "timeout",
            Self::TooLarge(_) => "too-large",
            Self::NotJsonType => "not-json-type",
            Self::NotFormType => "not-form-type",
            Self::NotJson => "not-json",
            Self::BadParts => "bad-parts",
            Self::BadKey => "bad-idempotency-key",
            Self::NoKey => "no-idempotency-key",
            Self::Invalid(_) => "invalid-submission",
            Self::KeyTaken => "idempotency-key-taken",
            Self::TooMany(_) => "too-many-requests",
            Self::NotStored => "not-stored",
            Self::BadForm => "bad-form",
            Self::Busy(_) => "busy",
            Self::NotReady => "not-ready",
        }
    }

    fn title(&self) -> &'static str {
        match self {
            Self::NotFound => "There is nothing at this address",
            Self::MethodNotAllowed(_) => "This address does not answer that method",
            Self::Timeout => "The submission did not arrive in time",
            Self::TooLarge(_) => "The submission is too large",
            Self::NotJsonType => "The submission is marked neither as JSON nor as form data",
            Self::NotFormType => "The submission is not marked as a form",
            Self::BadParts => "The parts of the submission cannot be used",
            Self::NotJson => "The submission is not JSON",
            Self::BadKey => "The Idempotency-Key cannot be used",
            Self::NoKey => "The Idempotency-Key is missing",
            Self::Invalid(_) => "The submission is not in the format",
            Self::KeyTaken => "The Idempotency-Key was used for another submission",
            Self::TooMany(_) => "Too many submissions from one address",
            Self::NotStored => "The submission could not be stored",
            Self::BadForm => "The fields of the form cannot be used",
            Self::Busy(_) => "The server is busy",
            Self::NotReady => "A submission could not be stored now",
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::NotFound => "Submissions are sent to /api/submissions.".to_owned(),
            Self::MethodNotAllowed(methods) => format!("It answers: {methods}."),
            Self::Timeout => "Nothing was stored. Send it again.".to_owned(),
            Self::TooLarge(Size::Json(most)) => format!("Its JSON may have at most {most} bytes. Nothing was stored."),
            Self::TooLarge(Size::Files(most)) => format!("It may have at most {most} files. Nothing was stored."),
            Self::TooLarge(Size::File { most, .. }) => {
                format!("A file may have at most {most} bytes. Nothing was stored.")
            }
            Self::TooLarge(Size::AllFiles(most)) => {
                format!("Its files may have at most {most} bytes together. Nothing was stored.")
            }
            Self::NotJsonType => {
                "Send it as application/json or, with files, as multipart/form-data; not compressed. Nothing was stored."
                    .to_owned()
            }
            Self::NotFormType => {
                "Send it as application/x-www-form-urlencoded, not compressed. Nothing was stored.".to_owned()
            }
            Self::NotJson => "It must be one JSON value in UTF-8. Nothing was stored.".to_owned(),
            Self::BadParts => {
                "It must have one part submission, which is JSON, a part file for each file, and no other. \
                 Nothing was stored."
                    .to_owned()
            }
            Self::NoKey => "A submission in parts must have that header. Nothing was stored.".to_owned(),
            Self::BadKey => "It must have 1 to 64 visible ASCII characters. Nothing was stored.".to_owned(),
            Self::Invalid(_) => "The errors say what to change. Nothing was stored.".to_owned(),
            Self::KeyTaken => {
                "What was stored under this key first is unchanged. Send a changed submission under a key of its own."
                    .to_owned()
            }
            Self::TooMany(seconds) => format!("Nothing was stored. There is room again in {seconds} seconds."),
            Self::NotStored => "Send it again with the same key: it will not be stored twice.".to_owned(),
            Self::BadForm => "It has more fields than the form of this site. Nothing was stored.".to_owned(),
            Self::Busy(seconds) => {
                format!("Nothing was stored. Send it again with the same key in {seconds} seconds.")
            }
            Self::NotReady => "The log of the server says why.".to_owned(),
        }
    }

    fn faults(&self) -> Option<Vec<InvalidField>> {
        match self {
            Self::Invalid(faults) => Some(faults.clone()),
            Self::TooLarge(size) => Some(vec![size.fault()?]),
            _ => None,
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status();
        let mut told = json!({
            "type": format!("urn:putright:problem:{}", self.kind()),
            "title": self.title(),
            "status": status.as_u16(),
            "detail": self.detail(),
        });
        if let Some(members) = told.as_object_mut() {
            if let Self::TooLarge(size) = self {
                members.insert("limit".to_owned(), json!(size.name()));
            }
            if let Some(faults) = self.faults() {
                members.insert("errors".to_owned(), json!(faults));
            }
        }
        let mut response = Response::new(Body::from(told.to_string()));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        match self {
            Self::MethodNotAllowed(methods) => {
                headers.insert(header::ALLOW, HeaderValue::from_static(methods));
            }
            Self::TooMany(seconds) | Self::Busy(seconds) => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            }
            Self::NotStored => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
            }
            _ => {}
        }
        response
    }
}
