//! Routes of a visit: which page an address leads to, and which page comes next.

use crate::model::Model;
use putright_domain::{
    delivery::state_machine::Delivery,
    form::{
        flow::{Page, Place, Target},
        journey::{Journey, JourneyEnd},
    },
    route::Route,
};

/// The page that an address leads to: itself where its turn has come, else the first that has.
pub(crate) fn admit(model: &Model, asked: &Route) -> Route {
    let delivered = matches!(model.sending.machine.state(), Delivery::Delivered(_));
    let walk = model.walk();
    match asked {
        Route::Guide | Route::Contacts | Route::Leaflet | Route::ExitHelp | Route::Look => asked.clone(),
        Route::GuidePart(id) if model.bundle.content.guide.iter().any(|part| part.id == *id) => asked.clone(),
        Route::GuidePart(_) => Route::Guide,
        _ if delivered => Route::Sent,
        // First whether to go on with what was there before.
        _ if model.drafts.asks() => Route::Draft,
        // What is on its way can no longer be changed.
        _ if model.sending.machine.is_busy() => Route::Check,
        Route::Start | Route::Draft => asked.clone(),
        Route::Question(id) if model.bundle.flow.page_of(id).is_some_and(|page| walk.page(page.id()).is_some()) => {
            route_of(model, id)
        }
        // What is read out, or posted, has a number.
        Route::ReadOut | Route::ByPost if walk.end == JourneyEnd::Check && model.is_made() => asked.clone(),
        Route::Question(_) | Route::Check | Route::ReadOut | Route::ByPost | Route::Sent | Route::Words(_) => {
            open_page(model, &walk)
        }
    }
}

pub(crate) fn after(model: &Model, id: &str) -> Route {
    let walk = model.walk();
    if model.form.returning {
        return open_page(model, &walk);
    }
    let next = walk.pages.iter().position(|page| page.id() == id).and_then(|at| walk.pages.get(at + 1));
    next.map_or_else(|| open_page(model, &walk), |page| route_of(model, page.id()))
}

/// The first page without an answer, or where the answers lead.
pub(crate) fn open_page(model: &Model, walk: &Journey<'_>) -> Route {
    match walk.end {
        JourneyEnd::Check => Route::Check,
        JourneyEnd::Leave(Place::Guide) => Route::Guide,
        JourneyEnd::Leave(Place::Contacts) => Route::Contacts,
        JourneyEnd::Unanswered => walk.pages.last().map_or(Route::Start, |page| route_of(model, page.id())),
    }
}

/// Returns the page on which a question stands: check answers for what is asked there.
pub(crate) fn route_of(model: &Model, id: &str) -> Route {
    let flow = &model.bundle.flow;
    if flow.check().iter().any(|asked| asked.question.id == id) {
        return Route::Check;
    }
    let page = flow.page_of(id).map_or(id, Page::id);
    if first_question(model) == page { Route::Start } else { Route::Question(page.to_owned()) }
}

pub(crate) fn first_question(model: &Model) -> &str {
    match model.bundle.flow.start() {
        Target::Page(index) => model.bundle.flow.page(index).map_or("", Page::id),
        Target::Check | Target::Leave(_) => "",
    }
}

pub(crate) fn question_on_page(model: &Model) -> &str {
    match model.route() {
        Route::Question(id) => id,
        _ => first_question(model),
    }
}
