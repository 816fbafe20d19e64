//! Checks that a flow is sound: every target exists, every page is reached, there is no loop, and every answer leads
//! on.
//!
//! The browser resolves the targets and leaves the rest to the command line, which refuses to publish what does not hold.

use crate::form::{
    condition::Condition,
    flow::{
        CHECK, FlowQuestion, Place, Target,
        file::{PageEntry, RuleEntry},
    },
};
use crate::{
    data::{Diagnostics, problem},
    form::question::{Question, QuestionKind},
    key_map::KeyMap,
};

/// The ways to reach a person.
const WAYS: [&str; 5] = ["email", "telephone", "post", "school", "trusted_adult"];
/// The most questions on a page. The page keeps a bit for each.
const MOST_ON_A_PAGE: usize = 16;

/// Returns the page of each question. Nothing is looked at where the file itself could not be read.
pub(super) fn index(ledger: &Diagnostics<'_>, entries: &[PageEntry]) -> KeyMap<usize> {
    let mut index = KeyMap::default();
    if !ledger.is_clean() {
        return index;
    }
    for (at, entry) in entries.iter().enumerate() {
        if entry.questions.is_empty() || entry.questions.len() > MOST_ON_A_PAGE {
            let problem = problem!["must list from 1 to ", &MOST_ON_A_PAGE.to_string(), " questions"];
            ledger.note(&[&entry.place, "/questions"].concat(), &problem);
        }
        for asked in &entry.questions {
            let id = &asked.question.id;
            let note = |problem: &str| ledger.note(&[&asked.place, "/id"].concat(), problem);
            let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-".contains(&byte);
            if id.is_empty() || !id.bytes().all(plain) {
                note("must be lower-case letters, digits, _ and -: it is an address");
            } else if id == CHECK || Place::from_id(id).is_some() {
                note("is kept for a page of Putright's own; choose another id");
            } else if index.get(id).is_some() {
                note(&problem!["\"", id, "\" is used twice; an id names one question"]);
            }
            index.insert(id, at);
        }
    }
    index
}

/// The graph of a flow: for each page, the target of each of its rules.
#[derive(Default)]
pub(super) struct Graph {
    pub start: usize,
    pub targets: Vec<Vec<Target>>,
}

impl Graph {
    /// Looks where all ways lead. `led`: how many of the pages lie on ways; the others are check answers' own.
    pub(super) fn build(
        ledger: &Diagnostics<'_>,
        entries: &[PageEntry],
        led: usize,
        index: &KeyMap<usize>,
        start: &str,
        steps: &[String],
    ) -> Self {
        Builder { ledger, entries, led, index }.build(start, steps)
    }
}

struct Builder<'a> {
    ledger: &'a Diagnostics<'a>,
    entries: &'a [PageEntry],
    led: usize,
    index: &'a KeyMap<usize>,
}

impl Builder<'_> {
    fn build(&self, start: &str, steps: &[String]) -> Graph {
        let mut graph = Graph::default();
        if !self.ledger.is_clean() {
            return graph;
        }
        graph.start = self.place_of("/start", start);
        for (at, entry) in self.entries.iter().enumerate() {
            self.check_page(at, entry, steps);
            graph.targets.push(if at < self.led {
                self.targets(&[&entry.place, "/next"].concat(), entry)
            } else {
                Vec::new()
            });
        }
        if self.ledger.is_clean() {
            self.check_reach(&graph);
            self.check_loops(&graph);
        }
        graph
    }

    fn check_page(&self, at: usize, entry: &PageEntry, steps: &[String]) {
        for (number, asked) in entry.questions.iter().enumerate() {
            self.check_options(&[&asked.place, "/kind"].concat(), &asked.question);
            self.check_asked(entry, number, asked, at >= self.led);
        }
        if let Some(when) = &entry.when {
            self.check_condition(&[&entry.place, "/when"].concat(), when);
        }
        if let Some(step) = entry.step.as_ref().filter(|step| !steps.contains(step)) {
            let problem = ["\"", step, "\" is no step; known: ", &steps.join(", ")].concat();
            self.ledger.note(&[&entry.place, "/step"].concat(), &problem);
        }
    }

    /// The page of a question.
    fn place_of(&self, pointer: &str, id: &str) -> usize {
        if let Some(at) = self.index.get(id) {
            return *at;
        }
        let known = || self.index.iter().map(|(id, _)| id).collect::<Vec<_>>().join(", ");
        let ends = || Place::IDS.join(", ");
        self.ledger.note(
            pointer,
            &problem!["there is no question \"", id, "\"; known: ", &known(), ", or to end ", CHECK, ", ", &ends()],
        );
        0
    }

    /// The page that a way leads to, named by its first question.
    fn page_of(&self, pointer: &str, id: &str) -> usize {
        let at = self.place_of(pointer, id);
        let first = self.entries.get(at).and_then(|entry| entry.questions.first());
        let first = first.map_or("", |asked| &asked.question.id);
        if self.index.get(id).is_some() && (first != id || at >= self.led) {
            self.ledger.note(pointer, &problem!["\"", id, "\" is no page: name the first question of one"]);
        }
        at
    }

    /// Checks that a question comes after the questions it depends on.
    fn check_asked(&self, entry: &PageEntry, number: usize, asked: &FlowQuestion, extra: bool) {
        if extra && entry.place != "/check" && !asked.question.optional {
            self.ledger.note(&asked.place, "must be optional: check answers offers it, and asks nobody for it");
        }
        let Some(when) = &asked.when else { return };
        let place = [&asked.place, "/when"].concat();
        self.check_condition(&place, when);
        let later = |id: &str| entry.questions.iter().skip(number).any(|one| one.question.id == id);
        if when.questions().into_iter().any(later) {
            self.ledger.note(&place, "looks at a question that stands after it on the page");
        }
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
        if let QuestionKind::ChooseMany { groups, .. } = &question.kind {
            for (at, group) in groups.iter().enumerate() {
                let step = ["/choose_many/groups/", &at.to_string(), "/open"].concat();
                group.open.iter().for_each(|when| self.check_condition(&[pointer, &step].concat(), when));
            }
        }
        match &question.kind {
            QuestionKind::ChooseMany { none: Some(none), .. } if !options.contains(&none.as_str()) => {
                tell("/choose_many/none", &["\"", none, "\" is not an option"].concat());
            }
            QuestionKind::Reach { methods, .. } => {
                for (at, method) in methods.iter().enumerate() {
                    if !WAYS.contains(&method.as_str()) {
                        let step = ["/reach/methods/", &at.to_string()].concat();
                        let known = WAYS.join(", ");
                        tell(&step, &["is not a way to reach a person; known: ", &known].concat());
                    }
                }
            }
            _ => {}
        }
    }

    fn targets(&self, pointer: &str, entry: &PageEntry) -> Vec<Target> {
        let mut targets = Vec::new();
        for (number, rule) in entry.next.iter().enumerate() {
            let place = [pointer, "/", &number.to_string()].concat();
            self.check_rule(&place, entry.next.iter().take(number), rule);
            targets.push(match Place::from_id(&rule.go) {
                Some(place) => Target::Leave(place),
                None if rule.go == CHECK => Target::Check,
                None => Target::Page(self.page_of(&[&place, "/go"].concat(), &rule.go)),
            });
        }
        let uncovered = uncovered(entry);
        if !uncovered.is_empty() {
            let problem = ["says nothing for ", &uncovered.join(", "), "; end with a rule that has no \"when\""];
            self.ledger.note(pointer, &problem.concat());
        }
        targets
    }

    fn check_rule<'a>(&self, place: &str, mut earlier: impl Iterator<Item = &'a RuleEntry>, rule: &RuleEntry) {
        if earlier.any(|earlier| earlier.when.is_none()) {
            self.ledger.note(place, "can never apply: an earlier rule without \"when\" always does");
        }
        if let Some(when) = &rule.when {
            self.check_condition(&[place, "/when"].concat(), when);
        }
    }

    fn check_condition(&self, pointer: &str, condition: &Condition) {
        let note = |step: &str, problem: &[&str]| self.ledger.note(&[pointer, step].concat(), &problem.concat());
        let question_of = |step: &str, id: &str| {
            let at = self.place_of(&[pointer, step].concat(), id);
            let asked = self.entries.get(at).into_iter().flat_map(|entry| &entry.questions);
            asked.map(|asked| &asked.question).find(|question| question.id == *id)
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
            Condition::SharedService | Condition::TakesFiles | Condition::FirstTime | Condition::Outcome(_) => {}
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
        let mut reached = vec![false; self.led];
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
        for (entry, mark) in self.entries.iter().zip(reached) {
            if !mark {
                self.ledger.note(&entry.place, "is never asked: nothing leads to it");
            }
        }
    }

    /// Depth-first, with the way back kept: a target already on the way is a loop.
    fn check_loops(&self, graph: &Graph) {
        let mut marks = vec![SearchState::New; self.entries.len()];
        let mut way: Vec<(usize, usize)> = vec![(graph.start, 0)];
        while let Some((at, number)) = way.pop() {
            let next = graph.targets.get(at).and_then(|targets| targets.get(number));
            if let Some(mark) = marks.get_mut(at) {
                *mark = if next.is_some() { SearchState::OnTheWay } else { SearchState::Done };
            }
            let Some(target) = next else { continue };
            way.push((at, number + 1));
            let Target::Page(next) = *target else { continue };
            match marks.get(next) {
                Some(SearchState::OnTheWay) => {
                    let entry = |at: usize| self.entries.get(at);
                    let first = entry(next).and_then(|entry| entry.questions.first());
                    let id = first.map_or("", |asked| &asked.question.id);
                    let problem = ["leads back to \"", id, "\": a person would go round for ever"].concat();
                    let place = entry(at).map_or("", |entry| &entry.place);
                    self.ledger.note(&[place, "/next/", &number.to_string(), "/go"].concat(), &problem);
                }
                Some(SearchState::New) => way.push((next, 0)),
                _ => {}
            }
        }
    }
}

/// How far the search for loops has come with a page. Looked up, and not looked for along the way: a flow may be long.
#[derive(Clone, Copy)]
enum SearchState {
    New,
    OnTheWay,
    Done,
}

/// Returns the answers that no rule covers: the options of a single choice, or every answer.
fn uncovered(entry: &PageEntry) -> Vec<String> {
    let mut left = Vec::new();
    if entry.next.iter().any(|rule| rule.when.is_none()) {
        return left;
    }
    let Some(FlowQuestion { question: Question { id, kind: QuestionKind::ChooseOne { options }, optional }, .. }) =
        entry.questions.first()
    else {
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
