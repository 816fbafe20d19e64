//! The input of a question, as the person left it.

use crate::{model::Model, view_model::letter};
use putright_domain::{
    form::{
        answer::{Answer, Field, FormInput},
        question::Question,
    },
    guidance::facts::ids,
};

/// The page as the person left it: what they typed, else what they answered.
pub fn input(model: &Model, question: &str) -> FormInput {
    let answered = || model.form.answers.get(question).map(Answer::to_raw);
    let mut raw = model.form.pending.get(question).cloned().or_else(answered).unwrap_or_default();
    // What another register's questions offered and these do not could not be taken off again.
    let asked = model.bundle.flow.question(question);
    let offered = asked.map(Question::options).unwrap_or_default();
    raw.chosen.retain(|option| offered.is_empty() || offered.contains(&option.as_str()));
    if question != ids::LETTER || raw != FormInput::default() {
        return raw;
    }
    match letter::letter(model) {
        Some(letter) => raw.with(Field::Text, letter.text),
        None => raw,
    }
}
