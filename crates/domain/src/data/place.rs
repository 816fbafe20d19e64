//! A file as JSON, and the places in it.

use std::{ops::Deref, ptr};

use super::{Diagnostics, InvalidFile, Object, diagnostics::MOST_FAULTS, pointer_step, problem};
use crate::{
    date::Date,
    id_enum::{IdEnum, IdMap, index_of},
    json::{self, Value},
};

/// The key by which a file names its JSON Schema, for an editor.
pub const SCHEMA_KEY: &str = "$schema";

/// A file's JSON, and its faults.
pub struct Document<'a> {
    ledger: Diagnostics<'a>,
    /// The pointer to it, where it stands in place of a part of the file; `None` where that part was never there.
    base: Option<String>,
    value: Value,
}

impl<'a> Document<'a> {
    /// Reads a file.
    ///
    /// # Errors
    /// Returns an error if the file is not JSON.
    pub fn parse(file: &'a str, text: &str) -> Result<Self, InvalidFile> {
        match json::parse(text) {
            Ok(value) => Ok(Self { ledger: Diagnostics::new(file), base: Some(String::new()), value }),
            Err(at) => {
                let where_it_stops = problem![
                    ": it ends, or goes wrong, at line ",
                    &at.line.to_string(),
                    " column ",
                    &at.column.to_string()
                ];
                Err(InvalidFile::at(file, "", ["is not JSON", &where_it_stops].concat()))
            }
        }
    }

    /// The whole of it.
    pub fn root(&self) -> Place<'_> {
        Place { document: self, value: &self.value }
    }

    /// Returns the value that was read.
    ///
    /// # Errors
    /// Returns an error if anything was noted.
    pub fn finish<T>(self, read: T) -> Result<T, InvalidFile> {
        self.ledger.finish(read)
    }
}

impl<'a> Deref for Document<'a> {
    type Target = Diagnostics<'a>;

    fn deref(&self) -> &Diagnostics<'a> {
        &self.ledger
    }
}

/// A place in a file, with the value that stands there. Its pointer is looked for only where there is a fault to tell.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    pub(super) document: &'a Document<'a>,
    pub(super) value: &'a Value,
}

/// The value of a missing member. It is in no file, so problems inside it are not reported.
pub(super) static NOTHING: Value = Value::Null;

/// Completes a pointer by the way to a value, known by its address; gives whether it is there at all.
fn find(value: &Value, wanted: &Value, pointer: &mut String) -> bool {
    let length = pointer.len();
    let mut is_below = |step: &str, inner: &Value| {
        pointer.push_str(step);
        let found = find(inner, wanted, pointer);
        if !found {
            pointer.truncate(length);
        }
        found
    };
    ptr::eq(value, wanted)
        || match value {
            Value::Array(items) => {
                items.iter().enumerate().any(|(at, item)| is_below(&pointer_step(&at.to_string()), item))
            }
            Value::Object(members) => members.iter().any(|(key, member)| is_below(&pointer_step(key), member)),
            _ => false,
        }
}

/// Reads a value where it stands.
pub(super) type Reader<'a, V> = fn(Place<'a>) -> V;

impl<'a> Place<'a> {
    /// Notes a fault here.
    pub fn note(self, problem: &str) {
        self.note_below("", problem);
    }

    /// Notes a fault of a member, there or not.
    pub fn note_in(self, key: &str, problem: &str) {
        self.note_below(&pointer_step(key), problem);
    }

    /// Notes a fault at a place below, by its JSON pointer from here.
    #[inline(never)]
    pub fn note_below(self, step: &str, problem: &str) {
        if self.document.noted() < MOST_FAULTS
            && let Some(pointer) = self.pointer()
        {
            self.document.note(&[&pointer, step].concat(), problem);
        }
    }

    pub(super) fn pointer(self) -> Option<String> {
        let mut pointer = self.document.base.clone()?;
        find(&self.document.value, self.value, &mut pointer).then_some(pointer)
    }

    /// Another value with this one's document, as if it stood here.
    pub(super) fn standing(self, value: &'a Value) -> Self {
        Self { document: self.document, value }
    }

    /// Another value in its place, to be read as a document of its own; [`Self::take_over`] then takes its faults.
    pub fn replaced(self, value: Value) -> Document<'a> {
        Document { ledger: Diagnostics::new(self.document.file), base: self.pointer(), value }
    }

    /// Notes what was found in a document that stood here.
    pub fn take_over(self, document: &Document<'_>) {
        for fault in document.ledger.faults.take() {
            self.document.note(&fault.pointer, &fault.problem);
        }
    }

    /// Returns the value at this place.
    pub fn value(self) -> &'a Value {
        self.value
    }

    /// An object with no keys but these.
    #[inline(never)]
    pub fn object(self, known: &[&str]) -> Object<'a> {
        for (key, _) in self.entries() {
            if !known.contains(&key) && !self.names_schema(key) {
                self.note_in(key, &problem!["is not known here; known: ", &known.join(", ")]);
            }
        }
        Object(if self.value.is_object() { self } else { self.standing(&NOTHING) })
    }

    /// Returns whether a key is `$schema` of the whole file: it is for editors alone.
    fn names_schema(self, key: &str) -> bool {
        key == SCHEMA_KEY
            && ptr::eq(self.value, &raw const self.document.value)
            && self.document.base.as_deref() == Some("")
    }

    /// A member of an object whose other keys are not ours.
    #[must_use]
    pub fn member(self, key: &str) -> Self {
        if !self.value.is_object() {
            self.note("must be an object, in { }");
            return self.standing(&NOTHING);
        }
        Object(self).need(key)
    }

    /// A list.
    #[inline(never)]
    pub fn list(self) -> Vec<Self> {
        let mut places = Vec::new();
        match self.value {
            Value::Array(items) => {
                for item in items {
                    places.push(self.standing(item));
                }
            }
            _ => self.note("must be a list, in [ ]"),
        }
        places
    }

    /// A list of what `read` reads.
    pub fn each<V>(self, read: Reader<'a, V>) -> Vec<V> {
        let mut values = Vec::new();
        for place in self.list() {
            values.push(read(place));
        }
        values
    }

    /// Text.
    #[inline(never)]
    pub fn text(self) -> &'a str {
        if let Value::String(text) = self.value {
            return text;
        }
        self.note("must be text, in \" \"");
        ""
    }

    /// Text of one's own.
    #[inline(never)]
    pub fn owned_text(self) -> String {
        self.text().to_owned()
    }

    /// A whole number that is not negative.
    #[inline(never)]
    pub fn number(self) -> u32 {
        let number = self.value.as_u64().and_then(|number| u32::try_from(number).ok());
        if number.is_none() {
            self.note("must be a whole number, 0 or more");
        }
        number.unwrap_or_default()
    }

    /// True or false.
    #[inline(never)]
    pub fn truth(self) -> bool {
        if let Value::Bool(truth) = self.value {
            return *truth;
        }
        self.note("must be true or false");
        false
    }

    /// A date.
    #[inline(never)]
    pub fn date(self) -> Date {
        let date = Date::parse_iso(self.text());
        if date.is_none() {
            self.note("must be a date like 2026-12-17");
        }
        date.unwrap_or_default()
    }

    /// An id of a closed list.
    pub fn id<T: IdEnum>(self) -> T {
        let index = self.known(self.text(), T::NAMES);
        index.and_then(|index| T::VALUES.get(index).copied()).unwrap_or(T::FIRST)
    }

    #[inline(never)]
    fn known(self, id: &str, names: &[&str]) -> Option<usize> {
        let index = index_of(id, names);
        if index.is_none() {
            self.note(&problem!["\"", id, "\" is not known; known: ", &names.join(", ")]);
        }
        index
    }

    /// Returns whether the value is text.
    pub fn is_text(self) -> bool {
        self.value.is_string()
    }

    /// A list of texts.
    #[inline(never)]
    pub fn texts(self) -> Vec<String> {
        self.each(Place::owned_text)
    }

    /// Each member of an object whose keys are any.
    #[inline(never)]
    pub fn entries(self) -> Vec<(&'a str, Self)> {
        let mut entries = Vec::new();
        match self.value {
            Value::Object(members) => {
                for (key, member) in members.iter() {
                    entries.push((key, self.standing(member)));
                }
            }
            _ => self.note("must be an object, in { }"),
        }
        entries
    }

    /// An object whose keys are ids of a closed list.
    pub fn map<K: IdEnum, V>(self, read: Reader<'a, V>) -> IdMap<K, V> {
        IdMap::from_places(self.keyed(K::NAMES, read))
    }

    fn keyed<V>(self, names: &[&str], read: Reader<'a, V>) -> Vec<(usize, V)> {
        let mut map = Vec::new();
        for (key, place) in self.entries() {
            if let Some(index) = place.known(key, names) {
                map.push((index, read(place)));
            }
        }
        map
    }

    /// Notes each of some members that is not there.
    #[inline(never)]
    pub fn need_all(self, names: &[&str], problem: &str) {
        for name in names {
            if self.value.get(name).is_none() {
                self.note_in(name, problem);
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that stops has failed")]
mod tests {
    use super::{Document, InvalidFile, Place, json};

    /// The places that are told of a file read as a thing with a name, a size and parts.
    fn told(text: &str) -> Vec<String> {
        fn part(place: Place<'_>) -> u32 {
            place.object(&["size"]).need("size").number()
        }
        let document = Document::parse("thing.json", text).unwrap();
        let object = document.root().object(&["name", "size", "parts"]);
        let name = object.text("name");
        if name.is_empty() {
            object.note("name", "is empty");
        }
        let sizes = object.need("parts").each(part);
        if sizes.iter().sum::<u32>() == 0 {
            object.note("parts", "weigh nothing");
        }
        let read = (name, object.text_or_empty("size"), sizes);
        let faults = document.finish(read).err().into_iter().flat_map(InvalidFile::apart);
        faults.map(|fault| [&fault.pointer, " ", &fault.problem].concat()).collect()
    }

    #[test]
    fn every_fault_is_told_once_and_none_that_only_follows() {
        assert!(told(r#"{"name": "n", "parts": [{"size": 1}]}"#).is_empty());
        assert_eq!(told(r#"{"name": "", "parts": [{"size": 0}]}"#), ["/name is empty", "/parts weigh nothing"]);
        let many = r#"{"size": 2, "parts": [{"size": "x"}, {"s/ze": 1}, 3]}"#;
        let places =
            ["/name is missing", "/parts/0/size must be", "/parts/1/s~1ze is not known", "/parts/1/size is missing"];
        let told_of_many = told(many);
        for (told, place) in told_of_many.iter().zip(places) {
            assert!(told.starts_with(place), "{told}");
        }
        assert!(told_of_many.iter().any(|told| told.starts_with("/size must be text")), "{told_of_many:?}");
        assert_eq!(told_of_many.len(), 6, "what is missing has no faults of its own: {told_of_many:?}");
        assert_eq!(told("[]"), [" must be an object, in { }"]);
    }

    #[test]
    fn a_part_read_in_another_s_place_is_told_by_its_place_in_the_file() {
        let document = Document::parse("thing.json", r#"{"part": {"size": 1}}"#).unwrap();
        let place = document.root().member("part");
        let other = place.replaced(json::parse(r#"{"size": "2"}"#).unwrap());
        let size = other.root().member("size").number();
        place.take_over(&other);
        let missing = document.root().member("nothing").replaced("one".into());
        missing.root().note("is in no file");
        document.root().member("nothing").take_over(&missing);
        let error = document.finish(size).unwrap_err();
        let pointers: Vec<String> = error.apart().map(|error| error.pointer.clone()).collect();
        assert_eq!(pointers, ["/part/size", "/nothing"]);
    }
}
