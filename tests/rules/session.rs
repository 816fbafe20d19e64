//! The visit as a whole: pages come in their turn, nothing typed is lost, Change comes straight back.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that stops has failed"
)]

mod sending;

use crate::common::{self, date, drive, model};
use putright_app::{
    Effect, Event, Focus, Model,
    drafts::DraftEffect,
    view_model::{self, Control, PageBody},
};
use putright_domain::{
    delivery::response::Receipt,
    form::answer::{Field, FormInput},
    messages::MessageId,
    route::Route,
};

fn go(model: &mut Model, route: Route) -> Vec<Effect> {
    model.update(Event::Navigated(route), model.today())
}

fn question(id: &str) -> Route {
    Route::Question(id.to_owned())
}

#[test]
fn the_council_stands_over_each_page_and_both_where_nobody_has_said_which() {
    let over = |id: &str| view_model::page(&model(id, "2026-12-17")).council;
    assert_eq!(over("bromley"), "London Borough of Bromley");
    let both = over("westminster");
    assert!(both.contains("Westminster · ") || both.contains(" · Westminster"), "{both}");
}

#[test]
fn no_page_is_reachable_before_its_turn() {
    let mut model = model("bromley", "2026-12-17");
    assert_eq!(go(&mut model, question("what_happened")), [Effect::Replace(Route::Start)]);
    drive::answer(&mut model, "want", FormInput::choosing(["complaint"]));
    assert_eq!(go(&mut model, Route::Check), [Effect::Replace(question("who"))]);
    assert_eq!(go(&mut model, Route::Sent), [Effect::Replace(question("who"))]);
}

#[test]
fn an_answer_that_cannot_be_taken_stays_on_the_page_with_what_is_wrong() {
    let mut model = model("bromley", "2026-12-17");
    drive::to(&mut model, "what_happened", &[]);
    let raw = FormInput::default().with(Field::Text, "x".repeat(5001));
    let commands = model.update(Event::Answered(vec![("what_happened".into(), raw.clone())]), date("2026-12-17"));
    assert_eq!(commands, [Effect::Focus(Focus::Summary)]);
    let page = view_model::page(&model);
    assert!(page.title.starts_with("Error: "), "{}", page.title);
    assert_eq!((page.errors.len(), page.errors[0].target.as_str()), (1, "field-text"));
    assert_eq!(page.errors_title, MessageId::ErrorSummary);
    assert!(view_model::input(&model, "what_happened") == raw, "nothing is cut off");
}

#[test]
fn what_is_wrong_is_said_in_the_question_s_own_words_where_it_has_them() {
    let mut model = model("bromley", "2026-12-17");
    drive::answer(&mut model, "want", FormInput::choosing(["complaint"]));
    let said = |model: &mut Model, raw: FormInput| {
        drive::answer(model, "who", raw);
        view_model::page(model).errors.iter().map(|line| line.text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(said(&mut model, FormInput::default()), ["Choose who you are"]);
    assert_eq!(said(&mut model, FormInput::choosing(["nobody"])), ["Choose one of the answers shown"]);
}

#[test]
fn the_option_that_excludes_the_others_stands_apart_from_them() {
    let mut model = model("bromley", "2026-12-17");
    drive::to(&mut model, "proceedings", &[]);
    let PageBody::Question(page) = view_model::page(&model).body else { panic!("not a question") };
    let Control::Checkboxes { groups, none } = page.questions[0].control.clone() else { panic!("not boxes") };
    let ids: Vec<&str> = groups.iter().flat_map(|group| &group.choices).map(|choice| choice.id.as_str()).collect();
    assert!(ids.contains(&"court") && !ids.contains(&"none"), "{ids:?}");
    assert_eq!(none.unwrap().id, "none");
}

#[test]
fn other_words_are_fetched_where_there_are_some_and_not_while_something_is_sent() {
    let mut model = model("bromley", "2026-12-17");
    let words = |model: &mut Model, register: &str| go(model, Route::Words(register.to_owned()));
    let stays = |route: Route| vec![Effect::Replace(route)];
    assert_eq!(words(&mut model, "adult"), stays(Route::Start), "those are here");
    assert_eq!(words(&mut model, "nobody"), stays(Route::Start));
    let fetched = vec![Effect::Replace(Route::Start), Effect::LoadEdition("12-17".to_owned())];
    assert_eq!(words(&mut model, "12-17"), fetched);
    drive::to_check(&mut model, &[]);
    drive::send(&mut model, "0123456789abcdef0123456789abcdef");
    assert_eq!(words(&mut model, "12-17"), stays(Route::Check));
}

#[test]
fn there_is_a_way_back_from_every_page_but_the_first_and_the_last() {
    let mut model = model("bromley", "2026-12-17");
    assert!(!view_model::page(&model).back);
    drive::to_check(&mut model, &[]);
    assert!(view_model::page(&model).back);
    drive::send(&mut model, "0123456789abcdef0123456789abcdef");
    let receipt = Receipt { reference: "K7M".into() };
    model.update(Event::Delivered(Ok(receipt)), model.today());
    go(&mut model, Route::Sent);
    assert_eq!((model.route(), view_model::page(&model).back), (&Route::Sent, false));
}

#[test]
fn back_goes_back_and_to_the_first_page_where_nothing_of_ours_lies_behind() {
    let mut model = model("bromley", "2026-12-17");
    go(&mut model, Route::Contacts);
    assert_eq!(model.update(Event::Back, model.today()), [Effect::Go(Route::Start)]);
    go(&mut model, Route::Guide);
    assert_eq!(model.update(Event::Back, model.today()), [Effect::Back]);
    model.update(Event::StartAgain, model.today());
    go(&mut model, Route::Start);
    assert_eq!(model.update(Event::Back, model.today()), [Effect::Back], "the pages before are still behind it");
}

#[test]
fn what_was_answered_before_the_app_was_there_is_taken_up_as_far_as_it_was_passed() {
    let given =
        || vec![("want".into(), FormInput::choosing(["complaint"])), ("who".into(), FormInput::choosing(["parent"]))];
    let adopted = |at: Option<Route>| {
        let mut model = model("bromley", "2026-12-17");
        let commands = model.update(Event::Adopted { given: given(), at }, model.today());
        (model, commands)
    };

    let (mut gone_on, commands) = adopted(Some(question("what_happened")));
    let soon = Effect::Draft(DraftEffect::Soon);
    assert_eq!(commands, [Effect::WarnOnLeaving(false), soon], "it is kept in the tab");
    assert_eq!(go(&mut gone_on, question("what_happened")), [Effect::Focus(Focus::Heading)]);
    assert_eq!(gone_on.update(Event::Back, gone_on.today()), [Effect::Back], "two pages lie behind it");

    let (mut there, _) = adopted(Some(question("who")));
    assert_eq!(
        go(&mut there, question("what_happened")),
        [Effect::Replace(question("who"))],
        "not gone on from it yet"
    );
    go(&mut there, question("who"));
    assert!(view_model::input(&there, "who") == FormInput::choosing(["parent"]), "but it is chosen");

    let (mut first, _) = adopted(Some(Route::Start));
    assert_eq!(go(&mut first, question("who")), [Effect::Replace(Route::Start)]);
    assert!(view_model::input(&first, "want") == FormInput::choosing(["complaint"]));

    let mut untouched = model("bromley", "2026-12-17");
    let nothing = Event::Adopted { given: Vec::new(), at: Some(Route::Start) };
    let commands = untouched.update(nothing, untouched.today());
    assert_eq!(commands, [Effect::WarnOnLeaving(false)], "nothing is lost by leaving");

    let (_, commands) = adopted(None);
    let next = Effect::Replace(question("what_happened"));
    assert_eq!(commands.last(), Some(&next), "faster than the app: all of it was passed");

    // What nothing leads to is kept for when something does, and passes nothing.
    let mut model = model("bromley", "2026-12-17");
    let given = vec![
        ("child_status".into(), FormInput::choosing(["in_need"])),
        ("want".into(), FormInput::choosing(["nothing"])),
    ];
    model.update(Event::Adopted { given, at: None }, model.today());
    assert_eq!(go(&mut model, question("who")), [Effect::Replace(Route::Start)]);
    assert!(view_model::input(&model, "child_status") == FormInput::choosing(["in_need"]));
}

#[test]
fn what_is_typed_and_not_continued_is_there_on_the_way_back() {
    let mut model = model("bromley", "2026-12-17");
    drive::to(&mut model, "what_happened", &[]);
    let raw = FormInput::default().with(Field::Text, "half a sen");
    let typed = Event::Typed { question: "what_happened".into(), raw: raw.clone() };
    assert_eq!(format!("{typed:?}"), "Typed", "what happened is printed, and nothing that was written");
    model.update(typed, date("2026-12-17"));
    go(&mut model, question("who"));
    go(&mut model, question("what_happened"));
    assert!(view_model::input(&model, "what_happened") == raw);
}

#[test]
fn change_comes_straight_back_unless_it_opens_new_questions() {
    let mut model = model("bromley", "2026-12-17");
    drive::to_check(&mut model, &[]);
    model.update(Event::Change("effect".into()), model.today());
    let commands = drive::answer(&mut model, "effect", FormInput::default().with(Field::Text, "No sleep"));
    assert!(commands.contains(&Effect::Go(Route::Check)), "{commands:?}");

    model.update(Event::Change("topics".into()), model.today());
    let commands = drive::answer(&mut model, "topics", FormInput::choosing(["support", "school"]));
    assert!(commands.contains(&Effect::Go(question("topics"))), "the page asks for more: {commands:?}");
    let commands = drive::answer(&mut model, "school_type", FormInput::choosing(["academy"]));
    assert!(commands.contains(&Effect::Go(question("advice"))), "what we think has changed: {commands:?}");
    let commands = drive::answer(&mut model, "advice", FormInput::default());
    assert!(commands.contains(&Effect::Go(Route::Check)), "{commands:?}");
}

#[test]
fn every_answer_given_can_be_changed_and_none_left_out_is_listed() {
    let mut model = model("bromley", "2026-12-17");
    drive::to_check(&mut model, &[]);
    let PageBody::Check(check) = view_model::page(&model).body else { panic!("not the check page") };
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
fn a_part_of_the_guide_is_gone_to_and_the_page_is_not_drawn_again() {
    let mut model = model("bromley", "2026-12-17");
    let part = |id: &str| Route::GuidePart(id.to_owned());
    assert_eq!(go(&mut model, part("days")), [Effect::Focus(Focus::Element("/guide/days".to_owned()))]);
    assert!(view_model::page(&model).title.starts_with("How complaints work"));
    let drawn = model.drawn();
    assert_eq!(go(&mut model, part("statutory")), [Effect::Focus(Focus::Element("/guide/statutory".to_owned()))]);
    assert_eq!(go(&mut model, Route::Guide), [Effect::Focus(Focus::Heading)]);
    assert_eq!(model.drawn(), drawn);
    go(&mut model, Route::Contacts);
    assert_ne!(model.drawn(), drawn);
    assert_eq!(go(&mut model, part("nowhere")), [Effect::Replace(Route::Guide)]);
}

#[test]
fn a_date_over_a_year_ago_asks_why_and_never_bars() {
    let mut model = model("bromley", "2027-01-05");
    let long_ago = FormInput::default().with(Field::Day, "10").with(Field::Month, "9").with(Field::Year, "2025");
    drive::to_check(
        &mut model,
        &[("event_date", long_ago), ("late_reason", FormInput::default().with(Field::Text, "in hospital"))],
    );
    assert!(model.walk().position("late_reason").is_some());
    model.update(Event::Change("event_date".into()), model.today());
    let a_year_ago = FormInput::default().with(Field::Day, "5").with(Field::Month, "1").with(Field::Year, "2026");
    drive::answer(&mut model, "event_date", a_year_ago);
    assert!(model.walk().position("late_reason").is_none(), "a year to the day is within the year");
}

#[test]
fn start_again_forgets_everything() {
    let mut model = model("bromley", "2026-12-17");
    drive::to_check(&mut model, &[]);
    let drawn = model.drawn();
    model.update(Event::StartAgain, date("2026-12-17"));
    assert!(model.drawn() > drawn, "and the page is drawn again");
    assert_eq!(model.route(), &Route::Check, "until the address is another");
    assert!(view_model::rows(&model).is_empty() && view_model::input(&model, "what_happened").is_empty());
}

#[test]
fn an_answer_that_another_register_does_not_offer_is_asked_again_there_and_is_there_on_the_way_back() {
    let today = date("2026-12-17");
    let mut model = model("bromley", "2026-12-17");
    let answers = [("who", FormInput::choosing(["child"])), ("topics", FormInput::choosing(["nhs"]))];
    drive::to(&mut model, "proceedings", &answers);
    let mut change = |register: &str| {
        model.update(Event::EditionLoaded(Some(common::edition(register))), today);
        let on_the_way = model.answers_on_the_way();
        let topics = on_the_way.get("topics").is_some();
        (topics, view_model::input(&model, "topics").chosen)
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
        let mut model = model("bromley", "2026-12-17");
        drive::to(&mut model, question, &[("who", FormInput::choosing(["child"]))]);
        model.update(Event::EditionLoaded(Some(common::edition("8-11"))), model.today())
    };
    assert_eq!(change("want"), [Effect::ChangeWords, Effect::Focus(Focus::Heading)]);
    let commands = change("proceedings");
    assert!(
        matches!(commands.as_slice(), [.., Effect::ChangeWords, Effect::Replace(_), Effect::Focus(Focus::Heading)]),
        "children are not asked that: {commands:?}"
    );
}

#[test]
fn a_page_is_drawn_once_when_it_comes_and_not_again_as_it_goes() {
    let mut model = model("bromley", "2026-12-17");
    let answer = |model: &mut Model, raw| model.update(Event::Answered(vec![("want".into(), raw)]), model.today());
    let drawn = model.drawn();
    answer(&mut model, FormInput::default());
    assert_eq!(model.drawn(), drawn + 1, "what is wrong stands on the page");
    let commands = answer(&mut model, FormInput::choosing(["complaint"]));
    assert!(commands.contains(&Effect::Go(question("who"))), "{commands:?}");
    assert_eq!(model.drawn(), drawn + 1, "the page that goes");
    go(&mut model, question("who"));
    assert_eq!(model.drawn(), drawn + 2, "the page that comes");
    assert_eq!(go(&mut model, question("who")), [], "the browser may tell of it once more");
    assert_eq!(model.drawn(), drawn + 2);
}
