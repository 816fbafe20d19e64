//! Drafts of a visit: in this tab by default, on the device or in a file where the person asks for that.
//!
//! [`Drafts`](state::Drafts) is the state. [`storing`] writes drafts, [`opening`] finds and opens them, [`tabs`]
//! listens to other tabs.

pub(crate) mod messages;
pub(crate) mod opening;
pub(crate) mod state;
pub(crate) mod storing;
pub(crate) mod tabs;
mod trouble;

pub use crate::drafts::{
    messages::{DraftEffect, DraftEvent, DraftStore, News, NotKept, Secret, StoredDraft},
    state::{
        CHOICE, CHOICES, DEVICE_DAYS, DRAFT_FILE, Drafts, FoundDraft, PASSPHRASE_MIN, SHARED, StoragePlan, TAB_MINUTES,
        Trouble, UnopenedDraft,
    },
};

use crate::{
    effect::{Effect, Focus, on_draft, only},
    model::Model,
};

/// Returns whether an event changes the page. Events while somebody types do not, because a field that is drawn
/// again loses the focus.
pub(crate) fn shows(model: &Model, event: &DraftEvent) -> bool {
    match event {
        DraftEvent::Due | DraftEvent::Pick | DraftEvent::Found(_) | DraftEvent::Elsewhere { .. } => false,
        DraftEvent::Kept(_) | DraftEvent::Sealed { .. } => model.drafts.busy(),
        _ => true,
    }
}

pub(crate) fn update(model: &mut Model, event: DraftEvent) -> Vec<Effect> {
    match event {
        DraftEvent::Found(stored) => opening::found(model, stored),
        DraftEvent::CannotSeal => {
            model.drafts.cannot_seal = true;
            Vec::new()
        }
        DraftEvent::Choose(raw) => storing::choose(model, &raw),
        // Kept at once meanwhile, by an answer.
        DraftEvent::Due if !model.drafts.waiting => Vec::new(),
        DraftEvent::Due => {
            model.drafts.waiting = false;
            storing::keep_now(model)
        }
        DraftEvent::Kept(done) => storing::kept(model, done),
        DraftEvent::Sealed { number, text } if number == model.drafts.number => storing::sealed(model, text),
        DraftEvent::Sealed { .. } => Vec::new(),
        DraftEvent::Open(raw) => opening::open_found(model, &raw),
        DraftEvent::Unsealed(text) => opening::unsealed(model, text),
        DraftEvent::Pick => only(on_draft(DraftEffect::Pick)),
        DraftEvent::Picked(text) => opening::picked(model, text),
        DraftEvent::Close => {
            model.drafts.found = None;
            only(Effect::Focus(Focus::Heading))
        }
        DraftEvent::Delete => storing::delete(model),
        DraftEvent::Elsewhere { visit, news } => tabs::heard(model, &visit, news),
    }
}
