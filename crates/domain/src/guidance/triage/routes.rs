//! The route of each topic.

use crate::guidance::triage::{ChildStatus, CouncilRules, Facts, ProcedureRoute, Topic, TransportIssue, Who};

/// Returns the procedure for a topic.
pub(super) fn route(topic: Topic, facts: &Facts, rules: &CouncilRules) -> ProcedureRoute {
    let is_child = facts.is_who(&[Who::Child]);
    // Section 24D gives care leavers the statutory procedure whatever help they have now.
    let is_care_leaver = facts.is_who(&[Who::CareLeaver]);
    let status = facts.status();
    let known = is_care_leaver || !matches!(status, ChildStatus::None | ChildStatus::NotKnown);
    let none = !known && status == ChildStatus::None;
    let statutory_if =
        |holds: bool, otherwise: ProcedureRoute| if holds { ProcedureRoute::Statutory } else { otherwise };
    match topic {
        Topic::StaffConduct
        | Topic::StaffDishonesty
        | Topic::VisitsMissed
        | Topic::Placement
        | Topic::Assessment
        | Topic::FamilyTime => {
            let carer = facts.is_who(&[Who::Adopter, Who::FosterCarer]);
            statutory_if(!none || carer, ProcedureRoute::CouncilDecides)
        }
        Topic::Support | Topic::ShortBreaks | Topic::Delay => {
            let carer = facts.is_who(&[Who::Adopter, Who::FosterCarer, Who::SpecialGuardian, Who::KinshipCarer]);
            statutory_if(!none || carer, ProcedureRoute::CouncilDecides)
        }
        Topic::FosterSupport
        | Topic::SpecialGuardianshipSupport
        | Topic::AdoptionSupport
        | Topic::LeavingCare
        | Topic::KinshipSupport
        | Topic::HomelessChild
        | Topic::AgeAssessment
        | Topic::CourtApplication => ProcedureRoute::Statutory,
        Topic::CpEnquiry => statutory_if(is_child || is_care_leaver, ProcedureRoute::CouncilDecides),
        Topic::ConcernNotActedOn => statutory_if(known || is_child, ProcedureRoute::CouncilDecides),
        Topic::RecordsWrong => ProcedureRoute::CouncilDecides,
        Topic::ChildrensHomeOrAgency => {
            statutory_if(known || facts.is_who(&[Who::FosterCarer]), ProcedureRoute::Signpost)
        }
        Topic::Housing => {
            let helped = matches!(status, ChildStatus::InNeed | ChildStatus::Asked);
            statutory_if(is_child || is_care_leaver || helped, ProcedureRoute::Signpost)
        }
        Topic::CpConference
        | Topic::CourtEvidence
        | Topic::AllegationAboutMe
        | Topic::EhcPlanNotGiven
        | Topic::EhcPlanDelay
        | Topic::OtherCouncilService => ProcedureRoute::Corporate,
        Topic::SendTransport => match facts.transport_issue {
            Some(TransportIssue::Eligibility) => ProcedureRoute::Signpost,
            _ if rules.transport_to_provider_first && facts.told_provider != Some(true) => ProcedureRoute::Signpost,
            _ => ProcedureRoute::Corporate,
        },
        Topic::CarerApproval
        | Topic::School
        | Topic::SchoolAdmission
        | Topic::SchoolExclusion
        | Topic::EhcPlanContent
        | Topic::Nhs
        | Topic::AdultSocialCare
        | Topic::PoliceConduct
        | Topic::OtherBody
        | Topic::DataProtection => ProcedureRoute::Signpost,
    }
}

impl Topic {
    /// Returns the procedure that councils more often use where they decide: [`ProcedureRoute::Statutory`] or [`ProcedureRoute::Corporate`].
    /// For words alone.
    pub const fn lean(self) -> ProcedureRoute {
        match self {
            Self::Assessment
            | Self::Placement
            | Self::Support
            | Self::ShortBreaks
            | Self::Delay
            | Self::ConcernNotActedOn => ProcedureRoute::Statutory,
            _ => ProcedureRoute::Corporate,
        }
    }
}
