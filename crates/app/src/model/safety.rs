//! The part of a visit that keeps a person safe: leaving fast, words of danger, reading aloud, and how the page looks.

use crate::model::{Effect, Model, answering::Shown, only};
use putright_domain::{
    danger_phrases::Alarm,
    display_settings::DisplaySettings,
    form::answer::Answer,
    guidance::{
        facts::{SAFEGUARDING_WORRY, YES, ids},
        signpost::SignpostId,
        triage::{Facts, Flag},
    },
    messages::MessageId,
    quick_exit::{Pressed, Shift},
    route::Route,
};

/// The state of reading the page aloud.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Voice {
    /// There is no voice on this device.
    #[default]
    None,
    /// It can be.
    Ready,
    /// It is being read.
    Speaking,
}

/// The parts of a page that change without the page being drawn again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Live {
    /// How many of the three lights of "Exit this page" are on.
    pub lights: u8,
    /// The message about the lights.
    pub said: Option<MessageId>,
    /// The kinds of danger that the answers on the page report.
    pub danger: Alarm,
    /// The person has said that a child may not be safe.
    pub worry: bool,
    /// The state of reading the page aloud.
    pub voice: Voice,
    /// How it looks.
    pub look: DisplaySettings,
    /// The questions of the page that are asked as it stands.
    pub shown: Shown,
}

/// The state that the model keeps for safety, reading aloud and display settings.
#[derive(Debug, Default)]
pub(super) struct Safety {
    pub shift: Shift,
    pub danger: Alarm,
    pub voice: Voice,
    pub look: DisplaySettings,
    /// The person has left: whatever comes after is not listened to.
    pub gone: bool,
}

impl Model {
    /// Returns the parts of the page that change without the page being drawn again.
    pub fn live(&self) -> Live {
        let Safety { shift, danger, voice, look, .. } = self.safety;
        let worry = self.answers.get(SAFEGUARDING_WORRY).is_some() || self.raw(ids::TOPICS).has(SAFEGUARDING_WORRY);
        Live { worry, lights: shift.lights(), said: shift.said(), danger, voice, look, shown: self.shown() }
    }

    /// How the page looks, as the person has chosen.
    pub fn look(&self) -> DisplaySettings {
        self.safety.look
    }

    /// Forgets everything, and leaves.
    pub(super) fn exit(&mut self) -> Vec<Effect> {
        let url = self.council().exit_to.clone();
        self.forget();
        self.route = Route::Start;
        self.safety = Safety { gone: true, ..Safety::default() };
        self.drawn = self.drawn.wrapping_add(1);
        only(Effect::WipeAndLeave(url))
    }

    pub(super) fn pressed(&mut self, pressed: Pressed) -> Vec<Effect> {
        match pressed {
            Pressed::Nothing => Vec::new(),
            Pressed::Wait(turn) => only(Effect::WaitForShift(turn)),
            Pressed::Exit => self.exit(),
        }
    }

    pub(super) fn read_aloud(&mut self) -> Vec<Effect> {
        let texts = self.page().spoken();
        if self.safety.voice == Voice::None || texts.is_empty() {
            return Vec::new();
        }
        self.safety.voice = Voice::Speaking;
        only(Effect::Speak { texts, language: self.bundle.content.language.clone() })
    }

    pub(super) fn stop_reading(&mut self) -> Vec<Effect> {
        if self.safety.voice != Voice::Speaking {
            return Vec::new();
        }
        self.safety.voice = Voice::Ready;
        only(Effect::Silence)
    }

    /// Voices come and go: what is being read is not cut off for it.
    pub(super) fn voices(&mut self, there: bool) {
        self.safety.voice = match (there, self.safety.voice) {
            (true, Voice::Speaking) => Voice::Speaking,
            (true, _) => Voice::Ready,
            (false, _) => Voice::None,
        };
    }

    /// Returns the kinds of danger that the answers on this page report; before sending, those on any page, and so after it.
    pub(super) fn sees_danger(&self) -> Alarm {
        let young = self.is_young();
        let mut alarm = Alarm::default();
        match &self.route {
            Route::Check | Route::Sent => self.walk().ids().for_each(|id| alarm.add(self.alarm_on(id, young))),
            Route::Start | Route::Question(_) => {
                let page = self.bundle.flow.page_of(self.question_on_page());
                let (shown, asked) = (self.shown(), page.into_iter().flat_map(|page| &page.questions).enumerate());
                asked
                    .filter(|(at, _)| shown >> at & 1 == 1)
                    .for_each(|(_, asked)| alarm.add(self.alarm_on(&asked.question.id, young)));
            }
            _ => {}
        }
        if self.route == Route::Sent {
            // The confirmation gives the numbers for a child by itself, where the advice has them.
            let advice = self.advice();
            alarm.child &= !advice.flags.contains(Flag::SafeguardingWorry)
                && !advice.signposts.contains(SignpostId::HomelessChild);
        }
        alarm
    }

    /// Returns true where the words are for the young, or the person is a child or a young care leaver.
    pub fn is_young(&self) -> bool {
        self.bundle.content.register != "adult"
            || Facts::from_answers(&self.answers_on_the_way(), self.today).is_young()
    }

    /// Keeps the person's word that a child may not be safe: it goes with what is sent.
    pub(super) fn confirm_worry(&mut self) -> Vec<Effect> {
        self.answers.set(SAFEGUARDING_WORRY, Answer::One(YES.to_owned()));
        Vec::new()
    }

    fn alarm_on(&self, question: &str, young: bool) -> Alarm {
        let raw = self.raw(question);
        let content = &self.bundle.content;
        let mut alarm = Alarm::default();
        for (_, text) in raw.text.iter() {
            alarm.add(self.bundle.danger.find(text, young));
        }
        let Some(words) = content.questions.get(question) else { return alarm };
        alarm.child |= raw.chosen.iter().any(|option| words.options.get(option).is_some_and(|option| option.danger));
        alarm
    }
}
