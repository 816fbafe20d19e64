//! The certificates that another server is checked with.

use std::{fs, path::Path, sync::Arc};

use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

use crate::ServerError;

/// Returns the settings for a server whose certificate is signed by the one in a file, or by one that the system trusts.
///
/// # Errors
/// Returns an error if the file holds no certificate.
pub fn config(authority: Option<&Path>) -> Result<TlsConfig, ServerError> {
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
