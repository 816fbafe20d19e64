//! Connects to a PostgreSQL database.
//!
//! A connection over a network uses TLS and checks the server's certificate, unless the address says `sslmode=disable`. A lost
//! connection is noticed within seconds, so that a submission fails and is sent again rather than wait for ever.

use std::{fmt, fs, net::IpAddr, path::Path, sync::Arc, time::Duration};

use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject},
};
use tokio_postgres::{
    Client, Config,
    config::{Host, SslMode, TargetSessionAttrs},
};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::{ServerError, store::StoreError};

/// The time to reach the server.
const REACH: Duration = Duration::from_secs(5);
/// The time in which the server's machine must confirm what was sent to it.
const UNCONFIRMED: Duration = Duration::from_secs(10);
/// The silence after which the connection is tried, and the time between two tries.
const IDLE: Duration = Duration::from_secs(10);
const BETWEEN: Duration = Duration::from_secs(3);
const TRIES: u32 = 3;
/// Sets the time limits of a session: a lock held by a machine that was cut off must not block the others for ever.
/// `synchronous_commit` is raised to `on` where the server's configuration lowers it.
const SESSION: &str = "
    SET statement_timeout = '20s';
    SET lock_timeout = '10s';
    SET idle_in_transaction_session_timeout = '20s';
    SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') IN ('off', 'local');
    SET client_min_messages = 'error';";

/// The address of a database, and the way to connect to it.
pub struct Connector {
    config: Config,
    tls: MakeRustlsConnect,
}

impl Connector {
    /// Reads an address, and the files with the password and the certificate authority.
    ///
    /// # Errors
    /// Returns an error if one of them cannot be used.
    pub fn new(url: &str, password: Option<&Path>, authority: Option<&Path>) -> Result<Self, ServerError> {
        // The error of the parser may repeat a part of the address, and that may be the password.
        let mut config: Config = url.parse().map_err(|_| {
            ServerError::new("--database", "is not an address of a database; write postgres://user@host:5432/name")
        })?;
        if let Some(file) = password {
            let text = fs::read_to_string(file).map_err(|error| ServerError::new(file.display(), error))?;
            config.password(text.trim_end_matches(['\r', '\n']));
        }
        if config.get_hosts().is_empty() {
            return Err(ServerError::new("--database", "names no host; write postgres://user@host:5432/name"));
        }
        if config.get_ssl_mode() == SslMode::Prefer {
            let is_local = config.get_hosts().iter().all(is_local);
            config.ssl_mode(if is_local { SslMode::Disable } else { SslMode::Require });
        }
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(REACH);
        }
        config
            .application_name("putright")
            .tcp_user_timeout(UNCONFIRMED)
            .keepalives_idle(IDLE)
            .keepalives_interval(BETWEEN)
            .keepalives_retries(TRIES)
            .target_session_attrs(TargetSessionAttrs::ReadWrite);
        Ok(Self { config, tls: MakeRustlsConnect::new(tls(authority)?) })
    }

    /// Connects. Must be called inside a runtime, which then drives the connection.
    ///
    /// # Errors
    /// Returns an error if the server cannot be reached or refuses.
    pub async fn connect(&self) -> Result<Client, StoreError> {
        let (client, connection) = self.config.connect(self.tls.clone()).await.map_err(|error| {
            // Nothing has been stored or read yet, so the server's message holds no submission.
            let message = error.as_db_error().map_or_else(|| with_causes(&error), |error| error.message().to_owned());
            StoreError::Connection(message)
        })?;
        tokio::spawn(async move {
            // The client reports a lost connection to whoever uses it.
            let _ = connection.await;
        });
        client.batch_execute(SESSION).await?;
        Ok(client)
    }
}

/// Shows the hosts and the name of the database, never the user or the password.
impl fmt::Display for Connector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the PostgreSQL database ")?;
        f.write_str(self.config.get_dbname().unwrap_or_default())?;
        for host in self.config.get_hosts() {
            match host {
                Host::Tcp(name) => write!(f, " at {name}")?,
                #[cfg(unix)]
                Host::Unix(path) => write!(f, " at {}", path.display())?,
            }
        }
        Ok(())
    }
}

fn is_local(host: &Host) -> bool {
    match host {
        Host::Tcp(name) => name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback()),
        #[cfg(unix)]
        Host::Unix(_) => true,
    }
}

fn with_causes(error: &tokio_postgres::Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        let more = error.to_string();
        if !text.contains(&more) {
            text = format!("{text}: {more}");
        }
        cause = error.source();
    }
    text
}

fn tls(authority: Option<&Path>) -> Result<ClientConfig, ServerError> {
    let mut roots = RootCertStore::empty();
    match authority {
        Some(file) => {
            let place = file.display();
            let certificates = CertificateDer::pem_file_iter(file).map_err(|error| ServerError::new(place, error))?;
            for certificate in certificates {
                let certificate = certificate.map_err(|error| ServerError::new(file.display(), error))?;
                roots.add(certificate).map_err(|error| ServerError::new(file.display(), error))?;
            }
            if roots.is_empty() {
                return Err(ServerError::new(file.display(), "holds no certificate; give one in PEM"));
            }
        }
        None => {
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| ServerError::new("TLS", error))?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}
