//! The files of a site, read from a folder as the app reads them from the web: `public/`, or a built `dist/`.

use std::{
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

const PICTURES: &str = "pictures";

/// The folder of a site.
pub struct Site {
    folder: PathBuf,
}

impl Site {
    /// A site's folder.
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// The path of a file of the site, to say where something is wrong.
    pub fn path(&self, file: &str) -> String {
        self.folder.join(file).display().to_string()
    }

    /// The path of a council's file.
    pub fn council_path(&self, id: &str) -> String {
        self.path(&bundle::council_file(id))
    }

    /// Reads a file of the site with one of the domain's readers.
    pub fn read<T>(&self, file: &str, parse: impl Fn(&str, &str) -> Result<T, InvalidFile>) -> Result<T, InvalidFile> {
        let path = self.path(file);
        let text = fs::read_to_string(&path).map_err(|error| {
            InvalidFile::at(&path, "", format!("cannot be read: {error}; the app does not start without this file"))
        })?;
        parse(&path, &text)
    }

    /// Reads the index of the councils that the site serves.
    pub fn index(&self) -> Result<CouncilIndex, InvalidFile> {
        self.read(INDEX, CouncilIndex::parse)
    }

    /// A council's file, which must carry the id it is named for.
    pub fn council(&self, id: &str) -> Result<Council, InvalidFile> {
        let file = bundle::council_file(id);
        let council = self.read(&file, Council::parse)?;
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
        let path = self.folder.join("flows");
        let unreadable = |error: io::Error| self.unreadable("flows", &error);
        let mut found = Vec::new();
        for entry in fs::read_dir(&path).map_err(unreadable)? {
            let file = entry.map_err(unreadable)?.path();
            let is_json = file.extension().is_some_and(|extension| extension == "json");
            found.extend(file.file_stem().filter(|_| is_json).map(|name| name.to_string_lossy().into_owned()));
        }
        found.sort_by_key(|name| (name != FIRST_REGISTER, name.clone()));
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
        let content = fs::read(self.folder.join(file)).map_err(|error| self.unreadable(file, &error))?;
        Ok([file, "?v=", &version(&content)].concat())
    }

    /// Returns the addresses of the pictures, with a space between two. Without a folder of pictures there are none.
    ///
    /// # Errors
    /// Returns an error if they cannot be read.
    pub fn pictures(&self) -> Result<String, InvalidFile> {
        let entries = match fs::read_dir(self.folder.join(PICTURES)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(String::new()),
            entries => entries.map_err(|error| self.unreadable(PICTURES, &error))?,
        };
        let mut all = Vec::new();
        for entry in entries {
            let path = entry.map_err(|error| self.unreadable(PICTURES, &error))?.path();
            // Those that a release packs for a server stand beside them.
            let is_svg = path.extension().is_some_and(|extension| extension == "svg");
            if let Some(name) = path.file_stem().filter(|_| is_svg) {
                all.push(self.address(&picture_file(&name.to_string_lossy()))?);
            }
        }
        all.sort();
        Ok(all.join(" "))
    }

    fn unreadable(&self, file: &str, error: &io::Error) -> InvalidFile {
        InvalidFile::at(&self.path(file), "", format!("cannot be read: {error}"))
    }

    /// Returns whether an option has a picture of this name.
    pub fn has_picture(&self, name: &str) -> bool {
        self.folder.join(picture_file(name)).is_file()
    }

    /// The place of an option's picture, to say where it is wrong.
    pub fn picture_place(&self, register: &str, question: &str, option: &str) -> (String, String) {
        let pointer = format!("/questions{}/options{}/picture", pointer_step(question), pointer_step(option));
        let [_, content] = bundle::files(register);
        (self.path(&content), pointer)
    }
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
