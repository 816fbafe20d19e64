//! The file that `--notify` names: the channels, and the words that no page has.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use crate::ServerError;

/// The file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotifyConfig {
    /// A system of the council that is called for each submission.
    pub webhook: Option<WebhookConfig>,
    /// A folder that another system empties.
    pub drop: Option<DropConfig>,
    /// A mail server, for notices to officers and acknowledgements to people.
    pub mail: Option<MailConfig>,
}

/// A webhook.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebhookConfig {
    /// Its address.
    pub url: String,
    /// A file with the secret that signs each request.
    pub secret_file: PathBuf,
    /// The contents of a request.
    #[serde(default)]
    pub content: WebhookContent,
    /// A file with the certificate that signs that of the server, in PEM.
    pub ca_file: Option<PathBuf>,
}

/// The contents of a webhook's request.
#[derive(Clone, Copy, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum WebhookContent {
    /// Reference, kind, council, urgent or not: nothing that the person wrote.
    #[default]
    Notice,
    /// The submission too.
    Submission,
}

/// A file drop.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DropConfig {
    /// The folder.
    pub folder: PathBuf,
}

/// A mail server.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailConfig {
    /// The name of the server.
    pub server: String,
    /// Its port. By default 587, or 465 with TLS from the start.
    pub port: Option<u16>,
    /// The protection of the connection.
    #[serde(default)]
    pub security: Security,
    /// The account, where the server asks for one.
    pub user: Option<String>,
    /// A file with its password.
    pub password_file: Option<PathBuf>,
    /// A file with the certificate that signs that of the server, in PEM.
    pub ca_file: Option<PathBuf>,
    /// The sender of each email.
    pub from: String,
    /// The officers of each council, by the id of its file.
    #[serde(default)]
    pub officers: BTreeMap<String, Vec<String>>,
    /// The councils that acknowledge, by the id of their file.
    #[serde(default)]
    pub acknowledge: BTreeMap<String, Acknowledge>,
}

/// The protection of a connection to a mail server.
#[derive(Clone, Copy, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Security {
    /// A plain connection that turns to TLS before anything is sent.
    #[default]
    Starttls,
    /// TLS from the start.
    Tls,
    /// None: for a server on this machine alone.
    None,
}

/// A council that acknowledges by email.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Acknowledge {
    /// The name of the council, as people know it.
    pub name: String,
    /// The address that answers go to.
    pub reply_to: Option<String>,
    /// The telephone number of the complaints team.
    pub telephone: String,
    /// True if children and young people get one too. Others may read their email.
    #[serde(default)]
    pub children: bool,
}

impl NotifyConfig {
    /// Reads the file.
    ///
    /// # Errors
    /// Returns an error that names the place in the file and the problem.
    pub fn read(path: &Path) -> Result<Self, ServerError> {
        let text = fs::read_to_string(path).map_err(|error| ServerError::new(path.display(), error))?;
        let mut source = serde_json::Deserializer::from_str(&text);
        serde_path_to_error::deserialize(&mut source)
            .map_err(|error| ServerError::new(format!("{} at {}", path.display(), error.path()), error.inner()))
    }
}
