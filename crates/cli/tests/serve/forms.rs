//! Submissions with files, as a browser sends them.

use serde_json::{Value, json};
use ureq::{Body, http::Response};

use crate::support::{Server, sample_numbered};

const BOUNDARY: &str = "----WebKitFormBoundary7MA4YWxkTrZu0gW";

pub const JPEG: &str = "image/jpeg";
pub const PDF: &str = "application/pdf";

/// A file: its name, its media type, what is in it.
pub type Sent<'a> = (&'a str, &'a str, &'a [u8]);

pub fn photo(length: usize) -> Vec<u8> {
    let mut content = b"\xFF\xD8\xFF\xE0".to_vec();
    content.extend((content.len()..length).map(|at| u8::try_from(at % 251).unwrap()));
    content
}

/// The numbered sample, with a list of files.
pub fn listing(number: u64, files: &[Sent]) -> Value {
    let mut body = sample_numbered(number);
    let entry =
        |(name, media_type, content): &Sent| json!({ "name": name, "media_type": media_type, "bytes": content.len() });
    body["files"] = files.iter().map(entry).collect();
    body
}

/// A body that grows part by part.
#[derive(Clone, Default)]
pub struct Form(Vec<u8>);

impl Form {
    pub fn of(submission: &Value, files: &[Sent]) -> Self {
        files.iter().fold(Self::default().submission(submission), |form, file| form.file(*file))
    }

    pub fn submission(self, submission: &Value) -> Self {
        self.part("name=\"submission\"", Some("application/json"), submission.to_string().as_bytes())
    }

    pub fn file(self, (name, media_type, content): Sent) -> Self {
        self.part(&format!("name=\"file\"; filename=\"{name}\""), Some(media_type), content)
    }

    pub fn part(mut self, disposition: &str, media_type: Option<&str>, content: &[u8]) -> Self {
        let kind = media_type.map(|kind| format!("Content-Type: {kind}\r\n")).unwrap_or_default();
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {disposition}\r\n{kind}\r\n");
        self.0.extend([head.as_bytes(), content, b"\r\n"].concat());
        self
    }

    /// As it stands, without an end.
    pub fn open_ended(self) -> Vec<u8> {
        self.0
    }

    pub fn end(mut self) -> Vec<u8> {
        self.0.extend(format!("--{BOUNDARY}--\r\n").as_bytes());
        self.0
    }

    pub fn post(self, server: &Server, key: &str) -> Response<Body> {
        post(server, &[("idempotency-key", key)], &self.end())
    }
}

pub fn content_type() -> String {
    format!("multipart/form-data; boundary={BOUNDARY}")
}

pub fn post(server: &Server, headers: &[(&str, &str)], body: &[u8]) -> Response<Body> {
    let kind = content_type();
    let mut all = vec![("content-type", kind.as_str())];
    all.extend(headers);
    server.send("POST", "/api/submissions", &all, body)
}

/// Sends files with the numbered sample, under its own id.
pub fn send(server: &Server, number: u64, files: &[Sent]) -> Response<Body> {
    Form::of(&listing(number, files), files).post(server, &format!("{number:032x}"))
}
