//! The held files: what the rest of the visit does with them.

use crate::{
    attachments::{
        messages::FilesEffect,
        state::{Attachments, FilesSaid},
    },
    effect::{Effect, Focus, on_files, only},
    model::Model,
    view_model::files,
};
use putright_domain::{
    delivery::attachments::{Attachment, FileFault},
    form::answer::Answer,
    guidance::facts::ids,
    route::Route,
};

pub(crate) fn on_files_page(model: &Model) -> bool {
    matches!(&model.navigation.route, Route::Question(id) if id == ids::FILES)
}

/// Returns whether Continue on the page of a question waits until the files are ready.
pub(crate) fn waits_for_files(model: &Model, question: &str) -> bool {
    question == ids::FILES && model.attachments.is_busy()
}

/// Puts one to the others, where it may be.
#[inline(never)]
pub(crate) fn add_file(model: &mut Model, file: Attachment) -> Option<FileFault> {
    let fault = match &model.council().delivery.files {
        Some(rules) => rules.fault(&model.attachments.ready, &file),
        None => Some(FileFault::WrongType),
    };
    if fault.is_none() {
        model.attachments.ready.push(file);
    }
    fault
}

/// Takes some out of those that go with it.
pub(crate) fn take_out(model: &mut Model, ids: &[u32]) -> Vec<Effect> {
    model.attachments.ready.retain(|file| !ids.contains(&file.id));
    settle_files(model);
    ids.iter().map(|id| on_files(FilesEffect::Forget(*id))).collect()
}

/// Their page is answered by whether there are any. A draft asks again where there were some.
pub(crate) fn settle_files(model: &mut Model) {
    if model.form.answers.get(ids::FILES).is_some() {
        let answer = files_answer(model);
        model.form.answers.set(ids::FILES, answer);
    }
}

pub(crate) fn files_answer(model: &Model) -> Answer {
    if model.attachments.ready.is_empty() { Answer::Skipped } else { Answer::Seen }
}

/// Returns the effects that hold the person on the files page. Returns `None` if nothing does.
#[inline(never)]
pub(crate) fn hold_files(model: &mut Model) -> Option<Vec<Effect>> {
    if model.attachments.is_busy() {
        model.attachments.going_on = true;
        return Some(tell_files(model));
    }
    model.attachments.refused.clear();
    let mut effects = Vec::new();
    // The council may be another by now.
    for file in std::mem::take(&mut model.attachments.ready) {
        let (id, name) = (file.id, file.name.clone());
        if let Some(fault) = add_file(model, file) {
            model.attachments.refuse(&name, fault);
            effects.push(on_files(FilesEffect::Forget(id)));
        }
    }
    if effects.is_empty() {
        return None;
    }
    effects.push(Effect::Focus(Focus::Summary));
    Some(effects)
}

/// Says how far they are.
pub(crate) fn tell_files(model: &Model) -> Vec<Effect> {
    only(Effect::Tell(files::files_told(model)))
}

/// Their page is left for another.
pub(crate) fn leave_files(model: &mut Model) {
    model.attachments.going_on = false;
    model.attachments.said = FilesSaid::Nothing;
    if on_files_page(model) && !model.attachments.is_busy() {
        model.attachments.refused.clear();
    }
}

/// Once the council has them, they are no longer held here. Their names stay, for the person's own copy.
#[inline(never)]
pub(crate) fn files_delivered(model: &mut Model) -> Option<Effect> {
    model.attachments.any().then(|| on_files(FilesEffect::ForgetAll))
}

/// Another council may take others: their page must be passed again.
pub(crate) fn recheck_files(model: &mut Model) {
    if model.attachments.any() {
        model.form.answers.forget(ids::FILES);
    }
}

/// Lets all go.
#[inline(never)]
pub(crate) fn drop_files(model: &mut Model) -> Vec<Effect> {
    let held = model.attachments.any();
    model.attachments = Attachments::default();
    model.form.answers.forget(ids::FILES);
    if held { only(on_files(FilesEffect::ForgetAll)) } else { Vec::new() }
}
