//! Decodes a part of a file into a type that derives `Deserialize`, and notes every fault of it, not only the first.
//!
//! serde stops at the first error. Two things make it go on: a value of the wrong kind is noted and a stand-in is decoded in its
//! place; an error that a type itself raises is noted, its place is marked for a stand-in, and decoding begins again.

mod node;

use std::{cell::RefCell, collections::BTreeMap, fmt};

use serde::{Deserialize, de};

use super::{Diagnostics, MISSING, Place, diagnostics::MOST_FAULTS, pointer_step, problem};
use crate::json::Value;
use node::{Content, Node};

/// The text of a stand-in. Text and dates can be read from it.
const STAND_IN: &str = "2026-01-01";

impl Place<'_> {
    /// Decodes the value here. A fault is noted, and a plain value takes the place of the whole.
    pub fn decode<T: for<'de> Deserialize<'de> + Default>(self) -> T {
        // A part that is in no file has no faults of its own.
        let (pointer, silent) = self.pointer().map_or((String::new(), true), |pointer| (pointer, false));
        let notes = Notes { diagnostics: self.document, silent, marks: RefCell::default() };
        for _ in 0..MOST_FAULTS {
            let node = Node { notes: &notes, pointer: pointer.clone(), content: notes.content(&pointer, self.value) };
            match T::deserialize(node) {
                Ok(value) => return value,
                Err(error) => notes.settle(&pointer, error),
            };
        }
        T::default()
    }
}

/// An error of a type, until its place is known.
#[derive(Debug)]
enum DecodeError {
    /// It is noted and its place is marked: decode again.
    Again,
    /// A member is not there.
    Missing(&'static str),
    /// A member has a key that the type does not know.
    UnknownKey(&'static [&'static str]),
    /// An id is in no list. The first of the list stands in for it.
    Unknown(String, &'static [&'static str]),
    /// Anything else, in words.
    Other(String),
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for DecodeError {}

impl de::Error for DecodeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::Other(message.to_string())
    }

    fn missing_field(field: &'static str) -> Self {
        Self::Missing(field)
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        Self::Unknown(variant.to_owned(), expected)
    }

    fn unknown_field(_: &str, expected: &'static [&'static str]) -> Self {
        Self::UnknownKey(expected)
    }

    fn invalid_value(_: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::Other(["must be ", &expected.to_string()].concat())
    }
}

/// The result of decoding.
type Decoded<T> = Result<T, DecodeError>;

/// A place that cannot be decoded.
#[derive(Clone, Copy)]
enum Mark {
    /// This text stands in for the value.
    StandIn(&'static str),
    /// The member is passed over.
    Skip,
}

struct Notes<'a> {
    diagnostics: &'a Diagnostics<'a>,
    silent: bool,
    marks: RefCell<BTreeMap<String, Mark>>,
}

impl Notes<'_> {
    fn note(&self, pointer: &str, problem: &str) {
        if !self.silent {
            self.diagnostics.note(pointer, problem);
        }
    }

    fn mark(&self, pointer: &str, mark: Mark) {
        self.marks.borrow_mut().insert(pointer.to_owned(), mark);
    }

    fn content<'v>(&self, pointer: &str, value: &'v Value) -> Content<'v> {
        match self.marks.borrow().get(pointer) {
            Some(Mark::StandIn(text)) => Content::StandIn(text),
            _ => Content::There(value),
        }
    }

    /// Notes an error that was raised by a value. A stand-in is in no file, so its errors are only marked.
    fn settle_of(&self, content: Content<'_>, pointer: &str, error: DecodeError) -> DecodeError {
        match (content, error) {
            (Content::StandIn(_), DecodeError::Unknown(_, known)) => {
                self.mark(pointer, Mark::StandIn(known.first().copied().unwrap_or(STAND_IN)));
                DecodeError::Again
            }
            (_, error) => self.settle(pointer, error),
        }
    }

    /// Notes an error that was raised at a place.
    fn settle(&self, pointer: &str, error: DecodeError) -> DecodeError {
        match error {
            DecodeError::Again => {}
            DecodeError::Missing(field) => {
                let pointer = [pointer, &pointer_step(field)].concat();
                self.note(&pointer, MISSING);
                self.mark(&pointer, Mark::StandIn(STAND_IN));
            }
            DecodeError::UnknownKey(known) => {
                self.note(pointer, &problem!["is not known here; known: ", &known.join(", ")]);
            }
            DecodeError::Unknown(id, known) => {
                self.note(pointer, &problem!["\"", &id, "\" is not known; known: ", &known.join(", ")]);
                self.mark(pointer, Mark::StandIn(known.first().copied().unwrap_or(STAND_IN)));
            }
            DecodeError::Other(problem) => {
                self.note(pointer, &problem);
                self.mark(pointer, Mark::StandIn(STAND_IN));
            }
        }
        DecodeError::Again
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that stops has failed")]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use crate::{
        data::{Document, InvalidFile},
        date::Date,
        id_enum::{IdMap, id_enum},
    };

    id_enum! {
        /// For the test.
        Fruit { Apple = "apple", Pear = "pear" }
    }

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Shop {
        name: String,
        fruit: Fruit,
        since: Date,
        #[serde(default)]
        open: bool,
        note: Option<String>,
        parts: Vec<Part>,
        #[serde(default)]
        prices: IdMap<Fruit, u32>,
        #[serde(default)]
        rule: Option<Rule>,
    }

    #[allow(clippy::derivable_impls, reason = "`id_enum!` takes no mark on a variant")]
    impl Default for Fruit {
        fn default() -> Self {
            Self::Apple
        }
    }

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Part {
        size: u32,
        #[serde(default)]
        words: BTreeMap<String, String>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "snake_case", deny_unknown_fields)]
    enum Rule {
        Always,
        Not(Box<Rule>),
        Size { most: u32 },
        Any(Vec<Rule>),
    }

    fn read(text: &str) -> Result<Shop, InvalidFile> {
        let document = Document::parse("shop.json", text).unwrap();
        let shop = document.root().decode();
        document.finish(shop)
    }

    fn told(text: &str) -> Vec<String> {
        let faults = read(text).err().into_iter().flat_map(InvalidFile::into_diagnostics);
        let mut told: Vec<String> = faults.map(|fault| [&fault.pointer, " ", &fault.problem].concat()).collect();
        told.sort();
        told
    }

    #[test]
    fn sound_file_is_decoded_as_a_library_decodes_it() {
        let text = r#"{ "name": "S", "fruit": "pear", "since": "2026-12-17", "note": "n", "parts": [{ "size": 2, "words": { "a/b": "c" } }],
            "prices": { "pear": 3 }, "rule": { "any": ["always", { "not": { "size": { "most": 4 } } }] } }"#;
        assert_eq!(read(text).unwrap(), serde_json::from_str(text).unwrap());
    }

    #[test]
    fn every_fault_is_told_at_its_place_and_none_that_only_follows() {
        let text = r#"{ "$schema": "x", "fruit": "nut", "since": "May", "open": "yes", "note": 5, "colour": "red",
            "parts": [{ "size": "x", "words": { "a/b": 1 } }, 3, { "sise": 1 }],
            "prices": { "nut": 3, "pear": -1 }, "rule": { "any": ["sometimes", { "size": {} }, { "not": "always", "size": 1 }] } }"#;
        let kinds = "must be one of: always, not, size, any; each as text, or with its value in { }";
        let expected = [
            "/colour is not known here; known: name, fruit, since, open, note, parts, prices, rule".to_owned(),
            "/fruit \"nut\" is not known; known: apple, pear".to_owned(),
            "/name is missing".to_owned(),
            "/note must be text, in \" \"".to_owned(),
            "/open must be true or false".to_owned(),
            "/parts/0/size must be a whole number, 0 or more".to_owned(),
            "/parts/0/words/a~1b must be text, in \" \"".to_owned(),
            "/parts/1 must be an object, in { }".to_owned(),
            "/parts/2/sise is not known here; known: size, words".to_owned(),
            "/parts/2/size is missing".to_owned(),
            "/prices/nut \"nut\" is not known; known: apple, pear".to_owned(),
            "/prices/pear must be a whole number, 0 or more".to_owned(),
            ["/rule/any/0 ", kinds].concat(),
            "/rule/any/1/size/most is missing".to_owned(),
            ["/rule/any/2 ", kinds].concat(),
            "/since must be a date like 2026-12-17".to_owned(),
        ];
        assert_eq!(told(text), expected);
        assert_eq!(told("[]"), [" must be an object, in { }"]);
    }

    #[test]
    fn a_file_of_nothing_but_faults_ends() {
        let keys: Vec<String> = (0..1000).map(|number| format!("\"k{number}\": 1")).collect();
        assert_eq!(told(&format!("{{{}}}", keys.join(","))).len(), 100);
    }
}
