//! Drafts of a visit: in the tab by default, elsewhere where that was asked for, opened unasked by a reload alone.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that stops has failed"
)]

mod locked;
mod opening;
mod tabs;

use std::sync::LazyLock;

use crate::common::{self, date, drive, model};
use putright_app::{
    Effect, Event, Focus, Model,
    drafts::{CHOICE, CHOICES, DraftEffect, DraftEvent, DraftStore, News, NotKept, Secret, StoredDraft},
    view_model::{self, Control, DraftPage, PageBody},
};
use putright_domain::{
    draft::{Draft, Opened},
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
fn kept(commands: &[Effect]) -> Option<(Option<DraftStore>, bool, String)> {
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
    match view_model::page(model).body {
        PageBody::Draft(page) => *page,
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
    view_model::page(model).keep.map(|line| (line.told, line.delete, line.link)).unwrap_or_default()
}

/// Keeps it so, and gives the stored text.
fn keep(model: &mut Model, choice: &str) -> String {
    let commands = choose(model, choice, "");
    let (_, again, text) = kept(&commands).unwrap();
    assert!(!again);
    draft(model, DraftEvent::Kept(Ok(())));
    text
}

fn stored(place: DraftStore, text: &str, minutes: u32, resumes: bool) -> DraftEvent {
    DraftEvent::Found(StoredDraft { place, text: Secret(text.to_owned()), minutes, resumes })
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
    start_at(stored(DraftStore::Device, text, 0, false), Route::Start, today).0
}

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
    assert_eq!((place, again), (Some(DraftStore::Tab), false));
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
        let want = view_model::input(&model, "want");
        assert!(kept(&drive::answer(&mut model, "want", want)).is_some());
    }
}

#[test]
fn a_default_follows_the_register_and_a_choice_does_not() {
    let mut model = half_way();
    let edition = |register: &str| Event::EditionLoaded(Some(common::edition(register)));
    let commands = model.update(edition("8-11"), date(TODAY));
    assert!(has(&commands, DraftEffect::Forget(DraftStore::Tab)), "{commands:?}");
    assert!(commands.contains(&Effect::WarnOnLeaving(true)) && model.drafts().plan.is_none());
    let commands = model.update(edition("adult"), date(TODAY));
    assert!(kept(&commands).is_some(), "{commands:?}");
    draft(&mut model, DraftEvent::Delete);
    model.update(edition("8-11"), date(TODAY));
    model.update(edition("adult"), date(TODAY));
    assert!(model.drafts().plan.is_none(), "who said that nothing is to be kept has said so");
}

#[test]
fn do_not_keep_holds_for_this_tab_and_for_the_next_complaint_in_it() {
    let mut model = half_way();
    let commands = draft(&mut model, DraftEvent::Delete);
    assert!(has(&commands, DraftEffect::Drop) && commands.contains(&Effect::WarnOnLeaving(true)));
    assert!(has(&commands, DraftEffect::Tell { visit: VISIT.to_owned(), news: News::Deleted }), "{commands:?}");
    assert_eq!(
        view_model::input(&model, "what_happened").field(Field::Text),
        "half a sen",
        "what is on the page stays"
    );
    go(&mut model, story_page());
    let mut all = model.update(typed("more"), date(TODAY));
    all.extend(draft(&mut model, DraftEvent::Due));
    model.update(Event::StartAgain, date(TODAY));
    all.extend(drive::answer(&mut model, "want", FormInput::choosing(["complaint"])));
    assert_eq!(kept(&all), None, "{all:?}");
    assert!(line(&model).0.contains("Nothing is saved"));
}

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
fn what_the_browser_does_not_keep_is_told_and_nothing_is_lost() {
    for (why, told) in [(NotKept::Forbidden, "does not let"), (NotKept::Full, "no room")] {
        let mut model = half_way();
        choose(&mut model, "device", "");
        let commands = draft(&mut model, DraftEvent::Kept(Err(why)));
        assert_eq!(commands, [Effect::Focus(Focus::Summary), Effect::WarnOnLeaving(true)]);
        assert!(view_model::page(&model).errors[0].text.contains(told), "{:?}", view_model::page(&model).errors);
        assert_eq!(view_model::input(&model, "what_happened").field(Field::Text), "half a sen");
        go(&mut model, story_page());
        let commands = draft(&mut model, DraftEvent::Kept(Err(why)));
        assert!(matches!(commands.as_slice(), [Effect::Tell(_), Effect::WarnOnLeaving(true)]), "{commands:?}");
        assert!(line(&model).0.contains(told), "it is on the page, too");
        assert_eq!(draft(&mut model, DraftEvent::Kept(Err(why))).len(), 1, "said once");
        let commands = drive::answer(&mut model, "what_happened", FormInput::default().with(Field::Text, "All"));
        assert!(kept(&commands).is_some(), "and tried again");
    }
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
    let found = stored(DraftStore::Tab, &in_tab(), 1, true);
    let printed = format!("{commands:?} {model:?} {found:?} {:?}", DraftEvent::Open(raw));
    assert!(printed.contains("Secret(…)"), "{printed}");
    for secret in ["horse", "half a sen"] {
        assert!(!printed.contains(secret), "{secret}: {printed}");
    }
}
