//! The events and effects of photos and files.

use putright_domain::delivery::attachments::PickedFile;

/// An event about photos and files.
#[derive(Clone, Debug)]
pub enum FilesEvent {
    /// Some were picked.
    Picked,
    /// This is what they are.
    Found(Vec<PickedFile>),
    /// One is ready: how long it is now; `None` where it could not be read or drawn.
    Ready {
        /// The number of the file.
        id: u32,
        /// How long.
        bytes: Option<u32>,
    },
    /// Remove was pressed beside one.
    Remove(u32),
}

/// An effect on photos and files, for the browser to carry out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilesEffect {
    /// Take what was picked, and tell what it is.
    Take,
    /// Make one ready to be sent, and tell.
    Prepare {
        /// The number of the file.
        id: u32,
        /// The media type that the file must have.
        media_type: &'static str,
        /// True for a photo, which the browser draws again.
        photo: bool,
    },
    /// Let one go.
    Forget(u32),
    /// Let all go.
    ForgetAll,
    /// Draw the list again, what is said of it and of drafts, and nothing else of the page: a field keeps the focus.
    Show,
}
