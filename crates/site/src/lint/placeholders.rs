//! Checks the names in `{ }` that stand for the length of a limit, in a council's own words and in the guide.

use putright_domain::{
    council::{Council, ExclusionEffect, Stage},
    data::InvalidFile,
    guidance::time_limits::TimeLimit,
    messages::GuideSection,
};
use serde_json::Value;

use super::Findings;
use crate::json_values::each_text;

/// The names that may stand in `{ }`, as an example.
pub const NAMES: &str = "one such as {limit:statutory.s1.response} or {latest:statutory.s1.response}";

/// Checks the promises and the exclusions of a council.
pub fn check(file: &str, council: &Council, found: &mut Findings) {
    let promised =
        council.promises.iter().enumerate().map(|(at, one)| (format!("/promises/{at}/words"), &one.said.words));
    let excluded =
        council.exclusions.iter().enumerate().map(|(at, one)| (format!("/exclusions/{at}/wording"), &one.said.words));
    for (pointer, words) in promised.chain(excluded) {
        for name in names(words).filter(|name| !is_known(name)) {
            let problem =
                format!("has {{{name}}}, a name in {{ }} that stands for nothing here; write {}", instead(name));
            found.errors.push(InvalidFile::at(file, pointer.clone(), problem));
        }
    }
}

/// Checks the words of a register, as the text of their file.
pub fn check_words(file: &str, text: &str, found: &mut Findings) {
    let words: Value = serde_json::from_str(text).unwrap_or_default();
    each_text(&words, &mut |pointer, text| {
        for name in names(text) {
            let (kind, id) = name.split_once(':').unwrap_or((name, ""));
            let problem = match kind {
                "limit" | "latest" if !is_known(name) => instead(name),
                "promises" if Stage::from_id(id).is_none() => {
                    format!("{{promises:…}} with one of: {}", Stage::IDS.join(", "))
                }
                "exclusions" if ExclusionEffect::from_id(id).is_none() => {
                    format!("{{exclusions:…}} with one of: {}", ExclusionEffect::IDS.join(", "))
                }
                _ => continue,
            };
            let problem = format!("has {{{name}}}, a name in {{ }} that stands for nothing here; write {problem}");
            found.errors.push(InvalidFile::at(file, pointer.clone(), problem));
        }
    });
}

/// Returns the place of a name in the guide of a register: that of the paragraph that has it. `None` for a name that
/// [`check`] and [`check_words`] report.
pub fn place_in_guide(guide: &[GuideSection], section: &str, name: &str) -> Option<String> {
    let at = guide.iter().position(|one| one.id == section)?;
    let paragraph = guide.get(at)?.body.iter().position(|words| names(words).any(|one| one == name))?;
    (!name.contains(':')).then(|| format!("/guide/{at}/body/{paragraph}"))
}

/// Returns the names in `{ }`.
fn names(words: &str) -> impl Iterator<Item = &str> {
    words.split('{').skip(1).map(|rest| rest.split_once('}').map_or(rest, |(name, _)| name))
}

fn is_known(name: &str) -> bool {
    let limit = name.strip_prefix("limit:").or_else(|| name.strip_prefix("latest:"));
    limit.is_some_and(|limit| TimeLimit::from_id(limit).is_some())
}

/// Returns the name that begins as this one does, or all of them.
fn instead(name: &str) -> String {
    let wanted = name.split_once(':').map_or(name, |(_, limit)| limit).trim();
    let alike = |limit: &str| limit.bytes().zip(wanted.bytes()).take_while(|(one, other)| one == other).count();
    let nearest = TimeLimit::IDS.iter().max_by_key(|limit| alike(limit)).filter(|limit| alike(limit) > 3);
    match nearest {
        Some(limit) => format!("{{limit:{limit}}}, or one of: {}", TimeLimit::IDS.join(", ")),
        None => format!("{{limit:…}} with one of: {}", TimeLimit::IDS.join(", ")),
    }
}
