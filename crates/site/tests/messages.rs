//! The mistakes that people make in the files of a site, and the messages about them: `docs/messages.md`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that stops has failed")]

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use putright_domain::date::Date;
use putright_site::{files::Site, lint};

const BROMLEY: &str = "councils/bromley.json";
const ADULT: &str = "content/en/adult.json";
const TODAY: &str = "2026-11-22";
const PAGE: &str = "docs/messages.md";

const INTRODUCTION: &str = "# Mistakes and messages

`putright check FOLDER` and `putright build FOLDER` read every file and report every mistake at once, each with the file, the line, the
column, the place as a JSON pointer, what is wrong and what to write. This table is made by a test that makes each mistake in a copy of the
files that ship and reads the message: `cargo test -p putright-site --test messages`, and with `UPDATE=1` it writes the table.

| the mistake | the message |
|---|---|
";

/// A change to the site.
enum Change {
    /// Puts a text in the place of another, at its first place in a file.
    Text(&'static str, &'static str, &'static str),
    /// Writes a file.
    Bytes(&'static str, fn(&str) -> Vec<u8>),
    /// Moves a file.
    Move(&'static str, &'static str),
    /// Names a folder that is not the site's.
    Folder(&'static str),
}

use Change::{Bytes, Folder, Move, Text};

/// Each mistake, and words that its message must have.
const MISTAKES: &[(&str, Change, &str)] = &[
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
    ("A Word file", Bytes(BROMLEY, |_| b"PK\x03\x04word/document.xml".to_vec()), "is a Word or zip file"),
    (
        "A web page in place of the file",
        Bytes(BROMLEY, |_| b"<!DOCTYPE html><title>Not found</title>".to_vec()),
        "is a web page",
    ),
    (
        "A key is missing",
        Text(BROMLEY, "  \"team\": \"Children’s social care complaints\",\n", ""),
        "at /team: is missing; write it, for example \"team\":",
    ),
    (
        "A key with a part of its own is missing",
        Text(BROMLEY, "\"safeguarding\"", "\"safe\""),
        "at /safeguarding: is missing; write it, for example \"safeguarding\": {",
    ),
    ("A key with a wrong name", Text(BROMLEY, "\"short_name\"", "\"shortname\""), "at /shortname: is not known here"),
    (
        "A value of another kind",
        Text(BROMLEY, "\"telephone\": [", "\"telephone\": 20, \"post\": ["),
        "at /contact/telephone: must be a list",
    ),
    (
        "A date of another form",
        Text(BROMLEY, "\"2026-11-21\"", "\"21 November 2026\""),
        "at /contact/checked: must be a date like",
    ),
    (
        "A date still to come",
        Text(BROMLEY, "\"2026-11-21\"", "\"2026-12-21\""),
        "at /contact/checked: is 2026-12-21, which is still to come",
    ),
    (
        "A year typed wrongly",
        Text(BROMLEY, "\"2027-05-21\"", "\"2127-05-21\""),
        "at /contact/review_by: is 2127-05-21, more than three years away",
    ),
    (
        "An id that is not the file's name",
        Text(BROMLEY, "\"id\": \"bromley\"", "\"id\": \"bexley\""),
        "at /id: is \"bexley\"",
    ),
    (
        "HTML in a name",
        Text(BROMLEY, "\"name\": \"London Borough", "\"name\": \"<b>London</b> Borough"),
        "at /name: has HTML, <b>",
    ),
    (
        "An example address left in",
        Text(
            BROMLEY,
            "\"https://www.bromley.gov.uk/complaints/complaints-childrens-services\"",
            "\"https://www.example.org/complaints\"",
        ),
        "has the example address www.example.org",
    ),
    (
        "An example number left in",
        Text(BROMLEY, "020 8461 7644", "01234 567890"),
        "at /contact/telephone/0/number: is 01234 567890, a number for examples",
    ),
    (
        "An address without https",
        Text(BROMLEY, "\"web\": \"https://www", "\"web\": \"www"),
        "at /contact/web: must begin with https://",
    ),
    (
        "Words in a telephone number",
        Text(BROMLEY, "020 8461 7644", "020 8461 7644 (office hours)"),
        "at /contact/telephone/0/number: must be a telephone number",
    ),
    ("A colour by its name", Text(BROMLEY, "#00592e", "blue"), "at /brand/colour: must be a colour like #1d4f91"),
    (
        "A colour that white text cannot be read on",
        Text(BROMLEY, "#00592e", "#ffdd00"),
        "at /brand/colour: is #ffdd00: with the white text in the header (#ffffff) it has a contrast of 1.34 to 1",
    ),
    (
        "A look with a colour that cannot be read",
        Text(BROMLEY, "  \"team\"", "  \"look\": { \"link_colour\": \"#8a8a8a\" },\n  \"team\""),
        "at /look/link_colour: is #8a8a8a: with",
    ),
    (
        "A look that names a file which is not there",
        Text(BROMLEY, "  \"team\"", "  \"look\": { \"favicon\": \"icon.svg\" },\n  \"team\""),
        "at /look/favicon: names a file that is not there: put it at",
    ),
    (
        "A council without a privacy notice",
        Text(BROMLEY, "  \"privacy\": {\n    \"unconfirmed\": true\n  },\n", ""),
        "at /privacy: is missing: by law",
    ),
    (
        "A privacy notice without https",
        Text(BROMLEY, "\"unconfirmed\": true", "\"link\": \"http://www.bromley.gov.uk\""),
        "at /privacy/link: must begin with https://",
    ),
    (
        "A link to no whole address in the words",
        Text(ADULT, "Then it goes only to the council.", "See [more](www.bromley.gov.uk)."),
        "at /words/footer_note: has a link to",
    ),
    (
        "“Exit this page” leads to a page about children",
        Text(BROMLEY, "  \"team\"", "  \"exit_to\": \"https://www.bromley.gov.uk/children-families\",\n  \"team\""),
        "at /exit_to: leads to a page",
    ),
    (
        "“Exit this page” leads to the council's own website",
        Text(BROMLEY, "  \"team\"", "  \"exit_to\": \"https://www.bromley.gov.uk/bins\",\n  \"team\""),
        "at /exit_to: leads to the council’s own website",
    ),
    (
        "A wrong name for a limit in a promise",
        Text(
            BROMLEY,
            "\"promises\": [",
            "\"promises\": [\n    { \"stage\": \"statutory_1\", \"words\": \"We answer in {limit:statutory.s1.reply} working days.\", \"source\": \"https://www.bromley.gov.uk/complaints/complaints-childrens-services\", \"checked\": \"2026-11-21\", \"review_by\": \"2027-05-21\" },",
        ),
        "at /promises/0/words: has {limit:statutory.s1.reply}",
    ),
    (
        "A wrong name for a limit in the guide",
        Text(ADULT, "{limit:statutory.s1.response}", "{limit:statutory.s1.reply}"),
        "has {limit:statutory.s1.reply}",
    ),
    (
        "A limit longer than the law's",
        Text(BROMLEY, "  \"team\"", "  \"limits\": { \"statutory.s1.response\": 15 },\n  \"team\""),
        "at /limits/statutory.s1.response: must be 1 or more",
    ),
    (
        "An address of delivery without encryption",
        Text(BROMLEY, "\"api/submissions\"", "\"http://www.bromley.gov.uk/send\""),
        "at /delivery/url: must begin with https://",
    ),
    ("A word that is missing", Text(ADULT, "  \"send\": ", "  \"sent\": "), "at /words/send: is missing"),
    ("A file in another folder", Move(BROMLEY, "content/bromley.json"), "move it to"),
    ("A file with another name", Move(BROMLEY, "councils/Bromley Council.json"), "cannot be read"),
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

/// The text in Windows-1252, as an editor saves it.
fn ansi(text: &str) -> Vec<u8> {
    encoding_rs::WINDOWS_1252.encode(text).0.into_owned()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A copy of the site that ships, with one council: the lines of the others would only be the same again.
fn site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("public");
    copy(&root().join("public"), &site);
    for other in ["kensington-and-chelsea", "westminster"] {
        fs::remove_file(site.join(format!("councils/{other}.json"))).unwrap();
    }
    let index = "{\n  \"schema_version\": 1,\n  \"default\": \"bromley\",\n  \"councils\": [\"bromley\"]\n}\n";
    fs::write(site.join("councils/index.json"), index).unwrap();
    folder
}

/// The lines that a check reports, with the paths of the site as they are in the project.
fn told(folder: &Path, named: &str) -> Vec<String> {
    let site = folder.join(named);
    let report = lint::check(&Site::new(&site), &site, Date::parse_iso(TODAY).unwrap());
    let faults = report.lines().into_iter().filter(|line| line.starts_with("error: ") || line.starts_with("warning: "));
    faults.map(|line| line.replace(&format!("{}/", folder.display()), "")).collect()
}

/// Makes a mistake and returns the lines that only then are reported.
fn lines_of(change: &Change, usual: &[String]) -> Vec<String> {
    let folder = site();
    let place = folder.path().join("public");
    let read = |file: &str| fs::read_to_string(place.join(file)).unwrap();
    let mut named = "public".to_owned();
    match change {
        Text(file, from, to) => {
            assert!(read(file).contains(from), "{file} has no {from}");
            fs::write(place.join(file), read(file).replacen(from, to, 1)).unwrap();
        }
        Bytes(file, change) => fs::write(place.join(file), change(&read(file))).unwrap(),
        Move(from, to) => fs::rename(place.join(from), place.join(to)).unwrap(),
        Folder(name) => named = format!("public/{name}"),
    }
    told(folder.path(), &named).into_iter().filter(|line| !usual.contains(line)).collect()
}

#[test]
fn each_mistake_has_its_message_and_the_table_in_the_docs_shows_it() {
    let usual = told(site().path(), "public");
    assert!(!usual.iter().any(|line| line.starts_with("error: ")), "{usual:#?}");
    let mut page = INTRODUCTION.to_owned();
    let mut wrong = Vec::new();
    for (mistake, change, wanted) in MISTAKES {
        let lines = lines_of(change, &usual);
        match lines.iter().find(|line| line.contains(wanted)) {
            Some(line) => {
                let line = line.replace('|', "\\|");
                writeln!(page, "| {mistake} | `{}` |", line.replace('`', "'")).unwrap();
            }
            None => wrong.push(format!("{mistake}: no {wanted:?} in {lines:#?}")),
        }
        if lines.len() > 3 {
            wrong.push(format!("{mistake}: too much follows: {lines:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let path = root().join(PAGE);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &page).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), page, "write {PAGE} again: UPDATE=1");
}

#[test]
fn mistakes_of_several_files_are_told_in_one_go() {
    let folder = site();
    let place = folder.path().join("public");
    let change = |file: &str, from: &str, to: &str| {
        let text = fs::read_to_string(place.join(file)).unwrap();
        assert!(text.contains(from), "{file} has no {from}");
        fs::write(place.join(file), text.replacen(from, to, 1)).unwrap();
    };
    // A mistake of the text, and in the same file one of the meaning.
    change(BROMLEY, "\"Bromley\",", "\"Bromley\"");
    change(BROMLEY, "#00592e", "blue");
    change("flows/8-11.json", "\"start\": \"want\"", "\"start\": \"went\"");
    change("content/en/8-11.json", "\"back\"", "\"bock\"");
    change("content/en/plain.json", "\"link\"", "\"lynk\"");
    change("content/en/accessibility.json", "\"title\"", "\"totle\"");
    change("signposts.json", "\"NSPCC\"", "\"NSPC\"");
    change("bank-holidays.json", "\"title\"", "\"titel\"");
    change("danger/en.json", "\"harmless\"", "\"harmles\"");
    let lines = told(folder.path(), "public");
    for wanted in [
        "councils/bromley.json:5:26: has no comma",
        "at /brand/colour: must be a colour",
        "flows/8-11.json:4:2 at /start",
        "at /words/back: is missing",
        "at /words/bock: \"bock\" is not known",
        "plain.json:1:1 at /link: is missing",
        "at /lynk: is not known here",
        "accessibility.json:1:1 at /title: is missing",
        "at /signposts/NSPCC: is missing",
        "at /signposts/NSPC: \"NSPC\" is not known",
        "/title: is missing; write it, for example \"title\": ",
        "at /harmless: is missing",
    ] {
        assert!(lines.iter().any(|line| line.contains(wanted)), "{wanted}: {lines:#?}");
    }
}
