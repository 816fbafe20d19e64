//! Writing drafts: the choice of a place, locking, and what the browser reports.

use crate::{
    attachments::messages::FilesEffect,
    drafts::{
        messages::{DraftEffect, DraftStore, News, NotKept, Secret},
        state::{CHOICES, DEVICE_DAYS, Drafts, PASSPHRASE_MIN, SHARED, StoragePlan, Trouble, UnopenedDraft},
        tabs, trouble,
    },
    effect::{Effect, File, Focus, on_draft, only},
    model::Model,
    notice,
    view_model::draft,
};
use putright_domain::{
    date::Date,
    delivery::state_machine::Delivery,
    draft::{Draft, DraftError, encryption::Header},
    form::{
        answer::{Answers, Field, FormInput},
        question::count_characters,
    },
    key_map::KeyMap,
    messages::MessageId,
    route::Route,
};

pub(crate) fn choose(model: &mut Model, raw: &FormInput) -> Vec<Effect> {
    model.drafts.trouble = None;
    let choice = CHOICES.into_iter().find(|known| raw.has(known)).unwrap_or(CHOICES[0]);
    model.drafts.chosen = FormInput { chosen: raw.chosen.clone(), ..FormInput::default() };
    let passphrase = raw.field(Field::Text);
    let length = count_characters(passphrase);
    // Others who use the device would find it there.
    let must_be_locked = choice == "file" || choice == "device" && (model.is_for_the_young() || raw.has(SHARED));
    if must_be_locked && (length == 0 || model.drafts.cannot_seal) {
        return trouble::no_passphrase(model);
    }
    if choice == CHOICES[0] {
        return plan_to(model, StoragePlan::tab());
    }
    if (1..PASSPHRASE_MIN).contains(&length) {
        return trouble::trouble(model, Trouble::ShortPassphrase);
    }
    let passphrase = Secret(passphrase.to_owned());
    if choice == "file" {
        model.drafts.filing = true;
        return vec![seal(model, &passphrase, None)];
    }
    plan_to(
        model,
        StoragePlan { place: DraftStore::Device, until: Some(model.today.plus_days(DEVICE_DAYS)), passphrase },
    )
}

fn plan_to(model: &mut Model, plan: StoragePlan) -> Vec<Effect> {
    let effect = keep_as(model, &plan, false);
    model.drafts.wanted = Some(plan);
    vec![effect]
}

/// Returns what the browser must do to keep it so.
fn keep_as(model: &mut Model, plan: &StoragePlan, again: bool) -> Effect {
    if plan.passphrase.0.is_empty() {
        let text = write_draft(model, plan.until);
        return on_draft(DraftEffect::Keep { place: plan.place, again, text });
    }
    seal(model, &plan.passphrase, plan.until)
}

fn seal(model: &mut Model, passphrase: &Secret, until: Option<Date>) -> Effect {
    model.drafts.number = model.drafts.number.wrapping_add(1);
    let text = write_draft(model, until);
    let header = Header::new(model.today, until);
    on_draft(DraftEffect::Seal { number: model.drafts.number, passphrase: passphrase.clone(), header, text })
}

fn write_draft(model: &mut Model, until: Option<Date>) -> Secret {
    let content = &model.bundle.content;
    let tried = model
        .sending
        .attempt
        .as_ref()
        .filter(|_| model.sending.machine.may_have_arrived() || model.sending.machine.is_busy());
    let mut draft = Draft {
        council: model.bundle.council.id.clone(),
        language: content.language.clone(),
        register: content.register.clone(),
        kept_on: model.today,
        until,
        route: model.drafts.form.clone(),
        outcome: model.advice().outcome.id().to_owned(),
        tried: tried.map(|sent| sent.attempt.id.clone()),
        visit: model.visit.clone(),
        answers: Answers::default(),
        pending: KeyMap::default(),
    };
    // Lent for the writing, not copied.
    std::mem::swap(&mut draft.answers, &mut model.form.answers);
    std::mem::swap(&mut draft.pending, &mut model.form.pending);
    let text = draft.to_json();
    model.form.answers = draft.answers;
    model.form.pending = draft.pending;
    Secret(text)
}

pub(crate) fn sealed(model: &mut Model, text: Option<Secret>) -> Vec<Effect> {
    let Some(text) = text else {
        model.drafts.wanted = None;
        return trouble::trouble(model, Trouble::CannotSeal);
    };
    if model.drafts.filing {
        model.drafts.filing = false;
        model.drafts.filed = true;
        let name =
            [model.bundle.content.word(MessageId::DraftFileName), "-", &model.today.to_string(), ".putright"].concat();
        let file = File { name, media_type: "application/octet-stream", text: text.0 };
        let mut effects = notice::save(model, Some(file));
        effects.extend([Effect::WarnOnLeaving(model.attachments.any()), Effect::Focus(Focus::Heading)]);
        // What was being locked for the browser meanwhile was overtaken.
        effects.extend(keep_soon(model));
        return effects;
    }
    let again = model.drafts.wanted.is_none();
    let plan = model.drafts.wanted.as_ref().or(model.drafts.plan.as_ref());
    plan.map(|plan| on_draft(DraftEffect::Keep { place: plan.place, again, text })).into_iter().collect()
}

pub(crate) fn kept(model: &mut Model, done: Result<(), NotKept>) -> Vec<Effect> {
    let wanted = model.drafts.wanted.take();
    let Err(why) = done else {
        model.drafts.trouble = None;
        model.drafts.older = false;
        let mut effects = tabs::tell_tabs(model, News::Wrote);
        if wanted.is_some() {
            model.drafts.plan = wanted;
            model.drafts.off = false;
            let told = Effect::Tell(draft::kept_now(model));
            effects.extend([Effect::WarnOnLeaving(warns(model)), told, Effect::Focus(Focus::Heading)]);
        }
        return effects;
    };
    match why {
        NotKept::Gone => model.drafts.plan = None,
        // The draft on the device is the other tab's now. This tab has a store of its own.
        NotKept::Newer => model.drafts.plan = Some(StoragePlan::tab()),
        NotKept::Forbidden | NotKept::Full => {}
    }
    let mut effects = Vec::new();
    // Said once, and not at every word that is typed.
    if wanted.is_some() || model.drafts.trouble != Some(Trouble::NotKept(why)) {
        effects = trouble::trouble(model, Trouble::NotKept(why));
    }
    if matches!(why, NotKept::Gone | NotKept::Newer) && model.navigation.route != Route::Draft {
        // The line under the page would go on promising.
        effects.push(Effect::Files(FilesEffect::Show));
    }
    effects.push(Effect::WarnOnLeaving(why != NotKept::Newer && !model.is_untouched()));
    if why == NotKept::Newer {
        effects.extend(keep_soon(model));
    }
    effects
}

/// Returns whether there is something to store, and no unopened draft that the person must decide about first.
fn can_keep(model: &Model) -> bool {
    let done = matches!(model.sending.machine.state(), Delivery::Delivered(_));
    !(done || model.is_untouched() || model.drafts.asks() || model.drafts.elsewhere.is_some())
}

/// After typing: soon, and once.
pub(crate) fn keep_soon(model: &mut Model) -> Vec<Effect> {
    if !can_keep(model) || model.drafts.plan.is_none() || std::mem::replace(&mut model.drafts.waiting, true) {
        return Vec::new();
    }
    only(on_draft(DraftEffect::Soon))
}

/// At once, unless nothing is to be kept or another draft waits to be opened.
pub(crate) fn keep_now(model: &mut Model) -> Vec<Effect> {
    if model.drafts.busy() {
        return keep_soon(model);
    }
    model.drafts.waiting = false;
    if !can_keep(model) {
        return Vec::new();
    }
    match model.drafts.plan.clone() {
        Some(plan) if plan.until.is_some_and(|until| until < model.today) => {
            model.drafts.plan = Drafts::new(&model.bundle.content.register).plan;
            let mut effects = trouble::trouble(model, Trouble::Unreadable(DraftError::Expired));
            effects.extend([on_draft(DraftEffect::Drop), Effect::WarnOnLeaving(warns(model))]);
            effects.extend(keep_soon(model));
            effects
        }
        Some(plan) => vec![keep_as(model, &plan, plan.place == DraftStore::Device)],
        None => Vec::new(),
    }
}

/// Returns whether leaving the page would lose something.
pub(crate) fn warns(model: &Model) -> bool {
    // Files are kept nowhere.
    model.attachments.any() || model.drafts.plan.is_none() && !model.is_untouched()
}

/// Notes that something has been written since it was put into a file; returns whether it had been.
pub(crate) fn written(model: &mut Model) -> bool {
    std::mem::take(&mut model.drafts.filed)
}

/// "Do not keep" or "Delete it now": here, on the device and in every tab. What is on the page stays.
pub(crate) fn delete(model: &mut Model) -> Vec<Effect> {
    let form = std::mem::take(&mut model.drafts.form);
    let bad = matches!(&model.drafts.found, Some(found) if matches!(found.what, UnopenedDraft::Bad(_)));
    // One that cannot be read says nothing about what is written here.
    model.drafts.off |= !bad;
    model.drafts.forget(&model.bundle.content.register);
    model.drafts.form = form;
    let mut effects = tabs::tell_tabs(model, News::Deleted);
    let told = Effect::Tell(model.bundle.content.owned_word(MessageId::DraftDeleted));
    effects.extend([
        on_draft(DraftEffect::Drop),
        Effect::WarnOnLeaving(warns(model)),
        told,
        Effect::Focus(Focus::Heading),
    ]);
    effects
}

/// The words of another register are here: its default holds where the person has not chosen.
pub(crate) fn keep_as_register_does(model: &mut Model) -> Vec<Effect> {
    let in_tab = model.drafts.plan.as_ref().is_none_or(|plan| plan.place == DraftStore::Tab);
    if model.drafts.off || !in_tab || model.drafts.elsewhere.is_some() || model.drafts.asks() {
        return Vec::new();
    }
    model.drafts.plan = Drafts::new(&model.bundle.content.register).plan;
    if model.is_untouched() {
        return Vec::new();
    }
    let mut effects = if model.drafts.plan.is_none() {
        only(on_draft(DraftEffect::Forget(DraftStore::Tab)))
    } else {
        keep_now(model)
    };
    effects.push(Effect::WarnOnLeaving(warns(model)));
    effects
}
