//! The examples of `docs/hosts`: a web server with TLS in front of the receiver, each as it is printed.

use std::{fs, path::PathBuf};

use rustls::pki_types::CertificateDer;
use tempfile::TempDir;

use crate::{
    council::{Council, GIVEN},
    daemon::{Daemon, free_port, program},
    http::{Answer, Client},
    place::{copy, root},
    support::{Place, Server, sample_numbered},
};

const NAME: &str = "complaints.anytown.gov.uk";
/// The bytes of a body that every example refuses: over 25 MB.
const TOO_LARGE: usize = 27_000_000;

/// A receiver, and what an example needs to stand in front of it.
struct Behind {
    place: Place,
    receiver: Server,
    folder: TempDir,
    certificate: CertificateDer<'static>,
    /// The ports for http and https.
    ports: [u16; 2],
}

impl Behind {
    fn new(rate: &str) -> Self {
        let council = Council::without_site();
        assert!(council.init(&[&GIVEN[..14], &["--endpoint", "api/submissions"]].concat()).status.success());
        council.build(&[]);
        let place = Place::new();
        fs::remove_dir_all(place.dist()).unwrap();
        copy(&council.www(), &place.dist());
        let receiver = place.serve_with(&["--behind-proxy", "--rate", rate]);
        let made = rcgen::generate_simple_self_signed([NAME.to_owned()]).unwrap();
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("certificate.pem"), made.cert.pem()).unwrap();
        fs::write(folder.path().join("key.pem"), made.signing_key.serialize_pem()).unwrap();
        Self { place, receiver, folder, certificate: made.cert.der().clone(), ports: [free_port(), free_port()] }
    }

    /// An example with the certificate and the receiver of this test, and other changes. Each must change something.
    fn example(&self, file: &str, changes: &[(&str, String)]) -> String {
        let mut text = fs::read_to_string(root().join("docs/hosts").join(file)).unwrap();
        let own = [
            ("/etc/putright/", format!("{}/", self.folder.path().display())),
            ("127.0.0.1:8080", self.receiver.address.clone()),
        ];
        for (from, to) in own.iter().chain(changes) {
            assert!(text.contains(from), "{file} has no {from}");
            text = text.replace(from, to);
        }
        text
    }

    fn client(&self) -> Client {
        Client::secure(self.ports[1], NAME, &self.certificate)
    }

    /// Posts a complaint.
    fn post(&self, number: u64, more: &[(&str, &str)]) -> Answer {
        let mut body = sample_numbered(number);
        body["council"] = "anytown".into();
        let headers = [&[("Content-Type", "application/json")], more].concat();
        self.client().ask("POST", "/api/submissions", &headers, body.to_string().as_bytes())
    }
}

/// Everything that an example must do. `read`: the bytes of a body that is too large which it reads before it says so.
fn must_stand_in_front(behind: &Behind, read: usize) {
    let moved = Client::named(behind.ports[0], NAME).get("/anytown.html", &[]);
    assert!([301, 308].contains(&moved.status), "{moved:?}");
    assert!(moved.header("location").starts_with(&format!("https://{NAME}")), "{}", moved.header("location"));
    assert!(moved.header("location").ends_with("/anytown.html"));

    let page = behind.client().get("/", &[]);
    assert_eq!(page.status, 200, "{}", page.text());
    assert_eq!(page.header("strict-transport-security"), "max-age=31536000");
    // Once, and as the receiver wrote it.
    assert!(page.header("content-security-policy").contains("default-src 'none'"));
    for header in ["x-content-type-options", "referrer-policy", "permissions-policy", "cross-origin-opener-policy"] {
        assert_ne!(page.header(header), "", "{header}");
    }
    assert_eq!(page.header("cache-control"), "no-cache");
    let packed = behind.client().get("/", &[("Accept-Encoding", "gzip")]);
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert!(packed.body.len() < page.body.len());

    let sent = behind.post(1, &[]);
    assert_eq!(sent.status, 201, "{}", sent.text());
    assert_eq!(behind.place.references().len(), 1);
    // A page of this site is known as such by the name that people see.
    let form = "council=anytown";
    let origin = format!("https://{NAME}:{}", behind.ports[1]);
    let headers = [("Content-Type", "application/x-www-form-urlencoded"), ("Origin", origin.as_str())];
    let own = behind.client().ask("POST", "/api/form", &headers, form.as_bytes());
    assert_ne!(own.status, 403, "{}", own.text());
    let other = [headers[0], ("Origin", "https://evil.example")];
    assert_eq!(behind.client().ask("POST", "/api/form", &other, form.as_bytes()).status, 403);

    let json = [("Content-Type", "application/json")];
    let large = behind.client().ask("POST", "/api/submissions", &json, &vec![b' '; 2_000_000]);
    assert_eq!(large.status, 413, "refused by the receiver, by its --max-body");
    let part = vec![b' '; read];
    assert_eq!(behind.client().begin("/api/submissions", &json, &part, TOO_LARGE).status, 413);
}

/// A sender who says to be somebody else counts as one: `--rate 3`.
fn must_know_the_sender(behind: &Behind) {
    let statuses: Vec<u16> = (10..16)
        .map(|number| {
            let other = format!("203.0.113.{number}");
            behind.post(number, &[("X-Forwarded-For", &other), ("Forwarded", &format!("for={other}"))]).status
        })
        .collect();
    assert_eq!(statuses, [201, 201, 201, 429, 429, 429]);
}

/// Tries an example with a receiver that takes many complaints, and with one that takes three.
fn must_do_all(read: usize, start: impl Fn(&Behind) -> Daemon) {
    let behind = Behind::new("1000000");
    let daemon = start(&behind);
    must_stand_in_front(&behind, read);
    drop(daemon);
    let behind = Behind::new("3");
    let _daemon = start(&behind);
    must_know_the_sender(&behind);
}

#[test]
fn nginx_in_front_of_the_receiver() {
    let Some(program) = program("nginx", "nginx-light") else { return };
    must_do_all(1_000, |behind| {
        let [http, https] = behind.ports;
        let changes = [
            ("listen [::]:80;", String::new()),
            ("listen [::]:443 ssl http2;", String::new()),
            ("listen 80;", format!("listen 127.0.0.1:{http};")),
            ("listen 443 ssl", format!("listen 127.0.0.1:{https} ssl")),
        ];
        Daemon::nginx(&program, https, &behind.example("nginx.conf", &changes))
    });
}

#[test]
fn apache_in_front_of_the_receiver() {
    let Some(program) = program("apache2", "apache2") else { return };
    // The modules that the example says to turn on, and the one that mod_ssl asks Debian for.
    let modules =
        ["socache_shmcb", "ssl", "headers", "proxy", "proxy_http", "filter", "deflate", "reqtimeout", "alias"];
    must_do_all(TOO_LARGE, |behind| {
        let [http, https] = behind.ports;
        let changes = [
            (
                "<VirtualHost *:80>",
                format!("Listen 127.0.0.1:{http}\nListen 127.0.0.1:{https}\n<VirtualHost *:{http}>"),
            ),
            ("<VirtualHost *:443>", format!("<VirtualHost *:{https}>")),
        ];
        let example = behind.example("apache.conf", &changes);
        for module in modules.iter().filter(|module| **module != "socache_shmcb") {
            let named = example.lines().any(|line| line.contains("a2enmod") && line.contains(&format!(" {module} ")));
            assert!(named, "{module} is to be turned on");
        }
        Daemon::apache(&program, https, &modules, &example)
    });
}

#[test]
fn caddy_in_front_of_the_receiver() {
    let Some(program) = program("caddy", "caddy") else { return };
    must_do_all(1_000, |behind| {
        let [http, https] = behind.ports;
        let changes = [
            ("{\n\tservers {", format!("{{\n\tadmin off\n\thttp_port {http}\n\thttps_port {https}\n\tservers {{")),
            (NAME, NAME.to_owned()),
        ];
        Daemon::caddy(&program, https, &behind.example("Caddyfile", &changes))
    });
}

#[test]
fn every_example_is_tried() {
    let tried = ["Caddyfile", "apache.conf", "nginx.conf"];
    let folder = root().join("docs/hosts");
    let mut there: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    there.sort();
    assert_eq!(there, tried.map(|name| folder.join(name)));
}
