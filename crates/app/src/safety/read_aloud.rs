//! Reading a page aloud.

use crate::{
    effect::{Effect, only},
    model::Model,
    safety::state::Voice,
    view_model,
};

pub(crate) fn read_aloud(model: &mut Model) -> Vec<Effect> {
    let texts = view_model::page(model).spoken();
    if model.safety.voice == Voice::None || texts.is_empty() {
        return Vec::new();
    }
    model.safety.voice = Voice::Speaking;
    only(Effect::Speak { texts, language: model.bundle.content.language.clone() })
}

pub(crate) fn stop_reading(model: &mut Model) -> Vec<Effect> {
    if model.safety.voice != Voice::Speaking {
        return Vec::new();
    }
    model.safety.voice = Voice::Ready;
    only(Effect::Silence)
}

/// Voices come and go: what is being read is not cut off for it.
pub(crate) fn voices(model: &mut Model, there: bool) -> Vec<Effect> {
    model.safety.voice = match (there, model.safety.voice) {
        (true, Voice::Speaking) => Voice::Speaking,
        (true, _) => Voice::Ready,
        (false, _) => Voice::None,
    };
    Vec::new()
}
