//! A flood from one address: it is counted before anything of it is read, and refusing costs next to nothing.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use crate::{
    shipped,
    support::{Place, Server, header, problem, sample, text},
};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const PAGE: (&str, &str) = ("accept", "text/html");

fn form(server: &Server, headers: &[(&str, &str)], body: &[u8]) -> u16 {
    server.send("POST", "/api/form", headers, body).status().as_u16()
}

#[test]
fn every_form_counts_whatever_its_type_or_council() {
    let place = Place::new();
    for headers in [&[FORM][..], &[("content-type", "text/plain")], &[FORM, PAGE]] {
        let server = place.serve_with(&["--rate", "3"]);
        for _ in 0..3 {
            assert!([404, 415].contains(&form(&server, headers, b"council=nowhere")));
        }
        let refused = server.post(&sample());
        assert!(!header(&refused, "retry-after").is_empty());
        problem(refused, 429, "too-many-requests");
    }
    assert_eq!(place.list().len(), 0);
}

#[test]
#[cfg(target_os = "linux")]
fn refused_form_costs_no_more_than_refused_json() {
    const MANY: usize = 400;
    let place = Place::new();
    let server = place.serve_with(&["--rate", "1"]);
    let process = crate::process::Process(server.pid());
    let long = vec![b'x'; 20_000];
    let body = [b"council=bromley&what_happened=", &long[..]].concat();
    let send_json = || server.post_with(&[], &body).status().as_u16();
    let send_form = || form(&server, &[FORM, PAGE], &body);
    for _ in 0..20 {
        send_json();
        send_form();
    }
    let of_many = |send: &dyn Fn() -> u16| process.cost(|| (0..MANY).for_each(|_| assert_eq!(send(), 429))).1.processor;
    let (json, form) = (of_many(&send_json), of_many(&send_form));
    println!("{MANY} refusals: {json} ms as JSON, {form} ms as a form");
    assert!(form <= json * 2 + 100, "{form} ms, and {json} ms as JSON");
}

#[test]
fn flood_of_forms_from_one_address_holds_up_no_page() {
    let place = Place::new();
    // With the files that ship, a form is drawn.
    shipped::copy(&shipped::root().join("public"), &place.dist());
    let server = Arc::new(place.serve_with(&["--rate", "30"]));
    let stop = Arc::new(AtomicBool::new(false));
    let flood: Vec<_> = (0..32)
        .map(|_| {
            let (server, stop) = (Arc::clone(&server), Arc::clone(&stop));
            thread::spawn(move || {
                let mut sent = 0;
                while !stop.load(Ordering::Relaxed) {
                    form(&server, &[FORM, PAGE], b"council=bromley");
                    sent += 1;
                    // The flood comes from other machines; here it would take the processor from the server.
                    thread::sleep(Duration::from_millis(20));
                }
                sent
            })
        })
        .collect();
    thread::sleep(Duration::from_millis(300));
    let mut times: Vec<Duration> = (0..60)
        .map(|_| {
            thread::sleep(Duration::from_millis(10));
            let started = Instant::now();
            text(server.get("/", &[]));
            started.elapsed()
        })
        .collect();
    stop.store(true, Ordering::Relaxed);
    let sent: u32 = flood.into_iter().map(|sender| sender.join().unwrap()).sum();
    times.sort();
    println!("{sent} forms; GET / took {:?} in the middle and {:?} at the most", times[30], times[59]);
    assert!(sent > 300, "{sent}");
    assert!(times[54] < Duration::from_millis(150), "{times:?}");
}
