//! The change of the questions and words to those of another register.

use std::sync::Arc;

use crate::{
    drafts::{opening, storing},
    effect::{Effect, Focus, only},
    model::Model,
    notice, routes,
};
use putright_domain::{bundle::AudienceContent, delivery::state_machine::Delivery, messages::MessageId};

/// The page stays where it was until the words have come. They are not changed while something is sent or has been.
pub(crate) fn register_asked(model: &mut Model, register: &str) -> Vec<Effect> {
    let content = &model.bundle.content;
    let known = content.registers.iter().any(|(id, _)| id == register) && content.register != register;
    let open = matches!(model.sending.machine.state(), Delivery::Ready | Delivery::Failed(_));
    let mut effects = only(Effect::Replace(model.navigation.route.clone()));
    if known && open {
        effects.push(Effect::LoadEdition(register.to_owned()));
    }
    effects
}

/// Every answer is kept. One that the new register's question does not take ([`Question::takes`]) is asked again there, and is
/// an answer again where it is taken.
///
/// [`Question::takes`]: putright_domain::form::question::Question::takes
fn change_register(model: &mut Model, edition: AudienceContent) -> Vec<Effect> {
    model.bundle = Arc::new(model.bundle.in_register(edition));
    model.form.errors.clear();
    model.forget_advice();
    let route = routes::admit(model, &model.navigation.route);
    let mut effects = only(Effect::ChangeWords);
    if route != model.navigation.route {
        effects.push(Effect::Replace(route));
    }
    effects.push(Effect::Focus(Focus::Heading));
    effects
}

/// Handles the arrival of the questions and words of another register; `None` where they could not be fetched.
pub(crate) fn loaded(model: &mut Model, edition: Option<AudienceContent>) -> Vec<Effect> {
    let Some(edition) = edition else {
        let mut effects = notice::tell(model, MessageId::RegisterFailed);
        effects.extend(opening::go_on_reading(model, false));
        return effects;
    };
    let changed = change_register(model, edition);
    let mut effects = storing::keep_as_register_does(model);
    effects.extend(changed);
    effects.extend(opening::go_on_reading(model, true));
    effects
}
