//! From a finished journey to a submission: the only way to make one in the app.

mod known;

pub use known::{RING, STOPPED, WRITE, check_flow, question_at};

use known::known_question;

use crate::submission::format::{
    About, AdvocateWish, AsksFor, Authority, Child, ChildsAnswers, ContactDetails, ContactMethod, Feeling, FollowUp,
    Guidance, Help, HelpNeeded, Kind, Point, ReplyTo, Representative, Said, SchemaId, SentFile, Submission, ToldTeam,
    Wish, Wishes,
};
use crate::{
    date::Date,
    documents::letter::LetterKind,
    form::{
        answer::{Answer, Answers, ApproximateDate, Field, NOT_KNOWN, Reach, numbered},
        question::{NOT_SAY, OTHER},
    },
    guidance::{
        facts::{MOST_CHILDREN, MOST_POINTS, about_to_happen, ids, many, one, text, yes_or_no},
        time_limits::Milestone,
        triage::{Advice, AgeBand, Agreement, Facts, StageReached},
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
