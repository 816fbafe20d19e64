//! The pages of the inbox for officers, of parts: drawn on the host alone, with the app's own components.

use super::no_js_form::{self as parts, Form};
use crate::ui::{
    Ctx,
    component::form_group::label,
    element::{El, Html, el},
    layout::skip_link,
};

/// A part of a page.
pub enum InboxPart {
    /// A part that other pages have too.
    Shared(parts::Part),
    /// A warning that must not be missed.
    Warning(String),
    /// A line, and a link to another page.
    Link(String, String),
    /// A form, which is not printed.
    Form(Form),
    /// A list of complaints, or of files.
    Table(Table),
    /// The filter of the list.
    Filter(Filter),
}

/// A table.
pub struct Table {
    /// Its subject.
    pub caption: String,
    /// The heads of its columns.
    pub head: Vec<String>,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
pub enum Cell {
    /// Text.
    Text(String),
    /// A link: its address and its words.
    Link(String, String),
    /// A word that stands out.
    Mark(String),
}

/// A form that asks for a page, by its address alone.
pub struct Filter {
    /// The address.
    pub action: String,
    /// The fields.
    pub fields: Vec<FilterField>,
    /// The words of the button.
    pub send: String,
}

/// A field of a filter.
pub struct FilterField {
    /// Its name, which is its id too.
    pub name: &'static str,
    /// Its words.
    pub label: String,
    /// The value.
    pub value: String,
    /// The control.
    pub control: FilterControl,
}

/// The control of a field.
pub enum FilterControl {
    /// A line of text, by the type of its input.
    Line(&'static str),
    /// One of several: values and words.
    Select(Vec<(String, String)>),
    /// A box to tick: its value.
    Tick(&'static str),
}

/// The things around a page.
pub struct Surroundings {
    /// The name of the inbox.
    pub name: String,
    /// The address of the list.
    pub home: String,
    /// The words about the officer; empty before anybody has signed in.
    pub officer: String,
    /// The form that signs out.
    pub sign_out: Option<Form>,
}

/// A page, with what is around it.
pub fn page(ctx: &Ctx, around: &Surroundings, parts: &[InboxPart]) -> Html {
    let home = el("a", "pr-header__service govuk-width-container")
        .attr("href", &around.home)
        .with(el("span", "").text(&around.name));
    let parts = parts.iter().map(|part| draw(ctx, part)).collect::<Vec<_>>();
    let main = el("main", "govuk-main-wrapper pr-inbox").attr("id", "main").children(parts);
    let officer = (!around.officer.is_empty()).then(|| el("p", "govuk-body-s").text(&around.officer));
    let sign_out = around.sign_out.iter().map(|form| form.draw(ctx)).collect::<Vec<_>>();
    let foot = el("div", "govuk-width-container").with_some(officer).children(sign_out);
    [
        skip_link(ctx).view(),
        el("header", "pr-header").with(home).view(),
        el("div", "govuk-width-container").with(main).view(),
        el("footer", "pr-footer").with(foot).view(),
    ]
    .into_iter()
    .collect()
}

fn draw(ctx: &Ctx, part: &InboxPart) -> Html {
    match part {
        InboxPart::Shared(part) => parts::draw(ctx, &[], part),
        InboxPart::Warning(words) => {
            el("div", "govuk-inset-text pr-inbox__warning").with(el("strong", "").text(words)).view()
        }
        InboxPart::Link(address, words) => el("p", "govuk-body pr-no-print").with(link(address, words)).view(),
        InboxPart::Form(form) => el("div", "pr-no-print").child(form.draw(ctx)).view(),
        InboxPart::Table(table) => table.draw(),
        InboxPart::Filter(filter) => filter.draw(),
    }
}

fn link(address: &str, words: &str) -> El {
    el("a", "govuk-link").attr("href", address).text(words)
}

impl Table {
    fn draw(&self) -> Html {
        let head = self.head.iter().map(|words| el("th", "").attr("scope", "col").text(words).view());
        let cell = |cell: &Cell| {
            let cell = match cell {
                Cell::Text(words) => el("td", "").text(words),
                Cell::Link(address, words) => el("td", "").with(link(address, words)),
                Cell::Mark(words) => el("td", "").with(el("strong", "pr-inbox__mark").text(words)),
            };
            cell.view()
        };
        let rows = self.rows.iter().map(|row| el("tr", "").children(row.iter().map(cell)).view());
        let table = el("table", "pr-inbox__table")
            .with(el("caption", "govuk-visually-hidden").text(&self.caption))
            .with(el("thead", "").with(el("tr", "").children(head)))
            .with(el("tbody", "").children(rows));
        el("div", "pr-inbox__scroll")
            .attr("tabindex", "0")
            .attr("role", "region")
            .attr("aria-label", &self.caption)
            .with(table)
            .view()
    }
}

impl Filter {
    fn draw(&self) -> Html {
        let button = el("button", "govuk-button govuk-button--secondary").attr("type", "submit").text(&self.send);
        el("form", "pr-inbox__filter pr-no-print")
            .attr("method", "get")
            .attr("action", &self.action)
            .attr("autocomplete", "off")
            .children(self.fields.iter().map(FilterField::draw))
            .with(button)
            .view()
    }
}

impl FilterField {
    fn draw(&self) -> Html {
        let group = el("div", "pr-inbox__field");
        match &self.control {
            FilterControl::Line(kind) => group.with(label("s", self.name, &self.label)).with(
                el("input", "govuk-input")
                    .attr("type", kind)
                    .attr("id", self.name)
                    .attr("name", self.name)
                    .attr("value", &self.value),
            ),
            FilterControl::Select(options) => {
                let option = |(value, words): &(String, String)| {
                    el("option", "").attr("value", value).flag("selected", *value == self.value).text(words).view()
                };
                let select = el("select", "govuk-input").attr("id", self.name).attr("name", self.name);
                group.with(label("s", self.name, &self.label)).with(select.children(options.iter().map(option)))
            }
            FilterControl::Tick(value) => {
                let input = el("input", "govuk-checkboxes__input")
                    .attr("type", "checkbox")
                    .attr("id", self.name)
                    .attr("name", self.name)
                    .attr("value", value)
                    .flag("checked", self.value == *value);
                let label = el("label", "govuk-label govuk-checkboxes__label").attr("for", self.name).text(&self.label);
                group.with(el("div", "govuk-checkboxes__item").with(input).with(label))
            }
        }
        .view()
    }
}
