//! Notices to the person, and files that the person saves.

use crate::{
    effect::{Effect, File, only},
    model::Model,
};
use putright_domain::messages::MessageId;

pub(crate) fn save(model: &Model, file: Option<File>) -> Vec<Effect> {
    let Some(file) = file else { return Vec::new() };
    let said = model.bundle.content.fill(MessageId::Saved, &[("file", &file.name)]);
    vec![Effect::Save(file), Effect::Tell(said)]
}

pub(crate) fn tell(model: &Model, word: MessageId) -> Vec<Effect> {
    only(Effect::Tell(model.bundle.content.owned_word(word)))
}
