//! Webhooks: signed, delivered at least once, and once only where nothing goes wrong.

use std::{collections::BTreeSet, fs, thread, time::Duration};

use serde_json::{Value, json};

use crate::{
    beside,
    database::Database,
    hook::{Hook, SECRET},
    notify, outbox,
    support::{Place, reference, sample, sample_numbered},
    wait_for,
};

fn webhook(place: &Place, hook: &Hook, content: &str) -> String {
    let secret = beside(place, "secret");
    fs::write(&secret, SECRET).unwrap();
    notify(place, &json!({ "webhook": { "url": hook.url, "secret_file": secret, "content": content } }))
}

#[test]
fn notice_holds_nothing_that_was_written_and_the_submission_all_of_it() {
    let place = Place::new();
    let hook = Hook::start(|_| Some(204));
    let receiver = place.serve_with(&["--notify", &webhook(&place, &hook, "notice")]);
    let given = reference(receiver.post(&sample()));
    let call = wait_for("the call", || hook.calls().pop());
    assert_eq!(call.id, format!("{given}.webhook"));
    let mut body = call.body;
    assert!(body["timestamp"].take().is_string() && body["data"]["received_at"].take().is_string());
    assert_eq!(
        body,
        json!({
            "type": "submission.received", "timestamp": null,
            "data": {
                "reference": given, "received_at": null, "council": "exampleshire", "kind": "complaint", "urgent": false,
                "files": 0,
            },
        })
    );
    drop(receiver);

    let receiver = place.serve_with(&["--notify", &webhook(&place, &hook, "submission")]);
    reference(receiver.post(&sample_numbered(2)));
    let call = wait_for("the second call", || hook.calls().into_iter().nth(1));
    assert_eq!(call.body["data"]["submission"]["points"], sample()["points"]);
}

#[test]
fn refused_call_is_tried_again_under_the_same_id() {
    let place = Place::new();
    let hook = Hook::start(|number| Some(if number == 1 { 500 } else { 200 }));
    let receiver = place.serve_with(&["--notify", &webhook(&place, &hook, "notice")]);
    reference(receiver.post(&sample()));
    let waiting = wait_for("the refusal", || outbox(&place, &[]).into_iter().find(|one| one["error"].is_string()));
    assert_eq!(waiting["error"], "HTTP 500");
    assert!(place.submissions(&["retry"]).status.success());
    let calls = wait_for("the second call", || Some(hook.calls()).filter(|calls| calls.len() == 2));
    assert_eq!(calls[0].id, calls[1].id);
    wait_for("the mark", || outbox(&place, &[]).is_empty().then_some(()));
}

#[test]
fn receiver_killed_before_the_answer_delivers_again() {
    let place = Place::new();
    let hook = Hook::start(|number| (number > 1).then_some(200));
    let config = webhook(&place, &hook, "notice");
    let mut receiver = place.serve_with(&["--notify", &config]);
    let given = reference(receiver.post(&sample()));
    wait_for("the call", || hook.calls().pop());
    receiver.kill();
    assert_eq!(outbox(&place, &[])[0]["state"], "waiting");
    let _receiver = place.serve_with(&["--notify", &config]);
    // Without this, it waits until the claim of the dead receiver has run out.
    assert!(place.submissions(&["retry", &given]).status.success());
    wait_for("the second call", || Some(hook.calls()).filter(|calls| calls.len() == 2));
    wait_for("the mark", || outbox(&place, &[]).is_empty().then_some(()));
}

#[test]
fn two_receivers_of_one_database_deliver_each_notice_once() {
    let Some(database) = Database::start() else { return };
    let place = Place::new();
    let hook = Hook::start(|_| {
        thread::sleep(Duration::from_millis(20));
        Some(200)
    });
    let config = webhook(&place, &hook, "notice");
    let url = database.url();
    let options = ["--rate", "1000000", "--database", &url, "--notify", &config];
    let receivers = [place.serve_with(&options), place.serve_with(&options)];
    let given: BTreeSet<String> = (0..30_u64)
        .map(|number| {
            let receiver = &receivers[usize::try_from(number % 2).unwrap()];
            format!("{}.webhook", reference(receiver.post(&sample_numbered(number))))
        })
        .collect();
    wait_for("the marks", || outbox(&place, &["--database", &url]).is_empty().then_some(()));
    let calls: Vec<String> = hook.calls().into_iter().map(|call| call.id).collect();
    assert_eq!(calls.len(), 30);
    assert_eq!(calls.into_iter().collect::<BTreeSet<_>>(), given);
    let all: Vec<Value> = outbox(&place, &["--all", "--database", &url]);
    assert!(all.iter().all(|one| one["state"] == "delivered" && one["attempts"] == 1), "{all:?}");
    assert_eq!(database.count("SELECT count(*) FROM outbox"), 30);
}
