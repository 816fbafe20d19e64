//! Finds stored submissions, and writes them out: for an officer, for another program, or for the person whose data it is.

use std::{fmt::Write as _, io::Write as _, num::NonZeroU32, path::PathBuf};

use clap::{Args, ValueEnum};
use putright_server::{
    export, file_permissions,
    objects::{FileStorage, wait},
    reference_number::Reference,
    store::{Store, StoreError, SubmissionFilter, SubmissionRecord},
};
use serde_json::{Value, json};

use putright_domain::date::Date;

use putright_site::{
    command::{CliError, PrintedList},
    files::parse_date,
};

/// The submissions read at a time.
const PAGE: u32 = 200;

/// The part of a list that is printed.
#[derive(Args)]
pub struct ListPart {
    /// The most submissions to list. By default all.
    #[arg(long, value_name = "N")]
    limit: Option<NonZeroU32>,
    /// Begins after this submission, the last of the part before.
    #[arg(long, value_name = "REFERENCE")]
    after: Option<String>,
}

/// The submissions to find. All that is given must hold.
#[derive(Args)]
pub struct Which {
    /// A text anywhere in the submission: a name, an email address, a word. Case does not matter for the letters A to Z.
    #[arg(long, value_name = "TEXT")]
    text: Option<String>,
    /// The id of a council.
    #[arg(long, value_name = "ID")]
    council: Option<String>,
    /// The id of a kind: complaint, comment, compliment or `follow_up`.
    #[arg(long, value_name = "ID")]
    kind: Option<String>,
    /// The first day of receipt, as 2026-12-17.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    from: Option<Date>,
    /// The last day of receipt.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    until: Option<Date>,
}

/// The format of an export.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// One JSON array with everything, files included as base64.
    Json,
    /// One line for each submission, with the main parts, for a spreadsheet.
    Csv,
}

impl Which {
    fn filter(&self) -> SubmissionFilter {
        let day = |date: &Option<Date>| date.map(|date| date.to_string());
        SubmissionFilter {
            text: self.text.clone(),
            council: self.council.clone(),
            kind: self.kind.clone(),
            from: day(&self.from),
            until: day(&self.until),
            reference: None,
        }
    }

    /// Does something with each submission, oldest first.
    fn for_each(
        &self,
        store: &mut dyn Store,
        mut work: impl FnMut(&mut dyn Store, SubmissionRecord) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let (filter, mut after) = (self.filter(), 0);
        loop {
            let page = store.search(&filter, after, PAGE)?;
            let Some(last) = page.last() else { return Ok(()) };
            after = last.number;
            for record in page {
                work(&mut *store, record)?;
            }
        }
    }
}

impl ListPart {
    /// Prints a list page by page, each after the place where the one before ended.
    fn print(
        &self,
        store: &mut dyn Store,
        mut read: impl FnMut(&mut dyn Store, i64, u32) -> Result<Vec<(i64, Value)>, StoreError>,
    ) -> Result<(), CliError> {
        let mut after = self.after.as_deref().map_or(Ok(0), |reference| place_of(store, reference))?;
        let mut left = self.limit.map_or(u32::MAX, NonZeroU32::get);
        let mut printed = PrintedList::default();
        while left > 0 {
            let most = PAGE.min(left);
            let page = read(&mut *store, after, most).map_err(|error| CliError::unusable("the store", error))?;
            for (number, entry) in &page {
                after = *number;
                if !printed.add(entry)? {
                    return Ok(());
                }
            }
            if u32::try_from(page.len()).unwrap_or(u32::MAX) < most {
                break;
            }
            left -= most;
        }
        printed.end()
    }
}

/// Returns the place of a submission in the store.
fn place_of(store: &mut dyn Store, reference: &str) -> Result<i64, CliError> {
    let reference = super::read(reference)?;
    let filter = SubmissionFilter { reference: Some(reference), ..SubmissionFilter::default() };
    let found = store.search(&filter, 0, 1).map_err(|error| CliError::unusable("the store", error))?;
    found.first().map(|record| record.number).ok_or_else(|| super::nothing_under(reference))
}

/// Prints every submission, oldest first.
///
/// # Errors
/// Returns an error if the store cannot be read, or standard output cannot be written.
pub fn list(store: &mut dyn Store, part: &ListPart) -> Result<(), CliError> {
    part.print(store, |store, after, most| {
        let page = store.list(after, most)?;
        Ok(page.into_iter().map(|listed| (listed.number, json!(listed))).collect())
    })
}

/// Prints the submissions of a search, without what anybody wrote.
///
/// # Errors
/// Returns an error if the store cannot be read, or standard output cannot be written.
pub fn search(store: &mut dyn Store, which: &Which, part: &ListPart) -> Result<(), CliError> {
    let filter = which.filter();
    part.print(store, |store, after, most| {
        Ok(store.search(&filter, after, most)?.into_iter().map(|record| (record.number, summary(&record))).collect())
    })
}

fn summary(record: &SubmissionRecord) -> Value {
    let SubmissionRecord { reference, received_at, council, kind, taken_as, is_held, .. } = record;
    json!({
        "reference": reference, "received_at": received_at, "council": council, "kind": kind, "taken_as": taken_as,
        "held": is_held,
    })
}

/// Writes submissions into a new file, for its owner alone. Returns their number.
///
/// # Errors
/// Returns an error if the store cannot be read, or the file exists or cannot be written.
pub fn export(
    store: &mut dyn Store,
    storage: &FileStorage,
    which: &Which,
    ExportFile { format, to }: &ExportFile,
) -> Result<u64, CliError> {
    let format = *format;
    let unusable = |error: std::io::Error| CliError::unusable(to.display(), error);
    let mut file = file_permissions::options().write(true).create_new(true).open(to).map_err(unusable)?;
    let mut count = 0_u64;
    let mut failed = None;
    file.write_all(if format == ExportFormat::Csv { head() } else { "[\n".to_owned() }.as_bytes()).map_err(unusable)?;
    let read = which.for_each(store, |store, record| {
        let text = match format {
            ExportFormat::Json => {
                let reference = Reference::parse(&record.reference).map_err(|_| StoreError::Content)?;
                let files = store.files(&reference)?.unwrap_or_default();
                export::whole(&record, &wait(storage.load(files, false))?)?
            }
            ExportFormat::Csv => line(&record)?,
        };
        let between = if format == ExportFormat::Json && count > 0 { ",\n" } else { "" };
        count += 1;
        if failed.is_none() {
            failed = file.write_all(format!("{between}{text}").as_bytes()).err();
        }
        Ok(())
    });
    read.map_err(|error| CliError::unusable("the store", error))?;
    if let Some(error) = failed {
        return Err(unusable(error));
    }
    if format == ExportFormat::Json {
        file.write_all(b"\n]\n").map_err(unusable)?;
    }
    file.sync_all().map_err(unusable)?;
    Ok(count)
}

/// The columns after those of the record, by their place in the submission.
const COLUMNS: [(&str, &str); 14] = [
    ("who", "/about/who"),
    ("topics", "/about/topics"),
    ("outcome", "/guidance/outcome"),
    ("flags", "/guidance/flags"),
    ("name", "/contact/name"),
    ("methods", "/contact/methods"),
    ("email", "/contact/email"),
    ("telephone", "/contact/telephone"),
    ("post", "/contact/post"),
    ("safety", "/contact/safety"),
    ("help", "/help/chosen"),
    ("language", "/language"),
    ("wishes", "/wishes/words"),
    ("sent_on", "/sent_on"),
];

fn head() -> String {
    let own = ["reference", "received_at", "council", "kind", "taken_as", "held"].into_iter();
    let names: Vec<&str> = own.chain(COLUMNS.map(|(name, _)| name)).chain(["what_happened"]).collect();
    format!("{}\r\n", names.join(","))
}

fn line(record: &SubmissionRecord) -> Result<String, StoreError> {
    let submission: Value = serde_json::from_str(&record.body).map_err(|_| StoreError::Content)?;
    let held = if record.is_held { "yes" } else { "no" };
    let own = [&record.reference, &record.received_at, &record.council, &record.kind];
    let mut cells: Vec<String> = own.into_iter().cloned().collect();
    cells.extend([record.taken_as.clone().unwrap_or_default(), held.to_owned()]);
    cells.extend(COLUMNS.iter().map(|(_, pointer)| submission.pointer(pointer).map_or_else(String::new, text)));
    let points = submission.pointer("/points").and_then(Value::as_array).into_iter().flatten();
    let happened: Vec<String> = points.filter_map(|point| point.get("what_happened")).map(text).collect();
    cells.push(happened.join("\n\n"));
    let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
    Ok(format!("{}\r\n", cells.join(",")))
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(all) => all.iter().map(text).collect::<Vec<_>>().join("; "),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// Returns a cell of CSV (RFC 4180). A spreadsheet runs a cell that begins like a formula: an apostrophe in front makes it text.
fn quoted(cell: &str) -> String {
    let is_formula = cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        || cell.starts_with(['\t', '\r', '\n']);
    let mut quoted = String::from("\"");
    if is_formula {
        quoted.push('\'');
    }
    for character in cell.chars() {
        if character == '"' {
            quoted.push('"');
        }
        // Writing to a text does not fail.
        let _ = quoted.write_char(character);
    }
    quoted.push('"');
    quoted
}

/// The file of an export.
#[derive(Args)]
pub struct ExportFile {
    /// The format.
    #[arg(long, value_enum, default_value_t = ExportFormat::Json)]
    pub format: ExportFormat,
    /// The file to write. It must not exist. It is made for its owner alone.
    #[arg(long, value_name = "FILE")]
    pub to: PathBuf,
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn cell_that_begins_like_a_formula_is_text() {
        for (cell, expected) in [
            ("Sam", "\"Sam\""),
            ("say \"no\", now", "\"say \"\"no\"\", now\""),
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
            ("+44 1632 960123", "\"'+44 1632 960123\""),
            ("  @SUM(1)", "\"'  @SUM(1)\""),
            ("\t=1", "\"'\t=1\""),
            ("-1", "\"'-1\""),
            ("", "\"\""),
        ] {
            assert_eq!(quoted(cell), expected);
        }
    }
}
