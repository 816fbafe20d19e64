//! Photos and files: a field of the browser's own with its limits said first, and what was added with a way to take each out.

use leptos::prelude::*;

use super::{QuestionForm, button::secondary, error_message, form_group::form_group, hint};
use crate::ui::{
    Ctx,
    element::{El, Html, el, live, nothing},
    rich_text::prose,
};
use putright_app::{
    Event,
    attachments::{FILES_FIELD, FILES_LIST, FilesEvent},
    view_model::{Control, FileLine, FilesControl, PageBody},
};
use putright_domain::messages::MessageId;

const HINT: &str = "question-hint";

/// The field under its label and limits, then what was added.
pub(in crate::ui) fn file_upload(form: &QuestionForm, label: El, body: &[String], files: &FilesControl) -> Html {
    let told = {
        let ctx = form.ctx.clone();
        move || of_page(&ctx, |files| files.told.clone()).unwrap_or_default()
    };
    let added = {
        let ctx = form.ctx.clone();
        live(move || of_page(&ctx, |files| added(&ctx, files)).unwrap_or_else(nothing))
    };
    el("div", "")
        .with(field(form, label, body, files))
        .with(el("p", "govuk-body").attr("role", "status").live_text(told))
        .with(el("div", "").child(added))
        .view()
}

/// The field in its group.
pub(in crate::ui) fn field(form: &QuestionForm, label: El, body: &[String], files: &FilesControl) -> El {
    let ctx = form.ctx.clone();
    let wrong = !form.errors.is_empty();
    let mut group = form_group(wrong).with(label).with_some(hint(HINT, &files.limits)).child(prose(body, 0));
    let mut described = if files.limits.is_empty() { String::new() } else { HINT.to_owned() };
    for (at, error) in form.errors.iter().enumerate() {
        let id = ["file-error-", &at.to_string()].concat();
        group = group.with_some(error_message(&ctx, &id, Some(&error.text)));
        described = [&described, " ", &id].concat();
    }
    let field = el("input", "pr-file pr-file--upload")
        .attr("id", FILES_FIELD)
        .attr("name", FILES_FIELD)
        .attr("type", "file")
        .attr("accept", &files.offered)
        .flag("multiple", true)
        .maybe("aria-describedby", (!described.is_empty()).then(|| described.trim_start().to_owned()))
        .on("change", move |_| ctx.send(Event::Files(FilesEvent::Picked)));
    group.with(field)
}

/// Something of the files as they are now. It is drawn again when they have changed, and nothing else is: the field keeps the
/// focus.
fn of_page<T>(ctx: &Ctx, draw: impl FnOnce(&FilesControl) -> T) -> Option<T> {
    ctx.files.track();
    ctx.page.with_untracked(|page| match &page.body {
        PageBody::Question(page) => match page.questions.first().map(|asked| &asked.control) {
            Some(Control::Files(files)) => Some(draw(files)),
            _ => None,
        },
        _ => None,
    })
}

fn added(ctx: &Ctx, files: &FilesControl) -> Html {
    if files.added.is_empty() {
        return nothing();
    }
    let items = files.added.iter().map(|file| el("li", "").with(item(ctx, file)).view());
    el("div", "")
        .with(el("h2", "govuk-heading-s").attr("id", FILES_LIST).text(ctx.word(MessageId::FilesAdded)))
        .with(el("ul", "govuk-list pr-files").children(items))
        .view()
}

fn item(ctx: &Ctx, file: &FileLine) -> El {
    let (id, to) = (file.id, ctx.clone());
    let remove = secondary(ctx.word(MessageId::FilesRemove), move || to.send(Event::Files(FilesEvent::Remove(id))))
        .with(el("span", "govuk-visually-hidden").text(&[" ", &file.name].concat()));
    el("div", "pr-files__item").with(el("span", "").text(&file.label)).with(remove)
}
