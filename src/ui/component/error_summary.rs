//! The error summary: the errors, each with a link to its place. It takes the focus when it appears.

use crate::ui::{
    Ctx,
    element::{El, Html, el, text},
};
use putright_app::{Event, view_model::ErrorLine};
use putright_domain::messages::MessageId;

/// Draws it. Returns `None` if there is no error.
pub(in crate::ui) fn error_summary(ctx: &Ctx, errors: &[ErrorLine], title: MessageId) -> Option<El> {
    if errors.is_empty() {
        return None;
    }
    let entries = errors.iter().map(|error| el("li", "").child(entry(ctx, error)).view());
    let list = el("ul", "govuk-list govuk-error-summary__list").children(entries);
    let alert = el("div", "")
        .attr("role", "alert")
        .with(el("h2", "govuk-error-summary__title").text(ctx.word(title)))
        .with(el("div", "govuk-error-summary__body").with(list));
    Some(el("div", "govuk-error-summary").attr("id", "summary").with(alert))
}

fn entry(ctx: &Ctx, error: &ErrorLine) -> Html {
    // An event as a whole is never cloned: each of its kinds would be code.
    let (href, event, id): (_, fn(String) -> Event, _) = match (&error.question, &error.target) {
        (Some(question), _) => ("#/question/", Event::Change, question.clone()),
        (None, target) if target.is_empty() => return text(&error.text),
        (None, target) => ("#", Event::GoTo, target.clone()),
    };
    let href = [href, &id].concat();
    let ctx = ctx.clone();
    el("a", "").attr("href", &href).instead("click", move || ctx.send(event(id.clone()))).text(&error.text).view()
}
