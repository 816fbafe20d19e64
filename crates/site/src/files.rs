//! The files of a site, read from a folder: `public/`, a built `dist/`, or a council's own folder over one of those.

use std::{
    fmt::Display,
    fs, io,
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

use putright_domain::{
    bundle::{
        self, AudienceContent, Bundle, DANGER, FIRST_REGISTER, HOLIDAYS, INDEX, SIGNPOSTS, SharedData, Sources,
        picture_file,
    },
    council::{Council, CouncilIndex},
    danger_phrases::{self, DangerPhrases},
    data::{InvalidFile, pointer_step},
    date::Date,
    guidance::{signpost::Directory, working_days::WorkingCalendar},
};
use sha2::{Digest, Sha256};

use crate::{blanks, overlay};

const PICTURES: &str = "pictures";

/// The files of a site: those of one folder, or those of a council over those of the product.
#[derive(Clone, Debug)]
pub struct Site {
    folder: PathBuf,
    product: Option<PathBuf>,
}

impl Site {
    /// A site whose files are all in one folder.
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), product: None }
    }

    /// A site whose folder holds only what differs from the product's: see [`overlay`].
    pub fn over(folder: &Path, product: &Path) -> Self {
        Self { folder: folder.to_owned(), product: Some(product.to_owned()) }
    }

    /// The folder of the council's own files.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The folder of the product's files, where they are apart.
    pub fn product(&self) -> Option<&Path> {
        self.product.as_deref()
    }

    /// The path of a file of the site, to say where something is wrong: the council's own where there is one, else the product's.
    pub fn path(&self, file: &str) -> String {
        self.place(file).display().to_string()
    }

    /// The path of a file: the council's own where there is one, else the product's. Councils are the site's own alone.
    fn place(&self, file: &str) -> PathBuf {
        let own = self.folder.join(file);
        match &self.product {
            Some(product) if !overlay::is_own(file) && !own.is_file() => product.join(file),
            _ => own,
        }
    }

    /// Returns the content of a file: of words and signposts the product's with the council's own merged into it, else
    /// the file as it is.
    ///
    /// # Errors
    /// Returns an error if it cannot be read or merged.
    pub fn content(&self, file: &str) -> Result<Vec<u8>, InvalidFile> {
        if let Some(product) = &self.product
            && overlay::is_merged(file)
            && self.folder.join(file).is_file()
            && product.join(file).is_file()
        {
            return overlay::merge(&product.join(file), &self.folder.join(file)).map(String::into_bytes);
        }
        fs::read(self.place(file)).map_err(|error| self.unreadable(file, &error))
    }

    /// Returns the path of the file that gives the value at a place, and whether it is the council's own file over the product's.
    pub fn origin(&self, file: &str, pointer: &str) -> (String, bool) {
        let Some(product) = &self.product else { return (self.path(file), false) };
        let own = overlay::read_json(&self.folder.join(file)).unwrap_or_default();
        let is_own = own.pointer(pointer).is_some();
        let folder = if is_own { &self.folder } else { product };
        (folder.join(file).display().to_string(), is_own)
    }

    /// The folders that files are looked for in, the council's own first.
    pub fn folders(&self) -> impl Iterator<Item = &Path> {
        [self.folder.as_path()].into_iter().chain(self.product.as_deref())
    }

    /// The path of a council's file.
    pub fn council_path(&self, id: &str) -> String {
        self.path(&bundle::council_file(id))
    }

    /// Reads a file of the site with one of the domain's readers.
    pub fn read<T>(&self, file: &str, parse: impl Fn(&str, &str) -> Result<T, InvalidFile>) -> Result<T, InvalidFile> {
        let path = self.path(file);
        let unreadable = |error: &dyn Display| {
            InvalidFile::at(&path, "", format!("cannot be read: {error}; the app does not start without this file"))
        };
        if !Path::new(&path).is_file() {
            return Err(unreadable(&io::Error::from(io::ErrorKind::NotFound)));
        }
        let text = String::from_utf8(self.content(file)?).map_err(|error| unreadable(&error.utf8_error()))?;
        parse(&path, &text)
    }

    /// Reads the index of the councils that the site serves.
    pub fn index(&self) -> Result<CouncilIndex, InvalidFile> {
        self.read(INDEX, CouncilIndex::parse)
    }

    /// A council's file, which must carry the id it is named for.
    pub fn council(&self, id: &str) -> Result<Council, InvalidFile> {
        let file = bundle::council_file(id);
        let council = self.read(&file, |path, text| blanks::refuse(path, text, Council::parse(path, text)))?;
        if council.id == id {
            return Ok(council);
        }
        let problem = format!("is \"{}\"; it must be the name of the file, \"{id}\"", council.id);
        Err(InvalidFile::at(&self.path(&file), "/id", problem))
    }

    /// Reads a council's file without parsing it.
    ///
    /// # Errors
    /// Returns an error if it cannot be read.
    pub fn council_text(&self, id: &str) -> Result<String, InvalidFile> {
        self.read(&bundle::council_file(id), |_, text| Ok(text.to_owned()))
    }

    /// The registers that the site has, by their names: each a file of questions and one of words. The adult one comes first.
    ///
    /// # Errors
    /// Returns an error if the folder of questions cannot be read.
    pub fn registers(&self) -> Result<Vec<String>, InvalidFile> {
        let mut found = Vec::new();
        for folder in self.folders() {
            match names(&folder.join("flows"), "json") {
                Err(error) if error.kind() != io::ErrorKind::NotFound || self.product.is_none() => {
                    return Err(self.unreadable("flows", &error));
                }
                names => found.extend(names.unwrap_or_default()),
            }
        }
        found.sort_by_key(|name| (name != FIRST_REGISTER, name.clone()));
        found.dedup();
        Ok(found)
    }

    /// The questions and the words of a register.
    pub fn edition(&self, register: &str) -> Result<AudienceContent, InvalidFile> {
        let [flow, content] = bundle::files(register);
        let plain = |_: &str, text: &str| Ok(text.to_owned());
        let texts = [self.read(&flow, plain)?, self.read(&content, plain)?];
        let (flow, content) = (self.path(&flow), self.path(&content));
        let edition = AudienceContent::parse(Sources { flow: &flow, content: &content }, &texts[0], &texts[1])?;
        if edition.content.register == register {
            return Ok(edition);
        }
        let problem = format!("is \"{}\"; it must be the name of the file, \"{register}\"", edition.content.register);
        Err(InvalidFile::at(&content, "/register", problem))
    }

    /// The bank holidays.
    pub fn calendar(&self) -> Result<WorkingCalendar, InvalidFile> {
        self.read(HOLIDAYS, WorkingCalendar::parse)
    }

    /// Reads the directory of others who can help.
    pub fn directory(&self) -> Result<Directory, InvalidFile> {
        self.read(SIGNPOSTS, Directory::parse)
    }

    /// The words that may mean danger.
    pub fn danger(&self) -> Result<DangerPhrases, InvalidFile> {
        self.read(DANGER, |file, text| {
            danger_phrases::check(file, text)?;
            DangerPhrases::parse(file, text)
        })
    }

    /// Loads the bundle of a council and of those that it shares its service with, in a register of
    /// [`Site::registers`].
    pub fn load_in(&self, register: &str, council: Council, partners: Vec<Council>) -> Result<Bundle, InvalidFile> {
        Ok(Bundle::new(self.common(council, partners)?, self.edition(register)?))
    }

    /// Loads the bundle of a site of these councils, before a person has chosen one, in a register of
    /// [`Site::registers`].
    pub fn load_all(&self, register: &str, default: Council, others: Vec<Council>) -> Result<Bundle, InvalidFile> {
        let chosen = others.is_empty();
        let mut common = self.common(default, others)?;
        common.chosen = chosen;
        Ok(Bundle::new(common, self.edition(register)?))
    }

    fn common(&self, council: Council, partners: Vec<Council>) -> Result<SharedData, InvalidFile> {
        let partners = partners.into_iter().map(Box::new).collect();
        let mut common =
            SharedData::new(Box::new(council), partners, self.calendar()?, self.directory()?, self.danger()?);
        common.pictures = self.pictures()?;
        Ok(common)
    }

    /// A file's address with its version, by which a browser may keep it for ever.
    ///
    /// # Errors
    /// Returns an error if it cannot be read.
    pub fn address(&self, file: &str) -> Result<String, InvalidFile> {
        let content = self.content(file)?;
        Ok([file, "?v=", &version(&content)].concat())
    }

    /// Returns the addresses of the pictures, with a space between two. Without a folder of pictures there are none.
    ///
    /// # Errors
    /// Returns an error if they cannot be read.
    pub fn pictures(&self) -> Result<String, InvalidFile> {
        let mut all = Vec::new();
        for folder in self.folders() {
            match names(&folder.join(PICTURES), "svg") {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(self.unreadable(PICTURES, &error)),
                names => all.extend(names.unwrap_or_default()),
            }
        }
        let all: Result<Vec<String>, InvalidFile> = all.iter().map(|name| self.address(&picture_file(name))).collect();
        let mut all = all?;
        all.sort();
        all.dedup();
        Ok(all.join(" "))
    }

    fn unreadable(&self, file: &str, error: &io::Error) -> InvalidFile {
        InvalidFile::at(&self.path(file), "", format!("cannot be read: {error}"))
    }

    /// Returns whether an option has a picture of this name.
    pub fn has_picture(&self, name: &str) -> bool {
        self.place(&picture_file(name)).is_file()
    }

    /// The place of an option's picture, to say where it is wrong.
    pub fn picture_place(&self, register: &str, question: &str, option: &str) -> (String, String) {
        let pointer = format!("/questions{}/options{}/picture", pointer_step(question), pointer_step(option));
        let [_, content] = bundle::files(register);
        (self.path(&content), pointer)
    }
}

/// Returns the names of the files of a folder with this ending, without it. The packed copies that a release puts beside them have
/// another.
fn names(folder: &Path, ending: &str) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_one = path.extension().is_some_and(|extension| extension == ending);
        found.extend(path.file_stem().filter(|_| is_one).map(|name| name.to_string_lossy().into_owned()));
    }
    Ok(found)
}

/// Returns the value of `?v=` in the address of a file with this content. Other content gets another value.
pub fn version(content: &[u8]) -> String {
    format!("{:x}", Sha256::digest(content)).chars().take(16).collect()
}

/// Today in England. `None` for a clock that cannot be right.
pub fn today() -> Option<Date> {
    Date::in_england(SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs_f64() * 1000.0)
}

/// Reads a date given on the command line.
pub fn parse_date(text: &str) -> Result<Date, String> {
    Date::parse_iso(text).ok_or_else(|| "must be a date like 2026-12-17".to_owned())
}
