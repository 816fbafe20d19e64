//! Reads the text of a file as JSON, and says for each mistake in it the line, what is wrong and what to write.
//!
//! A strict reader stops at the first mistake, and often at another line than that of the mistake. This one knows the mistakes that
//! editors, word processors and people make, goes on as if each was corrected, and so finds all of them at once.

mod encoding;
mod fault;
mod parser;
mod strings;

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Read},
    path::Path,
};

use putright_domain::data::{Diagnostic, Position};
use serde_json::Value;

use fault::Fault;

/// The most bytes of a file. The largest that ships has a tenth of that.
pub const MOST_BYTES: usize = 4 << 20;
/// The most mistakes of a file that are reported at once.
const MOST_FAULTS: usize = 50;

/// A file of JSON, read.
pub struct JsonText {
    value: Option<Value>,
    faults: Vec<(Position, String)>,
    /// The place of each value in the text, by its JSON pointer.
    positions: BTreeMap<String, Position>,
}

impl JsonText {
    /// Reads a file.
    ///
    /// # Errors
    /// Returns an error if it cannot be read.
    pub fn open(path: &Path) -> io::Result<Self> {
        // To open a pipe would wait for ever.
        if !fs::metadata(path)?.is_file() {
            return Err(io::Error::other("no ordinary file"));
        }
        let mut bytes = Vec::new();
        fs::File::open(path)?.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes)?;
        Ok(Self::read(&bytes))
    }

    /// Reads the bytes of a file.
    pub fn read(bytes: &[u8]) -> Self {
        let (text, mut found) = encoding::decode(bytes);
        let Some(text) = text else {
            return Self { value: None, faults: told(found, &Lines::new("")), positions: BTreeMap::new() };
        };
        let lines = Lines::new(&text);
        let parsed = parser::parse(&text);
        found.extend(parsed.faults);
        let positions = parsed.places.into_iter().map(|(pointer, at)| (pointer, lines.position(at))).collect();
        Self { value: parsed.value, faults: told(found, &lines), positions }
    }

    /// The value, without the mistakes of the text; `None` where the text cannot be read to its end.
    pub fn value(&self) -> Option<&Value> {
        self.value.as_ref()
    }

    /// The mistakes of the text.
    pub fn diagnostics(&self, file: &str) -> Vec<Diagnostic> {
        let diagnostic = |(position, problem): &(Position, String)| Diagnostic {
            file: file.to_owned(),
            pointer: String::new(),
            problem: problem.clone(),
            position: Some(*position),
        };
        self.faults.iter().map(diagnostic).collect()
    }

    /// Returns the place of a pointer in the text; where nothing stands there, that of the part it is missing from.
    pub fn position(&self, pointer: &str) -> Option<Position> {
        let mut pointer = pointer;
        loop {
            if let Some(position) = self.positions.get(pointer) {
                return Some(*position);
            }
            pointer = pointer.rsplit_once('/')?.0;
        }
    }
}

/// The faults as sentences, in the order of the text. One that comes many times, such as a curly quotation mark, is reported once.
fn told(mut found: Vec<Fault>, lines: &Lines) -> Vec<(Position, String)> {
    found.sort_by_key(|fault| fault.at);
    let mut told: Vec<(Position, String)> = Vec::new();
    for fault in &found {
        let others = found.iter().filter(|other| other.kind == fault.kind).count() - 1;
        let position = lines.position(fault.at);
        let mut problem = fault.kind.problem(lines);
        if fault.kind.repeats() && others > 0 {
            if told.iter().any(|(_, other)| other.starts_with(&problem)) {
                continue;
            }
            problem.extend([" (and ", &others.to_string(), " more in this file)"]);
        }
        told.push((position, problem));
    }
    told.truncate(MOST_FAULTS);
    told
}

/// The lines of a text.
struct Lines {
    text: String,
    starts: Vec<usize>,
}

impl Lines {
    fn new(text: &str) -> Self {
        // Some editors end a line with \r alone.
        let is_end = |at: usize| text.as_bytes().get(at + 1) != Some(&b'\n');
        let ends = text.match_indices(['\n', '\r']).filter(|(at, mark)| *mark == "\n" || is_end(*at));
        let after = ends.map(|(at, _)| at + 1);
        Self { text: text.to_owned(), starts: [0].into_iter().chain(after).collect() }
    }

    /// The place of a byte.
    fn position(&self, at: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= at);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or_default();
        let before = self.text.get(start..at).unwrap_or_default();
        Position { line, column: before.chars().count() + 1 }
    }
}

#[cfg(test)]
mod tests;
