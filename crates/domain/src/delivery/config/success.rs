//! Reads the tests that an answer must pass to prove that a submission arrived.

use super::{
    Test,
    places::{only, pointer},
};
use crate::data::Place;

impl Test {
    fn read(place: Place<'_>) -> Self {
        let object = place.object(&["json", "is", "text", "contains", "empty", "any"]);
        if let Some(json) = object.get("json") {
            let json = pointer(json);
            let is = object.need("is");
            return match is.text() {
                "present" => Self::Present(json),
                "absent" => Self::Absent(json),
                "files_sent" => Self::FilesSent(json),
                _ => {
                    is.note("must be \"present\", \"absent\" or \"files_sent\"");
                    Self::Empty
                }
            };
        }
        match only(place) {
            ("text", text) => Self::TextIs(text.owned_text()),
            ("contains", text) if !text.text().is_empty() => Self::Contains(text.owned_text()),
            ("empty", truth) if truth.truth() => Self::Empty,
            ("any", list) => Self::Any(list.each(Self::read)),
            _ => {
                place.note("must be one of \"json\", \"text\", \"contains\", \"empty\": true, \"any\"");
                Self::Empty
            }
        }
    }

    /// Returns whether only an answer of the backend can pass: a page of HTML has as many files as a submission without any.
    fn is_proof(&self) -> bool {
        match self {
            Self::FilesSent(_) => false,
            Self::Any(tests) => tests.iter().all(Self::is_proof),
            _ => true,
        }
    }
}

pub(super) fn read_success(place: Place<'_>) -> (Vec<u32>, Vec<Test>) {
    let object = place.object(&["status", "body"]);
    let status = object.need("status");
    let statuses = status.each(Place::number);
    if statuses.is_empty() || statuses.iter().any(|status| !(200..300).contains(status)) {
        status.note("must list statuses from 200 to 299");
    }
    let tests = object.each("body", Test::read);
    if tests.is_empty() {
        let problem = "must say what the body of a success shows, as in [{ \"json\": \"/reference\", \"is\": \
                       \"present\" }]: a status alone proves nothing";
        object.note("body", problem);
    } else if !tests.iter().any(Test::is_proof) {
        let problem = "asks about files alone: any page passes that where none were sent; add a test such as { \"json\": \
                       \"/reference\", \"is\": \"present\" }";
        object.note("body", problem);
    }
    (statuses, tests)
}
