//! A site to check, with a delivery of the test's own; and the blocks of the page of documentation.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use putright::domain::{
    data::{DataError, Document},
    delivery::config::DeliveryConfig,
};
use serde_json::Value;
use tempfile::TempDir;

pub const BROMLEY: &str = "councils/bromley.json";

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A copy of the files that ship, where Bromley's delivery is another.
pub struct Place(pub TempDir);

impl Place {
    pub fn with(delivery: &Value) -> Self {
        let place = Self(TempDir::new().unwrap());
        copy(&root().join("public"), place.folder());
        place.deliver(delivery);
        place
    }

    pub fn deliver(&self, delivery: &Value) {
        let path = self.folder().join(BROMLEY);
        let mut council: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        council["delivery"] = delivery.clone();
        fs::write(path, council.to_string()).unwrap();
    }

    pub fn folder(&self) -> &Path {
        self.0.path()
    }

    pub fn check(&self, more: &[&str]) -> Output {
        putright(&[&["check", self.folder().to_str().unwrap(), "--today", "2026-11-22"], more].concat())
    }

    /// What is told of Bromley's delivery, a line each.
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

pub fn putright(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_putright")).args(arguments).output().unwrap()
}

fn copy(from: &Path, to: &Path) {
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

/// As the app reads it.
pub fn read(delivery: &Value) -> Result<DeliveryConfig, DataError> {
    let text = serde_json::json!({ "delivery": delivery }).to_string();
    let document = Document::parse("page", &text).unwrap();
    let read = DeliveryConfig::read(document.root().member("delivery"));
    document.finish(read)
}

pub fn page() -> String {
    fs::read_to_string(root().join("docs/delivery.md")).unwrap()
}

/// Every block of JSON on the page of documentation, with the heading that it stands under.
pub fn blocks() -> Vec<(String, Value)> {
    let page = page();
    let (mut heading, mut open, mut found) = (String::new(), None::<String>, Vec::new());
    for line in page.lines() {
        match &mut open {
            Some(text) if line == "```" => {
                let block = serde_json::from_str(text).unwrap_or_else(|error| panic!("under {heading}: {error}"));
                found.push((heading.clone(), block));
                open = None;
            }
            Some(text) => {
                text.push_str(line);
                text.push('\n');
            }
            None if line == "```json" => open = Some(String::new()),
            None if line.starts_with('#') => line.trim_start_matches(['#', ' ']).clone_into(&mut heading),
            None => {}
        }
    }
    found
}

/// The smallest block of each preset.
pub fn smallest() -> Vec<(String, Value)> {
    let named = |(heading, block): (String, Value)| {
        let name = heading.strip_prefix('`')?.split_once('`')?.0.to_owned();
        Some((name, block))
    };
    blocks().into_iter().filter_map(named).collect()
}
