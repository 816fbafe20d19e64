//! The inbox of receivers that share a PostgreSQL database: one trail, whoever writes it.

use std::thread;

use serde_json::Value;

use crate::{
    browser::{Browser, complaints, place, policy},
    database::Database,
    support::{Place, Server, text},
};

fn serve(place: &Place, database: &Database) -> Server {
    let policy = policy(place);
    let own = ["--rate", "1000000", "--database", &database.url(), "--inbox-policy", &policy];
    place.serve_with(&[&own[..], &["--inbox-user-header", "X-Remote-User", "--inbox-proxy", "127.0.0.1"]].concat())
}

fn audit(place: &Place, database: &Database) -> (Option<i32>, Value, String) {
    let output = place.submissions(&["audit", "--list", "--database", &database.url()]);
    let printed = serde_json::from_slice(&output.stdout).unwrap_or_default();
    (output.status.code(), printed, String::from_utf8(output.stderr).unwrap())
}

/// The token of the forms of a page.
fn token(page: &str) -> String {
    let (_, after) = page.split_once("name=\"csrf\" value=\"").unwrap();
    after.split('"').next().unwrap().to_owned()
}

#[test]
fn officers_of_two_receivers_write_one_trail() {
    let Some(database) = Database::start() else { return };
    let place = place();
    let servers = [serve(&place, &database), serve(&place, &database)];
    let [first, second] = complaints(&servers[0]);
    thread::scope(|scope| {
        for server in &servers {
            scope.spawn(|| {
                let lead = Browser::of(server, "lead");
                for reference in [&first, &second].into_iter().cycle().take(20) {
                    assert!(lead.page(&format!("/inbox/{reference}")).contains(reference.as_str()));
                }
            });
        }
    });
    let (code, printed, _) = audit(&place, &database);
    assert_eq!((code, printed["entries"].as_i64()), (Some(0), Some(42)));

    let lead = Browser::of(&servers[1], "lead");
    let list = lead.page("/inbox?urgent=yes&state=opened&kind=complaint&from=2020-01-01&until=2999-01-01");
    assert!(list.contains(&first) && !list.contains(&second), "{list}");
    assert!(!lead.page("/inbox?state=new").contains(&first));
    lead.page(&format!("/inbox/{first}"));
    assert_eq!(lead.post(&format!("/inbox/{first}/taken"), &[("number", "CASE-1")]).status(), 303);
    assert!(lead.page("/inbox?find=CASE-1").contains(&first));
    assert!(lead.page("/inbox?state=taken").contains(&first));
    assert!(text(lead.post(&format!("/inbox/{first}/delete"), &[])).contains("It is deleted"));
    assert_eq!(lead.get(&format!("/inbox/{first}")).status(), 404);
    let other = Browser::of(&servers[0], "other");
    assert_eq!(other.get(&format!("/inbox/{second}")).status(), 404);
    let (code, printed, _) = audit(&place, &database);
    let newest = printed["trail"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (code, newest["action"].as_str(), newest["submission"].as_str()),
        (Some(0), Some("refused"), Some(&*second))
    );

    for (change, back) in [
        ("UPDATE audit SET officer = 'eve' WHERE number = 7", "UPDATE audit SET officer = 'lead' WHERE number = 7"),
        ("UPDATE audit_head SET number = number + 1", "UPDATE audit_head SET number = number - 1"),
    ] {
        database.query(change);
        let (code, _, said) = audit(&place, &database);
        assert!(code == Some(1) && said.contains("tampered"), "{change}: {said}");
        database.query(back);
    }
    database.query("DELETE FROM audit WHERE number > 40");
    assert_eq!(audit(&place, &database).0, Some(1));
}

#[test]
fn sign_in_at_one_receiver_holds_at_the_other_until_it_ends_at_either() {
    let Some(database) = Database::start() else { return };
    let place = place();
    let servers = [serve(&place, &database), serve(&place, &database)];
    let lead = Browser::of(&servers[0], "lead");
    let first = lead.page("/inbox");
    lead.go_to(&servers[1]);
    assert_eq!(token(&lead.page("/inbox")), token(&first), "it is the same session");
    assert_eq!(database.count("SELECT count(*) FROM sessions"), 1);
    assert!(text(lead.post("/inbox/sign-out", &[])).contains("signed out"));
    assert_eq!(database.count("SELECT count(*) FROM sessions"), 0);

    // The proxy still names the officer, so what follows is another session.
    lead.go_to(&servers[0]);
    assert_ne!(token(&lead.page("/inbox")), token(&first));
    let ended = lead.post_with("/inbox/sign-out", &[("csrf", &token(&first))]);
    assert_eq!(ended.status(), 403, "the token of a session that has ended");
    // One that starts later, as after a restart.
    let server = serve(&place, &database);
    lead.go_to(&server);
    assert_eq!(database.count("SELECT count(*) FROM sessions"), 1);
    lead.page("/inbox");
    assert_eq!(database.count("SELECT count(*) FROM sessions"), 1, "a restart signs nobody out");
    database.query("UPDATE sessions SET used_at = now() - interval '31 minutes'");
    lead.page("/inbox");
    assert_eq!(database.count("SELECT count(*) FROM sessions WHERE used_at > now() - interval '1 minute'"), 1);
    assert_eq!(database.count("SELECT count(*) FROM sessions"), 1, "the idle one has ended");
}

#[test]
fn complaints_of_an_older_database_get_their_state_and_urgency() {
    let Some(database) = Database::start() else { return };
    let place = place();
    let server = serve(&place, &database);
    let [first, second] = complaints(&server);
    drop(server);
    database.query(
        "DROP TABLE unattached_objects; DROP TABLE sessions; DROP TABLE used_sign_ins;
         ALTER TABLE files DROP COLUMN object, DROP COLUMN object_bytes;
         ALTER TABLE submissions DROP COLUMN urgent, DROP COLUMN state; DROP INDEX submissions_taken_as;
         DROP INDEX submissions_received; DROP INDEX submissions_council;
         DROP TABLE audit; DROP TABLE audit_head;
         ALTER TABLE files DROP COLUMN scan, DROP COLUMN scan_found; UPDATE putright_version SET version = 3",
    );
    let taken = format!("UPDATE submissions SET taken_as = 'CASE-1', taken_at = now() WHERE reference = '{second}'");
    database.query(&taken);
    let server = serve(&place, &database);
    let lead = Browser::of(&server, "lead");
    let list = |query: &str| {
        let page = lead.page(&format!("/inbox?{query}"));
        [page.contains(&first), page.contains(&second)]
    };
    assert_eq!(
        [list("urgent=yes"), list("state=taken"), list("state=new")],
        [[true, false], [false, true], [true, false]]
    );
}
