//! Drafts with a passphrase, and drafts in a file.

use super::{
    PASSPHRASE, TODAY, choices, choose, choosing, draft, go, half_way, has, keep, kept, page, start_at, stored,
    story_page, typed,
};
use crate::common::{self, date, drive};
use putright_app::{
    Effect, Event, Focus,
    drafts::{DraftEffect, DraftEvent, DraftStore, SHARED, Secret},
    view_model::{self, Control},
};
use putright_domain::{
    draft::encryption::{Header, Sealed},
    form::answer::{Field, FormInput},
    messages::MessageId,
    route::Route,
};

#[test]
fn a_draft_on_a_shared_device_or_of_a_child_needs_a_passphrase() {
    let mut adult = half_way();
    assert!(kept(&choose(&mut adult, "device", "")).is_some(), "nobody else uses it");
    let mut adult = half_way();
    let shared = ["device", SHARED];
    assert_eq!(choosing(&mut adult, &shared, ""), [Effect::Focus(Focus::Summary)]);
    assert_eq!(view_model::page(&adult).errors[0].target, "field-text");
    assert_eq!(page(&adult).question.raw.chosen, shared, "what was chosen stays");
    let commands = choosing(&mut adult, &shared, PASSPHRASE);
    assert!(matches!(commands.as_slice(), [Effect::Draft(DraftEffect::Seal { .. })]), "{commands:?}");
    let mut child = common::session_in("8-11", "bromley", TODAY);
    drive::to(&mut child, "safe_now", &[]);
    go(&mut child, Route::Draft);
    assert!(page(&child).shared.is_none(), "it is locked anyway");
    assert_eq!(choose(&mut child, "device", ""), [Effect::Focus(Focus::Summary)]);
    assert!(matches!(choose(&mut child, "device", PASSPHRASE).as_slice(), [Effect::Draft(DraftEffect::Seal { .. })]));
}

#[test]
fn without_a_lock_what_must_be_locked_is_off_and_it_is_said_why() {
    let mut model = half_way();
    draft(&mut model, DraftEvent::CannotSeal);
    assert!(page(&model).cannot_seal && choices(&model) == ["tab", "device"]);
    choose(&mut model, "file", PASSPHRASE);
    assert_eq!(view_model::page(&model).errors.len(), 1);
    keep(&mut model, "device");
    assert!(page(&model).delete);
    let mut child = common::session_in("12-17", "bromley", TODAY);
    draft(&mut child, DraftEvent::CannotSeal);
    go(&mut child, Route::Draft);
    assert_eq!(choices(&child), ["tab"]);
    model.update(Event::StartAgain, date(TODAY));
    go(&mut model, Route::Draft);
    assert!(page(&model).cannot_seal, "that is the browser's, and no answer");
}

#[test]
fn a_passphrase_locks_what_is_kept_and_a_wrong_one_can_be_tried_again() {
    let mut model = half_way();
    assert_eq!(choose(&mut model, "device", "short"), [Effect::Focus(Focus::Summary)]);
    let wrong = &view_model::page(&model).errors[0];
    assert_eq!(
        (wrong.text.as_str(), wrong.target.as_str()),
        ("The passphrase must have 8 characters or more", "field-text")
    );
    let commands = choose(&mut model, "device", PASSPHRASE);
    let [Effect::Draft(DraftEffect::Seal { number, header, passphrase, .. })] = commands.as_slice() else {
        panic!("not locked: {commands:?}")
    };
    assert!(passphrase.0 == PASSPHRASE && header.until == Some(date("2026-12-24")));
    assert!(page(&model).busy);
    let plain = kept(&commands).unwrap().2;
    let header = Header { salt: vec![1; 16], iv: vec![2; 12], ..header.clone() };
    let sealed = Sealed { header, data: vec![9; 40] }.to_json();
    let old = DraftEvent::Sealed { number: number.wrapping_sub(1), text: Some(Secret(sealed.clone())) };
    assert_eq!(draft(&mut model, old), []);
    let newest = DraftEvent::Sealed { number: *number, text: Some(Secret(sealed.clone())) };
    assert!(kept(&draft(&mut model, newest)).unwrap().2 == sealed);
    draft(&mut model, DraftEvent::Kept(Ok(())));
    assert!(view_model::kept_now(&model).contains("locked") && !page(&model).busy);

    // A reload asks too: the passphrase is nowhere.
    let (mut model, _) = start_at(stored(DraftStore::Device, &sealed, 0, true), story_page(), "2026-12-18");
    assert!(page(&model).offer.unwrap().locked);
    let open = |words: &str| DraftEvent::Open(FormInput::default().with(Field::Text, words));
    assert_eq!(draft(&mut model, open("")), [Effect::Focus(Focus::Summary)]);
    assert!(matches!(draft(&mut model, open("wrong horse")).as_slice(), [Effect::Draft(DraftEffect::Unseal { .. })]));
    assert_eq!(draft(&mut model, DraftEvent::Unsealed(None)), [Effect::Focus(Focus::Summary)]);
    assert!(view_model::page(&model).errors[0].text.contains("not the passphrase"));
    draft(&mut model, open(PASSPHRASE));
    let commands = draft(&mut model, DraftEvent::Unsealed(Some(Secret(plain))));
    assert!(commands.contains(&Effect::Go(story_page())), "{commands:?}");
    // And it stays locked.
    go(&mut model, story_page());
    let commands = drive::answer(&mut model, "what_happened", FormInput::default().with(Field::Text, "All"));
    assert!(commands.iter().any(|command| matches!(command, Effect::Draft(DraftEffect::Seal { .. }))), "{commands:?}");
}

#[test]
fn a_file_is_made_and_opened_and_is_the_persons_own() {
    let mut model = half_way();
    assert_eq!(choose(&mut model, "file", ""), [Effect::Focus(Focus::Summary)]);
    let commands = choose(&mut model, "file", PASSPHRASE);
    let [Effect::Draft(DraftEffect::Seal { number, header, text, .. })] = commands.as_slice() else {
        panic!("not locked: {commands:?}")
    };
    assert_eq!(header.until, None);
    let event = DraftEvent::Sealed { number: *number, text: Some(Secret("locked".into())) };
    let drawn = model.drawn();
    let commands = draft(&mut model, event.clone());
    assert_ne!(model.drawn(), drawn, "somebody waits for the file");
    let Effect::Save(file) = &commands[0] else { panic!("no file: {commands:?}") };
    assert_eq!((file.name.as_str(), file.text.as_str()), ("notes-2026-12-17.putright", "locked"));
    assert!(commands.contains(&Effect::WarnOnLeaving(false)) && kept(&commands).is_none());
    let mut forgetful = half_way();
    choose(&mut forgetful, "file", PASSPHRASE);
    forgetful.update(Event::StartAgain, date(TODAY));
    assert_eq!(draft(&mut forgetful, event), [], "a file of what has been cleared since is none");

    let header = Header { salt: vec![1; 16], iv: vec![2; 12], ..header.clone() };
    let sealed = Sealed { header, data: vec![9; 40] }.to_json();
    let mut other = common::model("bromley", TODAY);
    go(&mut other, Route::Start);
    drive::answer(&mut other, "want", FormInput::choosing(["complaint"]));
    let commands = draft(&mut other, DraftEvent::Picked(Some(Secret(sealed))));
    assert_eq!(commands, [Effect::Go(Route::Draft)]);
    go(&mut other, Route::Draft);
    let offered = page(&other);
    assert!(offered.offer.is_some_and(|offer| offer.locked && offer.file));
    assert!(matches!(offered.question.control, Control::None), "first what becomes of this one");
    assert_eq!(offered.question.body, [common::content().word(MessageId::DraftReplaces)]);
    assert_eq!(other.walk().pages.len(), 2, "nobody is kept from the form");
    draft(&mut other, DraftEvent::Open(FormInput::default().with(Field::Text, PASSPHRASE)));
    let commands = draft(&mut other, DraftEvent::Unsealed(Some(text.clone())));
    assert!(commands.contains(&Effect::Go(story_page())), "{commands:?}");
    for bad in [None, Some(Secret("not ours".into()))] {
        draft(&mut other, DraftEvent::Picked(bad));
        assert_eq!(view_model::page(&other).errors.len(), 1);
    }
}

#[test]
fn one_that_runs_out_while_the_page_is_open_goes_on_in_the_tab() {
    let mut model = half_way();
    keep(&mut model, "device");
    let last = date("2026-12-24");
    model.update(typed("later"), last);
    assert_eq!(kept(&model.update(Event::Draft(DraftEvent::Due), last)).unwrap().0, Some(DraftStore::Device));
    let after = date("2026-12-25");
    model.update(typed("later still"), after);
    let commands = model.update(Event::Draft(DraftEvent::Due), after);
    assert!(has(&commands, DraftEffect::Drop) && kept(&commands).is_none(), "{commands:?}");
    let commands = model.update(Event::Draft(DraftEvent::Due), after);
    assert_eq!(kept(&commands).unwrap().0, Some(DraftStore::Tab));
}
