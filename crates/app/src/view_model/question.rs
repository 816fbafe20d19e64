//! A question page: its words, its control, and what stands in it.

use crate::model::Model;
use putright_domain::{
    form::{
        answer::{AGREED, Field, FormInput, NOT_KNOWN, QuestionId, unnumbered},
        condition::Condition,
        flow::{Asked, Page},
        question::{OptionGroup, Question, QuestionKind},
    },
    guidance::{
        facts::{NO, YES, ids},
        triage::Who,
    },
    messages::{MessageId, OptionWords, QuestionWords},
    route::Route,
};

use crate::view_model::{CouncilCard, FilesControl};

/// The id of the first radio or checkbox of a question.
const FIRST_CHOICE: &str = "choice-0";

/// Returns the id of a field's element. `prefix`: what the ids of its question begin with.
pub fn field_id(prefix: &str, field: Field) -> String {
    [prefix, "field-", field.id()].concat()
}

/// A page that asks something, or that is read.
#[derive(Clone, Debug, PartialEq)]
pub struct QuestionPage {
    /// The id of the page: that of its first question.
    pub id: QuestionId,
    /// The heading.
    pub title: String,
    /// The caption with the number of this copy of the page, above a separate heading. Empty if the page comes once.
    pub caption: String,
    /// The place among the steps; `None` for a page outside them.
    pub steps: Option<Steps>,
    /// The text under a separate page heading, in the form of [`putright_domain::messages::TextBlock::body`].
    pub body: Vec<String>,
    /// True if the page has a separate heading. Otherwise its first question is the heading.
    pub own_heading: bool,
    /// The questions, in their order.
    pub questions: Vec<AskedQuestion>,
    /// The question whether to fill in the page once more; `None` where the page comes once, or the last time.
    pub another: Option<Another>,
    /// The words of the button that takes this copy of the page away; empty for none.
    pub remove: String,
    /// True if the page is for a child. The choices are larger.
    pub young: bool,
    /// The councils to call about danger, on the first page.
    pub danger: Vec<CouncilCard>,
}

/// The question whether to fill in a page once more.
#[derive(Clone, Debug, PartialEq)]
pub struct Another {
    /// The question's id.
    pub id: QuestionId,
    /// The words of the button.
    pub label: String,
    /// As it stands: the option `yes` where it has been filled in once more.
    pub raw: FormInput,
}

/// The steps of the way, and which of them a page belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Steps {
    /// The names.
    pub names: Vec<String>,
    /// The place of the page's own, from 0.
    pub now: usize,
}

/// A question on its page.
#[derive(Clone, Debug, PartialEq)]
pub struct AskedQuestion {
    /// Its id.
    pub id: QuestionId,
    /// The prefix of the ids of its fields. Empty for the first question of a page.
    pub prefix: String,
    /// Its place on the page.
    pub at: usize,
    /// True if its words are the page's heading.
    pub is_heading: bool,
    /// True if the question is shown when the page is drawn.
    pub shown: bool,
    /// The option under which it stands, of the question with this place on the page.
    pub under: Option<(usize, String)>,
    /// Its words: the legend or label.
    pub title: String,
    /// The caption with the number of this copy of the question. Empty if the question comes once.
    pub caption: String,
    /// The text under the title, in the form of [`putright_domain::messages::TextBlock::body`].
    pub body: Vec<String>,
    /// One sentence more.
    pub hint: String,
    /// True if the question may be left out.
    pub optional: bool,
    /// The control that answers it.
    pub control: Control,
    /// The current input.
    pub raw: FormInput,
}

/// The control that answers a question.
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
        /// The `autocomplete` value: the detail that a browser may fill in.
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
        /// True if the letter can be sent from here.
        can_be_sent: bool,
        /// True if the person has changed it.
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
    /// True if its options can be seen before it is opened.
    pub open: bool,
    /// The options.
    pub choices: Vec<Choice>,
}

/// The words of a date question beyond the page's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateWords {
    /// The box for a day that is not known.
    pub not_known: Choice,
}

impl Model {
    pub(super) fn question_page(&self, page: &Page) -> QuestionPage {
        let content = &self.bundle().content;
        let shown = self.shown();
        let first_shown = shown.trailing_zeros() as usize;
        let own = content.page(page.id(), self.is_for_oneself());
        let part = |(at, asked): (usize, &Asked)| {
            let mut part = self.asked_question(&asked.question);
            part.at = at;
            part.shown = shown >> at & 1 == 1;
            part.is_heading = at == first_shown && own.is_none();
            part.under = under(page, asked);
            if at > 0 {
                part.prefix = [&asked.question.id, "-"].concat();
            }
            part
        };
        let is_another = |asked: &&Asked| matches!(asked.question.kind, QuestionKind::Another);
        let another = page.questions.iter().find(is_another).map(|asked| &asked.question);
        let copy = page.id() != unnumbered(page.id()).0;
        let first = self.first_question() == page.id();
        let fill = |text: &String| self.fill_in(text);
        QuestionPage {
            id: page.id().to_owned(),
            title: own.map_or_else(|| self.heading_of(page, first_shown), |own| own.title.clone()),
            caption: if own.is_some() { self.caption(page.id()) } else { String::new() },
            steps: self.steps(page.step),
            body: own.map(|own| own.body.iter().map(fill).collect()).unwrap_or_default(),
            own_heading: own.is_some(),
            questions: page.questions.iter().enumerate().filter(|(_, asked)| !is_another(asked)).map(part).collect(),
            another: another.map(|question| Another {
                id: question.id.clone(),
                label: self.option_label(question, &YES.to_owned()),
                raw: self.raw(&question.id),
            }),
            remove: if copy { self.remove_words(page) } else { String::new() },
            young: self.bundle().flow.given().get(ids::WHO).is_some_and(|who| who.has(Who::Child.id())),
            danger: if first { self.council_cards() } else { Vec::new() },
        }
    }

    /// The words for taking a copy of a page away: those of the question that asked for it.
    fn remove_words(&self, page: &Page) -> String {
        let (first, _) = unnumbered(page.id());
        let original = self.bundle().flow.page_of(first);
        let mut asked = original.into_iter().flat_map(|page| &page.questions);
        let another = asked.find(|asked| matches!(asked.question.kind, QuestionKind::Another));
        another.map(|asked| self.option_label(&asked.question, &NO.to_owned())).unwrap_or_default()
    }

    /// A question, as the first of its page.
    pub(super) fn asked_question(&self, question: &Question) -> AskedQuestion {
        let words = self.words_of(&question.id);
        let text = |pick: fn(&QuestionWords) -> &String| words.map(pick).cloned().unwrap_or_default();
        AskedQuestion {
            id: question.id.clone(),
            prefix: String::new(),
            at: 0,
            is_heading: true,
            shown: true,
            under: None,
            title: text(|words| &words.title),
            caption: self.caption(&question.id),
            body: words.map(|words| words.body.iter().map(|text| self.fill_in(text)).collect()).unwrap_or_default(),
            hint: text(|words| &words.hint),
            optional: question.optional,
            control: self.control(question),
            raw: self.raw(&question.id),
        }
    }

    /// The words of a question, as they are put to this person: somebody who complains for themselves is "you", and not "the
    /// child".
    pub(super) fn words_of(&self, question: &str) -> Option<&QuestionWords> {
        let content = &self.bundle().content;
        content.question_of(question, self.is_for_oneself())
    }

    /// Returns true where a child, young person or care leaver complains for themselves.
    fn is_for_oneself(&self) -> bool {
        let who = self.answers_on_the_way();
        let who = who.get(ids::WHO);
        who.is_some_and(|who| who.has(Who::Child.id()) || who.has(Who::CareLeaver.id()))
    }

    fn fill_in(&self, text: &str) -> String {
        putright_domain::messages::fill(text, &[("council", &self.council().short_name)])
    }

    fn heading_of(&self, page: &Page, at: usize) -> String {
        let words = page.questions.get(at).and_then(|asked| self.words_of(&asked.question.id));
        words.map(|words| words.title.clone()).unwrap_or_default()
    }

    /// The steps, for a page with this place among them.
    pub(super) fn steps(&self, step: Option<usize>) -> Option<Steps> {
        let content = &self.bundle().content;
        let name = |id: &String| content.steps.get(id).cloned().unwrap_or_default();
        step.map(|now| Steps { names: self.bundle().flow.steps().iter().map(name).collect(), now })
    }

    /// Returns the id of the element that answers a question of the page, to be given the focus.
    pub fn place_on_page(&self, id: &str) -> Option<String> {
        let page = self.bundle().flow.page_of(id)?;
        let asked = page.questions.iter().position(|asked| asked.question.id == id).filter(|at| *at > 0)?;
        Some(self.target(page.questions.get(asked)?.question.kind.first_field(), id))
    }

    /// Returns the id of the element of a field, or of the first option, of a question.
    pub(super) fn target(&self, field: Option<Field>, question: &str) -> String {
        let page = self.bundle().flow.page_of(question);
        let first = page.is_none_or(|page| page.id() == question) && *self.route() != Route::Check;
        let prefix = if first { String::new() } else { [question, "-"].concat() };
        field.map_or_else(|| [&prefix, FIRST_CHOICE].concat(), |field| field_id(&prefix, field))
    }

    /// Returns the caption with the number of this copy of a question. Empty if the question comes once.
    pub(super) fn caption(&self, question: &str) -> String {
        let (name, number) = unnumbered(question);
        // The first of one alone is not counted.
        let walk = self.walk();
        let alone = || !walk.ids().map(unnumbered).any(|(other, number)| other == name && number > 1);
        if number == 1 && alone() {
            return String::new();
        }
        let words = self.bundle().content.question(question);
        let number = number.to_string();
        words.map(|words| putright_domain::messages::fill(&words.caption, &[("number", &number)])).unwrap_or_default()
    }

    fn control(&self, question: &Question) -> Control {
        let choice = |id: &String| self.choice(question, id);
        match &question.kind {
            QuestionKind::Statement | QuestionKind::Advice | QuestionKind::Progress | QuestionKind::Another => {
                Control::None
            }
            QuestionKind::ChooseOne { options } => Control::Radios(options.iter().map(choice).collect()),
            QuestionKind::Council => {
                let councils = self.bundle().councils().map(|council| choice(&council.id));
                Control::Radios(councils.chain([choice(&NOT_KNOWN.to_owned())]).collect())
            }
            QuestionKind::ChooseMany { groups, none } => Control::Checkboxes {
                groups: groups
                    .iter()
                    .map(|group| ChoiceGroup {
                        heading: self.group_heading(&question.id, &group.id),
                        open: self.is_open(group),
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
                let label = self.bundle().content.owned_word(MessageId::DateNotKnown);
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

    /// Returns whether the options of a group concern this person, as far as is known.
    fn is_open(&self, group: &OptionGroup) -> bool {
        let walk = self.walk();
        group.open.as_ref().is_none_or(|when| self.holds(when, &walk.questions))
    }

    fn group_heading(&self, question: &str, group: &str) -> String {
        let words = self.bundle().content.question(question);
        words.and_then(|words| words.groups.get(group)).cloned().unwrap_or_default()
    }

    fn choice(&self, question: &Question, id: &String) -> Choice {
        let words = self.words_of(&question.id).and_then(|words| words.options.get(id));
        let text = |pick: fn(&OptionWords) -> &String| words.map(pick).cloned().unwrap_or_default();
        Choice {
            id: id.clone(),
            label: self.option_label(question, id),
            hint: text(|words| &words.hint),
            picture: text(|words| &words.picture),
        }
    }

    pub fn option_label(&self, question: &Question, option: &String) -> String {
        let content = &self.bundle().content;
        if matches!(question.kind, QuestionKind::Council) {
            let named = self.bundle().councils().find(|council| council.id == *option);
            return named.map_or(content.word(MessageId::BoroughNotKnown), |council| &council.short_name).to_owned();
        }
        let words = self.words_of(&question.id).and_then(|words| words.options.get(option));
        words.map(|words| words.label.clone()).unwrap_or_default()
    }
}

/// Returns the option under which a question stands: the only one that it depends on, of a question before it on the page.
fn under(page: &Page, asked: &Asked) -> Option<(usize, String)> {
    let Some(Condition::Answer { question, is }) = &asked.when else { return None };
    let [option] = is.as_slice() else { return None };
    let at = page.questions.iter().position(|one| one.question.id == *question)?;
    Some((at, option.clone()))
}
