//! A submission made from the answers, and the requests that carry it.

use crate::{
    delivery::state::{Attempt, DeliveryChoice},
    effect::Effect,
    model::Model,
    view_model::{copies, letter, summary_list, words},
};
use putright_domain::{
    delivery::{
        attachments::Attachment,
        config::{Channel, Endpoint},
        request::{self, Request, RequestContext, Truncation},
    },
    form::answer::{Answer, Answers},
    guidance::facts::ids,
    submission::{
        format::Submission,
        from_answers::{self, CompleteAnswers, MissingAnswer},
    },
};

/// The council's own page, by the way itself or by a way besides.
pub(crate) fn open_form(model: &Model) -> Vec<Effect> {
    let config = model.delivery_config();
    let besides = config.fallbacks.iter().find_map(|fallback| fallback.form.as_deref());
    let asked = matches!(model.sending.wanted, DeliveryChoice::By(Channel::Form));
    let endpoint = if asked { besides.unwrap_or(&config.endpoint) } else { &config.endpoint };
    let request = request(model, endpoint);
    let opens = endpoint.opens;
    request.map(|(request, _)| Effect::OpenForm(Box::new(request), opens)).into_iter().collect()
}

/// Returns the request to an endpoint, and the truncations it causes.
pub(crate) fn request(model: &Model, endpoint: &Endpoint) -> Option<(Request, Vec<Truncation>)> {
    let attempt = model.attempt()?;
    Some(Request::new(
        endpoint,
        RequestContext {
            json: &attempt.body,
            summary: &attempt.summary,
            id: &attempt.id,
            files: &attempt.files,
            rules: model.delivery_config().files.as_ref(),
        },
    ))
}

pub(crate) fn new_attempt(
    model: &Model,
    answers: &Answers,
    files: Vec<Attachment>,
    id: &str,
    replaces: Option<&str>,
) -> Result<Attempt, MissingAnswer> {
    let advice = model.advice();
    let content = &model.bundle.content;
    let rules = model.delivery_config().files.as_ref();
    let submission = Submission::try_from(CompleteAnswers {
        answers,
        advice: &advice,
        questions: summary_list::questions_for_council(model, &advice),
        letter: letter::letter_to_send(model),
        instead: said_instead(model, answers),
        files: &request::listed(&files, rules, id),
        council: &model.council().id,
        language: &content.language,
        register: &content.register,
        id,
        replaces,
        today: model.today,
    })?;
    Ok(Attempt { id: id.to_owned(), body: submission.to_json(), summary: copies::summary(model), files })
}

/// Returns the label of the option ticked in place of an account of what happened.
fn said_instead(model: &Model, answers: &Answers) -> Option<String> {
    let question = model.bundle.flow.question(ids::TELL_HOW)?;
    match answers.get(ids::TELL_HOW)? {
        Answer::One(option) if option != from_answers::WRITE => Some(words::option_label(model, question, option)),
        _ => None,
    }
}
