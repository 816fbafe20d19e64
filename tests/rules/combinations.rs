//! Every combination of what the rules go by, decided twice: by the rules, and by the tables below, which say the same in
//! another way. What comes of each must have its words, somebody to go to, and dates that can be kept.
//!
//! The number of combinations is worked out from the vocabularies, so that a new id that is not gone through is noticed.
//! No feature changes the rules, so they are gone through once, without any.
#![cfg(not(any(feature = "schema", feature = "prerender", feature = "csr")))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that stops has failed"
)]

use std::{
    collections::{BTreeMap, HashMap},
    thread,
};

use crate::common::{self, COUNCILS, date, naive::Naive};
use putright::domain::{
    content::{Content, fill},
    council::Council,
    date::Date,
    guidance::{
        deadline::Deadline,
        procedure::Clock,
        signpost::{Directory, SignpostId},
        triage::{
            Advice, Agreement, ChildStatus, Facts, Flag, Outcome, Proceeding, Route, SchoolType, StageReached, Topic,
            TransportIssue, Who, advise,
        },
        working_days::WorkingCalendar,
    },
    vocabulary::{IdSet, Vocabulary},
};
use serde_json::Value;

/// A Thursday before Christmas, so that every clock meets bank holidays.
const SENT: &str = "2026-12-17";
/// A year ago to the day: not yet over a year.
const A_YEAR_AGO: &str = "2025-12-17";
const OVER_A_YEAR_AGO: &str = "2025-12-16";

// --- The tables ------------------------------------------------------------------------------------------------------

/// How a topic finds its route.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Way {
    /// Statutory, but corporate for a child whom the council does not help; a care leaver always has the statutory one.
    ByHelp,
    Always(Route),
    Transport,
}

const WAYS: [(Way, &[Topic]); 5] = [
    (
        Way::ByHelp,
        &[
            Topic::StaffConduct,
            Topic::StaffDishonesty,
            Topic::Placement,
            Topic::Assessment,
            Topic::Support,
            Topic::ShortBreaks,
            Topic::VisitsMissed,
            Topic::FamilyTime,
            Topic::Delay,
        ],
    ),
    (
        Way::Always(Route::Statutory),
        &[Topic::FosterSupport, Topic::SpecialGuardianshipSupport, Topic::AdoptionSupport, Topic::LeavingCare],
    ),
    (Way::Always(Route::Corporate), &[Topic::CpConference, Topic::EhcPlanDelay, Topic::OtherCouncilService]),
    (Way::Transport, &[Topic::SendTransport]),
    (
        Way::Always(Route::Signpost),
        &[
            Topic::CourtEvidence,
            Topic::School,
            Topic::SchoolAdmission,
            Topic::SchoolExclusion,
            Topic::EhcPlanContent,
            Topic::Nhs,
            Topic::Housing,
            Topic::AdultSocialCare,
            Topic::PoliceConduct,
            Topic::OtherBody,
            Topic::ChildrensHomeOrAgency,
            Topic::DataProtection,
        ],
    ),
];

/// Whom a topic is signposted to whatever else is said, and what to know of it. School and transport depend on details.
const SIGNPOSTED: [(Topic, SignpostId, Option<Flag>); 14] = [
    (Topic::StaffDishonesty, SignpostId::SocialWorkEngland, None),
    (Topic::CpConference, SignpostId::CpConference, None),
    (Topic::CourtEvidence, SignpostId::Court, None),
    (Topic::SchoolAdmission, SignpostId::Admission, Some(Flag::DateOnLetter)),
    (Topic::SchoolExclusion, SignpostId::Exclusion, Some(Flag::DateOnLetter)),
    (Topic::EhcPlanDelay, SignpostId::SendTribunal, None),
    (Topic::EhcPlanContent, SignpostId::SendTribunal, Some(Flag::DateOnLetter)),
    (Topic::Nhs, SignpostId::Nhs, None),
    (Topic::Housing, SignpostId::Housing, None),
    (Topic::AdultSocialCare, SignpostId::AdultSocialCare, None),
    (Topic::PoliceConduct, SignpostId::PoliceConduct, None),
    (Topic::OtherBody, SignpostId::OtherBody, None),
    (Topic::ChildrensHomeOrAgency, SignpostId::Ofsted, None),
    (Topic::DataProtection, SignpostId::DataProtection, Some(Flag::CouncilFirst)),
];

const SCHOOLS: [(Option<SchoolType>, SignpostId); 6] = [
    (None, SignpostId::SchoolMaintained),
    (Some(SchoolType::Maintained), SignpostId::SchoolMaintained),
    (Some(SchoolType::Academy), SignpostId::Academy),
    (Some(SchoolType::Independent), SignpostId::SchoolIndependent),
    (Some(SchoolType::College), SignpostId::College),
    (Some(SchoolType::University), SignpostId::University),
];

/// What each proceeding adds: whom to ask, and whether it may pause a complaint anywhere.
const GOING_ON: [(Proceeding, Option<SignpostId>, bool); 5] = [
    (Proceeding::Court, Some(SignpostId::Court), true),
    (Proceeding::Police, Some(SignpostId::Police), true),
    (Proceeding::Tribunal, Some(SignpostId::Tribunal), true),
    (Proceeding::Disciplinary, None, true),
    (Proceeding::CouncillorOrMp, None, false),
];

/// Every clock in working days: its length, and its longest.
const LENGTHS: [(Clock, u32, Option<u32>); 13] = [
    (Clock::CouncilContact, 3, None),
    (Clock::StatutoryOne, 10, Some(20)),
    (Clock::AskStageTwo, 20, None),
    (Clock::StatutoryTwo, 25, Some(65)),
    (Clock::CouncilInvestigation, 25, Some(65)),
    (Clock::AskStageThree, 20, None),
    (Clock::Panel, 30, None),
    (Clock::PanelReport, 5, None),
    (Clock::PanelResponse, 15, None),
    (Clock::CorporateOneAck, 5, None),
    (Clock::CorporateOne, 10, Some(20)),
    (Clock::CorporateTwoAck, 5, None),
    (Clock::CorporateTwo, 20, Some(40)),
];

// --- Deciding by the tables --------------------------------------------------------------------------------------------

/// A topic with the details that its question brings.
#[derive(Clone, Copy, Debug)]
struct Matter {
    topic: Topic,
    school: Option<SchoolType>,
    issue: Option<TransportIssue>,
    told: Option<bool>,
}

fn with_none<T: Vocabulary>() -> Vec<Option<T>> {
    [None].into_iter().chain(T::VALUES.iter().copied().map(Some)).collect()
}

fn matters() -> Vec<Matter> {
    let mut matters = Vec::new();
    for topic in Topic::ALL.iter().copied() {
        let plain = Matter { topic, school: None, issue: None, told: None };
        match topic {
            Topic::School => matters.extend(with_none().into_iter().map(|school| Matter { school, ..plain })),
            Topic::SendTransport => {
                for issue in with_none() {
                    matters.extend([None, Some(true), Some(false)].map(|told| Matter { issue, told, ..plain }));
                }
            }
            _ => matters.push(plain),
        }
    }
    matters
}

/// How many matters there are: one a topic, but each kind of school, and each of transport's answers.
fn count_of_matters() -> usize {
    Topic::ALL.len() - 2 + (SchoolType::ALL.len() + 1) + (TransportIssue::ALL.len() + 1) * 3
}

/// What the tables say: sets as bits, so that millions of them can be compared.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
struct Said {
    outcome: Outcome,
    flags: u64,
    signposts: u64,
    /// Which routes there are, by their place in the list.
    routes: u8,
}

impl Said {
    fn flag(&mut self, flag: Flag) {
        self.flags |= 1 << flag.index();
    }
    fn signpost(&mut self, signpost: SignpostId) {
        self.signposts |= 1 << signpost.index();
    }
    fn has(self, route: Route) -> bool {
        self.routes & (1 << route.index()) != 0
    }
    fn for_the_council(self) -> bool {
        self.has(Route::Statutory) || self.has(Route::Corporate)
    }
}

fn set<T: Vocabulary>(bits: u64) -> IdSet<T> {
    T::VALUES.iter().copied().filter(|id| bits & (1 << id.index()) != 0).collect()
}

/// The two kinds of council that ship.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// Sends transport to the provider first, and names councillors and MPs in its list.
    Bromley,
    /// Promises to get in touch, and counts stage 2 from the agreed statement.
    BiBorough,
}

struct Tables {
    ways: Vec<Way>,
    place: Place,
}

impl Tables {
    fn new(council: &str) -> Self {
        let way = |topic: &Topic| {
            let found: Vec<Way> =
                WAYS.iter().filter(|(_, topics)| topics.contains(topic)).map(|(way, _)| *way).collect();
            assert_eq!(found.len(), 1, "{topic:?} stands in one row of the table");
            found[0]
        };
        let place = if council == "bromley" { Place::Bromley } else { Place::BiBorough };
        Self { ways: Topic::ALL.iter().map(way).collect(), place }
    }

    fn route(&self, matter: Matter, who: Option<Who>, status: Option<ChildStatus>) -> Route {
        match self.ways[matter.topic.index()] {
            Way::Always(route) => route,
            Way::ByHelp if who == Some(Who::CareLeaver) || status != Some(ChildStatus::None) => Route::Statutory,
            Way::Transport if matter.issue == Some(TransportIssue::Eligibility) => Route::Signpost,
            Way::Transport if self.place == Place::Bromley && matter.told != Some(true) => Route::Signpost,
            Way::ByHelp | Way::Transport => Route::Corporate,
        }
    }

    /// The routes, flags and signposts that topics and people bring; the outcome is that of a first complaint.
    fn people_and_topics(&self, facts: &Facts, matters: &[Matter]) -> (Said, Vec<(Topic, Route)>) {
        let (who, status) = (facts.who, facts.child_status);
        let mut said = Said { outcome: Outcome::Signpost, flags: 0, signposts: 0, routes: 0 };
        let mut parts = Vec::new();
        for matter in matters {
            let route = self.route(*matter, who, status);
            parts.push((matter.topic, route));
            said.routes |= 1 << route.index();
            for (_, signpost, flag) in SIGNPOSTED.iter().filter(|(topic, ..)| *topic == matter.topic) {
                said.signpost(*signpost);
                if let Some(flag) = flag {
                    said.flag(*flag);
                }
            }
            match matter.topic {
                Topic::School => {
                    said.signpost(SCHOOLS.iter().find(|(school, _)| *school == matter.school).unwrap().1);
                }
                Topic::SendTransport if matter.issue == Some(TransportIssue::Eligibility) => {
                    said.signpost(SignpostId::TravelAppeal);
                    said.flag(Flag::DateOnLetter);
                }
                Topic::SendTransport if route == Route::Signpost => {
                    said.signpost(SignpostId::SendTransport);
                    said.flag(Flag::ThenCouncil);
                }
                Topic::Placement => said.flag(Flag::AskToHoldDecision),
                _ => {}
            }
        }
        let statutory = said.has(Route::Statutory);
        let is_one_of = |people: &[Who]| who.is_some_and(|who| people.contains(&who));
        if is_one_of(&[Who::Child, Who::CareLeaver]) {
            said.flag(Flag::AdvocateOffer);
            said.signpost(SignpostId::Advocacy);
        }
        if is_one_of(&[Who::Child]) {
            said.signpost(SignpostId::Childline);
        }
        if is_one_of(&[Who::Child]) && statutory {
            said.flag(Flag::MayWaitForAdvocate);
        }
        let been_in_care = [Some(ChildStatus::LookedAfter), Some(ChildStatus::CareLeaver)].contains(&status);
        if is_one_of(&[Who::CareLeaver]) || is_one_of(&[Who::Child, Who::Advocate]) && been_in_care {
            said.signpost(SignpostId::HelpAtHand);
        }
        if is_one_of(&[Who::Relative, Who::SomeoneElse]) && statutory {
            said.flag(Flag::SufficientInterestCheck);
        }
        let agrees = facts.acting_for.child_agrees == Some(Agreement::Yes);
        if is_one_of(&[Who::Relative, Who::SomeoneElse, Who::Advocate]) && statutory && !agrees {
            said.flag(Flag::ChildsViewNeeded);
        }
        said.outcome = match (said.routes.count_ones(), said.has(Route::Statutory), said.has(Route::Corporate)) {
            (1, true, _) => Outcome::StatutoryStage1,
            (1, _, true) => Outcome::CorporateStage1,
            (0 | 1, ..) => Outcome::Signpost,
            _ => Outcome::Split,
        };
        (said, parts)
    }

    /// And what time and proceedings bring.
    fn time(&self, mut said: Said, proceedings: usize, over_a_year: bool) -> Said {
        let council = said.for_the_council();
        for (at, (proceeding, signpost, pauses)) in GOING_ON.iter().enumerate() {
            if proceedings & (1 << at) == 0 {
                continue;
            }
            if let Some(signpost) = signpost {
                said.signpost(*signpost);
            }
            let named = *proceeding == Proceeding::CouncillorOrMp && self.place == Place::Bromley;
            if council && (*pauses || named) {
                said.flag(Flag::MayBePaused);
            }
            if council && named {
                said.signpost(SignpostId::CouncillorMp);
            }
        }
        if over_a_year && council {
            said.flag(Flag::Over12Months);
            said.flag(Flag::GiveReason);
        }
        said
    }
}

/// A clock's dates, counted the second way.
fn counted(naive: &Naive, clock: Clock, from: Date) -> Deadline {
    let Some((_, due, latest)) = LENGTHS.iter().find(|(known, ..)| *known == clock) else {
        assert_eq!(clock, Clock::Ombudsman, "a clock without a length");
        let (year, rest) = (from.year() + 1, from.to_string()[4..].replace("-02-29", "-02-28"));
        return Deadline { clock, from, due: date(&format!("{year}{rest}")), latest: None };
    };
    Deadline { clock, from, due: naive.after(from, *due), latest: latest.map(|days| naive.after(from, days)) }
}

/// The dates of a first complaint.
fn first_dates(naive: &Naive, place: Place, said: Said, sent: Date) -> Vec<Deadline> {
    let mut dates = Vec::new();
    if said.has(Route::Statutory) {
        dates.push(counted(naive, Clock::StatutoryOne, sent));
        if place == Place::BiBorough {
            dates.push(counted(naive, Clock::CouncilContact, sent));
        }
    }
    if said.has(Route::Corporate) {
        let acknowledged = counted(naive, Clock::CorporateOneAck, sent);
        dates.extend([acknowledged, counted(naive, Clock::CorporateOne, acknowledged.due)]);
    }
    dates
}

// --- Holding the rules to it ---------------------------------------------------------------------------------------------

/// What the tables say, as the rules write it.
#[derive(Clone, Copy)]
struct Expectation {
    outcome: Outcome,
    flags: IdSet<Flag>,
    signposts: IdSet<SignpostId>,
}

/// What stays the same while the combinations of a council are gone through.
struct Trial<'a> {
    council: &'a Council,
    content: &'a Content,
    directory: &'a Directory,
    naive: &'a Naive,
    calendar: &'a WorkingCalendar,
    tables: Tables,
    /// What has come out already, with its sets: its words have been looked at.
    known: HashMap<Said, Expectation>,
    count: usize,
}

impl Trial<'_> {
    fn advise(&mut self, facts: &Facts) -> Advice {
        self.count += 1;
        advise(facts, &self.council.rules, self.council.counting(self.calendar))
    }

    /// What is to come out, all of which can be read and followed.
    fn expect(&mut self, said: Said) -> Expectation {
        if let Some(known) = self.known.get(&said) {
            return *known;
        }
        self.check_words(said);
        let expected = Expectation { outcome: said.outcome, flags: set(said.flags), signposts: set(said.signposts) };
        self.known.insert(said, expected);
        expected
    }

    /// The advice is what the tables say.
    fn hold(
        &self,
        advice: &Advice,
        expected: Expectation,
        parts: &[(Topic, Route)],
        dates: &[Deadline],
        facts: &dyn Fn() -> String,
    ) {
        let Expectation { outcome, flags, signposts } = expected;
        let same = advice.outcome == outcome
            && advice.flags == flags
            && advice.signposts == signposts
            && advice.parts.len() == parts.len()
            && parts.iter().all(|(topic, route)| advice.parts.get(*topic) == Some(route))
            && advice.deadlines.len() == dates.len()
            && dates.iter().all(|date| advice.deadlines.contains(date));
        let at = || {
            format!(
                "{} at {}\nthe rules: {advice:?}\nthe tables: {outcome:?} {flags:?} {signposts:?} {parts:?} {dates:?}",
                facts(),
                self.council.id
            )
        };
        assert!(same, "{}", at());
    }

    fn check_words(&self, said: Said) {
        let whole = |text: &str| {
            let text = fill(text, &[("council", &self.council.short_name)]);
            assert!(!text.trim().is_empty() && !text.contains(['{', '}']), "empty, or with a gap: {text:?} {said:?}");
        };
        let told = self.content.outcome(said.outcome).expect("an outcome without words");
        assert!(!told.body.is_empty(), "{:?} says nothing", said.outcome);
        for text in [&told.title].into_iter().chain(&told.body) {
            whole(text);
        }
        for flag in set::<Flag>(said.flags).iter() {
            let told = self.content.flag(flag).expect("a flag without words");
            assert!(!told.body.is_empty(), "{flag:?} says nothing");
            for text in [&told.title].into_iter().chain(&told.body) {
                whole(text);
            }
        }
        for signpost in set::<SignpostId>(said.signposts).iter() {
            let words = self.content.signpost(signpost).expect("a signpost without words");
            for text in [&words.name, &words.about] {
                whole(text);
            }
            let reached = self.can_be_reached(signpost);
            assert!(reached, "{signpost:?}: no way to reach it at {}", self.council.id);
        }
        for route in set::<Route>(u64::from(said.routes)).iter() {
            let told = self.content.route(route).expect("a route without words");
            for text in [&told.title].into_iter().chain(&told.body) {
                whole(text);
            }
        }
        // A way on: to the council, to the Ombudsman, or a date to wait for, which `check_dates` sees to.
        let sends = [Outcome::StatutoryStage1, Outcome::CorporateStage1, Outcome::Split].contains(&said.outcome);
        let signposted = said.outcome == Outcome::Signpost;
        assert!(!sends || said.for_the_council(), "{said:?}");
        assert!(!signposted || !said.for_the_council(), "{said:?}");
        let ombudsman = said.signposts & (1 << SignpostId::Ombudsman.index()) != 0;
        assert_eq!(said.outcome == Outcome::Ombudsman, ombudsman, "{said:?}");
    }

    fn can_be_reached(&self, signpost: SignpostId) -> bool {
        let general = self.directory.contact(signpost).expect("a signpost without an entry");
        let contact = self.council.signposts.get(signpost).unwrap_or(general);
        let through = contact.through_council && !self.council.contact.telephone.is_empty();
        !contact.telephone.is_empty() || contact.web.is_some() || !contact.post.is_empty() || through
    }

    /// No date before its trigger, none on a day when nobody works, none at the latest before it is due; all with words.
    fn check_dates(&self, deadlines: &[Deadline]) {
        for deadline in deadlines {
            let months = deadline.clock == Clock::Ombudsman;
            assert!(deadline.due > deadline.from, "{deadline:?}");
            assert!(deadline.latest.is_none_or(|latest| latest >= deadline.due), "{deadline:?}");
            for day in [Some(deadline.due), deadline.latest].into_iter().flatten() {
                assert!(months || self.naive.is_working(day), "{deadline:?} ends when nobody works");
            }
            assert!(!self.content.clock(deadline.clock).is_empty(), "{deadline:?} has no words");
            assert!(!self.content.basis(deadline.clock.basis()).is_empty(), "{deadline:?} has no basis");
        }
    }
}

/// The holidays that the dates of this test can meet, and no others: looking up each of some hundred million days is most
/// of its time.
fn short_calendar() -> WorkingCalendar {
    let mut file: Value = serde_json::from_str(&common::public("bank-holidays.json")).unwrap();
    let met = |event: &Value| ("2026-08".."2027-04").contains(&event["date"].as_str().unwrap());
    file["england-and-wales"]["events"].as_array_mut().unwrap().retain(met);
    WorkingCalendar::parse("bank-holidays.json", &file.to_string()).unwrap()
}

/// Runs a trial for every council at once, and counts its combinations.
fn at_every_council(trial: impl Fn(&mut Trial<'_>) + Sync) -> usize {
    let (content, calendar, naive) = (common::content(), short_calendar(), Naive::shipped());
    let directory = Directory::parse("signposts.json", &common::public("signposts.json")).unwrap();
    thread::scope(|scope| {
        let run = |id: &'static str| {
            let (content, calendar, directory, trial) = (&content, &calendar, &directory, &trial);
            scope.spawn(move || {
                let council = &common::council(id);
                let known = HashMap::new();
                let tables = Tables::new(id);
                let mut held = Trial { council, content, directory, naive, calendar, tables, known, count: 0 };
                trial(&mut held);
                held.count
            })
        };
        // All are started before any is waited for.
        let running: Vec<_> = COUNCILS.into_iter().map(run).collect();
        running.into_iter().map(|council| council.join().unwrap()).sum()
    })
}

fn about(facts: &mut Facts, matters: &[Matter]) {
    facts.topics = matters.iter().map(|matter| matter.topic).collect();
    facts.school_type = matters.iter().find_map(|matter| matter.school);
    facts.transport_issue = matters.iter().find_map(|matter| matter.issue);
    facts.told_provider = matters.iter().find_map(|matter| matter.told);
}

fn debug(facts: &Facts) -> String {
    format!(
        "{:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        facts.who,
        facts.acting_for,
        facts.child_status,
        facts.topics,
        facts.school_type,
        facts.transport_issue,
        facts.told_provider,
        facts.proceedings,
        facts.stage_reached,
    )
}

#[test]
fn every_first_complaint_about_one_thing_comes_out_as_the_tables_say() {
    let sent = date(SENT);
    let sets: Vec<IdSet<Proceeding>> = (0..1 << GOING_ON.len())
        .map(|bits| GOING_ON.iter().enumerate().filter(|(at, _)| bits & (1 << at) != 0).map(|(_, row)| row.0).collect())
        .collect();
    assert_eq!(GOING_ON.map(|row| row.0), Proceeding::ALL);
    let days = [(false, date(A_YEAR_AGO)), (true, date(OVER_A_YEAR_AGO))];
    let count = at_every_council(|trial| {
        let mut over_time: HashMap<Said, Vec<Expectation>> = HashMap::new();
        let mut facts = Facts { sent_date: Some(sent), ..Facts::default() };
        for who in with_none::<Who>() {
            for agrees in with_none::<Agreement>() {
                for status in with_none::<ChildStatus>() {
                    (facts.who, facts.acting_for.child_agrees, facts.child_status) = (who, agrees, status);
                    for matter in matters() {
                        about(&mut facts, &[matter]);
                        let (plain, parts) = trial.tables.people_and_topics(&facts, &[matter]);
                        let dates = first_dates(trial.naive, trial.tables.place, plain, sent);
                        trial.check_dates(&dates);
                        let expected = over_time.entry(plain).or_insert_with(|| {
                            let times =
                                days.iter().flat_map(|(over, _)| (0..sets.len()).map(move |bits| (bits, *over)));
                            times.map(|(bits, over)| trial.expect(trial.tables.time(plain, bits, over))).collect()
                        });
                        let mut expected = expected.iter();
                        for (_, event) in days {
                            facts.event_date = Some(event);
                            for proceedings in &sets {
                                facts.proceedings = *proceedings;
                                let advice = trial.advise(&facts);
                                trial.hold(&advice, *expected.next().unwrap(), &parts, &dates, &|| debug(&facts));
                            }
                        }
                    }
                }
            }
        }
    });
    let people = (Who::ALL.len() + 1) * (Agreement::ALL.len() + 1) * (ChildStatus::ALL.len() + 1);
    assert_eq!(count, people * count_of_matters() * (1 << Proceeding::ALL.len()) * 2 * COUNCILS.len());
    println!("{count} combinations");
}

#[test]
fn every_first_complaint_about_two_things_comes_out_as_the_tables_say() {
    let sent = date(SENT);
    let matters = matters();
    let pairs: Vec<[Matter; 2]> = matters
        .iter()
        .enumerate()
        .flat_map(|(at, one)| matters[at + 1..].iter().map(|other| [*one, *other]))
        .filter(|[one, other]| one.topic != other.topic)
        .collect();
    let count = at_every_council(|trial| {
        let mut facts = Facts { sent_date: Some(sent), ..Facts::default() };
        for who in with_none::<Who>() {
            for status in with_none::<ChildStatus>() {
                (facts.who, facts.child_status) = (who, status);
                for pair in &pairs {
                    about(&mut facts, pair);
                    let (said, parts) = trial.tables.people_and_topics(&facts, pair);
                    let dates = first_dates(trial.naive, trial.tables.place, said, sent);
                    let (advice, expected) = (trial.advise(&facts), trial.expect(said));
                    trial.hold(&advice, expected, &parts, &dates, &|| debug(&facts));
                }
            }
        }
    });
    let several = |count: usize| count * (count - 1) / 2;
    let same = several(SchoolType::ALL.len() + 1) + several((TransportIssue::ALL.len() + 1) * 3);
    let pairs = several(count_of_matters()) - same;
    assert_eq!(count, pairs * (Who::ALL.len() + 1) * (ChildStatus::ALL.len() + 1) * COUNCILS.len());
    println!("{count} combinations");
}

// --- Later stages ------------------------------------------------------------------------------------------------------

/// When something happened, against the clock that runs from it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Timing {
    Absent,
    /// Its last day is today.
    InTime,
    /// Its last day was the working day before.
    Late,
}

/// What a stage's own date is, and the clock that runs from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Dated {
    StageOneSent,
    StageOneReply,
    StageTwoSent,
    StatementAgreed,
    StageTwoReply,
    StageThreeSent,
    Acknowledged,
    PanelMet,
    PanelReport,
    AwareSince,
}

const DATES: [(StageReached, &[(Dated, Clock)]); 11] = [
    (StageReached::None, &[]),
    (StageReached::Stage1Waiting, &[(Dated::StageOneSent, Clock::StatutoryOne)]),
    (
        StageReached::Stage1Reply,
        &[(Dated::StageOneReply, Clock::AskStageTwo), (Dated::StatementAgreed, Clock::CouncilInvestigation)],
    ),
    (StageReached::Stage2Waiting, &[(Dated::StageTwoSent, Clock::StatutoryTwo)]),
    (
        StageReached::Stage2Reply,
        &[
            (Dated::StageTwoReply, Clock::AskStageThree),
            (Dated::PanelMet, Clock::PanelReport),
            (Dated::PanelReport, Clock::PanelResponse),
        ],
    ),
    (
        StageReached::Stage3Waiting,
        &[
            (Dated::StageThreeSent, Clock::Panel),
            (Dated::PanelMet, Clock::PanelReport),
            (Dated::PanelReport, Clock::PanelResponse),
        ],
    ),
    (StageReached::Stage3Reply, &[(Dated::PanelReport, Clock::PanelResponse), (Dated::AwareSince, Clock::Ombudsman)]),
    (
        StageReached::CorporateStage1Waiting,
        &[(Dated::StageOneSent, Clock::CorporateOneAck), (Dated::Acknowledged, Clock::CorporateOne)],
    ),
    (StageReached::CorporateStage1Reply, &[]),
    (
        StageReached::CorporateStage2Waiting,
        &[(Dated::StageTwoSent, Clock::CorporateTwoAck), (Dated::Acknowledged, Clock::CorporateTwo)],
    ),
    (StageReached::CorporateStage2Reply, &[]),
];

/// The day on which a clock must have begun for its last day to be `end`.
fn begun(naive: &Naive, clock: Clock, end: Date) -> Date {
    match LENGTHS.iter().find(|(known, ..)| *known == clock) {
        Some((_, due, latest)) => naive.before(end, latest.unwrap_or(*due)),
        None => date(&format!("{}{}", end.year() - 1, &end.to_string()[4..])),
    }
}

fn put(facts: &mut Facts, dated: Dated, day: Option<Date>) {
    *match dated {
        Dated::StageOneSent => &mut facts.stage1_sent,
        Dated::StageOneReply => &mut facts.stage1_reply_received,
        Dated::StageTwoSent => &mut facts.stage2_sent,
        Dated::StatementAgreed => &mut facts.statement_agreed,
        Dated::StageTwoReply => &mut facts.stage2_reply_received,
        Dated::StageThreeSent => &mut facts.stage3_sent,
        Dated::Acknowledged => &mut facts.acknowledged,
        Dated::PanelMet => &mut facts.panel_met,
        Dated::PanelReport => &mut facts.panel_report_received,
        Dated::AwareSince => &mut facts.aware_since,
    } = day;
}

/// The newest of what is known of stage 3 is what is waited for.
fn newest_of_stage_three(day: &dyn Fn(Dated) -> Option<Date>) -> (Dated, Clock) {
    let asked = (Dated::StageThreeSent, Clock::Panel);
    [(Dated::PanelReport, Clock::PanelResponse), (Dated::PanelMet, Clock::PanelReport), asked]
        .into_iter()
        .find(|(dated, _)| day(*dated).is_some())
        .unwrap_or(asked)
}

/// What the tables say of a stage, given when each of its dates was.
fn at_stage(
    trial: &Trial<'_>,
    stage: StageReached,
    times: &BTreeMap<Dated, (Timing, Option<Date>)>,
    mut said: Said,
    sent: Date,
) -> (Said, Vec<Deadline>) {
    let naive = trial.naive;
    let day = |dated| times.get(&dated).and_then(|(_, day)| *day);
    let late = |dated| times.get(&dated).is_some_and(|(timing, _)| *timing == Timing::Late);
    let mut clocks: Vec<(Clock, Option<Date>)> = Vec::new();
    said.outcome = match stage {
        StageReached::None => return (said, first_dates(naive, trial.tables.place, said, sent)),
        StageReached::Stage1Waiting => {
            clocks.push((Clock::StatutoryOne, day(Dated::StageOneSent).or(Some(sent))));
            if late(Dated::StageOneSent) {
                clocks.push((Clock::StatutoryTwo, Some(sent)));
                said.flag(Flag::CouncilLate);
                Outcome::EscalateStage2
            } else {
                Outcome::Wait
            }
        }
        StageReached::Stage1Reply => {
            clocks.extend([(Clock::AskStageTwo, day(Dated::StageOneReply)), (Clock::StatutoryTwo, Some(sent))]);
            if trial.tables.place == Place::BiBorough && day(Dated::StatementAgreed).is_some() {
                clocks.push((Clock::CouncilInvestigation, day(Dated::StatementAgreed)));
                said.flag(Flag::TwoClocks);
            }
            Outcome::EscalateStage2
        }
        StageReached::Stage2Waiting => {
            clocks.push((Clock::StatutoryTwo, day(Dated::StageTwoSent).or(Some(sent))));
            if late(Dated::StageTwoSent) {
                said.flag(Flag::CouncilLate);
                Outcome::Ombudsman
            } else {
                Outcome::Wait
            }
        }
        StageReached::Stage2Reply => {
            clocks.extend([
                (Clock::AskStageThree, day(Dated::StageTwoReply)),
                (Clock::Panel, Some(sent)),
                (Clock::PanelReport, day(Dated::PanelMet)),
                (Clock::PanelResponse, day(Dated::PanelReport)),
            ]);
            Outcome::EscalateStage3
        }
        StageReached::Stage3Waiting => {
            let (newest, clock) = newest_of_stage_three(&day);
            clocks.push((clock, day(newest).or(Some(sent))));
            if late(newest) {
                said.flag(Flag::CouncilLate);
                Outcome::Ombudsman
            } else {
                Outcome::Wait
            }
        }
        StageReached::CorporateStage1Waiting | StageReached::CorporateStage2Waiting => {
            let first = stage == StageReached::CorporateStage1Waiting;
            let (asked, ack, answer) = if first {
                (Dated::StageOneSent, Clock::CorporateOneAck, Clock::CorporateOne)
            } else {
                (Dated::StageTwoSent, Clock::CorporateTwoAck, Clock::CorporateTwo)
            };
            let asked = day(asked).unwrap_or(sent);
            let acknowledged = day(Dated::Acknowledged).unwrap_or(counted(naive, ack, asked).due);
            clocks.extend([(ack, Some(asked)), (answer, Some(acknowledged))]);
            match (late(Dated::Acknowledged), first) {
                (false, _) => Outcome::Wait,
                (true, false) => {
                    said.flag(Flag::CouncilLate);
                    Outcome::Ombudsman
                }
                (true, true) => {
                    said.flag(Flag::CouncilLate);
                    let acknowledged = counted(naive, Clock::CorporateTwoAck, sent).due;
                    clocks.extend([(Clock::CorporateTwoAck, Some(sent)), (Clock::CorporateTwo, Some(acknowledged))]);
                    Outcome::EscalateCorporateStage2
                }
            }
        }
        StageReached::Stage3Reply => {
            clocks
                .extend([(Clock::PanelResponse, day(Dated::PanelReport)), (Clock::Ombudsman, day(Dated::AwareSince))]);
            if day(Dated::AwareSince).is_some() {
                said.flag(Flag::ContactBefore12Months);
            }
            Outcome::Ombudsman
        }
        StageReached::CorporateStage1Reply => {
            let acknowledged = counted(naive, Clock::CorporateTwoAck, sent).due;
            clocks.extend([(Clock::CorporateTwoAck, Some(sent)), (Clock::CorporateTwo, Some(acknowledged))]);
            Outcome::EscalateCorporateStage2
        }
        StageReached::CorporateStage2Reply => Outcome::Ombudsman,
    };
    if late(Dated::StageOneReply) || late(Dated::StageTwoReply) {
        said.flag(Flag::LateRequest);
        said.flag(Flag::GiveReason);
    }
    if said.outcome == Outcome::Ombudsman {
        said.signpost(SignpostId::Ombudsman);
    }
    (said, clocks.into_iter().filter_map(|(clock, from)| Some(counted(naive, clock, from?))).collect())
}

#[test]
fn every_later_stage_with_each_of_its_dates_comes_out_as_the_tables_say() {
    assert_eq!(DATES.map(|row| row.0), StageReached::ALL);
    let sent = date(SENT);
    let plain = matters().into_iter().filter(|matter| matter.school.is_none() && matter.issue.is_none());
    let topics: Vec<Vec<Matter>> =
        [vec![]].into_iter().chain(plain.filter(|matter| matter.told.is_none()).map(|matter| vec![matter])).collect();
    assert_eq!(topics.len(), Topic::ALL.len() + 1);
    let count = at_every_council(|trial| {
        let before = trial.naive.before(sent, 2);
        let before = trial.naive.after(before, 1);
        for (stage, dated) in DATES {
            for mut code in 0..3_usize.pow(u32::try_from(dated.len()).unwrap()) {
                let mut facts = Facts { sent_date: Some(sent), stage_reached: Some(stage), ..Facts::default() };
                let mut times = BTreeMap::new();
                for (dated, clock) in dated {
                    let timing = [Timing::Absent, Timing::InTime, Timing::Late][code % 3];
                    code /= 3;
                    let day = match timing {
                        Timing::Absent => None,
                        Timing::InTime => Some(begun(trial.naive, *clock, sent)),
                        Timing::Late => Some(begun(trial.naive, *clock, before)),
                    };
                    put(&mut facts, *dated, day);
                    times.insert(*dated, (timing, day));
                }
                for matters in &topics {
                    for who in with_none::<Who>() {
                        facts.who = who;
                        about(&mut facts, matters);
                        let (said, parts) = trial.tables.people_and_topics(&facts, matters);
                        let (said, dates) = at_stage(trial, stage, &times, said, sent);
                        let (advice, expected) = (trial.advise(&facts), trial.expect(said));
                        trial.hold(&advice, expected, &parts, &dates, &|| format!("{} {times:?}", debug(&facts)));
                        trial.check_dates(&advice.deadlines);
                        let waits = advice.outcome == Outcome::Wait;
                        let has_time = advice.deadlines.iter().any(|deadline| deadline.last_day() >= sent);
                        assert!(!waits || has_time, "told to wait for a day that has been: {advice:?}");
                    }
                }
            }
        }
    });
    let of_dates: usize = DATES.iter().map(|(_, dated)| 3_usize.pow(u32::try_from(dated.len()).unwrap())).sum();
    assert_eq!(count, of_dates * (Topic::ALL.len() + 1) * (Who::ALL.len() + 1) * COUNCILS.len());
    println!("{count} combinations");
}

#[test]
fn danger_comes_before_everything_else_for_everybody() {
    let count = at_every_council(|trial| {
        for who in with_none::<Who>() {
            for topic in with_none::<Topic>() {
                for stage in with_none::<StageReached>() {
                    let facts = Facts {
                        immediate_danger: true,
                        who,
                        topics: topic.into_iter().collect(),
                        stage_reached: stage,
                        sent_date: Some(date(SENT)),
                        event_date: Some(date(OVER_A_YEAR_AGO)),
                        proceedings: Proceeding::ALL.iter().copied().collect(),
                        ..Facts::default()
                    };
                    let advice = trial.advise(&facts);
                    let parts: Vec<(Topic, Route)> =
                        advice.parts.iter().map(|(topic, route)| (topic, *route)).collect();
                    let mut said = Said { outcome: Outcome::Emergency, flags: 0, signposts: 0, routes: 0 };
                    let helpline = if who == Some(Who::Child) { SignpostId::Childline } else { SignpostId::Nspcc };
                    for id in [SignpostId::Emergency, SignpostId::Safeguarding, helpline] {
                        said.signpost(id);
                    }
                    let expected = trial.expect(said);
                    trial.hold(&advice, expected, &parts, &[], &|| debug(&facts));
                }
            }
        }
    });
    let stages = StageReached::ALL.len() + 1;
    assert_eq!(count, (Who::ALL.len() + 1) * (Topic::ALL.len() + 1) * stages * COUNCILS.len());
}

#[test]
fn nothing_said_still_comes_out_somewhere() {
    let count = at_every_council(|trial| {
        let facts = Facts::default();
        let advice = trial.advise(&facts);
        let (said, parts) = trial.tables.people_and_topics(&facts, &[]);
        let expected = trial.expect(said);
        trial.hold(&advice, expected, &parts, &[], &|| "nothing".to_owned());
    });
    assert_eq!(count, COUNCILS.len());
}
