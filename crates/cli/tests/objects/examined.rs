//! `putright doctor`, `submissions orphans` and backups, with files in an object store.

use std::{
    fs::{self, File},
    process::Output,
    time::{Duration, SystemTime},
};

use crate::{
    bucket::{Bucket, Fault, KEY, SECRET, with_files},
    support::{Place, reference},
};

const FILES: [(&str, &str, &[u8]); 1] = [("a.txt", "text/plain", b"a letter")];

fn doctor(place: &Place, bucket: &Bucket) -> String {
    let dist = place.dist();
    let output = bucket.run(place, &["doctor", "--dist", dist.to_str().unwrap()]);
    said(&output)
}

fn said(output: &Output) -> String {
    let said = [&output.stdout[..], &output.stderr].concat();
    let said = String::from_utf8(said).unwrap();
    assert!(!said.contains(SECRET) && !said.contains(KEY), "{said}");
    said
}

/// Makes a file old, as if it had been written days ago.
fn age(path: &std::path::Path) {
    let then = SystemTime::now() - Duration::from_secs(3 * 24 * 60 * 60);
    File::options().write(true).open(path).unwrap().set_modified(then).unwrap();
}

#[test]
fn doctor_tries_the_bucket_and_warns_of_old_versions() {
    let (place, bucket) = (Place::new(), Bucket::start());
    let server = bucket.serve(&place, &[]);
    reference(server.post(&with_files(1, &FILES)));
    let unknown = doctor(&place, &bucket);
    assert!(unknown.contains("ok: s3://complaints/files: a file can be written, read and deleted"), "{unknown}");
    assert!(unknown.contains("warning: s3://complaints/files: the bucket does not say whether"), "{unknown}");
    assert!(unknown.contains("ok: s3://complaints/files: all of 1 files are there"), "{unknown}");
    assert_eq!(bucket.objects().len(), 1);
    bucket.versioning("");
    assert!(doctor(&place, &bucket).contains("ok: s3://complaints/files: the bucket keeps no old versions"));
    for status in ["Enabled", "Suspended"] {
        bucket.versioning(status);
        let found = doctor(&place, &bucket);
        assert!(
            found.contains(&format!("warning: s3://complaints/files: the versioning of the bucket is {status}")),
            "{found}"
        );
    }
    bucket.fail(Fault::Refuses);
    let refused = doctor(&place, &bucket);
    assert!(refused.contains("error: s3://complaints/files: the object store answers: InternalError"), "{refused}");
    bucket.fail(Fault::None);
    fs::remove_file(bucket.folder().join(&bucket.objects()[0])).unwrap();
    assert!(doctor(&place, &bucket).contains("error: s3://complaints/files: 1 of 1 files are missing"));
}

#[test]
fn orphans_are_found_and_deleted_once_they_are_old() {
    let (place, bucket) = (Place::new(), Bucket::start());
    let server = bucket.serve(&place, &[]);
    reference(server.post(&with_files(1, &FILES)));
    let ours = bucket.folder().join(&bucket.objects()[0]);
    let (orphan, other) = (bucket.folder().join("0f".repeat(32)), bucket.folder().join("notes.txt"));
    for path in [&orphan, &other] {
        fs::write(path, "left over").unwrap();
    }
    let orphans = |more: &[&str]| {
        let found = bucket.read(&place, &[&["submissions", "orphans"], more].concat());
        (found["orphans"].as_array().unwrap().len(), found["files"].as_u64(), found["missing"].as_u64())
    };
    assert_eq!(orphans(&[]), (0, Some(1), Some(0)), "it may just have been written");
    for path in [&ours, &orphan, &other] {
        age(path);
    }
    assert_eq!(orphans(&[]), (1, Some(1), Some(0)));
    assert!(doctor(&place, &bucket).contains("1 objects are of no complaint that this database knows"));
    assert_eq!(orphans(&["--delete"]).0, 1);
    assert_eq!([ours.exists(), orphan.exists(), other.exists()], [true, false, true]);
    assert_eq!(orphans(&[]), (0, Some(1), Some(0)));
}

#[test]
fn backup_says_how_many_files_it_leaves_out_and_restores_their_names() {
    let (place, bucket) = (Place::new(), Bucket::start());
    let server = bucket.serve(&place, &[]);
    let given = reference(server.post(&with_files(1, &FILES)));
    drop(server);
    let copy = place.dist().with_file_name("copy.sqlite3");
    let run = |arguments: &[&str]| {
        std::process::Command::new(env!("CARGO_BIN_EXE_putright")).args(arguments).output().unwrap()
    };
    let (data, copy) = (place.data(), copy.to_str().unwrap());
    let printed = run(&["backup", "--data", data.to_str().unwrap(), "--to", copy]);
    let printed: serde_json::Value = serde_json::from_slice(&printed.stdout).unwrap();
    assert_eq!((&printed["copied"]["files"], &printed["copied"]["in_object_store"]), (&1.into(), &1.into()));
    fs::remove_dir_all(&data).unwrap();
    assert!(run(&["restore", "--from", copy, "--data", data.to_str().unwrap()]).status.success());
    let to = place.dist().with_file_name("files");
    bucket.read(&place, &["submissions", "files", &given, "--to", to.to_str().unwrap()]);
    assert_eq!(fs::read(to.join("1-a.txt")).unwrap(), FILES[0].2);
}

#[test]
fn mistake_in_the_options_is_named_and_no_credential_is() {
    let (place, bucket) = (Place::new(), Bucket::start());
    for name in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] {
        let output = bucket.command(&place, &[]).env(name, "").output().unwrap();
        let said = said(&output);
        let expected = format!("{name}: is not in the environment");
        assert!(output.status.code() == Some(2) && said.contains(&expected), "{said}");
    }
    let with = |option: &str, value: &str| {
        let mut command = place.command(&["--files", "s3://complaints"]);
        command.env("AWS_ACCESS_KEY_ID", KEY).env("AWS_SECRET_ACCESS_KEY", SECRET);
        if option == "--files" {
            command = place.command(&[]);
            command.env("AWS_ACCESS_KEY_ID", KEY).env("AWS_SECRET_ACCESS_KEY", SECRET);
        }
        said(&command.args([option, value]).output().unwrap())
    };
    assert!(with("--files", "https://s3.example/complaints").contains("write it as s3://bucket/prefix"));
    assert!(
        with("--files-endpoint", "http://s3.example").contains("--files-endpoint: must be an address with https://")
    );

    let mut command = bucket.command(&place, &[]);
    command.env("AWS_SECRET_ACCESS_KEY", "another");
    let server = crate::support::Server::start(command);
    let said = server.said_with("SignatureDoesNotMatch");
    assert!(said.contains("the object store answers: SignatureDoesNotMatch") && !said.contains(KEY), "{said}");
    assert_eq!(server.post(&with_files(1, &FILES)).status(), 503);
}
