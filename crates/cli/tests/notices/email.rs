//! Emails to officers and to people.

use std::{fs, sync::atomic::Ordering};

use serde_json::{Value, json};

use crate::{
    beside, notify, outbox,
    smtp::{MailServer, PASSWORD, USER},
    support::{Place, reference, sample},
    wait_for,
};

/// A configuration with a mail server. `more` goes into its part `mail`.
pub fn mail(place: &Place, server: &MailServer, more: &Value) -> String {
    let (password, authority) = (beside(place, "password"), beside(place, "authority.pem"));
    fs::write(&password, format!("{PASSWORD}\n")).unwrap();
    fs::write(&authority, &server.certificate).unwrap();
    let mut mail = json!({
        "server": "localhost", "port": server.port, "user": USER, "password_file": password, "ca_file": authority,
        "from": "Exampleshire Council <no-reply@exampleshire.gov.uk>",
        "officers": { "exampleshire": ["Officer <officer@exampleshire.gov.uk>", "second@exampleshire.gov.uk"] },
        "acknowledge": {
            "exampleshire": { "name": "Exampleshire Council", "telephone": "01632 960 000", "reply_to": "team@exampleshire.gov.uk" },
        },
    });
    for (name, value) in more.as_object().unwrap() {
        mail[name] = value.clone();
    }
    notify(place, &json!({ "mail": mail }))
}

/// A complaint of an adult who wrote nothing about safe ways.
fn from_an_adult() -> Value {
    let mut body = sample();
    body.as_object_mut().unwrap().remove("child");
    body["contact"].as_object_mut().unwrap().remove("safety");
    body
}

/// Every text of some length that the person wrote.
fn words(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::String(text) => into.extend(text.lines().map(str::to_owned)),
        Value::Array(all) => all.iter().for_each(|one| words(one, into)),
        Value::Object(members) => members.values().for_each(|one| words(one, into)),
        _ => {}
    }
}

#[test]
fn officers_and_person_are_told_without_a_word_that_was_written() {
    let (place, server) = (Place::new(), MailServer::start());
    let receiver = place.serve_with(&["--notify", &mail(&place, &server, &json!({}))]);
    let mut body = from_an_adult();
    body["guidance"]["flags"] = json!(["urgent"]);
    let given = reference(receiver.post(&body));
    let emails = wait_for("the second email", || Some(server.arrived()).filter(|all| all.len() == 2));
    let (to_officers, to_person): (Vec<_>, Vec<_>) = emails.into_iter().partition(|one| one.to.len() == 2);
    let (to_officers, to_person) = (&to_officers[0], &to_person[0]);
    assert_eq!(to_officers.to, ["officer@exampleshire.gov.uk", "second@exampleshire.gov.uk"]);
    assert_eq!(to_officers.header("Subject"), format!("Urgent: new complaint, {given}"));
    assert!(to_officers.text.contains("Council: exampleshire\n"), "{}", to_officers.text);
    assert_eq!(to_person.to, ["sam@example.org"]);
    assert_eq!(to_person.header("Subject"), format!("Your reference {given}"));
    assert_eq!(to_person.header("Reply-To"), "team@exampleshire.gov.uk");
    let text = &to_person.text;
    assert!(text.contains("Exampleshire Council received your message on 20"), "{text}");
    // Neither the subject nor the text says that it is a complaint, or about a child.
    let body_of_email = text.split_once("\n\n").unwrap().1.to_lowercase();
    assert!(!body_of_email.contains("complain") && !body_of_email.contains("child"), "{body_of_email}");

    let mut written = Vec::new();
    for part in ["points", "contact", "wishes", "help", "about"] {
        words(&body[part], &mut written);
    }
    written.retain(|text| text.len() > 8 && text != "sam@example.org");
    assert!(written.len() > 8);
    for email in [to_officers, to_person] {
        let shown = email.text.replace("=\n", "");
        for text in &written {
            assert!(!shown.contains(text.as_str()), "{text}: {shown}");
        }
    }
    assert!(!to_officers.text.contains("sam@example.org"));
    let said = receiver.said();
    assert!(
        said.contains(&format!("delivered channel=\"mail\" reference={given} attempts=1")) && !said.contains('@'),
        "{said}"
    );
    let listed = wait_for("the mark", || {
        Some(outbox(&place, &["--all"])).filter(|all| all.iter().all(|one| one["state"] == "delivered"))
    });
    assert_eq!(listed.len(), 2);
    assert_eq!(outbox(&place, &[]), Vec::<Value>::new());
}

#[test]
fn person_who_wrote_about_safe_ways_or_may_be_a_child_is_not_emailed() {
    let (place, server) = (Place::new(), MailServer::start());
    let receiver = place.serve_with(&["--notify", &mail(&place, &server, &json!({}))]);
    let mut unsafe_ways = from_an_adult();
    unsafe_ways["contact"]["safety"] = "He reads my email.".into();
    let mut child = from_an_adult();
    child["id"] = "1".repeat(32).into();
    child["about"]["who"] = "child".into();
    for body in [&unsafe_ways, &child] {
        reference(receiver.post(body));
    }
    wait_for("both notices", || {
        Some(outbox(&place, &["--all"])).filter(|all| all.iter().filter(|one| one["state"] == "delivered").count() == 2)
    });
    let listed = outbox(&place, &["--all"]);
    assert!(listed.iter().all(|one| one["channel"] == "mail"), "{listed:?}");
    assert!(server.arrived().iter().all(|one| one.to.len() == 2));
}

#[test]
fn refused_email_is_listed_with_its_code_and_sent_again() {
    let (place, server) = (Place::new(), MailServer::start());
    server.refusals.store(1, Ordering::SeqCst);
    let receiver = place.serve_with(&["--notify", &mail(&place, &server, &json!({ "acknowledge": {} }))]);
    let given = reference(receiver.post(&from_an_adult()));
    let waiting = wait_for("the refusal", || outbox(&place, &[]).into_iter().find(|one| one["error"].is_string()));
    assert_eq!(waiting["reference"], given.as_str());
    assert_eq!((&waiting["state"], &waiting["attempts"]), (&json!("waiting"), &json!(1)));
    // The server's words hold an address.
    assert_eq!(waiting["error"], "SMTP 451");
    assert!(waiting["next_at"].is_string());
    let retried = place.submissions(&["retry", &given]);
    assert_eq!(serde_json::from_slice::<Value>(&retried.stdout).unwrap(), json!({ "due": 1 }));
    let email = wait_for("the email", || server.arrived().pop());
    assert_eq!(email.header("Message-ID"), format!("<{given}.mail@exampleshire.gov.uk>"));
}

#[test]
fn server_with_another_certificate_or_password_gets_nothing() {
    let (place, server) = (Place::new(), MailServer::start());
    let config = mail(&place, &server, &json!({ "acknowledge": {} }));
    fs::write(beside(&place, "password"), "another password\n").unwrap();
    let receiver = place.serve_with(&["--notify", &config]);
    reference(receiver.post(&from_an_adult()));
    let refused = wait_for("the refusal", || outbox(&place, &[]).into_iter().find(|one| one["error"].is_string()));
    assert_eq!(refused["error"], "SMTP 535");
    drop(receiver);

    fs::write(beside(&place, "authority.pem"), MailServer::start().certificate).unwrap();
    let receiver = place.serve_with(&["--notify", &config]);
    assert!(place.submissions(&["retry"]).status.success());
    let refused = wait_for("the refusal", || outbox(&place, &[]).into_iter().find(|one| one["error"] != "SMTP 535"));
    assert!(
        refused["error"].as_str().unwrap().contains("TLS") || refused["error"].as_str().unwrap().contains("connection"),
        "{refused}"
    );
    assert_eq!(server.arrived().len(), 0);
    drop(receiver);
}

#[test]
fn email_goes_by_tls_from_the_first_byte_where_the_file_says_so() {
    let (place, server) = (Place::new(), MailServer::start_in_tls());
    let config = mail(&place, &server, &json!({ "security": "tls", "acknowledge": {} }));
    let receiver = place.serve_with(&["--notify", &config]);
    let given = reference(receiver.post(&sample()));
    let email = wait_for("the email", || server.arrived().pop());
    assert!(email.header("Subject").contains(&given), "{}", email.text);
    wait_for("the mark", || outbox(&place, &[]).is_empty().then_some(()));
}

#[test]
fn server_without_tls_from_the_first_byte_is_not_spoken_to_in_the_clear() {
    let (place, server) = (Place::new(), MailServer::start());
    let config = mail(&place, &server, &json!({ "security": "tls", "acknowledge": {} }));
    let receiver = place.serve_with(&["--notify", &config]);
    reference(receiver.post(&sample()));
    let failed = wait_for("the failure", || outbox(&place, &[]).into_iter().find(|one| one["error"].is_string()));
    assert_eq!(failed["channel"], "mail");
    assert!(server.arrived().is_empty());
}
