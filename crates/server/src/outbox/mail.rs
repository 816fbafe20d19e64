//! Emails to officers and to people. Neither holds a word that the person wrote.

use std::{fs, path::Path, time::Duration};

use lettre::{
    Message, SmtpTransport, Transport,
    message::{Mailbox, MessageBuilder, header::ContentType},
    transport::smtp::{
        authentication::Credentials,
        client::{Certificate, Tls, TlsParameters, TlsParametersBuilder},
    },
};

use super::{
    Claimed,
    config::{Acknowledge, MailConfig, Security},
    facts::NoticeFacts,
};
use crate::{ServerError, secret::secret};

/// The time for each step of the protocol.
const PATIENCE: Duration = Duration::from_secs(30);

/// A mail server, ready to send by.
pub struct Mailer {
    transport: SmtpTransport,
    from: Mailbox,
}

impl Mailer {
    /// Reads the password and the certificate. Does not connect.
    ///
    /// # Errors
    /// Returns an error if one of them, or an address, cannot be used.
    pub fn new(config: &MailConfig) -> Result<Self, ServerError> {
        let is_local = matches!(config.server.as_str(), "localhost" | "127.0.0.1" | "::1");
        if config.security == Security::None && !is_local {
            let problem = "\"none\" is for a server on this machine; write \"starttls\" or \"tls\"";
            return Err(ServerError::new("mail.security", problem));
        }
        let tls = || tls(&config.server, config.ca_file.as_deref());
        let (tls, port) = match config.security {
            Security::Starttls => (Tls::Required(tls()?), 587),
            Security::Tls => (Tls::Wrapper(tls()?), 465),
            Security::None => (Tls::None, 25),
        };
        let mut transport = SmtpTransport::builder_dangerous(&config.server)
            .port(config.port.unwrap_or(port))
            .tls(tls)
            .timeout(Some(PATIENCE));
        match (&config.user, &config.password_file) {
            (Some(user), Some(file)) => {
                transport = transport.credentials(Credentials::new(user.clone(), secret(file)?));
            }
            (None, None) => {}
            _ => return Err(ServerError::new("mail", "must have both user and password_file, or neither")),
        }
        for address in config.officers.values().flatten() {
            mailbox("mail.officers", address)?;
        }
        for address in config.acknowledge.values().filter_map(|council| council.reply_to.as_ref()) {
            mailbox("mail.acknowledge", address)?;
        }
        Ok(Self { transport: transport.build(), from: mailbox("mail.from", &config.from)? })
    }

    /// Connects and signs in, and sends nothing.
    ///
    /// # Errors
    /// Returns the reason, by a code, if that fails.
    pub fn test(&self) -> Result<(), String> {
        match self.transport.test_connection() {
            Ok(true) => Ok(()),
            Ok(false) => Err("it ended the connection".to_owned()),
            Err(error) => Err(reason(&error)),
        }
    }

    /// Tells the officers of a council.
    ///
    /// # Errors
    /// Returns the reason, by a code, if the server did not take it.
    pub fn tell_officers(&self, claimed: &Claimed, facts: &NoticeFacts, officers: &[String]) -> Result<(), String> {
        let reference = claimed.reference;
        let urgent = if facts.is_urgent { "Urgent: " } else { "" };
        let what = facts.kind_in_words;
        let subject = format!("{urgent}new {what}, {reference}");
        let urgent = if facts.is_urgent { "yes" } else { "no" };
        let text = format!(
            "A new {what} has come in.\n\n\
             Reference: {reference}\n\
             Council: {}\n\
             Received: {}\n\
             Urgent: {urgent}\n\
             Files: {}\n\n\
             This email holds nothing that the person wrote. Read it with:\n\
             putright submissions show {reference}\n",
            facts.council, claimed.received_at, facts.files
        );
        let message = Message::builder().from(self.from.clone()).subject(subject);
        self.send(claimed, "mail", to_all(message, officers)?, text)
    }

    /// Tells the officers of a council that a file is in quarantine.
    ///
    /// # Errors
    /// Returns the reason, by a code, if the server did not take it.
    pub fn tell_of_quarantine(
        &self,
        claimed: &Claimed,
        facts: &NoticeFacts,
        officers: &[String],
    ) -> Result<(), String> {
        let reference = claimed.reference;
        let text = format!(
            "The virus scanner found something in a file that came with this {}.\n\n\
             Reference: {reference}\n\
             Council: {}\n\
             Received: {}\n\n\
             The file is in quarantine, and the inbox does not give it to anybody. The rest can be read as usual. Ask \
             the people who run this service before you ask the person to send it again.\n\n\
             This email holds nothing that the person wrote.\n",
            facts.kind_in_words, facts.council, claimed.received_at
        );
        let message = Message::builder().from(self.from.clone()).subject(format!("A file in quarantine, {reference}"));
        self.send(claimed, "quarantine", to_all(message, officers)?, text)
    }

    /// Acknowledges to the person. Subject and text say nothing of what it is about: others may see them.
    ///
    /// # Errors
    /// Returns the reason, by a code, if the server did not take it.
    pub fn acknowledge(&self, claimed: &Claimed, council: &Acknowledge, to: &str) -> Result<(), String> {
        let reference = claimed.reference;
        let day = claimed.received_at.split('T').next().unwrap_or_default();
        let text = format!(
            "Thank you. {} received your message on {day}.\n\n\
             Your reference is {reference}. Keep it: you need it if you contact us about this.\n\n\
             To ask about it, call {}.\n",
            council.name, council.telephone
        );
        let to: Mailbox = to.parse().map_err(|_| "the person's address cannot be used")?;
        let mut message =
            Message::builder().from(self.from.clone()).to(to).subject(format!("Your reference {reference}"));
        if let Some(reply_to) = &council.reply_to {
            message = message.reply_to(reply_to.parse().map_err(|_| "mail.acknowledge.reply_to cannot be used")?);
        }
        self.send(claimed, "acknowledgement", message, text)
    }

    fn send(&self, claimed: &Claimed, channel: &str, message: MessageBuilder, text: String) -> Result<(), String> {
        let domain = self.from.email.domain();
        // The same for every try, so that a mail system can drop a second copy.
        let id = format!("<{}.{channel}@{domain}>", claimed.reference);
        let message = message
            .message_id(Some(id))
            .header(ContentType::TEXT_PLAIN)
            .body(text)
            .map_err(|_| "the email cannot be written")?;
        self.transport.send(&message).map(drop).map_err(|error| reason(&error))
    }
}

/// Addresses an email to each officer.
fn to_all(message: MessageBuilder, officers: &[String]) -> Result<MessageBuilder, &'static str> {
    officers.iter().try_fold(message, |message, officer| {
        Ok(message.to(officer.parse().map_err(|_| "an officer's address cannot be used")?))
    })
}

/// Returns the reason of an error without the words of the server: they may hold an address.
fn reason(error: &lettre::transport::smtp::Error) -> String {
    match error.status() {
        Some(code) => format!("SMTP {code}"),
        None if error.is_tls() => "the certificate or TLS of the server was refused".to_owned(),
        None if error.is_timeout() => "no answer in time".to_owned(),
        None => "no connection, or the server answered what is not SMTP".to_owned(),
    }
}

fn mailbox(place: &str, address: &str) -> Result<Mailbox, ServerError> {
    address.parse().map_err(|_| {
        ServerError::new(place, format!("\"{address}\" is not an email address; write \"Name <name@example.gov.uk>\""))
    })
}

fn tls(server: &str, authority: Option<&Path>) -> Result<TlsParameters, ServerError> {
    let mut parameters: TlsParametersBuilder = TlsParameters::builder(server.to_owned());
    if let Some(file) = authority {
        let pem = fs::read(file).map_err(|error| ServerError::new(file.display(), error))?;
        let certificate = Certificate::from_pem(&pem)
            .map_err(|_| ServerError::new(file.display(), "holds no certificate; give one in PEM"))?;
        parameters = parameters.add_root_certificate(certificate);
    }
    parameters.build_rustls().map_err(|_| ServerError::new("mail.server", "is not the name of a server"))
}
