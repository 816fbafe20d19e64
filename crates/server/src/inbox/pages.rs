//! The pages of the inbox, as the caller draws them.

use putright_domain::{id_enum::id_enum, submission::format::Submission};

use super::policy::Grants;
use crate::{file_scan::FileScan, store::inbox::ListLine};

/// The things around each page.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The relative path from the page to the folder of the site: `./`, `../` and so on.
    pub up: String,
    /// The officer's id; empty before anybody has signed in.
    pub officer: String,
    /// The token for the forms of the page.
    pub csrf: String,
    /// True if the receiver signs officers out. A proxy does so elsewhere.
    pub signs_out: bool,
}

/// The filter of the list, as it was given.
#[derive(Clone, Debug, Default)]
pub struct ListFilter {
    /// The id of a council.
    pub council: String,
    /// The id of a kind.
    pub kind: String,
    /// The id of a state.
    pub state: String,
    /// True for urgent ones alone.
    pub urgent: bool,
    /// The first day.
    pub from: String,
    /// The last day.
    pub until: String,
    /// A reference, or a number in the council's own system.
    pub find: String,
    /// True if a part of the filter could not be understood.
    pub is_wrong: bool,
}

/// A page of the list.
#[derive(Clone, Debug)]
pub struct ListView {
    /// The filter.
    pub given: ListFilter,
    /// The councils that the officer may choose.
    pub councils: Vec<String>,
    /// The lines.
    pub lines: Vec<ListLine>,
    /// The query of the next page, with older ones; `None` on the last page.
    pub older: Option<String>,
    /// True if this is not the first page.
    pub is_later: bool,
}

/// A page of what a search found.
pub struct SearchView {
    /// The text, as the officer typed it.
    pub text: String,
    /// The lines.
    pub lines: Vec<ListLine>,
    /// The place that the search goes on before; `None` if it has looked at everything.
    pub further: Option<i64>,
    /// The time of receipt at that place.
    pub searched_to: Option<String>,
    /// True if the text is too short or too long.
    pub is_wrong: bool,
}

/// A complaint.
pub struct ComplaintView {
    /// The facts of the list.
    pub line: ListLine,
    /// The submission.
    pub submission: Submission,
    /// The results of the virus scan, for each of its files.
    pub scans: Vec<FileScan>,
    /// The rights of the officer with it.
    pub grants: Grants,
    /// True if the number that the officer typed cannot be taken.
    pub is_wrong: bool,
}

/// A file, before it is downloaded.
#[derive(Clone, Debug)]
pub struct FileView {
    /// The reference of the complaint.
    pub reference: String,
    /// The place of the file, from 1.
    pub place: usize,
    /// Its media type.
    pub media_type: String,
    /// Its bytes.
    pub bytes: u32,
    /// The result of the virus scan.
    pub scan: FileScan,
}

id_enum! {
    /// A page that says one thing. Its id is that of its words.
    NoticePage {
        /// Sign in first.
        SignIn = "sign_in",
        /// Nobody signed in at the proxy.
        Nobody = "nobody",
        /// The officer has signed out.
        SignedOut = "signed_out",
        /// The sign-in failed.
        NotSignedIn = "not_signed_in",
        /// The request cannot be believed.
        Refused = "refused",
        /// The policy gives the officer no council.
        NoCouncil = "no_council",
        /// There is no such complaint, or the officer may not read it.
        NotFound = "not_found",
        /// The officer may read it, and not do this.
        NotAllowed = "not_allowed",
        /// The form is too old, or from elsewhere.
        Expired = "expired",
        /// The store cannot be used.
        Fault = "fault",
        /// The complaint is erased.
        Erased = "erased",
        /// The complaint is erased, and a part of it may be left in the log of the database.
        ErasedNotScrubbed = "erased_not_scrubbed",
        /// The file is in quarantine.
        Quarantined = "quarantined",
        /// A legal hold forbids to erase it.
        Held = "held",
    }
}

/// The pages.
pub trait InboxPages: Send + Sync {
    /// Draws the list.
    fn list(&self, frame: &Frame, view: &ListView) -> String;

    /// Draws what a search found.
    fn search(&self, frame: &Frame, view: &SearchView) -> String;

    /// Draws one complaint, in words.
    fn complaint(&self, frame: &Frame, view: &ComplaintView) -> String;

    /// Draws the warning before a file.
    fn file(&self, frame: &Frame, view: &FileView) -> String;

    /// Draws the question before a complaint is erased.
    fn erase(&self, frame: &Frame, reference: &str) -> String;

    /// Draws a page that says one thing.
    fn notice(&self, frame: &Frame, notice: NoticePage) -> String;

    /// Returns the styles that only the inbox has.
    fn styles(&self) -> &'static str;
}
