//! What is an answer, and what is not.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that stops has failed"
)]

use crate::common::{self, date};
use putright::domain::{
    date::Date,
    journey::{
        answer::{Answer, Field, Raw, When},
        question::{Cause, Question, Reading},
    },
};

fn question(id: &str) -> Question {
    common::flow().question(id).unwrap().clone()
}

fn parse(id: &str, raw: &Raw) -> Result<Answer, Vec<Cause>> {
    let months = common::content().months;
    let reading = Reading { today: date("2026-11-22"), months: &months, councils: &["bromley".to_owned()] };
    question(id).parse(raw, reading).map_err(|errors| errors.iter().map(|error| error.cause).collect())
}

fn day(day: &str, month: &str, year: &str) -> Raw {
    Raw::default().with(Field::Day, day).with(Field::Month, month).with(Field::Year, year)
}

#[allow(clippy::unnecessary_wraps, reason = "it stands beside what parse gives")]
fn exact(iso: &str) -> Result<Answer, Vec<Cause>> {
    Ok(Answer::When(When::Day { date: Date::parse_iso(iso).unwrap() }))
}

#[test]
fn a_page_on_which_anything_was_done_is_not_empty() {
    assert!(Raw::default().is_empty());
    assert!(!Raw::choosing(["yes"]).is_empty() && !Raw::default().with(Field::Text, "x").is_empty());
}

#[test]
fn a_month_may_be_a_number_or_a_word_or_its_start() {
    for month in ["1", "01", "jan", "Jan.", "JANUARY", " january "] {
        assert_eq!(parse("event_date", &day("5", month, "2026")), exact("2026-01-05"), "{month}");
    }
    assert_eq!(parse("event_date", &day("5", "ja", "2026")), Err(vec![Cause::DateImpossible]));
}

#[test]
fn an_approximate_date_is_an_answer() {
    let month = Answer::When(When::Month { year: 2026, month: 3 });
    assert_eq!(parse("event_date", &day("", "march", "2026")), Ok(month));
    let about = Raw::default().with(Field::About, " last spring ");
    assert_eq!(parse("event_date", &about), Ok(Answer::When(When::About { words: "last spring".into() })));
    assert_eq!(parse("event_date", &Raw::choosing(["not_known"])), Ok(Answer::When(When::NotKnown)));
}

#[test]
fn dates_are_refused_in_the_order_missing_impossible_other_rules() {
    assert_eq!(parse("event_date", &Raw::default()), Err(vec![Cause::Missing]));
    assert_eq!(parse("event_date", &day("5", "", "")), Err(vec![Cause::DateIncomplete]));
    for parts in [("5", "3", ""), ("5", "", "2026"), ("", "3", ""), ("", "", "2026")] {
        let incomplete = day(parts.0, parts.1, parts.2);
        assert_eq!(parse("event_date", &incomplete), Err(vec![Cause::DateIncomplete]), "{parts:?}");
    }
    assert_eq!(parse("event_date", &day("31", "2", "2026")), Err(vec![Cause::DateImpossible]));
    assert_eq!(parse("event_date", &day("5", "1", "26")), Err(vec![Cause::YearShort]));
    assert_eq!(parse("event_date", &day("23", "11", "2026")), Err(vec![Cause::DateInFuture]));
    assert_eq!(parse("event_date", &day("22", "11", "2026")), exact("2026-11-22"));
    assert_eq!(parse("event_date", &day("", "12", "2026")), Err(vec![Cause::DateInFuture]), "a month that is to come");
    assert!(parse("event_date", &day("", "11", "2026")).is_ok(), "this month has begun");
    let twice = day("22", "11", "2026").with(Field::About, "autumn");
    assert_eq!(parse("event_date", &twice), Err(vec![Cause::DateTwice]));
}

#[test]
fn a_month_is_in_the_past_from_its_first_day_and_a_year_from_1900() {
    let months = common::content().months;
    let on = |today: &str, raw: &Raw| {
        let reading = Reading { today: date(today), months: &months, councils: &[] };
        question("event_date").parse(raw, reading).is_ok()
    };
    let november = day("", "11", "2026");
    assert!(on("2026-11-01", &november) && !on("2026-10-31", &november));
    assert!(on("2026-11-01", &day("1", "1", "1900")) && !on("2026-11-01", &day("31", "12", "1899")));
}

#[test]
fn text_is_counted_in_characters_and_never_cut() {
    let text = |length| Raw::default().with(Field::Text, "é".repeat(length));
    assert!(parse("what_happened", &text(5000)).is_ok());
    let months = common::content().months;
    let reading = Reading { today: date("2026-11-22"), months: &months, councils: &[] };
    let errors = question("what_happened").parse(&text(5003), reading).unwrap_err();
    assert_eq!((errors[0].cause, errors[0].max, errors[0].over), (Cause::TooLong, 5000, 3));
    assert_eq!(parse("what_happened", &Raw::default().with(Field::Text, " \n ")), Err(vec![Cause::Missing]));
    assert_eq!(parse("effect", &Raw::default()), Ok(Answer::Skipped), "it is optional");
}

#[test]
fn each_way_to_reach_a_person_needs_its_detail_and_only_its_own() {
    let both = Raw::choosing(["email", "telephone"]);
    assert_eq!(parse("reach", &both), Err(vec![Cause::EmailMissing, Cause::TelephoneMissing]));
    let wrong = both.with(Field::Email, "name@example").with(Field::Telephone, "none");
    assert_eq!(parse("reach", &wrong), Err(vec![Cause::EmailShape, Cause::TelephoneShape]));
    let left = Raw::choosing(["email"]).with(Field::Email, "a@b.org").with(Field::Telephone, "typed, then not chosen");
    let Ok(Answer::Reach(reach)) = parse("reach", &left) else { panic!("refused") };
    assert_eq!(reach.details.len(), 1, "what was not chosen is not kept");
    let answer = Answer::Reach(reach);
    let has = ["email", "telephone", "post", "none"].map(|method| answer.has(method));
    assert_eq!(has.iter().filter(|has| **has).count(), 1);
    assert_eq!(question("reach").none_option(), Some("none"));
    assert_eq!(parse("reach", &Raw::choosing(["none", "email"])), Err(vec![Cause::NoneWithOthers]));
}

#[test]
fn an_email_address_is_a_name_and_a_host_of_parts() {
    let email = |text: &str| parse("reach", &Raw::choosing(["email"]).with(Field::Email, text));
    for good in ["a@b.org", "o'neil+x@mail.example.co.uk", " a@b.org "] {
        assert!(email(good).is_ok(), "{good}");
    }
    for bad in ["a@b", "@b.org", "a@", "a@.org", "a@b.", "a@b..org", "a b@c.org", "a@b@c.org", "a"] {
        assert_eq!(email(bad), Err(vec![Cause::EmailShape]), "{bad}");
    }
}

#[test]
fn what_is_too_long_to_be_kept_is_said_with_how_much() {
    let email = |length: usize| {
        let text = ["a".repeat(length - 6), "@b.org".to_owned()].concat();
        parse("reach", &Raw::choosing(["email"]).with(Field::Email, text))
    };
    assert!(email(254).is_ok());
    assert_eq!((email(255), email(256)), (Err(vec![Cause::TooLongByOne]), Err(vec![Cause::TooLong])));
    let telephone = |text: &str| parse("reach", &Raw::choosing(["telephone"]).with(Field::Telephone, text));
    assert!(telephone("999").is_ok() && telephone(&"1".repeat(50)).is_ok());
    assert_eq!(telephone("99 or so"), Err(vec![Cause::TelephoneShape]));
    assert_eq!(telephone(&"1".repeat(51)), Err(vec![Cause::TooLongByOne]));
    let post = |length: usize| parse("reach", &Raw::choosing(["post"]).with(Field::Post, "a".repeat(length)));
    assert!(post(500).is_ok());
    assert_eq!((post(0), post(501)), (Err(vec![Cause::PostMissing]), Err(vec![Cause::TooLongByOne])));
}

#[test]
fn what_a_person_wrote_is_not_in_any_debug_output() {
    let raw = Raw::default().with(Field::Text, "SECRET");
    let answer = parse("what_happened", &raw).unwrap();
    assert!(!format!("{raw:?} {answer:?}").contains("SECRET"));
}

#[test]
fn an_answer_to_the_questions_of_another_register_is_an_answer_only_where_it_is_offered() {
    let young = common::flow_in("12-17");
    let takes = |id: &str, answer: &Answer| young.question(id).unwrap().takes(answer);
    let one = |option: &str| Answer::One(option.to_owned());
    let many = |options: &[&str]| Answer::Many(options.iter().map(|option| (*option).to_owned()).collect());
    assert!(takes("age_band", &one("12-15")) && !takes("age_band", &one("18-25")));
    assert!(takes("age_band", &Answer::Skipped) && !takes("tell_how", &Answer::Skipped), "only the first is optional");
    assert!(takes("topics", &many(&["placement"])) && !takes("topics", &many(&["placement", "housing"])));
    assert!(takes("what_happened", &Answer::Text("It rained".to_owned())));
    assert!(takes("event_date", &Answer::When(When::NotKnown)));
}

#[test]
fn none_of_these_goes_with_nothing_else_and_a_council_is_one_of_those_here() {
    assert_eq!(parse("proceedings", &Raw::choosing(["court", "none"])), Err(vec![Cause::NoneWithOthers]));
    assert_eq!(parse("proceedings", &Raw::choosing(["none"])), Ok(Answer::Many(vec!["none".into()])));
    assert_eq!(question("proceedings").none_option(), Some("none"));
    for known in ["bromley", "not_known"] {
        assert_eq!(parse("borough", &Raw::choosing([known])), Ok(Answer::One(known.into())));
    }
    assert_eq!(parse("borough", &Raw::choosing(["leeds"])), Err(vec![Cause::NotAnOption]));
}

#[test]
fn what_is_printed_of_an_answer_says_its_kind_and_nothing_of_what_was_written() {
    let written = |answer: &Answer| format!("{answer:?}");
    assert_eq!(written(&Answer::Text("Rosa".into())), "Text(…)");
    assert_eq!(written(&parse("proceedings", &Raw::choosing(["court"])).unwrap()), "Many(…)");
    assert_eq!(written(&parse("event_date", &Raw::choosing(["not_known"])).unwrap()), "When(…)");
    assert_eq!(written(&parse("reach", &Raw::choosing(["none"])).unwrap()), "Reach(…)");
    assert_eq!([Answer::Seen, Answer::Skipped, Answer::Agreed].map(|one| written(&one)), ["Seen", "Skipped", "Agreed"]);
    assert_eq!(written(&Answer::One("court".into())), "One(…)");
}
