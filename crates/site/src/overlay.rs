//! A council's files over the product's: a folder that holds only what differs.
//!
//! Words and signposts are merged key by key, as a JSON merge patch (RFC 7396) says: a value takes the place of the product's,
//! `null` takes it away, and a list takes the place of the whole list. Any other file of the council takes the place of the
//! product's. Councils come from the council's folder alone.

use std::{
    io,
    path::{Path, PathBuf},
};

use clap::Args;
use putright_domain::{
    bundle::{self, DANGER, FIRST_REGISTER, HOLIDAYS, SIGNPOSTS},
    data::{InvalidFile, pointer_step},
};
use serde_json::Value;

use crate::{command::CliError, files::Site, layered_text::LayeredText};

/// The folders of a site, as the command line names them.
#[derive(Args)]
pub struct Folders {
    /// The folder with `councils/`, and with `flows/` and `content/`, or with only what differs from the product's.
    #[arg(value_name = "SITE", default_value = "public")]
    folder: PathBuf,
    /// The product's files, which SITE changes: the `dist` of a release, or `public`. Otherwise the `dist` beside this program,
    /// where SITE holds a part of the files alone.
    #[arg(long, value_name = "PRODUCT")]
    over: Option<PathBuf>,
}

impl Folders {
    /// The folder of the council's own files.
    pub fn own(&self) -> &Path {
        &self.folder
    }

    /// Returns the site of these folders.
    ///
    /// # Errors
    /// Returns an error if SITE holds a part of a site alone and nothing says where the product is, or the product is no site.
    pub fn site(&self) -> Result<Site, CliError> {
        if let Some(product) = &self.over {
            needs_product(product)?;
            return Ok(Site::over(&self.folder, product));
        }
        let Some(missing) = missing(&self.folder).filter(|_| self.folder.is_dir()) else {
            return Ok(Site::new(&self.folder));
        };
        let beside = std::env::current_exe().ok().and_then(|program| Some(program.parent()?.join("dist")));
        if let Some(product) = beside.filter(|dist| needs_product(dist).is_ok()) {
            return Ok(Site::over(&self.folder, &product));
        }
        let problem = format!(
            "has no {missing}, so it holds only what differs from Putright. Say where Putright's own files are, as in --over \
             putright-0.1.0/dist"
        );
        Err(CliError::unusable(self.folder.display(), problem))
    }
}

/// Returns the first file that a site which is whole must have, and this folder has not.
fn missing(folder: &Path) -> Option<String> {
    let needed = bundle::files(FIRST_REGISTER).into_iter().chain([HOLIDAYS, SIGNPOSTS, DANGER].map(str::to_owned));
    needed.into_iter().find(|file| !folder.join(file).is_file())
}

/// Checks that a folder holds the product's files.
///
/// # Errors
/// Returns an error if one of them is not there.
pub fn needs_product(folder: &Path) -> Result<(), CliError> {
    let Some(missing) = missing(folder) else { return Ok(()) };
    let problem = format!("has no {missing}, so it is not Putright's; name the folder dist of a release, or public");
    Err(CliError::unusable(folder.display(), problem))
}

/// Reads a file of JSON.
///
/// # Errors
/// Returns an error if it cannot be read, or is not JSON.
pub fn read_json(path: &Path) -> Result<Value, InvalidFile> {
    let unreadable = |(path, error): (PathBuf, io::Error)| {
        InvalidFile::at(&path.display().to_string(), "", format!("cannot be read: {error}"))
    };
    LayeredText::one(path).map_err(unreadable)?.whole()
}

/// Returns the places of a merge patch that change something: its values that are no objects, and its empty objects.
pub fn changes(patch: &Value) -> Vec<(String, &Value)> {
    let mut found = Vec::new();
    collect(patch, String::new(), &mut found);
    found
}

fn collect<'a>(value: &'a Value, at: String, found: &mut Vec<(String, &'a Value)>) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (key, member) in members {
                collect(member, [at.as_str(), &pointer_step(key)].concat(), found);
            }
        }
        _ => found.push((at, value)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::changes;

    #[test]
    fn the_places_that_a_patch_changes_are_its_leaves() {
        let patch = json!({ "words": { "back": "Go back", "a/b": null }, "guide": [{ "id": 1 }], "pages": {} });
        let found: Vec<String> = changes(&patch).into_iter().map(|(at, _)| at).collect();
        assert_eq!(found, ["/guide", "/pages", "/words/a~1b", "/words/back"]);
    }
}
