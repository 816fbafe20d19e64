//! Nobody gets anything who is not an officer of the council: every route, without a session, with a wrong one, with forged ids.

use std::{process::Command, thread, time::Duration};

use crate::{
    client::{Browser, assert_strict, complaints, place, policy, serve, trail},
    support::{Place, header, text},
};

/// Every route of the inbox about one complaint.
fn routes(reference: &str) -> Vec<(&'static str, String)> {
    let about = |method, path: &str| (method, format!("/inbox/{reference}{path}"));
    vec![
        about("GET", ""),
        about("HEAD", ""),
        about("POST", "/taken"),
        about("POST", "/export"),
        about("GET", "/delete"),
        about("POST", "/delete"),
        about("GET", "/files/1"),
        about("POST", "/files/1"),
    ]
}

/// Every route that needs an officer.
fn all_routes(reference: &str) -> Vec<(&'static str, String)> {
    let mut all = routes(reference);
    let own = [
        ("GET", "/inbox"),
        ("GET", "/inbox/"),
        ("GET", "/inbox/search"),
        ("POST", "/inbox/search"),
        ("POST", "/inbox/sign-out"),
        ("GET", "/inbox/a/b/c"),
        ("PUT", "/inbox/x/y/z/v"),
    ];
    all.extend(own.map(|(method, path)| (method, path.to_owned())));
    all
}

/// Sends a form that would be good but for the token, which is `token`.
fn ask(browser: &Browser<'_>, method: &str, path: &str, token: &str) -> (u16, String) {
    let response = if method == "POST" {
        browser.post_with(path, &[("csrf", token), ("number", "CASE-1")])
    } else {
        browser.send(method, path, &[], "")
    };
    assert_strict(&response);
    (response.status().as_u16(), text(response))
}

fn is_untouched(place: &Place, references: &[String]) {
    let search = place.submissions(&["search"]);
    let found = String::from_utf8(search.stdout).unwrap();
    for reference in references {
        assert!(found.contains(reference));
    }
    assert!(!found.contains("CASE-1"), "{found}");
}

#[test]
fn without_an_officer_no_route_answers() {
    let place = place();
    let server = serve(&place, &[]);
    let references = complaints(&server);
    let nobody = Browser::with(&server, &[]);
    nobody.set_cookie("__Host-putright-inbox", &"0".repeat(64));
    for (method, path) in all_routes(&references[0]) {
        let (status, page) = ask(&nobody, method, &path, "");
        assert_eq!(status, 401, "{method} {path}");
        assert!(!page.contains("Nobody came") && !page.contains(&references[0]), "{method} {path}");
    }
    let twice = Browser::with(&server, &[("x-remote-user", "lead"), ("x-remote-user", "reader")]);
    assert_eq!(ask(&twice, "GET", "/inbox", "").0, 403);
    let no_role = Browser::of(&server, "stranger");
    assert_eq!(ask(&no_role, "GET", &format!("/inbox/{}", references[0]), "").0, 403);
    assert_eq!(trail(&place, &[]).0, Vec::<[String; 3]>::new());
    is_untouched(&place, &references);
    assert_eq!(header(&server.get("/inbox/style.css", &[]), "content-type"), "text/css; charset=utf-8");
}

#[test]
fn header_from_another_address_is_refused_and_reported() {
    let place = place();
    let policy = policy(&place);
    let own = ["--inbox-policy", &policy, "--inbox-user-header", "X-Remote-User", "--inbox-proxy", "192.0.2.1"];
    let server = place.serve_with(&[&own[..], &["--behind-proxy"]].concat());
    let references = complaints(&server);
    // Nor does an address that a header claims make it the proxy's.
    let forger = Browser::with(&server, &[("x-remote-user", "lead"), ("x-forwarded-for", "192.0.2.1")]);
    for (method, path) in all_routes(&references[0]) {
        assert_eq!(ask(&forger, method, &path, "").0, 403, "{method} {path}");
    }
    assert!(!forger.has_cookie("__Host-putright-inbox"));
    assert!(server.said().contains("refused a request with the header of the proxy"));
    is_untouched(&place, &references);
}

#[test]
fn form_without_the_token_of_its_session_changes_nothing() {
    let place = place();
    let server = serve(&place, &[]);
    let references = complaints(&server);
    let lead = Browser::of(&server, "lead");
    let other = Browser::of(&server, "other");
    lead.page("/inbox");
    let path = format!("/inbox/{}", references[0]);
    let page = lead.page(&path);
    let token = page.split_once("name=\"csrf\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
    let posts = || all_routes(&references[0]).into_iter().filter(|(method, _)| *method == "POST");
    for (method, path) in posts() {
        for token in ["", "0", &"0".repeat(64)] {
            assert_eq!(ask(&lead, method, &path, token).0, 403, "{path}");
        }
        // The token of another session, or of none.
        assert_eq!(ask(&other, method, &path, &token).0, 403, "{path}");
        let fresh = Browser::of(&server, "lead");
        fresh.set_cookie("__Host-putright-inbox", &"0".repeat(64));
        assert_eq!(ask(&fresh, method, &path, &token).0, 403, "{path}");
        // From a page of another site.
        let elsewhere = lead.send("POST", &path, &[("sec-fetch-site", "cross-site")], &format!("csrf={token}"));
        assert_eq!(elsewhere.status(), 403, "{path}");
    }
    let long = format!("csrf={token}&number={}", "x".repeat(20_000));
    assert_eq!(lead.send("POST", &format!("{path}/taken"), &[], &long).status(), 403);
    is_untouched(&place, &references);
}

#[test]
fn officer_of_another_council_learns_nothing_and_is_recorded() {
    let place = place();
    let server = serve(&place, &[]);
    let references = complaints(&server);
    let other = Browser::of(&server, "other");
    assert!(!other.page("/inbox").contains(&references[0]));
    assert!(!other.page(&format!("/inbox?find={}", references[0])).contains("Bromley"));
    let page = other.page("/inbox?council=westminster");
    assert!(!page.contains(&references[0]));
    let (_, unknown) = ask(&other, "GET", "/inbox/222-222-222", "");
    for (method, path) in routes(&references[0]) {
        let (status, page) = ask(&other, method, &path, "");
        let expected = if method == "POST" { 403 } else { 404 };
        assert_eq!(status, expected, "{method} {path}");
        if method == "GET" && path.matches('/').count() == 2 {
            assert_eq!(page, unknown, "the page is that of a complaint which does not exist");
        }
    }
    let refusals = || {
        let (entries, is_whole) = trail(&place, &["--of", &references[0]]);
        assert!(is_whole && entries.iter().all(|[officer, action, _]| officer == "other" && action == "refused"));
        entries.len()
    };
    assert_eq!(refusals(), 4);
    is_untouched(&place, &references);
    // With the good token of a session, it is the council that decides.
    other.page("/inbox");
    let posts: Vec<_> = routes(&references[0]).into_iter().filter(|(method, _)| *method == "POST").collect();
    for (_, path) in &posts {
        let response = other.post(path, &[("number", "CASE-1")]);
        assert_eq!(response.status(), 404, "{path}");
        // The page stands one folder deeper, or two.
        assert_eq!(text(response).replace("../", ""), unknown.replace("../", ""), "{path}");
    }
    assert_eq!(refusals(), 4 + posts.len());
    is_untouched(&place, &references);
}

#[test]
fn forged_ids_find_nothing() {
    let place = place();
    let server = serve(&place, &[]);
    let [first, _] = complaints(&server);
    let lead = Browser::of(&server, "lead");
    lead.page(&format!("/inbox/{first}"));
    let long = "x".repeat(5_000);
    for id in ["222-222-222", "1", "-1", "%00", "%2e%2e", "..%2f..%2fetc", "'%20OR%201=1--", "%F0%9F%92%A9", &long] {
        assert_eq!(lead.get(&format!("/inbox/{id}")).status(), 404, "{id}");
        for path in ["taken", "export", "delete", "files/1"] {
            let answer = lead.post(&format!("/inbox/{id}/{path}"), &[("number", "1")]);
            assert_eq!(answer.status(), 404, "{id} {path}");
        }
    }
    for file in ["0", "2", "-1", "1.0", "+1", "99999999999999999999", "%31a"] {
        let path = format!("/inbox/{first}/files/{file}");
        assert_eq!(lead.get(&path).status(), 404, "{file}");
        assert_eq!(lead.post(&path, &[]).status(), 404, "{file}");
    }
    let number = "9".repeat(101);
    for wrong in [number.as_str(), "", "a\nb", "\u{202e}\u{0}"] {
        assert_eq!(lead.post(&format!("/inbox/{first}/taken"), &[("number", wrong)]).status(), 422, "{wrong:?}");
    }
}

#[test]
fn session_ends_after_the_longest_time_however_much_it_is_used() {
    let place = place();
    let server = serve(&place, &["--inbox-longest", "2"]);
    let [first, _] = complaints(&server);
    let lead = Browser::of(&server, "lead");
    let path = format!("/inbox/{first}");
    lead.page(&path);
    for number in ["CASE-1", "CASE-2", "CASE-3"] {
        thread::sleep(Duration::from_millis(1_100));
        if lead.post(&format!("{path}/taken"), &[("number", number)]).status() == 403 {
            return;
        }
    }
    panic!("the session is used, and still open after its longest time");
}

#[test]
fn session_ends_after_its_time_and_with_its_user() {
    let place = place();
    let server = serve(&place, &["--inbox-idle", "1"]);
    let [first, _] = complaints(&server);
    let lead = Browser::of(&server, "lead");
    lead.page(&format!("/inbox/{first}"));
    thread::sleep(Duration::from_millis(1_300));
    let late = lead.post(&format!("/inbox/{first}/taken"), &[("number", "CASE-1")]);
    assert_eq!(late.status(), 403, "the token was of the session that has ended");
    lead.page(&format!("/inbox/{first}"));
    assert_eq!(lead.post(&format!("/inbox/{first}/taken"), &[("number", "CASE-2")]).status(), 303);
    assert_eq!(lead.post("/inbox/sign-out", &[]).status(), 200);
    assert!(!lead.has_cookie("__Host-putright-inbox"));
}

#[test]
fn restart_signs_nobody_out() {
    let place = place();
    let server = serve(&place, &[]);
    let lead = Browser::of(&server, "lead");
    lead.page("/inbox");
    assert!(Command::new("kill").args(["-KILL", &server.pid().to_string()]).status().unwrap().success());
    let again = serve(&place, &[]);
    lead.go_to(&again);
    assert_eq!(lead.post("/inbox/sign-out", &[]).status(), 200, "the token of the session is still good");
}

#[test]
fn inbox_is_off_without_a_policy_and_refuses_half_of_one() {
    let place = place();
    let server = place.serve();
    for path in ["/inbox", "/inbox/", "/inbox/222-222-222", "/inbox/style.css", "/inbox/sign-in", "/inbox/callback"] {
        assert_eq!(server.get(path, &[("x-remote-user", "lead")]).status(), 404, "{path}");
    }
    drop(server);
    let policy = policy(&place);
    for (options, said) in [
        (vec!["--inbox-policy", policy.as_str()], "needs a way to sign in"),
        (vec!["--inbox-policy", &policy, "--inbox-user-header", "X-Remote-User"], "--inbox-proxy"),
        (vec!["--inbox-user-header", "X-Remote-User", "--inbox-proxy", "127.0.0.1"], "--inbox-policy"),
        (vec!["--inbox-policy", "/nowhere", "--inbox-user-header", "X", "--inbox-proxy", "::1"], "/nowhere"),
        (
            vec!["--inbox-policy", &policy, "--inbox-user-header", "no header", "--inbox-proxy", "::1"],
            "no name of a header",
        ),
    ] {
        let output = place.command(&options).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{options:?}");
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(text.contains(said), "{options:?}: {text}");
    }
}
