//! A council's file: contacts, promises, exclusions in its own words, delivery and looks.
//!
//! It may shorten a limit and promise more than the law. It may not lengthen a legal limit, nor turn advice into refusal:
//! what it says it cannot consider only adds a signpost or a warning.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{
    data::{self, DataError},
    guidance::{
        deadline::Counting,
        procedure::{Clock, Limits},
        signpost::{Contact, SignpostId},
        triage::CouncilRules,
        working_days::WorkingCalendar,
    },
    vocabulary::vocabulary,
};

vocabulary! {
    /// What a council's own list says it cannot, or cannot yet, consider.
    ExclusionId {
        School = "school", Academy = "academy", College = "college", University = "university", Nhs = "nhs",
        SendTransport = "send_transport", Police = "police", Court = "court", Tribunal = "tribunal",
        Disciplinary = "disciplinary", CouncillorOrMp = "councillor_or_mp", OutsideRole = "outside_role",
        Appeals = "appeals", Over12Months = "over_12_months",
    }
}
vocabulary! {
    /// What an exclusion does here. None of them refuses.
    Effect { Signpost = "signpost", Pause = "pause", Advise = "advise" }
}

/// One line of a council's list.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Exclusion {
    /// What it is about.
    pub id: ExclusionId,
    /// In the council's own words.
    pub wording: String,
    /// Where it says so.
    pub source: String,
    /// What it does.
    pub effect: Effect,
}

/// Where a submission goes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DeliveryConfig {
    /// The address, absolute (`https://…`) or relative to the page.
    pub url: String,
    /// How long to wait for an answer, in seconds.
    #[serde(default = "DeliveryConfig::default_timeout")]
    pub timeout_seconds: u32,
    /// Where the reference stands in the answer, as a JSON pointer.
    #[serde(default = "DeliveryConfig::default_reference")]
    pub reference: String,
}

impl DeliveryConfig {
    fn default_timeout() -> u32 {
        30
    }
    fn default_reference() -> String {
        "/reference".to_owned()
    }
}

/// The council's colours.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Brand {
    /// Behind the header, as `#rrggbb`. White text on it must reach a contrast of 4.5 to 1.
    pub colour: String,
}

#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(title = "Council"))]
#[serde(deny_unknown_fields)]
/// A council's file as it is written.
pub struct CouncilFile {
    schema_version: u32,
    id: String,
    name: String,
    short_name: String,
    team: String,
    contact: Contact,
    /// True while nobody at the council has confirmed the contact: the page then says where it comes from.
    #[serde(default)]
    contact_unconfirmed: bool,
    safeguarding: Contact,
    /// What this council adds to, or puts in place of, the facts of `signposts.json`.
    #[serde(default)]
    signposts: BTreeMap<SignpostId, Contact>,
    #[serde(default)]
    shares_service_with: Vec<String>,
    /// Shorter limits and promises, in working days.
    #[serde(default)]
    limits: BTreeMap<Clock, u32>,
    #[serde(default)]
    counts_stage2_from_statement: bool,
    #[serde(default)]
    roll_receipt_to_next_working_day: bool,
    #[serde(default)]
    exclusions: Vec<Exclusion>,
    delivery: DeliveryConfig,
    brand: Brand,
}

/// A council.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Council {
    /// Its id: the name of its file, and the wire's.
    pub id: String,
    /// Its full name.
    pub name: String,
    /// Its name in a sentence or a list.
    pub short_name: String,
    /// The team that takes complaints.
    pub team: String,
    /// How to reach that team.
    pub contact: Contact,
    /// Nobody at the council has confirmed that contact.
    pub contact_unconfirmed: bool,
    /// Its own facts for some signposts.
    pub signposts: BTreeMap<SignpostId, Contact>,
    /// Ids of the councils whose service it shares.
    pub shares_service_with: Vec<String>,
    /// The limits it keeps.
    pub limits: Limits,
    /// What the rules need to know of it.
    pub rules: CouncilRules,
    /// Whether what arrives on a day that is no working day counts from the next.
    pub roll_to_working_day: bool,
    /// What it says it cannot consider.
    pub exclusions: Vec<Exclusion>,
    /// Where a submission goes.
    pub delivery: DeliveryConfig,
    /// Its colours.
    pub brand: Brand,
}

impl Council {
    /// Reads a council's file.
    ///
    /// # Errors
    /// Names the file, the JSON pointer and what was meant.
    pub fn parse(file: &str, text: &str) -> Result<Self, DataError> {
        let mut read: CouncilFile = data::parse(file, text)?;
        data::expect_version(file, read.schema_version)?;
        let empty =
            [("/id", &read.id), ("/name", &read.name), ("/short_name", &read.short_name), ("/team", &read.team)];
        if let Some((pointer, _)) = empty.iter().find(|(_, text)| text.trim().is_empty()) {
            return Err(DataError::at(file, *pointer, "is empty; people need to know who they are writing to"));
        }
        if read.contact.telephone.is_empty() && read.contact.post.is_empty() {
            let problem = "gives neither a telephone number nor an address; give at least one way to reach the council";
            return Err(DataError::at(file, "/contact", problem));
        }
        if read.safeguarding.telephone.is_empty() {
            let problem = "is empty; give the number to call about a child who is not safe";
            return Err(DataError::at(file, "/safeguarding/telephone", problem));
        }
        if !is_colour(&read.brand.colour) {
            return Err(DataError::at(file, "/brand/colour", "must be a colour like #1d4f91"));
        }
        if read.shares_service_with.contains(&read.id) {
            return Err(DataError::at(file, "/shares_service_with", "names the council itself; name only the others"));
        }
        check_address(file, &read.delivery.url)?;
        let mut limits = Limits::default();
        for (clock, days) in &read.limits {
            limits.shorten(*clock, *days).map_err(|_| {
                let problem = "must be 1 or more and no longer than the law or the Code sets";
                DataError::at(file, format!("/limits/{}", clock.id()), problem)
            })?;
        }
        read.signposts.insert(SignpostId::Safeguarding, read.safeguarding);
        let names = |id| read.exclusions.iter().any(|exclusion| exclusion.id == id);
        let rules = CouncilRules {
            promises_contact: read.limits.contains_key(&Clock::CouncilContact),
            counts_from_statement: read.counts_stage2_from_statement,
            transport_to_provider_first: names(ExclusionId::SendTransport),
            pauses_for_councillor: names(ExclusionId::CouncillorOrMp),
        };
        Ok(Self {
            id: read.id,
            name: read.name,
            short_name: read.short_name,
            team: read.team,
            contact: read.contact,
            contact_unconfirmed: read.contact_unconfirmed,
            signposts: read.signposts,
            shares_service_with: read.shares_service_with,
            limits,
            rules,
            roll_to_working_day: read.roll_receipt_to_next_working_day,
            exclusions: read.exclusions,
            delivery: read.delivery,
            brand: read.brand,
        })
    }

    /// How this council counts days.
    pub fn counting<'a>(&'a self, calendar: &'a WorkingCalendar) -> Counting<'a> {
        Counting { calendar, limits: &self.limits, roll_to_working_day: self.roll_to_working_day }
    }
}

fn is_colour(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// What a person wrote may cross the network only under encryption, or not leave the machine at all.
fn check_address(file: &str, url: &str) -> Result<(), DataError> {
    let loopback = ["http://127.0.0.1", "http://localhost", "http://[::1]"].iter().any(|own| {
        url.strip_prefix(own).is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || rest.starts_with(':'))
    });
    let relative = !url.is_empty() && !url.contains(':') && !url.starts_with("//");
    if url.starts_with("https://") || loopback || relative {
        return Ok(());
    }
    let problem = "must begin with https:// or be a path on the council's own site, like /api/submissions";
    Err(DataError::at(file, "/delivery/url", problem))
}

/// Which councils a deployment serves.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(title = "Councils"))]
#[serde(deny_unknown_fields)]
pub struct CouncilIndex {
    /// The version of this file's shape: 1.
    schema_version: u32,
    /// The council shown where the address names none.
    pub default: String,
    /// The ids that an address may name: each has a file `councils/<id>.json`.
    pub councils: Vec<String>,
}

impl CouncilIndex {
    /// Reads `councils/index.json`.
    ///
    /// # Errors
    /// Where an id could not be a file's name, or the default is not in the list.
    pub fn parse(file: &str, text: &str) -> Result<Self, DataError> {
        let read: Self = data::parse(file, text)?;
        data::expect_version(file, read.schema_version)?;
        let plain = |id: &String| {
            !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        };
        if let Some(wrong) = read.councils.iter().position(|id| !plain(id)) {
            let problem = "must be lower-case letters, digits and -: it is part of an address";
            return Err(DataError::at(file, format!("/councils/{wrong}"), problem));
        }
        if !read.councils.contains(&read.default) {
            return Err(DataError::at(file, "/default", format!("must be one of {}", read.councils.join(", "))));
        }
        Ok(read)
    }

    /// The id that an address asks for, where it is allowed; the default where it asks for none.
    ///
    /// # Errors
    /// Where the address asks for a council that is not in the list.
    pub fn choose(&self, asked: Option<&str>) -> Result<&str, UnknownCouncil> {
        let Some(asked) = asked else { return Ok(&self.default) };
        self.councils.iter().map(String::as_str).find(|id| *id == asked).ok_or(UnknownCouncil)
    }
}

/// The address names a council that this site does not serve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the address names a council that this site does not serve")]
pub struct UnknownCouncil;
