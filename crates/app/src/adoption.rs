//! The answers that were given in the prerendered page, before the app had loaded.

use crate::{
    answering,
    drafts::storing,
    effect::{Effect, only},
    model::Model,
    routes,
};
use putright_domain::{
    form::answer::{FormInput, QuestionId},
    route::Route,
};

/// Takes up what was answered before the app was there. What lies before the page that the person is on has been passed, and
/// counts as answered; what stands on that page is still theirs to change.
pub(crate) fn adopt(model: &mut Model, given: Vec<(QuestionId, FormInput)>, at: Option<&Route>) -> Vec<Effect> {
    let passed = |page: &Route| at != Some(page) && matches!(at, Some(Route::Question(_)) | None);
    let mut steps = 0;
    let mut given = given.into_iter().peekable();
    while let Some(first) = given.next() {
        if model.bundle.flow.question(&first.0).is_none() {
            continue;
        }
        let page = routes::route_of(model, &first.0);
        let mut answers = vec![first];
        while let Some(more) = given.next_if(|(id, _)| routes::route_of(model, id) == page) {
            answers.push(more);
        }
        let open = routes::open_page(model, &model.walk()) == page;
        if open && passed(&page) && answering::would_take(model, &answers) {
            answering::answered(model, answers);
            steps += 1;
        } else {
            answers.retain(|(_, raw)| *raw != FormInput::default());
            for (id, raw) in answers {
                model.form.pending.insert(&id, raw);
            }
        }
    }
    // Each was a page of its own in the history.
    model.navigation.behind = u32::checked_sub(steps, 1);
    let mut effects = only(Effect::WarnOnLeaving(storing::warns(model)));
    effects.extend(storing::keep_soon(model));
    if at.is_none() {
        effects.push(Effect::Replace(routes::open_page(model, &model.walk())));
    }
    effects
}
