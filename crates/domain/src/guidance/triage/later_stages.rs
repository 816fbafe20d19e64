//! The advice for a complaint already made: a stage has been reached, or the council has refused to go on.

use crate::date::Date;
use crate::guidance::{
    deadline::{Counting, Deadline},
    time_limits::TimeLimit,
    triage::{
        Advice, CouncilResponse, CouncilRules, Facts, Flag, Outcome, PartialDate, ProcedureRoute, RefusalReason,
        SignpostId, StageReached,
    },
};

/// Decides a later stage. Returns false for a first complaint, and changes nothing then.
pub(super) fn decide(facts: &Facts, rules: &CouncilRules, counting: Counting<'_>, advice: &mut Advice) -> bool {
    let mut stage = LaterStage { facts, rules, counting, advice };
    let Some(outcome) = stage.outcome() else { return false };
    let paused = stage.is_pause();
    stage.advice.outcome = outcome;
    if paused || matches!(outcome, Outcome::Ombudsman | Outcome::Challenge) {
        stage.advice.signposts.insert(SignpostId::Ombudsman);
        stage.ombudsman_contact();
    }
    true
}

struct LaterStage<'a> {
    facts: &'a Facts,
    rules: &'a CouncilRules,
    counting: Counting<'a>,
    advice: &'a mut Advice,
}

/// The state of a limit that the council must keep.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wait {
    /// The ordinary limit has not passed, or there is no date to count from.
    InTime,
    /// The ordinary limit has passed, the longest has not.
    PastDue,
    /// The longest limit has passed.
    Late,
}

impl LaterStage<'_> {
    /// Returns the outcome and adds its flags and dates; `None` for a first complaint.
    fn outcome(&mut self) -> Option<Outcome> {
        if self.is_pause() {
            self.advice.flags.extend([Flag::MayBePaused, Flag::ResubmitWithinAYear]);
            return Some(Outcome::Wait);
        }
        let stage = self.facts.stage_reached.unwrap_or(StageReached::None);
        let response = self.facts.response();
        if is_refusal(response) {
            self.advice.flags.insert(refused_flag(self.reason()));
            if response != CouncilResponse::RefusedAll {
                self.advice.flags.insert(Flag::FinishAllStages);
            }
            return Some(Outcome::Challenge);
        }
        if self.is_wrong_procedure(stage, response) {
            self.advice.flags.insert(Flag::WrongProcedure);
            if stage == StageReached::CorporateStage1Reply && self.advice.has(ProcedureRoute::Corporate) {
                self.ask_for_corporate_stage_two();
            }
            return Some(Outcome::Challenge);
        }
        self.outcome_of_stage(stage)
    }

    #[allow(clippy::too_many_lines, reason = "older than the limit of 60 lines")]
    fn outcome_of_stage(&mut self, stage: StageReached) -> Option<Outcome> {
        let facts = self.facts;
        let sent = facts.sent_date.map(PartialDate::Day);
        Some(match stage {
            StageReached::None => return None,
            StageReached::NotKnown => {
                self.advice.flags.insert(Flag::WhichProcedureAsk);
                if let Some(sent) = facts.stage1_sent {
                    self.show(TimeLimit::StatutoryOne, Some(sent));
                    self.show_corporate(TimeLimit::CorporateOneAck, TimeLimit::CorporateOne, Some(sent));
                }
                Outcome::AskStage
            }
            StageReached::Stage1Waiting => {
                let wait = self.wait(TimeLimit::StatutoryOne, facts.stage1_sent);
                let outcome = self.waited(wait, Outcome::EscalateStage2);
                if wait == Wait::Late {
                    self.show(TimeLimit::StatutoryTwo, sent);
                }
                outcome
            }
            StageReached::Stage1Reply => {
                self.request(TimeLimit::AskStageTwo, facts.stage1_reply_received);
                self.show(TimeLimit::StatutoryTwo, sent);
                self.investigation();
                Outcome::EscalateStage2
            }
            StageReached::Stage2Waiting => {
                let wait = self.wait(TimeLimit::StatutoryTwo, facts.stage2_sent);
                self.investigation();
                self.waited(wait, Outcome::Ombudsman)
            }
            StageReached::Stage2Reply => {
                self.request(TimeLimit::AskStageThree, facts.stage2_reply_received);
                self.show(TimeLimit::Panel, sent);
                self.show(TimeLimit::PanelReport, facts.panel_met);
                self.show(TimeLimit::PanelResponse, facts.panel_report_received);
                Outcome::EscalateStage3
            }
            StageReached::Stage3Waiting => self.waiting_for_panel(),
            StageReached::Stage3Reply => {
                self.show(TimeLimit::PanelResponse, facts.panel_report_received);
                Outcome::Ombudsman
            }
            StageReached::CorporateStage1Waiting => {
                let asked = facts.stage1_sent.or(sent);
                let wait = self.show_corporate(TimeLimit::CorporateOneAck, TimeLimit::CorporateOne, asked);
                let outcome = self.waited(wait, Outcome::EscalateCorporateStage2);
                if wait == Wait::Late {
                    self.ask_for_corporate_stage_two();
                }
                outcome
            }
            StageReached::CorporateStage2Waiting => {
                let asked = facts.stage2_sent.or(sent);
                let wait = self.show_corporate(TimeLimit::CorporateTwoAck, TimeLimit::CorporateTwo, asked);
                self.waited(wait, Outcome::Ombudsman)
            }
            StageReached::CorporateStage1Reply => {
                self.ask_for_corporate_stage_two();
                Outcome::EscalateCorporateStage2
            }
            StageReached::CorporateStage2Reply => Outcome::Ombudsman,
        })
    }

    /// The panel, then its report, then the council's answer: the latest date known says which is awaited.
    fn waiting_for_panel(&mut self) -> Outcome {
        let facts = self.facts;
        let panel = self.wait(TimeLimit::Panel, facts.stage3_sent);
        let report = self.wait(TimeLimit::PanelReport, facts.panel_met);
        let response = self.wait(TimeLimit::PanelResponse, facts.panel_report_received);
        let wait = match (facts.panel_report_received, facts.panel_met) {
            (Some(_), _) => response,
            (None, Some(_)) => report,
            (None, None) => panel,
        };
        self.waited(wait, Outcome::Ombudsman)
    }

    fn is_pause(&self) -> bool {
        let response = self.facts.response();
        let court_or_police = is_refusal(response) && self.reason() == RefusalReason::CourtOrPolice;
        response == CouncilResponse::Paused || court_or_police
    }

    fn reason(&self) -> RefusalReason {
        self.facts.refusal_reason.unwrap_or(RefusalReason::NoReason)
    }

    /// The general procedure is in use where the children's procedure applies, or may apply.
    fn is_wrong_procedure(&self, stage: StageReached, response: CouncilResponse) -> bool {
        let answered = matches!(stage, StageReached::CorporateStage1Reply | StageReached::CorporateStage2Reply);
        let used_corporate = response == CouncilResponse::UsedCorporate
            && (self.advice.parts.is_empty() || self.advice.may_be_statutory());
        used_corporate || answered && self.advice.has(ProcedureRoute::Statutory)
    }

    fn today(&self) -> Option<Date> {
        self.facts.sent_date
    }

    /// Adds the dates of a clock, where the date that starts it is known.
    fn show(&mut self, clock: TimeLimit, from: Option<PartialDate>) -> Option<Deadline> {
        let deadline = from.map(|from| self.counting.deadline(clock, from));
        self.advice.deadlines.extend(deadline);
        deadline
    }

    /// Adds the dates of a limit that the council must keep, and returns how far it has run.
    fn wait(&mut self, clock: TimeLimit, from: Option<PartialDate>) -> Wait {
        let Some((deadline, today)) = self.show(clock, from).zip(self.today()) else { return Wait::InTime };
        let last = match clock.overdue_after() {
            Some(span) => self.counting.end(deadline.from, span),
            None => deadline.last_day(),
        };
        match today {
            late if late > last => Wait::Late,
            past if past > deadline.due => Wait::PastDue,
            _ => Wait::InTime,
        }
    }

    /// Adds the flag of a wait, and returns its outcome.
    fn waited(&mut self, wait: Wait, late: Outcome) -> Outcome {
        let (flag, outcome) = match wait {
            Wait::InTime => (None, Outcome::Wait),
            Wait::PastDue => (Some(Flag::AskWhyLonger), Outcome::Wait),
            Wait::Late => (Some(Flag::CouncilLate), late),
        };
        self.advice.flags.extend(flag);
        outcome
    }

    /// Adds the soft limit for asking for the next stage.
    fn request(&mut self, clock: TimeLimit, from: Option<PartialDate>) {
        self.show(clock, from);
        if self.is_past(clock, from) {
            self.advice.flags.extend([Flag::LateRequest, Flag::GiveReason]);
        }
    }

    fn is_past(&self, clock: TimeLimit, from: Option<PartialDate>) -> bool {
        from.zip(self.today()).is_some_and(|(from, today)| self.counting.is_past(clock, from, today))
    }

    /// Adds the second way of counting stage 2, where the council uses it.
    fn investigation(&mut self) {
        let agreed = self.facts.statement_agreed.filter(|_| self.rules.counts_from_statement);
        if self.show(TimeLimit::CouncilInvestigation, agreed).is_some() {
            self.advice.flags.insert(Flag::TwoClocks);
        }
    }

    /// Adds both limits of a general stage: the answer is counted from the acknowledgement, or from its last day.
    fn show_corporate(&mut self, ack: TimeLimit, response: TimeLimit, asked: Option<PartialDate>) -> Wait {
        let last_day = self.show(ack, asked);
        let given = self.facts.acknowledged;
        let about = last_day.is_some_and(|deadline| deadline.about);
        let acknowledged = given.or(last_day.map(|deadline| PartialDate::Day(deadline.due)));
        let wait = self.wait(response, acknowledged);
        if given.is_none() && about {
            self.mark_last_about();
        }
        wait
    }

    /// A limit that is counted from an approximate date is approximate too.
    fn mark_last_about(&mut self) {
        if let Some(last) = self.advice.deadlines.last_mut() {
            last.about = true;
        }
    }

    /// Adds both limits of general stage 2, for a request sent today.
    fn ask_for_corporate_stage_two(&mut self) {
        let asked = self.facts.sent_date.map(PartialDate::Day);
        let last_day = self.show(TimeLimit::CorporateTwoAck, asked).map(|deadline| PartialDate::Day(deadline.due));
        self.show(TimeLimit::CorporateTwo, last_day);
    }

    /// Adds the Ombudsman's twelve months, where the person says when they knew.
    fn ombudsman_contact(&mut self) {
        let since = self.facts.aware_since;
        if self.show(TimeLimit::Ombudsman, since).is_none() {
            return;
        }
        let late = self.is_past(TimeLimit::Ombudsman, since);
        self.advice.flags.insert(if late { Flag::OmbudsmanLate } else { Flag::ContactBefore12Months });
    }
}

const fn is_refusal(response: CouncilResponse) -> bool {
    matches!(
        response,
        CouncilResponse::RefusedAll | CouncilResponse::RefusedStageTwo | CouncilResponse::RefusedStageThree
    )
}

const fn refused_flag(reason: RefusalReason) -> Flag {
    match reason {
        RefusalReason::Late => Flag::RefusedLate,
        RefusalReason::RequestLate => Flag::RefusedRequestLate,
        RefusalReason::Person => Flag::RefusedPerson,
        RefusalReason::Consent => Flag::RefusedConsent,
        RefusalReason::NotInNeed => Flag::RefusedNotInNeed,
        RefusalReason::NothingMore => Flag::RefusedNothingMore,
        RefusalReason::EarlyReferral => Flag::RefusedEarlyReferral,
        RefusalReason::NotThisProcedure => Flag::RefusedNotThisProcedure,
        // A pause is decided before a refusal, so courts and the police never come here.
        RefusalReason::NoReason | RefusalReason::CourtOrPolice => Flag::RefusedNoReason,
    }
}
