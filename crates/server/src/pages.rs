//! Caches the pages that answer a plain form, and the councils of the site. Files are read again every few seconds, not for
//! each request.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use crate::website::{FormPages, Website};

/// The time after which a file of the site is read again.
const FRESH: Duration = Duration::from_secs(5);
/// From `/api/form` to the folder of the site.
pub const UP: &str = "../";

/// The ids of councils.
type Ids = Arc<[String]>;

/// A value, with the moment at which it was read.
struct Cached<T>(Instant, T);

impl<T: Clone> Cached<T> {
    fn if_fresh(read: Option<&Self>) -> Option<T> {
        read.filter(|read| read.0.elapsed() < FRESH).map(|read| read.1.clone())
    }
}

/// The site, with the values read from it.
pub struct Cache {
    site: Arc<dyn Website>,
    councils: Mutex<Option<Cached<Option<Ids>>>>,
    pages: Mutex<HashMap<String, Cached<Arc<dyn FormPages>>>>,
    lost: Mutex<[Option<Cached<String>>; 2]>,
}

impl Cache {
    /// Creates an empty cache.
    pub fn new(site: Arc<dyn Website>) -> Self {
        Self { site, councils: Mutex::default(), pages: Mutex::default(), lost: Mutex::default() }
    }

    /// Returns the ids of the site's councils; `None` if the site has no list.
    fn councils(&self) -> Option<Ids> {
        let mut read = lock(&self.councils);
        if let Some(councils) = Cached::if_fresh(read.as_ref()) {
            return councils;
        }
        let councils = self.site.councils().map(Arc::from);
        *read = Some(Cached(Instant::now(), councils.clone()));
        councils
    }

    /// Returns whether a submission for this council may be stored. Without a list of councils, any may be.
    pub fn has_council(&self, id: &str) -> bool {
        self.councils().is_none_or(|councils| councils.iter().any(|council| council == id))
    }

    /// Returns the pages of a council; `None` if the site does not have it, or a file of it cannot be read.
    pub fn of_council(&self, id: &str) -> Option<Arc<dyn FormPages>> {
        // The name that goes to the disk is one of the list, and nothing that came from outside.
        let councils = self.councils()?;
        let id = councils.iter().find(|council| *council == id)?;
        let mut read = lock(&self.pages);
        if let Some(pages) = Cached::if_fresh(read.get(id)) {
            return Some(pages);
        }
        let pages = self.site.form_pages(id)?;
        read.insert(id.clone(), Cached(Instant::now(), Arc::clone(&pages)));
        Some(pages)
    }

    /// Returns the page for a form that could not be read. Its council is not known. `too_long` says that it was too long.
    pub fn lost(&self, too_long: bool) -> Option<String> {
        let mut read = lock(&self.lost);
        let [other, long] = &mut *read;
        let read = if too_long { long } else { other };
        if let Some(drawn) = Cached::if_fresh(read.as_ref()) {
            return Some(drawn);
        }
        let drawn = self.site.lost_page(too_long)?;
        *read = Some(Cached(Instant::now(), drawn.clone()));
        Some(drawn)
    }

    /// Reads the body of a form: see [`Website::read_form`].
    pub fn read_form(&self, body: &[u8]) -> Option<crate::PlainForm> {
        self.site.read_form(body)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
