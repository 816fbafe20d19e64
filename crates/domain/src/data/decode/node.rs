//! A value of a file, as serde decodes it.

use serde::{
    Deserializer,
    de::{self, DeserializeSeed, IntoDeserializer, Visitor, value::StrDeserializer},
};

use super::{DecodeError, Decoded, Mark, Notes, STAND_IN};
use crate::{
    data::{SCHEMA_KEY, pointer_step, problem},
    json::Value,
};

#[derive(Clone, Copy)]
pub(super) enum Content<'a> {
    There(&'a Value),
    StandIn(&'static str),
}

/// A value, with its place.
pub(super) struct Node<'a> {
    pub(super) notes: &'a Notes<'a>,
    pub(super) pointer: String,
    pub(super) content: Content<'a>,
}

impl<'a> Node<'a> {
    fn child(&self, step: &str, value: &'a Value) -> Self {
        let pointer = [&self.pointer, step].concat();
        let content = self.notes.content(&pointer, value);
        Self { notes: self.notes, pointer, content }
    }

    fn stand_in(&self, step: &str) -> Self {
        let text = match self.notes.marks.borrow().get(&[&self.pointer, step].concat()) {
            Some(Mark::StandIn(text)) => text,
            _ => STAND_IN,
        };
        Self { notes: self.notes, pointer: [&self.pointer, step].concat(), content: Content::StandIn(text) }
    }

    /// Notes a value of the wrong kind. A stand-in is decoded in its place.
    fn wrong(&self, expected: &str) {
        if matches!(self.content, Content::There(_)) {
            self.notes.note(&self.pointer, &problem!["must be ", expected]);
        }
    }

    fn text(&self) -> &'a str {
        match self.content {
            Content::There(Value::String(text)) => text,
            Content::StandIn(text) => text,
            Content::There(_) => {
                self.wrong("text, in \" \"");
                STAND_IN
            }
        }
    }

    fn number(&self) -> u64 {
        let number = match self.content {
            Content::There(value) => value.as_u64(),
            Content::StandIn(_) => Some(1),
        };
        number.filter(|number| u32::try_from(*number).is_ok()).unwrap_or_else(|| {
            self.wrong("a whole number, 0 or more");
            1
        })
    }

    fn items(&self) -> &'a [Value] {
        if let Content::There(Value::Array(items)) = self.content {
            return items;
        }
        self.wrong("a list, in [ ]");
        &[]
    }

    fn members(&self) -> Vec<(&'a str, Self)> {
        let Content::There(Value::Object(members)) = self.content else {
            self.wrong("an object, in { }");
            return Vec::new();
        };
        let mut nodes = Vec::new();
        for (key, value) in members.iter() {
            let node = self.child(&pointer_step(key), value);
            if !matches!(self.notes.marks.borrow().get(&node.pointer), Some(Mark::Skip)) {
                nodes.push((key, node));
            }
        }
        nodes
    }

    /// The members of a struct with these fields: those that are there, and the stand-ins for those that have to be.
    fn fields(&self, fields: &'static [&'static str]) -> Vec<(&'a str, Self)> {
        let mut members = self.members();
        // For an editor, in the whole file alone.
        members.retain(|(key, _)| *key != SCHEMA_KEY || !self.pointer.is_empty());
        for field in fields {
            let is_there = members.iter().any(|(key, _)| key == field);
            let node = self.stand_in(&pointer_step(field));
            let is_marked = self.notes.marks.borrow().contains_key(&node.pointer);
            if !is_there && (is_marked || !matches!(self.content, Content::There(Value::Object(_)))) {
                members.push((field, node));
            }
        }
        members
    }
}

/// Kinds of values that are decoded as one kind of JSON.
macro_rules! forward {
    ($($method:ident)+ => $visit:ident($read:ident)) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Decoded<V::Value> { visitor.$visit(self.$read()) })+
    };
}

impl<'de> Deserializer<'de> for Node<'_> {
    type Error = DecodeError;

    forward! { deserialize_str deserialize_string deserialize_char deserialize_identifier => visit_str(text) }
    forward! {
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_f32 deserialize_f64 => visit_u64(number)
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Decoded<V::Value> {
        match self.content {
            Content::There(Value::Null) => visitor.visit_unit(),
            Content::There(Value::Bool(_)) => self.deserialize_bool(visitor),
            Content::There(Value::Number(_)) => self.deserialize_u64(visitor),
            Content::There(Value::Array(_)) => self.deserialize_seq(visitor),
            Content::There(Value::Object(_)) => self.deserialize_map(visitor),
            Content::There(Value::String(_)) | Content::StandIn(_) => self.deserialize_str(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Decoded<V::Value> {
        if let Content::There(Value::Bool(truth)) = self.content {
            return visitor.visit_bool(*truth);
        }
        self.wrong("true or false");
        visitor.visit_bool(false)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Decoded<V::Value> {
        match self.content {
            Content::There(_) => visitor.visit_some(self),
            Content::StandIn(_) => visitor.visit_none(),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Decoded<V::Value> {
        let nodes: Vec<Node<'_>> = self
            .items()
            .iter()
            .enumerate()
            .map(|(at, item)| self.child(&["/", &at.to_string()].concat(), item))
            .collect();
        visitor.visit_seq(Items(nodes.into_iter()))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Decoded<V::Value> {
        visitor.visit_map(Members { rest: self.members().into_iter(), value: None })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Decoded<V::Value> {
        visitor.visit_map(Members { rest: self.fields(fields).into_iter(), value: None })
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Decoded<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Decoded<V::Value> {
        let known = |name: &str| variants.iter().find(|variant| **variant == name).copied();
        let chosen = match self.content {
            Content::There(Value::String(name)) => known(name).map(|name| (name, self.stand_in(""))),
            Content::There(Value::Object(_)) => {
                let mut members = self.members();
                let only = members.pop().filter(|_| members.is_empty());
                only.and_then(|(name, node)| Some((known(name)?, node)))
            }
            _ => None,
        };
        let (name, node) = chosen.unwrap_or_else(|| {
            self.wrong(&problem!["one of: ", &variants.join(", "), "; each as text, or with its value in { }"]);
            (variants.first().copied().unwrap_or_default(), self.stand_in(""))
        });
        visitor.visit_enum(Variant { name, node })
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Decoded<V::Value> {
        visitor.visit_unit()
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Decoded<V::Value> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! { i128 u128 bytes byte_buf unit_struct tuple tuple_struct }
}

struct Items<'a>(std::vec::IntoIter<Node<'a>>);

impl<'de> de::SeqAccess<'de> for Items<'_> {
    type Error = DecodeError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Decoded<Option<T::Value>> {
        self.0.next().map(|node| decoded(node, seed)).transpose()
    }
}

struct Members<'a> {
    rest: std::vec::IntoIter<(&'a str, Node<'a>)>,
    value: Option<Node<'a>>,
}

impl<'de> de::MapAccess<'de> for Members<'_> {
    type Error = DecodeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Decoded<Option<K::Value>> {
        let Some((key, node)) = self.rest.next() else { return Ok(None) };
        let (notes, pointer) = (node.notes, node.pointer.clone());
        self.value = Some(node);
        let key: StrDeserializer<'_, DecodeError> = key.into_deserializer();
        seed.deserialize(key).map(Some).map_err(|error| {
            let error = notes.settle(&pointer, error);
            notes.mark(&pointer, Mark::Skip);
            error
        })
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Decoded<T::Value> {
        self.value.take().ok_or(DecodeError::Again).and_then(|node| decoded(node, seed))
    }
}

struct Variant<'a> {
    name: &'static str,
    node: Node<'a>,
}

impl<'de, 'a> de::EnumAccess<'de> for Variant<'a> {
    type Error = DecodeError;
    type Variant = Node<'a>;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Decoded<(V::Value, Node<'a>)> {
        let name: StrDeserializer<'_, DecodeError> = self.name.into_deserializer();
        Ok((seed.deserialize(name)?, self.node))
    }
}

impl<'de> de::VariantAccess<'de> for Node<'_> {
    type Error = DecodeError;

    fn unit_variant(self) -> Decoded<()> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Decoded<T::Value> {
        decoded(self, seed)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Decoded<V::Value> {
        let (notes, pointer) = (self.notes, self.pointer.clone());
        self.deserialize_seq(visitor).map_err(|error| notes.settle(&pointer, error))
    }

    fn struct_variant<V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Decoded<V::Value> {
        let (notes, pointer) = (self.notes, self.pointer.clone());
        self.deserialize_struct("", fields, visitor).map_err(|error| notes.settle(&pointer, error))
    }
}

/// Decodes a node. An error is noted at its place.
fn decoded<'de, T: DeserializeSeed<'de>>(node: Node<'_>, seed: T) -> Decoded<T::Value> {
    let (notes, content, pointer) = (node.notes, node.content, node.pointer.clone());
    seed.deserialize(node).map_err(|error| notes.settle_of(content, &pointer, error))
}
