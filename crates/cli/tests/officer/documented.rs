//! Guides that are run: each command of a document in its order, and what it prints held against the document.
//!
//! `UPDATE=1` writes what the commands print into the document. A comment before a block of JSON says what a reader does with it.

use std::{
    fs,
    io::{BufRead, BufReader},
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

use crate::{
    council::Council,
    daemon::{free_port, program},
    place::root,
};

/// The ports that the documents name. Others take their place while they are run.
const PORTS: [&str; 2] = ["8080", "9000"];

/// A document that is run in a folder.
pub struct Guide {
    name: &'static str,
    folder: PathBuf,
    ports: [String; 2],
    background: Vec<Child>,
    /// The programs that there are beside those in the folder; all of this machine's without it.
    programs: Option<TempDir>,
}

impl Guide {
    pub fn new(name: &'static str, folder: &Path) -> Self {
        let ports = PORTS.map(|_| free_port().to_string());
        Self { name, folder: folder.to_owned(), ports, background: Vec::new(), programs: None }
    }

    /// Runs the commands as on a machine that has nothing but these programs, and none of this machine's variables.
    pub fn with_programs(mut self, names: &[&str]) -> Self {
        let programs = tempfile::tempdir().unwrap();
        for name in names {
            symlink(program(name, name).unwrap(), programs.path().join(name)).unwrap();
        }
        self.programs = Some(programs);
        self
    }

    /// Runs the document, and compares. Gives the number of commands and of changes to files.
    pub fn run(&mut self) -> (usize, usize) {
        let path = root().join("docs").join(self.name);
        let document = fs::read_to_string(&path).unwrap();
        let mut lines = document.lines();
        let (mut written, mut commands, mut changes) = (String::new(), 0, 0);
        let mut directive: Option<String> = None;
        while let Some(line) = lines.next() {
            written += &[line, "\n"].concat();
            if let Some(told) = line.strip_prefix("<!-- ").and_then(|rest| rest.strip_suffix(" -->")) {
                directive = Some(told.to_owned());
            }
            let has_block =
                directive.as_ref().is_some_and(|told| !told.starts_with("remove") && !told.starts_with("hide"));
            if let Some(told) = directive.take_if(|_| !has_block) {
                self.change(&told, None);
                changes += 1;
            }
            if !line.starts_with("```") {
                continue;
            }
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            if line == "```console" {
                for command in block.iter().filter_map(|line| line.strip_prefix("$ ")) {
                    let printed = self.command(command);
                    written += &["$ ", command, "\n", &printed].concat();
                    commands += 1;
                }
            } else {
                written += &block.iter().flat_map(|line| [line, "\n"]).collect::<String>();
                if let Some(told) = directive.take() {
                    self.change(&told, Some(&block.concat()));
                    changes += 1;
                }
            }
            written += "```\n";
        }
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, &written).unwrap();
        }
        for (told, there) in written.lines().zip(document.lines()) {
            assert_eq!(steady(told), steady(there), "docs/{} says something else; run it with UPDATE=1", self.name);
        }
        assert_eq!(written.lines().count(), document.lines().count(), "docs/{}: run it with UPDATE=1", self.name);
        (commands, changes)
    }

    /// Runs a command, and gives what it prints. One that ends with `&` goes on, and gives its first line.
    fn command(&mut self, command: &str) -> String {
        let there = self.here(command);
        // The first command that still goes on, as the document counts them.
        if there == "kill %1" {
            end(&mut self.background.remove(0));
            return String::new();
        }
        if let Some((first, second)) = there.split_once(" && cd ") {
            self.shell(first);
            self.folder = self.folder.join(second);
            return String::new();
        }
        let printed = match there.strip_suffix(" &") {
            Some(command) => self.start(command),
            None => self.shell(&there),
        };
        let kept = printed.lines().filter(|line| !line.starts_with("notice: ") && !line.contains("bank-holidays.json"));
        let folder = fs::canonicalize(&self.folder).unwrap();
        let shown = |line: &str| line.replace(folder.to_str().unwrap(), "/srv/putright");
        let ports =
            |line: String| self.ports.iter().zip(PORTS).fold(line, |line, (port, named)| line.replace(port, named));
        kept.map(|line| [&ports(shown(line)), "\n"].concat()).collect()
    }

    /// The text of a document with the ports that are used.
    fn here(&self, text: &str) -> String {
        PORTS.iter().zip(&self.ports).fold(text.to_owned(), |text, (named, port)| text.replace(named, port))
    }

    fn shell(&self, command: &str) -> String {
        let output = self.sh(command).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        // A command that finds nothing to print has ended well all the same where the document shows nothing.
        assert!(output.status.code().is_some_and(|code| code < 2), "{command}: {said}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// The shell with a command, in the folder where the document is.
    fn sh(&self, command: &str) -> Command {
        let mut shell = Command::new("sh");
        if let Some(programs) = &self.programs {
            shell.env_clear().env("PATH", programs.path());
        }
        shell.args(["-c", command]).env("LC_ALL", "C").current_dir(&self.folder);
        shell
    }

    fn start(&mut self, command: &str) -> String {
        let command = format!("exec {command}");
        let mut child = self.sh(&command).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        self.background.push(child);
        line
    }

    /// Does to a file what the comment says.
    fn change(&self, told: &str, block: Option<&str>) {
        let words: Vec<&str> = told.split(' ').collect();
        let path = self.folder.join(words[1]);
        let block: Option<Value> = block.map(|text| serde_json::from_str(&self.here(text)).unwrap());
        match words[0] {
            "write:" => {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                assert!(!path.exists(), "{told}");
                fs::write(&path, format!("{:#}\n", block.unwrap())).unwrap();
            }
            "merge:" => Council::change(&path, |file| merge(file, &block.unwrap())),
            "after:" => Council::change(&path, |flow| {
                let (list, at) = asking(flow, words[2]);
                list.insert(at + 1, block.unwrap());
            }),
            "remove:" => Council::change(&path, |flow| {
                let (list, at) = asking(flow, words[2]);
                list.remove(at);
            }),
            "hide:" => Council::change(&path, |flow| assert_eq!(without(flow, words[2]), 1, "{told}")),
            other => panic!("no such directive: {other}"),
        }
    }
}

impl Drop for Guide {
    fn drop(&mut self) {
        self.background.iter_mut().for_each(end);
    }
}

fn end(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

/// The list of questions that has one, and its place there.
fn asking<'a>(flow: &'a mut Value, id: &str) -> (&'a mut Vec<Value>, usize) {
    let pages = flow["pages"].as_array_mut().unwrap();
    let mut lists = pages.iter_mut().filter_map(|page| page.get_mut("questions")?.as_array_mut());
    let is_it = |question: &Value| question["id"] == id;
    lists.find_map(|list| list.iter().position(is_it).map(|at| (list, at))).unwrap()
}

/// Takes an option out of every list of options, and gives how often it was there.
fn without(value: &mut Value, option: &str) -> usize {
    match value {
        Value::Object(members) => members
            .iter_mut()
            .map(|(key, member)| match member {
                Value::Array(items) if key == "options" => {
                    let before = items.len();
                    items.retain(|item| item != option);
                    before - items.len()
                }
                member => without(member, option),
            })
            .sum(),
        Value::Array(items) => items.iter_mut().map(|item| without(item, option)).sum(),
        _ => 0,
    }
}

/// Puts the members of one object into another, as a reader would who adds them by hand.
fn merge(file: &mut Value, more: &Value) {
    let Value::Object(members) = more else {
        *file = more.clone();
        return;
    };
    for (key, member) in members {
        if file.get(key).is_some_and(Value::is_object) {
            merge(&mut file[key], member);
        } else {
            file[key] = member.clone();
        }
    }
}

/// A line without what is another each time: references, times, ids and numbers of bytes.
fn steady(line: &str) -> String {
    let part = |part: &str| {
        let is_reference = part.len() == 11 && part.as_bytes()[3] == b'-' && part.as_bytes()[7] == b'-';
        let is_time = part.len() >= 20 && part.as_bytes()[4] == b'-' && part.as_bytes()[10] == b'T';
        let is_id = part.len() == 32 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_reference || is_time || is_id { "…".to_owned() } else { part.to_owned() }
    };
    let words = |quoted: &str| quoted.split(' ').map(part).collect::<Vec<_>>().join(" ");
    line.split('"').map(words).collect::<Vec<_>>().join("\"")
}
