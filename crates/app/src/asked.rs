//! The questions of a page that are asked as the page stands, before Continue is pressed.

use crate::{model::Model, routes, safety::state::ShownQuestions, view_model::input};
use putright_domain::{
    bundle::Bundle,
    form::{
        answer::Answers,
        flow::{FlowQuestion, Page},
    },
};

/// Looks at a question that is asked: its place on the page, and the answers so far, which it may change.
type Visit<'v, 'a> = &'v mut dyn FnMut(usize, &'a FlowQuestion, &mut Answers);

/// Returns true if the inputs to the questions on the check page have no mistake.
pub(crate) fn agrees(model: &Model) -> bool {
    let fits =
        |asked: &FlowQuestion| asked.question.parse(&input::input(model, &asked.question.id), model.reading()).is_ok();
    asked_on_check(model, &model.bundle).into_iter().all(fits)
}

/// Returns what check answers asks now.
pub(crate) fn asked_on_check<'a>(model: &Model, bundle: &'a Bundle) -> Vec<&'a FlowQuestion> {
    let walk = model.walk();
    let is_asked = |asked: &&FlowQuestion| walk.position(&asked.question.id).is_some();
    bundle.flow.check().iter().filter(is_asked).collect()
}

/// Goes through the questions of a page that are asked, and returns the answers as `visit` leaves them. What it sets counts at
/// once: a question may depend on the one before it.
pub(crate) fn through<'a>(model: &Model, page: &'a Page, visit: Visit<'_, 'a>) -> Answers {
    let mut answers = model.form.answers.clone();
    let walk = model.walk();
    let on_page = |id: &str| page.questions.iter().any(|asked| asked.question.id == id);
    let before = walk.ids().position(on_page).unwrap_or(walk.questions.len());
    let mut asked_so_far: Vec<_> = walk.questions.iter().take(before).copied().collect();
    for (at, asked) in page.questions.iter().enumerate() {
        let mut is_asked = asked.when.is_none();
        if !is_asked {
            model.in_situation(&answers, &mut |situation| is_asked = asked.is_asked(situation, &asked_so_far));
        }
        if is_asked {
            asked_so_far.push(&asked.question);
            visit(at, asked, &mut answers);
        }
    }
    answers
}

/// Returns the questions of the page that are asked as it stands: what is ticked counts before Continue is pressed.
pub(crate) fn shown(model: &Model) -> ShownQuestions {
    let Some(page) = model.bundle.flow.page_of(routes::question_on_page(model)) else { return ShownQuestions::MAX };
    if page.questions.iter().all(|asked| asked.when.is_none()) {
        return ShownQuestions::MAX;
    }
    let mut shown = 0;
    through(model, page, &mut |at, asked, answers| {
        shown |= 1 << at;
        let id = &asked.question.id;
        match model.form.pending.get(id).map(|raw| asked.question.parse(raw, model.reading())) {
            Some(Ok(answer)) => answers.set(id, answer),
            Some(Err(_)) => answers.forget(id),
            None => {}
        }
    });
    shown
}
