//! How a page looks to one person: a need, kept for the visit and nowhere else.

use crate::id_enum::id_enum;

id_enum! {
    /// How large text is.
    #[derive(Default)]
    TextSize { #[default] Normal = "normal", Large = "large", Larger = "larger" }
}
id_enum! {
    /// How far apart letters, words and lines are.
    #[derive(Default)]
    Spacing { #[default] Normal = "normal", Wide = "wide" }
}
id_enum! {
    /// The colour behind the text.
    #[derive(Default)]
    Background { #[default] White = "white", Cream = "cream", Dark = "dark" }
}

/// The display settings that a person has chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DisplaySettings {
    /// How large text is.
    pub text: TextSize,
    /// How far apart it is.
    pub spacing: Spacing,
    /// The colour behind the text.
    pub background: Background,
}
