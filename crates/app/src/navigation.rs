//! Arriving on a page: what changes when the address has changed.

use crate::{
    attachments::held,
    audience,
    effect::{Effect, Focus, only},
    model::Model,
    routes,
    view_model::field_ids,
};
use putright_domain::{delivery::state_machine::Delivery, form::answer::QuestionId, route::Route};

pub(crate) fn navigated(model: &mut Model, asked: &Route) -> Vec<Effect> {
    if let Route::Words(register) = asked {
        return audience::register_asked(model, register);
    }
    let route = routes::admit(model, asked);
    if route != *asked {
        return only(Effect::Replace(route));
    }
    let moves = route != model.navigation.route;
    // The browser tells of a page that the app itself has gone to, too.
    model.navigation.behind = Some(model.navigation.behind.map_or(0, |behind| behind.saturating_add(u32::from(moves))));
    if !moves {
        return Vec::new();
    }
    if route == Route::Check {
        model.form.returning = false;
    }
    if model.navigation.route == Route::Check && !matches!(route, Route::ReadOut | Route::ByPost) {
        model.sending.machine.read();
        model.sending.truncation = None;
    }
    if model.navigation.route == Route::Draft {
        model.drafts.trouble = None;
    }
    if let Route::Start | Route::Question(_) | Route::Check = route {
        model.drafts.form.clone_from(&route);
    }
    held::leave_files(model);
    model.navigation.route = route;
    model.form.errors.clear();
    let changing = model.form.changing.take();
    let failed = match model.navigation.route {
        Route::Draft => model.drafts.trouble.is_some(),
        Route::Check => matches!(model.sending.machine.state(), Delivery::Failed(_)),
        _ => held::on_files_page(model) && !model.attachments.faults().is_empty(),
    };
    only(Effect::Focus(match &model.navigation.route {
        part @ Route::GuidePart(_) => Focus::Element(part.place()),
        _ if failed => Focus::Summary,
        _ => changing.and_then(|id| field_ids::place_on_page(model, &id)).map_or(Focus::Heading, Focus::Element),
    }))
}

/// Goes to the page of a question, and back to check answers as soon as nothing new is open.
pub(crate) fn change(model: &mut Model, question: QuestionId) -> Vec<Effect> {
    model.form.returning = true;
    let page = routes::route_of(model, &question);
    model.form.changing = Some(question);
    only(Effect::Go(page))
}
