//! The part of a visit that keeps a person safe: leaving fast, words of danger, reading aloud, and how the page looks.

use super::{Command, Session};
use crate::domain::{
    content::Word,
    danger::Alarm,
    exit::{Pressed, Shift},
    look::Look,
    route::Route,
};

/// Whether the page can be read aloud.
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

/// What changes on a page while it stands, without its being drawn again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Live {
    /// How many of the three lights of "Exit this page" are on.
    pub lights: u8,
    /// What is said about them.
    pub said: Option<Word>,
    /// The kinds of danger that the answers on the page report.
    pub danger: Alarm,
    /// Whether it can be read aloud.
    pub voice: Voice,
    /// How it looks.
    pub look: Look,
}

/// What of that the session keeps.
#[derive(Debug, Default)]
pub(super) struct Safety {
    pub shift: Shift,
    pub danger: Alarm,
    pub voice: Voice,
    pub look: Look,
    /// The person has left: whatever comes after is not listened to.
    pub gone: bool,
}

impl Session {
    /// What changes on the page while it stands.
    pub fn live(&self) -> Live {
        let Safety { shift, danger, voice, look, .. } = self.safety;
        Live { lights: shift.lights(), said: shift.said(), danger, voice, look }
    }

    /// How the page looks, as the person has chosen.
    pub fn look(&self) -> Look {
        self.safety.look
    }

    /// Forgets everything, and leaves.
    pub(super) fn exit(&mut self) -> Vec<Command> {
        let url = self.council().exit_to.clone();
        self.forget();
        self.route = Route::Start;
        self.safety = Safety { gone: true, ..Safety::default() };
        self.drawn = self.drawn.wrapping_add(1);
        vec![Command::WipeAndLeave(url)]
    }

    pub(super) fn pressed(&mut self, pressed: Pressed) -> Vec<Command> {
        match pressed {
            Pressed::Nothing => Vec::new(),
            Pressed::Wait(turn) => vec![Command::WaitForShift(turn)],
            Pressed::Exit => self.exit(),
        }
    }

    pub(super) fn read_aloud(&mut self) -> Vec<Command> {
        let texts = self.page().spoken();
        if self.safety.voice == Voice::None || texts.is_empty() {
            return Vec::new();
        }
        self.safety.voice = Voice::Speaking;
        vec![Command::Speak { texts, language: self.loaded.content.language.clone() }]
    }

    pub(super) fn stop_reading(&mut self) -> Vec<Command> {
        if self.safety.voice != Voice::Speaking {
            return Vec::new();
        }
        self.safety.voice = Voice::Ready;
        vec![Command::Silence]
    }

    /// Voices come and go: what is being read is not cut off for it.
    pub(super) fn voices(&mut self, there: bool) {
        self.safety.voice = match (there, self.safety.voice) {
            (true, Voice::Speaking) => Voice::Speaking,
            (true, _) => Voice::Ready,
            (false, _) => Voice::None,
        };
    }

    /// Returns the kinds of danger that the answers on this page report; before sending, those on any page.
    pub(super) fn sees_danger(&self) -> Alarm {
        let mut alarm = Alarm::default();
        match &self.route {
            Route::Check => self.walk().ids().for_each(|id| alarm.add(self.alarm_on(id))),
            Route::Start | Route::Question(_) => alarm.add(self.alarm_on(self.question_on_page())),
            _ => {}
        }
        alarm
    }

    fn alarm_on(&self, question: &str) -> Alarm {
        let raw = self.raw(question);
        let content = &self.loaded.content;
        let young = content.register != "adult";
        let mut alarm = Alarm::default();
        for (_, text) in raw.text.iter() {
            alarm.add(self.loaded.danger.find(text, young));
        }
        let Some(words) = content.questions.get(question) else { return alarm };
        alarm.child |= raw.chosen.iter().any(|option| words.options.get(option).is_some_and(|option| option.danger));
        alarm
    }
}
