//! The rules: from the facts to the advice. The advice is the outcome, each topic's route, flags, signposts and dates.
//!
//! Basis: Children Act 1989, sections 24D, 26 and 26A; SI 2006/1738 (regulation 3 for the scope of the statutory procedure, 8
//! for proceedings, 9 for the year); the Ombudsman's Complaint Handling Code for the rest. Where the law leaves the procedure
//! to the council's judgement, the route is [`ProcedureRoute::CouncilDecides`]: `docs/adr/0008-council-decides.md` says why.

mod flags;
mod later_stages;
mod routes;
mod types;

use serde::{Deserialize, Serialize};

pub use crate::guidance::triage::types::{
    AgeBand, Agreement, ChildStatus, CouncilResponse, Flag, Outcome, ParentAgreement, ProcedureRoute, Proceeding,
    RefusalReason, SchoolType, StageReached, Topic, TransportIssue, Who,
};
use crate::guidance::{
    deadline::{Counting, Deadline},
    signpost::SignpostId,
    time_limits::{Milestone, TimeLimit},
};
use crate::{
    date::{Date, PartialDate},
    id_enum::{IdMap, IdSet},
};

/// The consent of others to a complaint for a child.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ActingFor {
    /// The child's agreement.
    pub child_agrees: Option<Agreement>,
    /// The agreement of a parent, for a relative or someone else.
    pub parent_agrees: Option<ParentAgreement>,
}

/// The day of something that the person wants stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Upcoming {
    /// Today.
    Today,
    /// The person does not know the day.
    NotKnown,
    /// A day, or a month, which counts from its first day.
    On(PartialDate),
}

impl<'de> Deserialize<'de> for Upcoming {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        match text.as_ref() {
            "today" => Ok(Self::Today),
            "not_known" => Ok(Self::NotKnown),
            date => PartialDate::parse_iso(date).map(Self::On).ok_or_else(|| {
                let known = "today, not_known, a date like 2026-12-17, or a month like 2026-12";
                serde::de::Error::invalid_value(serde::de::Unexpected::Str(date), &known)
            }),
        }
    }
}

/// The input of the rules. Every field is optional: the guide says something sensible however little is known.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Facts {
    /// A child is in danger now.
    pub immediate_danger: bool,
    /// The person who complains.
    pub who: Option<Who>,
    /// Their age, for a child or care leaver.
    pub age_band: Option<AgeBand>,
    /// The consent of others, for someone who acts for a child.
    pub acting_for: ActingFor,
    /// The child's position when it happened.
    pub child_status: Option<ChildStatus>,
    /// The child has died.
    pub child_died: bool,
    /// Something that is to be stopped, and its day.
    pub about_to_happen: Option<Upcoming>,
    /// A child is, or may be, hurt or not safe.
    pub safeguarding_worry: bool,
    /// The subjects of the complaint.
    pub topics: IdSet<Topic>,
    /// For [`Topic::School`].
    pub school_type: Option<SchoolType>,
    /// For [`Topic::SendTransport`].
    pub transport_issue: Option<TransportIssue>,
    /// For [`TransportIssue::Service`]: the transport company has been told.
    pub told_provider: Option<bool>,
    /// Other processes about the same events.
    pub proceedings: IdSet<Proceeding>,
    /// The day it happened.
    pub event_date: Option<PartialDate>,
    /// The day the complaint or request is sent: today, for the app.
    pub sent_date: Option<Date>,
    /// The reason for a late complaint. No rule reads it.
    pub late_reason: Option<String>,
    /// The stage that the complaint has reached.
    pub stage_reached: Option<StageReached>,
    /// A refusal by the council to go on with it.
    pub council_response: Option<CouncilResponse>,
    /// The reason given for a refusal.
    pub refusal_reason: Option<RefusalReason>,
    /// Stage 1 was sent.
    pub stage1_sent: Option<PartialDate>,
    /// The stage 1 reply came.
    pub stage1_reply_received: Option<PartialDate>,
    /// Stage 2 was asked for.
    pub stage2_sent: Option<PartialDate>,
    /// The statement of complaint was agreed.
    pub statement_agreed: Option<PartialDate>,
    /// The stage 2 reply came.
    pub stage2_reply_received: Option<PartialDate>,
    /// The panel was asked for.
    pub stage3_sent: Option<PartialDate>,
    /// The council acknowledged the general complaint, or the request for its second stage.
    pub acknowledged: Option<PartialDate>,
    /// The panel met.
    pub panel_met: Option<PartialDate>,
    /// The council received the panel's report.
    pub panel_report_received: Option<PartialDate>,
    /// The person first knew of the problem.
    pub aware_since: Option<PartialDate>,
}

impl Facts {
    /// Returns the date of a milestone, where it is known.
    pub fn date_of(&self, milestone: Milestone) -> Option<PartialDate> {
        match milestone {
            Milestone::StageOneSent => self.stage1_sent,
            Milestone::Acknowledged => self.acknowledged,
            Milestone::StageOneReply => self.stage1_reply_received,
            Milestone::StageTwoSent => self.stage2_sent,
            Milestone::StatementAgreed => self.statement_agreed,
            Milestone::StageTwoReply => self.stage2_reply_received,
            Milestone::StageThreeSent => self.stage3_sent,
            Milestone::PanelMet => self.panel_met,
            Milestone::PanelReport => self.panel_report_received,
            Milestone::AwareSince => self.aware_since,
        }
    }

    /// Returns true for a first complaint: no stage has been reached and the council has refused nothing.
    pub fn is_first_complaint(&self) -> bool {
        self.stage_reached.is_none_or(|stage| stage == StageReached::None) && self.response() == CouncilResponse::None
    }

    /// Returns true where the facts are enough for advice: a first complaint needs a topic.
    pub fn has_enough(&self) -> bool {
        self.immediate_danger || !self.topics.is_empty() || !self.is_first_complaint()
    }

    /// Returns true for a child, and for a care leaver who is not over 25.
    pub fn is_young(&self) -> bool {
        let over_25 = self.age_band == Some(AgeBand::Over25);
        self.who == Some(Who::Child) || self.who == Some(Who::CareLeaver) && !over_25
    }

    fn response(&self) -> CouncilResponse {
        self.council_response.unwrap_or(CouncilResponse::None)
    }

    /// Returns the child's position; a care leaver who complains has their own.
    fn status(&self) -> ChildStatus {
        let unsaid = if self.who == Some(Who::CareLeaver) { ChildStatus::CareLeaver } else { ChildStatus::NotKnown };
        self.child_status.unwrap_or(unsaid)
    }

    fn is_who(&self, people: &[Who]) -> bool {
        self.who.is_some_and(|who| people.contains(&who))
    }
}

/// The facts about a council that the rules need.
// Four independent facts, each read once: enums would only rename true and false.
#[allow(clippy::struct_excessive_bools)]
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct CouncilRules {
    /// The council promises to get in touch within some days of a first complaint.
    pub promises_contact: bool,
    /// The council counts stage 2 from the agreed statement.
    pub counts_from_statement: bool,
    /// The council's list of exclusions sends school transport to the provider first.
    pub transport_to_provider_first: bool,
    /// The council's list of exclusions names councillors' and MPs' enquiries.
    pub pauses_for_councillor: bool,
}

/// The advice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Advice {
    /// The outcome as a whole.
    pub outcome: Outcome,
    /// Extra points of advice.
    pub flags: IdSet<Flag>,
    /// Other bodies that can help.
    pub signposts: IdSet<SignpostId>,
    /// The dates.
    pub deadlines: Vec<Deadline>,
    /// Each topic's route.
    #[serde(skip_serializing_if = "IdMap::is_empty")]
    pub parts: IdMap<Topic, ProcedureRoute>,
}

impl Advice {
    fn has(&self, route: ProcedureRoute) -> bool {
        self.parts.iter().any(|(_, part)| *part == route)
    }

    /// Returns true where a part may follow the statutory procedure: the law or the council's judgement puts it there.
    pub fn may_be_statutory(&self) -> bool {
        self.has(ProcedureRoute::Statutory) || self.has(ProcedureRoute::CouncilDecides)
    }

    /// Returns true where the council has paused the complaint.
    pub fn is_paused(&self) -> bool {
        self.outcome == Outcome::Wait && self.signposts.contains(SignpostId::Ombudsman)
    }

    /// Returns true where a part is the council's to answer.
    pub fn is_for_the_council(&self) -> bool {
        self.may_be_statutory() || self.has(ProcedureRoute::Corporate)
    }
}

/// Decides. Pure: the same facts give the same advice.
pub fn advise(facts: &Facts, rules: &CouncilRules, counting: Counting<'_>) -> Advice {
    let mut advice = Advice {
        outcome: Outcome::Signpost,
        flags: IdSet::default(),
        signposts: IdSet::default(),
        deadlines: Vec::new(),
        parts: IdMap::default(),
    };
    if facts.immediate_danger {
        advice.outcome = Outcome::Emergency;
        advice.signposts.extend([SignpostId::Emergency, SignpostId::Safeguarding]);
        if facts.who.is_none_or(|who| who == Who::Child) {
            advice.signposts.insert(SignpostId::Childline);
        }
        if facts.who != Some(Who::Child) {
            advice.signposts.insert(SignpostId::Nspcc);
        }
        return advice;
    }
    advice.parts = facts.topics.iter().map(|topic| (topic, routes::route(topic, facts, rules))).collect();
    for topic in facts.topics.iter() {
        flags::from_topic(topic, facts, &mut advice);
    }
    flags::from_person(facts, &mut advice);
    flags::from_proceedings(facts, rules, &mut advice);
    flags::from_time(facts, counting, &mut advice);
    if !later_stages::decide(facts, rules, counting, &mut advice) {
        first_complaint(facts, rules, counting, &mut advice);
    }
    advice
}

/// Returns true where `sent` is later than the same calendar day one year after `event` (regulation 9: more than a year). A
/// month alone counts as its last day. Never a bar.
pub fn is_over_a_year(event: PartialDate, sent: Date) -> bool {
    sent > event.last().plus_months(12)
}

fn first_complaint(facts: &Facts, rules: &CouncilRules, counting: Counting<'_>, advice: &mut Advice) {
    let routes: IdSet<ProcedureRoute> = advice.parts.iter().map(|(_, route)| *route).collect();
    let mut only = routes.iter();
    advice.outcome = match (only.next(), only.next()) {
        (Some(ProcedureRoute::Statutory), None) => Outcome::StatutoryStage1,
        (Some(ProcedureRoute::Corporate), None) => Outcome::CorporateStage1,
        (Some(ProcedureRoute::CouncilDecides), None) => Outcome::CouncilDecides,
        // A complaint without a topic goes to the council's team, who find out whose it is.
        (Some(ProcedureRoute::Signpost) | None, _) => Outcome::Signpost,
        (Some(_), Some(_)) => Outcome::Split,
    };
    let Some(sent) = facts.sent_date else { return };
    if advice.may_be_statutory() {
        if rules.promises_contact {
            advice.deadlines.push(counting.deadline(TimeLimit::CouncilContact, sent));
        }
        advice.deadlines.push(counting.deadline(TimeLimit::StatutoryOne, sent));
    }
    if advice.has(ProcedureRoute::Corporate) || advice.has(ProcedureRoute::CouncilDecides) {
        let acknowledged = counting.deadline(TimeLimit::CorporateOneAck, sent);
        advice.deadlines.push(acknowledged);
        advice.deadlines.push(counting.deadline(TimeLimit::CorporateOne, acknowledged.due));
    }
}
