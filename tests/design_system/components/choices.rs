//! Radios, checkboxes, dates and their fieldsets.

use super::{Component, DESCRIBED_BY, DISABLED, Difference, anything, title};
use crate::{
    options::{is_there, list, text, text_of},
    site::Words,
};
use putright::ui::examples::{Around, Inputs, Specimens};
use putright_app::view_model::{Choice, ChoiceGroup};
use putright_domain::form::answer::{Field, FormInput};
use serde_json::Value;

const NO_LEGEND: &str = "Choices and the parts of a date always stand under a legend.";

fn choices(options: &Value) -> Vec<Choice> {
    list(options, "/items")
        .into_iter()
        .filter(|item| item.get("divider").is_none())
        .map(|item| Choice {
            id: text(item, "/value"),
            label: text(item, "/text"),
            hint: text(item, "/hint/text"),
            picture: String::new(),
        })
        .collect()
}

/// Returns the chosen values: the items that say so themselves, else those that the group's values name.
fn chosen(options: &Value) -> FormInput {
    let group: Vec<String> = match options.get("values").or(options.get("value")) {
        Some(Value::Array(values)) => values.iter().map(text_of).collect(),
        Some(value) if is_there(value) => vec![text_of(value)],
        _ => Vec::new(),
    };
    let on = |item: &&Value| match item.get("checked") {
        Some(checked) => is_there(checked),
        None => group.contains(&text(item, "/value")),
    };
    let chosen = list(options, "/items").into_iter().filter(on).map(|item| text(item, "/value")).collect();
    FormInput { chosen, ..FormInput::default() }
}

fn grouped(
    words: &mut Words,
    options: &Value,
    inputs: Inputs,
    raw: &FormInput,
    own: &[(&'static str, String)],
) -> String {
    let legend = text(options, "/fieldset/legend/text");
    let (hint, error) = (text(options, "/hint/text"), text(options, "/errorMessage/text"));
    let title = title(options, "/fieldset/legend", "govuk-fieldset__legend", &legend);
    words.with(own).inputs(Around { title, hint: &hint, error: &error }, inputs, raw)
}

pub(super) const CHECKBOXES: Component = Component {
    name: "checkboxes",
    takes: &[
        "name",
        "idPrefix",
        "hint.text",
        "errorMessage.text",
        "values",
        "fieldset.legend.text",
        "fieldset.legend.isPageHeading",
        "fieldset.legend.classes=govuk-fieldset__legend--s",
        "fieldset.legend.classes=govuk-fieldset__legend--m",
        "fieldset.legend.classes=govuk-fieldset__legend--l",
        "fieldset.legend.classes=govuk-fieldset__legend--xl",
        "items[].value",
        "items[].text",
        "items[].hint.text",
        "items[].checked",
        "items[].id",
        "items[].divider",
        "items[].behaviour",
        "items[].conditional.html",
    ],
    lacks: &[
        ("fieldset.describedBy", DESCRIBED_BY),
        ("describedBy", DESCRIBED_BY),
        ("items[].name", "All boxes of a question are one answer, under one name."),
        ("items[].disabled", DISABLED),
    ],
    cannot: |options| {
        if options.get("fieldset").is_none() {
            return &[("without fieldset", NO_LEGEND)];
        }
        &[]
    },
    draw: |words, options| {
        let mut all = choices(options);
        let items = list(options, "/items");
        let exclusive = items.iter().find(|item| item.get("behaviour").is_some_and(|how| how == "exclusive"));
        let none = exclusive.and_then(|_| all.pop());
        let divider = items.iter().find_map(|item| item.get("divider")).map(text_of);
        let own: Vec<_> = divider.into_iter().map(|words| ("none_divider", words)).collect();
        let reveals = |item: &&&Value| item.pointer("/conditional/html").is_some_and(is_there);
        let revealing: Vec<String> = items.iter().filter(reveals).map(|item| text(item, "/value")).collect();
        let groups = [ChoiceGroup { heading: String::new(), open: true, choices: all.clone() }];
        let inputs = if revealing.is_empty() {
            Inputs::Checkboxes(&groups, none.as_ref())
        } else {
            Inputs::Revealing(&all, none.as_ref(), &revealing)
        };
        grouped(words, options, inputs, &chosen(options), &own)
    },
    differs: &[],
};

pub(super) const DATE_INPUT: Component = Component {
    name: "date-input",
    takes: &[
        "id",
        "namePrefix",
        "hint.text",
        "errorMessage.text",
        "day.label",
        "month.label",
        "year.label",
        "day.name",
        "month.name",
        "year.name",
        "day.error",
        "month.error",
        "year.error",
        "day.value",
        "month.value",
        "year.value",
        "items[].name",
        "items[].id",
        "items[].value",
        "items[].error",
        "items[].classes=govuk-input--width-2",
        "items[].classes=govuk-input--width-4",
        "items[].classes=govuk-input--width-2 govuk-input--error",
        "items[].classes=govuk-input--width-4 govuk-input--error",
        "day.classes=govuk-input--error",
        "month.classes=govuk-input--error",
        "year.classes=govuk-input--error",
        "values.day",
        "values.month",
        "values.year",
        "values.dob-day",
        "values.dob-month",
        "values.dob-year",
        "values.dob-user1-day",
        "values.dob-user1-month",
        "values.dob-user1-year",
        "fieldset.legend.text",
    ],
    lacks: &[
        ("fieldset.describedBy", DESCRIBED_BY),
        ("items[].pattern", "What may be typed is told by the answer's own rules, in words."),
        ("items[].inputmode", "What may be typed is told by the answer's own rules, in words."),
        ("items[].autocomplete", "No day that is asked for is the person's own birthday."),
        ("day", "A day, a month and a year are always asked for; who does not know all of them says so roughly."),
        ("year", "A day, a month and a year are always asked for; who does not know all of them says so roughly."),
    ],
    cannot: |options| {
        if options.get("fieldset").is_none() {
            return &[("without fieldset", NO_LEGEND)];
        }
        let names: Vec<String> = list(options, "/items").into_iter().map(|item| text(item, "/name")).collect();
        if !names.is_empty() && names != ["day", "month", "year"] {
            return &[(
                "items[].name",
                "A day, a month and a year are always asked for; who does not know all of them says so roughly.",
            )];
        }
        let marked = options.to_string().contains("error");
        if marked && options.get("errorMessage").is_none() {
            return &[("error without errorMessage", "A field is never marked as wrong without saying what is.")];
        }
        &[]
    },
    draw: |words, options| {
        let mut own = Vec::new();
        let mut raw = FormInput::default();
        for (at, (field, name)) in
            [(Field::Day, "day"), (Field::Month, "month"), (Field::Year, "year")].into_iter().enumerate()
        {
            let label = text(options, &format!("/{name}/label"));
            if !label.is_empty() {
                own.push((name, label));
            }
            let mut value = text(options, &format!("/items/{at}/value"));
            if value.is_empty() {
                value = text(options, &format!("/{name}/value"));
            }
            let values = options.get("values").and_then(Value::as_object).into_iter().flatten();
            let named = values.into_iter().find(|(key, _)| key.ends_with(name)).map(|(_, value)| text_of(value));
            raw.text.insert(field, if value.is_empty() { named.unwrap_or_default() } else { value });
        }
        grouped(words, options, Inputs::Date, &raw, &own)
    },
    differs: &[
        Difference {
            reason: "A month may be typed as a word: its field is wider, and asks for no keyboard of numbers.",
            change: |root| {
                let mut at = 0;
                root.select(".govuk-date-input__input", &mut |input| {
                    at += 1;
                    if at == 2 {
                        input.attributes.remove("inputmode");
                        input.classes.remove("govuk-input--width-2");
                        input.classes.insert("govuk-input--width-4".to_owned());
                    }
                });
            },
        },
        Difference {
            reason: "Which of the three is wrong often cannot be told, so all three are marked.",
            change: |root| {
                root.select(".govuk-form-group--error .govuk-date-input__input", &mut |input| {
                    input.classes.insert("govuk-input--error".to_owned());
                });
            },
        },
    ],
};

pub(super) const FIELDSET: Component = Component {
    name: "fieldset",
    takes: &[
        "legend.text",
        "legend.isPageHeading",
        "legend.classes=govuk-fieldset__legend--s",
        "legend.classes=govuk-fieldset__legend--m",
        "legend.classes=govuk-fieldset__legend--l",
        "legend.classes=govuk-fieldset__legend--xl",
    ],
    lacks: &[
        ("describedBy", DESCRIBED_BY),
        ("role", "The parts of a date are a group; a fieldset needs no other role."),
    ],
    cannot: anything,
    draw: |_, options| {
        let legend = text(options, "/legend/text");
        Specimens::fieldset(title(options, "/legend", "govuk-fieldset__legend", &legend))
    },
    differs: &[],
};

pub(super) const RADIOS: Component = Component {
    name: "radios",
    takes: &[
        "name",
        "idPrefix",
        "hint.text",
        "errorMessage.text",
        "value",
        "fieldset.legend.text",
        "fieldset.legend.isPageHeading",
        "fieldset.legend.classes=govuk-fieldset__legend--s",
        "fieldset.legend.classes=govuk-fieldset__legend--m",
        "fieldset.legend.classes=govuk-fieldset__legend--l",
        "fieldset.legend.classes=govuk-fieldset__legend--xl",
        "items[].value",
        "items[].text",
        "items[].hint.text",
        "items[].checked",
        "items[].id",
    ],
    lacks: &[
        ("fieldset.describedBy", DESCRIBED_BY),
        ("items[].divider", "No question has an answer that is set apart from the others."),
        ("items[].conditional.html", "What follows from an answer is a question of its own, on the next page."),
        ("items[].disabled", DISABLED),
    ],
    cannot: |options| {
        if options.get("fieldset").is_none() { &[("without fieldset", NO_LEGEND)] } else { &[] }
    },
    draw: |words, options| grouped(words, options, Inputs::Radios(&choices(options)), &chosen(options), &[]),
    differs: &[],
};
