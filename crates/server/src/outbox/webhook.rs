//! Calls a system of the council, by the conventions of Standard Webhooks (standardwebhooks.com).
//!
//! `webhook-signature` is an HMAC-SHA-256 over id, time and body. `webhook-id` is the same for every try of a notice, so that
//! the other side can tell a second delivery.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use ureq::Agent;

use super::{
    Claimed,
    config::{WebhookConfig, WebhookContent},
    facts::NoticeFacts,
};
use crate::{ServerError, secret::secret, tls};

/// The time for one request.
const PATIENCE: Duration = Duration::from_secs(30);
/// The fewest bytes of a secret: as many as the signature has would be 32.
const LEAST_SECRET: usize = 24;

/// A webhook, ready to be called.
pub struct Webhook {
    url: String,
    key: Vec<u8>,
    content: WebhookContent,
    agent: Agent,
}

impl Webhook {
    /// Reads the secret and the certificate.
    ///
    /// # Errors
    /// Returns an error if one of them, or the address, cannot be used.
    pub fn new(config: &WebhookConfig) -> Result<Self, ServerError> {
        let is_plain = config.url.starts_with("http://");
        if !is_plain && !config.url.starts_with("https://") {
            return Err(ServerError::new("webhook.url", "is not a web address; write https://host/path"));
        }
        if is_plain && config.content == WebhookContent::Submission && !is_on_this_machine(&config.url) {
            let problem = "would send what people wrote without encryption; write https://, or \"content\": \"notice\"";
            return Err(ServerError::new("webhook.url", problem));
        }
        let text = secret(&config.secret_file)?;
        let place = config.secret_file.display();
        let key = match text.strip_prefix("whsec_") {
            Some(encoded) => STANDARD
                .decode(encoded)
                .map_err(|_| ServerError::new(place, "is not base64 after whsec_; write the secret as it was given"))?,
            None => text.into_bytes(),
        };
        if key.len() < LEAST_SECRET {
            let problem = format!("is too short; make one of at least {LEAST_SECRET} bytes: openssl rand -base64 32");
            return Err(ServerError::new(config.secret_file.display(), problem));
        }
        let agent = tls::agent(PATIENCE, config.ca_file.as_deref())?;
        Ok(Self { url: config.url.clone(), key, content: config.content, agent })
    }

    /// Returns what a request holds.
    pub const fn content(&self) -> WebhookContent {
        self.content
    }

    /// Sends a notice.
    ///
    /// # Errors
    /// Returns the reason, by a code, if the other side did not take it.
    pub fn send(&self, claimed: &Claimed, facts: &NoticeFacts) -> Result<(), String> {
        let body = self.body(claimed, facts)?.to_string();
        let id = format!("{}.webhook", claimed.reference);
        let time = SystemTime::now().duration_since(UNIX_EPOCH).map_err(|_| "the clock is wrong")?.as_secs();
        let signature = signature(&self.key, &id, time, &body)?;
        let sent = self
            .agent
            .post(&self.url)
            .header("content-type", "application/json")
            .header("webhook-id", &id)
            .header("webhook-timestamp", time.to_string())
            .header("webhook-signature", signature)
            .send(body);
        match sent {
            Ok(response) if response.status().is_success() => Ok(()),
            Ok(response) => Err(format!("HTTP {}", response.status().as_u16())),
            Err(error) => Err(reason(&error)),
        }
    }

    fn body(&self, claimed: &Claimed, facts: &NoticeFacts) -> Result<Value, String> {
        let mut data = json!({
            "reference": claimed.reference.to_string(),
            "received_at": claimed.received_at,
            "council": facts.council,
            "kind": facts.kind,
            "urgent": facts.is_urgent,
            "files": facts.files,
        });
        if let (WebhookContent::Submission, Some(members)) = (self.content, data.as_object_mut()) {
            let submission = serde_json::from_str(&claimed.body).map_err(|_| "the submission cannot be read")?;
            members.insert("submission".to_owned(), submission);
        }
        Ok(json!({ "type": "submission.received", "timestamp": claimed.received_at, "data": data }))
    }
}

fn is_on_this_machine(url: &str) -> bool {
    [
        "http://127.0.0.1:",
        "http://127.0.0.1/",
        "http://[::1]:",
        "http://[::1]/",
        "http://localhost:",
        "http://localhost/",
    ]
    .iter()
    .any(|start| url.starts_with(start))
}

fn signature(key: &[u8], id: &str, time: u64, body: &str) -> Result<String, &'static str> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(|_| "the secret cannot be used")?;
    mac.update(format!("{id}.{time}.{body}").as_bytes());
    Ok(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

/// Returns the reason of an error without the words of the other side.
fn reason(error: &ureq::Error) -> String {
    match error {
        ureq::Error::Timeout(_) => "no answer in time".to_owned(),
        ureq::Error::HostNotFound => "the host was not found".to_owned(),
        ureq::Error::ConnectionFailed => "no connection".to_owned(),
        ureq::Error::Io(error) => format!("no connection: {:?}", error.kind()),
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => "the certificate or TLS of the server was refused".to_owned(),
        _ => "the request failed".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the Standard Webhooks specification's reference libraries.
    #[test]
    fn signature_is_that_of_the_standard() {
        let key = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let body = r#"{"test": 2432232314}"#;
        let signed = signature(&key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body).unwrap();
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
}
