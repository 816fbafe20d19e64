//! The part of a visit that keeps a person safe: leaving fast, words of danger, reading aloud, and how the page looks.

use super::{Command, Session};
use crate::domain::{
    content::Word,
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
    /// Whether what stands on the page tells of danger.
    pub danger: bool,
    /// Whether it can be read aloud.
    pub voice: Voice,
    /// How it looks.
    pub look: Look,
}

/// What of that the session keeps.
#[derive(Debug, Default)]
pub(super) struct Safety {
    pub shift: Shift,
    pub danger: bool,
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

    /// Whether what stands on the page it is on, or before sending on any, tells of danger.
    pub(super) fn sees_danger(&self) -> bool {
        match &self.route {
            Route::Check => self.walk().ids().any(|id| self.tells_danger(id)),
            Route::Start | Route::Question(_) => self.tells_danger(self.question_on_page()),
            _ => false,
        }
    }

    fn tells_danger(&self, question: &str) -> bool {
        let raw = self.raw(question);
        let content = &self.loaded.content;
        let young = content.register != "adult";
        for (_, text) in raw.text.iter() {
            if self.loaded.danger.is_in(text, young) {
                return true;
            }
        }
        let Some(words) = content.questions.get(question) else { return false };
        raw.chosen.iter().any(|option| words.options.get(option).is_some_and(|option| option.danger))
    }
}
