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
    if is_site(folder) {
        return Ok(());
    }
    let around = folder.ancestors().skip(1).take(2).filter(|path| !path.as_os_str().is_empty()).map(Path::to_owned);
    let meant = around.chain([folder.join("public")]).find(|folder| is_site(folder)).or_else(|| beside(folder));
    let example = meant.map_or_else(|| "site".to_owned(), |folder| folder.display().to_string());
    let what = if folder.exists() { "is no folder of a site" } else { "is not there" };
    let problem = format!("{what}; name the folder that holds councils, flows and content, such as {example}");
    Err(InvalidFile::at(&folder.display().to_string(), "", problem))
}

fn is_site(folder: &Path) -> bool {
    PARTS.iter().any(|part| folder.join(part).is_dir())
}

/// Looks beside a folder for that of a site which nothing has been built into.
fn beside(folder: &Path) -> Option<PathBuf> {
    let around = folder.parent()?;
    let read = fs::read_dir(if around.as_os_str().is_empty() { Path::new(".") } else { around }).ok()?;
    let mut names: Vec<_> = read.flatten().map(|entry| entry.file_name()).collect();
    names.sort();
    names.into_iter().map(|name| around.join(name)).find(|path| is_site(path) && !path.join("index.html").exists())
}

/// Returns why there is something at a path and it cannot be read, or what lies beside it under nearly the same name; `None` for a file
/// that is not there at all.
pub fn unreadable(path: &Path, error: &io::Error) -> Option<String> {
    let named = path.display();
    match fs::metadata(path) {
        Ok(there) if there.is_dir() => Some("is a folder; put the file of this name in its place".to_owned()),
        Ok(there) if !there.is_file() => Some("is no ordinary file; put the file of this name in its place".to_owned()),
        _ if error.kind() == io::ErrorKind::PermissionDenied => {
            Some(format!("may not be read by your account; allow it, for example by: chmod a+r {named}"))
        }
        Ok(_) => Some(format!("cannot be read: {error}")),
        Err(_) if path.is_symlink() => {
            Some("is a link that leads to no file; put the file itself in its place".to_owned())
        }
        Err(_) => {
            alike(path).map(|found| format!("is not there; there is {}: give it the name {named}", found.display()))
        }
    }
}

/// Looks beside a path for the same name with other capital letters, or with an ending that a program put behind it.
fn alike(path: &Path) -> Option<PathBuf> {
    let wanted = path.file_name()?.to_str()?.to_lowercase();
    let folder = path.parent()?;
    if !folder.is_dir() {
        return alike(folder).filter(|found| found.is_dir());
    }
    let is_alike = |name: &str| name == wanted || name == [wanted.as_str(), ".txt"].concat();
    let mut beside = fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path());
    beside
        .find(|path| path.file_name().and_then(|name| name.to_str()).is_some_and(|name| is_alike(&name.to_lowercase())))
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
