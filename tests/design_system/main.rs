//! The components are the design system's: each that has a counterpart in govuk-frontend is drawn with the options of the fixtures
//! that it ships, and compared with the HTML that it gives for them. `UPDATE=1` writes what is found into `docs/design-system.md`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used, reason = "a test that stops has failed")]

#[path = "../common/mod.rs"]
mod common;
mod components;
mod options;
mod script;
mod site;
mod table;
mod tree;

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
};

use components::{COMPONENTS, Component, EVERYWHERE};
use serde_json::Value;
use site::Words;
use table::{Found, Outcome};
use tree::{normalised, parse, shown};

/// The counterparts that the app does without, and why.
const ABSENT: [(&str, &str); 19] = [
    ("accordion", "What is long is a page of its own, with headings: nothing to read is hidden."),
    ("breadcrumbs", "There is one way through the questions, and a link back."),
    ("cookie-banner", "There are no cookies."),
    ("feedback", "Nothing is asked of anybody that is not part of their complaint."),
    ("footer", "The footer is the council's, with the ways to help: no crown, no licence of the government's."),
    ("generic-header", "The header is the council's, with its own colour."),
    ("header", "The crown may not be used off GOV.UK."),
    ("language-navigation", "There is one language; the ways to say it all stand in the footer."),
    ("notification-banner", "What has just been done is said in a notice that goes away by itself."),
    ("pagination", "Nothing is cut into numbered pages."),
    (
        "password-input",
        "The passphrase has a box beside it that shows it: the button's state would have to be said as well.",
    ),
    ("phase-banner", "A council says itself whether it is trying something out."),
    ("select", "Every list of options is short enough to be seen whole."),
    ("service-navigation", "There are no sections to go between."),
    ("table", "Nothing shown has two dimensions."),
    ("tabs", "Nothing is hidden behind a tab."),
    ("task-list", "The questions have one order, and what was answered stands in a list to check."),
    ("warning-text", "What is dangerous is said in a panel of its own, with whom to call."),
    ("tag", "Where something stands is said in words, in its place."),
];

#[test]
fn every_fixture_is_matched_or_differs_for_a_reason_given_or_has_an_option_that_ours_lacks() {
    let mut words = Words::default();
    let mut faults: Vec<String> = Vec::new();
    let mut found: BTreeMap<&str, Vec<Found>> = BTreeMap::new();
    for component in &COMPONENTS {
        for fixture in fixtures(component.name) {
            let name = fixture.get("name").and_then(Value::as_str).unwrap().to_owned();
            match outcome(component, &fixture, &mut words) {
                Ok(outcome) => found.entry(component.name).or_default().push(Found { name, outcome }),
                Err(fault) => faults.push(format!("{}: {name}: {fault}", component.name)),
            }
        }
    }
    assert!(faults.is_empty(), "{} fixtures\n{}", faults.len(), faults.join("\n\n"));
    unneeded(&found);
    table::hold(&table::written(&found, &EVERYWHERE, &ABSENT));
}

#[test]
fn every_component_of_the_design_system_is_compared_or_the_app_does_without_it_for_a_reason() {
    let mut known: Vec<&str> =
        COMPONENTS.iter().map(|one| one.name).chain(ABSENT.iter().map(|(name, _)| *name)).collect();
    known.sort_unstable();
    let mut there: Vec<String> = fs::read_dir(components_folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("fixtures.json").is_file())
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    there.sort_unstable();
    assert_eq!(known, there);
}

fn outcome(component: &Component, fixture: &Value, words: &mut Words) -> Result<Outcome, String> {
    let options = fixture.get("options").unwrap();
    let mut lacking: Vec<(String, &'static str)> = Vec::new();
    for (path, text) in options::paths(options) {
        let exact = format!("{path}={text}");
        if component.takes.iter().any(|takes| *takes == path || *takes == exact) {
            continue;
        }
        let reason = lack(component, &path);
        lacking.push(reason.ok_or_else(|| format!("takes neither the option {exact} nor says why not"))?);
    }
    lacking.extend((component.cannot)(options).iter().map(|(what, why)| ((*what).to_owned(), *why)));
    if !lacking.is_empty() {
        return Ok(Outcome::Lacks(lacking));
    }
    let mut expected = parse(fixture.get("html").and_then(Value::as_str).unwrap());
    script::started(&mut expected);
    let ours = (component.draw)(words, options);
    let drawn = normalised(parse(&ours));
    if drawn == normalised(expected.clone()) {
        return Ok(Outcome::Matched);
    }
    let mut reasons = Vec::new();
    for difference in component.differs {
        let before = normalised(expected.clone());
        (difference.change)(&mut expected);
        if normalised(expected.clone()) != before {
            reasons.push(difference.reason);
        }
    }
    let expected = normalised(expected);
    if drawn == expected {
        return Ok(Outcome::Differs(reasons));
    }
    let texts = format!("{}\n{}", expected.1, drawn.1);
    Err(format!("theirs\n{}ours\n{}texts\n{texts}", shown(&expected.0), shown(&drawn.0)))
}

/// Why ours has no such option: by its path, by its end, or as every component does.
fn lack(component: &Component, path: &str) -> Option<(String, &'static str)> {
    let own = component
        .lacks
        .iter()
        .find(|(option, _)| option.strip_prefix('*').map_or(*option == path, |end| path.ends_with(end)));
    if let Some((option, reason)) = own {
        return Some(((*option).to_owned(), reason));
    }
    let path = path.to_lowercase();
    let general = EVERYWHERE.iter().find(|(what, _)| path.split('.').any(|part| part.ends_with(what)));
    general.map(|(what, reason)| ((*what).to_owned(), *reason))
}

/// A reason that no fixture needs is one that nobody checks.
fn unneeded(found: &BTreeMap<&str, Vec<Found>>) {
    let mut unused = Vec::new();
    for component in &COMPONENTS {
        let outcomes: Vec<&Outcome> = found.get(component.name).unwrap().iter().map(|one| &one.outcome).collect();
        let given =
            |reason: &str| outcomes.iter().any(|one| matches!(one, Outcome::Differs(all) if all.contains(&reason)));
        let lacked = |option: &str| {
            outcomes.iter().any(|one| matches!(one, Outcome::Lacks(all) if all.iter().any(|(path, _)| path == option)))
        };
        unused.extend(component.differs.iter().map(|one| one.reason).filter(|reason| !given(reason)));
        unused.extend(component.lacks.iter().map(|(option, _)| *option).filter(|option| !lacked(option)));
        assert!(
            outcomes.iter().any(|one| !matches!(one, Outcome::Lacks(_))),
            "{}: no fixture is compared",
            component.name
        );
    }
    assert!(unused.is_empty(), "reasons that no fixture needs: {unused:#?}");
}

fn components_folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("node_modules/govuk-frontend/dist/govuk/components");
    assert!(folder.is_dir(), "{} is not there; `make setup` installs it", folder.display());
    folder
}

fn fixtures(component: &str) -> Vec<Value> {
    let text = fs::read_to_string(components_folder().join(component).join("fixtures.json")).unwrap();
    let all: Value = serde_json::from_str(&text).unwrap();
    all.get("fixtures").and_then(Value::as_array).unwrap().clone()
}
