//! Faults on the way into the object store: no complaint is lost, and no object stays for ever.

use std::{fs, thread, time::Duration};

use crate::{
    bucket::{Bucket, Fault, KEY, with_files},
    database::Database,
    support::{Place, header, problem, reference, sample},
};

const FILES: [(&str, &str, &[u8]); 1] = [("a.txt", "text/plain", b"a letter")];

fn store(place: &Place) -> rusqlite::Connection {
    rusqlite::Connection::open(place.data().join("submissions.sqlite3")).unwrap()
}

/// Makes all objects without a complaint due, as after an hour.
fn let_an_hour_pass(place: &Place) {
    store(place).execute("UPDATE unattached_objects SET due_at = '2020-01-01T00:00:00Z'", []).unwrap();
}

#[test]
fn complaint_whose_file_is_not_written_is_not_acknowledged() {
    let (place, bucket) = (Place::new(), Bucket::start());
    let server = bucket.serve(&place, &[]);
    let body = with_files(1, &FILES);
    for fault in [Fault::Refuses, Fault::StoresAndRefuses] {
        bucket.fail(fault);
        problem(server.post(&body), 503, "not-stored");
        assert_eq!(place.list().len(), 0, "{fault:?}");
    }
    let said = server.said_with("InternalError");
    assert!(said.contains("the object store answers: InternalError") && !said.contains("a message"), "{said}");
    let without = reference(server.post(&sample()));
    bucket.fail(Fault::None);
    let with = reference(server.post(&body));
    assert_eq!(place.references(), [without, with]);
    assert_eq!(bucket.objects().len(), 2, "one is left over");
    drop(server);

    let server = bucket.serve(&place, &[]);
    thread::sleep(Duration::from_secs(2));
    assert_eq!(bucket.objects().len(), 2, "it may still be on its way");
    drop(server);
    let_an_hour_pass(&place);
    let _server = bucket.serve(&place, &[]);
    bucket.wait_for(1);
    let left: i64 = store(&place).query_row("SELECT count(*) FROM unattached_objects", [], |row| row.get(0)).unwrap();
    assert_eq!(left, 0);
}

#[test]
fn receiver_killed_between_object_and_commit_leaves_nothing() {
    let (place, bucket) = (Place::new(), Bucket::start());
    let mut server = bucket.serve(&place, &[]);
    bucket.fail(Fault::StoresAndHangs);
    let body = with_files(1, &FILES);
    thread::scope(|scope| {
        let url = server.url("/api/submissions");
        let agent = server.agent.clone();
        let text = body.to_string();
        scope.spawn(move || agent.post(url).header("content-type", "application/json").send(&text).is_err());
        bucket.wait_for(1);
        // A complaint without files waits for none of it.
        reference(server.post(&sample()));
        server.kill();
    });
    bucket.fail(Fault::None);
    assert_eq!(place.list().len(), 1);
    let server = bucket.serve(&place, &[]);
    let given = reference(server.post(&body));
    assert_eq!(bucket.objects().len(), 2);
    drop(server);
    let_an_hour_pass(&place);
    let _server = bucket.serve(&place, &[]);
    bucket.wait_for(1);
    let to = place.dist().with_file_name("files");
    bucket.read(&place, &["submissions", "files", &given, "--to", to.to_str().unwrap()]);
    assert_eq!(fs::read(to.join("1-a.txt")).unwrap(), FILES[0].2);
}

#[test]
fn replay_and_refused_key_leave_no_object_with_postgres() {
    let Some(database) = Database::start() else { return };
    let (place, bucket) = (Place::new(), Bucket::start());
    let server = bucket.serve(&place, &["--database", &database.url()]);
    let body = with_files(1, &FILES);
    let given = reference(server.post(&body));
    let again = server.post(&body);
    assert_eq!(header(&again, "idempotent-replayed"), "true");
    assert_eq!(reference(again), given);
    problem(server.post(&with_files(1, &[("a.txt", "text/plain", b"another")])), 422, "idempotency-key-taken");
    assert_eq!(database.count("SELECT count(*) FROM files"), 1);
    drop(server);
    database.query("UPDATE unattached_objects SET due_at = '2020-01-01'");
    let _server = bucket.serve(&place, &["--database", &database.url()]);
    bucket.wait_for(1);
    thread::sleep(Duration::from_millis(200));
    assert_eq!(database.count("SELECT count(*) FROM unattached_objects"), 0);
    assert_eq!(bucket.objects(), [database.query("SELECT object FROM files")[0][0].clone()]);
}

#[test]
fn changed_object_is_not_given_out_and_a_missing_one_is_named() {
    let (place, bucket) = (Place::new(), Bucket::start());
    let server = bucket.serve(&place, &[]);
    let given = reference(server.post(&with_files(1, &FILES)));
    let object = bucket.folder().join(&bucket.objects()[0]);
    let to = |name: &str| place.dist().with_file_name(name).to_str().unwrap().to_owned();
    for other in [&b"a Letter"[..], b"short", b"a letter\nand more"] {
        fs::write(&object, other).unwrap();
        let output = bucket.run(&place, &["submissions", "files", &given, "--to", &to("files")]);
        // More than what was stored is cut off.
        assert_eq!(
            output.status.success(),
            other.starts_with(b"a letter"),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    fs::remove_file(&object).unwrap();
    let output = bucket.run(&place, &["submissions", "files", &given, "--to", &to("other")]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && said.contains("missing") && !said.contains(KEY), "{said}");
    bucket.read(&place, &["submissions", "export", "--to", &to("export.json")]);
    let exported = fs::read_to_string(to("export.json")).unwrap();
    assert!(exported.contains("\"missing\":true"), "{exported}");
}
