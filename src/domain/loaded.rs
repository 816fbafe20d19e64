//! The files an app runs on, read, checked, and checked against each other.

use super::{
    content::Content,
    council::Council,
    danger::Danger,
    data::DataError,
    guidance::{signpost::Directory, working_days::WorkingCalendar},
    journey::flow::Flow,
    submission::build,
};

/// The files an app runs on, read and fitting together.
#[derive(Debug)]
pub struct Loaded {
    /// The council asked for.
    pub council: Box<Council>,
    /// Those whose service it shares (or, before anybody has asked, the others of a site).
    pub partners: Vec<Box<Council>>,
    /// Whether one council has been asked for. Not so in what is prerendered for a site of several.
    pub chosen: bool,
    /// The questions.
    pub flow: Flow,
    /// The words.
    pub content: Box<Content>,
    /// The bank holidays.
    pub calendar: WorkingCalendar,
    /// Who else can help.
    pub directory: Directory,
    /// The words that may mean danger; none until they are put here.
    pub danger: Danger,
    pub(super) ids: Vec<String>,
}

/// Where files came from, for what is said about them.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// The flow's file.
    pub flow: &'a str,
    /// The file of words.
    pub content: &'a str,
}

impl Loaded {
    /// Puts the files together.
    ///
    /// # Errors
    /// Where they do not fit: words missing for a question, an option that no rule knows.
    pub fn new(
        council: Box<Council>,
        partners: Vec<Box<Council>>,
        flow: Flow,
        content: Box<Content>,
        calendar: WorkingCalendar,
        directory: Directory,
        sources: Sources<'_>,
    ) -> Result<Self, DataError> {
        build::check_flow(sources.flow, &flow)?;
        content.check_covers(sources.content, &flow)?;
        let ids = [&council].into_iter().chain(&partners).map(|council| council.id.clone()).collect();
        Ok(Self { council, partners, chosen: true, flow, content, calendar, directory, danger: Danger::default(), ids })
    }

    /// The council asked for, then the others.
    pub fn councils(&self) -> impl Iterator<Item = &Council> {
        [&self.council].into_iter().chain(&self.partners).map(AsRef::as_ref)
    }
}
