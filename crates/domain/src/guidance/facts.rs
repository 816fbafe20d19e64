//! From answers to questions to the facts that the rules go by.
//!
//! The questions that the rules read are known here by their ids; a council's own questions are not, and change no advice.

pub use crate::form::question::{NO, YES};
use crate::guidance::{
    time_limits::Milestone,
    triage::{ActingFor, Agreement, Facts, Upcoming},
};
use crate::{
    date::{Date, PartialDate},
    form::answer::{Answer, Answers, ApproximateDate, NOT_KNOWN, numbered},
    id_enum::{IdEnum, IdSet},
};

/// The ids of the questions that the rules or the submission read.
pub mod ids {
    #![allow(missing_docs, reason = "each is the id of the question it names")]
    pub const WANT: &str = "want";
    pub const BOROUGH: &str = "borough";
    pub const WHO: &str = "who";
    pub const AGE_BAND: &str = "age_band";
    pub const CHILD_AGREES: &str = "child_agrees";
    pub const CHILD_AGREES_WHY: &str = "child_agrees_why";
    pub const CHILD_STATUS: &str = "child_status";
    pub const TOPICS: &str = "topics";
    pub const SCHOOL_TYPE: &str = "school_type";
    pub const TRANSPORT_ISSUE: &str = "transport_issue";
    pub const TOLD_PROVIDER: &str = "told_provider";
    pub const PROCEEDINGS: &str = "proceedings";
    pub const EVENT_DATE: &str = "event_date";
    pub const LATE_REASON: &str = "late_reason";
    pub const TOLD_TEAM: &str = "told_team";
    pub const WHAT_HAPPENED: &str = "what_happened";
    pub const OTHER_DATES: &str = "other_dates";
    pub const PEOPLE_AND_TEAMS: &str = "people_and_teams";
    pub const EFFECT: &str = "effect";
    pub const WISHES: &str = "wishes";
    pub const WISH_WORDS: &str = "wish_words";
    pub const FULL_NAME: &str = "full_name";
    pub const SENDER_NAME: &str = "sender_name";
    pub const SHARING_THANKS: &str = "sharing_thanks";
    pub const INTERPRETER_LANGUAGE: &str = "interpreter_language";
    pub const REACH: &str = "reach";
    pub const SAFE_CONTACT: &str = "safe_contact";
    pub const HELP: &str = "help";
    pub const HELP_WORDS: &str = "help_words";
    pub const SHARING: &str = "sharing";
    pub const WHAT_WAS_GOOD: &str = "what_was_good";
    pub const COMMENT: &str = "comment";
    pub const ABOUT_WHOM: &str = "about_whom";
    pub const MAY_TELL: &str = "may_tell";
    pub const HELPER_ROLE: &str = "helper_role";
    pub const AUTHORITY: &str = "authority";
    pub const REPLY_TO: &str = "reply_to";
    pub const CHILD_NAME: &str = "child_name";
    pub const CHILD_AGE: &str = "child_age";
    pub const CHILD_WORDS: &str = "child_words";
    pub const ANOTHER_CHILD: &str = "another_child";
    pub const ANOTHER_POINT: &str = "another_point";
    pub const STAGE_REACHED: &str = "stage_reached";
    pub const LAST_STEP: &str = "last_step";
    /// The questions whose options are stages: one for all, and one for each of the last steps.
    pub const STAGES: [&str; 4] = [STAGE_REACHED, "stage_waiting", "stage_answered", "stage_asked"];
    pub const LETTER_PARTS: &str = "letter_parts";
    pub const COUNCIL_SAID: &str = "council_said";
    pub const LETTER_WHY: &str = "letter_why";
    pub const LETTER_WANTS: &str = "letter_wants";
    pub const LETTER: &str = "letter";
    pub const COUNCIL_REFERENCE: &str = "council_reference";
    pub const FEELING: &str = "feeling";
    pub const SAFE_NOW: &str = "safe_now";
    pub const HOLD_DECISION: &str = "hold_decision";
    pub const TELL_HOW: &str = "tell_how";
    pub const ADVOCATE: &str = "advocate";
    pub const TRUSTED_ADULT: &str = "trusted_adult";
    pub const FILES: &str = "files";
    pub const CARE_LEAVER_AGE: &str = "care_leaver_age";
    pub const PARENT_AGREES: &str = "parent_agrees";
    pub const ABOUT_TO_HAPPEN: &str = "about_to_happen";
    pub const ABOUT_TO_HAPPEN_ON: &str = "about_to_happen_on";
    pub const COUNCIL_RESPONSE: &str = "council_response";
    pub const REFUSAL_REASON: &str = "refusal_reason";
    pub const REFUSAL_WHY: &str = "refusal_why";
}

/// Most children that one complaint can be about.
pub const MOST_CHILDREN: usize = 6;
/// Most points of one complaint.
pub const MOST_POINTS: usize = 5;

/// The topic option that reports a child who is, or may be, hurt or not safe; also the id of the answer where a person confirms
/// it beside words of danger.
pub const SAFEGUARDING_WORRY: &str = "safeguarding_worry";
/// The option, where a child is asked about, for a child who has died.
pub const DIED: &str = "died";
/// The option for something that is about to happen today.
pub const TODAY: &str = "today";
/// The option of somebody who was asked to complain by the child.
const CHILD_ASKED: &str = "child_asked";
/// The option for something that is about to happen on a day that the next question asks for.
pub const ON_A_DAY: &str = "on_a_day";

/// The value of a single choice, where the question was answered.
pub fn one<T>(answers: &Answers, question: &str, from_id: impl Fn(&str) -> Option<T>) -> Option<T> {
    match answers.get(question)? {
        Answer::One(option) => from_id(option),
        _ => None,
    }
}

/// The values of a choice of several. An option that is no value ("none of these") is left out.
pub fn many<T: IdEnum>(answers: &Answers, question: &str, from_id: fn(&str) -> Option<T>) -> IdSet<T> {
    let chosen = match answers.get(question) {
        Some(Answer::Many(options)) => options.as_slice(),
        _ => &[],
    };
    chosen.iter().filter_map(|option| from_id(option)).collect()
}

/// The text of an answer, where one was given.
pub fn text(answers: &Answers, question: &str) -> Option<String> {
    match answers.get(question)? {
        Answer::Text(text) => Some(text.clone()),
        _ => None,
    }
}

/// A yes or a no.
pub fn yes_or_no(answers: &Answers, question: &str) -> Option<bool> {
    one(answers, question, |id| match id {
        YES => Some(true),
        NO => Some(false),
        _ => None,
    })
}

/// Returns `Yes` if all children agree, and otherwise the answer of the first child who does not. Returns `None` if
/// there is no answer to go by.
fn all_agree(answers: &Answers) -> Option<Agreement> {
    let said =
        (1..=MOST_CHILDREN).filter_map(|number| one(answers, &numbered(ids::CHILD_AGREES, number), Agreement::from_id));
    let all = said.fold(None, |all, one| if all.is_none_or(|all| all == Agreement::Yes) { Some(one) } else { all });
    // Nobody who was asked by the child is asked whether the child agrees.
    let asked = answers.get(ids::AUTHORITY).is_some_and(|answer| answer.has(CHILD_ASKED));
    all.or_else(|| asked.then_some(Agreement::Yes))
}

/// Returns the date of an answer, as exactly as it is known.
fn date(answers: &Answers, question: &str) -> Option<PartialDate> {
    match answers.get(question)? {
        Answer::When(ApproximateDate::Day { date }) => Some(PartialDate::Day(*date)),
        Answer::When(ApproximateDate::Month { year, month }) => PartialDate::month(*year, *month),
        _ => None,
    }
}

/// Returns what is about to happen, in the form that is sent; `None` where nothing is.
pub fn about_to_happen(answers: &Answers, today: Date) -> Option<ApproximateDate> {
    match answers.get(ids::ABOUT_TO_HAPPEN)? {
        Answer::One(option) if option == TODAY => Some(ApproximateDate::Day { date: today }),
        Answer::One(option) if option == ON_A_DAY => match answers.get(ids::ABOUT_TO_HAPPEN_ON) {
            Some(Answer::When(when)) => Some(when.clone()),
            _ => Some(ApproximateDate::NotKnown),
        },
        Answer::One(option) if option == NOT_KNOWN => Some(ApproximateDate::NotKnown),
        _ => None,
    }
}

impl Facts {
    /// Returns the facts that the answers on the way give.
    pub fn from_answers(answers: &Answers, today: Date) -> Self {
        use super::triage::{
            AgeBand, ChildStatus, CouncilResponse, ParentAgreement, Proceeding, RefusalReason, SchoolType,
            StageReached, Topic, TransportIssue, Who,
        };
        let milestone = |milestone: Milestone| date(answers, milestone.id());
        let upcoming = about_to_happen(answers, today).map(|_| match answers.get(ids::ABOUT_TO_HAPPEN) {
            Some(Answer::One(option)) if option == TODAY => Upcoming::Today,
            _ => date(answers, ids::ABOUT_TO_HAPPEN_ON).map_or(Upcoming::NotKnown, Upcoming::On),
        });
        Self {
            who: one(answers, ids::WHO, Who::from_id),
            age_band: one(answers, ids::AGE_BAND, AgeBand::from_id)
                .or_else(|| one(answers, ids::CARE_LEAVER_AGE, AgeBand::from_id)),
            acting_for: ActingFor {
                child_agrees: all_agree(answers),
                parent_agrees: one(answers, ids::PARENT_AGREES, ParentAgreement::from_id),
            },
            child_status: one(answers, ids::CHILD_STATUS, ChildStatus::from_id),
            child_died: [ids::CHILD_STATUS, ids::AUTHORITY]
                .iter()
                .any(|question| answers.get(question).is_some_and(|answer| answer.has(DIED))),
            about_to_happen: upcoming,
            safeguarding_worry: answers.get(SAFEGUARDING_WORRY).is_some()
                || answers.get(ids::TOPICS).is_some_and(|answer| answer.has(SAFEGUARDING_WORRY)),
            topics: many(answers, ids::TOPICS, Topic::from_id),
            school_type: one(answers, ids::SCHOOL_TYPE, SchoolType::from_id),
            transport_issue: one(answers, ids::TRANSPORT_ISSUE, TransportIssue::from_id),
            told_provider: yes_or_no(answers, ids::TOLD_PROVIDER),
            proceedings: many(answers, ids::PROCEEDINGS, Proceeding::from_id),
            event_date: date(answers, ids::EVENT_DATE),
            sent_date: Some(today),
            late_reason: text(answers, ids::LATE_REASON),
            stage_reached: ids::STAGES.iter().find_map(|question| one(answers, question, StageReached::from_id)),
            council_response: one(answers, ids::COUNCIL_RESPONSE, CouncilResponse::from_id),
            refusal_reason: one(answers, ids::REFUSAL_REASON, RefusalReason::from_id),
            stage1_sent: milestone(Milestone::StageOneSent),
            stage1_reply_received: milestone(Milestone::StageOneReply),
            stage2_sent: milestone(Milestone::StageTwoSent),
            statement_agreed: milestone(Milestone::StatementAgreed),
            stage2_reply_received: milestone(Milestone::StageTwoReply),
            stage3_sent: milestone(Milestone::StageThreeSent),
            acknowledged: milestone(Milestone::Acknowledged),
            panel_met: milestone(Milestone::PanelMet),
            panel_report_received: milestone(Milestone::PanelReport),
            aware_since: milestone(Milestone::AwareSince),
            immediate_danger: false,
        }
    }
}
