//! Who else can help: every body a person may be sent to, as data with its source and the day it was checked.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::domain::{
    data::{self, DataError},
    date::Date,
    vocabulary::vocabulary,
};

vocabulary! {
    /// A body, or an office, that can help.
    SignpostId {
        Emergency = "999", Safeguarding = "SAFEGUARDING", Nspcc = "NSPCC", Childline = "CHILDLINE", Advocacy = "ADVOCACY",
        HelpAtHand = "HELP_AT_HAND", Ombudsman = "LGSCO", CpConference = "CP_CONFERENCE", Court = "COURT",
        Police = "POLICE", Tribunal = "TRIBUNAL", CouncillorMp = "COUNCILLOR_MP", TravelAppeal = "TRAVEL_APPEAL",
        SendTransport = "SEND_TRANSPORT", SchoolMaintained = "SCHOOL_MAINTAINED", Academy = "ACADEMY",
        SchoolIndependent = "SCHOOL_INDEPENDENT", College = "COLLEGE", University = "UNIVERSITY",
        Admission = "ADMISSION", Exclusion = "EXCLUSION", SendTribunal = "SEND_TRIBUNAL", Nhs = "NHS",
        Housing = "HOUSING", AdultSocialCare = "ADULT_SOCIAL_CARE", PoliceConduct = "POLICE_CONDUCT",
        OtherBody = "OTHER_BODY", Ofsted = "OFSTED", DataProtection = "DATA_PROTECTION",
        SocialWorkEngland = "SOCIAL_WORK_ENGLAND",
    }
}

/// How to reach a body, as one language-neutral fact with its source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Telephone numbers, as people write them.
    #[serde(default)]
    pub telephone: Vec<Telephone>,
    /// A web address.
    #[serde(default)]
    pub web: Option<String>,
    /// An address for letters, a line each.
    #[serde(default)]
    pub post: Vec<String>,
    /// It is reached through the council's own complaints team.
    #[serde(default)]
    pub through_council: bool,
    /// Where the facts come from; empty where there is nothing but words.
    #[serde(default)]
    pub source: String,
    /// The day they were last checked.
    #[serde(default)]
    pub checked: Option<Date>,
    /// The day by which to check again.
    #[serde(default)]
    pub review_by: Option<Date>,
}

/// A telephone number and when to use it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Telephone {
    /// The number, spaced for reading.
    pub number: String,
    /// When it is answered; empty for always or unknown.
    #[serde(default)]
    pub hours: String,
}

impl Telephone {
    /// The address of a `tel:` link.
    pub fn href(&self) -> String {
        let digits: String = self.number.chars().filter(char::is_ascii_digit).collect();
        format!("tel:{digits}")
    }
}

/// The facts of every body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directory(BTreeMap<SignpostId, Contact>);

#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", schemars(title = "Signposts"))]
/// The file `signposts.json`.
pub struct DirectoryFile {
    /// The version of this file's shape: 1.
    #[serde(rename = "schema_version")]
    schema_version: u32,
    signposts: BTreeMap<SignpostId, Contact>,
}

impl Directory {
    /// Reads `signposts.json`.
    ///
    /// # Errors
    /// Where a body is missing, or a fact has no source and date.
    pub fn parse(file: &str, text: &str) -> Result<Self, DataError> {
        let read: DirectoryFile = data::parse(file, text)?;
        data::expect_version(file, read.schema_version)?;
        for id in SignpostId::ALL {
            let pointer = format!("/signposts/{}", id.id());
            let Some(contact) = read.signposts.get(id) else {
                return Err(DataError::at(file, pointer, "is missing; every signpost needs an entry, {} at the least"));
            };
            let has_facts = !contact.telephone.is_empty() || contact.web.is_some() || !contact.post.is_empty();
            if has_facts && (contact.source.is_empty() || contact.checked.is_none() || contact.review_by.is_none()) {
                return Err(DataError::at(file, pointer, "gives facts, so it needs source, checked and review_by"));
            }
        }
        Ok(Self(read.signposts))
    }

    /// How to reach a body, as far as facts not of one council go.
    pub fn contact(&self, id: SignpostId) -> Option<&Contact> {
        self.0.get(&id)
    }

    /// Every body and its facts.
    pub fn iter(&self) -> impl Iterator<Item = (SignpostId, &Contact)> {
        self.0.iter().map(|(id, contact)| (*id, contact))
    }
}
