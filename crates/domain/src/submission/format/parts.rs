//! The parts of a submission: points, people, wishes, contact and help.

use serde::{Deserialize, Serialize};

use super::ids::{AdvocateWish, AsksFor, Authority, ContactMethod, Feeling, Help, ReplyTo, Said, Wish};
use crate::{
    form::answer::ApproximateDate,
    guidance::{
        time_limits::Milestone,
        triage::{AgeBand, Agreement, CouncilResponse, RefusalReason, StageReached},
    },
    id_enum::{IdMap, IdSet},
};

/// One thing that went wrong, or well.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// The account of what happened, in the person's own words.
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 10_000)))]
    pub what_happened: String,
    /// Other dates that matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 500)))]
    pub dates: Option<String>,
    /// The place, and the teams and people involved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 1000)))]
    pub people_and_teams: Option<String>,
    /// How it has affected the child or the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 3000)))]
    pub effect: Option<String>,
}

/// Someone who acts for a child.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Representative {
    /// The person's relation to the child, or their organisation and work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 500)))]
    pub role: Option<String>,
    /// By what right they act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<Authority>,
    /// The person who the council should answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<ReplyTo>,
}

/// A child that somebody else acts for.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Child {
    /// A first name, or initials.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 200)))]
    pub name: Option<String>,
    /// How old they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age_band: Option<AgeBand>,
    /// The child's agreement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agrees: Option<Agreement>,
    /// Why they do not, or cannot say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 1000)))]
    pub agrees_why: Option<String>,
    /// The child's account, in the child's own words and nobody else's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 3000)))]
    pub own_words: Option<String>,
}

/// A complaint already made: how far it has come, and what is asked for.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FollowUp {
    /// The request of the letter.
    pub asks_for: AsksFor,
    /// How far it has come.
    pub stage_reached: StageReached,
    /// The council's refusal to go on with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub council_response: Option<CouncilResponse>,
    /// The reason that the council gave for a refusal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal_reason: Option<RefusalReason>,
    /// The dates that the person knows.
    pub dates: IdMap<Milestone, ApproximateDate>,
    /// The council's reference for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 200)))]
    pub council_reference: Option<String>,
    /// The parts of the complaint to look at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 2000)))]
    pub parts: Option<String>,
    /// Why the person does not agree with the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 3000)))]
    pub why: Option<String>,
}

/// The answers to the questions that only children and young people are asked.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ChildsAnswers {
    /// How they feel about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feeling: Option<Feeling>,
    /// The answer to whether it was safe for them to write this when they did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub safe_now: Option<Said>,
    /// The answer to whether something is about to happen that they want stopped. A yes is also the wish
    /// `hold_decision`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold_decision: Option<Said>,
    /// The child's wish for an advocate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advocate: Option<AdvocateWish>,
    /// A grown-up they trust.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 500)))]
    pub trusted_adult: Option<String>,
}

/// A file that goes with a submission: beside it, as a part of its own, or in it, as base64.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SentFile {
    /// Its name, cleaned: letters, digits, `-`, `_`, spaces and one dot.
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 100)))]
    pub name: String,
    /// Its media type.
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 3, max = 100)))]
    pub media_type: String,
    /// How long it is, in bytes.
    pub bytes: u32,
    /// The content of the file, in base64, if the endpoint takes files in the JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
}

/// The wishes for what should happen now.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Wishes {
    /// The options that were ticked.
    pub chosen: IdSet<Wish>,
    /// In the person's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 2000)))]
    pub words: Option<String>,
}

/// How to reach the person. Everything may be left out: an anonymous complaint is a complaint.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ContactDetails {
    /// The name to call them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 200)))]
    pub name: Option<String>,
    /// The ways they chose; `none` stands alone.
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1)))]
    pub methods: IdSet<ContactMethod>,
    /// An email address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 3, max = 254)))]
    pub email: Option<String>,
    /// A telephone number, as the person wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 3, max = 50)))]
    pub telephone: Option<String>,
    /// An address for letters, as the person wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 500)))]
    pub post: Option<String>,
    /// The school, for a child who can be reached there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 500)))]
    pub school: Option<String>,
    /// The adult who can pass messages to a child, and how to find them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 500)))]
    pub trusted_adult: Option<String>,
    /// Safe ways and times, and what not to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 1000)))]
    pub safety: Option<String>,
}

/// Help to take part.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HelpNeeded {
    /// The options that were ticked.
    pub chosen: IdSet<Help>,
    /// The language for an interpreter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 200)))]
    pub language: Option<String>,
    /// The other facts about the help.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 1000)))]
    pub words: Option<String>,
}

impl Point {
    /// A point that is its words alone.
    pub fn of(what_happened: String) -> Self {
        Self { what_happened, dates: None, people_and_teams: None, effect: None }
    }
}
