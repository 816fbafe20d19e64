//! The guides for a web officer, each run as it is printed.

use std::{fs, process::Command};

use crate::{
    council::{Council, text},
    daemon,
    documented::Guide,
    release,
};

/// The programs that the first afternoon needs: a Linux without Rust and Node, and PHP for its last part.
const NEEDED: [&str; 13] =
    ["sh", "mkdir", "tar", "gzip", "sha256sum", "ls", "sed", "grep", "tail", "cp", "echo", "curl", "php"];

#[test]
fn own_words_and_questions_are_changed_as_the_guide_says() {
    let council = Council::new();
    let folder = council.folder();
    fs::rename(council.product(), folder.join("dist")).unwrap();
    // A copy: the program looks for the product beside itself.
    fs::copy(env!("CARGO_BIN_EXE_putright"), folder.join("putright")).unwrap();
    let (commands, changes) = Guide::new("own-words.md", folder).run();
    assert!(commands >= 15 && changes == 8, "{commands} commands, {changes} changes");
    let flow = |folder: &str| fs::read_to_string(flow_in(&council, folder)).unwrap();
    for gone in ["\"people_and_teams\"", "\"police_conduct\""] {
        assert!(flow("dist").contains(gone) && !flow("www").contains(gone), "{gone}");
    }
}

/// The flow for adults in a folder.
fn flow_in(council: &Council, folder: &str) -> std::path::PathBuf {
    council.folder().join(folder).join("flows/adult.json")
}

#[test]
fn a_first_afternoon_goes_as_the_guide_says() {
    let council = Council::without_site();
    let program = council.folder().join("putright");
    // Without what only a debugger reads, which is most of it in a build for tests.
    let stripped = Command::new("strip").arg("-o").arg(&program).arg(env!("CARGO_BIN_EXE_putright")).status();
    if !stripped.is_ok_and(|status| status.success()) {
        fs::copy(env!("CARGO_BIN_EXE_putright"), &program).unwrap();
    }
    if daemon::program("php", "php-cli php-sqlite3").is_none() {
        return;
    }
    let packed = release::pack(&council.product(), &program, council.folder());
    assert!(packed.status.success(), "{}", String::from_utf8_lossy(&packed.stderr));
    let guide = fs::read_to_string(crate::place::root().join("docs/first-afternoon.md")).unwrap();
    let archive = format!("{}.tar.gz", release::name());
    if !guide.contains(&archive) {
        // Another architecture than the guide's, or a version that nobody has written into it yet.
        let named = guide.split("tar xzf ").nth(1).unwrap().split(".tar.gz").next().unwrap().to_owned();
        assert!(
            named.contains(release::VERSION),
            "docs/first-afternoon.md names {named}, and this is {}",
            release::VERSION
        );
        eprintln!("not tested: the guide is for another machine than {}", text(council.folder()));
        return;
    }
    let (commands, _) = Guide::new("first-afternoon.md", council.folder()).with_programs(&NEEDED).run();
    assert!(commands >= 20, "{commands}");
}
