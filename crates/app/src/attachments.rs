//! Photos and files. One is prepared at a time, none is lost, and each refused file is reported.
//!
//! File contents never come here. The browser stores them under a number, and makes photos smaller.

mod adding;
pub(crate) mod held;
pub(crate) mod messages;
pub(crate) mod state;

pub use crate::attachments::{
    messages::{FilesEffect, FilesEvent},
    state::{FILES_FIELD, FILES_LIST, FilesSaid, Refused},
};

use crate::{
    effect::{Effect, on_files, only},
    model::Model,
};

#[inline(never)]
pub(crate) fn update(model: &mut Model, event: FilesEvent) -> Vec<Effect> {
    match event {
        FilesEvent::Picked => {
            model.attachments.taking = model.attachments.taking.saturating_add(1);
            only(on_files(FilesEffect::Take))
        }
        FilesEvent::Found(found) => adding::files_found(model, found),
        FilesEvent::Ready { id, bytes } => adding::file_ready(model, id, bytes),
        FilesEvent::Remove(id) => adding::remove_file(model, id),
    }
}
