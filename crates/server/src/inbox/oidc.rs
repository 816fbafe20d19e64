//! Sign-in by OpenID Connect: the authorization code flow with PKCE, a state and a nonce.
//!
//! A sign-in that was begun is in the browser alone: a cookie with the time and a secret, from which state, nonce and the PKCE verifier are
//! derived. So whichever receiver the browser comes back to can end it, for ten minutes and once. The id token must be signed with a key that the provider publishes, never with a shared secret, and be for this client and this sign-in.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use axum::http::{HeaderMap, HeaderValue};
use openidconnect::{
    AdditionalClaims, AuthenticationFlow, AuthorizationCode, Client, ClientId, ClientSecret, CsrfToken,
    EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest, HttpResponse, IdTokenFields,
    IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, StandardErrorResponse,
    StandardTokenResponse, TokenResponse,
    core::{
        CoreAuthDisplay, CoreAuthPrompt, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
        CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm as Algorithm, CoreProviderMetadata,
        CoreResponseType, CoreRevocableToken, CoreRevocationErrorResponse, CoreTokenIntrospectionResponse,
        CoreTokenType,
    },
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ureq::Agent;

use super::{
    policy::OfficerIdentity,
    session::{self, cookie_of, derived, key},
};
use crate::{
    ServerError, hex,
    secret::secret,
    store::{audit::MOST_OFFICER, sessions::Key},
    tls,
};

/// The cookie of a sign-in that was begun.
const COOKIE: &str = "__Host-putright-sign-in";
/// The time that a person has to sign in.
pub const TO_SIGN_IN: Duration = Duration::from_secs(600);
/// The seconds by which the clock of the receiver that began may be ahead.
const AHEAD: u64 = 60;
/// The time for which the provider's description and keys are not fetched again.
const FRESH: Duration = Duration::from_secs(60);
/// The time and the bytes for an answer of the provider.
const PATIENCE: Duration = Duration::from_secs(10);
const MOST_BYTES: u64 = 1 << 20;
/// The most groups of an officer.
const MOST_GROUPS: usize = 500;
/// The algorithms of signatures that are taken: those with a public key.
const ALGORITHMS: [Algorithm; 7] = [
    Algorithm::RsaSsaPkcs1V15Sha256,
    Algorithm::RsaSsaPkcs1V15Sha384,
    Algorithm::RsaSsaPkcs1V15Sha512,
    Algorithm::RsaSsaPssSha256,
    Algorithm::EcdsaP256Sha256,
    Algorithm::EcdsaP384Sha384,
    Algorithm::EdDsa,
];

/// The file of `--inbox-oidc`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OidcConfig {
    issuer: String,
    client_id: String,
    client_secret_file: Option<PathBuf>,
    redirect: String,
    #[serde(default)]
    user_claim: UserClaim,
    groups_claim: Option<String>,
    #[serde(default)]
    scopes: Vec<String>,
    ca_file: Option<PathBuf>,
}

/// The claim that is the officer's id.
#[derive(Clone, Copy, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum UserClaim {
    #[default]
    Sub,
    Email,
    PreferredUsername,
}

/// All other claims of an id token.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct More(BTreeMap<String, Value>);

impl AdditionalClaims for More {}

type TokenFields =
    IdTokenFields<More, EmptyExtraTokenFields, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, Algorithm>;
type Oidc = Client<
    More,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<TokenFields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// The provider.
pub struct Provider {
    issuer: IssuerUrl,
    client_id: ClientId,
    secret: Option<ClientSecret>,
    redirect: RedirectUrl,
    user_claim: UserClaim,
    groups_claim: Option<String>,
    scopes: Vec<String>,
    agent: Agent,
    found: Mutex<Option<(Instant, CoreProviderMetadata)>>,
}

/// The answer of the provider, by way of the browser.
#[derive(Default)]
pub struct OidcCallback {
    code: Option<String>,
    state: Option<String>,
    issuer: Option<String>,
}

impl OidcCallback {
    /// Reads the query of an address.
    pub fn read(query: &str) -> Self {
        let mut answer = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()).take(20) {
            let part = match &*name {
                "code" => &mut answer.code,
                "state" => &mut answer.state,
                "iss" => &mut answer.issuer,
                _ => continue,
            };
            *part = Some(value.into_owned());
        }
        answer
    }
}

impl Provider {
    /// Reads the file of `--inbox-oidc`. The provider is asked when the first officer signs in.
    ///
    /// # Errors
    /// Returns an error that names the place in the file, and what to write.
    pub fn read(path: &Path) -> Result<Self, ServerError> {
        let text = fs::read_to_string(path).map_err(|error| ServerError::new(path.display(), error))?;
        let mut source = serde_json::Deserializer::from_str(&text);
        let config: OidcConfig = serde_path_to_error::deserialize(&mut source)
            .map_err(|error| ServerError::new(format!("{} at {}", path.display(), error.path()), error.inner()))?;
        let wrong = |part: &str, why: &str| ServerError::new(format!("{} at {part}", path.display()), why);
        for (part, url) in [("issuer", &config.issuer), ("redirect", &config.redirect)] {
            if !tls::is_private(url) {
                return Err(wrong(part, "must be an address with https://, or with http:// on this machine alone"));
            }
        }
        if !config.redirect.ends_with("/inbox/callback") {
            return Err(wrong("redirect", "must end in /inbox/callback; write https://host/inbox/callback"));
        }
        let agent = tls::agent(PATIENCE, config.ca_file.as_deref())?;
        Ok(Self {
            issuer: IssuerUrl::new(config.issuer).map_err(|_| wrong("issuer", "is not an address"))?,
            client_id: ClientId::new(config.client_id),
            secret: config.client_secret_file.as_deref().map(secret).transpose()?.map(ClientSecret::new),
            redirect: RedirectUrl::new(config.redirect).map_err(|_| wrong("redirect", "is not an address"))?,
            user_claim: config.user_claim,
            groups_claim: config.groups_claim,
            scopes: config.scopes,
            agent,
            found: Mutex::default(),
        })
    }

    /// Begins a sign-in. Returns the address to send the browser to, and the cookie to set. May block.
    ///
    /// # Errors
    /// Returns the reason for the log: the provider cannot be used, or the machine gives no random numbers.
    pub fn begin(&self) -> Result<(String, HeaderValue), String> {
        let client = self.client()?;
        let secret = hex::random().map_err(|error| error.to_string())?;
        let cookie = format!("{}.{secret}", seconds_now());
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&verifier_of(&cookie));
        let [state, nonce] = ["state", "nonce"].map(|purpose| derived(purpose, &cookie));
        let flow = AuthenticationFlow::<CoreResponseType>::AuthorizationCode;
        let mut request =
            client.authorize_url(flow, || CsrfToken::new(state), || Nonce::new(nonce)).set_pkce_challenge(challenge);
        for scope in &self.scopes {
            request = request.add_scope(Scope::new(scope.clone()));
        }
        let (url, _, _) = request.url();
        Ok((url.to_string(), session::cookie(COOKIE, &cookie)))
    }

    /// Ends a sign-in. Returns the officer, and the key under which the sign-in is used up. May block.
    ///
    /// # Errors
    /// Returns the reason for the log, without a value that came from outside.
    pub fn end(&self, headers: &HeaderMap, answer: OidcCallback) -> Result<(OfficerIdentity, Key), String> {
        let cookie = cookie_of(headers, COOKIE).ok_or("the browser has no cookie of a sign-in")?;
        if !is_fresh(cookie) {
            return Err("the sign-in took too long".to_owned());
        }
        let is_same = |state: &String| session::is_same(state, &derived("state", cookie));
        if !answer.state.as_ref().is_some_and(is_same) {
            return Err("the state is another".to_owned());
        }
        // RFC 9207: the answer of another provider must not be taken for this one's.
        if answer.issuer.as_ref().is_some_and(|issuer| *issuer != **self.issuer) {
            return Err("the answer is of another provider".to_owned());
        }
        let code = answer.code.ok_or("the provider did not sign the person in")?;
        let client = self.client()?;
        let request = client.exchange_code(AuthorizationCode::new(code)).map_err(|_| "it has no token endpoint")?;
        let tokens = request
            .set_pkce_verifier(verifier_of(cookie))
            .request(&|request| self.ask(request))
            .map_err(|_| "the provider does not take the code")?;
        let token = tokens.id_token().ok_or("the provider gave no id token")?;
        let verifier = client.id_token_verifier().set_allowed_algs(ALGORITHMS);
        let claims =
            token.claims(&verifier, &Nonce::new(derived("nonce", cookie))).map_err(|_| "the id token is not good")?;
        let id = match self.user_claim {
            UserClaim::Sub => Some(claims.subject().as_str()),
            UserClaim::Email if claims.email_verified() == Some(false) => None,
            UserClaim::Email => claims.email().map(|email| email.as_str()),
            UserClaim::PreferredUsername => claims.preferred_username().map(|name| name.as_str()),
        };
        let id = id.filter(|id| (1..=MOST_OFFICER).contains(&id.len())).ok_or("the id token names no user")?;
        let groups = self.groups_claim.as_ref().and_then(|name| claims.additional_claims().0.get(name));
        let officer = OfficerIdentity { id: id.to_owned(), groups: groups.map(groups_of).unwrap_or_default() };
        Ok((officer, key(cookie)))
    }

    /// Returns the client for the provider as it describes itself.
    fn client(&self) -> Result<Oidc, String> {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = found.as_ref().filter(|(read, _)| read.elapsed() < FRESH).map(|(_, metadata)| metadata.clone());
        let metadata = if let Some(metadata) = fresh {
            metadata
        } else {
            let metadata = CoreProviderMetadata::discover(&self.issuer, &|request| self.ask(request))
                .map_err(|_| "the provider cannot be reached, or does not describe itself")?;
            *found = Some((Instant::now(), metadata.clone()));
            metadata
        };
        let client = Oidc::from_provider_metadata(metadata, self.client_id.clone(), self.secret.clone());
        Ok(client.set_redirect_uri(self.redirect.clone()))
    }

    /// Asks the provider.
    fn ask(&self, request: HttpRequest) -> Result<HttpResponse, io::Error> {
        let (parts, body) = self.agent.run(request).map_err(io::Error::other)?.into_parts();
        let mut bytes = Vec::new();
        body.into_reader().take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MOST_BYTES {
            return Err(io::Error::other("the answer is too long"));
        }
        Ok(HttpResponse::from_parts(parts, bytes))
    }
}

/// Returns the cookie that removes that of a sign-in.
pub fn expired() -> HeaderValue {
    session::expired(COOKIE)
}

/// Returns the secret that proves to the provider that the same browser asks for the token.
fn verifier_of(cookie: &str) -> PkceCodeVerifier {
    PkceCodeVerifier::new(derived("verifier", cookie))
}

fn seconds_now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}

/// Returns whether a sign-in was begun within its time.
fn is_fresh(cookie: &str) -> bool {
    let begun = cookie.split_once('.').and_then(|(begun, _)| begun.parse::<u64>().ok());
    let now = seconds_now();
    begun.is_some_and(|begun| begun <= now + AHEAD && now < begun.saturating_add(TO_SIGN_IN.as_secs()))
}

fn groups_of(claim: &Value) -> Vec<String> {
    let all = claim.as_array().map(Vec::as_slice).unwrap_or_default();
    all.iter().take(MOST_GROUPS).filter_map(Value::as_str).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sign_in_is_fresh_for_ten_minutes() {
        let now = seconds_now();
        for (begun, is) in [(now, true), (now - 590, true), (now - 601, false), (now + 30, true), (now + 90, false)] {
            assert_eq!(is_fresh(&format!("{begun}.secret")), is, "{begun}");
        }
        for wrong in ["", "secret", ".secret", "-1.secret", "99999999999999999999.secret"] {
            assert!(!is_fresh(wrong), "{wrong}");
        }
    }
}
