//! The bundles of a site, and the links by which a page fetches its bundle at once, together with the WebAssembly.
//!
//! The name of a bundle has the version of its contents in it, so a browser may keep it for ever. Another visit asks for the page alone.

use std::{collections::BTreeMap, fs, io, path::Path};

use putright_domain::bundle::{self, Bundle, FIRST_REGISTER, FOLDER, bundle_prefix};

use crate::{command::CliError, files::version};

/// The ending of the name of a bundle.
const ENDING: &str = ".bin";

/// The bundles of a site.
#[derive(Default)]
pub struct Bundles {
    /// The addresses of the bundles of each council, the one for adults first.
    addresses: BTreeMap<String, Vec<String>>,
    contents: BTreeMap<String, Vec<u8>>,
}

impl Bundles {
    /// Adds the bundle of a council in the words of a register.
    ///
    /// # Errors
    /// Returns an error if it cannot be encoded.
    pub fn add(&mut self, bundle: &Bundle) -> Result<(), CliError> {
        let content = bundle::encode(bundle).map_err(|error| CliError::unusable("the bundle", error))?;
        let id = &bundle.council.id;
        let address = [&bundle_prefix(id, &bundle.content.register), version(&content).as_str(), ENDING].concat();
        self.addresses.entry(id.clone()).or_default().push(address.clone());
        self.contents.insert(address, content);
        Ok(())
    }

    /// Writes the bundles into a folder. Those of the release before stay, for pages that are open; older ones are removed.
    ///
    /// # Errors
    /// Returns an error if the folder cannot be written.
    pub fn write(&self, dist: &Path) -> Result<(), CliError> {
        let folder = dist.join(FOLDER);
        let unusable = |error: io::Error| CliError::unusable(folder.display(), error);
        fs::create_dir_all(&folder).map_err(unusable)?;
        let before = self.released_before(dist);
        for entry in fs::read_dir(&folder).map_err(unusable)? {
            let name = entry.map_err(unusable)?.file_name();
            let address = [FOLDER, &name.to_string_lossy()].concat();
            let bundle = address.trim_end_matches(".br").trim_end_matches(".gz");
            if !self.contents.contains_key(bundle) && !before.contains(bundle) {
                fs::remove_file(dist.join(&address)).map_err(unusable)?;
            }
        }
        for (address, content) in &self.contents {
            let path = dist.join(address);
            if fs::read(&path).is_ok_and(|there| there == *content) {
                continue;
            }
            fs::write(path, content).map_err(unusable)?;
        }
        Ok(())
    }

    /// Returns the pages as they are now, which name the bundles of the release before.
    fn released_before(&self, dist: &Path) -> String {
        let own = self.addresses.keys().map(|id| bundle::page_file(id, FIRST_REGISTER));
        let pages = own.chain(["index.html".to_owned()]).map(|page| fs::read_to_string(dist.join(page)));
        pages.map(Result::unwrap_or_default).collect()
    }

    /// Returns the addresses of a council's bundles for its own page, and the link to the one that the page needs first.
    pub fn of_one(&self, council: &str, register: &str) -> String {
        let addresses = self.addresses.get(council).map(|all| all.join(" ")).unwrap_or_default();
        let first = bundle::bundle_address(&addresses, council, register).unwrap_or_default();
        [&meta(&addresses), "<link rel=\"preload\" as=\"fetch\" crossorigin=\"anonymous\" href=\"./", first, "\">"]
            .concat()
    }

    /// Returns the same for a page of several councils. The address says which one it will be: `src/browser/preload.js` reads it and
    /// links to the first bundle of that council, or to the first of all.
    pub fn of_several(&self, default: &str) -> String {
        let mut all: Vec<&String> = self.addresses.values().flatten().collect();
        let own = |address: &str| self.addresses.get(default).is_some_and(|own| own.iter().any(|one| one == address));
        all.sort_by_key(|address| !own(address));
        meta(&all.into_iter().map(String::as_str).collect::<Vec<_>>().join(" "))
    }
}

fn meta(addresses: &str) -> String {
    ["<meta name=\"putright-bundles\" content=\"", addresses, "\">"].concat()
}
