//! Plays the browser: performs what the session asks, and answers each page that comes.

use putright::domain::{
    delivery::answer::DeliveryError,
    journey::{
        answer::{Field, Raw},
        question::{AGREED, QuestionKind},
    },
    route::Route,
    session::{Attempt, Command, Event, Session},
};

/// Answers a page, goes where that leads, and tells what was asked of the browser.
pub fn answer(session: &mut Session, question: &str, raw: Raw) -> Vec<Command> {
    let today = session.today();
    let commands = session.update(Event::Answered(vec![(question.to_owned(), raw)]), today);
    for command in &commands {
        if let Command::Go(route) = command {
            session.update(Event::Navigated(route.clone()), today);
        }
    }
    commands
}

/// Goes on, with these answers where they are asked for and the shortest otherwise, until a question comes.
pub fn to(session: &mut Session, until: &str, answers: &[(&str, Raw)]) {
    for _ in 0..100 {
        let Some(question) = session.walk().open().cloned() else {
            // Check answers offers the page.
            if session.walk().page(until).is_some() {
                session.update(Event::Navigated(Route::Question(until.to_owned())), session.today());
            }
            return;
        };
        if question.id == until {
            session.update(Event::Navigated(Route::Question(until.to_owned())), session.today());
            return;
        }
        let given = |wanted: &str| answers.iter().find(|(id, _)| *id == wanted).map(|(_, raw)| raw.clone());
        let given = given(&question.id).or_else(|| stage_in_parts(&question.id, &given("stage_reached")?));
        let raw = given.unwrap_or_else(|| match question.kind {
            // A letter stands there already.
            QuestionKind::Letter { .. } => session.raw(&question.id),
            _ => shortest(&question.id, &question.kind, question.optional),
        });
        let commands = answer(session, &question.id, raw);
        assert!(
            commands.iter().any(|command| matches!(command, Command::Go(_))),
            "{}: not taken: {:?}",
            question.id,
            session.errors()
        );
    }
    panic!("a hundred pages and no end");
}

/// Gives the answer of the adult flow, which asks for the last step first and then for the stage, to a stage that is named in one.
fn stage_in_parts(question: &str, stage: &Raw) -> Option<Raw> {
    let step = match stage.chosen.first()?.as_str() {
        "stopped" => "stopped",
        "stage1_waiting" | "corporate_stage1_waiting" | "not_known" => "complained",
        reply if reply.ends_with("_reply") => "answered",
        _ => "asked",
    };
    match question {
        "last_step" => Some(Raw::choosing([step])),
        "stage_waiting" | "stage_answered" | "stage_asked" => Some(stage.clone()),
        _ => None,
    }
}

/// Goes on to the check-answers page.
pub fn to_check(session: &mut Session, answers: &[(&str, Raw)]) {
    to(session, "", answers);
    session.update(Event::Navigated(Route::Check), session.today());
    assert_eq!(session.route(), &Route::Check);
    agree(session);
}

/// Ticks what check answers asks, where that is not ticked yet.
pub fn agree(session: &mut Session) {
    let asked: Vec<String> = session.loaded().flow.check().iter().map(|asked| asked.question.id.clone()).collect();
    for question in asked {
        if !session.raw(&question).has(AGREED) {
            session.update(Event::Typed { question, raw: Raw::choosing([AGREED]) }, session.today());
        }
    }
}

/// Presses Send, having agreed.
pub fn send(session: &mut Session, id: &str) -> Attempt {
    let today = session.today();
    agree(session);
    assert_eq!(session.update(Event::Send, today), [Command::MakeId]);
    let commands = session.update(Event::IdMade(id.to_owned()), today);
    let delivers = commands.iter().any(|command| matches!(command, Command::Deliver(_)));
    assert!(delivers, "not sent: {commands:?}");
    session.attempt().unwrap().clone()
}

/// No try brings a receipt: each that comes by itself ends the same way. Gives what is to be done at the end.
pub fn fail(session: &mut Session, error: &DeliveryError) -> Vec<Command> {
    let today = session.today();
    loop {
        let commands = session.update(Event::Delivered(Err(error.clone())), today);
        let wait = commands.iter().find_map(|command| match command {
            Command::WaitToSend { number, .. } => Some(*number),
            _ => None,
        });
        let Some(number) = wait else { return commands };
        session.update(Event::WaitedToSend(number), today);
    }
}

fn shortest(id: &str, kind: &QuestionKind, optional: bool) -> Raw {
    if id == "topics" {
        return Raw::choosing(["support"]);
    }
    if id == "child_status" {
        return Raw::choosing(["in_need"]);
    }
    match kind {
        QuestionKind::Statement
        | QuestionKind::Advice
        | QuestionKind::Progress
        | QuestionKind::Files
        | QuestionKind::Another => Raw::default(),
        QuestionKind::Agreement => Raw::choosing([AGREED]),
        _ if optional => Raw::default(),
        QuestionKind::ChooseOne { options } => Raw::choosing([options[0].as_str()]),
        QuestionKind::ChooseMany { none, groups } => {
            Raw::choosing([none.as_deref().unwrap_or(groups[0].options[0].as_str())])
        }
        QuestionKind::Text { .. } | QuestionKind::LongText { .. } | QuestionKind::Letter { .. } => {
            Raw::default().with(Field::Text, "It happened.")
        }
        QuestionKind::Council | QuestionKind::Date { .. } => Raw::choosing(["not_known"]),
        QuestionKind::Reach { none, .. } => Raw::choosing([none.as_str()]),
    }
}
