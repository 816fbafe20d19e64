//! The kinds of files that a look may have, and what of them is published.

use std::path::Path;

use super::{fragment::MOST_BYTES, svg};

/// The folder of a site with a folder for each council's look.
pub const FOLDER: &str = "looks";

/// The kinds of files: the ending of a name, the bytes that such a file begins with, and the most bytes.
pub(super) const KINDS: [(&str, &[u8], u64); 8] = [
    ("svg", b"", 100_000),
    ("html", b"", MOST_BYTES as u64),
    ("woff2", b"wOF2", 120_000),
    ("png", b"\x89PNG\r\n\x1a\n", 200_000),
    ("jpg", b"\xff\xd8\xff", 200_000),
    ("jpeg", b"\xff\xd8\xff", 200_000),
    ("webp", b"RIFF", 200_000),
    ("ico", b"\0\0\x01\0", 100_000),
];

/// Returns whether a path in a site is that of a file of a look.
pub fn is_file_of_look(path: &str) -> bool {
    path.strip_prefix(FOLDER)
        .and_then(|rest| rest.strip_prefix('/'))
        .is_some_and(|rest| rest.split('/').count() == 2 && KINDS.iter().any(|(kind, ..)| ending(rest) == *kind))
}

/// Returns the content to publish for a file of a look: a picture as an SVG is cleaned. One that cannot be cleaned stays as it is,
/// and is refused where a look names it.
pub fn published(path: &str, content: Vec<u8>) -> Vec<u8> {
    match svg::clean(&content) {
        Ok(cleaned) if ending(path) == "svg" => cleaned.text.into_bytes(),
        _ => content,
    }
}

/// The ending of a file's name.
pub(super) fn ending(name: &str) -> &str {
    Path::new(name).extension().and_then(|ending| ending.to_str()).unwrap_or_default()
}
