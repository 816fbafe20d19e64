//! The graph of questions, parsed from a council's or our own `flows/*.json` into a value that cannot be malformed.
//!
//! Refused, each with its place in the file: an unknown target, a question nothing leads to, a loop, an answer no rule
//! covers, a condition on a question or option that is not there.

mod file;

use file::QuestionEntry;

use super::{
    answer::{Answer, Answers, QuestionId},
    question::{Question, QuestionKind},
};
use crate::domain::{
    data::{DataError, Document},
    key_map::KeyMap,
    vocabulary::vocabulary,
};

/// The target that ends the questions: the check-answers page.
pub const CHECK: &str = "check";

/// When a rule applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// One of these options was chosen.
    Answer {
        /// The question.
        question: QuestionId,
        /// The options.
        is: Vec<String>,
    },
    /// The day answered lies more than so many calendar months back.
    OlderThan {
        /// A date question.
        question: QuestionId,
        /// How many months.
        months: u32,
    },
    /// The council shares its service with others.
    SharedService,
    /// The council takes files.
    TakesFiles,
    /// What the rules say to the answers so far is one of these outcomes.
    Outcome(Vec<String>),
    /// All of these.
    All(Vec<Condition>),
    /// Any of these.
    Any(Vec<Condition>),
    /// Not this.
    Not(Box<Condition>),
}

/// Where a rule leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A page, by its place in the flow.
    Page(usize),
    /// The check-answers page.
    Check,
    /// Out of the questions.
    Leave(Place),
}

vocabulary! {
    /// A page outside the questions that an answer may lead to. Reserved ids, like [`CHECK`].
    Place { Guide = "guide", Contacts = "contacts" }
}

/// One way out of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// When it applies; `None` for always.
    pub when: Option<Condition>,
    /// Where it leads.
    pub go: Target,
}

/// A graph of questions without dead ends, loops or gaps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    pages: Vec<(Question, Vec<Rule>)>,
    start: usize,
    given: Answers,
}

impl Flow {
    /// Reads a flow's file.
    ///
    /// # Errors
    /// Names the file, the JSON pointer and what was meant.
    pub fn parse(file: &str, text: &str) -> Result<Self, DataError> {
        let document = Document::parse(file, text)?;
        // The title is for people who read the file.
        let object = document.root().object(&["schema_version", "title", "start", "given", "questions"])?;
        object.expect_version()?;
        let questions = object.need("questions")?.list()?;
        let entries = questions.iter().map(QuestionEntry::read).collect::<Result<Vec<_>, _>>()?;
        let mut flow =
            Builder { file, entries: &entries, index: index(file, &entries)? }.build(&object.text("start")?)?;
        if let Some(given) = object.get("given") {
            for (question, option) in given.entries()? {
                flow.given.set(question, Answer::One(option.owned_text()?));
            }
        }
        Ok(flow)
    }

    /// The answers that the flow itself gives: for a flow that only children take, who they are. One that a person gives
    /// goes before it.
    pub fn given(&self) -> &Answers {
        &self.given
    }

    /// Where it begins.
    pub fn start(&self) -> Target {
        Target::Page(self.start)
    }

    /// A page and its ways out.
    pub fn page(&self, index: usize) -> Option<(&Question, &[Rule])> {
        self.pages.get(index).map(|(question, rules)| (question, rules.as_slice()))
    }

    /// Every question, in the order of the file.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.pages.iter().map(|(question, _)| question)
    }

    /// Every outcome that a rule of the flow asks about, with its place in the file.
    pub fn outcomes_asked(&self) -> impl Iterator<Item = (String, &str)> {
        fn inside<'a>(condition: &'a Condition, found: &mut Vec<&'a str>) {
            match condition {
                Condition::Outcome(is) => found.extend(is.iter().map(String::as_str)),
                Condition::All(list) | Condition::Any(list) => list.iter().for_each(|inner| inside(inner, found)),
                Condition::Not(inner) => inside(inner, found),
                Condition::Answer { .. }
                | Condition::OlderThan { .. }
                | Condition::SharedService
                | Condition::TakesFiles => {}
            }
        }
        let rules =
            self.pages.iter().enumerate().flat_map(|(page, (_, rules))| {
                rules.iter().enumerate().map(move |(number, rule)| (page, number, rule))
            });
        rules.flat_map(|(page, number, rule)| {
            let mut found = Vec::new();
            rule.when.iter().for_each(|when| inside(when, &mut found));
            let place = format!("/questions/{page}/next/{number}/when");
            found.into_iter().map(move |outcome| (place.clone(), outcome))
        })
    }

    /// A question by its id.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions().find(|question| question.id == id)
    }
}

fn index(file: &str, entries: &[QuestionEntry]) -> Result<KeyMap<usize>, DataError> {
    let mut index = KeyMap::default();
    for (at, entry) in entries.iter().enumerate() {
        let pointer = format!("/questions/{at}/id");
        let plain = !entry.id.is_empty()
            && entry.id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-".contains(&byte));
        if !plain {
            return Err(DataError::at(file, pointer, "must be lower-case letters, digits, _ and -: it is an address"));
        }
        if entry.id == CHECK || Place::from_id(&entry.id).is_some() {
            return Err(DataError::at(file, pointer, "is kept for a page of Putright's own; choose another id"));
        }
        if index.get(&entry.id).is_some() {
            return Err(DataError::at(
                file,
                pointer,
                format!("\"{}\" is used twice; an id names one question", entry.id),
            ));
        }
        index.insert(&entry.id, at);
    }
    Ok(index)
}

struct Builder<'a> {
    file: &'a str,
    entries: &'a [QuestionEntry],
    index: KeyMap<usize>,
}

impl Builder<'_> {
    fn build(&self, start: &str) -> Result<Flow, DataError> {
        let start = *self.index.get(start).ok_or_else(|| self.no_question("/start", start))?;
        let pages = self
            .entries
            .iter()
            .enumerate()
            .map(|(at, entry)| {
                self.check_options(at, entry)?;
                let question = Question { id: entry.id.clone(), kind: entry.kind.clone(), optional: entry.optional };
                Ok((question, self.rules(at, entry)?))
            })
            .collect::<Result<Vec<_>, DataError>>()?;
        let flow = Flow { pages, start, given: Answers::default() };
        self.check_reach(&flow)?;
        self.check_loops(&flow)?;
        Ok(flow)
    }

    fn no_question(&self, pointer: impl Into<String>, id: &str) -> DataError {
        let known: Vec<&str> = self.entries.iter().map(|entry| entry.id.as_str()).collect();
        let problem = format!(
            "there is no question \"{id}\"; known: {}, or to end {CHECK}, {}",
            known.join(", "),
            Place::IDS.join(", ")
        );
        DataError::at(self.file, pointer, problem)
    }

    fn check_options(&self, at: usize, entry: &QuestionEntry) -> Result<(), DataError> {
        let question = Question { id: entry.id.clone(), kind: entry.kind.clone(), optional: entry.optional };
        let options = question.options();
        let pointer = format!("/questions/{at}/kind");
        let choice = matches!(
            entry.kind,
            QuestionKind::ChooseOne { .. } | QuestionKind::ChooseMany { .. } | QuestionKind::Reach { .. }
        );
        if choice && options.is_empty() {
            return Err(DataError::at(self.file, pointer, "has no options; give at least one"));
        }
        let mut later = options.iter().enumerate();
        if let Some((_, twice)) = later.find(|(at, option)| options.iter().take(*at).any(|earlier| earlier == *option))
        {
            return Err(DataError::at(self.file, pointer, format!("names the option \"{twice}\" twice")));
        }
        match &entry.kind {
            QuestionKind::ChooseMany { none: Some(none), .. } if !options.contains(&none.as_str()) => {
                Err(DataError::at(self.file, pointer + "/choose_many/none", format!("\"{none}\" is not an option")))
            }
            QuestionKind::Reach { methods, .. } => {
                let known = ["email", "telephone", "post"];
                match methods.iter().position(|method| !known.contains(&method.as_str())) {
                    Some(wrong) => Err(DataError::at(
                        self.file,
                        format!("{pointer}/reach/methods/{wrong}"),
                        "is not a way to reach a person; known: email, telephone, post",
                    )),
                    None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    fn rules(&self, at: usize, entry: &QuestionEntry) -> Result<Vec<Rule>, DataError> {
        let pointer = format!("/questions/{at}/next");
        let mut rules = Vec::new();
        for (number, rule) in entry.next.iter().enumerate() {
            let place = format!("{pointer}/{number}");
            if entry.next.iter().take(number).any(|earlier| earlier.when.is_none()) {
                let problem = "can never apply: an earlier rule without \"when\" always does";
                return Err(DataError::at(self.file, place, problem));
            }
            if let Some(when) = &rule.when {
                self.check_condition(&format!("{place}/when"), when)?;
            }
            let go = match self.index.get(&rule.go) {
                Some(page) => Target::Page(*page),
                None if rule.go == CHECK => Target::Check,
                None => match Place::from_id(&rule.go) {
                    Some(place) => Target::Leave(place),
                    None => return Err(self.no_question(format!("{place}/go"), &rule.go)),
                },
            };
            rules.push(Rule { when: rule.when.clone(), go });
        }
        let uncovered = uncovered(entry);
        if uncovered.is_empty() {
            return Ok(rules);
        }
        let problem = format!("says nothing for {}; end with a rule that has no \"when\"", uncovered.join(", "));
        Err(DataError::at(self.file, pointer, problem))
    }

    fn check_condition(&self, pointer: &str, condition: &Condition) -> Result<(), DataError> {
        match condition {
            Condition::Answer { question, is } => {
                let pointer = format!("{pointer}/answer");
                let at = self
                    .index
                    .get(question)
                    .ok_or_else(|| self.no_question(format!("{pointer}/question"), question))?;
                let kind = self.entries.get(*at).map(|entry| entry.kind.clone());
                let options = kind.map(|kind| Question { id: String::new(), kind, optional: false });
                let known = options.as_ref().map(Question::options).unwrap_or_default();
                match is.iter().position(|option| !known.contains(&option.as_str())) {
                    Some(wrong) => Err(DataError::at(
                        self.file,
                        format!("{pointer}/is/{wrong}"),
                        format!("is not an option of \"{question}\"; known: {}", known.join(", ")),
                    )),
                    None => Ok(()),
                }
            }
            Condition::OlderThan { question, .. } => {
                let pointer = format!("{pointer}/older_than/question");
                let at = self.index.get(question).ok_or_else(|| self.no_question(&pointer, question))?;
                match self.entries.get(*at).map(|entry| &entry.kind) {
                    Some(QuestionKind::Date) => Ok(()),
                    _ => Err(DataError::at(self.file, pointer, format!("\"{question}\" does not ask for a date"))),
                }
            }
            Condition::SharedService | Condition::TakesFiles | Condition::Outcome(_) => Ok(()),
            Condition::All(list) | Condition::Any(list) => {
                let name = if matches!(condition, Condition::All(_)) { "all" } else { "any" };
                list.iter()
                    .enumerate()
                    .try_for_each(|(at, inner)| self.check_condition(&format!("{pointer}/{name}/{at}"), inner))
            }
            Condition::Not(inner) => self.check_condition(&format!("{pointer}/not"), inner),
        }
    }

    fn check_reach(&self, flow: &Flow) -> Result<(), DataError> {
        let mut reached = vec![false; self.entries.len()];
        let mut open = vec![flow.start];
        while let Some(at) = open.pop() {
            match reached.get_mut(at) {
                Some(mark) if !*mark => *mark = true,
                _ => continue,
            }
            let rules = flow.page(at).map(|(_, rules)| rules).unwrap_or_default();
            open.extend(rules.iter().filter_map(|rule| match rule.go {
                Target::Page(page) => Some(page),
                Target::Check | Target::Leave(_) => None,
            }));
        }
        match reached.iter().position(|mark| !mark) {
            Some(at) => {
                Err(DataError::at(self.file, format!("/questions/{at}"), "is never asked: nothing leads to it"))
            }
            None => Ok(()),
        }
    }

    /// Depth-first, with the way back kept: a target already on the way is a loop.
    fn check_loops(&self, flow: &Flow) -> Result<(), DataError> {
        let mut done = vec![false; self.entries.len()];
        let mut way: Vec<(usize, usize)> = vec![(flow.start, 0)];
        while let Some((at, number)) = way.pop() {
            let rules = flow.page(at).map(|(_, rules)| rules).unwrap_or_default();
            let Some(rule) = rules.get(number) else {
                if let Some(mark) = done.get_mut(at) {
                    *mark = true;
                }
                continue;
            };
            way.push((at, number + 1));
            let Target::Page(next) = rule.go else { continue };
            if way.iter().any(|(page, _)| *page == next) {
                let id = self.entries.get(next).map_or("", |entry| entry.id.as_str());
                let problem = format!("leads back to \"{id}\": a person would go round for ever");
                return Err(DataError::at(self.file, format!("/questions/{at}/next/{number}/go"), problem));
            }
            if done.get(next) == Some(&false) {
                way.push((next, 0));
            }
        }
        Ok(())
    }
}

/// What no rule covers: the options of a single choice, or every answer.
fn uncovered(entry: &QuestionEntry) -> Vec<String> {
    if entry.next.iter().any(|rule| rule.when.is_none()) {
        return Vec::new();
    }
    let QuestionKind::ChooseOne { options } = &entry.kind else {
        return vec!["some answers".to_owned()];
    };
    let covered = |option: &String| {
        entry.next.iter().any(
            |rule| matches!(&rule.when, Some(Condition::Answer { question, is }) if *question == entry.id && is.contains(option)),
        )
    };
    let mut left: Vec<String> =
        options.iter().filter(|option| !covered(option)).map(|id| format!("\"{id}\"")).collect();
    if left.is_empty() && entry.optional {
        left.push("no answer".to_owned());
    }
    left
}
