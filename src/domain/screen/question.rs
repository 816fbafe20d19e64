//! A question page: its words, its control, and what stands in it.

use crate::domain::{
    content::{OptionWords, QuestionWords, Word},
    guidance::{facts::ids, triage::Who},
    journey::{
        answer::{Field, QuestionId, Raw, unnumbered},
        question::{AGREED, NOT_KNOWN, Question, QuestionKind},
    },
    session::Session,
};

use super::{CouncilCard, FilesControl, Offer};

/// The id of the first radio or checkbox of a page.
pub const FIRST_CHOICE: &str = "choice-0";

/// The id of a field's element.
pub fn field_id(field: Field) -> String {
    ["field-", field.id()].concat()
}

/// A page that asks something, or that is read.
#[derive(Clone, Debug, PartialEq)]
pub struct QuestionPage {
    /// The question's id.
    pub id: QuestionId,
    /// The heading: the legend or label.
    pub title: String,
    /// Which time the question comes; empty where it comes once.
    pub caption: String,
    /// What stands under the heading, in [`crate::domain::content::Told::body`]'s form.
    pub body: Vec<String>,
    /// One sentence more.
    pub hint: String,
    /// Whether it may be left out.
    pub optional: bool,
    /// What answers it.
    pub control: Control,
    /// What stands in it.
    pub raw: Raw,
    /// Whether it is asked of a child: the choices are larger.
    pub young: bool,
    /// On the first page: whom to call about danger.
    pub danger: Vec<CouncilCard>,
    /// On the first page: what was kept before.
    pub offer: Option<Offer>,
}

/// What answers a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Control {
    /// Nothing: a page to read.
    None,
    /// One of several.
    Radios(Vec<Choice>),
    /// Any of several.
    Checkboxes {
        /// In groups; one without a heading where they need none.
        groups: Vec<ChoiceGroup>,
        /// The one that excludes the others.
        none: Option<Choice>,
    },
    /// A line.
    Text {
        /// What a browser may fill in.
        autocomplete: String,
    },
    /// As much as they like.
    LongText {
        /// Most characters.
        max: usize,
    },
    /// A letter to be changed.
    Letter {
        /// Most characters.
        max: usize,
        /// Whether it can be sent from here.
        can_be_sent: bool,
        /// Whether the person has changed it.
        changed: bool,
    },
    /// A day.
    Date(DateWords),
    /// How to reach the person.
    Reach {
        /// The ways; each one's id is its field's.
        methods: Vec<Choice>,
        /// The one that excludes the others.
        none: Choice,
    },
    /// Something to agree to.
    Agreement(Choice),
    /// Photos and files.
    Files(FilesControl),
}

/// An option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its id: the value of its input.
    pub id: String,
    /// Its words.
    pub label: String,
    /// One sentence more.
    pub hint: String,
    /// The name of the picture beside its words; empty for none.
    pub picture: String,
}

/// Options under a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceGroup {
    /// The heading; empty for none.
    pub heading: String,
    /// The options.
    pub choices: Vec<Choice>,
}

/// The words of a date question beyond the page's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateWords {
    /// The box for a day that is not known.
    pub not_known: Choice,
}

impl Session {
    pub(super) fn question_page(&self, question: &Question) -> QuestionPage {
        let words = self.loaded().content.question(&question.id);
        let text = |pick: fn(&QuestionWords) -> &String| words.map(pick).cloned().unwrap_or_default();
        let council = &self.council().short_name;
        let fill = |text: &String| crate::domain::content::fill(text, &[("council", council)]);
        let first = self.walk().position(&question.id) == Some(0);
        QuestionPage {
            id: question.id.clone(),
            title: text(|words| &words.title),
            caption: self.caption(&question.id),
            body: words.map(|words| words.body.iter().map(fill).collect()).unwrap_or_default(),
            hint: text(|words| &words.hint),
            optional: question.optional,
            control: self.control(question),
            raw: self.raw(&question.id),
            young: self.loaded().flow.given().get(ids::WHO).is_some_and(|who| who.has(Who::Child.id())),
            danger: if first { self.council_cards() } else { Vec::new() },
            offer: if first { self.offer() } else { None },
        }
    }

    /// Which time a question comes that may come several times; empty for others.
    pub(super) fn caption(&self, question: &str) -> String {
        let (_, number) = unnumbered(question);
        let words = self.loaded().content.question(question);
        let number = number.to_string();
        words.map(|words| crate::domain::content::fill(&words.caption, &[("number", &number)])).unwrap_or_default()
    }

    fn control(&self, question: &Question) -> Control {
        let choice = |id: &String| self.choice(question, id);
        match &question.kind {
            QuestionKind::Statement | QuestionKind::Advice | QuestionKind::Progress => Control::None,
            QuestionKind::ChooseOne { options } => Control::Radios(options.iter().map(choice).collect()),
            QuestionKind::Council => {
                let councils = self.loaded().councils().map(|council| choice(&council.id));
                Control::Radios(councils.chain([choice(&NOT_KNOWN.to_owned())]).collect())
            }
            QuestionKind::ChooseMany { groups, none } => Control::Checkboxes {
                groups: groups
                    .iter()
                    .map(|group| ChoiceGroup {
                        heading: self.group_heading(&question.id, &group.id),
                        choices: group.options.iter().filter(|id| Some(*id) != none.as_ref()).map(choice).collect(),
                    })
                    .collect(),
                none: none.as_ref().map(choice),
            },
            QuestionKind::Text { autocomplete, .. } => {
                Control::Text { autocomplete: autocomplete.clone().unwrap_or_default() }
            }
            QuestionKind::LongText { max } => Control::LongText { max: *max },
            QuestionKind::Letter { max } => {
                let (can_be_sent, changed) = self.letter_state();
                Control::Letter { max: *max, can_be_sent, changed }
            }
            QuestionKind::Date { .. } => {
                let label = self.loaded().content.owned_word(Word::DateNotKnown);
                let not_known = Choice { id: NOT_KNOWN.to_owned(), label, hint: String::new(), picture: String::new() };
                Control::Date(DateWords { not_known })
            }
            QuestionKind::Reach { methods, none } => {
                Control::Reach { methods: methods.iter().map(choice).collect(), none: choice(none) }
            }
            QuestionKind::Agreement => Control::Agreement(choice(&AGREED.to_owned())),
            QuestionKind::Files => self.files_control(),
        }
    }

    fn group_heading(&self, question: &str, group: &str) -> String {
        let words = self.loaded().content.question(question);
        words.and_then(|words| words.groups.get(group)).cloned().unwrap_or_default()
    }

    fn choice(&self, question: &Question, id: &String) -> Choice {
        let words = self.loaded().content.question(&question.id).and_then(|words| words.options.get(id));
        let text = |pick: fn(&OptionWords) -> &String| words.map(pick).cloned().unwrap_or_default();
        Choice {
            id: id.clone(),
            label: self.option_label(question, id),
            hint: text(|words| &words.hint),
            picture: text(|words| &words.picture),
        }
    }

    pub(in crate::domain) fn option_label(&self, question: &Question, option: &String) -> String {
        let content = &self.loaded().content;
        if matches!(question.kind, QuestionKind::Council) {
            let named = self.loaded().councils().find(|council| council.id == *option);
            return named.map_or(content.word(Word::BoroughNotKnown), |council| &council.short_name).to_owned();
        }
        let words = content.question(&question.id).and_then(|words| words.options.get(option));
        words.map(|words| words.label.clone()).unwrap_or_default()
    }
}
