//! Tests of the mock's control interface, and of access from pages of another origin.

use crate::support::{Mock, PRESETS, Sent, header, text};

const ORIGIN: (&str, &str) = ("origin", "http://127.0.0.1:4173");
const PREFLIGHT: [(&str, &str); 3] = [
    ORIGIN,
    ("access-control-request-method", "POST"),
    ("access-control-request-headers", "content-type,idempotency-key,x-csrf-token"),
];
const ALLOWED: &str = "access-control-allow-origin";

#[test]
fn a_page_of_any_origin_may_send_with_cookies_and_read() {
    for preset in PRESETS {
        let mock = Mock::start(preset, &[]);
        let preflight = mock.ask("OPTIONS", "/anywhere", &PREFLIGHT);
        assert_eq!((preflight.status().as_u16(), header(&preflight, ALLOWED)), (204, ORIGIN.1), "{preset}");
        assert_eq!(header(&preflight, "access-control-allow-credentials"), "true");
        assert_eq!(header(&preflight, "access-control-allow-headers"), PREFLIGHT[2].1);
        assert!(header(&preflight, "access-control-allow-methods").contains("POST"));
        let response = mock.post(&mock.good().with(ORIGIN.0, ORIGIN.1));
        assert_eq!((header(&response, ALLOWED), header(&response, "vary")), (ORIGIN.1, "Origin"));
        assert_eq!(header(&response, "access-control-allow-credentials"), "true");
        let exposed = header(&response, "access-control-expose-headers");
        assert!(["Location", "Retry-After", "Idempotent-Replayed"].iter().all(|name| exposed.contains(name)));
        assert_eq!(mock.received()[0]["headers"]["origin"], ORIGIN.1);
        assert_eq!(header(&mock.post(&mock.good()), ALLOWED), "");
    }
}

#[test]
fn refusals_can_be_read_too() {
    let mock = Mock::with_fault("putright", "too-many");
    let sent = || Sent::form(&[]).with(ORIGIN.0, ORIGIN.1);
    assert_eq!(header(&mock.post(&sent()), ALLOWED), ORIGIN.1);
    let mock = Mock::start("putright", &[]);
    assert_eq!(header(&mock.post(&sent()), ALLOWED), ORIGIN.1);
}

#[test]
fn without_cors_it_is_stored_where_nothing_was_asked_before() {
    for preset in PRESETS {
        let mock = Mock::start(preset, &[]);
        let sent = mock.good().with(ORIGIN.0, ORIGIN.1);
        assert_eq!(mock.ask("PUT", "/_mock/fault/cors", &[]).status(), 204);
        assert_eq!(header(&mock.ask("OPTIONS", "/", &PREFLIGHT), ALLOWED), "");
        assert_eq!(mock.stored(), 0);
        let response = mock.post(&sent);
        assert!(response.headers().keys().all(|name| !name.as_str().starts_with("access-control")), "{preset}");
        assert!(response.status().is_success());
        assert_eq!(mock.stored(), 1);
        // The control answers all the same.
        assert_eq!(header(&mock.ask("GET", "/_mock/received", &[ORIGIN]), ALLOWED), ORIGIN.1);
    }
}

#[test]
fn a_preflight_without_cors_counts() {
    let mock = Mock::start("putright", &["--fault", "cors", "--times", "1"]);
    let allowed = [(); 2].map(|()| header(&mock.ask("OPTIONS", "/", &PREFLIGHT), ALLOWED).to_owned());
    assert_eq!(allowed, ["", ORIGIN.1]);
}

#[test]
fn a_fault_is_switched_on_and_off() {
    let mock = Mock::start("putright", &[]);
    let put = |path: &str| mock.ask("PUT", path, &[ORIGIN]);
    let status = || mock.post(&mock.good()).status().as_u16();
    let switched = put("/_mock/fault/unavailable?times=1");
    assert_eq!((switched.status().as_u16(), header(&switched, ALLOWED)), (204, ORIGIN.1));
    assert_eq!([status(), status()], [503, 201]);
    put("/_mock/fault/server-error");
    assert_eq!([status(), status()], [500, 500]);
    put("/_mock/fault/none");
    assert_eq!(status(), 201);
    put("/_mock/fault/server-error?times=0");
    assert_eq!(status(), 201);
    let unknown = put("/_mock/fault/flood");
    assert_eq!(unknown.status(), 404);
    assert!(text(unknown).contains("reset-before"));
    assert_eq!(put("/_mock/fault/cors?times=often").status(), 400);
    assert_eq!(status(), 201);
}

#[test]
fn what_was_stored_and_counted_is_forgotten() {
    let mock = Mock::with_fault("putright", "slow");
    mock.post(&mock.good());
    let preflight = mock.ask("OPTIONS", "/_mock/received", &PREFLIGHT);
    assert_eq!((preflight.status().as_u16(), header(&preflight, ALLOWED)), (204, ORIGIN.1));
    assert!(header(&preflight, "access-control-allow-methods").contains("DELETE"));
    let cleared = mock.ask("DELETE", "/_mock/received", &[ORIGIN]);
    assert_eq!((cleared.status().as_u16(), header(&cleared, ALLOWED)), (204, ORIGIN.1));
    assert_eq!((mock.stored(), mock.requests()), (0, 0));
    // The fault stays on.
    assert_eq!(mock.post(&mock.good()).status(), 200);
    assert_eq!(mock.get("/_mock/other").status(), 404);
}

#[test]
fn other_methods_and_addresses_are_no_submissions() {
    let mock = Mock::start("putright", &[]);
    assert_eq!(mock.get("/").status(), 404);
    assert_eq!(mock.ask("DELETE", "/", &[]).status(), 405);
    assert_eq!((mock.stored(), mock.requests()), (0, 0));
}
