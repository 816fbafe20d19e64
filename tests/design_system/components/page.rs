//! Parts of a page that are no fields.

use super::{Component, Difference, WORDS_OF_SCRIPT, anything, set};
use crate::{
    options::{flag, list, text},
    tree::{Element, Node},
};
use putright::ui::examples::Specimens;
use putright_app::view_model::{ErrorLine, Row};
use putright_domain::messages::MessageId;

pub(super) const BACK_LINK: Component = Component {
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

pub(super) const BUTTON: Component = Component {
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

pub(super) const DETAILS: Component = Component {
    name: "details",
    takes: &["summaryText", "text", "open", "id"],
    lacks: &[],
    cannot: anything,
    draw: |_, options| {
        Specimens::details(flag(options, "/open"), &text(options, "/summaryText"), &text(options, "/text"))
    },
    differs: &[],
};

pub(super) const ERROR_MESSAGE: Component = Component {
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

pub(super) const ERROR_SUMMARY: Component = Component {
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

pub(super) const EXIT_THIS_PAGE: Component = Component {
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

pub(super) const INSET_TEXT: Component = Component {
    name: "inset-text",
    takes: &["text", "id"],
    lacks: &[],
    cannot: anything,
    draw: |_, options| Specimens::inset_text(&text(options, "/text")),
    differs: &[],
};

const CONFIRMED: &str = "html=Your reference number<br><strong>HDJ2123F</strong>";

pub(super) const PANEL: Component = Component {
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

pub(super) const SKIP_LINK: Component = Component {
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

pub(super) const SUMMARY_LIST: Component = Component {
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
