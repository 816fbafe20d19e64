//! Radios and checkboxes, with conditional content for the ways to reach a person.
//!
//! As in the design system: the box that excludes the others clears them, and they clear it.

use leptos::prelude::*;

use super::{Form, described_by, text::text_input};
use crate::domain::{
    content::Word,
    journey::answer::Field,
    screen::{Choice, ChoiceGroup},
};
use crate::view::html::{El, el};

/// Radios.
pub(in crate::view) fn radios(form: &Form, choices: &[Choice]) -> AnyView {
    let items = choices.iter().enumerate().map(|(at, choice)| {
        let (form_of, value) = (form.clone(), choice.id.clone());
        let select = move |_| form_of.change(|raw| raw.chosen = vec![value.clone()]);
        item(form, choice, at, "radio", Box::new(select)).view()
    });
    el("div", "govuk-radios").children(items).view()
}

/// Checkboxes, in groups.
pub(in crate::view) fn checkboxes(form: &Form, groups: &[ChoiceGroup], none: Option<&Choice>) -> AnyView {
    let mut at = 0;
    let mut views: Vec<AnyView> = Vec::new();
    for group in groups {
        let heading = !group.heading.is_empty();
        let small = if heading { "govuk-checkboxes govuk-checkboxes--small" } else { "govuk-checkboxes" };
        let mut boxes = el("div", small);
        for choice in &group.choices {
            boxes = boxes.with(checkbox(form, choice, at, none));
            at += 1;
        }
        views.push(if heading {
            let id = ["group-", &views.len().to_string()].concat();
            el("div", "pr-choice-group")
                .attr("role", "group")
                .attr("aria-labelledby", &id)
                .with(el("h2", "govuk-heading-s").attr("id", &id).text(&group.heading))
                .with(boxes)
                .view()
        } else {
            boxes.view()
        });
    }
    views.extend(none.map(|none| exclusive(form, none, at).view()));
    views.into_any()
}

/// The ways to reach a person, each with its field under it.
pub(in crate::view) fn reach(form: &Form, methods: &[Choice], none: &Choice) -> AnyView {
    let mut boxes = el("div", "govuk-checkboxes");
    for (at, method) in methods.iter().enumerate() {
        boxes = boxes.with(checkbox(form, method, at, Some(none)));
        boxes = boxes.with_some(Field::from_id(&method.id).map(|field| reach_field(form, method, field)));
    }
    vec![boxes.view(), exclusive(form, none, methods.len()).view()].into_any()
}

fn reach_field(form: &Form, method: &Choice, field: Field) -> El {
    let (word, kind, autocomplete) = match field {
        Field::Email => (Word::Email, "email", "email"),
        Field::Telephone => (Word::Telephone, "tel", "tel"),
        _ => (Word::Post, "", "street-address"),
    };
    let (raw, id) = (form.raw, method.id.clone());
    let class = move || {
        let hidden = if raw.with(|raw| raw.has(&id)) { "" } else { " govuk-checkboxes__conditional--hidden" };
        ["govuk-checkboxes__conditional", hidden].concat()
    };
    el("div", "").live_attr("class", class).with(text_input(form, field, form.word(word), kind, autocomplete))
}

fn exclusive(form: &Form, none: &Choice, at: usize) -> El {
    el("div", "govuk-checkboxes")
        .with(el("div", "govuk-checkboxes__divider").text(form.word(Word::NoneDivider)))
        .with(checkbox(form, none, at, Some(none)))
}

/// A checkbox, in a place of the page's own.
pub(in crate::view) fn checkbox(form: &Form, choice: &Choice, at: usize, none: Option<&Choice>) -> El {
    let (value, none, form_of) = (choice.id.clone(), none.map(|none| none.id.clone()), form.clone());
    let toggle = move |on: bool| {
        form_of.change(|raw| {
            let is_none = Some(&value) == none.as_ref();
            raw.chosen.retain(|chosen| *chosen != value && !(on && (is_none || Some(chosen) == none.as_ref())));
            if on {
                raw.chosen.push(value.clone());
            }
        });
    };
    item(form, choice, at, "checkbox", Box::new(toggle))
}

/// Something to agree to.
pub(in crate::view) fn agreement(form: &Form, choice: &Choice) -> AnyView {
    el("div", "govuk-checkboxes").with(checkbox(form, choice, 0, None)).view()
}

fn item(form: &Form, choice: &Choice, at: usize, kind: &'static str, change: Box<dyn Fn(bool)>) -> El {
    let base = if kind == "radio" { "govuk-radios" } else { "govuk-checkboxes" };
    let id = ["choice-", &at.to_string()].concat();
    let hint_id = [&id, "-hint"].concat();
    let has_hint = !choice.hint.is_empty();
    let (raw, value) = (form.raw, choice.id.clone());
    let input = el("input", &[base, "__input"].concat())
        .attr("id", &id)
        .attr("name", &form.question)
        .attr("type", kind)
        .attr("value", &choice.id)
        .maybe("aria-describedby", described_by(&[(&hint_id, has_hint)]))
        .flag("checked", raw.with_untracked(|raw| raw.has(&value)))
        .checked(move || raw.with(|raw| raw.has(&value)))
        .on("change", move |event| change(event_target_checked(&event)));
    let pictured = if choice.picture.is_empty() { "" } else { " pr-pictured" };
    let hint = el("div", &["govuk-hint ", base, "__hint"].concat()).attr("id", &hint_id).text(&choice.hint);
    el("div", &[base, "__item"].concat())
        .with(input)
        .with(
            el("label", &["govuk-label ", base, "__label", pictured].concat())
                .attr("for", &id)
                .with_some(picture(&choice.picture))
                .text(&choice.label),
        )
        .with_some(has_hint.then_some(hint))
}

/// A picture beside an option's words. It says nothing that they do not: its `alt` is empty.
fn picture(name: &str) -> Option<El> {
    let source = ["pictures/", name, ".svg"].concat();
    let image =
        || el("img", "pr-picture").attr("src", &source).attr("alt", "").attr("width", "48").attr("height", "48");
    (!name.is_empty()).then(image)
}
