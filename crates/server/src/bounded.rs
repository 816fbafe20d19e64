//! Reads JSON within the bounds of a format, before anything is validated.
//!
//! The bounds come from the published JSON Schema: which fields an object has, how many entries a list or map may have, how
//! long a text may be. Anything past them is read over and never stored, so the value that is built is small, however large
//! or oddly shaped the JSON is. A bound that was passed is reported as a fault, or leaves one entry or character too many in
//! the value, so the schema refuses the value too. A name that is given twice in one object is a fault.

use std::{
    collections::{BTreeMap, HashSet},
    fmt,
};

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::problem::InvalidField;

/// Entries and names that are read past a bound, so that several faults can be reported at once.
const SLACK: usize = 50;
/// The bound of a list or map for which the format has none.
const MOST_ENTRIES: usize = 100;
/// The bound of a text of a fixed form, such as a date, for which the format has none. It is longer than any such text.
const MOST_CHARACTERS: usize = 256;
/// The longest name that a map may have, in bytes. It is longer than any name of the format.
const MOST_NAME_BYTES: usize = 64;
/// The format's own depth is 6.
const MOST_DEPTH: usize = 16;
/// Faults are sorted and cut later, so a few more than an answer holds are enough.
const MOST_FAULTS: usize = 200;

/// The bounds of one place in a format, with those of the places in it. Where a place has several forms, the wider bound
/// counts; the schema tells the forms apart later.
#[derive(Default)]
pub struct Bounds {
    fields: BTreeMap<String, Bounds>,
    names: Option<jsonschema::Validator>,
    entries: Option<Box<Bounds>>,
    most_entries: Option<usize>,
    items: Option<Box<Bounds>>,
    most_items: Option<usize>,
    most_characters: usize,
}

impl Bounds {
    /// Reads the bounds from a schema.
    ///
    /// # Errors
    /// Returns an error if the schema refers to a definition that it does not have, or is nested too deep.
    pub fn of(document: &Value) -> Result<Self, String> {
        let mut bounds = Self::default();
        bounds.add(document, document, 0)?;
        Ok(bounds)
    }

    fn add(&mut self, schema: &Value, document: &Value, depth: usize) -> Result<(), String> {
        if depth > MOST_DEPTH {
            return Err("is nested too deep, or refers to itself".to_owned());
        }
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            let target = reference.strip_prefix('#').and_then(|pointer| document.pointer(pointer));
            self.add(target.ok_or_else(|| format!("refers to {reference}, which is not there"))?, document, depth + 1)?;
        }
        for form in ["anyOf", "oneOf", "allOf"].iter().filter_map(|name| schema.get(name)?.as_array()).flatten() {
            self.add(form, document, depth + 1)?;
        }
        for (name, field) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            self.fields.entry(name.clone()).or_default().add(field, document, depth + 1)?;
        }
        if let Some(entries @ Value::Object(_)) = schema.get("additionalProperties") {
            self.entries.get_or_insert_default().add(entries, document, depth + 1)?;
        }
        let count = |value: &Value| value.as_u64().and_then(|most| usize::try_from(most).ok());
        if let Some(names) = schema.get("propertyNames") {
            self.names = Some(jsonschema::validator_for(names).map_err(|error| error.to_string())?);
            self.most_entries = names.get("enum").and_then(Value::as_array).map(Vec::len).or(self.most_entries);
        }
        self.most_entries = schema.get("maxProperties").and_then(count).or(self.most_entries);
        if let Some(items) = schema.get("items") {
            let bounds = self.items.get_or_insert_default();
            bounds.add(items, document, depth + 1)?;
            self.most_items = schema.get("maxItems").and_then(count).or(self.most_items);
        }
        self.most_characters = self.most_characters.max(most_characters(schema));
        Ok(())
    }
}

/// The most characters of a text; 0 where there is no text.
fn most_characters(schema: &Value) -> usize {
    let is_text = match schema.get("type") {
        Some(Value::String(kind)) => kind == "string",
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == "string"),
        _ => false,
    };
    let longest = |ids: &[Value]| ids.iter().filter_map(Value::as_str).map(str::len).max();
    let most = schema.get("maxLength").and_then(Value::as_u64).and_then(|most| usize::try_from(most).ok());
    let most = most.or_else(|| longest(schema.get("enum")?.as_array()?));
    match most.or_else(|| longest(std::slice::from_ref(schema.get("const")?))) {
        Some(most) => most,
        None if is_text && (schema.get("pattern").is_some() || schema.get("format").is_some()) => MOST_CHARACTERS,
        // A file in base64. The bytes of the whole bound it.
        None if is_text => usize::MAX,
        None => 0,
    }
}

/// Reads JSON within bounds. `is_public` says whether a pointer that is reported may contain a name.
///
/// # Errors
/// Returns an error if the text is not one JSON value.
pub fn read(
    text: &str,
    bounds: &Bounds,
    is_public: &dyn Fn(&str) -> bool,
) -> Result<(Value, Vec<InvalidField>), serde_json::Error> {
    let mut reading = ReadingState { pointer: String::new(), hidden: 0, faults: Vec::new(), is_public };
    let mut source = serde_json::Deserializer::from_str(text);
    let value = BoundedValue { bounds, reading: &mut reading }.deserialize(&mut source)?;
    source.end()?;
    Ok((value, reading.faults))
}

/// The state of a reading: its place, and the faults so far.
struct ReadingState<'a> {
    pointer: String,
    /// The number of steps below a name that may not be reported.
    hidden: usize,
    faults: Vec<InvalidField>,
    is_public: &'a dyn Fn(&str) -> bool,
}

impl ReadingState<'_> {
    fn fault(&mut self, detail: impl Into<String>) {
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(InvalidField { pointer: self.pointer.clone(), detail: detail.into() });
        }
    }

    /// Goes a step down, and returns the length of the pointer to go back to.
    fn enter(&mut self, step: &str, is_public: bool) -> usize {
        let before = self.pointer.len();
        if self.hidden > 0 || !is_public {
            self.hidden += 1;
        } else {
            self.pointer.push('/');
            self.pointer.push_str(step);
        }
        before
    }

    fn leave(&mut self, before: usize) {
        self.hidden = self.hidden.saturating_sub(1);
        self.pointer.truncate(before);
    }
}

struct BoundedValue<'a, 'r> {
    bounds: &'a Bounds,
    reading: &'a mut ReadingState<'r>,
}

impl<'de> DeserializeSeed<'de> for BoundedValue<'_, '_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Value, D::Error> {
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for BoundedValue<'_, '_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    /// One character past the bound stays, so that the schema sees that there were too many.
    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        let most = self.bounds.most_characters.saturating_add(1);
        let end = if text.len() <= most { None } else { text.char_indices().nth(most) };
        Ok(Value::String(end.and_then(|(end, _)| text.get(..end)).unwrap_or(text).to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut entries = Vec::new();
        let Some(items) = &self.bounds.items else {
            while list.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(Value::Array(entries));
        };
        let most = self.bounds.most_items.unwrap_or(MOST_ENTRIES);
        while entries.len() < most.saturating_add(SLACK) {
            let before = self.reading.enter(&entries.len().to_string(), true);
            let entry = list.next_element_seed(BoundedValue { bounds: items, reading: &mut *self.reading })?;
            self.reading.leave(before);
            match entry {
                Some(entry) => entries.push(entry),
                None => break,
            }
        }
        let mut past = entries.len() > most;
        while list.next_element::<IgnoredAny>()?.is_some() {
            past = true;
        }
        if past {
            self.reading.fault(format!("must have at most {most} entries"));
        }
        Ok(Value::Array(entries))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let Self { bounds, reading } = self;
        let mut read = Map::new();
        let mut given = HashSet::new();
        let is_object = bounds.entries.is_some() || !bounds.fields.is_empty();
        let most = bounds.most_entries.unwrap_or(MOST_ENTRIES);
        let (mut is_unknown, mut is_twice, mut past) = (false, false, false);
        while let Some(name) = members.next_key_seed(Name { bounds, given: &given })? {
            let (name, field) = match name {
                ReadName::Field(name, field) => (name, field),
                ReadName::Entry(name, _) if given.len() >= most.saturating_add(SLACK) => {
                    past = true;
                    drop(name);
                    members.next_value::<IgnoredAny>()?;
                    continue;
                }
                ReadName::Entry(name, entries) => (name, entries),
                not_read => {
                    is_unknown |= is_object && matches!(not_read, ReadName::Unknown);
                    is_twice |= matches!(not_read, ReadName::Twice);
                    members.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            let is_public = bounds.fields.contains_key(&name) || (reading.is_public)(&name);
            let before = reading.enter(&name, is_public);
            let value = members.next_value_seed(BoundedValue { bounds: field, reading: &mut *reading })?;
            reading.leave(before);
            given.insert(name.clone());
            read.insert(name, value);
        }
        past |= bounds.entries.is_some() && given.len() > most;
        for (is_so, detail) in [(is_unknown, "has a field that is not known"), (is_twice, "has a field twice")] {
            if is_so {
                reading.fault(detail);
            }
        }
        if past {
            reading.fault(format!("must have at most {most} fields"));
        }
        Ok(Value::Object(read))
    }
}

/// A name in an object, held against those it may have.
enum ReadName<'a> {
    Field(String, &'a Bounds),
    Entry(String, &'a Bounds),
    Unknown,
    Twice,
}

struct Name<'a, 'g> {
    bounds: &'a Bounds,
    given: &'g HashSet<String>,
}

impl<'de, 'a> DeserializeSeed<'de> for Name<'a, '_> {
    type Value = ReadName<'a>;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<ReadName<'a>, D::Error> {
        source.deserialize_str(self)
    }
}

impl<'a> Visitor<'_> for Name<'a, '_> {
    type Value = ReadName<'a>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<ReadName<'a>, E> {
        let Self { bounds, given } = self;
        if name.len() > MOST_NAME_BYTES {
            return Ok(ReadName::Unknown);
        }
        if given.contains(name) {
            return Ok(ReadName::Twice);
        }
        if let Some(field) = bounds.fields.get(name) {
            return Ok(ReadName::Field(name.to_owned(), field));
        }
        let may_have = |names: &jsonschema::Validator| names.is_valid(&Value::from(name));
        Ok(match &bounds.entries {
            Some(entries) if bounds.names.as_ref().is_none_or(may_have) => ReadName::Entry(name.to_owned(), entries),
            _ => ReadName::Unknown,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    fn read_as(schema: &Value, text: &str) -> (Value, Vec<(String, String)>) {
        let (value, faults) = read(text, &Bounds::of(schema).unwrap(), &|_| false).unwrap();
        (value, faults.into_iter().map(|fault| (fault.pointer, fault.detail)).collect())
    }

    #[test]
    fn value_within_bounds_is_read_whole() {
        let schema = serde_json::from_str(include_str!("../../../public/schema/submission-1.json")).unwrap();
        let sample = include_str!("../../cli/tests/data/submission.json");
        let (value, faults) = read_as(&schema, sample);
        assert_eq!(value, serde_json::from_str::<Value>(sample).unwrap());
        assert_eq!(faults, []);
    }

    #[test]
    fn each_bound_stops_the_reading_and_is_reported() {
        let schema = json!({
            "properties": {
                "list": { "type": "array", "maxItems": 2, "items": { "type": "string", "maxLength": 3 } },
                "map": {
                    "type": "object", "maxProperties": 1, "propertyNames": { "pattern": "^[a-z]+$" },
                    "additionalProperties": { "type": "string", "enum": ["yes", "no"] },
                },
            },
        });
        let list = format!("[{}]", vec!["\"abcdefgh\""; 500].join(","));
        let (value, faults) = read_as(&schema, &format!("{{\"list\":{list}}}"));
        assert_eq!(value["list"].as_array().unwrap().len(), 2 + SLACK);
        assert_eq!(value["list"][0], "abcd", "a character too many stays, for the schema to see");
        assert_eq!(faults, [("/list".to_owned(), "must have at most 2 entries".to_owned())]);

        let (value, faults) = read_as(&schema, r#"{"map":{"a":"yes","b":"nowhere","a":"no","B":"no"}}"#);
        assert_eq!(value, json!({ "map": { "a": "yes", "b": "nowh" } }));
        let details: Vec<_> = faults.iter().map(|(pointer, detail)| (pointer.as_str(), detail.as_str())).collect();
        let wrong = ["has a field that is not known", "has a field twice", "must have at most 1 fields"];
        assert_eq!(details, wrong.map(|detail| ("/map", detail)));
        let deep = format!("{{\"list\":{}{}, \"other\": [1], \"map\": [2]}}", "[".repeat(9_000), "]".repeat(9_000));
        let (value, faults) = read_as(&schema, &deep);
        assert_eq!(value, json!({ "list": [[]], "map": [] }));
        assert_eq!(faults, [(String::new(), "has a field that is not known".to_owned())]);
    }

    #[test]
    fn name_that_a_person_wrote_is_not_in_a_pointer() {
        let schema = json!({ "additionalProperties": { "properties": { "a": { "properties": {"b": {}} } } } });
        let text = r#"{"Sam":{"a":{"b":1,"b":2}}}"#;
        assert_eq!(read_as(&schema, text).1, [(String::new(), "has a field twice".to_owned())]);
        let (_, faults) = read(text, &Bounds::of(&schema).unwrap(), &|_| true).unwrap();
        assert_eq!(faults[0].pointer, "/Sam/a");
    }

    #[test]
    fn schema_that_refers_to_itself_has_no_bounds() {
        let schema = json!({ "$defs": { "a": { "items": { "$ref": "#/$defs/a" } } }, "$ref": "#/$defs/a" });
        assert!(Bounds::of(&schema).is_err());
        assert!(Bounds::of(&json!({ "$ref": "#/$defs/none" })).is_err());
    }
}
