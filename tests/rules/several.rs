//! Pages of several questions: what is asked together, what opens in place, what may be filled in again, and what check answers adds.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that stops has failed"
)]

use crate::common::{drive, session};
use putright::domain::{
    journey::{
        answer::{Field, QuestionId, Raw},
        question::{AGREED, Cause},
    },
    route::Route,
    screen::{Body, QuestionPage},
    session::{Command, Event, Focus, Session},
};

const TODAY: &str = "2026-12-17";

fn text(words: &str) -> Raw {
    Raw::default().with(Field::Text, words)
}

fn day(year: &str) -> Raw {
    Raw::default().with(Field::Day, "2").with(Field::Month, "3").with(Field::Year, year)
}

fn page(session: &Session) -> QuestionPage {
    match session.page().body {
        Body::Question(page) => *page,
        other => panic!("not a page of questions: {other:?}"),
    }
}

fn shown(session: &Session) -> Vec<QuestionId> {
    page(session).questions.into_iter().filter(|asked| asked.shown).map(|asked| asked.id).collect()
}

/// Presses Continue on the whole page, and goes where that leads.
fn answered(session: &mut Session, given: &[(&str, Raw)]) -> Vec<Command> {
    let given = given.iter().map(|(id, raw)| ((*id).to_owned(), raw.clone())).collect();
    let commands = session.update(Event::Answered(given), session.today());
    follow(session, &commands);
    commands
}

fn follow(session: &mut Session, commands: &[Command]) {
    for command in commands {
        if let Command::Go(route) = command {
            session.update(Event::Navigated(route.clone()), session.today());
        }
    }
}

fn on_page(id: &str, answers: &[(&str, Raw)]) -> Session {
    let mut session = session("bromley", TODAY);
    drive::to(&mut session, id, answers);
    session
}

#[test]
fn errors_of_several_questions_stand_in_the_order_of_the_page_and_lose_nothing() {
    let mut session = on_page("what_happened", &[]);
    let long = "x".repeat(3001);
    let given = [
        ("what_happened", Raw::default()),
        ("event_date", Raw::default().with(Field::Day, "40").with(Field::Month, "1").with(Field::Year, "2026")),
        ("people_and_teams", text("The team")),
        ("effect", text(&long)),
    ];
    assert_eq!(answered(&mut session, &given), [Command::Focus(Focus::Summary)]);
    let mistakes: Vec<(&str, Cause)> =
        session.errors().iter().map(|mistake| (mistake.question.as_str(), mistake.error.cause)).collect();
    assert_eq!(
        mistakes,
        [("what_happened", Cause::Missing), ("event_date", Cause::DateImpossible), ("effect", Cause::TooLongByOne),]
    );
    let targets: Vec<String> = session.page().errors.into_iter().map(|line| line.target).collect();
    assert_eq!(targets, ["field-text", "event_date-field-day", "effect-field-text"]);
    assert_eq!(session.raw("people_and_teams").field(Field::Text), "The team");
    assert_eq!(session.raw("effect").field(Field::Text), long);
    assert!(session.answers_on_the_way().get("people_and_teams").is_none(), "nothing of the page counts yet");
}

#[test]
fn what_is_ticked_opens_and_closes_a_question_before_continue() {
    let mut session = on_page("what_happened", &[]);
    assert!(!shown(&session).contains(&"late_reason".to_owned()));
    let typed = |raw| Event::Typed { question: "event_date".into(), raw };
    let (drawn, before) = (session.drawn(), session.live().shown);
    session.update(typed(day("2024")), session.today());
    assert!(shown(&session).contains(&"late_reason".to_owned()), "it was more than a year ago");
    assert_ne!(session.live().shown, before);
    session.update(typed(day("2026")), session.today());
    assert!(!shown(&session).contains(&"late_reason".to_owned()));
    assert_eq!(session.live().shown, before);
    assert_eq!(session.drawn(), drawn, "the page that is typed in is not drawn again");
}

#[test]
fn question_that_is_not_asked_is_neither_needed_nor_sent() {
    let mut session = on_page("who", &[]);
    let given = [
        ("who", Raw::choosing(["care_leaver"])),
        ("age_band", Raw::choosing(["8-11"])),
        ("care_leaver_age", Raw::choosing(["18-25"])),
        ("authority", Raw::default()),
    ];
    let commands = answered(&mut session, &given);
    assert!(commands.contains(&Command::Go(Route::Question("what_happened".into()))), "{commands:?}");
    assert!(session.answers_on_the_way().get("age_band").is_none());

    // Chosen, then chosen otherwise: the answer stays with the person and goes nowhere.
    session.update(Event::Navigated(Route::Question("who".into())), session.today());
    answered(&mut session, &[("who", Raw::choosing(["parent"])), ("care_leaver_age", Raw::choosing(["18-25"]))]);
    assert!(session.answers_on_the_way().get("care_leaver_age").is_none());
    drive::to_check(&mut session, &[]);
    assert!(!drive::send(&mut session, &"a".repeat(32)).body.contains("18-25"));
}

#[test]
fn condition_on_a_question_that_is_off_the_way_does_not_hold() {
    let answers = [("topics", Raw::choosing(["send_transport"])), ("transport_issue", Raw::choosing(["service"]))];
    let mut session = on_page("told_provider", &answers);
    assert!(shown(&session).contains(&"told_provider".to_owned()));
    let given = [("topics", Raw::choosing(["support"])), ("transport_issue", Raw::choosing(["service"]))];
    answered(&mut session, &given);
    assert!(session.walk().position("told_provider").is_none());
    assert_eq!(session.route(), &Route::Question("proceedings".into()));
}

#[test]
fn question_stands_under_the_only_option_that_it_depends_on() {
    let page = page(&on_page("topics", &[]));
    let under = |id: &str| page.questions.iter().find(|asked| asked.id == id).unwrap().under.clone();
    assert_eq!(under("school_type"), Some((0, "school".into())));
    assert_eq!(under("told_provider"), Some((2, "service".into())));
    assert_eq!(under("topics"), None);
}

#[test]
fn points_are_added_by_a_button_and_taken_away_with_those_after_moving_up() {
    let point = |number: usize, words: &str, more: bool| -> Vec<(QuestionId, Raw)> {
        let id = |name: &str| if number == 1 { name.to_owned() } else { format!("{name}-{number}") };
        let mut given = vec![(id("what_happened"), text(words))];
        if number == 1 {
            given.push((id("event_date"), Raw::choosing(["not_known"])));
        }
        given.push((id("people_and_teams"), Raw::default()));
        given.push((id("effect"), text(&format!("effect of {words}"))));
        given.push((id("another_point"), if more { Raw::choosing(["yes"]) } else { Raw::default() }));
        if number > 1 {
            given.push((id("other_dates"), Raw::default()));
        }
        given
    };
    let mut session = on_page("what_happened", &[]);
    for (number, words) in [(1, "one"), (2, "two"), (3, "three")] {
        let commands = session.update(Event::Answered(point(number, words, number < 3)), session.today());
        follow(&mut session, &commands);
    }
    assert_eq!(session.route(), &Route::Question("child_name".into()));
    let said = |session: &Session| -> Vec<String> {
        (1..=5)
            .filter_map(|at| {
                let id = if at == 1 { "effect".to_owned() } else { format!("effect-{at}") };
                let answers = session.answers_on_the_way();
                answers
                    .get(&id)
                    .and_then(putright::domain::journey::answer::Answer::as_strings)
                    .map(|words| words.concat())
            })
            .collect()
    };
    assert_eq!(said(&session), ["effect of one", "effect of two", "effect of three"]);

    session.update(Event::Navigated(Route::Question("what_happened-2".into())), session.today());
    assert!(!page(&session).remove.is_empty() && page(&session).another.unwrap().raw.has("yes"));
    let commands = session.update(Event::Remove("what_happened-2".into()), session.today());
    follow(&mut session, &commands);
    assert_eq!(said(&session), ["effect of one", "effect of three"]);

    session.update(Event::Navigated(Route::Question("what_happened-2".into())), session.today());
    let commands = session.update(Event::Remove("what_happened-2".into()), session.today());
    follow(&mut session, &commands);
    assert_eq!(said(&session), ["effect of one"]);
    session.update(Event::Navigated(Route::Question("what_happened".into())), session.today());
    assert!(page(&session).remove.is_empty(), "there is always one");
}

#[test]
fn change_goes_to_the_question_and_comes_straight_back() {
    let mut session = session("bromley", TODAY);
    drive::to_check(&mut session, &[]);
    let commands = session.update(Event::Change("effect".into()), session.today());
    assert_eq!(commands, [Command::Go(Route::Question("what_happened".into()))]);
    let commands = session.update(Event::Navigated(Route::Question("what_happened".into())), session.today());
    assert_eq!(commands, [Command::Focus(Focus::Element("effect-field-text".into()))]);
    let commands = drive::answer(&mut session, "effect", text("No sleep"));
    assert!(commands.contains(&Command::Go(Route::Check)), "{commands:?}");
}

#[test]
fn check_answers_offers_files_and_comes_back_from_them() {
    let mut session = session("bromley", TODAY);
    drive::to_check(&mut session, &[]);
    let Body::Check(check) = session.page().body else { panic!("not check answers") };
    assert_eq!(check.extras.len(), 1);
    assert_eq!(check.extras[0].0, "#/question/files");
    session.update(Event::Navigated(Route::Question("files".into())), session.today());
    assert_eq!(session.route(), &Route::Question("files".into()));
    let commands = drive::answer(&mut session, "files", Raw::default());
    assert!(commands.contains(&Command::Go(Route::Check)), "{commands:?}");
}

#[test]
fn agreement_is_asked_above_send_and_anew_for_another_council() {
    let mut session = session("westminster", TODAY);
    drive::to_check(&mut session, &[("borough", Raw::choosing(["westminster"]))]);
    let Body::Check(check) = session.page().body else { panic!("not check answers") };
    assert_eq!(check.asked.len(), 1);
    assert!(check.rows.iter().all(|row| row.question != "sharing"), "it stands there as a box");
    drive::send(&mut session, &"a".repeat(32));
    drive::fail(&mut session, &putright::domain::delivery::answer::DeliveryError::Unreachable);
    session.update(Event::Change("borough".into()), session.today());
    drive::answer(&mut session, "borough", Raw::choosing(["kensington-and-chelsea"]));
    session.update(Event::Navigated(Route::Check), session.today());
    assert!(!session.raw("sharing").has(AGREED), "another council will see it");
}

#[test]
fn somebody_who_complains_for_themselves_is_you_and_not_the_child() {
    let title = |who: &str, question: &str| {
        let mut session = on_page("who", &[]);
        drive::answer(&mut session, "who", Raw::choosing([who]));
        drive::to(&mut session, question, &[]);
        let asked = page(&session).questions.into_iter().find(|asked| asked.id == question).unwrap();
        asked.title
    };
    for (who, question, words) in [
        ("child", "child_status", "What was true of you when it happened?"),
        ("parent", "child_status", "What was true of the child when it happened?"),
        ("care_leaver", "effect", "How has this affected you?"),
        ("child", "effect", "How has this affected you?"),
    ] {
        assert_eq!(title(who, question), words, "{who}");
    }
}
