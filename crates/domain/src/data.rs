//! Reads the data files that councils and translators write. Each problem names the file, the JSON pointer and the
//! expected value, so that the writer can correct it.
//!
//! A file is read as JSON once and taken apart by hand, with [`Place`], instead of by derived code for each shape: that was
//! measured to be a quarter of the download, and it could not name the place.
//!
//! Reading never stops half-way. Each problem goes into the file's [`Diagnostics`], and a plain value (no text, zero,
//! an empty list) takes the place of the wrong one. [`Document::finish`] returns the result only if there are no
//! problems. The writer therefore sees all problems at once. Early returns at each step, with their drops, took a fifth
//! of the download.

use std::{cell::Cell, fmt, ops::Deref, ptr};

use crate::{
    date::Date,
    id_enum::{IdEnum, IdMap, index_of},
    json::{self, Value},
    key_map::KeyMap,
};

/// Puts the words of a problem together from their parts.
macro_rules! problem {
    ($($part:expr),+ $(,)?) => { [$($part),+].concat() };
}

pub(crate) use problem;

/// The problems of a file that a council or a translator writes: one or several. It displays as the first.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct InvalidFile(Box<Faults>);

/// Boxed: an error is passed on from many places, and each would carry its room in its code.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Faults {
    first: Diagnostic,
    others: Vec<Diagnostic>,
}

/// A problem and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file's path or address.
    pub file: String,
    /// The place in the file, as a JSON pointer (RFC 6901); empty for the whole file.
    pub pointer: String,
    /// The problem, and the expected value.
    pub problem: String,
}

impl InvalidFile {
    /// A fault at one place of a file.
    pub fn at(file: &str, pointer: impl Into<String>, problem: impl Into<String>) -> Self {
        Diagnostic { file: file.to_owned(), pointer: pointer.into(), problem: problem.into() }.into()
    }

    /// Each fault by itself.
    pub fn apart(self) -> impl Iterator<Item = Self> {
        [self.0.first].into_iter().chain(self.0.others).map(Self::from)
    }
}

impl From<Diagnostic> for InvalidFile {
    fn from(first: Diagnostic) -> Self {
        Self(Box::new(Faults { first, others: Vec::new() }))
    }
}

impl Deref for InvalidFile {
    type Target = Diagnostic;

    fn deref(&self) -> &Diagnostic {
        &self.0.first
    }
}

impl fmt::Display for InvalidFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if !self.pointer.is_empty() {
            write!(f, " at {}", self.pointer)?;
        }
        write!(f, ": {}", self.problem)
    }
}

/// One step of a JSON pointer, escaped as RFC 6901 asks.
pub fn pointer_step(key: &str) -> String {
    let mut step = String::from("/");
    for character in key.chars() {
        match character {
            '~' => step.push_str("~0"),
            '/' => step.push_str("~1"),
            other => step.push(other),
        }
    }
    step
}

/// The value at a JSON pointer.
pub fn at_pointer<'a>(value: &'a Value, pointer: &str) -> Option<&'a Value> {
    let mut steps = pointer.split('/');
    // A pointer is empty, or begins with the slash of its first step.
    steps.next().filter(|before| before.is_empty())?;
    steps.try_fold(value, |value, step| match value {
        Value::Array(items) => items.get(step.parse::<usize>().ok()?),
        Value::Object(members) => {
            members.iter().find(|(key, _)| pointer_step(key).get(1..) == Some(step)).map(|(_, v)| v)
        }
        _ => None,
    })
}

/// The most problems that are noted in a file. A writer who has corrected that many sees the next ones. The place of
/// each problem is searched for in the whole file, so a file of nothing but problems would take too long.
const MOST_FAULTS: usize = 100;

/// The faults of one file, as far as they have been found.
pub struct Diagnostics<'a> {
    file: &'a str,
    faults: Cell<Vec<Diagnostic>>,
}

impl<'a> Diagnostics<'a> {
    /// One with nothing in it.
    pub fn new(file: &'a str) -> Self {
        Self { file, faults: Cell::default() }
    }

    /// Notes a fault. Where something at that place, or within it, has been noted already, this would only follow from it.
    #[inline(never)]
    pub fn note(&self, pointer: &str, problem: &str) {
        let mut faults = self.faults.take();
        let is_within = |fault: &Diagnostic| {
            fault.pointer.strip_prefix(pointer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if faults.len() < MOST_FAULTS && !faults.iter().any(is_within) {
            faults.push(Diagnostic {
                file: self.file.to_owned(),
                pointer: pointer.to_owned(),
                problem: problem.to_owned(),
            });
        }
        self.faults.set(faults);
    }

    /// Returns whether nothing has been noted. Checks of the whole file run only then.
    pub fn is_clean(&self) -> bool {
        self.noted() == 0
    }

    #[inline(never)]
    fn noted(&self) -> usize {
        let faults = self.faults.take();
        let noted = faults.len();
        self.faults.set(faults);
        noted
    }

    /// Returns the value that was read.
    ///
    /// # Errors
    /// Returns an error if anything was noted.
    pub fn finish<T>(self, read: T) -> Result<T, InvalidFile> {
        match self.error() {
            Some(error) => Err(error),
            None => Ok(read),
        }
    }

    #[inline(never)]
    fn error(self) -> Option<InvalidFile> {
        let mut others = self.faults.take();
        if others.is_empty() {
            return None;
        }
        Some(InvalidFile(Box::new(Faults { first: others.remove(0), others })))
    }
}

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
    document: &'a Document<'a>,
    value: &'a Value,
}

/// An object.
#[derive(Clone, Copy)]
pub struct Object<'a>(Place<'a>);

/// The value of a missing member. It is in no file, so problems inside it are not reported.
static NOTHING: Value = Value::Null;

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
type Reader<'a, V> = fn(Place<'a>) -> V;

impl<'a> Place<'a> {
    /// Notes a fault here.
    pub fn note(self, problem: &str) {
        self.note_below("", problem);
    }

    /// Notes a fault of a member, there or not.
    pub fn note_in(self, key: &str, problem: &str) {
        self.note_below(&pointer_step(key), problem);
    }

    #[inline(never)]
    fn note_below(self, step: &str, problem: &str) {
        if self.document.noted() < MOST_FAULTS
            && let Some(pointer) = self.pointer()
        {
            self.document.note(&[&pointer, step].concat(), problem);
        }
    }

    fn pointer(self) -> Option<String> {
        let mut pointer = self.document.base.clone()?;
        find(&self.document.value, self.value, &mut pointer).then_some(pointer)
    }

    fn standing(self, value: &'a Value) -> Self {
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
            if !known.contains(&key) {
                self.note_in(key, &problem!["is not known here; known: ", &known.join(", ")]);
            }
        }
        Object(if self.value.is_object() { self } else { self.standing(&NOTHING) })
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

    /// An object whose keys are any.
    pub fn named<V>(self, read: Reader<'a, V>) -> KeyMap<V> {
        let mut map = KeyMap::default();
        for (key, place) in self.entries() {
            map.insert(key, read(place));
        }
        map
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

impl<'a> Object<'a> {
    /// Notes a fault of a member, there or not.
    pub fn note(self, key: &str, problem: &str) {
        self.0.note_in(key, problem);
    }

    /// A member that may be left out.
    #[inline(never)]
    pub fn get(self, key: &str) -> Option<Place<'a>> {
        self.0.value.get(key).map(|value| self.0.standing(value))
    }

    /// A member that must be there.
    #[inline(never)]
    pub fn need(self, key: &str) -> Place<'a> {
        let place = self.get(key);
        if place.is_none() {
            self.note(key, "is missing");
        }
        place.unwrap_or(self.0.standing(&NOTHING))
    }

    /// Text that must be there.
    #[inline(never)]
    pub fn text(self, key: &str) -> String {
        self.need(key).owned_text()
    }

    /// Text that may be left out.
    #[inline(never)]
    pub fn text_or_none(self, key: &str) -> Option<String> {
        self.get(key).map(Place::owned_text)
    }

    /// Text that may be left out; then it is empty.
    #[inline(never)]
    pub fn text_or_empty(self, key: &str) -> String {
        self.text_or_none(key).unwrap_or_default()
    }

    /// True or false; false where it is left out.
    #[inline(never)]
    pub fn truth(self, key: &str) -> bool {
        self.get(key).is_some_and(Place::truth)
    }

    /// An id of a closed list, that may be left out.
    pub fn id_or<T: IdEnum>(self, key: &str, otherwise: T) -> T {
        self.get(key).map_or(otherwise, Place::id)
    }

    /// A list that may be left out; then it is empty.
    pub fn each<V>(self, key: &str, read: Reader<'a, V>) -> Vec<V> {
        self.get(key).map_or_else(Vec::new, |place| place.each(read))
    }

    /// A list of texts that may be left out; then it is empty.
    #[inline(never)]
    pub fn texts(self, key: &str) -> Vec<String> {
        self.each(key, Place::owned_text)
    }

    /// Checks the version that a file says it is written for: 1, the only one there is.
    #[inline(never)]
    pub fn expect_version(self) {
        let place = self.need("schema_version");
        let version = place.number();
        if version != 1 {
            place.note(&problem!["is ", &version.to_string(), ", but this Putright reads version 1"]);
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that stops has failed")]
mod tests {
    use super::{Document, InvalidFile, Place, at_pointer, json, pointer_step};

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

    #[test]
    fn pointers_are_as_rfc_6901_says() {
        let value = json::parse(r#"{ "a/b": [1, { "m~n": "x" }], "": "y" }"#).unwrap();
        assert_eq!(at_pointer(&value, ""), Some(&value));
        assert_eq!(at_pointer(&value, "/a~1b/1/m~0n"), Some(&"x".into()));
        assert_eq!(at_pointer(&value, "/"), Some(&"y".into()));
        assert_eq!(at_pointer(&value, "/a~1b/2"), None);
        assert_eq!(at_pointer(&value, "a~1b"), None);
        assert_eq!(pointer_step("a/b~c"), "/a~1b~0c");
    }
}
