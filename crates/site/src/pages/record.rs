//! The record of a prerendered site, `prerendered.json`: which pages were made, and the version of each file that they were
//! made from. Prerendering removes the pages of councils that are no longer listed; `check` finds pages that are out of date.

use std::{collections::BTreeMap, ffi::OsString, fs, io, path::Path};

use putright_domain::{bundle, data::InvalidFile};
use serde::{Deserialize, Serialize};

use crate::{
    command::CliError,
    files::{Site, version},
    look, site_parts,
};

/// The name of the record, in the folder of the site.
const FILE: &str = "prerendered.json";

/// The files that were made, and their sources.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The pages and their stylesheets, each with the version that was made.
    pages: BTreeMap<String, String>,
    /// The version of each file that they were made from.
    made_from: BTreeMap<String, String>,
}

impl Record {
    /// The record of these pages, made from the files of a site as they are now.
    ///
    /// # Errors
    /// Returns an error if a file cannot be read.
    pub fn new(dist: &Path, pages: Vec<String>) -> Result<Self, CliError> {
        Ok(Self { pages: versions(dist, pages)?, made_from: sources(&Site::new(dist))? })
    }

    /// Returns the names of the pages and their stylesheets.
    pub fn pages(dist: &Path) -> Vec<String> {
        Self::read(dist).map(|record| record.pages.into_keys().collect()).unwrap_or_default()
    }

    fn read(dist: &Path) -> Option<Self> {
        serde_json::from_str(&fs::read_to_string(dist.join(FILE)).ok()?).ok()
    }

    /// Removes the pages that were made before and are not made any more, then keeps this record.
    ///
    /// # Errors
    /// Returns an error if a file cannot be removed or written.
    pub fn keep(&self, dist: &Path, listed: &[&str]) -> Result<(), CliError> {
        let unusable = |error: io::Error| CliError::unusable(dist.display(), error);
        let before = Self::read(dist).map(|before| before.pages).unwrap_or_default();
        let unlisted = unlisted(dist, listed).map_err(unusable)?;
        for name in before.into_keys().chain(unlisted).filter(|name| is_page(name) && !self.pages.contains_key(name)) {
            for ending in ["", ".br", ".gz"] {
                match fs::remove_file(dist.join([name.as_str(), ending].concat())) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(unusable(error)),
                    _ => {}
                }
            }
        }
        let text = serde_json::to_string_pretty(self).map_err(|error| CliError::unusable(FILE, error))?;
        fs::write(dist.join(FILE), text + "\n").map_err(unusable)
    }
}

/// Finds what of a built site is older than the files it was made from: those of `site`, which may be the built folder itself. A
/// folder without a record has nothing to look at.
pub fn out_of_date(site: &Site, dist: &Path) -> Vec<InvalidFile> {
    let Some(record) = Record::read(dist) else { return Vec::new() };
    let path = |file: &str| dist.join(file).display().to_string();
    let advice = command(site, dist);
    let now = match sources(site) {
        Ok(now) => now,
        Err(failure) => return vec![InvalidFile::at(&path(FILE), "", failure.to_string())],
    };
    let mut found = Vec::new();
    for (file, version) in &record.made_from {
        match now.get(file) {
            Some(same) if same == version => {}
            Some(_) => found.push((site.path(file), "has changed since the pages were made from it")),
            None => found.push((site.path(file), "was removed since the pages were made from it")),
        }
    }
    found.extend(
        now.keys()
            .filter(|file| !record.made_from.contains_key(*file))
            .map(|file| (site.path(file), "is new, and no page was made from it")),
    );
    for (page, made) in record.pages.iter().filter(|(page, _)| is_page(page)) {
        match fs::read(dist.join(page)) {
            Ok(content) if version(&content) == *made => {}
            Ok(_) => found.push((path(page), "is not the page that was made last")),
            Err(_) => found.push((path(page), "was made, and cannot be read any more")),
        }
    }
    found.into_iter().map(|(file, what)| InvalidFile::at(&file, "", format!("{what}: {advice}"))).collect()
}

/// Returns the advice to build a site again.
fn command(site: &Site, dist: &Path) -> String {
    let over = site.product().map(|product| format!(" --over {}", product.display())).unwrap_or_default();
    let out = if site.folder() == dist { String::new() } else { format!(" --out {}", dist.display()) };
    format!("run putright build {}{over}{out}", site.folder().display())
}

/// The version of each file that the pages are made from.
fn sources(site: &Site) -> Result<BTreeMap<String, String>, CliError> {
    let councils = site.index()?.councils;
    let listed: Vec<String> = councils.iter().map(|id| bundle::council_file(id)).collect();
    let mut files = vec![bundle::INDEX.to_owned(), bundle::HOLIDAYS.to_owned(), bundle::SIGNPOSTS.to_owned()];
    for folder in site.folders() {
        let all = site_parts::files(folder).map_err(|error| CliError::unusable(folder.display(), error))?;
        files.extend(all.into_iter().filter(|file| !site_parts::is_own(file)));
    }
    files.extend(listed);
    let looks = look::of_councils(site, &councils);
    files.extend(looks.map_err(|error| CliError::unusable(site.folder().display(), error))?);
    let mut versions = BTreeMap::new();
    for file in files {
        versions.insert(file.clone(), version(&site.content(&file)?));
    }
    Ok(versions)
}

fn versions(dist: &Path, files: Vec<String>) -> Result<BTreeMap<String, String>, CliError> {
    let each = files.into_iter().map(|file| {
        let content =
            fs::read(dist.join(&file)).map_err(|error| CliError::unusable(dist.join(&file).display(), error))?;
        Ok((file, version(&content)))
    });
    each.collect()
}

/// The pages of councils that are not listed, as far as they say whose they are: of a site made before there was a record.
fn unlisted(dist: &Path, listed: &[&str]) -> io::Result<Vec<String>> {
    let names =
        fs::read_dir(dist)?.map(|entry| entry.map(|entry| entry.file_name())).collect::<io::Result<Vec<OsString>>>()?;
    let names: Vec<String> = names.into_iter().filter_map(|name| name.into_string().ok()).collect();
    let mut found = Vec::new();
    for name in names.iter().filter(|name| is_page(name)) {
        let Some(id) = name.strip_suffix(".html").filter(|id| !listed.contains(id)) else { continue };
        let own = format!("data-council=\"{id}\"");
        if fs::read_to_string(dist.join(name)).is_ok_and(|page| page.contains(&own)) {
            let its = |other: &&String| **other == format!("{id}.css") || other.starts_with(&format!("{id}-"));
            let is_of_another = |other: &str| {
                listed.iter().any(|known| {
                    known.len() > id.len()
                        && (other == format!("{known}.html")
                            || other.starts_with(&format!("{known}-"))
                            || other == format!("{known}.css"))
                })
            };
            found.push(name.clone());
            found.extend(names.iter().filter(its).filter(|other| is_page(other) && !is_of_another(other)).cloned());
        }
    }
    Ok(found)
}

/// Returns whether a name is that of a page or of its stylesheet, in the folder itself.
fn is_page(name: &str) -> bool {
    let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    let ending = Path::new(name).extension().and_then(|ending| ending.to_str());
    plain && !name.starts_with('.') && matches!(ending, Some("html" | "css"))
}
