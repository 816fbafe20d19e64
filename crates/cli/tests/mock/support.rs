//! The mock under test, a client for it, and a good submission for each backend.

use std::{
    fmt::Write,
    io::{BufRead, BufReader},
    process::{Child, Command, Output, Stdio},
    time::Duration,
};

use serde_json::{Value, json};
use ureq::{
    Agent, Body, Error,
    http::{Request, Response},
};

pub const ID: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
pub const PRESETS: [&str; 11] = [
    "putright",
    "open311",
    "fixmystreet-import",
    "drupal-webform-rest",
    "formspree",
    "netlify",
    "power-automate",
    "n8n",
    "aspnet",
    "laravel",
    "form-handler",
];
const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data; boundary=----geckoformboundary00112233445566778899aabbccddeeff";

/// A running mock. Killed when dropped.
pub struct Mock {
    child: Child,
    address: String,
    agent: Agent,
    preset: String,
}

/// A request's headers and body.
pub struct Sent {
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Sent {
    pub fn new(content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { headers: vec![("content-type".to_owned(), content_type.to_owned())], body: body.into() }
    }

    pub fn json(body: &Value) -> Self {
        Self::new(JSON, body.to_string())
    }

    pub fn form(fields: &[(&str, &str)]) -> Self {
        Self::new(FORM, form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish())
    }

    /// Fields, and files by the name of their part, their own name, their type and what is in them.
    pub fn multipart(fields: &[(&str, &str)], files: &[(&str, &str, &str, &str)]) -> Self {
        let boundary = MULTIPART.split_once('=').unwrap().1;
        let mut body = String::new();
        for (name, value) in fields {
            let _ = write!(body, "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        }
        for (part, name, media_type, content) in files {
            let _ = write!(
                body,
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{part}\"; filename=\"{name}\"\r\n\
                 Content-Type: {media_type}\r\n\r\n{content}\r\n"
            );
        }
        let _ = write!(body, "--{boundary}--\r\n");
        Self::new(MULTIPART, body)
    }

    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self
    }
}

impl Mock {
    pub fn start(preset: &str, more: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_putright"))
            .args(["mock", "--preset", preset])
            .args(more)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim_end().strip_prefix("Putright mock at ").unwrap().to_owned();
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(Duration::from_secs(30)))
            .build()
            .new_agent();
        Self { child, address, agent, preset: preset.to_owned() }
    }

    pub fn with_fault(preset: &str, fault: &str) -> Self {
        Self::start(preset, &["--fault", fault])
    }

    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Response<Body> {
        let mut request = Request::builder().method(method).uri(self.url(path));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.agent.run(request.body(()).unwrap()).unwrap()
    }

    pub fn get(&self, path: &str) -> Response<Body> {
        self.ask("GET", path, &[])
    }

    pub fn try_post(&self, sent: &Sent) -> Result<Response<Body>, Error> {
        let mut request = Request::builder().method("POST").uri(self.url("/anywhere"));
        for (name, value) in &sent.headers {
            request = request.header(name, value);
        }
        self.agent.run(request.body(sent.body.as_slice()).unwrap())
    }

    pub fn post(&self, sent: &Sent) -> Response<Body> {
        self.try_post(sent).unwrap()
    }

    /// Sends a good request and returns the status, the media type and the body of the response.
    pub fn post_good(&self) -> (u16, String, String) {
        let response = self.post(&self.good());
        (response.status().as_u16(), header(&response, "content-type").to_owned(), text(response))
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    pub fn host(&self) -> &str {
        self.address.strip_prefix("http://").unwrap()
    }

    pub fn received(&self) -> Vec<Value> {
        json(self.get("/_mock/received")).as_array().unwrap().clone()
    }

    pub fn stored(&self) -> usize {
        self.received().len()
    }

    pub fn requests(&self) -> u64 {
        json(self.get("/_mock/requests")).as_u64().unwrap()
    }

    /// The token against forged requests, as the app would come by it.
    pub fn token(&self) -> String {
        match self.preset.as_str() {
            "drupal-webform-rest" => text(self.get("/session/token")),
            "aspnet" => json(self.get("/antiforgery/token"))["token"].as_str().unwrap().to_owned(),
            "laravel" => {
                let response = self.get("/sanctum/csrf-cookie");
                let mut cookies =
                    response.headers().get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap());
                let value = cookies.find_map(|cookie| cookie.strip_prefix("XSRF-TOKEN=")).unwrap();
                let value = value.split(';').next().unwrap();
                form_urlencoded::parse(format!("v={value}").as_bytes()).next().unwrap().1.into_owned()
            }
            _ => String::new(),
        }
    }

    /// Returns a request that this backend accepts.
    pub fn good(&self) -> Sent {
        let fields = [("name", "Jo"), ("email", "jo@example.org"), ("copy_number", ID), ("message", "What happened")];
        match self.preset.as_str() {
            "putright" | "power-automate" => Sent::json(&json!({ "schema": "putright/submission/1", "id": ID })),
            "open311" => Sent::form(&[("service_code", "complaint"), ("address_string", "Hall"), ("description", ID)]),
            "fixmystreet-import" => {
                let place = [("lat", "51.4"), ("lon", "0.01"), ("detail", ID)];
                let fields = [&[("service", "Putright"), ("subject", "A complaint")], &fields[..2], &place].concat();
                Sent::multipart(&fields, &[])
            }
            "drupal-webform-rest" => {
                Sent::json(&json!({ "webform_id": "complaint", "copy_number": ID })).with("x-csrf-token", &self.token())
            }
            "formspree" => Sent::multipart(&fields, &[]).with("accept", JSON),
            "netlify" => Sent::form(&[&[("form-name", "complaint")], &fields[..]].concat()),
            "n8n" => Sent::multipart(&fields, &[("file", "a.txt", "text/plain", "abc")]),
            "aspnet" => Sent::json(&json!({ "id": ID })).with("requestverificationtoken", &self.token()),
            "laravel" => Sent::json(&json!({ "id": ID })).with("x-xsrf-token", &self.token()),
            "form-handler" => Sent::form(&fields),
            other => panic!("{other}"),
        }
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `putright mock-backend …`, for arguments with which it ends at once.
pub fn ended(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_putright")).arg("mock").args(arguments).output().unwrap()
}

pub fn text(mut response: Response<Body>) -> String {
    response.body_mut().read_to_string().unwrap()
}

pub fn json(response: Response<Body>) -> Value {
    serde_json::from_str(&text(response)).unwrap()
}

pub fn header<'a>(response: &'a Response<Body>, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}
