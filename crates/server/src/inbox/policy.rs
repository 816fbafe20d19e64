//! The policy: which officers read the complaints of which councils, and what else they may do.

use std::{collections::BTreeMap, fs::File, io::Read, path::Path};

use serde::Deserialize;

use crate::ServerError;

/// The most bytes of the file.
const MOST_BYTES: u64 = 1 << 20;
/// The id that stands for every council.
const EVERY: &str = "*";

/// The officer, as the sign-in gives them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficerIdentity {
    /// The id.
    pub id: String,
    /// The groups that the officer is in.
    pub groups: Vec<String>,
}

/// The file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    roles: Vec<Role>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Role {
    #[serde(default)]
    people: Vec<String>,
    #[serde(default)]
    groups: Vec<String>,
    councils: Vec<String>,
    #[serde(default)]
    may: Vec<Right>,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Right {
    Delete,
    Export,
}

/// The rights of an officer with the complaints of a council, beyond reading them and taking them over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Grants {
    /// May delete them.
    pub delete: bool,
    /// May write them out whole.
    pub export: bool,
}

impl Grants {
    fn with(self, other: Self) -> Self {
        Self { delete: self.delete || other.delete, export: self.export || other.export }
    }
}

/// The rights of an officer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rights {
    every: Option<Grants>,
    councils: BTreeMap<String, Grants>,
}

impl Policy {
    /// Reads the file. `known` has the councils of the site, if it has a list.
    ///
    /// # Errors
    /// Returns an error that names the place in the file, and what to write.
    pub fn read(path: &Path, known: Option<&[String]>) -> Result<Self, ServerError> {
        let unusable = |error: std::io::Error| ServerError::new(path.display(), error);
        let mut text = String::new();
        let mut file = File::open(path).map_err(unusable)?.take(MOST_BYTES + 1);
        file.read_to_string(&mut text).map_err(unusable)?;
        if text.len() as u64 > MOST_BYTES {
            return Err(ServerError::new(path.display(), "is longer than 1 MB; name groups in place of people"));
        }
        let mut source = serde_json::Deserializer::from_str(&text);
        let policy: Self = serde_path_to_error::deserialize(&mut source)
            .map_err(|error| ServerError::new(format!("{} at {}", path.display(), error.path()), error.inner()))?;
        policy.check(known).map_err(|(at, why)| ServerError::new(format!("{} at {at}", path.display()), why))?;
        Ok(policy)
    }

    fn check(&self, known: Option<&[String]>) -> Result<(), (String, String)> {
        if self.roles.is_empty() {
            return Err(("roles".to_owned(), "is empty; write at least one role".to_owned()));
        }
        for (at, role) in self.roles.iter().enumerate() {
            let fault = |part: &str, why: String| Err((format!("roles[{at}]{part}"), why));
            if role.people.is_empty() && role.groups.is_empty() {
                return fault("", "names nobody; write people, groups or both".to_owned());
            }
            if role.councils.is_empty() {
                return fault(".councils", "is empty; write ids of councils, or \"*\" for every one".to_owned());
            }
            let is_unknown = |id: &&String| id.as_str() != EVERY && known.is_some_and(|known| !known.contains(id));
            if let Some(unknown) = role.councils.iter().find(is_unknown) {
                let ids = known.unwrap_or_default().join(", ");
                return fault(
                    ".councils",
                    format!("has {unknown}, which is no council of this site; write one of {ids}"),
                );
            }
        }
        Ok(())
    }

    /// Returns the rights of an officer: those of all their roles together.
    pub fn rights(&self, officer: &OfficerIdentity) -> Rights {
        let is_of = |role: &&Role| {
            role.people.contains(&officer.id) || role.groups.iter().any(|group| officer.groups.contains(group))
        };
        let mut rights = Rights::default();
        for role in self.roles.iter().filter(is_of) {
            let grants =
                Grants { delete: role.may.contains(&Right::Delete), export: role.may.contains(&Right::Export) };
            for council in &role.councils {
                if council == EVERY {
                    rights.every = Some(rights.every.unwrap_or_default().with(grants));
                } else {
                    let held = rights.councils.entry(council.clone()).or_default();
                    *held = held.with(grants);
                }
            }
        }
        rights
    }
}

impl Rights {
    /// Returns whether the officer may do nothing at all.
    pub fn is_empty(&self) -> bool {
        self.every.is_none() && self.councils.is_empty()
    }

    /// Returns the rights with the complaints of a council; `None` if the officer may not read them.
    pub fn of(&self, council: &str) -> Option<Grants> {
        match (self.every, self.councils.get(council)) {
            (None, None) => None,
            (every, own) => Some(every.unwrap_or_default().with(own.copied().unwrap_or_default())),
        }
    }

    /// Returns which of the councils that have complaints the officer may read, and the councils that the policy names.
    pub fn councils(&self, stored: Vec<String>) -> Vec<String> {
        let mut all: Vec<String> = self.councils.keys().cloned().collect();
        if self.every.is_some() {
            all.extend(stored);
            all.sort();
            all.dedup();
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Policy, String> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        Policy::read(file.path(), Some(&["bromley".to_owned(), "bexley".to_owned()])).map_err(|error| error.to_string())
    }

    fn officer(id: &str, groups: &[&str]) -> OfficerIdentity {
        OfficerIdentity { id: id.to_owned(), groups: groups.iter().map(|group| (*group).to_owned()).collect() }
    }

    #[test]
    fn rights_are_those_of_all_roles_and_of_no_other_council() {
        let policy = read(
            r#"{ "roles": [
                { "people": ["sam"], "councils": ["bromley"], "may": ["delete"] },
                { "groups": ["readers"], "councils": ["bromley", "bexley"] },
                { "groups": ["leads"], "councils": ["*"], "may": ["export"] } ] }"#,
        )
        .unwrap();
        let sam = policy.rights(&officer("sam", &[]));
        assert_eq!(sam.of("bromley"), Some(Grants { delete: true, export: false }));
        assert_eq!(sam.of("bexley"), None);
        assert_eq!(sam.councils(vec!["bexley".to_owned(), "bromley".to_owned()]), ["bromley"]);
        let both = policy.rights(&officer("sam", &["leads"]));
        assert_eq!(both.of("bromley"), Some(Grants { delete: true, export: true }));
        assert_eq!(both.of("elsewhere"), Some(Grants { delete: false, export: true }));
        assert_eq!(both.councils(vec!["elsewhere".to_owned()]), ["bromley", "elsewhere"]);
        assert!(policy.rights(&officer("Sam", &["reader", ""])).is_empty());
    }

    #[test]
    fn mistake_is_named_with_its_place() {
        for (text, at) in [
            ("{}", "missing field `roles`"),
            (r#"{ "roles": [] }"#, "roles: is empty"),
            (r#"{ "roles": [{ "councils": ["bromley"] }] }"#, "roles[0]: names nobody"),
            (r#"{ "roles": [{ "people": ["a"], "councils": [] }] }"#, "roles[0].councils: is empty"),
            (r#"{ "roles": [{ "people": ["a"], "councils": ["bromly"] }] }"#, "bromly, which is no council"),
            (r#"{ "roles": [{ "people": ["a"], "councils": ["*"], "may": ["all"] }] }"#, "unknown variant"),
            (r#"{ "roles": [{ "person": ["a"], "councils": ["*"] }] }"#, "unknown field"),
        ] {
            let said = read(text).err().unwrap();
            assert!(said.contains(at), "{text}: {said}");
        }
    }
}
