//! Checks the days of facts: when each was checked, and by when to check it again.

use putright_domain::{
    bundle::{HOLIDAYS, SIGNPOSTS},
    council::Council,
    data::InvalidFile,
    date::Date,
    guidance::signpost::SignpostId,
};
use serde_json::Value;

use super::Findings;
use crate::files::Site;
use crate::json_values::each_text;

/// The address of the bank holidays on GOV.UK.
const BANK_HOLIDAYS: &str = "https://www.gov.uk/bank-holidays.json";
/// The most months for which a fact may go unchecked. A later day is a slip of the keyboard, such as 2127.
const LONGEST: u32 = 36;

/// Reports facts past the day they should be checked again, and bank holidays that run out.
pub fn check(site: &Site, councils: &[Council], today: Date, found: &mut Findings) {
    national_facts(site, today, found);
    for council in councils {
        own_facts(site, council, today, found);
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
fn own_facts(site: &Site, council: &Council, today: Date, found: &mut Findings) {
    let file = &site.council_path(&council.id);
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
    // The faults of a notice are reported where all files are read.
    if let Some(notice) = site.privacy(&council.id).ok().flatten() {
        past("/privacy".to_owned(), notice.review_by, &notice.source);
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

/// Reports days of a council's file that cannot be right.
pub fn check_days(file: &str, text: &str, today: Date, found: &mut Findings) {
    let whole: Value = serde_json::from_str(text).unwrap_or_default();
    each_text(&whole, &mut |pointer, text| {
        let Some(day) = Date::parse_iso(text) else { return };
        let problem = match pointer.rsplit('/').next() {
            Some("checked") if day > today => {
                format!(
                    "is {day}, which is still to come; give the day on which somebody checked it, such as \"{today}\""
                )
            }
            Some("review_by") if day > today.plus_months(LONGEST) => format!(
                "is {day}, more than three years away; give a day within a year, such as \"{}\"",
                today.plus_months(6)
            ),
            _ => return,
        };
        found.errors.push(InvalidFile::at(file, pointer, problem));
    });
}
