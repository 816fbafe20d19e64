//! The receiver of complaints: takes submissions, stores them, and serves the built app's files.
//!
//! [`run`] serves until the process is told to stop. It speaks plain HTTP on the machine's own address. A host puts a web
//! server with TLS in front, and says so with `--behind-proxy`, so that the limits count people and not the proxy.
//!
//! `receiver` is the state that all of `/api` shares. `connections` takes requests, `host`, `response_headers` and `request_log` look at each. `static_files` serves the app.
//! `submissions_api` takes submissions, `multipart` those that come with files, `form_api` those of the plain form, with
//! `pages` to answer them. `admission` lets them in, by `rate_limit` and `budget`; `bounded` and `validate` read them; `request_body` reads a body within its bounds; `files`
//! and `file_type` look at their files; `virus_scan` asks `clamd` about them later; `objects` holds their content outside the database, and `unattached` clears up what is left there. `writer` owns the `store`. `problem` holds every refusal, and `health` reports
//! whether the server could store a submission. `inbox` lets officers read what is stored.
//!
//! The caller gives the site around the receiver as a [`Website`]: the receiver knows no council's file and draws no page, not even those of the inbox.

mod admission;
mod bounded;
mod budget;
pub mod check_result;
pub mod clamd;
mod connections;
pub mod doctor;
mod error;
pub mod export;
mod file_limits;
pub mod file_permissions;
pub mod file_scan;
pub mod file_type;
mod files;
mod form_api;
mod health;
mod hex;
mod host;
pub mod inbox;
mod log;
mod metrics;
mod metrics_server;
mod multipart;
pub mod objects;
mod options;
pub mod outbox;
mod pace;
mod pages;
mod patient;
mod problem;
mod rate_limit;
mod readiness;
mod received_file;
mod receiver;
pub mod reference_number;
mod request_body;
mod request_log;
mod response_headers;
mod retention;
#[cfg(any(feature = "notify", feature = "inbox-oidc"))]
mod secret;
mod startup;
mod static_files;
pub mod store;
pub mod stored_file;
mod submissions_api;
#[cfg(any(feature = "notify", feature = "inbox-oidc", feature = "s3"))]
mod tls;
pub mod unattached;
mod urgency;
mod validate;
mod virus_scan;
mod website;
mod writer;

pub use error::ServerError;
pub use options::Options;
pub use startup::{run, told_to_stop};
pub use website::{FormPages, FormRefusal, PlainForm, Website};
