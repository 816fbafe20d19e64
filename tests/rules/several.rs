//! Pages of several questions: what is asked together, what opens in place, what may be filled in again, and what check answers adds.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that stops has failed"
)]

use crate::common::{drive, model};
use putright_app::{
    Effect, Event, Focus, Model, safety,
    view_model::{self, PageBody, QuestionPage},
};
use putright_domain::{
    form::{
        answer::{AGREED, Field, FormInput, QuestionId},
        mistake::Cause,
    },
    route::Route,
};

const TODAY: &str = "2026-12-17";

fn text(words: &str) -> FormInput {
    FormInput::default().with(Field::Text, words)
}

fn day(year: &str) -> FormInput {
    FormInput::default().with(Field::Day, "2").with(Field::Month, "3").with(Field::Year, year)
}

fn page(model: &Model) -> QuestionPage {
    match view_model::page(model).body {
        PageBody::Question(page) => *page,
        other => panic!("not a page of questions: {other:?}"),
    }
}

fn shown(model: &Model) -> Vec<QuestionId> {
    page(model).questions.into_iter().filter(|asked| asked.shown).map(|asked| asked.id).collect()
}

/// Presses Continue on the whole page, and goes where that leads.
fn answered(model: &mut Model, given: &[(&str, FormInput)]) -> Vec<Effect> {
    let given = given.iter().map(|(id, raw)| ((*id).to_owned(), raw.clone())).collect();
    let commands = model.update(Event::Answered(given), model.today());
    follow(model, &commands);
    commands
}

fn follow(model: &mut Model, commands: &[Effect]) {
    for command in commands {
        if let Effect::Go(route) = command {
            model.update(Event::Navigated(route.clone()), model.today());
        }
    }
}

fn on_page(id: &str, answers: &[(&str, FormInput)]) -> Model {
    let mut model = model("bromley", TODAY);
    drive::to(&mut model, id, answers);
    model
}

#[test]
fn errors_of_several_questions_stand_in_the_order_of_the_page_and_lose_nothing() {
    let mut model = on_page("what_happened", &[]);
    let long = "x".repeat(3001);
    let given = [
        ("what_happened", FormInput::default()),
        ("event_date", FormInput::default().with(Field::Day, "40").with(Field::Month, "1").with(Field::Year, "2026")),
        ("people_and_teams", text("The team")),
        ("effect", text(&long)),
    ];
    assert_eq!(answered(&mut model, &given), [Effect::Focus(Focus::Summary)]);
    let mistakes: Vec<(&str, Cause)> =
        model.errors().iter().map(|mistake| (mistake.question.as_str(), mistake.error.cause)).collect();
    assert_eq!(
        mistakes,
        [("what_happened", Cause::Missing), ("event_date", Cause::DateImpossible), ("effect", Cause::TooLongByOne),]
    );
    let targets: Vec<String> = view_model::page(&model).errors.into_iter().map(|line| line.target).collect();
    assert_eq!(targets, ["field-text", "event_date-field-day", "effect-field-text"]);
    assert_eq!(view_model::input(&model, "people_and_teams").field(Field::Text), "The team");
    assert_eq!(view_model::input(&model, "effect").field(Field::Text), long);
    assert!(model.answers_on_the_way().get("people_and_teams").is_none(), "nothing of the page counts yet");
}

#[test]
fn what_is_ticked_opens_and_closes_a_question_before_continue() {
    let mut model = on_page("what_happened", &[]);
    assert!(!shown(&model).contains(&"late_reason".to_owned()));
    let typed = |raw| Event::Typed { question: "event_date".into(), raw };
    let (drawn, before) = (model.drawn(), safety::live(&model).shown);
    model.update(typed(day("2024")), model.today());
    assert!(shown(&model).contains(&"late_reason".to_owned()), "it was more than a year ago");
    assert_ne!(safety::live(&model).shown, before);
    model.update(typed(day("2026")), model.today());
    assert!(!shown(&model).contains(&"late_reason".to_owned()));
    assert_eq!(safety::live(&model).shown, before);
    assert_eq!(model.drawn(), drawn, "the page that is typed in is not drawn again");
}

#[test]
fn question_that_is_not_asked_is_neither_needed_nor_sent() {
    let mut model = on_page("who", &[]);
    let given = [
        ("who", FormInput::choosing(["care_leaver"])),
        ("age_band", FormInput::choosing(["8-11"])),
        ("care_leaver_age", FormInput::choosing(["18-25"])),
        ("authority", FormInput::default()),
    ];
    let commands = answered(&mut model, &given);
    assert!(commands.contains(&Effect::Go(Route::Question("what_happened".into()))), "{commands:?}");
    assert!(model.answers_on_the_way().get("age_band").is_none());

    // Chosen, then chosen otherwise: the answer stays with the person and goes nowhere.
    model.update(Event::Navigated(Route::Question("who".into())), model.today());
    answered(
        &mut model,
        &[("who", FormInput::choosing(["parent"])), ("care_leaver_age", FormInput::choosing(["18-25"]))],
    );
    assert!(model.answers_on_the_way().get("care_leaver_age").is_none());
    drive::to_check(&mut model, &[]);
    assert!(!drive::send(&mut model, &"a".repeat(32)).body.contains("18-25"));
}

#[test]
fn condition_on_a_question_that_is_off_the_way_does_not_hold() {
    let answers =
        [("topics", FormInput::choosing(["send_transport"])), ("transport_issue", FormInput::choosing(["service"]))];
    let mut model = on_page("told_provider", &answers);
    assert!(shown(&model).contains(&"told_provider".to_owned()));
    let given = [("topics", FormInput::choosing(["support"])), ("transport_issue", FormInput::choosing(["service"]))];
    answered(&mut model, &given);
    assert!(model.walk().position("told_provider").is_none());
    assert_eq!(model.route(), &Route::Question("proceedings".into()));
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
    let point = |number: usize, words: &str, more: bool| -> Vec<(QuestionId, FormInput)> {
        let id = |name: &str| if number == 1 { name.to_owned() } else { format!("{name}-{number}") };
        let mut given = vec![(id("what_happened"), text(words))];
        if number == 1 {
            given.push((id("event_date"), FormInput::choosing(["not_known"])));
        }
        given.push((id("people_and_teams"), FormInput::default()));
        given.push((id("effect"), text(&format!("effect of {words}"))));
        given.push((id("another_point"), if more { FormInput::choosing(["yes"]) } else { FormInput::default() }));
        if number > 1 {
            given.push((id("other_dates"), FormInput::default()));
        }
        given
    };
    let mut model = on_page("what_happened", &[]);
    for (number, words) in [(1, "one"), (2, "two"), (3, "three")] {
        let commands = model.update(Event::Answered(point(number, words, number < 3)), model.today());
        follow(&mut model, &commands);
    }
    assert_eq!(model.route(), &Route::Question("child_name".into()));
    let said = |model: &Model| -> Vec<String> {
        (1..=5)
            .filter_map(|at| {
                let id = if at == 1 { "effect".to_owned() } else { format!("effect-{at}") };
                let answers = model.answers_on_the_way();
                answers.get(&id).and_then(putright_domain::form::answer::Answer::as_strings).map(|words| words.concat())
            })
            .collect()
    };
    assert_eq!(said(&model), ["effect of one", "effect of two", "effect of three"]);

    model.update(Event::Navigated(Route::Question("what_happened-2".into())), model.today());
    assert!(!page(&model).remove.is_empty() && page(&model).another.unwrap().raw.has("yes"));
    let commands = model.update(Event::Remove("what_happened-2".into()), model.today());
    follow(&mut model, &commands);
    assert_eq!(said(&model), ["effect of one", "effect of three"]);

    model.update(Event::Navigated(Route::Question("what_happened-2".into())), model.today());
    let commands = model.update(Event::Remove("what_happened-2".into()), model.today());
    follow(&mut model, &commands);
    assert_eq!(said(&model), ["effect of one"]);
    model.update(Event::Navigated(Route::Question("what_happened".into())), model.today());
    assert!(page(&model).remove.is_empty(), "there is always one");
}

#[test]
fn change_goes_to_the_question_and_comes_straight_back() {
    let mut model = model("bromley", TODAY);
    drive::to_check(&mut model, &[]);
    let commands = model.update(Event::Change("effect".into()), model.today());
    assert_eq!(commands, [Effect::Go(Route::Question("what_happened".into()))]);
    let commands = model.update(Event::Navigated(Route::Question("what_happened".into())), model.today());
    assert_eq!(commands, [Effect::Focus(Focus::Element("effect-field-text".into()))]);
    let commands = drive::answer(&mut model, "effect", text("No sleep"));
    assert!(commands.contains(&Effect::Go(Route::Check)), "{commands:?}");
}

#[test]
fn check_answers_offers_files_and_comes_back_from_them() {
    let mut model = model("bromley", TODAY);
    drive::to_check(&mut model, &[]);
    let PageBody::Check(check) = view_model::page(&model).body else { panic!("not check answers") };
    assert_eq!(check.extras.len(), 1);
    assert_eq!(check.extras[0].0, "#/question/files");
    model.update(Event::Navigated(Route::Question("files".into())), model.today());
    assert_eq!(model.route(), &Route::Question("files".into()));
    let commands = drive::answer(&mut model, "files", FormInput::default());
    assert!(commands.contains(&Effect::Go(Route::Check)), "{commands:?}");
}

#[test]
fn agreement_is_asked_above_send_and_anew_for_another_council() {
    let mut model = model("westminster", TODAY);
    drive::to_check(&mut model, &[("borough", FormInput::choosing(["westminster"]))]);
    let PageBody::Check(check) = view_model::page(&model).body else { panic!("not check answers") };
    assert_eq!(check.asked.len(), 1);
    assert!(check.rows.iter().all(|row| row.question != "sharing"), "it stands there as a box");
    drive::send(&mut model, &"a".repeat(32));
    drive::fail(&mut model, &putright_domain::delivery::response::DeliveryError::Unreachable);
    model.update(Event::Change("borough".into()), model.today());
    drive::answer(&mut model, "borough", FormInput::choosing(["kensington-and-chelsea"]));
    model.update(Event::Navigated(Route::Check), model.today());
    assert!(!view_model::input(&model, "sharing").has(AGREED), "another council will see it");
}

#[test]
fn somebody_who_complains_for_themselves_is_you_and_not_the_child() {
    let title = |who: &str, question: &str| {
        let mut model = on_page("who", &[]);
        drive::answer(&mut model, "who", FormInput::choosing([who]));
        drive::to(&mut model, question, &[]);
        let asked = page(&model).questions.into_iter().find(|asked| asked.id == question).unwrap();
        asked.title
    };
    for (who, question, words) in [
        ("child", "child_status", "What was true for you at the time?"),
        ("parent", "child_status", "What was true for the child at the time?"),
        ("care_leaver", "effect", "How has this affected you?"),
        ("child", "effect", "How has this affected you?"),
    ] {
        assert_eq!(title(who, question), words, "{who}");
    }
}
