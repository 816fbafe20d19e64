//! Each component apart from any page, as HTML: what `tests/design_system` holds against the design system's own, and what
//! `make gallery` shows. On the host alone.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    Ctx,
    component::{
        QuestionForm, button, choices, contact_card, danger_panel, date_input, details, error_message, error_summary,
        exit_this_page, file_upload, form_group, hint, letter_preview, panel, read_aloud, summary_list, text, timeline,
    },
    element::{El, Html, el, nothing},
    layout, page, rich_text, ssr,
};
use putright_app::{
    Model,
    attachments::FILES_FIELD,
    safety::Live,
    view_model::{
        self, Choice, ChoiceGroup, CouncilCard, DateLine, ErrorLine, FilesControl, KeepLine, MomentLine, QuestionPage,
        Row, SignpostCard, Strip, ViewModel,
    },
};
use putright_domain::{
    bundle::Bundle,
    date::Date,
    display_settings::DisplaySettings,
    form::answer::{Field, FormInput},
    messages::{MessageId, TextBlock},
};

/// Draws components, with the words of a site.
pub struct Specimens {
    bundle: Arc<Bundle>,
    /// The first page: a component that follows the page has one to follow.
    pub page: ViewModel,
    /// The part of a page that changes while the page is shown.
    pub live: Live,
}

/// The words over a component.
#[derive(Clone, Copy, Debug, Default)]
pub struct Title<'a> {
    /// The words.
    pub words: &'a str,
    /// A size of the design system's; empty for none.
    pub size: &'a str,
    /// True if the words are the page's heading.
    pub heading: bool,
}

/// The parts around an input.
#[derive(Clone, Copy, Debug, Default)]
pub struct Around<'a> {
    /// Label or legend.
    pub title: Title<'a>,
    /// The hint; empty for none.
    pub hint: &'a str,
    /// The error; empty for none.
    pub error: &'a str,
}

/// The inputs of a fieldset.
#[derive(Clone, Copy, Debug)]
pub enum Inputs<'a> {
    /// One of several.
    Radios(&'a [Choice]),
    /// Any of several, in groups.
    Checkboxes(&'a [ChoiceGroup], Option<&'a Choice>),
    /// Any of several, of which some, by their ids, show something while they are on.
    Revealing(&'a [Choice], Option<&'a Choice>, &'a [String]),
    /// Day, month and year.
    Date,
}

/// A field under its label.
#[derive(Clone, Copy, Debug)]
pub enum TextControl<'a> {
    /// A line, of an input's type, with what a browser may fill in.
    Input(&'static str, &'a str),
    /// Several lines, likewise.
    Textarea(&'a str),
    /// Several lines with their characters counted, up to so many.
    Counted(usize),
}

impl Specimens {
    /// Creates specimens with a site's words.
    pub fn new(bundle: Bundle, today: Date) -> Self {
        let bundle = Arc::new(bundle);
        let page = view_model::page(&Model::new(Arc::clone(&bundle), today));
        Self { bundle, page, live: Live::default() }
    }

    fn html(&self, draw: impl FnOnce(&Ctx, ReadSignal<ViewModel>) -> Html) -> String {
        ssr::html(&self.bundle, self.page.clone(), self.live, draw)
    }

    fn of(draw: impl FnOnce() -> El) -> String {
        Owner::new().with(|| draw().view().into_string())
    }

    fn form(ctx: &Ctx, raw: &FormInput, field: Option<Field>, error: &str) -> QuestionForm {
        let line = ErrorLine {
            text: error.to_owned(),
            target: String::new(),
            question: None,
            at: "specimen".to_owned(),
            field,
        };
        QuestionForm {
            ctx: ctx.clone(),
            question: "specimen".to_owned(),
            prefix: String::new(),
            raw: RwSignal::new(raw.clone()),
            errors: if error.is_empty() { Vec::new() } else { vec![line] },
        }
    }

    /// The link back.
    pub fn back_link(&self) -> String {
        self.html(|ctx, _| layout::back_link(ctx).view())
    }

    /// A form's button.
    pub fn button(words: &str, disabled: bool) -> String {
        Self::of(|| button::submit(words, disabled))
    }

    /// A lesser button.
    pub fn secondary_button(words: &str) -> String {
        Self::of(|| button::secondary(words, || {}))
    }

    /// A link that looks like a button.
    pub fn link_button(words: &str, href: &str) -> String {
        Self::of(|| button::link_button("").attr("href", href).text(words))
    }

    /// Draws details that a person may open.
    pub fn details(open: bool, summary: &str, words: &str) -> String {
        Self::of(|| details::details(open, summary, details::inner().text(words)))
    }

    /// An error beside a field.
    pub fn error_message(&self, id: &str, words: &str) -> String {
        let words = words.to_owned();
        self.html(|ctx, _| error_message(ctx, id, Some(&words)).map_or_else(nothing, El::view))
    }

    /// The error summary.
    pub fn error_summary(&self, errors: &[ErrorLine], title: MessageId) -> String {
        self.html(|ctx, _| error_summary::error_summary(ctx, errors, title).map_or_else(nothing, El::view))
    }

    /// "Exit this page", with as many lights as [`Specimens::live`] says.
    pub fn exit_this_page(&self) -> String {
        self.html(|ctx, page| exit_this_page::exit_this_page(ctx, page).view())
    }

    /// A fieldset with nothing in it.
    pub fn fieldset(title: Title) -> String {
        Self::of(|| form_group::fieldset(legend(title)))
    }

    /// A fieldset with what answers a question, and all that stands around it.
    pub fn inputs(&self, around: Around, inputs: Inputs, raw: &FormInput) -> String {
        self.html(|ctx, _| {
            let date = matches!(inputs, Inputs::Date);
            let field = date.then_some(Field::Day);
            let form = Self::form(ctx, raw, field, around.error);
            let drawn = match inputs {
                Inputs::Radios(list) => choices::radios(&form, list, &|_| None),
                Inputs::Checkboxes(groups, none) => choices::checkboxes(&form, groups, none, &|_| None),
                Inputs::Revealing(list, none, ids) => {
                    let under = |choice: &Choice| ids.contains(&choice.id).then(|| el("div", ""));
                    choices::revealing(&form, list, none, &under)
                }
                Inputs::Date => date_input::fields(&form).view(),
            };
            let error = form.error(field);
            let fieldset = form_group::fieldset(legend(around.title)).maybe("role", date.then(|| "group".to_owned()));
            form_group::grouped(&form, fieldset, around.hint, error.as_ref(), drawn).view()
        })
    }

    /// A field under its label.
    pub fn field(&self, around: Around, line: TextControl, value: &str) -> String {
        let mut raw = FormInput::default();
        raw.text.insert(Field::Text, value.to_owned());
        self.html(|ctx, _| {
            let form = Self::form(ctx, &raw, Some(Field::Text), around.error);
            let more = if matches!(line, TextControl::Counted(_)) { text::COUNTED } else { "" };
            let group = form_group::field_group(&form, Field::Text, more)
                .with(label(around.title, &form.field_id(Field::Text)));
            let (group, described) = form_group::said(&form, Field::Text, group, around.hint);
            let (kind, autocomplete) = match line {
                TextControl::Counted(max) => return text::long_text(&form, group, max, described).view(),
                TextControl::Input(kind, autocomplete) => (kind, autocomplete),
                TextControl::Textarea(autocomplete) => ("", autocomplete),
            };
            group.with(text::input(&form, Field::Text, kind, autocomplete, described)).view()
        })
    }

    /// The field for files.
    pub fn file_upload(&self, around: Around, files: &FilesControl) -> String {
        self.html(|ctx, _| {
            let form = Self::form(ctx, &FormInput::default(), None, around.error);
            file_upload::field(&form, label(around.title, FILES_FIELD), &[], files).view()
        })
    }

    /// A hint.
    pub fn hint(id: &str, words: &str) -> String {
        Self::of(|| hint(id, words).unwrap_or_else(|| el("div", "")))
    }

    /// Text set apart.
    pub fn inset_text(words: &str) -> String {
        Self::of(|| panel::inset_text(words))
    }

    /// A label, of a field of this id.
    pub fn label(title: Title, field: &str) -> String {
        Self::of(|| label(title, field))
    }

    /// The panel of a page that confirms.
    pub fn panel(title: &str, said: &str, number: &str) -> String {
        Self::of(|| panel::panel(title, said, number))
    }

    /// The link to the page's content.
    pub fn skip_link(&self) -> String {
        self.html(|ctx, _| layout::skip_link(ctx).view())
    }

    /// Answers in rows.
    pub fn summary_list(&self, rows: &[Row], change: bool) -> String {
        self.html(|ctx, _| summary_list::summary_list(ctx, rows, change).view())
    }
}

/// Components that the design system does not have, and whole questions.
impl Specimens {
    /// A question as its page has it.
    pub fn question(&self, question: &QuestionPage, errors: &[ErrorLine]) -> String {
        self.html(|ctx, _| page::question::page(ctx, question, errors, &self.page.safety))
    }

    /// Draws the numbers to call, before anything else on the first page.
    pub fn danger_first(&self, councils: &[CouncilCard]) -> String {
        self.html(|ctx, _| contact_card::danger(ctx, councils, false))
    }

    /// Draws the numbers to call when there are words of danger on the page.
    pub fn danger_panel(&self) -> String {
        self.html(|ctx, _| danger_panel::danger(ctx, &self.page.safety).view())
    }

    /// Draws the events and their dates.
    pub fn dates(dates: &[DateLine]) -> String {
        Self::of(|| contact_card::dates(dates))
    }

    /// Days in order, under what is left of a limit.
    pub fn timeline(strip: &Strip, moments: &[MomentLine]) -> String {
        Self::of(|| el("div", "").with(timeline::strip(strip)).with(timeline::timeline(moments)))
    }

    /// Draws the others who can help.
    pub fn signposts(&self, signposts: &[SignpostCard]) -> String {
        self.html(|ctx, _| contact_card::signposts(ctx, signposts).view())
    }

    /// Draws the contacts of a council.
    pub fn council(&self, card: &CouncilCard) -> String {
        self.html(|ctx, _| contact_card::council(ctx, card).view())
    }

    /// A letter, and what can be done with it.
    pub fn letter(&self, words: &str) -> String {
        self.html(|ctx, _| el("div", "").with(letter_preview::paper(words)).with(letter_preview::buttons(ctx)).view())
    }

    /// "Read this page to me", as [`Specimens::live`] says.
    pub fn read_aloud(&self) -> String {
        self.html(|ctx, _| read_aloud::read_aloud(ctx).view())
    }

    /// Draws the line about whether the written text is stored.
    pub fn keep_line(&self, keep: &KeepLine) -> String {
        self.html(|ctx, _| page::draft::line(ctx, keep))
    }

    /// Draws the display settings.
    pub fn look(&self, look: DisplaySettings) -> String {
        self.html(|ctx, _| page::display_settings::page(ctx, look))
    }

    /// Paragraphs.
    pub fn prose(told: &TextBlock) -> String {
        Self::of(|| {
            el("div", "").with(el("h2", "govuk-heading-m").text(&told.title)).child(rich_text::prose(&told.body, 1))
        })
    }

    /// Draws the header of every page.
    pub fn header(&self) -> String {
        self.html(|ctx, page| layout::header(ctx, page).view())
    }

    /// Draws the footer of every page.
    pub fn footer(&self) -> String {
        self.html(|ctx, _| layout::footer(ctx, true).view())
    }
}

fn legend(title: Title) -> El {
    let legend = form_group::legend(title.size);
    if title.heading { legend.with(form_group::heading_in_legend("h1", title.words)) } else { legend.text(title.words) }
}

fn label(title: Title, field: &str) -> El {
    if title.heading {
        form_group::heading_label("h1", title.size, field, title.words)
    } else {
        form_group::label(title.size, field, title.words)
    }
}
