//! The events of a visit: everything that a person, the browser or a backend can do to it.

use std::fmt;

use crate::{attachments::messages::FilesEvent, drafts::messages::DraftEvent};
use putright_domain::{
    bundle::AudienceContent,
    delivery::{
        config::Channel,
        response::{DeliveryError, Receipt},
    },
    display_settings::DisplaySettings,
    form::answer::{FormInput, QuestionId},
    quick_exit::Input,
    route::Route,
};

/// Something that happened.
#[derive(Clone)]
pub enum Event {
    /// The address changed: by a link, back, forward, or a effect.
    Navigated(Route),
    /// Something was typed or ticked. Draws nothing: it only must not be lost.
    Typed {
        /// The question.
        question: QuestionId,
        /// The question as it stands.
        raw: FormInput,
    },
    /// Answers were given before the app had loaded.
    Adopted {
        /// The questions that stood there, with what was chosen or typed.
        given: Vec<(QuestionId, FormInput)>,
        /// The page that the person is on. `None` if they wait for the next.
        at: Option<Route>,
    },
    /// Continue was pressed: each question of the page, as it stands.
    Answered(Vec<(QuestionId, FormInput)>),
    /// This copy of a page, named by its first question, is to be taken away.
    Remove(QuestionId),
    /// Change was pressed beside an answer.
    Change(QuestionId),
    /// Send was pressed.
    Send,
    /// Another tab has sent the same.
    SentElsewhere {
        /// The number of the visit there.
        visit: String,
        /// The council's reference; empty where it gave none.
        reference: String,
    },
    /// It is to be sent without the files for which it was refused.
    SendWithout,
    /// A number has been made for this press: 32 lower-case hexadecimal digits.
    IdMade(String),
    /// A try came to its end.
    Delivered(Result<Receipt, DeliveryError>),
    /// The wait of this number is over.
    WaitedToSend(u32),
    /// The person stopped the sending.
    SendingStopped,
    /// The device is connected, or no longer.
    Online(bool),
    /// Another way to hand it over was chosen.
    Use(Channel),
    /// Everything is to be forgotten.
    StartAgain,
    /// Back was pressed.
    Back,
    /// A link to a place within the page was followed.
    GoTo(String),
    /// Everything is to be forgotten but the person's own details: they act for somebody else next.
    NextPerson,
    /// Print was pressed.
    Print,
    /// The letter on the page is to be copied.
    CopyLetter,
    /// A text was copied to the clipboard, or could not be.
    Copied(bool),
    /// The letter on the page is to be kept as a file.
    SaveLetter,
    /// The dates are to be kept as a calendar file.
    SaveCalendar {
        /// True if the calendar is to remind the person of each date.
        reminders: bool,
    },
    /// The letter is to be as the answers make it again.
    RestoreLetter,
    /// The questions and the words of another register have come, or could not.
    EditionLoaded(Option<AudienceContent>),
    /// "Exit this page" was pressed.
    Exit,
    /// Shift was pressed or let go, or something else was done.
    Input(Input),
    /// Five seconds are over since [`Effect::WaitForShift`](crate::Effect::WaitForShift).
    ShiftWaited(u32),
    /// The person says that a child may not be safe.
    WorryConfirmed,
    /// The page is to be read aloud.
    ReadAloud,
    /// Reading is to stop, or has come to its end.
    StopReading,
    /// The device has a local voice for the language, or has none.
    Voices(bool),
    /// The page is to look like this.
    Look(DisplaySettings),
    /// Something about a draft.
    Draft(DraftEvent),
    /// Something about the photos and files that go with it.
    Files(FilesEvent),
}

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Navigated(_) => "Navigated",
            Self::Typed { .. } => "Typed",
            Self::Adopted { .. } => "Adopted",
            Self::Answered(_) => "Answered",
            Self::Remove(_) => "Remove",
            Self::Change(_) => "Change",
            Self::Send => "Send",
            Self::SendWithout => "SendWithout",
            Self::SentElsewhere { .. } => "SentElsewhere",
            Self::IdMade(_) => "IdMade",
            Self::Delivered(_) => "Delivered",
            Self::WaitedToSend(_) => "WaitedToSend",
            Self::SendingStopped => "SendingStopped",
            Self::Online(_) => "Online",
            Self::Use(_) => "Use",
            Self::StartAgain => "StartAgain",
            Self::Back => "Back",
            Self::GoTo(_) => "GoTo",
            Self::NextPerson => "NextPerson",
            Self::Print => "Print",
            Self::CopyLetter => "CopyLetter",
            Self::Copied(_) => "Copied",
            Self::SaveLetter => "SaveLetter",
            Self::SaveCalendar { .. } => "SaveCalendar",
            Self::RestoreLetter => "RestoreLetter",
            Self::EditionLoaded(_) => "EditionLoaded",
            Self::Exit => "Exit",
            Self::Input(_) => "Input",
            Self::ShiftWaited(_) => "ShiftWaited",
            Self::WorryConfirmed => "WorryConfirmed",
            Self::ReadAloud => "ReadAloud",
            Self::StopReading => "StopReading",
            Self::Voices(_) => "Voices",
            Self::Look(_) => "Look",
            Self::Draft(_) => "Draft",
            Self::Files(_) => "Files",
        })
    }
}
