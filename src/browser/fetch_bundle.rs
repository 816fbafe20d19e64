//! Fetches the bundle that the app runs on: one file for each council and register.

use gloo_net::http::Request;
use putright_domain::bundle::{self, AudienceContent, Bundle, BundleError, FIRST_REGISTER};

use super::page;

/// The error of a bundle that did not come or cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The address names a council that this site does not serve.
    #[error("the address names a council that this site does not serve")]
    UnknownCouncil,
    /// The bundle could not be fetched.
    #[error("{0} could not be fetched")]
    NotFetched(String),
    /// The bundle was fetched and cannot be decoded.
    #[error("{0}: {1}")]
    Unusable(String, BundleError),
}

/// Loads the bundle of the page's council, or of the one that the address asks for.
pub async fn load() -> Result<Bundle, LoadError> {
    let addresses = page::bundles();
    let register = page::own_register().unwrap_or_else(|| FIRST_REGISTER.to_owned());
    let address = match page::own_council().or_else(page::asked_council) {
        Some(council) => bundle::bundle_address(&addresses, &council, &register),
        // The default comes first.
        None => addresses.split(' ').next().filter(|address| !address.is_empty()),
    };
    fetch(address.ok_or(LoadError::UnknownCouncil)?).await
}

/// Loads the questions and words of another register for the same council.
pub async fn edition(council: &str, register: &str) -> Result<AudienceContent, LoadError> {
    let addresses = page::bundles();
    let address = bundle::bundle_address(&addresses, council, register).ok_or(LoadError::UnknownCouncil)?;
    Ok(fetch(address).await?.edition())
}

async fn fetch(address: &str) -> Result<Bundle, LoadError> {
    let not_fetched = || LoadError::NotFetched(address.to_owned());
    let request = web_sys::Request::new_with_str(address).map_err(|_| not_fetched())?;
    let response = Request::from(request).send().await.map_err(|_| not_fetched())?;
    if !response.ok() {
        return Err(not_fetched());
    }
    let bytes = response.binary().await.map_err(|_| not_fetched())?;
    bundle::decode(&bytes).map_err(|error| LoadError::Unusable(address.to_owned(), error))
}
