//! A question page: its words, its control, and what stands in it.

use crate::{
    asked,
    model::Model,
    routes,
    view_model::{
        contacts::{self, CouncilCard},
        files::{self, FilesControl},
        input, letter_page, words,
    },
};
use putright_domain::{
    form::{
        answer::{AGREED, FormInput, NOT_KNOWN, QuestionId, unnumbered},
        condition::Condition,
        flow::{FlowQuestion, Page},
        question::{OptionGroup, Question, QuestionKind},
    },
    guidance::{
        facts::{NO, YES, ids},
        triage::Who,
    },
    messages::{MessageId, OptionWords, QuestionWords},
};

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

pub(crate) fn question_page(model: &Model, page: &Page) -> QuestionPage {
    let content = &model.bundle().content;
    let shown = asked::shown(model);
    let first_shown = shown.trailing_zeros() as usize;
    let own = content.page(page.id(), words::is_for_oneself(model));
    let part = |(at, asked): (usize, &FlowQuestion)| {
        let mut part = asked_question(model, &asked.question);
        part.at = at;
        part.shown = shown >> at & 1 == 1;
        part.is_heading = at == first_shown && own.is_none();
        part.under = under(page, asked);
        if at > 0 {
            part.prefix = [&asked.question.id, "-"].concat();
        }
        part
    };
    let is_another = |asked: &&FlowQuestion| matches!(asked.question.kind, QuestionKind::Another);
    let another = page.questions.iter().find(is_another).map(|asked| &asked.question);
    let copy = page.id() != unnumbered(page.id()).0;
    let first = routes::first_question(model) == page.id();
    let fill = |text: &String| words::fill_in(model, text);
    QuestionPage {
        id: page.id().to_owned(),
        title: own.map_or_else(|| heading_of(model, page, first_shown), |own| own.title.clone()),
        caption: if own.is_some() { words::caption(model, page.id()) } else { String::new() },
        steps: steps(model, page.step),
        body: own.map(|own| own.body.iter().map(fill).collect()).unwrap_or_default(),
        own_heading: own.is_some(),
        questions: page.questions.iter().enumerate().filter(|(_, asked)| !is_another(asked)).map(part).collect(),
        another: another.map(|question| Another {
            id: question.id.clone(),
            label: words::option_label(model, question, &YES.to_owned()),
            raw: input::input(model, &question.id),
        }),
        remove: if copy { remove_words(model, page) } else { String::new() },
        young: model.bundle().flow.given().get(ids::WHO).is_some_and(|who| who.has(Who::Child.id())),
        danger: if first { contacts::council_cards(model) } else { Vec::new() },
    }
}

/// The words for taking a copy of a page away: those of the question that asked for it.
fn remove_words(model: &Model, page: &Page) -> String {
    let (first, _) = unnumbered(page.id());
    let original = model.bundle().flow.page_of(first);
    let mut asked = original.into_iter().flat_map(|page| &page.questions);
    let another = asked.find(|asked| matches!(asked.question.kind, QuestionKind::Another));
    another.map(|asked| words::option_label(model, &asked.question, &NO.to_owned())).unwrap_or_default()
}

/// A question, as the first of its page.
pub(crate) fn asked_question(model: &Model, question: &Question) -> AskedQuestion {
    let words = words::words_of(model, &question.id);
    let text = |pick: fn(&QuestionWords) -> &String| words.map(pick).cloned().unwrap_or_default();
    AskedQuestion {
        id: question.id.clone(),
        prefix: String::new(),
        at: 0,
        is_heading: true,
        shown: true,
        under: None,
        title: text(|words| &words.title),
        caption: words::caption(model, &question.id),
        body: words
            .map(|words| words.body.iter().map(|text| words::fill_in(model, text)).collect())
            .unwrap_or_default(),
        hint: text(|words| &words.hint),
        optional: question.optional,
        control: control(model, question),
        raw: input::input(model, &question.id),
    }
}

fn heading_of(model: &Model, page: &Page, at: usize) -> String {
    let words = page.questions.get(at).and_then(|asked| words::words_of(model, &asked.question.id));
    words.map(|words| words.title.clone()).unwrap_or_default()
}

/// The steps, for a page with this place among them.
pub(crate) fn steps(model: &Model, step: Option<usize>) -> Option<Steps> {
    let content = &model.bundle().content;
    let name = |id: &String| content.steps.get(id).cloned().unwrap_or_default();
    step.map(|now| Steps { names: model.bundle().flow.steps().iter().map(name).collect(), now })
}

fn control(model: &Model, question: &Question) -> Control {
    let choice = |id: &String| choice(model, question, id);
    match &question.kind {
        QuestionKind::Statement | QuestionKind::Advice | QuestionKind::Progress | QuestionKind::Another => {
            Control::None
        }
        QuestionKind::ChooseOne { options } => Control::Radios(options.iter().map(choice).collect()),
        QuestionKind::Council => {
            let councils = model.bundle().councils().map(|council| choice(&council.id));
            Control::Radios(councils.chain([choice(&NOT_KNOWN.to_owned())]).collect())
        }
        QuestionKind::ChooseMany { groups, none } => Control::Checkboxes {
            groups: groups
                .iter()
                .map(|group| ChoiceGroup {
                    heading: group_heading(model, &question.id, &group.id),
                    open: is_open(model, group),
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
            let (can_be_sent, changed) = letter_page::letter_state(model);
            Control::Letter { max: *max, can_be_sent, changed }
        }
        QuestionKind::Date { .. } => {
            let label = model.bundle().content.owned_word(MessageId::DateNotKnown);
            let not_known = Choice { id: NOT_KNOWN.to_owned(), label, hint: String::new(), picture: String::new() };
            Control::Date(DateWords { not_known })
        }
        QuestionKind::Reach { methods, none } => {
            Control::Reach { methods: methods.iter().map(choice).collect(), none: choice(none) }
        }
        QuestionKind::Agreement => Control::Agreement(choice(&AGREED.to_owned())),
        QuestionKind::Files => files::files_control(model).map_or(Control::None, Control::Files),
    }
}

/// Returns whether the options of a group concern this person, as far as is known.
fn is_open(model: &Model, group: &OptionGroup) -> bool {
    let walk = model.walk();
    group.open.as_ref().is_none_or(|when| model.holds(when, &walk.questions))
}

fn group_heading(model: &Model, question: &str, group: &str) -> String {
    let words = model.bundle().content.question(question);
    words.and_then(|words| words.groups.get(group)).cloned().unwrap_or_default()
}

fn choice(model: &Model, question: &Question, id: &String) -> Choice {
    let words = words::words_of(model, &question.id).and_then(|words| words.options.get(id));
    let text = |pick: fn(&OptionWords) -> &String| words.map(pick).cloned().unwrap_or_default();
    Choice {
        id: id.clone(),
        label: words::option_label(model, question, id),
        hint: text(|words| &words.hint),
        picture: text(|words| &words.picture),
    }
}

/// Returns the option under which a question stands: the only one that it depends on, of a question before it on the page.
fn under(page: &Page, asked: &FlowQuestion) -> Option<(usize, String)> {
    let Some(Condition::Answer { question, is }) = &asked.when else { return None };
    let [option] = is.as_slice() else { return None };
    let at = page.questions.iter().position(|one| one.question.id == *question)?;
    Some((at, option.clone()))
}
