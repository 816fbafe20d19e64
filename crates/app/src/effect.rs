//! The effects of a visit: everything that it asks of the browser.

use crate::{attachments::messages::FilesEffect, drafts::messages::DraftEffect};
use putright_domain::{
    delivery::{config::Opens, request::Request},
    display_settings::DisplaySettings,
    documents::personal_copy::Mail,
    route::Route,
};

/// A target for the focus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Focus {
    /// To the summary of the mistakes to correct, or of the reasons why nothing was sent.
    Summary,
    /// To the heading of a new page.
    Heading,
    /// To an element, with its label in view.
    Element(String),
}

/// Something for the browser to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Go to a page, as a new entry of the history.
    Go(Route),
    /// Go to a page in place of this entry.
    Replace(Route),
    /// Move the focus, once the page is drawn.
    Focus(Focus),
    /// Make a number that nobody else has, and tell it.
    MakeId,
    /// Send this, and tell what came of it.
    Deliver(Box<Request>),
    /// Tell when so many milliseconds are over, with this number.
    WaitToSend {
        /// How long.
        milliseconds: u32,
        /// The wait's number.
        number: u32,
    },
    /// Tell the other tabs that this visit has been sent, and its reference.
    TellTabs {
        /// The number of the visit.
        visit: String,
        /// The council's reference; empty where it gave none.
        reference: String,
    },
    /// Stop what is being sent. Nothing need be told.
    StopSending,
    /// Open the council's own page, with this put into it.
    OpenForm(Box<Request>, Opens),
    /// Go to an address of the person's own mail program.
    Mail(Mail),
    /// Go one entry back in the history.
    Back,
    /// Print the page.
    Print,
    /// Put the text of this into the clipboard, and tell whether that could be done.
    Copy(File),
    /// Give this to the person as a file.
    Save(File),
    /// Say this to the person, without moving the focus.
    Tell(String),
    /// Fetch the questions and the words of a register, and tell what came of it.
    LoadEdition(String),
    /// Draw everything again: the words have changed.
    ChangeWords,
    /// Ask before the page is left, or no longer.
    WarnOnLeaving(bool),
    /// Wipe what is on the page and what is kept on the device, stop speaking, and go to this address in place of the page.
    WipeAndLeave(String),
    /// Tell when five seconds are over, with this number.
    WaitForShift(u32),
    /// Say these texts, one after another, with a voice of this device for this language, and tell when that is done.
    Speak {
        /// The texts.
        texts: Vec<String>,
        /// A BCP 47 tag.
        language: String,
    },
    /// Stop speaking.
    Silence,
    /// Make the page look like this.
    SetLook(DisplaySettings),
    /// Do something with a draft.
    Draft(DraftEffect),
    /// Do something with photos and files.
    Files(FilesEffect),
}

/// One thing to do. A list of one is made in so many places that its code is not to be in each.
#[inline(never)]
pub(crate) fn only(effect: Effect) -> Vec<Effect> {
    vec![effect]
}

/// Returns the effect that does something with a draft.
pub(crate) fn on_draft(effect: DraftEffect) -> Effect {
    Effect::Draft(effect)
}

/// Returns the effect that does something with photos and files.
#[inline(never)]
pub(crate) fn on_files(effect: FilesEffect) -> Effect {
    Effect::Files(effect)
}

/// A text to be kept as a file.
#[derive(Clone, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// The text of the file.
    pub text: String,
}

impl std::fmt::Debug for File {
    /// Never what a person wrote.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("File").field("name", &self.name).finish_non_exhaustive()
    }
}
