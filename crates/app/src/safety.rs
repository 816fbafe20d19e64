//! The safety of a person: the quick exit, danger phrases, and the parts of a page that change while it stands.

pub(crate) mod read_aloud;
pub(crate) mod state;

pub use crate::safety::state::{Live, ShownQuestions, Voice};

use crate::{
    asked,
    drafts::storing,
    effect::{Effect, only},
    model::Model,
    routes,
    safety::state::SafetyState,
    view_model,
};
use putright_domain::{
    danger_phrases::Alarm,
    display_settings::DisplaySettings,
    form::answer::Answer,
    guidance::{
        facts::{SAFEGUARDING_WORRY, YES, ids},
        signpost::SignpostId,
        triage::Flag,
    },
    quick_exit::{Input, Pressed},
    route::Route,
};

/// Returns the parts of the page that change without the page being drawn again.
pub fn live(model: &Model) -> Live {
    let SafetyState { shift, danger, voice, look, .. } = model.safety;
    let worry = model.form.answers.get(SAFEGUARDING_WORRY).is_some()
        || view_model::input::input(model, ids::TOPICS).has(SAFEGUARDING_WORRY);
    Live { worry, lights: shift.lights(), said: shift.said(), danger, voice, look, shown: asked::shown(model) }
}

/// Forgets everything, and leaves.
pub(crate) fn exit(model: &mut Model) -> Vec<Effect> {
    let url = model.council().exit_to.clone();
    model.forget();
    model.navigation.route = Route::Start;
    model.safety = SafetyState { gone: true, ..SafetyState::default() };
    model.navigation.redraw();
    only(Effect::WipeAndLeave(url))
}

/// Counts a press of Shift, or another input that ends the count.
pub(crate) fn input(model: &mut Model, input: Input) -> Vec<Effect> {
    let pressed = model.safety.shift.input(input);
    pressed_effects(model, pressed)
}

/// Ends the wait for the next press of Shift.
pub(crate) fn shift_waited(model: &mut Model, turn: u32) -> Vec<Effect> {
    let pressed = model.safety.shift.waited(turn);
    pressed_effects(model, pressed)
}

fn pressed_effects(model: &mut Model, pressed: Pressed) -> Vec<Effect> {
    match pressed {
        Pressed::Nothing => Vec::new(),
        Pressed::Wait(turn) => only(Effect::WaitForShift(turn)),
        Pressed::Exit => exit(model),
    }
}

/// Returns the kinds of danger that the answers on this page report; before sending, those on any page, and so after it.
pub(crate) fn sees_danger(model: &Model) -> Alarm {
    let young = model.is_young();
    let mut alarm = Alarm::default();
    match &model.navigation.route {
        Route::Check | Route::Sent => model.walk().ids().for_each(|id| alarm.add(alarm_on(model, id, young))),
        Route::Start | Route::Question(_) => {
            let page = model.bundle.flow.page_of(routes::question_on_page(model));
            let (shown, asked) = (asked::shown(model), page.into_iter().flat_map(|page| &page.questions).enumerate());
            asked
                .filter(|(at, _)| shown >> at & 1 == 1)
                .for_each(|(_, asked)| alarm.add(alarm_on(model, &asked.question.id, young)));
        }
        _ => {}
    }
    if model.navigation.route == Route::Sent {
        // The confirmation gives the numbers for a child by itself, where the advice has them.
        let advice = model.advice();
        alarm.child &=
            !advice.flags.contains(Flag::SafeguardingWorry) && !advice.signposts.contains(SignpostId::HomelessChild);
    }
    alarm
}

/// Keeps the person's word that a child may not be safe: it goes with what is sent.
pub(crate) fn confirm_worry(model: &mut Model) -> Vec<Effect> {
    model.form.answers.set(SAFEGUARDING_WORRY, Answer::One(YES.to_owned()));
    storing::keep_soon(model)
}

/// Changes the look of the page.
pub(crate) fn set_look(model: &mut Model, look: DisplaySettings) -> Vec<Effect> {
    model.safety.look = look;
    only(Effect::SetLook(look))
}

fn alarm_on(model: &Model, question: &str, young: bool) -> Alarm {
    let raw = view_model::input::input(model, question);
    let content = &model.bundle.content;
    let mut alarm = Alarm::default();
    for (_, text) in raw.text.iter() {
        alarm.add(model.bundle.danger.find(text, young));
    }
    let Some(words) = content.questions.get(question) else { return alarm };
    alarm.child |= raw.chosen.iter().any(|option| words.options.get(option).is_some_and(|option| option.danger));
    alarm
}
