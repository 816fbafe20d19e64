//! Tests of the pages: names and numbers of questions, options in their groups, the person whose turn it is, and quoted
//! lines of a council.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that stops has failed"
)]

mod advice;
mod confirmation;

use crate::common::{self, date, drive, model, session_in};
use putright_app::{
    Effect, Event, Focus, Model,
    view_model::{self, AdvicePage, Control, PageBody, ProgressPage, QuestionPage, SentPage},
};
use putright_domain::{
    delivery::response::Receipt,
    form::{
        answer::{Field, FormInput, NOT_KNOWN, unnumbered},
        mistake::Cause,
    },
    guidance::{timeline::Standing, working_days::WorkingCalendar},
    messages::MessageId,
    route::Route,
};
use serde_json::{Value, json};

const TODAY: &str = "2026-12-17";

fn question(model: &Model) -> QuestionPage {
    match view_model::page(model).body {
        PageBody::Question(page) => *page,
        other => panic!("not a question: {other:?}"),
    }
}

fn yes(id: &str) -> (&str, FormInput) {
    (id, FormInput::choosing(["yes"]))
}

fn text(words: &str) -> FormInput {
    FormInput::default().with(Field::Text, words)
}

#[test]
fn a_question_that_comes_again_says_which_time_it_is_on_its_page_and_in_the_list() {
    let mut model = model("bromley", TODAY);
    let answers = [yes("another_point"), ("what_happened", text("One")), ("what_happened-2", text("Two"))];
    drive::to(&mut model, "what_happened", &answers);
    assert_eq!(question(&model).questions[0].caption, "", "one alone is not counted");
    drive::to(&mut model, "what_happened-2", &answers);
    assert_eq!(question(&model).questions[0].caption, "Point 2");
    drive::to(&mut model, "full_name", &answers);
    assert_eq!(question(&model).questions[0].caption, "", "it comes once");
    let rows = view_model::rows(&model);
    let row = |id: &str| rows.iter().find(|row| row.question == id).unwrap();
    let short = common::content().question("what_happened").unwrap().short.clone();
    assert_eq!(row("what_happened-2").label, ["Point 2: ", &short].concat());
    assert_eq!(row("what_happened").label, ["Point 1: ", &short].concat());
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
    let mut model = model("bromley", TODAY);
    drive::to(&mut model, "topics", &[]);
    let Control::Checkboxes { groups, .. } = question(&model).questions[0].control.clone() else { panic!("not boxes") };
    let headings: Vec<&str> = groups.iter().map(|group| group.heading.as_str()).collect();
    let content = common::content();
    let words = &content.question("topics").unwrap().groups;
    assert!(headings.len() > 3 && headings.iter().all(|heading| !heading.is_empty()), "{headings:?}");
    assert!(headings.iter().all(|heading| words.iter().any(|(_, told)| told == heading)), "{headings:?}");
}

#[test]
fn at_most_ten_topics_are_seen_before_a_group_is_opened() {
    let flow = common::flow_in("adult");
    let options = |id: &str| flow.question(id).unwrap().options().iter().map(ToString::to_string).collect::<Vec<_>>();
    for who in options("who") {
        for status in options("child_status") {
            let mut model = model("bromley", TODAY);
            let answers = [
                ("who", FormInput::choosing([who.as_str()])),
                ("child_status", FormInput::choosing([status.as_str()])),
            ];
            drive::to(&mut model, "topics", &answers);
            let asked = question(&model).questions.into_iter().find(|asked| asked.id == "topics").unwrap();
            let Control::Checkboxes { groups, .. } = asked.control else { panic!("not boxes") };
            let seen: usize = groups.iter().filter(|group| group.open).map(|group| group.choices.len()).sum();
            assert!((1..=10).contains(&seen), "{who}, {status}: {seen}");
        }
    }
}

#[test]
fn councils_are_told_by_their_short_names() {
    let mut model = model("westminster", TODAY);
    drive::to(&mut model, "borough", &[]);
    drive::answer(&mut model, "want", FormInput::choosing(["complaint"]));
    let Control::Radios(choices) = question(&model).questions[1].control.clone() else { panic!("not radios") };
    let told: Vec<(&str, &str)> = choices.iter().map(|one| (one.id.as_str(), one.label.as_str())).collect();
    assert!(told.contains(&("westminster", "Westminster")), "{told:?}");
    assert!(told.contains(&("kensington-and-chelsea", "Kensington and Chelsea")), "{told:?}");
    assert_eq!(told.last(), Some(&(NOT_KNOWN, "I don’t know")));
    drive::answer(&mut model, "borough", FormInput::choosing(["kensington-and-chelsea"]));
    let row = view_model::rows(&model).into_iter().find(|row| row.question == "borough").unwrap();
    assert_eq!(row.lines, ["Kensington and Chelsea"]);
}

#[test]
fn a_council_must_be_chosen_and_be_one_of_those_there_are() {
    for (given, cause) in
        [(FormInput::default(), Cause::Missing), (FormInput::choosing(["bromley"]), Cause::NotAnOption)]
    {
        let mut model = model("westminster", TODAY);
        drive::to(&mut model, "borough", &[]);
        drive::answer(&mut model, "borough", given);
        assert_eq!(model.errors()[0].error.cause, cause);
    }
}

#[test]
fn what_must_be_agreed_to_is_not_taken_without() {
    let mut model = model("bromley", TODAY);
    drive::to(&mut model, "", &[]);
    model.update(Event::Navigated(Route::Check), model.today());
    let commands = model.update(Event::Send, model.today());
    assert_eq!(commands, [Effect::Focus(Focus::Summary)], "nothing is sent");
    assert_eq!((model.errors().len(), model.errors()[0].question.as_str()), (1, "sharing"));
    let page = view_model::page(&model);
    assert_eq!(page.errors[0].target, "sharing-choice-0");
    drive::agree(&mut model);
    assert_eq!(model.update(Event::Send, model.today()), [Effect::MakeId]);
    assert!(model.errors().is_empty());
}

#[test]
fn what_is_read_aloud_is_all_that_can_be_chosen() {
    let mut model = model("bromley", TODAY);
    let content = common::content();
    for id in ["proceedings", "wishes"] {
        drive::to(&mut model, id, &[]);
        let spoken = view_model::page(&model).spoken();
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
    let mut model = model("bromley", TODAY);
    let old = FormInput::default().with(Field::Day, "1").with(Field::Month, "2").with(Field::Year, "2025");
    drive::to(&mut model, "advice", &[("topics", FormInput::choosing(["support", "nhs"])), ("event_date", old)]);
    let PageBody::Advice(advice) = view_model::page(&model).body else { panic!("not the advice") };
    let spoken = view_model::page(&model).spoken();
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

/// The page that says where a complaint stands, at a stage with such dates.
fn progress(stage: &str, dates: &[(&str, &str)]) -> ProgressPage {
    let mut model = model("bromley", TODAY);
    let day = |iso: &str| {
        let [year, month, day] = iso.split('-').collect::<Vec<_>>()[..] else { panic!("{iso}") };
        FormInput::default().with(Field::Day, day).with(Field::Month, month).with(Field::Year, year)
    };
    let mut answers =
        vec![("want", FormInput::choosing(["progress"])), ("stage_reached", FormInput::choosing([stage]))];
    answers.extend(dates.iter().map(|(id, iso)| match *iso {
        NOT_KNOWN => (*id, FormInput::choosing([NOT_KNOWN])),
        iso => (*id, day(iso)),
    }));
    drive::to(&mut model, "progress", &answers);
    match view_model::page(&model).body {
        PageBody::Progress(page) => *page,
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
    assert_ne!(told(&last), content.word(MessageId::ProgressNoDateTitle));
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
            day("Thursday 1 October 2026", "General procedure, stage 1 answer: the latest"),
        ]
    );
    assert_eq!(
        missed("corporate_stage2_waiting", "stage2_sent", ["2026-08-01", "2026-08-05"]),
        [
            day("Thursday 3 September 2026", "General procedure, final answer: due"),
            day("Thursday 1 October 2026", "General procedure, final answer: the latest"),
        ]
    );
}

#[test]
fn a_body_is_reached_at_its_own_number_and_not_at_the_council_s() {
    let mut model = model("bromley", TODAY);
    let topics = ["nhs", "police_conduct", "other_body", "school", "court_evidence", "support"];
    drive::to(&mut model, "advice", &[("topics", FormInput::choosing(topics))]);
    let PageBody::Advice(advice) = view_model::page(&model).body else { panic!("not the advice") };
    let (bundle, content) = (common::bundle("bromley"), common::content());
    let council = common::council("bromley");
    let mut looked_at = 0;
    for (id, contact) in bundle.directory.iter() {
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
        assert_eq!(page.title, common::content().word(MessageId::ProgressNoDateTitle));
    }
}

/// The advice, where these answers lead.
fn advised(register: &str, answers: &[(&str, FormInput)]) -> AdvicePage {
    let mut model = session_in(register, "bromley", TODAY);
    drive::to(&mut model, "advice", answers);
    match view_model::page(&model).body {
        PageBody::Advice(page) => *page,
        other => panic!("{register}: not the advice: {other:?}"),
    }
}

fn one(id: &'static str, option: &str) -> (&'static str, FormInput) {
    (id, FormInput::choosing([option]))
}

fn email() -> (&'static str, FormInput) {
    ("reach", FormInput::choosing(["email"]).with(Field::Email, "jo@example.org"))
}

/// The confirmation, and the person's own copy as text.
fn sent(register: &str, answers: &[(&str, FormInput)]) -> (SentPage, String) {
    let mut model = session_in(register, "bromley", TODAY);
    drive::to_check(&mut model, answers);
    assert!(view_model::rows(&model).iter().all(|row| row.lines.iter().all(|line| !line.contains("Not provided"))));
    drive::send(&mut model, &"a".repeat(32));
    model.update(Event::Delivered(Ok(Receipt { reference: "K7M-2QX-HPA".into() })), date(TODAY));
    model.update(Event::Navigated(Route::Sent), date(TODAY));
    let copy = view_model::copy_as_text(&model).unwrap().text;
    match view_model::page(&model).body {
        PageBody::Sent(page) => (*page, copy),
        other => panic!("not the confirmation: {other:?}"),
    }
}

#[test]
fn a_way_to_reach_the_person_can_be_given_from_the_advice() {
    let mut model = session_in("12-17", "bromley", TODAY);
    drive::to(&mut model, "advice", &[one("topics", "placement"), one("reach", "none")]);
    model.update(Event::Change("reach".into()), date(TODAY));
    model.update(Event::Navigated(Route::Question("reach".into())), date(TODAY));
    drive::answer(&mut model, "reach", email().1);
    drive::to(&mut model, "advice", &[]);
    let PageBody::Advice(page) = view_model::page(&model).body else { panic!("not the advice") };
    assert!(!page.no_way_back && !page.answers.is_empty());
}
