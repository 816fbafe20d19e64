//! A million complaints: how long a page of the list takes.

use std::time::{Duration, Instant};

use rusqlite::Connection;

use crate::{
    client::{Browser, place, serve},
    support::text,
};

/// The longest that a page may take.
const MOST: Duration = Duration::from_millis(200);
/// The tries of each page, of which the slowest counts.
const TRIES: u32 = 5;

/// Fills a store: 30 councils, of which one has half of all; a few in a thousand urgent, a few in ten thousand compliments.
fn fill(database: &Connection, rows: u32) {
    database
        .execute_batch(&format!(
            "PRAGMA synchronous = OFF;
             WITH RECURSIVE each(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM each WHERE n < {rows})
             INSERT INTO submissions (key, reference, received_at, council, kind, body, urgent, state, taken_as)
             SELECT 'key-' || n, 'R' || n, strftime('%Y-%m-%dT%H:%M:%SZ', 1700000000 + n * 60, 'unixepoch'),
                 CASE WHEN n % 2 THEN 'bromley' ELSE 'council-' || (n / 2 % 29) END,
                 CASE WHEN n % 5003 = 7 THEN 'compliment' WHEN n % 10 = 3 THEN 'comment' ELSE 'complaint' END,
                 '{{\"words\":\"' || printf('%.*c', 2000, 'x') || n || '\"}}', n % 997 = 0,
                 CASE WHEN n < {rows} - 2000 THEN 'taken' WHEN n % 3 THEN 'opened' ELSE 'new' END,
                 CASE WHEN n < {rows} - 2000 THEN 'CASE-' || n END
             FROM each;"
        ))
        .unwrap();
}

#[test]
#[ignore = "fills a store with a million complaints: 3 GB and minutes"]
fn page_of_a_million_complaints_takes_under_a_fifth_of_a_second() {
    let rows = std::env::var("PUTRIGHT_ROWS").ok().and_then(|rows| rows.parse().ok()).unwrap_or(1_000_000);
    let place = place();
    drop(place.serve());
    fill(&Connection::open(place.data().join("submissions.sqlite3")).unwrap(), rows);
    let server = serve(&place, &[]);
    let all = Browser::with(&server, &[("x-remote-user", "boss"), ("x-remote-groups", "all")]);
    let lead = Browser::of(&server, "lead");
    assert!(all.page("/inbox").contains("Older complaints"));
    let middle = format!("/inbox?before={}", rows / 2);
    let case = format!("/inbox?find=CASE-{}", rows / 3);
    let mut slow = Vec::new();
    for (who, browser) in [("all councils", &all), ("one council", &lead)] {
        for path in [
            "/inbox",
            middle.as_str(),
            "/inbox?urgent=yes",
            "/inbox?kind=compliment",
            "/inbox?kind=compliment&urgent=yes",
            "/inbox?kind=follow_up",
            "/inbox?state=new",
            "/inbox?state=new&kind=compliment",
            "/inbox?state=opened&urgent=yes&kind=compliment&from=2024-01-01",
            "/inbox?from=2024-06-01&until=2024-06-30",
            "/inbox?until=2023-12-01&kind=compliment",
            "/inbox?council=bromley&urgent=yes",
            &case,
            "/inbox?find=222-222-222",
        ] {
            let times = (0..TRIES).map(|_| {
                let started = Instant::now();
                let response = browser.get(path);
                assert_eq!(response.status(), 200, "{path}");
                let _ = text(response);
                started.elapsed()
            });
            let worst = times.max().unwrap();
            println!("{who}: {path}: {} ms", worst.as_millis());
            if worst > MOST {
                slow.push(format!("{who}: {path}: {worst:?}"));
            }
        }
    }
    lead.page("/inbox");
    // Nobody wrote it, so each search reads as many complaints as one may, or as it has time for.
    let search = || lead.post("/inbox/search", &[("text", "no such words")]);
    for _ in 0..TRIES {
        let started = Instant::now();
        assert!(text(search()).contains("Search older complaints"));
        println!("one council: a search: {} ms", started.elapsed().as_millis());
        if started.elapsed() > MOST {
            slow.push(format!("a search: {:?}", started.elapsed()));
        }
    }
    assert!(slow.is_empty(), "{slow:#?}");
}
