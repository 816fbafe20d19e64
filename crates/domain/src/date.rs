//! A calendar date. No time of day and no time zone: the law counts days.
//!
//! A thin wrapper over chrono's `NaiveDate` that reads and writes ISO 8601 (`2026-12-17`) by itself, because chrono's
//! formatting would add 15 KB to the download.

use std::fmt;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A date in the Gregorian calendar; 1 January 1970 where none could be read.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NaiveDate);

impl Date {
    /// The date of a year, month (1 to 12) and day; `None` where there is no such day.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).map(Self)
    }

    /// Reads `YYYY-MM-DD`, and nothing else.
    pub fn parse_iso(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let mut number = |digits: usize| -> Option<u32> {
            let part = parts.next()?;
            let plain = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
            plain.then(|| part.parse().ok()).flatten()
        };
        let (year, month, day) = (number(4)?, number(2)?, number(2)?);
        Self::new(i32::try_from(year).ok()?, month, day)
    }

    /// The last day of a month; `None` where there is no such month.
    pub fn last_of_month(year: i32, month: u32) -> Option<Self> {
        Self::new(year, month, 1)?.0.checked_add_months(Months::new(1))?.pred_opt().map(Self)
    }

    /// The day in England at a moment, given in milliseconds since the start of 1970 in universal time. Clocks there are an
    /// hour ahead from 01:00 on the last Sunday of March until 01:00 on the last Sunday of October.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "half a million hours now; a cast saturates"
    )]
    pub fn in_england(milliseconds: f64) -> Option<Self> {
        let hours = (milliseconds / 3_600_000.0) as u32;
        let first = Self::new(1970, 1, 1)?;
        let year = first.plus_days(hours / 24).year();
        let change = |month| {
            let last = Self::last_of_month(year, month)?;
            let since_sunday = i64::from((last.weekday() + 1) % 7);
            Some((last.days_since(first) - since_sunday) * 24 + 1)
        };
        let summer = (change(3)?..change(10)?).contains(&i64::from(hours));
        Some(first.plus_days(hours.saturating_add(summer.into()) / 24))
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u32 {
        self.0.day()
    }

    /// The day of the week, 0 for Monday to 6 for Sunday.
    pub fn weekday(self) -> u32 {
        self.0.weekday().num_days_from_monday()
    }

    /// Returns whether the date is a Saturday or a Sunday.
    pub fn is_weekend(self) -> bool {
        matches!(self.0.weekday(), Weekday::Sat | Weekday::Sun)
    }

    /// The next day. At the end of the calendar it stays where it is.
    #[must_use]
    pub fn next(self) -> Self {
        self.plus_days(1)
    }

    /// Returns the date this number of calendar days later.
    #[must_use]
    pub fn plus_days(self, days: u32) -> Self {
        Self(self.0.checked_add_days(Days::new(u64::from(days))).unwrap_or(self.0))
    }

    /// The same day so many calendar months later; the month's last day where it has no such day (29 February one year
    /// on is 28 February).
    #[must_use]
    pub fn plus_months(self, months: u32) -> Self {
        Self(self.0.checked_add_months(Months::new(months)).unwrap_or(self.0))
    }

    /// Calendar days from `earlier` to this date; negative where it is the later one.
    pub fn days_since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0).num_days()
    }
}

/// A date as exactly as it is known: a day, or a month alone.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum PartialDate {
    /// A day.
    Day(Date),
    /// A month, held by its first day.
    Month(Date),
}

impl PartialDate {
    /// Returns the month `month` (1 to 12) of a year; `None` where there is no such month.
    pub fn month(year: i32, month: u32) -> Option<Self> {
        Date::new(year, month, 1).map(Self::Month)
    }

    /// Parses `YYYY-MM-DD` or `YYYY-MM`.
    pub fn parse_iso(text: &str) -> Option<Self> {
        match text.len() {
            7 => Date::parse_iso(&[text, "-01"].concat()).map(Self::Month),
            _ => Date::parse_iso(text).map(Self::Day),
        }
    }

    /// Returns the first day that it can be.
    pub fn first(self) -> Date {
        let (Self::Day(date) | Self::Month(date)) = self;
        date
    }

    /// Returns the last day that it can be.
    pub fn last(self) -> Date {
        match self {
            Self::Day(date) => date,
            Self::Month(first) => Date::last_of_month(first.year(), first.month()).unwrap_or(first),
        }
    }

    /// Returns true for a month alone.
    pub fn is_month(self) -> bool {
        matches!(self, Self::Month(_))
    }
}

impl From<Date> for PartialDate {
    fn from(date: Date) -> Self {
        Self::Day(date)
    }
}

impl fmt::Debug for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(date) => write!(f, "{date}"),
            Self::Month(first) => write!(f, "{:04}-{:02}", first.year(), first.month()),
        }
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse_iso(&text).ok_or_else(|| {
            let known = "a date like 2026-12-17, or a month like 2026-12";
            de::Error::invalid_value(de::Unexpected::Str(&text), &known)
        })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse_iso(&text)
            .ok_or_else(|| de::Error::invalid_value(de::Unexpected::Str(&text), &"a date like 2026-12-17"))
    }
}

#[cfg(not(target_family = "wasm"))]
impl schemars::JsonSchema for Date {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Date".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn day_in_england_follows_the_clocks_of_summer() {
        let day = |seconds: f64| Date::in_england(seconds * 1000.0).unwrap().to_string();
        assert_eq!(day(0.0), "1970-01-01");
        assert_eq!(day(-5.0), "1970-01-01", "a clock that is wrong gives a day all the same");
        // 23:30 in universal time: summer time holds from 29 March to 25 October 2026.
        for (half_past_eleven, is_next) in [
            (1_774_740_600.0, "2026-03-28"),
            (1_774_827_000.0, "2026-03-30"),
            (1_792_884_600.0, "2026-10-25"),
            (1_792_971_000.0, "2026-10-25"),
            (1_783_985_400.0, "2026-07-14"),
            (1_798_673_400.0, "2026-12-30"),
        ] {
            assert_eq!(day(half_past_eleven), is_next, "{half_past_eleven}");
        }
    }

    #[test]
    fn reads_and_writes_iso_dates_and_refuses_others() {
        let date = Date::parse_iso("2028-02-29").unwrap();
        assert_eq!(date.to_string(), "2028-02-29");
        assert_eq!(date.plus_months(12).to_string(), "2029-02-28");
        for wrong in ["2027-02-29", "2027-2-3", "03/02/2027", "2027-02-03T00:00", "+027-02-03", ""] {
            assert_eq!(Date::parse_iso(wrong), None, "{wrong}");
        }
    }
}
