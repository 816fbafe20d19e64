//! The part of a [`Model`](crate::model::Model) about safety, reading aloud and display settings.

use putright_domain::{
    danger_phrases::Alarm, display_settings::DisplaySettings, messages::MessageId, quick_exit::Shift,
};

/// A set of a page's questions: the bit of each is its place on the page.
pub type ShownQuestions = u32;

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
    pub shown: ShownQuestions,
}

/// The state that the model keeps for safety, reading aloud and display settings.
#[derive(Debug, Default)]
pub(crate) struct SafetyState {
    pub shift: Shift,
    pub danger: Alarm,
    pub voice: Voice,
    pub look: DisplaySettings,
    /// The person has left: whatever comes after is not listened to.
    pub gone: bool,
}
