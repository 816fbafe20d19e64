//! The bytes of a file as text. JSON is UTF-8; some editors save otherwise unless they are told.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{
    MOST_BYTES,
    fault::{CONFLICT, Fault, FaultKind},
};

/// Returns the text, and what is wrong with its encoding. `None` where there is no text to read.
pub fn decode(bytes: &[u8]) -> (Option<Cow<'_, str>>, Vec<Fault>) {
    let refused = |kind| (None, vec![Fault { at: 0, kind }]);
    if bytes.len() > MOST_BYTES {
        return refused(FaultKind::TooLong);
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return refused(FaultKind::Empty);
    }
    if let Some(kind) = other_format(bytes) {
        return refused(kind);
    }
    if matches!(bytes, [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..]) {
        return refused(FaultKind::Utf32);
    }
    if let Some(encoding) = utf_16(bytes) {
        let (text, ..) = encoding.decode(bytes);
        return (Some(text), vec![Fault { at: 0, kind: FaultKind::Utf16 }]);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        let (text, mut faults) = decode(rest);
        faults.push(Fault { at: 0, kind: FaultKind::ByteOrderMark });
        return (text, faults);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (Some(Cow::Borrowed(text)), Vec::new()),
        Err(error) => {
            let (before, _, _) = WINDOWS_1252.decode(bytes.get(..error.valid_up_to()).unwrap_or_default());
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
            (Some(text), vec![Fault { at: before.len(), kind: FaultKind::Ansi }])
        }
    }
}

/// The format of a file that is no text at all, or a page in place of the file.
fn other_format(bytes: &[u8]) -> Option<FaultKind> {
    let starts = [("PK\u{3}\u{4}", "a Word or zip file"), ("%PDF", "a PDF"), ("{\\rtf", "a file of a word processor")];
    let named = starts.iter().find(|(start, _)| bytes.starts_with(start.as_bytes())).map(|(_, name)| *name);
    let text = bytes.trim_ascii_start();
    let is_page = text.starts_with(b"<") && !text.starts_with(CONFLICT.as_bytes());
    named.or_else(|| is_page.then_some("a web page")).map(FaultKind::OtherFormat)
}

fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xff, 0xfe, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] => Some(UTF_16BE),
        // Without a mark: every other byte of plain letters is zero.
        [first, 0, _, 0, ..] if *first != 0 => Some(UTF_16LE),
        [0, second, 0, _, ..] if *second != 0 => Some(UTF_16BE),
        _ => None,
    }
}
