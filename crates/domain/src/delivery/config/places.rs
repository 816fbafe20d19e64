//! Reads values that several keys of a delivery have.

use crate::data::Place;

/// The one member of an object that has one.
pub(super) fn only(place: Place<'_>) -> (&str, Place<'_>) {
    let mut entries = place.entries();
    if let (Some(only), None) = (entries.pop(), entries.pop()) {
        return only;
    }
    place.note("must have one member");
    ("", place)
}

/// A JSON pointer.
#[inline(never)]
pub(super) fn pointer(place: Place<'_>) -> String {
    let text = place.owned_text();
    if !text.is_empty() && !text.starts_with('/') {
        place.note("must be a JSON pointer, like /reference");
    }
    text
}
