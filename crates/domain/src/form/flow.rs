//! The graph of pages and their questions, parsed from a council's or our own `flows/*.json` into a value that cannot be
//! malformed.
//!
//! Refused, each with its place in the file: an unknown target, a page nothing leads to, a loop, an answer no rule covers, a
//! condition on a question or option that is not there.

mod check;
mod file;
mod parse;

use crate::form::{answer::Answers, condition::Condition, question::Question};
use crate::{id_enum::id_enum, key_map::KeyMap};

/// The target that ends the questions: the check-answers page.
pub const CHECK: &str = "check";

/// The target of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Target {
    /// A page, by its place in the flow.
    Page(usize),
    /// The check-answers page.
    Check,
    /// Out of the questions.
    Leave(Place),
}

id_enum! {
    /// A page outside the questions that an answer may lead to. Reserved ids, like [`CHECK`].
    Place { Guide = "guide", Contacts = "contacts" }
}

/// One way out of a page.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Rule {
    /// When it applies; `None` for always.
    pub when: Option<Condition>,
    /// The target that the rule leads to.
    pub go: Target,
}

/// A question as a page asks it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct FlowQuestion {
    /// The question.
    pub question: Question,
    /// When it is asked; `None` for always.
    pub when: Option<Condition>,
    /// Its place in the file, as a JSON pointer. Not in a bundle.
    #[serde(skip)]
    pub place: String,
}

/// A page: the questions that stand on it together, and the ways out of it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Page {
    /// The questions in their order. Where none of them is asked, the page is passed over.
    pub questions: Vec<FlowQuestion>,
    /// The ways out, of which the first that applies is taken.
    pub rules: Vec<Rule>,
    /// Its step: a place in [`Flow::steps`]. `None` for a page outside the steps.
    pub step: Option<usize>,
    /// For a page that check answers offers: when it does. `None` for always.
    pub when: Option<Condition>,
    /// Its place in the file, as a JSON pointer. Not in a bundle.
    #[serde(skip)]
    pub place: String,
}

impl Page {
    /// Returns the id of the first question, which is also the page's address.
    pub fn id(&self) -> &str {
        self.questions.first().map_or("", |asked| &asked.question.id)
    }
}

/// A graph of pages without dead ends, loops or gaps.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Flow {
    /// The pages on ways, the pages that check answers offers, and last what check answers asks itself.
    pages: Vec<Page>,
    /// The page of each question.
    index: KeyMap<usize>,
    start: usize,
    /// The index in `pages` of the first page that check answers offers. `check` is the index of the page that check
    /// answers asks itself.
    extras: usize,
    check: usize,
    steps: Vec<String>,
    #[serde(with = "given")]
    given: Answers,
}

impl Flow {
    /// The answers that the flow itself gives: for a flow that only children take, who they are. One that a person gives
    /// goes before it.
    pub fn given(&self) -> &Answers {
        &self.given
    }

    /// Returns the target that the flow begins with.
    pub fn start(&self) -> Target {
        Target::Page(self.start)
    }

    /// Returns the ids of the steps, in their order.
    pub fn steps(&self) -> &[String] {
        &self.steps
    }

    /// A page.
    pub fn page(&self, index: usize) -> Option<&Page> {
        self.pages.get(index)
    }

    /// Returns every page on a way, in the order of the file.
    pub fn pages(&self) -> &[Page] {
        self.pages.get(..self.extras).unwrap_or_default()
    }

    /// Returns the pages that check answers offers.
    pub fn extras(&self) -> &[Page] {
        self.pages.get(self.extras..self.check).unwrap_or_default()
    }

    /// Returns what check answers asks itself.
    pub fn check(&self) -> &[FlowQuestion] {
        self.pages.get(self.check).map_or(&[], |page| &page.questions)
    }

    /// Returns the page on which a question stands.
    pub fn page_of(&self, question: &str) -> Option<&Page> {
        self.pages.get(*self.index.get(question)?)
    }

    /// Every question as it is asked, in the order of the file.
    pub fn asked(&self) -> impl Iterator<Item = &FlowQuestion> {
        self.pages.iter().flat_map(|page| &page.questions)
    }

    /// Every question, in the order of the file.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.asked().map(|asked| &asked.question)
    }

    /// Every outcome that a condition of the flow asks about, with its place in the file.
    pub fn outcomes_asked(&self) -> impl Iterator<Item = (String, &str)> {
        fn inside<'a>(condition: &'a Condition, found: &mut Vec<&'a str>) {
            match condition {
                Condition::Outcome(is) => found.extend(is.iter().map(String::as_str)),
                Condition::All(list) | Condition::Any(list) => list.iter().for_each(|inner| inside(inner, found)),
                Condition::Not(inner) => inside(inner, found),
                Condition::Answer { .. }
                | Condition::OlderThan { .. }
                | Condition::SharedService
                | Condition::TakesFiles
                | Condition::FirstTime => {}
            }
        }
        let conditions = self.pages.iter().flat_map(|page| {
            let rules = page
                .rules
                .iter()
                .enumerate()
                .map(|(number, rule)| (["/next/", &number.to_string(), "/when"].concat(), rule.when.as_ref()));
            let rules = rules.map(|(step, when)| ([&page.place, step.as_str()].concat(), when));
            let asked = page.questions.iter().map(|asked| ([&asked.place, "/when"].concat(), asked.when.as_ref()));
            asked.chain(rules)
        });
        conditions.flat_map(|(place, when)| {
            let mut found = Vec::new();
            if let Some(when) = when {
                inside(when, &mut found);
            }
            found.into_iter().map(move |outcome| (place.clone(), outcome))
        })
    }

    /// A question by its id.
    pub fn question(&self, id: &str) -> Option<&Question> {
        let asked = self.page_of(id)?.questions.iter().find(|asked| asked.question.id == id)?;
        Some(&asked.question)
    }
}

/// The given answers in a bundle: each is one option.
mod given {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::form::answer::{Answer, Answers};

    pub fn serialize<S: Serializer>(given: &Answers, serializer: S) -> Result<S::Ok, S::Error> {
        let mut options = Vec::new();
        for (question, answer) in given.iter() {
            if let Answer::One(option) = answer {
                options.push((question, option.as_str()));
            }
        }
        options.serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Answers, D::Error> {
        let mut given = Answers::default();
        for (question, option) in Vec::<(String, String)>::deserialize(deserializer)? {
            given.set(&question, Answer::One(option));
        }
        Ok(given)
    }
}
