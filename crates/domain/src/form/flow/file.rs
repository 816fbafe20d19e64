//! A flow's file as it is written, before anything is known of whether it holds together.

use crate::form::{condition::Condition, flow::FlowQuestion};
use crate::{
    data::{Object, Place, problem},
    form::{
        answer::{QuestionId, numbered},
        question::{Question, QuestionKind, YES},
    },
};

/// The most copies of a page that a person may fill in several times.
const MOST_COPIES: usize = 9;

pub(super) struct PageEntry {
    pub questions: Vec<FlowQuestion>,
    pub next: Vec<RuleEntry>,
    pub step: Option<String>,
    pub when: Option<Condition>,
    repeat: Option<Repeat>,
    /// The page's place in the file, as a JSON pointer.
    pub place: String,
}

#[derive(Clone)]
pub(super) struct RuleEntry {
    pub when: Option<Condition>,
    pub go: QuestionId,
}

/// How a page is filled in several times.
struct Repeat {
    /// The question whether there is another: a button of the page.
    question: QuestionId,
    /// The most copies.
    most: usize,
    /// The questions that only the first copy asks.
    first: Vec<String>,
    /// The questions that only the later copies ask.
    later: Vec<String>,
    /// When there may be another; `None` for always.
    when: Option<Condition>,
}

impl PageEntry {
    /// Reads a page: one question, or a list of `questions`.
    pub(super) fn read(place: Place<'_>) -> Self {
        let several = has_several(place);
        let object = place.object(if several {
            &["questions", "step", "repeat", "next"]
        } else {
            &["id", "kind", "optional", "step", "next"]
        });
        Self {
            next: object.need("next").each(RuleEntry::read),
            step: object.text_or_none("step"),
            repeat: object.get("repeat").map(Repeat::read),
            ..Self::of(questions(object, several))
        }
    }

    /// Reads a page that check answers offers. It leads nowhere but back.
    pub(super) fn read_extra(place: Place<'_>) -> Self {
        let several = has_several(place);
        let object = place.object(if several { &["questions", "when"] } else { &["id", "kind", "optional", "when"] });
        Self { when: object.get("when").map(Condition::read), ..Self::of(questions(object, several)) }
    }

    /// Reads what check answers asks itself.
    pub(super) fn read_check(place: Place<'_>) -> Self {
        Self::of(questions(place.object(&["questions"]), true))
    }

    const fn of(questions: Vec<FlowQuestion>) -> Self {
        Self { questions, next: Vec::new(), step: None, when: None, repeat: None, place: String::new() }
    }

    /// Puts the page behind the others with its place in the file, as often as it may be filled in.
    pub(super) fn place_in(mut self, entries: &mut Vec<Self>, place: String) {
        let several = self.questions.len() > 1 || self.repeat.is_some() || place == "/check";
        for (at, asked) in self.questions.iter_mut().enumerate() {
            asked.place = if several { [&place, "/questions/", &at.to_string()].concat() } else { place.clone() };
        }
        self.place = place;
        let Some(repeat) = self.repeat.take() else { return entries.push(self) };
        for number in 1..=repeat.most {
            entries.push(self.copy(&repeat, number));
        }
    }

    /// Returns the page as it is filled in for the nth time: the ids of its own questions have that number.
    fn copy(&self, repeat: &Repeat, number: usize) -> Self {
        let own = |id: &str| id == repeat.question || self.questions.iter().any(|asked| asked.question.id == id);
        let left_out = if number == 1 { &repeat.later } else { &repeat.first };
        let mut questions = Vec::new();
        for asked in self.questions.iter().filter(|asked| !left_out.contains(&asked.question.id)) {
            let mut asked = asked.clone();
            asked.question.id = numbered(&asked.question.id, number);
            asked.when.iter_mut().for_each(|when| when.renumber(&own, number));
            questions.push(asked);
        }
        let mut next = self.next.clone();
        next.iter_mut().filter_map(|rule| rule.when.as_mut()).for_each(|when| when.renumber(&own, number));
        if number < repeat.most {
            let question = numbered(&repeat.question, number);
            let mut left =
                self.questions.iter().map(|asked| &asked.question.id).filter(|id| !repeat.first.contains(id));
            let first = left.next().map_or("", String::as_str);
            let answer = Condition::Answer { question: question.clone(), is: vec![YES.to_owned()] };
            next.insert(0, RuleEntry { when: Some(answer), go: numbered(first, number + 1) });
            let mut when = repeat.when.clone();
            if let Some(when) = &mut when {
                when.renumber(&own, number);
            }
            questions.push(FlowQuestion {
                question: Question { id: question, kind: QuestionKind::Another, optional: true },
                when,
                place: [&self.place, "/repeat/question"].concat(),
            });
        }
        Self { next, step: self.step.clone(), place: self.place.clone(), ..Self::of(questions) }
    }
}

/// Returns whether a page lists its questions, and is not itself a question.
fn has_several(place: Place<'_>) -> bool {
    place.value().get("questions").is_some()
}

fn questions(object: Object<'_>, several: bool) -> Vec<FlowQuestion> {
    if several { object.need("questions").each(FlowQuestion::read) } else { vec![FlowQuestion::of(object, None)] }
}

impl FlowQuestion {
    fn read(place: Place<'_>) -> Self {
        let object = place.object(&["id", "kind", "optional", "when"]);
        Self::of(object, object.get("when").map(Condition::read))
    }

    fn of(object: Object<'_>, when: Option<Condition>) -> Self {
        let question = Question {
            id: object.text("id"),
            kind: QuestionKind::read(object.need("kind")),
            optional: object.truth("optional"),
        };
        Self { question, when, place: String::new() }
    }
}

impl Repeat {
    fn read(place: Place<'_>) -> Self {
        let object = place.object(&["question", "most", "first", "later", "when"]);
        let most = object.need("most").number() as usize;
        if !(2..=MOST_COPIES).contains(&most) {
            object.note("most", &problem!["must be from 2 to ", &MOST_COPIES.to_string()]);
        }
        Self {
            question: object.text("question"),
            most: most.min(MOST_COPIES),
            first: object.texts("first"),
            later: object.texts("later"),
            when: object.get("when").map(Condition::read),
        }
    }
}

impl RuleEntry {
    fn read(place: Place<'_>) -> Self {
        let object = place.object(&["when", "go"]);
        Self { when: object.get("when").map(Condition::read), go: object.text("go") }
    }
}
