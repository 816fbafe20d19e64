//! The files that ship, copied to be changed.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;
use tempfile::TempDir;

pub const BROMLEY: &str = "councils/bromley.json";

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A copy of the files that ship.
pub struct Place(TempDir);

impl Place {
    pub fn new() -> Self {
        let place = Self(TempDir::new().unwrap());
        copy(&root().join("public"), place.folder());
        place
    }

    /// Creates a place where Bromley has another delivery.
    pub fn with(delivery: &Value) -> Self {
        let place = Self::new();
        place.deliver(delivery);
        place
    }

    pub fn deliver(&self, delivery: &Value) {
        self.change(BROMLEY, |council| council["delivery"] = delivery.clone());
    }

    /// Changes a file of JSON.
    pub fn change(&self, file: &str, change: impl FnOnce(&mut Value)) {
        let path = self.folder().join(file);
        let mut value: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        change(&mut value);
        fs::write(path, value.to_string()).unwrap();
    }

    pub fn folder(&self) -> &Path {
        self.0.path()
    }

    pub fn check(&self, more: &[&str]) -> Output {
        putright(&[&["check", self.folder().to_str().unwrap(), "--today", "2026-12-01"], more].concat())
    }

    /// Returns the lines that `putright check` prints about Bromley's delivery.
    pub fn told(&self) -> Vec<String> {
        let output = self.check(&[]);
        let text = String::from_utf8(output.stdout).unwrap();
        let lines: Vec<String> =
            text.lines().filter(|line| line.contains("bromley.json at /delivery")).map(str::to_owned).collect();
        let wrong = lines.iter().any(|line| line.starts_with("error: "));
        assert_eq!(output.status.code(), Some(i32::from(wrong)), "{text}");
        lines
    }
}

/// Runs the command line. The lines and columns of a check are left out of what it prints: `crates/site/tests/messages.rs` has them.
pub fn putright(arguments: &[&str]) -> Output {
    let mut output = Command::new(env!("CARGO_BIN_EXE_putright")).args(arguments).output().unwrap();
    if arguments.first() == Some(&"check") && arguments.iter().all(|argument| *argument != "--show-request") {
        output.stdout = without_positions(&String::from_utf8(output.stdout).unwrap()).into();
    }
    output
}

/// Lines of `file:line:column at pointer: problem`, as `file at pointer: problem`.
fn without_positions(text: &str) -> String {
    let line = |line: &str| {
        let (before, after) = line.split_once(".json:")?;
        let (position, rest) = after.split_once(' ')?;
        let position = position.trim_end_matches(':').split(':').map(str::parse::<u32>).collect::<Vec<_>>();
        let is_one = position.len() == 2 && position.iter().all(Result::is_ok);
        let colon = if rest.starts_with("at /") { "" } else { ":" };
        is_one.then(|| format!("{before}.json{colon} {rest}"))
    };
    text.lines().map(|one| line(one).unwrap_or_else(|| one.to_owned()) + "\n").collect()
}

/// Copies a folder.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
