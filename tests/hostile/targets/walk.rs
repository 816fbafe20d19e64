//! Somebody who answers anything, goes anywhere, and sends.

use std::sync::Arc;

use putright_app::model::{
    Command, Event, Session,
    attachments::FilesEvent,
    drafts::{CHOICES, DraftEvent, NotKept, Place, Secret, Stored},
};
use putright_domain::{
    bundle::Loaded,
    delivery::{
        attachments::Found,
        config::Means,
        response::{DeliveryError, Receipt, Refusal},
    },
    display_settings::Look,
    form::{
        answer::{AGREED, Field, Raw},
        journey::End,
        question::{Question, QuestionKind},
    },
    route::Route,
};

use super::{Chance, HOSTILE, SECRET, Verdict, discreet, must, shipped};

const ID: &str = "0123456789abcdef0123456789abcdef";
/// More pages than any journey has.
const LONGEST: usize = 70;

/// Walks through the files from the first page to wherever it leads, and looks at each page on the way.
pub fn walk(loaded: &Arc<Loaded>, chance: &mut Chance) -> Verdict {
    let mut session = Session::new(Arc::clone(loaded), shipped::today());
    look(&session)?;
    for route in
        [Route::Guide, Route::Contacts, Route::Leaflet, Route::Draft, Route::Look, Route::ExitHelp, Route::Start]
    {
        happens(&mut session, Event::Navigated(route))?;
    }
    for _ in 0..LONGEST {
        let walk = session.walk();
        if walk.end != End::Unanswered {
            break;
        }
        let Some(question) = walk.open().cloned() else { break };
        happens(&mut session, Event::Navigated(Route::Question(question.id.clone())))?;
        besides(&mut session, &question, chance)?;
        let raw = answer(&question, &session, chance);
        happens(&mut session, Event::Answered(vec![(question.id.clone(), raw)]))?;
        let taken = session.answers_on_the_way().get(&question.id).is_some();
        if !taken {
            let raw = plain(&question, &session, chance);
            happens(&mut session, Event::Answered(vec![(question.id, raw)]))?;
        }
    }
    if session.walk().end == End::Check {
        send(&mut session, chance)?;
    }
    let _ = (session.calendar_file(true), session.letter_file(true), session.summary());
    if chance.once_in(64) {
        discreet(&format!("{session:?}"), "a visit's Debug")?;
    }
    happens(&mut session, Event::Exit)
}

/// What happens, and all that the browser would do by itself; then what is shown.
pub fn happens(session: &mut Session, event: Event) -> Verdict {
    discreet(&format!("{event:?}"), "an event's Debug")?;
    let mut commands = session.update(event, shipped::today());
    for _ in 0..10 {
        discreet(&format!("{commands:?}"), "a command's Debug")?;
        let mut next = Vec::new();
        for command in commands {
            if let Command::Go(route) | Command::Replace(route) = command {
                discreet(&route.to_string(), "an address")?;
                next.extend(session.update(Event::Navigated(route), shipped::today()));
            }
        }
        commands = next;
        if commands.is_empty() {
            return look(session);
        }
    }
    Err("one event leads from page to page without an end".to_owned())
}

/// Draws the page.
pub fn look(session: &Session) -> Verdict {
    let page = session.page();
    let _ = (page.spoken(), session.live());
    discreet(&page.title, "a title")?;
    discreet(&session.route().to_string(), "an address")?;
    must(!page.title.is_empty(), "a page has no title")
}

fn word(chance: &mut Chance) -> String {
    match chance.below(6) {
        0 => SECRET.to_owned(),
        1 => [SECRET, chance.pick(&HOSTILE)].concat(),
        2 => [SECRET, chance.pick(&HOSTILE), chance.pick(&HOSTILE), "\n", chance.pick(&HOSTILE)].concat(),
        3 => [SECRET, &"long \u{301}".repeat(chance.below(300))].concat(),
        4 => "12".to_owned(),
        _ => chance.pick(&HOSTILE).to_owned(),
    }
}

/// Anything, with options that there are and some that there are not.
fn answer(question: &Question, session: &Session, chance: &mut Chance) -> Raw {
    if chance.once_in(2) {
        return plain(question, session, chance);
    }
    let mut raw = Raw::default();
    let options = question.options();
    for _ in 0..chance.below(4) {
        let option =
            if options.is_empty() || chance.once_in(5) { chance.pick(&HOSTILE) } else { chance.pick(&options) };
        raw.chosen.push(option.to_owned());
    }
    for field in ["about", "day", "email", "month", "post", "telephone", "text", "year"] {
        if chance.once_in(2) {
            raw = raw.with(Field::from_id(field).unwrap(), word(chance));
        }
    }
    raw
}

/// What is taken.
fn plain(question: &Question, session: &Session, chance: &mut Chance) -> Raw {
    let options = question.options();
    match &question.kind {
        QuestionKind::Statement
        | QuestionKind::Advice
        | QuestionKind::Progress
        | QuestionKind::Files
        | QuestionKind::Another => Raw::default(),
        QuestionKind::Agreement => Raw::choosing([AGREED]),
        QuestionKind::ChooseOne { .. } => Raw::choosing([chance.pick(&options)]),
        QuestionKind::ChooseMany { none, .. } => match none {
            Some(none) if chance.once_in(2) => Raw::choosing([none]),
            _ => {
                let wanted: Vec<&str> = options.iter().filter(|one| none.as_deref() != Some(**one)).copied().collect();
                let first = chance.below(wanted.len());
                let last = first + 1 + chance.below(3);
                let chosen = wanted.into_iter().take(last).skip(first).map(str::to_owned).collect();
                Raw { chosen, ..Raw::default() }
            }
        },
        QuestionKind::Text { .. } | QuestionKind::LongText { .. } => {
            Raw::default().with(Field::Text, ["x", &word(chance)].concat())
        }
        QuestionKind::Letter { .. } => session.raw(&question.id),
        QuestionKind::Council => Raw::choosing(["not_known"]),
        QuestionKind::Date { .. } => match chance.below(4) {
            0 => Raw::choosing(["not_known"]),
            1 => Raw::default().with(Field::About, word(chance)),
            2 => Raw::default().with(Field::Month, "11").with(Field::Year, "2026"),
            _ => {
                let day = (1 + chance.below(31)).to_string();
                let month = (1 + chance.below(12)).to_string();
                let year = [1900, 1999, 2024, 2025, 2026, 9999][chance.below(6)].to_string();
                Raw::default().with(Field::Day, day).with(Field::Month, month).with(Field::Year, year)
            }
        },
        QuestionKind::Reach { none, .. } => Raw::choosing([none.as_str()]),
    }
}

/// What somebody does on a page before they go on.
fn besides(session: &mut Session, question: &Question, chance: &mut Chance) -> Verdict {
    let id = question.id.clone();
    let event = match chance.below(24) {
        0 => Event::Typed { question: id, raw: answer(question, session, chance) },
        1 => Event::Change(id),
        2 => Event::Navigated(Route::parse(&["#/question/", chance.pick(&HOSTILE)].concat()).unwrap_or_default()),
        3 => Event::Look(Look::default()),
        4 => Event::Voices(true),
        5 => Event::ReadAloud,
        6 => Event::CopyLetter,
        7 => Event::SaveLetter,
        8 => Event::SaveCalendar { reminders: false },
        9 => Event::RestoreLetter,
        10 => Event::NextPerson,
        11 => Event::Back,
        12 => Event::Adopted { given: vec![(id, answer(question, session, chance))], at: None },
        13 => Event::Draft(DraftEvent::Choose(choice(chance))),
        14 => Event::Draft(DraftEvent::Due),
        15 => Event::Draft(DraftEvent::Kept(Err(NotKept::Full))),
        16 => Event::Draft(DraftEvent::Picked(Some(Secret(word(chance))))),
        17 => Event::Draft(DraftEvent::Found(Stored {
            place: Place::Tab,
            text: Secret(word(chance)),
            minutes: 0,
            resumes: chance.once_in(2),
        })),
        18 => Event::Files(FilesEvent::Found(vec![found(chance)])),
        19 => Event::Files(FilesEvent::Ready { id: 1, bytes: Some(4096) }),
        20 => Event::Navigated(Route::Words(word(chance))),
        21 => Event::IdMade(ID.to_owned()),
        _ => return Ok(()),
    };
    happens(session, event)
}

fn choice(chance: &mut Chance) -> Raw {
    Raw::choosing([chance.pick(&CHOICES)]).with(Field::Text, word(chance))
}

fn found(chance: &mut Chance) -> Found {
    let head: &[u8] = [b"%PDF-1.7".as_slice(), b"\xFF\xD8\xFF\xE0", b"PK\x03\x04", b"<script>"][chance.below(4)];
    Found { id: 1, name: [&word(chance), ".pdf"].concat(), bytes: 4096, head: head.to_vec() }
}

/// Sends, with whatever comes of it, and every other way.
fn send(session: &mut Session, chance: &mut Chance) -> Verdict {
    happens(session, Event::Navigated(Route::Check))?;
    let refused = Refusal { pointer: "/points/0/what_happened".to_owned(), detail: word(chance) };
    let ends = [
        Err(DeliveryError::Refused(vec![refused])),
        Err(DeliveryError::Unreachable),
        Err(DeliveryError::Fault(500)),
        Err(DeliveryError::Busy(Some(u32::MAX))),
        Err(DeliveryError::TooLarge),
    ];
    for means in [
        Means::Print,
        Means::DownloadHtml,
        Means::DownloadJson,
        Means::Copy,
        Means::Email,
        Means::Telephone,
        Means::Post,
        Means::Form,
    ] {
        if chance.once_in(3) {
            happens(session, Event::Use(means))?;
            happens(session, Event::IdMade(ID.to_owned()))?;
        }
    }
    let mut ends: Vec<_> = ends.into_iter().filter(|_| chance.once_in(2)).collect();
    ends.push(Ok(Receipt { reference: chance.pick(&HOSTILE).to_owned() }));
    for end in ends {
        happens(session, Event::Navigated(Route::Check))?;
        happens(session, Event::Send)?;
        happens(session, Event::IdMade(ID.to_owned()))?;
        // Once more: what is cut has been told.
        happens(session, Event::Send)?;
        happens(session, Event::IdMade(ID.to_owned()))?;
        happens(session, Event::Delivered(end))?;
        happens(session, Event::SendingStopped)?;
    }
    let _ = (session.copy_as_page(), session.copy_as_text(), session.copy_as_data());
    Ok(())
}
