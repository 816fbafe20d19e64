//! The findings of a dry run: for each part whether it works, which side must be changed, and what to change there. A
//! fact that a browser hides is a finding too. The sentences are in [`crate::messages`].

mod text;

use crate::{
    cors::{cors_headers, exposed, has_preflight, is_loopback, origin},
    finding::Finding,
    messages::{self, FindingText},
    trial::{End, Exchange, Purpose, ReadableResponse, Trial, is_probe},
};
use putright_domain::{
    delivery::{
        config::{Credentials, DeliveryConfig, Endpoint, Method, ReferenceAt, SendBy, Test, TokenAt},
        file_rules::FileRules,
        request::Request,
        response::{DeliveryError, Refusal, evaluate_response, holds},
    },
    json::Value,
};
use text::{beginning, filled, in_words, json, reads_json, tenths, wanted};

/// Returns the findings of a dry run, in the order in which things happen. Call this once nothing is left to ask.
pub fn findings(config: &DeliveryConfig, trial: &Trial) -> Vec<Finding> {
    // The last that was not a second time of the same, nor a question why there was no answer.
    let main = trial.done.iter().rfind(|exchange| {
        let before_again = exchange.ask == Purpose::Token && trial.done.iter().any(|other| other.ask == Purpose::Send);
        !is_probe(exchange.ask) && !matches!(exchange.ask, Purpose::Again | Purpose::Files) && !before_again
    });
    let run = Run::new(config, trial, main);
    if config.send == SendBy::None {
        return vec![run.say(&messages::SENDS_NOTHING)];
    }
    if !trial.online {
        return vec![run.say(&messages::OFFLINE)];
    }
    let mut found: Vec<Finding> = run.address().into_iter().collect();
    let Some(main) = main else { return found };
    match &main.end {
        End::Blocked(directive) => found.push(run.blocked(directive)),
        End::Late if main.ask == Purpose::Token => found.push(run.say(&messages::TOKEN_LATE)),
        End::Late => found.push(run.say(&messages::LATE)),
        End::Nothing => found.push(run.no_answer()),
        End::Opened => found.push(run.say(&messages::OPENED)),
        // Only what need not be read is asked for so.
        End::Opaque => {}
        End::Answered(heard) => run.answered(heard, &mut found),
    }
    found
}

/// A dry run, and what all its findings may name.
struct Run<'a> {
    trial: &'a Trial,
    config: &'a DeliveryConfig,
    endpoint: &'a Endpoint,
    /// The request under examination: the test, or the request for a token that failed.
    ask: Purpose,
    request: Request,
    /// The origin it went to, where that is not the page's.
    other: Option<String>,
    marks: Vec<(&'static str, String)>,
}

impl<'a> Run<'a> {
    fn new(config: &'a DeliveryConfig, trial: &'a Trial, main: Option<&Exchange>) -> Self {
        let endpoint = &config.endpoint;
        let ask = main.map_or(Purpose::Send, |main| main.ask);
        let request = trial.request(endpoint);
        let request = request.for_token().filter(|_| ask == Purpose::Token).unwrap_or(request);
        let other = trial.other_origin(&request.url);
        let statuses: Vec<String> = endpoint.success_status.iter().map(u32::to_string).collect();
        let mut marks = vec![
            ("{url}", request.url.clone()),
            ("{method}", request.method.id().to_owned()),
            ("{page}", trial.page.clone()),
            ("{other}", other.clone().unwrap_or_default()),
            ("{encoding}", endpoint.encoding.id().to_owned()),
            ("{timeout}", endpoint.timeout_seconds.to_string()),
            ("{statuses}", statuses.join(", ")),
            ("{header}", endpoint.reference_header().to_owned()),
        ];
        if let Some(TokenAt::Cookie(name)) = endpoint.csrf.as_ref().map(|csrf| &csrf.read) {
            marks.push(("{cookie}", name.clone()));
        }
        if let Some(End::Answered(heard)) = main.map(|main| &main.end) {
            let kind = heard.header("content-type");
            marks.push(("{status}", heard.status.to_string()));
            marks.push(("{seconds}", tenths(heard.milliseconds)));
            marks.push(("{type}", if kind.is_empty() { "not said" } else { kind }.to_owned()));
        }
        if let Some(End::Answered(heard)) = end_of(trial, Purpose::Again) {
            marks.push(("{again}", heard.status.to_string()));
        }
        Self { trial, config, endpoint, ask, request, other, marks }
    }

    fn say(&self, words: &FindingText) -> Finding {
        let FindingText { about, verdict, side, title, says } = words;
        let says = says.iter().map(|text| filled(text, &self.marks)).collect();
        Finding { about: *about, verdict: *verdict, side: *side, title, says, lines: Vec::new() }
    }

    /// Returns a problem with the address that does harm even if the test passes.
    fn address(&self) -> Option<Finding> {
        let page = &self.trial.page;
        let sent_to = origin(&self.endpoint.url);
        if sent_to.as_ref().is_some_and(|other| is_loopback(other)) && !is_loopback(page) {
            return Some(self.say(&messages::LOOPBACK));
        }
        (sent_to.is_none() && page.starts_with("http://") && !is_loopback(page)).then(|| self.say(&messages::NOT_HTTPS))
    }

    fn blocked(&self, directive: &str) -> Finding {
        let allowed = self.other.as_deref().unwrap_or_default();
        self.say(&messages::BLOCKED).shows(vec![[directive, " 'self' ", allowed].concat()])
    }

    /// No answer: as far as can be told, why.
    fn no_answer(&self) -> Finding {
        let came = |ask| matches!(end_of(self.trial, ask), Some(End::Answered(_) | End::Opaque));
        if !came(Purpose::Reach) {
            return self.say(&messages::UNREACHED);
        }
        if self.other.is_none() {
            return self.say(&messages::BROKEN_OFF);
        }
        let asked = |ask| end_of(self.trial, ask).is_some();
        if came(Purpose::Read) && (came(Purpose::ReadWith) || !asked(Purpose::ReadWith)) {
            return self.say(&messages::BROKEN_OFF_OR_HIDDEN).shows(self.cors_headers());
        }
        let has_preflight = has_preflight(&self.request);
        let mut finding = self.say(&messages::CORS);
        finding = finding.says(match (came(Purpose::Read), has_preflight) {
            (true, _) => messages::CORS_NOT_THESE,
            (false, true) => messages::CORS_NOT_SENT,
            (false, false) => messages::CORS_SENT,
        });
        if has_preflight {
            finding = finding.says(messages::CORS_PREFLIGHT);
        }
        if self.request.credentials == Credentials::Include {
            finding = finding.says(messages::CORS_COOKIES);
        }
        if has_preflight && self.request.method == Method::Post && self.endpoint.csrf.is_none() {
            finding = finding.says(messages::CORS_SIMPLE);
        }
        finding.says(messages::CORS_HEADERS).shows(self.cors_headers())
    }

    fn cors_headers(&self) -> Vec<String> {
        cors_headers(&self.trial.page, self.endpoint, &self.request)
    }

    fn answered(&self, heard: &ReadableResponse, found: &mut Vec<Finding>) {
        found.push(self.say(&messages::REACHED));
        if self.other.is_some() {
            found.push(self.say(&messages::CORS_WORKS));
        }
        if self.ask == Purpose::Token {
            found.push(self.no_token(heard));
            return;
        }
        if self.endpoint.csrf.is_some() {
            found.push(self.say(&messages::TOKEN_WORKS));
        }
        if !heard.redirected_to.is_empty() {
            found.push(self.say(&messages::REDIRECTED).shows(vec![heard.redirected_to.clone()]));
        }
        let judged = evaluate_response(self.endpoint, &heard.as_answer(self.endpoint), 0);
        if self.ask == Purpose::Empty {
            found.push(self.to_nothing(heard, judged.err()));
            return;
        }
        match judged {
            Ok(receipt) => {
                found.push(self.say(&messages::SUCCESS));
                found.push(self.reference(heard, &receipt.reference));
                found.extend(self.kind(heard));
                if heard.milliseconds > self.endpoint.timeout_seconds.saturating_mul(500) {
                    found.push(self.say(&messages::SLOW));
                }
                found.push(self.twice(&receipt.reference));
            }
            Err(error) => {
                self.failed(heard, &error, found);
                found.push(self.say(&messages::TWICE_UNTRIED));
            }
        }
        found.extend(self.config.files.as_ref().map(|rules| self.files(rules)));
    }

    /// Returns the finding about the test with a file.
    fn files(&self, rules: &FileRules) -> Finding {
        let heard = match end_of(self.trial, Purpose::Files) {
            None => return self.say(&messages::FILES_UNTRIED),
            Some(End::Answered(heard)) => heard,
            Some(_) => return self.say(&messages::FILES_UNANSWERED),
        };
        let answer = heard.as_answer(self.endpoint);
        match (evaluate_response(self.endpoint, &answer, 1), rules.arrived(&answer, 1)) {
            (Err(DeliveryError::Refused(said)), _) if !said.is_empty() => {
                self.say(&messages::FILES_REFUSED).says(messages::ITS_WORDS).shows(in_words(&said))
            }
            // It would be a success had no file been sent.
            (Err(_), _) if evaluate_response(self.endpoint, &answer, 0).is_ok() => self.say(&messages::FILES_DROPPED),
            (Err(_), _) => self.say(&messages::FILES_REFUSED).shows(beginning(heard)),
            (Ok(_), Some(0)) => self.say(&messages::FILES_DROPPED),
            (Ok(_), Some(_)) => self.say(&messages::FILES_WORK),
            (Ok(_), None) => self.say(&messages::FILES_NOT_PROVED),
        }
    }

    fn no_token(&self, heard: &ReadableResponse) -> Finding {
        if !(200..=299).contains(&heard.status) {
            return self.say(&messages::NO_TOKEN);
        }
        match self.endpoint.csrf.as_ref().map(|csrf| &csrf.read) {
            Some(TokenAt::Cookie(_)) if self.other.is_some() => self.say(&messages::TOKEN_FOREIGN_COOKIE),
            Some(TokenAt::Cookie(_)) => self.say(&messages::TOKEN_COOKIE),
            _ => self.say(&messages::TOKEN_ELSEWHERE).shows(beginning(heard)),
        }
    }

    /// Not a success.
    fn failed(&self, heard: &ReadableResponse, error: &DeliveryError, found: &mut Vec<Finding>) {
        match (error, heard.status) {
            (DeliveryError::Refused(said), status) => self.refused(heard, status, said, found),
            (DeliveryError::TooLarge, _) => found.push(self.say(&messages::TOO_LARGE)),
            (DeliveryError::Busy(_), _) if self.hides(heard, "retry-after") => {
                found.push(self.say(&messages::BUSY).says(messages::BUSY_EXPOSE).shows(self.expose()));
            }
            (DeliveryError::Busy(_), _) => found.push(self.say(&messages::BUSY)),
            (_, status @ 200..=299) => {
                let json = json(heard);
                if !self.endpoint.success_status.contains(&u32::from(status)) {
                    found.push(self.say(&messages::STATUS));
                }
                if !self.endpoint.success_body.iter().all(|test| holds(test, &heard.body, &json, 0)) {
                    found.push(self.unproved(heard, &json));
                }
            }
            (_, 409) => found.push(self.say(&messages::CLASH)),
            (_, 502..=504) => found.push(self.say(&messages::PROXY)),
            (_, 500..) => found.push(self.say(&messages::SERVER_FAILED)),
            _ => found.push(self.say(&messages::NO_SUCCESS)),
        }
    }

    /// A refusal, in the server's own words where they can be read.
    fn refused(&self, heard: &ReadableResponse, status: u16, said: &[Refusal], found: &mut Vec<Finding>) {
        let words = match status {
            401 | 403 => &messages::SIGN_IN,
            404 | 405 | 410 => &messages::NOT_HERE,
            406 => &messages::NOT_ACCEPTABLE,
            415 => &messages::WRONG_MEDIA,
            419 => &messages::TOKEN_REFUSED,
            200..=299 => &messages::YES_AND_NO,
            _ => &messages::REFUSED,
        };
        let finding = self.say(words);
        if !said.is_empty() {
            found.push(finding.says(messages::ITS_WORDS).shows(in_words(said)));
            return;
        }
        found.push(finding);
        // The others come from a server that never looked at what was sent.
        if matches!(status, 400 | 422) {
            found.push(self.say(&messages::UNREAD_ERRORS).shows(beginning(heard)));
        }
    }

    /// Returns the finding about the response to an empty submission.
    fn to_nothing(&self, heard: &ReadableResponse, error: Option<DeliveryError>) -> Finding {
        match error {
            None => self.say(&messages::EMPTY_TAKEN),
            Some(DeliveryError::Refused(said)) if said.is_empty() => {
                self.say(&messages::UNREAD_ERRORS).shows(beginning(heard))
            }
            Some(DeliveryError::Refused(said)) => self.say(&messages::EMPTY_REFUSED).shows(in_words(&said)),
            Some(_) => self.say(&messages::EMPTY_FAULT),
        }
    }

    /// The status may be right, the body is not.
    fn unproved(&self, heard: &ReadableResponse, json: &Value) -> Finding {
        let tests = self.endpoint.success_body.iter();
        let failed: Vec<&Test> = tests.filter(|test| !holds(test, &heard.body, json, 0)).collect();
        let mut finding = self.say(&messages::UNPROVED);
        let body = heard.body.trim();
        let is_other = failed.iter().any(|test| reads_json(test)) && *json == Value::Null;
        if body.is_empty() {
            finding = finding.says(messages::UNPROVED_EMPTY);
        } else if is_other {
            finding =
                finding.says(if body.starts_with('<') { messages::UNPROVED_PAGE } else { messages::UNPROVED_TEXT });
        }
        if heard.is_cut {
            finding = finding.says(messages::UNPROVED_CUT);
        }
        finding.says(messages::UNPROVED_SIDES).shows(failed.iter().map(|test| wanted(test, json)).collect())
    }

    fn reference(&self, heard: &ReadableResponse, reference: &str) -> Finding {
        if !reference.is_empty() {
            return self.say(&messages::REFERENCE).shows(vec![reference.to_owned()]);
        }
        if self.endpoint.reference.is_empty() {
            return self.say(&messages::NO_REFERENCE_NAMED);
        }
        let header = self.endpoint.reference_header();
        if !header.is_empty() && self.hides(heard, header) {
            return self.say(&messages::REFERENCE_HIDDEN).shows(self.expose());
        }
        let places = self.endpoint.reference.iter().map(|place| match place {
            ReferenceAt::Json(pointer) => ["JSON at ", pointer].concat(),
            ReferenceAt::Header(name) => ["header ", name].concat(),
        });
        self.say(&messages::NO_REFERENCE).shows(places.collect())
    }

    /// Returns whether the server may have sent a header that this page cannot read.
    fn hides(&self, heard: &ReadableResponse, header: &str) -> bool {
        self.other.is_some() && heard.header(header).is_empty()
    }

    fn expose(&self) -> Vec<String> {
        vec![["Access-Control-Expose-Headers: ", &exposed(self.endpoint).join(", ")].concat()]
    }

    /// Returns the finding about the content type. Returns `None` for an empty body, whose type cannot be wrong.
    fn kind(&self, heard: &ReadableResponse) -> Option<Finding> {
        if heard.body.trim().is_empty() {
            return None;
        }
        let kind = heard.header("content-type").split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let is_called_json = kind == "application/json" || kind.ends_with("+json");
        let json = json(heard);
        if matches!(json, Value::Object(_) | Value::Array(_)) && !is_called_json {
            let better = String::from("Content-Type: application/json");
            return Some(self.say(&messages::WRONG_TYPE).shows(vec![better]));
        }
        Some(self.say(&messages::TYPE))
    }

    /// The same under the same key.
    fn twice(&self, first: &str) -> Finding {
        if !self.config.is_keyed() {
            return self.say(&messages::TWICE_UNKEYED);
        }
        let Some(End::Answered(heard)) = end_of(self.trial, Purpose::Again) else {
            return self.say(&messages::TWICE_UNANSWERED);
        };
        let Some(second) = heard.receipt(self.endpoint) else {
            return self.say(&messages::TWICE_REFUSED).shows(beginning(heard));
        };
        let is_known = !heard.header("idempotent-replayed").is_empty();
        match (first.is_empty(), second.reference.is_empty()) {
            (false, false) if first != second.reference => {
                self.say(&messages::TWICE_TWICE).shows(vec![first.to_owned(), second.reference])
            }
            (false, false) => self.say(&messages::TWICE_ONCE),
            _ if is_known => self.say(&messages::TWICE_ONCE),
            _ => self.say(&messages::TWICE_UNKNOWN),
        }
    }
}

fn end_of(trial: &Trial, ask: Purpose) -> Option<&End> {
    trial.done.iter().rfind(|exchange| exchange.ask == ask).map(|exchange| &exchange.end)
}
