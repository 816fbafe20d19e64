//! From an event and a clock to real dates.
//!
//! The day of the event is day 0; "within N working days" ends on the Nth working day after it, that day included. Where a
//! limit can be extended, `latest` is the total from the same start.

use serde::{Deserialize, Serialize};

use crate::date::{Date, PartialDate};
use crate::guidance::{
    time_limits::{LimitLength, Limits, TimeLimit},
    working_days::{Holiday, WorkingCalendar},
};

/// When something must have happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    /// The limit.
    pub clock: TimeLimit,
    /// The day the clock started: day 0.
    pub from: Date,
    /// The last day of the ordinary limit.
    pub due: Date,
    /// The last day of the longest extension, where there can be one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latest: Option<Date>,
    /// The dates are approximate: counted from a month alone, or past the last bank holiday known.
    #[serde(default, skip_serializing_if = "is_false")]
    pub about: bool,
}

/// Returns whether a flag is off, so that it is not written.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
pub(crate) fn is_false(value: &bool) -> bool {
    !*value
}

impl Deadline {
    /// The last day that could still be in time.
    pub fn last_day(&self) -> Date {
        self.latest.unwrap_or(self.due)
    }
}

/// The data needed to turn an event into dates: the calendar, the limits in force, and how a council counts.
#[derive(Clone, Copy, Debug)]
pub struct Counting<'a> {
    /// Bank holidays.
    pub calendar: &'a WorkingCalendar,
    /// The limits in force.
    pub limits: &'a Limits,
    /// The flag for counting from the next working day when something arrives on a day that is not a working day. This
    /// is a council's own rule; no law says so.
    pub roll_to_working_day: bool,
}

impl Counting<'_> {
    /// Returns the dates of a clock that starts on `from`.
    ///
    /// A month alone is counted to the safe side of whoever must keep the limit: from its first day for the person, from
    /// its last for the council.
    pub fn deadline(&self, clock: TimeLimit, from: impl Into<PartialDate>) -> Deadline {
        let given = from.into();
        let from = if clock.is_the_persons() { given.first() } else { given.last() };
        self.counted(clock, from, given.is_month())
    }

    /// Returns true where `today` is past the last day of a limit, however the date that started it is read.
    pub fn is_past(&self, clock: TimeLimit, from: PartialDate, today: Date) -> bool {
        today > self.counted(clock, from.last(), false).last_day()
    }

    fn counted(&self, clock: TimeLimit, from: Date, about: bool) -> Deadline {
        let limit = self.limits.of(clock);
        let due = self.end(from, limit.due);
        let latest = limit.latest.map(|span| self.end(from, span));
        let about = about || self.is_about(latest.unwrap_or(due));
        Deadline { clock, from, due, latest, about }
    }

    /// Returns the last day of a span that starts on `from`.
    pub fn end(&self, from: Date, span: LimitLength) -> Date {
        match span {
            LimitLength::WorkingDays(days) => {
                let start = if self.roll_to_working_day { self.calendar.on_or_after(from) } else { from };
                self.calendar.after(start, days)
            }
            LimitLength::Months(months) => from.plus_months(months),
        }
    }

    /// Returns whether a date lies past the known bank holidays, so that it is only approximate.
    pub fn is_about(&self, date: Date) -> bool {
        date > self.calendar.horizon()
    }

    /// The bank holidays that moved a deadline's last day.
    pub fn skipped(&self, deadline: &Deadline) -> Vec<Holiday> {
        match self.limits.of(deadline.clock).due {
            LimitLength::WorkingDays(_) => self.calendar.skipped(deadline.from, deadline.last_day()),
            LimitLength::Months(_) => Vec::new(),
        }
    }
}
