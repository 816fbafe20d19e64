//! `examples/php`, on PHP's own server: what it promises to a council that builds on it.

// Helpers outside a `#[test]` may fail over too: a test that cannot go on has failed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![cfg(unix)]

#[path = "../officer/daemon.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod daemon;
#[path = "../common/place.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod place;
mod promises;
mod refusals;
mod server;
mod trial;

use serde_json::{Value, json};

/// Words that nobody but the person may see.
pub const WORDS: &str = "Nobody came on Tuesday";

/// A submission with this id.
pub fn submission(id: &str) -> Value {
    json!({
        "schema": "putright/submission/1", "id": id, "kind": "complaint", "council": "bromley",
        "points": [{ "what_happened": WORDS }],
        "contact": { "name": "Siân Example", "email": "sian@example.org" }
    })
}

/// A body of the submission and files, each by its type and content, and the header that says so.
pub fn multipart(submission: &Value, part: &str, files: &[(&str, &[u8])]) -> (String, Vec<u8>) {
    const BOUNDARY: &str = "--------boundary00112233";
    let mut body =
        format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"submission\"\r\n\r\n{submission}\r\n")
            .into_bytes();
    for (media_type, content) in files {
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{part}\"; filename=\"a\"\r\nContent-Type: {media_type}\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={BOUNDARY}"), body)
}

/// The submission with a list of files.
pub fn with_files(id: &str, files: &[(&str, &[u8])]) -> Value {
    let mut whole = submission(id);
    let listed = files.iter().enumerate().map(|(at, (media_type, content))| {
        json!({ "name": format!("photo {at}.jpg"), "media_type": media_type, "bytes": content.len() })
    });
    whole["files"] = listed.collect();
    whole
}
