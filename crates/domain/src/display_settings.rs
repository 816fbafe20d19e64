//! How a page looks to one person: a need, kept for the visit and nowhere else.

use crate::id_enum::vocabulary;

vocabulary! {
    /// How large text is.
    #[derive(Default)]
    TextSize { #[default] Normal = "normal", Large = "large", Larger = "larger" }
}
vocabulary! {
    /// How far apart letters, words and lines are.
    #[derive(Default)]
    Spacing { #[default] Normal = "normal", Wide = "wide" }
}
vocabulary! {
    /// What is behind the text.
    #[derive(Default)]
    Background { #[default] White = "white", Cream = "cream", Dark = "dark" }
}

/// What a person has chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// How large text is.
    pub text: TextSize,
    /// How far apart it is.
    pub spacing: Spacing,
    /// What is behind it.
    pub background: Background,
}
