//! Checks that each council's accessibility statement is filled in and up to date.

use putright_domain::{council::Council, data::InvalidFile, date::Date};

use super::Findings;
use crate::{
    accessibility_statement::{self, Statement},
    files::Site,
};

/// Checks the words, and what each council's file says.
pub fn check(site: &Site, councils: &[Council], today: Date, found: &mut Findings) {
    found.keep(site.statement_words());
    for council in councils {
        let file = site.council_path(&council.id);
        match found.keep(site.statement(&council.id)) {
            Some(Some(said)) => of_today(&file, &said, today, found),
            Some(None) => found.warnings.push(InvalidFile::at(&file, "/accessibility", missing(council))),
            None => {}
        }
    }
}

fn missing(council: &Council) -> String {
    format!(
        "is missing: by law (SI 2018/952, regulation 8) a council’s website must have an accessibility statement. Until it is \
         filled in, {} says what the council has still to say. Fill in status, prepared, tested and answer_within_working_days, \
         and what is not accessible: docs/councils.md",
        accessibility_statement::file(&council.id)
    )
}

fn of_today(file: &str, said: &Statement, today: Date, found: &mut Findings) {
    let days = [("prepared", said.prepared), ("reviewed", said.reviewed()), ("tested/on", said.tested.on)];
    for (key, day) in days.iter().filter(|(_, day)| *day > today) {
        let problem = format!("is {day}, which is still to come");
        found.errors.push(InvalidFile::at(file, format!("/accessibility/{key}"), problem));
    }
    // GOV.UK: "Review and update your accessibility statement at least once a year".
    if said.reviewed().plus_months(12) < today {
        let problem = format!("was {}, over a year ago: go through the statement, and set reviewed", said.reviewed());
        found.warnings.push(InvalidFile::at(file, "/accessibility/reviewed", problem));
    }
}
