//! Opening a draft: a reload resumes, and every other start asks.

use super::{
    TODAY, VISIT, choose, draft, go, half_way, has, in_tab, keep, kept, line, page, read, reopened, start_at, stored,
    story_page, told,
};
use crate::common::{self, date, drive, model};
use putright_app::{
    Effect, Event,
    drafts::{DraftEffect, DraftEvent, DraftStore, News, TAB_MINUTES},
    view_model::{self, Control},
};
use putright_domain::{
    form::answer::{Field, FormInput},
    messages::MessageId,
    route::Route,
};

#[test]
fn a_reload_resumes_unasked_on_the_page_of_the_address() {
    let (model, commands) = start_at(stored(DraftStore::Tab, &in_tab(), 59, true), story_page(), TODAY);
    assert_eq!((model.route(), model.visit()), (&story_page(), VISIT));
    assert_eq!(view_model::input(&model, "what_happened").field(Field::Text), "half a sen");
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
            let raw = view_model::input(&model, &id).with(Field::Text, "half a sen");
            model.update(Event::Typed { question: id.clone(), raw }, date(TODAY));
        }
        draft(&mut model, DraftEvent::Due);
        let (_, _, text) = kept(&choose(&mut model, "tab", "")).unwrap();
        draft(&mut model, DraftEvent::Kept(Ok(())));
        let (again, _) = start_at(stored(DraftStore::Tab, &text, 0, true), model.route().clone(), TODAY);
        assert_eq!(again.route(), model.route());
        assert!(view_model::input(&again, &id) == view_model::input(&model, &id), "{id}: what was typed");
        assert!(again.answers_on_the_way() == model.answers_on_the_way(), "{id}: what was answered");
    }
    assert_eq!(model.route(), &Route::Check);
}

#[test]
fn every_other_start_asks_and_shows_nothing_else() {
    for at in [Route::Start, story_page(), Route::Check] {
        let (mut model, commands) = start_at(stored(DraftStore::Tab, &in_tab(), 1, false), at, TODAY);
        assert!(has(&commands, DraftEffect::Ask), "a reload of the question asks it again: {commands:?}");
        assert_eq!(model.route(), &Route::Draft);
        let shown = view_model::page(&model);
        assert!(shown.title.starts_with("Go on, or start again?") && shown.keep.is_none(), "{}", shown.title);
        let asked = page(&model);
        assert_eq!(asked.question.title, "Go on, or start again?");
        assert!(matches!(asked.question.control, Control::None) && asked.shared.is_none() && !asked.delete);
        assert!(view_model::rows(&model).is_empty() && !format!("{:?}", asked.question).contains("half"));
        assert_eq!(kept(&draft(&mut model, DraftEvent::Due)), None, "nor does anything take its place");
        let commands = draft(&mut model, DraftEvent::Open(FormInput::default()));
        assert!(commands.contains(&Effect::Go(story_page())), "{commands:?}");
        assert!(kept(&commands).is_some(), "it is written again, so that a reload need not ask");
        go(&mut model, story_page());
        assert_eq!(view_model::input(&model, "what_happened").field(Field::Text), "half a sen");
    }
}

#[test]
fn start_again_deletes_it() {
    let (mut model, _) = start_at(stored(DraftStore::Tab, &in_tab(), 1, false), story_page(), TODAY);
    let commands = model.update(Event::StartAgain, date(TODAY));
    assert!(has(&commands, DraftEffect::Drop) && commands.contains(&Effect::Go(Route::Start)), "{commands:?}");
    go(&mut model, Route::Start);
    assert!(view_model::rows(&model).is_empty() && model.route() == &Route::Start);
    assert_eq!(line(&model).1, Some(MessageId::DraftOff), "and the next one is kept in the tab");
}

#[test]
fn after_an_hour_it_is_deleted_before_anything_is_shown() {
    for resumes in [true, false] {
        let (model, commands) = start_at(stored(DraftStore::Tab, &in_tab(), TAB_MINUTES, resumes), story_page(), TODAY);
        assert!(has(&commands, DraftEffect::Forget(DraftStore::Tab)), "{commands:?}");
        assert!(view_model::rows(&model).is_empty() && model.drafts().found.is_none());
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
    assert_eq!(kept(&commands).unwrap().0, Some(DraftStore::Device));
    go(&mut model, story_page());
    let (words, button, _) = line(&model);
    assert!(button == Some(MessageId::DraftDelete) && words.contains("24 December"), "{words}");
    let (resumed, _) = start_at(stored(DraftStore::Device, &text, 0, true), story_page(), TODAY);
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
        let (mut model, fetched) = start_at(stored(DraftStore::Device, &young, 0, resumes), Route::Start, TODAY);
        assert!(fetched.contains(&Effect::LoadEdition("8-11".to_owned())), "those are fetched: {fetched:?}");
        assert!(!model.drafts().asks() && view_model::rows(&model).is_empty(), "and waited for");
        let edition = words.then(|| common::edition("8-11"));
        let commands = model.update(Event::EditionLoaded(edition), date(TODAY));
        assert!(!commands.iter().any(|command| matches!(command, Effect::LoadEdition(_))), "{commands:?}");
        let goes = commands.iter().any(|command| matches!(command, Effect::Replace(to) if *to != Route::Start));
        assert!(goes && model.drafts().asks() != resumes, "{commands:?}");
        assert_eq!(model.bundle().content.register == "8-11", words);
    }
    let nobody = text.replacen("\"register\":\"adult\"", "\"register\":\"nobody\"", 1);
    assert!(reopened(&nobody, TODAY).drafts().asks(), "one that is not known is read in the words that are here");
}

#[test]
fn expired_foreign_and_damaged_ones_are_said_to_be_so_and_stop_nobody() {
    let text = keep(&mut half_way(), "device");
    let (mut late, commands) = start_at(stored(DraftStore::Device, &text, 0, false), Route::Start, "2026-12-25");
    assert!(
        has(&commands, DraftEffect::Forget(DraftStore::Device)) && line(&late).0.contains("has passed its last day")
    );
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
        let (model, commands) = start_at(stored(DraftStore::Tab, text, 0, false), Route::Start, TODAY);
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
    let (mut model, _) = start_at(stored(DraftStore::Tab, &text, 0, true), story_page(), TODAY);
    let commands = drive::answer(&mut model, "what_happened", FormInput::default().with(Field::Text, "Something else"));
    assert!(commands.contains(&Effect::Go(Route::Check)), "{commands:?}");
}
