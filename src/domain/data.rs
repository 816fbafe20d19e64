//! Reading the data files that councils and translators write, and telling what is wrong with one so that its writer can mend
//! it: the file, the JSON pointer, what was meant.
//!
//! A file is read as JSON once and taken apart by hand, with [`Place`], instead of by derived code for each shape: that was
//! measured to be a quarter of the download, and it could not name the place.

use std::{fmt, ops::Deref};

use serde_json::{Map, Value};

use super::{
    date::Date,
    vocabulary::{IdMap, Vocabulary},
};

/// A fault in one of the files that a council, or a translator, writes. Boxed: it is passed on from many places, and each
/// would carry three texts' room in its code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct DataError(Box<Fault>);

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file's path or address.
    pub file: String,
    /// Where in the file, as a JSON pointer (RFC 6901); empty for the whole file.
    pub pointer: String,
    /// What is wrong and what was meant.
    pub problem: String,
}

impl DataError {
    /// A fault at one place of a file.
    pub fn at(file: &str, pointer: impl Into<String>, problem: impl Into<String>) -> Self {
        Self(Box::new(Fault { file: file.to_owned(), pointer: pointer.into(), problem: problem.into() }))
    }
}

impl Deref for DataError {
    type Target = Fault;

    fn deref(&self) -> &Fault {
        &self.0
    }
}

impl fmt::Display for DataError {
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

/// A file's JSON.
pub struct Document<'a> {
    file: &'a str,
    value: Value,
}

impl<'a> Document<'a> {
    /// Reads a file.
    ///
    /// # Errors
    /// Where it is not JSON.
    pub fn parse(file: &'a str, text: &str) -> Result<Self, DataError> {
        match serde_json::from_str(text) {
            Ok(value) => Ok(Self { file, value }),
            Err(fault) => Err(DataError::at(file, "", ["is not JSON: ", &fault.to_string()].concat())),
        }
    }

    /// The whole of it.
    pub fn root(&self) -> Place<'_> {
        Place { file: self.file, pointer: String::new(), value: &self.value }
    }
}

/// A place in a file, with the value that stands there.
pub struct Place<'a> {
    file: &'a str,
    pointer: String,
    value: &'a Value,
}

/// An object whose keys have been checked.
pub struct Object<'a> {
    file: &'a str,
    pointer: String,
    members: &'a Map<String, Value>,
}

impl<'a> Place<'a> {
    /// A fault here.
    pub fn fault(&self, problem: impl Into<String>) -> DataError {
        DataError::at(self.file, self.pointer.clone(), problem)
    }

    /// Another value in its place.
    pub fn standing<'b>(&self, value: &'b Value) -> Place<'b>
    where
        'a: 'b,
    {
        Place { file: self.file, pointer: self.pointer.clone(), value }
    }

    /// What stands there.
    pub fn value(&self) -> &'a Value {
        self.value
    }

    /// The pointer to it.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// An object with no keys but these.
    ///
    /// # Errors
    /// Where it is none, or has another key.
    pub fn object(&self, known: &[&str]) -> Result<Object<'a>, DataError> {
        let object = self.members()?;
        match object.members.keys().find(|key| !known.contains(&key.as_str())) {
            Some(stranger) => {
                let pointer = [&self.pointer, pointer_step(stranger).as_str()].concat();
                Err(DataError::at(self.file, pointer, ["is not known here; known: ", &known.join(", ")].concat()))
            }
            None => Ok(object),
        }
    }

    /// An object with any keys.
    fn members(&self) -> Result<Object<'a>, DataError> {
        match self.value {
            Value::Object(members) => Ok(Object { file: self.file, pointer: self.pointer.clone(), members }),
            _ => Err(self.fault("must be an object, in { }")),
        }
    }

    /// A member of an object whose other keys are not ours.
    ///
    /// # Errors
    /// Where it is not there.
    pub fn member(&self, key: &str) -> Result<Place<'a>, DataError> {
        self.members()?.need(key)
    }

    /// A list.
    ///
    /// # Errors
    /// Where it is none.
    pub fn list(&self) -> Result<Vec<Place<'a>>, DataError> {
        let Value::Array(items) = self.value else { return Err(self.fault("must be a list, in [ ]")) };
        Ok(items
            .iter()
            .enumerate()
            .map(|(at, value)| Place {
                file: self.file,
                pointer: [&self.pointer, "/", at.to_string().as_str()].concat(),
                value,
            })
            .collect())
    }

    /// Text.
    ///
    /// # Errors
    /// Where it is none.
    pub fn text(&self) -> Result<&'a str, DataError> {
        self.value.as_str().ok_or_else(|| self.fault("must be text, in \" \""))
    }

    /// Text of one's own.
    ///
    /// # Errors
    /// Where it is none.
    pub fn owned_text(&self) -> Result<String, DataError> {
        self.text().map(str::to_owned)
    }

    /// A whole number that is not negative.
    ///
    /// # Errors
    /// Where it is none.
    pub fn number(&self) -> Result<u32, DataError> {
        let number = self.value.as_u64().and_then(|number| u32::try_from(number).ok());
        number.ok_or_else(|| self.fault("must be a whole number, 0 or more"))
    }

    /// True or false.
    ///
    /// # Errors
    /// Where it is neither.
    pub fn truth(&self) -> Result<bool, DataError> {
        self.value.as_bool().ok_or_else(|| self.fault("must be true or false"))
    }

    /// A date.
    ///
    /// # Errors
    /// Where it is none.
    pub fn date(&self) -> Result<Date, DataError> {
        Date::parse_iso(self.text()?).ok_or_else(|| self.fault("must be a date like 2026-12-17"))
    }

    /// An id of a closed list.
    ///
    /// # Errors
    /// Where it is not in the list.
    pub fn id<T: Vocabulary>(&self) -> Result<T, DataError> {
        let index = self.known(self.text()?, T::NAMES)?;
        T::VALUES.get(index).copied().ok_or_else(|| self.fault("is not known"))
    }

    fn known(&self, id: &str, names: &[&str]) -> Result<usize, DataError> {
        names
            .iter()
            .position(|name| *name == id)
            .ok_or_else(|| self.fault(["\"", id, "\" is not known; known: ", &names.join(", ")].concat()))
    }

    /// Whether it is text.
    pub fn is_text(&self) -> bool {
        self.value.is_string()
    }

    /// A list of texts.
    ///
    /// # Errors
    /// Where it is none.
    pub fn texts(&self) -> Result<Vec<String>, DataError> {
        self.list()?.iter().map(Place::owned_text).collect()
    }

    /// Each member of an object whose keys are any.
    ///
    /// # Errors
    /// Where it is none.
    pub fn entries(&self) -> Result<Vec<(&'a str, Place<'a>)>, DataError> {
        let object = self.members()?;
        Ok(object.members.iter().map(|(key, value)| (key.as_str(), object.place(key, value))).collect())
    }

    /// An object whose keys are ids of a closed list.
    ///
    /// # Errors
    /// Where a key is not in the list, or a value is not what `read` reads.
    pub fn map<K: Vocabulary, V>(&self, read: Reader<'a, V>) -> Result<IdMap<K, V>, DataError> {
        self.keyed(K::NAMES, read).map(IdMap::from_places)
    }

    fn keyed<V>(&self, names: &[&str], read: Reader<'a, V>) -> Result<Vec<(usize, V)>, DataError> {
        let mut map = Vec::new();
        for (key, place) in self.entries()? {
            map.push((place.known(key, names)?, read(&place)?));
        }
        Ok(map)
    }
}

/// Reads a value where it stands.
type Reader<'a, V> = fn(&Place<'a>) -> Result<V, DataError>;

impl<'a> Object<'a> {
    fn place(&self, key: &str, value: &'a Value) -> Place<'a> {
        Place { file: self.file, pointer: [&self.pointer, pointer_step(key).as_str()].concat(), value }
    }

    /// A fault of a member, there or not.
    pub fn fault(&self, key: &str, problem: &str) -> DataError {
        DataError::at(self.file, [&self.pointer, pointer_step(key).as_str()].concat(), problem)
    }

    /// A member that may be left out.
    pub fn get(&self, key: &str) -> Option<Place<'a>> {
        self.members.get(key).map(|value| self.place(key, value))
    }

    /// A member that must be there.
    ///
    /// # Errors
    /// Where it is not.
    pub fn need(&self, key: &str) -> Result<Place<'a>, DataError> {
        self.get(key).ok_or_else(|| self.fault(key, "is missing"))
    }

    /// Text that must be there.
    ///
    /// # Errors
    /// Where it is not there, or no text.
    pub fn text(&self, key: &str) -> Result<String, DataError> {
        self.need(key)?.owned_text()
    }

    /// Text that may be left out; then it is empty.
    ///
    /// # Errors
    /// Where it is no text.
    pub fn text_or_empty(&self, key: &str) -> Result<String, DataError> {
        self.get(key).map_or(Ok(String::new()), |place| place.owned_text())
    }

    /// True or false; false where it is left out.
    ///
    /// # Errors
    /// Where it is neither.
    pub fn truth(&self, key: &str) -> Result<bool, DataError> {
        self.get(key).map_or(Ok(false), |place| place.truth())
    }

    /// A list that may be left out; then it is empty.
    ///
    /// # Errors
    /// Where it is no list.
    pub fn list(&self, key: &str) -> Result<Vec<Place<'a>>, DataError> {
        self.get(key).map_or(Ok(Vec::new()), |place| place.list())
    }

    /// A list of texts that may be left out; then it is empty.
    ///
    /// # Errors
    /// Where it is no such list.
    pub fn texts(&self, key: &str) -> Result<Vec<String>, DataError> {
        self.get(key).map_or(Ok(Vec::new()), |place| place.texts())
    }

    /// Checks the version that a file says it is written for.
    ///
    /// # Errors
    /// Where it is not 1, the only one there is.
    pub fn expect_version(&self) -> Result<(), DataError> {
        let place = self.need("schema_version")?;
        match place.number()? {
            1 => Ok(()),
            other => Err(place.fault(["is ", &other.to_string(), ", but this Putright reads version 1"].concat())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{at_pointer, pointer_step};

    #[test]
    fn pointers_are_as_rfc_6901_says() {
        let value = serde_json::json!({ "a/b": [1, { "m~n": "x" }], "": 2 });
        assert_eq!(at_pointer(&value, ""), Some(&value));
        assert_eq!(at_pointer(&value, "/a~1b/1/m~0n"), Some(&"x".into()));
        assert_eq!(at_pointer(&value, "/"), Some(&2.into()));
        assert_eq!(at_pointer(&value, "/a~1b/2"), None);
        assert_eq!(at_pointer(&value, "a~1b"), None);
        assert_eq!(pointer_step("a/b~c"), "/a~1b~0c");
    }
}
