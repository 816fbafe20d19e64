//! The bundle of a council and a register: everything the app runs on, in one file.
//!
//! `putright build` reads the files of a site, checks them against each other and encodes a [`Bundle`]. The app decodes it: it
//! holds no reader and no check. A bundle begins with [`MAGIC`], the format, which is a hash of this crate's sources, and a checksum of the rest.

mod decode;

use std::{ops::Deref, sync::Arc};

use crate::{
    council::Council,
    danger_phrases::DangerPhrases,
    data::InvalidFile,
    form::flow::Flow,
    guidance::{signpost::Directory, working_days::WorkingCalendar},
    messages::Messages,
    submission::from_answers,
};

/// The data that every register shares: the councils and the facts.
#[derive(Debug)]
pub struct SharedData {
    /// The council asked for.
    pub council: Box<Council>,
    /// Those whose service it shares (or, before anybody has asked, the others of a site).
    pub partners: Vec<Box<Council>>,
    /// The flag for one chosen council. It is false in pages prerendered for a site of several councils.
    pub chosen: bool,
    /// The bank holidays.
    pub calendar: WorkingCalendar,
    /// The other bodies that can help.
    pub directory: Directory,
    /// The words that may mean danger; none until they are put here.
    pub danger: DangerPhrases,
    /// The addresses, a space between two, of the pictures that a browser may keep for ever: see [`address`].
    pub pictures: String,
    /// The ids of all of them.
    pub ids: Vec<String>,
}

/// The questions and the words of one register, fitting together.
#[derive(Clone, Debug)]
pub struct AudienceContent {
    /// The questions.
    pub flow: Arc<Flow>,
    /// The words.
    pub content: Arc<Messages>,
}

/// The files an app runs on, read and fitting together.
#[derive(Clone, Debug)]
pub struct Bundle {
    /// The questions.
    pub flow: Arc<Flow>,
    /// The words.
    pub content: Arc<Messages>,
    common: Arc<SharedData>,
}

/// The names of the files that the flow and the words came from. Error messages use them.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// The flow's file.
    pub flow: &'a str,
    /// The file of words.
    pub content: &'a str,
}

impl SharedData {
    /// Puts the councils and the facts together. One council has been asked for.
    pub fn new(
        council: Box<Council>,
        partners: Vec<Box<Council>>,
        calendar: WorkingCalendar,
        directory: Directory,
        danger: DangerPhrases,
    ) -> Self {
        let ids = [&council].into_iter().chain(&partners).map(|council| council.id.clone()).collect();
        Self { council, partners, chosen: true, calendar, directory, danger, pictures: String::new(), ids }
    }

    /// The council asked for, then the others.
    pub fn councils(&self) -> impl Iterator<Item = &Council> {
        [&self.council].into_iter().chain(&self.partners).map(AsRef::as_ref)
    }
}

impl AudienceContent {
    /// Reads the two files of a register.
    ///
    /// # Errors
    /// Returns an error if a file is wrong, or if the two do not fit. Examples are missing words for a question and an
    /// option that no rule knows.
    pub fn parse(sources: Sources<'_>, flow: &str, content: &str) -> Result<Self, InvalidFile> {
        let (flow, content) =
            InvalidFile::both(Flow::parse(sources.flow, flow), Messages::parse(sources.content, content))?;
        Self::fit(sources, flow, content)
    }

    /// Puts questions and words together.
    ///
    /// # Errors
    /// Returns an error if the two do not fit.
    pub fn fit(sources: Sources<'_>, flow: Flow, content: Box<Messages>) -> Result<Self, InvalidFile> {
        InvalidFile::both(from_answers::check_flow(sources.flow, &flow), content.check_covers(sources.content, &flow))?;
        Ok(Self { flow: Arc::new(flow), content: Arc::from(content) })
    }
}

impl Bundle {
    /// Puts a register and what it shares with the others together.
    pub fn new(common: SharedData, edition: AudienceContent) -> Self {
        Self { flow: edition.flow, content: edition.content, common: Arc::new(common) }
    }

    /// Returns the questions and the words.
    pub fn edition(&self) -> AudienceContent {
        AudienceContent { flow: Arc::clone(&self.flow), content: Arc::clone(&self.content) }
    }

    /// The same councils and facts with the questions and the words of another register.
    #[must_use]
    pub fn in_register(&self, edition: AudienceContent) -> Self {
        Self { flow: edition.flow, content: edition.content, common: Arc::clone(&self.common) }
    }
}

impl Deref for Bundle {
    type Target = SharedData;

    fn deref(&self) -> &SharedData {
        &self.common
    }
}

/// The first bytes of every bundle.
pub const MAGIC: &[u8; 4] = b"PRB1";
/// The format: 16 hexadecimal digits, others for other sources of this crate.
pub const FORMAT: &str = env!("PUTRIGHT_BUNDLE_FORMAT");
/// The folder of the bundles. The name of each is `<council>-<register>-<version>.bin`.
pub const FOLDER: &str = "bundles/";

/// The error of a bundle that cannot be decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// It was made by another version of Putright.
    #[error("the bundle was made by another version of Putright: run putright build")]
    OtherVersion,
    /// It is cut off or damaged.
    #[error("the bundle is cut off or damaged: fetch it again, or run putright build")]
    Damaged,
}

/// The parts of a bundle, in the order in which they are encoded.
type Parts =
    (Box<Council>, Vec<Box<Council>>, bool, WorkingCalendar, Directory, DangerPhrases, String, Flow, Box<Messages>);

/// Decodes a bundle.
///
/// # Errors
/// Returns an error if another version made the bundle, or if it is damaged.
pub fn decode(bytes: &[u8]) -> Result<Bundle, BundleError> {
    let parts: Parts = decode::decode(body(bytes)?);
    let (council, partners, chosen, calendar, directory, danger, pictures, flow, content) = parts;
    let mut common = SharedData::new(council, partners, calendar, directory, danger);
    common.chosen = chosen;
    common.pictures = pictures;
    Ok(Bundle::new(common, AudienceContent { flow: Arc::new(flow), content: Arc::from(content) }))
}

/// Encodes a bundle.
///
/// # Errors
/// Returns no error for a bundle that was read from the files of a site.
#[cfg(not(target_family = "wasm"))]
pub fn encode(loaded: &Bundle) -> Result<Vec<u8>, postcard::Error> {
    let Bundle { flow, content, common } = loaded;
    let SharedData { council, partners, chosen, calendar, directory, danger, pictures, .. } = &**common;
    let parts = (council, partners, chosen, calendar, directory, danger, pictures, &**flow, &**content);
    let body = postcard::to_allocvec(&parts)?;
    Ok([MAGIC.as_slice(), FORMAT.as_bytes(), &checksum(&body), &body].concat())
}

/// Decodes a bundle and gives its parts to a serializer, each by its name: for people who look at what is live.
///
/// # Errors
/// Returns an error if another version made the bundle, or if it is damaged.
#[cfg(not(target_family = "wasm"))]
pub fn inspect(bytes: &[u8]) -> Result<impl serde::Serialize, BundleError> {
    #[derive(serde::Serialize)]
    struct Shown {
        format: &'static str,
        council: Box<Council>,
        partners: Vec<Council>,
        calendar: WorkingCalendar,
        directory: Directory,
        danger: DangerPhrases,
        pictures: String,
        flow: Flow,
        content: Box<Messages>,
    }
    let parts: Parts = postcard::from_bytes(body(bytes)?).map_err(|_| BundleError::Damaged)?;
    let (council, partners, _, calendar, directory, danger, pictures, flow, content) = parts;
    let partners = partners.into_iter().map(|partner| *partner).collect();
    Ok(Shown { format: FORMAT, council, partners, calendar, directory, danger, pictures, flow, content })
}

fn body(bytes: &[u8]) -> Result<&[u8], BundleError> {
    let rest = bytes.strip_prefix(MAGIC).ok_or(BundleError::Damaged)?;
    let rest = rest.strip_prefix(FORMAT.as_bytes()).ok_or(BundleError::OtherVersion)?;
    let (sum, body) = rest.split_first_chunk().ok_or(BundleError::Damaged)?;
    if *sum == checksum(body) { Ok(body) } else { Err(BundleError::Damaged) }
}

/// FNV-1a with 64 bits: finds a file that was cut off or mixed up. It is no guard against anybody: a bundle comes from where the app does.
fn checksum(body: &[u8]) -> [u8; 8] {
    let sum = body
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    sum.to_le_bytes()
}

/// The beginning of the address of a bundle; its version and ending follow.
pub fn bundle_prefix(council: &str, register: &str) -> String {
    [FOLDER, council, "-", register, "-"].concat()
}

/// The address of the bundle of a council and a register, among the `addresses` of a page.
pub fn bundle_address<'a>(addresses: &'a str, council: &str, register: &str) -> Option<&'a str> {
    let prefix = bundle_prefix(council, register);
    addresses.split(' ').find(|address| address.starts_with(&prefix))
}

/// The register of a first visit.
pub const FIRST_REGISTER: &str = "adult";

/// The path of the list of councils that a site serves.
pub const INDEX: &str = "councils/index.json";
/// The bank holidays.
pub const HOLIDAYS: &str = "bank-holidays.json";
/// The path of the other bodies that can help.
pub const SIGNPOSTS: &str = "signposts.json";
/// The words that may mean danger.
pub const DANGER: &str = "danger/en.json";

/// A council's file, by its id.
pub fn council_file(id: &str) -> String {
    ["councils/", id, ".json"].concat()
}

/// A picture's file, by its name.
pub fn picture_file(name: &str) -> String {
    ["pictures/", name, ".svg"].concat()
}

/// A file's address: with its version, where it is among the `kept`, else as it is.
pub fn address<'a>(kept: &'a str, file: &'a str) -> &'a str {
    let is_its = |address: &&str| address.strip_prefix(file).is_some_and(|version| version.starts_with('?'));
    kept.split(' ').find(is_its).unwrap_or(file)
}

/// The page of a council's own in the words of a register.
pub fn page_file(council: &str, register: &str) -> String {
    if register == FIRST_REGISTER { [council, ".html"].concat() } else { [council, "-", register, ".html"].concat() }
}

/// The files of a register, by its name.
pub fn files(register: &str) -> [String; 2] {
    [["flows/", register, ".json"].concat(), ["content/en/", register, ".json"].concat()]
}
