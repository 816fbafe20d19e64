//! Reads the kind of a question in a flow's file.

use super::{OptionGroup, QuestionKind};
use crate::{
    data::{Object, Place},
    form::condition::Condition,
    json::Value,
};

impl QuestionKind {
    /// Reads a kind: its name alone, or `{"name": {…}}` where it has more to say.
    #[inline(never)]
    pub fn read(place: Place<'_>) -> Self {
        const KNOWN: &str = "is not a kind of question; known: statement, advice, progress, date, date_ahead, agreement, council, \
                             files, or { } around one of choose_one, choose_many, text, long_text, letter, reach";
        if place.is_text() {
            match place.text() {
                "statement" => return Self::Statement,
                "advice" => return Self::Advice,
                "progress" => return Self::Progress,
                "date" => return Self::Date { ahead: false },
                "date_ahead" => return Self::Date { ahead: true },
                "agreement" => return Self::Agreement,
                "council" => return Self::Council,
                "files" => return Self::Files,
                _ => {}
            }
        } else if let [(name, details)] = place.entries().as_slice() {
            let max = |object: Object<'_>| object.need("max").number() as usize;
            match *name {
                "choose_one" => {
                    return Self::ChooseOne { options: details.object(&["options"]).need("options").texts() };
                }
                "choose_many" => {
                    let object = details.object(&["groups", "none"]);
                    let groups = object.need("groups").each(OptionGroup::read);
                    return Self::ChooseMany { groups, none: object.text_or_none("none") };
                }
                "text" => {
                    let object = details.object(&["max", "autocomplete"]);
                    return Self::Text { max: max(object), autocomplete: object.text_or_none("autocomplete") };
                }
                "letter" => return Self::Letter { max: max(details.object(&["max"])) },
                "long_text" => return Self::LongText { max: max(details.object(&["max"])) },
                "reach" => {
                    let object = details.object(&["methods", "none"]);
                    return Self::Reach { methods: object.need("methods").texts(), none: object.text("none") };
                }
                _ => {}
            }
        }
        place.note(KNOWN);
        Self::Statement
    }
}

impl OptionGroup {
    fn read(place: Place<'_>) -> Self {
        let object = place.object(&["id", "options", "open"]);
        Self {
            id: object.text("id"),
            options: object.need("options").texts(),
            // Never, or where a condition holds.
            open: object.get("open").map(|open| match open.value() {
                Value::Bool(false) => Condition::Any(Vec::new()),
                _ => Condition::read(open),
            }),
        }
    }
}
