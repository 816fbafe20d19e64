//! A map from text, kept sorted in a list: found in a few looks, and a fraction of the WebAssembly of a tree.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Values by their names.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyMap<V>(Vec<(String, V)>);

impl<V> KeyMap<V> {
    fn find(&self, key: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(held, _)| held.as_str().cmp(key))
    }

    /// The value of a name.
    pub fn get(&self, key: &str) -> Option<&V> {
        self.0.get(self.find(key).ok()?).map(|(_, value)| value)
    }

    /// The value of a name, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut V> {
        let at = self.find(key).ok()?;
        self.0.get_mut(at).map(|(_, value)| value)
    }

    /// Gives a name a value in place of an earlier one.
    pub fn insert(&mut self, key: &str, value: V) {
        self.put(key.to_owned(), value);
    }

    /// The same with a name of one's own.
    pub fn put(&mut self, key: String, value: V) {
        match self.find(&key) {
            Ok(at) => {
                if let Some((_, held)) = self.0.get_mut(at) {
                    *held = value;
                }
            }
            Err(at) => self.0.insert(at, (key, value)),
        }
    }

    /// Adds at the end whatever comes, to be put in order by [`Self::order`]: each in its place at once moves all behind it.
    pub(super) fn add(&mut self, key: String, value: V) {
        self.0.push((key, value));
    }

    /// Puts in order what was added. Of two values of one name the later counts.
    pub(super) fn order(&mut self) {
        self.0.sort_by(|(one, _), (other, _)| one.cmp(other));
        self.0.dedup_by(|later, earlier| {
            let same = later.0 == earlier.0;
            if same {
                std::mem::swap(later, earlier);
            }
            same
        });
    }

    /// Takes a name and its value away.
    pub fn remove(&mut self, key: &str) -> Option<V> {
        let at = self.find(key).ok()?;
        Some(self.0.remove(at).1)
    }

    /// Returns whether the map is empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many names have a value.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Each name and its value, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &V)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }
}

impl<V> Default for KeyMap<V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<V> FromIterator<(String, V)> for KeyMap<V> {
    fn from_iter<I: IntoIterator<Item = (String, V)>>(entries: I) -> Self {
        let mut map = Self::default();
        for (key, value) in entries {
            map.insert(&key, value);
        }
        map
    }
}

impl<V: fmt::Debug> fmt::Debug for KeyMap<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<V: Serialize> Serialize for KeyMap<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return serializer.collect_map(self.iter());
        }
        self.0.serialize(serializer)
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for KeyMap<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return Ok(std::collections::BTreeMap::<String, V>::deserialize(deserializer)?.into_iter().collect());
        }
        // Written in order.
        Ok(Self(Vec::deserialize(deserializer)?))
    }
}

#[cfg(not(target_family = "wasm"))]
impl<V: schemars::JsonSchema> schemars::JsonSchema for KeyMap<V> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        std::collections::BTreeMap::<String, V>::schema_name()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        std::collections::BTreeMap::<String, V>::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::KeyMap;
    use std::collections::BTreeMap;

    #[test]
    fn it_is_a_map_in_the_order_of_its_names_however_it_was_filled() {
        let names = ["plum", "apple", "pear", "plum", "fig", "apple"];
        let pairs = || names.iter().enumerate().map(|(at, name)| ((*name).to_owned(), at));
        let expected: BTreeMap<String, usize> = pairs().collect();
        let mut ordered = KeyMap::default();
        for (name, at) in pairs() {
            ordered.add(name, at);
        }
        ordered.order();
        let inserted: KeyMap<usize> = pairs().collect();
        for mut map in [ordered, inserted] {
            assert!(map.iter().eq(expected.iter().map(|(name, at)| (name.as_str(), at))), "{map:?}");
            assert_eq!((map.len(), map.get("plum"), map.get("nut")), (4, Some(&3), None));
            assert_eq!(format!("{map:?}"), format!("{expected:?}"));
            assert_eq!((map.get_mut("fig").map(|at| std::mem::replace(at, 9)), map.get_mut("nut")), (Some(4), None));
            assert_eq!((map.remove("fig"), map.remove("fig"), map.is_empty()), (Some(9), None, false));
        }
        assert!(KeyMap::<u8>::default().is_empty());
    }
}
