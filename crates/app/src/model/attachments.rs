//! The part of a visit that adds photos and files: one made ready at a time, none lost, and each that is refused said.
//!
//! File contents never come here. The browser stores them under a number, and makes photos smaller.

use std::fmt;

use crate::model::{Effect, Focus, Model, only};
use putright_domain::{
    delivery::{
        attachments::{Attachment, FileFault, Format, Found, clean_name, tidy_name},
        file_rules::FileType,
    },
    form::answer::{Answer, FormInput},
    guidance::facts::ids,
    route::Route,
};

/// The id of the field for photos and files.
pub const FILES_FIELD: &str = "field-files";
/// The id of the heading over those that were added.
pub const FILES_LIST: &str = "files-added";

/// An event about photos and files.
#[derive(Clone, Debug)]
pub enum FilesEvent {
    /// Some were picked.
    Picked,
    /// This is what they are.
    Found(Vec<Found>),
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

/// The status message about files on their page. It does not move the focus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FilesSaid {
    /// Nothing.
    #[default]
    Nothing,
    /// They are ready.
    Added,
    /// One was taken away.
    Removed,
}

/// A file that was not added. `Debug` does not print its name.
#[derive(Clone, PartialEq, Eq)]
pub struct Refused {
    /// The name of the file.
    pub name: String,
    /// Why.
    pub fault: FileFault,
}

impl fmt::Debug for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fault.fmt(f)
    }
}

/// A file that is not ready yet.
struct Waiting {
    id: u32,
    name: String,
    format: &'static Format,
}

impl fmt::Debug for Waiting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.id.fmt(f)
    }
}

/// The photos and files of a visit.
#[derive(Debug, Default)]
pub(super) struct Files {
    ready: Vec<Attachment>,
    /// The first is being made ready.
    waiting: Vec<Waiting>,
    refused: Vec<Refused>,
    said: FilesSaid,
    /// How many times the browser has been asked what was picked, and has not told yet.
    taking: u32,
    /// How many were taken since all was ready last.
    batch: usize,
    /// How many the council has, by its backend's last answer.
    pub(super) arrived: Option<usize>,
    /// Continue was pressed meanwhile: it goes on when all is ready.
    going_on: bool,
}

impl Files {
    fn is_busy(&self) -> bool {
        self.taking > 0 || !self.waiting.is_empty()
    }

    #[inline(never)]
    fn refuse(&mut self, name: &str, fault: FileFault) {
        // Of too many it is said once.
        let said = fault == FileFault::TooMany && self.refused.iter().any(|one| one.fault == fault);
        if !said {
            self.refused.push(Refused { name: tidy_name(name), fault });
        }
    }

    /// A name that no other file has: phones call every new photo the same.
    #[inline(never)]
    fn own_name(&self, name: &str, media_type: &str) -> String {
        let name = clean_name(name, media_type);
        let taken = |name: &String| self.ready.iter().any(|file| file.name == *name);
        let (stem, extension) = name.rsplit_once('.').unwrap_or((&name, ""));
        let mut own = name.clone();
        let mut number = 1_u32;
        while taken(&own) {
            number += 1;
            own = [stem, "-", &number.to_string(), ".", extension].concat();
        }
        own
    }
}

#[inline(never)]
fn errand(command: FilesEffect) -> Effect {
    Effect::Files(command)
}

/// The state of the files that pages show.
impl Model {
    /// The files that go with it, in the order in which they were added; none where the council takes none, or the page for
    /// them is not on the way. What is in each, the browser has.
    pub fn files(&self) -> &[Attachment] {
        let asked = || self.walk().position(ids::FILES).is_some();
        if self.council().delivery.files.is_some() && asked() { &self.files.ready } else { &[] }
    }

    /// Returns whether files are being made ready. Nothing is sent meanwhile.
    pub fn files_busy(&self) -> bool {
        self.files.is_busy()
    }

    /// Returns the position of the file that is being made ready and the size of the batch. Returns `None` if no file
    /// is.
    pub fn files_progress(&self) -> Option<(usize, usize)> {
        let left = self.files.waiting.len();
        self.files.is_busy().then(|| (self.files.batch.saturating_sub(left) + 1, self.files.batch.max(1)))
    }

    /// Returns the status message about the files.
    pub fn files_said(&self) -> FilesSaid {
        self.files.said
    }

    /// Those of the last that were not added, once all others are ready.
    pub fn file_faults(&self) -> &[Refused] {
        if self.files.is_busy() { &[] } else { &self.files.refused }
    }

    /// Returns whether leaving would lose files.
    pub(super) fn has_files(&self) -> bool {
        self.files.is_busy() || !self.files.ready.is_empty()
    }

    pub(super) fn on_files_page(&self) -> bool {
        matches!(&self.route, Route::Question(id) if id == ids::FILES)
    }

    /// Returns whether Continue on the page of a question waits until the files are ready.
    pub(super) fn waits_for_files(&self, question: &str) -> bool {
        question == ids::FILES && self.files.is_busy()
    }
}

/// The handling of events about files.
impl Model {
    #[inline(never)]
    pub(super) fn files_event(&mut self, event: FilesEvent) -> Vec<Effect> {
        match event {
            FilesEvent::Picked => {
                self.files.taking = self.files.taking.saturating_add(1);
                only(errand(FilesEffect::Take))
            }
            FilesEvent::Found(found) => self.files_found(found),
            FilesEvent::Ready { id, bytes } => self.file_ready(id, bytes),
            FilesEvent::Remove(id) => self.remove_file(id),
        }
    }

    #[inline(never)]
    fn files_found(&mut self, found: Vec<Found>) -> Vec<Effect> {
        let rules = self.council().delivery.files.clone();
        let (Some(rules), true) = (rules, self.files.taking > 0) else {
            // Everything has been forgotten meanwhile.
            return found.iter().map(|file| errand(FilesEffect::Forget(file.id))).collect();
        };
        self.files.taking -= 1;
        let mut commands = Vec::new();
        let idle = self.files.waiting.is_empty();
        if idle && !std::mem::take(&mut self.files.refused).is_empty() {
            // What was wrong with those before is over.
            self.drawn = self.drawn.wrapping_add(1);
            commands.push(Effect::Focus(Focus::Element(FILES_FIELD.to_owned())));
        }
        for file in found {
            let full = self.files.ready.len() + self.files.waiting.len() >= rules.most as usize;
            match rules.accept(&file) {
                Ok(format) if !full => {
                    self.files.batch += 1;
                    self.files.waiting.push(Waiting { id: file.id, name: file.name, format });
                }
                refused => {
                    self.files.refuse(&file.name, refused.err().unwrap_or(FileFault::TooMany));
                    commands.push(errand(FilesEffect::Forget(file.id)));
                }
            }
        }
        if idle {
            commands.extend(self.next_file());
        }
        commands
    }

    #[inline(never)]
    fn file_ready(&mut self, id: u32, bytes: Option<u32>) -> Vec<Effect> {
        let Some(at) = self.files.waiting.iter().position(|one| one.id == id) else {
            // It has been forgotten meanwhile.
            return only(errand(FilesEffect::Forget(id)));
        };
        let Waiting { name, format, .. } = self.files.waiting.remove(at);
        let own = self.files.own_name(&name, format.media_type);
        let bytes = bytes.unwrap_or_default();
        let file = Attachment { id, name: own, media_type: format.media_type.to_owned(), bytes };
        let mut commands = Vec::new();
        let fault = if bytes == 0 { Some(FileFault::Unreadable) } else { self.add_file(file) };
        match fault {
            Some(fault) => {
                self.files.refuse(&name, fault);
                commands.push(errand(FilesEffect::Forget(id)));
            }
            None => commands.push(Effect::WarnOnLeaving(true)),
        }
        self.files.said = FilesSaid::Added;
        self.settle_files();
        commands.extend(self.next_file());
        commands
    }

    /// Puts one to the others, where it may be.
    #[inline(never)]
    fn add_file(&mut self, file: Attachment) -> Option<FileFault> {
        let fault = match &self.council().delivery.files {
            Some(rules) => rules.fault(&self.files.ready, &file),
            None => Some(FileFault::WrongType),
        };
        if fault.is_none() {
            self.files.ready.push(file);
        }
        fault
    }

    /// Goes on with the next; after the last tells what was refused, or takes the step that waited.
    #[inline(never)]
    fn next_file(&mut self) -> Vec<Effect> {
        let show = errand(FilesEffect::Show);
        if let Some(Waiting { id, format, .. }) = self.files.waiting.first() {
            let photo = format.kind == FileType::Photo;
            return vec![show, errand(FilesEffect::Prepare { id: *id, media_type: format.media_type, photo })];
        }
        if self.files.taking > 0 {
            return vec![show];
        }
        self.files.batch = 0;
        let going_on = std::mem::take(&mut self.files.going_on);
        if !self.files.refused.is_empty() {
            return self.tell_refused();
        }
        if going_on { self.answered(vec![(ids::FILES.to_owned(), FormInput::default())]) } else { vec![show] }
    }

    /// On their own page; whoever has left it is taken there.
    fn tell_refused(&mut self) -> Vec<Effect> {
        if self.on_files_page() {
            self.drawn = self.drawn.wrapping_add(1);
            return only(Effect::Focus(Focus::Summary));
        }
        let asked = self.walk().position(ids::FILES).is_some();
        if asked { only(Effect::Go(self.route_of(ids::FILES))) } else { Vec::new() }
    }

    fn remove_file(&mut self, id: u32) -> Vec<Effect> {
        let mut commands = self.take_out(&[id]);
        self.files.said = FilesSaid::Removed;
        let left = if self.files.ready.is_empty() { FILES_FIELD } else { FILES_LIST };
        commands.extend([
            errand(FilesEffect::Show),
            Effect::WarnOnLeaving(self.warns()),
            Effect::Focus(Focus::Element(left.to_owned())),
        ]);
        commands
    }

    /// Takes some out of those that go with it.
    pub(super) fn take_out(&mut self, ids: &[u32]) -> Vec<Effect> {
        self.files.ready.retain(|file| !ids.contains(&file.id));
        self.settle_files();
        ids.iter().map(|id| errand(FilesEffect::Forget(*id))).collect()
    }

    /// Their page is answered by whether there are any. A draft asks again where there were some.
    fn settle_files(&mut self) {
        if self.answers.get(ids::FILES).is_some() {
            let answer = self.files_answer();
            self.answers.set(ids::FILES, answer);
        }
    }

    pub(super) fn files_answer(&self) -> Answer {
        if self.files.ready.is_empty() { Answer::Skipped } else { Answer::Seen }
    }

    /// Returns the effects that hold the person on the files page. Returns `None` if nothing does.
    #[inline(never)]
    pub(super) fn hold_files(&mut self) -> Option<Vec<Effect>> {
        if self.files.is_busy() {
            self.files.going_on = true;
            return Some(self.tell_files());
        }
        self.files.refused.clear();
        let mut commands = Vec::new();
        // The council may be another by now.
        for file in std::mem::take(&mut self.files.ready) {
            let (id, name) = (file.id, file.name.clone());
            if let Some(fault) = self.add_file(file) {
                self.files.refuse(&name, fault);
                commands.push(errand(FilesEffect::Forget(id)));
            }
        }
        if commands.is_empty() {
            return None;
        }
        commands.push(Effect::Focus(Focus::Summary));
        Some(commands)
    }

    /// Says how far they are.
    pub(super) fn tell_files(&self) -> Vec<Effect> {
        only(Effect::Tell(self.files_told()))
    }

    /// Their page is left for another.
    pub(super) fn leave_files(&mut self) {
        self.files.going_on = false;
        self.files.said = FilesSaid::Nothing;
        if self.on_files_page() && !self.files.is_busy() {
            self.files.refused.clear();
        }
    }

    /// Once the council has them, they are no longer held here. Their names stay, for the person's own copy.
    #[inline(never)]
    pub(super) fn files_delivered(&mut self) -> Option<Effect> {
        self.has_files().then(|| errand(FilesEffect::ForgetAll))
    }

    /// Another council may take others: their page must be passed again.
    pub(super) fn recheck_files(&mut self) {
        if self.has_files() {
            self.answers.forget(ids::FILES);
        }
    }

    /// Lets all go.
    #[inline(never)]
    pub(super) fn drop_files(&mut self) -> Vec<Effect> {
        let held = self.has_files();
        self.files = Files::default();
        self.answers.forget(ids::FILES);
        if held { only(errand(FilesEffect::ForgetAll)) } else { Vec::new() }
    }
}
