//! The components that have a counterpart: which of its options they take, how ours is drawn from them, and where it differs.
//!
//! A fixture with an option that ours lacks is not applicable, for the reason given here once an option. Where ours differs, the
//! difference is spelled out as a change to the expected HTML, so that all the rest of it is still compared.

use putright::ui::examples::{Around, Inputs, Line, Specimens, Title};
use putright_app::view_model::{Choice, ChoiceGroup, ErrorLine, FilesControl, Row};
use putright_domain::{
    form::answer::{Field, FormInput},
    messages::MessageId,
};
use serde_json::Value;

use super::{
    options::{flag, is_there, list, text, text_of},
    site::Words,
    tree::{Element, Node},
};

/// A component of ours beside its counterpart.
pub struct Component {
    /// The counterpart's name.
    pub name: &'static str,
    /// The paths of the options taken; `path=text` where only that text is.
    pub takes: &'static [&'static str],
    /// The options not taken, by their path, or after `*` the end of it, and why.
    pub lacks: &'static [(&'static str, &'static str)],
    /// The further options of a fixture that ours cannot do, each as an entry of `lacks`.
    pub cannot: fn(&Value) -> &'static [(&'static str, &'static str)],
    /// Draws ours.
    pub draw: fn(&mut Words, &Value) -> String,
    /// The differences.
    pub differs: &'static [Difference],
}

/// A change to the expected HTML, and the reason.
pub struct Difference {
    pub reason: &'static str,
    pub change: fn(&mut Element),
}

/// Reasons that hold for every component, by the last part of an option's path.
pub const EVERYWHERE: [(&str, &str); 3] = [
    ("html", "Words are text: nothing in a file of words, or in an answer, can become markup."),
    ("attributes", "A component's attributes are its own; no page adds any."),
    ("classes", "No page adds a class to a component; where a modifier is in use, it is an option of ours."),
];

const DESCRIBED_BY: &str = "All that describes a field stands in its group.";
const DISABLED: &str = "Nothing that a person may answer with is shown and refused.";
const WORDS_OF_SCRIPT: &str = "The app's own files of words hold what is said, in each register.";
const NO_LEGEND: &str = "Choices and the parts of a date always stand under a legend.";

fn anything(_: &Value) -> &'static [(&'static str, &'static str)] {
    &[]
}

fn set(element: &mut Element, name: &str, value: &str) {
    element.attributes.insert(name.to_owned(), value.to_owned());
}

fn title<'a>(options: &'a Value, at: &str, base: &str, words: &'a str) -> Title<'a> {
    let class = options.pointer(&format!("{at}/classes")).and_then(Value::as_str).unwrap_or("");
    let size = class.strip_prefix(base).and_then(|size| size.strip_prefix("--")).unwrap_or("");
    Title { words, size, heading: flag(options, &format!("{at}/isPageHeading")) }
}

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

fn field(words: &mut Words, options: &Value, line: Line) -> String {
    let label = text(options, "/label/text");
    let (hint, error) = (text(options, "/hint/text"), text(options, "/errorMessage/text"));
    let around = Around { title: title(options, "/label", "govuk-label", &label), hint: &hint, error: &error };
    words.with(&[]).field(around, line, &text(options, "/value"))
}

/// All that have a counterpart.
pub const COMPONENTS: [Component; 20] = [
    BACK_LINK,
    BUTTON,
    CHARACTER_COUNT,
    CHECKBOXES,
    DATE_INPUT,
    DETAILS,
    ERROR_MESSAGE,
    ERROR_SUMMARY,
    EXIT_THIS_PAGE,
    FIELDSET,
    FILE_UPLOAD,
    HINT,
    INPUT,
    INSET_TEXT,
    LABEL,
    PANEL,
    RADIOS,
    SKIP_LINK,
    SUMMARY_LIST,
    TEXTAREA,
];

const BACK_LINK: Component = Component {
    name: "back-link",
    takes: &["text"],
    lacks: &[("href", "It goes back by the history; its address is that of the first page, for when there is none.")],
    cannot: anything,
    draw: |words, options| {
        let said = text(options, "/text");
        let own = if said.is_empty() { Vec::new() } else { vec![("back", said)] };
        words.with(&own).back_link()
    },
    differs: &[Difference {
        reason: "Its address is the first page, `#/`: a bare `#` names no page of the app.",
        change: |root| root.select(".govuk-back-link", &mut |link| set(link, "href", "#/")),
    }],
};

const BUTTON: Component = Component {
    name: "button",
    takes: &["text", "disabled", "href", "id", "name", "classes=govuk-button--secondary"],
    lacks: &[
        ("isStartButton", "The first page is the first question: nothing is started."),
        ("value", "No form is sent by the browser, so a button's value would reach nobody."),
        ("type", "The main button sends its form; what it does not send is a lesser button."),
        (
            "preventDoubleClick",
            "A second press is not ignored for a second but for as long as something is being sent.",
        ),
    ],
    cannot: |options| {
        let secondary = options.get("classes").is_some_and(|class| class == "govuk-button--secondary");
        if secondary && flag(options, "/disabled") { &[("disabled", "No lesser button is ever off.")] } else { &[] }
    },
    draw: |_, options| {
        let (words, href) = (text(options, "/text"), text(options, "/href"));
        if !href.is_empty() {
            Specimens::link_button(&words, &href)
        } else if options.get("classes").is_some() {
            Specimens::secondary_button(&words)
        } else {
            Specimens::button(&words, flag(options, "/disabled"))
        }
    },
    differs: &[
        Difference {
            reason: "It has no name: no form is sent by the browser, so it would reach nobody.",
            change: |root| {
                root.select(".govuk-button", &mut |button| {
                    button.attributes.remove("name");
                });
            },
        },
        Difference {
            reason: "A lesser button never sends a form.",
            change: |root| root.select(".govuk-button--secondary", &mut |button| set(button, "type", "button")),
        },
    ],
};

const CHARACTER_COUNT: Component = Component {
    name: "character-count",
    takes: &[
        "name",
        "id",
        "maxlength",
        "hint.text",
        "errorMessage.text",
        "value",
        "label.text",
        "label.isPageHeading",
        "label.classes=govuk-label--l",
        "label.classes=govuk-label--m",
        "label.classes=govuk-label--s",
        "label.classes=govuk-label--xl",
    ],
    lacks: &[
        ("rows", "How many lines it has follows from how long the answer may be."),
        ("maxwords", "Limits are of characters: what a backend holds is."),
        ("countType", "Characters are counted as the limit counts them, one a Unicode character."),
        (
            "threshold",
            "Up to 500 characters the count is there from the start; of more, it comes once a fifth is left.",
        ),
        ("textareaDescriptionText", WORDS_OF_SCRIPT),
        ("*UnderLimitText.one", WORDS_OF_SCRIPT),
        ("*UnderLimitText.other", WORDS_OF_SCRIPT),
        ("*AtLimitText", WORDS_OF_SCRIPT),
        ("*OverLimitText.one", WORDS_OF_SCRIPT),
        ("*OverLimitText.other", WORDS_OF_SCRIPT),
        ("spellcheck", "A browser may help with spelling in what people tell at length, as its owner has set it."),
    ],
    cannot: |options| {
        let limited = ["maxlength", "maxwords"].iter().any(|name| options.get(name).is_some());
        if limited { &[] } else { &[("without maxlength", "Every text has a limit.")] }
    },
    draw: |words, options| {
        let max = options.get("maxlength").and_then(Value::as_u64).unwrap_or_default();
        field(words, options, Line::Counted(usize::try_from(max).unwrap()))
    },
    differs: &[],
};

const CHECKBOXES: Component = Component {
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

const DATE_INPUT: Component = Component {
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

const DETAILS: Component = Component {
    name: "details",
    takes: &["summaryText", "text", "open", "id"],
    lacks: &[],
    cannot: anything,
    draw: |_, options| {
        Specimens::details(flag(options, "/open"), &text(options, "/summaryText"), &text(options, "/text"))
    },
    differs: &[],
};

const ERROR_MESSAGE: Component = Component {
    name: "error-message",
    takes: &["text", "id", "visuallyHiddenText"],
    lacks: &[],
    cannot: |options| {
        let removed = options.get("visuallyHiddenText").is_some_and(|words| words == "");
        if removed { &[("visuallyHiddenText", "It is always said that it is an error.")] } else { &[] }
    },
    draw: |words, options| {
        let hidden = text(options, "/visuallyHiddenText");
        let own = if hidden.is_empty() { Vec::new() } else { vec![("error_hidden", [&hidden, ":"].concat())] };
        words.with(&own).error_message("error", &text(options, "/text"))
    },
    differs: &[],
};

const ERROR_SUMMARY: Component = Component {
    name: "error-summary",
    takes: &["titleText", "errorList[].text", "errorList[].href"],
    lacks: &[
        ("descriptionText", "Each entry says what to do; nothing stands between the title and them."),
        ("disableAutoFocus", "It always takes the focus."),
    ],
    cannot: anything,
    draw: |words, options| {
        let errors: Vec<ErrorLine> = list(options, "/errorList")
            .into_iter()
            .map(|error| {
                let target = text(error, "/href").trim_start_matches('#').to_owned();
                ErrorLine { text: text(error, "/text"), target, question: None, at: String::new(), field: None }
            })
            .collect();
        words.with(&[("error_summary", text(options, "/titleText"))]).error_summary(&errors, MessageId::ErrorSummary)
    },
    differs: &[],
};

const EXIT_THIS_PAGE: Component = Component {
    name: "exit-this-page",
    takes: &["redirectUrl"],
    lacks: &[
        (
            "text",
            "What it says is in the files of words, after \u{201c}Emergency\u{201d}, for those who cannot see that it is red.",
        ),
        ("id", "There is one, on every page."),
        ("activatedText", WORDS_OF_SCRIPT),
        ("timedOutText", WORDS_OF_SCRIPT),
        ("pressTwoMoreTimesText", WORDS_OF_SCRIPT),
        ("pressOneMoreTimeText", WORDS_OF_SCRIPT),
    ],
    cannot: anything,
    draw: |words, options| {
        let specimens = words.with(&[]);
        let safety = std::sync::Arc::get_mut(&mut specimens.page.safety).unwrap();
        safety.exit_to = text(options, "/redirectUrl");
        specimens.exit_this_page()
    },
    differs: &[],
};

const FIELDSET: Component = Component {
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

const FILE_UPLOAD: Component = Component {
    name: "file-upload",
    takes: &[
        "name",
        "id",
        "hint.text",
        "errorMessage.text",
        "multiple",
        "attributes.accept",
        "label.text",
        "label.isPageHeading",
        "label.classes=govuk-label--l",
        "label.classes=govuk-label--m",
        "label.classes=govuk-label--s",
        "label.classes=govuk-label--xl",
    ],
    lacks: &[
        (
            "javascript",
            "The field is the browser's own: it works before, and without, any script, and in every language.",
        ),
        ("value", "A browser lets no page say which file is in it."),
        ("describedBy", DESCRIBED_BY),
        ("disabled", DISABLED),
        ("chooseFilesButtonText", "The button and its words are the browser's own."),
        ("dropInstructionText", "The button and its words are the browser's own."),
        ("noFileChosenText", "The button and its words are the browser's own."),
        ("multipleFilesChosenText.one", "The button and its words are the browser's own."),
        ("multipleFilesChosenText.other", "The button and its words are the browser's own."),
        ("enteredDropZoneText", "The button and its words are the browser's own."),
        ("leftDropZoneText", "The button and its words are the browser's own."),
    ],
    cannot: anything,
    draw: |words, options| {
        let label = text(options, "/label/text");
        let (hint, error) = (text(options, "/hint/text"), text(options, "/errorMessage/text"));
        let around = Around { title: title(options, "/label", "govuk-label", &label), hint: "", error: &error };
        let files = FilesControl {
            limits: hint,
            offered: text(options, "/attributes/accept"),
            added: Vec::new(),
            told: String::new(),
        };
        words.with(&[]).file_upload(around, &files)
    },
    differs: &[
        Difference {
            reason: "Its look is our own: the design system's is for the field that its script makes of it.",
            change: |root| {
                root.select(".govuk-file-upload", &mut |field| {
                    field.classes.clear();
                });
            },
        },
        Difference {
            reason: "Several files may be added at once.",
            change: |root| root.select("input", &mut |field| set(field, "multiple", "")),
        },
        Difference {
            reason: "It says which kinds of file are taken.",
            change: |root| {
                root.select("input", &mut |field| {
                    field.attributes.entry("accept".to_owned()).or_default();
                });
            },
        },
    ],
};

const HINT: Component = Component {
    name: "hint",
    takes: &["text", "id"],
    lacks: &[],
    cannot: anything,
    draw: |_, options| Specimens::hint("hint", &text(options, "/text")),
    differs: &[],
};

const INPUT: Component = Component {
    name: "input",
    takes: &[
        "name",
        "id",
        "hint.text",
        "errorMessage.text",
        "value",
        "type",
        "autocomplete",
        "spellcheck=false",
        "label.text",
        "label.isPageHeading",
        "label.classes=govuk-label--l",
        "label.classes=govuk-label--m",
        "label.classes=govuk-label--s",
        "label.classes=govuk-label--xl",
    ],
    lacks: &[
        ("spellcheck", "Names, numbers and addresses are not words to be corrected."),
        ("describedBy", DESCRIBED_BY),
        ("prefix.text", "Nothing is asked for in pounds or kilograms."),
        ("suffix.text", "Nothing is asked for in pounds or kilograms."),
        ("inputmode", "Where another keyboard helps, the type brings it: an email, a telephone number."),
        ("pattern", "What may be typed is told by the answer's own rules, in words."),
        ("autocapitalize", "The type says so: an email has no capitals."),
        ("disabled", DISABLED),
    ],
    cannot: anything,
    draw: |words, options| {
        let kind = match text(options, "/type").as_str() {
            "" => "text",
            kind => kind.to_owned().leak(),
        };
        let autocomplete = text(options, "/autocomplete");
        field(words, options, Line::Input(kind, &autocomplete))
    },
    differs: &[Difference {
        reason: "Names, numbers and addresses are not words to be corrected, nor to be sent to somebody who checks spelling.",
        change: |root| root.select(".govuk-input", &mut |input| set(input, "spellcheck", "false")),
    }],
};

const INSET_TEXT: Component = Component {
    name: "inset-text",
    takes: &["text", "id"],
    lacks: &[],
    cannot: anything,
    draw: |_, options| Specimens::inset_text(&text(options, "/text")),
    differs: &[],
};

const LABEL: Component = Component {
    name: "label",
    takes: &[
        "text",
        "for",
        "isPageHeading",
        "classes=govuk-label--s",
        "classes=govuk-label--m",
        "classes=govuk-label--l",
        "classes=govuk-label--xl",
    ],
    lacks: &[],
    cannot: |options| {
        let empty = options.as_object().is_none_or(serde_json::Map::is_empty);
        if empty { &[("without text", "There is no field without a label.")] } else { &[] }
    },
    draw: |_, options| {
        let (words, field) = (text(options, "/text"), text(options, "/for"));
        Specimens::label(title(options, "", "govuk-label", &words), if field.is_empty() { "field" } else { &field })
    },
    differs: &[Difference {
        reason: "A label always names its field.",
        change: |root| {
            root.select("label", &mut |label| {
                label.attributes.entry("for".to_owned()).or_insert_with(|| "field".to_owned());
            });
        },
    }],
};

const CONFIRMED: &str = "html=Your reference number<br><strong>HDJ2123F</strong>";

const PANEL: Component = Component {
    name: "panel",
    takes: &["titleText", "titleHtml=Application complete", CONFIRMED],
    lacks: &[
        ("text", "What is confirmed has a number to quote, in bold on a line of its own."),
        ("headingLevel", "It is the page's heading."),
        ("actions.items[].text", "The panel confirms; it asks nothing."),
        ("actions.items[].type", "The panel confirms; it asks nothing."),
        ("actions.items[].href", "The panel confirms; it asks nothing."),
    ],
    cannot: |options| {
        let said = ["text", "html"].iter().any(|name| options.get(name).is_some());
        if said { &[] } else { &[("without text", "What is confirmed has a number to quote.")] }
    },
    draw: |_, options| {
        let title = text(options, "/titleText") + &text(options, "/titleHtml");
        let html = text(options, "/html");
        let (said, number) = html.split_once("<br><strong>").unwrap();
        Specimens::panel(&title, said, number.trim_end_matches("</strong>"))
    },
    differs: &[],
};

const RADIOS: Component = Component {
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

const SKIP_LINK: Component = Component {
    name: "skip-link",
    takes: &["text"],
    lacks: &[("href", "There is one, to the page's content.")],
    cannot: anything,
    draw: |words, options| words.with(&[("skip_link", text(options, "/text"))]).skip_link(),
    differs: &[Difference {
        reason: "The page's content has the id `main`.",
        change: |root| root.select(".govuk-skip-link", &mut |link| set(link, "href", "#main")),
    }],
};

const SUMMARY_LIST: Component = Component {
    name: "summary-list",
    takes: &[
        "rows[].key.text",
        "rows[].value.text",
        "rows[].actions.items[].text",
        "rows[].actions.items[].href",
        "rows[].actions.items[].visuallyHiddenText",
    ],
    lacks: &[
        ("card.title.text", "There is one list on a page, under the page's heading."),
        ("card.actions.items[].text", "There is one list on a page, under the page's heading."),
        ("card.actions.items[].href", "There is one list on a page, under the page's heading."),
        ("card.title.headingLevel", "There is one list on a page, under the page's heading."),
    ],
    cannot: |options| {
        let actions: Vec<usize> =
            list(options, "/rows").into_iter().map(|row| list(row, "/actions/items").len()).collect();
        if actions.iter().any(|count| *count > 1) {
            return &[("several actions", "An answer can be changed, and that is all that can be done with it here.")];
        }
        if actions.contains(&1) && actions.contains(&0) {
            return &[("actions of some rows", "Either every answer can be changed, or none.")];
        }
        &[]
    },
    draw: |words, options| {
        let rows: Vec<Row> = list(options, "/rows")
            .into_iter()
            .map(|row| Row {
                question: "specimen".to_owned(),
                label: text(row, "/key/text"),
                lines: vec![text(row, "/value/text")],
            })
            .collect();
        let change = text(options, "/rows/0/actions/items/0/text");
        let own = if change.is_empty() { Vec::new() } else { vec![("change", change.clone())] };
        words.with(&own).summary_list(&rows, !change.is_empty())
    },
    differs: &[Difference {
        reason: "Every link leads to its question, and says of what it is: a colon, and the name of the row as it stands there.",
        change: |root| {
            root.select(".govuk-summary-list__row", &mut |row| {
                let mut name = String::new();
                row.select("dt", &mut |key| name = key.text());
                row.select("a", &mut |link| {
                    set(link, "href", "#/question/specimen");
                    link.children.retain(|child| matches!(child, Node::Text(_)));
                    let said = vec![Node::Text(format!(": {name}"))];
                    link.children.push(Node::Element(Element::new("span", "govuk-visually-hidden", &[], said)));
                });
            });
        },
    }],
};

const TEXTAREA: Component = Component {
    name: "textarea",
    takes: &[
        "name",
        "id",
        "hint.text",
        "errorMessage.text",
        "value",
        "autocomplete",
        "label.text",
        "label.isPageHeading",
        "label.classes=govuk-label--l",
        "label.classes=govuk-label--m",
        "label.classes=govuk-label--s",
        "label.classes=govuk-label--xl",
    ],
    lacks: &[
        ("rows", "An address has five lines; what is told at length has a count, and is compared there."),
        ("describedBy", DESCRIBED_BY),
        ("spellcheck", "As its owner has set it."),
    ],
    cannot: anything,
    draw: |words, options| {
        let autocomplete = text(options, "/autocomplete");
        field(words, options, Line::Textarea(&autocomplete))
    },
    differs: &[],
};
