//! The letter on its page, which the person may have changed.

use crate::{
    effect::File,
    model::Model,
    view_model::{input, letter},
};
use putright_domain::{documents::letter::LetterKind, form::answer::Field, guidance::facts::ids};

/// Returns whether the letter can be sent from here, and whether the person has changed it.
pub(crate) fn letter_state(model: &Model) -> (bool, bool) {
    let kind = LetterKind::for_advice(&model.advice());
    let written = input::input(model, ids::LETTER);
    let changed = letter::letter(model).is_some_and(|letter| letter.text != written.field(Field::Text).trim());
    (kind.is_some_and(LetterKind::is_for_the_council), changed)
}

/// Returns the letter on the page as a file; with where to send it at its end, unless it goes into another text.
pub fn letter_file(model: &Model, send_to: bool) -> Option<File> {
    let letter = letter::letter(model)?;
    let mut text = letter_on_page(model)?;
    if send_to {
        text.extend(["\n\n", &letter.send_to]);
    }
    // The title may be long; a file's name had better be plain.
    let name = [&letter.title, ".txt"].concat();
    Some(File { name, media_type: "text/plain;charset=utf-8", text: text.replace('\n', "\r\n") })
}

/// The letter as it stands on the page: as far as it has been typed, or as the answers make it.
fn letter_on_page(model: &Model) -> Option<String> {
    let letter = letter::letter(model)?;
    let written = input::input(model, ids::LETTER);
    let written = written.field(Field::Text);
    Some(if written.is_empty() { letter.text } else { written.to_owned() })
}
