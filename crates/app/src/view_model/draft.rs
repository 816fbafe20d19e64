//! Drafts: the question "Go on, or start again?", the choices of "Save for later", and the line under each page.

use crate::{
    drafts::{
        messages::DraftStore,
        state::{CHOICE, CHOICES, SHARED, StoragePlan, Trouble, UnopenedDraft},
    },
    model::Model,
    view_model::{
        error_line::ErrorLine,
        field_ids::field_id,
        question::{self, AskedQuestion, Choice, Control},
    },
};
use putright_domain::{
    delivery::state_machine::Delivery,
    form::{
        answer::{Field, FormInput},
        question::{Question, QuestionKind},
    },
    guidance::facts::ids,
    messages::MessageId,
    route::Route,
};

/// Returns whether "Save for later" may be offered. Young people see it only once they have said that they are
/// safe.
fn may_offer_keeping(model: &Model) -> bool {
    !model.is_for_the_young() || model.form.answers.get(ids::SAFE_NOW).is_some_and(|answer| answer.has("yes"))
}

/// The page of drafts.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftPage {
    /// The choices, drawn as a question's; none while a draft waits to be opened.
    pub question: AskedQuestion,
    /// The box that says that other people use the device, where it makes a difference.
    pub shared: Option<Choice>,
    /// True if something can be deleted.
    pub delete: bool,
    /// The draft that waits to be opened.
    pub offer: Option<Offer>,
    /// True if the browser cannot encrypt.
    pub cannot_seal: bool,
    /// True if a draft is being locked or unlocked.
    pub busy: bool,
    /// The page of the form to go on with.
    pub on: String,
}

/// A draft that waits to be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    /// True if a passphrase unlocks the draft.
    pub locked: bool,
    /// True if the draft comes from a file. Such a draft can be closed.
    pub file: bool,
}

/// Under a page: whether what was written is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeepLine {
    /// The message that says where the draft is stored, or why it is not.
    pub told: String,
    /// The words of the button that deletes it and keeps nothing from then on.
    pub delete: Option<MessageId>,
    /// True if there is a link to "Save for later".
    pub link: bool,
    /// True if a draft file can be opened here.
    pub pick: bool,
}

/// Returns where it is kept, and until when.
pub fn kept_now(model: &Model) -> String {
    let content = &model.bundle().content;
    let Some(plan) = &model.drafts().plan else { return content.owned_word(MessageId::DraftNone) };
    let kept = match (plan.place, plan.until) {
        (DraftStore::Device, Some(until)) => content.fill(MessageId::DraftDevice, &[("date", &content.date(until))]),
        _ => content.owned_word(MessageId::DraftTab),
    };
    if plan.passphrase.0.is_empty() { kept } else { [&kept, " ", content.word(MessageId::DraftLocked)].concat() }
}

pub(crate) fn keep_line(model: &Model) -> Option<KeepLine> {
    let form = matches!(model.route(), Route::Start | Route::Question(_) | Route::Check);
    let keeping = model.drafts();
    if matches!(model.delivery(), Delivery::Delivered(_)) || *model.route() == Route::Draft {
        return None;
    }
    let content = &model.bundle().content;
    let bad = match &keeping.found {
        Some(found) => match found.what {
            UnopenedDraft::Bad(cause) => Some(Trouble::Unreadable(cause)),
            _ => None,
        },
        None => None,
    };
    let kept = keeping.plan.is_some();
    let stored = kept && !model.is_untouched() || bad.is_some();
    if !(form || stored) {
        return None;
    }
    let in_tab = keeping.plan.as_ref().is_some_and(|plan| plan.place == DraftStore::Tab);
    let link = form && (kept || may_offer_keeping(model));
    let told = match keeping.trouble.or(bad) {
        Some(trouble @ (Trouble::NotKept(_) | Trouble::Unreadable(_))) => content.owned_word(trouble.word()),
        _ if keeping.older => content.owned_word(MessageId::DraftNewer),
        // What is kept in the tab is said once: everybody sees the first page.
        _ if in_tab && *model.route() != Route::Start => String::new(),
        // The young start with nothing kept, and "Save for later" says enough.
        _ if kept || link && !model.is_for_the_young() => kept_now(model),
        _ => String::new(),
    };
    let words = if stored { MessageId::DraftDelete } else { MessageId::DraftOff };
    let pick = *model.route() == Route::Start && !keeping.cannot_seal;
    let delete = (kept || stored).then_some(words);
    (link || pick || delete.is_some()).then_some(KeepLine { told, delete, link, pick })
}

fn offer(model: &Model) -> Option<Offer> {
    let found = model.drafts().found.as_ref()?;
    let locked = match &found.what {
        UnopenedDraft::Open(_) => false,
        UnopenedDraft::Locked(_) => true,
        UnopenedDraft::Bad(_) => return None,
    };
    Some(Offer { locked, file: found.place.is_none() })
}

pub(crate) fn draft_page(model: &Model) -> DraftPage {
    let (keeping, content) = (model.drafts(), &model.bundle().content);
    let offer = offer(model);
    let young = model.is_for_the_young();
    // What must be locked cannot be chosen where nothing can be locked.
    let can = |id: &&str| !keeping.cannot_seal || *id == CHOICES[0] || *id == CHOICES[1] && !young;
    let options = CHOICES.into_iter().filter(can).map(str::to_owned).collect();
    let asked = Question { id: CHOICE.to_owned(), kind: QuestionKind::ChooseOne { options }, optional: false };
    let mut question = question::asked_question(model, &asked);
    match &offer {
        Some(offer) => {
            question.control = Control::None;
            question.title = content.owned_word(MessageId::DraftAsk);
            let replaces = offer.file && !model.is_untouched();
            let told = [MessageId::DraftReplaces, MessageId::DraftAskAgain].into_iter().filter(|word| match word {
                MessageId::DraftReplaces => replaces,
                _ => !offer.file,
            });
            question.body = told.map(|word| content.owned_word(word)).collect();
        }
        None => question.body.insert(0, ["> ", &kept_now(model)].concat()),
    }
    let now = match keeping.plan {
        Some(StoragePlan { place: DraftStore::Device, .. }) => CHOICES[1],
        _ => CHOICES[0],
    };
    let chosen = if keeping.chosen.chosen.is_empty() { FormInput::choosing([now]) } else { keeping.chosen.clone() };
    question.raw = chosen;
    let shared = Choice {
        id: SHARED.to_owned(),
        label: content.owned_word(MessageId::DraftShared),
        hint: String::new(),
        picture: String::new(),
    };
    DraftPage {
        question,
        shared: (!young && offer.is_none() && !keeping.cannot_seal).then_some(shared),
        delete: keeping.plan.is_some() && offer.is_none(),
        cannot_seal: keeping.cannot_seal && offer.is_none_or(|offer| offer.locked),
        busy: keeping.busy(),
        on: model.form_page().to_string(),
        offer,
    }
}

/// Returns what went wrong: at the passphrase, or with the choice.
pub(crate) fn draft_errors(model: &Model) -> Vec<ErrorLine> {
    let Some(trouble) = model.drafts().trouble else { return Vec::new() };
    let passphrase = matches!(trouble, Trouble::NoPassphrase | Trouble::ShortPassphrase | Trouble::WrongPassphrase);
    let field = passphrase.then_some(Field::Text);
    let text = model.bundle().content.owned_word(trouble.word());
    vec![ErrorLine {
        text,
        target: field.map(|field| field_id("", field)).unwrap_or_default(),
        question: None,
        at: CHOICE.to_owned(),
        field,
    }]
}
