//! Drafts of a visit: in this tab by default, on the device or in a file where the person asks for that.
//!
//! [`Keeping`] is the state, [`DraftEvent`] and [`DraftEffect`] pass between it and the browser. `storing` writes drafts,
//! `opening` finds and opens them, `others` listens to other tabs.

mod opening;
mod others;
mod storing;

use std::fmt;

use crate::model::{Effect, Focus, Model, only};
use putright_domain::{
    bundle::FIRST_REGISTER,
    date::Date,
    draft::{
        Cause, Opened,
        confirmation::SentRecord,
        encryption::{Header, Sealed},
    },
    form::answer::FormInput,
    guidance::facts::ids,
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
pub enum Place {
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
    Found(Stored),
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
pub struct Stored {
    /// The store.
    pub place: Place,
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
        place: Place,
        /// True if the store must already hold a draft.
        again: bool,
        /// The text of the draft.
        text: Secret,
    },
    /// Delete whatever is kept.
    Drop,
    /// Delete what is kept in one place.
    Forget(Place),
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
    Unreadable(Cause),
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
            Self::Unreadable(Cause::Expired) => MessageId::DraftExpired,
            Self::Unreadable(Cause::OtherCouncil) => MessageId::DraftOtherCouncil,
            Self::Unreadable(Cause::OtherVersion) => MessageId::DraftOtherVersion,
            Self::Unreadable(Cause::Damaged) => MessageId::DraftDamaged,
        }
    }
}

/// How it is kept.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The store.
    pub place: Place,
    /// The last day.
    pub until: Option<Date>,
    /// Empty for none.
    pub passphrase: Secret,
}

impl Plan {
    /// In this tab, as nobody need ask for.
    fn tab() -> Self {
        Self { place: Place::Tab, until: None, passphrase: Secret(String::new()) }
    }
}

/// A draft that is there and has not been opened.
#[derive(Clone, Debug)]
pub struct Found {
    /// The store that holds it. `None` for a file.
    pub place: Option<Place>,
    /// The state of the draft.
    pub what: What,
}

/// The state of a draft that has not been opened.
#[derive(Clone, Debug)]
pub enum What {
    /// It can be opened.
    Open(Opened),
    /// It can be unlocked.
    Locked(Box<Sealed>),
    /// It can be neither.
    Bad(Cause),
}

/// How far keeping has come.
#[derive(Debug, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own, and each has its day")]
pub struct Keeping {
    /// How it is kept; `None` where nothing is.
    pub plan: Option<Plan>,
    /// The person has said that nothing is to be kept.
    off: bool,
    /// How it is to be kept, while that is tried.
    wanted: Option<Plan>,
    /// The choice made last, with its boxes.
    pub chosen: FormInput,
    /// A draft that is there and not opened.
    pub found: Option<Found>,
    /// The last problem.
    pub trouble: Option<Trouble>,
    /// True if the browser cannot encrypt.
    pub cannot_seal: bool,
    /// Another tab has the same visit open, and may be ahead of this one.
    pub older: bool,
    /// The confirmation of an earlier load of this page.
    pub record: Option<Box<SentRecord>>,
    /// The passphrase that is being tried.
    unlocking: Option<Secret>,
    /// A file is being locked.
    filing: bool,
    /// True if the answers are saved in a file and have not changed since.
    filed: bool,
    /// A pause after typing has begun.
    waiting: bool,
    /// Counts what is locked: the last counts.
    number: u32,
    /// The last page of the form.
    pub(super) form: Route,
    /// A text from another register, while the questions and words of that register are fetched.
    elsewhere: Option<Elsewhere>,
    /// The words of its register could not be had: it is read with those that are here.
    in_any_words: bool,
}

/// A text from another register.
#[derive(Debug)]
enum Elsewhere {
    Stored(Stored),
    Picked(Secret),
    Unlocked { text: Secret, passphrase: Secret },
}

impl Keeping {
    /// The state of a visit in the words of a register: adults' drafts stay in the tab, young people's nowhere.
    pub(super) fn new(register: &str) -> Self {
        Self { plan: (register == FIRST_REGISTER).then(Plan::tab), ..Self::default() }
    }

    /// Returns whether a draft is being locked or unlocked while the person waits.
    pub fn busy(&self) -> bool {
        self.wanted.is_some() || self.filing || self.unlocking.is_some()
    }

    /// Returns whether the person must first decide whether to go on with a draft that the browser held.
    pub fn asks(&self) -> bool {
        self.found.as_ref().is_some_and(|found| found.place.is_some() && !matches!(found.what, What::Bad(_)))
    }

    /// Forgets all but what the browser can do, and that nothing is to be kept.
    pub(super) fn forget(&mut self, register: &str) {
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

fn errand(command: DraftEffect) -> Effect {
    Effect::Draft(command)
}

impl Model {
    /// Returns whether an event changes the page. Events while somebody types do not, because a field that is drawn
    /// again loses the focus.
    pub(super) fn draft_shows(&self, event: &DraftEvent) -> bool {
        match event {
            DraftEvent::Due | DraftEvent::Pick | DraftEvent::Found(_) | DraftEvent::Elsewhere { .. } => false,
            DraftEvent::Kept(_) | DraftEvent::Sealed { .. } => self.keeping.busy(),
            _ => true,
        }
    }

    /// How far keeping has come.
    pub fn keeping(&self) -> &Keeping {
        &self.keeping
    }

    /// The page of the form that the person was on last.
    pub fn form_page(&self) -> &Route {
        &self.keeping.form
    }

    /// Returns whether the words are for young people.
    pub fn is_for_the_young(&self) -> bool {
        self.bundle.content.register != FIRST_REGISTER
    }

    /// Returns whether "Save for later" may be offered. Young people see it only once they have said that they are
    /// safe.
    pub fn may_offer_keeping(&self) -> bool {
        !self.is_for_the_young() || self.answers.get(ids::SAFE_NOW).is_some_and(|answer| answer.has("yes"))
    }

    pub(super) fn draft(&mut self, event: DraftEvent) -> Vec<Effect> {
        match event {
            DraftEvent::Found(stored) => self.found(stored),
            DraftEvent::CannotSeal => {
                self.keeping.cannot_seal = true;
                Vec::new()
            }
            DraftEvent::Choose(raw) => self.choose(&raw),
            // Kept at once meanwhile, by an answer.
            DraftEvent::Due if !self.keeping.waiting => Vec::new(),
            DraftEvent::Due => {
                self.keeping.waiting = false;
                self.keep_now()
            }
            DraftEvent::Kept(done) => self.kept(done),
            DraftEvent::Sealed { number, text } if number == self.keeping.number => self.sealed(text),
            DraftEvent::Sealed { .. } => Vec::new(),
            DraftEvent::Open(raw) => self.open_found(&raw),
            DraftEvent::Unsealed(text) => self.unsealed(text),
            DraftEvent::Pick => only(errand(DraftEffect::Pick)),
            DraftEvent::Picked(text) => self.picked(text),
            DraftEvent::Close => {
                self.keeping.found = None;
                only(Effect::Focus(Focus::Heading))
            }
            DraftEvent::Delete => self.delete(),
            DraftEvent::Elsewhere { visit, news } => self.heard(&visit, news),
        }
    }

    /// Says what went wrong: on the page of drafts where it is asked about, elsewhere in passing.
    fn trouble(&mut self, trouble: Trouble) -> Vec<Effect> {
        self.keeping.trouble = Some(trouble);
        self.keeping.unlocking = None;
        self.keeping.filing = false;
        if self.route == Route::Draft { only(Effect::Focus(Focus::Summary)) } else { self.tell(trouble.word()) }
    }
}
