//! The state of one visit, as data: [`Model`] and the values read from it.
//!
//! Each part belongs to one module, whose functions change it: `answering`, `navigation`, `delivery`, `drafts`, `attachments` and
//! `safety`. The methods here read the model, and forget it.

use std::sync::Arc;

use crate::{
    attachments::state::Attachments,
    delivery::state::{Attempt, Sending},
    drafts::state::Drafts,
    safety::state::SafetyState,
};
use putright_domain::{
    bundle::{Bundle, FIRST_REGISTER},
    council::Council,
    date::Date,
    delivery::{
        attachments::Attachment,
        config::DeliveryConfig,
        request::Truncation,
        state_machine::{Delivery, DeliveryMachine},
    },
    display_settings::DisplaySettings,
    form::{
        answer::{Answers, FormInput, QuestionId},
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
    route::Route,
};

/// One person's visit.
#[derive(Debug)]
pub struct Model {
    pub(crate) bundle: Arc<Bundle>,
    pub(crate) today: Date,
    /// The day where the person is, where that is not England.
    here: Option<Date>,
    /// The number of this visit, which other tabs with the same draft have too; empty before there is one.
    pub(crate) visit: String,
    pub(crate) form: FormState,
    pub(crate) navigation: Navigation,
    pub(crate) sending: Sending,
    pub(crate) drafts: Drafts,
    pub(crate) attachments: Attachments,
    pub(crate) safety: SafetyState,
}

/// The part of a model about answers. `answering` changes it.
#[derive(Debug, Default)]
pub(crate) struct FormState {
    pub answers: Answers,
    /// Pages as they were typed in but not, or not rightly, continued.
    pub pending: KeyMap<FormInput>,
    pub errors: Vec<Mistake>,
    /// A Change was pressed: go back to check answers as soon as nothing new is open.
    pub returning: bool,
    /// The advice when the person last read it.
    pub advice_read: Option<Advice>,
    /// The question that Change was pressed beside, until its page is there.
    pub changing: Option<QuestionId>,
}

/// The part of a model about pages. `navigation` changes it.
#[derive(Debug)]
pub(crate) struct Navigation {
    pub route: Route,
    /// Counts what changed the page.
    pub drawn: u32,
    /// How many pages lie behind this one in the history, as far as the app knows; `None` before the first.
    pub behind: Option<u32>,
}

impl Navigation {
    /// Makes the view draw the page again.
    pub fn redraw(&mut self) {
        self.drawn = self.drawn.wrapping_add(1);
    }
}

impl Model {
    /// A visit that has not begun.
    pub fn new(bundle: Arc<Bundle>, today: Date) -> Self {
        let drafts = Drafts::new(&bundle.content.register);
        Self {
            bundle,
            today,
            here: None,
            visit: String::new(),
            form: FormState::default(),
            navigation: Navigation { route: Route::Start, drawn: 0, behind: None },
            sending: Sending::default(),
            drafts,
            attachments: Attachments::default(),
            safety: SafetyState::default(),
        }
    }

    /// Returns true once the person has left by "Exit this page".
    pub fn has_left(&self) -> bool {
        self.safety.gone
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

    /// Forgets all that was answered and typed. The page stays, and so do the display settings: they are a need, and no answer.
    #[inline(never)]
    pub(crate) fn forget(&mut self) {
        self.drafts.forget(&self.bundle.content.register);
        self.form = FormState::default();
        self.sending = Sending::default();
        self.attachments = Attachments::default();
        self.visit.clear();
    }

    /// The files it runs on.
    pub fn bundle(&self) -> &Arc<Bundle> {
        &self.bundle
    }

    /// A number that changes when the page must be drawn again.
    pub fn drawn(&self) -> u32 {
        self.navigation.drawn
    }

    /// The page it is on.
    pub fn route(&self) -> &Route {
        &self.navigation.route
    }

    /// The person's day.
    pub fn today(&self) -> Date {
        self.today
    }

    /// The day that counts: today, or once it is delivered, the day it was sent.
    pub fn day(&self) -> Date {
        match (self.sending.machine.state(), &self.sending.attempt) {
            (Delivery::Delivered(_), Some(sent)) => sent.day,
            _ => self.today,
        }
    }

    /// Returns the mistakes on this page.
    pub fn errors(&self) -> &[Mistake] {
        &self.form.errors
    }

    /// Returns the state of the delivery.
    pub fn delivery(&self) -> &Delivery {
        self.sending.machine.state()
    }

    /// The progress of the delivery, with what is known of earlier tries.
    pub fn delivery_machine(&self) -> &DeliveryMachine {
        &self.sending.machine
    }

    /// Returns the truncation that the council's form would cause, once it is reported and nothing is sent.
    pub fn truncation(&self) -> Option<&Truncation> {
        self.sending.truncation.as_ref()
    }

    /// The last try.
    pub fn attempt(&self) -> Option<&Attempt> {
        self.sending.attempt.as_ref().map(|sent| &sent.attempt)
    }

    /// Returns whether a submission with a number exists for the current answers.
    pub fn is_made(&self) -> bool {
        let made = self.sending.attempt.as_ref().filter(|sent| !sent.attempt.body.is_empty());
        made.is_some_and(|sent| sent.answers == self.answers_on_the_way())
    }

    /// The council it is about, as far as is known.
    pub fn council(&self) -> &Council {
        let named = self.form.answers.get(ids::BOROUGH);
        let named = named.and_then(|answer| self.bundle.councils().find(|council| answer.has(&council.id)));
        named.unwrap_or(&self.bundle.council)
    }

    /// Returns whether the person has named one of several councils. Always true if there is only one.
    pub fn council_is_known(&self) -> bool {
        let named = self.form.answers.get(ids::BOROUGH).is_some_and(|answer| answer.has(&self.council().id));
        self.bundle.partners.is_empty() || named
    }

    /// The way so far.
    pub fn walk(&self) -> Journey<'_> {
        let mut walk = None;
        self.in_situation(&self.form.answers, &mut |situation| walk = Some(self.bundle.flow.walk(situation)));
        walk.unwrap_or_default()
    }

    /// Looks at what conditions look at, with these answers.
    pub(crate) fn in_situation(&self, answers: &Answers, look: &mut dyn FnMut(Situation<'_>)) {
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
        self.in_situation(&self.form.answers, &mut |situation| holds = when.holds(situation, questions));
        holds
    }

    /// The answers that lie on the way: the only ones that count.
    pub fn answers_on_the_way(&self) -> Answers {
        self.answers_among(&self.form.answers, &self.walk().questions)
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

    pub(crate) fn is_untouched(&self) -> bool {
        self.form.answers.is_empty() && self.form.pending.is_empty()
    }

    pub(crate) fn reading(&self) -> Reading<'_> {
        let Self { today, bundle, .. } = self;
        let here = self.here.unwrap_or(*today);
        Reading { today: *today, here, months: &bundle.content.months, councils: &bundle.ids }
    }

    /// The advice has changed: whoever read it must see the new.
    pub(crate) fn forget_advice(&mut self) {
        let bundle = Arc::clone(&self.bundle);
        for question in bundle.flow.questions().filter(|question| shows_advice(&question.kind)) {
            self.form.answers.forget(&question.id);
        }
    }

    /// The files that go with it, in the order in which they were added; none where the council takes none, or the page for
    /// them is not on the way. What is in each, the browser has.
    pub fn files(&self) -> &[Attachment] {
        let asked = || self.walk().position(ids::FILES).is_some();
        if self.council().delivery.files.is_some() && asked() { self.attachments.ready() } else { &[] }
    }

    /// Returns whether files are being made ready. Nothing is sent meanwhile.
    pub fn files_busy(&self) -> bool {
        self.attachments.is_busy()
    }

    /// How the council that it is about takes submissions.
    pub fn delivery_config(&self) -> &DeliveryConfig {
        &self.council().delivery
    }

    /// The state of the drafts.
    pub fn drafts(&self) -> &Drafts {
        &self.drafts
    }

    /// The page of the form that the person was on last.
    pub fn form_page(&self) -> &Route {
        &self.drafts.form
    }

    /// Returns whether the words are for young people.
    pub fn is_for_the_young(&self) -> bool {
        self.bundle.content.register != FIRST_REGISTER
    }

    /// How the page looks, as the person has chosen.
    pub fn look(&self) -> DisplaySettings {
        self.safety.look
    }

    /// Returns true where the words are for the young, or the person is a child or a young care leaver.
    pub fn is_young(&self) -> bool {
        self.bundle.content.register != "adult"
            || Facts::from_answers(&self.answers_on_the_way(), self.today).is_young()
    }

    pub(crate) fn facts(&self) -> Facts {
        Facts::from_answers(&self.answers_on_the_way(), self.day())
    }
}

/// Returns whether a page shows advice.
pub(crate) fn shows_advice(kind: &QuestionKind) -> bool {
    matches!(kind, QuestionKind::Advice | QuestionKind::Progress)
}
