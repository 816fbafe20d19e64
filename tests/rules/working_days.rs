//! Counting working days: properties that hold for every start and every count, and some counted by hand.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that stops has failed"
)]

use std::sync::LazyLock;

use crate::common::{self, date, naive::Naive};
use proptest::prelude::*;
use putright_domain::{date::Date, guidance::working_days::WorkingCalendar};

/// Days within the holidays known, before them and past them.
static CALENDAR: LazyLock<WorkingCalendar> = LazyLock::new(common::calendar);

fn calendar() -> &'static WorkingCalendar {
    &CALENDAR
}

fn any_day() -> impl Strategy<Value = Date> {
    (0_u32..365 * 10).prop_map(|days| date("2022-01-01").plus_days(days))
}

proptest! {
    #[test]
    fn every_day_is_what_the_holidays_in_the_file_make_it(day in any_day()) {
        prop_assert_eq!(calendar().is_working_day(day), Naive::shipped().is_working(day));
    }

    #[test]
    fn counting_on_comes_to_the_same_day_by_day(start in any_day(), count in 0_u32..90) {
        prop_assert_eq!(calendar().after(start, count), Naive::shipped().after(start, count));
    }

    #[test]
    fn counting_back_comes_to_where_counting_on_began(start in any_day(), count in 1_u32..90) {
        let naive = Naive::shipped();
        let end = calendar().after(start, count);
        let back = naive.before(end, count);
        // Of the days that count alike, `back` is the last: from the start to it no working day has passed.
        prop_assert!(back >= start);
        prop_assert_eq!(calendar().between(start, back), 0);
        prop_assert_eq!(calendar().after(back, count), end);
        prop_assert!(calendar().after(back.next(), count) > end);
    }

    #[test]
    fn the_days_left_out_are_the_weekends_and_the_holidays_named(start in any_day(), count in 0_u32..90) {
        let calendar = calendar();
        let end = calendar.after(start, count);
        let days = u32::try_from(end.days_since(start)).unwrap();
        let weekdays = (1..=days).filter(|day| !start.plus_days(*day).is_weekend()).count();
        let skipped = calendar.skipped(start, end);
        prop_assert_eq!(weekdays, count as usize + skipped.len());
        prop_assert!(skipped.iter().all(|holiday| start < holiday.date && holiday.date <= end));
    }

    #[test]
    fn what_arrives_when_nobody_works_is_moved_to_the_next_working_day_and_no_further(day in any_day()) {
        let (calendar, naive) = (calendar(), Naive::shipped());
        let moved = calendar.on_or_after(day);
        prop_assert!(naive.is_working(moved) && moved >= day);
        prop_assert_eq!(moved == day, naive.is_working(day));
        prop_assert_eq!(calendar.between(day, moved), u32::from(moved != day));
    }

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

/// Easter Sunday, as the Gregorian calendar reckons it (the method of Meeus and others).
#[allow(clippy::many_single_char_names, reason = "the method's own letters")]
fn easter(year: u32) -> Date {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let (month, day) = ((h + l - 7 * m + 114) / 31, (h + l - 7 * m + 114) % 31 + 1);
    date(&format!("{year}-{month:02}-{day:02}"))
}

/// The holidays of a year that the law and custom give: those that GOV.UK has announced may be more.
fn by_rule(year: u32) -> Vec<Date> {
    let on = |month: u32, day: u32| date(&format!("{year}-{month:02}-{day:02}"));
    let monday = |from: Date| (0..7).map(|days| from.plus_days(days)).find(|day| day.weekday() == 0).unwrap();
    let weekday = |from: Date| (0..3).map(|days| from.plus_days(days)).find(|day| !day.is_weekend()).unwrap();
    let christmas = weekday(on(12, 25));
    // Boxing Day on a weekend gives way to the Monday, or to the Tuesday where Christmas Day has the Monday.
    let boxing = weekday(on(12, 26));
    let boxing = if boxing == christmas { boxing.next() } else { boxing };
    let sunday = easter(year);
    let friday = (0..7).map(|days| on(3, 1).plus_days(days)).find(|day| day.weekday() == 4).unwrap();
    let good = (0..8).map(|weeks| friday.plus_days(weeks * 7)).rfind(|day| *day < sunday).unwrap();
    let (may, spring, summer) = (monday(on(5, 1)), monday(on(5, 25)), monday(on(8, 25)));
    vec![weekday(on(1, 1)), good, sunday.next(), may, spring, summer, christmas, boxing]
}

#[test]
fn the_file_holds_every_holiday_of_its_years_that_the_rules_give() {
    let calendar = calendar();
    let years = 2024..=u32::try_from(calendar.horizon().year()).unwrap();
    assert!(years.clone().count() >= 3);
    for year in years {
        for day in by_rule(year) {
            assert!(!calendar.is_working_day(day) && !day.is_weekend(), "{day} is missing");
        }
    }
}

#[test]
fn gov_uk_s_whole_file_is_read_as_it_comes() {
    // Its other divisions, its notes, and an order that is not the days'.
    let text = r#"{
        "england-and-wales": {"division": "england-and-wales", "events": [
            {"title": "Boxing Day", "date": "2026-12-28", "notes": "Substitute day", "bunting": true},
            {"title": "Christmas Day", "date": "2026-12-25", "notes": "", "bunting": true}]},
        "scotland": {"division": "scotland", "events": [
            {"title": "2nd January", "date": "2026-01-02", "notes": "", "bunting": true}]},
        "northern-ireland": {"division": "northern-ireland", "events": [
            {"title": "Battle of the Boyne (Orangemen’s Day)", "date": "2026-07-13", "notes": "Substitute day", "bunting": false}]}
    }"#;
    let calendar = WorkingCalendar::parse("bank-holidays.json", text).unwrap();
    assert_eq!(calendar.horizon(), date("2026-12-28"));
    assert!(
        calendar.is_working_day(date("2026-01-02")) && calendar.is_working_day(date("2026-07-13")),
        "not England's"
    );
    let skipped = calendar.skipped(date("2026-12-24"), date("2026-12-31"));
    let skipped: Vec<(&str, bool)> = skipped.iter().map(|day| (day.title.as_str(), day.substitute)).collect();
    assert_eq!(skipped, [("Christmas Day", false), ("Boxing Day", true)]);
}

#[test]
fn a_file_without_holidays_is_refused() {
    let error = WorkingCalendar::parse("bank-holidays.json", r#"{"england-and-wales":{"events":[]}}"#).unwrap_err();
    assert_eq!(error.pointer, "/england-and-wales/events");
}

#[test]
fn a_day_is_shown_as_iso_8601_wherever_it_is_shown() {
    let day = date("2026-02-07");
    assert_eq!([format!("{day}"), format!("{day:?}")], ["2026-02-07", "2026-02-07"]);
}
