//! Photos and files: a field of the browser's own with its limits said first, and what was added with a way to take each out.

use leptos::prelude::*;

use super::{Form, described_by, error_message, form_group, hint};
use crate::domain::{
    content::Word,
    screen::{Body, Control, FileLine, FilesControl},
    session::{
        Event,
        files::{FILES_FIELD, FILES_LIST, FilesEvent},
    },
};
use crate::view::{
    Ctx,
    html::{El, el, live, nothing, text},
    page::secondary,
    prose::prose,
};

const HINT: &str = "question-hint";
const ERROR: &str = "question-error";

/// The field under its label and limits, then what was added.
pub(in crate::view) fn file_upload(form: &Form, title: &str, body: &[String], files: &FilesControl) -> AnyView {
    let ctx = form.ctx.clone();
    let wrong = !form.errors.is_empty();
    let mut errors = el("div", "").attr("id", ERROR);
    for (at, error) in form.errors.iter().enumerate() {
        errors = errors.with_some(error_message(&ctx, &["file-error-", &at.to_string()].concat(), Some(&error.text)));
    }
    let label = el("label", "govuk-label govuk-label--l").attr("for", FILES_FIELD).text(title);
    let field = el("input", "pr-file pr-file--upload")
        .attr("id", FILES_FIELD)
        .attr("type", "file")
        .attr("accept", &files.offered)
        .flag("multiple", true)
        .maybe("aria-describedby", described_by(&[(HINT, true), (ERROR, wrong)]))
        .on("change", move |_| ctx.send(Event::Files(FilesEvent::Picked)));
    let group = form_group(wrong)
        .with(el("h1", "govuk-label-wrapper").with(label))
        .with_some(hint(HINT, &files.limits))
        .child(prose(body, 0))
        .with(errors)
        .with(field);
    let told = on_page(&form.ctx, |_, files| text(&files.told));
    let added = on_page(&form.ctx, added);
    el("div", "")
        .with(group)
        .with(el("p", "govuk-body").attr("role", "status").child(told))
        .with(el("div", "").child(added))
        .view()
}

/// What is drawn again when the files have changed, and nothing else has: the field keeps the focus.
fn on_page(ctx: &Ctx, draw: fn(&Ctx, &FilesControl) -> AnyView) -> AnyView {
    let ctx = ctx.clone();
    live(move || {
        ctx.files.track();
        ctx.page.with_untracked(|page| match &page.body {
            Body::Question(question) => match &question.control {
                Control::Files(files) => draw(&ctx, files),
                _ => nothing(),
            },
            _ => nothing(),
        })
    })
}

fn added(ctx: &Ctx, files: &FilesControl) -> AnyView {
    if files.added.is_empty() {
        return nothing();
    }
    let items = files.added.iter().map(|file| el("li", "").with(item(ctx, file)).view());
    el("div", "")
        .with(el("h2", "govuk-heading-s").attr("id", FILES_LIST).text(ctx.word(Word::FilesAdded)))
        .with(el("ul", "govuk-list pr-files").children(items))
        .view()
}

fn item(ctx: &Ctx, file: &FileLine) -> El {
    let (id, to) = (file.id, ctx.clone());
    let remove = secondary(ctx.word(Word::FilesRemove), move || to.send(Event::Files(FilesEvent::Remove(id))))
        .with(el("span", "govuk-visually-hidden").text(&[" ", &file.name].concat()));
    el("div", "pr-files__item").with(el("span", "").text(&file.label)).with(remove)
}
