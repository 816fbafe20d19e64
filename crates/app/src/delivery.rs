//! Sending, or handing over by another channel. Every try sends the same bytes, and nothing that may have arrived is called lost.
//!
//! [`DeliveryMachine`](putright_domain::delivery::state_machine::DeliveryMachine) knows the progress. This module gives it the
//! events of the visit, and turns its effects into those of the visit.

mod attempt;
pub(crate) mod state;

pub use crate::delivery::state::{Attempt, SENDING_STATUS};

use crate::{
    answering,
    attachments::held,
    delivery::state::{DeliveryChoice, Sent},
    drafts::{storing, tabs},
    effect::{Effect, Focus, only},
    event::Event,
    model::Model,
    notice, routes,
    view_model::{channels, copies, failure},
};
use putright_domain::{
    delivery::{
        config::Channel,
        response::{self, DeliveryError, Receipt},
        state_machine::{Delivery, DeliveryEffect, DeliveryEvent, Rules},
    },
    form::journey::JourneyEnd,
    guidance::facts::ids,
    route::Route,
    submission::from_answers::MissingAnswer,
};

fn can_send(model: &Model) -> bool {
    let open = matches!(model.sending.machine.state(), Delivery::Ready | Delivery::Failed(_));
    open && model.sending.elsewhere.is_none() && model.walk().end == JourneyEnd::Check
}

/// Send was pressed, or another way was chosen.
pub(crate) fn send_by(model: &mut Model, wanted: DeliveryChoice) -> Vec<Effect> {
    if let (Delivery::Delivered(_), DeliveryChoice::By(Channel::DownloadHtml)) = (model.sending.machine.state(), wanted)
    {
        return notice::save(model, copies::copy_as_page(model));
    }
    if model.sending.elsewhere.is_some() {
        return only(Effect::Focus(Focus::Summary));
    }
    if !can_send(model) {
        return Vec::new();
    }
    if !answering::agreed(model) {
        return only(Effect::Focus(Focus::Summary));
    }
    if model.attachments.any() && model.form.answers.get(ids::FILES).is_none() {
        // Another council than they were chosen for may not take them.
        if held::hold_files(model).is_some() {
            return only(Effect::Go(routes::route_of(model, ids::FILES)));
        }
        let answer = held::files_answer(model);
        model.form.answers.set(ids::FILES, answer);
    }
    model.sending.wanted = wanted;
    only(Effect::MakeId)
}

/// It is to be sent without the files that were refused.
pub(crate) fn send_without(model: &mut Model) -> Vec<Effect> {
    let refused: Vec<u32> = model.sending.files_refused().into_iter().map(|file| file.id).collect();
    let mut effects = held::take_out(model, &refused);
    effects.extend(send_by(model, DeliveryChoice::Sending));
    effects
}

/// A number has come: what is wanted is made, or taken up again where it is the same, and goes its way.
pub(crate) fn number_made(model: &mut Model, fresh_id: &str) -> Vec<Effect> {
    if !can_send(model) {
        return Vec::new();
    }
    let answers = model.answers_on_the_way();
    let files = model.files().to_vec();
    match model.sending.attempt.take() {
        // The very same again, so that a backend that has it already can tell.
        Some(sent) if sent.answers == answers && sent.attempt.files == files => model.sending.attempt = Some(sent),
        earlier => {
            // Of several tabs with the same draft, the first try is the same: a backend that has it already can tell.
            let visit = model.visit.clone();
            let fresh_id = if earlier.is_none() && !visit.is_empty() { &visit } else { fresh_id };
            let lost = earlier.filter(|_| model.sending.machine.may_have_arrived());
            let replaces = lost.as_ref().map(|sent| sent.attempt.id.as_str());
            match attempt::new_attempt(model, &answers, files, fresh_id, replaces) {
                Ok(attempt) => model.sending.attempt = Some(Sent { attempt, answers, day: model.today }),
                Err(MissingAnswer(question)) => {
                    model.sending.attempt = lost;
                    return only(Effect::Go(routes::route_of(model, question)));
                }
            }
            model.sending.machine.another();
        }
    }
    match model.sending.wanted {
        DeliveryChoice::Sending => send(model),
        DeliveryChoice::By(means) => hand_over(model, means),
    }
}

fn send(model: &mut Model) -> Vec<Effect> {
    let told = std::mem::take(&mut model.sending.truncation);
    if told.is_none()
        && let Some((_, cut)) = attempt::request(model, &model.delivery_config().endpoint)
        && let Some(cut) = cut.into_iter().next()
    {
        // What does not fit is said before it is sent.
        model.sending.truncation = Some(cut);
        return only(Effect::Focus(Focus::Summary));
    }
    delivery_happened(model, DeliveryEvent::Asked)
}

/// Something happened to what is sent: what the browser has to do, and what the person must see.
pub(crate) fn delivery_happened(model: &mut Model, happened: DeliveryEvent) -> Vec<Effect> {
    let Some(id) = model.sending.attempt.as_ref().map(|sent| sent.attempt.id.clone()) else { return Vec::new() };
    let before = model.sending.machine.state().clone();
    let asked = matches!(happened, DeliveryEvent::Asked | DeliveryEvent::HandedOver(Channel::Form));
    let rules = Rules::of(model.delivery_config());
    let step = model.sending.machine.update(happened, rules, &id);
    let mut effects = match step {
        Some(DeliveryEffect::Send) => {
            let request = attempt::request(model, &model.delivery_config().endpoint);
            request.map(|(request, _)| Effect::Deliver(Box::new(request))).into_iter().collect()
        }
        Some(DeliveryEffect::Open) => attempt::open_form(model),
        Some(DeliveryEffect::Wait { milliseconds, number }) => only(Effect::WaitToSend { milliseconds, number }),
        Some(DeliveryEffect::Stop) => only(Effect::StopSending),
        None => Vec::new(),
    };
    if *model.sending.machine.state() == before && !asked {
        return effects;
    }
    match model.sending.machine.state() {
        Delivery::Delivered(receipt) => {
            effects.extend(tabs::tell_sent(model, receipt.reference.clone()));
            effects.extend(tabs::drop_sent(model));
            effects.extend(held::files_delivered(model));
            effects.extend([Effect::WarnOnLeaving(false), Effect::Replace(Route::Sent)]);
        }
        Delivery::Failed(_) => {
            // Whoever is reading the guide meanwhile must see it.
            let away = model.navigation.route != Route::Check;
            effects.extend(storing::keep_now(model));
            effects.push(if away { Effect::Go(Route::Check) } else { Effect::Focus(Focus::Summary) });
        }
        // Should the browser die on the way, what is kept knows that it may have arrived.
        Delivery::Sending => {
            effects.extend(storing::keep_now(model));
            // The page gets shorter above what was pressed.
            if asked {
                effects.push(Effect::Focus(Focus::Element(SENDING_STATUS.to_owned())));
            }
        }
        Delivery::Ready | Delivery::Waiting(_) => {}
    }
    effects
}

/// Another tab with the same draft has sent it: it is not sent a second time.
pub(crate) fn sent_elsewhere(model: &mut Model, visit: &str, reference: String) -> Vec<Effect> {
    let unopened = tabs::drop_sent_elsewhere(model, visit);
    if !unopened.is_empty() {
        return unopened;
    }
    if visit != model.visit || matches!(model.sending.machine.state(), Delivery::Delivered(_)) {
        return Vec::new();
    }
    model.sending.elsewhere = Some(reference);
    let mut effects = tabs::drop_sent(model);
    effects.push(Effect::Tell(failure::elsewhere_words(model).unwrap_or_default()));
    effects
}

fn hand_over(model: &mut Model, means: Channel) -> Vec<Effect> {
    let offered = channels::means_offered(model).into_iter().any(|fallback| fallback.means == means);
    if !offered {
        return Vec::new();
    }
    let mut effects = delivery_happened(model, DeliveryEvent::HandedOver(means));
    match means {
        Channel::Print => effects.push(Effect::Print),
        Channel::DownloadHtml => effects.extend(notice::save(model, copies::copy_as_page(model))),
        Channel::DownloadJson => effects.extend(notice::save(model, copies::copy_as_data(model))),
        Channel::Copy => effects.extend(copies::copy_as_text(model).map(Effect::Copy)),
        Channel::Email => effects.extend(write_email(model)),
        Channel::Telephone => effects.push(Effect::Go(Route::ReadOut)),
        Channel::Post => effects.push(Effect::Go(Route::ByPost)),
        Channel::Form => {}
    }
    effects
}

/// Opens the person's own mail program, and copies the text beside it where that is too long for an address.
fn write_email(model: &Model) -> Vec<Effect> {
    let Some(mail) = copies::copy_by_email(model) else { return Vec::new() };
    let mut effects = Vec::new();
    if !mail.is_whole {
        effects.extend(copies::copy_as_text(model).map(Effect::Copy));
    }
    effects.push(Effect::Mail(mail));
    effects
}

/// Evaluates the response to the last try, and notes how many files arrived.
///
/// # Errors
/// Returns an error for every response that does not prove success.
pub fn evaluate_response(model: &mut Model, answer: &response::Response) -> Result<Receipt, DeliveryError> {
    let sent = model.attempt().map_or(0, |attempt| attempt.files.len());
    let config = model.delivery_config();
    let receipt = response::evaluate_response(&config.endpoint, answer, sent);
    model.attachments.arrived = config.files.as_ref().and_then(|rules| rules.arrived(answer, sent));
    receipt
}

/// The device is connected again, or no longer.
pub(crate) fn connected(model: &mut Model, online: bool) -> Vec<Effect> {
    model.sending.machine.connected(online);
    Vec::new()
}

/// Returns whether an event may change the check page.
pub(crate) fn shows(model: &Model, event: &Event) -> bool {
    match event {
        Event::Delivered(_) | Event::SendingStopped | Event::WaitedToSend(_) => true,
        Event::Online(online) => {
            *online != model.sending.machine.is_online() && matches!(model.sending.machine.state(), Delivery::Failed(_))
        }
        _ => false,
    }
}
