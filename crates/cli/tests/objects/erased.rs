//! Erasing a complaint deletes its objects: by hand, in time, and later where the object store does not answer.

use std::{
    fs,
    thread::sleep,
    time::{Duration, Instant},
};

use crate::{
    bucket::{Bucket, Fault, with_files},
    database::Database,
    support::{Place, reference},
};

const FILES: [(&str, &str, &[u8]); 2] = [("a.txt", "text/plain", b"one"), ("b.txt", "text/plain", b"two!")];

fn erase(place: &Place, more: &[&str]) {
    let bucket = Bucket::start();
    let server = bucket.serve(place, more);
    let [first, second] = [1, 2].map(|number| reference(server.post(&with_files(number, &FILES))));
    assert_eq!(bucket.objects().len(), 4);
    let run = |arguments: &[&str]| bucket.run(place, &[&["submissions"], arguments, more].concat());
    assert_eq!(run(&["hold", &first]).status.code(), Some(0));
    assert_eq!(run(&["delete", &first]).status.code(), Some(1), "it is held");
    assert_eq!(bucket.objects().len(), 4);
    assert_eq!(run(&["release", &first]).status.code(), Some(0));
    assert_eq!(run(&["delete", &first]).status.code(), Some(0));
    assert_eq!(bucket.objects().len(), 2);

    bucket.fail(Fault::Refuses);
    let output = run(&["delete", &second]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && said.contains("deleted from the database"), "{said}");
    assert_eq!((bucket.objects().len(), run(&["show", &second]).status.code()), (2, Some(1)));
    bucket.fail(Fault::None);
    drop(server);
    let _server = bucket.serve(place, more);
    bucket.wait_for(0);
}

#[test]
fn deleted_complaint_leaves_no_object_with_sqlite() {
    erase(&Place::new(), &[]);
}

#[test]
fn deleted_complaint_leaves_no_object_with_postgres() {
    let Some(database) = Database::start() else { return };
    erase(&Place::new(), &["--database", &database.url()]);
    // A name goes after its object.
    let names = || database.count("SELECT count(*) FROM unattached_objects");
    let begun = Instant::now();
    while names() > 0 && begun.elapsed() < Duration::from_secs(20) {
        sleep(Duration::from_millis(50));
    }
    assert_eq!(names(), 0);
}

#[test]
fn objects_of_what_is_past_its_time_are_deleted() {
    let (place, bucket) = (Place::new(), Bucket::start());
    let server = bucket.serve(&place, &[]);
    let [first, _] = [1, 2].map(|number| reference(server.post(&with_files(number, &FILES))));
    assert!(place.submissions(&["taken", &first, "--as", "CASE-1"]).status.success());
    drop(server);
    let _server = bucket.serve(&place, &["--keep", "0d"]);
    bucket.wait_for(2);
    assert_eq!(place.list().len(), 1);
}

#[test]
fn delete_without_the_bucket_says_so_and_a_receiver_does_the_rest() {
    let (place, bucket) = (Place::new(), Bucket::start());
    let server = bucket.serve(&place, &[]);
    let given = reference(server.post(&with_files(1, &FILES)));
    drop(server);
    let to = place.dist().with_file_name("files");
    let read = place.submissions(&["files", &given, "--to", to.to_str().unwrap()]);
    let said = String::from_utf8_lossy(&read.stderr).into_owned();
    assert!(read.status.code() == Some(2) && said.contains("--files s3://bucket/prefix"), "{said}");
    let deleted = place.submissions(&["delete", &given]);
    let said = String::from_utf8_lossy(&deleted.stderr).into_owned();
    assert!(deleted.status.code() == Some(2) && said.contains("--files s3://bucket/prefix"), "{said}");
    assert_eq!(bucket.objects().len(), 2);
    let _server = bucket.serve(&place, &[]);
    bucket.wait_for(0);
}

#[test]
fn redacted_complaint_keeps_its_files() {
    let (place, bucket) = (Place::new(), Bucket::start());
    let server = bucket.serve(&place, &[]);
    let given = reference(server.post(&with_files(1, &FILES)));
    assert!(place.submissions(&["redact", &given, "--at", "/points/0/what_happened"]).status.success());
    let names = bucket.objects();
    assert_eq!(fs::read(bucket.folder().join(&names[0])).unwrap(), b"one");
}
