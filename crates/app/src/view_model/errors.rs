//! The error summary of a page.

use crate::{
    model::Model,
    routes,
    view_model::{draft, error_line::ErrorLine, failure, field_ids, files, words},
};
use putright_domain::{
    delivery::{response::DeliveryError, state_machine::Delivery},
    form::{answer::QuestionId, mistake::Mistake},
    guidance::facts::ids,
    messages::MessageId,
    route::Route,
    submission::from_answers,
};

pub(crate) fn error_lines(model: &Model) -> Vec<ErrorLine> {
    let content = &model.bundle().content;
    if let (Some(text), Route::Check) = (failure::elsewhere_words(model), model.route()) {
        return vec![ErrorLine { text, target: String::new(), question: None, at: QuestionId::new(), field: None }];
    }
    if let (Delivery::Failed(error), Route::Check) = (model.delivery(), model.route()) {
        return refusal_lines(model, error);
    }
    if let (Some(cut), Route::Check) = (model.truncation(), model.route()) {
        let (max, length) = (cut.max.to_string(), cut.length.to_string());
        let button = content.word(MessageId::Send);
        let text = content.fill(MessageId::CutShort, &[("max", &max), ("length", &length), ("button", button)]);
        return vec![ErrorLine { text, target: String::new(), question: None, at: QuestionId::new(), field: None }];
    }
    if *model.route() == Route::Draft {
        return draft::draft_errors(model);
    }
    let id = routes::question_on_page(model);
    if id == ids::FILES {
        return files::file_errors(model);
    }
    model
        .errors()
        .iter()
        .map(|Mistake { question, error }| {
            let numbers = [("max", error.max.to_string()), ("over", error.over.to_string())];
            let values: Vec<(&str, &str)> = numbers.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let target = field_ids::target(model, error.field, question);
            let text = putright_domain::messages::fill(content.error(question, error.cause), &values);
            ErrorLine { text, target, question: None, at: question.clone(), field: error.field }
        })
        .collect()
}

fn refusal_lines(model: &Model, error: &DeliveryError) -> Vec<ErrorLine> {
    let content = &model.bundle().content;
    let plain = |text: &str| ErrorLine {
        text: text.to_owned(),
        target: String::new(),
        question: None,
        at: QuestionId::new(),
        field: None,
    };
    let mut lines = vec![plain(&failure::failure(model, error))];
    if let DeliveryError::Refused(refusals) = error {
        lines.extend(refusals.iter().filter(|refusal| !refusal.detail.is_empty()).map(|refusal| {
            let question = from_answers::question_at(&refusal.pointer, |id| model.walk().position(id).is_some());
            let label = model.sending.file_at(&refusal.pointer).map(|file| file.name.clone());
            let label = label.or_else(|| question.as_deref().map(|id| words::short_name(model, id)));
            let text = label.map_or_else(
                || refusal.detail.clone(),
                |label| content.fill(MessageId::RefusedAnswers, &[("question", &label), ("detail", &refusal.detail)]),
            );
            ErrorLine { question, ..plain(&text) }
        }));
    }
    lines
}
