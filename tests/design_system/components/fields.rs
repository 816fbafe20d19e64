//! Fields of text, and of files.

use super::{Component, DESCRIBED_BY, DISABLED, Difference, WORDS_OF_SCRIPT, anything, set, title};
use crate::{options::text, site::Words};
use putright::ui::examples::{Around, Specimens, TextControl};
use putright_app::view_model::FilesControl;
use serde_json::Value;

fn field(words: &mut Words, options: &Value, line: TextControl) -> String {
    let label = text(options, "/label/text");
    let (hint, error) = (text(options, "/hint/text"), text(options, "/errorMessage/text"));
    let around = Around { title: title(options, "/label", "govuk-label", &label), hint: &hint, error: &error };
    words.with(&[]).field(around, line, &text(options, "/value"))
}

pub(super) const CHARACTER_COUNT: Component = Component {
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
        field(words, options, TextControl::Counted(usize::try_from(max).unwrap()))
    },
    differs: &[],
};

pub(super) const FILE_UPLOAD: Component = Component {
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

pub(super) const HINT: Component = Component {
    name: "hint",
    takes: &["text", "id"],
    lacks: &[],
    cannot: anything,
    draw: |_, options| Specimens::hint("hint", &text(options, "/text")),
    differs: &[],
};

pub(super) const INPUT: Component = Component {
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
        field(words, options, TextControl::Input(kind, &autocomplete))
    },
    differs: &[Difference {
        reason: "Names, numbers and addresses are not words to be corrected, nor to be sent to somebody who checks spelling.",
        change: |root| root.select(".govuk-input", &mut |input| set(input, "spellcheck", "false")),
    }],
};

pub(super) const LABEL: Component = Component {
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

pub(super) const TEXTAREA: Component = Component {
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
        field(words, options, TextControl::Textarea(&autocomplete))
    },
    differs: &[],
};
