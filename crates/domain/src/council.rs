//! A council's file: contacts, promises, what it says it cannot look at, delivery and looks.
//!
//! It may shorten a limit and promise more than the law. It may not lengthen a legal limit, nor turn advice into refusal:
//! what it says it cannot consider only adds a signpost or a warning.

use crate::{
    data::{Document, InvalidFile, Object, Place, SchemaVersion, problem},
    date::Date,
    delivery::config::DeliveryConfig,
    guidance::{
        deadline::Counting,
        signpost::{Contact, SignpostId},
        time_limits::{LimitLength, Limits, TimeLimit},
        triage::CouncilRules,
        working_days::WorkingCalendar,
    },
    id_enum::{IdMap, id_enum},
    quick_exit::DESTINATION,
};

id_enum! {
    /// The subjects that a council's own list says it cannot consider, or cannot consider yet.
    ExclusionId {
        School = "school", Academy = "academy", College = "college", University = "university", Nhs = "nhs",
        SendTransport = "send_transport", Police = "police", Court = "court", Tribunal = "tribunal",
        Disciplinary = "disciplinary", CouncillorOrMp = "councillor_or_mp", OutsideRole = "outside_role",
        Appeals = "appeals", Over12Months = "over_12_months",
    }
}
id_enum! {
    /// The effect of an exclusion. No effect refuses a complaint.
    ExclusionEffect { Signpost = "signpost", Pause = "pause", Advise = "advise" }
}
id_enum! {
    /// The stage that a promise is about.
    Stage {
        Every = "every_stage", StatutoryOne = "statutory_1", StatutoryTwo = "statutory_2", StatutoryThree = "statutory_3",
        CorporateOne = "corporate_1", CorporateTwo = "corporate_2",
    }
}

/// A statement that a council makes about itself, with its source and the day somebody last checked it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SourcedStatement {
    /// The sense of it, in plain words. `{limit:<clock>}` stands for the length of a limit that it keeps.
    pub words: String,
    /// The source of the statement.
    pub source: String,
    /// The day that was last checked.
    pub checked: Date,
    /// The day by which to check again.
    pub review_by: Date,
}

/// A promise that a council makes beyond the law and the Code.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Promise {
    /// At which stage.
    pub stage: Stage,
    /// The statement of the promise.
    pub said: SourcedStatement,
}

/// One line of a council's list of what it says it cannot look at.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Exclusion {
    /// The subject of the exclusion.
    pub id: ExclusionId,
    /// The effect of the exclusion.
    pub effect: ExclusionEffect,
    /// The council's statement.
    pub said: SourcedStatement,
}

/// The council's colours.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Brand {
    /// Behind the header, as `#rrggbb`. White text on it must reach a contrast of 4.5 to 1.
    #[cfg_attr(not(target_family = "wasm"), schemars(regex(pattern = "^#[0-9A-Fa-f]{6}$"), example = &"#1d4f91"))]
    pub colour: String,
}

/// The keys of a council's file.
pub const KEYS: [&str; 22] = [
    "schema_version",
    "id",
    "name",
    "short_name",
    "team",
    "contact",
    "contact_unconfirmed",
    "safeguarding",
    "signposts",
    "shares_service_with",
    "limits",
    "counts_stage2_from_statement",
    "roll_receipt_to_next_working_day",
    "exclusions",
    "promises",
    "delivery",
    "brand",
    "exit_to",
    // What the page of the accessibility statement says: the command line alone reads it.
    "accessibility",
    // The sites that may show the form in a frame: the headers alone say so.
    "embed",
    // What stands around the pages, and their colours: the command line alone reads it.
    "look",
    // The privacy notice: the command line writes it into the words.
    "privacy",
];

/// A council.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
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
    pub signposts: IdMap<SignpostId, Contact>,
    /// Ids of the councils whose service it shares.
    pub shares_service_with: Vec<String>,
    /// The limits it keeps.
    pub limits: Limits,
    /// The facts about the council that the rules need.
    pub rules: CouncilRules,
    /// The flag for counting from the next working day when something arrives on a day that is not a working day.
    pub roll_to_working_day: bool,
    /// The subjects that the council says it cannot consider.
    pub exclusions: Vec<Exclusion>,
    /// The promises that the council makes beyond the law.
    pub promises: Vec<Promise>,
    /// How submissions are taken.
    pub delivery: DeliveryConfig,
    /// Its colours.
    pub brand: Brand,
    /// The address that the quick exit opens.
    pub exit_to: String,
}

impl Council {
    /// Reads a council's file.
    ///
    /// # Errors
    /// Returns an error that names the file, the JSON pointer and the expected value.
    pub fn parse(file: &str, text: &str) -> Result<Self, InvalidFile> {
        let document = Document::parse(file, text)?;
        let object = document.root().object(&KEYS);
        object.expect_version();
        let name = |key: &str| {
            let text = object.text(key);
            if text.trim().is_empty() {
                object.note(key, "is empty; people need to know who they are writing to");
            }
            text
        };
        let id = name("id");
        let contact = Contact::read(object.need("contact"));
        if contact.telephone.is_empty() && contact.post.is_empty() && contact.email.is_none() {
            let problem =
                "gives no telephone number, no email and no address; give at least one way to reach the council";
            object.note("contact", problem);
        }
        let safeguarding = Contact::read(object.need("safeguarding"));
        if safeguarding.telephone.is_empty() {
            let problem = "is empty; give the number to call about a child who is not safe";
            object.need("safeguarding").note_in("telephone", problem);
        }
        let shares_service_with = object.texts("shares_service_with");
        if shares_service_with.contains(&id) {
            object.note("shares_service_with", "names the council itself; name only the others");
        }
        let mut signposts: IdMap<SignpostId, Contact> =
            object.get("signposts").map(|place| place.map(Contact::read)).unwrap_or_default();
        // The same team helps a child who has nowhere to live, unless the council names another.
        if signposts.get(SignpostId::HomelessChild).is_none() {
            signposts.insert(SignpostId::HomelessChild, safeguarding.clone());
        }
        signposts.insert(SignpostId::Safeguarding, safeguarding);
        let (limits, promises_contact) = object.get("limits").map(read_limits).unwrap_or_default();
        let exclusions = object.each("exclusions", Exclusion::read);
        let names = |id| exclusions.iter().any(|exclusion| exclusion.id == id);
        let rules = CouncilRules {
            promises_contact,
            counts_from_statement: object.truth("counts_stage2_from_statement"),
            transport_to_provider_first: names(ExclusionId::SendTransport),
            pauses_for_councillor: names(ExclusionId::CouncillorOrMp),
        };
        let council = Self {
            name: name("name"),
            short_name: name("short_name"),
            team: name("team"),
            contact,
            contact_unconfirmed: object.truth("contact_unconfirmed"),
            signposts,
            shares_service_with,
            limits,
            rules,
            roll_to_working_day: object.truth("roll_receipt_to_next_working_day"),
            exclusions,
            promises: object.each("promises", Promise::read),
            delivery: DeliveryConfig::read(object.need("delivery")),
            brand: Brand::read(object.need("brand")),
            exit_to: object.get("exit_to").map_or_else(|| DESTINATION.to_owned(), read_exit),
            id,
        };
        document.finish(council)
    }

    /// How this council counts days.
    pub fn counting<'a>(&'a self, calendar: &'a WorkingCalendar) -> Counting<'a> {
        Counting { calendar, limits: &self.limits, roll_to_working_day: self.roll_to_working_day }
    }
}

/// The limits, and whether the council promises to get in touch.
fn read_limits(place: Place<'_>) -> (Limits, bool) {
    let mut limits = Limits::default();
    let shorter: IdMap<TimeLimit, u32> = place.map(Place::number);
    for (clock, days) in shorter.iter() {
        match limits.shorten(clock, *days).map_err(|limit| limit.due) {
            Ok(()) => {}
            Err(_) if *days == 0 => place.note_in(clock.id(), "must be 1 or more"),
            Err(LimitLength::WorkingDays(most)) => {
                let most = most.to_string();
                place.note_in(clock.id(), &problem!["must be ", &most, " or less: the law or the Code sets ", &most]);
            }
            Err(LimitLength::Months(_)) => {
                place.note_in(clock.id(), "does not count working days, so it cannot be changed; take it out");
            }
        }
    }
    (limits, shorter.get(TimeLimit::CouncilContact).is_some())
}

impl Exclusion {
    fn read(place: Place<'_>) -> Self {
        let object = place.object(&["id", "wording", "effect", "source", "checked", "review_by"]);
        Self {
            id: object.need("id").id(),
            effect: object.need("effect").id(),
            said: SourcedStatement::read(object, "wording"),
        }
    }
}

impl Promise {
    fn read(place: Place<'_>) -> Self {
        let object = place.object(&["stage", "words", "source", "checked", "review_by"]);
        Self { stage: object.need("stage").id(), said: SourcedStatement::read(object, "words") }
    }
}

impl SourcedStatement {
    fn read(object: Object<'_>, words: &str) -> Self {
        Self {
            words: object.text(words),
            source: object.text("source"),
            checked: object.need("checked").date(),
            review_by: object.need("review_by").date(),
        }
    }
}

impl Brand {
    fn read(place: Place<'_>) -> Self {
        let brand: Self = place.decode();
        let digits = brand.colour.strip_prefix('#').unwrap_or_default();
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            place.note_in("colour", "must be a colour like #1d4f91");
        }
        brand
    }
}

/// Reads the address that the quick exit opens: an absolute `https` address of somebody else's page.
fn read_exit(place: Place<'_>) -> String {
    let url = place.owned_text();
    let host = url.strip_prefix("https://").unwrap_or_default();
    let plain = host.bytes().all(|byte| byte.is_ascii_graphic());
    let named = host.starts_with(|first: char| first.is_ascii_alphanumeric()) && host.contains('.');
    if !plain || !named {
        place.note(
            "must be a whole address that begins with https://, of a page that tells nothing about children’s services",
        );
    }
    url
}

/// The councils that a deployment serves.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CouncilIndex {
    #[serde(rename = "schema_version")]
    _version: SchemaVersion,
    /// The council shown where the address names none.
    pub default: String,
    /// The ids that an address may name: each has a file `councils/<id>.json`.
    pub councils: Vec<String>,
}

impl CouncilIndex {
    /// Reads `councils/index.json`.
    ///
    /// # Errors
    /// Returns an error if an id could not be a file's name, or if the default is not in the list.
    pub fn parse(file: &str, text: &str) -> Result<Self, InvalidFile> {
        let document = Document::parse(file, text)?;
        let index: Self = document.root().decode();
        for (at, id) in index.councils.iter().enumerate() {
            let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
            if id.is_empty() || !id.bytes().all(plain) {
                let problem = "must be lower-case letters, digits and -, such as \"anytown\": it is part of an address";
                document.note(&["/councils/", &at.to_string()].concat(), problem);
            } else if index.councils.iter().take(at).any(|other| other == id) {
                document.note(&["/councils/", &at.to_string()].concat(), &problem!["has ", id, " twice; take one out"]);
            }
        }
        if document.is_clean() && index.councils.is_empty() {
            document.note("/councils", "is empty; write the ids of your councils, such as [\"anytown\"]");
        }
        if document.is_clean() && !index.councils.contains(&index.default) {
            let listed = index.councils.join(", ");
            document
                .note("/default", &problem!["is \"", &index.default, "\"; it must be one of \"councils\": ", &listed]);
        }
        document.finish(index)
    }

    /// The id that an address asks for, where it is allowed; the default where it asks for none.
    ///
    /// # Errors
    /// Returns an error if the address asks for a council that is not in the list.
    pub fn choose(&self, asked: Option<&str>) -> Result<&str, UnknownCouncil> {
        let Some(asked) = asked else { return Ok(&self.default) };
        self.councils.iter().map(String::as_str).find(|id| *id == asked).ok_or(UnknownCouncil)
    }
}

/// The address names a council that this site does not serve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the address names a council that this site does not serve")]
pub struct UnknownCouncil;
