//! Puts a site together of a council's folder and the product: the app, the merged files, and then the pages.
//!
//! Neither of the two folders is written to, so that the next release takes the place of the product alone.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use putright_domain::bundle::{self, FOLDER};

use crate::{
    command::CliError,
    files::Site,
    look,
    pages::{self, record::Record},
    site_parts::{self, DEEPEST, PARTS},
};

/// The files of a built app that each build writes again.
const WRITTEN: [&str; 4] = ["index.html", "check.html", "headers.json", "prerendered.json"];

/// Builds a site over the product into another folder.
///
/// # Errors
/// Returns an error if a file of the site is wrong, there is no built app, or `out` is one of the two folders.
pub fn build(site: &Site, out: &Path) -> Result<(), CliError> {
    let Some(product) = site.product() else { return pages::write(out) };
    if let Some(same) = site.folders().find(|folder| is_same(folder, out)) {
        let problem = "is only read, never written; name another folder to write, as in --out www";
        return Err(CliError::unusable(same.display(), problem));
    }
    let app = if product.join("index.html").is_file() { product } else { out };
    needs_app(app)?;
    pages::compile(site.clone(), app, out, || {
        copy_all(site, app, out).map_err(|(path, error)| CliError::unusable(path.display(), error))?;
        write_sources(site, out)
    })
}

/// Returns an error if a folder holds no built app.
pub fn needs_app(folder: &Path) -> Result<(), CliError> {
    if folder.join("index.html").is_file() {
        return Ok(());
    }
    let problem = "has no index.html: build the app first (make build), or unpack a release there";
    Err(CliError::unusable(folder.display(), problem))
}

/// Returns whether two paths lead to one folder.
pub fn is_same(one: &Path, other: &Path) -> bool {
    let real = |folder: &Path| fs::canonicalize(folder).ok();
    real(one).is_some_and(|one| Some(one) == real(other))
}

/// Copies the app: everything of its folder but the files of a site and the files that a build writes.
fn copy_all(site: &Site, app: &Path, out: &Path) -> Result<(), (PathBuf, io::Error)> {
    fs::create_dir_all(out).map_err(|error| (out.to_owned(), error))?;
    if is_same(app, out) {
        return Ok(());
    }
    let mut written: BTreeSet<String> = Record::pages(app).into_iter().collect();
    written.extend(WRITTEN.map(str::to_owned));
    for entry in fs::read_dir(app).map_err(|error| (app.to_owned(), error))? {
        let name = entry.map_err(|error| (app.to_owned(), error))?.file_name().to_string_lossy().into_owned();
        let plain = name.trim_end_matches(".br").trim_end_matches(".gz");
        let is_source = PARTS.iter().any(|part| part.split('/').next() == Some(plain));
        let is_bundles = plain == FOLDER.trim_end_matches('/');
        let is_inside = site.folders().chain([out]).any(|folder| folder != app && is_same(&app.join(&name), folder));
        if is_source || is_bundles || is_inside || written.contains(plain) || name.starts_with('.') {
            continue;
        }
        copy(&app.join(&name), &out.join(&name), DEEPEST).map_err(|error| (app.join(&name), error))?;
    }
    Ok(())
}

/// Copies a file or a folder, with the times of the files: a packed copy must not look older than its file.
fn copy(from: &Path, to: &Path, deepest: usize) -> io::Result<()> {
    if from.is_dir() {
        if deepest > 0 {
            fs::create_dir_all(to)?;
            for entry in fs::read_dir(from)? {
                let name = entry?.file_name();
                copy(&from.join(&name), &to.join(&name), deepest - 1)?;
            }
        }
        return Ok(());
    }
    let content = fs::read(from)?;
    if fs::read(to).is_ok_and(|there| there == content) {
        return Ok(());
    }
    fs::write(to, content)?;
    fs::File::options().write(true).open(to)?.set_modified(from.metadata()?.modified()?)
}

/// Writes the files that the site is made of, and removes those of an earlier build that it no longer has.
fn write_sources(site: &Site, out: &Path) -> Result<(), CliError> {
    let mut files = BTreeSet::new();
    for folder in site.folders() {
        let all = site_parts::files(folder).map_err(|error| CliError::unusable(folder.display(), error))?;
        files.extend(all.into_iter().filter(|file| !site_parts::is_own(file)));
    }
    files.insert(bundle::INDEX.to_owned());
    let councils = site.index()?.councils;
    files.extend(councils.iter().map(|id| bundle::council_file(id)));
    let unusable = |path: &Path, error: io::Error| CliError::unusable(path.display(), error);
    files.extend(look::of_councils(site, &councils).map_err(|error| unusable(site.folder(), error))?);
    for file in site_parts::files(out).map_err(|error| unusable(out, error))? {
        if !files.contains(&file) {
            remove(&out.join(&file)).map_err(|error| unusable(&out.join(&file), error))?;
        }
    }
    for file in &files {
        let path = out.join(file);
        let content = site.content(file)?;
        if fs::read(&path).is_ok_and(|there| there == content) {
            continue;
        }
        let folder = path.parent().unwrap_or(out);
        fs::create_dir_all(folder).and_then(|()| fs::write(&path, content)).map_err(|error| unusable(&path, error))?;
    }
    Ok(())
}

/// Removes a file and its packed copies.
fn remove(path: &Path) -> io::Result<()> {
    for ending in ["", ".br", ".gz"] {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        match fs::remove_file(name) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}
