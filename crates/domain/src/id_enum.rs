//! The closed lists of ids that questions, rules and the wire format share.
//!
//! An id is part of the wire format: once published it is never renamed. [`id_enum!`] makes an enum whose
//! variants are those ids, readable and writable as strings, with every known value at hand for an error message.
//!
//! [`IdSet`] and [`IdMap`] hold such ids. The standard library's trees would do the same, but each kind of tree adds
//! some kilobytes of WebAssembly. A bit set and a short list do not.

use std::{fmt, marker::PhantomData};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A closed list of ids.
pub trait IdEnum: Copy + Eq + fmt::Debug + 'static {
    /// Every value, in the order of declaration.
    const VALUES: &'static [Self];
    /// The first of them, which stands in for one that could not be read.
    const FIRST: Self;
    /// Every id, in the same order.
    const NAMES: &'static [&'static str];
    /// The place in that order.
    fn index(self) -> usize;
    /// The id, as it stands in files and on the wire.
    fn name(self) -> &'static str;
}

/// The place of an id in a list.
#[inline(never)]
pub fn index_of(id: &str, ids: &[&str]) -> Option<usize> {
    ids.iter().position(|known| *known == id)
}

/// Returns the place of an id in its list, as a bundle has it.
pub fn position<T: IdEnum>(id: T) -> u32 {
    u32::try_from(id.index()).unwrap_or(u32::MAX)
}

/// Reads an id from its place in the list.
///
/// # Errors
/// Returns an error if the list is shorter than the place.
pub fn at_position<'de, T: IdEnum, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let index = u32::deserialize(deserializer)? as usize;
    T::VALUES.get(index).copied().ok_or_else(|| serde::de::Error::custom("an id beyond the end of its list"))
}

/// Makes an enum of ids: `ALL`, `id`, `from_id`, serde as a string, and a JSON Schema under the feature `schema`.
#[macro_export]
macro_rules! id_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $id:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vmeta])* #[doc = concat!("`", $id, "`")] $variant),+ }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// Every id, in the same order.
            pub const IDS: &'static [&'static str] = &[$($id),+];

            /// The id, as it stands in files and on the wire.
            // From the one list: a match would be a second list in the WebAssembly. Every value has its place there.
            #[allow(clippy::indexing_slicing)]
            pub const fn id(self) -> &'static str {
                Self::IDS[self as usize]
            }

            /// The value of an id; `None` where the id is not known.
            pub fn from_id(id: &str) -> Option<Self> {
                let index = $crate::id_enum::index_of(id, Self::IDS)?;
                Self::ALL.get(index).copied()
            }
        }

        impl $crate::id_enum::IdEnum for $name {
            const VALUES: &'static [Self] = Self::ALL;
            const FIRST: Self = {
                let [first, ..] = [$(Self::$variant),+];
                first
            };
            const NAMES: &'static [&'static str] = Self::IDS;
            fn index(self) -> usize {
                self as usize
            }
            fn name(self) -> &'static str {
                self.id()
            }
        }

        impl $crate::id_enum::serde::Serialize for $name {
            fn serialize<S: $crate::id_enum::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() {
                    return serializer.serialize_str(self.id());
                }
                serializer.serialize_u32($crate::id_enum::position(*self))
            }
        }

        impl<'de> $crate::id_enum::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::id_enum::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                if !deserializer.is_human_readable() {
                    return $crate::id_enum::at_position(deserializer);
                }
                let id = <std::borrow::Cow<'de, str> as $crate::id_enum::serde::Deserialize>::deserialize(deserializer)?;
                Self::from_id(&id).ok_or_else(|| $crate::id_enum::serde::de::Error::unknown_variant(&id, Self::IDS))
            }
        }

        #[cfg(not(target_family = "wasm"))]
        impl $crate::id_enum::schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut $crate::id_enum::schemars::SchemaGenerator) -> $crate::id_enum::schemars::Schema {
                $crate::id_enum::schemars::json_schema!({ "type": "string", "enum": Self::IDS })
            }
        }
    };
}

pub use id_enum;
#[cfg(not(target_family = "wasm"))]
#[doc(hidden)]
pub use schemars;
#[doc(hidden)]
pub use serde;

/// A set of ids, in the order of their list. Holds lists of up to 64.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct IdSet<T>(u64, PhantomData<T>);

impl<T: IdEnum> IdSet<T> {
    const fn bit(index: usize) -> u64 {
        assert!(T::VALUES.len() <= 64, "a set holds lists of up to 64 ids");
        1 << index
    }

    /// Puts an id in.
    pub fn insert(&mut self, id: T) {
        self.0 |= Self::bit(id.index());
    }

    /// Takes an id out.
    pub fn remove(&mut self, id: T) {
        self.0 &= !Self::bit(id.index());
    }

    /// Returns whether an id is in the set.
    pub fn contains(&self, id: T) -> bool {
        self.0 & Self::bit(id.index()) != 0
    }

    /// Returns whether the set is empty.
    pub fn is_empty(&self) -> bool {
        self.0 == 0
    }

    /// How many are in it.
    pub fn len(&self) -> usize {
        self.0.count_ones() as usize
    }

    /// Those in it, in the order of their list.
    pub fn iter(&self) -> impl Iterator<Item = T> + use<T> {
        let set = *self;
        T::VALUES.iter().copied().filter(move |id| set.contains(*id))
    }
}

/// The names in a set, in the order of their list. One type for the sets of all lists, so that the code that writes them exists once.
fn names_of(set: u64, names: &'static [&'static str]) -> impl Iterator<Item = &'static str> {
    names.iter().enumerate().filter(move |(index, _)| set >> index & 1 == 1).map(|(_, name)| *name)
}

impl<T> Default for IdSet<T> {
    fn default() -> Self {
        Self(0, PhantomData)
    }
}

impl<T: IdEnum> Extend<T> for IdSet<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, ids: I) {
        for id in ids {
            self.insert(id);
        }
    }
}

impl<T: IdEnum> FromIterator<T> for IdSet<T> {
    fn from_iter<I: IntoIterator<Item = T>>(ids: I) -> Self {
        let mut set = Self::default();
        set.extend(ids);
        set
    }
}

impl<T: IdEnum> fmt::Debug for IdSet<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

impl<T: IdEnum> Serialize for IdSet<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return serializer.collect_seq(names_of(self.0, T::NAMES));
        }
        serializer.serialize_u64(self.0)
    }
}

impl<'de, T: IdEnum + Deserialize<'de>> Deserialize<'de> for IdSet<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return Ok(Vec::<T>::deserialize(deserializer)?.into_iter().collect());
        }
        Ok(Self(u64::deserialize(deserializer)?, PhantomData))
    }
}

#[cfg(not(target_family = "wasm"))]
impl<T: schemars::JsonSchema> schemars::JsonSchema for IdSet<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("Set_of_{}", T::schema_name()).into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let items = generator.subschema_for::<T>();
        schemars::json_schema!({ "type": "array", "uniqueItems": true, "items": items })
    }
}

/// A value for some ids of a list. Kept by the ids' places, so that maps from different lists are one piece of code.
#[derive(Clone, PartialEq, Eq)]
pub struct IdMap<K, V>(Vec<(usize, V)>, PhantomData<K>);

fn find<V>(entries: &[(usize, V)], index: usize) -> Option<&V> {
    entries.iter().find(|(key, _)| *key == index).map(|(_, value)| value)
}

impl<K: IdEnum, V> IdMap<K, V> {
    /// From places in the list of ids and their values.
    pub fn from_places(entries: Vec<(usize, V)>) -> Self {
        Self(entries, PhantomData)
    }

    /// The value of an id.
    pub fn get(&self, id: K) -> Option<&V> {
        find(&self.0, id.index())
    }

    /// Gives an id a value in place of an earlier one.
    pub fn insert(&mut self, id: K, value: V) {
        match self.0.iter_mut().find(|(key, _)| *key == id.index()) {
            Some((_, held)) => *held = value,
            None => self.0.push((id.index(), value)),
        }
    }

    /// Returns whether the map is empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many ids have one.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Each id and its value, in the order they came.
    pub fn iter(&self) -> impl Iterator<Item = (K, &V)> {
        self.0.iter().filter_map(|(index, value)| Some((*K::VALUES.get(*index)?, value)))
    }
}

impl<K, V> Default for IdMap<K, V> {
    fn default() -> Self {
        Self(Vec::new(), PhantomData)
    }
}

impl<K: IdEnum, V> FromIterator<(K, V)> for IdMap<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        Self::from_places(entries.into_iter().map(|(id, value)| (id.index(), value)).collect())
    }
}

impl<K: IdEnum, V: fmt::Debug> fmt::Debug for IdMap<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<K: IdEnum, V: Serialize> Serialize for IdMap<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return serializer.collect_map(self.iter().map(|(key, value)| (key.name(), value)));
        }
        self.0.serialize(serializer)
    }
}

impl<'de, K, V> Deserialize<'de> for IdMap<K, V>
where
    K: IdEnum + Ord + Deserialize<'de>,
    V: Deserialize<'de>,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return Ok(std::collections::BTreeMap::<K, V>::deserialize(deserializer)?.into_iter().collect());
        }
        Ok(Self::from_places(Vec::deserialize(deserializer)?))
    }
}

#[cfg(not(target_family = "wasm"))]
impl<K: IdEnum + schemars::JsonSchema, V: schemars::JsonSchema> schemars::JsonSchema for IdMap<K, V> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("Map_of_{}_to_{}", K::schema_name(), V::schema_name()).into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let value = generator.subschema_for::<V>();
        let names = K::NAMES;
        schemars::json_schema!({
            "type": "object", "propertyNames": { "enum": names }, "additionalProperties": value
        })
    }
}

/// The schema of a map that has a value for every id of its list.
#[cfg(not(target_family = "wasm"))]
pub fn complete<K: IdEnum + schemars::JsonSchema, V: schemars::JsonSchema>(
    generator: &mut schemars::SchemaGenerator,
) -> schemars::Schema {
    let value = generator.subschema_for::<V>();
    let names = K::NAMES;
    schemars::json_schema!({
        "type": "object", "propertyNames": { "enum": names }, "additionalProperties": value, "required": names
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    id_enum! {
        /// For the test.
        Fruit { Apple = "apple", Pear = "pear", Plum = "plum" }
    }

    #[test]
    fn a_set_keeps_the_order_of_its_list_and_is_read_as_it_is_written() {
        let set: IdSet<Fruit> = [Fruit::Plum, Fruit::Apple, Fruit::Plum].into_iter().collect();
        assert_eq!(serde_json::to_string(&set).unwrap(), r#"["apple","plum"]"#);
        assert_eq!(serde_json::from_str::<IdSet<Fruit>>(r#"["plum","apple"]"#).unwrap(), set);
        assert!(!set.contains(Fruit::Pear) && set.len() == 2);
        assert_eq!(format!("{set:?}"), "{Apple, Plum}");
    }

    #[test]
    fn a_map_keeps_the_order_in_which_its_ids_came_and_one_value_for_each() {
        let mut map: IdMap<Fruit, u8> = IdMap::default();
        assert!(map.is_empty());
        for (fruit, count) in [(Fruit::Plum, 1), (Fruit::Apple, 2), (Fruit::Plum, 3)] {
            map.insert(fruit, count);
        }
        assert!(!map.is_empty() && map.len() == 2 && map.get(Fruit::Pear).is_none());
        assert_eq!(format!("{map:?}"), "{Plum: 3, Apple: 2}");
        assert_eq!(serde_json::to_string(&map).unwrap(), r#"{"plum":3,"apple":2}"#);
    }

    #[test]
    fn an_unknown_id_is_told_with_those_that_are_known() {
        let error = serde_json::from_str::<IdSet<Fruit>>(r#"["nut"]"#).unwrap_err().to_string();
        assert!(error.contains("nut") && error.contains("pear"), "{error}");
    }
}
