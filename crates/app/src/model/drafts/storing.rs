//! Writing drafts: the choice of a place, locking, and what the browser reports.

use crate::model::drafts::{
    CHOICES, DEVICE_DAYS, DraftEffect, Keeping, News, NotKept, PASSPHRASE_MIN, Place, Plan, SHARED, Secret, Trouble,
    What, errand,
};
use crate::{
    model::File,
    model::{Effect, Focus, Model, attachments::FilesEffect, only},
};
use putright_domain::{
    date::Date,
    delivery::state_machine::Delivery,
    draft::{Cause, Draft, encryption::Header},
    form::{
        answer::{Answers, Field, FormInput},
        question::count_characters,
    },
    key_map::KeyMap,
    messages::MessageId,
    route::Route,
};

impl Model {
    pub(super) fn choose(&mut self, raw: &FormInput) -> Vec<Effect> {
        self.keeping.trouble = None;
        let choice = CHOICES.into_iter().find(|known| raw.has(known)).unwrap_or(CHOICES[0]);
        self.keeping.chosen = FormInput { chosen: raw.chosen.clone(), ..FormInput::default() };
        let passphrase = raw.field(Field::Text);
        let length = count_characters(passphrase);
        // Others who use the device would find it there.
        let must_be_locked = choice == "file" || choice == "device" && (self.is_for_the_young() || raw.has(SHARED));
        if must_be_locked && (length == 0 || self.keeping.cannot_seal) {
            return self.no_passphrase();
        }
        if choice == CHOICES[0] {
            return self.plan_to(Plan::tab());
        }
        if (1..PASSPHRASE_MIN).contains(&length) {
            return self.trouble(Trouble::ShortPassphrase);
        }
        let passphrase = Secret(passphrase.to_owned());
        if choice == "file" {
            self.keeping.filing = true;
            return vec![self.seal(&passphrase, None)];
        }
        self.plan_to(Plan { place: Place::Device, until: Some(self.today.plus_days(DEVICE_DAYS)), passphrase })
    }

    fn plan_to(&mut self, plan: Plan) -> Vec<Effect> {
        let command = self.keep_as(&plan, false);
        self.keeping.wanted = Some(plan);
        vec![command]
    }

    /// Returns what the browser must do to keep it so.
    fn keep_as(&mut self, plan: &Plan, again: bool) -> Effect {
        if plan.passphrase.0.is_empty() {
            let text = self.write_draft(plan.until);
            return errand(DraftEffect::Keep { place: plan.place, again, text });
        }
        self.seal(&plan.passphrase, plan.until)
    }

    fn seal(&mut self, passphrase: &Secret, until: Option<Date>) -> Effect {
        self.keeping.number = self.keeping.number.wrapping_add(1);
        let text = self.write_draft(until);
        let header = Header::new(self.today, until);
        errand(DraftEffect::Seal { number: self.keeping.number, passphrase: passphrase.clone(), header, text })
    }

    fn write_draft(&mut self, until: Option<Date>) -> Secret {
        let content = &self.bundle.content;
        let tried = self.attempt.as_ref().filter(|_| self.courier.may_have_arrived() || self.courier.is_busy());
        let mut draft = Draft {
            council: self.bundle.council.id.clone(),
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

    pub(super) fn sealed(&mut self, text: Option<Secret>) -> Vec<Effect> {
        let Some(text) = text else {
            self.keeping.wanted = None;
            return self.trouble(Trouble::CannotSeal);
        };
        if self.keeping.filing {
            self.keeping.filing = false;
            self.keeping.filed = true;
            let name = [self.bundle.content.word(MessageId::DraftFileName), "-", &self.today.to_string(), ".putright"]
                .concat();
            let file = File { name, media_type: "application/octet-stream", text: text.0 };
            let mut commands = self.save(Some(file));
            commands.extend([Effect::WarnOnLeaving(self.has_files()), Effect::Focus(Focus::Heading)]);
            // What was being locked for the browser meanwhile was overtaken.
            commands.extend(self.keep_soon());
            return commands;
        }
        let again = self.keeping.wanted.is_none();
        let plan = self.keeping.wanted.as_ref().or(self.keeping.plan.as_ref());
        plan.map(|plan| errand(DraftEffect::Keep { place: plan.place, again, text })).into_iter().collect()
    }

    pub(super) fn kept(&mut self, done: Result<(), NotKept>) -> Vec<Effect> {
        let wanted = self.keeping.wanted.take();
        let Err(why) = done else {
            self.keeping.trouble = None;
            self.keeping.older = false;
            let mut commands = self.tell_tabs(News::Wrote);
            if wanted.is_some() {
                self.keeping.plan = wanted;
                self.keeping.off = false;
                let told = Effect::Tell(self.kept_now());
                commands.extend([Effect::WarnOnLeaving(self.warns()), told, Effect::Focus(Focus::Heading)]);
            }
            return commands;
        };
        match why {
            NotKept::Gone => self.keeping.plan = None,
            // The draft on the device is the other tab's now. This tab has a store of its own.
            NotKept::Newer => self.keeping.plan = Some(Plan::tab()),
            NotKept::Forbidden | NotKept::Full => {}
        }
        let mut commands = Vec::new();
        // Said once, and not at every word that is typed.
        if wanted.is_some() || self.keeping.trouble != Some(Trouble::NotKept(why)) {
            commands = self.trouble(Trouble::NotKept(why));
        }
        if matches!(why, NotKept::Gone | NotKept::Newer) && self.route != Route::Draft {
            // The line under the page would go on promising.
            commands.push(Effect::Files(FilesEffect::Show));
        }
        commands.push(Effect::WarnOnLeaving(why != NotKept::Newer && !self.is_untouched()));
        if why == NotKept::Newer {
            commands.extend(self.keep_soon());
        }
        commands
    }

    /// Returns whether there is something to store, and no unopened draft that the person must decide about first.
    fn can_keep(&self) -> bool {
        let done = matches!(self.courier.state(), Delivery::Delivered(_));
        !(done || self.is_untouched() || self.keeping.asks() || self.keeping.elsewhere.is_some())
    }

    /// After typing: soon, and once.
    pub(in crate::model) fn keep_soon(&mut self) -> Vec<Effect> {
        if !self.can_keep() || self.keeping.plan.is_none() || std::mem::replace(&mut self.keeping.waiting, true) {
            return Vec::new();
        }
        only(errand(DraftEffect::Soon))
    }

    /// At once, unless nothing is to be kept or another draft waits to be opened.
    pub(in crate::model) fn keep_now(&mut self) -> Vec<Effect> {
        if self.keeping.busy() {
            return self.keep_soon();
        }
        self.keeping.waiting = false;
        if !self.can_keep() {
            return Vec::new();
        }
        match self.keeping.plan.clone() {
            Some(plan) if plan.until.is_some_and(|until| until < self.today) => {
                self.keeping.plan = Keeping::new(&self.bundle.content.register).plan;
                let mut commands = self.trouble(Trouble::Unreadable(Cause::Expired));
                commands.extend([errand(DraftEffect::Drop), Effect::WarnOnLeaving(self.warns())]);
                commands.extend(self.keep_soon());
                commands
            }
            Some(plan) => vec![self.keep_as(&plan, plan.place == Place::Device)],
            None => Vec::new(),
        }
    }

    /// Returns whether leaving the page would lose something.
    pub(in crate::model) fn warns(&self) -> bool {
        // Files are kept nowhere.
        self.has_files() || self.keeping.plan.is_none() && !self.is_untouched()
    }

    /// Notes that something has been written since it was put into a file; returns whether it had been.
    pub(in crate::model) fn written(&mut self) -> bool {
        std::mem::take(&mut self.keeping.filed)
    }

    /// "Do not keep" or "Delete it now": here, on the device and in every tab. What is on the page stays.
    pub(super) fn delete(&mut self) -> Vec<Effect> {
        let form = std::mem::take(&mut self.keeping.form);
        let bad = matches!(&self.keeping.found, Some(found) if matches!(found.what, What::Bad(_)));
        // One that cannot be read says nothing about what is written here.
        self.keeping.off |= !bad;
        self.keeping.forget(&self.bundle.content.register);
        self.keeping.form = form;
        let mut commands = self.tell_tabs(News::Deleted);
        let told = Effect::Tell(self.bundle.content.owned_word(MessageId::DraftDeleted));
        commands.extend([
            errand(DraftEffect::Drop),
            Effect::WarnOnLeaving(self.warns()),
            told,
            Effect::Focus(Focus::Heading),
        ]);
        commands
    }

    /// The words of another register are here: its default holds where the person has not chosen.
    pub(in crate::model) fn keep_as_register_does(&mut self) -> Vec<Effect> {
        let in_tab = self.keeping.plan.as_ref().is_none_or(|plan| plan.place == Place::Tab);
        if self.keeping.off || !in_tab || self.keeping.elsewhere.is_some() || self.keeping.asks() {
            return Vec::new();
        }
        self.keeping.plan = Keeping::new(&self.bundle.content.register).plan;
        if self.is_untouched() {
            return Vec::new();
        }
        let mut commands =
            if self.keeping.plan.is_none() { only(errand(DraftEffect::Forget(Place::Tab))) } else { self.keep_now() };
        commands.push(Effect::WarnOnLeaving(self.warns()));
        commands
    }

    pub(super) fn no_passphrase(&mut self) -> Vec<Effect> {
        self.trouble(if self.keeping.cannot_seal { Trouble::CannotSeal } else { Trouble::NoPassphrase })
    }
}
