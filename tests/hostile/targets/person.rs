//! The words that a person writes, the drafts they store, the ids they name and the addresses they follow.

use std::{str::FromStr, sync::Arc};

use icalendar::{Calendar, CalendarComponent, Component};
use putright_app::{
    Event, Model,
    drafts::{DraftEvent, DraftStore, Secret, StoredDraft},
};
use putright_domain::{
    date::Date,
    delivery::{
        attachments::{PickedFile, clean_name, tidy_name},
        file_rules::FileRules,
    },
    documents::{
        calendar::{self, Entry},
        letter,
        personal_copy::{self, Copy},
    },
    draft::{
        Draft,
        encryption::{Header, Sealed, from_base64, to_base64},
    },
    form::{
        answer::{Answers, Field, FormInput},
        question::Reading,
    },
    key_map::KeyMap,
    route::Route,
};
use scraper::{Html, Selector};

use super::{
    Chance, HOSTILE, SECRET, Verdict, discreet, must, shipped, text_of,
    walk::{happens, look},
};

const NUMBER: &str = "0123456789abcdef0123456789abcdef";

/// Texts as people write them, and as they should not.
pub fn texts() -> Vec<String> {
    let mut texts: Vec<String> = HOSTILE.iter().map(|text| [SECRET, " ", text].concat()).collect();
    texts.push("Nobody came on the 3rd; nobody rang, and it was 21:00\\22:00.\nقال لي إنها ستتصل".to_owned());
    texts.push("IMG_2041 (1).JPG".to_owned());
    texts.push("x".repeat(300));
    texts
}

/// Any text in it, and an independent reader finds the same text.
pub fn calendar(input: &[u8]) -> Verdict {
    let text = text_of(input);
    let cut = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
    let (summary, description) = text.split_at(cut);
    let day = shipped::today();
    let uid = [summary, "@putright"].concat();
    let entry = Entry { uid, day, summary: summary.to_owned(), description: description.to_owned() };
    let file = calendar::write(&[entry.clone(), entry], day, true);
    for line in file.split("\r\n") {
        must(line.len() <= 75, "a line is longer than 75 octets")?;
        must(!line.contains(|control: char| control.is_control()), "a control character stands in it")?;
    }
    let read = Calendar::from_str(&file)?;
    let mut events = 0;
    for component in &read.components {
        let CalendarComponent::Event(event) = component else { return Err("something else than an event".to_owned()) };
        events += 1;
        let plain = |text: &str| -> String { text.chars().filter(|one| *one == '\n' || !one.is_control()).collect() };
        let found = event.get_summary().unwrap_or_default();
        must(found == plain(summary), &format!("the summary is {found:?} and not {:?}", plain(summary)))?;
        let found = event.get_description().unwrap_or_default();
        must(found == plain(description), &format!("the description is {found:?} and not {:?}", plain(description)))?;
    }
    must(events == 2, "not the two events that were put in")
}

/// The person's own copy: nothing in it is markup, all of it is there, and an address holds the whole of what it says it does.
pub fn copy(input: &[u8]) -> Verdict {
    let text = text_of(input);
    let lines = [text.clone(), "second".to_owned()];
    let told = [text.clone()];
    let parts = [(text.as_str(), lines.as_slice()), ("label", lines.as_slice())];
    let made = Copy { language: &text, direction: "ltr", title: &text, told: &told, number: &text, parts: &parts };
    let html = made.html();
    let document = Html::parse_document(&html);
    let all = Selector::parse("*").unwrap();
    let mut names: Vec<&str> = Vec::new();
    for element in document.select(&all) {
        names.push(element.value().name());
        let known = ["charset", "name", "content", "http-equiv", "lang", "dir"];
        let attributes = element.value().attrs().all(|(name, _)| known.contains(&name));
        must(attributes, "an attribute that nobody put there")?;
    }
    let mut own = vec![
        "html", "head", "meta", "meta", "meta", "style", "title", "body", "main", "h1", "p", "dl", "dt", "dd", "dt",
        "dd",
    ];
    own.extend(Some("small").filter(|_| !text.is_empty()));
    must(names == own, &format!("elements that nobody put there: {names:?}"))?;
    let first = document.select(&Selector::parse("dd").unwrap()).next();
    let shown: String = first.map(|first| first.text().collect()).unwrap_or_default();
    // What HTML may not hold goes first: a line end of two characters may have had it between them.
    let seen = |text: &str| {
        let kept = |one: &char| ['\n', '\r', '\t'].contains(one) || !one.is_ascii_control();
        text.chars().filter(kept).collect::<String>().replace("\r\n", "\n").replace('\r', "\n")
    };
    must(shown == seen(&lines.join("\n")), &format!("shown as {shown:?}"))?;
    must(made.text().contains(&text), "the text lacks what was written")?;

    let mail = personal_copy::mail("team@council.example", &text, &text, "too long");
    must(
        mail.address.bytes().all(|byte| byte.is_ascii_graphic()),
        "an address with something else than plain letters",
    )?;
    discreet(&format!("{mail:?}"), "an email's Debug")?;
    let address = url::Url::parse(&mail.address).map_err(|error| error.to_string())?;
    must(address.path() == "team@council.example", "it goes to somebody else")?;
    let pairs: Vec<(String, String)> = address.query_pairs().into_owned().collect();
    let crlf = text.replace("\r\n", "\n").replace('\n', "\r\n");
    let body = if mail.is_whole { crlf.as_str() } else { "too long" };
    let as_put = [("subject".to_owned(), crlf.clone()), ("body".to_owned(), body.to_owned())];
    must(pairs == as_put, "an address that holds something else")?;

    let values = [("text".to_owned(), text.clone())];
    let composed = letter::compose(&["{text}".to_owned(), "{?text}There.".to_owned(), text.clone()], &values);
    must(text.is_empty() || composed.starts_with(&text), "a letter changes what was written")
}

/// A file's name: safe anywhere, the same again, and never what turns the words around it.
pub fn name(input: &[u8]) -> Verdict {
    let text = text_of(input);
    for media_type in ["image/jpeg", "application/pdf", "text/plain", "application/x-unknown", &text] {
        let name = clean_name(&text, media_type);
        must(name.chars().count() <= 80 && !name.starts_with(['.', ' ', '-']), &["not a name: ", &name].concat())?;
        must(name.matches('.').count() == 1, &["more dots than one: ", &name].concat())?;
        must(
            !name.contains(['/', '\\', ':', '"', '<', '>', '|', '?', '*', '%', '\'', '&', '=', ';']),
            &["unsafe: ", &name].concat(),
        )?;
        must(!name.contains(turns), &["it turns or hides text: ", &name].concat())?;
        must(clean_name(&name, media_type) == name, &["cleaned again it is another: ", &name].concat())?;
    }
    let tidied = tidy_name(&text);
    must(tidied.chars().count() <= 80 && !tidied.contains(turns) && !tidied.contains(['<', '"', '&']), "not tidy")?;
    for length in [0, 1, 4, 8, 12, input.len()] {
        let head = input.get(..length).unwrap_or(input).to_vec();
        for name in [text.as_str(), "a.pdf", "a.docx", "a.odt", "a.doc", "a.txt", "a"] {
            let found = PickedFile { id: 7, name: name.to_owned(), bytes: u32::MAX, head: head.clone() };
            let _ = FileRules::default().accept(&found);
            discreet(&format!("{found:?}"), "a file's Debug")?;
        }
    }
    Ok(())
}

/// Controls, what turns text, and what nobody sees.
fn turns(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}' | '\u{e0000}'..='\u{e0fff}')
}

/// An address somebody typed, or was sent.
pub fn route(input: &[u8]) -> Verdict {
    let text = text_of(input);
    let route = Route::parse(&text);
    if let Some(route) = &route {
        let again = Route::parse(&route.to_string());
        must(again.as_ref() == Some(route), &format!("{route:?} is written so that it is read as {again:?}"))?;
        let mut chance = Chance::of(input);
        if chance.once_in(8) {
            let mut model = shipped::model(chance.below(6));
            happens(&mut model, Event::Navigated(route.clone()))?;
            let elsewhere = matches!(route, Route::Question(id) if model.bundle().flow.question(id).is_none());
            must(!elsewhere || model.route() != route, "a page that is not there")?;
        }
    }
    Ok(())
}

pub fn routes() -> Vec<String> {
    let own = [
        "#/",
        "#/question/what_happened",
        "#/check",
        "#/words/8-11",
        "#/words/words/8-11",
        "#main",
        "##/guide",
        "#/question//",
        "#/by-post",
    ];
    own.into_iter().map(str::to_owned).chain(HOSTILE.iter().map(|text| ["#/question/", text].concat())).collect()
}

/// A day in a file, and what somebody types into any field of any question.
pub fn date(input: &[u8]) -> Verdict {
    let text = text_of(input);
    if let Some(date) = Date::parse_iso(&text) {
        must(date.to_string() == text, "a day is written otherwise than it was read")?;
        for days in [0, 1, 65, u32::MAX] {
            let _ = (date.plus_days(days), date.plus_months(days), date.next());
        }
    }
    let mut chance = Chance::of(input);
    let edition = shipped::edition(chance.below(3));
    let councils = ["bromley".to_owned()];
    let reading = Reading {
        today: shipped::today(),
        here: shipped::today(),
        months: &edition.content.months,
        councils: &councils,
    };
    let questions = edition.flow.questions().count();
    let Some(question) = edition.flow.questions().nth(chance.below(questions)) else { return Ok(()) };
    let mut raw = FormInput::default();
    let fields: Vec<&str> = if text.contains('-') { text.split('-').collect() } else { vec![text.as_str()] };
    for (at, name) in ["year", "month", "day", "text", "about", "email", "telephone", "post"].into_iter().enumerate() {
        raw = raw.with(Field::from_id(name).unwrap(), fields[at % fields.len()]);
    }
    if chance.once_in(2) {
        raw.chosen = question.options().into_iter().take(chance.below(4)).map(str::to_owned).collect();
    } else {
        raw.chosen.push(text.clone());
    }
    discreet(&format!("{:?}", question.parse(&raw, reading)), "an answer")?;
    if let Ok(answer) = question.parse(&raw, reading) {
        let again = question.parse(&answer.to_raw(), reading);
        must(
            again.as_ref() == Ok(&answer),
            &["an answer to ", &question.id, " is another when it is changed again"].concat(),
        )?;
    }
    Ok(())
}

pub fn dates() -> Vec<String> {
    let own = [
        "2026-12-17",
        "0001-01-01",
        "9999-12-31",
        "2024-02-29",
        "2026-nov-2",
        "26-1-1",
        "2026-13-32",
        "bromley",
        "not_known",
        "a@b.example",
        "07700 900123",
    ];
    own.into_iter().map(str::to_owned).chain(texts()).collect()
}

/// A stored draft when it is found again: written by ourselves, by another version, or changed by anybody.
pub fn draft(input: &[u8]) -> Verdict {
    let text = text_of(input);
    let mut chance = Chance::of(input);
    let mut model = shipped::model(chance.below(6));
    {
        let bundle = Arc::clone(model.bundle());
        let councils = ["bromley".to_owned(), "kensington-and-chelsea".to_owned(), "westminster".to_owned()];
        let reading = Reading {
            today: shipped::today(),
            here: shipped::today(),
            months: &bundle.content.months,
            councils: &councils,
        };
        let read = Draft::read(&text, &bundle.flow, reading);
        discreet(&format!("{read:?}"), "a draft's Debug")?;
        match read {
            Ok(opened) => {
                let again = Draft::read(&opened.draft.to_json(), &bundle.flow, reading);
                // What could not be read is gone; what could is there.
                let same = again.is_ok_and(|again| again.draft.answers == opened.draft.answers);
                must(same || opened.draft.council.is_empty(), "what was opened and kept again is another")?;
            }
            Err(cause) => discreet(&format!("{cause:?}"), "a cause")?,
        }
    }
    let place = [DraftStore::Tab, DraftStore::Device][chance.below(2)];
    let event = if chance.once_in(3) {
        DraftEvent::Picked(Some(Secret(text)))
    } else {
        DraftEvent::Found(StoredDraft { place, text: Secret(text), minutes: 0, resumes: chance.once_in(2) })
    };
    happens(&mut model, Event::Draft(event))?;
    happens(&mut model, Event::Draft(DraftEvent::Open(FormInput::default())))?;
    happens(&mut model, Event::Navigated(Route::Check))?;
    happens(&mut model, Event::Draft(DraftEvent::Due))?;
    pages(&mut model)
}

/// Every page of it that may be seen.
fn pages(model: &mut Model) -> Verdict {
    let ids: Vec<String> = model.walk().ids().map(str::to_owned).collect();
    for id in ids.iter().rev().take(3) {
        happens(model, Event::Navigated(Route::Question(id.clone())))?;
    }
    look(model)
}

pub fn drafts() -> Vec<String> {
    let mut drafts = Vec::new();
    for at in 0..3 {
        let edition = shipped::edition(at);
        let mut chance = Chance::new(at as u64);
        let mut draft = Draft {
            council: "bromley".to_owned(),
            language: "en".to_owned(),
            register: edition.content.register.clone(),
            kept_on: shipped::today(),
            until: Date::parse_iso("2026-12-24"),
            route: Route::Check,
            outcome: "statutory_stage1".to_owned(),
            tried: Some(NUMBER.to_owned()),
            visit: NUMBER.to_owned(),
            answers: Answers::default(),
            pending: KeyMap::default(),
        };
        let councils = ["bromley".to_owned()];
        let reading = Reading {
            today: shipped::today(),
            here: shipped::today(),
            months: &edition.content.months,
            councils: &councils,
        };
        for question in edition.flow.questions() {
            let options = question.options();
            let chosen = options.first().copied().unwrap_or("agreed");
            let raw = FormInput::choosing([chosen])
                .with(Field::Text, [SECRET, chance.pick(&HOSTILE)].concat())
                .with(Field::About, SECRET);
            match question.parse(&raw, reading) {
                Ok(answer) => draft.answers.set(&question.id, answer),
                Err(_) => draft.pending.insert(&question.id, raw),
            }
        }
        drafts.push(draft.to_json());
    }
    let answers = drafts.first().cloned().unwrap_or_default();
    drafts.push(answers.replace("putright/draft/1", "putright/draft/2"));
    drafts.push(["{\"format\":\"putright/draft/1\",\"council\":\"bromley\",\"answers\":{\"want\":{\"chosen\":[\"complaint\"],\"text\":{}}", &"}".repeat(2000)].concat());
    drafts
}

/// The envelope of a locked draft.
pub fn sealed(input: &[u8]) -> Verdict {
    let text = text_of(input);
    let _ = Sealed::is_meant(&text);
    if let Ok(sealed) = Sealed::read(&text, shipped::today()) {
        let again = Sealed::read(&sealed.to_json(), shipped::today());
        must(again.as_ref() == Ok(&sealed), "a locked draft is written otherwise than it was read")?;
        must(
            (600_000..=10_000_000).contains(&sealed.header.iterations),
            "a telephone would be busy for ever, or the lock be weak",
        )?;
    }
    if let Some(bytes) = from_base64(&text) {
        must(to_base64(&bytes).len() == text.len(), "base64 of another length")?;
    }
    must(from_base64(&to_base64(input)).as_deref() == Some(input), "base64 does not come back")?;
    let mut model = shipped::model(0);
    happens(
        &mut model,
        Event::Draft(DraftEvent::Found(StoredDraft {
            place: DraftStore::Device,
            text: Secret(text),
            minutes: 0,
            resumes: false,
        })),
    )?;
    happens(&mut model, Event::Draft(DraftEvent::Open(FormInput::default().with(Field::Text, SECRET))))
}

pub fn seals() -> Vec<String> {
    let header = |until| Header { salt: vec![1; 16], iv: vec![2; 12], ..Header::new(shipped::today(), until) };
    let seal = |until| Sealed { header: header(until), data: vec![3; 60] }.to_json();
    vec![seal(None), seal(Date::parse_iso("2026-12-24")), "Zm9vYmFy".to_owned()]
}
