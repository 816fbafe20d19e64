//! The connection to the database: encrypted, checked, refused, and lost.

use std::{
    fs,
    io::{Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    os::unix::fs::{PermissionsExt, chown},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use crate::{
    database::{Database, NOBODY, is_root, url_at},
    shared::{PLENTY, receiver},
    support::{Place, json, problem, reference, sample_numbered},
};

/// Returns the error output of a receiver that does not start.
fn refusal(place: &Place, more: &[&str]) -> String {
    let output = place.command(more).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn connection_is_encrypted_and_the_certificate_checked() {
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let Some(mut database) = Database::start() else { return };
    database.crash();
    for (name, text) in [("server.crt", made.cert.pem()), ("server.key", made.signing_key.serialize_pem())] {
        let file = database.data().join(name);
        fs::write(&file, text).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        if is_root() {
            chown(&file, Some(NOBODY), Some(NOBODY)).unwrap();
        }
    }
    let file = database.data().join("postgresql.conf");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("{text}\nssl = on\n")).unwrap();
    database.run();

    let place = Place::new();
    let url = format!("{}?sslmode=require", database.url());
    let authority = place.dist().with_file_name("authority.pem");
    fs::write(&authority, made.cert.pem()).unwrap();
    let authority = authority.to_str().unwrap();
    let server = place.serve_with(&["--database", &url, "--database-ca", authority]);
    reference(server.post(&sample_numbered(1)));
    let sessions =
        "SELECT count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'putright'";
    assert!(database.count(sessions) > 0);
    assert_eq!(database.count(&format!("{sessions} AND NOT ssl")), 0);

    let other = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    fs::write(authority, other.cert.pem()).unwrap();
    let said = refusal(&place, &["--database", &url, "--database-ca", authority]);
    assert!(said.contains("certificate"), "{said}");
    let said = refusal(&place, &["--database", &url]);
    assert!(said.contains("certificate"), "{said}");
}

#[test]
fn database_that_could_lose_a_complaint_or_is_newer_is_refused() {
    let Some(database) = Database::start_with("fsync = off") else { return };
    let place = Place::new();
    let said = refusal(&place, &["--database", &database.url()]);
    assert!(said.contains("fsync = off"), "{said}");
    drop(database);

    let database = Database::start().unwrap();
    drop(receiver(&place, &database, &[]));
    database.query("UPDATE putright_version SET version = version + 1");
    let said = refusal(&place, &["--database", &database.url()]);
    assert!(said.contains("holds tables of version"), "{said}");
    let listed = place.submissions(&["list", "--database", &database.url()]);
    assert_eq!(listed.status.code(), Some(2));
}

#[test]
fn address_with_a_password_is_never_shown() {
    let place = Place::new();
    for url in ["postgres://putright:hunter2@127.0.0.1:1/complaints", "postgres://putright:hunter2@@@/:x/"] {
        let said = refusal(&place, &["--database", url]);
        assert!(said.contains("database") && !said.contains("hunter2"), "{said}");
    }
}

#[test]
fn password_is_read_from_its_file() {
    let Some(database) = Database::start() else { return };
    database.query("CREATE ROLE receiver LOGIN PASSWORD 'hunter2'; GRANT CREATE ON SCHEMA public TO receiver");
    let access = database.data().join("pg_hba.conf");
    let rules = fs::read_to_string(&access).unwrap();
    fs::write(&access, format!("host all receiver 127.0.0.1/32 scram-sha-256\n{rules}")).unwrap();
    database.query("SELECT pg_reload_conf()");

    let place = Place::new();
    let url = database.url().replace("putright@", "receiver@");
    let file = place.dist().with_file_name("password");
    fs::write(&file, "hunter2\n").unwrap();
    let options = ["--database", &url, "--database-password-file", file.to_str().unwrap()];
    let server = place.serve_with(&options);
    reference(server.post(&sample_numbered(1)));
    let listed = place.submissions(&[&["list"], &options[..]].concat());
    assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
    assert!(!server.said().contains("hunter2"));

    fs::write(&file, "hunter3\n").unwrap();
    for wrong in [&options[..], &options[..2]] {
        let said = refusal(&place, wrong);
        assert!(said.contains("database") && !said.contains("hunter"), "{said}");
    }
}

#[test]
fn asynchronous_commit_of_the_server_is_not_used() {
    let Some(database) = Database::start_with("synchronous_commit = off\nlog_statement = 'all'") else { return };
    let place = Place::new();
    let server = receiver(&place, &database, &[]);
    // A commit that is not waited for is lost by a crash up to three times wal_writer_delay later.
    database.query("ALTER SYSTEM SET wal_writer_delay = '10s'");
    database.query("SELECT pg_reload_conf()");
    let mut database = database;
    for round in 0..5 {
        let stored = reference(server.post(&sample_numbered(round)));
        database.crash();
        database.run();
        assert_eq!(database.query("SELECT reference FROM submissions ORDER BY number DESC LIMIT 1")[0][0], stored);
    }
}

/// A network between a receiver and its database.
pub struct Network {
    pub port: u16,
    is_cut: Arc<AtomicBool>,
    open: Arc<Mutex<Vec<TcpStream>>>,
}

impl Network {
    pub fn to(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let network =
            Self { port: listener.local_addr().unwrap().port(), is_cut: Arc::default(), open: Arc::default() };
        let (is_cut, open) = (Arc::clone(&network.is_cut), Arc::clone(&network.open));
        thread::spawn(move || {
            for client in listener.incoming() {
                let client = client.unwrap();
                let Ok(server) = TcpStream::connect(("127.0.0.1", port)) else { continue };
                open.lock().unwrap().extend([client.try_clone().unwrap(), server.try_clone().unwrap()]);
                for (from, to) in [(&client, &server), (&server, &client)] {
                    let (from, to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
                    let is_cut = Arc::clone(&is_cut);
                    thread::spawn(move || carry(from, to, &is_cut));
                }
            }
        });
        network
    }

    /// Swallows everything, as a network does from which a cable was pulled.
    pub fn cut(&self) {
        self.is_cut.store(true, Ordering::Relaxed);
    }

    /// Carries new connections again. Those from before the cut are gone.
    pub fn join(&self) {
        self.is_cut.store(false, Ordering::Relaxed);
        for stream in self.open.lock().unwrap().drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

fn carry(mut from: TcpStream, mut to: TcpStream, is_cut: &AtomicBool) {
    let mut part = [0; 16 << 10];
    while let Ok(length @ 1..) = from.read(&mut part) {
        if !is_cut.load(Ordering::Relaxed) && to.write_all(&part[..length]).is_err() {
            return;
        }
    }
    let _ = to.shutdown(Shutdown::Both);
}

#[test]
fn cut_network_is_answered_in_time_and_recovered_from() {
    let Some(database) = Database::start() else { return };
    let place = Place::new();
    let network = Network::to(database.port());
    let server = place.serve_with(&["--rate", PLENTY, "--database", &url_at(network.port)]);
    let first = reference(server.post(&sample_numbered(1)));
    network.cut();
    let agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(40)))
        .build()
        .new_agent();
    let started = Instant::now();
    let sent = agent
        .post(server.url("/api/submissions"))
        .header("content-type", "application/json")
        .send(sample_numbered(2).to_string())
        .unwrap();
    assert!(started.elapsed() < Duration::from_secs(35), "{:?}", started.elapsed());
    problem(sent, 503, "not-stored");
    assert_eq!(server.get("/", &[]).status(), 200, "the pages are served meanwhile");
    network.join();
    let second = reference(server.post(&sample_numbered(2)));
    let again = json(server.post(&sample_numbered(1)));
    assert_eq!(again["reference"], first.as_str());
    let stored = database.query("SELECT reference FROM submissions ORDER BY number");
    assert_eq!(stored, [[first], [second]]);
}
