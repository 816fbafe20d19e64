//! The words of the rules: what a person can say, and what can come of it. Their ids are the wire's.

use crate::domain::{guidance::procedure::Milestone, vocabulary::vocabulary};

vocabulary! {
    /// Who is complaining.
    Who {
        Child = "child", CareLeaver = "care_leaver", Parent = "parent", ParentalResponsibility = "parental_responsibility",
        FosterCarer = "foster_carer", SpecialGuardian = "special_guardian", Adopter = "adopter", Relative = "relative",
        Advocate = "advocate", SomeoneElse = "someone_else",
    }
}
vocabulary! {
    /// How old a child or care leaver is. A band, never a date of birth.
    AgeBand {
        Under8 = "under-8", From8 = "8-11", From12 = "12-15", From16 = "16-17", From18 = "18-25",
    }
}
vocabulary! {
    /// Whether the child agrees to a complaint made for them.
    Agreement { Yes = "yes", No = "no", CannotSay = "cannot_say" }
}
vocabulary! {
    /// How the council already helps the child.
    ChildStatus {
        InNeed = "in_need", LookedAfter = "looked_after", CareLeaver = "care_leaver", None = "none", NotKnown = "not_known",
    }
}
vocabulary! {
    /// What a complaint is about. Each topic is decided as a part of its own.
    Topic {
        StaffConduct = "staff_conduct", StaffDishonesty = "staff_dishonesty", Placement = "placement",
        Assessment = "assessment", Support = "support", ShortBreaks = "short_breaks", VisitsMissed = "visits_missed",
        FamilyTime = "family_time", Delay = "delay", FosterSupport = "foster_support",
        SpecialGuardianshipSupport = "special_guardianship_support", AdoptionSupport = "adoption_support",
        LeavingCare = "leaving_care", CpConference = "cp_conference", CourtEvidence = "court_evidence",
        SendTransport = "send_transport", School = "school", SchoolAdmission = "school_admission",
        SchoolExclusion = "school_exclusion", EhcPlanDelay = "ehc_plan_delay", EhcPlanContent = "ehc_plan_content",
        Nhs = "nhs", Housing = "housing", AdultSocialCare = "adult_social_care", PoliceConduct = "police_conduct",
        OtherBody = "other_body", ChildrensHomeOrAgency = "childrens_home_or_agency", DataProtection = "data_protection",
        OtherCouncilService = "other_council_service",
    }
}
vocabulary! {
    /// Who runs a school.
    SchoolType {
        Maintained = "maintained", Academy = "academy", Independent = "independent", College = "college",
        University = "university",
    }
}
vocabulary! {
    /// What is wrong with help to get to school.
    TransportIssue { Service = "service", Eligibility = "eligibility" }
}
vocabulary! {
    /// What else is going on now.
    Proceeding {
        Court = "court", Police = "police", Tribunal = "tribunal", Disciplinary = "disciplinary",
        CouncillorOrMp = "councillor_or_mp",
    }
}
vocabulary! {
    /// How far a complaint already made has come.
    StageReached {
        None = "none", Stage1Waiting = "stage1_waiting", Stage1Reply = "stage1_reply", Stage2Waiting = "stage2_waiting",
        Stage2Reply = "stage2_reply", Stage3Waiting = "stage3_waiting", Stage3Reply = "stage3_reply",
        CorporateStage1Waiting = "corporate_stage1_waiting", CorporateStage1Reply = "corporate_stage1_reply",
        CorporateStage2Waiting = "corporate_stage2_waiting", CorporateStage2Reply = "corporate_stage2_reply",
    }
}
impl StageReached {
    /// What the person waits for an answer to: the day it was sent. `None` where they are not waiting.
    pub const fn waits_since(self) -> Option<Milestone> {
        match self {
            Self::Stage1Waiting | Self::CorporateStage1Waiting => Some(Milestone::StageOneSent),
            Self::Stage2Waiting | Self::CorporateStage2Waiting => Some(Milestone::StageTwoSent),
            Self::Stage3Waiting => Some(Milestone::StageThreeSent),
            _ => None,
        }
    }

    /// Whether it is at a stage of the council's own procedure and not of the children's complaints law.
    pub const fn is_corporate(self) -> bool {
        matches!(
            self,
            Self::CorporateStage1Waiting
                | Self::CorporateStage1Reply
                | Self::CorporateStage2Waiting
                | Self::CorporateStage2Reply
        )
    }
}
vocabulary! {
    /// Which way a part goes.
    Route { Statutory = "statutory", Corporate = "corporate", Signpost = "signpost" }
}
vocabulary! {
    /// What we think will happen.
    Outcome {
        Emergency = "emergency", StatutoryStage1 = "statutory_stage1", CorporateStage1 = "corporate_stage1",
        Signpost = "signpost", Split = "split", Wait = "wait", EscalateStage2 = "escalate_stage2",
        EscalateStage3 = "escalate_stage3", EscalateCorporateStage2 = "escalate_corporate_stage2", Ombudsman = "ombudsman",
    }
}
vocabulary! {
    /// Something the person should know beside the outcome.
    Flag {
        AdvocateOffer = "advocate_offer", MayWaitForAdvocate = "may_wait_for_advocate",
        AskToHoldDecision = "ask_to_hold_decision", SufficientInterestCheck = "sufficient_interest_check",
        ChildsViewNeeded = "childs_view_needed", Over12Months = "over_12_months", GiveReason = "give_reason",
        MayBePaused = "may_be_paused", ThenCouncil = "then_council", CouncilFirst = "council_first",
        DateOnLetter = "date_on_letter", TwoClocks = "two_clocks", CouncilLate = "council_late",
        LateRequest = "late_request", ContactBefore12Months = "contact_before_12_months",
    }
}
