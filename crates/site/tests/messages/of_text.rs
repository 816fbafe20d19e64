//! Mistakes in the text of a file: marks, quotation marks, brackets, and how an editor saved it.

use crate::change::{
    BROMLEY,
    Change::{Bytes, Text},
    Mistake,
};

/// Each mistake, and words that its message must have.
pub const MISTAKES: &[Mistake] = &[
    (
        "A comma is missing",
        Text(BROMLEY, "\"Bromley\",", "\"Bromley\""),
        ":5:26: has no comma after this value; write , here",
    ),
    ("A comma after the last value", Text(BROMLEY, "\"#00592e\"", "\"#00592e\","), "delete this comma"),
    ("Two commas", Text(BROMLEY, "\"Bromley\",", "\"Bromley\",,"), ":5:27: has a comma with no value"),
    (
        "The quotation mark after a text is missing",
        Text(BROMLEY, "\"Bromley\",", "\"Bromley,"),
        ":5:17: has no quotation mark after Bromley",
    ),
    (
        "The quotation mark before a text is missing",
        Text(BROMLEY, "\"Bromley\",", "Bromley\","),
        ":5:17: has no quotation mark before Bromley",
    ),
    (
        "The quotation mark after a name is missing",
        Text(BROMLEY, "\"team\":", "\"team:"),
        ":6:3: has no quotation mark after team",
    ),
    ("A colon is missing", Text(BROMLEY, "\"team\":", "\"team\""), ":6:9: has no colon after \"team\""),
    ("A quotation mark within text", Text(BROMLEY, "Civic Centre", "Civic \"Centre\" House"), "write \\\" there"),
    ("A new line within text", Text(BROMLEY, "Civic Centre", "Civic\nCentre"), "write the text in one line"),
    ("Curly quotation marks", Text(BROMLEY, "\"Bromley\"", "“Bromley”"), ":5:17: has a curly quotation mark"),
    ("Single quotation marks", Text(BROMLEY, "\"Bromley\"", "'Bromley'"), "single quotation mark"),
    ("A comment", Text(BROMLEY, "  \"team\"", "  // who answers\n  \"team\""), ":6:3: has a comment"),
    ("A comment of HTML", Text(BROMLEY, "  \"team\"", "  <!-- who answers -->\n  \"team\""), ":6:3: has a comment"),
    (
        "The marks of two versions",
        Text(
            BROMLEY,
            "  \"short_name\": \"Bromley\",\n",
            "<<<<<<< HEAD\n  \"short_name\": \"Bromley\",\n=======\n  \"short_name\": \"LB Bromley\",\n>>>>>>> theirs\n",
        ),
        ":5:1: has the marks of two versions",
    ),
    ("A tab within text", Text(BROMLEY, "Civic Centre", "Civic\tCentre"), "has a tab or control character within text"),
    (
        "Quotation marks as Word sets them",
        Bytes(BROMLEY, |text| text.replace('"', "”").into()),
        ":2:3: has a curly quotation mark",
    ),
    (
        "Lines that end as on old computers",
        Bytes(BROMLEY, |text| text.replacen("\"Bromley\",", "\"Bromley\"", 1).replace('\n', "\r").into()),
        ":5:26: has no comma after this value",
    ),
    (
        "No bracket at the beginning",
        Bytes(BROMLEY, |text| text.trim().trim_matches(['{', '}']).into()),
        "has no { at its beginning",
    ),
    ("A list in place of the whole", Bytes(BROMLEY, |text| format!("[{text}]").into()), "the whole file begins with {"),
    ("A non-breaking space", Text(BROMLEY, "\"team\": ", "\"team\":\u{a0}"), "non-breaking or invisible space"),
    (
        "True in place of true",
        Text(BROMLEY, "\"team\"", "\"contact_unconfirmed\": True,\n  \"team\""),
        "write true, in small letters",
    ),
    ("A number without quotation marks", Text(BROMLEY, "\"020 8461 7644\"", "020 8461 7644"), "\"020 8461 7644\""),
    ("A bracket is missing", Text(BROMLEY, "\"BR1 3UH\"\n    ]", "\"BR1 3UH\"\n    "), "has no ] for the ["),
    ("The end of the file is missing", Bytes(BROMLEY, |text| text[..400].into()), "has no"),
    ("A bracket too many", Bytes(BROMLEY, |text| [text, "}"].concat().into()), "more text after the end"),
    (
        "A key stands twice",
        Text(BROMLEY, "  \"team\"", "  \"short_name\": \"Bromley\",\n  \"team\""),
        ":6:3: has \"short_name\" twice, first in line 5",
    ),
    ("An empty file", Bytes(BROMLEY, |_| Vec::new()), "is empty"),
    ("Saved with a byte order mark", Bytes(BROMLEY, |text| ["\u{feff}", text].concat().into()), "byte order mark"),
    (
        "Saved as UTF-16",
        Bytes(BROMLEY, |text| {
            "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
        }),
        "is saved as UTF-16",
    ),
    ("Saved as ANSI", Bytes(BROMLEY, ansi), ":6:20: has a letter that is not UTF-8"),
    (
        "Saved as UTF-32",
        Bytes(BROMLEY, |text| {
            ["\u{feff}", text].concat().chars().flat_map(|one| u32::from(one).to_le_bytes()).collect()
        }),
        "is saved as UTF-32",
    ),
    (
        "A file of many megabytes",
        Bytes(BROMLEY, |text| [text, &" ".repeat(5_000_000)].concat().into()),
        "is longer than 4 MB",
    ),
    ("A Word file", Bytes(BROMLEY, |_| b"PK\x03\x04word/document.xml".to_vec()), "is a Word or zip file"),
    (
        "A web page in place of the file",
        Bytes(BROMLEY, |_| b"<!DOCTYPE html><title>Not found</title>".to_vec()),
        "is a web page",
    ),
];

/// The text in Windows-1252, as an editor saves it.
fn ansi(text: &str) -> Vec<u8> {
    encoding_rs::WINDOWS_1252.encode(text).0.into_owned()
}
