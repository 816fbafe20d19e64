//! One file a component of the design system, or of our own.

pub(super) mod button;
pub(super) mod choices;
pub(super) mod contact_card;
pub(super) mod danger_panel;
pub(super) mod date_input;
pub(super) mod details;
pub(super) mod error_summary;
pub(super) mod exit_this_page;
pub(super) mod file_upload;
pub(super) mod form_group;
pub(super) mod letter_preview;
pub(super) mod panel;
pub(super) mod read_aloud;
pub(super) mod summary_list;
pub(super) mod text;
pub(super) mod timeline;

use leptos::prelude::*;

use super::{
    Ctx,
    element::{El, el},
};
use putright_app::{
    Event,
    view_model::{AskedQuestion, ErrorLine, field_id},
};
use putright_domain::{
    form::answer::{Field, FormInput, QuestionId},
    messages::MessageId,
};

/// The state of a question while somebody is on its page: what they typed, untrimmed.
#[derive(Clone)]
pub(super) struct QuestionForm {
    pub ctx: Ctx,
    pub question: QuestionId,
    /// The prefix of its elements' ids.
    pub prefix: String,
    pub raw: RwSignal<FormInput>,
    pub errors: Vec<ErrorLine>,
}

impl QuestionForm {
    /// Creates the state of a question, with its errors.
    pub fn new(ctx: &Ctx, asked: &AskedQuestion, errors: &[ErrorLine]) -> Self {
        Self {
            ctx: ctx.clone(),
            question: asked.id.clone(),
            prefix: asked.prefix.clone(),
            raw: RwSignal::new(asked.raw.clone()),
            errors: errors.iter().filter(|error| error.at == asked.id).cloned().collect(),
        }
    }

    /// Returns the id of an element of the question.
    pub fn id(&self, name: &str) -> String {
        [self.prefix.as_str(), name].concat()
    }

    /// Returns the id of a field.
    pub fn field_id(&self, field: Field) -> String {
        field_id(&self.prefix, field)
    }

    /// Changes the input on the page, and says so: it must survive a look at another page.
    pub fn change(&self, change: impl FnOnce(&mut FormInput)) {
        // A browser tells of a field that has changed as it takes it out with its page: then all is over here.
        if let Some(mut raw) = self.raw.try_get_untracked() {
            change(&mut raw);
            self.changed(raw);
        }
    }

    #[inline(never)]
    fn changed(&self, raw: FormInput) {
        // Some programs that fill in fields tell of it twice.
        if self.raw.with_untracked(|before| raw != *before) {
            self.raw.set(raw.clone());
            self.ctx.send(Event::Typed { question: self.question.clone(), raw });
        }
    }

    /// Keeps a field's text.
    pub fn typed(&self, field: Field, text: String) {
        self.change(|raw| raw.text.insert(field, text));
    }

    /// Returns the error of a field, or of the options.
    pub fn error(&self, field: Option<Field>) -> Option<String> {
        self.errors.iter().find(|error| error.field == field).map(|error| error.text.clone())
    }

    /// One of two texts, as an option is on or off.
    pub fn either(
        &self,
        option: &str,
        on: &'static str,
        off: &'static str,
    ) -> impl Fn() -> String + Send + Sync + use<> {
        let (raw, option) = (self.raw, option.to_owned());
        move || raw.with(|raw| if raw.has(&option) { on } else { off }.to_owned())
    }

    /// The words of something on the page.
    pub fn word(&self, word: MessageId) -> &str {
        self.ctx.word(word)
    }
}

/// The error beside a field.
pub(super) fn error_message(ctx: &Ctx, id: &str, text: Option<&String>) -> Option<El> {
    let hidden = el("span", "govuk-visually-hidden").text(&[ctx.word(MessageId::ErrorHidden), " "].concat());
    text.map(|text| el("p", "govuk-error-message").attr("id", id).with(hidden).text(text))
}

/// The hint under a question.
pub(super) fn hint(id: &str, text: &str) -> Option<El> {
    (!text.is_empty()).then(|| el("div", "govuk-hint").attr("id", id).text(text))
}

/// The ids that describe a field: those of them that are on the page; `None` for none.
pub(super) fn described_by(parts: &[(&str, bool)]) -> Option<String> {
    let ids: Vec<&str> = parts.iter().filter(|(_, there)| *there).map(|(id, _)| *id).collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}
