//! A council's own folder over a product, as an officer has them.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Output,
};

use serde_json::Value;
use tempfile::TempDir;

use crate::{
    place::{Place, copy, putright},
    site::Site,
};

/// The answers of a council, as options of `putright init`.
pub const GIVEN: [&str; 16] = [
    "--name",
    "Anytown Borough Council",
    "--short-name",
    "Anytown",
    "--telephone",
    "0115 000 0100",
    "--source",
    "https://www.anytown.gov.uk/complaints",
    "--safeguarding",
    "0115 000 0200",
    "--safeguarding-source",
    "https://www.anytown.gov.uk/safeguarding",
    "--privacy",
    "https://www.anytown.gov.uk/privacy",
    "--endpoint",
    "https://forms.anytown.gov.uk/complaints",
];

/// A folder with `site`, `product` and, once it is built, `www`.
pub struct Council(TempDir);

impl Council {
    /// Makes a council with everything filled in, over the files that ship with an app as a release has it.
    pub fn new() -> Self {
        let council = Self::without_site();
        let output = council.init(&GIVEN);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        council
    }

    pub fn without_site() -> Self {
        let council = Self(tempfile::tempdir().unwrap());
        copy(Site::of(Place::new()).place().folder(), &council.product());
        council
    }

    pub fn init(&self, more: &[&str]) -> Output {
        putright(&[&["init", text(&self.site()), "--council", "anytown"], more].concat())
    }

    pub fn folder(&self) -> &Path {
        self.0.path()
    }

    pub fn site(&self) -> PathBuf {
        self.0.path().join("site")
    }

    pub fn product(&self) -> PathBuf {
        self.0.path().join("product")
    }

    pub fn www(&self) -> PathBuf {
        self.0.path().join("www")
    }

    /// Writes a file of the council's.
    pub fn write(&self, file: &str, content: &Value) {
        let path = self.site().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, format!("{content:#}\n")).unwrap();
    }

    /// Changes a file of JSON in one of the folders.
    pub fn change(path: &Path, change: impl FnOnce(&mut Value)) {
        let mut value: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        change(&mut value);
        fs::write(path, format!("{value:#}\n")).unwrap();
    }

    pub fn try_build(&self, more: &[&str]) -> Output {
        let (site, product, www) = (self.site(), self.product(), self.www());
        putright(&[&["build", text(&site), "--over", text(&product), "--out", text(&www)], more].concat())
    }

    pub fn build(&self, more: &[&str]) -> String {
        let output = self.try_build(more);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Returns the exit code of `putright check`, and what it prints.
    pub fn check(&self, more: &[&str]) -> (i32, String) {
        let (site, product) = (self.site(), self.product());
        let output = putright(&[&["check", text(&site), "--over", text(&product)], more].concat());
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    }

    pub fn read(&self, file: &str) -> String {
        fs::read_to_string(self.www().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
    }
}

pub fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// The line that begins so and has all of these parts.
pub fn line<'a>(told: &'a str, start: &str, parts: &[&str]) -> &'a str {
    let found = told.lines().find(|line| line.starts_with(start) && parts.iter().all(|part| line.contains(part)));
    found.unwrap_or_else(|| panic!("no line {start}… with {parts:?} in:\n{told}"))
}

/// Every file of a folder and its content.
pub fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(contents(&path));
        } else {
            found.push((path.clone(), fs::read(&path).unwrap()));
        }
    }
    found.sort();
    found
}
