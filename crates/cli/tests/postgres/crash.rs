//! Receivers and the database are killed under load: nothing that was acknowledged is lost, and nothing is stored twice.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::Path,
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
    time::Duration,
};

use serde_json::{Value, json};
use ureq::Agent;

use crate::{
    database::Database,
    shared::receiver,
    support::{Place, Server, sample_numbered},
};

/// The receivers, of which one may be away, and what they acknowledged.
pub struct Load {
    pub addresses: [Mutex<String>; 2],
    next: AtomicU64,
    pub is_over: AtomicBool,
    acknowledged: Mutex<BTreeMap<u64, String>>,
}

impl Load {
    fn new(receivers: &[Server; 2]) -> Self {
        Self::to([0, 1].map(|at| receivers[at].address.clone()))
    }

    /// A load for two addresses.
    pub fn to(addresses: [String; 2]) -> Self {
        Self {
            addresses: addresses.map(Mutex::new),
            next: AtomicU64::new(1),
            is_over: AtomicBool::new(false),
            acknowledged: Mutex::default(),
        }
    }

    /// Sends complaints, each to either receiver until one acknowledges it.
    pub fn send(&self) {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(10)))
            .build()
            .new_agent();
        while !self.is_over.load(Ordering::Relaxed) {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let body = sample_numbered(number).to_string();
            for attempt in number.. {
                let address = self.addresses[usize::from(attempt % 2 == 0)].lock().unwrap().clone();
                let sent = agent
                    .post(format!("http://{address}/api/submissions"))
                    .header("content-type", "application/json")
                    .send(body.as_bytes());
                match sent {
                    Ok(mut response) if response.status() == 201 => {
                        // The answer may be cut off by a kill: then it was not acknowledged.
                        let Ok(text) = response.body_mut().read_to_string() else { continue };
                        let answer: serde_json::Value = serde_json::from_str(&text).unwrap();
                        let reference = answer["reference"].as_str().unwrap().to_owned();
                        self.acknowledged.lock().unwrap().insert(number, reference);
                        break;
                    }
                    Ok(response) => assert!(matches!(response.status().as_u16(), 502..=504), "{}", response.status()),
                    Err(_) => {}
                }
                if self.is_over.load(Ordering::Relaxed) {
                    break;
                }
                thread::sleep(Duration::from_millis(5));
            }
        }
    }

    /// Checks that each acknowledged complaint is stored under its reference, and each key once.
    pub fn check(&self, database: &Database) -> usize {
        let rows = database.query("SELECT key, reference FROM submissions");
        let stored: BTreeMap<_, _> = rows.iter().map(|row| (row[0].clone(), row[1].clone())).collect();
        assert_eq!(stored.len(), rows.len());
        assert_eq!(stored.values().collect::<BTreeSet<_>>().len(), rows.len(), "no reference is given out twice");
        let acknowledged = self.acknowledged.lock().unwrap();
        for (number, reference) in &*acknowledged {
            assert_eq!(stored.get(&format!("{number:032x}")), Some(reference), "complaint {number}");
        }
        acknowledged.len()
    }
}

/// Leaves what was counted, for docs/evidence.md.
pub fn leave(name: &str, counts: &Value) {
    println!("{counts}");
    let Ok(folder) = env::var("PUTRIGHT_EVIDENCE") else { return };
    fs::create_dir_all(&folder).unwrap();
    fs::write(Path::new(&folder).join(name).with_extension("json"), counts.to_string()).unwrap();
}

pub fn rounds(few: u32, many: u32) -> u32 {
    if env::var_os("PUTRIGHT_PROVE").is_some() { many } else { few }
}

#[test]
fn killed_receiver_loses_nothing_acknowledged() {
    let Some(database) = Database::start() else { return };
    let place = Place::new();
    let mut receivers = [receiver(&place, &database, &[]), receiver(&place, &database, &[])];
    let load = Load::new(&receivers);
    let kills = rounds(6, 20);
    thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| load.send());
        }
        for kill in 0..kills {
            thread::sleep(Duration::from_millis(350));
            let at = usize::from(kill % 2 == 0);
            receivers[at].kill();
            receivers[at] = receiver(&place, &database, &[]);
            *load.addresses[at].lock().unwrap() = receivers[at].address.clone();
        }
        thread::sleep(Duration::from_millis(300));
        load.is_over.store(true, Ordering::Relaxed);
    });
    let acknowledged = load.check(&database);
    assert!(acknowledged > 20, "{acknowledged}");
    leave(
        "postgres-kills",
        &json!({
            "kills of a receiver that shares a database": kills,
            "complaints acknowledged while receivers were killed": acknowledged,
        }),
    );
}

#[test]
fn crashed_database_loses_nothing_acknowledged() {
    let Some(mut database) = Database::start() else { return };
    let place = Place::new();
    let receivers = [receiver(&place, &database, &[]), receiver(&place, &database, &[])];
    let load = Load::new(&receivers);
    let crashes = rounds(3, 10);
    thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| load.send());
        }
        for _ in 0..crashes {
            thread::sleep(Duration::from_millis(500));
            database.crash();
            thread::sleep(Duration::from_millis(300));
            database.run();
        }
        thread::sleep(Duration::from_millis(1_500));
        load.is_over.store(true, Ordering::Relaxed);
    });
    let acknowledged = load.check(&database);
    assert!(acknowledged > 20, "{acknowledged}");
    leave(
        "postgres-crashes",
        &json!({
            "crashes of a shared database": crashes,
            "complaints acknowledged while a database crashed": acknowledged,
        }),
    );
}
