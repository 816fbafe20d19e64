//! The clocks of the two procedures and their limits: the one source of every time limit in Putright.
//!
//! Statutory limits: the Children Act 1989 Representations Procedure (England) Regulations 2006 (SI 2006/1738),
//! regulations 14, 17, 18, 19 and 20. Corporate limits: the Local Government and Social Care Ombudsman's Complaint Handling
//! Code (2024). The Ombudsman's own year: Local Government Act 1974, section 26B.

use crate::id_enum::id_enum;

id_enum! {
    /// A limit that runs from a known event.
    TimeLimit {
        /// A council's own promise: it gets in touch after a first complaint.
        CouncilContact = "council.s1.contact",
        /// Regulation 14: the answer at stage 1.
        StatutoryOne = "statutory.s1.response",
        /// The person asks for stage 2. Soft: the council may still accept.
        AskStageTwo = "complainant.s2.request",
        /// Regulation 17: the answer at stage 2, counted from the request, as the Ombudsman counts.
        StatutoryTwo = "statutory.s2.response",
        /// The same answer, counted from the agreed statement, as some councils count.
        CouncilInvestigation = "council.s2.investigation",
        /// Regulation 18: the person asks for a review panel. Soft.
        AskStageThree = "complainant.s3.request",
        /// Regulation 19: the panel meets.
        Panel = "statutory.s3.panel",
        /// Regulation 20: the panel reports.
        PanelReport = "statutory.s3.report",
        /// Regulation 20: the council answers the panel.
        PanelResponse = "statutory.s3.response",
        /// The Code: stage 1 acknowledged.
        CorporateOneAck = "corporate.s1.ack",
        /// The Code: stage 1 answered, counted from the acknowledgement.
        CorporateOne = "corporate.s1.response",
        /// The Code: stage 2 acknowledged.
        CorporateTwoAck = "corporate.s2.ack",
        /// The Code: the final answer, counted from the acknowledgement.
        CorporateTwo = "corporate.s2.response",
        /// Section 26B: the person goes to the Ombudsman.
        Ombudsman = "ombudsman.contact",
    }
}

id_enum! {
    /// A day in the life of a complaint that starts a clock or stops one. Its id names its date among the facts, and the
    /// question that asks for it.
    Milestone {
        /// The complaint was sent.
        StageOneSent = "stage1_sent",
        /// The council said that it has the general complaint, or the request for its second stage.
        Acknowledged = "acknowledged",
        /// The answer at stage 1 came.
        StageOneReply = "stage1_reply_received",
        /// Stage 2 was asked for.
        StageTwoSent = "stage2_sent",
        /// The statement of complaint was agreed.
        StatementAgreed = "statement_agreed",
        /// The answer at stage 2 came.
        StageTwoReply = "stage2_reply_received",
        /// The review panel was asked for.
        StageThreeSent = "stage3_sent",
        /// The panel met.
        PanelMet = "panel_met",
        /// The panel's report came.
        PanelReport = "panel_report_received",
        /// The person first knew of the problem.
        AwareSince = "aware_since",
    }
}

id_enum! {
    /// The basis of a limit: who sets it.
    Basis {
        /// An Act or regulations.
        Law = "law",
        /// The Ombudsman's Complaint Handling Code.
        Code = "code",
        /// The council itself.
        Promise = "promise",
    }
}

/// The working days ahead within which an event to be stopped is urgent.
pub const URGENT_WITHIN: u32 = 10;

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum LimitLength {
    /// Working days.
    WorkingDays(u32),
    /// Calendar months.
    Months(u32),
}

/// How long a clock runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Limit {
    /// The ordinary limit.
    pub due: LimitLength,
    /// The longest it may take where it can be extended: a total from the same start, not an addition.
    pub latest: Option<LimitLength>,
}

impl TimeLimit {
    /// Returns the basis of the limit.
    pub const fn basis(self) -> Basis {
        match self {
            Self::CouncilContact | Self::CouncilInvestigation => Basis::Promise,
            Self::CorporateOneAck | Self::CorporateOne | Self::CorporateTwoAck | Self::CorporateTwo => Basis::Code,
            _ => Basis::Law,
        }
    }

    /// Returns whether the person, and not the council, must act within the limit.
    pub const fn is_the_persons(self) -> bool {
        matches!(self, Self::AskStageTwo | Self::AskStageThree | Self::Ombudsman)
    }

    /// Returns the span after which the council is late, for a limit that the law ends with "or as soon as it can"
    /// (regulation 20). The law gives no number of days: this is Putright's own reading.
    pub const fn overdue_after(self) -> Option<LimitLength> {
        match self {
            Self::PanelReport => Some(LimitLength::WorkingDays(20)),
            Self::PanelResponse => Some(LimitLength::WorkingDays(30)),
            _ => None,
        }
    }

    /// The day that starts it.
    pub const fn starts_with(self) -> Milestone {
        match self {
            Self::CouncilContact | Self::StatutoryOne | Self::CorporateOneAck => Milestone::StageOneSent,
            Self::AskStageTwo => Milestone::StageOneReply,
            Self::StatutoryTwo | Self::CorporateTwoAck => Milestone::StageTwoSent,
            Self::CouncilInvestigation => Milestone::StatementAgreed,
            Self::AskStageThree => Milestone::StageTwoReply,
            Self::Panel => Milestone::StageThreeSent,
            Self::PanelReport => Milestone::PanelMet,
            Self::PanelResponse => Milestone::PanelReport,
            Self::CorporateOne | Self::CorporateTwo => Milestone::Acknowledged,
            Self::Ombudsman => Milestone::AwareSince,
        }
    }

    /// The day that stops it; `None` where no date that is asked for does.
    pub const fn stops_with(self) -> Option<Milestone> {
        match self {
            Self::StatutoryOne | Self::CorporateOne => Some(Milestone::StageOneReply),
            Self::AskStageTwo => Some(Milestone::StageTwoSent),
            Self::StatutoryTwo | Self::CouncilInvestigation | Self::CorporateTwo => Some(Milestone::StageTwoReply),
            Self::AskStageThree => Some(Milestone::StageThreeSent),
            Self::Panel => Some(Milestone::PanelMet),
            Self::PanelReport => Some(Milestone::PanelReport),
            Self::CorporateOneAck | Self::CorporateTwoAck => Some(Milestone::Acknowledged),
            Self::CouncilContact | Self::PanelResponse | Self::Ombudsman => None,
        }
    }

    const fn standard(self) -> Limit {
        use LimitLength::{Months, WorkingDays};
        let (due, latest) = match self {
            Self::CouncilContact => (WorkingDays(3), None),
            Self::StatutoryOne | Self::CorporateOne => (WorkingDays(10), Some(WorkingDays(20))),
            Self::AskStageTwo | Self::AskStageThree => (WorkingDays(20), None),
            Self::StatutoryTwo | Self::CouncilInvestigation => (WorkingDays(25), Some(WorkingDays(65))),
            Self::Panel => (WorkingDays(30), None),
            Self::PanelReport | Self::CorporateOneAck | Self::CorporateTwoAck => (WorkingDays(5), None),
            Self::PanelResponse => (WorkingDays(15), None),
            Self::CorporateTwo => (WorkingDays(20), Some(WorkingDays(40))),
            Self::Ombudsman => (Months(12), None),
        };
        Limit { due, latest }
    }
}

/// The limits in force: the law's and the Code's, and whatever shorter ones a council promises.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Limits([Limit; TimeLimit::ALL.len()]);

impl Default for Limits {
    fn default() -> Self {
        Self(std::array::from_fn(|index| {
            TimeLimit::ALL.get(index).copied().unwrap_or(TimeLimit::StatutoryOne).standard()
        }))
    }
}

impl Limits {
    /// The limit of a clock.
    pub fn of(&self, clock: TimeLimit) -> Limit {
        self.0.get(clock as usize).copied().unwrap_or_else(|| clock.standard())
    }

    /// Sets the ordinary limit of a clock, in working days. A council's own promise may be any length; what the law or the
    /// Code sets may only be shortened.
    ///
    /// # Errors
    /// Returns the limit in force if the new one is longer or zero, or if the limit does not count working days.
    pub fn shorten(&mut self, clock: TimeLimit, days: u32) -> Result<(), Limit> {
        let limit = self.of(clock);
        match (limit.due, self.0.get_mut(clock as usize)) {
            (LimitLength::WorkingDays(most), Some(held))
                if days >= 1 && (days <= most || clock.basis() == Basis::Promise) =>
            {
                held.due = LimitLength::WorkingDays(days);
                Ok(())
            }
            _ => Err(limit),
        }
    }
}
