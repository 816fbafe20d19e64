//! From what a person said to what will probably happen: the outcome, each topic's route, flags, signposts and dates.
//!
//! Basis: Children Act 1989, sections 24D, 26 and 26A; SI 2006/1738 (regulation 3 for what the statutory procedure covers, 8
//! for proceedings, 9 for the year); the Ombudsman's Complaint Handling Code for the rest.

mod terms;

use serde::{Deserialize, Serialize};

use super::{
    deadline::{Counting, Deadline},
    procedure::{Clock, Milestone},
    signpost::SignpostId,
};
use crate::domain::{
    date::Date,
    vocabulary::{IdMap, IdSet},
};
pub use terms::{
    AgeBand, Agreement, ChildStatus, Flag, Outcome, Proceeding, Route, SchoolType, StageReached, Topic, TransportIssue,
    Who,
};

/// For whom someone acts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActingFor {
    /// Whether the child agrees.
    pub child_agrees: Option<Agreement>,
}

/// What the rules go by. Everything is optional: a guide must say something sensible however little it is told.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Facts {
    /// A child is in danger now.
    pub immediate_danger: bool,
    /// Who is complaining.
    pub who: Option<Who>,
    /// Their age, for a child or care leaver.
    pub age_band: Option<AgeBand>,
    /// For someone who acts for a child.
    pub acting_for: ActingFor,
    /// How the council already helps the child.
    pub child_status: Option<ChildStatus>,
    /// What it is about.
    pub topics: IdSet<Topic>,
    /// For [`Topic::School`].
    pub school_type: Option<SchoolType>,
    /// For [`Topic::SendTransport`].
    pub transport_issue: Option<TransportIssue>,
    /// For [`TransportIssue::Service`]: whether the transport company has been told.
    pub told_provider: Option<bool>,
    /// What else is going on.
    pub proceedings: IdSet<Proceeding>,
    /// When it happened.
    pub event_date: Option<Date>,
    /// The day the complaint or request is sent: today, for the app.
    pub sent_date: Option<Date>,
    /// Why not before. Carried for the record: no rule reads it.
    pub late_reason: Option<String>,
    /// How far the complaint has come.
    pub stage_reached: Option<StageReached>,
    /// When stage 1 was sent.
    pub stage1_sent: Option<Date>,
    /// When the stage 1 reply came.
    pub stage1_reply_received: Option<Date>,
    /// When stage 2 was asked for.
    pub stage2_sent: Option<Date>,
    /// When the statement of complaint was agreed.
    pub statement_agreed: Option<Date>,
    /// When the stage 2 reply came.
    pub stage2_reply_received: Option<Date>,
    /// When the panel was asked for.
    pub stage3_sent: Option<Date>,
    /// When the council said that it has the general complaint, or the request for its second stage.
    pub acknowledged: Option<Date>,
    /// When the panel met.
    pub panel_met: Option<Date>,
    /// When the council received the panel's report.
    pub panel_report_received: Option<Date>,
    /// When the person first knew of the problem.
    pub aware_since: Option<Date>,
}

impl Facts {
    /// The day of a milestone, where it is known.
    pub fn date_of(&self, milestone: Milestone) -> Option<Date> {
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
}

/// What the rules need to know of a council.
// Four independent facts, each asked about once: enums would only rename true and false.
#[allow(clippy::struct_excessive_bools)]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CouncilRules {
    /// It promises to get in touch within some days of a first complaint.
    pub promises_contact: bool,
    /// It counts stage 2 from the agreed statement.
    pub counts_from_statement: bool,
    /// Its list of what it cannot consider sends school transport to the provider first.
    pub transport_to_provider_first: bool,
    /// Its list of what it cannot consider names councillors' and MPs' enquiries.
    pub pauses_for_councillor: bool,
}

/// What we think, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Advice {
    /// The whole.
    pub outcome: Outcome,
    /// What else to know.
    pub flags: IdSet<Flag>,
    /// Who else can help.
    pub signposts: IdSet<SignpostId>,
    /// The dates.
    pub deadlines: Vec<Deadline>,
    /// Each topic's route.
    #[serde(skip_serializing_if = "IdMap::is_empty")]
    pub parts: IdMap<Topic, Route>,
}

impl Advice {
    fn has(&self, route: Route) -> bool {
        self.parts.iter().any(|(_, part)| *part == route)
    }

    /// Whether any part is the council's to answer.
    pub fn is_for_the_council(&self) -> bool {
        self.has(Route::Statutory) || self.has(Route::Corporate)
    }
}

/// Decides. Pure: the same facts give the same advice.
pub fn advise(facts: &Facts, rules: &CouncilRules, counting: Counting<'_>) -> Advice {
    let mut advice = Advice {
        outcome: Outcome::Signpost,
        flags: IdSet::default(),
        signposts: IdSet::default(),
        deadlines: Vec::new(),
        parts: facts.topics.iter().map(|topic| (topic, route(topic, facts, rules))).collect(),
    };
    if facts.immediate_danger {
        let helpline = if facts.who == Some(Who::Child) { SignpostId::Childline } else { SignpostId::Nspcc };
        advice.outcome = Outcome::Emergency;
        advice.signposts.extend([SignpostId::Emergency, SignpostId::Safeguarding, helpline]);
        return advice;
    }
    for topic in facts.topics.iter() {
        signposts_of_topic(topic, facts, &mut advice);
    }
    about_the_person(facts, &mut advice);
    about_the_time(facts, rules, &mut advice);
    match facts.stage_reached.unwrap_or(StageReached::None) {
        StageReached::None => first_complaint(facts, rules, counting, &mut advice),
        reached => later_stage(reached, facts, rules, counting, &mut advice),
    }
    advice
}

fn route(topic: Topic, facts: &Facts, rules: &CouncilRules) -> Route {
    match topic {
        Topic::StaffConduct
        | Topic::StaffDishonesty
        | Topic::Placement
        | Topic::Assessment
        | Topic::Support
        | Topic::ShortBreaks
        | Topic::VisitsMissed
        | Topic::FamilyTime
        | Topic::Delay => {
            // Section 24D gives care leavers the statutory procedure whatever help they have now.
            let outside = facts.child_status == Some(ChildStatus::None) && facts.who != Some(Who::CareLeaver);
            if outside { Route::Corporate } else { Route::Statutory }
        }
        Topic::FosterSupport | Topic::SpecialGuardianshipSupport | Topic::AdoptionSupport | Topic::LeavingCare => {
            Route::Statutory
        }
        Topic::CpConference | Topic::EhcPlanDelay | Topic::OtherCouncilService => Route::Corporate,
        Topic::SendTransport => match facts.transport_issue {
            Some(TransportIssue::Eligibility) => Route::Signpost,
            _ if rules.transport_to_provider_first && facts.told_provider != Some(true) => Route::Signpost,
            _ => Route::Corporate,
        },
        Topic::CourtEvidence
        | Topic::School
        | Topic::SchoolAdmission
        | Topic::SchoolExclusion
        | Topic::EhcPlanContent
        | Topic::Nhs
        | Topic::Housing
        | Topic::AdultSocialCare
        | Topic::PoliceConduct
        | Topic::OtherBody
        | Topic::ChildrensHomeOrAgency
        | Topic::DataProtection => Route::Signpost,
    }
}

fn signposts_of_topic(topic: Topic, facts: &Facts, advice: &mut Advice) {
    let signposted = advice.parts.get(topic) == Some(&Route::Signpost);
    let (signpost, flag) = match topic {
        Topic::StaffDishonesty => (SignpostId::SocialWorkEngland, None),
        Topic::CpConference => (SignpostId::CpConference, None),
        Topic::CourtEvidence => (SignpostId::Court, None),
        Topic::SendTransport if !signposted => return,
        Topic::SendTransport if facts.transport_issue == Some(TransportIssue::Eligibility) => {
            (SignpostId::TravelAppeal, Some(Flag::DateOnLetter))
        }
        Topic::SendTransport => (SignpostId::SendTransport, Some(Flag::ThenCouncil)),
        Topic::School => (
            match facts.school_type {
                Some(SchoolType::Academy) => SignpostId::Academy,
                Some(SchoolType::Independent) => SignpostId::SchoolIndependent,
                Some(SchoolType::College) => SignpostId::College,
                Some(SchoolType::University) => SignpostId::University,
                Some(SchoolType::Maintained) | None => SignpostId::SchoolMaintained,
            },
            None,
        ),
        Topic::SchoolAdmission => (SignpostId::Admission, Some(Flag::DateOnLetter)),
        Topic::SchoolExclusion => (SignpostId::Exclusion, Some(Flag::DateOnLetter)),
        Topic::EhcPlanDelay => (SignpostId::SendTribunal, None),
        Topic::EhcPlanContent => (SignpostId::SendTribunal, Some(Flag::DateOnLetter)),
        Topic::Nhs => (SignpostId::Nhs, None),
        Topic::Housing => (SignpostId::Housing, None),
        Topic::AdultSocialCare => (SignpostId::AdultSocialCare, None),
        Topic::PoliceConduct => (SignpostId::PoliceConduct, None),
        Topic::OtherBody => (SignpostId::OtherBody, None),
        Topic::ChildrensHomeOrAgency => (SignpostId::Ofsted, None),
        Topic::DataProtection => (SignpostId::DataProtection, Some(Flag::CouncilFirst)),
        _ => return,
    };
    advice.signposts.insert(signpost);
    advice.flags.extend(flag);
}

fn about_the_person(facts: &Facts, advice: &mut Advice) {
    let statutory = advice.has(Route::Statutory);
    let Some(who) = facts.who else { return };
    if matches!(who, Who::Child | Who::CareLeaver) {
        advice.flags.insert(Flag::AdvocateOffer);
        advice.signposts.insert(SignpostId::Advocacy);
    }
    if who == Who::Child {
        advice.signposts.insert(SignpostId::Childline);
        if statutory {
            advice.flags.insert(Flag::MayWaitForAdvocate);
        }
    }
    let in_care = matches!(facts.child_status, Some(ChildStatus::LookedAfter | ChildStatus::CareLeaver));
    if who == Who::CareLeaver || (matches!(who, Who::Child | Who::Advocate) && in_care) {
        advice.signposts.insert(SignpostId::HelpAtHand);
    }
    if statutory && matches!(who, Who::Relative | Who::SomeoneElse) {
        advice.flags.insert(Flag::SufficientInterestCheck);
    }
    let acts_for_a_child = matches!(who, Who::Relative | Who::SomeoneElse | Who::Advocate);
    if statutory && acts_for_a_child && facts.acting_for.child_agrees != Some(Agreement::Yes) {
        advice.flags.insert(Flag::ChildsViewNeeded);
    }
}

fn about_the_time(facts: &Facts, rules: &CouncilRules, advice: &mut Advice) {
    if facts.topics.contains(Topic::Placement) {
        advice.flags.insert(Flag::AskToHoldDecision);
    }
    let for_the_council = advice.is_for_the_council();
    if for_the_council && facts.event_date.zip(facts.sent_date).is_some_and(|(event, sent)| is_over_a_year(event, sent))
    {
        advice.flags.extend([Flag::Over12Months, Flag::GiveReason]);
    }
    for proceeding in facts.proceedings.iter() {
        let (signpost, pauses) = match proceeding {
            Proceeding::Court => (Some(SignpostId::Court), true),
            Proceeding::Police => (Some(SignpostId::Police), true),
            Proceeding::Tribunal => (Some(SignpostId::Tribunal), true),
            Proceeding::Disciplinary => (None, true),
            Proceeding::CouncillorOrMp => (None, rules.pauses_for_councillor),
        };
        advice.signposts.extend(signpost);
        if pauses && for_the_council {
            advice.flags.insert(Flag::MayBePaused);
            if proceeding == Proceeding::CouncillorOrMp {
                advice.signposts.insert(SignpostId::CouncillorMp);
            }
        }
    }
}

/// Whether `sent` is later than the same calendar day one year after `event` (regulation 9: more than a year). Never a bar.
pub fn is_over_a_year(event: Date, sent: Date) -> bool {
    sent > event.plus_months(12)
}

fn first_complaint(facts: &Facts, rules: &CouncilRules, counting: Counting<'_>, advice: &mut Advice) {
    let routes: IdSet<Route> = advice.parts.iter().map(|(_, route)| *route).collect();
    let mut only = routes.iter();
    advice.outcome = match (only.next(), only.next()) {
        (Some(Route::Statutory), None) => Outcome::StatutoryStage1,
        (Some(Route::Corporate), None) => Outcome::CorporateStage1,
        // Nothing said yet goes to the council's team, who find out who it belongs to.
        (Some(Route::Signpost) | None, _) => Outcome::Signpost,
        (Some(_), Some(_)) => Outcome::Split,
    };
    let Some(sent) = facts.sent_date else { return };
    if routes.contains(Route::Statutory) {
        if rules.promises_contact {
            advice.deadlines.push(counting.deadline(Clock::CouncilContact, sent));
        }
        advice.deadlines.push(counting.deadline(Clock::StatutoryOne, sent));
    }
    if routes.contains(Route::Corporate) {
        let acknowledged = counting.deadline(Clock::CorporateOneAck, sent);
        advice.deadlines.push(acknowledged);
        advice.deadlines.push(counting.deadline(Clock::CorporateOne, acknowledged.due));
    }
}

fn later_stage(
    reached: StageReached,
    facts: &Facts,
    rules: &CouncilRules,
    counting: Counting<'_>,
    advice: &mut Advice,
) {
    let sent = facts.sent_date;
    let mut show = |clock: Clock, from: Option<Date>| {
        let deadline = from.map(|from| counting.deadline(clock, from));
        advice.deadlines.extend(deadline);
        deadline
    };
    let passed = |deadline: Option<Deadline>| deadline.zip(sent).is_some_and(|(limit, today)| today > limit.last_day());
    let mut flags = Vec::new();
    let outcome = match reached {
        StageReached::Stage1Waiting => {
            if passed(show(Clock::StatutoryOne, facts.stage1_sent.or(sent))) {
                flags.push(Flag::CouncilLate);
                show(Clock::StatutoryTwo, sent);
                Outcome::EscalateStage2
            } else {
                Outcome::Wait
            }
        }
        StageReached::Stage1Reply => {
            if passed(show(Clock::AskStageTwo, facts.stage1_reply_received)) {
                flags.extend([Flag::LateRequest, Flag::GiveReason]);
            }
            show(Clock::StatutoryTwo, sent);
            if rules.counts_from_statement && show(Clock::CouncilInvestigation, facts.statement_agreed).is_some() {
                flags.push(Flag::TwoClocks);
            }
            Outcome::EscalateStage2
        }
        StageReached::Stage2Waiting => {
            if passed(show(Clock::StatutoryTwo, facts.stage2_sent.or(sent))) {
                flags.push(Flag::CouncilLate);
                Outcome::Ombudsman
            } else {
                Outcome::Wait
            }
        }
        StageReached::Stage2Reply => {
            if passed(show(Clock::AskStageThree, facts.stage2_reply_received)) {
                flags.extend([Flag::LateRequest, Flag::GiveReason]);
            }
            show(Clock::Panel, sent);
            show(Clock::PanelReport, facts.panel_met);
            show(Clock::PanelResponse, facts.panel_report_received);
            Outcome::EscalateStage3
        }
        StageReached::Stage3Waiting => {
            // The newest of what is known is what is waited for.
            let (clock, from) = match (facts.panel_report_received, facts.panel_met) {
                (Some(report), _) => (Clock::PanelResponse, Some(report)),
                (None, Some(met)) => (Clock::PanelReport, Some(met)),
                (None, None) => (Clock::Panel, facts.stage3_sent.or(sent)),
            };
            if passed(show(clock, from)) {
                flags.push(Flag::CouncilLate);
                Outcome::Ombudsman
            } else {
                Outcome::Wait
            }
        }
        StageReached::Stage3Reply => {
            show(Clock::PanelResponse, facts.panel_report_received);
            if show(Clock::Ombudsman, facts.aware_since).is_some() {
                flags.push(Flag::ContactBefore12Months);
            }
            Outcome::Ombudsman
        }
        StageReached::CorporateStage1Waiting => {
            let acknowledged = show(Clock::CorporateOneAck, facts.stage1_sent.or(sent)).map(|limit| limit.due);
            if passed(show(Clock::CorporateOne, facts.acknowledged.or(acknowledged))) {
                flags.push(Flag::CouncilLate);
                let acknowledged = show(Clock::CorporateTwoAck, sent);
                show(Clock::CorporateTwo, acknowledged.map(|limit| limit.due));
                Outcome::EscalateCorporateStage2
            } else {
                Outcome::Wait
            }
        }
        StageReached::CorporateStage2Waiting => {
            let acknowledged = show(Clock::CorporateTwoAck, facts.stage2_sent.or(sent)).map(|limit| limit.due);
            if passed(show(Clock::CorporateTwo, facts.acknowledged.or(acknowledged))) {
                flags.push(Flag::CouncilLate);
                Outcome::Ombudsman
            } else {
                Outcome::Wait
            }
        }
        StageReached::CorporateStage1Reply => {
            let acknowledged = show(Clock::CorporateTwoAck, sent);
            show(Clock::CorporateTwo, acknowledged.map(|limit| limit.due));
            Outcome::EscalateCorporateStage2
        }
        StageReached::CorporateStage2Reply | StageReached::None => Outcome::Ombudsman,
    };
    advice.outcome = outcome;
    advice.flags.extend(flags);
    if outcome == Outcome::Ombudsman {
        advice.signposts.insert(SignpostId::Ombudsman);
    }
}
