//! Finds what of a council's files no longer fits the product that they lie over.

use std::{collections::BTreeSet, fs};

use putright_domain::data::{InvalidFile, SCHEMA_KEY};
use serde_json::Value;

use super::{Findings, unread, words};
use crate::{
    files::Site,
    overlay::changes,
    site_parts::{files, is_merged, is_own},
};

/// Warns of keys that the product does not have, and of words and files that are the same as the product's.
pub fn check(site: &Site, found: &mut Findings) {
    let Some(product) = site.product() else { return };
    let own = match files(site.folder()) {
        Ok(own) => own,
        Err(error) => {
            let file = site.folder().display().to_string();
            found.errors.push(InvalidFile::at(&file, "", format!("cannot be read: {error}")));
            return;
        }
    };
    unread::check(site, product, &own, found);
    let flows = flow_names(site, found);
    for file in own.iter().filter(|file| !is_own(file)) {
        let (path, theirs) = (site.path(file), product.join(file));
        if is_merged(file) && theirs.is_file() {
            let Some(text) = found.keep(site.text(file)) else { continue };
            found.errors.extend(text.faults().into_iter().map(InvalidFile::from));
            let Some((changed, theirs)) = text.apart() else { continue };
            merged(&path, changed, theirs, &flows, found);
            words::check(&path, changed, theirs, found);
        } else if fs::read(&theirs).is_ok_and(|theirs| fs::read(&path).is_ok_and(|own| own == theirs)) {
            let problem =
                "is the same as Putright's: take the file away, so that you get Putright's next changes of it";
            found.warnings.push(InvalidFile::at(&path, "", problem));
        }
    }
}

fn merged(file: &str, patch: &Value, product: &Value, flows: &BTreeSet<String>, found: &mut Findings) {
    for (pointer, own) in changes(patch) {
        if pointer.strip_prefix('/') == Some(SCHEMA_KEY) {
            continue;
        }
        let problem = match product.pointer(&pointer) {
            Some(theirs) if theirs == own => {
                "is the same as Putright's: take it out, so that you get Putright's next changes of it"
            }
            Some(_) => continue,
            None if own.is_null() => "takes away a key that Putright does not have: take it out",
            None if is_of_a_flow(&pointer, flows) => continue,
            None => {
                "is a key that Putright does not have: look at how it is spelt; where Putright had it before, take it out"
            }
        };
        found.warnings.push(InvalidFile::at(file, pointer, problem));
    }
}

/// Returns whether a place holds words of a question, an option or a page of the site's flows.
fn is_of_a_flow(pointer: &str, flows: &BTreeSet<String>) -> bool {
    let steps: Vec<&str> = pointer.split('/').skip(1).collect();
    let known = |step: Option<&&str>| step.is_some_and(|step| flows.contains(step.split('@').next().unwrap_or(step)));
    match steps.first() {
        Some(&"questions") => known(steps.get(1)) && (steps.get(2) != Some(&"options") || known(steps.get(3))),
        Some(&"pages" | &"steps") => known(steps.get(1)),
        _ => false,
    }
}

/// The ids that the flows of a site name: every text in them.
fn flow_names(site: &Site, found: &mut Findings) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    // A folder that cannot be read is told where the registers are looked at.
    for register in site.registers().unwrap_or_default() {
        let file = format!("flows/{register}.json");
        let Some(text) = found.keep(site.file_text(&file)) else { continue };
        texts(&serde_json::from_str(&text).unwrap_or_default(), &mut names);
    }
    names
}

fn texts(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => drop(names.insert(text.clone())),
        Value::Array(items) => items.iter().for_each(|item| texts(item, names)),
        Value::Object(members) => members.values().for_each(|member| texts(member, names)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::{Findings, merged};

    #[test]
    fn a_key_fits_where_the_product_or_a_flow_has_it_and_differs() {
        let product = json!({ "words": { "back": "Back" }, "questions": { "who": { "title": "Who?" } } });
        let flows: BTreeSet<String> = ["own", "yes"].map(str::to_owned).into();
        let told = |patch: serde_json::Value| {
            let mut found = Findings::default();
            merged("adult.json", &patch, &product, &flows, &mut found);
            found.warnings.iter().map(|one| format!("{} {}", one.pointer, one.problem)).collect::<Vec<_>>()
        };
        assert!(
            told(json!({ "words": { "back": "Go back" }, "questions": { "own": { "title": "Mine?" } } })).is_empty()
        );
        assert!(told(json!({ "$schema": "../schema/words-1.json" })).is_empty());
        assert!(told(json!({ "questions": { "own": { "options": { "yes": { "label": "Yes" } } } } })).is_empty());
        assert!(told(json!({ "pages": { "own@oneself": { "title": "Mine" } }, "words": { "back": null } })).is_empty());
        for (patch, place) in [
            (json!({ "words": { "back": "Back" } }), "/words/back is the same"),
            (json!({ "words": { "bakc": "Go back" } }), "/words/bakc is a key that Putright does not have"),
            (json!({ "words": { "gone": null } }), "/words/gone takes away a key"),
            (
                json!({ "questions": { "own": { "options": { "no": { "label": "No" } } } } }),
                "/questions/own/options/no/label is a key",
            ),
        ] {
            let told = told(patch);
            assert!(told.len() == 1 && told[0].starts_with(place), "{place}: {told:?}");
        }
    }
}
