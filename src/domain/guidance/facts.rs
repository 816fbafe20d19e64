//! From answers to questions to the facts that the rules go by.
//!
//! The questions that the rules read are known here by their ids; a council's own questions are not, and change no advice.

use super::{
    procedure::Milestone,
    triage::{ActingFor, Agreement, Facts},
};
use crate::domain::{
    date::Date,
    journey::answer::{Answer, Answers, numbered},
    vocabulary::{IdSet, Vocabulary},
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
}

/// Most children that one complaint can be about.
pub const MOST_CHILDREN: usize = 6;
/// Most points of one complaint.
pub const MOST_POINTS: usize = 5;

/// The id of the option "no" in a yes-or-no question.
pub const NO: &str = "no";
/// The id of the option "yes" in a yes-or-no question.
pub const YES: &str = "yes";

/// The value of a single choice, where the question was answered.
pub fn one<T>(answers: &Answers, question: &str, from_id: impl Fn(&str) -> Option<T>) -> Option<T> {
    match answers.get(question)? {
        Answer::One(option) => from_id(option),
        _ => None,
    }
}

/// The values of a choice of several. An option that is no value ("none of these") is left out.
pub fn many<T: Vocabulary>(answers: &Answers, question: &str, from_id: fn(&str) -> Option<T>) -> IdSet<T> {
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

/// Whether the children agree: all of them, or what the first of them says who does not.
fn all_agree(answers: &Answers) -> Option<Agreement> {
    let said =
        (1..=MOST_CHILDREN).filter_map(|number| one(answers, &numbered(ids::CHILD_AGREES, number), Agreement::from_id));
    said.fold(None, |all, one| if all.is_none_or(|all| all == Agreement::Yes) { Some(one) } else { all })
}

impl Facts {
    /// What the answers on the way tell. A day known only to the month counts as its last: nobody is called late by guess.
    pub fn from_answers(answers: &Answers, today: Date) -> Self {
        use super::triage::{AgeBand, ChildStatus, Proceeding, SchoolType, StageReached, Topic, TransportIssue, Who};
        let day = |question: &str| match answers.get(question) {
            Some(Answer::When(when)) => when.latest().map(|day| day.min(today)),
            _ => None,
        };
        let milestone = |milestone: Milestone| day(milestone.id());
        Self {
            who: one(answers, ids::WHO, Who::from_id),
            age_band: one(answers, ids::AGE_BAND, AgeBand::from_id),
            acting_for: ActingFor { child_agrees: all_agree(answers) },
            child_status: one(answers, ids::CHILD_STATUS, ChildStatus::from_id),
            topics: many(answers, ids::TOPICS, Topic::from_id),
            school_type: one(answers, ids::SCHOOL_TYPE, SchoolType::from_id),
            transport_issue: one(answers, ids::TRANSPORT_ISSUE, TransportIssue::from_id),
            told_provider: yes_or_no(answers, ids::TOLD_PROVIDER),
            proceedings: many(answers, ids::PROCEEDINGS, Proceeding::from_id),
            event_date: day(ids::EVENT_DATE),
            sent_date: Some(today),
            late_reason: text(answers, ids::LATE_REASON),
            stage_reached: one(answers, ids::STAGE_REACHED, StageReached::from_id),
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
            ..Self::default()
        }
    }
}
