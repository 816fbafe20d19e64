//! From a finished journey to a submission: the only way to make one in the app.

use crate::submission::format::{
    About, AdvocateWish, AsksFor, Authority, Child, ChildsAnswers, ContactDetails, ContactMethod, Feeling, FollowUp,
    Guidance, Help, HelpNeeded, Kind, Point, ReplyTo, Representative, Said, SchemaId, SentFile, Submission, ToldTeam,
    Wish, Wishes,
};
use crate::{
    data::{Diagnostics, InvalidFile, pointer_step},
    date::Date,
    documents::letter::LetterKind,
    form::{
        answer::{Answer, Answers, ApproximateDate, Field, NOT_KNOWN, QuestionId, Reach, numbered, unnumbered},
        flow::{Asked, Flow},
        question::{NOT_SAY, OTHER, QuestionKind},
    },
    guidance::{
        facts::{
            DIED, MOST_CHILDREN, MOST_POINTS, NO, ON_A_DAY, SAFEGUARDING_WORRY, TODAY, YES, about_to_happen, ids, many,
            one, text, yes_or_no,
        },
        time_limits::Milestone,
        triage::{
            Advice, AgeBand, Agreement, ChildStatus, CouncilResponse, Facts, Outcome, ParentAgreement, Proceeding,
            RefusalReason, SchoolType, StageReached, Topic, TransportIssue, Who,
        },
    },
};

/// A journey that has come to its end.
#[derive(Clone)]
pub struct CompleteAnswers<'a> {
    /// The answers on the way, and no others.
    pub answers: &'a Answers,
    /// The advice that the person was given.
    pub advice: &'a Advice,
    /// Questions that the person puts to the council, in the words of the page.
    pub questions: Vec<String>,
    /// The letter about a complaint already made, where that is what is sent.
    pub letter: Option<String>,
    /// The option that the person ticked in place of writing what happened, in the words of the page. An example is
    /// that someone should ring them. `None` if they wrote it.
    pub instead: Option<String>,
    /// The files that go with it.
    pub files: &'a [SentFile],
    /// The council's id.
    pub council: &'a str,
    /// The language of the pages.
    pub language: &'a str,
    /// The register of the pages.
    pub register: &'a str,
    /// The number made on the device.
    pub id: &'a str,
    /// An earlier try with other answers that may have arrived.
    pub replaces: Option<&'a str>,
    /// The person's day.
    pub today: Date,
}

/// An answer that a submission cannot do without is not there: the question it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the question {0} has no answer")]
pub struct MissingAnswer(pub &'static str);

impl TryFrom<CompleteAnswers<'_>> for Submission {
    type Error = MissingAnswer;

    fn try_from(finished: CompleteAnswers<'_>) -> Result<Self, MissingAnswer> {
        let answers = finished.answers;
        let agreed = |question| answers.get(question) == Some(&Answer::Agreed);
        if !agreed(ids::SHARING) && !agreed(ids::SHARING_THANKS) {
            return Err(MissingAnswer(ids::SHARING));
        }
        let facts = Facts::from_answers(answers, finished.today);
        let follow_up = follow_up(&finished, &facts);
        let kind = match one(answers, ids::WANT, Kind::from_id) {
            _ if follow_up.is_some() => Kind::FollowUp,
            kind => kind.unwrap_or(Kind::Complaint),
        };
        if kind == Kind::Complaint && facts.who.is_none() {
            return Err(MissingAnswer(ids::WHO));
        }
        let points = match kind {
            Kind::Complaint => points(answers, finished.instead)?,
            Kind::FollowUp => vec![Point::of(finished.letter.ok_or(MissingAnswer(ids::LETTER))?)],
            Kind::Compliment => vec![Point::of(words_of(answers, ids::WHAT_WAS_GOOD)?)],
            Kind::Comment => vec![Point::of(words_of(answers, ids::COMMENT)?)],
        };
        let told = matches!(kind, Kind::Complaint | Kind::FollowUp);
        let advice = finished.advice;
        Ok(Self {
            schema: SchemaId::V1,
            id: finished.id.to_owned(),
            replaces: finished.replaces.map(str::to_owned),
            kind,
            council: finished.council.to_owned(),
            council_not_known: answers.get(ids::BOROUGH).is_some_and(|answer| answer.has(NOT_KNOWN)),
            language: finished.language.to_owned(),
            register: finished.register.to_owned(),
            sent_on: finished.today,
            about: about(answers, facts, finished.today),
            guidance: told.then(|| Guidance {
                outcome: advice.outcome,
                parts: advice.parts.clone(),
                flags: advice.flags,
                signposts: advice.signposts,
                deadlines: advice.deadlines.clone(),
                questions: finished.questions,
            }),
            about_whom: text(answers, ids::ABOUT_WHOM),
            may_tell: yes_or_no(answers, ids::MAY_TELL),
            points,
            representative: representative(answers),
            children: (1..=MOST_CHILDREN).filter_map(|number| child(answers, number)).collect(),
            follow_up,
            child: childs_answers(answers),
            wishes: wishes(answers, finished.today),
            contact: contact(answers)?,
            help: help(answers),
            files: finished.files.to_vec(),
            other_answers: answers
                .iter()
                .filter_map(|(id, answer)| Some((id.to_owned(), other(id, answer)?)))
                .collect(),
            agreed_to_sharing: true,
        })
    }
}

/// Returns the answer to a question of this kind or, if the register has none, to the question for all kinds.
fn words_of(answers: &Answers, question: &'static str) -> Result<String, MissingAnswer> {
    text(answers, question).or_else(|| text(answers, ids::WHAT_HAPPENED)).ok_or(MissingAnswer(question))
}

/// Each point of a complaint. The first cannot be left out; `instead` stands for it where the person wants to tell it.
fn points(answers: &Answers, instead: Option<String>) -> Result<Vec<Point>, MissingAnswer> {
    let point = |number, words: Option<String>| {
        let part = |question| text(answers, &numbered(question, number));
        Some(Point {
            what_happened: part(ids::WHAT_HAPPENED).or(words)?,
            dates: part(ids::OTHER_DATES),
            people_and_teams: part(ids::PEOPLE_AND_TEAMS),
            effect: part(ids::EFFECT),
        })
    };
    let first = point(1, instead).ok_or(MissingAnswer(ids::WHAT_HAPPENED))?;
    Ok([first].into_iter().chain((2..=MOST_POINTS).filter_map(|number| point(number, None))).collect())
}

/// Returns the person who acts for a child, if there is one.
fn representative(answers: &Answers) -> Option<Representative> {
    let read = Representative {
        role: text(answers, ids::HELPER_ROLE),
        authority: one(answers, ids::AUTHORITY, Authority::from_id),
        reply_to: one(answers, ids::REPLY_TO, ReplyTo::from_id),
    };
    (read != Representative::default()).then_some(read)
}

fn child(answers: &Answers, number: usize) -> Option<Child> {
    let part = |question| text(answers, &numbered(question, number));
    let read = Child {
        name: part(ids::CHILD_NAME),
        age_band: one(answers, &numbered(ids::CHILD_AGE, number), AgeBand::from_id),
        agrees: one(answers, &numbered(ids::CHILD_AGREES, number), Agreement::from_id),
        agrees_why: part(ids::CHILD_AGREES_WHY),
        own_words: part(ids::CHILD_WORDS),
    };
    (read != Child::default()).then_some(read)
}

fn follow_up(finished: &CompleteAnswers<'_>, facts: &Facts) -> Option<FollowUp> {
    let answers = finished.answers;
    let day = |milestone: &Milestone| match answers.get(milestone.id()) {
        Some(Answer::When(when)) => Some((*milestone, when.clone())),
        _ => None,
    };
    // A stage that was not asked for is not known: the refusal says the rest.
    let stage = facts.stage_reached.or(facts.council_response.map(|_| StageReached::NotKnown));
    Some(FollowUp {
        stage_reached: stage?,
        council_response: facts.council_response,
        refusal_reason: facts.refusal_reason,
        asks_for: asks_for(LetterKind::for_advice(finished.advice)?)?,
        dates: Milestone::ALL.iter().filter_map(day).collect(),
        council_reference: text(answers, ids::COUNCIL_REFERENCE),
        parts: text(answers, ids::LETTER_PARTS),
        why: text(answers, ids::LETTER_WHY).or_else(|| text(answers, ids::REFUSAL_WHY)),
    })
}

/// Returns the request that a letter makes of the council; `None` for a letter that does not go to the council.
const fn asks_for(letter: LetterKind) -> Option<AsksFor> {
    Some(match letter {
        LetterKind::StageTwo => AsksFor::StageTwo,
        LetterKind::Panel => AsksFor::Panel,
        LetterKind::CorporateStageTwo => AsksFor::CorporateStageTwo,
        LetterKind::Reply => AsksFor::Reply,
        LetterKind::AskStage => AsksFor::Stage,
        LetterKind::Paused => AsksFor::PauseReasons,
        LetterKind::WrongProcedure => AsksFor::ChildrensProcedure,
        LetterKind::Ombudsman => return None,
        _ => AsksFor::Reconsider,
    })
}

fn about(answers: &Answers, facts: Facts, today: Date) -> About {
    let when = match answers.get(ids::EVENT_DATE) {
        Some(Answer::When(when)) => when.clone(),
        _ => ApproximateDate::NotKnown,
    };
    About {
        who: facts.who,
        age_band: facts.age_band,
        child_agrees: facts.acting_for.child_agrees,
        child_agrees_why: (1..=MOST_CHILDREN)
            .find_map(|number| text(answers, &numbered(ids::CHILD_AGREES_WHY, number))),
        parent_agrees: facts.acting_for.parent_agrees,
        child_status: facts.child_status,
        child_died: facts.child_died,
        safeguarding_worry: facts.safeguarding_worry,
        about_to_happen: about_to_happen(answers, today),
        topics: facts.topics,
        school_type: facts.school_type,
        transport_issue: facts.transport_issue,
        told_provider: facts.told_provider,
        proceedings: facts.proceedings,
        when,
        late_reason: facts.late_reason,
        told_team: one(answers, ids::TOLD_TEAM, ToldTeam::from_id),
    }
}

fn childs_answers(answers: &Answers) -> Option<ChildsAnswers> {
    let child = ChildsAnswers {
        feeling: one(answers, ids::FEELING, Feeling::from_id),
        safe_now: one(answers, ids::SAFE_NOW, Said::from_id),
        hold_decision: one(answers, ids::HOLD_DECISION, Said::from_id),
        advocate: one(answers, ids::ADVOCATE, AdvocateWish::from_id),
        trusted_adult: text(answers, ids::TRUSTED_ADULT),
    };
    (child != ChildsAnswers::default()).then_some(child)
}

fn wishes(answers: &Answers, today: Date) -> Wishes {
    let mut chosen = many(answers, ids::WISHES, Wish::from_id);
    if about_to_happen(answers, today).is_some() || yes_or_no(answers, ids::HOLD_DECISION) == Some(true) {
        chosen.insert(Wish::HoldDecision);
    }
    Wishes { chosen, words: text(answers, ids::WISH_WORDS).or_else(|| text(answers, ids::LETTER_WANTS)) }
}

fn help(answers: &Answers) -> HelpNeeded {
    let mut chosen = many(answers, ids::HELP, Help::from_id);
    if answers.get(ids::TELL_HOW).is_some_and(|answer| answer.has(RING)) {
        chosen.insert(Help::Telephone);
    }
    HelpNeeded { chosen, language: text(answers, ids::INTERPRETER_LANGUAGE), words: text(answers, ids::HELP_WORDS) }
}

/// Returns the part of an answer that has no field in the format. For an unknown question, this is the whole answer.
/// For a known question, it is that the person does not know, would rather not say, or means something else.
fn other(id: &str, answer: &Answer) -> Option<Vec<String>> {
    let Some(known) = known_question(id) else {
        return if Milestone::from_id(id).is_some() { None } else { answer.as_strings() };
    };
    if known.options.is_empty() {
        return None;
    }
    let mut left = match answer {
        Answer::One(_) | Answer::Many(_) => answer.as_strings()?,
        _ => return None,
    };
    left.retain(|option| !known.options.contains(&option.as_str()) && is_no_answer(option));
    if left.is_empty() { None } else { Some(left) }
}

/// An option that any question may offer, whether the rules know it or not.
fn is_no_answer(option: &str) -> bool {
    [NOT_KNOWN, NOT_SAY, OTHER].contains(&option)
}

fn contact(answers: &Answers) -> Result<ContactDetails, MissingAnswer> {
    let none = Reach { chosen: vec![ContactMethod::None.id().to_owned()], ..Reach::default() };
    let reach = match answers.get(ids::REACH) {
        Some(Answer::Reach(reach)) => reach,
        // Nobody answers a compliment or a comment.
        _ if answers.get(ids::SHARING_THANKS).is_some() => &none,
        _ => return Err(MissingAnswer(ids::REACH)),
    };
    let detail = |field| reach.details.get(field).cloned();
    Ok(ContactDetails {
        name: text(answers, ids::FULL_NAME).or_else(|| text(answers, ids::SENDER_NAME)),
        methods: reach.chosen.iter().filter_map(|method| ContactMethod::from_id(method)).collect(),
        email: detail(Field::Email),
        telephone: detail(Field::Telephone),
        post: detail(Field::Post),
        school: detail(Field::School),
        trusted_adult: detail(Field::TrustedAdult),
        safety: text(answers, ids::SAFE_CONTACT),
    })
}

/// A question that the rules or the format read: where its answer goes, and which options are known.
struct Known {
    question: &'static str,
    /// The place in the submission, as a JSON pointer.
    pointer: &'static str,
    /// The options that mean something; empty where any will do.
    options: &'static [&'static str],
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

fn known_question(id: &str) -> Option<&'static Known> {
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
    for Asked { question, place, .. } in flow.asked() {
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
