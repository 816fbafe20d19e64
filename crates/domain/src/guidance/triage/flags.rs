//! Flags and signposts: the points of advice beside the outcome, and the other bodies that can help.

use crate::guidance::{
    deadline::Counting,
    time_limits::URGENT_WITHIN,
    triage::{
        Advice, AgeBand, Agreement, ChildStatus, CouncilRules, Facts, Flag, ParentAgreement, ProcedureRoute,
        Proceeding, SchoolType, SignpostId, Topic, TransportIssue, Upcoming, Who, is_over_a_year,
    },
};

/// Adds the flags and signposts that come with one topic.
pub(super) fn from_topic(topic: Topic, facts: &Facts, advice: &mut Advice) {
    let signposted = advice.parts.get(topic) == Some(&ProcedureRoute::Signpost);
    let (signpost, flag) = match topic {
        Topic::StaffDishonesty => (Some(SignpostId::SocialWorkEngland), None),
        Topic::Placement if !facts.child_died => (None, Some(Flag::AskToHoldDecision)),
        Topic::FamilyTime => (asks_court_for_family_time(facts).then_some(SignpostId::Court), None),
        Topic::HomelessChild => (Some(SignpostId::HomelessChild), None),
        Topic::AgeAssessment => (Some(SignpostId::LegalAdvice), None),
        Topic::CpConference => (Some(SignpostId::CpConference), None),
        Topic::CourtApplication => (Some(SignpostId::Court), Some(Flag::OmbudsmanNotCourt)),
        Topic::CourtEvidence => {
            advice.flags.insert(Flag::CouncilMayDecline);
            (Some(SignpostId::Court), Some(Flag::OmbudsmanNotCourt))
        }
        Topic::RecordsWrong => (Some(SignpostId::DataProtection), Some(Flag::RecordsRectify)),
        Topic::CarerApproval => (Some(SignpostId::Irm), Some(Flag::DateOnLetter)),
        Topic::ChildrensHomeOrAgency => (Some(SignpostId::Ofsted), None),
        Topic::Housing => (Some(SignpostId::Housing), None),
        Topic::SendTransport if !signposted => (None, None),
        Topic::SendTransport if facts.transport_issue == Some(TransportIssue::Eligibility) => {
            (Some(SignpostId::TravelAppeal), Some(Flag::DateOnLetter))
        }
        Topic::SendTransport => (Some(SignpostId::SendTransport), Some(Flag::ThenCouncil)),
        Topic::School => (Some(school(facts.school_type)), None),
        Topic::SchoolAdmission => (Some(SignpostId::Admission), Some(Flag::DateOnLetter)),
        Topic::SchoolExclusion => (Some(SignpostId::Exclusion), Some(Flag::DateOnLetter)),
        Topic::EhcPlanDelay => (Some(SignpostId::SendTribunal), None),
        Topic::EhcPlanContent => (Some(SignpostId::SendTribunal), Some(Flag::DateOnLetter)),
        Topic::Nhs => (Some(SignpostId::Nhs), None),
        Topic::AdultSocialCare => (Some(SignpostId::AdultSocialCare), None),
        Topic::PoliceConduct => (Some(SignpostId::PoliceConduct), None),
        Topic::OtherBody => (Some(SignpostId::OtherBody), None),
        Topic::DataProtection => (Some(SignpostId::DataProtection), Some(Flag::CouncilFirst)),
        _ => (None, None),
    };
    advice.signposts.extend(signpost);
    advice.flags.extend(flag);
    if asks_which_procedure(topic, facts, advice) {
        advice.flags.insert(Flag::WhichProcedureAsk);
    }
}

fn school(kind: Option<SchoolType>) -> SignpostId {
    match kind {
        Some(SchoolType::Academy) => SignpostId::Academy,
        Some(SchoolType::Independent) => SignpostId::SchoolIndependent,
        Some(SchoolType::College) => SignpostId::College,
        Some(SchoolType::University) => SignpostId::University,
        Some(SchoolType::Maintained) | None => SignpostId::SchoolMaintained,
    }
}

/// A court can order time with a child who is looked after, or who lives with a parent.
fn asks_court_for_family_time(facts: &Facts) -> bool {
    let court_can = matches!(facts.status(), ChildStatus::LookedAfter | ChildStatus::None | ChildStatus::NotKnown);
    court_can && !facts.child_died
}

/// Councils often use the wrong procedure here, so the person is given the question to put.
fn asks_which_procedure(topic: Topic, facts: &Facts, advice: &Advice) -> bool {
    let in_need_by_law_only = matches!(
        facts.child_status,
        None | Some(ChildStatus::Asked | ChildStatus::Disabled | ChildStatus::None | ChildStatus::NotKnown)
    );
    match advice.parts.get(topic) {
        Some(ProcedureRoute::CouncilDecides) => true,
        Some(ProcedureRoute::Statutory) => {
            topic == Topic::ConcernNotActedOn
                || in_need_by_law_only && !facts.is_who(&[Who::CareLeaver, Who::Adopter, Who::FosterCarer])
        }
        _ => false,
    }
}

/// Adds the flags and signposts that come with the person and the child.
pub(super) fn from_person(facts: &Facts, advice: &mut Advice) {
    let (for_the_council, may_be_statutory) = (advice.is_for_the_council(), advice.may_be_statutory());
    if facts.child_died {
        advice.flags.insert(Flag::Bereaved);
    }
    if facts.safeguarding_worry {
        let helpline = if facts.is_who(&[Who::Child]) { SignpostId::Childline } else { SignpostId::Nspcc };
        advice.flags.insert(Flag::SafeguardingWorry);
        advice.signposts.extend([SignpostId::Safeguarding, helpline]);
    }
    let Some(who) = facts.who else { return };
    let young_care_leaver = who == Who::CareLeaver && facts.age_band != Some(AgeBand::Over25);
    if who == Who::Child || young_care_leaver {
        advice.flags.insert(Flag::AdvocateOffer);
        advice.signposts.insert(SignpostId::Advocacy);
    }
    if who == Who::Child {
        advice.signposts.insert(SignpostId::Childline);
        if may_be_statutory {
            advice.flags.insert(Flag::MayWaitForAdvocate);
        }
    }
    let helped =
        matches!(facts.child_status, Some(ChildStatus::LookedAfter | ChildStatus::CareLeaver | ChildStatus::InNeed));
    if young_care_leaver || matches!(who, Who::Child | Who::Advocate) && helped {
        advice.signposts.insert(SignpostId::HelpAtHand);
    }
    let family = [Who::Parent, Who::ParentalResponsibility, Who::SpecialGuardian, Who::KinshipCarer, Who::Relative]
        .contains(&who);
    if family && may_be_statutory {
        advice.flags.insert(Flag::AdultHelp);
        advice.signposts.insert(SignpostId::FamilyRightsGroup);
    }
    let outsider = matches!(who, Who::Relative | Who::SomeoneElse);
    if outsider && for_the_council {
        advice.flags.insert(Flag::SufficientInterestCheck);
        if facts.acting_for.parent_agrees != Some(ParentAgreement::Yes) && !facts.child_died {
            advice.flags.insert(Flag::ParentsAgreement);
        }
    }
    let agrees = facts.acting_for.child_agrees == Some(Agreement::Yes);
    if (outsider || who == Who::Advocate) && may_be_statutory && !agrees && !facts.child_died {
        advice.flags.insert(Flag::ChildsViewNeeded);
    }
}

/// Adds the flags and signposts that come with other processes about the same events (regulation 8).
pub(super) fn from_proceedings(facts: &Facts, rules: &CouncilRules, advice: &mut Advice) {
    let for_the_council = advice.is_for_the_council();
    for proceeding in facts.proceedings.iter() {
        let (signpost, pauses) = match proceeding {
            Proceeding::Court => (Some(SignpostId::Court), true),
            Proceeding::CourtEnded => (Some(SignpostId::Court), false),
            Proceeding::Police => (Some(SignpostId::Police), true),
            Proceeding::Tribunal => (Some(SignpostId::Tribunal), true),
            Proceeding::Disciplinary
            | Proceeding::SafeguardingReview
            | Proceeding::LegalClaim
            | Proceeding::Inquest => (None, true),
            Proceeding::CouncillorOrMp => {
                let named = rules.pauses_for_councillor;
                ((named && for_the_council).then_some(SignpostId::CouncillorMp), named)
            }
        };
        advice.signposts.extend(signpost);
        if pauses && for_the_council {
            advice.flags.extend([Flag::MayBePaused, Flag::ResubmitWithinAYear]);
        }
        if matches!(proceeding, Proceeding::Court | Proceeding::CourtEnded) {
            advice.flags.insert(Flag::OmbudsmanNotCourt);
        }
    }
}

/// Adds the flags that come with the day it happened and with what is about to happen.
pub(super) fn from_time(facts: &Facts, counting: Counting<'_>, advice: &mut Advice) {
    let for_the_council = advice.is_for_the_council();
    let late = facts.event_date.zip(facts.sent_date).is_some_and(|(event, sent)| is_over_a_year(event, sent));
    if late && for_the_council && facts.is_first_complaint() {
        advice.flags.extend([Flag::Over12Months, Flag::GiveReason]);
    }
    let Some(upcoming) = facts.about_to_happen else { return };
    let soon = match upcoming {
        Upcoming::Today | Upcoming::NotKnown => true,
        Upcoming::On(day) => {
            facts.sent_date.is_some_and(|sent| day.first() <= counting.calendar.after(sent, URGENT_WITHIN))
        }
    };
    if soon {
        advice.flags.insert(Flag::Urgent);
    }
    if for_the_council && !facts.child_died {
        advice.flags.insert(Flag::AskToHoldDecision);
    }
}
