//! The questions that have a place of their own in a submission, and a check of a flow against them.

use super::is_no_answer;
use crate::{
    data::{Diagnostics, InvalidFile, pointer_step},
    form::{
        answer::{NOT_KNOWN, QuestionId, numbered, unnumbered},
        flow::{Flow, FlowQuestion},
        question::QuestionKind,
    },
    guidance::{
        facts::{DIED, NO, ON_A_DAY, SAFEGUARDING_WORRY, TODAY, YES, ids},
        time_limits::Milestone,
        triage::{
            AgeBand, Agreement, ChildStatus, CouncilResponse, Outcome, ParentAgreement, Proceeding, RefusalReason,
            SchoolType, StageReached, Topic, TransportIssue, Who,
        },
    },
    submission::format::{AdvocateWish, Authority, ContactMethod, Feeling, Help, ReplyTo, Said, ToldTeam, Wish},
};

/// A question that the rules or the format read: where its answer goes, and which options are known.
pub(super) struct Known {
    pub(super) question: &'static str,
    /// The place in the submission, as a JSON pointer.
    pointer: &'static str,
    /// The options that mean something; empty where any will do.
    pub(super) options: &'static [&'static str],
}

const fn known(question: &'static str, pointer: &'static str, options: &'static [&'static str]) -> Known {
    Known { question, pointer, options }
}

/// Options that set a fact of their own, and are no value of their question.
const OPTIONS_OF_THEIR_OWN: &[(&str, &str)] = &[
    (ids::TOPICS, SAFEGUARDING_WORRY),
    (ids::CHILD_STATUS, DIED),
    (ids::AUTHORITY, DIED),
    (ids::STAGE_REACHED, STOPPED),
];
const YES_OR_NO: &[&str] = &[YES, NO];
/// The option of [`ids::STAGE_REACHED`] for a complaint that the council refused, closed, paused or put into another procedure.
pub const STOPPED: &str = "stopped";
/// The option of who would rather be rung than write: that is sent as help to take part.
pub const RING: &str = "ring";
/// The option of who writes what happened.
pub const WRITE: &str = "write";

/// The place of the stage in a submission.
const STAGE: &str = "/follow_up/stage_reached";

/// Every question with a place of its own. All others go under `/other_answers`.
const KNOWN: &[Known] = &[
    known(ids::WANT, "/kind", &[]),
    known(ids::BOROUGH, "/council", &[]),
    known(ids::WHO, "/about/who", Who::IDS),
    known(ids::AGE_BAND, "/about/age_band", AgeBand::IDS),
    known(ids::CHILD_AGREES_WHY, "/children/#/agrees_why", &[]),
    known(ids::CHILD_AGREES, "/children/#/agrees", Agreement::IDS),
    known(ids::CHILD_NAME, "/children/#/name", &[]),
    known(ids::CHILD_AGE, "/children/#/age_band", AgeBand::IDS),
    known(ids::CHILD_WORDS, "/children/#/own_words", &[]),
    known(ids::ANOTHER_CHILD, "/children", YES_OR_NO),
    known(ids::HELPER_ROLE, "/representative/role", &[]),
    known(ids::AUTHORITY, "/representative/authority", Authority::IDS),
    known(ids::REPLY_TO, "/representative/reply_to", ReplyTo::IDS),
    known(ids::ABOUT_WHOM, "/about_whom", &[]),
    known(ids::MAY_TELL, "/may_tell", YES_OR_NO),
    known(ids::PARENT_AGREES, "/about/parent_agrees", ParentAgreement::IDS),
    known(SAFEGUARDING_WORRY, "/about/safeguarding_worry", &[YES]),
    known(ids::CARE_LEAVER_AGE, "/about/age_band", AgeBand::IDS),
    known(ids::ABOUT_TO_HAPPEN_ON, "/about/about_to_happen", &[]),
    known(ids::ABOUT_TO_HAPPEN, "/about/about_to_happen", &[NO, TODAY, ON_A_DAY, NOT_KNOWN]),
    known(ids::CHILD_STATUS, "/about/child_status", ChildStatus::IDS),
    known(ids::TOPICS, "/about/topics", Topic::IDS),
    known(ids::SCHOOL_TYPE, "/about/school_type", SchoolType::IDS),
    known(ids::TRANSPORT_ISSUE, "/about/transport_issue", TransportIssue::IDS),
    known(ids::TOLD_PROVIDER, "/about/told_provider", YES_OR_NO),
    known(ids::PROCEEDINGS, "/about/proceedings", Proceeding::IDS),
    known(ids::EVENT_DATE, "/about/when", &[]),
    known(ids::LATE_REASON, "/about/late_reason", &[]),
    known(ids::TOLD_TEAM, "/about/told_team", ToldTeam::IDS),
    known(ids::WHAT_HAPPENED, "/points/#/what_happened", &[]),
    known(ids::OTHER_DATES, "/points/#/dates", &[]),
    known(ids::PEOPLE_AND_TEAMS, "/points/#/people_and_teams", &[]),
    known(ids::EFFECT, "/points/#/effect", &[]),
    known(ids::WHAT_WAS_GOOD, "/points/#/what_happened", &[]),
    known(ids::COMMENT, "/points/#/what_happened", &[]),
    known(ids::ANOTHER_POINT, "/points", YES_OR_NO),
    known(ids::WISH_WORDS, "/wishes/words", &[]),
    known(ids::WISHES, "/wishes", Wish::IDS),
    known(ids::FULL_NAME, "/contact/name", &[]),
    known(ids::SENDER_NAME, "/contact/name", &[]),
    known(ids::INTERPRETER_LANGUAGE, "/help/language", &[]),
    known(ids::SAFE_CONTACT, "/contact/safety", &[]),
    known(ids::REACH, "/contact", ContactMethod::IDS),
    known(ids::HELP_WORDS, "/help/words", &[]),
    known(ids::HELP, "/help", Help::IDS),
    known(ids::TELL_HOW, "/help", &[WRITE, RING]),
    known(ids::FEELING, "/child/feeling", Feeling::IDS),
    known(ids::SAFE_NOW, "/child/safe_now", Said::IDS),
    known(ids::HOLD_DECISION, "/child/hold_decision", Said::IDS),
    known(ids::ADVOCATE, "/child/advocate", AdvocateWish::IDS),
    known(ids::TRUSTED_ADULT, "/child/trusted_adult", &[]),
    known(ids::FILES, "/files", &[]),
    known(ids::SHARING, "/agreed_to_sharing", &[]),
    known(ids::SHARING_THANKS, "/agreed_to_sharing", &[]),
    known(ids::STAGES[0], STAGE, StageReached::IDS),
    known(ids::STAGES[1], STAGE, StageReached::IDS),
    known(ids::STAGES[2], STAGE, StageReached::IDS),
    known(ids::STAGES[3], STAGE, StageReached::IDS),
    known(ids::LAST_STEP, STAGE, &[]),
    known(ids::COUNCIL_RESPONSE, "/follow_up/council_response", CouncilResponse::IDS),
    known(ids::REFUSAL_REASON, "/follow_up/refusal_reason", RefusalReason::IDS),
    known(ids::REFUSAL_WHY, "/follow_up/why", &[]),
    known(ids::LETTER_PARTS, "/follow_up/parts", &[]),
    known(ids::LETTER_WHY, "/follow_up/why", &[]),
    known(ids::LETTER_WANTS, "/wishes/words", &[]),
    known(ids::LETTER, "/points/#/what_happened", &[]),
    known(ids::COUNCIL_REFERENCE, "/follow_up/council_reference", &[]),
];

pub(super) fn known_question(id: &str) -> Option<&'static Known> {
    KNOWN.iter().find(|known| known.question == unnumbered(id).0)
}

/// The question, of those asked, that a place in the submission came from.
pub fn question_at(pointer: &str, is_asked: impl Fn(&str) -> bool) -> Option<QuestionId> {
    if let Some(rest) = pointer.strip_prefix("/follow_up/dates/") {
        return Milestone::from_id(rest.split('/').next()?).map(|milestone| milestone.id().to_owned());
    }
    // Which point, or which child: in a submission they count from nought.
    let steps = || pointer.split('/').skip(1);
    let number = steps().find_map(|step| step.parse::<usize>().ok()).map_or(1, |at| at.saturating_add(1));
    // All files are on one page.
    let number = if pointer.starts_with("/files") { 1 } else { number };
    let place: String =
        steps().flat_map(|step| ["/", if step.parse::<usize>().is_ok() { "#" } else { step }]).collect();
    let asked = |known: &Known| {
        let id = numbered(known.question, number);
        (place.starts_with(known.pointer) && is_asked(&id)).then_some(id)
    };
    KNOWN.iter().find_map(asked)
}

/// Checks that a flow asks what a submission cannot do without, and offers no option that the rules do not know.
///
/// # Errors
/// Returns an error that names the flow's file and each such question.
pub fn check_flow(file: &str, flow: &Flow) -> Result<(), InvalidFile> {
    let ledger = Diagnostics::new(file);
    for (place, outcome) in flow.outcomes_asked() {
        if Outcome::from_id(outcome).is_none() {
            let known = Outcome::IDS.join(", ");
            ledger.note(&place, &["asks for the outcome \"", outcome, "\"; known: ", &known].concat());
        }
    }
    for needed in [ids::WHO, ids::TOPICS, ids::WHAT_HAPPENED, ids::REACH, ids::SHARING] {
        if flow.question(needed).is_none() && flow.given().get(needed).is_none() {
            let problem = ["does not ask \"", needed, "\", which a submission cannot do without"].concat();
            ledger.note("/pages", &problem);
        }
    }
    for (id, answer) in flow.given().iter() {
        let known = known_question(id).map_or(&[][..], |known| known.options);
        if !known.iter().any(|option| answer.has(option)) {
            let problem = ["gives what no rule knows; known: ", &known.join(", ")].concat();
            ledger.note(&["/given", &pointer_step(id)].concat(), &problem);
        }
    }
    for FlowQuestion { question, place, .. } in flow.asked() {
        let pointer = [place, "/kind"].concat();
        if matches!(question.kind, QuestionKind::Files) != (question.id == ids::FILES) {
            ledger.note(&pointer, "the question \"files\", and no other, is of the kind \"files\"");
        }
        let Some(known) = known_question(&question.id) else { continue };
        let none = question.none_option();
        for option in question.options() {
            let is_known = known.options.is_empty()
                || known.options.contains(&option)
                || is_no_answer(option)
                || OPTIONS_OF_THEIR_OWN.contains(&(question.id.as_str(), option));
            if !is_known && none != Some(option) {
                let known = known.options.join(", ");
                ledger.note(&pointer, &["offers \"", option, "\", which no rule knows; known: ", &known].concat());
            }
        }
    }
    ledger.finish(())
}
