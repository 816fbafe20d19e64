//! The confirmation: reference, dates, and the answers that were sent.

use crate::{
    model::Model,
    view_model::{
        contacts::{self, CouncilCard},
        dates::{self, DateLine},
        files,
        first_help::{self, FirstHelp},
        reference,
        summary_list::{self, Row},
    },
};
use putright_domain::{
    delivery::state_machine::Delivery,
    guidance::facts::{ids, one},
    submission::format::Kind,
};

/// The confirmation.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct SentPage {
    /// The council's reference; empty where it gives none.
    pub reference: String,
    /// The person's own copy number.
    pub copy_number: String,
    /// The day it was sent.
    pub sent_on: String,
    /// The warning that files are missing, or may be. Empty if all are known to have arrived.
    pub files: String,
    /// Help that comes first, and appeals that have a last day.
    pub help: FirstHelp,
    /// The events to expect, with their dates.
    pub dates: Vec<DateLine>,
    /// It is a letter about a complaint already made.
    pub follow_up: bool,
    /// The steps that are still possible if nobody can reach the person. Empty if somebody can.
    pub no_way_back: Vec<String>,
    /// People for the young to ring, as links.
    pub talk: Vec<String>,
    /// The councils to ask.
    pub councils: Vec<CouncilCard>,
    /// The answers that were sent.
    pub rows: Vec<Row>,
    /// True if a comment or a compliment was sent.
    pub thanks: bool,
    /// True if the person acts for others, and may want to go on for the next.
    pub for_others: bool,
    /// True if the page has been loaded again since. Then only reference, dates and telephone numbers are left.
    pub reloaded: bool,
}

pub(crate) fn sent_page(model: &Model) -> SentPage {
    let reference = match model.delivery() {
        Delivery::Delivered(receipt) => receipt.reference.clone(),
        _ => String::new(),
    };
    let answers = model.answers_on_the_way();
    let thanks = matches!(one(&answers, ids::WANT, Kind::from_id), Some(Kind::Comment | Kind::Compliment));
    let advice = model.advice();
    let promises = !thanks && !first_help::no_way_back(model);
    let record = model.drafts().record.as_deref();
    let line = |[what, due, latest]: &[String; 3]| DateLine {
        what: what.clone(),
        due: due.clone(),
        latest: latest.clone(),
        basis: String::new(),
        skipped: String::new(),
        about: String::new(),
    };
    let dates = match record {
        Some(record) => record.dates.iter().map(line).collect(),
        None if !promises => Vec::new(),
        None => dates::date_lines(model, &advice.deadlines),
    };
    let mut councils = contacts::council_cards(model);
    for card in &mut councils {
        // The telephone alone: the rest is one link away, in help and contacts.
        card.reach.post.clear();
        card.reach.web.clear();
    }
    SentPage {
        reloaded: record.is_some(),
        help: if thanks || record.is_some() {
            FirstHelp::default()
        } else {
            first_help::help_after_sending(model, &advice)
        },
        follow_up: answers.get(ids::WANT).is_some_and(|answer| answer.has("progress")),
        thanks,
        for_others: answers.get(ids::AUTHORITY).is_some(),
        reference,
        copy_number: reference::copy_number(model),
        files: files::files_in_doubt(model),
        sent_on: model.bundle().content.date(model.day()),
        dates,
        no_way_back: if promises || thanks || record.is_some() {
            Vec::new()
        } else {
            first_help::no_way_back_told(model)
        },
        talk: if thanks { Vec::new() } else { first_help::talk(model, &advice) },
        councils,
        rows: summary_list::rows(model),
    }
}

/// Returns the dates of the confirmation in words: the event, the day, and the last day where that is later.
pub(crate) fn sent_dates(model: &Model) -> Vec<[String; 3]> {
    sent_page(model).dates.into_iter().map(|date| [date.what, date.due, date.latest]).collect()
}
