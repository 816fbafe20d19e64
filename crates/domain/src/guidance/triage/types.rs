//! The vocabulary of the rules: the answers a person can give, and the results. The ids are published on the wire.

use crate::{guidance::time_limits::Milestone, id_enum::id_enum};

id_enum! {
    /// The person who complains.
    Who {
        Child = "child", CareLeaver = "care_leaver", Parent = "parent", ParentalResponsibility = "parental_responsibility",
        /// A foster carer of a council or of an agency, now or before.
        FosterCarer = "foster_carer", SpecialGuardian = "special_guardian", Adopter = "adopter",
        /// A relative or friend who the child lives or lived with.
        KinshipCarer = "kinship_carer",
        /// A relative who the child does not live with.
        Relative = "relative", Advocate = "advocate",
        /// A partner, step-parent, friend, neighbour or professional.
        SomeoneElse = "someone_else",
    }
}
id_enum! {
    /// The age of a child or care leaver: a band, never a date of birth.
    AgeBand {
        Under8 = "under-8", From8 = "8-11", From12 = "12-15", From16 = "16-17", From18 = "18-25",
        /// An adult who was in care as a child.
        Over25 = "over-25",
    }
}
id_enum! {
    /// The child's agreement to a complaint made for them.
    Agreement { Yes = "yes", No = "no", CannotSay = "cannot_say" }
}
id_enum! {
    /// The agreement of a parent, or of someone else with parental responsibility.
    ParentAgreement { Yes = "yes", No = "no", NotKnown = "not_known" }
}
id_enum! {
    /// The child's position when it happened. The first that fits is the answer.
    ChildStatus {
        LookedAfter = "looked_after", CareLeaver = "care_leaver",
        /// Had a social worker, or a child in need or child protection plan.
        InNeed = "in_need",
        /// Help or an assessment was asked for, and was refused or is still awaited.
        Asked = "asked",
        /// Is disabled, whether or not the council helps.
        Disabled = "disabled", None = "none", NotKnown = "not_known",
    }
}
id_enum! {
    /// The subject of a complaint. Each topic is decided as a separate part.
    Topic {
        StaffConduct = "staff_conduct", StaffDishonesty = "staff_dishonesty", Placement = "placement",
        Assessment = "assessment", Support = "support", ShortBreaks = "short_breaks", VisitsMissed = "visits_missed",
        FamilyTime = "family_time", Delay = "delay", FosterSupport = "foster_support",
        SpecialGuardianshipSupport = "special_guardianship_support", AdoptionSupport = "adoption_support",
        LeavingCare = "leaving_care", KinshipSupport = "kinship_support", HomelessChild = "homeless_child",
        AgeAssessment = "age_assessment", CpEnquiry = "cp_enquiry", ConcernNotActedOn = "concern_not_acted_on",
        CpConference = "cp_conference", CourtApplication = "court_application", CourtEvidence = "court_evidence",
        RecordsWrong = "records_wrong", CarerApproval = "carer_approval", AllegationAboutMe = "allegation_about_me",
        SendTransport = "send_transport", School = "school", SchoolAdmission = "school_admission",
        SchoolExclusion = "school_exclusion", EhcPlanNotGiven = "ehc_plan_not_given", EhcPlanDelay = "ehc_plan_delay", EhcPlanContent = "ehc_plan_content",
        Nhs = "nhs", Housing = "housing", AdultSocialCare = "adult_social_care", PoliceConduct = "police_conduct",
        OtherBody = "other_body", ChildrensHomeOrAgency = "childrens_home_or_agency", DataProtection = "data_protection",
        OtherCouncilService = "other_council_service",
    }
}
id_enum! {
    /// The kind of school, by who runs it.
    SchoolType {
        Maintained = "maintained", Academy = "academy", Independent = "independent", College = "college",
        University = "university",
    }
}
id_enum! {
    /// The kind of problem with help to get to school.
    TransportIssue { Service = "service", Eligibility = "eligibility" }
}
id_enum! {
    /// Another process about the same events: going on now, or, for a court, ended.
    Proceeding {
        Court = "court", Police = "police", Tribunal = "tribunal", Disciplinary = "disciplinary",
        CouncillorOrMp = "councillor_or_mp", SafeguardingReview = "safeguarding_review",
        /// A claim for compensation.
        LegalClaim = "legal_claim", Inquest = "inquest",
        /// A court has decided this.
        CourtEnded = "court_ended",
    }
}
id_enum! {
    /// The stage that a complaint already made has reached.
    StageReached {
        None = "none", Stage1Waiting = "stage1_waiting", Stage1Reply = "stage1_reply", Stage2Waiting = "stage2_waiting",
        Stage2Reply = "stage2_reply", Stage3Waiting = "stage3_waiting", Stage3Reply = "stage3_reply",
        CorporateStage1Waiting = "corporate_stage1_waiting", CorporateStage1Reply = "corporate_stage1_reply",
        CorporateStage2Waiting = "corporate_stage2_waiting", CorporateStage2Reply = "corporate_stage2_reply",
        NotKnown = "not_known",
    }
}
impl StageReached {
    /// Returns the milestone that started the wait; `None` where the person is not waiting.
    pub const fn waits_since(self) -> Option<Milestone> {
        match self {
            Self::Stage1Waiting | Self::CorporateStage1Waiting => Some(Milestone::StageOneSent),
            Self::Stage2Waiting | Self::CorporateStage2Waiting => Some(Milestone::StageTwoSent),
            Self::Stage3Waiting => Some(Milestone::StageThreeSent),
            _ => None,
        }
    }

    /// Returns true for a stage of the council's own procedure, false for one of the children's complaints law.
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
id_enum! {
    /// A council's refusal to go on with a complaint already made.
    CouncilResponse {
        None = "none",
        /// The council refuses the whole complaint.
        RefusedAll = "refused_all",
        /// The council refuses stage 2, has not begun it, or closed the complaint.
        RefusedStageTwo = "refused_stage2",
        /// The council refuses the review panel.
        RefusedStageThree = "refused_stage3",
        /// The council uses its general procedure for help to a child.
        UsedCorporate = "used_corporate", Paused = "paused",
    }
}
id_enum! {
    /// The reason that a council gave for a refusal.
    RefusalReason {
        Late = "late",
        /// The request for the next stage came late.
        RequestLate = "request_late", CourtOrPolice = "court_or_police",
        /// The council says that this person cannot complain.
        Person = "person", Consent = "consent", NotInNeed = "not_in_need",
        /// The council says that there is nothing to add.
        NothingMore = "nothing_more",
        /// The council wants to skip the panel and send the complaint to the Ombudsman.
        EarlyReferral = "early_referral", NotThisProcedure = "not_this_procedure", NoReason = "no_reason",
    }
}
id_enum! {
    /// The procedure for one part of a complaint.
    ProcedureRoute {
        Statutory = "statutory", Corporate = "corporate",
        /// The law leaves the procedure to the council's judgement.
        CouncilDecides = "council_decides", Signpost = "signpost",
    }
}
id_enum! {
    /// The advice as a whole.
    Outcome {
        Emergency = "emergency", StatutoryStage1 = "statutory_stage1", CorporateStage1 = "corporate_stage1",
        CouncilDecides = "council_decides", Signpost = "signpost", Split = "split", Wait = "wait", EscalateStage2 = "escalate_stage2",
        EscalateStage3 = "escalate_stage3", EscalateCorporateStage2 = "escalate_corporate_stage2", Ombudsman = "ombudsman",
        /// The council's refusal can be challenged by a letter.
        Challenge = "challenge",
        /// The person does not know the stage: ask the council.
        AskStage = "ask_stage",
    }
}
id_enum! {
    /// An extra point of advice beside the outcome.
    Flag {
        AdvocateOffer = "advocate_offer", MayWaitForAdvocate = "may_wait_for_advocate",
        AskToHoldDecision = "ask_to_hold_decision", SufficientInterestCheck = "sufficient_interest_check",
        ChildsViewNeeded = "childs_view_needed", Over12Months = "over_12_months", GiveReason = "give_reason",
        MayBePaused = "may_be_paused", ThenCouncil = "then_council", CouncilFirst = "council_first",
        DateOnLetter = "date_on_letter", TwoClocks = "two_clocks", CouncilLate = "council_late",
        LateRequest = "late_request", ContactBefore12Months = "contact_before_12_months",
        WhichProcedureAsk = "which_procedure_ask", Urgent = "urgent", SafeguardingWorry = "safeguarding_worry",
        AdultHelp = "adult_help", ParentsAgreement = "parents_agreement",
        ResubmitWithinAYear = "resubmit_within_a_year", OmbudsmanNotCourt = "ombudsman_not_court",
        CouncilMayDecline = "council_may_decline", RecordsRectify = "records_rectify", Bereaved = "bereaved",
        AskWhyLonger = "ask_why_longer", OmbudsmanLate = "ombudsman_late", FinishAllStages = "finish_all_stages",
        WrongProcedure = "wrong_procedure", RefusedLate = "refused_late", RefusedRequestLate = "refused_request_late",
        RefusedPerson = "refused_person", RefusedConsent = "refused_consent", RefusedNotInNeed = "refused_not_in_need",
        RefusedNothingMore = "refused_nothing_more", RefusedEarlyReferral = "refused_early_referral",
        RefusedNotThisProcedure = "refused_not_this_procedure", RefusedNoReason = "refused_no_reason",
    }
}
