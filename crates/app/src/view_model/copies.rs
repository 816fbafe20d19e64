//! The person's own copies of a submission: as a page, text, data, email, or to read out and post.

use crate::{
    effect::File,
    model::Model,
    view_model::{
        channels,
        confirmation::{self, SentPage},
        contacts::{self, CouncilCard},
        dates::DateLine,
        failure, reference,
        summary_list::{self, Row},
        words::plain,
    },
};
use putright_domain::{
    delivery::state_machine::Delivery,
    documents::personal_copy::{self, Copy, Mail},
    messages::MessageId,
};

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

pub(crate) fn hand_over_page(model: &Model, by_post: bool) -> HandOverPage {
    let content = &model.bundle().content;
    let (title, told) = if by_post {
        (MessageId::PostTitle, MessageId::PostTold)
    } else {
        (MessageId::ReadOutTitle, MessageId::ReadOutTold)
    };
    let rows = summary_list::rows(model);
    HandOverPage {
        title: content.owned_word(title),
        told: vec![content.owned_word(failure::whether_sent(model)), content.owned_word(told)],
        councils: if by_post { Vec::new() } else { contacts::council_cards(model) },
        letter: if by_post { letter_by_post(model) } else { String::new() },
        copy_number: reference::copy_number(model),
        rows: if by_post { Vec::new() } else { rows },
    }
}

fn letter_by_post(model: &Model) -> String {
    let content = &model.bundle().content;
    let address = model.council().contact.post.join("\n");
    let rows = summary_list::rows(model);
    let parts = parts(&rows);
    let day = content.date(model.today());
    let number = reference::number_line(model);
    [address.as_str(), &day, &number, content.word(MessageId::PostOpening), &personal_copy::summary(&parts)]
        .join("\n\n")
}

/// Returns all questions and answers in words.
pub fn summary(model: &Model) -> String {
    personal_copy::summary(&parts(&summary_list::rows(model)))
}

fn copied(model: &Model, as_page: bool) -> String {
    let content = &model.bundle().content;
    let rows = summary_list::rows(model);
    let mut number = reference::number_line(model);
    let mut told = vec![content.owned_word(failure::whether_sent(model))];
    let council = model.council();
    told.push([&content.date(model.day()), ". ", &council.team, ", ", &council.name].concat());
    told.extend(reference::known_as(model));
    if let Delivery::Delivered(_) = model.delivery() {
        let SentPage { dates, no_way_back, .. } = confirmation::sent_page(model);
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

/// The person's own copy, as a page.
pub fn copy_as_page(model: &Model) -> Option<File> {
    let text = copied(model, true);
    Some(File { name: copy_name(model, ".html")?, media_type: "text/html;charset=utf-8", text })
}

/// The submission, as data.
pub fn copy_as_data(model: &Model) -> Option<File> {
    let text = model.attempt()?.body.clone();
    Some(File { name: copy_name(model, ".json")?, media_type: "application/json", text })
}

/// The person's own copy, as text.
pub fn copy_as_text(model: &Model) -> Option<File> {
    let text = copied(model, false);
    Some(File { name: copy_name(model, ".txt")?, media_type: "text/plain;charset=utf-8", text })
}

fn copy_name(model: &Model, ending: &str) -> Option<String> {
    let start = model.attempt()?.id.get(..8)?;
    Some([model.bundle().content.word(MessageId::CopyFile), "-", start, ending].concat())
}

/// Returns an email of the person's own; `None` where this person is offered none.
pub(crate) fn copy_by_email(model: &Model) -> Option<Mail> {
    let content = &model.bundle().content;
    let to = channels::email_to(model)?;
    let subject = [content.word(MessageId::CopyTitle), " ", &reference::copy_number(model)].concat();
    Some(personal_copy::mail(to, &subject, &copied(model, false), content.word(MessageId::EmailTooLong)))
}

fn parts(rows: &[Row]) -> Vec<(&str, &[String])> {
    rows.iter().map(|row| (row.label.as_str(), row.lines.as_slice())).collect()
}
