//! A dry run for a council's web officer: what to ask of the endpoint that a council's file names, one request after the
//! other, and what the answers show.
//!
//! The page `check.html` performs what [`Trial::next`] asks for and hands back what came of it, until nothing is left to ask;
//! then [`findings`] says in plain words what worked and what must be changed, and on which side. The request is the app's own
//! ([`Request`](putright_domain::delivery::request::Request)), and so is the judgement of the answer ([`evaluate_response`](putright_domain::delivery::response::evaluate_response)): what passes here passes there.
//!
//! A browser tells a page nothing of an answer that it may not read, so where none came more is asked, each time with a `GET`
//! that carries nothing: whether the server can be reached at all, whether it lets this site read, whether it also takes the
//! headers. Nothing is ever sent that a browser would not let the page read an answer to.

mod cors;
mod diagnose;
mod finding;
mod messages;
pub mod probe;
mod sample;
mod trial;

pub use diagnose::findings;
pub use finding::{Finding, Side, Subject, Verdict, headline};
pub use trial::{End, Exchange, Purpose, ReadableResponse, Trial};
