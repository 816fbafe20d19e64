//! Two receivers behind nginx, with one database: whatever is killed, restarted or cut off, each complaint is stored once.

use std::{collections::BTreeSet, fs, path::Path, process::Command, sync::atomic::Ordering, thread, time::Duration};

use serde_json::json;

use crate::{
    connection::Network,
    crash::{Load, leave, rounds},
    daemon::{Daemon, free_port, program},
    database::{Database, url_at},
    shared::PLENTY,
    support::{Place, Server, header, reference, sample_numbered},
};

/// The number of keys that go to both receivers at once, and of senders of each.
const KEYS: u64 = 10;
const SENDERS: usize = 6;

/// A balancer. A request that one receiver does not answer goes to the other: that is safe, for a key is stored once.
fn balancer(nginx: &Path, port: u16, receivers: [u16; 2]) -> Daemon {
    let [one, other] = receivers;
    let http = format!(
        "upstream receivers {{ server 127.0.0.1:{one} max_fails=0; server 127.0.0.1:{other} max_fails=0; }}
         server {{
             listen 127.0.0.1:{port};
             location / {{
                 proxy_pass http://receivers;
                 proxy_next_upstream error timeout http_502 http_503 non_idempotent;
                 proxy_connect_timeout 2s;
                 proxy_set_header Host $host;
                 proxy_set_header X-Forwarded-For $remote_addr;
             }}
         }}"
    );
    Daemon::nginx(nginx, port, &http)
}

/// A receiver at a port of its own, so that nginx finds it again.
fn receiver_at(place: &Place, port: u16, database: u16) -> Server {
    let mut command = Command::new(env!("CARGO_BIN_EXE_putright"));
    command.args(["serve", "--rate", PLENTY, "--port", &port.to_string(), "--behind-proxy"]);
    command.arg("--dist").arg(place.dist()).args(["--database", &url_at(database)]);
    Server::start(command)
}

#[test]
fn two_receivers_behind_nginx_store_each_complaint_once() {
    let Some(nginx) = program("nginx", "nginx-light") else { return };
    let Some(mut database) = Database::start() else { return };
    let (place, network) = (Place::new(), Network::to(database.port()));
    let ports = [free_port(), free_port()];
    let start = |at: usize| receiver_at(&place, ports[at], network.port);
    let mut receivers = [start(0), start(1)];
    let port = free_port();
    let _balancer = balancer(&nginx, port, ports);
    let address = format!("127.0.0.1:{port}");
    let load = Load::to([address.clone(), address.clone()]);
    let kills = rounds(6, 20);
    thread::scope(|scope| {
        for _ in 0..SENDERS {
            scope.spawn(|| load.send());
        }
        for kill in 0..kills {
            thread::sleep(Duration::from_millis(350));
            let at = usize::from(kill % 2 == 0);
            receivers[at].kill();
            receivers[at] = start(at);
        }
        database.crash();
        thread::sleep(Duration::from_millis(300));
        database.run();
        thread::sleep(Duration::from_millis(1_500));
        network.cut();
        thread::sleep(Duration::from_secs(3));
        network.join();
        thread::sleep(Duration::from_millis(2_500));
        load.is_over.store(true, Ordering::Relaxed);
    });
    let acknowledged = load.check(&database);
    assert!(acknowledged > 50, "{acknowledged}");

    let before = database.count("SELECT count(*) FROM submissions");
    for key in 1..=KEYS {
        let references: BTreeSet<String> = thread::scope(|scope| {
            let given_to = |at: usize| reference(receivers[at % 2].post(&sample_numbered(u64::MAX - key)));
            let answers: Vec<_> = (0..SENDERS).map(|at| scope.spawn(move || given_to(at))).collect();
            answers.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(references.len(), 1, "key {key}");
    }
    assert_eq!(database.count("SELECT count(*) FROM submissions"), before + usize::try_from(KEYS).unwrap());
    leave(
        "postgres-balanced",
        &json!({ "kills of a receiver behind nginx": kills, "complaints acknowledged behind nginx": acknowledged }),
    );
}

#[test]
fn receivers_with_copies_of_one_site_give_a_file_the_same_tag() {
    let Some(database) = Database::start() else { return };
    let [one, other] = [Place::new(), Place::new()];
    fs::remove_dir_all(other.dist()).unwrap();
    let copied = Command::new("cp").arg("-a").arg(one.dist()).arg(other.dist()).status().unwrap();
    assert!(copied.success());
    let receivers = [&one, &other].map(|place| receiver_at(place, free_port(), database.port()));
    for path in ["/", "/icon.svg", "/councils/exampleshire.json"] {
        let tag = header(&receivers[0].get(path, &[]), "etag").to_owned();
        assert!(!tag.is_empty(), "{path}");
        assert_eq!(receivers[1].get(path, &[("if-none-match", &tag)]).status(), 304, "{path}");
    }
}
