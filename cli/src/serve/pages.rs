//! Caches the pages that answer a plain form, and the councils of the site. Files are read again every few seconds, not for
//! each request.

use std::{
    collections::HashMap,
    fs,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use crate::{
    document::Shell,
    plain::Drawing,
    site::{Site, today},
};

/// The time after which a file of the site is read again.
const FRESH: Duration = Duration::from_secs(5);
/// From `/api/form` to the folder of the site.
pub const UP: &str = "../";

/// The parts that a council's pages are drawn with.
pub struct Pages {
    /// The words and parts.
    pub drawing: Drawing,
    index: String,
}

impl Pages {
    /// The page around them.
    pub fn shell(&self) -> Shell<'_> {
        Shell { index: &self.index, up: UP }
    }
}

/// The ids of councils.
type Ids = Arc<[String]>;

/// A value, with the moment at which it was read.
struct Read<T>(Instant, T);

impl<T: Clone> Read<T> {
    fn if_fresh(read: Option<&Self>) -> Option<T> {
        read.filter(|read| read.0.elapsed() < FRESH).map(|read| read.1.clone())
    }
}

/// The folder of the built app, with the values read from it.
pub struct Cache {
    dist: PathBuf,
    councils: Mutex<Option<Read<Option<Ids>>>>,
    pages: Mutex<HashMap<String, Read<Arc<Pages>>>>,
    lost: Mutex<Option<Read<Arc<[String; 2]>>>>,
}

impl Cache {
    /// Creates an empty cache.
    pub fn new(dist: PathBuf) -> Self {
        Self { dist, councils: Mutex::default(), pages: Mutex::default(), lost: Mutex::default() }
    }

    /// Returns the ids of the site's councils; `None` if the site has no list.
    fn councils(&self) -> Option<Ids> {
        let mut read = lock(&self.councils);
        if let Some(councils) = Read::if_fresh(read.as_ref()) {
            return councils;
        }
        let councils = Site::new(&self.dist).index().ok().map(|index| Arc::from(index.councils));
        *read = Some(Read(Instant::now(), councils.clone()));
        councils
    }

    /// Returns whether a submission for this council may be stored. Without a list of councils, any may be.
    pub fn has_council(&self, id: &str) -> bool {
        self.councils().is_none_or(|councils| councils.iter().any(|council| council == id))
    }

    /// Returns the pages of a council; `None` if the site does not have it, or a file of it cannot be read.
    pub fn of_council(&self, id: &str) -> Option<Arc<Pages>> {
        // What is asked of the disk is a name of the list, and nothing that came from outside.
        let councils = self.councils()?;
        let id = councils.iter().find(|council| *council == id)?;
        let mut read = lock(&self.pages);
        if let Some(pages) = Read::if_fresh(read.get(id)) {
            return Some(pages);
        }
        let site = Site::new(&self.dist);
        let drawing = Drawing::load(&site, site.council(id).ok()?, today()?).ok()?;
        let pages = Arc::new(Pages { drawing, index: self.index() });
        read.insert(id.clone(), Read(Instant::now(), Arc::clone(&pages)));
        Some(pages)
    }

    /// Returns the page for a form that could not be read. Its council is not known. `long` says that it was too long.
    pub fn lost(&self, long: bool) -> Option<String> {
        let mut read = lock(&self.lost);
        let drawn = if let Some(drawn) = Read::if_fresh(read.as_ref()) {
            drawn
        } else {
            let drawing = Drawing::load_all(&Site::new(&self.dist), today()?).ok()?;
            let index = self.index();
            let shell = Shell { index: &index, up: UP };
            let drawn = Arc::new([drawing.lost(&shell, false), drawing.lost(&shell, true)]);
            *read = Some(Read(Instant::now(), Arc::clone(&drawn)));
            drawn
        };
        let [other, too_long] = &*drawn;
        Some(if long { too_long } else { other }.clone())
    }

    fn index(&self) -> String {
        fs::read_to_string(self.dist.join("index.html")).unwrap_or_default()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
