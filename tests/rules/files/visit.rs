//! Files in the rest of a visit: sending, drafts, another council, and leaving.

use std::sync::Arc;

use super::{DAY, JPEG, PDF, control, file, files, goes, names, on_page, pick, proceed, tell};
use crate::common::{self, drive, loaded_as, loaded_in, model, public};
use putright_app::{
    Effect, Event, Focus, Model,
    attachments::{FilesEffect, FilesEvent},
    drafts::{DraftEffect, DraftEvent, DraftStore, StoredDraft},
    view_model,
};
use putright_domain::{
    council::Council,
    delivery::response::Receipt,
    form::{
        answer::{Answer, FormInput},
        journey::JourneyEnd,
    },
};
use serde_json::{Value, json};

#[test]
fn what_is_sent_names_each_file_and_what_it_is() {
    let mut model = on_page("adult");
    pick(&mut model, vec![file(1, "a.jpg", 10, JPEG), file(2, "b.pdf", 2000, b"%PDF-1.7")]);
    proceed(&mut model);
    drive::to_check(&mut model, &[]);
    let attempt = drive::send(&mut model, &"a".repeat(32));
    let sent: Value = serde_json::from_str(&attempt.body).unwrap();
    let files = json!([
        { "name": "a.jpg", "media_type": "image/jpeg", "bytes": 300_000 },
        { "name": "b.pdf", "media_type": "application/pdf", "bytes": 2000 },
    ]);
    assert_eq!(sent["files"], files);
}

#[test]
fn all_are_let_go_with_everything_else() {
    let with_one = || {
        let mut model = on_page("adult");
        pick(&mut model, vec![file(1, "a.jpg", 10, JPEG)]);
        proceed(&mut model);
        model
    };
    for event in [Event::StartAgain, Event::NextPerson] {
        let mut model = with_one();
        assert_eq!(files(&model.update(event, model.today())), [FilesEffect::ForgetAll]);
        assert!(model.files().is_empty() && !model.files_busy());
        // What comes too late is let go as well.
        let commands = tell(&mut model, FilesEvent::Found(vec![file(9, "b.jpg", 10, JPEG)]));
        assert_eq!(commands, [FilesEffect::Forget(9)]);
        assert_eq!(tell(&mut model, FilesEvent::Ready { id: 8, bytes: Some(1) }), [FilesEffect::Forget(8)]);
    }
    // The browser lets them go as it wipes.
    let mut model = with_one();
    let today = model.today();
    assert!(matches!(&model.update(Event::Exit, today)[..], [Effect::WipeAndLeave(_)]));
    assert!(model.files().is_empty());

    let mut model = with_one();
    drive::to_check(&mut model, &[]);
    drive::send(&mut model, &"a".repeat(32));
    let receipt = Receipt { reference: "R1".to_owned() };
    let commands = model.update(Event::Delivered(Ok(receipt)), today);
    assert_eq!(files(&commands), [FilesEffect::ForgetAll]);
    let rows = view_model::rows(&model);
    assert!(rows.iter().any(|row| row.lines == ["a.jpg (300 KB)"]), "the person's own copy names them");
}

/// Bromley, with something else said of files.
fn bromley_with(files: &Value) -> Council {
    let mut council: Value = serde_json::from_str(&public("councils/bromley.json")).unwrap();
    council["delivery"]["files"] = files.clone();
    Council::parse("councils/bromley.json", &council.to_string()).unwrap()
}

#[test]
fn a_council_that_takes_none_is_not_asked_for() {
    let council = bromley_with(&json!({ "send": "none" }));
    let mut model = Model::new(Arc::new(loaded_as(council)), common::date(DAY));
    drive::to(&mut model, "files", &[]);
    assert_eq!(model.walk().end, JourneyEnd::Check);
    assert_eq!(model.walk().position("files"), None);
    pick_nothing(&mut model);
}

/// Picks a file where none is asked for. The model must drop it.
fn pick_nothing(model: &mut Model) {
    tell(model, FilesEvent::Picked);
    let commands = tell(model, FilesEvent::Found(vec![file(1, "a.jpg", 10, JPEG)]));
    assert_eq!(commands, [FilesEffect::Forget(1)]);
}

#[test]
fn what_the_next_council_does_not_take_is_said_on_the_way() {
    let few = json!({ "send": "multipart", "field": "file", "most": 1, "types": ["photo"] });
    let mut other: Value = serde_json::from_str(&public("councils/kensington-and-chelsea.json")).unwrap();
    other["delivery"]["files"] = few;
    let bundle = loaded_in("adult", "westminster");
    let common = putright_domain::bundle::SharedData::new(
        bundle.council.clone(),
        vec![Box::new(Council::parse("councils/kensington-and-chelsea.json", &other.to_string()).unwrap())],
        common::calendar(),
        putright_domain::guidance::signpost::Directory::parse("signposts.json", &public("signposts.json")).unwrap(),
        common::danger(),
    );
    let bundle = putright_domain::bundle::Bundle::new(common, common::edition("adult"));
    let mut model = Model::new(Arc::new(bundle), common::date(DAY));
    drive::to(&mut model, "files", &[("borough", FormInput::choosing(["westminster"]))]);
    pick(&mut model, vec![file(1, "a.jpg", 10, JPEG), file(2, "b.jpg", 10, JPEG), file(3, "c.pdf", 10, PDF)]);
    proceed(&mut model);
    drive::to_check(&mut model, &[]);
    drive::answer(&mut model, "borough", FormInput::choosing(["kensington-and-chelsea"]));
    drive::to(&mut model, "files", &[]);
    let today = model.today();
    let commands = model.update(Event::Answered(vec![("files".to_owned(), FormInput::default())]), today);
    assert_eq!(files(&commands), [FilesEffect::Forget(2), FilesEffect::Forget(3)]);
    assert_eq!(commands.last(), Some(&Effect::Focus(Focus::Summary)));
    assert_eq!((view_model::page(&model).errors.len(), names(&model)), (2, vec!["a.jpg"]));
    assert!(goes(&proceed(&mut model)));
}

/// Returns the text of the draft that the tab stores.
fn draft(model: &mut Model) -> putright_app::drafts::Secret {
    let commands = model.update(Event::Draft(DraftEvent::Choose(FormInput::choosing(["tab"]))), model.today());
    let [Effect::Draft(DraftEffect::Keep { text, .. })] = &commands[..] else { panic!("{commands:?}") };
    text.clone()
}

#[test]
fn files_are_in_no_draft_and_asked_for_again_where_there_were_some() {
    for some in [true, false] {
        let mut model = on_page("adult");
        if some {
            pick(&mut model, vec![file(1, "secret.jpg", 10, JPEG)]);
        }
        proceed(&mut model);
        drive::to_check(&mut model, &[]);
        let text = draft(&mut model);
        assert!(!text.0.contains("secret"));
        let today = model.today();
        let commands = model.update(Event::Draft(DraftEvent::Kept(Ok(()))), today);
        assert!(commands.contains(&Effect::WarnOnLeaving(some)), "leaving would lose them: {commands:?}");

        let mut later = common::model("bromley", DAY);
        let stored = StoredDraft { place: DraftStore::Tab, text, minutes: 0, resumes: false };
        later.update(Event::Draft(DraftEvent::Found(stored)), today);
        later.update(Event::Draft(DraftEvent::Open(FormInput::default())), today);
        assert_eq!(later.walk().end, JourneyEnd::Check);
        assert_eq!(
            later.answers_on_the_way().get("files").is_some(),
            !some,
            "files that are gone are not said to be there"
        );
    }
}

#[test]
fn an_answer_follows_what_there_is() {
    let mut model = on_page("adult");
    proceed(&mut model);
    assert_eq!(model.answers_on_the_way().get("files"), Some(&Answer::Skipped));
    pick(&mut model, vec![file(1, "a.jpg", 10, JPEG)]);
    assert_eq!(model.answers_on_the_way().get("files"), Some(&Answer::Seen));
}

#[test]
fn no_name_of_a_file_is_in_debug_a_title_or_an_address() {
    let mut model = model("bromley", DAY);
    drive::to(&mut model, "files", &[]);
    let secret = "Dads-letter";
    let picked = vec![file(1, &[secret, ".jpg"].concat(), 10, JPEG), file(2, &[secret, ".exe"].concat(), 10, b"MZ")];
    let events = [FilesEvent::Found(picked.clone())];
    let commands = pick(&mut model, picked);
    let page = view_model::page(&model);
    assert!(page.errors[0].text.contains(secret) && control(&model).added[0].label.contains(secret));
    for said in [format!("{events:?}{commands:?}{model:?}{page:?}"), page.title, model.route().to_string()] {
        assert!(!said.contains(secret), "{said}");
    }
    assert!(format!("{model:?}").contains("refused: [WrongType]"), "but why it was not taken is");
    assert!(model.bundle().content.register == "adult");
}
