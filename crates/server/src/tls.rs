//! Requests to other servers: their certificates are checked, and they are followed nowhere else.

use std::{fs, path::Path, sync::Arc, time::Duration};

use ureq::{
    Agent,
    tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem},
};

use crate::ServerError;

/// Makes a client that waits so long for a response. A server that redirects is not followed: it could make us ask machines of
/// this network.
///
/// # Errors
/// Returns an error if the file of `authority` holds no certificate.
pub fn agent(patience: Duration, authority: Option<&Path>) -> Result<Agent, ServerError> {
    let tls = config(authority)?;
    let config = Agent::config_builder().timeout_global(Some(patience)).http_status_as_error(false).max_redirects(0);
    Ok(config.tls_config(tls).build().new_agent())
}

/// Returns the settings for a server whose certificate is signed by the one in a file, or by one that the system trusts.
///
/// # Errors
/// Returns an error if the file holds no certificate.
fn config(authority: Option<&Path>) -> Result<TlsConfig, ServerError> {
    let certificates: Vec<Certificate<'static>> = match authority {
        Some(file) => {
            let pem = fs::read(file).map_err(|error| ServerError::new(file.display(), error))?;
            parse_pem(&pem)
                .filter_map(|item| match item {
                    Ok(PemItem::Certificate(certificate)) => Some(certificate),
                    _ => None,
                })
                .collect()
        }
        None => rustls_native_certs::load_native_certs()
            .certs
            .iter()
            .map(|certificate| Certificate::from_der(certificate).to_owned())
            .collect(),
    };
    if let (Some(file), true) = (authority, certificates.is_empty()) {
        return Err(ServerError::new(file.display(), "holds no certificate; give one in PEM"));
    }
    Ok(TlsConfig::builder().root_certs(RootCerts::Specific(Arc::new(certificates))).build())
}

/// Returns whether what goes to an address is encrypted, or stays on this machine.
pub fn is_private(url: &str) -> bool {
    let local = ["http://127.0.0.1", "http://localhost", "http://[::1]"];
    let after = |start: &str| url.strip_prefix(start).is_some_and(|rest| rest.starts_with([':', '/']));
    url.starts_with("https://") || local.iter().any(|start| after(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_without_encryption_is_taken_on_this_machine_alone() {
        for safe in ["https://id.example", "http://localhost:8080/x", "http://127.0.0.1/inbox/callback"] {
            assert!(is_private(safe), "{safe}");
        }
        for unsafe_one in ["http://id.example", "http://localhost.example/", "http://127.0.0.1.example", "ftp://x"] {
            assert!(!is_private(unsafe_one), "{unsafe_one}");
        }
    }
}
