//! The photos and files that go with a submission: what a council takes, what a file is, and what it is called.
//!
//! The type of a file is decided by its first bytes, never by its name or the browser's word alone. A cleaned name is
//! safe as a file name anywhere, and still the person's own. No `Debug` prints a name.

use std::fmt;

use crate::delivery::{
    file_rules::{FileRules, FileType, Proof},
    response::{Response, count_at},
};
use crate::{id_enum::id_enum, json};

id_enum! {
    /// Why a file was not added.
    FileFault {
        TooMany = "too_many", TooLarge = "too_large", AllTooLarge = "all_too_large", WrongType = "wrong_type",
        Unreadable = "unreadable", Empty = "empty",
    }
}

/// The most characters of a name.
const NAME_MAX: usize = 80;

impl FileRules {
    /// How many of the files sent have arrived, where an answer that is a success proves it.
    pub fn arrived(&self, answer: &Response, sent: usize) -> Option<usize> {
        let Proof::Count(pointer) = &self.proof else { return (self.proof == Proof::Success).then_some(sent) };
        let json = json::parse(&answer.body).ok()?;
        count_at(&json, pointer)
    }

    /// Returns the format of a file. A photo's length is checked only after the photo has been made smaller.
    ///
    /// # Errors
    /// Returns an error with the reason if the file cannot be added.
    #[inline(never)]
    pub fn accept(&self, file: &PickedFile) -> Result<&'static FileFormat, FileFault> {
        if file.bytes == 0 {
            return Err(FileFault::Empty);
        }
        if file.head.is_empty() {
            return Err(FileFault::Unreadable);
        }
        match FileFormat::of(&file.name, &file.head, file.head.len() >= file.bytes as usize) {
            Some(format) if !self.types.contains(format.kind) => Err(FileFault::WrongType),
            Some(format) if format.kind != FileType::Photo && file.bytes > self.each_bytes => Err(FileFault::TooLarge),
            Some(format) => Ok(format),
            None => Err(FileFault::WrongType),
        }
    }

    /// Why a file cannot go with those before it; `None` where it can.
    pub fn fault(&self, before: &[Attachment], file: &Attachment) -> Option<FileFault> {
        let all = before.iter().fold(file.bytes, |sum, file| sum.saturating_add(file.bytes));
        let kind = FORMATS.iter().find(|format| format.media_type == file.media_type).map(|format| format.kind);
        match kind {
            Some(kind) if !self.types.contains(kind) => Some(FileFault::WrongType),
            _ if before.len() >= self.most as usize => Some(FileFault::TooMany),
            _ if file.bytes > self.each_bytes => Some(FileFault::TooLarge),
            _ if all > self.all_bytes => Some(FileFault::AllTooLarge),
            _ => None,
        }
    }
}

/// A file that somebody has picked, as the browser finds it.
#[derive(Clone, PartialEq, Eq)]
pub struct PickedFile {
    /// The number under which the browser holds it.
    pub id: u32,
    /// The file's name.
    pub name: String,
    /// How long it is.
    pub bytes: u32,
    /// How it begins, of a text all of it; empty where that could not be read.
    pub head: Vec<u8>,
}

impl fmt::Debug for PickedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PickedFile").field("id", &self.id).finish_non_exhaustive()
    }
}

/// A file as it has been accepted. What is in it stays in the browser, under its number.
#[derive(Clone, PartialEq, Eq)]
pub struct Attachment {
    /// The number under which the browser holds it.
    pub id: u32,
    /// Its name, cleaned.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// How long it is.
    pub bytes: u32,
}

impl fmt::Debug for Attachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attachment").field("id", &self.id).field("bytes", &self.bytes).finish_non_exhaustive()
    }
}

/// A format, as it is sent.
#[derive(Debug, PartialEq, Eq)]
pub struct FileFormat {
    /// Its kind.
    pub kind: FileType,
    /// Its media type.
    pub media_type: &'static str,
    /// The ending of the file's name.
    pub extension: &'static str,
}

const fn format(kind: FileType, media_type: &'static str, extension: &'static str) -> FileFormat {
    FileFormat { kind, media_type, extension }
}

/// Every format that can be sent. A photo of any kind becomes the first.
const FORMATS: [FileFormat; 6] = [
    format(FileType::Photo, "image/jpeg", "jpg"),
    format(FileType::Pdf, "application/pdf", "pdf"),
    format(FileType::Word, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    format(FileType::Word, "application/vnd.oasis.opendocument.text", "odt"),
    format(FileType::Word, "application/msword", "doc"),
    format(FileType::Text, "text/plain", "txt"),
];

impl FileFormat {
    /// The format that a file has by how it begins and, where several begin alike, by its name. `whole`: that is all of it.
    pub fn of(name: &str, head: &[u8], whole: bool) -> Option<&'static Self> {
        let named = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
        let begins = |with: &[u8]| head.starts_with(with);
        let extension = match named.as_str() {
            _ if is_photo(head) => "jpg",
            _ if is_pdf(head) => "pdf",
            "docx" | "odt" if begins(b"PK\x03\x04") => &named,
            "doc" if begins(b"\xD0\xCF\x11\xE0") => &named,
            "txt" if is_text(head, whole) => &named,
            _ => return None,
        };
        FORMATS.iter().find(|format| format.extension == extension)
    }
}

/// Returns whether a file is a picture that browsers can draw, or may be able to. A film begins like a photo of a newer
/// kind, so the brand that follows decides.
fn is_photo(head: &[u8]) -> bool {
    let at = |from: usize, what: &[u8]| head.get(from..).is_some_and(|rest| rest.starts_with(what));
    let brands: [&[u8]; 10] =
        [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"];
    at(0, b"\xFF\xD8\xFF")
        || at(0, b"\x89PNG\r\n\x1A\n")
        || at(0, b"GIF8")
        || (at(0, b"RIFF") && at(8, b"WEBP"))
        || (at(4, b"ftyp") && brands.iter().any(|brand| at(8, brand)))
}

/// Returns whether a file is plain text: UTF-8 without the character U+0000. The last character may be cut if `content`
/// is not the whole file.
pub fn is_text(content: &[u8], whole: bool) -> bool {
    let is_utf8 = std::str::from_utf8(content).map_or_else(|fault| !whole && fault.error_len().is_none(), |_| true);
    is_utf8 && !content.contains(&0)
}

/// Returns whether a file begins like a PDF. Some programs put a byte order mark before the PDF, and readers open such
/// files.
pub fn is_pdf(head: &[u8]) -> bool {
    head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).starts_with(b"%PDF")
}

/// A file's name as it is sent: letters, digits, spaces, `-` and `_`, then one dot and the ending of its type.
pub fn clean_name(name: &str, media_type: &str) -> String {
    let extension = FORMATS.iter().find(|format| format.media_type == media_type).map_or("bin", |one| one.extension);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let stem = tidy(stem, NAME_MAX - extension.len() - 1, '-');
    let stem = stem.trim_matches(['-', '_', ' ']);
    [if stem.is_empty() { "file" } else { stem }, ".", extension].concat()
}

/// A file's name as it is shown: nothing in it can turn the words around it.
pub fn tidy_name(name: &str) -> String {
    tidy(name, NAME_MAX, '.')
}

#[inline(never)]
fn tidy(text: &str, most: usize, dot: char) -> String {
    let mut tidied = String::new();
    let mut length = 0;
    let mut last = ' ';
    for character in text.chars() {
        let kept = match character {
            '.' => dot,
            '/' | '\\' | ':' => '-',
            '-' | '_' => character,
            _ if is_letter(character) => character,
            _ if character.is_whitespace() && last != ' ' => ' ',
            _ => continue,
        };
        if length < most {
            tidied.push(kept);
            last = kept;
            length += 1;
        }
    }
    tidied
}

/// Returns whether a character is a letter, a digit or a mark on either, in any script. Punctuation, signs, pictures,
/// and characters that turn or hide text are not letters. The ranges are Unicode blocks, because a table of each
/// character would be a hundredth of the download.
pub fn is_letter(character: char) -> bool {
    match character {
        '\u{D7}'
        | '\u{F7}'
        | '\u{34F}'
        | '\u{61C}'
        | '\u{70F}'
        | '\u{115F}'
        | '\u{1160}'
        | '\u{1680}'
        | '\u{17B4}'
        | '\u{17B5}'
        | '\u{180B}'..='\u{180F}'
        | '\u{3164}' => false,
        'a'..='z'
        | 'A'..='Z'
        | '0'..='9'
        | '\u{C0}'..='\u{1FFF}'
        | '\u{2C00}'..='\u{2DFF}'
        | '\u{3040}'..='\u{D7FF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FB1D}'..='\u{FDCF}'
        | '\u{20000}'..='\u{323AF}' => true,
        _ => false,
    }
}
