//! Starting again: for the same person, or for the next that somebody acts for.

use putright_domain::{guidance::facts::ids, route::Route};

use crate::{
    attachments::held,
    drafts::messages::{DraftEffect, DraftStore},
    effect::{Effect, on_draft},
    model::Model,
};

/// The answers of someone who acts for others that are about themselves.
const OWN_DETAILS: [&str; 9] = [
    ids::BOROUGH,
    ids::WHO,
    ids::HELPER_ROLE,
    ids::FULL_NAME,
    ids::REACH,
    ids::SAFE_CONTACT,
    ids::HELP,
    ids::INTERPRETER_LANGUAGE,
    ids::HELP_WORDS,
];

/// Forgets everything.
pub(crate) fn start_again(model: &mut Model) -> Vec<Effect> {
    let mut effects = held::drop_files(model);
    model.forget();
    effects.extend([on_draft(DraftEffect::Drop), Effect::WarnOnLeaving(false), Effect::Go(Route::Start)]);
    effects
}

/// Forgets everything but the person's own details: they act for somebody else next.
pub(crate) fn next_person(model: &mut Model) -> Vec<Effect> {
    let own = model.form.answers.only(OWN_DETAILS.into_iter());
    let mut effects = held::drop_files(model);
    model.forget();
    model.form.answers = own;
    // An answer that is there already is not asked again.
    model.form.returning = true;
    // The confirmation of the last one goes from this tab.
    effects.extend([
        on_draft(DraftEffect::Forget(DraftStore::Tab)),
        Effect::WarnOnLeaving(false),
        Effect::Go(Route::Start),
    ]);
    effects
}
