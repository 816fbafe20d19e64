//! `putright serve`: the receiver, with the site of a built folder around it.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use putright_server::{
    FormPages, FormRefusal, Options, PlainForm, Website, check_result::CheckResult, inbox::pages::InboxPages,
};
use serde_json::Value;

use putright_site::{
    command::CliError,
    csp::{self, CONNECT, Destination, FORM, Places},
    document::Shell,
    files::{Site, today, version},
    no_js_form::{self, Drawing},
    pages::record::out_of_date,
    schema::submission_schema,
};

use crate::inbox;

/// The path from `/api/form` to the folder of the site.
const UP: &str = "../";

/// Serves until the process is told to stop.
///
/// # Errors
/// Returns an error if a folder, the store or the address cannot be used, or the pages are older than the files they were made from.
pub fn run(options: &Options) -> Result<(), CliError> {
    // The plain form is drawn of the files, so pages of older ones would ask something else.
    if let Some(stale) = stale(options.dist()) {
        return Err(CliError::Wrong(stale));
    }
    let site: Arc<dyn Website> = Arc::new(BuiltSite { dist: options.dist().to_owned() });
    putright_server::run(options, &site).map_err(|error| CliError::Unusable(error.to_string()))
}

/// Returns the first file of a built site that is not what its pages were made from, and what to do.
fn stale(dist: &Path) -> Option<String> {
    out_of_date(&Site::new(dist), dist).first().map(ToString::to_string)
}

/// Looks whether the pages are as old as the files that they were made from.
pub fn pages_finding(dist: &Path) -> CheckResult {
    match stale(dist) {
        Some(stale) => CheckResult::error(stale),
        None => CheckResult::fine(format!("{}: no page is older than the files it was made from", dist.display())),
    }
}

/// The folder of a built site.
struct BuiltSite {
    dist: PathBuf,
}

impl BuiltSite {
    fn index(&self) -> String {
        fs::read_to_string(self.dist.join("index.html")).unwrap_or_default()
    }
}

impl Website for BuiltSite {
    /// Returns the policy that the build wrote, or the same one made here.
    fn content_security_policy(&self) -> Result<String, String> {
        let index = self.dist.join("index.html");
        let html =
            fs::read_to_string(&index).map_err(|error| format!("{}: {error}; is the app built?", index.display()))?;
        let written = self.dist.join("headers.json");
        match fs::read_to_string(&written) {
            Ok(text) => serde_json::from_str::<Value>(&text)
                .ok()
                .and_then(|headers| headers.get("content_security_policy")?.as_str().map(str::to_owned))
                .ok_or_else(|| format!("{}: has no text content_security_policy", written.display())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Ok(csp::content_security_policy(&html, &places_sent_to(&self.dist.join("councils"))))
            }
            Err(error) => Err(format!("{}: {error}", written.display())),
        }
    }

    fn headers(&self) -> &'static [(&'static str, &'static str)] {
        &csp::HEADERS
    }

    fn submission_schema(&self) -> Value {
        submission_schema()
    }

    fn version(&self, content: &[u8]) -> String {
        version(content)
    }

    fn councils(&self) -> Option<Vec<String>> {
        Site::new(&self.dist).index().ok().map(|index| index.councils)
    }

    fn read_form(&self, body: &[u8]) -> Option<PlainForm> {
        no_js_form::filled(body)
    }

    fn form_pages(&self, council: &str) -> Option<Arc<dyn FormPages>> {
        let site = Site::new(&self.dist);
        let drawing = Drawing::load(&site, site.council(council).ok()?, today()?).ok()?;
        Some(Arc::new(Pages { drawing, index: self.index() }))
    }

    fn lost_page(&self, too_long: bool) -> Option<String> {
        let drawing = Drawing::load_all(&Site::new(&self.dist), today()?).ok()?;
        Some(drawing.lost(&Shell { index: &self.index(), up: UP }, too_long))
    }

    fn inbox_pages(&self) -> Result<Arc<dyn InboxPages>, String> {
        let drawing = inbox::InboxDrawing::load(&Site::new(&self.dist), self.index());
        drawing.map(|drawing| Arc::new(drawing) as Arc<dyn InboxPages>).map_err(|error| error.to_string())
    }
}

/// Looks whether the policy of the pages allows every place that a council's file sends to.
pub fn policy_finding(dist: &Path) -> CheckResult {
    let policy = match (BuiltSite { dist: dist.to_owned() }).content_security_policy() {
        Ok(policy) => policy,
        Err(error) => return CheckResult::error(error),
    };
    let places = places_sent_to(&dist.join("councils"));
    let mut blocked = Vec::new();
    for (directive, origins) in [(CONNECT, &places.connect), (FORM, &places.form)] {
        for origin in origins {
            let destination = Destination { pointer: String::new(), url: origin, directive };
            if !csp::allows(&policy, &destination) {
                blocked.push(format!("{origin} ({directive})"));
            }
        }
    }
    let place = dist.display();
    if blocked.is_empty() {
        return CheckResult::fine(format!("{place}: the policy allows every place that a council's file sends to"));
    }
    let blocked = blocked.join(", ");
    CheckResult::error(format!("{place}: the policy blocks {blocked}; run: putright build {place}"))
}

/// The places that the councils' files send to.
fn places_sent_to(councils: &Path) -> Places {
    let entries = fs::read_dir(councils).into_iter().flatten().flatten();
    let texts = entries.filter_map(|entry| fs::read_to_string(entry.path()).ok());
    texts.fold(Places::default(), |places, text| places.and(Places::of_file(&text)))
}

/// The pages of one council's plain form.
struct Pages {
    drawing: Drawing,
    index: String,
}

impl Pages {
    fn shell(&self) -> Shell<'_> {
        Shell { index: &self.index, up: UP }
    }
}

impl FormPages for Pages {
    fn submission(&self, form: &PlainForm, id: &str) -> Result<Value, String> {
        let Some(today) = today() else { return Err(self.again(form, FormRefusal::NotStored)) };
        self.drawing.submission(form, id, today).map_err(|faults| self.drawing.again(&self.shell(), form, &faults))
    }

    fn again(&self, form: &PlainForm, refusal: FormRefusal) -> String {
        let faults = &self.drawing.words().faults;
        let words = match refusal {
            FormRefusal::TooMany(seconds) => faults.busy.replace("{seconds}", &seconds.to_string()),
            FormRefusal::NotTaken => faults.not_taken.clone(),
            FormRefusal::NotStored => faults.not_stored.clone(),
        };
        self.drawing.again(&self.shell(), form, &[(None, words)])
    }

    fn stored(&self, form: &PlainForm, reference: &str) -> String {
        self.drawing.arrived(&self.shell(), reference, form)
    }
}
