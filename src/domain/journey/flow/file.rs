//! A flow's file as it is written, before anything is known of whether it holds together.

use super::Condition;
use crate::domain::{
    data::{DataError, Place},
    journey::{answer::QuestionId, question::QuestionKind},
};

pub(super) struct QuestionEntry {
    pub id: QuestionId,
    pub kind: QuestionKind,
    pub optional: bool,
    pub next: Vec<RuleEntry>,
}

pub(super) struct RuleEntry {
    pub when: Option<Condition>,
    pub go: QuestionId,
}

impl QuestionEntry {
    pub(super) fn read(place: &Place<'_>) -> Result<Self, DataError> {
        let object = place.object(&["id", "kind", "optional", "next"])?;
        Ok(Self {
            id: object.text("id")?,
            kind: QuestionKind::read(&object.need("kind")?)?,
            optional: object.truth("optional")?,
            next: object.need("next")?.list()?.iter().map(RuleEntry::read).collect::<Result<_, _>>()?,
        })
    }
}

impl RuleEntry {
    pub(super) fn read(place: &Place<'_>) -> Result<Self, DataError> {
        let object = place.object(&["when", "go"])?;
        let when = object.get("when").map(|when| Condition::read(&when)).transpose()?;
        Ok(Self { when, go: object.text("go")? })
    }
}

impl Condition {
    pub(super) fn read(place: &Place<'_>) -> Result<Self, DataError> {
        let unknown = || {
            place.fault(
                "is not a condition; known: answer, older_than, outcome, all, any, not, each in { }, and \"shared_service\", \"takes_files\"",
            )
        };
        if place.is_text() {
            return match place.text()? {
                "shared_service" => Ok(Self::SharedService),
                "takes_files" => Ok(Self::TakesFiles),
                _ => Err(unknown()),
            };
        }
        let entries = place.entries()?;
        let [(name, inner)] = entries.as_slice() else { return Err(unknown()) };
        let list = || inner.list()?.iter().map(Self::read).collect::<Result<Vec<_>, _>>();
        match *name {
            "answer" => {
                let object = inner.object(&["question", "is"])?;
                Ok(Self::Answer { question: object.text("question")?, is: object.need("is")?.texts()? })
            }
            "older_than" => {
                let object = inner.object(&["question", "months"])?;
                Ok(Self::OlderThan { question: object.text("question")?, months: object.need("months")?.number()? })
            }
            "outcome" => inner.texts().map(Self::Outcome),
            "all" => list().map(Self::All),
            "any" => list().map(Self::Any),
            "not" => Ok(Self::Not(Box::new(Self::read(inner)?))),
            _ => Err(unknown()),
        }
    }
}
