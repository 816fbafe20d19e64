//! The way one person takes: recomputed from the flow and their answers each time, so that it can never disagree with them.

use super::{
    answer::{Answer, Answers},
    flow::{Condition, Flow, Place, Target},
    question::Question,
};
use crate::domain::date::Date;

/// What conditions look at.
#[derive(Clone, Copy)]
pub struct Situation<'a> {
    /// Every answer so far.
    pub answers: &'a Answers,
    /// The person's day.
    pub today: Date,
    /// Whether the council shares its service with others, so that a person must say whose it is.
    pub shared_service: bool,
    /// Whether the council takes files.
    pub takes_files: bool,
    /// The id of what the rules say to the answers on the pages so far.
    pub outcome: &'a dyn Fn(&[&Question]) -> &'static str,
}

/// Where the answers lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// To a page not answered yet, the last of the walk.
    Unanswered,
    /// To the check-answers page: all on the way are answered.
    Check,
    /// Out of the questions.
    Leave(Place),
}

/// The pages a person has been through, and the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walk<'a> {
    /// The pages answered, then the first that is not, where there is one.
    pub pages: Vec<&'a Question>,
    /// How far they carry.
    pub end: End,
}

impl Flow {
    /// Walks from the start as far as the answers carry.
    pub fn walk(&self, situation: Situation<'_>) -> Walk<'_> {
        let mut pages = Vec::new();
        let mut target = self.start();
        loop {
            let end = match target {
                Target::Check => End::Check,
                Target::Leave(place) => End::Leave(place),
                Target::Page(index) => {
                    let Some((question, rules)) = self.page(index) else { return Walk { pages, end: End::Unanswered } };
                    pages.push(question);
                    let answered = situation.answers.get(&question.id).is_some_and(|answer| question.takes(answer));
                    let rule =
                        rules.iter().find(|rule| rule.when.as_ref().is_none_or(|when| when.holds(situation, &pages)));
                    match rule {
                        Some(rule) if answered => {
                            target = rule.go;
                            continue;
                        }
                        _ => End::Unanswered,
                    }
                }
            };
            return Walk { pages, end };
        }
    }
}

impl Walk<'_> {
    /// Where a page stands on the way; `None` where it may not be visited.
    pub fn position(&self, question: &str) -> Option<usize> {
        self.pages.iter().position(|page| page.id == question)
    }

    /// The ids of the pages on the way.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.pages.iter().map(|page| page.id.as_str())
    }
}

impl Condition {
    /// Whether it holds now, on the pages so far. A question not answered meets no condition on its answer.
    pub fn holds(&self, situation: Situation<'_>, pages: &[&Question]) -> bool {
        match self {
            Self::Answer { question, is } => {
                situation.answers.get(question).is_some_and(|answer| is.iter().any(|option| answer.has(option)))
            }
            Self::OlderThan { question, months } => match situation.answers.get(question) {
                Some(Answer::When(when)) => when.latest().is_some_and(|day| situation.today > day.plus_months(*months)),
                _ => false,
            },
            Self::SharedService => situation.shared_service,
            Self::TakesFiles => situation.takes_files,
            Self::Outcome(is) => {
                let outcome = (situation.outcome)(pages);
                is.iter().any(|one| one == outcome)
            }
            Self::All(conditions) => conditions.iter().all(|condition| condition.holds(situation, pages)),
            Self::Any(conditions) => conditions.iter().any(|condition| condition.holds(situation, pages)),
            Self::Not(condition) => !condition.holds(situation, pages),
        }
    }
}
