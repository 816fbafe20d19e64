//! The versioned format of what is sent: the only thing that leaves the device.
//!
//! Version 1. Ids are those of the rules' vocabulary. A field may be added; none changes its meaning without a new version.
//! [`Submission`]'s only constructor in the app is [`crate::submission::from_answers`], so nothing unvalidated can leave. The receiver reads it
//! with `serde` and checks it against the JSON Schema generated from these types. The app writes it with [`crate::json::to_json`], its members
//! in the order of these fields.

mod ids;
mod parts;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use ids::{
    AdvocateWish, AsksFor, Authority, ContactMethod, Feeling, Help, Kind, ReplyTo, Said, SchemaId, ToldTeam, Wish,
};
pub use parts::{Child, ChildsAnswers, ContactDetails, FollowUp, HelpNeeded, Point, Representative, SentFile, Wishes};

use crate::{
    date::Date,
    form::answer::ApproximateDate,
    guidance::{
        deadline::{Deadline, is_false},
        signpost::SignpostId,
        triage::{
            AgeBand, Agreement, ChildStatus, Flag, Outcome, ParentAgreement, ProcedureRoute, Proceeding, SchoolType,
            Topic, TransportIssue, Who,
        },
    },
    id_enum::{IdMap, IdSet},
    json,
    key_map::KeyMap,
};

/// The register of what came by the plain form, which asks little and gives no advice.
pub const PLAIN_REGISTER: &str = "plain-form";

/// One complaint, comment or compliment, or a letter about an earlier complaint.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Submission {
    /// The format.
    pub schema: SchemaId,
    /// The person's own copy number, made on the device: 32 lower-case hexadecimal digits. Also the idempotency key.
    #[cfg_attr(not(target_family = "wasm"), schemars(regex(pattern = "^[0-9a-f]{32}$")))]
    pub id: String,
    /// The number of an earlier try that was never confirmed and whose answers were changed since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_family = "wasm"), schemars(regex(pattern = "^[0-9a-f]{32}$")))]
    pub replaces: Option<String>,
    /// The kind of submission.
    pub kind: Kind,
    /// The council it is for: the id of its file.
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 64)))]
    pub council: String,
    /// The person did not know which of the councils that share this service it is about.
    #[serde(default)]
    pub council_not_known: bool,
    /// The language of the pages, as a BCP 47 tag.
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 2, max = 35)))]
    pub language: String,
    /// The register of the pages.
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 32)))]
    pub register: String,
    /// The person's own day when it was sent.
    pub sent_on: Date,
    /// The facts that the rules used.
    pub about: About,
    /// The guidance on a complaint that the person was given. The council decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guidance: Option<Guidance>,
    /// For a comment or a compliment: the person or thing it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 500)))]
    pub about_whom: Option<String>,
    /// For a comment or a compliment: whether that person or team may be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub may_tell: Option<bool>,
    /// The things that went wrong, point by point.
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 20)))]
    pub points: Vec<Point>,
    /// For someone who acts for a child or children: who they are to them. Their own name and contact stand in `contact`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub representative: Option<Representative>,
    /// The children that somebody else acts for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(max = 6)))]
    pub children: Vec<Child>,
    /// For a letter about a complaint already made: how far that has come, and what is asked for. The letter itself is the
    /// one point's `what_happened`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follow_up: Option<FollowUp>,
    /// The answers to the questions that only children and young people are asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub child: Option<ChildsAnswers>,
    /// The wishes for what should happen now.
    pub wishes: Wishes,
    /// How to reach the person.
    pub contact: ContactDetails,
    /// Help to take part.
    pub help: HelpNeeded,
    /// The files that go with it, in the order in which they are sent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(max = 10)))]
    pub files: Vec<SentFile>,
    /// Answers to questions of a council's own, by the question's id.
    #[serde(default, skip_serializing_if = "KeyMap::is_empty")]
    #[cfg_attr(not(target_family = "wasm"), schemars(extend(
        "maxProperties" = 50,
        "propertyNames" = { "pattern": "^[a-z0-9_-]{1,64}$" },
        "additionalProperties" = { "type": "array", "maxItems": 50, "items": { "type": "string", "maxLength": 5000 } }
    )))]
    pub other_answers: KeyMap<Vec<String>>,
    /// The person has read who will see this, and agrees.
    #[cfg_attr(not(target_family = "wasm"), schemars(extend("const" = true)))]
    pub agreed_to_sharing: bool,
}

/// The facts that the rules used.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct About {
    /// The person who is complaining. A complaint always says; a letter about an earlier one need not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<Who>,
    /// Their age, for a child or care leaver.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age_band: Option<AgeBand>,
    /// For someone who acts for a child: whether the child agrees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub child_agrees: Option<Agreement>,
    /// Why the child does not agree, or cannot say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 1000)))]
    pub child_agrees_why: Option<String>,
    /// For a relative or someone else: the agreement of a parent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_agrees: Option<ParentAgreement>,
    /// The child's position when it happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub child_status: Option<ChildStatus>,
    /// The child has died.
    #[serde(default, skip_serializing_if = "is_false")]
    pub child_died: bool,
    /// A child is, or may be, hurt or not safe.
    #[serde(default, skip_serializing_if = "is_false")]
    pub safeguarding_worry: bool,
    /// The day of something that the person wants stopped; absent where nothing is about to happen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about_to_happen: Option<ApproximateDate>,
    /// The topics of the complaint.
    pub topics: IdSet<Topic>,
    /// For a school.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub school_type: Option<SchoolType>,
    /// For school transport.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transport_issue: Option<TransportIssue>,
    /// For school transport: whether the company has been told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told_provider: Option<bool>,
    /// The other proceedings that are going on.
    pub proceedings: IdSet<Proceeding>,
    /// When it happened.
    pub when: ApproximateDate,
    /// Why not before, where it is over a year ago.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 2000)))]
    pub late_reason: Option<String>,
    /// The person's answer to whether the team was told first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told_team: Option<ToldTeam>,
}

/// The guidance that the person was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Guidance {
    /// The whole.
    pub outcome: Outcome,
    /// Each topic's route.
    pub parts: IdMap<Topic, ProcedureRoute>,
    /// The other guidance that was given.
    pub flags: IdSet<Flag>,
    /// The other bodies that were named.
    pub signposts: IdSet<SignpostId>,
    /// The dates given.
    #[cfg_attr(not(target_family = "wasm"), schemars(length(max = 20)))]
    pub deadlines: Vec<Deadline>,
    /// Questions that the person puts to the council, in the words of the page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(max = 5), inner(length(min = 1, max = 500))))]
    pub questions: Vec<String>,
}

impl Submission {
    /// Returns the submission as JSON, its members in the order of its schema.
    pub fn to_json(&self) -> String {
        json::to_json(self)
    }
}

impl fmt::Debug for Submission {
    /// Never what a person wrote.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Submission").field("id", &self.id).field("kind", &self.kind).finish_non_exhaustive()
    }
}
