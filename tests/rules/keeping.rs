//! Drafts of a visit: in the tab by default, elsewhere where that was asked for, opened unasked by a reload alone.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that stops has failed"
)]

use std::sync::LazyLock;

use crate::common::{self, date, drive, model};
use putright_app::{
    model::{
        Effect, Event, Focus, Model,
        attachments::FilesEffect,
        drafts::{CHOICE, CHOICES, DraftEffect, DraftEvent, News, NotKept, Place, SHARED, Secret, Stored, TAB_MINUTES},
    },
    view_model::{Body, Control, DraftPage, SentPage},
};
use putright_domain::{
    delivery::response::{DeliveryError, Receipt},
    draft::{
        Draft, Opened,
        encryption::{Header, Sealed},
    },
    form::{
        answer::{Field, FormInput},
        flow::Flow,
        question::Reading,
    },
    messages::MessageId,
    route::Route,
};

const TODAY: &str = "2026-12-17";
const VISIT: &str = "0123456789abcdef0123456789abcdef";
const PASSPHRASE: &str = "correct horse battery";

static FLOW: LazyLock<Flow> = LazyLock::new(common::flow);
static MONTHS: LazyLock<Vec<String>> = LazyLock::new(|| common::content().months);
static COUNCILS: LazyLock<Vec<String>> = LazyLock::new(|| common::COUNCILS.map(str::to_owned).to_vec());

fn read(text: &str) -> Opened {
    let reading = Reading { today: date(TODAY), here: date(TODAY), months: &MONTHS, councils: &COUNCILS };
    Draft::read(text, &FLOW, reading).unwrap()
}

fn draft(model: &mut Model, event: DraftEvent) -> Vec<Effect> {
    model.update(Event::Draft(event), model.today())
}

fn choosing(model: &mut Model, options: &[&str], passphrase: &str) -> Vec<Effect> {
    let chosen = options.iter().map(|option| (*option).to_owned()).collect();
    draft(model, DraftEvent::Choose(FormInput { chosen, ..FormInput::default() }.with(Field::Text, passphrase)))
}

fn choose(model: &mut Model, choice: &str, passphrase: &str) -> Vec<Effect> {
    choosing(model, &[choice], passphrase)
}

fn go(model: &mut Model, route: Route) -> Vec<Effect> {
    model.update(Event::Navigated(route), model.today())
}

fn story_page() -> Route {
    Route::Question("what_happened".into())
}

fn typed(words: &str) -> Event {
    Event::Typed { question: "what_happened".into(), raw: FormInput::default().with(Field::Text, words) }
}

/// The draft that the browser is to store, or to lock.
fn kept(commands: &[Effect]) -> Option<(Option<Place>, bool, String)> {
    commands.iter().find_map(|command| match command {
        Effect::Draft(DraftEffect::Keep { place, again, text }) => Some((Some(*place), *again, text.0.clone())),
        Effect::Draft(DraftEffect::Seal { text, .. }) => Some((None, false, text.0.clone())),
        _ => None,
    })
}

fn has(commands: &[Effect], command: DraftEffect) -> bool {
    commands.contains(&Effect::Draft(command))
}

fn told(commands: &[Effect], word: MessageId) -> bool {
    let words = common::content().owned_word(word);
    commands.iter().any(|command| matches!(command, Effect::Tell(told) if *told == words))
}

/// A visit with a story half told, on its page of drafts.
fn half_way() -> Model {
    let mut model = model("bromley", TODAY);
    model.name_visit(VISIT.to_owned());
    drive::to(&mut model, "what_happened", &[]);
    model.update(typed("half a sen"), date(TODAY));
    go(&mut model, Route::Draft);
    model
}

/// The draft in the tab of such a visit.
fn in_tab() -> String {
    let mut model = half_way();
    kept(&draft(&mut model, DraftEvent::Due)).unwrap().2
}

fn page(model: &Model) -> DraftPage {
    match model.page().body {
        Body::Draft(page) => *page,
        other => panic!("not the page of drafts: {other:?}"),
    }
}

fn choices(model: &Model) -> Vec<String> {
    match page(model).question.control {
        Control::Radios(choices) => choices.into_iter().map(|choice| choice.id).collect(),
        _ => Vec::new(),
    }
}

fn line(model: &Model) -> (String, Option<MessageId>, bool) {
    model.page().keep.map(|line| (line.told, line.delete, line.link)).unwrap_or_default()
}

/// Keeps it so, and gives the stored text.
fn keep(model: &mut Model, choice: &str) -> String {
    let commands = choose(model, choice, "");
    let (_, again, text) = kept(&commands).unwrap();
    assert!(!again);
    draft(model, DraftEvent::Kept(Ok(())));
    text
}

fn stored(place: Place, text: &str, minutes: u32, resumes: bool) -> DraftEvent {
    DraftEvent::Found(Stored { place, text: Secret(text.to_owned()), minutes, resumes })
}

/// The app starts with this in a store, at an address. Gives its commands, the first to the last.
fn start_at(stored: DraftEvent, at: Route, today: &str) -> (Model, Vec<Effect>) {
    let mut model = model("bromley", today);
    model.name_visit("f".repeat(32));
    let mut commands = draft(&mut model, stored);
    let mut route = at;
    for _ in 0..3 {
        let next = go(&mut model, route.clone());
        let to = next.iter().find_map(|command| match command {
            Effect::Replace(to) => Some(to.clone()),
            _ => None,
        });
        commands.extend(next);
        match to {
            Some(to) => route = to,
            None => break,
        }
    }
    (model, commands)
}

/// A start that asks.
fn reopened(text: &str, today: &str) -> Model {
    start_at(stored(Place::Device, text, 0, false), Route::Start, today).0
}

// ---------------------------------------------------------------------------------------------------- in the tab by default

#[test]
fn adults_are_kept_in_this_tab_from_the_first_answer() {
    let mut model = model("bromley", TODAY);
    go(&mut model, Route::Start);
    let (kept_there, button, link) = line(&model);
    assert!(kept_there.contains("kept in this tab") && link, "{kept_there}");
    assert_eq!(button, Some(MessageId::DraftOff), "offered before the story");
    assert_eq!(draft(&mut model, DraftEvent::Due), [], "an empty form is not stored");
    let commands = drive::answer(&mut model, "want", FormInput::choosing(["complaint"]));
    let (place, again, text) = kept(&commands).unwrap();
    assert_eq!((place, again), (Some(Place::Tab), false));
    assert!(read(&text).draft.answers.get("want").is_some());
    assert!(commands.contains(&Effect::WarnOnLeaving(false)), "a reload loses nothing");
    assert_eq!(line(&model).1, Some(MessageId::DraftDelete));
}

#[test]
fn typing_is_kept_after_a_pause_and_answers_at_once() {
    let mut model = half_way();
    draft(&mut model, DraftEvent::Due);
    go(&mut model, story_page());
    draft(&mut model, DraftEvent::Due);
    let soon = Effect::Draft(DraftEffect::Soon);
    assert_eq!(model.update(typed("half a sent"), date(TODAY)), [soon]);
    assert_eq!(model.update(typed("half a senten"), date(TODAY)), [], "one pause at a time");
    let drawn = model.drawn();
    let (_, _, text) = kept(&draft(&mut model, DraftEvent::Due)).unwrap();
    assert_eq!(read(&text).draft.pending.get("what_happened").unwrap().field(Field::Text), "half a senten");
    draft(&mut model, DraftEvent::Kept(Ok(())));
    assert_eq!(model.drawn(), drawn, "whoever types keeps the focus");
    assert_eq!(draft(&mut model, DraftEvent::Due), [], "nothing new");
    let commands = drive::answer(&mut model, "what_happened", FormInput::default().with(Field::Text, "A sentence"));
    let last = read(&kept(&commands).unwrap().2).draft;
    assert!(last.answers.get("what_happened").is_some());
    assert_eq!(last.route, Route::Question("what_happened".into()), "the page asks for more");
    let rest = [("event_date", FormInput::choosing(["not_known"]))];
    drive::to(&mut model, "another_point", &rest);
    let commands = drive::answer(&mut model, "another_point", FormInput::default());
    let last = read(&kept(&commands).unwrap().2).draft;
    assert!(matches!(&last.route, Route::Question(id) if id != "what_happened"), "it goes on with the next page");
}

#[test]
fn the_young_start_with_nothing_kept_and_are_offered_it_once_they_are_safe() {
    for register in ["8-11", "12-17"] {
        let mut model = common::session_in(register, "bromley", TODAY);
        go(&mut model, Route::Start);
        assert_eq!(line(&model), (String::new(), None, false), "{register}: a file can be opened, and nothing more");
        let mut all = Vec::new();
        drive::to(&mut model, "safe_now", &[]);
        all.extend(drive::answer(&mut model, "safe_now", FormInput::choosing(["no"])));
        assert!(!line(&model).2, "{register}: not while it is not safe");
        model.update(Event::Navigated(Route::Question("safe_now".into())), date(TODAY));
        all.extend(drive::answer(&mut model, "safe_now", FormInput::choosing(["yes"])));
        let (words, button, link) = line(&model);
        assert!(link && button.is_none() && words.is_empty(), "{register}: {words}");
        assert_eq!(kept(&all), None, "{register}: {all:?}");
        go(&mut model, Route::Draft);
        keep(&mut model, "tab");
        let want = model.raw("want");
        assert!(kept(&drive::answer(&mut model, "want", want)).is_some());
    }
}

#[test]
fn a_default_follows_the_register_and_a_choice_does_not() {
    let mut model = half_way();
    let edition = |register: &str| Event::EditionLoaded(Some(common::edition(register)));
    let commands = model.update(edition("8-11"), date(TODAY));
    assert!(has(&commands, DraftEffect::Forget(Place::Tab)), "{commands:?}");
    assert!(commands.contains(&Effect::WarnOnLeaving(true)) && model.keeping().plan.is_none());
    let commands = model.update(edition("adult"), date(TODAY));
    assert!(kept(&commands).is_some(), "{commands:?}");
    draft(&mut model, DraftEvent::Delete);
    model.update(edition("8-11"), date(TODAY));
    model.update(edition("adult"), date(TODAY));
    assert!(model.keeping().plan.is_none(), "who said that nothing is to be kept has said so");
}

#[test]
fn do_not_keep_holds_for_this_tab_and_for_the_next_complaint_in_it() {
    let mut model = half_way();
    let commands = draft(&mut model, DraftEvent::Delete);
    assert!(has(&commands, DraftEffect::Drop) && commands.contains(&Effect::WarnOnLeaving(true)));
    assert!(has(&commands, DraftEffect::Tell { visit: VISIT.to_owned(), news: News::Deleted }), "{commands:?}");
    assert_eq!(model.raw("what_happened").field(Field::Text), "half a sen", "what is on the page stays");
    go(&mut model, story_page());
    let mut all = model.update(typed("more"), date(TODAY));
    all.extend(draft(&mut model, DraftEvent::Due));
    model.update(Event::StartAgain, date(TODAY));
    all.extend(drive::answer(&mut model, "want", FormInput::choosing(["complaint"])));
    assert_eq!(kept(&all), None, "{all:?}");
    assert!(line(&model).0.contains("Nothing is saved"));
}

// -------------------------------------------------------------------------------------------------------------- starting

#[test]
fn a_reload_resumes_unasked_on_the_page_of_the_address() {
    let (model, commands) = start_at(stored(Place::Tab, &in_tab(), 59, true), story_page(), TODAY);
    assert_eq!((model.route(), model.visit()), (&story_page(), VISIT));
    assert_eq!(model.raw("what_happened").field(Field::Text), "half a sen");
    assert_eq!(kept(&commands), None, "it was not written: its hour goes on");
    assert!(has(&commands, DraftEffect::Tell { visit: VISIT.to_owned(), news: News::Opened }), "{commands:?}");
    let mut model = model;
    assert_eq!(model.update(Event::Back, date(TODAY)), [Effect::Back], "the pages behind it are still there");
}

#[test]
fn every_page_of_a_journey_survives_a_reload() {
    let mut whole = model("bromley", TODAY);
    drive::to_check(&mut whole, &[]);
    let mut pages: Vec<String> = whole.walk().ids().map(str::to_owned).collect();
    pages.push("check".to_owned());
    let mut model = model("bromley", TODAY);
    for id in pages {
        drive::to(&mut model, &id, &[]);
        if id == "check" {
            go(&mut model, Route::Check);
        } else {
            let raw = model.raw(&id).with(Field::Text, "half a sen");
            model.update(Event::Typed { question: id.clone(), raw }, date(TODAY));
        }
        draft(&mut model, DraftEvent::Due);
        let (_, _, text) = kept(&choose(&mut model, "tab", "")).unwrap();
        draft(&mut model, DraftEvent::Kept(Ok(())));
        let (again, _) = start_at(stored(Place::Tab, &text, 0, true), model.route().clone(), TODAY);
        assert_eq!(again.route(), model.route());
        assert!(again.raw(&id) == model.raw(&id), "{id}: what was typed");
        assert!(again.answers_on_the_way() == model.answers_on_the_way(), "{id}: what was answered");
    }
    assert_eq!(model.route(), &Route::Check);
}

#[test]
fn every_other_start_asks_and_shows_nothing_else() {
    for at in [Route::Start, story_page(), Route::Check] {
        let (mut model, commands) = start_at(stored(Place::Tab, &in_tab(), 1, false), at, TODAY);
        assert!(has(&commands, DraftEffect::Ask), "a reload of the question asks it again: {commands:?}");
        assert_eq!(model.route(), &Route::Draft);
        let shown = model.page();
        assert!(shown.title.starts_with("Go on, or start again?") && shown.keep.is_none(), "{}", shown.title);
        let asked = page(&model);
        assert_eq!(asked.question.title, "Go on, or start again?");
        assert!(matches!(asked.question.control, Control::None) && asked.shared.is_none() && !asked.delete);
        assert!(model.rows().is_empty() && !format!("{:?}", asked.question).contains("half"));
        assert_eq!(kept(&draft(&mut model, DraftEvent::Due)), None, "nor does anything take its place");
        let commands = draft(&mut model, DraftEvent::Open(FormInput::default()));
        assert!(commands.contains(&Effect::Go(story_page())), "{commands:?}");
        assert!(kept(&commands).is_some(), "it is written again, so that a reload need not ask");
        go(&mut model, story_page());
        assert_eq!(model.raw("what_happened").field(Field::Text), "half a sen");
    }
}

#[test]
fn start_again_deletes_it() {
    let (mut model, _) = start_at(stored(Place::Tab, &in_tab(), 1, false), story_page(), TODAY);
    let commands = model.update(Event::StartAgain, date(TODAY));
    assert!(has(&commands, DraftEffect::Drop) && commands.contains(&Effect::Go(Route::Start)), "{commands:?}");
    go(&mut model, Route::Start);
    assert!(model.rows().is_empty() && model.route() == &Route::Start);
    assert_eq!(line(&model).1, Some(MessageId::DraftOff), "and the next one is kept in the tab");
}

#[test]
fn after_an_hour_it_is_deleted_before_anything_is_shown() {
    for resumes in [true, false] {
        let (model, commands) = start_at(stored(Place::Tab, &in_tab(), TAB_MINUTES, resumes), story_page(), TODAY);
        assert!(has(&commands, DraftEffect::Forget(Place::Tab)), "{commands:?}");
        assert!(model.rows().is_empty() && model.keeping().found.is_none());
        assert_eq!(told(&commands, MessageId::DraftStale), resumes, "who reloads is told why");
    }
}

#[test]
fn a_saved_draft_asks_opens_where_the_person_was_and_keeps_its_last_day() {
    let text = keep(&mut half_way(), "device");
    assert_eq!(read(&text).draft.until, Some(date("2026-12-24")));
    let mut model = reopened(&text, "2026-12-20");
    assert_eq!(model.route(), &Route::Draft);
    let commands = draft(&mut model, DraftEvent::Open(FormInput::default()));
    assert!(commands.contains(&Effect::Go(story_page())), "{commands:?}");
    assert_eq!(kept(&commands).unwrap().0, Some(Place::Device));
    go(&mut model, story_page());
    let (words, button, _) = line(&model);
    assert!(button == Some(MessageId::DraftDelete) && words.contains("24 December"), "{words}");
    let (resumed, _) = start_at(stored(Place::Device, &text, 0, true), story_page(), TODAY);
    assert_eq!(resumed.route(), &story_page(), "a reload resumes it too");
}

#[test]
fn what_the_rules_say_anew_must_be_read_anew() {
    let mut first = model("bromley", TODAY);
    drive::to_check(&mut first, &[]);
    let text = keep(&mut first, "device");
    let mut same = reopened(&text, "2026-12-18");
    let commands = draft(&mut same, DraftEvent::Open(FormInput::default()));
    assert!(commands.contains(&Effect::Go(Route::Check)), "{commands:?}");
    let outcome = format!("\"outcome\":\"{}\"", first.advice().outcome.id());
    assert!(text.contains(&outcome), "{outcome}");
    let mut changed = reopened(&text.replacen(&outcome, "\"outcome\":\"signpost\"", 1), "2026-12-18");
    let commands = draft(&mut changed, DraftEvent::Open(FormInput::default()));
    assert!(commands.contains(&Effect::Go(Route::Question("advice".into()))), "{commands:?}");
}

#[test]
fn one_from_another_register_is_read_by_its_own_questions() {
    let text = keep(&mut half_way(), "device");
    for (resumes, words) in [(false, true), (false, false), (true, true)] {
        let young = text.replacen("\"register\":\"adult\"", "\"register\":\"8-11\"", 1);
        let (mut model, fetched) = start_at(stored(Place::Device, &young, 0, resumes), Route::Start, TODAY);
        assert!(fetched.contains(&Effect::LoadEdition("8-11".to_owned())), "those are fetched: {fetched:?}");
        assert!(!model.keeping().asks() && model.rows().is_empty(), "and waited for");
        let edition = words.then(|| common::edition("8-11"));
        let commands = model.update(Event::EditionLoaded(edition), date(TODAY));
        assert!(!commands.iter().any(|command| matches!(command, Effect::LoadEdition(_))), "{commands:?}");
        let goes = commands.iter().any(|command| matches!(command, Effect::Replace(to) if *to != Route::Start));
        assert!(goes && model.keeping().asks() != resumes, "{commands:?}");
        assert_eq!(model.bundle().content.register == "8-11", words);
    }
    let nobody = text.replacen("\"register\":\"adult\"", "\"register\":\"nobody\"", 1);
    assert!(reopened(&nobody, TODAY).keeping().asks(), "one that is not known is read in the words that are here");
}

#[test]
fn expired_foreign_and_damaged_ones_are_said_to_be_so_and_stop_nobody() {
    let text = keep(&mut half_way(), "device");
    let (mut late, commands) = start_at(stored(Place::Device, &text, 0, false), Route::Start, "2026-12-25");
    assert!(has(&commands, DraftEffect::Forget(Place::Device)) && line(&late).0.contains("has passed its last day"));
    assert_eq!(late.route(), &Route::Start);
    assert!(kept(&drive::answer(&mut late, "want", FormInput::choosing(["complaint"]))).is_some());
    let foreign = text.replacen("\"bromley\"", "\"camden\"", 1);
    let newer = text.replacen("draft/1", "draft/9", 1);
    for (text, words) in
        [(foreign.as_str(), "another council"), (newer.as_str(), "another version"), ("{\"format\":", "damaged")]
    {
        let mut model = reopened(text, TODAY);
        let (told, button, _) = line(&model);
        assert!(told.contains(words) && button == Some(MessageId::DraftDelete), "{told}");
        assert_eq!(draft(&mut model, DraftEvent::Open(FormInput::default())), []);
        assert!(has(&draft(&mut model, DraftEvent::Delete), DraftEffect::Drop));
        assert_eq!(line(&model).1, Some(MessageId::DraftOff), "what is written here is kept as before");
        // In the tab nothing need be said: the next answer takes its place.
        let (model, commands) = start_at(stored(Place::Tab, text, 0, false), Route::Start, TODAY);
        assert!(model.route() == &Route::Start && line(&model).1 == Some(MessageId::DraftOff), "{commands:?}");
    }
    let mut partly = reopened(&text[..text.find("\"pending\"").unwrap()], TODAY);
    assert!(told(&draft(&mut partly, DraftEvent::Open(FormInput::default())), MessageId::DraftPartly));
}

#[test]
fn one_that_was_left_at_its_end_opens_there_and_one_left_in_the_guide_opens_where_answers_go_on() {
    let mut whole = model("bromley", TODAY);
    drive::to_check(&mut whole, &[]);
    go(&mut whole, Route::Draft);
    let text = keep(&mut whole, "device");
    let opened = |from: &str| {
        let text = text.replacen("\"route\":\"#/check\"", from, 1);
        let commands = draft(&mut reopened(&text, TODAY), DraftEvent::Open(FormInput::default()));
        commands.into_iter().find_map(|command| match command {
            Effect::Go(route) => Some(route),
            _ => None,
        })
    };
    assert!(text.contains("\"route\":\"#/check\""), "{text}");
    assert_eq!(opened("\"route\":\"#/check\""), Some(Route::Check));
    assert_eq!(opened("\"route\":\"#/question/topics\""), Some(Route::Question("topics".into())));
    assert_eq!(opened("\"route\":\"#/guide\""), Some(Route::Check));
}

#[test]
fn a_change_that_was_being_made_leads_back_to_the_end_after_a_reload() {
    let mut whole = model("bromley", TODAY);
    drive::to_check(&mut whole, &[]);
    let text = keep(&mut whole, "tab");
    let (mut model, _) = start_at(stored(Place::Tab, &text, 0, true), story_page(), TODAY);
    let commands = drive::answer(&mut model, "what_happened", FormInput::default().with(Field::Text, "Something else"));
    assert!(commands.contains(&Effect::Go(Route::Check)), "{commands:?}");
}

// --------------------------------------------------------------------------------------------------------- Save for later

#[test]
fn three_choices_each_with_its_words() {
    for register in common::REGISTERS {
        let words = common::content_in(register);
        let own = words.questions.get(CHOICE).expect("the page of drafts");
        assert!(CHOICES.iter().all(|choice| own.options.get(choice).is_some()) && own.body.len() > 1);
    }
    let mut model = half_way();
    assert_eq!(choices(&model), CHOICES);
    assert_eq!(page(&model).question.raw.chosen, ["tab"], "the choice already made");
    assert!(page(&model).shared.is_some());
    keep(&mut model, "device");
    assert_eq!(page(&model).question.raw.chosen, ["device"]);
    assert_eq!(model.form_page(), &story_page());
}

#[test]
fn no_page_says_that_closing_deletes_anything() {
    for register in common::REGISTERS {
        let text = common::public(&format!("content/en/{register}.json"));
        for claim in ["gone when you close", "until you close", "gone from this device when you close"] {
            assert!(!text.contains(claim), "{register}: {claim}");
        }
    }
}

#[test]
fn a_draft_on_a_shared_device_or_of_a_child_needs_a_passphrase() {
    let mut adult = half_way();
    assert!(kept(&choose(&mut adult, "device", "")).is_some(), "nobody else uses it");
    let mut adult = half_way();
    let shared = ["device", SHARED];
    assert_eq!(choosing(&mut adult, &shared, ""), [Effect::Focus(Focus::Summary)]);
    assert_eq!(adult.page().errors[0].target, "field-text");
    assert_eq!(page(&adult).question.raw.chosen, shared, "what was chosen stays");
    let commands = choosing(&mut adult, &shared, PASSPHRASE);
    assert!(matches!(commands.as_slice(), [Effect::Draft(DraftEffect::Seal { .. })]), "{commands:?}");
    let mut child = common::session_in("8-11", "bromley", TODAY);
    drive::to(&mut child, "safe_now", &[]);
    go(&mut child, Route::Draft);
    assert!(page(&child).shared.is_none(), "it is locked anyway");
    assert_eq!(choose(&mut child, "device", ""), [Effect::Focus(Focus::Summary)]);
    assert!(matches!(choose(&mut child, "device", PASSPHRASE).as_slice(), [Effect::Draft(DraftEffect::Seal { .. })]));
}

#[test]
fn without_a_lock_what_must_be_locked_is_off_and_it_is_said_why() {
    let mut model = half_way();
    draft(&mut model, DraftEvent::CannotSeal);
    assert!(page(&model).cannot_seal && choices(&model) == ["tab", "device"]);
    choose(&mut model, "file", PASSPHRASE);
    assert_eq!(model.page().errors.len(), 1);
    keep(&mut model, "device");
    assert!(page(&model).delete);
    let mut child = common::session_in("12-17", "bromley", TODAY);
    draft(&mut child, DraftEvent::CannotSeal);
    go(&mut child, Route::Draft);
    assert_eq!(choices(&child), ["tab"]);
    model.update(Event::StartAgain, date(TODAY));
    go(&mut model, Route::Draft);
    assert!(page(&model).cannot_seal, "that is the browser's, and no answer");
}

#[test]
fn a_passphrase_locks_what_is_kept_and_a_wrong_one_can_be_tried_again() {
    let mut model = half_way();
    assert_eq!(choose(&mut model, "device", "short"), [Effect::Focus(Focus::Summary)]);
    let wrong = &model.page().errors[0];
    assert_eq!(
        (wrong.text.as_str(), wrong.target.as_str()),
        ("The passphrase must have 8 characters or more", "field-text")
    );
    let commands = choose(&mut model, "device", PASSPHRASE);
    let [Effect::Draft(DraftEffect::Seal { number, header, passphrase, .. })] = commands.as_slice() else {
        panic!("not locked: {commands:?}")
    };
    assert!(passphrase.0 == PASSPHRASE && header.until == Some(date("2026-12-24")));
    assert!(page(&model).busy);
    let plain = kept(&commands).unwrap().2;
    let header = Header { salt: vec![1; 16], iv: vec![2; 12], ..header.clone() };
    let sealed = Sealed { header, data: vec![9; 40] }.to_json();
    let old = DraftEvent::Sealed { number: number.wrapping_sub(1), text: Some(Secret(sealed.clone())) };
    assert_eq!(draft(&mut model, old), []);
    let newest = DraftEvent::Sealed { number: *number, text: Some(Secret(sealed.clone())) };
    assert!(kept(&draft(&mut model, newest)).unwrap().2 == sealed);
    draft(&mut model, DraftEvent::Kept(Ok(())));
    assert!(model.kept_now().contains("locked") && !page(&model).busy);

    // A reload asks too: the passphrase is nowhere.
    let (mut model, _) = start_at(stored(Place::Device, &sealed, 0, true), story_page(), "2026-12-18");
    assert!(page(&model).offer.unwrap().locked);
    let open = |words: &str| DraftEvent::Open(FormInput::default().with(Field::Text, words));
    assert_eq!(draft(&mut model, open("")), [Effect::Focus(Focus::Summary)]);
    assert!(matches!(draft(&mut model, open("wrong horse")).as_slice(), [Effect::Draft(DraftEffect::Unseal { .. })]));
    assert_eq!(draft(&mut model, DraftEvent::Unsealed(None)), [Effect::Focus(Focus::Summary)]);
    assert!(model.page().errors[0].text.contains("not the passphrase"));
    draft(&mut model, open(PASSPHRASE));
    let commands = draft(&mut model, DraftEvent::Unsealed(Some(Secret(plain))));
    assert!(commands.contains(&Effect::Go(story_page())), "{commands:?}");
    // And it stays locked.
    go(&mut model, story_page());
    let commands = drive::answer(&mut model, "what_happened", FormInput::default().with(Field::Text, "All"));
    assert!(commands.iter().any(|command| matches!(command, Effect::Draft(DraftEffect::Seal { .. }))), "{commands:?}");
}

#[test]
fn a_file_is_made_and_opened_and_is_the_persons_own() {
    let mut model = half_way();
    assert_eq!(choose(&mut model, "file", ""), [Effect::Focus(Focus::Summary)]);
    let commands = choose(&mut model, "file", PASSPHRASE);
    let [Effect::Draft(DraftEffect::Seal { number, header, text, .. })] = commands.as_slice() else {
        panic!("not locked: {commands:?}")
    };
    assert_eq!(header.until, None);
    let event = DraftEvent::Sealed { number: *number, text: Some(Secret("locked".into())) };
    let drawn = model.drawn();
    let commands = draft(&mut model, event.clone());
    assert_ne!(model.drawn(), drawn, "somebody waits for the file");
    let Effect::Save(file) = &commands[0] else { panic!("no file: {commands:?}") };
    assert_eq!((file.name.as_str(), file.text.as_str()), ("notes-2026-12-17.putright", "locked"));
    assert!(commands.contains(&Effect::WarnOnLeaving(false)) && kept(&commands).is_none());
    let mut forgetful = half_way();
    choose(&mut forgetful, "file", PASSPHRASE);
    forgetful.update(Event::StartAgain, date(TODAY));
    assert_eq!(draft(&mut forgetful, event), [], "a file of what has been cleared since is none");

    let header = Header { salt: vec![1; 16], iv: vec![2; 12], ..header.clone() };
    let sealed = Sealed { header, data: vec![9; 40] }.to_json();
    let mut other = common::model("bromley", TODAY);
    go(&mut other, Route::Start);
    drive::answer(&mut other, "want", FormInput::choosing(["complaint"]));
    let commands = draft(&mut other, DraftEvent::Picked(Some(Secret(sealed))));
    assert_eq!(commands, [Effect::Go(Route::Draft)]);
    go(&mut other, Route::Draft);
    let offered = page(&other);
    assert!(offered.offer.is_some_and(|offer| offer.locked && offer.file));
    assert!(matches!(offered.question.control, Control::None), "first what becomes of this one");
    assert_eq!(offered.question.body, [common::content().word(MessageId::DraftReplaces)]);
    assert_eq!(other.walk().pages.len(), 2, "nobody is kept from the form");
    draft(&mut other, DraftEvent::Open(FormInput::default().with(Field::Text, PASSPHRASE)));
    let commands = draft(&mut other, DraftEvent::Unsealed(Some(text.clone())));
    assert!(commands.contains(&Effect::Go(story_page())), "{commands:?}");
    for bad in [None, Some(Secret("not ours".into()))] {
        draft(&mut other, DraftEvent::Picked(bad));
        assert_eq!(other.page().errors.len(), 1);
    }
}

#[test]
fn one_that_runs_out_while_the_page_is_open_goes_on_in_the_tab() {
    let mut model = half_way();
    keep(&mut model, "device");
    let last = date("2026-12-24");
    model.update(typed("later"), last);
    assert_eq!(kept(&model.update(Event::Draft(DraftEvent::Due), last)).unwrap().0, Some(Place::Device));
    let after = date("2026-12-25");
    model.update(typed("later still"), after);
    let commands = model.update(Event::Draft(DraftEvent::Due), after);
    assert!(has(&commands, DraftEffect::Drop) && kept(&commands).is_none(), "{commands:?}");
    let commands = model.update(Event::Draft(DraftEvent::Due), after);
    assert_eq!(kept(&commands).unwrap().0, Some(Place::Tab));
}

#[test]
fn what_the_browser_does_not_keep_is_told_and_nothing_is_lost() {
    for (why, told) in [(NotKept::Forbidden, "does not let"), (NotKept::Full, "no room")] {
        let mut model = half_way();
        choose(&mut model, "device", "");
        let commands = draft(&mut model, DraftEvent::Kept(Err(why)));
        assert_eq!(commands, [Effect::Focus(Focus::Summary), Effect::WarnOnLeaving(true)]);
        assert!(model.page().errors[0].text.contains(told), "{:?}", model.page().errors);
        assert_eq!(model.raw("what_happened").field(Field::Text), "half a sen");
        go(&mut model, story_page());
        let commands = draft(&mut model, DraftEvent::Kept(Err(why)));
        assert!(matches!(commands.as_slice(), [Effect::Tell(_), Effect::WarnOnLeaving(true)]), "{commands:?}");
        assert!(line(&model).0.contains(told), "it is on the page, too");
        assert_eq!(draft(&mut model, DraftEvent::Kept(Err(why))).len(), 1, "said once");
        let commands = drive::answer(&mut model, "what_happened", FormInput::default().with(Field::Text, "All"));
        assert!(kept(&commands).is_some(), "and tried again");
    }
}

// ------------------------------------------------------------------------------------------------------------ other tabs

fn heard(model: &mut Model, visit: &str, news: News) -> Vec<Effect> {
    draft(model, DraftEvent::Elsewhere { visit: visit.to_owned(), news })
}

#[test]
fn a_tab_that_is_behind_another_says_so_until_it_writes_itself() {
    let mut model = half_way();
    go(&mut model, story_page());
    assert_eq!(heard(&mut model, &"e".repeat(32), News::Wrote), [], "another visit");
    let commands = heard(&mut model, VISIT, News::Wrote);
    assert!(told(&commands, MessageId::DraftNewer) && commands.contains(&Effect::Files(FilesEffect::Show)));
    assert!(line(&model).0.contains("another tab"), "{}", line(&model).0);
    assert_eq!(heard(&mut model, VISIT, News::Wrote), [], "said once");
    let commands = draft(&mut model, DraftEvent::Kept(Ok(())));
    assert!(has(&commands, DraftEffect::Tell { visit: VISIT.to_owned(), news: News::Wrote }), "{commands:?}");
    assert!(!line(&model).0.contains("another tab"));
}

#[test]
fn a_tab_that_opens_the_same_is_answered_by_the_one_that_has_it() {
    let mut model = half_way();
    let wrote = DraftEffect::Tell { visit: VISIT.to_owned(), news: News::Wrote };
    assert_eq!(heard(&mut model, VISIT, News::Opened), [Effect::Draft(wrote)]);
    let mut sent = session_sent();
    let told = Effect::TellTabs { visit: VISIT.to_owned(), reference: "K7M".to_owned() };
    assert_eq!(heard(&mut sent, VISIT, News::Opened), [told], "so it is not sent twice");
}

#[test]
fn an_older_tab_never_overwrites_and_goes_on_in_its_own() {
    let mut model = half_way();
    keep(&mut model, "device");
    go(&mut model, story_page());
    let commands = draft(&mut model, DraftEvent::Kept(Err(NotKept::Newer)));
    assert!(commands.contains(&Effect::WarnOnLeaving(false)), "{commands:?}");
    assert!(commands.contains(&Effect::Files(FilesEffect::Show)), "the line under the page is drawn again");
    assert!(line(&model).0.contains("another tab"));
    assert_eq!(kept(&draft(&mut model, DraftEvent::Due)).unwrap().0, Some(Place::Tab));
}

#[test]
fn what_is_deleted_in_one_tab_is_deleted_in_all() {
    let mut model = half_way();
    go(&mut model, story_page());
    let commands = heard(&mut model, VISIT, News::Deleted);
    assert!(has(&commands, DraftEffect::DropOwn) && commands.contains(&Effect::WarnOnLeaving(true)));
    assert!(line(&model).0.contains("has been deleted"));
    assert_eq!(kept(&drive::answer(&mut model, "what_happened", FormInput::default().with(Field::Text, "All"))), None);
    // A duplicate that has not been opened yet.
    let (mut other, _) = start_at(stored(Place::Tab, &in_tab(), 1, false), story_page(), TODAY);
    assert_eq!(heard(&mut other, &"e".repeat(32), News::Deleted), []);
    let commands = heard(&mut other, VISIT, News::Deleted);
    assert!(has(&commands, DraftEffect::Forget(Place::Tab)) && commands.contains(&Effect::Replace(Route::Start)));
    // On the device, deleted without a word.
    let mut model = half_way();
    keep(&mut model, "device");
    draft(&mut model, DraftEvent::Kept(Err(NotKept::Gone)));
    assert_eq!(kept(&drive::answer(&mut model, "what_happened", FormInput::default().with(Field::Text, "All"))), None);
}

#[test]
fn what_is_sent_from_one_tab_leaves_the_others() {
    let (mut other, _) = start_at(stored(Place::Tab, &in_tab(), 1, false), story_page(), TODAY);
    let sent = Event::SentElsewhere { visit: VISIT.to_owned(), reference: "K7M".to_owned() };
    let commands = other.update(sent.clone(), date(TODAY));
    assert!(has(&commands, DraftEffect::Forget(Place::Tab)) && !other.keeping().asks(), "{commands:?}");
    let mut opened = half_way();
    let commands = opened.update(sent, date(TODAY));
    assert!(has(&commands, DraftEffect::DropOwn), "{commands:?}");
    go(&mut opened, story_page());
    let mut commands = opened.update(typed("more"), date(TODAY));
    commands.extend(draft(&mut opened, DraftEvent::Due));
    assert_eq!(kept(&commands), None);
}

// --------------------------------------------------------------------------------------------------------------- sending

/// Sent, with its confirmation.
fn session_sent() -> Model {
    let mut model = model("bromley", TODAY);
    model.name_visit(VISIT.to_owned());
    drive::to_check(&mut model, &[]);
    drive::send(&mut model, VISIT);
    model.update(Event::Delivered(Ok(Receipt { reference: "K7M".into() })), date(TODAY));
    model
}

fn confirmation(model: &Model) -> SentPage {
    match model.page().body {
        Body::Sent(page) => *page,
        other => panic!("not the confirmation: {other:?}"),
    }
}

#[test]
fn after_sending_reference_dates_and_telephone_stay_for_a_reload() {
    let mut model = model("bromley", TODAY);
    model.name_visit(VISIT.to_owned());
    drive::to_check(&mut model, &[("reach", FormInput::choosing(["email"]).with(Field::Email, "jo@example.org"))]);
    drive::send(&mut model, VISIT);
    let commands = model.update(Event::Delivered(Ok(Receipt { reference: "K7M".into() })), date(TODAY));
    assert!(has(&commands, DraftEffect::DropOwn), "{commands:?}");
    let (place, _, text) = kept(&commands).unwrap();
    assert!(place == Some(Place::Tab) && !text.contains("It happened."), "{text}");
    draft(&mut model, DraftEvent::Kept(Ok(())));
    go(&mut model, Route::Sent);
    assert_eq!(model.page().keep, None);
    assert_eq!(draft(&mut model, DraftEvent::Due), []);
    let first = confirmation(&model);
    assert!(!first.reloaded && !first.dates.is_empty());

    let (mut again, _) = start_at(stored(Place::Tab, &text, 600, true), Route::Sent, "2026-12-18");
    let page = confirmation(&again);
    assert!(page.reloaded && page.rows.is_empty());
    assert_eq!((page.reference.as_str(), &page.sent_on), ("K7M", &first.sent_on));
    let dates = |page: &SentPage| page.dates.iter().map(|date| date.due.clone()).collect::<Vec<_>>();
    assert_eq!(dates(&page), dates(&first));
    assert!(!page.councils[0].reach.telephone.is_empty());
    let told = Effect::TellTabs { visit: VISIT.to_owned(), reference: "K7M".to_owned() };
    assert_eq!(heard(&mut again, VISIT, News::Opened), [told], "a duplicate hears that it was sent");
    let commands = again.update(Event::StartAgain, date(TODAY));
    assert!(has(&commands, DraftEffect::Drop) && commands.contains(&Effect::Go(Route::Start)));

    let (other, commands) = start_at(stored(Place::Tab, &text, 1, false), Route::Sent, TODAY);
    assert!(has(&commands, DraftEffect::Forget(Place::Tab)) && other.route() == &Route::Start, "{commands:?}");
}

#[test]
fn who_keeps_nothing_has_nothing_left_after_sending() {
    let mut model = model("bromley", TODAY);
    draft(&mut model, DraftEvent::Delete);
    drive::to_check(&mut model, &[]);
    drive::send(&mut model, VISIT);
    let commands = model.update(Event::Delivered(Ok(Receipt { reference: "K7M".into() })), date(TODAY));
    assert_eq!(kept(&commands), None);
}

#[test]
fn the_next_person_begins_with_nothing_of_the_last_in_the_tab() {
    let mut model = session_sent();
    go(&mut model, Route::Sent);
    let commands = model.update(Event::NextPerson, date(TODAY));
    assert!(has(&commands, DraftEffect::Forget(Place::Tab)), "{commands:?}");
}

#[test]
fn a_try_that_may_have_arrived_is_known_after_a_reload() {
    let mut model = model("bromley", TODAY);
    model.name_visit("a".repeat(32));
    drive::to_check(&mut model, &[]);
    keep(&mut model, "device");
    model.update(Event::Send, date(TODAY));
    let commands = model.update(Event::IdMade("a".repeat(32)), date(TODAY));
    // Kept as it goes out: a browser may die on the way.
    let text = kept(&commands).unwrap().2;
    draft(&mut model, DraftEvent::Kept(Ok(())));
    let commands = drive::fail(&mut model, &DeliveryError::TimedOut);
    assert!(kept(&commands).unwrap().2 == text);
    // Opened again after a try that may have arrived, what is sent names what it replaces.
    let mut later = reopened(&text, "2026-12-18");
    draft(&mut later, DraftEvent::Open(FormInput::default()));
    later.update(Event::Navigated(Route::Check), date("2026-12-18"));
    let attempt = drive::send(&mut later, &"b".repeat(32));
    assert!(attempt.body.contains(&format!("\"replaces\":\"{}\"", "a".repeat(32))), "{}", attempt.id);
}

#[test]
fn the_page_is_not_drawn_again_while_somebody_types() {
    let mut model = half_way();
    let draws = |model: &mut Model, event: DraftEvent| {
        let before = model.drawn();
        draft(model, event);
        model.drawn() != before
    };
    assert!(draws(&mut model, DraftEvent::CannotSeal));
    assert!(draws(&mut model, DraftEvent::Choose(FormInput::choosing(["tab"]))));
    assert!(draws(&mut model, DraftEvent::Kept(Ok(()))), "somebody waits to hear that");
    go(&mut model, story_page());
    model.update(typed("half a sentence"), date(TODAY));
    assert!(!draws(&mut model, DraftEvent::Due));
    assert!(!draws(&mut model, DraftEvent::Kept(Ok(()))), "kept in passing");
    let news = DraftEvent::Elsewhere { visit: VISIT.to_owned(), news: News::Wrote };
    assert!(!draws(&mut model, news));
}

#[test]
fn a_passphrase_is_in_no_draft_and_nothing_written_in_what_is_printed_for_a_fault() {
    let mut model = half_way();
    let raw = FormInput::choosing(["device"]).with(Field::Text, PASSPHRASE);
    assert_eq!(model.update(Event::Typed { question: "draft".into(), raw: raw.clone() }, date(TODAY)), []);
    let commands = draft(&mut model, DraftEvent::Choose(raw.clone()));
    assert!(!kept(&commands).unwrap().2.contains("horse"));
    let found = stored(Place::Tab, &in_tab(), 1, true);
    let printed = format!("{commands:?} {model:?} {found:?} {:?}", DraftEvent::Open(raw));
    assert!(printed.contains("Secret(…)"), "{printed}");
    for secret in ["horse", "half a sen"] {
        assert!(!printed.contains(secret), "{secret}: {printed}");
    }
}
