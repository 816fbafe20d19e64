//! The part of a [`Model`](crate::model::Model) about sending.

use putright_domain::{
    date::Date,
    delivery::{
        attachments::Attachment,
        config::Channel,
        request::Truncation,
        response::DeliveryError,
        state_machine::{Delivery, DeliveryMachine},
    },
    form::answer::Answers,
};

/// The id of the words that say how far it is.
pub const SENDING_STATUS: &str = "sending-status";

/// A submission to send. It is the same on every try, so that the council can recognise it.
#[derive(Clone, PartialEq, Eq)]
pub struct Attempt {
    /// The person's own copy number, and the idempotency key.
    pub id: String,
    /// The submission, as JSON.
    pub body: String,
    /// All questions and answers, in words.
    pub summary: String,
    /// The files that go with it.
    pub files: Vec<Attachment>,
}

impl std::fmt::Debug for Attempt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Attempt").field("id", &self.id).finish_non_exhaustive()
    }
}

/// An attempt, with the answers it was made from.
#[derive(Debug)]
pub(crate) struct Sent {
    pub attempt: Attempt,
    pub answers: Answers,
    /// The day it says it was sent on.
    pub day: Date,
}

/// The purpose of the number that is being made: sending, or another channel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum DeliveryChoice {
    #[default]
    Sending,
    By(Channel),
}

/// The part of a model about sending.
#[derive(Debug, Default)]
pub(crate) struct Sending {
    pub machine: DeliveryMachine,
    pub attempt: Option<Sent>,
    /// The purpose of the number that is being made.
    pub wanted: DeliveryChoice,
    /// It was sent from another tab, under this reference.
    pub elsewhere: Option<String>,
    /// The truncation that the council's form would cause, once reported to the person.
    pub truncation: Option<Truncation>,
}

impl Sending {
    /// Returns the files of the last try.
    pub fn files(&self) -> &[Attachment] {
        self.attempt.as_ref().map_or(&[], |sent| &sent.attempt.files)
    }

    /// Returns the file of the last try that a place in the submission is about.
    pub fn file_at(&self, pointer: &str) -> Option<&Attachment> {
        let place = pointer.strip_prefix("/files/")?.split('/').next()?.parse::<usize>().ok()?;
        self.files().get(place)
    }

    /// Returns the files for which the backend refused the last try: those that it names, or all where it may be any.
    pub fn files_refused(&self) -> Vec<&Attachment> {
        let all = || self.files().iter().collect();
        match self.machine.state() {
            Delivery::Failed(DeliveryError::TooLarge) => all(),
            Delivery::Failed(DeliveryError::Refused(refusals)) => {
                let named: Vec<&Attachment> =
                    refusals.iter().filter_map(|refusal| self.file_at(&refusal.pointer)).collect();
                let some = refusals.iter().any(|refusal| refusal.pointer.starts_with("/files"));
                if named.is_empty() && some { all() } else { named }
            }
            _ => Vec::new(),
        }
    }
}
