//! The JSON Schema of a council's file. The struct names the keys that [`putright_domain::council::Council::parse`] reads.

use putright_domain::{
    council::{Brand, ExclusionEffect, ExclusionId, Stage},
    data::SchemaVersion,
    date::Date,
    guidance::{
        signpost::{Contact, SignpostId},
        time_limits::TimeLimit,
    },
    id_enum::IdMap,
};
use schemars::{JsonSchema, Schema, SchemaGenerator};

use super::delivery::delivery_schema;
use crate::{accessibility_statement::own::Statement, look::own::LookFile, privacy_file::PrivacyFile};

/// A council: its contacts, its promises, its looks and where complaints go.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "it names the keys")]
pub(super) struct CouncilFile {
    schema_version: SchemaVersion,
    /// The name of the file without .json, and what the submission calls the council.
    #[schemars(regex(pattern = "^[a-z0-9-]+$"), example = &"anytown")]
    id: String,
    /// The full name, as people should read it.
    #[schemars(length(min = 1), example = &"Anytown Borough Council")]
    name: String,
    /// The name in a sentence or a list.
    #[schemars(length(min = 1), example = &"Anytown")]
    short_name: String,
    /// The team that takes complaints.
    #[schemars(length(min = 1), example = &"Children’s complaints team")]
    team: String,
    /// How to reach that team.
    contact: Contact,
    /// True while nobody at the council has confirmed the contact.
    #[schemars(default)]
    contact_unconfirmed: bool,
    /// The numbers to call about a child who is not safe.
    safeguarding: Contact,
    /// The council's own contacts for some signposts.
    #[schemars(default)]
    signposts: IdMap<SignpostId, Contact>,
    /// The ids of other councils that share this service.
    #[schemars(default)]
    shares_service_with: Vec<String>,
    /// Shorter limits that the council keeps, in working days.
    #[schemars(default)]
    limits: IdMap<TimeLimit, u32>,
    /// True where stage 2 is counted from the agreed statement.
    #[schemars(default)]
    counts_stage2_from_statement: bool,
    /// True where a complaint that arrives on a weekend counts from the next working day.
    #[schemars(default)]
    roll_receipt_to_next_working_day: bool,
    /// Matters that the council says it cannot look at.
    #[schemars(default)]
    exclusions: Vec<ExclusionEntry>,
    /// Promises of the council beyond the law.
    #[schemars(default)]
    promises: Vec<PromiseEntry>,
    #[schemars(schema_with = "delivery")]
    delivery: (),
    /// The council's colours.
    brand: Brand,
    /// The address that “Exit this page” opens: a page that tells nothing about children’s services.
    #[schemars(default, regex(pattern = "^https://"), example = &"https://www.bbc.co.uk/weather")]
    exit_to: String,
    /// The accessibility statement.
    accessibility: Option<Statement>,
    /// The sites that may show the form in a frame.
    embed: Option<EmbedEntry>,
    /// The look, beyond the colour.
    look: Option<LookFile>,
    /// The privacy notice, shown before anything is sent and at the foot of each page.
    privacy: Option<PrivacyFile>,
}

/// The sites that may show the form in a frame.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "it names the keys")]
struct EmbedEntry {
    /// The origins of the sites: https:// and the host alone.
    #[schemars(length(min = 1, max = 20), example = &["https://www.anytown.gov.uk"])]
    allow: Vec<String>,
}

/// A line of what the council says it cannot look at.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "it names the keys")]
struct ExclusionEntry {
    /// The subject.
    id: ExclusionId,
    /// The council's own view, in plain words.
    #[schemars(example = &"A court is considering it.")]
    wording: String,
    /// The effect. Nothing refuses a complaint.
    effect: ExclusionEffect,
    /// The address of the page on which the council says so.
    #[schemars(example = &"https://www.anytown.gov.uk/complaints")]
    source: String,
    /// The day on which somebody checked it.
    checked: Date,
    /// The day by which to check it again.
    review_by: Date,
}

/// A promise.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "it names the keys")]
struct PromiseEntry {
    /// The stage that it is about.
    stage: Stage,
    /// The promise in plain words. `{limit:<limit>}` stands for the length of a limit.
    #[schemars(example = &"It gets in touch with you within {limit:council.s1.contact} working days.")]
    words: String,
    /// The address of the page on which the council says so.
    #[schemars(example = &"https://www.anytown.gov.uk/complaints")]
    source: String,
    /// The day on which somebody checked it.
    checked: Date,
    /// The day by which to check it again.
    review_by: Date,
}

/// The schema of `delivery`, within that of the whole file.
fn delivery(generator: &mut SchemaGenerator) -> Schema {
    let mut schema = delivery_schema();
    let Some(members) = schema.as_object_mut() else { return Schema::default() };
    members.remove("$schema");
    members.remove("$id");
    if let Some(serde_json::Value::Object(definitions)) = members.remove("$defs") {
        generator.definitions_mut().extend(definitions);
    }
    Schema::try_from(schema).unwrap_or_default()
}
