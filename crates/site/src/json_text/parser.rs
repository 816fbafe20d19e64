//! A parser of JSON that goes on after a mistake, as if it was corrected.

use std::collections::BTreeMap;

use putright_domain::data::pointer_step;
use serde_json::{Map, Value};

use super::fault::{CONFLICT, DEEPEST, Fault, FaultKind};

/// A text, parsed.
pub struct Parsed {
    pub value: Option<Value>,
    pub faults: Vec<Fault>,
    /// The byte of each value, by its JSON pointer; of a member, that of its name.
    pub places: Vec<(String, usize)>,
}

/// Parses a text.
pub fn parse(text: &str) -> Parsed {
    let mut parser = Parser { text, at: 0, end: 0, pointer: String::new(), faults: Vec::new(), places: Vec::new() };
    parser.skip_space();
    parser.places.push((String::new(), parser.at));
    let value = if parser.begins_with_name() {
        parser.fault(parser.at, FaultKind::NoBrace);
        None
    } else {
        parser.value(0)
    };
    if value.is_some() {
        parser.skip_space();
        if parser.peek().is_some() {
            parser.fault(parser.at, FaultKind::AfterEnd);
        }
    }
    Parsed { value, faults: parser.faults, places: parser.places }
}

/// A text and how far it is read. A method that gives `None` has noted why the rest cannot be read.
pub(super) struct Parser<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    /// The end of the last value or mark.
    pub(super) end: usize,
    pointer: String,
    faults: Vec<Fault>,
    places: Vec<(String, usize)>,
}

impl<'a> Parser<'a> {
    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn bump(&mut self) {
        self.at += self.peek().map_or(0, char::len_utf8);
    }

    pub(super) fn fault(&mut self, at: usize, kind: FaultKind) {
        self.faults.push(Fault { at, kind });
    }

    /// Passes a character, if it comes next.
    fn takes(&mut self, wanted: char) -> bool {
        let comes = self.peek() == Some(wanted);
        if comes {
            self.at += wanted.len_utf8();
            self.end = self.at;
        }
        comes
    }

    /// Passes white space, and what people take for it.
    pub(super) fn skip_space(&mut self) {
        while let Some(character) = self.peek() {
            let rest = self.rest();
            match character {
                ' ' | '\n' | '\r' | '\t' => self.at += 1,
                '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => self.invisible(),
                _ if character.is_whitespace() => self.invisible(),
                '<' if rest.starts_with("<!--") => self.comment(rest.find("-->").map(|end| end + 3)),
                '#' if rest.starts_with("# ") => self.comment(rest.find('\n')),
                '/' if rest.starts_with("//") => self.comment(rest.find('\n')),
                '/' if rest.starts_with("/*") => self.comment(rest.find("*/").map(|end| end + 2)),
                _ => return,
            }
        }
    }

    fn invisible(&mut self) {
        self.fault(self.at, FaultKind::Space);
        self.bump();
    }

    fn comment(&mut self, length: Option<usize>) {
        self.fault(self.at, FaultKind::Comment);
        self.at = length.map_or(self.text.len(), |length| self.at + length);
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        if depth >= DEEPEST {
            self.fault(self.at, FaultKind::TooDeep);
            return None;
        }
        let Some(first) = self.peek() else {
            self.fault(self.end, FaultKind::Cut);
            return None;
        };
        let value = match first {
            '{' => Value::Object(self.object(depth)?),
            '[' => Value::Array(self.array(depth)?),
            '-' | '+' | '.' | '0'..='9' => self.number(),
            first if is_quote(first) => Value::String(self.string()),
            first if first.is_alphabetic() || matches!(first, '#' | '/') => self.word(),
            first => {
                self.unexpected(first);
                return None;
            }
        };
        self.end = self.at;
        Some(value)
    }

    fn object(&mut self, depth: usize) -> Option<Map<String, Value>> {
        let open = self.at;
        let mut members = Map::new();
        let mut names: BTreeMap<String, usize> = BTreeMap::new();
        self.bump();
        while self.goes_on('{', '}', open)? {
            let place = self.at;
            let name = self.name()?;
            if let Some(first) = names.insert(name.clone(), place) {
                self.fault(place, FaultKind::Duplicate(name.clone(), first));
            }
            let length = self.pointer.len();
            self.pointer += &pointer_step(&name);
            self.places.push((self.pointer.clone(), place));
            let value = self.member(&name, depth)?;
            self.pointer.truncate(length);
            members.insert(name, value);
        }
        Some(members)
    }

    fn array(&mut self, depth: usize) -> Option<Vec<Value>> {
        let open = self.at;
        let mut items = Vec::new();
        self.bump();
        while self.goes_on('[', ']', open)? {
            let length = self.pointer.len();
            self.pointer.extend(["/", &items.len().to_string()]);
            self.places.push((self.pointer.clone(), self.at));
            let (place, last) = (self.at, self.end);
            let item = self.value(depth + 1)?;
            self.pointer.truncate(length);
            if item.is_string() && self.is_name() {
                // The list was to end before it.
                let end = self.text.get(..last).unwrap_or_default().trim_end_matches(',').len();
                self.fault(end, FaultKind::Unclosed('[', open));
                (self.at, self.end) = (place, last);
                self.places.pop();
                return Some(items);
            }
            items.push(item);
        }
        Some(items)
    }

    fn unexpected(&mut self, character: char) {
        let is_conflict = self.rest().starts_with(CONFLICT);
        self.fault(self.at, if is_conflict { FaultKind::Conflict } else { FaultKind::Unexpected(character) });
    }

    /// Returns whether the text begins with the name of a member.
    fn begins_with_name(&mut self) -> bool {
        let (place, end, faults) = (self.at, self.end, self.faults.len());
        let is_name = self.peek().is_some_and(is_quote) && {
            self.string();
            self.is_name()
        };
        self.faults.truncate(faults);
        (self.at, self.end) = (place, end);
        is_name
    }

    /// Returns whether the text before is the name of a member: a colon follows.
    fn is_name(&mut self) -> bool {
        let (place, faults) = (self.at, self.faults.len());
        self.skip_space();
        let is_name = self.peek() == Some(':');
        self.faults.truncate(faults);
        self.at = place;
        is_name
    }

    /// Passes what is between the values of an object or a list. Returns whether a value follows; `None` where the text ends.
    fn goes_on(&mut self, open: char, close: char, opened: usize) -> Option<bool> {
        let (first, last) = (self.end <= opened, self.end);
        self.skip_space();
        let comma = self.at;
        // After a list that was not closed, its last comma is this one.
        let mut parted = first || self.text.get(..last).is_some_and(|before| before.trim_end().ends_with(','));
        if self.takes(',') {
            self.skip_space();
            if first {
                self.fault(comma, FaultKind::CommaTooMany);
            }
            parted = true;
            while self.peek() == Some(',') {
                self.fault(self.at, FaultKind::CommaTooMany);
                self.takes(',');
                self.skip_space();
            }
            if self.peek() == Some(close) && !first {
                self.fault(comma, FaultKind::TrailingComma);
            }
        }
        match self.peek() {
            Some(mark) if mark == close => {
                self.takes(close);
                Some(false)
            }
            // Another bracket's end, which closes this one too.
            Some('}' | ']') if opened > 0 => {
                self.fault(self.at, FaultKind::Unclosed(open, opened));
                Some(false)
            }
            None => {
                self.fault(last, FaultKind::Unclosed(open, opened));
                None
            }
            Some(next) => {
                if !parted && (is_quote(next) || next.is_alphanumeric() || "{[-".contains(next)) {
                    self.fault(last, FaultKind::MissingComma);
                }
                Some(true)
            }
        }
    }

    /// The name of a member.
    fn name(&mut self) -> Option<String> {
        match self.peek() {
            Some(first) if is_quote(first) => Some(self.name_in_quotes()),
            Some(first) if first.is_alphanumeric() || first == '_' || first == '$' => {
                let (place, name) = (self.at, self.bare(|one| one.is_alphanumeric() || "_-.$@".contains(one)));
                self.fault(place, FaultKind::OpeningQuote(name.clone()));
                if self.peek().is_some_and(is_quote) {
                    self.bump();
                }
                Some(name)
            }
            Some(other) => {
                self.unexpected(other);
                None
            }
            None => None,
        }
    }

    /// The value after a name.
    fn member(&mut self, name: &str, depth: usize) -> Option<Value> {
        let after = self.at;
        self.skip_space();
        if !self.takes(':') {
            match self.peek() {
                Some(',' | '}') => {
                    self.fault(after, FaultKind::MissingValue(name.to_owned()));
                    self.end = after;
                    return Some(Value::Null);
                }
                Some('=') => self.bump(),
                _ => {}
            }
            self.fault(after, FaultKind::MissingColon(name.to_owned()));
        }
        self.skip_space();
        if matches!(self.peek(), Some(',' | '}')) {
            self.fault(self.end, FaultKind::MissingValue(name.to_owned()));
            return Some(Value::Null);
        }
        self.value(depth + 1)
    }

    fn number(&mut self) -> Value {
        let (place, text) = (self.at, self.bare(|one| one.is_ascii_alphanumeric() || "+-.".contains(one)));
        let Ok(number) = serde_json::from_str(&text) else {
            return self.text_without_mark(place, &text, FaultKind::Number);
        };
        number
    }

    /// A word without quotation marks: true, false and null, and text that lacks one.
    fn word(&mut self) -> Value {
        let (place, word) = (self.at, self.bare(char::is_alphanumeric));
        for (literal, value) in [("true", Value::Bool(true)), ("false", Value::Bool(false)), ("null", Value::Null)] {
            if word.eq_ignore_ascii_case(literal) {
                if word != literal {
                    self.fault(place, FaultKind::Literal(literal));
                }
                return value;
            }
        }
        if word == "None" {
            self.fault(place, FaultKind::Literal("null"));
            return Value::Null;
        }
        self.text_without_mark(place, &word, FaultKind::OpeningQuote)
    }

    /// A text without its first quotation mark, of which the beginning is read.
    fn text_without_mark(&mut self, place: usize, beginning: &str, kind: fn(String) -> FaultKind) -> Value {
        let more = self.bare(|one| !is_quote(one) && !",}]\r\n".contains(one));
        let text = [beginning, more.trim_end()].concat();
        let kind = if self.peek().is_some_and(is_quote) {
            self.bump();
            FaultKind::OpeningQuote
        } else {
            kind
        };
        self.fault(place, kind(text.clone()));
        Value::String(text)
    }

    /// Takes characters as long as they are of a kind.
    fn bare(&mut self, is_of_it: impl Fn(char) -> bool) -> String {
        let length = self.rest().find(|one| !is_of_it(one)).unwrap_or(self.rest().len());
        let taken = self.rest().get(..length).unwrap_or_default().to_owned();
        self.at += length;
        taken
    }
}

/// Returns whether a character stands around text, as it should or as people write it.
pub(super) fn is_quote(character: char) -> bool {
    matches!(character, '"' | '“' | '”' | '„' | '‟' | '″' | '«' | '»' | '\'' | '‘' | '’')
}
