//! The app's files, and the headers on every answer.

use std::{
    fs,
    time::{Duration, SystemTime},
};

use crate::support::{INDEX, Place, WASM, header, sample, text};

const HASH_OF_START: &str = "'sha256-DIm7WJS6ZKDYe5qFLPy+h4JFI9Bol5QmYC57mt3Fb00='";

#[test]
fn files_have_the_right_type_and_are_kept_as_long_as_their_name_says() {
    let place = Place::new();
    let server = place.serve();
    for (path, kind, kept) in [
        ("/", "text/html; charset=utf-8", "no-cache"),
        ("/index.html", "text/html; charset=utf-8", "no-cache"),
        ("/councils/exampleshire.json", "application/json", "no-cache"),
        ("/icon.svg", "image/svg+xml", "no-cache"),
        ("/putright-app-0123456789abcdef.js", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"),
        (&format!("/{WASM}"), "application/wasm", "public, max-age=31536000, immutable"),
    ] {
        let response = server.get(path, &[]);
        assert_eq!(response.status(), 200, "{path}");
        assert_eq!(header(&response, "content-type"), kind, "{path}");
        assert_eq!(header(&response, "cache-control"), kept, "{path}");
        let tag = header(&response, "etag").to_owned();
        assert!(!tag.is_empty(), "{path}");
        let again = server.get(path, &[("if-none-match", &tag)]);
        assert_eq!(again.status(), 304, "{path}");
        assert_eq!(header(&again, "cache-control"), kept, "{path}");
    }
}

#[test]
fn a_compressed_copy_goes_out_to_those_who_take_it() {
    let place = Place::new();
    let server = place.serve();
    for (takes, encoding, content) in
        [("br, gzip", "br", "br of index"), ("gzip", "gzip", "gz of index"), ("identity", "", INDEX)]
    {
        let response = server.get("/", &[("accept-encoding", takes)]);
        assert_eq!(header(&response, "content-encoding"), encoding);
        assert_eq!(header(&response, "vary"), "accept-encoding");
        assert_eq!(header(&response, "content-type"), "text/html; charset=utf-8");
        assert_eq!(text(response), content);
    }
}

#[test]
fn an_address_with_the_version_of_what_is_there_is_kept_and_no_other() {
    let place = Place::new();
    let server = place.serve();
    fs::write(place.dist().join("words.json"), "{}\n").unwrap();
    let first = "/words.json?v=ca3d163bab055381";
    for (path, kept) in [
        (first, "public, max-age=31536000, immutable"),
        ("/words.json", "no-cache"),
        ("/words.json?v=", "no-cache"),
        ("/words.json?v=ca3d163bab055382", "no-cache"),
    ] {
        let response = server.get(path, &[]);
        assert_eq!((response.status().as_u16(), header(&response, "cache-control")), (200, kept), "{path}");
    }
    fs::write(place.dist().join("words.json"), "{ }\n").unwrap();
    assert_eq!(header(&server.get(first, &[]), "cache-control"), "no-cache", "it is no longer what the address says");
    assert_eq!(header(&server.get("/nothing.json?v=ca3d163bab055381", &[]), "cache-control"), "no-cache");
}

#[test]
fn a_compressed_copy_of_what_has_been_changed_since_does_not_go_out() {
    let place = Place::new();
    let server = place.serve();
    let long_ago = SystemTime::now() - Duration::from_secs(3600);
    for packed in ["index.html.br", "index.html.gz"] {
        fs::File::options().write(true).open(place.dist().join(packed)).unwrap().set_modified(long_ago).unwrap();
    }
    let response = server.get("/index.html", &[("accept-encoding", "br, gzip")]);
    assert_eq!(header(&response, "content-encoding"), "");
    assert_eq!(text(response), INDEX);
}

#[test]
fn nothing_else_has_an_address() {
    let place = Place::new();
    fs::write(place.dist().parent().unwrap().join("secret"), "secret").unwrap();
    let server = place.serve();
    for path in [
        "/nothing",
        "/.hidden",
        "/index.html.br",
        "/index.html.gz",
        "/councils/",
        "/councils/none.json",
        "/nothing-0123456789abcdef.js",
        "/%2e%2e/secret",
        "/..%2fsecret",
        "/%2ehidden",
    ] {
        let response = server.get(path, &[]);
        assert_eq!(response.status(), 404, "{path}");
        assert_eq!(header(&response, "cache-control"), "no-cache", "{path}");
        assert_eq!(header(&response, "content-type"), "text/plain; charset=utf-8", "{path}");
        assert_eq!(text(response), "There is no page at this address.\n", "{path}");
    }
    for path in ["/../secret", "//evil.example/", "/councils/../../secret"] {
        let answer = server.raw(format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").as_bytes());
        assert!(answer.starts_with("HTTP/1.1 404 "), "{path}: {answer}");
    }
    assert_eq!(server.send("POST", "/index.html", &[], b"").status(), 405);
}

#[test]
fn every_answer_has_the_security_headers() {
    let place = Place::new();
    let server = place.serve();
    let body = sample().to_string();
    let answers = [
        server.get("/", &[]),
        server.get("/nothing", &[]),
        server.get("/api/nothing", &[]),
        server.get(&format!("/{WASM}"), &[]),
        server.send("DELETE", "/", &[], b""),
        server.post_with(&[], body.as_bytes()),
        server.post_with(&[], b"{"),
    ];
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' {HASH_OF_START}; style-src 'self'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self' https://forms.example.gov.uk; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'self'; object-src 'none'"
    );
    for response in answers {
        assert_eq!(header(&response, "content-security-policy"), policy);
        assert_eq!(header(&response, "x-content-type-options"), "nosniff");
        assert_eq!(header(&response, "referrer-policy"), "no-referrer");
        assert_eq!(header(&response, "cross-origin-opener-policy"), "same-origin");
        assert_eq!(header(&response, "cross-origin-resource-policy"), "same-origin");
        let denied = header(&response, "permissions-policy");
        for feature in ["camera=()", "microphone=()", "geolocation=()"] {
            assert!(denied.contains(feature), "{denied}");
        }
    }
}

#[test]
fn the_policy_that_the_build_wrote_comes_first() {
    let place = Place::new();
    let written = place.dist().join("headers.json");
    fs::write(&written, r#"{ "content_security_policy": "default-src 'self'" }"#).unwrap();
    let server = place.serve();
    assert_eq!(header(&server.get("/", &[]), "content-security-policy"), "default-src 'self'");
    fs::write(&written, "{}").unwrap();
    let output = place.command(&[]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("headers.json"));
}
