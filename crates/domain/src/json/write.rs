//! Writes a type that derives `Serialize` as JSON, byte for byte as `serde_json` does. A test compares both.
//!
//! `serde_json` itself would be more of the download, because it writes to any stream and formats every kind of number.

use serde::{
    Serialize, Serializer,
    ser::{Impossible, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple},
};

use super::Value;
use crate::never::{Never, impossible};

/// Returns a value as JSON.
pub fn to_json<T: Serialize + ?Sized>(value: &T) -> String {
    let mut out = JsonWriter(String::new());
    let Ok(()) = value.serialize(&mut out);
    out.0
}

impl Value {
    /// Returns the value as JSON. Numbers are written as they were read.
    pub fn to_json(&self) -> String {
        let mut out = JsonWriter(String::new());
        out.value(self);
        out.0
    }
}

/// The JSON written so far.
struct JsonWriter(String);

impl JsonWriter {
    #[inline(never)]
    fn raw(&mut self, text: &str) {
        self.0.push_str(text);
    }

    /// Writes the comma before a member or an item, unless it is the first.
    #[inline(never)]
    fn separate(&mut self) {
        if !self.0.ends_with(['{', '[']) {
            self.0.push(',');
        }
    }

    #[inline(never)]
    fn key(&mut self, key: &str) {
        self.separate();
        self.string(key);
        self.0.push(':');
    }

    #[inline(never)]
    fn string(&mut self, text: &str) {
        self.0.push('"');
        for character in text.chars() {
            let short = match character {
                '"' | '\\' => character,
                '\n' => 'n',
                '\r' => 'r',
                '\t' => 't',
                '\u{8}' => 'b',
                '\u{c}' => 'f',
                '\0'..' ' => {
                    let code = u32::from(character);
                    self.0.push_str(if code < 16 { "\\u000" } else { "\\u001" });
                    self.0.extend(char::from_digit(code % 16, 16));
                    continue;
                }
                plain => {
                    self.0.push(plain);
                    continue;
                }
            };
            self.0.push('\\');
            self.0.push(short);
        }
        self.0.push('"');
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.string(text),
            Value::Array(items) => {
                self.0.push('[');
                for item in items {
                    self.separate();
                    self.value(item);
                }
                self.0.push(']');
            }
            Value::Object(members) => {
                self.0.push('{');
                for (key, member) in members.iter() {
                    self.key(key);
                    self.value(member);
                }
                self.0.push('}');
            }
            Value::Bool(truth) => self.raw(if *truth { "true" } else { "false" }),
            Value::Number(number) => self.raw(number),
            Value::Null => self.raw("null"),
        }
    }
}

/// Kinds of values that no format has.
macro_rules! never {
    ($($method:ident: $kind:ty),+ $(,)?) => {
        $(fn $method(self, _: $kind) -> Result<(), Never> { impossible() })+
    };
}

/// Whole numbers, written in digits.
macro_rules! numbers {
    ($($method:ident: $kind:ty),+ $(,)?) => {
        $(fn $method(self, number: $kind) -> Result<(), Never> {
            self.raw(&number.to_string());
            Ok(())
        })+
    };
}

impl Serializer for &mut JsonWriter {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Impossible<(), Never>;
    type SerializeTupleVariant = Impossible<(), Never>;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Impossible<(), Never>;

    never! { serialize_f32: f32, serialize_f64: f64, serialize_char: char, serialize_bytes: &[u8], serialize_unit_struct: &'static str }
    numbers! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64,
    }

    fn serialize_bool(self, truth: bool) -> Result<(), Never> {
        self.raw(if truth { "true" } else { "false" });
        Ok(())
    }

    fn serialize_str(self, text: &str) -> Result<(), Never> {
        self.string(text);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Never> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Never> {
        self.raw("null");
        Ok(())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Never> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Never> {
        impossible()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, Never> {
        self.raw("[");
        Ok(self)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self, Never> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, Never> {
        impossible()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Never> {
        impossible()
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self, Never> {
        self.raw("{");
        Ok(self)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Never> {
        self.serialize_map(None)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Never> {
        impossible()
    }
}

impl SerializeSeq for &mut JsonWriter {
    type Ok = ();
    type Error = Never;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Never> {
        self.separate();
        item.serialize(&mut **self)
    }

    fn end(self) -> Result<(), Never> {
        self.raw("]");
        Ok(())
    }
}

impl SerializeTuple for &mut JsonWriter {
    type Ok = ();
    type Error = Never;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Never> {
        SerializeSeq::serialize_element(self, item)
    }

    fn end(self) -> Result<(), Never> {
        SerializeSeq::end(self)
    }
}

impl SerializeMap for &mut JsonWriter {
    type Ok = ();
    type Error = Never;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Never> {
        SerializeSeq::serialize_element(self, key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        self.raw(":");
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), Never> {
        self.raw("}");
        Ok(())
    }
}

impl SerializeStruct for &mut JsonWriter {
    type Ok = ();
    type Error = Never;

    /// Writes a member. Not inlined: the code for each type of value exists once for all members of that type.
    #[inline(never)]
    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Never> {
        self.key(key);
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), Never> {
        SerializeMap::end(self)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that stops has failed")]
mod tests {
    use proptest::prelude::*;
    use serde::Serialize;

    use super::to_json;
    use crate::{
        id_enum::{IdMap, IdSet, id_enum},
        json,
        key_map::KeyMap,
    };

    id_enum! {
        /// For the test.
        Metal { Iron = "iron", Tin = "tin", Zinc = "zinc" }
    }

    #[derive(Clone, Serialize)]
    #[serde(tag = "known", rename_all = "snake_case")]
    enum Tagged {
        Number { number: i32, small: u8 },
        Nothing,
    }

    #[derive(Clone, Serialize)]
    #[serde(tag = "format", rename = "test/1")]
    struct Everything<'a> {
        text: String,
        borrowed: &'a str,
        truth: bool,
        large: u64,
        #[serde(skip_serializing_if = "Option::is_none")]
        maybe: Option<String>,
        always: Option<Metal>,
        set: IdSet<Metal>,
        by_id: IdMap<Metal, Vec<Tagged>>,
        by_name: KeyMap<Vec<String>>,
        pairs: Vec<(String, u32)>,
        unit: (),
        inner: Option<Box<Everything<'a>>>,
    }

    fn everything(texts: &[String], number: i32) -> Everything<'_> {
        let text = |at: usize| texts.get(at).cloned().unwrap_or_default();
        let tagged = vec![Tagged::Number { number, small: 7 }, Tagged::Nothing];
        let outer = Everything {
            text: text(0),
            borrowed: texts.first().map_or("", String::as_str),
            truth: number > 0,
            large: u64::from(number.unsigned_abs()) << 31,
            maybe: texts.get(1).cloned(),
            always: (number % 2 == 0).then_some(Metal::Tin),
            set: [Metal::Zinc, Metal::Iron].into_iter().take(texts.len()).collect(),
            by_id: texts.iter().take(1).map(|_| (Metal::Zinc, tagged.clone())).collect(),
            by_name: texts.iter().map(|text| (text.clone(), texts.to_vec())).collect(),
            pairs: texts.iter().map(|text| (text.clone(), 9)).collect(),
            unit: (),
            inner: None,
        };
        Everything { inner: Some(Box::new(outer.clone())), ..outer }
    }

    #[test]
    fn control_characters_are_written_as_a_library_writes_them() {
        let text: String = (0..=0x20_u8).map(char::from).chain("\"\\/\u{7f}é😀{[".chars()).collect();
        assert_eq!(to_json(&text), serde_json::to_string(&text).unwrap());
    }

    proptest! {
        #[test]
        fn every_shape_is_written_as_a_library_writes_it(
            texts in proptest::collection::vec(any::<String>(), 0..4), number in any::<i32>(),
        ) {
            let value = everything(&texts, number);
            prop_assert_eq!(to_json(&value), serde_json::to_string(&value).unwrap());
        }

        #[test]
        fn a_value_is_written_as_it_was_read(texts in proptest::collection::vec(any::<String>(), 0..4), number in any::<i32>()) {
            let sorted: serde_json::Value = serde_json::to_value(everything(&texts, number)).unwrap();
            let text = sorted.to_string();
            prop_assert_eq!(json::parse(&text).unwrap().to_json(), text);
        }
    }
}
