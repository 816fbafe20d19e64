//! A bucket of an S3-compatible object store.

use std::{
    env, fmt,
    future::{Future, ready},
    time::Duration,
};

use chrono::Utc;
use futures_util::TryStreamExt;
use http_body_util::BodyExt;
use object_store::{
    Error, ObjectMeta, ObjectStore, ObjectStoreExt, PutPayload, RetryConfig,
    aws::{AmazonS3, AmazonS3Builder, AwsAuthorizer},
    client::{HttpClient, HttpError, HttpErrorKind, HttpRequestBody},
    path::Path,
};
use sha2::{Digest, Sha256};
use tokio::time;
use ureq::http::{Method, Request};

use super::{
    ObjectError,
    client::{PATIENCE, Requests},
    options::FileStorageOptions,
};
use crate::{ServerError, check_result::CheckResult, hex, stored_file::StoredObject, tls};

/// The tries of a request, and the pause before the second. The third waits longer.
const TRIES: u32 = 3;
const PAUSE: Duration = Duration::from_millis(300);
/// The bytes that a slow line carries in a second: the time for an object is longer the larger it is.
const SLOW: u64 = 256 << 10;
/// The time for a list of all objects.
const LISTING: Duration = Duration::from_secs(600);
/// The name and the content of the object of a check. It is written over each time: where a check breaks off, nothing else is left.
const CHECK: &str = "check";
/// The longest code of an error.
const LONGEST_CODE: usize = 64;

/// A bucket, and the part of it under a prefix.
pub struct Bucket {
    store: AmazonS3,
    client: HttpClient,
    address: String,
    region: String,
    prefix: Path,
    url: String,
}

impl Bucket {
    /// Reads the options, and the credentials of the environment. The bucket is not asked yet.
    ///
    /// # Errors
    /// Returns an error if an option cannot be understood, or a credential is missing.
    pub fn new(url: &str, options: &FileStorageOptions) -> Result<Self, ServerError> {
        let (bucket, prefix) = parts_of(url).ok_or_else(|| {
            ServerError::new("--files", "is no bucket; write it as s3://bucket/prefix, in small letters")
        })?;
        let region = &options.region;
        let endpoint = options.endpoint.clone().unwrap_or_else(|| format!("https://s3.{region}.amazonaws.com"));
        let endpoint = endpoint.trim_end_matches('/');
        if !tls::is_private(endpoint) {
            let why = "must be an address with https://, or with http:// on this machine alone";
            return Err(ServerError::new("--files-endpoint", why));
        }
        let requests = Requests(tls::agent(PATIENCE, options.authority.as_deref())?);
        let client = HttpClient::new(requests.clone());
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(bucket)
            .with_region(region)
            .with_endpoint(endpoint)
            .with_allow_http(true)
            .with_access_key_id(credential("AWS_ACCESS_KEY_ID")?)
            .with_secret_access_key(credential("AWS_SECRET_ACCESS_KEY")?)
            .with_disable_bulk_delete(true)
            // It would log each retry in its own words.
            .with_retry(RetryConfig { max_retries: 0, ..RetryConfig::default() })
            .with_http_connector(requests);
        if let Ok(token) = env::var("AWS_SESSION_TOKEN") {
            builder = builder.with_token(token);
        }
        let store = builder.build().map_err(|_| ServerError::new("--files", "cannot be used with these options"))?;
        let prefix =
            Path::parse(prefix).map_err(|_| ServerError::new("--files", "has a prefix that cannot be used"))?;
        let address = format!("{endpoint}/{bucket}");
        Ok(Self { store, client, address, region: region.clone(), prefix, url: url.to_owned() })
    }

    /// Writes an object.
    pub async fn put(&self, name: &str, content: Vec<u8>) -> Result<(), ObjectError> {
        let (store, place, time) = (&self.store, &self.place(name), time_for(content.len() as u64));
        let content = PutPayload::from(content);
        tried(time, || store.put(place, content.clone())).await.map(|_| ())
    }

    /// Returns the content of an object, once it is what was stored.
    pub async fn get(&self, object: &StoredObject) -> Result<Vec<u8>, ObjectError> {
        let (store, place) = (&self.store, &self.place(&object.name));
        let read = tried(time_for(object.bytes), || store.get_range(place, 0..object.bytes)).await?;
        if Sha256::digest(&read).as_slice() != object.hash {
            return Err(ObjectError::Changed);
        }
        Ok(read.into())
    }

    /// Deletes an object.
    pub async fn delete(&self, name: &str) -> Result<(), ObjectError> {
        let (store, place) = (&self.store, &self.place(name));
        match tried(PATIENCE, || store.delete(place)).await {
            Err(ObjectError::Missing) => Ok(()),
            deleted => deleted,
        }
    }

    /// Returns the name and the age of each object under the prefix that is one of ours.
    pub async fn list(&self) -> Result<Vec<(String, i64)>, ObjectError> {
        let now = Utc::now();
        let ours = |object: ObjectMeta| {
            let name = object.location.filename().filter(|name| self.place(name) == object.location)?;
            Some((name.to_owned(), (now - object.last_modified).num_seconds()))
        };
        let listed = self.store.list(Some(&self.prefix)).try_filter_map(|object| ready(Ok(ours(object))));
        let listed = time::timeout(LISTING, listed.try_collect::<Vec<_>>()).await;
        listed.map_err(|_| ObjectError::Late(LISTING.as_secs()))?.map_err(|error| code(&error))
    }

    /// Writes and reads an object that stays, tries to delete, and asks for the versioning of the bucket.
    pub async fn check(&self) -> Vec<CheckResult> {
        let written = async {
            let (name, hash) = (CHECK.to_owned(), Sha256::digest(CHECK).into());
            self.put(CHECK, CHECK.into()).await?;
            self.get(&StoredObject { name, hash, bytes: CHECK.len() as u64 }).await?;
            // No object has that name. The answer tells whether it could be deleted.
            self.delete(&hex::random().map_err(|_| ObjectError::Machine)?).await
        };
        if let Err(error) = written.await {
            let advice =
                "check the bucket, the credentials in the environment and their rights to put, get, delete and list";
            return vec![CheckResult::error(format!("{self}: {error}; {advice}"))];
        }
        let versioning = match self.versioning().await {
            Ok(None) => CheckResult::fine(format!("{self}: the bucket keeps no old versions")),
            Ok(Some(status)) => CheckResult::warning(format!(
                "{self}: the versioning of the bucket is {status}, so an erased file stays there as an old version; suspend it, \
                 delete the old versions, or let a lifecycle rule delete them after a day"
            )),
            Err(error) => CheckResult::warning(format!(
                "{self}: the bucket does not say whether it keeps old versions ({error}); look yourself, because an erased file \
                 stays in one that does"
            )),
        };
        vec![CheckResult::fine(format!("{self}: a file can be written, read and deleted")), versioning]
    }

    /// Asks whether the bucket keeps old versions: `Enabled` or `Suspended`; `None` if it never did.
    async fn versioning(&self) -> Result<Option<String>, ObjectError> {
        let unusable = |_| ObjectError::Refused("no request could be made".to_owned());
        let mut request = Request::builder()
            .method(Method::GET)
            .uri(format!("{}?versioning", self.address))
            .body(HttpRequestBody::empty())
            .map_err(|_| ObjectError::Unreachable)?;
        let credential = self.store.credentials().get_credential().await.map_err(unusable)?;
        AwsAuthorizer::new(&credential, "s3", &self.region).try_authorize(&mut request, None).map_err(unusable)?;
        let answer = self.client.execute(request).await.map_err(|error| fault_of(&error))?;
        let status = answer.status();
        let body = answer.into_body().collect().await.map_err(|error| fault_of(&error))?;
        let text = String::from_utf8_lossy(&body.to_bytes()).into_owned();
        if !status.is_success() {
            return Err(ObjectError::Refused(element(&text, "Code").unwrap_or_else(|| status.as_u16().to_string())));
        }
        if !text.contains("VersioningConfiguration") {
            return Err(ObjectError::Refused("something else".to_owned()));
        }
        Ok(element(&text, "Status"))
    }

    fn place(&self, name: &str) -> Path {
        self.prefix.clone().join(name)
    }
}

impl fmt::Display for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.url)
    }
}

/// Returns the bucket and the prefix of an address.
fn parts_of(url: &str) -> Option<(&str, &str)> {
    let rest = url.strip_prefix("s3://")?;
    let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
    let prefix = prefix.strip_suffix('/').unwrap_or(prefix);
    let is_good = |text: &str, more: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || more.contains(c));
    let is_bucket = (3..=63).contains(&bucket.len()) && is_good(bucket, ".-") && bucket.to_ascii_lowercase() == bucket;
    (is_bucket && prefix.len() <= 200 && is_good(prefix, "._-/")).then_some((bucket, prefix))
}

fn credential(name: &str) -> Result<String, ServerError> {
    let value = env::var(name).ok().filter(|value| !value.is_empty());
    value.ok_or_else(|| ServerError::new(name, "is not in the environment; --files needs it"))
}

/// Returns the time for an object of a length.
fn time_for(bytes: u64) -> Duration {
    PATIENCE + Duration::from_secs(bytes / SLOW)
}

/// Tries a request again where that may help, within a time.
async fn tried<T, F: Future<Output = object_store::Result<T>>>(
    time: Duration,
    work: impl Fn() -> F,
) -> Result<T, ObjectError> {
    let all = async {
        let mut pause = PAUSE;
        for _ in 1..TRIES {
            match work().await {
                Err(Error::Generic { .. }) => time::sleep(pause).await,
                done => return done,
            }
            pause *= 4;
        }
        work().await
    };
    let done = time::timeout(time, all).await.map_err(|_| ObjectError::Late(time.as_secs()))?;
    done.map_err(|error| code(&error))
}

/// Returns an error by its code alone: its message may hold the name of a key.
fn code(error: &Error) -> ObjectError {
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(error);
    let mut fault = None;
    while let (Some(one), None) = (source, &fault) {
        fault = one.downcast_ref::<HttpError>().map(fault_of);
        source = one.source();
    }
    let code = element(&error.to_string(), "Code");
    match (error, code) {
        (Error::NotFound { .. }, None) => ObjectError::Missing,
        (Error::NotFound { .. }, Some(code)) if code == "NoSuchKey" => ObjectError::Missing,
        (_, Some(code)) => ObjectError::Refused(code),
        (Error::PermissionDenied { .. } | Error::Unauthenticated { .. }, None) => {
            ObjectError::Refused("AccessDenied".to_owned())
        }
        (_, None) => fault.unwrap_or_else(|| ObjectError::Refused("an error without a code".to_owned())),
    }
}

fn fault_of(error: &HttpError) -> ObjectError {
    match error.kind() {
        HttpErrorKind::Timeout => ObjectError::Late(PATIENCE.as_secs()),
        _ => ObjectError::Unreachable,
    }
}

/// Returns the text of an element, if it is one word of letters and digits.
fn element(xml: &str, name: &str) -> Option<String> {
    let (_, rest) = xml.split_once(&format!("<{name}>"))?;
    let (text, _) = rest.split_once(&format!("</{name}>"))?;
    let is_word = (1..=LONGEST_CODE).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_word.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_names_a_bucket_and_a_prefix() {
        assert_eq!(parts_of("s3://complaints"), Some(("complaints", "")));
        assert_eq!(parts_of("s3://one.two-3/a/b_c/"), Some(("one.two-3", "a/b_c")));
        for wrong in [
            "",
            "complaints",
            "https://s3.example/complaints",
            "s3://",
            "s3://ab",
            "s3://Upper",
            "s3://abc/a b",
            "s3://abc/?x",
        ] {
            assert_eq!(parts_of(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn error_gives_its_code_and_no_other_word() {
        let body = "<Error><Code>SignatureDoesNotMatch</Code><AWSAccessKeyId>AKIAKEY</AWSAccessKeyId></Error>";
        assert_eq!(element(body, "Code").as_deref(), Some("SignatureDoesNotMatch"));
        assert_eq!(element("<Code>two words</Code>", "Code"), None);
        assert_eq!(element("<Code></Code>", "Code"), None);
        let error = Error::Generic { store: "S3", source: body.into() };
        assert_eq!(code(&error).to_string(), "the object store answers: SignatureDoesNotMatch");
        let error = Error::Generic { store: "S3", source: "AKIAKEY".into() };
        assert!(!code(&error).to_string().contains("AKIA"));
    }
}
