//! The visit as a whole: pages come in their turn, nothing typed is lost, Change comes straight back.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that stops has failed"
)]

use crate::common::{self, date, drive, session};
use putright_app::{
    model::{Command, Event, Focus, Session, drafts::DraftCommand},
    view_model::{Body, Control, Row},
};
use putright_domain::{
    delivery::response::{DeliveryError, Receipt, Refusal},
    form::answer::{Field, Raw},
    messages::Word,
    route::Route,
};

fn go(session: &mut Session, route: Route) -> Vec<Command> {
    session.update(Event::Navigated(route), session.today())
}

fn question(id: &str) -> Route {
    Route::Question(id.to_owned())
}

#[test]
fn the_council_stands_over_each_page_and_both_where_nobody_has_said_which() {
    let over = |id: &str| session(id, "2026-12-17").page().council;
    assert_eq!(over("bromley"), "London Borough of Bromley");
    let both = over("westminster");
    assert!(both.contains("Westminster · ") || both.contains(" · Westminster"), "{both}");
}

#[test]
fn no_page_is_reachable_before_its_turn() {
    let mut session = session("bromley", "2026-12-17");
    assert_eq!(go(&mut session, question("what_happened")), [Command::Replace(Route::Start)]);
    drive::answer(&mut session, "want", Raw::choosing(["complaint"]));
    assert_eq!(go(&mut session, Route::Check), [Command::Replace(question("who"))]);
    assert_eq!(go(&mut session, Route::Sent), [Command::Replace(question("who"))]);
}

#[test]
fn an_answer_that_cannot_be_taken_stays_on_the_page_with_what_is_wrong() {
    let mut session = session("bromley", "2026-12-17");
    drive::to(&mut session, "what_happened", &[]);
    let raw = Raw::default().with(Field::Text, "x".repeat(5001));
    let commands = session.update(Event::Answered(vec![("what_happened".into(), raw.clone())]), date("2026-12-17"));
    assert_eq!(commands, [Command::Focus(Focus::Summary)]);
    let page = session.page();
    assert!(page.title.starts_with("Error: "), "{}", page.title);
    assert_eq!((page.errors.len(), page.errors[0].target.as_str()), (1, "field-text"));
    assert_eq!(page.errors_title, Word::ErrorSummary);
    assert!(session.raw("what_happened") == raw, "nothing is cut off");
}

#[test]
fn what_is_wrong_is_said_in_the_question_s_own_words_where_it_has_them() {
    let mut session = session("bromley", "2026-12-17");
    drive::answer(&mut session, "want", Raw::choosing(["complaint"]));
    let said = |session: &mut Session, raw: Raw| {
        drive::answer(session, "who", raw);
        session.page().errors.iter().map(|line| line.text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(said(&mut session, Raw::default()), ["Choose who you are"]);
    assert_eq!(said(&mut session, Raw::choosing(["nobody"])), ["Choose one of the answers shown"]);
}

#[test]
fn the_option_that_excludes_the_others_stands_apart_from_them() {
    let mut session = session("bromley", "2026-12-17");
    drive::to(&mut session, "proceedings", &[]);
    let Body::Question(page) = session.page().body else { panic!("not a question") };
    let Control::Checkboxes { groups, none } = page.questions[0].control.clone() else { panic!("not boxes") };
    let ids: Vec<&str> = groups.iter().flat_map(|group| &group.choices).map(|choice| choice.id.as_str()).collect();
    assert!(ids.contains(&"court") && !ids.contains(&"none"), "{ids:?}");
    assert_eq!(none.unwrap().id, "none");
}

#[test]
fn other_words_are_fetched_where_there_are_some_and_not_while_something_is_sent() {
    let mut session = session("bromley", "2026-12-17");
    let words = |session: &mut Session, register: &str| go(session, Route::Words(register.to_owned()));
    let stays = |route: Route| vec![Command::Replace(route)];
    assert_eq!(words(&mut session, "adult"), stays(Route::Start), "those are here");
    assert_eq!(words(&mut session, "nobody"), stays(Route::Start));
    let fetched = vec![Command::Replace(Route::Start), Command::LoadEdition("12-17".to_owned())];
    assert_eq!(words(&mut session, "12-17"), fetched);
    drive::to_check(&mut session, &[]);
    drive::send(&mut session, "0123456789abcdef0123456789abcdef");
    assert_eq!(words(&mut session, "12-17"), stays(Route::Check));
}

#[test]
fn there_is_a_way_back_from_every_page_but_the_first_and_the_last() {
    let mut session = session("bromley", "2026-12-17");
    assert!(!session.page().back);
    drive::to_check(&mut session, &[]);
    assert!(session.page().back);
    drive::send(&mut session, "0123456789abcdef0123456789abcdef");
    let receipt = Receipt { reference: "K7M".into() };
    session.update(Event::Delivered(Ok(receipt)), session.today());
    go(&mut session, Route::Sent);
    assert_eq!((session.route(), session.page().back), (&Route::Sent, false));
}

#[test]
fn back_goes_back_and_to_the_first_page_where_nothing_of_ours_lies_behind() {
    let mut session = session("bromley", "2026-12-17");
    go(&mut session, Route::Contacts);
    assert_eq!(session.update(Event::Back, session.today()), [Command::Go(Route::Start)]);
    go(&mut session, Route::Guide);
    assert_eq!(session.update(Event::Back, session.today()), [Command::Back]);
    session.update(Event::StartAgain, session.today());
    go(&mut session, Route::Start);
    assert_eq!(session.update(Event::Back, session.today()), [Command::Back], "the pages before are still behind it");
}

#[test]
fn what_was_answered_before_the_app_was_there_is_taken_up_as_far_as_it_was_passed() {
    let given = || vec![("want".into(), Raw::choosing(["complaint"])), ("who".into(), Raw::choosing(["parent"]))];
    let adopted = |at: Option<Route>| {
        let mut session = session("bromley", "2026-12-17");
        let commands = session.update(Event::Adopted { given: given(), at }, session.today());
        (session, commands)
    };

    let (mut gone_on, commands) = adopted(Some(question("what_happened")));
    let soon = Command::Draft(DraftCommand::Soon);
    assert_eq!(commands, [Command::WarnOnLeaving(false), soon], "it is kept in the tab");
    assert_eq!(go(&mut gone_on, question("what_happened")), [Command::Focus(Focus::Heading)]);
    assert_eq!(gone_on.update(Event::Back, gone_on.today()), [Command::Back], "two pages lie behind it");

    let (mut there, _) = adopted(Some(question("who")));
    assert_eq!(
        go(&mut there, question("what_happened")),
        [Command::Replace(question("who"))],
        "not gone on from it yet"
    );
    go(&mut there, question("who"));
    assert!(there.raw("who") == Raw::choosing(["parent"]), "but it is chosen");

    let (mut first, _) = adopted(Some(Route::Start));
    assert_eq!(go(&mut first, question("who")), [Command::Replace(Route::Start)]);
    assert!(first.raw("want") == Raw::choosing(["complaint"]));

    let mut untouched = session("bromley", "2026-12-17");
    let nothing = Event::Adopted { given: Vec::new(), at: Some(Route::Start) };
    let commands = untouched.update(nothing, untouched.today());
    assert_eq!(commands, [Command::WarnOnLeaving(false)], "nothing is lost by leaving");

    let (_, commands) = adopted(None);
    let next = Command::Replace(question("what_happened"));
    assert_eq!(commands.last(), Some(&next), "faster than the app: all of it was passed");

    // What nothing leads to is kept for when something does, and passes nothing.
    let mut session = session("bromley", "2026-12-17");
    let given = vec![("child_status".into(), Raw::choosing(["in_need"])), ("want".into(), Raw::choosing(["nothing"]))];
    session.update(Event::Adopted { given, at: None }, session.today());
    assert_eq!(go(&mut session, question("who")), [Command::Replace(Route::Start)]);
    assert!(session.raw("child_status") == Raw::choosing(["in_need"]));
}

#[test]
fn what_is_typed_and_not_continued_is_there_on_the_way_back() {
    let mut session = session("bromley", "2026-12-17");
    drive::to(&mut session, "what_happened", &[]);
    let raw = Raw::default().with(Field::Text, "half a sen");
    let typed = Event::Typed { question: "what_happened".into(), raw: raw.clone() };
    assert_eq!(format!("{typed:?}"), "Typed", "what happened is printed, and nothing that was written");
    session.update(typed, date("2026-12-17"));
    go(&mut session, question("who"));
    go(&mut session, question("what_happened"));
    assert!(session.raw("what_happened") == raw);
}

#[test]
fn change_comes_straight_back_unless_it_opens_new_questions() {
    let mut session = session("bromley", "2026-12-17");
    drive::to_check(&mut session, &[]);
    session.update(Event::Change("effect".into()), session.today());
    let commands = drive::answer(&mut session, "effect", Raw::default().with(Field::Text, "No sleep"));
    assert!(commands.contains(&Command::Go(Route::Check)), "{commands:?}");

    session.update(Event::Change("topics".into()), session.today());
    let commands = drive::answer(&mut session, "topics", Raw::choosing(["support", "school"]));
    assert!(commands.contains(&Command::Go(question("topics"))), "the page asks for more: {commands:?}");
    let commands = drive::answer(&mut session, "school_type", Raw::choosing(["academy"]));
    assert!(commands.contains(&Command::Go(question("advice"))), "what we think has changed: {commands:?}");
    let commands = drive::answer(&mut session, "advice", Raw::default());
    assert!(commands.contains(&Command::Go(Route::Check)), "{commands:?}");
}

#[test]
fn every_answer_given_can_be_changed_and_none_left_out_is_listed() {
    let mut session = session("bromley", "2026-12-17");
    drive::to_check(&mut session, &[]);
    let Body::Check(check) = session.page().body else { panic!("not the check page") };
    assert!(check.rows.iter().all(|row| !row.label.is_empty() && !row.lines.is_empty()));
    assert!(!check.rows.iter().any(|row| row.question == "effect"), "it was left out");
    let told = check.rows.iter().find(|row| row.question == "what_happened").unwrap();
    let printed = format!("{told:?}");
    assert!(
        printed.contains("what_happened") && !printed.contains(&told.lines[0]),
        "nothing that was written: {printed}"
    );
}

#[test]
fn a_failure_to_send_loses_nothing_and_a_receipt_shows_the_reference_and_the_dates() {
    let mut session = session("bromley", "2026-12-17");
    drive::to_check(&mut session, &[("reach", Raw::choosing(["email"]).with(Field::Email, "jo@example.org"))]);
    let rows = |session: &Session| -> Vec<Row> {
        session.rows().into_iter().filter(|row| row.question != "sharing").collect()
    };
    let before = rows(&session);
    drive::send(&mut session, &"a".repeat(32));
    let drawn = session.drawn();
    session.update(Event::Delivered(Err(DeliveryError::Unreachable)), date("2026-12-17"));
    assert_ne!(session.drawn(), drawn, "that it is tried again is to be seen");
    session.update(Event::WaitedToSend(1), date("2026-12-17"));
    drive::fail(&mut session, &DeliveryError::Unreachable);
    assert!(rows(&session) == before);
    drive::send(&mut session, &"b".repeat(32));
    let receipt = Receipt { reference: "K7M-2QX-HPA".into() };
    let commands = session.update(Event::Delivered(Ok(receipt)), date("2026-12-17"));
    assert!(commands.ends_with(&[Command::WarnOnLeaving(false), Command::Replace(Route::Sent)]), "{commands:?}");
    go(&mut session, Route::Sent);
    let Body::Sent(page) = session.page().body else { panic!("not the confirmation") };
    assert_eq!(page.reference, "K7M-2QX-HPA");
    assert_eq!(page.dates[0].due, "by Tuesday 5 January 2027");
    assert!(page.dates[0].latest.contains("Tuesday 19 January 2027"));
    assert!(page.dates[0].skipped.contains("25 December (Christmas Day)"), "{}", page.dates[0].skipped);
    assert_eq!(go(&mut session, question("who")), [Command::Replace(Route::Sent)], "it is with the council now");
}

#[test]
fn a_failure_is_told_until_somebody_looks_elsewhere_and_while_they_read_it_out() {
    let mut session = session("bromley", "2026-12-17");
    drive::to_check(&mut session, &[]);
    assert_eq!(go(&mut session, Route::ReadOut), [Command::Replace(Route::Check)], "it has no number yet");
    drive::send(&mut session, &"a".repeat(32));
    drive::fail(&mut session, &DeliveryError::Unreachable);
    go(&mut session, Route::ReadOut);
    assert_eq!(session.route(), &Route::ReadOut);
    assert_eq!(go(&mut session, Route::Check), [Command::Focus(Focus::Summary)]);
    assert!(!session.page().errors.is_empty());
    go(&mut session, Route::Guide);
    assert_eq!(go(&mut session, Route::Check), [Command::Focus(Focus::Heading)]);
    assert!(session.page().errors.is_empty());
    // With something left to answer there is nothing whole to read out.
    go(&mut session, Route::ReadOut);
    session.update(Event::Change("topics".into()), session.today());
    drive::answer(&mut session, "topics", Raw::choosing(["support", "school"]));
    assert_eq!(go(&mut session, Route::ByPost), [Command::Replace(question("topics"))]);
}

#[test]
fn the_confirmation_keeps_the_dates_of_the_day_it_was_sent() {
    let mut session = session("bromley", "2026-12-17");
    drive::to_check(&mut session, &[("reach", Raw::choosing(["email"]).with(Field::Email, "jo@example.org"))]);
    drive::send(&mut session, &"a".repeat(32));
    session.update(Event::Delivered(Ok(Receipt { reference: "K7M-2QX-HPA".into() })), date("2026-12-18"));
    session.update(Event::Navigated(Route::Sent), date("2026-12-21"));
    let Body::Sent(page) = session.page().body else { panic!("not the confirmation") };
    assert_eq!(page.sent_on, "Thursday 17 December 2026");
    assert_eq!(page.dates[0].due, "by Tuesday 5 January 2027");
}

#[test]
fn what_is_on_its_way_can_no_longer_be_changed() {
    let mut session = session("bromley", "2026-12-17");
    drive::to_check(&mut session, &[]);
    drive::send(&mut session, &"a".repeat(32));
    assert_eq!(go(&mut session, question("what_happened")), [Command::Replace(Route::Check)]);
    go(&mut session, Route::Guide);
    let commands = drive::fail(&mut session, &DeliveryError::TimedOut);
    assert_eq!(commands.last(), Some(&Command::Go(Route::Check)), "whoever reads the guide meanwhile must see it");
}

#[test]
fn a_wait_that_ends_when_all_is_told_calls_nobody_back() {
    let mut session = session("bromley", "2026-12-17");
    drive::to_check(&mut session, &[]);
    drive::send(&mut session, &"a".repeat(32));
    drive::fail(&mut session, &DeliveryError::TimedOut);
    go(&mut session, Route::ReadOut);
    assert_eq!(session.update(Event::WaitedToSend(1), date("2026-12-17")), []);
    assert_eq!(session.route(), &Route::ReadOut);
}

#[test]
fn a_part_of_the_guide_is_gone_to_and_the_page_is_not_drawn_again() {
    let mut session = session("bromley", "2026-12-17");
    let part = |id: &str| Route::GuidePart(id.to_owned());
    assert_eq!(go(&mut session, part("days")), [Command::Focus(Focus::Element("/guide/days".to_owned()))]);
    assert!(session.page().title.starts_with("How complaints work"));
    let drawn = session.drawn();
    assert_eq!(go(&mut session, part("statutory")), [Command::Focus(Focus::Element("/guide/statutory".to_owned()))]);
    assert_eq!(go(&mut session, Route::Guide), [Command::Focus(Focus::Heading)]);
    assert_eq!(session.drawn(), drawn);
    go(&mut session, Route::Contacts);
    assert_ne!(session.drawn(), drawn);
    assert_eq!(go(&mut session, part("nowhere")), [Command::Replace(Route::Guide)]);
}

#[test]
fn what_a_backend_refuses_is_told_at_the_question_it_is_about() {
    let mut session = session("bromley", "2026-12-17");
    drive::to_check(&mut session, &[]);
    drive::send(&mut session, &"a".repeat(32));
    let refusal = Refusal { pointer: "/points/0/what_happened".into(), detail: "is too short".into() };
    session.update(Event::Delivered(Err(DeliveryError::Refused(vec![refusal]))), date("2026-12-17"));
    assert_eq!(session.page().errors_title, Word::NotSentSure);
    let errors = session.page().errors;
    assert_eq!(
        (errors[1].text.as_str(), errors[1].question.as_deref()),
        ("What happened: is too short", Some("what_happened"))
    );
}

#[test]
fn a_date_over_a_year_ago_asks_why_and_never_bars() {
    let mut session = session("bromley", "2027-01-05");
    let long_ago = Raw::default().with(Field::Day, "10").with(Field::Month, "9").with(Field::Year, "2025");
    drive::to_check(
        &mut session,
        &[("event_date", long_ago), ("late_reason", Raw::default().with(Field::Text, "in hospital"))],
    );
    assert!(session.walk().position("late_reason").is_some());
    session.update(Event::Change("event_date".into()), session.today());
    let a_year_ago = Raw::default().with(Field::Day, "5").with(Field::Month, "1").with(Field::Year, "2026");
    drive::answer(&mut session, "event_date", a_year_ago);
    assert!(session.walk().position("late_reason").is_none(), "a year to the day is within the year");
}

#[test]
fn start_again_forgets_everything() {
    let mut session = session("bromley", "2026-12-17");
    drive::to_check(&mut session, &[]);
    let drawn = session.drawn();
    session.update(Event::StartAgain, date("2026-12-17"));
    assert!(session.drawn() > drawn, "and the page is drawn again");
    assert_eq!(session.route(), &Route::Check, "until the address is another");
    assert!(session.rows().is_empty() && session.raw("what_happened").is_empty());
}

#[test]
fn an_answer_that_another_register_does_not_offer_is_asked_again_there_and_is_there_on_the_way_back() {
    let today = date("2026-12-17");
    let mut session = session("bromley", "2026-12-17");
    let answers = [("who", Raw::choosing(["child"])), ("topics", Raw::choosing(["nhs"]))];
    drive::to(&mut session, "proceedings", &answers);
    let mut change = |register: &str| {
        session.update(Event::EditionLoaded(Some(common::edition(register))), today);
        let on_the_way = session.answers_on_the_way();
        let topics = on_the_way.get("topics").is_some();
        (topics, session.raw("topics").chosen)
    };
    assert_eq!(
        change("8-11"),
        (false, Vec::new()),
        "these words do not offer it, so it is not shown and counts for nothing"
    );
    assert_eq!(change("adult"), (true, vec!["nhs".to_owned()]));
}

#[test]
fn other_words_come_to_the_page_that_one_is_on_where_they_have_it_too() {
    let change = |question: &str| {
        let mut session = session("bromley", "2026-12-17");
        drive::to(&mut session, question, &[("who", Raw::choosing(["child"]))]);
        session.update(Event::EditionLoaded(Some(common::edition("8-11"))), session.today())
    };
    assert_eq!(change("want"), [Command::ChangeWords, Command::Focus(Focus::Heading)]);
    let commands = change("proceedings");
    assert!(
        matches!(commands.as_slice(), [.., Command::ChangeWords, Command::Replace(_), Command::Focus(Focus::Heading)]),
        "children are not asked that: {commands:?}"
    );
}

#[test]
fn a_page_is_drawn_once_when_it_comes_and_not_again_as_it_goes() {
    let mut session = session("bromley", "2026-12-17");
    let answer =
        |session: &mut Session, raw| session.update(Event::Answered(vec![("want".into(), raw)]), session.today());
    let drawn = session.drawn();
    answer(&mut session, Raw::default());
    assert_eq!(session.drawn(), drawn + 1, "what is wrong stands on the page");
    let commands = answer(&mut session, Raw::choosing(["complaint"]));
    assert!(commands.contains(&Command::Go(question("who"))), "{commands:?}");
    assert_eq!(session.drawn(), drawn + 1, "the page that goes");
    go(&mut session, question("who"));
    assert_eq!(session.drawn(), drawn + 2, "the page that comes");
    assert_eq!(go(&mut session, question("who")), [], "the browser may tell of it once more");
    assert_eq!(session.drawn(), drawn + 2);
}
