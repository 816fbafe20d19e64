//! Checks the files of a site, and says for each fault the file, the JSON pointer and what was meant.
//!
//! Errors fail; warnings tell what will fail one day, or what a person should look at. Notices are about facts that ship with
//! Putright and are no council's own.

use std::{fs, path::PathBuf, sync::Arc};

mod accessibility_statement;
mod blocked;
mod checked;
mod data_loss;
mod delivery;
mod no_js_form;
mod overlay;
mod prose;
mod sample_submission;
mod secrets;
mod show_request;

use clap::Args;
use putright_app::{Model, view_model};
use putright_domain::{
    bundle::{HOLIDAYS, SIGNPOSTS},
    council::Council,
    data::InvalidFile,
    date::Date,
    guidance::signpost::SignpostId,
};

use crate::{
    command::CliError,
    embed,
    files::{Site, parse_date, today},
    overlay::Folders,
    pages::record::out_of_date,
};

/// The address of the bank holidays on GOV.UK.
const BANK_HOLIDAYS: &str = "https://www.gov.uk/bank-holidays.json";

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
    let mut found = Findings::default();
    let councils = councils(&site, &mut found);
    for council in &councils {
        let partners = partners(council, &councils);
        delivery::check(&site, built, council, &partners, today, &mut found);
    }
    let forms = no_js_form::check(&site, built, &councils, &mut found);
    accessibility_statement::check(&site, &councils, today, &mut found);
    facts(&site, &councils, today, &mut found);
    overlay::check(&site, &mut found);
    found.errors.extend(out_of_date(&site, built));
    let registers = found.keep(site.registers()).unwrap_or_default();
    for register in &registers {
        for council in &councils {
            fit(&site, register, council, &councils, today, &mut found);
        }
    }
    // A register is read again for each council.
    let mut told = Vec::new();
    found.errors.retain(|error| {
        let new = !told.contains(error);
        told.push(error.clone());
        new
    });
    for form in &forms {
        println!("{form}");
    }
    for warning in &found.warnings {
        println!("warning: {warning}");
    }
    for notice in &found.notices {
        println!("notice: {notice}");
    }
    for error in &found.errors {
        println!("error: {error}");
    }
    match found.errors.len() {
        0 => {
            println!("{} councils, {} registers, all well", councils.len(), registers.len());
            Ok(())
        }
        count => Err(CliError::Wrong(format!("{count} to mend"))),
    }
}

fn councils(site: &Site, found: &mut Findings) -> Vec<Council> {
    let Some(index) = found.keep(site.index()) else { return Vec::new() };
    let mut councils = Vec::new();
    for id in &index.councils {
        let Some(council) = found.keep(site.council(id)) else { continue };
        let file = site.council_path(id);
        if let Some(stranger) = council.shares_service_with.iter().find(|other| !index.councils.contains(other)) {
            let problem = format!("names \"{stranger}\", which councils/index.json does not list");
            found.errors.push(InvalidFile::at(&file, "/shares_service_with", problem));
        }
        if contrast_with_white(&council.brand.colour).is_some_and(|ratio| ratio < 4.5) {
            let problem = "is too light: white text on it must reach a contrast of 4.5 to 1";
            found.errors.push(InvalidFile::at(&file, "/brand/colour", problem));
        }
        if council.contact_unconfirmed {
            let problem = "has not been confirmed by the council; confirm it, then set this to false";
            found.warnings.push(InvalidFile::at(&file, "/contact_unconfirmed", problem));
        }
        prose::check(&file, &council, found);
        found.errors.extend(embed::faults(&file, &fs::read_to_string(&file).unwrap_or_default()));
        councils.push(council);
    }
    councils
}

/// Facts past the day they should be checked again, and bank holidays that run out.
fn facts(site: &Site, councils: &[Council], today: Date, found: &mut Findings) {
    national_facts(site, today, found);
    for council in councils {
        own_facts(&site.council_path(&council.id), council, today, found);
    }
    if let Some(calendar) = found.keep(site.calendar())
        && calendar.horizon() < today.plus_months(6)
    {
        let file = site.path(HOLIDAYS);
        let problem = format!(
            "ends on {}, in less than six months; put GOV.UK's newest, {BANK_HOLIDAYS}, in this file's place",
            calendar.horizon()
        );
        found.warnings.push(InvalidFile::at(&file, "/england-and-wales/events", problem));
    }
}

/// Facts of `signposts.json`: they ship with Putright, so a council is not to blame where one is past its day.
fn national_facts(site: &Site, today: Date, found: &mut Findings) {
    let Some(directory) = found.keep(site.directory()) else { return };
    for (id, contact) in directory.iter() {
        let Some(day) = contact.review_by.filter(|day| *day < today) else { continue };
        let pointer = format!("/signposts/{}/review_by", id.id());
        let (file, is_own) = site.origin(SIGNPOSTS, &pointer);
        if is_own {
            found.errors.push(InvalidFile::at(&file, pointer, own_fact(day, &contact.source, today)));
            continue;
        }
        let problem = format!(
            "was {day}. This is a national fact, not the council's own: get the next release of Putright, or check it \
             yourself at {} and set {}",
            contact.source,
            new_days(today)
        );
        found.notices.push(InvalidFile::at(&file, pointer, problem));
    }
}

/// Facts of a council's file: only the council can say whether they still hold.
fn own_facts(file: &str, council: &Council, today: Date, found: &mut Findings) {
    let mut past = |pointer: String, review_by: Option<Date>, source: &str| {
        let Some(day) = review_by.filter(|day| *day < today) else { return };
        found.errors.push(InvalidFile::at(file, pointer + "/review_by", own_fact(day, source, today)));
    };
    past("/contact".to_owned(), council.contact.review_by, &council.contact.source);
    for (id, contact) in council.signposts.iter() {
        let pointer =
            if id == SignpostId::Safeguarding { "/safeguarding".into() } else { format!("/signposts/{}", id.id()) };
        past(pointer, contact.review_by, &contact.source);
    }
    let promises = council.promises.iter().map(|promise| &promise.said);
    let exclusions = council.exclusions.iter().map(|exclusion| &exclusion.said);
    let numbered = promises.enumerate().map(|(at, said)| (format!("/promises/{at}"), said));
    for (pointer, said) in numbered.chain(exclusions.enumerate().map(|(at, said)| (format!("/exclusions/{at}"), said)))
    {
        past(pointer, Some(said.review_by), &said.source);
    }
}

/// Returns the problem of a council's own fact that is past its day.
fn own_fact(day: Date, source: &str, today: Date) -> String {
    let days = new_days(today);
    format!("was {day}. This is the council's own fact: check these facts at {source}, and set {days}")
}

/// Returns the days to write for a fact that has been checked today, as an example.
fn new_days(today: Date) -> String {
    format!("checked and review_by, for example \"checked\": \"{today}\", \"review_by\": \"{}\"", today.plus_months(6))
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
    for part in view_model::guide(&Model::new(Arc::new(bundle), today)) {
        if let Some(words) = part.told.body.iter().find(|words| words.contains('{')) {
            let problem = format!("has a name in {{ }} that stands for nothing here: {words}");
            let place = format!("the guide of {} for {register}", council.id);
            found.errors.push(InvalidFile::at(&place, format!("/{}", part.id), problem));
        }
    }
}

/// The contrast of white text on a colour, as WCAG 2.2 computes it.
fn contrast_with_white(colour: &str) -> Option<f64> {
    let channel = |at: usize| -> Option<f64> {
        let value = f64::from(u8::from_str_radix(colour.get(at..at + 2)?, 16).ok()?) / 255.0;
        Some(if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) })
    };
    let luminance = 0.2126 * channel(1)? + 0.7152 * channel(3)? + 0.0722 * channel(5)?;
    Some(1.05 / (luminance + 0.05))
}

#[cfg(test)]
mod tests {
    use super::contrast_with_white;

    #[test]
    fn contrast_is_as_wcag_computes_it() {
        assert!((contrast_with_white("#000000").unwrap() - 21.0).abs() < 0.01);
        assert!((contrast_with_white("#767676").unwrap() - 4.54).abs() < 0.01);
    }
}
