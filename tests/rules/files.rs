//! Photos and files: what a council takes, what a file is and is called, and that none is lost or let through unseen.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that stops has failed"
)]

mod rules;
mod visit;

use crate::common::{REGISTERS, drive, session_in};
use putright_app::{
    Effect, Event, Focus, Model,
    attachments::{FILES_FIELD, FILES_LIST, FilesEffect, FilesEvent},
    view_model::{self, Control, FilesControl, PageBody},
};
use putright_domain::{delivery::attachments::PickedFile, form::answer::FormInput, route::Route};

const JPEG: &[u8] = b"\xFF\xD8\xFF\xE1\x00\x10Exif\0\0";

const PDF: &[u8] = b"%PDF-1.7\n";

const DAY: &str = "2026-12-17";

fn file(id: u32, name: &str, bytes: u32, head: &[u8]) -> PickedFile {
    PickedFile { id, name: name.to_owned(), bytes, head: head.to_vec() }
}

/// On the page for files.
fn on_page(register: &str) -> Model {
    let mut model = session_in(register, "bromley", DAY);
    drive::to(&mut model, "files", &[]);
    assert_eq!(model.route(), &Route::Question("files".to_owned()), "{register}");
    model
}

fn tell(model: &mut Model, event: FilesEvent) -> Vec<FilesEffect> {
    files(&model.update(Event::Files(event), model.today()))
}

fn files(commands: &[Effect]) -> Vec<FilesEffect> {
    let of = |command: &Effect| match command {
        Effect::Files(command) => Some(*command),
        _ => None,
    };
    commands.iter().filter_map(of).collect()
}

/// Picks some, and plays the browser until all are ready: photos of 300 KB, other files as long as they are.
fn pick(model: &mut Model, picked: Vec<PickedFile>) -> Vec<Effect> {
    let today = model.today();
    assert_eq!(tell(model, FilesEvent::Picked), [FilesEffect::Take]);
    let lengths: Vec<(u32, u32)> = picked.iter().map(|file| (file.id, file.bytes)).collect();
    let mut all = model.update(Event::Files(FilesEvent::Found(picked)), today);
    let mut last = all.clone();
    loop {
        let next = files(&last).into_iter().find_map(|command| match command {
            FilesEffect::Prepare { id, photo, .. } => Some((id, photo)),
            _ => None,
        });
        let Some((id, photo)) = next else { return all };
        let length = lengths.iter().find(|(known, _)| *known == id).unwrap().1;
        let bytes = Some(if photo { 300_000 } else { length });
        last = model.update(Event::Files(FilesEvent::Ready { id, bytes }), today);
        all.extend(last.clone());
    }
}

fn control(model: &Model) -> FilesControl {
    let PageBody::Question(question) = view_model::page(model).body else { panic!("not on a question") };
    let Control::Files(files) = question.questions[0].control.clone() else { panic!("not on the page for files") };
    files
}

fn names(model: &Model) -> Vec<&str> {
    model.files().iter().map(|file| file.name.as_str()).collect()
}

fn goes(commands: &[Effect]) -> bool {
    commands.iter().any(|command| matches!(command, Effect::Go(_)))
}

fn proceed(model: &mut Model) -> Vec<Effect> {
    drive::answer(model, "files", FormInput::default())
}

#[test]
fn the_limits_are_said_first_from_the_rules_and_adding_nothing_is_an_answer() {
    for register in REGISTERS {
        let mut model = on_page(register);
        let limits = control(&model).limits;
        for number in ["5", "10 MB", "20 MB"] {
            assert!(limits.contains(number), "{register}: {limits}");
        }
        assert!(!limits.contains('{'), "{register}: {limits}");
        let spoken = view_model::page(&model).spoken();
        assert!(spoken[1] == limits, "{register}: read aloud first");
        assert!(goes(&proceed(&mut model)), "{register}");
        assert!(!view_model::rows(&model).iter().any(|row| row.question == "files"), "{register}: nothing was given");
    }
}

#[test]
fn one_is_made_ready_at_a_time_and_how_far_it_is_is_said() {
    let mut model = on_page("adult");
    tell(&mut model, FilesEvent::Picked);
    assert!(model.files_busy());
    let found = vec![
        file(1, "image.jpg", 5_000_000, JPEG),
        file(2, "Letter.pdf", 9000, PDF),
        file(3, "image.jpg", 5_000_000, JPEG),
    ];
    let drawn = model.drawn();
    let commands = tell(&mut model, FilesEvent::Found(found));
    let prepare = FilesEffect::Prepare { id: 1, media_type: "image/jpeg", photo: true };
    assert_eq!(commands, [FilesEffect::Show, prepare]);
    assert!(control(&model).told.contains("1 of 3"), "{}", control(&model).told);
    assert!(format!("{model:?}").contains("waiting: [1, 2, 3]"), "printed by number, never by name");
    let commands = tell(&mut model, FilesEvent::Ready { id: 1, bytes: Some(320_000) });
    let prepare = FilesEffect::Prepare { id: 2, media_type: "application/pdf", photo: false };
    assert_eq!(commands, [FilesEffect::Show, prepare]);
    assert!(control(&model).told.contains("2 of 3"), "{}", control(&model).told);
    tell(&mut model, FilesEvent::Ready { id: 2, bytes: Some(9000) });
    assert!(control(&model).told.contains("3 of 3"), "{}", control(&model).told);
    assert_eq!(tell(&mut model, FilesEvent::Ready { id: 3, bytes: Some(1_250_000) }), [FilesEffect::Show]);
    assert!(!model.files_busy());
    assert_eq!(model.drawn(), drawn, "the field keeps the focus");
    let labels: Vec<String> = control(&model).added.into_iter().map(|line| line.label).collect();
    assert_eq!(labels, ["image.jpg (320 KB)", "Letter.pdf (9 KB)", "image-2.jpg (1.3 MB)"]);
    assert!(control(&model).told.contains('3'));
    proceed(&mut model);
    let row = view_model::rows(&model).into_iter().find(|row| row.question == "files").unwrap();
    assert_eq!(row.lines, labels);
}

#[test]
fn what_is_refused_is_said_by_name_and_the_others_stay() {
    for register in REGISTERS {
        let mut model = on_page(register);
        let drawn = model.drawn();
        let commands = pick(
            &mut model,
            vec![
                file(1, "a.pdf", 9_000_000, PDF),
                file(2, "virus.exe", 10, b"MZ"),
                file(3, "huge.pdf", 11_000_000, PDF),
                file(4, "empty.txt", 0, b""),
                file(5, "b.pdf", 9_000_000, PDF),
                file(6, "c.pdf", 9_000_000, PDF),
            ],
        );
        assert!(commands.contains(&Effect::Focus(Focus::Summary)), "{register}");
        assert_ne!(model.drawn(), drawn);
        assert_eq!(names(&model), ["a.pdf", "b.pdf"]);
        let let_go: Vec<u32> = files(&commands)
            .iter()
            .filter_map(|command| if let FilesEffect::Forget(id) = command { Some(*id) } else { None })
            .collect();
        assert_eq!(let_go, [2, 3, 4, 6]);
        let page = view_model::page(&model);
        assert_eq!(page.errors.len(), 4, "{register}");
        for (error, name) in page.errors.iter().zip(["virus.exe", "huge.pdf", "empty.txt", "c.pdf"]) {
            assert!(error.text.contains(name) && !error.text.contains('{'), "{register}: {}", error.text);
            assert_eq!(error.target, FILES_FIELD);
        }
        // The next ones are another matter; and so is going on.
        pick(&mut model, vec![file(7, "d.jpg", 9_000_000, JPEG)]);
        assert!(view_model::page(&model).errors.is_empty());
        assert!(goes(&proceed(&mut model)));
    }
}

#[test]
fn too_many_is_said_once_and_the_first_stay() {
    let mut model = on_page("adult");
    let commands = files(&pick(&mut model, (1..=9).map(|id| file(id, "photo.jpg", 10, JPEG)).collect()));
    let prepared = commands.iter().filter(|command| matches!(command, FilesEffect::Prepare { .. })).count();
    assert_eq!(prepared, 5, "no work is done for what cannot go with it");
    assert_eq!(names(&model), ["photo.jpg", "photo-2.jpg", "photo-3.jpg", "photo-4.jpg", "photo-5.jpg"]);
    let errors = view_model::page(&model).errors;
    assert!(errors.len() == 1 && errors[0].text.contains('5'), "{errors:?}");
}

#[test]
fn a_photo_that_cannot_be_drawn_is_let_go_and_it_is_said_what_to_do() {
    let mut model = on_page("adult");
    tell(&mut model, FilesEvent::Picked);
    tell(&mut model, FilesEvent::Found(vec![file(4, "IMG_1.HEIC", 10, b"\0\0\0\x18ftypheic")]));
    let commands = model.update(Event::Files(FilesEvent::Ready { id: 4, bytes: None }), model.today());
    assert_eq!(files(&commands), [FilesEffect::Forget(4)]);
    assert_eq!(commands.last(), Some(&Effect::Focus(Focus::Summary)));
    let text = &view_model::page(&model).errors[0].text;
    assert!(text.contains("IMG_1.HEIC") && text.contains("screenshot"), "{text}");
}

#[test]
fn continue_waits_until_all_is_ready() {
    let mut model = on_page("adult");
    tell(&mut model, FilesEvent::Picked);
    tell(&mut model, FilesEvent::Found(vec![file(1, "a.jpg", 10, JPEG), file(2, "b.jpg", 10, JPEG)]));
    let drawn = model.drawn();
    let [Effect::Tell(told)] = &proceed(&mut model)[..] else { panic!("it does not say that it waits") };
    assert!(told.contains("1 of 2"), "{told}");
    assert_eq!(model.drawn(), drawn, "the button keeps the focus");
    tell(&mut model, FilesEvent::Ready { id: 1, bytes: Some(10) });
    let commands = model.update(Event::Files(FilesEvent::Ready { id: 2, bytes: Some(10) }), model.today());
    assert!(goes(&commands), "{commands:?}");
    assert_eq!(model.files().len(), 2);

    // Where one was refused meanwhile, that is said first.
    let mut model = on_page("adult");
    tell(&mut model, FilesEvent::Picked);
    proceed(&mut model);
    tell(&mut model, FilesEvent::Found(vec![file(1, "a.jpg", 10, JPEG), file(2, "b.exe", 10, b"MZ")]));
    let commands = model.update(Event::Files(FilesEvent::Ready { id: 1, bytes: Some(10) }), model.today());
    assert!(!goes(&commands) && commands.contains(&Effect::Focus(Focus::Summary)), "{commands:?}");
}

#[test]
fn how_long_a_file_is_is_told_in_kilobytes_up_to_a_megabyte() {
    for (bytes, told) in
        [(1, "1 KB"), (999_000, "999 KB"), (1_000_000, "1 MB"), (1_000_001, "1.1 MB"), (2_500_000, "2.5 MB")]
    {
        let mut model = on_page("adult");
        pick(&mut model, vec![file(1, "a.pdf", bytes, b"%PDF-1.7")]);
        assert_eq!(control(&model).added[0].label, ["a.pdf (", told, ")"].concat());
    }
}

#[test]
fn what_is_picked_while_others_are_made_ready_is_waited_for_too_and_other_pages_wait_for_nothing() {
    let mut model = on_page("adult");
    tell(&mut model, FilesEvent::Picked);
    tell(&mut model, FilesEvent::Picked);
    tell(&mut model, FilesEvent::Found(vec![file(1, "a.jpg", 10, JPEG)]));
    assert!(!goes(&proceed(&mut model)));
    let ready = |id| Event::Files(FilesEvent::Ready { id, bytes: Some(10) });
    let today = model.today();
    let commands = model.update(ready(1), today);
    assert!(!goes(&commands), "the second are still to come");
    assert!(!commands.iter().any(|command| matches!(command, Effect::Tell(_))), "and that was said: {commands:?}");
    tell(&mut model, FilesEvent::Found(vec![file(2, "b.jpg", 10, JPEG)]));
    assert!(goes(&model.update(ready(2), today)));

    let mut model = on_page("adult");
    tell(&mut model, FilesEvent::Picked);
    tell(&mut model, FilesEvent::Found(vec![file(1, "a.jpg", 10, JPEG)]));
    model.update(Event::Navigated(Route::Question("want".to_owned())), today);
    let drawn = model.drawn();
    drive::answer(&mut model, "want", FormInput::default());
    assert!(model.files_busy() && model.drawn() != drawn, "what is wrong on another page is shown there as ever");
}

#[test]
fn what_is_picked_on_a_way_that_asks_for_no_files_goes_with_nothing() {
    let mut model = on_page("adult");
    pick(&mut model, vec![file(1, "a.jpg", 10, JPEG)]);
    assert_eq!(names(&model), ["a.jpg"]);
    let today = model.today();
    model.update(Event::Navigated(Route::Question("want".to_owned())), today);
    drive::answer(&mut model, "want", FormInput::choosing(["contacts"]));
    assert!(model.files().is_empty(), "the page for them is not on this way");
}

#[test]
fn who_left_the_page_meanwhile_is_taken_back_to_what_was_refused_and_nothing_is_sent_before_all_is_ready() {
    let mut model = on_page("adult");
    proceed(&mut model);
    drive::to_check(&mut model, &[]);
    let today = model.today();
    let back = model.update(Event::Navigated(Route::Question("files".to_owned())), today);
    assert_eq!(back, [Effect::Focus(Focus::Heading)], "nothing is wrong yet");
    tell(&mut model, FilesEvent::Picked);
    tell(&mut model, FilesEvent::Found(vec![file(1, "a.jpg", 10, JPEG)]));
    model.update(Event::Navigated(Route::Check), today);
    let commands = model.update(Event::Send, today);
    assert!(matches!(&commands[..], [Effect::Tell(_)]), "{commands:?}");
    let commands = model.update(Event::Files(FilesEvent::Ready { id: 1, bytes: None }), today);
    let page = Route::Question("files".to_owned());
    assert!(commands.contains(&Effect::Go(page.clone())), "{commands:?}");
    assert_eq!(model.update(Event::Navigated(page), today), [Effect::Focus(Focus::Summary)]);
    assert_eq!(view_model::page(&model).errors.len(), 1);
    model.update(Event::Navigated(Route::Check), today);
    assert_eq!(model.update(Event::Send, today), [Effect::MakeId]);
    model.update(Event::Navigated(Route::Question("files".to_owned())), today);
    assert_eq!(view_model::page(&model).errors, [], "it has been read");
}

#[test]
fn one_that_is_taken_out_is_let_go_and_the_focus_goes_where_something_is() {
    let mut model = on_page("adult");
    pick(&mut model, vec![file(1, "a.jpg", 10, JPEG), file(2, "b.jpg", 10, JPEG)]);
    let remove = |model: &mut Model, id| model.update(Event::Files(FilesEvent::Remove(id)), model.today());
    let focus = |id: &str| Effect::Focus(Focus::Element(id.to_owned()));
    let commands = remove(&mut model, 1);
    assert_eq!(files(&commands), [FilesEffect::Forget(1), FilesEffect::Show]);
    assert_eq!(commands.last(), Some(&focus(FILES_LIST)));
    assert_eq!(names(&model), ["b.jpg"]);
    assert_eq!(remove(&mut model, 2).last(), Some(&focus(FILES_FIELD)));
    assert!(model.files().is_empty());
}
