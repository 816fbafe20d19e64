//! Findings about CORS, preflights and addresses.

use super::{ELSEWHERE, REFERENCE, about, answer, elsewhere, found, text};
use putright_domain::delivery::request::Body;
use putright_endpoint_test::{End, Purpose, Side, Subject, Verdict, headline};
use serde_json::{Value, json};

/// How a server of another origin behaves where no answer to the test can be read.
struct Silent {
    reached: bool,
    read: bool,
    read_with: bool,
}

impl Silent {
    fn end(&self, ask: Purpose) -> End {
        let ends = |good| if good { answer(404, "<p>Not found</p>") } else { End::Nothing };
        match ask {
            Purpose::Reach if self.reached => End::Opaque,
            Purpose::Read => ends(self.read),
            Purpose::ReadWith => ends(self.read_with),
            _ => End::Nothing,
        }
    }
}

#[test]
#[allow(clippy::too_many_lines, reason = "a table of cases")]
fn no_answer_is_told_apart_as_far_as_a_browser_lets() {
    let never = Silent { reached: false, read: false, read_with: false };
    let no_cors = Silent { reached: true, read: false, read_with: false };
    let not_these = Silent { reached: true, read: true, read_with: false };
    let cut = Silent { reached: true, read: true, read_with: true };
    let table = [
        (
            never,
            vec![Purpose::Send, Purpose::Reach],
            Subject::Reached,
            Side::Either,
            "The server was not reached",
            "spelt right",
        ),
        (
            no_cors,
            vec![Purpose::Send, Purpose::Reach, Purpose::Read],
            Subject::Cors,
            Side::Server,
            "The server was reached, but does not allow this site (CORS)",
            "nothing was sent",
        ),
        (
            not_these,
            vec![Purpose::Send, Purpose::Reach, Purpose::Read, Purpose::ReadWith],
            Subject::Cors,
            Side::Server,
            "The server was reached, but does not allow this site (CORS)",
            "not send the headers",
        ),
        (
            cut,
            vec![Purpose::Send, Purpose::Reach, Purpose::Read, Purpose::ReadWith],
            Subject::Reached,
            Side::Server,
            "The server was reached, but no answer came that can be read",
            "look for it",
        ),
    ];
    for (server, asks, on, side, title, says) in table {
        let mut probes = Vec::new();
        let (asked, found) = found(&elsewhere("putright"), |ask, request| {
            if ask != Purpose::Send {
                probes.push(request.clone());
            }
            server.end(ask)
        });
        assert_eq!(asked, asks);
        let finding = about(&found, on);
        assert_eq!((finding.verdict, finding.side, finding.title), (Verdict::Change, side, title));
        assert!(text(finding).contains(says), "{finding:#?}");
        assert_eq!(headline(&found), "Not ready: something must be changed");
        for probe in probes {
            assert_eq!(probe.method.id(), "GET");
            assert!(matches!(probe.body, Body::Text(text) if text.is_empty()), "a probe carries nothing");
        }
        if on == Subject::Cors {
            assert_eq!(
                finding.lines,
                [
                    "Access-Control-Allow-Origin: https://complaints.example.gov.uk",
                    "Access-Control-Allow-Methods: POST",
                    "Access-Control-Allow-Headers: Idempotency-Key, Content-Type",
                    "Access-Control-Expose-Headers: Retry-After",
                ]
            );
            assert!(text(finding).contains("OPTIONS"));
        }
    }
}

#[test]
fn a_form_needs_no_preflight_so_it_may_have_been_stored() {
    let server = Silent { reached: true, read: false, read_with: false };
    let (_, told) = found(&elsewhere("open311"), |ask, _| server.end(ask));
    let finding = about(&told, Subject::Cors);
    assert!(text(finding).contains("may have been stored") && !text(finding).contains("OPTIONS"));
    assert_eq!(finding.lines.len(), 2, "{finding:#?}");
    let server = Silent { reached: true, read: true, read_with: true };
    let (asked, _) = found(&elsewhere("open311"), |ask, _| server.end(ask));
    assert_eq!(asked, [Purpose::Send, Purpose::Reach, Purpose::Read], "it has no headers to ask for");
}

#[test]
fn what_asks_whether_a_server_allows_headers_carries_all_of_them_and_no_real_token() {
    let server = Silent { reached: true, read: true, read_with: false };
    let delivery = json!({
        "preset": "aspnet", "url": ELSEWHERE, "csrf": { "url": "token", "read": "text", "header": "X-Token" },
    });
    let mut probes = Vec::new();
    found(&delivery, |ask, request| {
        if matches!(ask, Purpose::Read | Purpose::ReadWith) {
            probes.push(request.headers.iter().find(|(name, _)| name == "X-Token").map(|(_, value)| value.clone()));
        }
        if ask == Purpose::Token { answer(200, "abc") } else { server.end(ask) }
    });
    assert_eq!(probes, [None, Some("test".to_owned())]);
}

#[test]
fn headers_to_allow_are_those_of_the_request_with_its_token_and_its_cookies() {
    let server = Silent { reached: true, read: true, read_with: false };
    let delivery = json!({
        "preset": "aspnet", "url": ELSEWHERE, "credentials": "include", "method": "PUT",
        "csrf": { "url": "token", "read": "text", "header": "X-Token" },
    });
    let (asked, found) = found(&delivery, |ask, _| match ask {
        Purpose::Token => answer(200, "abc"),
        other => server.end(other),
    });
    assert_eq!(asked, [Purpose::Token, Purpose::Send, Purpose::Reach, Purpose::Read, Purpose::ReadWith]);
    let finding = about(&found, Subject::Cors);
    assert_eq!(
        finding.lines,
        [
            "Access-Control-Allow-Origin: https://complaints.example.gov.uk",
            "Access-Control-Allow-Methods: PUT",
            "Access-Control-Allow-Headers: Content-Type, X-Token",
            "Access-Control-Allow-Credentials: true",
            "Access-Control-Expose-Headers: Location, Retry-After",
        ]
    );
    assert!(text(finding).contains("* is not enough"));
    let simpler = "If the server cannot be changed so far";
    assert!(!text(finding).contains(simpler), "no form can put, nor carry a token");
    let told = |preset: &str, csrf: Value, method: &str| {
        let delivery = json!({ "preset": preset, "url": ELSEWHERE, "method": method, "csrf": csrf });
        let (_, found) = self::found(&delivery, |ask, _| match ask {
            Purpose::Token => answer(200, "abc"),
            other => server.end(other),
        });
        text(about(&found, Subject::Cors)).contains(simpler)
    };
    let token = json!({ "url": "https://forms.example.gov.uk/token", "read": "text", "header": "X-Token" });
    assert!(told("putright", Value::Null, "POST"), "a post without a token could be a form's");
    assert!(!told("putright", token, "POST") && !told("putright", Value::Null, "PUT"));
}

#[test]
fn where_no_token_comes_it_is_its_address_that_is_asked_again() {
    let delivery = json!({
        "preset": "aspnet", "url": ELSEWHERE,
        "csrf": { "url": "https://other.example/token", "read": "text", "header": "X-Token" },
    });
    let mut probed = Vec::new();
    let (asked, _) = found(&delivery, |ask, request| {
        if ask == Purpose::Token {
            return End::Nothing;
        }
        probed.push(request.url.clone());
        answer(200, "")
    });
    assert_eq!(asked, [Purpose::Token, Purpose::Reach, Purpose::Read]);
    assert_eq!(probed, ["https://other.example/token"; 2]);
}

#[test]
fn on_the_page_s_own_server_there_is_no_cors_to_blame() {
    for (reached, title) in
        [(true, "The server was reached, but broke off without an answer"), (false, "The server was not reached")]
    {
        let (asked, found) = found(&json!({ "url": "api/submissions" }), |ask, _| match ask {
            Purpose::Reach if reached => answer(405, ""),
            _ => End::Nothing,
        });
        assert_eq!(asked, [Purpose::Send, Purpose::Reach]);
        assert_eq!(about(&found, Subject::Reached).title, title);
        assert!(!found.iter().any(|finding| finding.about == Subject::Cors));
    }
    let (_, found) =
        found(&json!({ "url": "https://COMPLAINTS.example.gov.uk:443/api" }), |_, _| answer(201, REFERENCE));
    assert!(!found.iter().any(|finding| finding.about == Subject::Cors), "the same origin, written out");
}

#[test]
fn what_the_policy_stops_is_for_this_site_to_change() {
    let (asked, found) = found(&elsewhere("putright"), |_, _| End::Blocked("connect-src".to_owned()));
    assert_eq!(asked, [Purpose::Send]);
    let finding = about(&found, Subject::Policy);
    assert_eq!((finding.verdict, finding.side), (Verdict::Change, Side::Site));
    assert_eq!(finding.lines, ["connect-src 'self' https://forms.example.gov.uk"]);
    assert!(text(finding).contains("putright build"));
}
