//! The graph of questions, parsed from a council's or our own `flows/*.json` into a value that cannot be malformed.
//!
//! Refused, each with its place in the file: an unknown target, a question nothing leads to, a loop, an answer no rule
//! covers, a condition on a question or option that is not there.

mod file;

use file::{QuestionEntry, RuleEntry};

use super::{
    answer::{Answer, Answers, QuestionId},
    question::{Question, QuestionKind},
};
use crate::domain::{
    data::{self, DataError, Document, Ledger},
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
    index: KeyMap<usize>,
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
        let object = document.root().object(&["schema_version", "title", "start", "given", "questions"]);
        object.expect_version();
        let entries = object.need("questions").each(QuestionEntry::read);
        let start = object.text("start");
        let mut given = Answers::default();
        for (question, option) in object.get("given").map(data::Place::entries).unwrap_or_default() {
            given.set(question, Answer::One(option.owned_text()));
        }
        let index = index(&document, &entries);
        let graph = Builder { ledger: &document, entries: &entries, index: &index }.build(&start);
        let mut flow = Self { pages: Vec::new(), index, start: graph.start, given };
        for (entry, targets) in entries.into_iter().zip(graph.targets) {
            let rules = entry.next.into_iter().zip(targets).map(|(rule, go)| Rule { when: rule.when, go }).collect();
            flow.pages.push((entry.question, rules));
        }
        document.finish(flow)
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
        self.pages.get(*self.index.get(id)?).map(|(question, _)| question)
    }
}

/// Where each question stands. Nothing is looked at where the file itself could not be read.
fn index(ledger: &Ledger<'_>, entries: &[QuestionEntry]) -> KeyMap<usize> {
    let mut index = KeyMap::default();
    if !ledger.is_clean() {
        return index;
    }
    for (at, entry) in entries.iter().enumerate() {
        let id = &entry.question.id;
        let note = |problem: &str| ledger.note(&["/questions/", &at.to_string(), "/id"].concat(), problem);
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-".contains(&byte);
        if id.is_empty() || !id.bytes().all(plain) {
            note("must be lower-case letters, digits, _ and -: it is an address");
        } else if id == CHECK || Place::from_id(id).is_some() {
            note("is kept for a page of Putright's own; choose another id");
        } else if index.get(id).is_some() {
            note(&["\"", id, "\" is used twice; an id names one question"].concat());
        }
        index.insert(id, at);
    }
    index
}

/// Where the ways lead: for each page, the target of each of its rules.
#[derive(Default)]
struct Graph {
    start: usize,
    targets: Vec<Vec<Target>>,
}

struct Builder<'a> {
    ledger: &'a Ledger<'a>,
    entries: &'a [QuestionEntry],
    index: &'a KeyMap<usize>,
}

impl Builder<'_> {
    fn build(&self, start: &str) -> Graph {
        let mut graph = Graph::default();
        if !self.ledger.is_clean() {
            return graph;
        }
        graph.start = self.place_of("/start", start);
        for (at, entry) in self.entries.iter().enumerate() {
            let pointer = ["/questions/", &at.to_string()].concat();
            self.check_options(&[&pointer, "/kind"].concat(), &entry.question);
            graph.targets.push(self.targets(&[&pointer, "/next"].concat(), entry));
        }
        if self.ledger.is_clean() {
            self.check_reach(&graph);
            self.check_loops(&graph);
        }
        graph
    }

    /// Where a question stands.
    fn place_of(&self, pointer: &str, id: &str) -> usize {
        if let Some(at) = self.index.get(id) {
            return *at;
        }
        let known: Vec<&str> = self.entries.iter().map(|entry| entry.question.id.as_str()).collect();
        let (known, ends) = (known.join(", "), Place::IDS.join(", "));
        let parts = ["there is no question \"", id, "\"; known: ", &known, ", or to end ", CHECK, ", ", &ends];
        self.ledger.note(pointer, &parts.concat());
        0
    }

    fn check_options(&self, pointer: &str, question: &Question) {
        let options = question.options();
        let tell = |step: &str, problem: &str| self.ledger.note(&[pointer, step].concat(), problem);
        let choice = matches!(
            question.kind,
            QuestionKind::ChooseOne { .. } | QuestionKind::ChooseMany { .. } | QuestionKind::Reach { .. }
        );
        if choice && options.is_empty() {
            tell("", "has no options; give at least one");
        }
        for (at, option) in options.iter().enumerate() {
            if options.iter().take(at).any(|earlier| earlier == option) {
                tell("", &["names the option \"", option, "\" twice"].concat());
            }
        }
        match &question.kind {
            QuestionKind::ChooseMany { none: Some(none), .. } if !options.contains(&none.as_str()) => {
                tell("/choose_many/none", &["\"", none, "\" is not an option"].concat());
            }
            QuestionKind::Reach { methods, .. } => {
                for (at, method) in methods.iter().enumerate() {
                    if !["email", "telephone", "post"].contains(&method.as_str()) {
                        let step = ["/reach/methods/", &at.to_string()].concat();
                        tell(&step, "is not a way to reach a person; known: email, telephone, post");
                    }
                }
            }
            _ => {}
        }
    }

    fn targets(&self, pointer: &str, entry: &QuestionEntry) -> Vec<Target> {
        let mut targets = Vec::new();
        for (number, rule) in entry.next.iter().enumerate() {
            let place = [pointer, "/", &number.to_string()].concat();
            if entry.next.iter().take(number).any(|earlier| earlier.when.is_none()) {
                self.ledger.note(&place, "can never apply: an earlier rule without \"when\" always does");
            }
            if let Some(when) = &rule.when {
                self.check_condition(&[&place, "/when"].concat(), when);
            }
            targets.push(match Place::from_id(&rule.go) {
                Some(place) => Target::Leave(place),
                None if rule.go == CHECK => Target::Check,
                None => Target::Page(self.place_of(&[&place, "/go"].concat(), &rule.go)),
            });
        }
        let uncovered = uncovered(entry);
        if !uncovered.is_empty() {
            let problem = ["says nothing for ", &uncovered.join(", "), "; end with a rule that has no \"when\""];
            self.ledger.note(pointer, &problem.concat());
        }
        targets
    }

    fn check_condition(&self, pointer: &str, condition: &Condition) {
        let note = |step: &str, problem: &[&str]| self.ledger.note(&[pointer, step].concat(), &problem.concat());
        let question_of = |step: &str, id: &str| {
            let at = self.place_of(&[pointer, step].concat(), id);
            self.entries.get(at).map(|entry| &entry.question)
        };
        match condition {
            Condition::Answer { question, is } => {
                let known = question_of("/answer/question", question).map(Question::options).unwrap_or_default();
                for (at, option) in is.iter().enumerate() {
                    if self.index.get(question).is_some() && !known.contains(&option.as_str()) {
                        let step = ["/answer/is/", &at.to_string()].concat();
                        note(&step, &["is not an option of \"", question, "\"; known: ", &known.join(", ")]);
                    }
                }
            }
            Condition::OlderThan { question, .. } => {
                let step = "/older_than/question";
                if question_of(step, question)
                    .is_some_and(|question| !matches!(question.kind, QuestionKind::Date { .. }))
                {
                    note(step, &["\"", question, "\" does not ask for a date"]);
                }
            }
            Condition::SharedService | Condition::TakesFiles | Condition::Outcome(_) => {}
            Condition::All(list) | Condition::Any(list) => {
                let name = if matches!(condition, Condition::All(_)) { "/all/" } else { "/any/" };
                for (at, inner) in list.iter().enumerate() {
                    self.check_condition(&[pointer, name, &at.to_string()].concat(), inner);
                }
            }
            Condition::Not(inner) => self.check_condition(&[pointer, "/not"].concat(), inner),
        }
    }

    fn check_reach(&self, graph: &Graph) {
        let mut reached = vec![false; self.entries.len()];
        let mut open = vec![graph.start];
        while let Some(at) = open.pop() {
            match reached.get_mut(at) {
                Some(mark) if !*mark => *mark = true,
                _ => continue,
            }
            for target in graph.targets.get(at).into_iter().flatten() {
                if let Target::Page(page) = target {
                    open.push(*page);
                }
            }
        }
        for (at, mark) in reached.iter().enumerate() {
            if !mark {
                self.ledger.note(&["/questions/", &at.to_string()].concat(), "is never asked: nothing leads to it");
            }
        }
    }

    /// Depth-first, with the way back kept: a target already on the way is a loop.
    fn check_loops(&self, graph: &Graph) {
        let mut marks = vec![Mark::New; self.entries.len()];
        let mut way: Vec<(usize, usize)> = vec![(graph.start, 0)];
        while let Some((at, number)) = way.pop() {
            let next = graph.targets.get(at).and_then(|targets| targets.get(number));
            if let Some(mark) = marks.get_mut(at) {
                *mark = if next.is_some() { Mark::OnTheWay } else { Mark::Done };
            }
            let Some(target) = next else { continue };
            way.push((at, number + 1));
            let Target::Page(next) = *target else { continue };
            match marks.get(next) {
                Some(Mark::OnTheWay) => {
                    let id = self.entries.get(next).map_or("", |entry| entry.question.id.as_str());
                    let problem = ["leads back to \"", id, "\": a person would go round for ever"].concat();
                    let place = ["/questions/", &at.to_string(), "/next/", &number.to_string(), "/go"].concat();
                    self.ledger.note(&place, &problem);
                }
                Some(Mark::New) => way.push((next, 0)),
                _ => {}
            }
        }
    }
}

/// How far the search for loops has come with a page. Looked up, and not looked for along the way: a flow may be long.
#[derive(Clone, Copy)]
enum Mark {
    New,
    OnTheWay,
    Done,
}

/// What no rule covers: the options of a single choice, or every answer.
fn uncovered(entry: &QuestionEntry) -> Vec<String> {
    let mut left = Vec::new();
    if entry.next.iter().any(|rule| rule.when.is_none()) {
        return left;
    }
    let Question { id, kind: QuestionKind::ChooseOne { options }, optional } = &entry.question else {
        left.push("some answers".to_owned());
        return left;
    };
    for option in options {
        let covers = |rule: &RuleEntry| matches!(&rule.when, Some(Condition::Answer { question, is }) if question == id && is.contains(option));
        if !entry.next.iter().any(covers) {
            left.push(["\"", option, "\""].concat());
        }
    }
    if left.is_empty() && *optional {
        left.push("no answer".to_owned());
    }
    left
}
