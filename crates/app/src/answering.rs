//! The part of a visit that takes the answers of a page. It decides which questions are asked, which answers need
//! correcting, and what an answer changes elsewhere.

use std::sync::Arc;

use crate::{
    asked,
    attachments::held,
    drafts::storing,
    effect::{Effect, Focus, only},
    model::{Model, shows_advice},
    routes,
    view_model::{input, letter},
};
use putright_domain::{
    form::{
        answer::{Answer, Answers, Field, FormInput, QuestionId, numbered, unnumbered},
        flow::{FlowQuestion, Page},
        mistake::Mistake,
        question::QuestionKind,
    },
    guidance::facts::{YES, ids},
    route::Route,
};

pub(crate) fn typed(model: &mut Model, question: &str, raw: FormInput) -> Vec<Effect> {
    // What is typed on a page that asks nothing (a passphrase) is nobody's to keep.
    if model.bundle.flow.question(question).is_none() {
        return Vec::new();
    }
    let first = model.is_untouched();
    model.form.pending.insert(question, raw);
    let mut effects = storing::keep_soon(model);
    if storing::written(model) || first {
        effects.push(Effect::WarnOnLeaving(storing::warns(model)));
    }
    effects
}

/// Makes the letter as the answers give it again.
pub(crate) fn restore_letter(model: &mut Model) -> Vec<Effect> {
    model.form.pending.remove(ids::LETTER);
    model.form.answers.forget(ids::LETTER);
    let mut effects = storing::keep_soon(model);
    effects.push(Effect::Focus(Focus::Heading));
    effects
}

/// Moves a changed letter from the answers back to the typed inputs. Its facts have changed, so the person must see
/// their text again.
fn reopen_letter(model: &mut Model) {
    if let Some(Answer::Text(text)) = model.form.answers.get(ids::LETTER) {
        let raw = FormInput::default().with(Field::Text, text.as_str());
        model.form.pending.insert(ids::LETTER, raw);
        model.form.answers.forget(ids::LETTER);
    }
}

fn is_our_letter(model: &Model, text: &str) -> bool {
    letter::letter(model).is_some_and(|letter| letter.text.trim() == text)
}

/// Continue was pressed on a page of these questions. Those that are not asked are not read.
pub(crate) fn answered(model: &mut Model, given: Vec<(QuestionId, FormInput)>) -> Vec<Effect> {
    let bundle = Arc::clone(&model.bundle);
    let flow = &bundle.flow;
    let Some(page) = given.first().and_then(|(id, _)| flow.page_of(id)) else { return Vec::new() };
    if given.iter().any(|(id, _)| id == ids::FILES)
        && let Some(effects) = held::hold_files(model)
    {
        return effects;
    }
    let mut mistakes = Vec::new();
    let mut taken = Vec::new();
    let answers = asked::through(model, page, &mut |_, asked, answers| {
        let id = &asked.question.id;
        let Some((_, raw)) = given.iter().find(|(one, _)| one == id) else { return };
        match asked.question.parse(raw, model.reading()) {
            Ok(answer) => {
                answers.set(id, answer);
                taken.push(asked);
            }
            Err(errors) => {
                answers.forget(id);
                mistakes.extend(errors.into_iter().map(|error| Mistake { question: id.clone(), error }));
            }
        }
    });
    if !mistakes.is_empty() {
        // That another was asked for is not kept: it is asked for again once the page is right.
        let another = another_of(Some(page));
        for (id, raw) in given.into_iter().filter(|(id, _)| *id != another) {
            model.form.pending.insert(&id, raw);
        }
        model.form.errors = mistakes;
        return only(Effect::Focus(Focus::Summary));
    }
    take(model, &taken, &answers);
    let next = routes::after(model, page.id());
    // Whoever comes back is to be on the next page, not on this one again.
    model.drafts.form.clone_from(&next);
    let mut effects = only(Effect::WarnOnLeaving(storing::warns(model)));
    effects.extend(storing::keep_now(model));
    effects.push(Effect::Go(next));
    effects
}

/// Returns true if pressing Continue on a page with these questions would find no mistake.
pub(crate) fn would_take(model: &Model, given: &[(QuestionId, FormInput)]) -> bool {
    let Some(page) = given.first().and_then(|(id, _)| model.bundle.flow.page_of(id)) else { return false };
    let mut taken = true;
    asked::through(model, page, &mut |_, asked, answers| {
        let id = &asked.question.id;
        let raw = given.iter().find(|(one, _)| one == id).map(|(_, raw)| raw.clone()).unwrap_or_default();
        match asked.question.parse(&raw, model.reading()) {
            Ok(answer) => answers.set(id, answer),
            Err(_) => taken = false,
        }
    });
    taken
}

/// Takes the answers to these questions, and lets go of what no longer holds.
fn take(model: &mut Model, taken: &[&FlowQuestion], answers: &Answers) {
    let council = model.council().id.clone();
    let letter = letter::letter(model);
    for FlowQuestion { question, .. } in taken {
        let id = &question.id;
        let Some(answer) = answers.get(id).cloned() else { continue };
        let answer = match (&question.kind, answer) {
            // Not changed, it follows the answers as they change.
            (QuestionKind::Letter { .. }, Answer::Text(text)) if is_our_letter(model, &text) => Answer::Seen,
            (QuestionKind::Files, _) => held::files_answer(model),
            (_, answer) => answer,
        };
        model.form.answers.set(id, answer);
        model.form.pending.remove(id);
    }
    model.form.errors.clear();
    if taken.iter().all(|asked| asked.question.id != ids::LETTER) && letter::letter(model) != letter {
        reopen_letter(model);
    }
    if taken.iter().any(|asked| shows_advice(&asked.question.kind)) {
        model.form.advice_read = Some(model.advice());
    } else if model.walk().open().is_none_or(|question| shows_advice(&question.kind))
        && model.form.advice_read != Some(model.advice())
    {
        // While something is left to answer, what the rules say is not final.
        model.forget_advice();
    }
    if model.council().id != council {
        // Who will see it has changed, so that must be agreed to again.
        model.form.answers.forget(ids::SHARING);
        model.form.pending.remove(ids::SHARING);
        // And it may take other files.
        held::recheck_files(model);
    }
    storing::written(model);
}

/// Parses the current inputs to the questions on the check page. Returns true if there is no mistake.
pub(crate) fn agreed(model: &mut Model) -> bool {
    let bundle = Arc::clone(&model.bundle);
    model.form.errors.clear();
    for FlowQuestion { question, .. } in asked::asked_on_check(model, &bundle) {
        match question.parse(&input::input(model, &question.id), model.reading()) {
            Ok(answer) => {
                model.form.answers.set(&question.id, answer);
                model.form.pending.remove(&question.id);
            }
            Err(errors) => {
                model.form.answers.forget(&question.id);
                let mistakes = errors.into_iter().map(|error| Mistake { question: question.id.clone(), error });
                model.form.errors.extend(mistakes);
            }
        }
    }
    model.form.errors.is_empty()
}

/// Takes a copy of a page away. Those after it move up.
pub(crate) fn remove_copy(model: &mut Model, id: &str) -> Vec<Effect> {
    let bundle = Arc::clone(&model.bundle);
    let (first, number) = unnumbered(id);
    let page = |number: usize| bundle.flow.page_of(&numbered(first, number));
    let Some(before) = number.checked_sub(1).and_then(page) else { return Vec::new() };
    let more = model.form.answers.get(&another_of(page(number))).is_some_and(|answer| answer.has(YES));
    for at in number.. {
        let Some(gone) = page(at) else { break };
        for asked in &gone.questions {
            let (name, next) = (&asked.question.id, numbered(unnumbered(&asked.question.id).0, at + 1));
            match model.form.answers.get(&next).cloned() {
                Some(answer) => model.form.answers.set(name, answer),
                None => model.form.answers.forget(name),
            }
            match model.form.pending.get(&next).cloned() {
                Some(raw) => model.form.pending.insert(name, raw),
                None => {
                    model.form.pending.remove(name);
                }
            }
        }
    }
    let id = another_of(Some(before));
    model.form.answers.set(&id, if more { Answer::One(YES.to_owned()) } else { Answer::Skipped });
    model.form.pending.remove(&id);
    let mut effects = storing::keep_now(model);
    effects.push(Effect::Go(if more || !model.form.returning {
        routes::route_of(model, before.id())
    } else {
        Route::Check
    }));
    effects
}

/// Returns the id of the question whether a page comes once more; empty where it has none.
fn another_of(page: Option<&Page>) -> QuestionId {
    let mut asked = page.into_iter().flat_map(|page| &page.questions);
    let another = asked.find(|asked| matches!(asked.question.kind, QuestionKind::Another));
    another.map(|asked| asked.question.id.clone()).unwrap_or_default()
}
