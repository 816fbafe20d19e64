//! What a person asked to be kept: nothing before they did, all of it after, and no draft, however broken, that stops anybody.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that stops has failed"
)]

use std::sync::{Arc, LazyLock};

use crate::common::{self, date, drive, session};
use proptest::prelude::*;
use putright::domain::{
    content::Word,
    delivery::answer::{DeliveryError, Receipt},
    journey::{
        answer::{Answer, Answers, Field, Raw},
        flow::Flow,
        question::{Question, QuestionKind, Reading},
    },
    key_map::KeyMap,
    loaded::Loaded,
    route::Route,
    screen::{Body, Control, DraftPage, Offer},
    session::{
        Command, Event, Focus, Session,
        keeping::{CHOICE, CHOICES, DraftCommand, DraftEvent, NotKept, Place, Secret},
    },
    submission::{
        draft::{Cause, Draft, Opened},
        sealed::{Header, ITERATIONS, Sealed, from_base64, to_base64},
    },
};

const TODAY: &str = "2026-12-17";

static LOADED: LazyLock<Arc<Loaded>> = LazyLock::new(|| Arc::new(common::loaded("bromley")));
static FLOW: LazyLock<Flow> = LazyLock::new(common::flow);
static MONTHS: LazyLock<Vec<String>> = LazyLock::new(|| common::content().months);
static COUNCILS: LazyLock<Vec<String>> = LazyLock::new(|| common::COUNCILS.map(str::to_owned).to_vec());

fn reading() -> Reading<'static> {
    Reading { today: date(TODAY), here: date(TODAY), months: &MONTHS, councils: &COUNCILS }
}

fn read(text: &str) -> Result<Opened, Cause> {
    Draft::read(text, &FLOW, reading())
}

fn empty() -> Draft {
    Draft {
        council: "bromley".to_owned(),
        language: "en".to_owned(),
        register: "adult".to_owned(),
        kept_on: date(TODAY),
        until: Some(date("2026-12-24")),
        route: Route::Question("what_happened".to_owned()),
        outcome: "statutory".to_owned(),
        tried: Some("0123456789abcdef".repeat(2)),
        visit: "fedcba9876543210".repeat(2),
        answers: Answers::default(),
        pending: KeyMap::default(),
    }
}

fn raws() -> impl Strategy<Value = Raw> {
    let text = prop_oneof![Just(String::new()), "[0-9]{1,4}", "\\PC{0,40}", any::<String>(), Just("a@b.cd".to_owned())];
    (proptest::collection::vec(any::<prop::sample::Index>(), 0..4), proptest::collection::vec(text, 8)).prop_map(
        |(chosen, texts)| {
            let mut raw = Raw::default();
            for (field, text) in
                ["about", "day", "email", "month", "post", "telephone", "text", "year"].iter().zip(texts)
            {
                raw = raw.with(Field::from_id(field).unwrap(), text);
            }
            // Places in a list of options that is not known yet.
            raw.chosen = chosen.iter().map(|index| index.index(1000).to_string()).collect();
            raw
        },
    )
}

/// A page with options that it has, so that it is often taken.
fn fitted(question: &Question, mut raw: Raw) -> Raw {
    let options: Vec<String> = match &question.kind {
        QuestionKind::Council => COUNCILS.clone(),
        QuestionKind::Agreement => vec!["agreed".to_owned()],
        QuestionKind::Date { .. } => vec!["not_known".to_owned()],
        _ => question.options().into_iter().map(str::to_owned).collect(),
    };
    if options.is_empty() {
        raw.chosen.clear();
    }
    for chosen in &mut raw.chosen {
        let place = chosen.parse::<usize>().unwrap() % options.len();
        chosen.clone_from(&options[place]);
    }
    raw.chosen.dedup();
    if matches!(question.kind, QuestionKind::ChooseOne { .. } | QuestionKind::Council) {
        raw.chosen.truncate(1);
    }
    raw
}

fn drafts() -> impl Strategy<Value = Draft> {
    let questions = FLOW.questions().count();
    proptest::collection::vec(raws(), questions).prop_map(|raws| {
        let mut draft = empty();
        for (question, raw) in FLOW.questions().zip(raws) {
            let raw = fitted(question, raw);
            match question.parse(&raw, reading()) {
                Ok(answer) => draft.answers.set(&question.id, answer),
                Err(_) => draft.pending.insert(&question.id, raw),
            }
        }
        draft
    })
}

fn story() -> Draft {
    let mut draft = empty();
    draft.answers.set("want", Answer::One("complaint".to_owned()));
    draft.answers.set("what_happened", Answer::Text("It } was \"so\" {\n— 👩‍👧 قال \\u0000".to_owned()));
    draft.answers.set("who", Answer::One("parent".to_owned()));
    draft.answers.set("letter", Answer::Seen);
    draft.pending.insert("effect", Raw::default().with(Field::Text, " half a "));
    draft
}

/// A few dozen: each draft answers every question.
fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn what_is_kept_is_read_as_it_was(draft in drafts()) {
        let opened = read(&draft.to_json()).unwrap();
        prop_assert!(*opened.draft == draft && !opened.lost);
    }

}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn whatever_happens_to_its_bytes_nothing_breaks(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6), cut in any::<prop::sample::Index>(), cuts in any::<bool>()) {
        let header = Header { salt: vec![1; 16], iv: vec![2; 12], ..Header::new(date(TODAY), None) };
        let sealed = Sealed { header, data: vec![3; 50] }.to_json();
        for text in [story().to_json(), sealed] {
            let mut bytes = text.into_bytes();
            for (at, byte) in &changes {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            if cuts {
                bytes.truncate(cut.index(bytes.len()));
            }
            let text = String::from_utf8_lossy(&bytes);
            let _ = read(&text);
            let _ = Sealed::read(&text, date(TODAY));
            let mut session = Session::new(Arc::clone(&LOADED), date(TODAY));
            draft(&mut session, DraftEvent::Found { place: Place::Device, text: Secret(text.clone().into_owned()) });
            draft(&mut session, DraftEvent::Open(Raw::default()));
            let _ = session.page();
        }
    }

    #[test]
    fn base64_is_read_as_it_was_written(bytes in proptest::collection::vec(any::<u8>(), 0..50)) {
        prop_assert_eq!(from_base64(&to_base64(&bytes)), Some(bytes));
    }
}

#[test]
fn base64_is_as_rfc_4648_says() {
    let pairs = [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")];
    for (plain, coded) in pairs {
        assert_eq!(to_base64(plain.as_bytes()), coded);
        assert_eq!(from_base64(coded).as_deref(), Some(plain.as_bytes()));
    }
    for bad in ["Z", "Zg=", "Zg", "Z===", "Zm9*", "Zm 9", "===="] {
        assert_eq!(from_base64(bad), None, "{bad}");
    }
}

#[test]
fn each_way_of_being_unreadable_is_told_apart() {
    let whole = story().to_json();
    let changed = |from: &str, to: &str| {
        assert!(whole.contains(from), "{from}");
        read(&whole.replacen(from, to, 1)).map(|opened| opened.lost)
    };
    assert_eq!(changed("2026-12-24", "2026-12-16"), Err(Cause::Expired));
    assert_eq!(changed("2026-12-24", "2026-12-17"), Ok(false), "the last day is a day");
    assert_eq!(changed("\"bromley\"", "\"camden\""), Err(Cause::OtherCouncil));
    assert_eq!(changed("draft/1", "draft/2"), Err(Cause::OtherVersion));
    assert_eq!(changed("putright/", "other/"), Err(Cause::Damaged));
    for text in ["", "null", "[]", "{}", "7", "\"x\"", "{\"format\":7}", "{\"format\":\"putright/draft/1\"}"] {
        assert_eq!(read(text).unwrap_err(), Cause::Damaged, "{text}");
    }
}

#[test]
fn what_can_be_saved_of_a_damaged_one_is() {
    let whole = story().to_json();
    // Cut off anywhere after the first answer: what stood before is there, and it is said that some is not.
    let pending = whole.find("\"pending\"").unwrap();
    let opened = read(&whole[..pending]).unwrap();
    assert!(opened.lost && opened.draft.answers == story().answers && opened.draft.pending.is_empty());
    let middle = whole.find("\"who\"").unwrap();
    let opened = read(&whole[..middle]).unwrap();
    assert!(opened.lost && opened.draft.answers.get("want").is_some() && opened.draft.answers.get("who").is_none());
    // A question that is gone, an option that is gone, and wrong types cost that answer alone; words stay.
    for (from, to) in [
        ("\"who\":{", "\"whoever\":{"),
        ("\"parent\"", "\"stepparent\""),
        ("\"parent\"", "7"),
        ("\"chosen\":[\"parent\"]", "\"chosen\":{}"),
        ("\"seen\":true", "\"seen\":false"),
        ("\"who\":{\"chosen\":[\"parent\"],\"text\":{}}", "\"who\":{\"seen\":true}"),
    ] {
        assert!(whole.contains(from), "{from}");
        let opened = read(&whole.replacen(from, to, 1)).unwrap();
        assert!(opened.lost, "{to}");
        assert!(opened.draft.answers.get("want") == story().answers.get("want"), "{to}");
        assert!(opened.draft.answers.get("what_happened") == story().answers.get("what_happened"), "{to}");
    }
    let long = whole.replacen("It }", &"x".repeat(6000), 1);
    let opened = read(&long).unwrap();
    assert!(
        opened.lost && opened.draft.pending.get("what_happened").is_some_and(|raw| raw.field(Field::Text).len() > 6000)
    );
    // An end that cannot be read is today, not never.
    assert_eq!(read(&whole.replacen("2026-12-24", "soon", 1)).unwrap().draft.until, Some(date(TODAY)));
    // A number that is none is not sent.
    assert_eq!(read(&whole.replacen("0123456789abcdef", "0123456789ABCDEF", 1)).unwrap().draft.tried, None);
}

#[test]
fn a_locked_one_is_read_as_it_is_written_and_its_header_is_all_that_stands_open() {
    let header = Header { salt: vec![1; 16], iv: vec![2; 12], ..Header::new(date(TODAY), Some(date("2026-12-24"))) };
    let sealed = Sealed { header: header.clone(), data: vec![9; 40] };
    let text = sealed.to_json();
    assert!(Sealed::is_meant(&text) && !Sealed::is_meant(&story().to_json()));
    assert!(*Sealed::read(&text, date(TODAY)).unwrap() == sealed);
    assert_eq!(
        header.to_json(),
        "{\"format\":\"putright/sealed/1\",\"kdf\":\"PBKDF2-SHA-256\",\"iterations\":600000,\"kept_on\":\"2026-12-17\",\
         \"until\":\"2026-12-24\",\"salt\":\"AQEBAQEBAQEBAQEBAQEBAQ==\",\"iv\":\"AgICAgICAgICAgIC\"}"
    );
    let read = |text: &str| Sealed::read(text, date(TODAY)).map(|_| ()).unwrap_err();
    assert_eq!(read(&text.replacen("2026-12-24", "2026-12-01", 1)), Cause::Expired);
    assert!(Sealed::read(&text.replacen("2026-12-24", TODAY, 1), date(TODAY)).is_ok(), "until the end of that day");
    assert_eq!(read(&text.replacen("sealed/1", "sealed/2", 1)), Cause::OtherVersion);
    assert_eq!(read(&text.replacen("SHA-256", "SHA-512", 1)), Cause::OtherVersion);
    assert_eq!(read(&text[..text.len() - 3]), Cause::Damaged);
    for (from, to) in
        [("600000", "1000"), ("600000", "4000000000"), ("600000", "\"x\""), ("AQEB", "AQE*"), ("AQEB", "")]
    {
        assert_eq!(read(&text.replacen(from, to, 1)), Cause::Damaged, "{to}");
    }
    assert_eq!(ITERATIONS, 600_000);
}

// ---------------------------------------------------------------------------------------------------------------- a visit

fn draft(session: &mut Session, event: DraftEvent) -> Vec<Command> {
    session.update(Event::Draft(event), session.today())
}

fn choose(session: &mut Session, choice: &str, passphrase: &str) -> Vec<Command> {
    draft(session, DraftEvent::Choose(Raw::choosing([choice]).with(Field::Text, passphrase)))
}

/// What the browser is to keep, or to lock.
fn kept(commands: &[Command]) -> Option<(Option<Place>, bool, String)> {
    commands.iter().find_map(|command| match command {
        Command::Draft(DraftCommand::Keep { place, again, text }) => Some((Some(*place), *again, text.0.clone())),
        Command::Draft(DraftCommand::Seal { text, .. }) => Some((None, false, text.0.clone())),
        _ => None,
    })
}

fn drops(commands: &[Command]) -> bool {
    [DraftCommand::Drop, DraftCommand::DropOwn].into_iter().any(|drop| commands.contains(&Command::Draft(drop)))
}

/// A visit with a story half told, on its page of drafts.
fn half_way() -> Session {
    let mut session = session("bromley", TODAY);
    drive::to(&mut session, "what_happened", &[]);
    let raw = Raw::default().with(Field::Text, "half a sen");
    session.update(Event::Typed { question: "what_happened".into(), raw }, date(TODAY));
    session.update(Event::Navigated(Route::Draft), date(TODAY));
    session
}

fn page(session: &Session) -> DraftPage {
    match session.page().body {
        Body::Draft(page) => *page,
        other => panic!("not the page of drafts: {other:?}"),
    }
}

/// What is kept, as the page says it.
fn now(session: &Session) -> String {
    page(session).question.body[0].clone()
}

fn choices(session: &Session) -> Vec<String> {
    match page(session).question.control {
        Control::Radios(choices) => choices.into_iter().map(|choice| choice.id).collect(),
        _ => Vec::new(),
    }
}

fn offer(session: &Session) -> Option<Offer> {
    match session.page().body {
        Body::Question(page) => page.offer,
        other => panic!("not the first page: {other:?}"),
    }
}

/// Keeps it so, and gives what is in the store.
fn keep(session: &mut Session, choice: &str) -> String {
    let commands = choose(session, choice, "");
    let (_, again, text) = kept(&commands).unwrap();
    assert!(!again);
    draft(session, DraftEvent::Kept(Ok(())));
    text
}

#[test]
fn one_in_words_that_are_not_here_is_read_by_the_questions_that_are() {
    let text = keep(&mut half_way(), "device_7");
    let found = |register: &str| {
        let kept = text.replacen("\"register\":\"adult\"", &["\"register\":\"", register, "\""].concat(), 1);
        let mut session = session("bromley", TODAY);
        let commands = draft(&mut session, DraftEvent::Found { place: Place::Device, text: Secret(kept) });
        (session, commands)
    };
    let (mut young, fetched) = found("8-11");
    assert_eq!(fetched, [Command::LoadEdition("8-11".to_owned())], "those are fetched");
    assert!(offer(&young).is_none(), "and waited for");
    let commands = young.update(Event::EditionLoaded(Some(common::edition("8-11"))), date(TODAY));
    assert!(!commands.iter().any(|command| matches!(command, Command::LoadEdition(_))), "{commands:?}");
    assert!(offer(&young).unwrap().open && young.loaded().content.register == "8-11");
    let (mut adult, _) = found("8-11");
    let commands = adult.update(Event::EditionLoaded(None), date(TODAY));
    assert!(!commands.iter().any(|command| matches!(command, Command::LoadEdition(_))), "{commands:?}");
    assert!(offer(&adult).unwrap().open, "where they do not come it is read in the words that are here");
    assert_eq!(found("nobody").1, []);
}

#[test]
fn the_page_is_drawn_again_where_something_of_a_draft_has_changed_on_it_and_not_while_somebody_types() {
    let mut session = half_way();
    let draws = |session: &mut Session, event: DraftEvent| {
        let before = session.drawn();
        draft(session, event);
        session.drawn() != before
    };
    assert!(draws(&mut session, DraftEvent::CannotSeal));
    assert!(draws(&mut session, DraftEvent::Choose(Raw::choosing(["tab"]))));
    assert!(draws(&mut session, DraftEvent::Kept(Ok(()))), "somebody waits to hear that");
    session.update(Event::Navigated(Route::Question("what_happened".into())), date(TODAY));
    let raw = Raw::default().with(Field::Text, "half a sentence");
    session.update(Event::Typed { question: "what_happened".into(), raw }, date(TODAY));
    assert!(!draws(&mut session, DraftEvent::Due));
    assert!(!draws(&mut session, DraftEvent::Kept(Ok(()))), "kept in passing");
    // Back from the page of drafts is the page of the form that one was on.
    assert_eq!(session.form_page(), &Route::Question("what_happened".into()));
    session.update(Event::StartAgain, date(TODAY));
    session.update(Event::Navigated(Route::Draft), date(TODAY));
    assert!(page(&session).cannot_seal, "that is the browser's, and no answer");
}

/// The same page opened anew, with this in its store.
fn reload(text: &str, today: &str) -> Session {
    let mut session = session("bromley", today);
    session
        .update(Event::Draft(DraftEvent::Found { place: Place::Device, text: Secret(text.to_owned()) }), date(today));
    session.update(Event::Navigated(Route::Start), date(today));
    session
}

#[test]
fn every_choice_has_its_words() {
    let words = common::content();
    let own = words.questions.get(CHOICE).expect("the page of drafts");
    assert!(CHOICES.iter().all(|choice| own.options.get(choice).is_some()) && own.body.len() > 1);
    let session = half_way();
    assert_eq!(choices(&session), CHOICES);
    assert_eq!(page(&session).question.raw.chosen, ["nothing"], "the choice already made is to keep nothing");
}

#[test]
fn each_page_says_that_something_is_kept_and_nothing_where_nothing_is() {
    let mut session = half_way();
    let line = |session: &Session| session.page().keep.map(|line| (line.told, line.delete));
    let picks = |session: &Session| session.page().keep.unwrap().pick;
    session.update(Event::Navigated(Route::Question("what_happened".into())), date(TODAY));
    assert!(!picks(&session), "a file is opened from the first page");
    session.update(Event::Navigated(Route::Start), date(TODAY));
    assert!(picks(&session));
    session.update(Event::Navigated(Route::Draft), date(TODAY));
    assert_eq!(line(&session), None, "that page says it itself");
    session.update(Event::Navigated(Route::Start), date(TODAY));
    assert_eq!(line(&session), Some((String::new(), false)));
    keep(&mut session, "device_7");
    session.update(Event::Navigated(Route::Draft), date(TODAY));
    assert_eq!(line(&session), None);
    session.update(Event::Navigated(Route::Guide), date(TODAY));
    let (told, delete) = line(&session).unwrap();
    assert!(delete && told.contains("device"), "{told}");
    choose(&mut session, "nothing", "");
    session.update(Event::Navigated(Route::Guide), date(TODAY));
    assert_eq!(line(&session), None, "the guide has nothing to keep");
}

#[test]
fn nothing_is_kept_before_it_was_chosen_and_nothing_after_nothing_was() {
    let mut session = session("bromley", TODAY);
    let mut all = Vec::new();
    for _ in 0..2 {
        drive::to_check(&mut session, &[]);
        let raw = Raw::default().with(Field::Text, "more");
        all.extend(session.update(Event::Typed { question: "effect".into(), raw }, date(TODAY)));
        all.extend(draft(&mut session, DraftEvent::Due));
        session.update(Event::Change("effect".into()), date(TODAY));
        all.extend(drive::answer(&mut session, "effect", Raw::default().with(Field::Text, "More")));
        let commands = choose(&mut session, "nothing", "");
        assert!(drops(&commands) && commands.contains(&Command::WarnOnLeaving(true)));
    }
    assert!(!all.iter().any(|command| matches!(command, Command::Draft(_))), "{all:?}");
}

#[test]
fn each_answer_is_kept_at_once_and_typing_after_a_pause() {
    let mut session = half_way();
    let text = keep(&mut session, "device_7");
    let first = read(&text).unwrap().draft;
    assert_eq!((first.until, &first.route), (Some(date("2026-12-24")), &Route::Question("what_happened".into())));
    assert_eq!(first.pending.get("what_happened").unwrap().field(Field::Text), "half a sen");
    assert!(now(&session).contains("Thursday 24 December 2026"), "{}", now(&session));

    let typed =
        |words: &str| Event::Typed { question: "what_happened".into(), raw: Raw::default().with(Field::Text, words) };
    let soon = Command::Draft(DraftCommand::Soon);
    assert_eq!(session.update(typed("half a sent"), date(TODAY)), [soon]);
    assert_eq!(session.update(typed("half a senten"), date(TODAY)), [], "one pause at a time");
    let drawn = session.drawn();
    let commands = draft(&mut session, DraftEvent::Due);
    let (place, again, text) = kept(&commands).unwrap();
    assert_eq!((place, again), (Some(Place::Device), true));
    assert_eq!(read(&text).unwrap().draft.pending.get("what_happened").unwrap().field(Field::Text), "half a senten");
    assert_eq!(draft(&mut session, DraftEvent::Kept(Ok(()))), []);
    assert_eq!(session.drawn(), drawn, "whoever types keeps the focus");
    assert_eq!(draft(&mut session, DraftEvent::Due), [], "nothing new");

    session.update(Event::Navigated(Route::Question("what_happened".into())), date(TODAY));
    let commands = drive::answer(&mut session, "what_happened", Raw::default().with(Field::Text, "A sentence"));
    let last = read(&kept(&commands).unwrap().2).unwrap().draft;
    assert!(commands.contains(&Command::WarnOnLeaving(false)) && last.answers.get("what_happened").is_some());
    assert!(matches!(&last.route, Route::Question(id) if id != "what_happened"), "it goes on with the next page");
}

#[test]
fn a_kept_draft_is_offered_and_opens_where_the_person_was() {
    let text = keep(&mut half_way(), "device_7");
    let mut session = reload(&text, "2026-12-20");
    let offered = offer(&session).unwrap();
    assert!(offered.open && offered.delete && !offered.locked && offered.told.contains("Thursday 17 December 2026"));
    assert!(session.rows().is_empty() && session.page().keep.is_some(), "never opened without asking");
    let commands = draft(&mut session, DraftEvent::Open(Raw::default()));
    let there = Route::Question("what_happened".into());
    assert_eq!(commands, [Command::WarnOnLeaving(false), Command::Go(there.clone())]);
    session.update(Event::Navigated(there), date("2026-12-20"));
    assert_eq!(session.raw("what_happened").field(Field::Text), "half a sen");
    let line = session.page().keep.unwrap();
    assert!(line.delete && line.told.contains("24 December"), "the last day stays: {}", line.told);
    assert_eq!(offer_is_gone(&mut session), None);
}

#[test]
fn who_has_answered_already_is_told_that_a_kept_one_takes_its_place() {
    let text = keep(&mut half_way(), "device_7");
    let words = common::content();
    let replaces = words.word(Word::DraftReplaces);
    let mut session = reload(&text, TODAY);
    assert!(!offer(&session).unwrap().told.contains(replaces), "there is nothing to lose");
    drive::answer(&mut session, "want", Raw::choosing(["complaint"]));
    session.update(Event::Navigated(Route::Start), date(TODAY));
    assert!(offer(&session).unwrap().told.ends_with(replaces));
}

fn offer_is_gone(session: &mut Session) -> Option<Offer> {
    session.update(Event::Navigated(Route::Start), session.today());
    offer(session)
}

#[test]
fn what_the_rules_say_anew_must_be_read_anew() {
    let mut first = session("bromley", TODAY);
    drive::to_check(&mut first, &[]);
    let text = keep(&mut first, "device_30");
    let mut same = reload(&text, "2026-12-18");
    let commands = draft(&mut same, DraftEvent::Open(Raw::default()));
    assert!(commands.contains(&Command::Go(Route::Check)), "{commands:?}");
    let outcome = format!("\"outcome\":\"{}\"", first.advice().outcome.id());
    assert!(text.contains(&outcome), "{outcome}");
    let mut changed = reload(&text.replacen(&outcome, "\"outcome\":\"signpost\"", 1), "2026-12-18");
    let commands = draft(&mut changed, DraftEvent::Open(Raw::default()));
    assert!(commands.contains(&Command::Go(Route::Question("advice".into()))), "{commands:?}");
}

#[test]
fn expired_foreign_and_damaged_ones_are_said_to_be_so() {
    let text = keep(&mut half_way(), "device_1");
    let word = |session: &Session| offer(session).unwrap().told;
    let mut late = session("bromley", "2026-12-19");
    let commands = draft(&mut late, DraftEvent::Found { place: Place::Device, text: Secret(text.clone()) });
    assert!(drops(&commands) && word(&late).contains("has passed its last day"));
    assert!(!offer(&late).unwrap().open && !offer(&late).unwrap().delete, "it is gone already");
    let foreign = reload(&text.replacen("\"bromley\"", "\"camden\"", 1), TODAY);
    assert!(word(&foreign).contains("another council") && offer(&foreign).unwrap().delete);
    assert!(word(&reload(&text.replacen("draft/1", "draft/9", 1), TODAY)).contains("another version"));
    let mut damaged = reload("{\"format\":", TODAY);
    assert!(word(&damaged).contains("damaged") && draft(&mut damaged, DraftEvent::Open(Raw::default())).is_empty());
    assert!(drops(&draft(&mut damaged, DraftEvent::Delete)) && offer(&damaged).is_none());

    let mut partly = reload(&text[..text.find("\"pending\"").unwrap()], TODAY);
    let commands = draft(&mut partly, DraftEvent::Open(Raw::default()));
    assert!(
        commands.iter().any(|command| matches!(command, Command::Tell(words) if words.contains("could not read some"))),
        "{commands:?}"
    );
}

#[test]
fn one_that_runs_out_while_the_page_is_open_is_deleted_at_the_next_word() {
    let mut session = half_way();
    keep(&mut session, "device_1");
    let raw = Raw::default().with(Field::Text, "later");
    session.update(Event::Typed { question: "what_happened".into(), raw }, date("2026-12-19"));
    let commands = session.update(Event::Draft(DraftEvent::Due), date("2026-12-19"));
    assert!(drops(&commands) && kept(&commands).is_none() && commands.contains(&Command::WarnOnLeaving(true)));
}

#[test]
fn on_its_last_day_it_is_still_kept() {
    let mut session = half_way();
    keep(&mut session, "device_1");
    let raw = Raw::default().with(Field::Text, "later");
    let last = date("2026-12-18");
    session.update(Event::Typed { question: "what_happened".into(), raw }, last);
    let commands = session.update(Event::Draft(DraftEvent::Due), last);
    assert!(kept(&commands).is_some() && !drops(&commands), "{commands:?}");
}

#[test]
fn one_that_could_not_be_kept_once_is_tried_again_and_one_that_was_deleted_elsewhere_is_not() {
    for (why, again) in [(NotKept::Full, true), (NotKept::Gone, false)] {
        let mut session = half_way();
        keep(&mut session, "device_7");
        session.update(Event::Navigated(Route::Question("what_happened".into())), date(TODAY));
        draft(&mut session, DraftEvent::Kept(Err(why)));
        let commands = drive::answer(&mut session, "what_happened", Raw::default().with(Field::Text, "All"));
        assert_eq!(kept(&commands).is_some(), again, "{why:?}");
    }
}

#[test]
fn one_that_was_left_at_its_end_opens_there_and_one_left_in_the_guide_opens_where_answers_go_on() {
    let mut whole = session("bromley", TODAY);
    drive::to_check(&mut whole, &[]);
    whole.update(Event::Navigated(Route::Draft), date(TODAY));
    let text = keep(&mut whole, "device_7");
    let opened = |from: &str| {
        let text = text.replacen("\"route\":\"#/check\"", from, 1);
        let mut session = reload(&text, TODAY);
        let commands = draft(&mut session, DraftEvent::Open(Raw::default()));
        commands.into_iter().find_map(|command| match command {
            Command::Go(route) => Some(route),
            _ => None,
        })
    };
    assert!(text.contains("\"route\":\"#/check\""), "{text}");
    assert_eq!(opened("\"route\":\"#/check\""), Some(Route::Check));
    assert_eq!(opened("\"route\":\"#/question/topics\""), Some(Route::Question("topics".into())));
    assert_eq!(opened("\"route\":\"#/guide\""), Some(Route::Check));
}

#[test]
fn what_the_browser_does_not_keep_is_told_and_nothing_is_lost() {
    for (why, told) in [(NotKept::Forbidden, "does not let"), (NotKept::Full, "no room")] {
        let mut session = half_way();
        choose(&mut session, "tab", "");
        let commands = draft(&mut session, DraftEvent::Kept(Err(why)));
        assert_eq!(commands, [Command::Focus(Focus::Summary), Command::WarnOnLeaving(true)]);
        assert!(session.page().errors[0].text.contains(told), "{:?}", session.page().errors);
        assert!(!page(&session).delete && session.raw("what_happened").field(Field::Text) == "half a sen");
        for route in [Route::Contacts, Route::Draft] {
            session.update(Event::Navigated(route), date(TODAY));
        }
        assert_eq!(session.page().errors, [], "it has been read");
    }
    // Later on, while somebody writes: said once and in passing, and tried again.
    let mut session = half_way();
    keep(&mut session, "device_7");
    session.update(Event::Navigated(Route::Question("what_happened".into())), date(TODAY));
    let commands = draft(&mut session, DraftEvent::Kept(Err(NotKept::Full)));
    assert!(matches!(commands.as_slice(), [Command::Tell(_), Command::WarnOnLeaving(_)]), "{commands:?}");
    assert!(session.page().keep.unwrap().told.contains("no room"), "it stands on the page, too");
    let to_draft = session.update(Event::Navigated(Route::Draft), date(TODAY));
    assert_eq!(to_draft, [Command::Focus(Focus::Summary)], "and on the page of drafts, until that has been read");
    session.update(Event::Navigated(Route::Question("what_happened".into())), date(TODAY));
    draft(&mut session, DraftEvent::Kept(Err(NotKept::Full)));
    assert_eq!(draft(&mut session, DraftEvent::Kept(Err(NotKept::Full))).len(), 1);
    // Deleted in another tab: it does not come back from the dead.
    draft(&mut session, DraftEvent::Kept(Err(NotKept::Gone)));
    let raw = Raw::default().with(Field::Text, "more");
    let commands = session.update(Event::Typed { question: "what_happened".into(), raw }, date(TODAY));
    assert!(!commands.contains(&Command::Draft(DraftCommand::Soon)), "{commands:?}");
}

#[test]
fn a_passphrase_locks_what_is_kept_and_a_wrong_one_can_be_tried_again() {
    let mut session = half_way();
    assert_eq!(choose(&mut session, "device_7", "short"), [Command::Focus(Focus::Summary)]);
    let wrong = &session.page().errors[0];
    assert_eq!(
        (wrong.text.as_str(), wrong.target.as_str()),
        ("The passphrase must have 8 characters or more", "field-text")
    );
    assert_eq!(page(&session).question.raw.chosen, ["device_7"]);
    let commands = choose(&mut session, "device_7", "correct horse battery");
    let [Command::Draft(DraftCommand::Seal { number, header, passphrase, .. })] = commands.as_slice() else {
        panic!("not locked: {commands:?}")
    };
    assert!(passphrase.0 == "correct horse battery" && header.until == Some(date("2026-12-24")));
    assert!(page(&session).busy);
    let plain = kept(&commands).unwrap().2;
    let header = Header { salt: vec![1; 16], iv: vec![2; 12], ..header.clone() };
    let sealed = Sealed { header, data: vec![9; 40] }.to_json();
    let old = DraftEvent::Sealed { number: number.wrapping_sub(1), text: Some(Secret(sealed.clone())) };
    assert_eq!(draft(&mut session, old), []);
    let newest = DraftEvent::Sealed { number: *number, text: Some(Secret(sealed.clone())) };
    assert!(kept(&draft(&mut session, newest)).unwrap().2 == sealed);
    draft(&mut session, DraftEvent::Kept(Ok(())));
    assert!(now(&session).contains("locked") && !page(&session).busy);

    let mut session = reload(&sealed, "2026-12-18");
    assert!(offer(&session).unwrap().locked);
    assert_eq!(draft(&mut session, DraftEvent::Open(Raw::default())), [Command::Go(Route::Draft)]);
    session.update(Event::Navigated(Route::Draft), date("2026-12-18"));
    let open = |words: &str| DraftEvent::Open(Raw::default().with(Field::Text, words));
    assert_eq!(draft(&mut session, open("")), [Command::Focus(Focus::Summary)]);
    assert!(matches!(
        draft(&mut session, open("wrong horse")).as_slice(),
        [Command::Draft(DraftCommand::Unseal { .. })]
    ));
    assert_eq!(draft(&mut session, DraftEvent::Unsealed(None)), [Command::Focus(Focus::Summary)]);
    assert!(session.page().errors[0].text.contains("not the passphrase"));
    draft(&mut session, open("correct horse battery"));
    let commands = draft(&mut session, DraftEvent::Unsealed(Some(Secret(plain))));
    assert!(commands.contains(&Command::Go(Route::Question("what_happened".into()))), "{commands:?}");
    // And it stays locked.
    session.update(Event::Navigated(Route::Question("what_happened".into())), date("2026-12-18"));
    let commands = drive::answer(&mut session, "what_happened", Raw::default().with(Field::Text, "All"));
    assert!(
        commands.iter().any(|command| matches!(command, Command::Draft(DraftCommand::Seal { .. }))),
        "{commands:?}"
    );
}

#[test]
fn what_goes_with_the_tab_is_not_locked() {
    let mut session = half_way();
    let commands = choose(&mut session, "tab", "correct horse battery");
    assert!(matches!(kept(&commands), Some((Some(Place::Tab), false, _))), "{commands:?}");
}

#[test]
fn a_file_is_made_and_opened_and_nothing_stays_in_the_browser() {
    let mut session = half_way();
    assert_eq!(choose(&mut session, "file", ""), [Command::Focus(Focus::Summary)]);
    let commands = choose(&mut session, "file", "correct horse battery");
    let [Command::Draft(DraftCommand::Seal { number, header, text, .. })] = commands.as_slice() else {
        panic!("not locked: {commands:?}")
    };
    assert_eq!(header.until, None, "a file is the person's own");
    let event = DraftEvent::Sealed { number: *number, text: Some(Secret("locked".into())) };
    let drawn = session.drawn();
    let commands = draft(&mut session, event.clone());
    assert_ne!(session.drawn(), drawn, "somebody waits for the file");
    let Command::Save(file) = &commands[0] else { panic!("no file: {commands:?}") };
    assert_eq!((file.name.as_str(), file.text.as_str()), ("notes-2026-12-17.putright", "locked"));
    assert!(commands.contains(&Command::WarnOnLeaving(false)) && kept(&commands).is_none());
    assert!(!page(&session).delete);
    let mut forgetful = half_way();
    choose(&mut forgetful, "file", "correct horse battery");
    forgetful.update(Event::StartAgain, date(TODAY));
    assert_eq!(draft(&mut forgetful, event.clone()), [], "a file of what has been cleared since is none");
    forgetful.update(Event::Navigated(Route::Draft), date(TODAY));
    choose(&mut forgetful, "file", "correct horse battery");
    assert_eq!(draft(&mut forgetful, event), [], "nor is it the next one");
    let raw = Raw::default().with(Field::Text, "more");
    let commands = session.update(Event::Typed { question: "what_happened".into(), raw }, date(TODAY));
    assert_eq!(commands, [Command::WarnOnLeaving(true)], "that is not in the file");

    let header = Header { salt: vec![1; 16], iv: vec![2; 12], ..header.clone() };
    let sealed = Sealed { header, data: vec![9; 40] }.to_json();
    let mut other = common::session("bromley", TODAY);
    let commands = draft(&mut other, DraftEvent::Picked(Some(Secret(sealed))));
    assert_eq!(commands, [Command::Go(Route::Draft)]);
    other.update(Event::Navigated(Route::Draft), date(TODAY));
    let offered = page(&other).offer.unwrap();
    assert!(offered.locked && !offered.delete);
    assert!(matches!(page(&other).question.control, Control::None), "first what becomes of this one");
    draft(&mut other, DraftEvent::Open(Raw::default().with(Field::Text, "correct horse battery")));
    let commands = draft(&mut other, DraftEvent::Unsealed(Some(text.clone())));
    assert_eq!(commands, [Command::WarnOnLeaving(true), Command::Go(Route::Question("what_happened".into()))]);
    for bad in [None, Some(Secret("not ours".into()))] {
        draft(&mut other, DraftEvent::Picked(bad));
        assert_eq!(other.page().errors.len(), 1);
    }
}

#[test]
fn without_a_lock_the_passphrase_and_the_file_are_off_and_it_is_said_why() {
    let mut session = half_way();
    draft(&mut session, DraftEvent::CannotSeal);
    assert!(page(&session).cannot_seal && !choices(&session).contains(&"file".to_owned()));
    choose(&mut session, "file", "correct horse battery");
    assert_eq!(session.page().errors.len(), 1);
    keep(&mut session, "device_1");
    assert!(page(&session).delete);
}

#[test]
fn sending_and_finishing_delete_what_was_kept() {
    let mut session = session("bromley", TODAY);
    drive::to_check(&mut session, &[]);
    keep(&mut session, "device_7");
    session.update(Event::Send, date(TODAY));
    let commands = session.update(Event::IdMade("a".repeat(32)), date(TODAY));
    // Kept as it goes out: a browser may die on the way.
    let text = kept(&commands).unwrap().2;
    draft(&mut session, DraftEvent::Kept(Ok(())));
    let commands = drive::fail(&mut session, &DeliveryError::TimedOut);
    assert!(kept(&commands).unwrap().2 == text);
    // Opened again after a try that may have arrived, what is sent names what it replaces.
    let mut later = reload(&text, "2026-12-18");
    draft(&mut later, DraftEvent::Open(Raw::default()));
    later.update(Event::Navigated(Route::Check), date("2026-12-18"));
    let attempt = drive::send(&mut later, &"b".repeat(32));
    assert!(attempt.body.contains(&format!("\"replaces\":\"{}\"", "a".repeat(32))), "{}", attempt.id);
    let commands = later.update(Event::Delivered(Ok(Receipt { reference: "K7M".into() })), date("2026-12-18"));
    assert_eq!(commands[0], Command::Draft(DraftCommand::DropOwn));
    later.update(Event::Navigated(Route::Sent), date("2026-12-18"));
    assert_eq!(later.page().keep, None);
    assert_eq!(draft(&mut later, DraftEvent::Due), []);

    keep(&mut session, "tab");
    assert!(drops(&session.update(Event::StartAgain, date(TODAY))));
    assert_eq!(session.page().keep.map(|line| line.delete), Some(false));
}

#[test]
fn a_passphrase_is_in_no_draft_and_nothing_written_in_what_is_printed_for_a_fault() {
    let mut session = half_way();
    let raw = Raw::choosing(["device_7"]).with(Field::Text, "correct horse battery");
    assert_eq!(session.update(Event::Typed { question: "draft".into(), raw: raw.clone() }, date(TODAY)), []);
    let commands = draft(&mut session, DraftEvent::Choose(raw.clone()));
    assert!(!kept(&commands).unwrap().2.contains("horse"));
    let printed = format!("{commands:?} {session:?} {:?} {:?}", DraftEvent::Open(raw), story());
    assert!(printed.contains("Secret(…)"), "{printed}");
    for secret in ["horse", "half a sen", "so\\"] {
        assert!(!printed.contains(secret), "{secret}: {printed}");
    }
}
