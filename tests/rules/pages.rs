//! What stands on the pages: names and numbers of questions, options in their groups, whose turn it is, and which of a council's own lines
//! are quoted.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that stops has failed"
)]

use std::sync::Arc;

use crate::common::{self, date, drive, session};
use putright::domain::{
    content::Word,
    council::Council,
    guidance::{timeline::Standing, working_days::WorkingCalendar},
    journey::{
        answer::{Field, Raw, unnumbered},
        question::{Cause, NOT_KNOWN},
    },
    screen::{Body, Control, ProgressPage, QuestionPage},
    session::Session,
};
use serde_json::{Value, json};

const TODAY: &str = "2026-12-17";

fn question(session: &Session) -> QuestionPage {
    match session.page().body {
        Body::Question(page) => *page,
        other => panic!("not a question: {other:?}"),
    }
}

fn yes(id: &str) -> (&str, Raw) {
    (id, Raw::choosing(["yes"]))
}

fn text(words: &str) -> Raw {
    Raw::default().with(Field::Text, words)
}

#[test]
fn a_question_that_comes_again_says_which_time_it_is_on_its_page_and_in_the_list() {
    let mut session = session("bromley", TODAY);
    let answers = [yes("another_point"), ("what_happened", text("One")), ("what_happened-2", text("Two"))];
    drive::to(&mut session, "what_happened", &answers);
    assert_eq!(question(&session).caption, "Point 1");
    drive::to(&mut session, "what_happened-2", &answers);
    assert_eq!(question(&session).caption, "Point 2");
    drive::to(&mut session, "full_name", &answers);
    assert_eq!(question(&session).caption, "", "it comes once");
    let rows = session.rows();
    let row = |id: &str| rows.iter().find(|row| row.question == id).unwrap();
    let short = common::content().question("what_happened").unwrap().short.clone();
    assert_eq!(row("what_happened-2").label, ["Point 2: ", &short].concat());
    assert_eq!(row("what_happened-2").lines, ["Two"]);
    assert_eq!(row("topics").label, common::content().question("topics").unwrap().short);
}

#[test]
fn a_number_counts_from_the_second_time_on_and_no_other_name_ends_in_one() {
    for (id, expected) in [
        ("what_happened-2", ("what_happened", 2)),
        ("what_happened-11", ("what_happened", 11)),
        ("what_happened-1", ("what_happened-1", 1)),
        ("what_happened-0", ("what_happened-0", 1)),
        ("what_happened", ("what_happened", 1)),
        ("age-band", ("age-band", 1)),
    ] {
        assert_eq!(unnumbered(id), expected);
    }
}

#[test]
fn options_stand_under_the_heading_of_their_group() {
    let mut session = session("bromley", TODAY);
    drive::to(&mut session, "topics", &[]);
    let Control::Checkboxes { groups, .. } = question(&session).control else { panic!("not boxes") };
    let headings: Vec<&str> = groups.iter().map(|group| group.heading.as_str()).collect();
    let content = common::content();
    let words = &content.question("topics").unwrap().groups;
    assert!(headings.len() > 3 && headings.iter().all(|heading| !heading.is_empty()), "{headings:?}");
    assert!(headings.iter().all(|heading| words.iter().any(|(_, told)| told == heading)), "{headings:?}");
}

#[test]
fn councils_are_told_by_their_short_names() {
    let mut session = session("westminster", TODAY);
    drive::to(&mut session, "borough", &[]);
    let Control::Radios(choices) = question(&session).control else { panic!("not radios") };
    let told: Vec<(&str, &str)> = choices.iter().map(|one| (one.id.as_str(), one.label.as_str())).collect();
    assert!(told.contains(&("westminster", "Westminster")), "{told:?}");
    assert!(told.contains(&("kensington-and-chelsea", "Kensington and Chelsea")), "{told:?}");
    assert_eq!(told.last(), Some(&(NOT_KNOWN, "I don’t know")));
    drive::answer(&mut session, "borough", Raw::choosing(["kensington-and-chelsea"]));
    let row = session.rows().into_iter().find(|row| row.question == "borough").unwrap();
    assert_eq!(row.lines, ["Kensington and Chelsea"]);
}

#[test]
fn a_council_must_be_chosen_and_be_one_of_those_there_are() {
    for (given, cause) in [(Raw::default(), Cause::Missing), (Raw::choosing(["bromley"]), Cause::NotAnOption)] {
        let mut session = session("westminster", TODAY);
        drive::to(&mut session, "borough", &[]);
        drive::answer(&mut session, "borough", given);
        assert_eq!(session.errors()[0].cause, cause);
    }
}

#[test]
fn what_must_be_agreed_to_is_not_taken_without() {
    let mut session = session("bromley", TODAY);
    drive::to(&mut session, "sharing", &[]);
    drive::answer(&mut session, "sharing", Raw::default());
    assert_eq!(session.errors().len(), 1);
    drive::answer(&mut session, "sharing", Raw::choosing(["agreed"]));
    assert!(session.errors().is_empty());
}

#[test]
fn what_is_read_aloud_is_all_that_can_be_chosen() {
    let mut session = session("bromley", TODAY);
    let content = common::content();
    for id in ["proceedings", "reach", "sharing"] {
        drive::to(&mut session, id, &[]);
        let spoken = session.page().spoken();
        let words = content.question(id).unwrap();
        assert_eq!(spoken[0], words.title);
        assert!(words.options.iter().count() > 0);
        for (option, words) in words.options.iter() {
            assert!(spoken.contains(&words.label), "{id}: {option}: {spoken:?}");
        }
    }
}

#[test]
fn advice_is_read_aloud_with_its_dates_its_notes_and_who_can_help() {
    let mut session = session("bromley", TODAY);
    let old = Raw::default().with(Field::Day, "1").with(Field::Month, "2").with(Field::Year, "2025");
    drive::to(&mut session, "advice", &[("topics", Raw::choosing(["support", "nhs"])), ("event_date", old)]);
    let Body::Advice(advice) = session.page().body else { panic!("not the advice") };
    let spoken = session.page().spoken();
    assert_eq!(spoken[0], advice.title);
    assert!(!advice.dates.is_empty() && !advice.flags.is_empty() && !advice.signposts.is_empty());
    for date in &advice.dates {
        assert!(spoken.contains(&[&date.what, " ", &date.due].concat()), "{spoken:?}");
    }
    for flag in &advice.flags {
        assert!(spoken.contains(&flag.title), "{}: {spoken:?}", flag.title);
    }
    for card in &advice.signposts {
        assert!(
            spoken.contains(&card.name) && (card.about.is_empty() || spoken.contains(&card.about)),
            "{}",
            card.name
        );
    }
}

/// The lines of its own that a council quotes to some answers, where its list has one of every kind: each line is its id.
fn quoted(answers: &[(&str, Raw)]) -> Vec<String> {
    let mut file: Value = serde_json::from_str(&common::public("councils/bromley.json")).unwrap();
    let line = file["exclusions"][0].clone();
    let all = ["academy", "appeals", "college", "court", "nhs", "outside_role", "police", "school", "university"];
    let lines = all.iter().map(|id| {
        let mut one = line.clone();
        one["id"] = json!(id);
        one["wording"] = json!(format!("[{id}]."));
        one
    });
    file["exclusions"] = lines.collect();
    let loaded = common::loaded_as(Council::parse("c", &file.to_string()).unwrap());
    let mut session = Session::new(Arc::new(loaded), date(TODAY));
    drive::to(&mut session, "advice", answers);
    let Body::Advice(advice) = session.page().body else { panic!("not the advice") };
    let own = advice.body.iter().filter(|line| line.starts_with("> "));
    all.iter()
        .filter(|id| own.clone().any(|line| line.contains(&format!("[{id}]"))))
        .map(|id| (*id).to_owned())
        .collect()
}

#[test]
fn of_a_council_s_list_the_line_is_quoted_that_is_meant() {
    let none = || ("child_status", Raw::choosing(["none"]));
    let topic = |topic: &str| quoted(&[none(), ("topics", Raw::choosing([topic]))]);
    let school = |kind: &str| quoted(&[("topics", Raw::choosing(["school"])), ("school_type", Raw::choosing([kind]))]);
    assert_eq!(school("college"), ["college"]);
    assert_eq!(school("university"), ["university"]);
    assert_eq!(school("academy"), ["academy"]);
    assert_eq!(school("maintained"), ["school"]);
    assert_eq!(topic("nhs"), ["nhs"]);
    assert_eq!(topic("court_evidence"), ["court"]);
    for outside in ["police_conduct", "other_body", "childrens_home_or_agency"] {
        assert_eq!(topic(outside), ["outside_role"], "{outside}");
    }
    assert!(topic("support").is_empty());
}

/// The page that says where a complaint stands, at a stage with such dates.
fn progress(stage: &str, dates: &[(&str, &str)]) -> ProgressPage {
    let mut session = session("bromley", TODAY);
    let day = |iso: &str| {
        let [year, month, day] = iso.split('-').collect::<Vec<_>>()[..] else { panic!("{iso}") };
        Raw::default().with(Field::Day, day).with(Field::Month, month).with(Field::Year, year)
    };
    let mut answers = vec![("want", Raw::choosing(["progress"])), ("stage_reached", Raw::choosing([stage]))];
    answers.extend(dates.iter().map(|(id, iso)| match *iso {
        NOT_KNOWN => (*id, Raw::choosing([NOT_KNOWN])),
        iso => (*id, day(iso)),
    }));
    drive::to(&mut session, "progress", &answers);
    match session.page().body {
        Body::Progress(page) => *page,
        other => panic!("not the page: {other:?}"),
    }
}

#[test]
fn on_the_last_day_of_the_ordinary_limit_it_is_that_day_that_is_told_and_after_it_the_longest() {
    // 10 and 11 working days before the day of these tests; 20 working days end in the new year.
    let last = progress("stage1_waiting", &[("stage1_sent", "2026-12-03")]);
    assert!(last.turn.ends_with("by Thursday 17 December 2026."), "{}", last.turn);
    let after = progress("stage1_waiting", &[("stage1_sent", "2026-12-02")]);
    assert!(after.turn.ends_with("by Monday 4 January 2027."), "{}", after.turn);
    let content = common::content();
    let told = |page: &ProgressPage| page.title.clone();
    assert_eq!(told(&last), told(&after), "the title is the outcome's where a date is known");
    assert_ne!(told(&last), content.word(Word::ProgressNoDateTitle));
}

#[test]
fn what_came_in_time_is_said_to_have_come_in_time() {
    let page = progress("stage1_reply", &[("stage1_sent", "2026-11-02"), ("stage1_reply_received", "2026-11-16")]);
    let kept: Vec<_> = page.moments.iter().filter(|moment| moment.standing == Standing::Kept).collect();
    assert!(!kept.is_empty() && kept.iter().all(|moment| moment.told == "In time"), "{kept:?}");
}

#[test]
fn at_stage_two_of_the_general_procedure_its_own_limit_counts_and_that_of_stage_one_no_longer() {
    let limits = |stage: &str, dates: &[(&str, &str)]| {
        let moments = progress(stage, dates).moments;
        moments.into_iter().map(|moment| moment.what).map(|what| what.to_lowercase()).collect::<Vec<_>>()
    };
    let one = limits("corporate_stage1_waiting", &[("stage1_sent", "2026-12-01")]);
    assert!(
        one.iter().any(|what| what.contains("stage 1")) && !one.iter().any(|what| what.contains("stage 2")),
        "{one:?}"
    );
    let two = limits("corporate_stage2_waiting", &[("stage2_sent", "2026-12-01"), ("acknowledged", "2026-12-03")]);
    assert!(
        two.iter().any(|what| what.contains("stage 2")) && !two.iter().any(|what| what.contains("stage 1")),
        "{two:?}"
    );
}

#[test]
fn bank_holidays_may_stand_in_any_order_and_one_day_may_have_two() {
    let named = |days: &[(&str, &str)]| {
        let events: Vec<Value> =
            days.iter().map(|(date, title)| json!({ "date": date, "title": title, "notes": "" })).collect();
        let file = json!({ "england-and-wales": { "division": "england-and-wales", "events": events } });
        WorkingCalendar::parse("h", &file.to_string()).unwrap()
    };
    let calendar = named(&[("2026-12-28", "B"), ("2026-12-25", "A"), ("2026-12-25", "C")]);
    assert_eq!(calendar.horizon(), date("2026-12-28"));
    assert!(!calendar.is_working_day(date("2026-12-25")) && calendar.is_working_day(date("2026-12-24")));
    assert_eq!(calendar.after(date("2026-12-24"), 1), date("2026-12-29"));
}

#[test]
fn a_limit_of_the_general_procedure_that_has_run_out_stays_with_what_became_of_it() {
    let missed = |stage: &str, sent: &str, dates: [&str; 2]| {
        let moments = progress(stage, &[(sent, dates[0]), ("acknowledged", dates[1])]).moments;
        let missed = moments.into_iter().filter(|moment| moment.standing == Standing::Missed);
        missed.map(|moment| (moment.day, moment.what)).collect::<Vec<_>>()
    };
    let day = |day: &str, what: &str| (day.to_owned(), what.to_owned());
    assert_eq!(
        missed("corporate_stage1_waiting", "stage1_sent", ["2026-09-02", "2026-09-03"]),
        [
            day("Thursday 17 September 2026", "General procedure, stage 1 answer: due"),
            day("Thursday 1 October 2026", "General procedure, stage 1 answer: the latest, if more time was needed"),
        ]
    );
    assert_eq!(
        missed("corporate_stage2_waiting", "stage2_sent", ["2026-08-01", "2026-08-05"]),
        [
            day("Thursday 3 September 2026", "General procedure, final answer: due"),
            day("Thursday 1 October 2026", "General procedure, final answer: the latest, if more time was needed"),
        ]
    );
}

#[test]
fn a_body_is_reached_at_its_own_number_and_not_at_the_council_s() {
    let mut session = session("bromley", TODAY);
    let topics = ["nhs", "police_conduct", "other_body", "school", "court_evidence", "support"];
    drive::to(&mut session, "advice", &[("topics", Raw::choosing(topics))]);
    let Body::Advice(advice) = session.page().body else { panic!("not the advice") };
    let (loaded, content) = (common::loaded("bromley"), common::content());
    let council = common::council("bromley");
    let mut looked_at = 0;
    for (id, contact) in loaded.directory.iter() {
        let name = &content.signpost(id).unwrap().name;
        let card = advice.signposts.iter().find(|card| card.name == *name);
        let Some(card) = card.filter(|_| !contact.through_council && council.signposts.get(id).is_none()) else {
            continue;
        };
        let numbers: Vec<_> = card.reach.iter().flat_map(|reach| &reach.telephone).map(|one| &one.number).collect();
        assert_eq!(numbers, contact.telephone.iter().map(|one| &one.number).collect::<Vec<_>>(), "{name}");
        looked_at += 1;
    }
    assert!(looked_at > 3, "{looked_at}");
}

#[test]
fn without_a_day_it_is_the_council_s_turn_all_the_same_and_that_is_asked_for() {
    for (stage, sent) in [("stage1_waiting", "stage1_sent"), ("corporate_stage2_waiting", "stage2_sent")] {
        let page = progress(stage, &[(sent, NOT_KNOWN)]);
        assert_eq!(page.turn, "It is Bromley’s turn.");
        assert_eq!(page.title, common::content().word(Word::ProgressNoDateTitle));
    }
}
