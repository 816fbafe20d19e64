//! People, each from the first page to what is sent: `personas/*.json`, driven through the visit as a browser would.
//!
//! A persona answers by the id of the question: `"option"`, `["options"]`, or `{"chosen": […], "<field>": "typed"}`. A page
//! to read, or a question that may be left out, needs no answer. `expected.payload` gives values by their JSON pointers into
//! what is sent, `null` for a place that must not be there. `register` names the questions and words; without it, the adult ones.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that stops has failed"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Debug,
    fs,
    path::Path,
};

use crate::common::{COUNCILS, REGISTERS, drive, public, session_in};
use putright_app::{Effect, Event, Model, delivery::Attempt, view_model};
use putright_domain::{
    delivery::response::Receipt,
    form::{
        answer::{Field, FormInput},
        journey::JourneyEnd,
        question::QuestionKind,
    },
    guidance::triage::{Outcome, ProcedureRoute, Who},
    route::Route,
};
use serde::Deserialize;
use serde_json::Value;

const COPY_NUMBER: &str = "0123456789abcdef0123456789abcdef";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Persona {
    name: String,
    #[serde(default = "adult")]
    register: String,
    council: String,
    today: String,
    answers: BTreeMap<String, Given>,
    expected: Expected,
}

fn adult() -> String {
    "adult".to_owned()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    /// Every question asked, in order.
    asked: Vec<String>,
    outcome: Outcome,
    deadlines: Vec<Value>,
    payload: BTreeMap<String, Value>,
}

/// The input of a page when Continue is pressed.
#[derive(Clone, Deserialize)]
#[serde(untagged)]
enum Given {
    Option(String),
    Options(Vec<String>),
    Fields {
        #[serde(default)]
        chosen: Vec<String>,
        #[serde(flatten)]
        text: BTreeMap<Field, String>,
    },
}

impl Given {
    fn raw(&self) -> FormInput {
        match self.clone() {
            Self::Option(option) => FormInput { chosen: vec![option], ..FormInput::default() },
            Self::Options(chosen) => FormInput { chosen, ..FormInput::default() },
            Self::Fields { chosen, text } => FormInput { chosen, text: text.into_iter().collect() },
        }
    }

    /// Returns the words that were typed. Numbers of a date are left out, because they occur everywhere.
    fn typed(&self) -> Vec<String> {
        let numbers = [Field::Day, Field::Month, Field::Year];
        match self {
            Self::Fields { text, .. } => {
                text.iter().filter(|(field, _)| !numbers.contains(field)).map(|(_, text)| text.clone()).collect()
            }
            _ => Vec::new(),
        }
    }
}

fn personas() -> Vec<Persona> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join("tests/personas");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read = |path: &Path| {
        let text = fs::read_to_string(path).unwrap();
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    files.iter().map(|path| read(path)).collect()
}

/// Nothing that the person typed is in any of these.
struct Secrets<'a> {
    name: &'a str,
    typed: Vec<String>,
}

impl Secrets<'_> {
    fn are_not_in(&self, what: &str, text: &str) {
        // Debug output escapes line breaks and quotes.
        let escaped = |typed: &String| [typed.clone(), format!("{typed:?}").trim_matches('"').to_owned()];
        let found = self.typed.iter().flat_map(escaped).find(|typed| text.contains(typed.as_str()));
        assert!(found.is_none(), "{}: {found:?} is in {what}", self.name);
    }

    fn are_not_in_debug(&self, value: &dyn Debug) {
        self.are_not_in("debug output", &format!("{value:?}"));
    }

    fn are_not_shown_by(&self, model: &Model, commands: &[Effect]) {
        self.are_not_in("a title", &view_model::page(model).title);
        self.are_not_in("an address", &model.route().to_string());
        self.are_not_in_debug(model);
        self.are_not_in_debug(&view_model::page(model));
        self.are_not_in_debug(&commands);
        for command in commands {
            if let Effect::Go(route) | Effect::Replace(route) = command {
                self.are_not_in("an address", &route.to_string());
            }
        }
    }
}

/// Answers every page as it comes, and gives back which they were.
fn answer_all(persona: &Persona, model: &mut Model, secrets: &Secrets<'_>) -> Vec<String> {
    let mut asked = Vec::new();
    loop {
        assert!(asked.len() < 100, "{}: a hundred pages and no end", persona.name);
        let Some(question) = model.walk().open().cloned() else {
            assert_eq!(model.walk().end, JourneyEnd::Check, "{}: the answers lead elsewhere", persona.name);
            asked.extend(answer_at_check(persona, model));
            return asked;
        };
        let at = format!("{}: {}", persona.name, question.id);
        let page = model.bundle().flow.page_of(&question.id).unwrap().id().to_owned();
        let here = if page == "want" { Route::Start } else { Route::Question(page) };
        assert_eq!(model.route(), &here, "{at}: it is not the page that the last one led to");
        let may_be_left = question.optional || is_read(&question.kind);
        let given = persona.answers.get(&question.id);
        assert!(given.is_some() || may_be_left, "{at}: asked, and the persona has no answer");
        // What stands there already, such as our letter, is left as it is.
        let raw = given.map_or_else(|| view_model::input(model, &question.id), Given::raw);

        let typed = Event::Typed { question: question.id.clone(), raw: raw.clone() };
        secrets.are_not_in_debug(&typed);
        let commands = model.update(typed, model.today());
        secrets.are_not_shown_by(model, &commands);
        let commands = drive::answer(model, &question.id, raw);
        assert!(model.errors().is_empty(), "{at}: not taken: {:?}", model.errors());
        secrets.are_not_shown_by(model, &commands);
        asked.push(question.id);
    }
}

/// Answers what check answers asks, and what it offers where the persona has something to add. Gives back which they were.
fn answer_at_check(persona: &Persona, model: &mut Model) -> Vec<String> {
    let mut asked = Vec::new();
    let ids: Vec<String> = model.walk().ids().map(str::to_owned).collect();
    for (id, given) in &persona.answers {
        let page = model.walk().extras.iter().any(|page| page.id() == id);
        if page {
            drive::answer(model, id, given.raw());
            asked.push(id.clone());
        } else if ids.contains(id) && model.bundle().flow.check().iter().any(|asked| asked.question.id == *id) {
            model.update(Event::Typed { question: id.clone(), raw: given.raw() }, model.today());
            asked.push(id.clone());
        }
    }
    asked
}

/// Returns whether a page is only to be read, or to be changed if wished.
fn is_read(kind: &QuestionKind) -> bool {
    use QuestionKind::{Advice, Letter, Progress, Statement};
    matches!(kind, Statement | Advice | Progress | Letter { .. })
}

fn same_set(left: &[Value], right: &[Value]) -> bool {
    left.len() == right.len() && left.iter().all(|item| right.contains(item))
}

fn check_payload(persona: &Persona, attempt: &Attempt, schema: &jsonschema::Validator) {
    let sent: Value = serde_json::from_str(&attempt.body).unwrap();
    let faults: Vec<String> =
        schema.iter_errors(&sent).map(|fault| format!("{} at {}", fault, fault.instance_path())).collect();
    assert!(faults.is_empty(), "{}: {faults:?}", persona.name);
    assert_eq!(sent["id"], COPY_NUMBER);
    assert_eq!(sent["register"], persona.register, "{}", persona.name);
    for (pointer, expected) in &persona.expected.payload {
        let got = sent.pointer(pointer).unwrap_or(&Value::Null);
        assert_eq!(got, expected, "{}: {pointer}", persona.name);
    }
    // What was shown is what is sent. To a comment or a compliment nothing is shown.
    if let Some(guidance) = sent.get("guidance") {
        assert_eq!(guidance["outcome"], persona.expected.outcome.id(), "{}", persona.name);
        let deadlines = guidance["deadlines"].as_array().unwrap();
        assert!(same_set(deadlines, &persona.expected.deadlines), "{}: {deadlines:?}", persona.name);
    }
    for typed in persona.answers.values().flat_map(Given::typed) {
        let arrived = serde_json::to_string(&typed).unwrap();
        assert!(attempt.body.contains(&arrived), "{}: {typed:?} is not sent", persona.name);
    }
}

#[test]
fn every_persona_comes_from_the_first_page_to_what_is_sent() {
    let schema: Value = serde_json::from_str(&public("schema/submission-1.json")).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    for persona in personas() {
        let mut model = session_in(&persona.register, &persona.council, &persona.today);
        let secrets = Secrets { name: &persona.name, typed: persona.answers.values().flat_map(Given::typed).collect() };
        let asked = answer_all(&persona, &mut model, &secrets);
        assert_eq!(asked, persona.expected.asked, "{}", persona.name);
        let idle: Vec<&String> = persona.answers.keys().filter(|id| !asked.contains(*id)).collect();
        assert!(idle.is_empty(), "{}: never asked: {idle:?}", persona.name);

        let advice = model.advice();
        assert_eq!(advice.outcome, persona.expected.outcome, "{}", persona.name);
        let deadlines = serde_json::to_value(&advice.deadlines).unwrap();
        let deadlines = deadlines.as_array().unwrap();
        assert!(same_set(deadlines, &persona.expected.deadlines), "{}: {deadlines:?}", persona.name);

        assert_eq!(model.route(), &Route::Check, "{}", persona.name);
        secrets.are_not_in_debug(&view_model::page(&model));
        let attempt = drive::send(&mut model, COPY_NUMBER);
        secrets.are_not_in_debug(&attempt);
        check_payload(&persona, &attempt, &schema);

        let receipt = Receipt { reference: "K7M-2QX-HPA".to_owned() };
        let commands = model.update(Event::Delivered(Ok(receipt)), model.today());
        assert!(commands.contains(&Effect::Replace(Route::Sent)), "{}: {commands:?}", persona.name);
        model.update(Event::Navigated(Route::Sent), model.today());
        secrets.are_not_shown_by(&model, &commands);
        secrets.are_not_in_debug(&view_model::page(&model));
    }
}

/// The personas together have every kind of feature, so that removing one is noticed.
#[test]
fn the_personas_are_of_every_kind() {
    let personas = personas();
    let names: BTreeSet<&str> = personas.iter().map(|persona| persona.name.as_str()).collect();
    assert_eq!(names.len(), personas.len(), "two have the same name");
    let payload = |persona: &Persona, pointer: &str| persona.expected.payload.get(pointer).cloned();
    for council in COUNCILS {
        assert!(personas.iter().any(|persona| persona.council == council), "nobody is at {council}");
    }
    for register in REGISTERS {
        assert!(personas.iter().any(|persona| persona.register == register), "nobody reads {register}");
    }
    for who in [Who::Child, Who::CareLeaver, Who::Parent, Who::FosterCarer, Who::Adopter, Who::Relative, Who::Advocate]
    {
        let is = |persona: &Persona| payload(persona, "/about/who") == Some(who.id().into());
        assert!(personas.iter().any(is), "nobody is {who:?}");
    }
    let outcomes: Vec<Outcome> = personas.iter().map(|persona| persona.expected.outcome).collect();
    let to_the_council = Outcome::ALL.iter().filter(|outcome| {
        // Nothing is sent to the council while it has time, at the end of its stages, or in danger.
        !matches!(outcome, Outcome::Wait | Outcome::Ombudsman | Outcome::Emergency)
    });
    for outcome in to_the_council {
        assert!(outcomes.contains(outcome), "nobody comes to {outcome:?}");
    }
    for part in ProcedureRoute::ALL {
        let has = |persona: &Persona| {
            let parts = payload(persona, "/guidance/parts");
            parts.is_some_and(|parts| parts.as_object().unwrap().values().any(|route| route == part.id()))
        };
        assert!(personas.iter().any(has), "nobody has a part that goes {part:?}");
    }
    assert!(personas.iter().any(|persona| payload(persona, "/council_not_known") == Some(true.into())));
}
