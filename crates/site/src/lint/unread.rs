//! Finds files of a council's folder that nothing reads: in another folder, or under another name, than they should have.

use std::{fs, path::Path};

use putright_domain::data::InvalidFile;

use super::Findings;
use crate::{
    advice::nearest,
    files::Site,
    site_parts::{self, DEEPEST, PARTS},
};

/// The most files that are looked at. A folder with more is not a council's.
const MOST: usize = 2_000;
/// Endings of what a person keeps beside the files, on purpose.
const NOTES: [&str; 1] = ["md"];

/// Warns of each file in a folder of the site that Putright does not read.
pub fn check(site: &Site, product: &Path, own: &[String], found: &mut Findings) {
    let theirs = site_parts::files(product).unwrap_or_default();
    let mut there = Vec::new();
    walk(site.folder(), "", DEEPEST, &mut there);
    for file in there.iter().filter(|file| !is_read(file, own, &theirs)) {
        let path = site.folder().join(file).display().to_string();
        found.warnings.push(InvalidFile::at(&path, "", problem(site.folder(), file, &theirs)));
    }
}

/// Returns whether a file of the site is one that Putright reads.
fn is_read(file: &str, own: &[String], theirs: &[String]) -> bool {
    if !own.iter().any(|other| other == file) {
        return false;
    }
    let of_own_flow = || {
        let register = file.strip_prefix("content/en/");
        register.is_some_and(|register| own.iter().any(|other| *other == ["flows/", register].concat()))
    };
    let is_free = ["councils/", "looks/", "flows/", "pictures/"].iter().any(|folder| file.starts_with(folder));
    is_free || theirs.iter().any(|other| other == file) || of_own_flow()
}

fn problem(folder: &Path, file: &str, theirs: &[String]) -> String {
    let name = name_of(file);
    let is_shared = |other: &&str| !["councils/", "looks/", "pictures/"].iter().any(|folder| other.starts_with(folder));
    let known: Vec<&str> = theirs.iter().map(String::as_str).filter(is_shared).collect();
    // A file of words and one of questions have one name: words are what differs more often.
    let same = known.iter().rev().filter(|other| name_of(other).eq_ignore_ascii_case(name));
    let mut same: Vec<&str> = same.copied().collect();
    same.sort_by_key(|other| !other.starts_with("content/"));
    let near = || {
        let names: Vec<&str> = known.iter().map(|other| name_of(other)).collect();
        let meant = nearest(name, &names)?;
        known.iter().find(|other| name_of(other) == meant).copied()
    };
    match same.first().copied().or_else(near) {
        Some(meant) => {
            format!("is a file that Putright does not read; move it to {}, or delete it", folder.join(meant).display())
        }
        None => "is a file that Putright does not read; give it the name that it should have, or delete it".to_owned(),
    }
}

fn name_of(file: &str) -> &str {
    file.rsplit('/').next().unwrap_or(file)
}

/// Lists the files of the folders that a site has, whatever the capital letters of their names, and the files beside those folders.
fn walk(root: &Path, folder: &str, deepest: usize, there: &mut Vec<String>) {
    let Ok(entries) = fs::read_dir(root.join(folder)) else { return };
    let mut entries: Vec<_> = entries.flatten().collect();
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if folder.is_empty() { name.clone() } else { [folder, "/", &name].concat() };
        let Ok(kind) = entry.file_type() else { continue };
        let ending = Path::new(&name).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        if name.starts_with('.') || NOTES.contains(&ending) || there.len() >= MOST {
            continue;
        }
        if kind.is_dir() {
            let is_part =
                PARTS.iter().any(|part| part.split('/').next().is_some_and(|part| part.eq_ignore_ascii_case(&name)));
            if deepest > 0 && (is_part || !folder.is_empty()) {
                walk(root, &path, deepest - 1, there);
            }
        } else if kind.is_file() && (!folder.is_empty() || ending == "json" || ending == "svg") {
            there.push(path);
        }
    }
}
