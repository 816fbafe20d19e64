//! Sending and what goes beside it: how far it has come in words, the other ways to hand it over, and the copies.

use crate::model::File;
use crate::model::{Effect, Model};
use crate::view_model::{AskedQuestion, CouncilCard, DateLine, Row, SentPage, Steps, safety::plain};
use putright_domain::{
    delivery::{
        config::{Channel, Fallback, SendBy},
        response::DeliveryError,
        state_machine::Delivery,
    },
    documents::personal_copy::{self, Copy},
    form::flow::{Asked, Page},
    guidance::triage::{Advice, Flag},
    messages::MessageId,
};

/// Check answers.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckPage {
    /// The place among the steps; `None` for a way without steps.
    pub steps: Option<Steps>,
    /// Every answer on the way.
    pub rows: Vec<Row>,
    /// The pages that can be added: the address of each, and the words of its link.
    pub extras: Vec<(String, String)>,
    /// The questions that this page asks before sending.
    pub asked: Vec<AskedQuestion>,
    /// The words of the button that sends; `None` where nothing can be sent from here.
    pub send: Option<MessageId>,
    /// The words of the button that sends it without the files that were refused; empty where there are none.
    pub without: String,
    /// While it is being sent: what is said of it.
    pub sending: Option<MessageId>,
    /// Why it is not known to be with the council, and what trying again would mean.
    pub failed: Vec<String>,
    /// How else to reach the council.
    pub councils: Vec<CouncilCard>,
    /// The other ways, in the council's order.
    pub ways: Vec<Way>,
    /// The person's own copy number; empty where none has been made.
    pub copy_number: String,
}

/// Another way to hand it over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// The channel.
    pub means: Channel,
    /// The words of its button.
    pub label: String,
    /// The advice to read before choosing it.
    pub hint: String,
}

/// A copy to read out, or to post.
#[derive(Clone, Debug, PartialEq)]
pub struct HandOverPage {
    /// Its title.
    pub title: String,
    /// The instructions. The first line says whether the submission has been sent.
    pub told: Vec<String>,
    /// How to reach the council.
    pub councils: Vec<CouncilCard>,
    /// For the post: the letter, with its address.
    pub letter: String,
    /// The person's own copy number.
    pub copy_number: String,
    /// The answers to read out.
    pub rows: Vec<Row>,
}

fn label(means: Channel) -> (MessageId, MessageId) {
    match means {
        Channel::Print => (MessageId::WayPrint, MessageId::WayPrintHint),
        Channel::DownloadHtml => (MessageId::WayDownload, MessageId::WayDownloadHint),
        Channel::DownloadJson => (MessageId::WayData, MessageId::WayDataHint),
        Channel::Copy => (MessageId::WayCopy, MessageId::WayCopyHint),
        Channel::Email => (MessageId::WayEmail, MessageId::WayEmailHint),
        Channel::Telephone => (MessageId::WayTelephone, MessageId::WayTelephoneHint),
        Channel::Post => (MessageId::WayPost, MessageId::WayPostHint),
        Channel::Form => (MessageId::WayForm, MessageId::WayFormHint),
    }
}

impl Model {
    /// The other ways that this person is offered, in the council's order. An email stays in the mail program, where others of
    /// the family may read it: children are offered it only where the council says so.
    pub fn means_offered(&self) -> Vec<&Fallback> {
        let young = self.bundle().content.register != putright_domain::bundle::FIRST_REGISTER;
        let fallbacks = self.delivery_config().fallbacks.iter();
        fallbacks.filter(|fallback| fallback.means != Channel::Email || fallback.for_children || !young).collect()
    }

    fn ways(&self) -> Vec<Way> {
        let content = &self.bundle().content;
        let way = |fallback: &Fallback| {
            let (label, hint) = label(fallback.means);
            Way {
                means: fallback.means,
                label: content.owned_word(label),
                hint: content.fill(hint, &[("address", &fallback.address)]),
            }
        };
        self.means_offered().into_iter().map(way).collect()
    }

    pub(super) fn check_page(&self) -> CheckPage {
        let sends = self.delivery_config().send != SendBy::None;
        let error = match self.delivery() {
            Delivery::Failed(error) => Some(error),
            _ => None,
        };
        let sending = match self.delivery() {
            Delivery::Sending => Some(MessageId::Sending),
            Delivery::Waiting(_) => Some(MessageId::SendingAgain),
            _ => None,
        };
        let others = error.is_some() || !sends || !self.courier().handed_over().is_empty();
        let walk = self.walk();
        let has_steps = walk.pages.iter().any(|page| page.step.is_some());
        let is_here = |row: &Row| self.bundle().flow.check().iter().any(|asked| asked.question.id == row.question);
        let rows: Vec<Row> = self.rows().into_iter().filter(|row| !is_here(row)).collect();
        CheckPage {
            steps: self.steps(has_steps.then(|| self.bundle().flow.steps().len().saturating_sub(1))),
            // What has been added already has a link to change it.
            extras: walk
                .extras
                .iter()
                .filter(|page| rows.iter().all(|row| row.question != page.id()))
                .map(|page| self.extra(page))
                .collect(),
            rows,
            asked: self.asked_on_check(self.bundle()).into_iter().map(|asked| self.check_part(asked)).collect(),
            send: sends.then_some(if error.is_some() { MessageId::TryAgain } else { MessageId::Send }),
            failed: error.map(|_| self.what_trying_again_means()).unwrap_or_default(),
            without: self.without_words(),
            councils: if error.is_some() || !sends { self.council_cards() } else { Vec::new() },
            ways: if others && sending.is_none() { self.ways() } else { Vec::new() },
            copy_number: if self.is_made() { self.copy_number() } else { String::new() },
            sending,
        }
    }

    /// A page that can be added: its address and the words of the link to it.
    fn extra(&self, page: &Page) -> (String, String) {
        let words = self.bundle().content.question(page.id()).map(|words| words.add.clone()).unwrap_or_default();
        (self.route_of(page.id()).to_string(), words)
    }

    fn check_part(&self, asked: &Asked) -> AskedQuestion {
        let question = &asked.question;
        AskedQuestion { prefix: [&question.id, "-"].concat(), is_heading: false, ..self.asked_question(question) }
    }

    fn without_words(&self) -> String {
        let names: Vec<&str> = self.files_refused().iter().map(|file| file.name.as_str()).collect();
        if names.is_empty() {
            return String::new();
        }
        self.bundle().content.fill(MessageId::SendWithout, &[("files", &names.join(", "))])
    }

    fn what_trying_again_means(&self) -> Vec<String> {
        let content = &self.bundle().content;
        let again = match (self.courier().may_have_arrived(), self.delivery_config().is_keyed()) {
            (false, _) => MessageId::AgainSafe,
            (true, true) => MessageId::AgainSame,
            (true, false) => MessageId::AgainTwice,
        };
        vec![content.owned_word(MessageId::NotSentKept), content.fill(again, &[("number", &self.copy_number())])]
    }

    /// Returns the message about the failure of the last try.
    pub(super) fn failure(&self, error: &DeliveryError) -> String {
        let content = &self.bundle().content;
        if *error == DeliveryError::Offline && self.courier().is_online() {
            return content.owned_word(MessageId::BackOnline);
        }
        let told = content.word(failure_word(error));
        if self.courier().may_have_arrived() && !error.may_have_arrived() {
            return [told, " ", content.word(MessageId::FailedEarlier)].concat();
        }
        told.to_owned()
    }

    /// Returns the title over the reasons. It depends on whether another tab sent the submission, and whether a try may
    /// have arrived.
    pub(super) fn not_sent_title(&self) -> MessageId {
        match (self.elsewhere_words(), self.courier().may_have_arrived()) {
            (Some(_), _) => MessageId::SentTitle,
            (None, true) => MessageId::NotSentTitle,
            (None, false) => MessageId::NotSentSure,
        }
    }

    pub(super) fn hand_over_page(&self, by_post: bool) -> HandOverPage {
        let content = &self.bundle().content;
        let (title, told) = if by_post {
            (MessageId::PostTitle, MessageId::PostTold)
        } else {
            (MessageId::ReadOutTitle, MessageId::ReadOutTold)
        };
        let rows = self.rows();
        HandOverPage {
            title: content.owned_word(title),
            told: vec![content.owned_word(self.whether_sent()), content.owned_word(told)],
            councils: if by_post { Vec::new() } else { self.council_cards() },
            letter: if by_post { self.letter_by_post() } else { String::new() },
            copy_number: self.copy_number(),
            rows: if by_post { Vec::new() } else { rows },
        }
    }

    fn letter_by_post(&self) -> String {
        let content = &self.bundle().content;
        let address = self.council().contact.post.join("\n");
        let rows = self.rows();
        let parts = parts(&rows);
        let day = content.date(self.today());
        let number = self.number_line();
        [address.as_str(), &day, &number, content.word(MessageId::PostOpening), &personal_copy::summary(&parts)]
            .join("\n\n")
    }

    /// The number of the person's own copy, with its name.
    fn number_line(&self) -> String {
        [self.bundle().content.word(MessageId::SentCopyNumber), ": ", &self.copy_number()].concat()
    }

    /// Returns all questions and answers in words.
    pub fn summary(&self) -> String {
        personal_copy::summary(&parts(&self.rows()))
    }

    /// Returns the questions that the advice lets the person put to the council, in the words of the page.
    pub fn questions_for_council(&self, advice: &Advice) -> Vec<String> {
        let asks = advice.flags.contains(Flag::WhichProcedureAsk);
        asks.then(|| self.bundle().content.owned_word(MessageId::WhichProcedureQuestion)).into_iter().collect()
    }

    /// The number that the person's own copy bears; empty before there is one.
    pub fn copy_number(&self) -> String {
        self.attempt().map(|attempt| copy_number(&attempt.id)).unwrap_or_default()
    }

    /// Returns the message that the submission has been sent, may have been sent, or has not.
    fn whether_sent(&self) -> MessageId {
        match self.delivery() {
            Delivery::Delivered(_) => MessageId::CopySent,
            _ if self.courier().may_have_arrived() => MessageId::CopyMaybe,
            _ => MessageId::CopyNotSent,
        }
    }

    fn copied(&self, as_page: bool) -> String {
        let content = &self.bundle().content;
        let rows = self.rows();
        let mut number = self.number_line();
        let mut told = vec![content.owned_word(self.whether_sent())];
        let council = self.council();
        told.push([&content.date(self.day()), ". ", &council.team, ", ", &council.name].concat());
        told.extend(self.known_as());
        if let Delivery::Delivered(_) = self.delivery() {
            let SentPage { dates, no_way_back, .. } = self.sent_page();
            for DateLine { what, due, latest, .. } in dates {
                told.push([&what, " ", &due, ". ", &latest].concat());
            }
            for line in no_way_back {
                told.push(plain(&line));
            }
        } else {
            // Without a reference of the council's, people ask for it by this number.
            told.push(std::mem::take(&mut number));
        }
        let copy = Copy {
            language: &content.language,
            direction: content.direction.id(),
            title: content.word(MessageId::CopyTitle),
            told: &told,
            number: &number,
            parts: &parts(&rows),
        };
        if as_page { copy.html() } else { copy.text() }
    }

    /// Returns the telephone number of the complaints team, with its name.
    pub(super) fn telephone_line(&self) -> Option<String> {
        let name = self.bundle().content.word(MessageId::Telephone);
        self.council().contact.telephone.first().map(|phone| [name, ": ", &phone.number].concat())
    }

    /// The person's own copy, as a page.
    pub fn copy_as_page(&self) -> Option<File> {
        let text = self.copied(true);
        Some(File { name: self.copy_name(".html")?, media_type: "text/html;charset=utf-8", text })
    }

    /// The submission, as data.
    pub fn copy_as_data(&self) -> Option<File> {
        let text = self.attempt()?.body.clone();
        Some(File { name: self.copy_name(".json")?, media_type: "application/json", text })
    }

    /// The person's own copy, as text.
    pub fn copy_as_text(&self) -> Option<File> {
        let text = self.copied(false);
        Some(File { name: self.copy_name(".txt")?, media_type: "text/plain;charset=utf-8", text })
    }

    fn copy_name(&self, ending: &str) -> Option<String> {
        let start = self.attempt()?.id.get(..8)?;
        Some([self.bundle().content.word(MessageId::CopyFile), "-", start, ending].concat())
    }

    /// Returns the address for an email, where this person is offered one.
    pub(super) fn email_to(&self) -> Option<&str> {
        let email = self.means_offered().into_iter().find(|fallback| fallback.means == Channel::Email);
        email.map(|fallback| fallback.address.as_str())
    }

    /// An email of the person's own, and the text beside it where it is too long for that.
    pub fn copy_by_email(&self) -> Vec<Effect> {
        let content = &self.bundle().content;
        let Some(to) = self.email_to() else { return Vec::new() };
        let subject = [content.word(MessageId::CopyTitle), " ", &self.copy_number()].concat();
        let mail = personal_copy::mail(to, &subject, &self.copied(false), content.word(MessageId::EmailTooLong));
        let mut commands = Vec::new();
        if !mail.is_whole {
            commands.extend(self.copy_as_text().map(Effect::Copy));
        }
        commands.push(Effect::Mail(mail));
        commands
    }
}

fn parts(rows: &[Row]) -> Vec<(&str, &[String])> {
    rows.iter().map(|row| (row.label.as_str(), row.lines.as_slice())).collect()
}

/// The device's number for reading aloud: 32 digits in eights.
fn copy_number(id: &str) -> String {
    let eights: Vec<String> =
        id.as_bytes().chunks(8).map(|chunk| chunk.iter().map(|byte| char::from(*byte)).collect()).collect();
    eights.join("-")
}

fn failure_word(error: &DeliveryError) -> MessageId {
    match error {
        DeliveryError::Offline => MessageId::FailedOffline,
        DeliveryError::NotReady | DeliveryError::Unreachable => MessageId::FailedUnreachable,
        DeliveryError::TimedOut => MessageId::FailedUnknown,
        DeliveryError::Stopped => MessageId::FailedStopped,
        DeliveryError::Elsewhere => MessageId::FailedElsewhere,
        DeliveryError::Refused(_) => MessageId::FailedRefused,
        DeliveryError::TooLarge => MessageId::FailedTooLarge,
        DeliveryError::Busy(_) => MessageId::FailedBusy,
        DeliveryError::Fault(_) => MessageId::FailedFault,
    }
}
