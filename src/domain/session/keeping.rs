//! The part of a visit that keeps what was written, where the person asked for that, and nothing before they did.

use std::fmt;

use super::{Attempt, Command, Focus, Sent, Session, files::FilesCommand};
use crate::domain::{
    content::Word,
    date::Date,
    delivery::courier::Courier,
    journey::{
        answer::{Answers, Field, Raw},
        question::count_characters,
    },
    key_map::KeyMap,
    route::Route,
    screen::File,
    submission::{
        draft::{Cause, Draft, Opened},
        sealed::{Header, Sealed},
    },
};

/// The name of the group of choices on the page of drafts. No question has it.
pub const CHOICE: &str = "draft";
/// The choices: what is kept, where, and for how many days.
pub const CHOICES: [&str; 6] = ["nothing", "tab", "device_1", "device_7", "device_30", "file"];
/// The id of the field for a file.
pub const DRAFT_FILE: &str = "draft-file";
/// The fewest characters of a passphrase.
pub const PASSPHRASE_MIN: usize = 8;

/// What a person wrote, or their passphrase. `Debug` does not print it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Where the browser keeps a draft.
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

/// What happened to a draft.
#[derive(Clone, Debug)]
pub enum DraftEvent {
    /// One was there when the app started.
    Found {
        /// Where.
        place: Place,
        /// What.
        text: Secret,
    },
    /// The browser cannot lock anything: the page did not come by https.
    CannotSeal,
    /// The person chose whether to keep it: one of [`CHOICES`], and a passphrase or none.
    Choose(Raw),
    /// The pause after typing is over.
    Due,
    /// What came of keeping it.
    Kept(Result<(), NotKept>),
    /// It is locked; `None` where that could not be done.
    Sealed {
        /// Which.
        number: u32,
        /// A [`Sealed`], as text.
        text: Option<Secret>,
    },
    /// What was found is to be opened, with the passphrase, if it has one.
    Open(Raw),
    /// It is unlocked; `None` where the passphrase is wrong.
    Unsealed(Option<Secret>),
    /// A file was chosen.
    Pick,
    /// What is in it; `None` where it could not be read.
    Picked(Option<Secret>),
    /// What was opened from a file is to be put away.
    Close,
    /// What is kept is to be deleted.
    Delete,
}

/// What the browser does with a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftCommand {
    /// Keep it here and nowhere else, and tell what came of it.
    Keep {
        /// Where.
        place: Place,
        /// Whether one must be there already.
        again: bool,
        /// What.
        text: Secret,
    },
    /// Delete whatever is kept.
    Drop,
    /// Delete what this tab has kept or opened, and nothing that another tab has written since.
    DropOwn,
    /// Tell when a short while is over.
    Soon,
    /// Lock it, and tell.
    Seal {
        /// Which.
        number: u32,
        /// With what.
        passphrase: Secret,
        /// What stands on it.
        header: Header,
        /// What.
        text: Secret,
    },
    /// Unlock it, and tell.
    Unseal {
        /// With what.
        passphrase: Secret,
        /// What.
        sealed: Box<Sealed>,
    },
    /// Read the file that was chosen, and tell.
    Pick,
}

/// What went wrong with a draft.
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
}

impl Trouble {
    /// Its word.
    pub fn word(self) -> Word {
        match self {
            Self::NoPassphrase => Word::DraftNoPassphrase,
            Self::ShortPassphrase => Word::DraftShortPassphrase,
            Self::WrongPassphrase => Word::DraftWrongPassphrase,
            Self::CannotSeal => Word::DraftCannotSeal,
            Self::NotKept(NotKept::Forbidden) => Word::DraftForbidden,
            Self::NotKept(NotKept::Full) => Word::DraftFull,
            Self::NotKept(NotKept::Gone) => Word::DraftGone,
            Self::NotKept(NotKept::Newer) => Word::DraftNewer,
            Self::Unreadable(Cause::Expired) => Word::DraftExpired,
            Self::Unreadable(Cause::OtherCouncil) => Word::DraftOtherCouncil,
            Self::Unreadable(Cause::OtherVersion) => Word::DraftOtherVersion,
            Self::Unreadable(Cause::Damaged) => Word::DraftDamaged,
        }
    }
}

/// How it is kept.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Where.
    pub place: Place,
    /// The last day.
    pub until: Option<Date>,
    /// Empty for none.
    pub passphrase: Secret,
}

/// A draft that is there and has not been opened.
#[derive(Clone, Debug)]
pub struct Found {
    /// Where it is kept; `None` for a file.
    pub place: Option<Place>,
    /// What it is.
    pub what: What,
}

/// What was found.
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
    /// How it is to be kept, while that is tried.
    wanted: Option<Plan>,
    /// What was chosen last; empty for nothing.
    pub chosen: String,
    /// What is there, not opened.
    pub found: Option<Found>,
    /// What went wrong.
    pub trouble: Option<Trouble>,
    /// Whether the browser cannot lock.
    pub cannot_seal: bool,
    /// What is being unlocked with.
    unlocking: Option<Secret>,
    /// A file is being locked.
    filing: bool,
    /// What was written is in a file, and nothing has been written since.
    filed: bool,
    /// A pause after typing has begun.
    waiting: bool,
    /// Counts what is locked: the last counts.
    number: u32,
    /// The last page of the form.
    pub(super) form: Route,
    /// What was written in another register, while that one's questions and words are fetched.
    elsewhere: Option<Elsewhere>,
    /// The words of its register could not be had: it is read with those that are here.
    in_any_words: bool,
}

/// A draft of another register.
#[derive(Debug)]
struct Elsewhere {
    text: Secret,
    place: Option<Place>,
    unlocked_with: Option<Secret>,
}

impl Keeping {
    /// Whether it is being locked or unlocked for somebody who waits.
    pub fn busy(&self) -> bool {
        self.wanted.is_some() || self.filing || self.unlocking.is_some()
    }

    /// Forgets all but what the browser can do.
    pub(super) fn forget(&mut self) {
        *self = Self { cannot_seal: self.cannot_seal, number: self.number.wrapping_add(1), ..Self::default() };
    }
}

fn errand(command: DraftCommand) -> Command {
    Command::Draft(command)
}

impl Session {
    /// Whether an event changes the page. Not while somebody types: what is drawn again loses the focus.
    pub(super) fn draft_shows(&self, event: &DraftEvent) -> bool {
        match event {
            DraftEvent::Due | DraftEvent::Pick => false,
            // Before the first page is drawn; later, another tab has kept something while somebody types.
            DraftEvent::Found { .. } => self.route == Route::Draft,
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

    pub(super) fn draft(&mut self, event: DraftEvent) -> Vec<Command> {
        match event {
            DraftEvent::Found { place, text } => self.found(Some(place), &text.0),
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
            DraftEvent::Pick => vec![errand(DraftCommand::Pick)],
            DraftEvent::Picked(text) => {
                self.keeping.trouble = None;
                let mut commands = match text {
                    Some(text) => self.found(None, &text.0),
                    None => self.trouble(Trouble::Unreadable(Cause::Damaged)),
                };
                if self.route != Route::Draft {
                    commands.push(Command::Go(Route::Draft));
                }
                commands
            }
            DraftEvent::Close => {
                self.keeping.found = None;
                vec![Command::Focus(Focus::Heading)]
            }
            DraftEvent::Delete => {
                let form = std::mem::take(&mut self.keeping.form);
                self.keeping.forget();
                self.keeping.form = form;
                let warn = Command::WarnOnLeaving(!self.is_untouched());
                let told = Command::Tell(self.loaded.content.owned_word(Word::DraftDeleted));
                vec![errand(DraftCommand::Drop), warn, told, Command::Focus(Focus::Heading)]
            }
        }
    }

    /// Says what went wrong: on the page of drafts where it is asked about, elsewhere in passing.
    fn trouble(&mut self, trouble: Trouble) -> Vec<Command> {
        self.keeping.trouble = Some(trouble);
        self.keeping.unlocking = None;
        self.keeping.filing = false;
        if self.route == Route::Draft { vec![Command::Focus(Focus::Summary)] } else { self.tell(trouble.word()) }
    }

    fn found(&mut self, place: Option<Place>, text: &str) -> Vec<Command> {
        let what = if Sealed::is_meant(text) {
            Sealed::read(text, self.today).map(What::Locked)
        } else {
            Draft::read(text, &self.loaded.flow, self.reading()).map(What::Open)
        };
        if let Ok(What::Open(opened)) = &what
            && let Some(command) = self.in_its_register(opened, text, place, None)
        {
            return vec![command];
        }
        match (what, place) {
            // A file is the person's own: there is nothing to keep or delete.
            (Err(cause), None) => self.trouble(Trouble::Unreadable(cause)),
            (Err(cause), Some(_)) => {
                self.keeping.found = Some(Found { place, what: What::Bad(cause) });
                if cause == Cause::Expired { vec![errand(DraftCommand::Drop)] } else { Vec::new() }
            }
            (Ok(what), _) => {
                self.keeping.found = Some(Found { place, what });
                if self.route == Route::Draft { vec![Command::Focus(Focus::Heading)] } else { Vec::new() }
            }
        }
    }

    /// What was written in another register is read by its questions: they are fetched first.
    fn in_its_register(
        &mut self,
        opened: &Opened,
        text: &str,
        place: Option<Place>,
        unlocked_with: Option<&Secret>,
    ) -> Option<Command> {
        let (register, content) = (&opened.draft.register, &self.loaded.content);
        let known = content.registers.iter().any(|(id, _)| id == register);
        if *register == content.register || !known || self.keeping.in_any_words {
            return None;
        }
        let unlocked_with = unlocked_with.cloned();
        self.keeping.elsewhere = Some(Elsewhere { text: Secret(text.to_owned()), place, unlocked_with });
        Some(Command::LoadEdition(register.clone()))
    }

    /// Goes on where the questions of another register were waited for. `there`: whether they have come.
    pub(super) fn go_on_reading(&mut self, there: bool) -> Vec<Command> {
        let Some(Elsewhere { text, place, unlocked_with }) = self.keeping.elsewhere.take() else { return Vec::new() };
        self.keeping.in_any_words = !there;
        match unlocked_with {
            None => self.found(place, &text.0),
            passphrase => {
                self.keeping.unlocking = passphrase;
                self.unsealed(Some(text))
            }
        }
    }

    fn choose(&mut self, raw: &Raw) -> Vec<Command> {
        self.keeping.trouble = None;
        let at = CHOICES.iter().position(|known| raw.has(known)).unwrap_or_default();
        let choice = CHOICES.get(at).copied().unwrap_or_default();
        choice.clone_into(&mut self.keeping.chosen);
        let passphrase = raw.field(Field::Text);
        let days = [0, 0, 1, 7, 30, 0].get(at).copied().unwrap_or_default();
        let length = count_characters(passphrase);
        // In a tab nothing is locked: it goes with the tab.
        let can_be_locked = at > 1;
        if choice == "file" && (length == 0 || self.keeping.cannot_seal) {
            return self.no_passphrase();
        }
        if can_be_locked && (1..PASSPHRASE_MIN).contains(&length) {
            return self.trouble(Trouble::ShortPassphrase);
        }
        let passphrase = Secret(if can_be_locked { passphrase.to_owned() } else { String::new() });
        match choice {
            "nothing" => self.draft(DraftEvent::Delete),
            "file" => {
                self.keeping.filing = true;
                vec![self.seal(&passphrase, None)]
            }
            _ => {
                let (place, until) =
                    if days == 0 { (Place::Tab, None) } else { (Place::Device, Some(self.today.plus_days(days))) };
                let plan = Plan { place, until, passphrase };
                self.keeping.wanted = Some(plan.clone());
                vec![self.keep_as(&plan, false)]
            }
        }
    }

    /// What the browser must do to keep it so.
    fn keep_as(&mut self, plan: &Plan, again: bool) -> Command {
        if plan.passphrase.0.is_empty() {
            let text = self.write_draft(plan.until);
            return errand(DraftCommand::Keep { place: plan.place, again, text });
        }
        self.seal(&plan.passphrase, plan.until)
    }

    fn seal(&mut self, passphrase: &Secret, until: Option<Date>) -> Command {
        self.keeping.number = self.keeping.number.wrapping_add(1);
        let text = self.write_draft(until);
        let header = Header::new(self.today, until);
        errand(DraftCommand::Seal { number: self.keeping.number, passphrase: passphrase.clone(), header, text })
    }

    fn write_draft(&mut self, until: Option<Date>) -> Secret {
        let content = &self.loaded.content;
        let tried = self.attempt.as_ref().filter(|_| self.courier.may_have_arrived() || self.courier.is_busy());
        let mut draft = Draft {
            council: self.loaded.council.id.clone(),
            language: content.language.clone(),
            register: content.register.clone(),
            kept_on: self.today,
            until,
            route: self.keeping.form.clone(),
            outcome: self.advice().outcome.id().to_owned(),
            tried: tried.map(|sent| sent.attempt.id.clone()),
            visit: self.visit.clone(),
            answers: Answers::default(),
            pending: KeyMap::default(),
        };
        // Lent for the writing, not copied.
        std::mem::swap(&mut draft.answers, &mut self.answers);
        std::mem::swap(&mut draft.pending, &mut self.pending);
        let text = draft.to_json();
        self.answers = draft.answers;
        self.pending = draft.pending;
        Secret(text)
    }

    fn sealed(&mut self, text: Option<Secret>) -> Vec<Command> {
        let Some(text) = text else {
            self.keeping.wanted = None;
            return self.trouble(Trouble::CannotSeal);
        };
        if self.keeping.filing {
            self.keeping.filing = false;
            self.keeping.filed = true;
            let name =
                [self.loaded.content.word(Word::DraftFileName), "-", &self.today.to_string(), ".putright"].concat();
            let file = File { name, media_type: "application/octet-stream", text: text.0 };
            let mut commands = self.save(Some(file));
            commands.extend([Command::WarnOnLeaving(self.has_files()), Command::Focus(Focus::Heading)]);
            // What was being locked for the browser meanwhile was overtaken.
            commands.extend(self.keep_soon());
            return commands;
        }
        let again = self.keeping.wanted.is_none();
        let plan = self.keeping.wanted.as_ref().or(self.keeping.plan.as_ref());
        plan.map(|plan| errand(DraftCommand::Keep { place: plan.place, again, text })).into_iter().collect()
    }

    fn kept(&mut self, done: Result<(), NotKept>) -> Vec<Command> {
        let wanted = self.keeping.wanted.take();
        match (done, wanted) {
            (Ok(()), Some(plan)) => {
                self.keeping.plan = Some(plan);
                self.keeping.found = None;
                self.keeping.trouble = None;
                let told = Command::Tell(self.kept_now());
                vec![Command::WarnOnLeaving(self.warns()), told, Command::Focus(Focus::Heading)]
            }
            (Ok(()), None) => {
                self.keeping.trouble = None;
                Vec::new()
            }
            (Err(why), wanted) => {
                if matches!(why, NotKept::Gone | NotKept::Newer) {
                    self.keeping.plan = None;
                }
                let mut commands = Vec::new();
                // Said once, and not at every word that is typed.
                if wanted.is_some() || self.keeping.trouble != Some(Trouble::NotKept(why)) {
                    commands = self.trouble(Trouble::NotKept(why));
                }
                if self.keeping.plan.is_none() && self.route != Route::Draft {
                    // The line under the page would go on promising.
                    commands.push(Command::Files(FilesCommand::Show));
                }
                commands.push(Command::WarnOnLeaving(!self.is_untouched()));
                commands
            }
        }
    }

    /// After typing: soon, and once.
    pub(super) fn keep_soon(&mut self) -> Vec<Command> {
        if self.keeping.plan.is_none() || std::mem::replace(&mut self.keeping.waiting, true) {
            return Vec::new();
        }
        vec![errand(DraftCommand::Soon)]
    }

    /// At once, where that was asked for.
    pub(super) fn keep_now(&mut self) -> Vec<Command> {
        if self.keeping.busy() {
            return self.keep_soon();
        }
        self.keeping.waiting = false;
        match self.keeping.plan.clone() {
            Some(plan) if plan.until.is_some_and(|until| until < self.today) => {
                self.keeping.plan = None;
                let mut commands = self.trouble(Trouble::Unreadable(Cause::Expired));
                commands.extend([errand(DraftCommand::Drop), Command::WarnOnLeaving(!self.is_untouched())]);
                commands
            }
            Some(plan) => vec![self.keep_as(&plan, true)],
            None => Vec::new(),
        }
    }

    /// Whether leaving the page would lose something.
    pub(super) fn warns(&self) -> bool {
        // Files are kept nowhere.
        self.has_files() || self.keeping.plan.is_none() && !self.is_untouched()
    }

    /// Something has been written since it was put into a file; tells whether it had been.
    pub(super) fn written(&mut self) -> bool {
        std::mem::take(&mut self.keeping.filed)
    }

    /// It is with the council: what was kept is deleted.
    pub(super) fn drop_kept(&mut self) -> Vec<Command> {
        let kept = self.keeping.plan.is_some() || self.keeping.wanted.is_some();
        self.keeping.forget();
        if kept { vec![errand(DraftCommand::DropOwn)] } else { Vec::new() }
    }

    fn open_found(&mut self, raw: &Raw) -> Vec<Command> {
        self.keeping.trouble = None;
        let sealed = match self.keeping.found.take() {
            Some(Found { place, what: What::Open(opened) }) => {
                return self.open(opened, place, Secret(String::new()));
            }
            Some(Found { place, what: What::Locked(sealed) }) => {
                // Until it is unlocked it stays.
                self.keeping.found = Some(Found { place, what: What::Locked(sealed.clone()) });
                sealed
            }
            bad => {
                self.keeping.found = bad;
                return Vec::new();
            }
        };
        let passphrase = Secret(raw.field(Field::Text).to_owned());
        if self.route != Route::Draft {
            return vec![Command::Go(Route::Draft)];
        }
        if passphrase.0.is_empty() || self.keeping.cannot_seal {
            return self.no_passphrase();
        }
        self.keeping.unlocking = Some(passphrase.clone());
        vec![errand(DraftCommand::Unseal { passphrase, sealed })]
    }

    fn no_passphrase(&mut self) -> Vec<Command> {
        self.trouble(if self.keeping.cannot_seal { Trouble::CannotSeal } else { Trouble::NoPassphrase })
    }

    fn unsealed(&mut self, text: Option<Secret>) -> Vec<Command> {
        let place = self.keeping.found.as_ref().and_then(|found| found.place);
        let (Some(passphrase), true) = (self.keeping.unlocking.take(), self.keeping.found.is_some()) else {
            return Vec::new();
        };
        let Some(text) = text else { return self.trouble(Trouble::WrongPassphrase) };
        match Draft::read(&text.0, &self.loaded.flow, self.reading()) {
            Ok(opened) => match self.in_its_register(&opened, &text.0, place, Some(&passphrase)) {
                Some(command) => vec![command],
                None => self.open(opened, place, passphrase),
            },
            Err(cause) => {
                self.keeping.found = place.map(|_| Found { place, what: What::Bad(cause) });
                self.trouble(Trouble::Unreadable(cause))
            }
        }
    }

    /// Puts it in the place of what stands here, and goes to the page where the person was.
    fn open(&mut self, opened: Opened, place: Option<Place>, passphrase: Secret) -> Vec<Command> {
        let Opened { draft, lost } = opened;
        let draft = *draft;
        let mut commands = self.drop_files();
        self.answers = draft.answers;
        self.pending = draft.pending;
        self.errors.clear();
        self.returning = false;
        self.courier = Courier::of_earlier(draft.tried.is_some());
        // Of that try the number is left: what is sent next names what it replaces.
        self.attempt = draft.tried.map(|id| Sent {
            attempt: Attempt { id, body: String::new(), summary: String::new(), files: Vec::new() },
            answers: Answers::default(),
            day: draft.kept_on,
        });
        if self.advice().outcome.id() != draft.outcome {
            self.forget_advice();
        }
        if !draft.visit.is_empty() {
            self.visit = draft.visit;
        }
        self.keeping.found = None;
        if let Some(place) = place {
            self.keeping.plan = Some(Plan { place, until: draft.until, passphrase });
        }
        let route = match &draft.route {
            asked @ (Route::Start | Route::Question(_) | Route::Check) => self.admit(asked),
            _ => self.open_page(&self.walk()),
        };
        commands.push(Command::WarnOnLeaving(self.warns()));
        if route == self.route {
            commands.push(Command::Focus(Focus::Heading));
        } else {
            commands.push(Command::Go(route));
        }
        if lost {
            commands.extend(self.tell(Word::DraftPartly));
        }
        commands
    }
}
