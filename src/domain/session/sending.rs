//! The part of a visit that sends: one try at a time, the very same bytes again, and nothing called lost that may have arrived.

use super::{Command, Focus, Session};
use crate::domain::{
    date::Date,
    guidance::facts::ids,
    journey::{
        answer::{Answer, Answers},
        walk::End,
    },
    route::Route,
    submission::{
        build::{self, Finished, Unanswered},
        delivery::{Attempt, Delivery, DeliveryError, Receipt},
        wire::Submission,
    },
};

/// What was sent, and from what.
#[derive(Debug)]
pub(super) struct Sent {
    pub attempt: Attempt,
    pub answers: Answers,
    /// The day it says it was sent on.
    pub day: Date,
}

impl Session {
    pub(super) fn can_send(&self) -> bool {
        matches!(self.delivery, Delivery::Ready | Delivery::Failed(_)) && self.walk().end == End::Check
    }

    pub(super) fn send(&mut self, fresh_id: &str) -> Vec<Command> {
        let answers = self.answers_on_the_way();
        let sent = match self.attempt.take() {
            // The very same again, so that a backend that has it already can tell.
            Some(sent) if sent.answers == answers => sent,
            earlier => {
                let lost = earlier.filter(|sent| sent.attempt.may_have_arrived);
                match self.new_attempt(&answers, fresh_id, lost.as_ref().map(|sent| sent.attempt.id.as_str())) {
                    Ok(attempt) => Sent { attempt, answers, day: self.today },
                    Err(Unanswered(question)) => return vec![Command::Go(self.route_of(question))],
                }
            }
        };
        let attempt = sent.attempt.clone();
        self.attempt = Some(sent);
        self.delivery = Delivery::Sending;
        vec![Command::Deliver(attempt)]
    }

    fn new_attempt(&self, answers: &Answers, id: &str, replaces: Option<&str>) -> Result<Attempt, Unanswered> {
        let advice = self.advice();
        let content = &self.loaded.content;
        let submission = Submission::try_from(Finished {
            answers,
            advice: &advice,
            letter: self.letter_to_send(),
            instead: self.said_instead(answers),
            files: &[],
            council: &self.council().id,
            language: &content.language,
            register: &content.register,
            id,
            replaces,
            today: self.today,
        })?;
        Ok(Attempt { id: id.to_owned(), body: submission.to_json(), may_have_arrived: false })
    }

    /// What was ticked in place of writing what happened, in the words of the page.
    fn said_instead(&self, answers: &Answers) -> Option<String> {
        let question = self.loaded.flow.question(ids::TELL_HOW)?;
        match answers.get(ids::TELL_HOW)? {
            Answer::One(option) if option != build::WRITE => Some(self.option_label(question, option)),
            _ => None,
        }
    }

    pub(super) fn delivered(&mut self, result: Result<Receipt, DeliveryError>) -> Vec<Command> {
        if self.delivery != Delivery::Sending {
            return Vec::new();
        }
        match result {
            Ok(receipt) => {
                self.delivery = Delivery::Delivered(receipt);
                let mut commands = self.drop_kept();
                commands.extend([Command::WarnOnLeaving(false), Command::Replace(Route::Sent)]);
                commands
            }
            Err(error) => {
                if let Some(sent) = &mut self.attempt {
                    sent.attempt.may_have_arrived |= error.may_have_arrived();
                }
                self.delivery = Delivery::Failed(error);
                // Whoever is reading the guide meanwhile must see it.
                let away = self.route != Route::Check;
                let mut commands = self.keep_now();
                commands.push(if away { Command::Go(Route::Check) } else { Command::Focus(Focus::Summary) });
                commands
            }
        }
    }
}
