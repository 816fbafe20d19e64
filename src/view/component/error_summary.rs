//! The error summary: what is to be mended, each entry leading to its place. It takes the focus when it appears.

use crate::domain::{content::Word, screen::ErrorLine, session::Event};
use crate::view::{
    Ctx,
    html::{El, el},
};

/// Draws it; nothing where there is nothing to mend.
pub(in crate::view) fn error_summary(ctx: &Ctx, errors: &[ErrorLine], title: Word) -> Option<El> {
    if errors.is_empty() {
        return None;
    }
    let entries = errors.iter().map(|error| el("li", "").with(entry(ctx, error)).view());
    let list = el("ul", "govuk-list govuk-error-summary__list").children(entries);
    let alert = el("div", "")
        .attr("role", "alert")
        .with(el("h2", "govuk-error-summary__title").text(ctx.word(title)))
        .with(el("div", "govuk-error-summary__body").with(list));
    Some(el("div", "govuk-error-summary").attr("id", "summary").with(alert))
}

fn entry(ctx: &Ctx, error: &ErrorLine) -> El {
    let (href, event) = match (&error.question, error.target.as_str()) {
        (Some(question), _) => (["#/question/", question].concat(), Event::Change(question.clone())),
        (None, "") => return el("span", "").text(&error.text),
        (None, target) => (["#", target].concat(), Event::GoTo(target.to_owned())),
    };
    let ctx = ctx.clone();
    el("a", "").attr("href", &href).instead("click", move || ctx.send(event.clone())).text(&error.text)
}
