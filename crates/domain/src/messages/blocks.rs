//! The shapes of words: headings with text, questions, options, signposts, sections.

use super::fill;
use crate::{
    form::mistake::Cause,
    id_enum::{IdMap, id_enum},
    key_map::KeyMap,
};

/// A heading and what stands under it.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TextBlock {
    /// The heading.
    pub title: String,
    /// Paragraphs. `## ` begins a heading and `### ` one below it, `* ` an item of a list, `> ` something set apart;
    /// `[words](address)` is a link. Paragraphs that begin with `>> ` stand in one block, as the words of somebody else.
    #[serde(default)]
    pub body: Vec<String>,
}

/// The words of a question.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct QuestionWords {
    /// The question itself.
    pub title: String,
    /// A shorter name for the check-answers page; the title where it is empty.
    #[serde(default)]
    pub short: String,
    /// For a question that may come several times: which time it is, as in "Point {number}".
    #[serde(default)]
    pub caption: String,
    /// For a page that check answers offers: the words of the link to it.
    #[serde(default)]
    pub add: String,
    /// One sentence without links.
    #[serde(default)]
    pub hint: String,
    /// The text before the question, written as [`TextBlock::body`].
    #[serde(default)]
    pub body: Vec<String>,
    /// Each option's words.
    #[serde(default)]
    pub options: KeyMap<OptionWords>,
    /// The headings of groups of options.
    #[serde(default)]
    pub groups: KeyMap<String>,
    /// Errors in this question's own words.
    #[serde(default)]
    pub errors: IdMap<Cause, String>,
}

/// The words of an option.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OptionWords {
    /// The option.
    pub label: String,
    /// One sentence more.
    #[serde(default)]
    pub hint: String,
    /// The name of a picture beside the words, a file of `pictures/` without its ending; empty for none.
    #[serde(default)]
    pub picture: String,
    /// The flag for an option that indicates danger.
    #[serde(default)]
    pub danger: bool,
}

/// The words of a signpost.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SignpostWords {
    /// The name of the body.
    pub name: String,
    /// The action to take, in a plain sentence.
    pub about: String,
}

/// A section of the guide.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GuideSection {
    /// Its id, for links.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// Written as [`TextBlock::body`]. `{limit:<clock>}` and `{latest:<clock>}` stand for a limit's length. A paragraph
    /// `{promises:<stage>}` stands for what the council promises there, `{exclusions:<effect>}` for that part of its list.
    pub body: Vec<String>,
    /// The flag for a section that is in the leaflet too.
    #[serde(default)]
    pub leaflet: bool,
}

id_enum! {
    /// Reading direction.
    #[derive(Default)]
    Direction { #[default] Ltr = "ltr", Rtl = "rtl" }
}

impl TextBlock {
    /// The same with values in the place of `{name}`.
    #[must_use]
    pub fn fill(&self, values: &[(&str, &str)]) -> Self {
        Self { title: fill(&self.title, values), body: self.body.iter().map(|text| fill(text, values)).collect() }
    }
}
