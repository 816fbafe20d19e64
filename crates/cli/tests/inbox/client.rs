//! A site with an inbox, and a browser for it that follows nothing by itself.

use std::{
    cell::{Cell, RefCell},
    fs,
    sync::OnceLock,
    time::Duration,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use tempfile::TempDir;
use ureq::{
    Agent, Body,
    http::{Request, Response},
};

use crate::{
    shipped::{copy, putright, root},
    support::{Place, Server, header, reference, sample, sample_numbered, text},
};

/// A text that a person wrote, which a careless page would run.
pub const HOSTILE: &str = "Nobody came. <script>alert(1)</script> [x](javascript:alert(1)) & \"quoted\"";
/// The content of the file of a complaint.
pub const LETTER: &str = "Dear council, a letter.";

/// Builds the shipped site once for all tests.
fn built() -> &'static TempDir {
    static BUILT: OnceLock<TempDir> = OnceLock::new();
    BUILT.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        copy(&root().join("public"), folder.path());
        fs::copy(root().join("index.html"), folder.path().join("index.html")).unwrap();
        let output = putright(&["build", folder.path().to_str().unwrap()]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        folder
    })
}

/// A place with the shipped site.
pub fn place() -> Place {
    let place = Place::new();
    fs::remove_dir_all(place.dist()).unwrap();
    copy(built().path(), &place.dist());
    place
}

/// Writes the policy of the tests beside a site, and gives its path: `lead` may do all with Bromley's complaints, `reader`
/// reads them, `other` has another council's, and the group `all` has every council's.
pub fn policy(place: &Place) -> String {
    let file = place.dist().with_file_name("policy.json");
    let policy = json!({ "roles": [
        { "people": ["lead"], "councils": ["bromley"], "may": ["delete", "export"] },
        { "people": ["reader"], "councils": ["bromley"] },
        { "people": ["other"], "councils": ["westminster"], "may": ["delete", "export"] },
        { "groups": ["all"], "councils": ["*"] },
    ] });
    fs::write(&file, policy.to_string()).unwrap();
    file.to_str().unwrap().to_owned()
}

/// Starts a receiver whose inbox believes the header of a proxy on this machine.
pub fn serve(place: &Place, more: &[&str]) -> Server {
    let policy = policy(place);
    let own = [
        "--rate",
        "1000000",
        "--inbox-policy",
        &policy,
        "--inbox-user-header",
        "X-Remote-User",
        "--inbox-proxy",
        "127.0.0.1",
    ];
    let groups = ["--inbox-groups-header", "X-Remote-Groups"];
    place.serve_with(&[&own[..], &groups, more].concat())
}

/// Posts a complaint to Bromley with a hostile text and a file, and a compliment. Gives their references.
pub fn complaints(server: &Server) -> [String; 2] {
    let mut first = sample();
    first["council"] = "bromley".into();
    first["points"][0]["what_happened"] = HOSTILE.into();
    first["guidance"]["flags"] = json!(["advocate_offer", "urgent"]);
    first["files"] = json!([{
        "name": "letter.txt", "media_type": "text/plain", "bytes": LETTER.len(), "content": STANDARD.encode(LETTER),
    }]);
    let mut second = sample_numbered(2);
    second["council"] = "bromley".into();
    [reference(server.post(&first)), reference(server.post(&second))]
}

/// A browser: it keeps the cookie of the session, and the token of the last page.
pub struct Browser<'a> {
    server: Cell<&'a Server>,
    agent: Agent,
    headers: Vec<(&'static str, String)>,
    cookies: RefCell<Vec<(String, String)>>,
    token: RefCell<String>,
}

impl<'a> Browser<'a> {
    /// A browser behind the proxy, whose user is an officer.
    pub fn of(server: &'a Server, user: &str) -> Self {
        Self::with(server, &[("x-remote-user", user)])
    }

    /// A browser that sends some headers with each request.
    pub fn with(server: &'a Server, headers: &[(&'static str, &str)]) -> Self {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(Duration::from_secs(30)))
            .build()
            .new_agent();
        let headers = headers.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        Self { server: Cell::new(server), agent, headers, cookies: RefCell::default(), token: RefCell::default() }
    }

    /// Sends what follows to another server, as a balancer does.
    pub fn go_to(&self, server: &'a Server) {
        self.server.set(server);
    }

    pub fn set_cookie(&self, name: &str, value: &str) {
        let mut cookies = self.cookies.borrow_mut();
        cookies.retain(|(known, _)| known != name);
        if !value.is_empty() {
            cookies.push((name.to_owned(), value.to_owned()));
        }
    }

    pub fn has_cookie(&self, name: &str) -> bool {
        self.cookies.borrow().iter().any(|(known, _)| known == name)
    }

    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Response<Body> {
        let mut request = Request::builder().method(method).uri(self.server.get().url(path));
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let cookies: Vec<String> =
            self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            request = request.header("cookie", cookies.join("; "));
        }
        let response = self.agent.run(request.body(body.as_bytes()).unwrap()).unwrap();
        for cookie in response.headers().get_all("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            assert!(cookie.contains("; Path=/; Secure; HttpOnly; SameSite=Lax"), "{cookie}");
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            assert!(name.starts_with("__Host-"), "{cookie}");
            self.set_cookie(name, value);
        }
        response
    }

    pub fn get(&self, path: &str) -> Response<Body> {
        self.send("GET", path, &[], "")
    }

    /// A page that is there, which the browser keeps the token of.
    pub fn page(&self, path: &str) -> String {
        let response = self.get(path);
        assert_eq!(response.status(), 200, "{path}");
        let page = text(response);
        if let Some((_, after)) = page.split_once("name=\"csrf\" value=\"") {
            after.split('"').next().unwrap().clone_into(&mut self.token.borrow_mut());
        }
        page
    }

    /// Posts a form of the last page.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Response<Body> {
        let token = self.token.borrow().clone();
        self.post_with(path, &[&[("csrf", token.as_str())], fields].concat())
    }

    /// Posts a form with these fields alone.
    pub fn post_with(&self, path: &str, fields: &[(&str, &str)]) -> Response<Body> {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];
        self.send("POST", path, &headers, &body)
    }
}

/// Checks the headers that every answer of the inbox has.
pub fn assert_strict(response: &Response<Body>) {
    let policy = header(response, "content-security-policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    assert!(!policy.contains("script-src"), "{policy}");
    for (name, value) in [
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
    ] {
        assert_eq!(header(response, name), value, "{name}");
    }
}

/// Returns the entries that `putright submissions audit --list` prints, and whether it found the trail whole.
pub fn trail(place: &Place, more: &[&str]) -> (Vec<[String; 3]>, bool) {
    let output = place.submissions(&[&["audit", "--list"], more].concat());
    let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(printed["problem"].is_null(), output.status.success());
    let entries = printed["trail"].as_array().unwrap();
    let part = |entry: &Value, name: &str| entry[name].as_str().unwrap().to_owned();
    let entry = |entry: &Value| [part(entry, "officer"), part(entry, "action"), part(entry, "submission")];
    (entries.iter().map(entry).collect(), output.status.success())
}
