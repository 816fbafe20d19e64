//! Working days counted a second way, for the tests alone: a table of days, with the holidays read straight from the file.

use std::sync::LazyLock;

use putright_domain::date::Date;
use serde_json::Value;

/// A Monday, before every day that a test goes by.
const FIRST: &str = "2018-01-01";

pub struct Naive {
    first: Date,
    working: Vec<bool>,
    /// The last holiday in the file.
    pub last_holiday: Date,
}

static SHIPPED: LazyLock<Naive> = LazyLock::new(Naive::read);

impl Naive {
    /// The calendar of the file that ships, to the end of 2037.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    fn read() -> Self {
        let file: Value = serde_json::from_str(&super::public("bank-holidays.json")).unwrap();
        let events = file["england-and-wales"]["events"].as_array().unwrap();
        let holidays: Vec<&str> = events.iter().map(|event| event["date"].as_str().unwrap()).collect();
        let first = super::date(FIRST);
        let working = (0..20 * 365 + 5)
            .map(|day| day % 7 < 5 && !holidays.contains(&first.plus_days(day).to_string().as_str()))
            .collect();
        Self { first, working, last_holiday: super::date(holidays.iter().max().unwrap()) }
    }

    fn index(&self, date: Date) -> usize {
        usize::try_from(date.days_since(self.first)).unwrap()
    }

    fn date(&self, index: usize) -> Date {
        self.first.plus_days(u32::try_from(index).unwrap())
    }

    pub fn is_working(&self, date: Date) -> bool {
        self.working[self.index(date)]
    }

    /// The day on which the `count`th working day after `start` falls.
    pub fn after(&self, start: Date, count: u32) -> Date {
        let mut index = self.index(start);
        let mut left = count;
        while left > 0 {
            index += 1;
            left -= u32::from(self.working[index]);
        }
        self.date(index)
    }

    /// The latest day from which the `count`th working day after it is `end`: `count` working days taken off, `end` the first.
    pub fn before(&self, end: Date, count: u32) -> Date {
        assert!(count == 0 || self.is_working(end), "nothing ends on {end}");
        let mut index = self.index(end);
        let mut left = count;
        while left > 0 {
            left -= u32::from(self.working[index]);
            index -= 1;
        }
        self.date(index)
    }
}
