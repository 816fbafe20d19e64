//! The members of an object in a file.

use super::{
    MISSING, Place,
    place::{NOTHING, Reader},
    problem,
};
use crate::id_enum::IdEnum;

/// An object.
#[derive(Clone, Copy)]
pub struct Object<'a>(pub(super) Place<'a>);

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
            self.note(key, MISSING);
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
