//! The components that have a counterpart: which of its options they take, how ours is drawn from them, and where it differs.
//!
//! A fixture with an option that ours lacks is not applicable, for the reason given here once an option. Where ours differs, the
//! difference is spelled out as a change to the expected HTML, so that all the rest of it is still compared.

mod choices;
mod fields;
mod page;

use super::{options::flag, site::Words, tree::Element};
use choices::{CHECKBOXES, DATE_INPUT, FIELDSET, RADIOS};
use fields::{CHARACTER_COUNT, FILE_UPLOAD, HINT, INPUT, LABEL, TEXTAREA};
use page::{
    BACK_LINK, BUTTON, DETAILS, ERROR_MESSAGE, ERROR_SUMMARY, EXIT_THIS_PAGE, INSET_TEXT, PANEL, SKIP_LINK,
    SUMMARY_LIST,
};
use putright::ui::examples::Title;
use serde_json::Value;

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
