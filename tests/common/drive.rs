//! Plays the browser: performs what the model asks, and answers each page that comes.

use putright_app::{Effect, Event, Model, delivery::Attempt, view_model};
use putright_domain::{
    delivery::response::DeliveryError,
    form::{
        answer::{AGREED, Field, FormInput},
        question::QuestionKind,
    },
    route::Route,
};

/// Answers a page, goes where that leads, and tells what was asked of the browser.
pub fn answer(model: &mut Model, question: &str, raw: FormInput) -> Vec<Effect> {
    let today = model.today();
    let commands = model.update(Event::Answered(vec![(question.to_owned(), raw)]), today);
    for command in &commands {
        if let Effect::Go(route) = command {
            model.update(Event::Navigated(route.clone()), today);
        }
    }
    commands
}

/// Goes on, with these answers where they are asked for and the shortest otherwise, until a question comes.
pub fn to(model: &mut Model, until: &str, answers: &[(&str, FormInput)]) {
    for _ in 0..100 {
        let Some(question) = model.walk().open().cloned() else {
            // Check answers offers the page.
            if model.walk().page(until).is_some() {
                model.update(Event::Navigated(Route::Question(until.to_owned())), model.today());
            }
            return;
        };
        if question.id == until {
            model.update(Event::Navigated(Route::Question(until.to_owned())), model.today());
            return;
        }
        let given = |wanted: &str| answers.iter().find(|(id, _)| *id == wanted).map(|(_, raw)| raw.clone());
        let given = given(&question.id).or_else(|| stage_in_parts(&question.id, &given("stage_reached")?));
        let raw = given.unwrap_or_else(|| match question.kind {
            // A letter stands there already.
            QuestionKind::Letter { .. } => view_model::input(model, &question.id),
            _ => shortest(&question.id, &question.kind, question.optional),
        });
        let commands = answer(model, &question.id, raw);
        assert!(
            commands.iter().any(|command| matches!(command, Effect::Go(_))),
            "{}: not taken: {:?}",
            question.id,
            model.errors()
        );
    }
    panic!("a hundred pages and no end");
}

/// Gives the answer of the adult flow, which asks for the last step first and then for the stage, to a stage that is named in one.
fn stage_in_parts(question: &str, stage: &FormInput) -> Option<FormInput> {
    let step = match stage.chosen.first()?.as_str() {
        "stopped" => "stopped",
        "stage1_waiting" | "corporate_stage1_waiting" | "not_known" => "complained",
        reply if reply.ends_with("_reply") => "answered",
        _ => "asked",
    };
    match question {
        "last_step" => Some(FormInput::choosing([step])),
        "stage_waiting" | "stage_answered" | "stage_asked" => Some(stage.clone()),
        _ => None,
    }
}

/// Goes on to the check-answers page.
pub fn to_check(model: &mut Model, answers: &[(&str, FormInput)]) {
    to(model, "", answers);
    model.update(Event::Navigated(Route::Check), model.today());
    assert_eq!(model.route(), &Route::Check);
    agree(model);
}

/// Ticks what check answers asks, where that is not ticked yet.
pub fn agree(model: &mut Model) {
    let asked: Vec<String> = model.bundle().flow.check().iter().map(|asked| asked.question.id.clone()).collect();
    for question in asked {
        if !view_model::input(model, &question).has(AGREED) {
            model.update(Event::Typed { question, raw: FormInput::choosing([AGREED]) }, model.today());
        }
    }
}

/// Presses Send, having agreed.
pub fn send(model: &mut Model, id: &str) -> Attempt {
    let today = model.today();
    agree(model);
    assert_eq!(model.update(Event::Send, today), [Effect::MakeId]);
    let commands = model.update(Event::IdMade(id.to_owned()), today);
    let delivers = commands.iter().any(|command| matches!(command, Effect::Deliver(_)));
    assert!(delivers, "not sent: {commands:?}");
    model.attempt().unwrap().clone()
}

/// No try brings a receipt: each that comes by itself ends the same way. Gives what is to be done at the end.
pub fn fail(model: &mut Model, error: &DeliveryError) -> Vec<Effect> {
    let today = model.today();
    loop {
        let commands = model.update(Event::Delivered(Err(error.clone())), today);
        let wait = commands.iter().find_map(|command| match command {
            Effect::WaitToSend { number, .. } => Some(*number),
            _ => None,
        });
        let Some(number) = wait else { return commands };
        model.update(Event::WaitedToSend(number), today);
    }
}

fn shortest(id: &str, kind: &QuestionKind, optional: bool) -> FormInput {
    if id == "topics" {
        return FormInput::choosing(["support"]);
    }
    if id == "child_status" {
        return FormInput::choosing(["in_need"]);
    }
    match kind {
        QuestionKind::Statement
        | QuestionKind::Advice
        | QuestionKind::Progress
        | QuestionKind::Files
        | QuestionKind::Another => FormInput::default(),
        QuestionKind::Agreement => FormInput::choosing([AGREED]),
        _ if optional => FormInput::default(),
        QuestionKind::ChooseOne { options } => FormInput::choosing([options[0].as_str()]),
        QuestionKind::ChooseMany { none, groups } => {
            FormInput::choosing([none.as_deref().unwrap_or(groups[0].options[0].as_str())])
        }
        QuestionKind::Text { .. } | QuestionKind::LongText { .. } | QuestionKind::Letter { .. } => {
            FormInput::default().with(Field::Text, "It happened.")
        }
        QuestionKind::Council | QuestionKind::Date { .. } => FormInput::choosing(["not_known"]),
        QuestionKind::Reach { none, .. } => FormInput::choosing([none.as_str()]),
    }
}
