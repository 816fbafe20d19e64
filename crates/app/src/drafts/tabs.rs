//! The other tabs of the site: which of them have the same visit, and what becomes of a draft when one of them sends or deletes it.

use crate::{
    attachments::messages::FilesEffect,
    drafts::{
        messages::{DraftEffect, DraftStore, News, NotKept, Secret},
        state::{Trouble, UnopenedDraft},
        trouble,
    },
    effect::{Effect, on_draft, only},
    model::Model,
    notice,
    view_model::confirmation,
};
use putright_domain::{
    delivery::state_machine::Delivery, draft::confirmation::SentRecord, messages::MessageId, route::Route,
};

/// Returns the effect that tells the other tabs about this visit; none before the visit has a number.
pub(crate) fn tell_tabs(model: &Model, news: News) -> Vec<Effect> {
    if model.visit.is_empty() || matches!(model.sending.machine.state(), Delivery::Delivered(_)) {
        return Vec::new();
    }
    only(on_draft(DraftEffect::Tell { visit: model.visit.clone(), news }))
}

/// Another tab has reported about a visit.
pub(crate) fn heard(model: &mut Model, visit: &str, news: News) -> Vec<Effect> {
    if news == News::Deleted && holds_unopened(model, visit) {
        return drop_unopened(model);
    }
    if visit != model.visit {
        return Vec::new();
    }
    match news {
        News::Opened => match (model.sending.machine.state(), &model.sending.elsewhere) {
            (Delivery::Delivered(receipt), _) => tell_sent(model, receipt.reference.clone()),
            (_, Some(reference)) => tell_sent(model, reference.clone()),
            _ if model.is_untouched() => Vec::new(),
            _ => tell_tabs(model, News::Wrote),
        },
        News::Wrote if model.drafts.older || model.is_untouched() => Vec::new(),
        News::Wrote => {
            model.drafts.older = true;
            let mut effects = notice::tell(model, MessageId::DraftNewer);
            effects.push(Effect::Files(FilesEffect::Show));
            effects
        }
        News::Deleted => {
            model.drafts.plan = None;
            model.drafts.wanted = None;
            model.drafts.off = true;
            let mut effects = only(on_draft(DraftEffect::DropOwn));
            effects.extend(trouble::trouble(model, Trouble::NotKept(NotKept::Gone)));
            effects.extend([Effect::Files(FilesEffect::Show), Effect::WarnOnLeaving(!model.is_untouched())]);
            effects
        }
    }
}

/// Returns the effect that tells the other tabs that this visit has been sent.
pub(crate) fn tell_sent(model: &Model, reference: String) -> Vec<Effect> {
    if model.visit.is_empty() {
        return Vec::new();
    }
    only(Effect::TellTabs { visit: model.visit.clone(), reference })
}

/// Returns whether the unopened draft of this tab may belong to that visit. A locked draft counts as such, because
/// its visit cannot be read. Its store is read again at the next start.
fn holds_unopened(model: &Model, visit: &str) -> bool {
    model.drafts.asks()
        && model.drafts.found.as_ref().is_some_and(|found| match &found.what {
            UnopenedDraft::Open(opened) => opened.draft.visit == visit,
            _ => true,
        })
}

fn drop_unopened(model: &mut Model) -> Vec<Effect> {
    model.drafts.found = None;
    vec![on_draft(DraftEffect::Forget(DraftStore::Tab)), Effect::Replace(Route::Start)]
}

/// It is with the council: the draft is deleted. Of what was sent, the confirmation alone stays in the tab.
pub(crate) fn drop_sent(model: &mut Model) -> Vec<Effect> {
    let kept = model.drafts.plan.is_some() || model.drafts.wanted.is_some();
    model.drafts.forget(&model.bundle.content.register);
    let Delivery::Delivered(receipt) = model.sending.machine.state() else {
        model.drafts.plan = None;
        return if kept { only(on_draft(DraftEffect::DropOwn)) } else { Vec::new() };
    };
    if !kept {
        return Vec::new();
    }
    let record = SentRecord {
        council: model.council().id.clone(),
        register: model.bundle.content.register.clone(),
        visit: model.attempt().map(|attempt| attempt.id.clone()).unwrap_or_default(),
        sent_on: model.day(),
        reference: receipt.reference.clone(),
        dates: confirmation::sent_dates(model),
    };
    let text = Secret(record.to_text());
    vec![on_draft(DraftEffect::DropOwn), on_draft(DraftEffect::Keep { place: DraftStore::Tab, again: false, text })]
}

/// Another tab has sent what this one holds.
pub(crate) fn drop_sent_elsewhere(model: &mut Model, visit: &str) -> Vec<Effect> {
    if holds_unopened(model, visit) { drop_unopened(model) } else { Vec::new() }
}
