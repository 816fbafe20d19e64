//! Sign-in by OpenID Connect at receivers that share a database: whichever receiver the browser comes back to.

use std::fs;

use serde_json::json;

use crate::{
    browser::{Browser, place, policy},
    database::Database,
    provider::{CLIENT, Fault, Provider, SECRET},
    support::{header, text},
};

const PENDING: &str = "__Host-putright-sign-in";

#[test]
fn sign_in_begun_at_one_receiver_ends_at_the_other_and_once() {
    let Some(database) = Database::start() else { return };
    let (place, provider) = (place(), Provider::start());
    let beside = |name: &str| place.dist().with_file_name(name);
    fs::write(beside("secret"), SECRET).unwrap();
    let config = json!({
        "issuer": provider.issuer, "client_id": CLIENT, "client_secret_file": beside("secret"),
        "redirect": "http://localhost/inbox/callback",
    });
    fs::write(beside("oidc.json"), config.to_string()).unwrap();
    let (policy, oidc, url) = (policy(&place), beside("oidc.json"), database.url());
    let options = ["--database", &url, "--inbox-policy", &policy, "--inbox-oidc", oidc.to_str().unwrap()];
    let [one, other] = [place.serve_with(&options), place.serve_with(&options)];
    *provider.fault.lock().unwrap() = Fault::CodesAgain;

    let browser = Browser::with(&one, &[]);
    let begun = browser.get("/inbox/sign-in");
    let cookie = header(&begun, "set-cookie").split([';', '=']).nth(1).unwrap().to_owned();
    let back = provider.sign_in(header(&begun, "location"), json!({ "sub": "lead" }));
    browser.go_to(&other);
    assert_eq!(browser.get(&format!("/inbox/callback?{back}")).status(), 303, "{}", other.said());
    assert!(!browser.has_cookie(PENDING));
    browser.page("/inbox");
    browser.go_to(&one);
    browser.page("/inbox");
    assert!(text(browser.post("/inbox/sign-out", &[])).contains("signed out"));
    browser.go_to(&other);
    assert_eq!(browser.get("/inbox").status(), 401);

    for server in [&one, &other] {
        let thief = Browser::with(server, &[]);
        thief.set_cookie(PENDING, &cookie);
        assert_eq!(thief.get(&format!("/inbox/callback?{back}")).status(), 401, "a sign-in is used once");
        assert_eq!(thief.get("/inbox").status(), 401);
    }
    let held = database.query("SELECT encode(key, 'hex') FROM used_sign_ins");
    assert!(held.len() == 1 && !cookie.contains(&held[0][0]), "the database has no cookie");
}
