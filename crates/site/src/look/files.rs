//! The files of a look, in `looks/<id>/` of the site: each bounded in bytes, and of the kind that its name says.

use std::{fs, io, path::Path};

use putright_domain::{
    bundle,
    data::{Diagnostic, InvalidFile},
};

use super::{
    fragment::{self, Pictures},
    kinds::{FOLDER, KINDS, ending, is_file_of_look},
    own::{Font, LookFile},
    svg::{self, Svg},
};
use crate::{
    files::{Site, version},
    site_folder, site_parts,
};

const PICTURES: [&str; 5] = ["svg", "png", "jpg", "jpeg", "webp"];
const ICONS: [&str; 3] = ["svg", "png", "ico"];

/// The files of a look, read: addresses for pages in the folder of the site, with versions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Assets {
    /// The address of the logo, and its width over its height.
    pub logo: Option<(String, f64)>,
    /// The address of the favicon.
    pub favicon: Option<String>,
    /// The addresses of the font for text, and of the one for bold text.
    pub font: Option<(String, Option<String>)>,
    /// The HTML over the header.
    pub header: String,
    /// The HTML at the end of the page.
    pub footer: String,
}

/// Returns the files of the looks of these councils, by their paths in the site.
///
/// # Errors
/// Returns an error if a folder cannot be read.
pub fn of_councils(site: &Site, councils: &[String]) -> io::Result<Vec<String>> {
    let is_of_one = |file: &String| {
        let id = file.strip_prefix(FOLDER).and_then(|rest| rest.strip_prefix('/')?.split('/').next());
        is_file_of_look(file) && id.is_some_and(|id| councils.iter().any(|council| council == id))
    };
    Ok(site_parts::files(site.folder())?.into_iter().filter(is_of_one).collect())
}

/// The folder of a council's look.
pub(super) struct Folder<'a> {
    site: &'a Site,
    id: &'a str,
}

impl<'a> Folder<'a> {
    pub(super) fn new(site: &'a Site, id: &'a str) -> Self {
        Self { site, id }
    }

    /// Reads the files that a look names.
    pub(super) fn assets(&self, look: &LookFile) -> Result<Assets, InvalidFile> {
        let mut faults = Vec::new();
        let council = self.site.path(&bundle::council_file(self.id));
        let mut keep = |key: &str, problem: String| {
            let fault = InvalidFile::at(&council, format!("/look/{key}"), problem);
            faults.extend(self.site.located(fault).into_diagnostics());
        };
        let mut assets = Assets::default();
        if let Some(logo) = &look.logo {
            match self.svg(&logo.file) {
                Ok((address, picture)) => assets.logo = Some((address, picture.ratio)),
                Err(problem) => keep("logo/file", problem),
            }
        }
        if let Some(name) = &look.favicon {
            assets.favicon = self.known(name, &ICONS).map_err(|problem| keep("favicon", problem)).ok();
        }
        if let Some(Font { regular, bold }) = &look.font {
            let mut one = |key, name| self.known(name, &["woff2"]).map_err(|problem| keep(key, problem)).ok();
            let bold = bold.as_ref().and_then(|name| one("font/bold", name));
            assets.font = one("font/regular", regular).map(|regular| (regular, bold));
        }
        for (key, name, html) in
            [("header", &look.header, &mut assets.header), ("footer", &look.footer, &mut assets.footer)]
        {
            let Some(name) = name else { continue };
            match self.fragment(name) {
                Ok(Ok(read)) => *html = read,
                Ok(Err(found)) => {
                    let file = self.site.path(&self.path(name));
                    faults.extend(found.into_iter().map(|(position, problem)| Diagnostic {
                        file: file.clone(),
                        pointer: String::new(),
                        problem,
                        position: Some(position),
                    }));
                }
                Err(problem) => {
                    let fault = InvalidFile::at(&council, format!("/look/{key}"), problem);
                    faults.extend(self.site.located(fault).into_diagnostics());
                }
            }
        }
        InvalidFile::of(faults).map_or(Ok(assets), Err)
    }

    fn path(&self, name: &str) -> String {
        [FOLDER, "/", self.id, "/", name].concat()
    }

    /// Returns the content of a file of one of these kinds.
    fn content(&self, name: &str, kinds: &[&str]) -> Result<Vec<u8>, String> {
        let file = self.path(name);
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        if name.is_empty() || name.starts_with('.') || !name.bytes().all(plain) {
            let folder = self.path("");
            let example = if kinds == ["html"] { "header.html" } else { "logo.svg" };
            return Err(format!(
                "must be the name of a file in {folder}, of letters, digits, - and _, such as \"{example}\""
            ));
        }
        let kind = KINDS.iter().find(|(kind, ..)| ending(name) == *kind && kinds.contains(kind));
        let Some((_, start, most)) = kind else {
            return Err(format!("names {name}, which must end in .{}", kinds.join(" or .")));
        };
        let path = self.site.path(&file);
        let there = fs::metadata(&path).map_err(|error| self.missing(name, &path, &error))?;
        if !there.is_file() {
            return Err(format!("names {file}, which is no ordinary file; put the file itself there"));
        }
        if there.len() > *most {
            return Err(format!("names {file}, which has {} bytes; make it smaller, {most} at most", there.len()));
        }
        let content = fs::read(&path).map_err(|error| format!("names {path}, which cannot be read: {error}"))?;
        if content.is_empty() {
            return Err(format!("names {file}, which is empty; put the file there again"));
        }
        if let Some(other) = other_kind(&content).filter(|_| start.is_empty()) {
            return Err(format!(
                "names {file}, which is {other} under another name; save it again as {}",
                ending(name)
            ));
        }
        if !content.starts_with(start) {
            return Err(format!(
                "names {file}, which is no file of the kind that its name says; save it again as {}",
                ending(name)
            ));
        }
        Ok(content)
    }

    /// The problem of a file that is not there: its name may have other capital letters, or it may lie in another folder.
    fn missing(&self, name: &str, path: &str, error: &io::Error) -> String {
        let beside = site_folder::unreadable(Path::new(path), error);
        let elsewhere = || {
            let looks = [self.site.folder().to_owned(), self.site.folder().join(FOLDER)];
            let found = looks.iter().map(|folder| folder.join(name)).find(|path| path.is_file())?;
            Some(format!("is not there; it lies at {}: move it to {path}", found.display()))
        };
        match beside.or_else(elsewhere) {
            Some(problem) => format!("names {}, which {problem}", self.path(name)),
            None => format!("names a file that is not there: put it at {path}"),
        }
    }

    fn address(&self, name: &str, content: &[u8]) -> String {
        ["./", &self.path(name), "?v=", &version(content)].concat()
    }

    fn svg(&self, name: &str) -> Result<(String, Svg), String> {
        let content = self.content(name, &["svg"])?;
        let picture = svg::clean(&content).map_err(|problem| format!("names {}, which {problem}", self.path(name)))?;
        Ok((self.address(name, picture.text.as_bytes()), picture))
    }

    /// Returns the address of a file of one of these kinds.
    fn known(&self, name: &str, kinds: &[&str]) -> Result<String, String> {
        if ending(name) == "svg" && kinds.contains(&"svg") {
            return self.svg(name).map(|(address, _)| address);
        }
        Ok(self.address(name, &self.content(name, kinds)?))
    }

    fn fragment(&self, name: &str) -> Result<Result<String, Vec<fragment::FragmentFault>>, String> {
        let content = self.content(name, &["html"])?;
        let text =
            String::from_utf8(content).map_err(|_| format!("names {name}, which is no text; save it in UTF-8"))?;
        Ok(fragment::read(text.trim_start_matches('\u{feff}'), self))
    }
}

/// Returns the kind of a file that is no text, by the bytes that it begins with.
fn other_kind(content: &[u8]) -> Option<&'static str> {
    let kinds: [(&[u8], &str); 6] = [
        (b"\x89PNG", "a PNG picture"),
        (b"\xff\xd8\xff", "a JPEG picture"),
        (b"GIF8", "a GIF picture"),
        (b"RIFF", "a WebP picture"),
        (b"%PDF", "a PDF"),
        (b"PK\x03\x04", "a Word or zip file"),
    ];
    kinds.iter().find(|(start, _)| content.starts_with(start)).map(|(_, kind)| *kind)
}

impl Pictures for Folder<'_> {
    fn address(&self, name: &str) -> Result<String, String> {
        self.known(name, &PICTURES).map_err(|problem| format!("has <img> that {problem}"))
    }
}
