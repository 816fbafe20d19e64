//! The part of a [`Model`](crate::model::Model) about drafts.

use crate::drafts::messages::{DraftStore, NotKept, Secret, StoredDraft};
use putright_domain::{
    bundle::FIRST_REGISTER,
    date::Date,
    draft::{DraftError, Opened, confirmation::SentRecord, encryption::Sealed},
    form::answer::FormInput,
    messages::MessageId,
    route::Route,
};

/// The name of the group of choices on the page of drafts. No question has it.
pub const CHOICE: &str = "draft";

/// The choices of "Save for later".
pub const CHOICES: [&str; 3] = ["tab", "device", "file"];

/// The box that says that other people use this device.
pub const SHARED: &str = "shared";

/// The days that a draft stays on the device.
pub const DEVICE_DAYS: u32 = 7;

/// The minutes after which a draft in a tab is deleted unopened, counted from when it was last written.
pub const TAB_MINUTES: u32 = 60;

/// The id of the field for a file.
pub const DRAFT_FILE: &str = "draft-file";

/// The fewest characters of a passphrase.
pub const PASSPHRASE_MIN: usize = 8;

/// A problem with a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// There is no passphrase.
    NoPassphrase,
    /// It is too short.
    ShortPassphrase,
    /// It does not unlock it.
    WrongPassphrase,
    /// The browser cannot lock and unlock.
    CannotSeal,
    /// The browser did not keep it.
    NotKept(NotKept),
    /// It cannot be opened.
    Unreadable(DraftError),
    /// It was in the tab for more than [`TAB_MINUTES`].
    Stale,
}

impl Trouble {
    /// Its word.
    pub fn word(self) -> MessageId {
        match self {
            Self::NoPassphrase => MessageId::DraftNoPassphrase,
            Self::ShortPassphrase => MessageId::DraftShortPassphrase,
            Self::WrongPassphrase => MessageId::DraftWrongPassphrase,
            Self::CannotSeal => MessageId::DraftCannotSeal,
            Self::NotKept(NotKept::Forbidden) => MessageId::DraftForbidden,
            Self::NotKept(NotKept::Full) => MessageId::DraftFull,
            Self::NotKept(NotKept::Gone) => MessageId::DraftGone,
            Self::NotKept(NotKept::Newer) => MessageId::DraftNewer,
            Self::Stale => MessageId::DraftStale,
            Self::Unreadable(DraftError::Expired) => MessageId::DraftExpired,
            Self::Unreadable(DraftError::OtherCouncil) => MessageId::DraftOtherCouncil,
            Self::Unreadable(DraftError::OtherVersion) => MessageId::DraftOtherVersion,
            Self::Unreadable(DraftError::Damaged) => MessageId::DraftDamaged,
        }
    }
}

/// How it is kept.
#[derive(Clone, Debug)]
pub struct StoragePlan {
    /// The store.
    pub place: DraftStore,
    /// The last day.
    pub until: Option<Date>,
    /// Empty for none.
    pub passphrase: Secret,
}

impl StoragePlan {
    /// In this tab, as nobody need ask for.
    pub(super) fn tab() -> Self {
        Self { place: DraftStore::Tab, until: None, passphrase: Secret(String::new()) }
    }
}

/// A draft that is there and has not been opened.
#[derive(Clone, Debug)]
pub struct FoundDraft {
    /// The store that holds it. `None` for a file.
    pub place: Option<DraftStore>,
    /// The state of the draft.
    pub what: UnopenedDraft,
}

/// The state of a draft that has not been opened.
#[derive(Clone, Debug)]
pub enum UnopenedDraft {
    /// It can be opened.
    Open(Opened),
    /// It can be unlocked.
    Locked(Box<Sealed>),
    /// It can be neither.
    Bad(DraftError),
}

/// The part of a model about drafts.
#[derive(Debug, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own, and each has its day")]
pub struct Drafts {
    /// How it is kept; `None` where nothing is.
    pub plan: Option<StoragePlan>,
    /// The person has said that nothing is to be kept.
    pub(super) off: bool,
    /// How it is to be kept, while that is tried.
    pub(super) wanted: Option<StoragePlan>,
    /// The choice made last, with its boxes.
    pub chosen: FormInput,
    /// A draft that is there and not opened.
    pub found: Option<FoundDraft>,
    /// The last problem.
    pub trouble: Option<Trouble>,
    /// True if the browser cannot encrypt.
    pub cannot_seal: bool,
    /// Another tab has the same visit open, and may be ahead of this one.
    pub older: bool,
    /// The confirmation of an earlier load of this page.
    pub record: Option<Box<SentRecord>>,
    /// The passphrase that is being tried.
    pub(super) unlocking: Option<Secret>,
    /// A file is being locked.
    pub(super) filing: bool,
    /// True if the answers are saved in a file and have not changed since.
    pub(super) filed: bool,
    /// A pause after typing has begun.
    pub(super) waiting: bool,
    /// Counts what is locked: the last counts.
    pub(super) number: u32,
    /// The last page of the form.
    pub(crate) form: Route,
    /// A text from another register, while the questions and words of that register are fetched.
    pub(super) elsewhere: Option<Elsewhere>,
    /// The words of its register could not be had: it is read with those that are here.
    pub(super) in_any_words: bool,
}

/// A text from another register.
#[derive(Debug)]
pub(crate) enum Elsewhere {
    Stored(StoredDraft),
    Picked(Secret),
    Unlocked { text: Secret, passphrase: Secret },
}

impl Drafts {
    /// The state of a visit in the words of a register: adults' drafts stay in the tab, young people's nowhere.
    pub(crate) fn new(register: &str) -> Self {
        Self { plan: (register == FIRST_REGISTER).then(StoragePlan::tab), ..Self::default() }
    }

    /// Returns whether a draft is being locked or unlocked while the person waits.
    pub fn busy(&self) -> bool {
        self.wanted.is_some() || self.filing || self.unlocking.is_some()
    }

    /// Returns whether the person must first decide whether to go on with a draft that the browser held.
    pub fn asks(&self) -> bool {
        self.found.as_ref().is_some_and(|found| found.place.is_some() && !matches!(found.what, UnopenedDraft::Bad(_)))
    }

    /// Forgets all but what the browser can do, and that nothing is to be kept.
    pub(crate) fn forget(&mut self, register: &str) {
        let plan = if self.off { None } else { Self::new(register).plan };
        *self = Self {
            plan,
            off: self.off,
            cannot_seal: self.cannot_seal,
            number: self.number.wrapping_add(1),
            ..Self::default()
        };
    }
}
