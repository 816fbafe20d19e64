//! Finding and opening drafts. Only a reload, or a tab that the browser had discarded, resumes without a question.

use crate::{
    attachments::held,
    delivery::state::{Attempt, Sent},
    drafts::{
        messages::{DraftEffect, DraftStore, News, Secret, StoredDraft},
        state::{Elsewhere, FoundDraft, StoragePlan, TAB_MINUTES, Trouble, UnopenedDraft},
        storing, tabs, trouble,
    },
    effect::{Effect, Focus, on_draft, only},
    model::Model,
    notice, routes,
};
use putright_domain::{
    delivery::{response::Receipt, state_machine::DeliveryMachine},
    draft::{Draft, DraftError, Opened, confirmation::SentRecord, encryption::Sealed},
    form::{
        answer::{Answer, Answers, Field, FormInput},
        journey::JourneyEnd,
    },
    guidance::facts::ids,
    messages::MessageId,
    route::Route,
};

/// Takes what a store of the browser held at the start. The first that can be opened counts.
pub(crate) fn found(model: &mut Model, stored: StoredDraft) -> Vec<Effect> {
    let StoredDraft { place, text, minutes, resumes } = &stored;
    let (place, resumes) = (*place, *resumes);
    if model.drafts.found.is_some() || model.drafts.elsewhere.is_some() || !model.is_untouched() {
        return Vec::new();
    }
    if SentRecord::is_meant(&text.0) {
        return found_sent(model, stored);
    }
    if place == DraftStore::Tab && *minutes >= TAB_MINUTES {
        let mut effects = only(on_draft(DraftEffect::Forget(place)));
        if resumes {
            effects.extend(notice::tell(model, Trouble::Stale.word()));
        }
        return effects;
    }
    match read(model, &text.0) {
        Ok(UnopenedDraft::Open(opened)) => {
            if let Some(fetch) = fetch_register(model, &opened.draft.register) {
                model.drafts.elsewhere = Some(Elsewhere::Stored(stored));
                return vec![fetch];
            }
            if resumes {
                return open(model, opened, Some(place), Secret(String::new()), true);
            }
            ask(model, place, UnopenedDraft::Open(opened))
        }
        Ok(locked) => ask(model, place, locked),
        // In a tab the next answer takes its place.
        Err(_) if place == DraftStore::Tab => Vec::new(),
        Err(cause) => {
            model.drafts.found = Some(FoundDraft { place: Some(place), what: UnopenedDraft::Bad(cause) });
            if cause == DraftError::Expired { only(on_draft(DraftEffect::Forget(place))) } else { Vec::new() }
        }
    }
}

fn read(model: &Model, text: &str) -> Result<UnopenedDraft, DraftError> {
    if Sealed::is_meant(text) {
        return Sealed::read(text, model.today).map(UnopenedDraft::Locked);
    }
    Draft::read(text, &model.bundle.flow, model.reading()).map(UnopenedDraft::Open)
}

/// Shows "Go on, or start again?" and nothing else of it.
fn ask(model: &mut Model, place: DraftStore, what: UnopenedDraft) -> Vec<Effect> {
    model.drafts.found = Some(FoundDraft { place: Some(place), what });
    let mut effects = only(on_draft(DraftEffect::Ask));
    // Else the first address to come leads there.
    if model.navigation.behind.is_some() {
        effects.push(Effect::Replace(Route::Draft));
    }
    effects
}

/// The confirmation stays for a reload, and for nothing else.
fn found_sent(model: &mut Model, stored: StoredDraft) -> Vec<Effect> {
    let record = SentRecord::read(&stored.text.0).filter(|record| {
        stored.resumes && stored.place == DraftStore::Tab && model.bundle.ids.contains(&record.council)
    });
    let Some(record) = record else { return only(on_draft(DraftEffect::Forget(stored.place))) };
    if let Some(fetch) = fetch_register(model, &record.register) {
        model.drafts.elsewhere = Some(Elsewhere::Stored(stored));
        return vec![fetch];
    }
    model.visit.clone_from(&record.visit);
    model.form.answers.set(ids::BOROUGH, Answer::One(record.council.clone()));
    model.sending.machine = DeliveryMachine::delivered(Receipt { reference: record.reference.clone() });
    model.sending.attempt = Some(Sent {
        attempt: Attempt { id: record.visit.clone(), body: String::new(), summary: String::new(), files: Vec::new() },
        answers: Answers::default(),
        day: record.sent_on,
    });
    model.drafts.record = Some(Box::new(record));
    if model.navigation.behind.is_some() { only(Effect::Replace(Route::Sent)) } else { Vec::new() }
}

/// A file that the person chose.
pub(crate) fn picked(model: &mut Model, text: Option<Secret>) -> Vec<Effect> {
    model.drafts.trouble = None;
    let mut effects = match text.map(|text| (read(model, &text.0), text)) {
        Some((Ok(UnopenedDraft::Open(opened)), text)) => {
            if let Some(fetch) = fetch_register(model, &opened.draft.register) {
                model.drafts.elsewhere = Some(Elsewhere::Picked(text));
                return vec![fetch];
            }
            offer_file(model, UnopenedDraft::Open(opened))
        }
        Some((Ok(what), _)) => offer_file(model, what),
        Some((Err(cause), _)) => trouble::trouble(model, Trouble::Unreadable(cause)),
        None => trouble::trouble(model, Trouble::Unreadable(DraftError::Damaged)),
    };
    if model.navigation.route != Route::Draft {
        effects.push(Effect::Go(Route::Draft));
    }
    effects
}

fn offer_file(model: &mut Model, what: UnopenedDraft) -> Vec<Effect> {
    model.drafts.found = Some(FoundDraft { place: None, what });
    if model.navigation.route == Route::Draft { only(Effect::Focus(Focus::Heading)) } else { Vec::new() }
}

/// Returns the effect that fetches the questions of another register, where they are needed.
fn fetch_register(model: &Model, register: &str) -> Option<Effect> {
    let content = &model.bundle.content;
    let known = content.registers.iter().any(|(id, _)| id == register);
    let needed = *register != content.register && known && !model.drafts.in_any_words;
    needed.then(|| Effect::LoadEdition(register.to_owned()))
}

/// Goes on where the questions of another register were waited for. `there`: whether they have come.
pub(crate) fn go_on_reading(model: &mut Model, there: bool) -> Vec<Effect> {
    let Some(waiting) = model.drafts.elsewhere.take() else { return Vec::new() };
    model.drafts.in_any_words = !there;
    match waiting {
        Elsewhere::Stored(stored) => found(model, stored),
        Elsewhere::Picked(text) => picked(model, Some(text)),
        Elsewhere::Unlocked { text, passphrase } => {
            model.drafts.unlocking = Some(passphrase);
            unsealed(model, Some(text))
        }
    }
}

pub(crate) fn open_found(model: &mut Model, raw: &FormInput) -> Vec<Effect> {
    model.drafts.trouble = None;
    let sealed = match model.drafts.found.take() {
        Some(FoundDraft { place, what: UnopenedDraft::Open(opened) }) => {
            return open(model, opened, place, Secret(String::new()), false);
        }
        Some(FoundDraft { place, what: UnopenedDraft::Locked(sealed) }) => {
            // Until it is unlocked it stays.
            model.drafts.found = Some(FoundDraft { place, what: UnopenedDraft::Locked(sealed.clone()) });
            sealed
        }
        bad => {
            model.drafts.found = bad;
            return Vec::new();
        }
    };
    let passphrase = Secret(raw.field(Field::Text).to_owned());
    if passphrase.0.is_empty() || model.drafts.cannot_seal {
        return trouble::no_passphrase(model);
    }
    model.drafts.unlocking = Some(passphrase.clone());
    only(on_draft(DraftEffect::Unseal { passphrase, sealed }))
}

pub(crate) fn unsealed(model: &mut Model, text: Option<Secret>) -> Vec<Effect> {
    let place = model.drafts.found.as_ref().and_then(|found| found.place);
    let (Some(passphrase), true) = (model.drafts.unlocking.take(), model.drafts.found.is_some()) else {
        return Vec::new();
    };
    let Some(text) = text else { return trouble::trouble(model, Trouble::WrongPassphrase) };
    match Draft::read(&text.0, &model.bundle.flow, model.reading()) {
        Ok(opened) => match fetch_register(model, &opened.draft.register) {
            Some(fetch) => {
                model.drafts.elsewhere = Some(Elsewhere::Unlocked { text, passphrase });
                vec![fetch]
            }
            None => open(model, opened, place, passphrase, false),
        },
        Err(cause) => {
            model.drafts.found = place.map(|_| FoundDraft { place, what: UnopenedDraft::Bad(cause) });
            trouble::trouble(model, Trouble::Unreadable(cause))
        }
    }
}

/// Puts a draft in the place of what is here, and goes to the page where the person was. `resumes`: the address says it.
fn open(
    model: &mut Model,
    opened: Opened,
    place: Option<DraftStore>,
    passphrase: Secret,
    resumes: bool,
) -> Vec<Effect> {
    let Opened { draft, lost } = opened;
    let draft = *draft;
    let mut effects = held::drop_files(model);
    model.form.answers = draft.answers;
    model.form.pending = draft.pending;
    model.form.errors.clear();
    model.sending.machine = DeliveryMachine::of_earlier(draft.tried.is_some());
    // Of that try the number is left: what is sent next names what it replaces.
    model.sending.attempt = draft.tried.map(|id| Sent {
        attempt: Attempt { id, body: String::new(), summary: String::new(), files: Vec::new() },
        answers: Answers::default(),
        day: draft.kept_on,
    });
    let advice = model.advice();
    if advice.outcome.id() == draft.outcome {
        model.form.advice_read = Some(advice);
    } else {
        model.forget_advice();
    }
    // Where every question is answered, a changed answer leads back to the end.
    model.form.returning = model.walk().end == JourneyEnd::Check;
    if !draft.visit.is_empty() {
        model.visit = draft.visit;
    }
    model.drafts.found = None;
    if let Some(place) = place {
        let locked = !passphrase.0.is_empty();
        model.drafts.plan = Some(StoragePlan { place, until: draft.until, passphrase });
        // It is written at once, so that the question is not asked again. One that is locked always asks.
        if !resumes && !locked {
            effects.extend(storing::keep_now(model));
        }
    }
    effects.push(Effect::WarnOnLeaving(storing::warns(model)));
    let route = match &draft.route {
        asked @ (Route::Start | Route::Question(_) | Route::Check) => routes::admit(model, asked),
        _ => routes::open_page(model, &model.walk()),
    };
    model.drafts.form.clone_from(&route);
    if resumes && model.navigation.behind.is_none() {
        // Pages lie behind this one in the history of the tab.
        model.navigation.behind = Some(0);
    } else if route == model.navigation.route {
        effects.push(Effect::Focus(Focus::Heading));
    } else if resumes {
        effects.push(Effect::Replace(route));
    } else {
        effects.push(Effect::Go(route));
    }
    effects.extend(tabs::tell_tabs(model, News::Opened));
    if lost {
        effects.extend(notice::tell(model, MessageId::DraftPartly));
    }
    effects
}
