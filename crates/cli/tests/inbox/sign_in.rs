//! Sign-in by OpenID Connect, with a provider of the test's own.

use std::{fs, sync::Arc};

use serde_json::{Value, json};

use crate::{
    client::{Browser, assert_strict, complaints, place, policy, trail},
    provider::{CLIENT, Fault, Provider, SECRET},
    support::{Place, Server, header, text},
};

const PENDING: &str = "__Host-putright-sign-in";
const SESSION: &str = "__Host-putright-inbox";

/// Starts a provider, and a receiver that knows it.
fn start(more: &Value) -> (Place, Arc<Provider>, Server) {
    let place = place();
    let provider = Provider::start();
    let beside = |name: &str| place.dist().with_file_name(name);
    fs::write(beside("secret"), SECRET).unwrap();
    let mut config = json!({
        "issuer": provider.issuer, "client_id": CLIENT, "client_secret_file": beside("secret"),
        "redirect": "http://localhost/inbox/callback",
    });
    for (name, value) in more.as_object().unwrap() {
        config[name] = value.clone();
    }
    fs::write(beside("oidc.json"), config.to_string()).unwrap();
    let policy = policy(&place);
    let oidc = beside("oidc.json");
    let server = place.serve_with(&["--inbox-policy", &policy, "--inbox-oidc", oidc.to_str().unwrap()]);
    (place, provider, server)
}

/// Begins a sign-in. Gives the address of the provider's page.
fn begin(browser: &Browser<'_>) -> String {
    let answer = browser.get("/inbox/sign-in");
    assert_eq!(answer.status(), 303);
    assert_strict(&answer);
    header(&answer, "location").to_owned()
}

#[test]
fn officer_signs_in_works_and_signs_out() {
    let (place, provider, server) =
        start(&json!({ "user_claim": "email", "groups_claim": "groups", "scopes": ["email"] }));
    let references = complaints(&server);
    let browser = Browser::with(&server, &[]);
    let page = browser.get("/inbox");
    assert_eq!(page.status(), 401);
    assert!(text(page).contains("href=\"./inbox/sign-in\""));
    // The header of a proxy means nothing here.
    assert_eq!(Browser::of(&server, "lead").get("/inbox").status(), 401);

    let address = begin(&browser);
    assert!(browser.has_cookie(PENDING) && !browser.has_cookie(SESSION));
    let back =
        provider.sign_in(&address, json!({ "sub": "1", "email": "lead", "email_verified": true, "groups": ["x"] }));
    let answer = browser.get(&format!("/inbox/callback?{back}"));
    assert_strict(&answer);
    assert_eq!((answer.status().as_u16(), header(&answer, "location")), (303, "../inbox"));
    assert!(browser.has_cookie(SESSION) && !browser.has_cookie(PENDING));
    let path = format!("/inbox/{}", references[0]);
    assert!(browser.page(&path).contains("Signed in as lead"));
    assert_eq!(browser.post(&format!("{path}/taken"), &[("number", "CASE-1")]).status(), 303);
    assert_eq!(browser.post("/inbox/sign-out", &[]).status(), 200);
    assert!(!browser.has_cookie(SESSION));
    assert_eq!(browser.get(&path).status(), 401);
    let actions: Vec<String> = trail(&place, &[]).0.into_iter().map(|[_, action, _]| action).collect();
    assert_eq!(actions, ["signed_in", "looked", "taken_over", "signed_out"]);

    // A group of the provider is one of the policy.
    let back = provider.sign_in(&begin(&browser), json!({ "sub": "2", "email": "boss", "groups": ["all"] }));
    assert_eq!(browser.get(&format!("/inbox/callback?{back}")).status(), 303);
    assert!(browser.page("/inbox").contains(&references[0]));
}

#[test]
fn token_that_is_not_good_signs_nobody_in() {
    let (place, provider, server) = start(&json!({}));
    complaints(&server);
    for fault in [
        Fault::Nonce,
        Fault::Audience,
        Fault::Issuer,
        Fault::Expired,
        Fault::OtherKey,
        Fault::Unsigned,
        Fault::SignedWithTheSecret,
        Fault::NoToken,
    ] {
        *provider.fault.lock().unwrap() = fault;
        let browser = Browser::with(&server, &[]);
        let back = provider.sign_in(&begin(&browser), json!({ "sub": "lead" }));
        assert_eq!(browser.get(&format!("/inbox/callback?{back}")).status(), 401, "{fault:?}");
        assert!(!browser.has_cookie(SESSION), "{fault:?}");
        assert_eq!(browser.get("/inbox").status(), 401, "{fault:?}");
    }
    assert_eq!(trail(&place, &[]).0.len(), 0);
    *provider.fault.lock().unwrap() = Fault::None;
    let browser = Browser::with(&server, &[]);
    let back = provider.sign_in(&begin(&browser), json!({ "sub": "lead" }));
    assert_eq!(browser.get(&format!("/inbox/callback?{back}")).status(), 303, "the same with a good token");
}

#[test]
fn answer_that_was_not_asked_for_signs_nobody_in() {
    let (_place, provider, server) = start(&json!({}));
    let claims = || json!({ "sub": "lead" });
    let callback =
        |browser: &Browser<'_>, query: &str| browser.get(&format!("/inbox/callback?{query}")).status().as_u16();
    // Without the cookie of the sign-in: the answer was put into another person's browser.
    let (victim, attacker) = (Browser::with(&server, &[]), Browser::with(&server, &[]));
    let back = provider.sign_in(&begin(&attacker), claims());
    assert_eq!(callback(&victim, &back), 401);
    begin(&victim);
    assert_eq!(callback(&victim, &back), 401, "the state is the attacker's");
    // Another state, another provider, no code, and a second time.
    for (from, to) in [("state=", "state=x"), ("iss=http", "iss=https"), ("code=code", "other=code")] {
        let browser = Browser::with(&server, &[]);
        let back = provider.sign_in(&begin(&browser), claims());
        assert_eq!(callback(&browser, &back.replace(from, to)), 401, "{from}");
        assert_eq!(callback(&browser, &back), 401, "a sign-in is used once");
    }
    for query in ["", "code=1", "error=access_denied", "state=%00&code=%00"] {
        assert_eq!(callback(&Browser::with(&server, &[]), query), 401, "{query}");
    }
    let browser = Browser::with(&server, &[]);
    let back = provider.sign_in(&begin(&browser), claims());
    assert_eq!(callback(&browser, &back), 303);
    browser.set_cookie(PENDING, "");
    assert_eq!(callback(&browser, &back), 401, "nor is a code");
}

#[test]
fn email_that_is_not_verified_is_nobodys() {
    let (_place, provider, server) = start(&json!({ "user_claim": "email" }));
    for claims in [json!({ "sub": "1", "email": "lead", "email_verified": false }), json!({ "sub": "lead" })] {
        let browser = Browser::with(&server, &[]);
        let back = provider.sign_in(&begin(&browser), claims);
        assert_eq!(browser.get(&format!("/inbox/callback?{back}")).status(), 401);
    }
}

#[test]
fn mistake_in_the_file_is_named_with_its_place() {
    let place = place();
    let policy = policy(&place);
    let file = place.dist().with_file_name("oidc.json");
    for (config, said) in [
        (json!({}), "missing field"),
        (
            json!({ "issuer": "http://id.example", "client_id": "a", "redirect": "https://a/inbox/callback" }),
            "at issuer",
        ),
        (json!({ "issuer": "https://id.example", "client_id": "a", "redirect": "https://a/inbox" }), "at redirect"),
        (
            json!({ "issuer": "https://id.example", "client_id": "a", "redirect": "https://a/inbox/callback", "x": 1 }),
            "unknown field",
        ),
    ] {
        fs::write(&file, config.to_string()).unwrap();
        let output =
            place.command(&["--inbox-policy", &policy, "--inbox-oidc", file.to_str().unwrap()]).output().unwrap();
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(2) && text.contains(said), "{config}: {text}");
    }
}
