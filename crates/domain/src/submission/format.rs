//! The versioned format of what is sent: the only thing that leaves the device.
//!
//! Version 1. Ids are those of the rules' vocabulary. A field may be added; none changes its meaning without a new version.
//! [`Submission`]'s only constructor in the app is [`crate::submission::from_answers`], so nothing unvalidated can leave. The receiver reads it
//! with `serde` and checks it against the JSON Schema generated from these types. How it is written stands in
//! [`crate::submission::write`].

use std::fmt;

use serde::Deserialize;

use crate::{
    date::Date,
    form::answer::ApproximateDate,
    guidance::{
        deadline::Deadline,
        signpost::SignpostId,
        time_limits::Milestone,
        triage::{
            AgeBand, Agreement, ChildStatus, CouncilResponse, Flag, Outcome, ParentAgreement, Proceeding,
            RefusalReason, Route, SchoolType, StageReached, Topic, TransportIssue, Who,
        },
    },
    id_enum::{IdMap, IdSet, id_enum},
    key_map::KeyMap,
};

/// The register of what came by the plain form, which asks little and gives no advice.
pub const PLAIN_REGISTER: &str = "plain-form";

id_enum! {
    /// The format and its version.
    SchemaId { V1 = "putright/submission/1" }
}
id_enum! {
    /// The kind of submission.
    Kind {
        Complaint = "complaint", Comment = "comment", Compliment = "compliment",
        /// A letter about a complaint already made.
        FollowUp = "follow_up",
    }
}
id_enum! {
    /// By what right somebody acts for a child.
    Authority {
        /// The child asked them.
        ChildAsked = "child_asked",
        /// Somebody with parental responsibility asked them.
        ParentAsked = "parent_asked",
        /// The council or a court chose them.
        Appointed = "appointed",
        /// Nobody did.
        OwnConcern = "own_concern",
    }
}
id_enum! {
    /// The person who the council should answer.
    ReplyTo { Helper = "helper", Child = "child", Both = "both" }
}
id_enum! {
    /// The request of a letter about a complaint already made.
    AsksFor {
        StageTwo = "stage2", Panel = "panel", CorporateStageTwo = "corporate_stage2",
        /// The day of the answer.
        Reply = "reply",
        /// The stage and the procedure.
        Stage = "stage",
        /// The reasons for a pause.
        PauseReasons = "pause_reasons",
        /// Another decision in place of a refusal.
        Reconsider = "reconsider",
        /// The children's procedure in place of the general one.
        ChildrensProcedure = "childrens_procedure",
    }
}
id_enum! {
    /// A way to reach a person.
    ContactMethod {
        Email = "email", Telephone = "telephone", Post = "post", School = "school", TrustedAdult = "trusted_adult",
        None = "none",
    }
}
id_enum! {
    /// The person's answer to whether the team was told first.
    ToldTeam { Yes = "yes", No = "no", AskForMe = "ask_for_me" }
}
id_enum! {
    /// A wish for what should happen now.
    Wish {
        Apologise = "apologise", Explain = "explain", PutRight = "put_right", ChangeDecision = "change_decision",
        HoldDecision = "hold_decision", StopHappeningAgain = "stop_happening_again", Other = "other",
    }
}
id_enum! {
    /// Help to take part.
    Help {
        Interpreter = "interpreter", BritishSignLanguage = "british_sign_language", LargePrint = "large_print",
        Telephone = "telephone", SomeoneWithYou = "someone_with_you", Other = "other",
    }
}

id_enum! {
    /// A yes or a no, where not knowing and not wanting to say are answers of their own.
    Said { Yes = "yes", No = "no", NotKnown = "not_known", NotSay = "not_say" }
}
id_enum! {
    /// How a child feels about what happened.
    Feeling {
        Sad = "sad", Worried = "worried", Angry = "angry", Confused = "confused", Okay = "okay", NotKnown = "not_known",
        NotSay = "not_say",
    }
}
id_enum! {
    /// The child's wish for an advocate: someone on their side.
    AdvocateWish {
        /// The council must get them one.
        YesGetMeOne = "yes_get_me_one",
        /// They have one already.
        HaveOne = "have_one", NotNow = "not_now", NotKnown = "not_known", NotSay = "not_say",
    }
}

/// One complaint, comment or compliment, or a letter about an earlier complaint.
#[derive(Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Submission {
    /// The format.
    pub schema: SchemaId,
    /// The person's own copy number, made on the device: 32 lower-case hexadecimal digits. Also the idempotency key.
    #[cfg_attr(not(target_family = "wasm"), schemars(regex(pattern = "^[0-9a-f]{32}$")))]
    pub id: String,
    /// The number of an earlier try that was never confirmed and whose answers were changed since.
    #[serde(default)]
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
    #[serde(default)]
    pub guidance: Option<Guidance>,
    /// For a comment or a compliment: the person or thing it is about.
    #[serde(default)]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 500)))]
    pub about_whom: Option<String>,
    /// For a comment or a compliment: whether that person or team may be told.
    #[serde(default)]
    pub may_tell: Option<bool>,
    /// The things that went wrong, point by point.
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 20)))]
    pub points: Vec<Point>,
    /// For someone who acts for a child or children: who they are to them. Their own name and contact stand in `contact`.
    #[serde(default)]
    pub representative: Option<Representative>,
    /// The children that somebody else acts for.
    #[serde(default)]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(max = 6)))]
    pub children: Vec<Child>,
    /// For a letter about a complaint already made: how far that has come, and what is asked for. The letter itself is the
    /// one point's `what_happened`.
    #[serde(default)]
    pub follow_up: Option<FollowUp>,
    /// The answers to the questions that only children and young people are asked.
    #[serde(default)]
    pub child: Option<ChildsAnswers>,
    /// The wishes for what should happen now.
    pub wishes: Wishes,
    /// How to reach the person.
    pub contact: ContactDetails,
    /// Help to take part.
    pub help: HelpNeeded,
    /// The files that go with it, in the order in which they are sent.
    #[serde(default)]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(max = 10)))]
    pub files: Vec<SentFile>,
    /// Answers to questions of a council's own, by the question's id.
    #[serde(default)]
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
#[derive(Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct About {
    /// The person who is complaining. A complaint always says; a letter about an earlier one need not.
    #[serde(default)]
    pub who: Option<Who>,
    /// Their age, for a child or care leaver.
    #[serde(default)]
    pub age_band: Option<AgeBand>,
    /// For someone who acts for a child: whether the child agrees.
    #[serde(default)]
    pub child_agrees: Option<Agreement>,
    /// Why the child does not agree, or cannot say.
    #[serde(default)]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 1000)))]
    pub child_agrees_why: Option<String>,
    /// For a relative or someone else: the agreement of a parent.
    #[serde(default)]
    pub parent_agrees: Option<ParentAgreement>,
    /// The child's position when it happened.
    #[serde(default)]
    pub child_status: Option<ChildStatus>,
    /// The child has died.
    #[serde(default)]
    pub child_died: bool,
    /// A child is, or may be, hurt or not safe.
    #[serde(default)]
    pub safeguarding_worry: bool,
    /// The day of something that the person wants stopped; absent where nothing is about to happen.
    #[serde(default)]
    pub about_to_happen: Option<ApproximateDate>,
    /// The topics of the complaint.
    pub topics: IdSet<Topic>,
    /// For a school.
    #[serde(default)]
    pub school_type: Option<SchoolType>,
    /// For school transport.
    #[serde(default)]
    pub transport_issue: Option<TransportIssue>,
    /// For school transport: whether the company has been told.
    #[serde(default)]
    pub told_provider: Option<bool>,
    /// The other proceedings that are going on.
    pub proceedings: IdSet<Proceeding>,
    /// When it happened.
    pub when: ApproximateDate,
    /// Why not before, where it is over a year ago.
    #[serde(default)]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 2000)))]
    pub late_reason: Option<String>,
    /// The person's answer to whether the team was told first.
    #[serde(default)]
    pub told_team: Option<ToldTeam>,
}

/// The guidance that the person was given.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Guidance {
    /// The whole.
    pub outcome: Outcome,
    /// Each topic's route.
    pub parts: IdMap<Topic, Route>,
    /// The other guidance that was given.
    pub flags: IdSet<Flag>,
    /// The other bodies that were named.
    pub signposts: IdSet<SignpostId>,
    /// The dates given.
    #[cfg_attr(not(target_family = "wasm"), schemars(length(max = 20)))]
    pub deadlines: Vec<Deadline>,
    /// Questions that the person puts to the council, in the words of the page.
    #[serde(default)]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(max = 5), inner(length(min = 1, max = 500))))]
    pub questions: Vec<String>,
}

/// One thing that went wrong, or well.
#[derive(Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// The account of what happened, in the person's own words.
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 10_000)))]
    pub what_happened: String,
    /// Other dates that matter.
    #[serde(default)]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 500)))]
    pub dates: Option<String>,
    /// The place, and the teams and people involved.
    #[serde(default)]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 1000)))]
    pub people_and_teams: Option<String>,
    /// How it has affected the child or the person.
    #[serde(default)]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 3000)))]
    pub effect: Option<String>,
}

/// Someone who acts for a child.
#[derive(Clone, Default, PartialEq, Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Representative {
    /// The person's relation to the child, or their organisation and work.
    #[serde(default)]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 500)))]
    pub role: Option<String>,
    /// By what right they act.
    #[serde(default)]
    pub authority: Option<Authority>,
    /// The person who the council should answer.
    #[serde(default)]
    pub reply_to: Option<ReplyTo>,
}

/// A child that somebody else acts for.
#[derive(Clone, Default, PartialEq, Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Child {
    /// A first name, or initials.
    #[serde(default)]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 200)))]
    pub name: Option<String>,
    /// How old they are.
    #[serde(default)]
    pub age_band: Option<AgeBand>,
    /// The child's agreement.
    #[serde(default)]
    pub agrees: Option<Agreement>,
    /// Why they do not, or cannot say.
    #[serde(default)]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 1000)))]
    pub agrees_why: Option<String>,
    /// The child's account, in the child's own words and nobody else's.
    #[serde(default)]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 3000)))]
    pub own_words: Option<String>,
}

/// A complaint already made: how far it has come, and what is asked for.
#[derive(Clone, PartialEq, Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FollowUp {
    /// The request of the letter.
    pub asks_for: AsksFor,
    /// How far it has come.
    pub stage_reached: StageReached,
    /// The council's refusal to go on with it.
    #[serde(default)]
    pub council_response: Option<CouncilResponse>,
    /// The reason that the council gave for a refusal.
    #[serde(default)]
    pub refusal_reason: Option<RefusalReason>,
    /// The dates that the person knows.
    pub dates: IdMap<Milestone, ApproximateDate>,
    /// The council's reference for it.
    #[serde(default)]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 200)))]
    pub council_reference: Option<String>,
    /// The parts of the complaint to look at.
    #[serde(default)]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 2000)))]
    pub parts: Option<String>,
    /// Why the person does not agree with the answer.
    #[serde(default)]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 3000)))]
    pub why: Option<String>,
}

/// The answers to the questions that only children and young people are asked.
#[derive(Clone, Default, PartialEq, Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ChildsAnswers {
    /// How they feel about it.
    #[serde(default)]
    pub feeling: Option<Feeling>,
    /// The answer to whether it was safe for them to write this when they did.
    #[serde(default)]
    pub safe_now: Option<Said>,
    /// The answer to whether something is about to happen that they want stopped. A yes is also the wish
    /// `hold_decision`.
    #[serde(default)]
    pub hold_decision: Option<Said>,
    /// The child's wish for an advocate.
    #[serde(default)]
    pub advocate: Option<AdvocateWish>,
    /// A grown-up they trust.
    #[serde(default)]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 500)))]
    pub trusted_adult: Option<String>,
}

/// A file that goes with a submission: beside it, as a part of its own, or in it, as base64.
#[derive(Clone, PartialEq, Eq, Deserialize)]
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
    #[serde(default)]
    pub content: Option<String>,
}

/// The wishes for what should happen now.
#[derive(Clone, Default, PartialEq, Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Wishes {
    /// The options that were ticked.
    pub chosen: IdSet<Wish>,
    /// In the person's own words.
    #[serde(default)]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 2000)))]
    pub words: Option<String>,
}

/// How to reach the person. Everything may be left out: an anonymous complaint is a complaint.
#[derive(Clone, Default, PartialEq, Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ContactDetails {
    /// The name to call them.
    #[serde(default)]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 200)))]
    pub name: Option<String>,
    /// The ways they chose; `none` stands alone.
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1)))]
    pub methods: IdSet<ContactMethod>,
    /// An email address.
    #[serde(default)]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 3, max = 254)))]
    pub email: Option<String>,
    /// A telephone number, as the person wrote it.
    #[serde(default)]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 3, max = 50)))]
    pub telephone: Option<String>,
    /// An address for letters, as the person wrote it.
    #[serde(default)]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 500)))]
    pub post: Option<String>,
    /// The school, for a child who can be reached there.
    #[serde(default)]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 500)))]
    pub school: Option<String>,
    /// The adult who can pass messages to a child, and how to find them.
    #[serde(default)]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 500)))]
    pub trusted_adult: Option<String>,
    /// Safe ways and times, and what not to do.
    #[serde(default)]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 1000)))]
    pub safety: Option<String>,
}

/// Help to take part.
#[derive(Clone, Default, PartialEq, Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HelpNeeded {
    /// The options that were ticked.
    pub chosen: IdSet<Help>,
    /// The language for an interpreter.
    #[serde(default)]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 200)))]
    pub language: Option<String>,
    /// The other facts about the help.
    #[serde(default)]
    #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 1000)))]
    pub words: Option<String>,
}

impl Point {
    /// A point that is its words alone.
    pub fn of(what_happened: String) -> Self {
        Self { what_happened, dates: None, people_and_teams: None, effect: None }
    }
}

impl fmt::Debug for Submission {
    /// Never what a person wrote.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Submission").field("id", &self.id).field("kind", &self.kind).finish_non_exhaustive()
    }
}
