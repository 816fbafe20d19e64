//! Many complaints in PostgreSQL: how much a page of the list reads, and how long it takes.

use std::{
    thread,
    time::{Duration, Instant},
};

use crate::{
    browser::{Browser, place, serve},
    database::Database,
    support::{Place, Server, text},
};

/// The longest that a page may take.
const MOST: Duration = Duration::from_millis(200);
/// The tries of each page, of which the slowest counts.
const TRIES: u32 = 5;
/// The rows that a page may read: 50 lines, and the first of each group that comes in question.
const MOST_ROWS: usize = 5_000;

const PAGES: [&str; 10] = [
    "/inbox",
    "/inbox?urgent=yes",
    "/inbox?kind=compliment",
    "/inbox?kind=compliment&urgent=yes",
    "/inbox?kind=follow_up",
    "/inbox?state=new&kind=compliment",
    "/inbox?state=opened&urgent=yes&kind=compliment&from=2024-01-01",
    "/inbox?from=2023-11-20&until=2023-11-30",
    "/inbox?council=bromley&urgent=yes",
    "/inbox?find=222-222-222",
];

/// Starts a receiver whose database has so many complaints: 30 councils, of which one has half of all; a few in a thousand urgent, a
/// few in ten thousand compliments.
fn filled(database: &Database, rows: u32) -> (Place, Server) {
    let place = place();
    let server = serve(&place, &["--database", &database.url()]);
    database.query(&format!(
        "INSERT INTO submissions (key, reference, received_at, council, kind, body, urgent, state, taken_as)
         SELECT 'key-' || n, 'R' || n, to_timestamp(1700000000 + n * 60),
             CASE WHEN n % 2 = 1 THEN 'bromley' ELSE 'council-' || (n / 2 % 29) END,
             CASE WHEN n % 5003 = 7 THEN 'compliment' WHEN n % 10 = 3 THEN 'comment' ELSE 'complaint' END,
             '{{\"words\":\"' || repeat(md5(n::text), 62) || '\"}}', n % 997 = 0,
             CASE WHEN n < {rows} - 2000 THEN 'taken' WHEN n % 3 > 0 THEN 'opened' ELSE 'new' END,
             CASE WHEN n < {rows} - 2000 THEN 'CASE-' || n END
         FROM generate_series(1, {rows}) AS n"
    ));
    database.query("VACUUM ANALYZE submissions");
    (place, server)
}

fn officers(server: &Server) -> [(&'static str, Browser<'_>); 2] {
    let all = Browser::with(server, &[("x-remote-user", "boss"), ("x-remote-groups", "all")]);
    [("all councils", all), ("one council", Browser::of(server, "lead"))]
}

/// Returns how often the table was read from end to end, and the rows that were read of it. The server writes its counts down
/// within a second.
fn reads(database: &Database) -> (usize, usize) {
    thread::sleep(Duration::from_millis(1_500));
    let row = database.query(
        "SELECT seq_scan, seq_tup_read + coalesce(idx_tup_fetch, 0) FROM pg_stat_user_tables WHERE relname = 'submissions'",
    );
    (row[0][0].parse().unwrap(), row[0][1].parse().unwrap())
}

#[test]
fn page_of_the_list_reads_few_rows_of_many() {
    let Some(database) = Database::start() else { return };
    let (_place, server) = filled(&database, 40_000);
    for (who, browser) in officers(&server) {
        browser.page("/inbox");
        for path in PAGES {
            let before = reads(&database);
            browser.page(path);
            let after = reads(&database);
            assert_eq!(after.0, before.0, "{who}: {path}: the whole table was read");
            assert!(after.1 - before.1 < MOST_ROWS, "{who}: {path}: {} rows were read", after.1 - before.1);
        }
    }
}

#[test]
#[ignore = "fills a database with a million complaints: gigabytes and minutes"]
fn page_of_a_million_complaints_takes_under_a_fifth_of_a_second() {
    let rows = std::env::var("PUTRIGHT_ROWS").ok().and_then(|rows| rows.parse().ok()).unwrap_or(1_000_000);
    let Some(database) = Database::start() else { return };
    let (_place, server) = filled(&database, rows);
    let mut slow = Vec::new();
    let mut timed = |what: String, work: &dyn Fn()| {
        let worst = (0..TRIES).map(|_| {
            let started = Instant::now();
            work();
            started.elapsed()
        });
        let worst = worst.max().unwrap();
        println!("{what}: {} ms", worst.as_millis());
        if worst > MOST {
            slow.push(format!("{what}: {worst:?}"));
        }
    };
    let [middle, case] = [format!("/inbox?before={}", rows / 2), format!("/inbox?find=CASE-{}", rows / 3)];
    for (who, browser) in officers(&server) {
        browser.page("/inbox");
        for path in PAGES.into_iter().chain([middle.as_str(), &case]) {
            timed(format!("{who}: {path}"), &|| drop(browser.page(path)));
        }
        browser.page("/inbox");
        // Nobody wrote it, so each search reads as many complaints as one may: 20,000.
        timed(format!("{who}: a search"), &|| {
            let found = text(browser.post("/inbox/search", &[("text", "no such words")]));
            assert!(found.contains("Search older complaints"));
        });
    }
    assert!(slow.is_empty(), "{slow:#?}");
}
