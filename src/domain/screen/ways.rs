//! Sending and what goes beside it: how far it has come in words, the other ways to hand it over, and the copies.

use super::{AskedQuestion, CouncilCard, DateLine, File, Row, SentPage, Steps, safety::plain};
use crate::domain::{
    content::Word,
    delivery::{
        answer::DeliveryError,
        config::{Fallback, Means, SendBy},
        courier::Delivery,
    },
    documents::copy::{self, Copy},
    guidance::triage::{Advice, Flag},
    journey::flow::{Asked, Page},
    session::{Command, Session},
};

/// Check answers.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckPage {
    /// The place among the steps; `None` for a way without steps.
    pub steps: Option<Steps>,
    /// Every answer on the way.
    pub rows: Vec<Row>,
    /// What can be added: the address of each page, and the words of its link.
    pub extras: Vec<(String, String)>,
    /// What is asked before it is sent.
    pub asked: Vec<AskedQuestion>,
    /// The words of the button that sends; `None` where nothing can be sent from here.
    pub send: Option<Word>,
    /// The words of the button that sends it without the files that were refused; empty where there are none.
    pub without: String,
    /// While it is being sent: what is said of it.
    pub sending: Option<Word>,
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
    /// Which.
    pub means: Means,
    /// What its button says.
    pub label: String,
    /// What to know before.
    pub hint: String,
}

/// A copy to read out, or to post.
#[derive(Clone, Debug, PartialEq)]
pub struct HandOverPage {
    /// Its title.
    pub title: String,
    /// What to do. That it has not been sent stands first.
    pub told: Vec<String>,
    /// How to reach the council.
    pub councils: Vec<CouncilCard>,
    /// For the post: the letter, with its address.
    pub letter: String,
    /// The person's own copy number.
    pub copy_number: String,
    /// What to read out.
    pub rows: Vec<Row>,
}

fn label(means: Means) -> (Word, Word) {
    match means {
        Means::Print => (Word::WayPrint, Word::WayPrintHint),
        Means::DownloadHtml => (Word::WayDownload, Word::WayDownloadHint),
        Means::DownloadJson => (Word::WayData, Word::WayDataHint),
        Means::Copy => (Word::WayCopy, Word::WayCopyHint),
        Means::Email => (Word::WayEmail, Word::WayEmailHint),
        Means::Telephone => (Word::WayTelephone, Word::WayTelephoneHint),
        Means::Post => (Word::WayPost, Word::WayPostHint),
        Means::Form => (Word::WayForm, Word::WayFormHint),
    }
}

impl Session {
    /// The other ways that this person is offered, in the council's order. An email stays in the mail program, where others of
    /// the family may read it: children are offered it only where the council says so.
    pub fn means_offered(&self) -> Vec<&Fallback> {
        let young = self.loaded().content.register != crate::domain::loaded::FIRST_REGISTER;
        let fallbacks = self.delivery_config().fallbacks.iter();
        fallbacks.filter(|fallback| fallback.means != Means::Email || fallback.for_children || !young).collect()
    }

    fn ways(&self) -> Vec<Way> {
        let content = &self.loaded().content;
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
            Delivery::Sending => Some(Word::Sending),
            Delivery::Waiting(_) => Some(Word::SendingAgain),
            _ => None,
        };
        let others = error.is_some() || !sends || !self.courier().handed_over().is_empty();
        let walk = self.walk();
        let has_steps = walk.pages.iter().any(|page| page.step.is_some());
        let is_here = |row: &Row| self.loaded().flow.check().iter().any(|asked| asked.question.id == row.question);
        let rows: Vec<Row> = self.rows().into_iter().filter(|row| !is_here(row)).collect();
        CheckPage {
            steps: self.steps(has_steps.then(|| self.loaded().flow.steps().len().saturating_sub(1))),
            // What has been added already has a link to change it.
            extras: walk
                .extras
                .iter()
                .filter(|page| rows.iter().all(|row| row.question != page.id()))
                .map(|page| self.extra(page))
                .collect(),
            rows,
            asked: self.asked_on_check(self.loaded()).into_iter().map(|asked| self.check_part(asked)).collect(),
            send: sends.then_some(if error.is_some() { Word::TryAgain } else { Word::Send }),
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
        let words = self.loaded().content.question(page.id()).map(|words| words.add.clone()).unwrap_or_default();
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
        self.loaded().content.fill(Word::SendWithout, &[("files", &names.join(", "))])
    }

    fn what_trying_again_means(&self) -> Vec<String> {
        let content = &self.loaded().content;
        let again = match (self.courier().may_have_arrived(), self.delivery_config().is_keyed()) {
            (false, _) => Word::AgainSafe,
            (true, true) => Word::AgainSame,
            (true, false) => Word::AgainTwice,
        };
        vec![content.owned_word(Word::NotSentKept), content.fill(again, &[("number", &self.copy_number())])]
    }

    /// What happened to the last try.
    pub(super) fn failure(&self, error: &DeliveryError) -> String {
        let content = &self.loaded().content;
        if *error == DeliveryError::Offline && self.courier().is_online() {
            return content.owned_word(Word::BackOnline);
        }
        let told = content.word(failure_word(error));
        if self.courier().may_have_arrived() && !error.may_have_arrived() {
            return [told, " ", content.word(Word::FailedEarlier)].concat();
        }
        told.to_owned()
    }

    /// Whether it is known not to have arrived.
    pub(super) fn not_sent_title(&self) -> Word {
        match (self.elsewhere_words(), self.courier().may_have_arrived()) {
            (Some(_), _) => Word::SentTitle,
            (None, true) => Word::NotSentTitle,
            (None, false) => Word::NotSentSure,
        }
    }

    pub(super) fn hand_over_page(&self, by_post: bool) -> HandOverPage {
        let content = &self.loaded().content;
        let (title, told) =
            if by_post { (Word::PostTitle, Word::PostTold) } else { (Word::ReadOutTitle, Word::ReadOutTold) };
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
        let content = &self.loaded().content;
        let address = self.council().contact.post.join("\n");
        let rows = self.rows();
        let parts = parts(&rows);
        let day = content.date(self.today());
        let number = self.number_line();
        [address.as_str(), &day, &number, content.word(Word::PostOpening), &copy::summary(&parts)].join("\n\n")
    }

    /// The number of the person's own copy, with its name.
    fn number_line(&self) -> String {
        [self.loaded().content.word(Word::SentCopyNumber), ": ", &self.copy_number()].concat()
    }

    /// Returns all questions and answers in words.
    pub fn summary(&self) -> String {
        copy::summary(&parts(&self.rows()))
    }

    /// Returns the questions that the advice lets the person put to the council, in the words of the page.
    pub(in crate::domain) fn questions_for_council(&self, advice: &Advice) -> Vec<String> {
        let asks = advice.flags.contains(Flag::WhichProcedureAsk);
        asks.then(|| self.loaded().content.owned_word(Word::WhichProcedureQuestion)).into_iter().collect()
    }

    /// The number that the person's own copy bears; empty before there is one.
    pub fn copy_number(&self) -> String {
        self.attempt().map(|attempt| copy_number(&attempt.id)).unwrap_or_default()
    }

    /// That it has not been sent, or not for certain, or that it has.
    fn whether_sent(&self) -> Word {
        match self.delivery() {
            Delivery::Delivered(_) => Word::CopySent,
            _ if self.courier().may_have_arrived() => Word::CopyMaybe,
            _ => Word::CopyNotSent,
        }
    }

    fn copied(&self, as_page: bool) -> String {
        let content = &self.loaded().content;
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
            title: content.word(Word::CopyTitle),
            told: &told,
            number: &number,
            parts: &parts(&rows),
        };
        if as_page { copy.html() } else { copy.text() }
    }

    /// Returns the telephone number of the complaints team, with its name.
    pub(super) fn telephone_line(&self) -> Option<String> {
        let name = self.loaded().content.word(Word::Telephone);
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
        Some([self.loaded().content.word(Word::CopyFile), "-", start, ending].concat())
    }

    /// Returns the address for an email, where this person is offered one.
    pub(super) fn email_to(&self) -> Option<&str> {
        let email = self.means_offered().into_iter().find(|fallback| fallback.means == Means::Email);
        email.map(|fallback| fallback.address.as_str())
    }

    /// An email of the person's own, and the text beside it where it is too long for that.
    pub(in crate::domain) fn copy_by_email(&self) -> Vec<Command> {
        let content = &self.loaded().content;
        let Some(to) = self.email_to() else { return Vec::new() };
        let subject = [content.word(Word::CopyTitle), " ", &self.copy_number()].concat();
        let mail = copy::mail(to, &subject, &self.copied(false), content.word(Word::EmailTooLong));
        let mut commands = Vec::new();
        if !mail.is_whole {
            commands.extend(self.copy_as_text().map(Command::Copy));
        }
        commands.push(Command::Mail(mail));
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

fn failure_word(error: &DeliveryError) -> Word {
    match error {
        DeliveryError::Offline => Word::FailedOffline,
        DeliveryError::NotReady | DeliveryError::Unreachable => Word::FailedUnreachable,
        DeliveryError::TimedOut => Word::FailedUnknown,
        DeliveryError::Stopped => Word::FailedStopped,
        DeliveryError::Elsewhere => Word::FailedElsewhere,
        DeliveryError::Refused(_) => Word::FailedRefused,
        DeliveryError::TooLarge => Word::FailedTooLarge,
        DeliveryError::Busy(_) => Word::FailedBusy,
        DeliveryError::Fault(_) => Word::FailedFault,
    }
}
