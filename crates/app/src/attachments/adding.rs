//! Adding and removing files: each is checked, prepared by the browser, and then held.

use crate::{
    answering,
    attachments::{
        held,
        messages::FilesEffect,
        state::{FILES_FIELD, FILES_LIST, FilesSaid, WaitingFile},
    },
    drafts::storing,
    effect::{Effect, Focus, on_files, only},
    model::Model,
    routes,
};
use putright_domain::{
    delivery::{
        attachments::{Attachment, FileFault, PickedFile},
        file_rules::FileType,
    },
    form::answer::FormInput,
    guidance::facts::ids,
};

#[inline(never)]
pub(crate) fn files_found(model: &mut Model, found: Vec<PickedFile>) -> Vec<Effect> {
    let rules = model.council().delivery.files.clone();
    let (Some(rules), true) = (rules, model.attachments.taking > 0) else {
        // Everything has been forgotten meanwhile.
        return found.iter().map(|file| on_files(FilesEffect::Forget(file.id))).collect();
    };
    model.attachments.taking -= 1;
    let mut effects = Vec::new();
    let idle = model.attachments.waiting.is_empty();
    if idle && !std::mem::take(&mut model.attachments.refused).is_empty() {
        // What was wrong with those before is over.
        model.navigation.drawn = model.navigation.drawn.wrapping_add(1);
        effects.push(Effect::Focus(Focus::Element(FILES_FIELD.to_owned())));
    }
    for file in found {
        let full = model.attachments.ready.len() + model.attachments.waiting.len() >= rules.most as usize;
        match rules.accept(&file) {
            Ok(format) if !full => {
                model.attachments.batch += 1;
                model.attachments.waiting.push(WaitingFile { id: file.id, name: file.name, format });
            }
            refused => {
                model.attachments.refuse(&file.name, refused.err().unwrap_or(FileFault::TooMany));
                effects.push(on_files(FilesEffect::Forget(file.id)));
            }
        }
    }
    if idle {
        effects.extend(next_file(model));
    }
    effects
}

#[inline(never)]
pub(crate) fn file_ready(model: &mut Model, id: u32, bytes: Option<u32>) -> Vec<Effect> {
    let Some(at) = model.attachments.waiting.iter().position(|one| one.id == id) else {
        // It has been forgotten meanwhile.
        return only(on_files(FilesEffect::Forget(id)));
    };
    let WaitingFile { name, format, .. } = model.attachments.waiting.remove(at);
    let own = model.attachments.own_name(&name, format.media_type);
    let bytes = bytes.unwrap_or_default();
    let file = Attachment { id, name: own, media_type: format.media_type.to_owned(), bytes };
    let mut effects = Vec::new();
    let fault = if bytes == 0 { Some(FileFault::Unreadable) } else { held::add_file(model, file) };
    match fault {
        Some(fault) => {
            model.attachments.refuse(&name, fault);
            effects.push(on_files(FilesEffect::Forget(id)));
        }
        None => effects.push(Effect::WarnOnLeaving(true)),
    }
    model.attachments.said = FilesSaid::Added;
    held::settle_files(model);
    effects.extend(next_file(model));
    effects
}

/// Goes on with the next; after the last tells what was refused, or takes the step that waited.
#[inline(never)]
fn next_file(model: &mut Model) -> Vec<Effect> {
    let show = on_files(FilesEffect::Show);
    if let Some(WaitingFile { id, format, .. }) = model.attachments.waiting.first() {
        let photo = format.kind == FileType::Photo;
        return vec![show, on_files(FilesEffect::Prepare { id: *id, media_type: format.media_type, photo })];
    }
    if model.attachments.taking > 0 {
        return vec![show];
    }
    model.attachments.batch = 0;
    let going_on = std::mem::take(&mut model.attachments.going_on);
    if !model.attachments.refused.is_empty() {
        return tell_refused(model);
    }
    if going_on { answering::answered(model, vec![(ids::FILES.to_owned(), FormInput::default())]) } else { vec![show] }
}

/// On their own page; whoever has left it is taken there.
fn tell_refused(model: &mut Model) -> Vec<Effect> {
    if held::on_files_page(model) {
        model.navigation.drawn = model.navigation.drawn.wrapping_add(1);
        return only(Effect::Focus(Focus::Summary));
    }
    let asked = model.walk().position(ids::FILES).is_some();
    if asked { only(Effect::Go(routes::route_of(model, ids::FILES))) } else { Vec::new() }
}

pub(crate) fn remove_file(model: &mut Model, id: u32) -> Vec<Effect> {
    let mut effects = held::take_out(model, &[id]);
    model.attachments.said = FilesSaid::Removed;
    let left = if model.attachments.ready.is_empty() { FILES_FIELD } else { FILES_LIST };
    effects.extend([
        on_files(FilesEffect::Show),
        Effect::WarnOnLeaving(storing::warns(model)),
        Effect::Focus(Focus::Element(left.to_owned())),
    ]);
    effects
}
