//! Deadlines in words.

use crate::model::Model;
use putright_domain::{
    date::Date,
    guidance::{deadline::Deadline, time_limits::Basis},
    messages::{MessageId, fill},
};

/// A limit with its dates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateLine {
    /// The event that is due.
    pub what: String,
    /// By when.
    pub due: String,
    /// By when at the latest; empty where it cannot be extended.
    pub latest: String,
    /// The law, code or promise that sets the limit.
    pub basis: String,
    /// The bank holidays left out; empty for none.
    pub skipped: String,
    /// The note that the date is only approximate. Empty if the date is certain.
    pub about: String,
}

/// Deadlines in words.
pub(crate) fn date_lines(model: &Model, deadlines: &[Deadline]) -> Vec<DateLine> {
    deadlines.iter().map(|deadline| date_line(model, deadline)).collect()
}

pub(crate) fn date_line(model: &Model, deadline: &Deadline) -> DateLine {
    let content = &model.bundle().content;
    let council = model.council();
    let counting = council.counting(&model.bundle().calendar);
    let day = |date: Date| day_or_about(model, date, deadline);
    let skipped: Vec<String> = counting
        .skipped(deadline)
        .into_iter()
        .map(|holiday| {
            let day = [&content.day_of_month(holiday.date), " (", &holiday.title].concat();
            let template = if holiday.substitute { content.word(MessageId::SubstituteDay) } else { "{day}" };
            [&fill(template, &[("day", &day)]), ")"].concat()
        })
        .collect();
    let latest = deadline.latest.map(|date| content.fill(MessageId::LatestBy, &[("date", &day(date))]));
    let name = match deadline.clock.basis() {
        Basis::Promise => council.short_name.as_str(),
        Basis::Law | Basis::Code => "",
    };
    let note = match (deadline.about, counting.is_about(deadline.last_day())) {
        (_, true) => content.word(MessageId::AboutNote),
        (true, false) => content.word(MessageId::AboutMonth),
        (false, false) => "",
    };
    let named = |text: &str| fill(text, &[("council", name)]);
    DateLine {
        what: named(content.clock(deadline.clock)),
        due: content.fill(MessageId::DueBy, &[("date", &day(deadline.due))]),
        latest: latest.unwrap_or_default(),
        basis: named(content.basis(deadline.clock.basis())),
        skipped: if skipped.is_empty() {
            String::new()
        } else {
            content.fill(MessageId::Skipped, &[("days", &skipped.join(", "))])
        },
        about: note.to_owned(),
    }
}

/// Returns a date of a limit in words: "about" where it was counted from a month, or past the bank holidays known.
pub(crate) fn day_or_about(model: &Model, date: Date, deadline: &Deadline) -> String {
    let content = &model.bundle().content;
    let text = content.date(date);
    let counting = model.council().counting(&model.bundle().calendar);
    let far = counting.is_about(date);
    // Of a limit that only ends past the bank holidays known, the earlier date is sure.
    if far || deadline.about && !counting.is_about(deadline.last_day()) {
        content.fill(MessageId::AboutDate, &[("date", &text)])
    } else {
        text
    }
}
