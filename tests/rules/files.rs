//! Photos and files: what a council takes, what a file is and is called, and that none is lost or let through unseen.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that stops has failed"
)]

use std::sync::Arc;

use crate::common::{self, REGISTERS, drive, loaded_as, loaded_in, model, public, session_in};
use putright_app::{
    model::{
        Effect, Event, Focus, Model,
        attachments::{FILES_FIELD, FILES_LIST, FilesEffect, FilesEvent},
        drafts::{DraftEffect, DraftEvent, Place, Stored},
    },
    view_model::{Body, Control, FilesControl},
};
use putright_domain::{
    council::Council,
    data::{Document, InvalidFile},
    delivery::{
        attachments::{Attachment, FileFault, Found, clean_name},
        file_rules::{FileRules, FileType, MEGABYTE, SendFiles},
        response::Receipt,
    },
    form::{
        answer::{Answer, FormInput},
        journey::JourneyEnd,
    },
    route::Route,
};
use serde_json::{Value, json};

const JPEG: &[u8] = b"\xFF\xD8\xFF\xE1\x00\x10Exif\0\0";
const PDF: &[u8] = b"%PDF-1.7\n";
const DAY: &str = "2026-12-17";

fn read(value: &Value) -> Result<Option<FileRules>, InvalidFile> {
    let text = value.to_string();
    let document = Document::parse("council.json", &text).unwrap();
    let read = FileRules::read(document.root());
    document.finish(read)
}

fn file(id: u32, name: &str, bytes: u32, head: &[u8]) -> Found {
    Found { id, name: name.to_owned(), bytes, head: head.to_vec() }
}

fn accepted(name: &str, head: &[u8]) -> Result<&'static str, FileFault> {
    FileRules::default().accept(&file(1, name, 1000, head)).map(|format| format.media_type)
}

#[test]
fn what_a_council_says_of_files_is_read() {
    let rules = read(&json!({ "send": "multipart", "part": "submission", "field": "file" })).unwrap().unwrap();
    assert_eq!(rules, FileRules::default());
    assert_eq!((rules.most, rules.each_bytes, rules.all_bytes), (5, 10 * MEGABYTE, 20 * MEGABYTE));
    assert_eq!(read(&json!({ "send": "none" })).unwrap(), None);
    let said = json!({
        "send": "base64", "field": "/files", "most": 2, "each_megabytes": 50, "all_megabytes": 15, "types": ["pdf", "photo"]
    });
    let rules = read(&said).unwrap().unwrap();
    assert_eq!(rules.send, SendFiles::Base64 { field: "/files".to_owned() });
    assert_eq!((rules.most, rules.each_bytes, rules.all_bytes), (2, 15 * MEGABYTE, 15 * MEGABYTE));
    assert_eq!(rules.types.iter().collect::<Vec<_>>(), [FileType::Photo, FileType::Pdf]);
    assert_eq!(rules.offered(), "image/*,application/pdf,.pdf");
    for (wrong, pointer) in [
        (json!({ "send": "multipart" }), "/field"),
        (json!({ "send": "pigeon" }), "/send"),
        (json!({ "send": "multipart", "field": "file", "most": 0 }), "/most"),
        (json!({ "send": "multipart", "field": "file", "all_megabytes": 5000 }), "/all_megabytes"),
        (json!({ "send": "multipart", "field": "file", "types": [] }), "/types"),
        (json!({ "send": "multipart", "field": "file", "types": ["film"] }), "/types/0"),
        (json!({ "send": "multipart", "field": "file", "size": 3 }), "/size"),
        (json!({ "send": "multipart", "field": "file", "proof": "status" }), "/proof"),
    ] {
        assert_eq!(read(&wrong).unwrap_err().pointer, pointer, "{wrong}");
    }
}

#[test]
fn every_preset_says_of_files_what_can_be_read() {
    let presets: Value = serde_json::from_str(include_str!("../../crates/domain/src/delivery/presets.json")).unwrap();
    let mut with_files = 0;
    for (name, preset) in presets.as_object().unwrap() {
        let Some(files) = preset.get("files") else { continue };
        let rules = read(files).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        with_files += usize::from(rules.is_some());
    }
    assert!(with_files >= 3);
}

#[test]
fn a_file_is_told_by_how_it_begins() {
    let newer = |brand: &[u8]| [b"\0\0\0\x18ftyp", brand].concat();
    for photo in [
        JPEG.to_vec(),
        b"\x89PNG\r\n\x1A\n".to_vec(),
        b"GIF89a".to_vec(),
        b"RIFF\0\0\0\0WEBPVP8 ".to_vec(),
        newer(b"heic"),
        newer(b"avif"),
    ] {
        for name in ["a.jpg", "a.pdf", "a", "a.exe"] {
            assert_eq!(accepted(name, &photo), Ok("image/jpeg"), "{name} {photo:?}");
        }
    }
    let docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    for (name, head, type_) in [
        ("a.pdf", PDF, "application/pdf"),
        ("a", PDF, "application/pdf"),
        ("a.pdf", b"\xEF\xBB\xBF%PDF-1.4", "application/pdf"),
        ("A.DOCX", b"PK\x03\x04".as_slice(), docx),
        ("a.odt", b"PK\x03\x04", "application/vnd.oasis.opendocument.text"),
        ("a.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "application/msword"),
        ("a.txt", "No es así".as_bytes(), "text/plain"),
        // Cut within a character.
        ("a.txt", b"as\xC3", "text/plain"),
    ] {
        assert_eq!(accepted(name, head), Ok(type_), "{name}");
    }
    for (name, head) in [
        ("a.zip", b"PK\x03\x04".as_slice()),
        ("a.docm", b"PK\x03\x04"),
        ("a.doc", b"PK\x03\x04"),
        ("a.docx", b"\xD0\xCF\x11\xE0"),
        ("a.xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
        ("a.pdf", b"MZ\x90\0"),
        ("a.jpg", b"<svg onload="),
        ("a.svg", b"<svg onload="),
        ("a.html", b"<p>words"),
        ("a.txt", b"wo\0rds"),
        ("a.txt", b"\xFF\xFEw\0"),
        ("a.txt", b"caf\xE9 noir"),
        ("a.pdf", b"\xEF\xBB\xBF<html>%PDF"),
        ("a.pdf", b"\xFE\xFF%PDF"),
        ("a.pdf", b" %PDF"),
        ("a.mp4", b"\0\0\0\x18ftypisom"),
        ("a.mov", b"\0\0\0\x14ftypqt  "),
        ("a.wav", b"RIFF\0\0\0\0WAVEfmt "),
    ] {
        assert_eq!(accepted(name, head), Err(FileFault::WrongType), "{name} {head:?}");
    }
    let rules = FileRules::default();
    assert_eq!(rules.accept(&file(1, "a.pdf", 0, b"")), Err(FileFault::Empty));
    assert_eq!(rules.accept(&file(1, "a.pdf", 10, b"")), Err(FileFault::Unreadable));
    assert_eq!(rules.accept(&file(1, "a.pdf", 10 * MEGABYTE + 1, PDF)), Err(FileFault::TooLarge));
    assert!(rules.accept(&file(1, "a.pdf", 10 * MEGABYTE, PDF)).is_ok());
    assert!(rules.accept(&file(1, "a.jpg", 30 * MEGABYTE, JPEG)).is_ok(), "a photo is made smaller first");
    let only_photos = read(&json!({ "send": "multipart", "field": "f", "types": ["photo"] })).unwrap().unwrap();
    assert_eq!(only_photos.accept(&file(1, "a.pdf", 10, PDF)), Err(FileFault::WrongType));
}

#[test]
fn text_is_judged_by_all_of_it() {
    let rules = FileRules::default();
    let judged = |head: &[u8], bytes: usize| {
        rules.accept(&file(1, "a.txt", u32::try_from(bytes).unwrap(), head)).map(|format| format.media_type)
    };
    let words = "Sîan’s notes. ".repeat(100);
    for wrong in [b"caf\xE9".as_slice(), b"\0", b"cut \xC3"] {
        let whole = [words.as_bytes(), wrong].concat();
        assert_eq!(judged(&whole, whole.len()), Err(FileFault::WrongType), "far behind the beginning");
    }
    let bom = ["\u{FEFF}", &words].concat();
    assert_eq!(judged(bom.as_bytes(), bom.len()), Ok("text/plain"));
    // Of more than is ever read, the last character may be cut.
    assert_eq!(judged(b"cut \xC3", 9_000_000), Ok("text/plain"));
}

#[test]
fn names_are_cleaned_and_stay_the_persons_own() {
    for (name, media_type, clean) in [
        ("IMG_2041.HEIC", "image/jpeg", "IMG_2041.jpg"),
        ("Zoë’s drawing (1).png", "image/jpeg", "Zoës drawing 1.jpg"),
        ("12.03.2026 letter.pdf", "application/pdf", "12-03-2026 letter.pdf"),
        ("../../etc/passwd", "text/plain", "file.txt"),
        ("etc/x:y.txt", "text/plain", "etc-x-y.txt"),
        ("رسالة.pdf", "application/pdf", "رسالة.pdf"),
        ("evil\u{202E}gpj.exe", "image/jpeg", "evilgpj.jpg"),
        ("a\r\nb\0c\"d;e.pdf", "application/pdf", "a bcde.pdf"),
        ("", "application/pdf", "file.pdf"),
        (".pdf", "application/pdf", "file.pdf"),
        ("👩‍👧.jpg", "image/jpeg", "file.jpg"),
        ("---.jpg", "image/jpeg", "file.jpg"),
    ] {
        assert_eq!(clean_name(name, media_type), clean, "{name:?}");
    }
    let long = clean_name(&"é".repeat(300), "image/jpeg");
    assert_eq!(long.chars().count(), 80);
    assert_eq!(long.rsplit_once('.').unwrap().1, "jpg");
}

#[test]
fn what_turns_or_hides_text_is_in_no_name_and_letters_of_any_script_are() {
    for hidden in
        "\u{D7}\u{F7}\u{34F}\u{61C}\u{70F}\u{115F}\u{1160}\u{1680}\u{17B4}\u{17B5}\u{180E}\u{3164}\u{200B}\u{E000}"
            .chars()
    {
        let name: String = ["a", &hidden.to_string(), "b.pdf"].concat();
        let clean = if hidden == '\u{1680}' { "a b.pdf" } else { "ab.pdf" };
        assert_eq!(clean_name(&name, "application/pdf"), clean, "{hidden:?}");
    }
    for kept in ["az", "AZ", "09", "Àῼ", "ⰀⷝⷿⰞ", "ぁ힣", "豈ﬁ", "יִﷇ", "𠀀"] {
        let name = [kept, ".pdf"].concat();
        let clean = if kept == "豈ﬁ" { "豈.pdf" } else { &name };
        assert_eq!(clean_name(&name, "application/pdf"), clean, "{kept}");
    }
}

#[test]
fn a_limit_may_be_reached_and_not_passed() {
    let rules = FileRules::default();
    let of = |bytes: u32| Attachment { id: 1, name: "a.pdf".into(), media_type: "application/pdf".into(), bytes };
    let ten = 10 * MEGABYTE;
    assert_eq!(rules.fault(&[], &of(ten)), None);
    assert_eq!(rules.fault(&[], &of(ten + 1)), Some(FileFault::TooLarge));
    assert_eq!(rules.fault(&[of(ten)], &of(ten)), None);
    assert_eq!(rules.fault(&[of(ten), of(1)], &of(ten)), Some(FileFault::AllTooLarge));
    assert_eq!(rules.fault(&[of(1), of(1), of(1), of(1)], &of(1)), None);
    assert_eq!(rules.fault(&[of(1), of(1), of(1), of(1), of(1)], &of(1)), Some(FileFault::TooMany));
    let limit = |key: &str, value: u32| read(&json!({ "send": "base64", "field": "/files", key: value }));
    for (key, most) in [("most", 50), ("each_megabytes", 1000), ("all_megabytes", 1000)] {
        assert!(limit(key, 1).is_ok() && limit(key, most).is_ok(), "{key}");
        assert_eq!(limit(key, 0).unwrap_err().pointer, ["/", key].concat());
        assert_eq!(limit(key, most + 1).unwrap_err().pointer, ["/", key].concat());
    }
    let one = limit("all_megabytes", 1).unwrap().unwrap();
    assert_eq!((one.each_bytes, one.all_bytes), (MEGABYTE, MEGABYTE), "no limit that another forbids to reach");
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
fn pick(model: &mut Model, picked: Vec<Found>) -> Vec<Effect> {
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
    let Body::Question(question) = model.page().body else { panic!("not on a question") };
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
        let spoken = model.page().spoken();
        assert!(spoken[1] == limits, "{register}: read aloud first");
        assert!(goes(&proceed(&mut model)), "{register}");
        assert!(!model.rows().iter().any(|row| row.question == "files"), "{register}: nothing was given");
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
    let row = model.rows().into_iter().find(|row| row.question == "files").unwrap();
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
        let page = model.page();
        assert_eq!(page.errors.len(), 4, "{register}");
        for (error, name) in page.errors.iter().zip(["virus.exe", "huge.pdf", "empty.txt", "c.pdf"]) {
            assert!(error.text.contains(name) && !error.text.contains('{'), "{register}: {}", error.text);
            assert_eq!(error.target, FILES_FIELD);
        }
        // The next ones are another matter; and so is going on.
        pick(&mut model, vec![file(7, "d.jpg", 9_000_000, JPEG)]);
        assert!(model.page().errors.is_empty());
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
    let errors = model.page().errors;
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
    let text = &model.page().errors[0].text;
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
    assert_eq!(model.page().errors.len(), 1);
    model.update(Event::Navigated(Route::Check), today);
    assert_eq!(model.update(Event::Send, today), [Effect::MakeId]);
    model.update(Event::Navigated(Route::Question("files".to_owned())), today);
    assert_eq!(model.page().errors, [], "it has been read");
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
    let rows = model.rows();
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
    assert_eq!((model.page().errors.len(), names(&model)), (2, vec!["a.jpg"]));
    assert!(goes(&proceed(&mut model)));
}

/// Returns the text of the draft that the tab stores.
fn draft(model: &mut Model) -> putright_app::model::drafts::Secret {
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
        let stored = Stored { place: Place::Tab, text, minutes: 0, resumes: false };
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
    let page = model.page();
    assert!(page.errors[0].text.contains(secret) && control(&model).added[0].label.contains(secret));
    for said in [format!("{events:?}{commands:?}{model:?}{page:?}"), page.title, model.route().to_string()] {
        assert!(!said.contains(secret), "{said}");
    }
    assert!(format!("{model:?}").contains("refused: [WrongType]"), "but why it was not taken is");
    assert!(model.bundle().content.register == "adult");
}
