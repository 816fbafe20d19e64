//! What a page asks for at once, so that everything the app needs is on its way together with it, and nothing waits for its turn.
//!
//! What seldom changes has an address with a version of its contents, which a browser may keep for ever; a second visit then asks
//! for the page and the council's file alone. Those have none: whoever edits a council's file sees it at the next visit.

use putright_domain::{
    bundle::{DANGER, FIRST_REGISTER, HOLIDAYS, INDEX, SIGNPOSTS, council_file, files},
    council::Council,
    data::DataError,
};

use crate::files::Site;

/// The addresses with versions.
pub struct Ahead {
    /// Those of each register, by its name.
    registers: Vec<(String, Vec<String>)>,
    /// Those that every first visit needs besides.
    common: Vec<String>,
    /// Those of the pictures, a space between two.
    pictures: String,
}

impl Ahead {
    /// Reads the files of a site with these registers.
    ///
    /// # Errors
    /// Where one cannot be read.
    pub fn new(site: &Site, registers: &[String]) -> Result<Self, DataError> {
        let all = |names: &[String]| names.iter().map(|file| site.address(file)).collect::<Result<Vec<_>, _>>();
        let registers = registers.iter().map(|name| Ok((name.clone(), all(&files(name))?)));
        let registers = registers.collect::<Result<_, DataError>>()?;
        let common = all(&[DANGER, SIGNPOSTS, HOLIDAYS].map(str::to_owned))?;
        Ok(Self { registers, common, pictures: site.pictures()? })
    }

    /// Where the app finds them (`src/browser/load.rs`), and links that fetch what it will ask for on a page of one council in the
    /// words of a register.
    pub fn of_one(&self, council: &Council, register: &str) -> String {
        let ids = [&council.id].into_iter().chain(&council.shares_service_with);
        let own: Vec<String> = ids.map(|id| council_file(id)).collect();
        self.told(register) + &links(own.iter().chain(self.first(register)))
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
        self.told(FIRST_REGISTER) + &councils + &links([INDEX.to_owned()].iter().chain(self.first(FIRST_REGISTER)))
    }

    /// What a first visit in the words of a register needs.
    fn first(&self, register: &str) -> impl Iterator<Item = &String> {
        let own = self.registers.iter().filter(move |(name, _)| name == register).flat_map(|(_, files)| files);
        own.chain(&self.common)
    }

    /// The addresses with versions, of all registers. Only the words for the young have pictures: each is so much more to download.
    fn told(&self, register: &str) -> String {
        let pictures = (register != FIRST_REGISTER).then_some(&self.pictures);
        let all = self.registers.iter().flat_map(|(_, files)| files).chain(&self.common).chain(pictures);
        let all: Vec<&str> = all.map(String::as_str).collect();
        format!("<meta name=\"putright-files\" content=\"{}\">", all.join(" "))
    }
}

/// As the app asks for them, or a browser would fetch them twice.
fn links<'a>(addresses: impl Iterator<Item = &'a String>) -> String {
    let link =
        |address| ["<link rel=\"preload\" as=\"fetch\" crossorigin=\"anonymous\" href=\"./", address, "\">"].concat();
    addresses.map(|address| link(address)).collect()
}
