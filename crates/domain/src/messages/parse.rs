//! Reads a file of words, and checks it against a flow.

use serde::Deserialize;

use super::Messages;
use crate::{
    data::{Diagnostics, Document, InvalidFile, Place, pointer_step, problem},
    form::{
        answer::{AGREED, unnumbered},
        flow::Flow,
        question::QuestionKind,
    },
    id_enum::{IdEnum, IdMap},
};

/// The keys of a file of words.
const KEYS: [&str; 23] = [
    "schema_version",
    "language",
    "direction",
    "register",
    "registers",
    "months",
    "weekdays",
    "words",
    "questions",
    "pages",
    "steps",
    "errors",
    "outcomes",
    "flags",
    "routes",
    "late",
    "clocks",
    "clock_names",
    "milestones",
    "letters",
    "bases",
    "signposts",
    "guide",
];

impl Messages {
    /// Reads a file of words.
    ///
    /// # Errors
    /// Returns an error if the file does not have the right shape, or if a word is missing.
    pub fn parse(file: &str, text: &str) -> Result<Box<Self>, InvalidFile> {
        let document = Document::parse(file, text)?;
        let object = document.root().object(&KEYS);
        object.expect_version();
        let need = |key: &str| object.need(key);
        let mut registers = Vec::new();
        for (id, name) in need("registers").entries() {
            registers.push((id.to_owned(), name.owned_text()));
        }
        // They come sorted by their ids, and those for adults are the first of all.
        let adults = usize::from(!registers.is_empty());
        registers.rotate_right(adults);
        let read = Box::new(Self {
            language: object.text("language"),
            direction: need("direction").id(),
            register: object.text("register"),
            registers,
            months: names(need("months"), 12),
            weekdays: names(need("weekdays"), 7),
            words: all(need("words")),
            questions: need("questions").decode(),
            pages: object.get("pages").map(Place::decode).unwrap_or_default(),
            steps: object.get("steps").map(Place::decode).unwrap_or_default(),
            errors: all(need("errors")),
            outcomes: all(need("outcomes")),
            flags: all(need("flags")),
            routes: all(need("routes")),
            late: all(need("late")),
            clocks: all(need("clocks")),
            clock_names: all(need("clock_names")),
            milestones: all(need("milestones")),
            letters: all(need("letters")),
            bases: all(need("bases")),
            signposts: all(need("signposts")),
            guide: need("guide").decode(),
        });
        document.finish(read)
    }

    /// Checks that every question of a flow, and every option of it, has words.
    ///
    /// # Errors
    /// Returns an error that names the file of words and all that it lacks.
    pub fn check_covers(&self, file: &str, flow: &Flow) -> Result<(), InvalidFile> {
        let ledger = Diagnostics::new(file);
        for step in flow.steps().iter().filter(|step| self.steps.get(step).is_none()) {
            ledger.note(&["/steps", &pointer_step(step)].concat(), "is missing: the flow has this step");
        }
        for question in flow.questions() {
            let pointer = ["/questions", &pointer_step(unnumbered(&question.id).0)].concat();
            let Some(words) = self.question(&question.id) else {
                ledger.note(&pointer, "is missing: the flow asks this question");
                continue;
            };
            let note = |step: &str, id: &str, problem: &str| {
                ledger.note(&[&pointer, step, &pointer_step(id)].concat(), problem);
            };
            if words.title.trim().is_empty() {
                note("", "title", "is empty: every page needs a heading");
            }
            let mut options = question.options();
            if matches!(question.kind, QuestionKind::Agreement) {
                options.push(AGREED);
            }
            for option in options {
                if words.options.get(option).is_none() {
                    note("/options", option, "is missing: the flow offers this option");
                }
            }
            let QuestionKind::ChooseMany { groups, .. } = &question.kind else { continue };
            for group in groups {
                if !group.id.is_empty() && words.groups.get(&group.id).is_none() {
                    note("/groups", &group.id, "is missing: the flow groups options under it");
                }
            }
        }
        ledger.finish(())
    }
}

/// The names of a fixed number of things.
fn names(place: Place<'_>, wanted: usize) -> Vec<String> {
    let names = place.texts();
    if names.len() != wanted {
        place.note(&problem!["must name all ", &wanted.to_string()]);
    }
    names
}

/// Reads a value for each id of a list, and notes any id that is left out.
fn all<K: IdEnum + Ord + for<'de> Deserialize<'de>, V: for<'de> Deserialize<'de>>(place: Place<'_>) -> IdMap<K, V> {
    place.need_all(K::NAMES, "is missing; write its words");
    place.decode()
}
