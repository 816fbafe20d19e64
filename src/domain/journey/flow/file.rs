//! A flow's file as it is written, before anything is known of whether it holds together.

use super::Condition;
use crate::domain::{
    data::Place,
    journey::{
        answer::QuestionId,
        question::{Question, QuestionKind},
    },
};

pub(super) struct QuestionEntry {
    pub question: Question,
    pub next: Vec<RuleEntry>,
}

pub(super) struct RuleEntry {
    pub when: Option<Condition>,
    pub go: QuestionId,
}

impl QuestionEntry {
    pub(super) fn read(place: Place<'_>) -> Self {
        let object = place.object(&["id", "kind", "optional", "next"]);
        let question = Question {
            id: object.text("id"),
            kind: QuestionKind::read(object.need("kind")),
            optional: object.truth("optional"),
        };
        Self { question, next: object.need("next").each(RuleEntry::read) }
    }
}

impl RuleEntry {
    fn read(place: Place<'_>) -> Self {
        let object = place.object(&["when", "go"]);
        Self { when: object.get("when").map(Condition::read), go: object.text("go") }
    }
}

impl Condition {
    fn read(place: Place<'_>) -> Self {
        if place.is_text() {
            match place.text() {
                "shared_service" => return Self::SharedService,
                "takes_files" => return Self::TakesFiles,
                _ => {}
            }
        } else if let [(name, inner)] = place.entries().as_slice() {
            match *name {
                "answer" => {
                    let object = inner.object(&["question", "is"]);
                    return Self::Answer { question: object.text("question"), is: object.need("is").texts() };
                }
                "older_than" => {
                    let object = inner.object(&["question", "months"]);
                    return Self::OlderThan {
                        question: object.text("question"),
                        months: object.need("months").number(),
                    };
                }
                "outcome" => return Self::Outcome(inner.texts()),
                "all" => return Self::All(inner.each(Self::read)),
                "any" => return Self::Any(inner.each(Self::read)),
                "not" => return Self::Not(Box::new(Self::read(*inner))),
                _ => {}
            }
        }
        place.note(
            "is not a condition; known: answer, older_than, outcome, all, any, not, each in { }, and \"shared_service\", \"takes_files\"",
        );
        Self::SharedService
    }
}
