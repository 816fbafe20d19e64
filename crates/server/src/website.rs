//! The site around the receiver, as the caller provides it.

use std::{collections::BTreeMap, sync::Arc};

use serde_json::Value;

use crate::inbox::pages::InboxPages;

/// The answers of a plain form, by the names of its fields.
pub type PlainForm = BTreeMap<String, String>;

/// A reason to give a plain form back with what was written in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormRefusal {
    /// The sender has sent too many. There is room again after so many seconds.
    TooMany(u64),
    /// The form came from a page of another site, or is not in the format.
    NotTaken,
    /// It is not certain that the submission is stored.
    NotStored,
}

/// The site around the receiver: its policy, its councils and its pages. Methods that read files may block.
pub trait Website: Send + Sync + 'static {
    /// Returns the value of the `Content-Security-Policy` header.
    ///
    /// # Errors
    /// Returns the place and the problem if the built site cannot be read.
    fn content_security_policy(&self) -> Result<String, String>;

    /// Returns the other headers of every answer, with names in lower case.
    fn headers(&self) -> &'static [(&'static str, &'static str)];

    /// Returns the JSON Schema of a submission.
    fn submission_schema(&self) -> Value;

    /// Returns the version that an address of a file with this content has after `?v=`.
    fn version(&self, content: &[u8]) -> String;

    /// Returns the ids of the site's councils; `None` if the site has no list.
    fn councils(&self) -> Option<Vec<String>>;

    /// Reads the body of a plain form; `None` if it has too many fields.
    fn read_form(&self, body: &[u8]) -> Option<PlainForm>;

    /// Returns the pages of a council's plain form; `None` if a file of the site cannot be read.
    fn form_pages(&self, council: &str) -> Option<Arc<dyn FormPages>>;

    /// Returns the page for a form that could not be read. `too_long` says that it was too long.
    fn lost_page(&self, too_long: bool) -> Option<String>;

    /// Returns the pages of the inbox.
    ///
    /// # Errors
    /// Returns the place and the problem if a file of the site cannot be read.
    fn inbox_pages(&self) -> Result<Arc<dyn InboxPages>, String>;
}

/// The pages that answer the plain form of one council.
pub trait FormPages: Send + Sync {
    /// Makes a submission of a form, as JSON, under an id.
    ///
    /// # Errors
    /// Returns the page that says what to correct, with what was written.
    fn submission(&self, form: &PlainForm, id: &str) -> Result<Value, String>;

    /// Returns the form with what was written, and the reason why it comes back.
    fn again(&self, form: &PlainForm, refusal: FormRefusal) -> String;

    /// Returns the page that says that the submission is stored, with its reference.
    fn stored(&self, form: &PlainForm, reference: &str) -> String;
}
