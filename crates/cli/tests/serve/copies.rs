//! `putright backup` and `putright restore`, and who may read the files.
#![cfg(unix)]

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Command, Output},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
};

use serde_json::Value;

use crate::{
    forms::{JPEG, photo, send},
    support::{Place, reference, sample_numbered},
};

fn putright(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_putright")).args(arguments).output().unwrap()
}

fn backup(place: &Place, to: &Path) -> Output {
    putright(&["backup", "--data", place.data().to_str().unwrap(), "--to", to.to_str().unwrap()])
}

fn restore(from: &Path, place: &Place) -> Output {
    putright(&["restore", "--from", from.to_str().unwrap(), "--data", place.data().to_str().unwrap()])
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn backup_under_load_is_whole_for_its_owner_alone_and_restores_to_the_same() {
    let place = Place::new();
    let server = Arc::new(place.serve());
    let (stop, sent) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let senders: Vec<_> = (0..4_u64)
        .map(|sender| {
            let (server, stop, sent) = (Arc::clone(&server), Arc::clone(&stop), Arc::clone(&sent));
            thread::spawn(move || {
                for number in 0.. {
                    if stop.load(Ordering::Relaxed) {
                        return;
                    }
                    let files = [("a.jpg", JPEG, &photo(30_000)[..])];
                    reference(send(&server, sender * 1_000_000 + number, &files));
                    sent.fetch_add(1, Ordering::SeqCst);
                }
            })
        })
        .collect();
    while sent.load(Ordering::SeqCst) < 20 {
        thread::yield_now();
    }
    for round in 0..10 {
        let file = place.dist().join(format!("../copy-{round}.sqlite3"));
        let before = sent.load(Ordering::SeqCst);
        let output = backup(&place, &file);
        assert!(output.status.success(), "{}", said(&output));
        let after = sent.load(Ordering::SeqCst) + 4;
        let copied: Value = serde_json::from_slice(&output.stdout).unwrap();
        let count = copied["copied"]["submissions"].as_u64().unwrap();
        assert!((before..=after).contains(&count), "{before} {count} {after}");
        assert_eq!(copied["copied"]["files"], count, "each with its file");
        assert_eq!(mode(&file), 0o600);

        let other = Place::new();
        let output = restore(&file, &other);
        assert!(output.status.success(), "{}", said(&output));
        assert_eq!(other.list(), place.list()[..usize::try_from(count).unwrap()]);
        assert_eq!((mode(&other.data()), mode(&other.data().join("submissions.sqlite3"))), (0o700, 0o600));
        let restored = other.serve();
        reference(restored.post(&sample_numbered(9_999_999)));
        let files =
            other.submissions(&["files", &other.references()[0], "--to", other.data().join("out").to_str().unwrap()]);
        assert!(files.status.success(), "{}", said(&files));
    }
    stop.store(true, Ordering::Relaxed);
    for sender in senders {
        sender.join().unwrap();
    }
}

#[test]
fn nothing_is_written_over_and_what_is_no_copy_is_not_restored() {
    let place = Place::new();
    let server = place.serve();
    reference(server.post(&sample_numbered(1)));
    let file = place.dist().join("../copy.sqlite3");
    assert!(backup(&place, &file).status.success());
    let again = backup(&place, &file);
    assert_eq!(again.status.code(), Some(2));
    assert!(said(&again).contains("is there already, and is not written over"), "{}", said(&again));
    let over = restore(&file, &place);
    assert_eq!(over.status.code(), Some(2));
    assert!(said(&over).contains("is there already, and is not written over"), "{}", said(&over));

    let other = Place::new();
    let broken = place.dist().join("../broken.sqlite3");
    let whole = fs::read(&file).unwrap();
    for content in [&b"not a database"[..], &whole[..whole.len() / 2], b""] {
        fs::write(&broken, content).unwrap();
        assert_eq!(restore(&broken, &other).status.code(), Some(2));
        assert!(!other.data().join("submissions.sqlite3").exists());
    }
    let none = Place::new();
    assert_eq!(backup(&none, &file).status.code(), Some(2));
    assert!(!none.data().exists(), "reading must not make anything");
}

#[test]
fn files_that_others_may_read_are_closed_to_them_at_the_start_and_reported() {
    let place = Place::new();
    let mut server = place.serve();
    reference(server.post(&sample_numbered(1)));
    server.kill();
    let open = |path: &Path, mode: u32| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    let (file, log) = (place.data().join("submissions.sqlite3"), place.data().join("submissions.sqlite3-wal"));
    open(&file, 0o644);
    open(&log, 0o664);
    open(&place.data(), 0o755);
    let server = place.serve();
    let said_so = server.said_with("(mode 755): chmod 700");
    assert!(said_so.contains("submissions.sqlite3: other users of this machine could read it (mode 644)"), "{said_so}");
    assert!(said_so.contains("other users of this machine can open this folder (mode 755): chmod 700"), "{said_so}");
    assert_eq!((mode(&file), mode(&log)), (0o600, 0o600));
    drop(server);

    let copy = place.dist().join("../copy.sqlite3");
    assert!(backup(&place, &copy).status.success());
    open(&copy, 0o644);
    let other = Place::new();
    let restored = restore(&copy, &other);
    assert!(
        said(&restored).contains("other users of this machine can read it (mode 644): chmod 600"),
        "{}",
        said(&restored)
    );
    assert_eq!(mode(&other.data().join("submissions.sqlite3")), 0o600);
}
