//! Counting working days: properties that hold for every start and every count, and some counted by hand.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that stops has failed"
)]

mod common;

use common::{calendar, date};
use proptest::prelude::*;
use putright::domain::{date::Date, guidance::working_days::WorkingCalendar};

fn any_day() -> impl Strategy<Value = Date> {
    (0_u32..365 * 4).prop_map(|days| date("2024-01-01").plus_days(days))
}

proptest! {
    #[test]
    fn a_deadline_is_a_working_day(start in any_day(), count in 1_u32..70) {
        prop_assert!(calendar().is_working_day(calendar().after(start, count)));
    }

    #[test]
    fn counting_on_and_counting_between_agree(start in any_day(), count in 0_u32..70) {
        let calendar = calendar();
        prop_assert_eq!(calendar.between(start, calendar.after(start, count)), count);
    }

    #[test]
    fn a_deadline_is_never_earlier_than_so_many_calendar_days(start in any_day(), count in 0_u32..70) {
        prop_assert!(calendar().after(start, count).days_since(start) >= i64::from(count));
    }

    #[test]
    fn a_later_start_or_a_longer_limit_never_ends_earlier(start in any_day(), count in 0_u32..70) {
        let calendar = calendar();
        let end = calendar.after(start, count);
        prop_assert!(calendar.after(start.next(), count) >= end);
        prop_assert!(calendar.after(start, count + 1) > end);
    }
}

#[test]
fn the_days_around_christmas_2026_as_counted_by_hand() {
    let calendar = calendar();
    // Thursday 17 December: Fri 18, Mon 21 to Thu 24, (Fri 25 and Mon 28 are holidays), Tue 29 to Thu 31, (Fri 1), Mon 4, Tue 5.
    assert_eq!(calendar.after(date("2026-12-17"), 10), date("2027-01-05"));
    let skipped: Vec<String> =
        calendar.skipped(date("2026-12-17"), date("2027-01-05")).iter().map(|day| day.date.to_string()).collect();
    assert_eq!(skipped, ["2026-12-25", "2026-12-28", "2027-01-01"]);
}

#[test]
fn a_day_that_is_no_working_day_is_day_nought_like_any_other() {
    // Saturday: the first working day after it is Monday.
    assert_eq!(calendar().after(date("2026-11-21"), 1), date("2026-11-23"));
    assert_eq!(calendar().on_or_after(date("2026-11-21")), date("2026-11-23"));
}

#[test]
fn a_file_without_holidays_is_refused() {
    let error = WorkingCalendar::parse("bank-holidays.json", r#"{"england-and-wales":{"events":[]}}"#).unwrap_err();
    assert_eq!(error.pointer, "/england-and-wales/events");
}
