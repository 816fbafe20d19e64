//! Handles an event: [`Model::update`] matches it, calls the module that it concerns, and returns the effects for the browser.
//!
//! The browser reports what happened and performs the effects; it decides nothing. Tests drive the whole app from here.

use putright_domain::{date::Date, delivery::state_machine::DeliveryEvent, messages::MessageId, route::Route};

use crate::{
    adoption, answering, asked,
    attachments::{self, held},
    audience,
    delivery::{self, state::DeliveryChoice},
    drafts,
    effect::{Effect, Focus, only},
    event::Event,
    model::Model,
    navigation, notice, restart, routes,
    safety::{self, read_aloud},
    view_model::{calendar, letter_page},
};

impl Model {
    /// Handles an event, and returns the effects for the browser to carry out.
    pub fn update(&mut self, event: Event, today: Date) -> Vec<Effect> {
        if self.safety.gone {
            return Vec::new();
        }
        self.today = today;
        match event {
            Event::Input(input) => return safety::input(self, input),
            Event::ShiftWaited(turn) => return safety::shift_waited(self, turn),
            Event::Exit => return safety::exit(self),
            _ => {}
        }
        let route = self.navigation.route.clone();
        let mut effects = handle_and_count(self, event);
        if self.navigation.route != route {
            effects.extend(read_aloud::stop_reading(self));
        }
        self.safety.danger = safety::sees_danger(self);
        effects
    }
}

/// Returns whether an event may change the page that is shown.
fn shows(model: &Model, event: &Event) -> bool {
    match event {
        Event::Typed { .. }
        | Event::Back
        | Event::GoTo(_)
        | Event::Print
        | Event::CopyLetter
        | Event::Copied(_)
        | Event::SaveLetter
        | Event::SaveCalendar { .. }
        | Event::Change(_)
        | Event::Exit
        | Event::Input(_)
        | Event::ShiftWaited(_)
        | Event::WorryConfirmed
        | Event::ReadAloud
        | Event::StopReading
        | Event::Voices(_)
        | Event::Look(_)
        | Event::Use(_)
        // Draws what it changes by itself: the field must keep the focus.
        | Event::Files(_)
        | Event::SendWithout => false,
        // What check answers asks may be missing.
        Event::Send => !model.form.errors.is_empty() || !asked::agrees(model),
        Event::Delivered(_) | Event::WaitedToSend(_) | Event::SendingStopped | Event::Online(_) => {
            delivery::shows(model, event)
        }
        // The page it is on already, or one it may not be on.
        Event::Navigated(route) => !route.shares_page(&model.navigation.route) && routes::admit(model, route) == *route,
        // Continue waits: nothing is lost from under somebody's hands.
        Event::Answered(given) if given.iter().any(|(question, _)| held::waits_for_files(model, question)) => false,
        Event::Answered(_)
        | Event::Remove(_)
        | Event::Adopted { .. }
        | Event::IdMade(_)
        | Event::StartAgain
        | Event::NextPerson
        | Event::RestoreLetter => true,
        Event::EditionLoaded(edition) => edition.is_some(),
        Event::SentElsewhere { visit, .. } => *visit == model.visit && model.navigation.route == Route::Check,
        Event::Draft(event) => drafts::shows(model, event),
    }
}

/// Handles an event, and counts it where the page must be drawn again.
fn handle_and_count(model: &mut Model, event: Event) -> Vec<Effect> {
    let shows = shows(model, &event);
    let answered = matches!(event, Event::Answered(_));
    let effects = handle(model, event);
    // Whoever has answered leaves: the page that comes is drawn, not the one that goes.
    let leaves = answered && effects.iter().any(|effect| matches!(effect, Effect::Go(to) if *to != *model.route()));
    if shows && !leaves {
        model.navigation.redraw();
    }
    effects
}

fn handle(model: &mut Model, event: Event) -> Vec<Effect> {
    match event {
        Event::Navigated(route) => navigation::navigated(model, &route),
        Event::Typed { question, raw } => answering::typed(model, &question, raw),
        Event::Answered(given) => answering::answered(model, given),
        Event::Remove(page) => answering::remove_copy(model, &page),
        Event::Adopted { given, at } => adoption::adopt(model, given, at.as_ref()),
        // Opened right here: there is nothing of ours to go back to.
        Event::Back if model.navigation.behind == Some(0) => only(Effect::Go(Route::Start)),
        Event::Back => only(Effect::Back),
        Event::GoTo(id) => only(Effect::Focus(Focus::Element(id))),
        Event::Print => only(Effect::Print),
        Event::CopyLetter => letter_page::letter_file(model, false).map(Effect::Copy).into_iter().collect(),
        Event::Copied(done) => notice::tell(model, if done { MessageId::Copied } else { MessageId::CopyFailed }),
        Event::SaveLetter => notice::save(model, letter_page::letter_file(model, true)),
        Event::SaveCalendar { reminders } => notice::save(model, Some(calendar::calendar_file(model, reminders))),
        Event::EditionLoaded(edition) => audience::loaded(model, edition),
        Event::RestoreLetter => answering::restore_letter(model),
        Event::Change(question) => navigation::change(model, question),
        Event::Send | Event::Use(_) if model.attachments.is_busy() => held::tell_files(model),
        Event::Send => delivery::send_by(model, DeliveryChoice::Sending),
        Event::SendWithout => delivery::send_without(model),
        Event::SentElsewhere { visit, reference } => delivery::sent_elsewhere(model, &visit, reference),
        Event::Use(means) => delivery::send_by(model, DeliveryChoice::By(means)),
        Event::IdMade(id) => delivery::number_made(model, &id),
        Event::Delivered(result) => delivery::delivery_happened(model, DeliveryEvent::Ended(result)),
        Event::WaitedToSend(number) => delivery::delivery_happened(model, DeliveryEvent::WaitOver(number)),
        Event::SendingStopped => delivery::delivery_happened(model, DeliveryEvent::Stopped),
        Event::Online(online) => delivery::connected(model, online),
        Event::NextPerson => restart::next_person(model),
        Event::WorryConfirmed => safety::confirm_worry(model),
        Event::ReadAloud => read_aloud::read_aloud(model),
        Event::StopReading => read_aloud::stop_reading(model),
        Event::Voices(there) => read_aloud::voices(model, there),
        Event::Look(look) => safety::set_look(model, look),
        // `update` has handled it.
        Event::Exit | Event::Input(_) | Event::ShiftWaited(_) => Vec::new(),
        Event::StartAgain => restart::start_again(model),
        Event::Draft(event) => drafts::update(model, event),
        Event::Files(event) => attachments::update(model, event),
    }
}
