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

/// Radios.
pub(in crate::view) fn radios(form: &Form, choices: &[Choice]) -> AnyView {
    let items: Vec<AnyView> = choices
        .iter()
        .enumerate()
        .map(|(at, choice)| {
            let value = choice.id.clone();
            let select = {
                let form = form.clone();
                move |_| form.change(|raw| raw.chosen = vec![value.clone()])
            };
            item(form, choice, at, "radio", Box::new(select), ().into_any())
        })
        .collect();
    view! { <div class="govuk-radios">{items}</div> }.into_any()
}

/// Checkboxes, in groups.
pub(in crate::view) fn checkboxes(form: &Form, groups: &[ChoiceGroup], none: Option<&Choice>) -> AnyView {
    let mut at = 0;
    let mut views: Vec<AnyView> = Vec::new();
    for group in groups {
        let items: Vec<AnyView> = group
            .choices
            .iter()
            .map(|choice| {
                at += 1;
                checkbox(form, choice, at - 1, none, ().into_any())
            })
            .collect();
        let heading = group.heading.clone();
        let id = format!("group-{}", views.len());
        views.push(if heading.is_empty() {
            view! { <div class="govuk-checkboxes">{items}</div> }.into_any()
        } else {
            view! {
                <div class="pr-choice-group" role="group" aria-labelledby=id.clone()>
                    <h2 class="govuk-heading-s" id=id.clone()>{heading}</h2>
                    <div class="govuk-checkboxes govuk-checkboxes--small">{items}</div>
                </div>
            }
            .into_any()
        });
    }
    if let Some(none) = none {
        views.push(exclusive(form, none, at));
    }
    views.into_any()
}

/// The ways to reach a person, each with its field under it.
pub(in crate::view) fn reach(form: &Form, methods: &[Choice], none: &Choice) -> AnyView {
    let items: Vec<AnyView> = methods
        .iter()
        .enumerate()
        .map(|(at, method)| {
            let field = Field::from_id(&method.id);
            let conditional = field.map(|field| reach_field(form, method, field)).into_any();
            checkbox(form, method, at, Some(none), conditional)
        })
        .collect();
    view! {
        <div class="govuk-checkboxes">{items}</div>
        {exclusive(form, none, methods.len())}
    }
    .into_any()
}

fn reach_field(form: &Form, method: &Choice, field: Field) -> AnyView {
    let (word, kind, autocomplete) = match field {
        Field::Email => (Word::Email, "email", "email"),
        Field::Telephone => (Word::Telephone, "tel", "tel"),
        _ => (Word::Post, "", "street-address"),
    };
    let (raw, id) = (form.raw, method.id.clone());
    let class = move || {
        let hidden = raw.with(|raw| !raw.has(&id));
        if hidden {
            "govuk-checkboxes__conditional govuk-checkboxes__conditional--hidden"
        } else {
            "govuk-checkboxes__conditional"
        }
    };
    view! { <div class=class>{text_input(form, field, form.ctx.word(word), kind, autocomplete)}</div> }.into_any()
}

fn exclusive(form: &Form, none: &Choice, at: usize) -> AnyView {
    view! {
        <div class="govuk-checkboxes">
            <div class="govuk-checkboxes__divider">{form.ctx.word(Word::NoneDivider)}</div>
            {checkbox(form, none, at, Some(none), ().into_any())}
        </div>
    }
    .into_any()
}

fn checkbox(form: &Form, choice: &Choice, at: usize, none: Option<&Choice>, conditional: AnyView) -> AnyView {
    let (value, none) = (choice.id.clone(), none.map(|none| none.id.clone()));
    let toggle = {
        let form = form.clone();
        move |on: bool| {
            form.change(|raw| {
                let is_none = Some(&value) == none.as_ref();
                raw.chosen.retain(|chosen| *chosen != value && !(on && (is_none || Some(chosen) == none.as_ref())));
                if on {
                    raw.chosen.push(value.clone());
                }
            });
        }
    };
    item(form, choice, at, "checkbox", Box::new(toggle), conditional)
}

/// Something to agree to.
pub(in crate::view) fn agreement(form: &Form, choice: &Choice) -> AnyView {
    view! { <div class="govuk-checkboxes">{checkbox(form, choice, 0, None, ().into_any())}</div> }.into_any()
}

fn item(
    form: &Form,
    choice: &Choice,
    at: usize,
    kind: &'static str,
    change: Box<dyn Fn(bool)>,
    conditional: AnyView,
) -> AnyView {
    let base = if kind == "radio" { "govuk-radios" } else { "govuk-checkboxes" };
    let id = format!("choice-{at}");
    let hint_id = format!("{id}-hint");
    let described = described_by(&[(&hint_id, !choice.hint.is_empty())]);
    let (raw, value) = (form.raw, choice.id.clone());
    let on = move || raw.with(|raw| raw.has(&value));
    let at_first = on();
    let hint = (!choice.hint.is_empty()).then(|| {
        view! {
            <div id=hint_id class=format!("govuk-hint {base}__hint")>
                {choice.hint.clone()}
            </div>
        }
    });
    view! {
        <div class=format!("{base}__item")>
            <input
                class=format!("{base}__input")
                id=id.clone()
                name=form.question.clone()
                type=kind
                value=choice.id.clone()
                checked=at_first
                prop:checked=on
                aria-describedby=described
                on:change=move |event| change(event_target_checked(&event))
            />
            <label class=format!("govuk-label {base}__label") for=id>
                {choice.label.clone()}
            </label>
            {hint}
        </div>
        {conditional}
    }
    .into_any()
}
