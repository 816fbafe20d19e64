//! Mistakes in the names and the places of files.

use crate::change::{
    BROMLEY,
    Change::{Bytes, Folder, Move, Text},
    Mistake,
};

/// Each mistake, and words that its message must have.
pub const MISTAKES: &[Mistake] = &[
    ("A file in another folder", Move(BROMLEY, "content/bromley.json"), "move it to"),
    ("A file with another name", Move(BROMLEY, "councils/Bromley Council.json"), "is not there"),
    (
        "A file's name with a capital letter",
        Move(BROMLEY, "councils/Bromley.json"),
        "there is public/councils/Bromley.json",
    ),
    (
        "A file's name with .txt behind it",
        Move(BROMLEY, "councils/bromley.json.txt"),
        "there is public/councils/bromley.json.txt",
    ),
    ("No list of councils", Move("councils/index.json", "other.json"), "is not there; write it: {"),
    (
        "A council that stands twice in the list",
        Text("councils/index.json", "[\"bromley\"]", "[\"bromley\", \"bromley\"]"),
        "at /councils/1: has bromley twice",
    ),
    ("An empty list of councils", Text("councils/index.json", "[\"bromley\"]", "[]"), "at /councils: is empty"),
    (
        "A default that is not in the list",
        Text("councils/index.json", "\"default\": \"bromley\"", "\"default\": \"bexley\""),
        "at /default: is \"bexley\"",
    ),
    (
        "A council that the index does not list",
        Bytes("councils/index.json", |text| text.replace("\"bromley\"", "\"other\"").into()),
        "has no page: add \"bromley\"",
    ),
    ("A folder that is no site", Folder("pictures"), "is no folder of a site"),
    (
        "A comma is missing in a file of questions",
        Text("flows/8-11.json", "\"want\",", "\"want\""),
        "flows/8-11.json:4:17: has no comma",
    ),
];
