//! The way one person takes: recomputed from the flow and their answers each time, so that it can never disagree with them.

use crate::date::Date;
use crate::form::{
    answer::{Answer, Answers},
    condition::Condition,
    flow::{Flow, FlowQuestion, Page, Place, Target},
    question::Question,
};

/// The facts that conditions look at.
#[derive(Clone, Copy)]
pub struct Situation<'a> {
    /// Every answer so far.
    pub answers: &'a Answers,
    /// The person's day.
    pub today: Date,
    /// The flag for a council that shares its service with others, so that a person must say which council it is.
    pub shared_service: bool,
    /// The flag for a council that takes files.
    pub takes_files: bool,
    /// The id of what the rules say to the answers to the questions so far.
    pub outcome: &'a dyn Fn(&[&Question]) -> &'static str,
}

/// The end of the journey that the answers lead to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum JourneyEnd {
    /// To a page not finished yet, the last of the walk.
    #[default]
    Unanswered,
    /// To the check-answers page: all on the way are answered.
    Check,
    /// Out of the questions.
    Leave(Place),
}

/// The pages a person has been through, and the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Journey<'a> {
    /// The pages finished, then the first that is not, where there is one.
    pub pages: Vec<&'a Page>,
    /// The pages that check answers offers, once the way leads there.
    pub extras: Vec<&'a Page>,
    /// The questions that count: those answered, then the first that is not, where there is one. At the end of the way also
    /// those that check answers offers or asks.
    pub questions: Vec<&'a Question>,
    /// How far they carry.
    pub end: JourneyEnd,
}

impl Flow {
    /// Walks from the start as far as the answers carry.
    pub fn walk(&self, situation: Situation<'_>) -> Journey<'_> {
        let mut walk = Journey::default();
        let mut target = self.start();
        loop {
            match target {
                Target::Check => {
                    self.end_at_check(&mut walk, situation);
                    return walk;
                }
                Target::Leave(place) => {
                    walk.end = JourneyEnd::Leave(place);
                    return walk;
                }
                Target::Page(index) => {
                    // A flow that nobody has checked may lead back.
                    let seen = |page: &Page| walk.pages.iter().any(|one| std::ptr::eq(*one, page));
                    let Some(page) = self.page(index).filter(|page| !seen(page)) else { return walk };
                    let before = walk.questions.len();
                    let finished = walk.ask(page, situation);
                    if walk.questions.len() > before {
                        walk.pages.push(page);
                    }
                    let applies = |rule: &&crate::form::flow::Rule| {
                        rule.when.as_ref().is_none_or(|when| when.holds(situation, &walk.questions))
                    };
                    match page.rules.iter().find(applies) {
                        Some(rule) if finished => target = rule.go,
                        _ => return walk,
                    }
                }
            }
        }
    }

    /// Ends the journey at check answers, with the pages that it offers and the questions that it asks. A person need
    /// not answer these.
    fn end_at_check<'a>(&'a self, walk: &mut Journey<'a>, situation: Situation<'_>) {
        walk.end = JourneyEnd::Check;
        for page in self.extras() {
            if page.when.as_ref().is_none_or(|when| when.holds(situation, &walk.questions)) {
                walk.extras.push(page);
            }
        }
        let offered = walk.extras.iter().flat_map(|page| &page.questions);
        let all: Vec<&FlowQuestion> = offered.chain(self.check()).collect();
        for asked in all {
            if asked.is_asked(situation, &walk.questions) {
                walk.questions.push(&asked.question);
            }
        }
    }
}

impl<'a> Journey<'a> {
    /// Goes through the questions of a page up to the first without an answer. Returns true where there is none.
    fn ask(&mut self, page: &'a Page, situation: Situation<'_>) -> bool {
        for asked in &page.questions {
            if asked.is_asked(situation, &self.questions) {
                self.questions.push(&asked.question);
                let answer = situation.answers.get(&asked.question.id);
                if !answer.is_some_and(|answer| asked.question.takes(answer)) {
                    return false;
                }
            }
        }
        true
    }

    /// Returns the place of a question among those that count; `None` where it does not.
    pub fn position(&self, question: &str) -> Option<usize> {
        self.questions.iter().position(|one| one.id == question)
    }

    /// Returns the place of a page on the way; `None` where it may not be visited.
    pub fn page(&self, id: &str) -> Option<usize> {
        self.pages.iter().chain(&self.extras).position(|page| page.id() == id)
    }

    /// Returns the question to answer next; `None` at the end of the way.
    pub fn open(&self) -> Option<&'a Question> {
        self.questions.last().copied().filter(|_| self.end == JourneyEnd::Unanswered)
    }

    /// The ids of the questions that count.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.questions.iter().map(|question| question.id.as_str())
    }
}

impl FlowQuestion {
    /// Returns true where the question is asked now, after those before it.
    pub fn is_asked(&self, situation: Situation<'_>, before: &[&Question]) -> bool {
        self.when.as_ref().is_none_or(|when| when.holds(situation, before))
    }
}

impl Condition {
    /// Returns whether the condition holds after the questions so far. A question that is not among them, or has no
    /// answer, meets no condition on its answer.
    pub fn holds(&self, situation: Situation<'_>, questions: &[&Question]) -> bool {
        let answer = |id: &String| {
            let asked = questions.iter().any(|question| question.id == *id);
            situation.answers.get(id).filter(|_| asked)
        };
        match self {
            Self::Answer { question, is } => {
                answer(question).is_some_and(|answer| is.iter().any(|option| answer.has(option)))
            }
            Self::OlderThan { question, months } => match answer(question) {
                Some(Answer::When(when)) => when.latest().is_some_and(|day| situation.today > day.plus_months(*months)),
                _ => false,
            },
            Self::SharedService => situation.shared_service,
            Self::TakesFiles => situation.takes_files,
            Self::FirstTime => true,
            Self::Outcome(is) => {
                let outcome = (situation.outcome)(questions);
                is.iter().any(|one| one == outcome)
            }
            Self::All(conditions) => conditions.iter().all(|condition| condition.holds(situation, questions)),
            Self::Any(conditions) => conditions.iter().any(|condition| condition.holds(situation, questions)),
            Self::Not(condition) => !condition.holds(situation, questions),
        }
    }
}
