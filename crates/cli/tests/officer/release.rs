//! `scripts/release.sh`: the archive of a release, packed of small stand-ins.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;

use crate::{council::text, place::root};

pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Packs a built app and a program.
pub fn pack(dist: &Path, program: &Path, out: &Path) -> Output {
    Command::new(root().join("scripts/release.sh"))
        .args(["--dist", text(dist), "--program", text(program), "--out", text(out)])
        .env("SOURCE_DATE_EPOCH", "1796030311")
        .output()
        .unwrap()
}

/// The name of the archive without its ending.
pub fn name() -> String {
    format!("putright-{VERSION}-linux-{}", std::env::consts::ARCH)
}

/// A small built app, and a program that says this.
pub fn stand_ins(folder: &Path, says: &str) -> (PathBuf, PathBuf) {
    let (dist, program) = (folder.join("dist"), folder.join("program"));
    fs::create_dir_all(dist.join("content")).unwrap();
    for (file, content) in [("index.html", "<html>"), ("content/b.json", "{}"), ("content/a.json", "[]")] {
        fs::write(dist.join(file), content).unwrap();
    }
    fs::write(&program, format!("#!/bin/sh\necho '{says}'\n")).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    (dist, program)
}

fn run(program: &str, arguments: &[&str], folder: &Path) -> String {
    let output = Command::new(program).args(arguments).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_program_says_its_version() {
    let output = crate::place::putright(&["--version"]);
    assert_eq!(String::from_utf8(output.stdout).unwrap(), format!("putright {VERSION}\n"));
}

#[test]
fn the_same_inputs_give_the_same_archive_with_everything_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut archives = Vec::new();
    for (number, mode) in [("one", 0o600), ("two", 0o644)] {
        // Another folder, with other times and rights.
        let here = folder.path().join(number);
        let (dist, program) = stand_ins(&here, &format!("putright {VERSION}"));
        fs::set_permissions(dist.join("index.html"), fs::Permissions::from_mode(mode)).unwrap();
        let packed = pack(&dist, &program, &here.join("out"));
        assert!(packed.status.success(), "{}", String::from_utf8_lossy(&packed.stderr));
        archives.push(fs::read(here.join("out").join(name() + ".tar.gz")).unwrap());
    }
    assert!(archives[0] == archives[1], "two packings of the same inputs differ");

    let out = folder.path().join("one/out");
    run("sha256sum", &["--check", "--quiet", &(name() + ".sha256")], &out);
    run("tar", &["xzf", &(name() + ".tar.gz")], &out);
    let unpacked = out.join(name());
    run("sha256sum", &["--check", "--quiet", "SHA256SUMS"], &unpacked);
    assert_eq!(fs::read_to_string(unpacked.join("VERSION")).unwrap().trim(), VERSION);
    let parts = [
        "putright",
        "dist/index.html",
        "dist/content/a.json",
        "docs/councils.md",
        "docs/hosts/nginx.conf",
        "examples/php/public/.user.ini",
        "examples/php/private/settings.php",
        "CHANGELOG.md",
        "LICENSE",
        "NOTICES.md",
        "README.md",
    ];
    let sums = fs::read_to_string(unpacked.join("SHA256SUMS")).unwrap();
    for part in parts {
        assert!(unpacked.join(part).is_file() && sums.contains(&format!("  {part}\n")), "{part}");
    }
    let listed = run("tar", &["tvzf", &(name() + ".tar.gz"), "--numeric-owner"], &out);
    assert!(listed.lines().all(|line| line.contains(" 0/0 ")), "{listed}");
    assert!(
        listed.lines().filter(|line| !line.starts_with('d')).all(|line| {
            let wanted = if line.ends_with("/putright") { "-rwxr-xr-x" } else { "-rw-r--r--" };
            line.starts_with(wanted)
        }),
        "{listed}"
    );
}

#[test]
fn the_bill_of_materials_names_what_ships_once_and_nothing_that_only_tests() {
    let folder = tempfile::tempdir().unwrap();
    let (dist, program) = stand_ins(folder.path(), &format!("putright {VERSION}"));
    assert!(pack(&dist, &program, folder.path()).status.success());
    let file = folder.path().join(name() + ".sbom.cdx.json");
    let bill: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    assert_eq!((&bill["bomFormat"], &bill["specVersion"]), (&"CycloneDX".into(), &"1.5".into()));
    assert_eq!(bill["metadata"]["component"]["version"], VERSION);
    assert_eq!(bill["metadata"]["timestamp"], "2026-11-30T09:18:31Z");
    let components = bill["components"].as_array().unwrap();
    let references: Vec<&str> = components.iter().map(|one| one["bom-ref"].as_str().unwrap()).collect();
    let mut once = references.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once, references, "in order, and each once");
    let has = |start: &str| references.iter().any(|one| one.starts_with(start));
    for there in [
        "pkg:cargo/leptos@",
        "pkg:cargo/axum@",
        "pkg:cargo/tokio-postgres@",
        "pkg:cargo/lettre@",
        "pkg:cargo/openidconnect@",
        "pkg:npm/govuk-frontend@",
    ] {
        assert!(has(there), "{there}");
    }
    for absent in ["pkg:cargo/tempfile@", "pkg:cargo/divan@", "pkg:cargo/putright", "pkg:npm/esbuild@"] {
        assert!(!has(absent), "{absent}");
    }
    for one in components {
        assert!(one["licenses"][0]["expression"].is_string() && one["hashes"][0]["content"].is_string(), "{one}");
    }
    for edge in bill["dependencies"].as_array().unwrap() {
        for on in edge["dependsOn"].as_array().unwrap() {
            assert!(references.contains(&on.as_str().unwrap()), "{edge}");
        }
    }
}

#[test]
fn a_release_of_parts_that_do_not_fit_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (dist, program) = stand_ins(folder.path(), "putright 0.0.9");
    let told = |dist: &Path, program: &Path| {
        let output = pack(dist, program, &folder.path().join("out"));
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(told(&dist, &program).contains("says it is \"putright 0.0.9\""));
    assert!(told(&dist.join("content"), &program).contains("has no index.html: run make release"));
    assert!(told(&dist, &dist.join("index.html")).contains("is no program"));
    assert!(!folder.path().join("out").exists());

    // An app and bundles that speak different formats, and a program that cannot read the bundles.
    let (dist, program) = stand_ins(folder.path(), &format!("putright {VERSION}"));
    fs::create_dir(dist.join("bundles")).unwrap();
    fs::write(dist.join("bundles/a.bin"), "PRB10123456789abcdef").unwrap();
    fs::write(dist.join("app_bg.wasm"), "0000000000000000").unwrap();
    assert!(told(&dist, &program).contains("is older than the bundles beside it"));
    fs::write(&program, format!("#!/bin/sh\n[ \"$1\" = --version ] && echo 'putright {VERSION}'\n")).unwrap();
    assert!(told(&dist, &program).contains("was built by another version"));
    assert!(!folder.path().join("out").exists());
}

#[test]
fn a_file_that_names_the_folder_of_its_build_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let check = || Command::new(root().join("scripts/no-paths.sh")).arg(folder.path()).output().unwrap();
    fs::create_dir(folder.path().join("bundles")).unwrap();
    fs::write(folder.path().join("bundles/a.bin"), b"\0panicked at crates/site/src/lib.rs\0").unwrap();
    assert!(check().status.success());
    let home = std::env::var("HOME").unwrap();
    for place in [root().join("src/main.rs"), PathBuf::from(home).join(".cargo/registry/src/a.rs")] {
        fs::write(folder.path().join("bundles/a.bin"), [b"\0", text(&place).as_bytes(), b"\0"].concat()).unwrap();
        let output = check();
        assert_eq!(output.status.code(), Some(1), "{}", place.display());
        assert!(String::from_utf8(output.stderr).unwrap().contains("bundles/a.bin names /"));
    }
}
