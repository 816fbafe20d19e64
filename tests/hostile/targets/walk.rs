//! Somebody who answers anything, goes anywhere, and sends.

use std::sync::Arc;

use putright_app::{
    Effect, Event, Model,
    attachments::FilesEvent,
    drafts::{CHOICES, DraftEvent, DraftStore, NotKept, Secret, StoredDraft},
    safety, view_model,
};
use putright_domain::{
    bundle::Bundle,
    delivery::{
        attachments::PickedFile,
        config::Channel,
        response::{DeliveryError, Receipt, Refusal},
    },
    display_settings::DisplaySettings,
    form::{
        answer::{AGREED, Field, FormInput},
        journey::JourneyEnd,
        question::{Question, QuestionKind},
    },
    route::Route,
};

use super::{Chance, HOSTILE, SECRET, Verdict, discreet, must, shipped};

const ID: &str = "0123456789abcdef0123456789abcdef";
/// More pages than any journey has.
const LONGEST: usize = 70;

/// Walks through the files from the first page to wherever it leads, and looks at each page on the way.
pub fn walk(bundle: &Arc<Bundle>, chance: &mut Chance) -> Verdict {
    let mut model = Model::new(Arc::clone(bundle), shipped::today());
    look(&model)?;
    for route in
        [Route::Guide, Route::Contacts, Route::Leaflet, Route::Draft, Route::Look, Route::ExitHelp, Route::Start]
    {
        happens(&mut model, Event::Navigated(route))?;
    }
    for _ in 0..LONGEST {
        let walk = model.walk();
        if walk.end != JourneyEnd::Unanswered {
            break;
        }
        let Some(question) = walk.open().cloned() else { break };
        happens(&mut model, Event::Navigated(Route::Question(question.id.clone())))?;
        besides(&mut model, &question, chance)?;
        let raw = answer(&question, &model, chance);
        happens(&mut model, Event::Answered(vec![(question.id.clone(), raw)]))?;
        let taken = model.answers_on_the_way().get(&question.id).is_some();
        if !taken {
            let raw = plain(&question, &model, chance);
            happens(&mut model, Event::Answered(vec![(question.id, raw)]))?;
        }
    }
    if model.walk().end == JourneyEnd::Check {
        send(&mut model, chance)?;
    }
    let _ =
        (view_model::calendar_file(&model, true), view_model::letter_file(&model, true), view_model::summary(&model));
    if chance.once_in(64) {
        discreet(&format!("{model:?}"), "a visit's Debug")?;
    }
    happens(&mut model, Event::Exit)
}

/// Sends an event, then does everything that the browser would do by itself, then checks the page.
pub fn happens(model: &mut Model, event: Event) -> Verdict {
    discreet(&format!("{event:?}"), "an event's Debug")?;
    let mut commands = model.update(event, shipped::today());
    for _ in 0..10 {
        discreet(&format!("{commands:?}"), "a command's Debug")?;
        let mut next = Vec::new();
        for command in commands {
            if let Effect::Go(route) | Effect::Replace(route) = command {
                discreet(&route.to_string(), "an address")?;
                next.extend(model.update(Event::Navigated(route), shipped::today()));
            }
        }
        commands = next;
        if commands.is_empty() {
            return look(model);
        }
    }
    Err("one event leads from page to page without an end".to_owned())
}

/// Draws the page.
pub fn look(model: &Model) -> Verdict {
    let page = view_model::page(model);
    let _ = (page.spoken(), safety::live(model));
    discreet(&page.title, "a title")?;
    discreet(&model.route().to_string(), "an address")?;
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
fn answer(question: &Question, model: &Model, chance: &mut Chance) -> FormInput {
    if chance.once_in(2) {
        return plain(question, model, chance);
    }
    let mut raw = FormInput::default();
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

/// Returns an answer that the question accepts.
fn plain(question: &Question, model: &Model, chance: &mut Chance) -> FormInput {
    let options = question.options();
    match &question.kind {
        QuestionKind::Statement
        | QuestionKind::Advice
        | QuestionKind::Progress
        | QuestionKind::Files
        | QuestionKind::Another => FormInput::default(),
        QuestionKind::Agreement => FormInput::choosing([AGREED]),
        QuestionKind::ChooseOne { .. } => FormInput::choosing([chance.pick(&options)]),
        QuestionKind::ChooseMany { none, .. } => match none {
            Some(none) if chance.once_in(2) => FormInput::choosing([none]),
            _ => {
                let wanted: Vec<&str> = options.iter().filter(|one| none.as_deref() != Some(**one)).copied().collect();
                let first = chance.below(wanted.len());
                let last = first + 1 + chance.below(3);
                let chosen = wanted.into_iter().take(last).skip(first).map(str::to_owned).collect();
                FormInput { chosen, ..FormInput::default() }
            }
        },
        QuestionKind::Text { .. } | QuestionKind::LongText { .. } => {
            FormInput::default().with(Field::Text, ["x", &word(chance)].concat())
        }
        QuestionKind::Letter { .. } => view_model::input(model, &question.id),
        QuestionKind::Council => FormInput::choosing(["not_known"]),
        QuestionKind::Date { .. } => match chance.below(4) {
            0 => FormInput::choosing(["not_known"]),
            1 => FormInput::default().with(Field::About, word(chance)),
            2 => FormInput::default().with(Field::Month, "11").with(Field::Year, "2026"),
            _ => {
                let day = (1 + chance.below(31)).to_string();
                let month = (1 + chance.below(12)).to_string();
                let year = [1900, 1999, 2024, 2025, 2026, 9999][chance.below(6)].to_string();
                FormInput::default().with(Field::Day, day).with(Field::Month, month).with(Field::Year, year)
            }
        },
        QuestionKind::Reach { none, .. } => FormInput::choosing([none.as_str()]),
    }
}

/// Does something else on a page before the person goes on.
fn besides(model: &mut Model, question: &Question, chance: &mut Chance) -> Verdict {
    let id = question.id.clone();
    let event = match chance.below(24) {
        0 => Event::Typed { question: id, raw: answer(question, model, chance) },
        1 => Event::Change(id),
        2 => Event::Navigated(Route::parse(&["#/question/", chance.pick(&HOSTILE)].concat()).unwrap_or_default()),
        3 => Event::Look(DisplaySettings::default()),
        4 => Event::Voices(true),
        5 => Event::ReadAloud,
        6 => Event::CopyLetter,
        7 => Event::SaveLetter,
        8 => Event::SaveCalendar { reminders: false },
        9 => Event::RestoreLetter,
        10 => Event::NextPerson,
        11 => Event::Back,
        12 => Event::Adopted { given: vec![(id, answer(question, model, chance))], at: None },
        13 => Event::Draft(DraftEvent::Choose(choice(chance))),
        14 => Event::Draft(DraftEvent::Due),
        15 => Event::Draft(DraftEvent::Kept(Err(NotKept::Full))),
        16 => Event::Draft(DraftEvent::Picked(Some(Secret(word(chance))))),
        17 => Event::Draft(DraftEvent::Found(StoredDraft {
            place: DraftStore::Tab,
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
    happens(model, event)
}

fn choice(chance: &mut Chance) -> FormInput {
    FormInput::choosing([chance.pick(&CHOICES)]).with(Field::Text, word(chance))
}

fn found(chance: &mut Chance) -> PickedFile {
    let head: &[u8] = [b"%PDF-1.7".as_slice(), b"\xFF\xD8\xFF\xE0", b"PK\x03\x04", b"<script>"][chance.below(4)];
    PickedFile { id: 1, name: [&word(chance), ".pdf"].concat(), bytes: 4096, head: head.to_vec() }
}

/// Sends, with whatever comes of it, and every other way.
fn send(model: &mut Model, chance: &mut Chance) -> Verdict {
    happens(model, Event::Navigated(Route::Check))?;
    let refused = Refusal { pointer: "/points/0/what_happened".to_owned(), detail: word(chance) };
    let ends = [
        Err(DeliveryError::Refused(vec![refused])),
        Err(DeliveryError::Unreachable),
        Err(DeliveryError::Fault(500)),
        Err(DeliveryError::Busy(Some(u32::MAX))),
        Err(DeliveryError::TooLarge),
    ];
    for means in [
        Channel::Print,
        Channel::DownloadHtml,
        Channel::DownloadJson,
        Channel::Copy,
        Channel::Email,
        Channel::Telephone,
        Channel::Post,
        Channel::Form,
    ] {
        if chance.once_in(3) {
            happens(model, Event::Use(means))?;
            happens(model, Event::IdMade(ID.to_owned()))?;
        }
    }
    let mut ends: Vec<_> = ends.into_iter().filter(|_| chance.once_in(2)).collect();
    ends.push(Ok(Receipt { reference: chance.pick(&HOSTILE).to_owned() }));
    for end in ends {
        happens(model, Event::Navigated(Route::Check))?;
        happens(model, Event::Send)?;
        happens(model, Event::IdMade(ID.to_owned()))?;
        // Once more: what is cut has been told.
        happens(model, Event::Send)?;
        happens(model, Event::IdMade(ID.to_owned()))?;
        happens(model, Event::Delivered(end))?;
        happens(model, Event::SendingStopped)?;
    }
    let _ = (view_model::copy_as_page(model), view_model::copy_as_text(model), view_model::copy_as_data(model));
    Ok(())
}
