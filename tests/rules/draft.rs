//! The formats of drafts and of the confirmation: read as they were written, and none, however broken, stops anybody.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that stops has failed"
)]

use std::sync::{Arc, LazyLock};

use crate::common::{self, date};
use proptest::prelude::*;
use putright_app::{
    Event, Model,
    drafts::{DraftEvent, DraftStore, Secret, StoredDraft},
    view_model,
};
use putright_domain::{
    bundle::Bundle,
    draft::{
        Draft, DraftError, Opened,
        confirmation::SentRecord,
        encryption::{Header, ITERATIONS, Sealed, from_base64, to_base64},
    },
    form::{
        answer::{Answer, Answers, Field, FormInput},
        flow::Flow,
        question::{Question, QuestionKind, Reading},
    },
    key_map::KeyMap,
    route::Route,
};

const TODAY: &str = "2026-12-17";

static LOADED: LazyLock<Arc<Bundle>> = LazyLock::new(|| Arc::new(common::bundle("bromley")));
static FLOW: LazyLock<Flow> = LazyLock::new(common::flow);
static MONTHS: LazyLock<Vec<String>> = LazyLock::new(|| common::content().months);
static COUNCILS: LazyLock<Vec<String>> = LazyLock::new(|| common::COUNCILS.map(str::to_owned).to_vec());

fn reading() -> Reading<'static> {
    Reading { today: date(TODAY), here: date(TODAY), months: &MONTHS, councils: &COUNCILS }
}

fn read(text: &str) -> Result<Opened, DraftError> {
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

fn raws() -> impl Strategy<Value = FormInput> {
    let text = prop_oneof![Just(String::new()), "[0-9]{1,4}", "\\PC{0,40}", any::<String>(), Just("a@b.cd".to_owned())];
    (proptest::collection::vec(any::<prop::sample::Index>(), 0..4), proptest::collection::vec(text, 8)).prop_map(
        |(chosen, texts)| {
            let mut raw = FormInput::default();
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
fn fitted(question: &Question, mut raw: FormInput) -> FormInput {
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
    draft.pending.insert("effect", FormInput::default().with(Field::Text, " half a "));
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
            let mut model = Model::new(Arc::clone(&LOADED), date(TODAY));
            let text = Secret(text.clone().into_owned());
            let stored = StoredDraft { place: DraftStore::Device, text, minutes: 0, resumes: false };
            model.update(Event::Draft(DraftEvent::Found(stored)), date(TODAY));
            model.update(Event::Draft(DraftEvent::Open(FormInput::default())), date(TODAY));
            let _ = view_model::page(&model);
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
    assert_eq!(changed("2026-12-24", "2026-12-16"), Err(DraftError::Expired));
    assert_eq!(changed("2026-12-24", "2026-12-17"), Ok(false), "the last day is a day");
    assert_eq!(changed("\"bromley\"", "\"camden\""), Err(DraftError::OtherCouncil));
    assert_eq!(changed("draft/1", "draft/2"), Err(DraftError::OtherVersion));
    assert_eq!(changed("putright/", "other/"), Err(DraftError::Damaged));
    for text in ["", "null", "[]", "{}", "7", "\"x\"", "{\"format\":7}", "{\"format\":\"putright/draft/1\"}"] {
        assert_eq!(read(text).unwrap_err(), DraftError::Damaged, "{text}");
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
    assert_eq!(read(&text.replacen("2026-12-24", "2026-12-01", 1)), DraftError::Expired);
    assert!(Sealed::read(&text.replacen("2026-12-24", TODAY, 1), date(TODAY)).is_ok(), "until the end of that day");
    assert_eq!(read(&text.replacen("sealed/1", "sealed/2", 1)), DraftError::OtherVersion);
    assert_eq!(read(&text.replacen("SHA-256", "SHA-512", 1)), DraftError::OtherVersion);
    assert_eq!(read(&text[..text.len() - 3]), DraftError::Damaged);
    for (from, to) in
        [("600000", "1000"), ("600000", "4000000000"), ("600000", "\"x\""), ("AQEB", "AQE*"), ("AQEB", "")]
    {
        assert_eq!(read(&text.replacen(from, to, 1)), DraftError::Damaged, "{to}");
    }
    assert_eq!(ITERATIONS, 600_000);
}

#[test]
fn confirmed_worry_is_part_of_a_draft() {
    let mut worried = story();
    worried.answers.set("safeguarding_worry", Answer::One("yes".to_owned()));
    let opened = read(&worried.to_json()).unwrap();
    assert!(!opened.lost && opened.draft.answers.get("safeguarding_worry").is_some());
}

#[test]
fn confirmation_is_read_as_it_is_written() {
    let record = SentRecord {
        council: "bromley".to_owned(),
        register: "adult".to_owned(),
        visit: "0123456789abcdef".repeat(2),
        sent_on: date(TODAY),
        reference: "K7M \"2QX\"".to_owned(),
        dates: vec![["They reply".to_owned(), "about 8 January".to_owned(), String::new()]],
    };
    let text = record.to_text();
    assert!(SentRecord::is_meant(&text) && !SentRecord::is_meant(&story().to_json()));
    assert_eq!(SentRecord::read(&text), Some(record));
    for (from, to) in [("sent/1", "sent/2"), (TODAY, "soon"), ("\nabout 8 January\n", "")] {
        assert!(text.contains(from), "{from}");
        assert_eq!(SentRecord::read(&text.replacen(from, to, 1)), None, "{to}");
    }
    let many = [text.as_str(), &"\nx".repeat(3000)].concat();
    assert!(SentRecord::read(&many).is_some_and(|record| record.dates.len() <= 20));
}
