//! The events and effects of drafts, and the texts that pass between the app and the browser.

use std::fmt;

use putright_domain::{
    draft::encryption::{Header, Sealed},
    form::answer::FormInput,
};

/// A text that a person wrote, or their passphrase. `Debug` does not print it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// A browser store for a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftStore {
    /// For as long as the tab is open.
    Tab,
    /// On the device.
    Device,
}

/// Why the browser did not keep it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotKept {
    /// It may not.
    Forbidden,
    /// There is no room.
    Full,
    /// It was kept and is there no more: somebody deleted it, in another tab perhaps.
    Gone,
    /// Another tab has kept something since, which is not overwritten.
    Newer,
}

/// An event about a draft.
#[derive(Clone, Debug)]
pub enum DraftEvent {
    /// The browser held one when the app started.
    Found(StoredDraft),
    /// The browser cannot lock anything: the page did not come by https.
    CannotSeal,
    /// The person chose whether to keep it: one of [`CHOICES`], and a passphrase or none.
    Choose(FormInput),
    /// The pause after typing is over.
    Due,
    /// The result of an attempt to store the draft.
    Kept(Result<(), NotKept>),
    /// It is locked; `None` where that could not be done.
    Sealed {
        /// The number that identifies this locking.
        number: u32,
        /// A [`Sealed`], as text.
        text: Option<Secret>,
    },
    /// The person asked to open the draft that was found, with the passphrase if it has one.
    Open(FormInput),
    /// It is unlocked; `None` where the passphrase is wrong.
    Unsealed(Option<Secret>),
    /// A file was chosen.
    Pick,
    /// The text of the chosen file. `None` if it could not be read.
    Picked(Option<Secret>),
    /// The person asked to close a draft that was opened from a file.
    Close,
    /// "Do not keep" or "Delete it now" was pressed.
    Delete,
    /// Another tab reported about a visit.
    Elsewhere {
        /// The number of the visit.
        visit: String,
        /// The report.
        news: News,
    },
}

/// A text in one of the browser's stores when the app starts.
#[derive(Clone, Debug)]
pub struct StoredDraft {
    /// The store.
    pub place: DraftStore,
    /// The text.
    pub text: Secret,
    /// Minutes since it was written; 0 on the device, where a draft has its last day in it.
    pub minutes: u32,
    /// True if this start is a reload, or the return of a tab that the browser had discarded.
    pub resumes: bool,
}

/// A report between the tabs of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// A tab has opened the draft of a visit.
    Opened,
    /// A tab has written to it.
    Wrote,
    /// A tab has deleted it.
    Deleted,
}

impl News {
    const ALL: [Self; 3] = [Self::Opened, Self::Wrote, Self::Deleted];

    /// Returns the word that stands for it between tabs.
    pub fn id(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Wrote => "wrote",
            Self::Deleted => "deleted",
        }
    }

    /// Parses that word.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|news| news.id() == id)
    }
}

/// An effect on a draft, for the browser to carry out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftEffect {
    /// Keep it here and nowhere else, and tell what came of it.
    Keep {
        /// The store.
        place: DraftStore,
        /// True if the store must already hold a draft.
        again: bool,
        /// The text of the draft.
        text: Secret,
    },
    /// Delete whatever is kept.
    Drop,
    /// Delete what is kept in one place.
    Forget(DraftStore),
    /// Remember in this tab that the question "Go on, or start again?" is open, so that a reload asks it again.
    Ask,
    /// Tell the other tabs about this visit.
    Tell {
        /// The number of the visit.
        visit: String,
        /// The report.
        news: News,
    },
    /// Delete what this tab has kept or opened, and nothing that another tab has written since.
    DropOwn,
    /// Tell when a short while is over.
    Soon,
    /// Lock it, and tell.
    Seal {
        /// The number that identifies this locking.
        number: u32,
        /// With what.
        passphrase: Secret,
        /// The header of the locked draft.
        header: Header,
        /// The text of the draft.
        text: Secret,
    },
    /// Unlock it, and tell.
    Unseal {
        /// With what.
        passphrase: Secret,
        /// The locked draft.
        sealed: Box<Sealed>,
    },
    /// Read the file that was chosen, and tell.
    Pick,
}
