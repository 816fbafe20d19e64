//! The other bodies that can help a person, as data with the source and the day it was checked.

use crate::{
    data::{Document, InvalidFile, Place, SchemaVersion},
    date::Date,
    id_enum::{IdMap, id_enum},
};

id_enum! {
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
        SocialWorkEngland = "SOCIAL_WORK_ENGLAND", HomelessChild = "HOMELESS_CHILD", LegalAdvice = "LEGAL_ADVICE",
        Irm = "IRM", FamilyRightsGroup = "FAMILY_RIGHTS_GROUP",
        /// Samaritans, SHOUT and NHS 111: help for somebody who thinks of suicide or self-harm.
        Samaritans = "SAMARITANS",
    }
}

/// How to reach a body, as one language-neutral fact with its source.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Telephone numbers, as people write them.
    #[serde(default)]
    #[cfg_attr(not(target_family = "wasm"), schemars(example = example_telephones()))]
    pub telephone: Vec<Telephone>,
    /// An email address.
    #[cfg_attr(not(target_family = "wasm"), schemars(example = &"complaints@anytown.gov.uk"))]
    pub email: Option<String>,
    /// A web address.
    pub web: Option<String>,
    /// An address for letters, a line each.
    #[serde(default)]
    pub post: Vec<String>,
    /// It is reached through the council's own complaints team.
    #[serde(default)]
    pub through_council: bool,
    /// The source of the facts; empty if the entry is nothing but words.
    #[serde(default)]
    #[cfg_attr(not(target_family = "wasm"), schemars(example = &"https://www.anytown.gov.uk/complaints"))]
    pub source: String,
    /// The day they were last checked.
    #[cfg_attr(not(target_family = "wasm"), schemars(example = &"2026-11-21"))]
    pub checked: Option<Date>,
    /// The day by which to check again.
    #[cfg_attr(not(target_family = "wasm"), schemars(example = &"2027-05-21"))]
    pub review_by: Option<Date>,
}

/// A telephone number and when to use it.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Telephone {
    /// The number, spaced for reading.
    #[cfg_attr(not(target_family = "wasm"), schemars(example = &"020 7946 0000"))]
    pub number: String,
    /// When it is answered; empty for always or unknown.
    #[serde(default)]
    pub hours: String,
}

impl Telephone {
    /// Returns the address of a link: `tel:`, or `sms:` for a number that takes a word by text message ("SHOUT to 85258").
    pub fn href(&self) -> String {
        let digits: String = self.number.chars().filter(|one| one.is_ascii_digit() || *one == '+').collect();
        let is_text_message = self.number.contains(|character: char| character.is_ascii_alphabetic());
        [if is_text_message { "sms:" } else { "tel:" }, &digits].concat()
    }
}

/// For the schema, and for messages made from it.
#[cfg(not(target_family = "wasm"))]
fn example_telephones() -> Vec<Telephone> {
    vec![Telephone { number: "020 7946 0000".to_owned(), hours: "weekdays, 9am to 5pm".to_owned() }]
}

/// The facts of every body.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Directory(IdMap<SignpostId, Contact>);

/// The file `signposts.json`.
#[derive(Default, serde::Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DirectoryFile {
    #[serde(rename = "schema_version")]
    _version: SchemaVersion,
    /// The contacts of each body. Every body needs an entry.
    signposts: IdMap<SignpostId, Contact>,
}

impl Contact {
    /// Reads a contact. One that gives facts must give their source and dates.
    #[inline(never)]
    pub fn read(place: Place<'_>) -> Self {
        let contact: Self = place.decode();
        for (at, telephone) in contact.telephone.iter().enumerate() {
            if !telephone.is_plain() {
                let problem = "must be a telephone number and nothing else, such as \"020 7946 0000\"; what to know goes into \"hours\", and a number for a text message is \"WORD to 85258\"";
                place.note_below(&["/telephone/", &at.to_string(), "/number"].concat(), problem);
            }
        }
        let has_facts = !contact.telephone.is_empty()
            || contact.email.is_some()
            || contact.web.is_some()
            || !contact.post.is_empty();
        if has_facts && (contact.source.is_empty() || contact.checked.is_none() || contact.review_by.is_none()) {
            place.note("gives facts, so it needs source, checked and review_by");
        }
        if contact.email.as_ref().is_some_and(|email| !is_email(email)) {
            place.note_in("email", "must be an email address and nothing else, such as \"complaints@anytown.gov.uk\"");
        }
        if let Some(web) = contact.web.as_ref().filter(|web| !web.starts_with("https://")) {
            let rest = web.strip_prefix("http://").unwrap_or(web);
            place.note_in("web", &["must begin with https://; write \"https://", rest, "\""].concat());
        }
        contact
    }
}

/// Returns whether a text is one plain email address. It becomes a part of a link.
fn is_email(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-_+@".contains(&byte);
    text.bytes().all(plain)
        && text
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'))
}

impl Telephone {
    /// Returns whether the number is a telephone number and nothing else. A word to send by text message may come
    /// before it: "SHOUT to 85258".
    fn is_plain(&self) -> bool {
        let called = match self.number.split_once(" to ") {
            Some((word, number)) if word.chars().all(|one| one.is_ascii_uppercase()) && !word.is_empty() => number,
            _ => &self.number,
        };
        let digits = called.chars().filter(char::is_ascii_digit).count();
        digits >= 3 && called.chars().all(|one| one.is_ascii_digit() || "+-() ".contains(one))
    }
}

impl Directory {
    /// Reads `signposts.json`.
    ///
    /// # Errors
    /// Returns an error if a body is missing, or if a fact has no source and date.
    pub fn parse(file: &str, text: &str) -> Result<Self, InvalidFile> {
        let document = Document::parse(file, text)?;
        let file: DirectoryFile = document.root().decode();
        let place = document.root().member("signposts");
        place.need_all(SignpostId::IDS, "is missing; every signpost needs an entry, {} at the least");
        for (_, entry) in place.entries() {
            Contact::read(entry);
        }
        document.finish(Self(file.signposts))
    }

    /// How to reach a body, as far as facts not of one council go.
    pub fn contact(&self, id: SignpostId) -> Option<&Contact> {
        self.0.get(id)
    }

    /// Every body and its facts.
    pub fn iter(&self) -> impl Iterator<Item = (SignpostId, &Contact)> {
        self.0.iter()
    }
}
