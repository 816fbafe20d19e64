//! Finding and opening drafts. Only a reload, or a tab that the browser had discarded, resumes without a question.

use crate::model::drafts::{
    DraftEffect, Elsewhere, Found, News, Place, Plan, Secret, Stored, TAB_MINUTES, Trouble, What, errand,
};
use crate::model::{Attempt, Effect, Focus, Model, Sent, only};
use putright_domain::{
    delivery::{response::Receipt, state_machine::DeliveryMachine},
    draft::{Cause, Draft, Opened, confirmation::SentRecord, encryption::Sealed},
    form::{
        answer::{Answer, Answers, Field, FormInput},
        journey::JourneyEnd,
    },
    guidance::facts::ids,
    route::Route,
};

impl Model {
    /// Takes what a store of the browser held at the start. The first that can be opened counts.
    pub(super) fn found(&mut self, stored: Stored) -> Vec<Effect> {
        let Stored { place, text, minutes, resumes } = &stored;
        let (place, resumes) = (*place, *resumes);
        if self.keeping.found.is_some() || self.keeping.elsewhere.is_some() || !self.is_untouched() {
            return Vec::new();
        }
        if SentRecord::is_meant(&text.0) {
            return self.found_sent(stored);
        }
        if place == Place::Tab && *minutes >= TAB_MINUTES {
            let mut commands = only(errand(DraftEffect::Forget(place)));
            if resumes {
                commands.extend(self.tell(Trouble::Stale.word()));
            }
            return commands;
        }
        match self.read(&text.0) {
            Ok(What::Open(opened)) => {
                if let Some(fetch) = self.fetch_register(&opened.draft.register) {
                    self.keeping.elsewhere = Some(Elsewhere::Stored(stored));
                    return vec![fetch];
                }
                if resumes {
                    return self.open(opened, Some(place), Secret(String::new()), true);
                }
                self.ask(place, What::Open(opened))
            }
            Ok(locked) => self.ask(place, locked),
            // In a tab the next answer takes its place.
            Err(_) if place == Place::Tab => Vec::new(),
            Err(cause) => {
                self.keeping.found = Some(Found { place: Some(place), what: What::Bad(cause) });
                if cause == Cause::Expired { only(errand(DraftEffect::Forget(place))) } else { Vec::new() }
            }
        }
    }

    fn read(&self, text: &str) -> Result<What, Cause> {
        if Sealed::is_meant(text) {
            return Sealed::read(text, self.today).map(What::Locked);
        }
        Draft::read(text, &self.bundle.flow, self.reading()).map(What::Open)
    }

    /// Shows "Go on, or start again?" and nothing else of it.
    fn ask(&mut self, place: Place, what: What) -> Vec<Effect> {
        self.keeping.found = Some(Found { place: Some(place), what });
        let mut commands = only(errand(DraftEffect::Ask));
        // Else the first address to come leads there.
        if self.behind.is_some() {
            commands.push(Effect::Replace(Route::Draft));
        }
        commands
    }

    /// The confirmation stays for a reload, and for nothing else.
    fn found_sent(&mut self, stored: Stored) -> Vec<Effect> {
        let record = SentRecord::read(&stored.text.0)
            .filter(|record| stored.resumes && stored.place == Place::Tab && self.bundle.ids.contains(&record.council));
        let Some(record) = record else { return only(errand(DraftEffect::Forget(stored.place))) };
        if let Some(fetch) = self.fetch_register(&record.register) {
            self.keeping.elsewhere = Some(Elsewhere::Stored(stored));
            return vec![fetch];
        }
        self.visit.clone_from(&record.visit);
        self.answers.set(ids::BOROUGH, Answer::One(record.council.clone()));
        self.courier = DeliveryMachine::delivered(Receipt { reference: record.reference.clone() });
        self.attempt = Some(Sent {
            attempt: Attempt {
                id: record.visit.clone(),
                body: String::new(),
                summary: String::new(),
                files: Vec::new(),
            },
            answers: Answers::default(),
            day: record.sent_on,
        });
        self.keeping.record = Some(Box::new(record));
        if self.behind.is_some() { only(Effect::Replace(Route::Sent)) } else { Vec::new() }
    }

    /// A file that the person chose.
    pub(super) fn picked(&mut self, text: Option<Secret>) -> Vec<Effect> {
        self.keeping.trouble = None;
        let mut commands = match text.map(|text| (self.read(&text.0), text)) {
            Some((Ok(What::Open(opened)), text)) => {
                if let Some(fetch) = self.fetch_register(&opened.draft.register) {
                    self.keeping.elsewhere = Some(Elsewhere::Picked(text));
                    return vec![fetch];
                }
                self.offer_file(What::Open(opened))
            }
            Some((Ok(what), _)) => self.offer_file(what),
            Some((Err(cause), _)) => self.trouble(Trouble::Unreadable(cause)),
            None => self.trouble(Trouble::Unreadable(Cause::Damaged)),
        };
        if self.route != Route::Draft {
            commands.push(Effect::Go(Route::Draft));
        }
        commands
    }

    fn offer_file(&mut self, what: What) -> Vec<Effect> {
        self.keeping.found = Some(Found { place: None, what });
        if self.route == Route::Draft { only(Effect::Focus(Focus::Heading)) } else { Vec::new() }
    }

    /// Returns the command that fetches the questions of another register, where they are needed.
    fn fetch_register(&self, register: &str) -> Option<Effect> {
        let content = &self.bundle.content;
        let known = content.registers.iter().any(|(id, _)| id == register);
        let needed = *register != content.register && known && !self.keeping.in_any_words;
        needed.then(|| Effect::LoadEdition(register.to_owned()))
    }

    /// Goes on where the questions of another register were waited for. `there`: whether they have come.
    pub(in crate::model) fn go_on_reading(&mut self, there: bool) -> Vec<Effect> {
        let Some(waiting) = self.keeping.elsewhere.take() else { return Vec::new() };
        self.keeping.in_any_words = !there;
        match waiting {
            Elsewhere::Stored(stored) => self.found(stored),
            Elsewhere::Picked(text) => self.picked(Some(text)),
            Elsewhere::Unlocked { text, passphrase } => {
                self.keeping.unlocking = Some(passphrase);
                self.unsealed(Some(text))
            }
        }
    }

    pub(super) fn open_found(&mut self, raw: &FormInput) -> Vec<Effect> {
        self.keeping.trouble = None;
        let sealed = match self.keeping.found.take() {
            Some(Found { place, what: What::Open(opened) }) => {
                return self.open(opened, place, Secret(String::new()), false);
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
        if passphrase.0.is_empty() || self.keeping.cannot_seal {
            return self.no_passphrase();
        }
        self.keeping.unlocking = Some(passphrase.clone());
        only(errand(DraftEffect::Unseal { passphrase, sealed }))
    }

    pub(super) fn unsealed(&mut self, text: Option<Secret>) -> Vec<Effect> {
        let place = self.keeping.found.as_ref().and_then(|found| found.place);
        let (Some(passphrase), true) = (self.keeping.unlocking.take(), self.keeping.found.is_some()) else {
            return Vec::new();
        };
        let Some(text) = text else { return self.trouble(Trouble::WrongPassphrase) };
        match Draft::read(&text.0, &self.bundle.flow, self.reading()) {
            Ok(opened) => match self.fetch_register(&opened.draft.register) {
                Some(fetch) => {
                    self.keeping.elsewhere = Some(Elsewhere::Unlocked { text, passphrase });
                    vec![fetch]
                }
                None => self.open(opened, place, passphrase, false),
            },
            Err(cause) => {
                self.keeping.found = place.map(|_| Found { place, what: What::Bad(cause) });
                self.trouble(Trouble::Unreadable(cause))
            }
        }
    }

    /// Puts a draft in the place of what is here, and goes to the page where the person was. `resumes`: the address says it.
    fn open(&mut self, opened: Opened, place: Option<Place>, passphrase: Secret, resumes: bool) -> Vec<Effect> {
        let Opened { draft, lost } = opened;
        let draft = *draft;
        let mut commands = self.drop_files();
        self.answers = draft.answers;
        self.pending = draft.pending;
        self.errors.clear();
        self.courier = DeliveryMachine::of_earlier(draft.tried.is_some());
        // Of that try the number is left: what is sent next names what it replaces.
        self.attempt = draft.tried.map(|id| Sent {
            attempt: Attempt { id, body: String::new(), summary: String::new(), files: Vec::new() },
            answers: Answers::default(),
            day: draft.kept_on,
        });
        let advice = self.advice();
        if advice.outcome.id() == draft.outcome {
            self.told = Some(advice);
        } else {
            self.forget_advice();
        }
        // Where every question is answered, a changed answer leads back to the end.
        self.returning = self.walk().end == JourneyEnd::Check;
        if !draft.visit.is_empty() {
            self.visit = draft.visit;
        }
        self.keeping.found = None;
        if let Some(place) = place {
            let locked = !passphrase.0.is_empty();
            self.keeping.plan = Some(Plan { place, until: draft.until, passphrase });
            // It is written at once, so that the question is not asked again. One that is locked always asks.
            if !resumes && !locked {
                commands.extend(self.keep_now());
            }
        }
        commands.push(Effect::WarnOnLeaving(self.warns()));
        let route = match &draft.route {
            asked @ (Route::Start | Route::Question(_) | Route::Check) => self.admit(asked),
            _ => self.open_page(&self.walk()),
        };
        self.keeping.form.clone_from(&route);
        if resumes && self.behind.is_none() {
            // Pages lie behind this one in the history of the tab.
            self.behind = Some(0);
        } else if route == self.route {
            commands.push(Effect::Focus(Focus::Heading));
        } else if resumes {
            commands.push(Effect::Replace(route));
        } else {
            commands.push(Effect::Go(route));
        }
        commands.extend(self.tell_tabs(News::Opened));
        if lost {
            commands.extend(self.tell(putright_domain::messages::MessageId::DraftPartly));
        }
        commands
    }
}
