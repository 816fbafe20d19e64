//! The rules and the oracle decide the same random cases.

use std::{collections::BTreeSet, env, sync::Mutex, thread};

use putright_domain::{
    council::Council,
    guidance::{
        signpost::SignpostId,
        time_limits::TimeLimit,
        triage::{Facts, Flag, Outcome, Topic, advise},
        working_days::WorkingCalendar,
    },
};
use serde_json::{Value, json};

use super::{Place, cases, clocks, decide, routes};
use crate::common::{self, COUNCILS};

/// How many cases there are without `PUTRIGHT_CASES`.
const CASES: u32 = 30_000;
/// How many failures are shown.
const SHOWN: usize = 5;
const THREADS: u32 = 2;

/// Returns the printed advice of the rules, with each set in order and without the absent parts.
pub fn printed(facts: &Value, council: &Council, calendar: &WorkingCalendar) -> Value {
    let read: Facts = serde_json::from_value(facts.clone()).unwrap_or_else(|error| panic!("{facts}: {error}"));
    let advice = advise(&read, &council.rules, council.counting(calendar));
    let mut json = serde_json::to_value(&advice).unwrap();
    for key in ["flags", "signposts"] {
        json[key].as_array_mut().unwrap().sort_by_key(ToString::to_string);
    }
    let order = |line: &Value| [&line["clock"], &line["from"]].map(ToString::to_string);
    json["deadlines"].as_array_mut().unwrap().sort_by_key(order);
    if json.get("parts").is_none() {
        json["parts"] = json!({});
    }
    json
}

/// Returns the oracle's advice on the same facts. For a first complaint about nothing the oracle has no outcome, and
/// the outcome of the rules is taken: nobody is asked for it.
fn foretold(facts: &Value, place: Place, printed: &Value) -> Value {
    let said = decide(facts, place);
    let mut json = said.json();
    if said.outcome.is_none() {
        json["outcome"] = printed["outcome"].clone();
    }
    json
}

#[test]
fn random_cases_are_decided_as_the_oracle_decides_them() {
    let cases = env::var("PUTRIGHT_CASES").map_or(CASES, |count| count.parse().expect("PUTRIGHT_CASES is a number"));
    let calendar = common::calendar();
    let councils = COUNCILS.map(|id| (Place::of(id), common::council(id)));
    let failures = Mutex::new(Vec::new());
    let met = Mutex::new(BTreeSet::new());
    thread::scope(|scope| {
        for at in 0..THREADS {
            let (calendar, councils, failures, met) = (&calendar, &councils, &failures, &met);
            scope.spawn(move || {
                let mut seen = BTreeSet::new();
                let mut random = cases::Random::new(u64::from(at) + 1);
                for _ in 0..cases / THREADS {
                    let facts = cases::case(&mut random);
                    let (place, council) = &councils[random.below(3) as usize];
                    let printed = printed(&facts, council, calendar);
                    let foretold = foretold(&facts, *place, &printed);
                    seen.insert(printed["outcome"].as_str().unwrap().to_owned());
                    let lists = ["flags", "signposts"].map(|key| printed[key].as_array().unwrap());
                    seen.extend(lists.into_iter().flatten().map(|id| id.as_str().unwrap().to_owned()));
                    let clocks = printed["deadlines"].as_array().unwrap().iter().map(|line| &line["clock"]);
                    seen.extend(clocks.map(|clock| clock.as_str().unwrap().to_owned()));
                    if printed != foretold {
                        let id = &council.id;
                        failures
                            .lock()
                            .unwrap()
                            .push(format!("{facts}\nat {id}\nthe rules:  {printed}\nthe oracle: {foretold}"));
                    }
                }
                met.lock().unwrap().extend(seen);
            });
        }
    });
    let failures = failures.into_inner().unwrap();
    let shown = failures.iter().take(SHOWN).cloned().collect::<Vec<_>>().join("\n\n");
    assert!(failures.is_empty(), "{} of {cases} cases differ:\n{shown}", failures.len());
    println!("{cases} cases");
    let met = met.into_inner().unwrap();
    let ids = [Outcome::IDS, Flag::IDS, SignpostId::IDS, TimeLimit::IDS].concat();
    let missed: Vec<&str> = ids.into_iter().filter(|id| !met.contains(*id)).collect();
    // Samaritans come with what somebody writes, not with the rules.
    assert_eq!(missed, ["SAMARITANS"], "no case comes to these");
}

#[test]
fn the_oracle_knows_every_topic_and_every_clock() {
    let topics: Vec<&str> = routes::topics().collect();
    assert_eq!(topics.len(), Topic::IDS.len(), "each stands in one row");
    assert_eq!(topics.into_iter().collect::<BTreeSet<_>>(), Topic::IDS.iter().copied().collect());
    assert_eq!(clocks::TABLE.map(|row| row.0), TimeLimit::IDS);
}
