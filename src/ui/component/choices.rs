//! Radios and checkboxes, with conditional content for the ways to reach a person.
//!
//! As in the design system: the box that excludes the others clears them, and they clear it.

use leptos::prelude::*;

use super::{QuestionForm, described_by, text::text_input};
use crate::ui::element::{El, Html, el};
use putright_app::view_model::{Choice, ChoiceGroup};
use putright_domain::{
    bundle::{address, picture_file},
    form::answer::Field,
    messages::MessageId,
};

const SMALL: &str = "govuk-checkboxes govuk-checkboxes--small";
const REVEALED: &str = "govuk-checkboxes__conditional";
const HIDDEN: &str = "govuk-checkboxes__conditional govuk-checkboxes__conditional--hidden";

/// The element under an option while the option is on.
pub(in crate::ui) type Under<'a> = &'a dyn Fn(&Choice) -> Option<El>;

/// Radios, of which some show what `under` gives for them.
pub(in crate::ui) fn radios(form: &QuestionForm, choices: &[Choice], under: Under<'_>) -> Html {
    let mut items = el("div", "govuk-radios");
    for (at, choice) in choices.iter().enumerate() {
        let (form_of, value) = (form.clone(), choice.id.clone());
        let select = move |_| form_of.change(|raw| raw.chosen = vec![value.clone()]);
        items = revealing_item(form, choice, at, under, items, |revealed| {
            item(form, choice, at, "radio", revealed, Box::new(select))
        });
    }
    items.view()
}

/// Adds an option, and under it what it shows while it is on.
fn revealing_item(
    form: &QuestionForm,
    choice: &Choice,
    at: usize,
    under: Under<'_>,
    items: El,
    draw: impl FnOnce(Option<&str>) -> El,
) -> El {
    let id = form.id(&["conditional-", &at.to_string()].concat());
    let inner = under(choice);
    let items = items.with(draw(inner.is_some().then_some(id.as_str())));
    items.with_some(inner.map(|inner| {
        let class = form.either(&choice.id, REVEALED, HIDDEN);
        el("div", "").attr("id", &id).live_attr("class", class).with(inner)
    }))
}

/// Checkboxes, in groups.
pub(in crate::ui) fn checkboxes(
    form: &QuestionForm,
    groups: &[ChoiceGroup],
    none: Option<&Choice>,
    under: Under<'_>,
) -> Html {
    if let [only] = groups
        && only.heading.is_empty()
    {
        return revealing(form, &only.choices, none, under);
    }
    let mut at = 0;
    let mut views: Vec<Html> = Vec::new();
    for group in groups {
        let id = form.id(&["group-", &views.len().to_string()].concat());
        let mut boxes = el("div", SMALL).attr("role", "group").attr("aria-labelledby", &id);
        for choice in &group.choices {
            boxes = revealing_item(form, choice, at, under, boxes, |revealed| {
                box_revealing(form, choice, at, none, revealed)
            });
            at += 1;
        }
        let chosen = form.raw.with_untracked(|raw| group.choices.iter().any(|choice| raw.has(&choice.id)));
        let heading = el("summary", "govuk-details__summary").with(
            el("h2", "govuk-details__summary-text pr-choice-group__heading").attr("id", &id).text(&group.heading),
        );
        let group =
            el("details", "govuk-details pr-choice-group").flag("open", group.open || chosen).with(heading).with(boxes);
        views.push(group.view());
    }
    views.push(exclusive(form, el("div", SMALL), none, at, under).view());
    views.into_iter().collect()
}

/// The ways to reach a person, each with its field under it, and after that what `under` gives for it.
pub(in crate::ui) fn reach(form: &QuestionForm, methods: &[Choice], none: &Choice, under: Under<'_>) -> Html {
    let both = |method: &Choice| match (Field::from_id(&method.id), under(method)) {
        (Some(field), more) => Some(el("div", "").with(reach_field(form, field)).with_some(more)),
        (None, more) => more,
    };
    revealing(form, methods, Some(none), &both)
}

fn reach_field(form: &QuestionForm, field: Field) -> El {
    let (word, kind, autocomplete) = match field {
        Field::Email => (MessageId::Email, "email", "email"),
        Field::Telephone => (MessageId::Telephone, "tel", "tel"),
        Field::School => (MessageId::School, "text", "off"),
        Field::TrustedAdult => (MessageId::TrustedAdult, "text", "off"),
        _ => (MessageId::Post, "", "street-address"),
    };
    text_input(form, field, form.word(word), kind, autocomplete)
}

/// Checkboxes, of which some show what `under` gives for them while they are on.
pub(in crate::ui) fn revealing(
    form: &QuestionForm,
    choices: &[Choice],
    none: Option<&Choice>,
    under: Under<'_>,
) -> Html {
    let mut boxes = el("div", "govuk-checkboxes");
    for (at, choice) in choices.iter().enumerate() {
        boxes =
            revealing_item(form, choice, at, under, boxes, |revealed| box_revealing(form, choice, at, none, revealed));
    }
    exclusive(form, boxes, none, choices.len(), under).view()
}

/// The box that excludes the others comes last.
fn exclusive(form: &QuestionForm, boxes: El, none: Option<&Choice>, at: usize, under: Under<'_>) -> El {
    let Some(choice) = none else { return boxes };
    let boxes = boxes.with(el("div", "govuk-checkboxes__divider").text(form.word(MessageId::NoneDivider)));
    revealing_item(form, choice, at, under, boxes, |revealed| box_revealing(form, choice, at, none, revealed))
}

/// A checkbox, in a place of the page's own.
pub(in crate::ui) fn checkbox(form: &QuestionForm, choice: &Choice, at: usize, none: Option<&Choice>) -> El {
    box_revealing(form, choice, at, none, None)
}

fn box_revealing(form: &QuestionForm, choice: &Choice, at: usize, none: Option<&Choice>, revealed: Option<&str>) -> El {
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
    item(form, choice, at, "checkbox", revealed, Box::new(toggle))
}

/// Something to agree to.
pub(in crate::ui) fn agreement(form: &QuestionForm, choice: &Choice) -> El {
    el("div", "govuk-checkboxes").with(checkbox(form, choice, 0, None))
}

/// `revealed`: the id of what is shown while it is on.
fn item(
    form: &QuestionForm,
    choice: &Choice,
    at: usize,
    kind: &'static str,
    revealed: Option<&str>,
    change: Box<dyn Fn(bool)>,
) -> El {
    let base = if kind == "radio" { "govuk-radios" } else { "govuk-checkboxes" };
    let id = form.id(&["choice-", &at.to_string()].concat());
    let hint_id = [&id, "-hint"].concat();
    let has_hint = !choice.hint.is_empty();
    let (raw, value) = (form.raw, choice.id.clone());
    let on = raw.with_untracked(|raw| raw.has(&value));
    let mut input = input(base, kind, &id, &form.question, &choice.id, on)
        .maybe("aria-describedby", described_by(&[(&hint_id, has_hint)]))
        .checked(move || raw.with(|raw| raw.has(&value)))
        .on("change", move |event| change(event_target_checked(&event)));
    if let Some(revealed) = revealed {
        input = input.attr("aria-controls", revealed);
        // The standard has no such state for a radio.
        if kind == "checkbox" {
            input = input.live_attr("aria-expanded", form.either(&choice.id, "true", "false"));
        }
    }
    let pictured = if choice.picture.is_empty() { "" } else { " pr-pictured" };
    let hint = el("div", &["govuk-hint ", base, "__hint"].concat()).attr("id", &hint_id).text(&choice.hint);
    el("div", &[base, "__item"].concat())
        .with(input)
        .with(
            el("label", &["govuk-label ", base, "__label", pictured].concat())
                .attr("for", &id)
                .with_some(picture(form, &choice.picture))
                .text(&choice.label),
        )
        .with_some(has_hint.then_some(hint))
}

/// A radio or checkbox alone. `putright prerender` finds it by class and id, in this order.
pub(in crate::ui) fn input(base: &str, kind: &str, id: &str, name: &str, value: &str, on: bool) -> El {
    el("input", &[base, "__input"].concat())
        .attr("id", id)
        .attr("name", name)
        .attr("type", kind)
        .attr("value", value)
        .flag("checked", on)
}

/// A picture beside an option's words. It says nothing that they do not: its `alt` is empty.
fn picture(form: &QuestionForm, name: &str) -> Option<El> {
    let file = picture_file(name);
    let source = address(&form.ctx.bundle.pictures, &file);
    let image = || el("img", "pr-picture").attr("src", source).attr("alt", "").attr("width", "48").attr("height", "48");
    (!name.is_empty()).then(image)
}
