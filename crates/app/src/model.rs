//! One person's visit: everything that happens to it, in one place, as `update(event) -> commands`.
//!
//! The browser tells what happened and performs the commands; it decides nothing. Tests drive the whole app from here.

mod answering;
pub mod attachments;
mod audience;
pub mod delivery;
pub mod drafts;
mod effect;
mod event;
mod navigation;
mod safety;

use std::sync::Arc;

pub use crate::model::answering::Shown;
use crate::model::attachments::Files;
pub use crate::model::delivery::Attempt;
use crate::model::delivery::{Sent, Wanted};
use crate::model::drafts::{DraftEffect, Keeping, Place};
use crate::model::safety::Safety;
pub use crate::model::safety::{Live, Voice};
use effect::only;
pub use effect::{Effect, File, Focus};
pub use event::Event;

use putright_domain::{
    bundle::Bundle,
    council::Council,
    date::Date,
    delivery::{
        request::Truncation,
        state_machine::{Delivery, DeliveryEvent, DeliveryMachine},
    },
    form::{
        answer::{Answer, Answers, Field, FormInput, QuestionId},
        condition::Condition,
        journey::{Journey, Situation},
        mistake::Mistake,
        question::{Question, QuestionKind, Reading},
    },
    guidance::{
        facts::{SAFEGUARDING_WORRY, ids},
        triage::{Advice, Facts, Outcome, StageReached, advise},
    },
    key_map::KeyMap,
    messages::MessageId,
    route::Route,
};

/// The answers of someone who acts for others that are about themselves.
const OWN_DETAILS: [&str; 9] = [
    ids::BOROUGH,
    ids::WHO,
    ids::HELPER_ROLE,
    ids::FULL_NAME,
    ids::REACH,
    ids::SAFE_CONTACT,
    ids::HELP,
    ids::INTERPRETER_LANGUAGE,
    ids::HELP_WORDS,
];

/// One person's visit.
#[derive(Debug)]
pub struct Model {
    bundle: Arc<Bundle>,
    today: Date,
    /// The day where the person is, where that is not England.
    here: Option<Date>,
    route: Route,
    answers: Answers,
    /// Pages as they were typed in but not, or not rightly, continued.
    pending: KeyMap<FormInput>,
    errors: Vec<Mistake>,
    /// A Change was pressed: go back to check answers as soon as nothing new is open.
    returning: bool,
    /// The advice when the person last read it.
    told: Option<Advice>,
    /// The question that Change was pressed beside, until its page is there.
    changing: Option<QuestionId>,
    courier: DeliveryMachine,
    attempt: Option<Sent>,
    /// The purpose of the number that is being made.
    wanted: Wanted,
    /// The number of this visit, which other tabs with the same draft have too; empty before there is one.
    visit: String,
    /// It was sent from another tab, under this reference.
    elsewhere: Option<String>,
    /// The truncation that the council's form would cause, once reported to the person.
    cut: Option<Truncation>,
    keeping: Keeping,
    files: Files,
    /// Counts what changed the page.
    drawn: u32,
    /// How many pages lie behind this one in the history, as far as the app knows; `None` before the first.
    behind: Option<u32>,
    safety: Safety,
}

impl Model {
    /// A visit that has not begun.
    pub fn new(bundle: Arc<Bundle>, today: Date) -> Self {
        let keeping = Keeping::new(&bundle.content.register);
        Self {
            bundle,
            today,
            here: None,
            route: Route::Start,
            answers: Answers::default(),
            pending: KeyMap::default(),
            errors: Vec::new(),
            returning: false,
            told: None,
            changing: None,
            courier: DeliveryMachine::default(),
            attempt: None,
            wanted: Wanted::default(),
            visit: String::new(),
            elsewhere: None,
            cut: None,
            keeping,
            files: Files::default(),
            drawn: 0,
            behind: None,
            safety: Safety::default(),
        }
    }

    /// The number of this visit; empty where it needs one.
    pub fn visit(&self) -> &str {
        &self.visit
    }

    /// Gives this visit a number that nobody else has: 32 lower-case hexadecimal digits.
    pub fn name_visit(&mut self, id: String) {
        self.visit = id;
    }

    /// Takes the day where the person is, by the clock of the device.
    pub fn is_at(&mut self, here: Date) {
        self.here = Some(here);
    }

    /// Handles an event, and returns the effects for the browser to carry out.
    pub fn update(&mut self, event: Event, today: Date) -> Vec<Effect> {
        if self.safety.gone {
            return Vec::new();
        }
        self.today = today;
        match event {
            Event::Input(input) => {
                let pressed = self.safety.shift.input(input);
                return self.pressed(pressed);
            }
            Event::ShiftWaited(turn) => {
                let pressed = self.safety.shift.waited(turn);
                return self.pressed(pressed);
            }
            Event::Exit => return self.exit(),
            _ => {}
        }
        let route = self.route.clone();
        let mut commands = self.happened(event);
        if self.route != route {
            commands.extend(self.stop_reading());
        }
        self.safety.danger = self.sees_danger();
        commands
    }

    /// Returns whether an event may change the page that is shown.
    fn shows(&self, event: &Event) -> bool {
        match event {
            Event::Typed { .. }
            | Event::Back
            | Event::GoTo(_)
            | Event::Print
            | Event::CopyLetter
            | Event::Copied(_)
            | Event::SaveLetter
            | Event::SaveCalendar { .. }
            | Event::Change(_)
            | Event::Exit
            | Event::Input(_)
            | Event::ShiftWaited(_)
            | Event::WorryConfirmed
            | Event::ReadAloud
            | Event::StopReading
            | Event::Voices(_)
            | Event::Look(_)
            | Event::Use(_)
            // Draws what it changes by itself: the field must keep the focus.
            | Event::Files(_)
            | Event::SendWithout => false,
            // What check answers asks may be missing.
            Event::Send => !self.errors.is_empty() || !self.agrees(),
            Event::Delivered(_) | Event::WaitedToSend(_) | Event::SendingStopped | Event::Online(_) => {
                delivery::shows(event, self)
            }
            // The page it is on already, or one it may not be on.
            Event::Navigated(route) => !route.shares_page(&self.route) && self.admit(route) == *route,
            // Continue waits: nothing is lost from under somebody's hands.
            Event::Answered(given) if given.iter().any(|(question, _)| self.waits_for_files(question)) => false,
            Event::Answered(_)
            | Event::Remove(_)
            | Event::Adopted { .. }
            | Event::IdMade(_)
            | Event::StartAgain
            | Event::NextPerson
            | Event::RestoreLetter => true,
            Event::EditionLoaded(edition) => edition.is_some(),
            Event::SentElsewhere { visit, .. } => *visit == self.visit && self.route == Route::Check,
            Event::Draft(event) => self.draft_shows(event),
        }
    }

    fn happened(&mut self, event: Event) -> Vec<Effect> {
        let shows = self.shows(&event);
        let answered = matches!(event, Event::Answered(_));
        let commands = self.handled(event);
        // Whoever has answered leaves: the page that comes is drawn, not the one that goes.
        let leaves = answered && commands.iter().any(|command| matches!(command, Effect::Go(to) if *to != self.route));
        self.drawn = self.drawn.wrapping_add(u32::from(shows && !leaves));
        commands
    }

    fn handled(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::Navigated(route) => self.navigated(&route),
            Event::Typed { question, raw } => self.typed(&question, raw),
            Event::Answered(given) => self.answered(given),
            Event::Remove(page) => self.remove_copy(&page),
            Event::Adopted { given, at } => self.adopt(given, at.as_ref()),
            // Opened right here: there is nothing of ours to go back to.
            Event::Back if self.behind == Some(0) => only(Effect::Go(Route::Start)),
            Event::Back => only(Effect::Back),
            Event::GoTo(id) => only(Effect::Focus(Focus::Element(id))),
            Event::Print => only(Effect::Print),
            Event::CopyLetter => self.letter_file(false).map(Effect::Copy).into_iter().collect(),
            Event::Copied(done) => self.tell(if done { MessageId::Copied } else { MessageId::CopyFailed }),
            Event::SaveLetter => self.save(self.letter_file(true)),
            Event::SaveCalendar { reminders } => self.save(Some(self.calendar_file(reminders))),
            Event::EditionLoaded(Some(edition)) => {
                let changed = self.change_register(edition);
                let mut commands = self.keep_as_register_does();
                commands.extend(changed);
                commands.extend(self.go_on_reading(true));
                commands
            }
            Event::EditionLoaded(None) => {
                let mut commands = self.tell(MessageId::RegisterFailed);
                commands.extend(self.go_on_reading(false));
                commands
            }
            Event::RestoreLetter => {
                self.pending.remove(ids::LETTER);
                self.answers.forget(ids::LETTER);
                let mut commands = self.keep_soon();
                commands.push(Effect::Focus(Focus::Heading));
                commands
            }
            Event::Change(question) => {
                self.returning = true;
                let page = self.route_of(&question);
                self.changing = Some(question);
                only(Effect::Go(page))
            }
            Event::Send | Event::Use(_) if self.files_busy() => self.tell_files(),
            Event::Send => self.send_by(Wanted::Sending),
            Event::SendWithout => self.send_without(),
            Event::SentElsewhere { visit, reference } => self.sent_elsewhere(&visit, reference),
            Event::Use(means) => self.send_by(Wanted::By(means)),
            Event::IdMade(id) => self.number_made(&id),
            Event::Delivered(result) => self.delivered(result),
            Event::WaitedToSend(number) => self.delivery_happened(DeliveryEvent::WaitOver(number)),
            Event::SendingStopped => self.delivery_happened(DeliveryEvent::Stopped),
            Event::Online(online) => self.connected(online),
            Event::NextPerson => {
                let own = self.answers.only(OWN_DETAILS.into_iter());
                let mut commands = self.drop_files();
                self.forget();
                self.answers = own;
                // What is there already is not asked again.
                self.returning = true;
                // The confirmation of the last one goes from this tab.
                commands.push(Effect::Draft(DraftEffect::Forget(Place::Tab)));
                commands.push(Effect::WarnOnLeaving(false));
                commands.push(Effect::Go(Route::Start));
                commands
            }
            Event::WorryConfirmed => {
                let mut commands = self.confirm_worry();
                commands.extend(self.keep_soon());
                commands
            }
            Event::ReadAloud => self.read_aloud(),
            Event::StopReading => self.stop_reading(),
            Event::Voices(there) => {
                self.voices(there);
                Vec::new()
            }
            Event::Look(look) => {
                self.safety.look = look;
                only(Effect::SetLook(look))
            }
            // It has been seen to before.
            Event::Exit | Event::Input(_) | Event::ShiftWaited(_) => Vec::new(),
            Event::StartAgain => {
                let mut commands = self.drop_files();
                self.forget();
                let forget = Effect::Draft(DraftEffect::Drop);
                commands.extend([forget, Effect::WarnOnLeaving(false), Effect::Go(Route::Start)]);
                commands
            }
            Event::Draft(event) => self.draft(event),
            Event::Files(event) => self.files_event(event),
        }
    }

    /// Forgets all that was answered and typed.
    #[inline(never)]
    fn forget(&mut self) {
        let mut keeping = std::mem::take(&mut self.keeping);
        keeping.forget(&self.bundle.content.register);
        *self = Self {
            route: std::mem::take(&mut self.route),
            drawn: self.drawn,
            behind: self.behind,
            here: self.here,
            keeping,
            // A need, and no answer.
            safety: std::mem::take(&mut self.safety),
            ..Self::new(Arc::clone(&self.bundle), self.today)
        };
    }

    fn typed(&mut self, question: &str, raw: FormInput) -> Vec<Effect> {
        // What is typed on a page that asks nothing (a passphrase) is nobody's to keep.
        if self.bundle.flow.question(question).is_none() {
            return Vec::new();
        }
        let first = self.is_untouched();
        self.pending.insert(question, raw);
        let mut commands = self.keep_soon();
        if self.written() || first {
            commands.push(Effect::WarnOnLeaving(self.warns()));
        }
        commands
    }

    /// Moves a changed letter from the answers back to the typed inputs. Its facts have changed, so the person must see
    /// their text again.
    fn reopen_letter(&mut self) {
        if let Some(Answer::Text(text)) = self.answers.get(ids::LETTER) {
            let raw = FormInput::default().with(Field::Text, text.as_str());
            self.pending.insert(ids::LETTER, raw);
            self.answers.forget(ids::LETTER);
        }
    }

    fn is_our_letter(&self, text: &str) -> bool {
        self.letter().is_some_and(|letter| letter.text.trim() == text)
    }

    fn save(&self, file: Option<File>) -> Vec<Effect> {
        let Some(file) = file else { return Vec::new() };
        let said = self.bundle.content.fill(MessageId::Saved, &[("file", &file.name)]);
        vec![Effect::Save(file), Effect::Tell(said)]
    }

    fn tell(&self, word: MessageId) -> Vec<Effect> {
        only(Effect::Tell(self.bundle.content.owned_word(word)))
    }
}

/// Returns whether a page shows advice.
fn is_told(kind: &QuestionKind) -> bool {
    matches!(kind, QuestionKind::Advice | QuestionKind::Progress)
}

/// The values that a page is made from.
impl Model {
    /// The files it runs on.
    pub fn bundle(&self) -> &Arc<Bundle> {
        &self.bundle
    }

    /// A number that changes when the page must be drawn again.
    pub fn drawn(&self) -> u32 {
        self.drawn
    }

    /// The page it is on.
    pub fn route(&self) -> &Route {
        &self.route
    }

    /// The person's day.
    pub fn today(&self) -> Date {
        self.today
    }

    /// The day that counts: today, or once it is delivered, the day it was sent.
    pub fn day(&self) -> Date {
        match (self.courier.state(), &self.attempt) {
            (Delivery::Delivered(_), Some(sent)) => sent.day,
            _ => self.today,
        }
    }

    /// Returns the mistakes on this page.
    pub fn errors(&self) -> &[Mistake] {
        &self.errors
    }

    /// Returns the state of the delivery.
    pub fn delivery(&self) -> &Delivery {
        self.courier.state()
    }

    /// How the sending goes.
    pub fn courier(&self) -> &DeliveryMachine {
        &self.courier
    }

    /// Returns the truncation that the council's form would cause, once it is reported and nothing is sent.
    pub fn cut(&self) -> Option<&Truncation> {
        self.cut.as_ref()
    }

    /// The last try.
    pub fn attempt(&self) -> Option<&Attempt> {
        self.attempt.as_ref().map(|sent| &sent.attempt)
    }

    /// Returns whether a submission with a number exists for the current answers.
    pub fn is_made(&self) -> bool {
        let made = self.attempt.as_ref().filter(|sent| !sent.attempt.body.is_empty());
        made.is_some_and(|sent| sent.answers == self.answers_on_the_way())
    }

    /// The council it is about, as far as is known.
    pub fn council(&self) -> &Council {
        let named = self.answers.get(ids::BOROUGH);
        let named = named.and_then(|answer| self.bundle.councils().find(|council| answer.has(&council.id)));
        named.unwrap_or(&self.bundle.council)
    }

    /// Returns whether the person has named one of several councils. Always true if there is only one.
    pub fn council_is_known(&self) -> bool {
        let named = self.answers.get(ids::BOROUGH).is_some_and(|answer| answer.has(&self.council().id));
        self.bundle.partners.is_empty() || named
    }

    /// The page as the person left it: what they typed, else what they answered.
    pub fn raw(&self, question: &str) -> FormInput {
        let answered = || self.answers.get(question).map(Answer::to_raw);
        let mut raw = self.pending.get(question).cloned().or_else(answered).unwrap_or_default();
        // What another register's questions offered and these do not could not be taken off again.
        let asked = self.bundle.flow.question(question);
        let offered = asked.map(Question::options).unwrap_or_default();
        raw.chosen.retain(|option| offered.is_empty() || offered.contains(&option.as_str()));
        if question != ids::LETTER || raw != FormInput::default() {
            return raw;
        }
        match self.letter() {
            Some(letter) => raw.with(Field::Text, letter.text),
            None => raw,
        }
    }

    /// The way so far.
    pub fn walk(&self) -> Journey<'_> {
        let mut walk = None;
        self.in_situation(&self.answers, &mut |situation| walk = Some(self.bundle.flow.walk(situation)));
        walk.unwrap_or_default()
    }

    /// Looks at what conditions look at, with these answers.
    fn in_situation(&self, answers: &Answers, look: &mut dyn FnMut(Situation<'_>)) {
        let outcome = |questions: &[&Question]| self.advice_on(&self.answers_among(answers, questions)).outcome.id();
        look(Situation {
            answers,
            today: self.day(),
            shared_service: !self.bundle.partners.is_empty(),
            takes_files: self.council().delivery.files.is_some(),
            outcome: &outcome,
        });
    }

    /// Returns true where a condition holds after these questions.
    pub fn holds(&self, when: &Condition, questions: &[&Question]) -> bool {
        let mut holds = false;
        self.in_situation(&self.answers, &mut |situation| holds = when.holds(situation, questions));
        holds
    }

    /// The answers that lie on the way: the only ones that count.
    pub fn answers_on_the_way(&self) -> Answers {
        self.answers_among(&self.answers, &self.walk().questions)
    }

    /// The answers to these questions, and what the flow itself gives.
    fn answers_among(&self, given: &Answers, questions: &[&Question]) -> Answers {
        let mut answers = given.only(questions.iter().map(|question| question.id.as_str()));
        for question in questions {
            if answers.get(&question.id).is_some_and(|answer| !question.takes(answer)) {
                answers.forget(&question.id);
            }
        }
        // It belongs to no page: the person said it beside what they wrote.
        if let Some(worry) = given.get(SAFEGUARDING_WORRY) {
            answers.set(SAFEGUARDING_WORRY, worry.clone());
        }
        for (question, given) in self.bundle.flow.given().iter() {
            if answers.get(question).is_none() {
                answers.set(question, given.clone());
            }
        }
        answers
    }

    /// Returns the advice for the answers to the questions on the person's route.
    pub fn advice(&self) -> Advice {
        self.advice_on(&self.answers_on_the_way())
    }

    fn advice_on(&self, answers: &Answers) -> Advice {
        let council = self.council();
        let facts = Facts::from_answers(answers, self.day());
        let mut advice = advise(&facts, &council.rules, council.counting(&self.bundle.calendar));
        let since = facts.stage_reached.and_then(StageReached::waits_since);
        if since.is_some_and(|milestone| facts.date_of(milestone).is_none()) && advice.outcome == Outcome::Wait {
            // It was not sent today, and when it was is not known: any date would be made up.
            advice.deadlines.clear();
        }
        advice
    }

    pub(super) fn is_untouched(&self) -> bool {
        self.answers.is_empty() && self.pending.is_empty()
    }

    fn reading(&self) -> Reading<'_> {
        let Self { today, bundle, .. } = self;
        let here = self.here.unwrap_or(*today);
        Reading { today: *today, here, months: &bundle.content.months, councils: &bundle.ids }
    }
}
