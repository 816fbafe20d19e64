//! The files of a site, read from a folder as the app reads them from the web: `public/`, or a built `dist/`.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

use putright::domain::{
    content::Content,
    council::{Council, CouncilIndex},
    danger::{self, Danger},
    data::DataError,
    date::Date,
    guidance::{signpost::Directory, working_days::WorkingCalendar},
    journey::flow::Flow,
    loaded::{Loaded, Sources},
};

/// The folder of a site.
pub struct Site {
    folder: PathBuf,
}

impl Site {
    /// A site's folder.
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    fn path(&self, file: &str) -> String {
        self.folder.join(file).display().to_string()
    }

    /// Reads a file of the site with one of the domain's readers.
    fn read<T>(&self, file: &str, parse: impl Fn(&str, &str) -> Result<T, DataError>) -> Result<T, DataError> {
        let path = self.path(file);
        let text = fs::read_to_string(&path).map_err(|error| {
            DataError::at(&path, "", format!("cannot be read: {error}; the app does not start without this file"))
        })?;
        parse(&path, &text)
    }

    /// Which councils it serves.
    pub fn index(&self) -> Result<CouncilIndex, DataError> {
        self.read("councils/index.json", CouncilIndex::parse)
    }

    /// A council's file, which must carry the id it is named for.
    pub fn council(&self, id: &str) -> Result<Council, DataError> {
        let file = format!("councils/{id}.json");
        let council = self.read(&file, Council::parse)?;
        if council.id == id {
            return Ok(council);
        }
        let problem = format!("is \"{}\"; it must be the name of the file, \"{id}\"", council.id);
        Err(DataError::at(&self.path(&file), "/id", problem))
    }

    /// The questions.
    pub fn flow(&self) -> Result<Flow, DataError> {
        self.read("flows/adult.json", Flow::parse)
    }

    /// The words.
    pub fn content(&self) -> Result<Box<Content>, DataError> {
        self.read("content/en/adult.json", Content::parse)
    }

    /// The bank holidays.
    pub fn calendar(&self) -> Result<WorkingCalendar, DataError> {
        self.read("bank-holidays.json", WorkingCalendar::parse)
    }

    /// Who else can help.
    pub fn directory(&self) -> Result<Directory, DataError> {
        self.read("signposts.json", Directory::parse)
    }

    /// The words that may mean danger.
    pub fn danger(&self) -> Result<Danger, DataError> {
        self.read("danger/en.json", |file, text| {
            danger::check(file, text)?;
            Danger::parse(file, text)
        })
    }

    /// Everything an app for some councils runs on.
    pub fn load(&self, council: Council, partners: Vec<Council>) -> Result<Loaded, DataError> {
        let (flow, content) = (self.path("flows/adult.json"), self.path("content/en/adult.json"));
        let mut loaded = Loaded::new(
            Box::new(council),
            partners.into_iter().map(Box::new).collect(),
            self.flow()?,
            self.content()?,
            self.calendar()?,
            self.directory()?,
            Sources { flow: &flow, content: &content },
        )?;
        loaded.danger = self.danger()?;
        Ok(loaded)
    }
}

/// Today, in universal time: near enough for what is printed and checked here. `None` for a clock that cannot be right.
pub fn today() -> Option<Date> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
    Some(Date::new(1970, 1, 1)?.plus_days(u32::try_from(seconds / 86_400).ok()?))
}

/// Reads a date given on the command line.
pub fn parse_date(text: &str) -> Result<Date, String> {
    Date::parse_iso(text).ok_or_else(|| "must be a date like 2026-12-17".to_owned())
}
