//! From an event and a clock to real dates.
//!
//! The day of the event is day 0; "within N working days" ends on the Nth working day after it, that day included. Where a
//! limit can be extended, `latest` is the total from the same start.

use serde::{Deserialize, Serialize};

use super::{
    procedure::{Clock, Limits, Span},
    working_days::{Holiday, WorkingCalendar},
};
use crate::domain::date::Date;

/// When something must have happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    /// Which limit it is.
    pub clock: Clock,
    /// The day the clock started: day 0.
    pub from: Date,
    /// The last day of the ordinary limit.
    pub due: Date,
    /// The last day of the longest extension, where there can be one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latest: Option<Date>,
}

impl Deadline {
    /// The last day that could still be in time.
    pub fn last_day(&self) -> Date {
        self.latest.unwrap_or(self.due)
    }
}

/// What is needed to turn an event into dates: the calendar, the limits in force, and how a council counts.
#[derive(Clone, Copy, Debug)]
pub struct Counting<'a> {
    /// Bank holidays.
    pub calendar: &'a WorkingCalendar,
    /// The limits in force.
    pub limits: &'a Limits,
    /// Whether what arrives on a day that is not a working day counts from the next one. A council's own rule; no law
    /// says so.
    pub roll_to_working_day: bool,
}

impl Counting<'_> {
    /// The dates of a clock that starts on `from`.
    pub fn deadline(&self, clock: Clock, from: Date) -> Deadline {
        let limit = self.limits.of(clock);
        Deadline { clock, from, due: self.end(from, limit.due), latest: limit.latest.map(|span| self.end(from, span)) }
    }

    fn end(&self, from: Date, span: Span) -> Date {
        match span {
            Span::WorkingDays(days) => {
                let start = if self.roll_to_working_day { self.calendar.on_or_after(from) } else { from };
                self.calendar.after(start, days)
            }
            Span::Months(months) => from.plus_months(months),
        }
    }

    /// Whether a date lies past the bank holidays known, so that it is only about right.
    pub fn is_about(&self, date: Date) -> bool {
        date > self.calendar.horizon()
    }

    /// The bank holidays that moved a deadline's last day.
    pub fn skipped(&self, deadline: &Deadline) -> Vec<Holiday> {
        match self.limits.of(deadline.clock).due {
            Span::WorkingDays(_) => self.calendar.skipped(deadline.from, deadline.last_day()),
            Span::Months(_) => Vec::new(),
        }
    }
}
