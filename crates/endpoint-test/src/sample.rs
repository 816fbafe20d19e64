//! The test that a dry run sends: a submission that every receiver of the format takes, and nobody takes for a person's.

use putright_domain::{
    date::Date,
    form::answer::ApproximateDate,
    guidance::triage::{Outcome, Topic, Who},
    id_enum::{IdMap, IdSet},
    key_map::KeyMap,
    submission::format::{
        About, ContactDetails, ContactMethod, Guidance, HelpNeeded, Kind, Point, SchemaId, SentFile, Submission, Wishes,
    },
};

/// The values of a test that differ from one to the next.
#[derive(Clone, Copy)]
pub struct TestSubmission<'a> {
    /// The council's id.
    pub council: &'a str,
    /// The number of the test.
    pub id: &'a str,
    /// The day.
    pub day: Date,
}

/// Says in every field that is read by people what this is.
const NOTE: &str = "THIS IS A TEST, not a complaint. It was sent from the page check.html by somebody who looks after the \
                    council’s website, to see that complaints arrive. Nobody needs help. Please delete it.";
const NAME: &str = "TEST, not a person";
/// Kept for examples by RFC 2606: nobody has it.
const EMAIL: &str = "test@example.com";
/// Kept for drama by Ofcom: nobody has it.
const TELEPHONE: &str = "020 7946 0000";

impl TestSubmission<'_> {
    /// Returns a submission that every receiver of the format takes, and nobody takes for a person's.
    pub fn submission(&self, files: Vec<SentFile>) -> Submission {
        Submission {
            schema: SchemaId::V1,
            id: self.id.to_owned(),
            replaces: None,
            kind: Kind::Complaint,
            council: self.council.to_owned(),
            council_not_known: false,
            language: String::from("en"),
            register: String::from("adult"),
            sent_on: self.day,
            about: about(),
            guidance: Some(guidance()),
            about_whom: None,
            may_tell: None,
            points: vec![Point::of(NOTE.to_owned())],
            representative: None,
            children: Vec::new(),
            follow_up: None,
            child: None,
            wishes: Wishes::default(),
            contact: contact(),
            help: HelpNeeded::default(),
            files,
            other_answers: KeyMap::default(),
            agreed_to_sharing: true,
        }
    }

    /// The same in words.
    pub fn summary(&self) -> String {
        [NOTE, "\n\nName: ", NAME, "\nCopy number: ", self.id, "\nSent on: ", &self.day.to_string(), "\n"].concat()
    }
}

fn about() -> About {
    About {
        who: Some(Who::Parent),
        age_band: None,
        child_agrees: None,
        child_agrees_why: None,
        parent_agrees: None,
        child_status: None,
        child_died: false,
        safeguarding_worry: false,
        about_to_happen: None,
        topics: [Topic::OtherCouncilService].into_iter().collect(),
        school_type: None,
        transport_issue: None,
        told_provider: None,
        proceedings: IdSet::default(),
        when: ApproximateDate::NotKnown,
        late_reason: None,
        told_team: None,
    }
}

/// A complaint for somebody else to look at: no time limit of the law begins with it.
fn guidance() -> Guidance {
    Guidance {
        outcome: Outcome::Signpost,
        parts: IdMap::default(),
        flags: IdSet::default(),
        signposts: IdSet::default(),
        deadlines: Vec::new(),
        questions: Vec::new(),
    }
}

fn contact() -> ContactDetails {
    ContactDetails {
        name: Some(NAME.to_owned()),
        methods: [ContactMethod::Email, ContactMethod::Telephone].into_iter().collect(),
        email: Some(EMAIL.to_owned()),
        telephone: Some(TELEPHONE.to_owned()),
        ..ContactDetails::default()
    }
}
