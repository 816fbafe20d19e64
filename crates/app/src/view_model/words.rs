//! The words of questions and options, as they are put to this person.

use crate::model::Model;
use putright_domain::{
    form::{
        answer::{Answer, unnumbered},
        question::{Question, QuestionKind},
    },
    guidance::{facts::ids, triage::Who},
    messages::{MessageId, QuestionWords},
};

/// The words of a question, as they are put to this person: somebody who complains for themselves is "you", and not "the
/// child".
pub(crate) fn words_of<'a>(model: &'a Model, question: &str) -> Option<&'a QuestionWords> {
    let content = &model.bundle().content;
    content.question_of(question, is_for_oneself(model))
}

/// Returns true where a child, young person or care leaver complains for themselves.
pub(crate) fn is_for_oneself(model: &Model) -> bool {
    let says_so = |who: &Answer| who.has(Who::Child.id()) || who.has(Who::CareLeaver.id());
    // The way is walked only where what was answered, or what the flow itself gives, may say so: this is asked for each option.
    let may = [model.form.answers.get(ids::WHO), model.bundle().flow.given().get(ids::WHO)];
    may.into_iter().flatten().any(says_so) && model.answers_on_the_way().get(ids::WHO).is_some_and(says_so)
}

pub(crate) fn fill_in(model: &Model, text: &str) -> String {
    putright_domain::messages::fill(text, &[("council", &model.council().short_name)])
}

/// Returns the caption with the number of this copy of a question. Empty if the question comes once.
pub(crate) fn caption(model: &Model, question: &str) -> String {
    let (name, number) = unnumbered(question);
    // The first of one alone is not counted.
    let walk = model.walk();
    let alone = || !walk.ids().map(unnumbered).any(|(other, number)| other == name && number > 1);
    if number == 1 && alone() { String::new() } else { captioned(model, question, &number.to_string()) }
}

/// Returns the caption, without a number where the question comes once; the question's short name if it has none.
pub(crate) fn caption_or_name(model: &Model, question: &str) -> String {
    let counted = caption(model, question);
    let caption = if counted.is_empty() { captioned(model, question, "") } else { counted };
    if caption.is_empty() { short_name(model, question) } else { caption.trim_end().to_owned() }
}

fn captioned(model: &Model, question: &str, number: &str) -> String {
    let words = model.bundle().content.question(question);
    words.map(|words| putright_domain::messages::fill(&words.caption, &[("number", number)])).unwrap_or_default()
}

pub(crate) fn option_label(model: &Model, question: &Question, option: &String) -> String {
    let content = &model.bundle().content;
    if matches!(question.kind, QuestionKind::Council) {
        let named = model.bundle().councils().find(|council| council.id == *option);
        return named.map_or(content.word(MessageId::BoroughNotKnown), |council| &council.short_name).to_owned();
    }
    let words = words_of(model, &question.id).and_then(|words| words.options.get(option));
    words.map(|words| words.label.clone()).unwrap_or_default()
}

/// A paragraph without its marks.
pub(crate) fn plain(paragraph: &str) -> String {
    let mut said = String::new();
    let mut address = false;
    let mut before = ' ';
    for character in paragraph.trim_start_matches(['#', '*', '>', ' ']).chars() {
        address = if address { before != ')' } else { before == ']' && character == '(' };
        if !address && character != '[' && character != ']' {
            said.push(character);
        }
        before = character;
    }
    said
}

pub(crate) fn short_name(model: &Model, question: &str) -> String {
    let words = words_of(model, question);
    words.map(|words| if words.short.is_empty() { &words.title } else { &words.short }).cloned().unwrap_or_default()
}

/// The lines of a text.
#[inline(never)]
pub(crate) fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}
