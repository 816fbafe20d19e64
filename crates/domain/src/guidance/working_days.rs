//! Working days in England and Wales.
//!
//! A working day is not a Saturday, a Sunday, Christmas Day, Boxing Day, Good Friday or a bank holiday under the Banking
//! and Financial Dealings Act 1971 (SI 2006/1738, regulation 2). Council closures and school holidays do count.
//!
//! The holidays are data in GOV.UK's own shape. Past the last one known, a count is "about": it may be a day or more out.

use crate::{
    data::{Document, InvalidFile},
    date::Date,
};

/// The bank holidays known, and the counting that leaves them out.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct WorkingCalendar {
    /// In order.
    holidays: Vec<Holiday>,
    horizon: Date,
}

/// A bank holiday that a count left out.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Holiday {
    /// The day.
    pub date: Date,
    /// Its name, as GOV.UK gives it.
    pub title: String,
    /// The flag for a substitute day for a holiday that fell on a weekend.
    pub substitute: bool,
}

/// GOV.UK's `bank-holidays.json`. Its other divisions and keys are passed over, because its shape is GOV.UK's.
#[derive(Default, serde::Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
pub struct BankHolidays {
    /// The division that the law on complaints counts by.
    #[serde(rename = "england-and-wales")]
    england_and_wales: Division,
}

/// A part of the United Kingdom.
#[derive(Default, serde::Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
struct Division {
    /// The bank holidays.
    events: Vec<HolidayEvent>,
}

/// A bank holiday.
#[derive(serde::Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
struct HolidayEvent {
    /// The name of the day.
    title: String,
    /// The day.
    date: Date,
    /// "Substitute day", or nothing.
    notes: String,
}

impl WorkingCalendar {
    /// Reads GOV.UK's `bank-holidays.json`.
    ///
    /// # Errors
    /// Returns an error if the text does not have that shape, or if it names no holiday.
    pub fn parse(file: &str, text: &str) -> Result<Self, InvalidFile> {
        let document = Document::parse(file, text)?;
        let file: BankHolidays = document.root().decode();
        let as_holiday =
            |event: HolidayEvent| Holiday { date: event.date, title: event.title, substitute: !event.notes.is_empty() };
        let mut holidays: Vec<Holiday> = file.england_and_wales.events.into_iter().map(as_holiday).collect();
        holidays.sort_by_key(|holiday| holiday.date);
        if holidays.is_empty() && document.is_clean() {
            document.note("/england-and-wales/events", "names no bank holiday; copy GOV.UK's file whole");
        }
        let horizon = holidays.last().map(|last| last.date).unwrap_or_default();
        document.finish(Self { holidays, horizon })
    }

    /// The last bank holiday known. A date after it is "about".
    pub fn horizon(&self) -> Date {
        self.horizon
    }

    /// Returns whether a day is a working day, as far as the data shows.
    pub fn is_working_day(&self, date: Date) -> bool {
        !date.is_weekend() && self.holidays.binary_search_by_key(&date, |holiday| holiday.date).is_err()
    }

    /// The `count`th working day after `start`, which is itself day 0 and may be any day.
    pub fn after(&self, start: Date, count: u32) -> Date {
        let mut day = start;
        for _ in 0..count {
            day = day.next();
            while !self.is_working_day(day) {
                day = day.next();
            }
        }
        day
    }

    /// How many working days lie after `start` up to and with `end`; 0 where `end` is not later.
    pub fn between(&self, start: Date, end: Date) -> u32 {
        let mut day = start;
        let mut count = 0;
        while day < end {
            day = day.next();
            count += u32::from(self.is_working_day(day));
        }
        count
    }

    /// `date` itself where it is a working day, else the next one.
    pub fn on_or_after(&self, date: Date) -> Date {
        let mut day = date;
        while !self.is_working_day(day) {
            day = day.next();
        }
        day
    }

    /// The bank holidays after `start` up to and with `end` that fall on a weekday: those that moved a date.
    pub fn skipped(&self, start: Date, end: Date) -> Vec<Holiday> {
        let counts = |day: Date| start < day && day <= end && !day.is_weekend();
        self.holidays.iter().filter(|holiday| counts(holiday.date)).cloned().collect()
    }
}
