//! The changes to a site that make the mistakes.

/// The file of the council.
pub const BROMLEY: &str = "councils/bromley.json";
/// The file of the words for adults.
pub const ADULT: &str = "content/en/adult.json";
/// A mistake, the change that makes it, and words that its message must have.
pub type Mistake = (&'static str, Change, &'static str);

/// A change to the site.
pub enum Change {
    /// Puts a text in the place of another, at its first place in a file.
    Text(&'static str, &'static str, &'static str),
    /// Writes a file.
    Bytes(&'static str, fn(&str) -> Vec<u8>),
    /// Puts a logo into the folder of the council's look, which names `logo.svg`.
    Logo(&'static str, &'static [u8]),
    /// Moves a file.
    Move(&'static str, &'static str),
    /// Names a folder that is not the site's.
    Folder(&'static str),
}

/// A logo.
pub const DRAWING: &[u8] =
    b"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\"><path d=\"M0 0h8v8z\"/></svg>";
