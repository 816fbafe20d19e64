//! The walls between the modules of `crates/domain` and of `crates/app`, which the compiler does not hold. The walls
//! between crates need no test.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that stops has failed")]

use std::{
    fs,
    path::{Path, PathBuf},
};

fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut open = vec![Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join("crates").join(folder)];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            let text = fs::read_to_string(&path).unwrap();
            found.push((path, text));
        }
    }
    assert!(!found.is_empty(), "nothing in {folder}");
    found
}

/// No source of a folder names any of these, comments aside.
fn knows_nothing_of(folder: &str, names: &[&str]) {
    for (path, text) in sources(folder) {
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            let name = names.iter().find(|name| line.contains(**name));
            assert!(name.is_none(), "{}: knows {name:?}: {line}", path.display());
        }
    }
}

#[test]
fn asking_knows_neither_telling_nor_sending() {
    knows_nothing_of("domain/src/form", &["guidance", "submission", "council::"]);
}

#[test]
fn telling_knows_neither_sending_nor_a_council_s_file() {
    knows_nothing_of("domain/src/guidance", &["submission", "council::"]);
}

#[test]
fn view_models_read_the_model_and_make_no_effect() {
    knows_nothing_of("app/src/view_model", &["&mut Model", "effect::Effect", "effect::{Effect", "update("]);
}

#[test]
fn no_file_of_tests_is_left_out_of_the_program() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join("tests/rules");
    let program = fs::read_to_string(folder.join("main.rs")).unwrap();
    for entry in fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned();
        assert!(name == "main" || program.contains(&["\nmod ", &name, ";\n"].concat()), "main.rs does not name {name}");
    }
}
