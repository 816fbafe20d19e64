//! The folders of a site: the names of their files, and files that lie in the wrong one.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use putright_domain::data::InvalidFile;

/// The folders that a site cannot be without.
const PARTS: [&str; 3] = ["councils", "flows", "content"];
/// The folders that a file may have been put into by mistake.
const OTHERS: [&str; 7] = ["", "councils", "flows", "content", "content/en", "danger", "pictures"];

/// Checks that a folder is that of a site.
///
/// # Errors
/// Returns an error that names the folder meant, where it lies beside.
pub fn expect(folder: &Path) -> Result<(), InvalidFile> {
    let is_site = |folder: &Path| PARTS.iter().any(|part| folder.join(part).is_dir());
    if is_site(folder) {
        return Ok(());
    }
    let around = folder.parent().map(Path::to_owned);
    let meant = around.into_iter().chain([folder.join("public")]).find(|folder| is_site(folder));
    let example = meant.map_or_else(|| "public".to_owned(), |folder| folder.display().to_string());
    let problem =
        format!("is no folder of a site; name the folder that holds councils, flows and content, such as {example}");
    Err(InvalidFile::at(&folder.display().to_string(), "", problem))
}

/// Looks for a file of the same name in the other folders of a site. Questions and words of a register have one name, so the one is
/// never taken for the other.
pub fn elsewhere(folder: &Path, file: &str) -> Option<PathBuf> {
    let name = Path::new(file).file_name()?;
    let is_of_register = |part: &str| part.starts_with("flows") || part.starts_with("content/");
    let others = OTHERS.iter().filter(|part| !(is_of_register(part) && is_of_register(file)));
    let mut beside = others.map(|part| folder.join(part).join(name));
    beside.find(|path| path.is_file() && *path != folder.join(file))
}

/// Returns the names of the files of a folder with this ending, without it. The packed copies that a release puts beside them have
/// another.
pub fn names(folder: &Path, ending: &str) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_one = path.extension().is_some_and(|extension| extension == ending);
        found.extend(path.file_stem().filter(|_| is_one).map(|name| name.to_string_lossy().into_owned()));
    }
    Ok(found)
}
