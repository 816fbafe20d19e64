//! A council's rules for files: types, names and sizes.

use super::{JPEG, PDF, file};
use putright_domain::{
    data::{Document, InvalidFile},
    delivery::{
        attachments::{Attachment, FileFault, clean_name},
        file_rules::{FileRules, FileType, MEGABYTE, SendFiles},
    },
};
use serde_json::{Value, json};

fn read(value: &Value) -> Result<Option<FileRules>, InvalidFile> {
    let text = value.to_string();
    let document = Document::parse("council.json", &text).unwrap();
    let read = FileRules::read(document.root());
    document.finish(read)
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
    let presets: Value =
        serde_json::from_str(include_str!("../../../crates/domain/src/delivery/presets.json")).unwrap();
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
