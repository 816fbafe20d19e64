//! The mistakes that people make in the files of a site, and the messages about them: `docs/messages.md`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that stops has failed")]

mod change;
mod of_files;
mod of_text;
mod of_values;

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use putright_domain::date::Date;
use putright_site::{files::Site, lint};

use change::{
    BROMLEY,
    Change::{self, Bytes, Folder, Logo, Move, Text},
};

const TODAY: &str = "2026-12-01";
const PAGE: &str = "docs/messages.md";

const INTRODUCTION: &str = "# Mistakes and messages

`putright check FOLDER` and `putright build FOLDER` read every file and report every mistake at once, each with the file, the line, the
column, the place as a JSON pointer, what is wrong and what to write. This table is made by a test that makes each mistake in a copy of the
files that ship and reads the message: `cargo test -p putright-site --test messages`, and with `UPDATE=1` it writes the table.

| the mistake | the message |
|---|---|
";

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
        Logo(file, content) => {
            let look = "\"look\": { \"logo\": { \"file\": \"logo.svg\", \"alt\": \"Bromley\" } },\n  \"team\"";
            fs::write(place.join(BROMLEY), read(BROMLEY).replacen("\"team\"", look, 1)).unwrap();
            fs::create_dir_all(place.join("looks/bromley")).unwrap();
            fs::write(place.join("looks/bromley").join(file), content).unwrap();
        }
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
    for (mistake, change, wanted) in of_text::MISTAKES.iter().chain(of_values::MISTAKES).chain(of_files::MISTAKES) {
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
        "at /words/bock: \"bock\" is not known; write \"back\"",
        "plain.json:5:3 at /lynk: is not known here; write \"link\"",
        "accessibility.json:5:3 at /totle: is not known here; write \"title\"",
        "at /signposts/NSPC: \"NSPC\" is not known; write \"NSPCC\"",
        "/title: is missing; write it, for example \"title\": ",
        "at /harmles: is not known here; write \"harmless\"",
    ] {
        assert!(lines.iter().any(|line| line.contains(wanted)), "{wanted}: {lines:#?}");
    }
    // A key that stands there under a wrong name is told once.
    assert!(!lines.iter().any(|line| line.contains("at /words/back: is missing")), "{lines:#?}");
}
