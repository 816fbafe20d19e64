//! What a page asks for at once, so that everything the app needs is on its way together with it, and nothing waits for its turn.
//!
//! What seldom changes has an address with a version of its contents, which a browser may keep for ever; a second visit then asks
//! for the page and the council's file alone. Those have none: whoever edits a council's file sees it at the next visit.

use std::{fs, path::Path};

use putright::domain::{
    council::Council,
    loaded::{DANGER, FIRST_REGISTER, HOLIDAYS, INDEX, SIGNPOSTS, council_file, files},
};

use crate::{Failure, site::version};

/// The addresses with versions.
pub struct Ahead {
    /// Those that every first visit needs.
    first: Vec<String>,
    /// Those of the other registers.
    others: Vec<String>,
}

impl Ahead {
    /// Reads the files of a site with these registers.
    ///
    /// # Errors
    /// Where one cannot be read.
    pub fn new(dist: &Path, registers: &[String]) -> Result<Self, Failure> {
        let address = |file: &str| {
            let path = dist.join(file);
            let content = fs::read(&path).map_err(|error| Failure::unusable(path.display(), error))?;
            Ok(format!("{file}?v={}", version(&content)))
        };
        let all = |names: Vec<String>| names.iter().map(|file| address(file)).collect::<Result<Vec<_>, Failure>>();
        let mut first = files(FIRST_REGISTER).to_vec();
        first.extend([DANGER, SIGNPOSTS, HOLIDAYS].map(str::to_owned));
        let others = registers.iter().filter(|name| *name != FIRST_REGISTER).flat_map(|name| files(name)).collect();
        Ok(Self { first: all(first)?, others: all(others)? })
    }

    /// Where the app finds them (`src/browser/load.rs`), and links that fetch what it will ask for on a page of one council.
    pub fn of_one(&self, council: &Council) -> String {
        let ids = [&council.id].into_iter().chain(&council.shares_service_with);
        let own: Vec<String> = ids.map(|id| council_file(id)).collect();
        self.told() + &links(own.iter().chain(&self.first))
    }

    /// The same on a page of several councils. Which one it will be stands in the address: `scripts/load.js` reads it, and asks for
    /// the files that are named here, those of the default first.
    pub fn of_several(&self, all: &[&Council], default: &str) -> String {
        let mut groups: Vec<String> = all
            .iter()
            .map(|one| [&one.id].into_iter().chain(&one.shares_service_with).cloned().collect::<Vec<_>>().join(","))
            .collect();
        groups.sort_by_key(|group| group.split(',').next() != Some(default));
        let councils = format!("<meta name=\"putright-councils\" content=\"{}\">", groups.join(" "));
        self.told() + &councils + &links([INDEX.to_owned()].iter().chain(&self.first))
    }

    fn told(&self) -> String {
        let all: Vec<&str> = self.first.iter().chain(&self.others).map(String::as_str).collect();
        format!("<meta name=\"putright-files\" content=\"{}\">", all.join(" "))
    }
}

/// As the app asks for them, or a browser would fetch them twice.
fn links<'a>(addresses: impl Iterator<Item = &'a String>) -> String {
    let link =
        |address| ["<link rel=\"preload\" as=\"fetch\" crossorigin=\"anonymous\" href=\"./", address, "\">"].concat();
    addresses.map(|address| link(address)).collect()
}
