//! Checks the files of a site, and says for each fault the file, the JSON pointer and what was meant.
//!
//! Errors fail; warnings tell what will fail one day, or what a person should look at. Notices are about facts that ship with
//! Putright and are no council's own.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

mod accessibility_statement;
mod blocked;
mod checked;
mod data_loss;
mod delivery;
mod exit;
mod facts;
mod links;
mod no_js_form;
mod overlay;
mod placeholders;
mod privacy;
mod prose;
mod sample_submission;
mod secrets;
mod show_request;
mod texts;
mod unread;
mod words;

use clap::Args;
use putright_app::{Model, view_model};
use putright_domain::{bundle, council::Council, data::InvalidFile, date::Date};

use crate::{
    advice,
    command::CliError,
    embed,
    files::{Site, parse_date, today},
    overlay::Folders,
    pages::record::out_of_date,
    reading::read_all,
};

/// Checks the files that councils and translators write, or shows what a test submission would send.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    folders: Folders,
    /// The folder that `putright build` wrote: look whether it is as the files are now. SITE itself where it holds a built app.
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Print the exact request of a test submission instead: to the council of this id, or of this file; otherwise to the
    /// site's default. Sends nothing.
    #[arg(long, value_name = "COUNCIL", num_args = 0..=1, default_missing_value = "")]
    show_request: Option<String>,
    /// Print it as a command of curl's, to be copied.
    #[arg(long, requires = "show_request")]
    curl: bool,
    /// With `--show-request`: where the site is, for an address that is a path on it.
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8080/", requires = "show_request")]
    site: String,
    /// The day to check for, instead of today.
    #[arg(long, value_parser = parse_date)]
    today: Option<Date>,
}

/// The errors and the warnings.
#[derive(Default)]
struct Findings {
    errors: Vec<InvalidFile>,
    warnings: Vec<InvalidFile>,
    /// National facts that are past their day: no council's failure.
    notices: Vec<InvalidFile>,
}

impl Findings {
    fn keep<T>(&mut self, result: Result<T, InvalidFile>) -> Option<T> {
        result.map_err(|error| self.errors.extend(error.apart())).ok()
    }
}

/// Checks and prints.
///
/// # Errors
/// Returns an error if a file is wrong.
pub fn run(arguments: &Arguments) -> Result<(), CliError> {
    let site = arguments.folders.site()?;
    let built = arguments.out.as_deref().unwrap_or(arguments.folders.own());
    let today = arguments.today.or_else(today).ok_or_else(|| CliError::unusable("the clock", "cannot be right"))?;
    if let Some(council) = &arguments.show_request {
        let wanted = show_request::Wanted {
            council: Some(council.as_str()).filter(|named| !named.is_empty()),
            curl: arguments.curl,
            site: &arguments.site,
        };
        return show_request::run(&site, &wanted, today);
    }
    let report = check(&site, built, today);
    for line in report.lines() {
        println!("{line}");
    }
    match report.errors.len() {
        0 => Ok(()),
        count => Err(CliError::Wrong(format!("{count} to fix"))),
    }
}

/// The result of a check.
#[derive(Default)]
pub struct Report {
    /// A line for the plain form of each council.
    forms: Vec<String>,
    /// The faults that have to be corrected.
    pub errors: Vec<InvalidFile>,
    /// The faults that a person should look at.
    pub warnings: Vec<InvalidFile>,
    notices: Vec<InvalidFile>,
    councils: usize,
    registers: usize,
}

impl Report {
    /// The lines to print.
    pub fn lines(&self) -> Vec<String> {
        let each = |kind: &'static str, faults: &[InvalidFile]| {
            faults.iter().map(|fault| format!("{kind}: {fault}")).collect::<Vec<_>>()
        };
        let mut lines = [
            self.forms.clone(),
            each("warning", &self.warnings),
            each("notice", &self.notices),
            each("error", &self.errors),
        ]
        .concat();
        if self.errors.is_empty() {
            let councils = if self.councils == 1 { "council" } else { "councils" };
            lines.push(format!("{} {councils}, {} kinds of words, all well", self.councils, self.registers));
        }
        lines
    }
}

/// Checks the files of a site, and the folder that it was built into.
pub fn check(site: &Site, built: &Path, today: Date) -> Report {
    let mut found = Findings::default();
    if found.keep(site.expect_site()).is_none() {
        return Report { errors: found.errors, ..Report::default() };
    }
    found.keep(read_all(site));
    let councils = councils(site, today, &mut found);
    for council in &councils {
        let partners = partners(council, &councils);
        delivery::check(site, built, council, &partners, today, &mut found);
    }
    let forms = no_js_form::check(site, built, &councils, &mut found);
    accessibility_statement::check(site, &councils, today, &mut found);
    facts::check(site, &councils, today, &mut found);
    overlay::check(site, &mut found);
    found.errors.extend(out_of_date(site, built));
    let registers = found.keep(site.registers()).unwrap_or_default();
    for register in &registers {
        let [_, words] = bundle::files(register);
        if let Ok(text) = site.file_text(&words) {
            placeholders::check_words(&site.path(&words), &text, &mut found);
            links::check(&site.path(&words), &text, &mut found);
        }
        for council in &councils {
            fit(site, register, council, &councils, today, &mut found);
        }
    }
    let located = |faults: Vec<InvalidFile>| {
        let mut told: Vec<InvalidFile> = Vec::new();
        for fault in faults.into_iter().map(|fault| site.located(fault)) {
            // A register is read again for each council.
            if !told.contains(&fault) {
                told.push(fault);
            }
        }
        let apart: Vec<_> = told.into_iter().flat_map(InvalidFile::into_diagnostics).collect();
        advice::without_consequences(&apart).into_iter().map(InvalidFile::from).collect::<Vec<_>>()
    };
    let errors = located(found.errors);
    let mut warnings = located(found.warnings);
    // A wrong value has its error, and no warning beside it.
    let has_error =
        |one: &InvalidFile| errors.iter().any(|error| error.file == one.file && error.pointer == one.pointer);
    warnings.retain(|warning| warning.pointer.is_empty() || !has_error(warning));
    Report {
        forms,
        errors,
        warnings,
        notices: located(found.notices),
        councils: councils.len(),
        registers: registers.len(),
    }
}

fn councils(site: &Site, today: Date, found: &mut Findings) -> Vec<Council> {
    let Some(index) = found.keep(site.index()) else { return Vec::new() };
    let mut councils = Vec::new();
    for id in &index.councils {
        let Some(council) = found.keep(site.council(id)) else { continue };
        let file = site.council_path(id);
        if let Some(stranger) = council.shares_service_with.iter().find(|other| !index.councils.contains(other)) {
            let problem = format!("names \"{stranger}\", which councils/index.json does not list");
            found.errors.push(InvalidFile::at(&file, "/shares_service_with", problem));
        }
        if council.contact_unconfirmed {
            let problem = "has not been confirmed by the council; confirm it, then set this to false";
            found.warnings.push(InvalidFile::at(&file, "/contact_unconfirmed", problem));
        }
        prose::check(&file, &council, found);
        placeholders::check(&file, &council, found);
        exit::check(&file, &council, found);
        if let Ok(text) = site.council_text(id) {
            texts::check(&file, &text, found);
            facts::check_days(&file, &text, today, found);
            found.errors.extend(embed::faults(&file, &text));
        }
        privacy::check(site, &council, found);
        councils.push(council);
    }
    for id in site.unlisted(&index.councils) {
        let problem = format!("has no page: add \"{id}\" to \"councils\" in councils/index.json, or delete this file");
        found.warnings.push(InvalidFile::at(&site.council_path(&id), "", problem));
    }
    councils
}

/// The councils that one shares its service with.
fn partners(council: &Council, all: &[Council]) -> Vec<Council> {
    all.iter().filter(|other| council.shares_service_with.contains(&other.id)).cloned().collect()
}

/// Checks that the questions, the words and a council fit together, that the pictures are there, and that the guide has
/// no gap.
fn fit(site: &Site, register: &str, council: &Council, all: &[Council], today: Date, found: &mut Findings) {
    let partners = partners(council, all);
    let Some(bundle) = found.keep(site.load_in(register, council.clone(), partners)) else { return };
    for (question, words) in bundle.content.questions.iter() {
        let unknown =
            words.options.iter().filter(|(_, words)| !words.picture.is_empty() && !site.has_picture(&words.picture));
        for (option, words) in unknown {
            let (file, pointer) = site.picture_place(register, question, option);
            let problem = format!("names a picture that is not there: pictures/{}.svg", words.picture);
            found.errors.push(InvalidFile::at(&file, pointer, problem));
        }
    }
    let [_, file] = bundle::files(register);
    let sections = bundle.content.guide.clone();
    for part in view_model::guide(&Model::new(Arc::new(bundle), today)) {
        let Some(words) = part.told.body.iter().find(|words| words.contains('{')) else { continue };
        let gap = words.split_once('{').and_then(|(_, rest)| rest.split('}').next()).unwrap_or_default();
        // A name in a council's own promise is reported at its place there.
        let Some(pointer) = placeholders::place_in_guide(&sections, &part.id, gap) else { continue };
        let problem =
            format!("has {{{gap}}}, a name in {{ }} that stands for nothing here; write {}", placeholders::NAMES);
        found.errors.push(InvalidFile::at(&site.path(&file), pointer, problem));
    }
}
