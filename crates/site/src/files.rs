//! The files of a site, read from a folder: `public/`, a built `dist/`, or a council's own folder over one of those.

use std::{
    cell::RefCell,
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    rc::Rc,
    time::{SystemTime, UNIX_EPOCH},
};

use putright_domain::{
    bundle::{self, AudienceContent, DANGER, FIRST_REGISTER, HOLIDAYS, INDEX, SIGNPOSTS, Sources, picture_file},
    council::{Council, CouncilIndex},
    danger_phrases::{self, DangerPhrases},
    data::{Diagnostic, InvalidFile, MISSING, pointer_step},
    date::Date,
    form::flow::Flow,
    guidance::{signpost::Directory, working_days::WorkingCalendar},
    messages::Messages,
};
use sha2::{Digest, Sha256};

use crate::{
    advice, blanks,
    layered_text::LayeredText,
    look::kinds::{is_file_of_look, published},
    schema::{Format, example},
    site_folder, site_parts,
};

const PICTURES: &str = "pictures";
const INDEX_EXAMPLE: &str = "{ \"schema_version\": 1, \"default\": \"anytown\", \"councils\": [\"anytown\"] }";

/// The files of a site: those of one folder, or those of a council over those of the product.
#[derive(Clone)]
pub struct Site {
    folder: PathBuf,
    product: Option<PathBuf>,
    /// The files that have been read, by their paths in the site.
    read: RefCell<BTreeMap<String, Rc<LayeredText>>>,
}

impl Site {
    /// A site whose files are all in one folder.
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), product: None, read: RefCell::default() }
    }

    /// A site whose folder holds only what differs from the product's: see [`overlay`].
    pub fn over(folder: &Path, product: &Path) -> Self {
        Self { folder: folder.to_owned(), product: Some(product.to_owned()), read: RefCell::default() }
    }

    /// The same site, with every file to be read again.
    #[must_use]
    pub fn unread(&self) -> Self {
        Self { read: RefCell::default(), ..self.clone() }
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
            Some(product) if !site_parts::is_own(file) && !own.is_file() => product.join(file),
            _ => own,
        }
    }

    /// Returns the content of a file: of words and signposts the product's with the council's own merged into it, a
    /// picture of a look cleaned, else the file as it is.
    ///
    /// # Errors
    /// Returns an error if it cannot be read or merged.
    pub fn content(&self, file: &str) -> Result<Vec<u8>, InvalidFile> {
        if self.merged(file).is_some() {
            let whole = self.text(file)?.whole()?;
            return Ok(format!("{whole:#}\n").into_bytes());
        }
        let content = fs::read(self.place(file)).map_err(|error| self.unreadable(file, &error))?;
        Ok(if is_file_of_look(file) { published(file, content) } else { content })
    }

    /// Returns the path of the file that gives the value at a place, and whether it is the council's own file over the product's.
    pub fn origin(&self, file: &str, pointer: &str) -> (String, bool) {
        match self.text(file) {
            Ok(text) if self.product.is_some() && self.folder.join(file).is_file() => {
                let (path, is_own) = text.origin(pointer);
                (path.to_owned(), is_own || self.merged(file).is_none())
            }
            _ => (self.path(file), false),
        }
    }

    /// The council's file and the product's, where the one is merged into the other.
    fn merged(&self, file: &str) -> Option<(PathBuf, PathBuf)> {
        let product = self.product.as_ref().filter(|_| site_parts::is_merged(file))?.join(file);
        let own = self.folder.join(file);
        (own.is_file() && product.is_file()).then_some((own, product))
    }

    /// The folders that files are looked for in, the council's own first.
    pub fn folders(&self) -> impl Iterator<Item = &Path> {
        [self.folder.as_path()].into_iter().chain(self.product.as_deref())
    }

    /// The path of a council's file.
    pub fn council_path(&self, id: &str) -> String {
        self.path(&bundle::council_file(id))
    }

    /// Reads a file of the site with one of the domain's readers. Faults of its text and of its meaning are reported together.
    pub fn read<T>(&self, file: &str, parse: impl Fn(&str, &str) -> Result<T, InvalidFile>) -> Result<T, InvalidFile> {
        let path = self.path(file);
        let text = self.text(file)?;
        let mut faults = text.faults();
        // Without the mistakes of the texts, which are reported already.
        let read = text.value().map(|value| parse(&path, &value.to_string()));
        match read {
            Some(Ok(read)) if faults.is_empty() => return Ok(read),
            Some(Err(error)) => {
                let whole = text.value().unwrap_or_default();
                let refined = |fault| advice::refined(&whole, with_example(file, fault));
                faults.extend(text.locate(error).into_iter().map(refined));
            }
            Some(Ok(_)) | None => {}
        }
        Err(InvalidFile::of(faults).unwrap_or_else(|| InvalidFile::at(&path, "", "cannot be read")))
    }

    /// The text of a file, read once.
    ///
    /// # Errors
    /// Returns an error if it cannot be read.
    pub fn text(&self, file: &str) -> Result<Rc<LayeredText>, InvalidFile> {
        if let Some(read) = self.read.borrow().get(file) {
            return Ok(Rc::clone(read));
        }
        let text = match self.merged(file) {
            Some((own, product)) => LayeredText::merged(&own, &product),
            None => LayeredText::one(&self.place(file)),
        };
        let text = Rc::new(text.map_err(|(path, error)| self.missing(file, &path, &error))?);
        self.read.borrow_mut().insert(file.to_owned(), Rc::clone(&text));
        Ok(text)
    }

    /// The fault of a file that cannot be read; where it lies in another folder of the site, that one.
    fn missing(&self, file: &str, path: &Path, error: &io::Error) -> InvalidFile {
        let named = path.display().to_string();
        let problem =
            site_folder::unreadable(path, error).unwrap_or_else(|| match site_folder::elsewhere(&self.folder, file) {
                Some(found) => format!("is not there; it lies at {}: move it to {named}", found.display()),
                None if file == INDEX => ["is not there; write it: ", INDEX_EXAMPLE].concat(),
                None => "is not there, and the site cannot do without it; put it there, from your last copy".to_owned(),
            });
        InvalidFile::at(&named, "", problem)
    }

    /// Checks that the folder is that of a site.
    ///
    /// # Errors
    /// Returns an error that names the folder meant, where it lies beside.
    pub fn expect_site(&self) -> Result<(), InvalidFile> {
        site_folder::expect(&self.folder)
    }

    /// Gives a fault of a file of the site its place in the text.
    pub fn located(&self, fault: InvalidFile) -> InvalidFile {
        if fault.position.is_some() {
            return fault;
        }
        let read = self.read.borrow();
        match read.iter().find(|(file, _)| self.path(file) == fault.file) {
            Some((_, text)) => InvalidFile::of(text.locate(fault.clone())).unwrap_or(fault),
            None => fault,
        }
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

    /// The ids of councils that have a file and are not in the index.
    pub fn unlisted(&self, listed: &[String]) -> Vec<String> {
        let entries = fs::read_dir(self.folder.join("councils")).into_iter().flatten().flatten();
        let files = entries.filter_map(|entry| entry.file_name().to_str()?.strip_suffix(".json").map(str::to_owned));
        let mut ids: Vec<String> = files.filter(|id| id != "index" && !listed.contains(id)).collect();
        ids.sort();
        ids
    }

    /// A council's file as JSON, without the mistakes of its text.
    ///
    /// # Errors
    /// Returns an error if it cannot be read.
    pub fn council_text(&self, id: &str) -> Result<String, InvalidFile> {
        self.file_text(&bundle::council_file(id))
    }

    /// A file as JSON, without the mistakes of its text.
    ///
    /// # Errors
    /// Returns an error if it cannot be read.
    pub fn file_text(&self, file: &str) -> Result<String, InvalidFile> {
        self.read(file, |_, text| Ok(text.to_owned()))
    }

    /// The registers that the site has, by their names: each a file of questions and one of words. The adult one comes first.
    ///
    /// # Errors
    /// Returns an error if the folder of questions cannot be read.
    pub fn registers(&self) -> Result<Vec<String>, InvalidFile> {
        let mut found = Vec::new();
        for folder in self.folders() {
            match site_folder::names(&folder.join("flows"), "json") {
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
        let (questions, words) =
            InvalidFile::both(self.read(&flow, Flow::parse), self.read(&content, Messages::parse))?;
        let (flow, content) = (self.path(&flow), self.path(&content));
        let edition = AudienceContent::fit(Sources { flow: &flow, content: &content }, questions, words)?;
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
            let (read, ()) = InvalidFile::both(DangerPhrases::parse(file, text), danger_phrases::check(file, text))?;
            Ok(read)
        })
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
            match site_folder::names(&folder.join(PICTURES), "svg") {
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

/// Adds an example of what to write to the fault of a missing key, or of a value of the wrong kind.
fn with_example(file: &str, mut fault: Diagnostic) -> Diagnostic {
    let wants_one = fault.problem == MISSING
        || fault.problem.starts_with("must be a list")
        || fault.problem.starts_with("must be an object");
    let format = Format::of_file(file).filter(|_| wants_one);
    if let Some(example) = format.and_then(|format| example::of_member(format, &fault.pointer)) {
        fault.problem.extend(["; write it, for example ", &example]);
    }
    fault
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
