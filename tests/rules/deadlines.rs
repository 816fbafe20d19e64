//! From an event to real dates: every clock, at every council and at one that counts otherwise, held to a second count.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that stops has failed"
)]

use std::sync::LazyLock;

use crate::common::{self, COUNCILS, council, date, naive::Naive, public};
use proptest::prelude::*;
use putright_domain::{
    council::Council,
    date::{Date, PartialDate},
    guidance::{
        deadline::Deadline,
        time_limits::{Basis, LimitLength, TimeLimit},
        triage::is_over_a_year,
        working_days::WorkingCalendar,
    },
};
use serde_json::{Value, json};

static CALENDAR: LazyLock<WorkingCalendar> = LazyLock::new(common::calendar);
static COUNTED: LazyLock<Vec<Council>> = LazyLock::new(read_councils);

fn calendar() -> &'static WorkingCalendar {
    &CALENDAR
}

fn councils() -> &'static [Council] {
    &COUNTED
}

/// The councils that ship; the same, counting what arrives on a weekend from the next working day; and one that promises
/// to be quicker than the law.
fn read_councils() -> Vec<Council> {
    let changed = |id: &str, key: &str, value: Value| {
        let mut file: Value = serde_json::from_str(&public(&format!("councils/{id}.json"))).unwrap();
        file[key] = value;
        Council::parse("council.json", &file.to_string()).unwrap()
    };
    let rolled = COUNCILS.map(|id| changed(id, "roll_receipt_to_next_working_day", json!(true)));
    let quick = changed("bromley", "limits", json!({ "statutory.s1.response": 5, "council.s1.contact": 8 }));
    COUNCILS.map(council).into_iter().chain(rolled).chain([quick]).collect()
}

fn any_day() -> impl Strategy<Value = Date> {
    (0_u32..365 * 10).prop_map(|days| date("2022-01-01").plus_days(days))
}

/// The same day so many months on, or the last day that its month has; reckoned on the date as it is written.
fn months_on(from: Date, months: u32) -> Date {
    let (year, month): (i32, i32) = (from.year(), from.month().try_into().unwrap());
    let month = month - 1 + i32::try_from(months).unwrap();
    let (year, month) = (year + month / 12, month % 12 + 1);
    (1..=from.day()).rev().find_map(|day| Date::parse_iso(&format!("{year:04}-{month:02}-{day:02}"))).unwrap()
}

fn month_of(day: Date) -> PartialDate {
    PartialDate::month(day.year(), day.month()).unwrap()
}

proptest! {
    #[test]
    fn every_clock_ends_where_a_second_count_ends(from in any_day()) {
        let (calendar, naive) = (calendar(), Naive::shipped());
        for council in councils() {
            let counting = council.counting(calendar);
            // Day nought: the day itself, or where a council says so, the next day on which it works.
            let rolled = (0..9).map(|days| from.plus_days(days)).find(|day| naive.is_working(*day)).unwrap();
            let start = if council.roll_to_working_day { rolled } else { from };
            for clock in TimeLimit::ALL {
                let (limit, deadline) = (council.limits.of(*clock), counting.deadline(*clock, from));
                let end = |span| match span {
                    LimitLength::WorkingDays(days) => naive.after(start, days),
                    LimitLength::Months(months) => months_on(from, months),
                };
                prop_assert_eq!((deadline.clock, deadline.from), (*clock, from), "the trigger is told as it was");
                prop_assert_eq!((deadline.due, deadline.latest), (end(limit.due), limit.latest.map(end)));
                prop_assert_eq!(deadline.last_day(), deadline.latest.unwrap_or(deadline.due));
                prop_assert!(deadline.due > from && deadline.last_day() >= deadline.due);
                match limit.due {
                    LimitLength::WorkingDays(days) => {
                        prop_assert!(naive.is_working(deadline.due) && naive.is_working(deadline.last_day()));
                        prop_assert!(deadline.due.days_since(from) >= i64::from(days), "never earlier");
                    }
                    LimitLength::Months(_) => prop_assert!(counting.skipped(&deadline).is_empty()),
                }
            }
        }
    }

    #[test]
    fn a_later_event_never_ends_earlier(from in any_day(), later in 1_u32..400) {
        let calendar = calendar();
        for council in councils() {
            let counting = council.counting(calendar);
            for clock in TimeLimit::ALL {
                let [first, second] = [from, from.plus_days(later)].map(|day| counting.deadline(*clock, day));
                prop_assert!(first.due <= second.due && first.last_day() <= second.last_day(), "{:?} {:?}", first, second);
            }
        }
    }

    #[test]
    fn moving_the_day_of_receipt_moves_only_what_came_when_nobody_works(from in any_day()) {
        let (calendar, naive) = (calendar(), Naive::shipped());
        let councils = councils();
        let [plain, rolled] = [&councils[0], &councils[3]];
        prop_assert!(rolled.roll_to_working_day && !plain.roll_to_working_day);
        for clock in TimeLimit::ALL {
            let [plain, rolled] = [plain, rolled].map(|council| council.counting(calendar).deadline(*clock, from).due);
            let same = naive.is_working(from) || *clock == TimeLimit::Ombudsman;
            // One working day later otherwise: the day it is taken to arrive on does not count.
            prop_assert_eq!(rolled, if same { plain } else { naive.after(plain, 1) });
        }
    }

    #[test]
    fn months_end_on_the_same_day_or_on_the_last_that_there_is(from in any_day(), months in 0_u32..30) {
        let end = from.plus_months(months);
        prop_assert_eq!(end, months_on(from, months));
        let months_between = (end.year() - from.year()) * 12 + i32::try_from(end.month()).unwrap();
        prop_assert_eq!(months_between - i32::try_from(from.month()).unwrap(), i32::try_from(months).unwrap());
        prop_assert!(end.day() == from.day() || (end.day() < from.day() && end.next().day() == 1), "{} {}", from, end);
    }

    #[test]
    fn over_a_year_begins_the_day_after_the_year(event in any_day(), after in 0_u32..800) {
        let (sent, day) = (event.plus_days(after), PartialDate::Day(event));
        prop_assert_eq!(is_over_a_year(day, sent), sent > months_on(event, 12));
        prop_assert!(!is_over_a_year(day, months_on(event, 12)) && is_over_a_year(day, months_on(event, 12).next()));
        // A month alone counts as its last day.
        let month = month_of(event);
        prop_assert_eq!(is_over_a_year(month, sent), is_over_a_year(PartialDate::Day(month.last()), sent));
    }

    #[test]
    fn a_month_alone_counts_to_the_safe_side_and_is_about(within in any_day()) {
        let (calendar, month) = (calendar(), month_of(within));
        prop_assert!(month.first().day() == 1 && month.last().next().day() == 1);
        prop_assert!(month.first() <= within && within <= month.last());
        for council in councils() {
            let counting = council.counting(calendar);
            for clock in TimeLimit::ALL {
                let counted = counting.deadline(*clock, month);
                let from = if clock.is_the_persons() { month.first() } else { month.last() };
                prop_assert_eq!(counted, Deadline { about: true, ..counting.deadline(*clock, from) });
                // Whoever must keep it: never late before the limit from the last day has passed.
                let last_day = counting.deadline(*clock, month.last()).last_day();
                prop_assert!(!counting.is_past(*clock, month, last_day) && counting.is_past(*clock, month, last_day.next()));
            }
        }
    }

    #[test]
    fn a_clock_is_about_exactly_where_its_last_day_lies_past_the_last_holiday(from in any_day()) {
        let counting = councils()[0].counting(calendar());
        for clock in TimeLimit::ALL {
            let deadline = counting.deadline(*clock, from);
            prop_assert_eq!(deadline.about, deadline.last_day() > Naive::shipped().last_holiday);
        }
    }

    #[test]
    fn a_date_is_about_exactly_past_the_last_holiday_in_the_file(day in any_day()) {
        let (calendar, council) = (calendar(), &councils()[0]);
        prop_assert_eq!(council.counting(calendar).is_about(day), day > Naive::shipped().last_holiday);
    }
}

#[test]
fn the_last_holiday_is_sure_and_the_day_after_it_is_not() {
    let (calendar, council, last) = (calendar(), council("bromley"), Naive::shipped().last_holiday);
    let counting = council.counting(calendar);
    assert!(!counting.is_about(last) && counting.is_about(last.next()));
}

#[test]
fn months_that_have_no_such_day() {
    for (from, months, end) in [
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2027-02-28", 12, "2028-02-28"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-08-31", 1, "2026-09-30"),
        ("2026-12-31", 12, "2027-12-31"),
        ("2026-11-30", 3, "2027-02-28"),
    ] {
        assert_eq!(date(from).plus_months(months), date(end), "{from} and {months} months");
    }
}

#[test]
fn a_promise_may_be_shorter_and_the_longest_stays() {
    let (calendar, councils) = (calendar(), councils());
    let quick = councils.last().unwrap().counting(calendar).deadline(TimeLimit::StatutoryOne, date("2026-12-17"));
    let law = council("bromley").counting(calendar).deadline(TimeLimit::StatutoryOne, date("2026-12-17"));
    assert_eq!((quick.due, quick.latest), (date("2026-12-24"), law.latest));
}

/// Each limit as the law, the Code or a council sets it: the working days, the most of them, and the source.
#[test]
fn every_limit_is_what_it_says_on_paper() {
    use Basis::{Code, Law, Promise};
    let table = [
        (TimeLimit::CouncilContact, Some((3, None)), Promise, false),
        (TimeLimit::StatutoryOne, Some((10, Some(20))), Law, false),
        (TimeLimit::AskStageTwo, Some((20, None)), Law, true),
        (TimeLimit::StatutoryTwo, Some((25, Some(65))), Law, false),
        (TimeLimit::CouncilInvestigation, Some((25, Some(65))), Promise, false),
        (TimeLimit::AskStageThree, Some((20, None)), Law, true),
        (TimeLimit::Panel, Some((30, None)), Law, false),
        (TimeLimit::PanelReport, Some((5, None)), Law, false),
        (TimeLimit::PanelResponse, Some((15, None)), Law, false),
        (TimeLimit::CorporateOneAck, Some((5, None)), Code, false),
        (TimeLimit::CorporateOne, Some((10, Some(20))), Code, false),
        (TimeLimit::CorporateTwoAck, Some((5, None)), Code, false),
        (TimeLimit::CorporateTwo, Some((20, Some(40))), Code, false),
        (TimeLimit::Ombudsman, None, Law, true),
    ];
    assert_eq!(table.map(|row| row.0), TimeLimit::ALL);
    for id in COUNCILS {
        let limits = council(id).limits;
        for (clock, days, basis, the_persons) in table {
            let limit = limits.of(clock);
            let paper = days.map_or((LimitLength::Months(12), None), |(due, latest): (u32, Option<u32>)| {
                (LimitLength::WorkingDays(due), latest.map(LimitLength::WorkingDays))
            });
            assert_eq!((limit.due, limit.latest), paper, "{clock:?} at {id}");
            assert_eq!((clock.basis(), clock.is_the_persons()), (basis, the_persons), "{clock:?}");
        }
    }
}

/// "As soon as it can", in days: the law gives none, so that no clock prints these.
#[test]
fn the_panels_report_and_answer_are_overdue_later_than_they_are_due() {
    for clock in TimeLimit::ALL {
        let paper = match clock {
            TimeLimit::PanelReport => Some(LimitLength::WorkingDays(20)),
            TimeLimit::PanelResponse => Some(LimitLength::WorkingDays(30)),
            _ => None,
        };
        assert_eq!(clock.overdue_after(), paper, "{clock:?}");
    }
}
