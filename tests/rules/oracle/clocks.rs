//! Clocks: the trigger is day 0, "within N working days" ends on the Nth working day after it. `latest` is the longest
//! extension, a total from the same trigger.
//!
//! A month alone: a clock of the council's counts from the month's last day, one of the person's from its first; both are
//! "about". So is every date past the last bank holiday in the data.

use putright_domain::date::Date;

use super::{Given, Line, Place};
use crate::common::{date, naive::Naive};

/// Each clock in working days: due, and at the latest. The Ombudsman's is a calendar year.
pub const TABLE: [(&str, u32, Option<u32>); 14] = [
    ("council.s1.contact", 3, None),
    ("statutory.s1.response", 10, Some(20)),
    ("complainant.s2.request", 20, None),
    ("statutory.s2.response", 25, Some(65)),
    ("council.s2.investigation", 25, Some(65)),
    ("complainant.s3.request", 20, None),
    ("statutory.s3.panel", 30, None),
    ("statutory.s3.report", 5, None),
    ("statutory.s3.response", 15, None),
    ("corporate.s1.ack", 5, None),
    ("corporate.s1.response", 10, Some(20)),
    ("corporate.s2.ack", 5, None),
    ("corporate.s2.response", 20, Some(40)),
    ("ombudsman.contact", 0, None),
];

/// The clocks that the person keeps.
const PERSONS: [&str; 3] = ["complainant.s2.request", "complainant.s3.request", "ombudsman.contact"];

/// A date, or a month alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct When {
    pub first: Date,
    pub last: Date,
    pub month: bool,
}

impl When {
    /// Reads `2026-03-05` or `2026-03`.
    pub fn parse(text: &str) -> Self {
        if text.len() == 10 {
            return Self::day(date(text));
        }
        let last = ["31", "30", "29", "28"].iter().find_map(|day| Date::parse_iso(&format!("{text}-{day}")));
        Self { first: date(&format!("{text}-01")), last: last.unwrap(), month: true }
    }

    fn day(day: Date) -> Self {
        Self { first: day, last: day, month: false }
    }
}

/// The same calendar day a year later; 28 February for the 29th.
pub fn a_year_after(day: Date) -> Date {
    date(&format!("{}{}", day.year() + 1, day.to_string()[4..].replace("-02-29", "-02-28")))
}

/// The day so many working days after another.
pub fn working_days_after(day: Date, count: u32) -> Date {
    Naive::shipped().after(day, count)
}

/// A clock from its trigger. No trigger, no clock.
pub fn line(clock: &str, trigger: Option<When>) -> Option<Line> {
    let trigger = trigger?;
    let (clock, due, latest) = *TABLE.iter().find(|(known, ..)| *known == clock).unwrap();
    let from = if PERSONS.contains(&clock) { trigger.first } else { trigger.last };
    let due = if clock == "ombudsman.contact" { a_year_after(from) } else { working_days_after(from, due) };
    let latest = latest.map(|days| working_days_after(from, days));
    let past_the_data = latest.unwrap_or(due) > Naive::shipped().last_holiday;
    Some(Line { clock, from, due, latest, about: trigger.month || past_the_data })
}

/// Both clocks of a stage of the general procedure. The answer counts from the acknowledgement; until one is known, from
/// the last day for it, which is "about" where it hangs on a month.
pub fn corporate(stage: &str, asked: Option<When>, acknowledged: Option<When>) -> Vec<Line> {
    let ack = line(&format!("corporate.s{stage}.ack"), asked);
    let by_then = ack.map(|ack| When { month: asked.is_some_and(|asked| asked.month), ..When::day(ack.due) });
    let response = line(&format!("corporate.s{stage}.response"), acknowledged.or(by_then));
    ack.into_iter().chain(response).collect()
}

/// The answers, read for their dates.
#[derive(Clone, Copy)]
pub struct Dates<'a> {
    pub given: Given<'a>,
    pub place: Place,
}

impl Dates<'_> {
    /// A clock from a date in the answers.
    pub fn from(self, clock: &str, key: &str) -> Option<Line> {
        line(clock, self.given.date(key))
    }

    /// Returns true where today is later than a day. Where today is not known, nothing is.
    pub fn is_past(self, day: Date) -> bool {
        self.given.sent().is_some_and(|sent| sent > day)
    }
}
