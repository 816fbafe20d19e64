//! The page for who has no JavaScript, of parts: drawn on the host alone, with the app's own components.

use super::paragraph;
use crate::ui::{
    Ctx,
    component::{
        contact_card, described_by, error_message, error_summary,
        form_group::{fieldset, form_group, label, legend},
        hint,
        panel::panel,
        summary_list::summary_list,
    },
    element::{El, Html, el, nothing},
    rich_text::prose,
};
use putright_app::view_model::{CouncilCard, ErrorLine, Reachable, Row};
use putright_domain::{guidance::signpost::SignpostId, messages::MessageId};

/// A part of the page.
pub enum Part {
    /// The title.
    Title(String),
    /// A heading.
    Heading(String),
    /// Paragraphs.
    Prose(Vec<String>),
    /// The lines to call about danger.
    Danger,
    /// The contacts of the council.
    Council,
    /// The contacts of somebody: a name, and the ways.
    Reach(String, Reachable),
    /// Others to talk to: a name and a number each.
    Lines(Vec<SignpostId>),
    /// An email address, after some words.
    Email(String, String),
    /// The errors: the id of each field, and the words.
    Errors(Vec<(String, String)>),
    /// The confirmation: the title, the words before the reference, the reference.
    Arrived(String, String, String),
    /// The questions and the written answers.
    Rows(Vec<(String, String)>),
    /// The form.
    Form(Form),
    /// The fields, to be printed on pages of their own, with what is over them.
    Sheet(String, Vec<Item>),
}

/// A form.
pub struct Form {
    /// The address that the form goes to; `None` for the address of the page itself.
    pub action: Option<String>,
    /// True if the form is multipart.
    pub multipart: bool,
    /// True if the response opens in a new tab.
    pub beside: bool,
    /// True if the browser checks for missing answers, because no page of ours would report them.
    pub checked_before_sending: bool,
    /// The constant fields: names and values.
    pub hidden: Vec<(String, String)>,
    /// The questions.
    pub items: Vec<Item>,
    /// The words of the button.
    pub send: String,
}

/// Something to fill in.
pub struct Item {
    /// Its id on the page.
    pub id: &'static str,
    /// Its name in the form.
    pub name: String,
    /// The question.
    pub label: String,
    /// More about it.
    pub hint: Vec<String>,
    /// True if an answer is required.
    pub needed: bool,
    /// The error; empty for none.
    pub error: String,
    /// The initial value.
    pub value: String,
    /// The control that fills it in.
    pub control: ItemControl,
}

/// The control of an item.
pub enum ItemControl {
    /// A line: the type of the field, what browsers may fill in, and the most characters where the browser checks them. It
    /// refuses what is longer; `maxlength` would cut it without a word.
    Line(&'static str, &'static str, Option<usize>),
    /// Several lines: how many, what browsers may fill in.
    Lines(&'static str, &'static str),
    /// One of several: values and words.
    Radios(Vec<(String, String)>),
    /// A box to tick: its value and words.
    Tick(String, String),
}

/// The page.
pub fn page(ctx: &Ctx, councils: &[CouncilCard], parts: &[Part]) -> Html {
    parts.iter().map(|part| draw(ctx, councils, part)).collect()
}

pub(super) fn draw(ctx: &Ctx, councils: &[CouncilCard], part: &Part) -> Html {
    match part {
        Part::Title(title) => el("h1", "govuk-heading-l").text(title).view(),
        Part::Heading(title) => el("h2", "govuk-heading-m").text(title).view(),
        Part::Prose(words) => prose(words, 0),
        Part::Danger => contact_card::danger(ctx, councils, true),
        Part::Council => councils.iter().map(|card| contact_card::council(ctx, card).view()).collect(),
        Part::Reach(name, reach) => el("div", "pr-signpost")
            .with(el("p", "pr-signpost__who").text(name))
            .child(contact_card::reachable(ctx, reach))
            .view(),
        Part::Lines(ids) => ids.iter().filter_map(|id| line(ctx, *id)).collect(),
        Part::Email(words, address) => {
            let link = el("a", "govuk-link").attr("href", &["mailto:", address].concat()).text(address);
            paragraph(&[words, " "].concat()).with(link).view()
        }
        Part::Errors(errors) => {
            let line = |(target, text): &(String, String)| ErrorLine {
                question: None,
                at: String::new(),
                target: target.clone(),
                field: None,
                text: text.clone(),
            };
            let lines: Vec<ErrorLine> = errors.iter().map(line).collect();
            error_summary::error_summary(ctx, &lines, MessageId::ErrorSummary).map_or_else(nothing, El::view)
        }
        Part::Arrived(title, words, reference) => panel(title, words, reference).view(),
        Part::Rows(rows) => {
            let row = |(asked, written): &(String, String)| Row {
                question: String::new(),
                label: asked.clone(),
                lines: written.lines().map(str::to_owned).collect(),
            };
            summary_list(ctx, &rows.iter().map(row).collect::<Vec<_>>(), false).view()
        }
        Part::Form(form) => form.draw(ctx),
        Part::Sheet(title, items) => el("div", "pr-sheet")
            .with(el("h2", "govuk-heading-m").text(title))
            .children(items.iter().map(|item| item.draw(ctx, By::Paper)))
            .view(),
    }
}

fn line(ctx: &Ctx, id: SignpostId) -> Option<Html> {
    let words = ctx.bundle.content.signpost(id)?;
    let phone = ctx.bundle.directory.contact(id)?.telephone.first()?;
    Some(paragraph(&[&words.name, ": "].concat()).with(contact_card::number(phone)).view())
}

impl Form {
    pub(super) fn draw(&self, ctx: &Ctx) -> Html {
        let kind = if self.multipart { "multipart/form-data" } else { "application/x-www-form-urlencoded" };
        let checked = if self.checked_before_sending { By::Browser } else { By::Receiver };
        let hidden = self
            .hidden
            .iter()
            .map(|(name, value)| el("input", "").attr("type", "hidden").attr("name", name).attr("value", value).view());
        el("form", "")
            .attr("method", "post")
            .maybe("action", self.action.clone())
            .attr("enctype", kind)
            // Nothing of what one person wrote is offered to the next.
            .attr("autocomplete", "off")
            .maybe("target", self.beside.then(|| "_blank".to_owned()))
            .maybe("rel", self.beside.then(|| "noopener".to_owned()))
            .flag("novalidate", !self.checked_before_sending)
            .children(hidden)
            .children(self.items.iter().map(|item| item.draw(ctx, checked)))
            .with(el("button", "govuk-button").attr("type", "submit").text(&self.send))
            .view()
    }
}

/// The checker of missing answers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    /// The browser, before it sends.
    Browser,
    /// The receiver, which gives the page back.
    Receiver,
    /// Nobody, because the form is printed.
    Paper,
}

impl Item {
    fn draw(&self, ctx: &Ctx, checked: By) -> Html {
        let optional = if self.needed { String::new() } else { [" ", ctx.word(MessageId::Optional)].concat() };
        let words = [&self.label, optional.as_str()].concat();
        let [label_id, hint_id, error_id] = ["-label", "-hint", "-error"].map(|end| [self.id, end].concat());
        let wrong = !self.error.is_empty();
        let error = error_message(ctx, &error_id, wrong.then_some(&self.error));
        let described = described_by(&[(&hint_id, !self.hint.is_empty()), (&error_id, wrong)]);
        let required = self.needed && checked == By::Browser;
        let field = |tag: &'static str, base: &str| {
            let class = if wrong { [base, " ", base, "--error"].concat() } else { base.to_owned() };
            el(tag, &class)
                .attr("id", self.id)
                .attr("name", &self.name)
                .maybe("aria-describedby", described.clone())
                .flag("required", required)
        };
        let labelled = || form_group(wrong).with(label("s", self.id, &words)).with_some(self.hints(&hint_id));
        let several = |words: &str| {
            fieldset(legend("s").text(words))
                .maybe("aria-describedby", described.clone())
                .with_some(self.hints(&hint_id))
        };
        let group = match &self.control {
            ItemControl::Line(kind, fill, max) => labelled().with_some(error).with(
                field("input", "govuk-input")
                    .attr("type", kind)
                    .attr("spellcheck", "false")
                    .attr("autocomplete", fill)
                    .maybe("pattern", max.map(|max| ["[\\s\\S]{0,", &max.to_string(), "}"].concat()))
                    .maybe("title", max.and(self.hint.last().cloned()))
                    .attr("value", &self.value),
            ),
            // What is larger than a textarea would be cut off on paper; this grows.
            ItemControl::Lines(..) if checked == By::Paper => form_group(false)
                .with(el("p", "govuk-label govuk-label--s").attr("id", &label_id).text(&words))
                .with_some(self.hints(&hint_id))
                .with(
                    el("div", "govuk-textarea pr-sheet__lines")
                        .attr("id", self.id)
                        .attr("contenteditable", "true")
                        .attr("role", "textbox")
                        .attr("tabindex", "0")
                        .attr("aria-multiline", "true")
                        .attr("aria-labelledby", &label_id)
                        .maybe("aria-describedby", described.clone()),
                ),
            ItemControl::Lines(rows, fill) => {
                // A first line end would be dropped.
                let text = ["\n", &self.value].concat();
                let area = field("textarea", "govuk-textarea").attr("rows", rows).attr("autocomplete", fill);
                labelled().with_some(error).with(area.text(&text))
            }
            ItemControl::Radios(options) => {
                form_group(wrong).with(several(&words).with_some(error).with(self.radios(options, required)))
            }
            ItemControl::Tick(value, words) => {
                let tick = self.option(&CHECKBOX, self.id, (value, words), self.value == *value, required);
                form_group(wrong)
                    .with(several(&self.label).with_some(error).with(el("div", "govuk-checkboxes").with(tick)))
            }
        };
        group.view()
    }

    fn hints(&self, id: &str) -> Option<El> {
        match self.hint.as_slice() {
            [] => None,
            [one] => hint(id, one),
            [first, rest @ ..] => {
                let items = rest.iter().map(|words| el("li", "").text(words).view());
                let list = el("ul", "govuk-list govuk-list--bullet govuk-hint").children(items);
                Some(el("div", "govuk-hint").attr("id", id).text(first).with(list))
            }
        }
    }

    fn radios(&self, options: &[(String, String)], required: bool) -> El {
        let mut taken = false;
        let items = options.iter().enumerate().map(|(at, (value, words))| {
            // The summary of errors leads to the first.
            let id = if at == 0 { self.id.to_owned() } else { [self.id, "-", &at.to_string()].concat() };
            let chosen = !taken && self.value == *value;
            taken |= chosen;
            self.option(&RADIO, &id, (value, words), chosen, required).view()
        });
        el("div", "govuk-radios").children(items)
    }

    fn option(&self, kind: &OptionClasses, id: &str, (value, words): (&str, &str), chosen: bool, required: bool) -> El {
        let input = el("input", kind.input)
            .attr("type", kind.of)
            .attr("id", id)
            .attr("name", &self.name)
            .attr("value", value)
            .flag("required", required)
            .flag("checked", chosen);
        el("div", kind.item).with(input).with(el("label", kind.label).attr("for", id).text(words))
    }
}

/// The names of an option's parts in the design system.
struct OptionClasses {
    of: &'static str,
    item: &'static str,
    input: &'static str,
    label: &'static str,
}

const RADIO: OptionClasses = OptionClasses {
    of: "radio",
    item: "govuk-radios__item",
    input: "govuk-radios__input",
    label: "govuk-label govuk-radios__label",
};
const CHECKBOX: OptionClasses = OptionClasses {
    of: "checkbox",
    item: "govuk-checkboxes__item",
    input: "govuk-checkboxes__input",
    label: "govuk-label govuk-checkboxes__label",
};
