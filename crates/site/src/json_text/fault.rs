//! The mistakes in the text of a file, and what to write instead.

use super::{Lines, MOST_BYTES};

/// The most objects and lists within each other.
pub const DEEPEST: usize = 100;

/// The mark before the first of two versions.
pub const CONFLICT: &str = "<<<<<<<";

/// A mistake and its place, as a byte of the text.
#[derive(Debug)]
pub struct Fault {
    pub at: usize,
    pub kind: FaultKind,
}

/// A kind of mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    TooLong,
    Empty,
    OtherFormat(&'static str),
    Utf16,
    Utf32,
    ByteOrderMark,
    Ansi,
    CurlyQuote,
    SingleQuote,
    Space,
    Comment,
    TrailingComma,
    CommaTooMany,
    MissingComma,
    MissingColon(String),
    MissingValue(String),
    OpeningQuote(String),
    ClosingQuote(String),
    InnerQuote,
    LineBreak,
    ControlCharacter,
    Escape(char),
    Literal(&'static str),
    Number(String),
    /// A key that stands twice: the first time at this byte.
    Duplicate(String, usize),
    /// A bracket opened at this byte, that is closed by another kind, or by none.
    Unclosed(char, usize),
    TooDeep,
    /// The text ends where a value must stand.
    Cut,
    AfterEnd,
    /// The first line is a member, and no object is opened.
    NoBrace,
    /// The marks that a program for versions leaves where two people changed the same lines.
    Conflict,
    Unexpected(char),
}

/// How an editor saves a file as UTF-8.
const SAVE: &str = "in your editor choose Save as, and the encoding “UTF-8”";

impl FaultKind {
    /// Returns whether it is reported once for a whole file.
    pub fn repeats(&self) -> bool {
        matches!(self, Self::CurlyQuote | Self::SingleQuote | Self::Space | Self::Comment | Self::ControlCharacter)
    }

    /// The problem, and what to write instead.
    pub(super) fn problem(&self, lines: &Lines) -> String {
        let line = |at: usize| lines.position(at).line;
        match self {
            Self::TooLong => format!("is longer than {} MB; keep only what the file is for", MOST_BYTES >> 20),
            Self::Empty => "is empty; put the file of the release in its place, or take it from your last copy".into(),
            Self::OtherFormat(name) => {
                format!("is {name}, not JSON; save it as plain text from an editor such as Notepad")
            }
            Self::Utf16 => format!("is saved as UTF-16 (“Unicode”); {SAVE}"),
            Self::Utf32 => format!("is saved as UTF-32; {SAVE}"),
            Self::ByteOrderMark => format!("begins with a byte order mark (BOM); {SAVE}, not “UTF-8 with BOM”"),
            Self::Ansi => format!("has a letter that is not UTF-8: the file is saved as ANSI (Windows-1252); {SAVE}"),
            Self::CurlyQuote => "has a curly quotation mark, “ or ”, where JSON needs a straight one; write \"".into(),
            Self::SingleQuote => "has a single quotation mark around text; write \"".into(),
            Self::Space => "has a non-breaking or invisible space between values; delete it, and type a space".into(),
            Self::Comment => "has a comment, and JSON has none; delete it".into(),
            Self::TrailingComma => "has a comma after the last value; delete this comma".into(),
            Self::CommaTooMany => "has a comma with no value before it; delete this comma".into(),
            Self::MissingComma => "has no comma after this value; write , here".into(),
            Self::MissingColon(key) => format!("has no colon after \"{key}\"; write \"{key}\": and then its value"),
            Self::MissingValue(key) => format!("has no value for \"{key}\"; write one, as in \"{key}\": \"…\""),
            Self::OpeningQuote(text) => format!("has no quotation mark before {text}; write \"{text}\""),
            Self::ClosingQuote(text) => format!("has no quotation mark after {text}; write \"{text}\""),
            Self::InnerQuote => "has a quotation mark within text; write \\\" there, or “ and ”".into(),
            Self::LineBreak => "has a new line within text; write the text in one line, with \\n for a new line".into(),
            Self::ControlCharacter => "has a tab or control character within text; delete it, or write a space".into(),
            Self::Escape(character) => {
                format!("has \\{character}, which means nothing in JSON; write \\\\ for a backslash")
            }
            Self::Literal(word) => format!("has a word that JSON does not know; write {word}, in small letters"),
            Self::Number(text) => format!(
                "has {text}, which is no number of JSON; write a number such as 10, or for a telephone number text: \"{text}\""
            ),
            Self::Duplicate(key, first) => {
                format!("has \"{key}\" twice, first in line {}; keep one of them and delete the other", line(*first))
            }
            Self::Unclosed(open, at) => {
                let close = if *open == '{' { '}' } else { ']' };
                format!("has no {close} for the {open} of line {}; write {close} here", line(*at))
            }
            Self::TooDeep => format!("is nested more than {DEEPEST} deep; delete brackets that are too many"),
            Self::Cut => "ends before it is complete; put the rest of the file back, from your last copy".into(),
            Self::AfterEnd => {
                "has more text after the end of the file’s { }; delete it, or the bracket before it that is too many"
                    .into()
            }
            Self::NoBrace => "has no { at its beginning; write { before the first name, and } at the end".into(),
            Self::Conflict => {
                "has the marks of two versions of these lines, <<<<<<<, ======= and >>>>>>>; keep one version, and delete the other and \
                 the marks"
                    .into()
            }
            Self::Unexpected(character) => {
                format!("has {character} where a value or a name in \" \" must stand; delete it, or write the value")
            }
        }
    }
}
