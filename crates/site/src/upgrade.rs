//! `putright upgrade`: says what a new release changes beneath a council's files, and what to do about it.

use std::{
    collections::BTreeSet,
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use clap::Args;
use putright_domain::data::InvalidFile;
use serde_json::Value;

use crate::{
    command::CliError,
    overlay::{changes, needs_product, read_json},
    site_parts::{files, is_merged, is_own},
};

/// The most characters of a text that are shown.
const LONGEST: usize = 120;

/// Says what a new release of Putright changes in the words, questions and files that a council has changed too. Changes nothing.
#[derive(Args)]
pub struct Arguments {
    /// The council's folder.
    site: PathBuf,
    /// The product's files until now: the `dist` of the release in use.
    #[arg(long, value_name = "PRODUCT")]
    from: PathBuf,
    /// The product's files of the new release.
    #[arg(long, value_name = "PRODUCT")]
    to: PathBuf,
}

/// Compares and prints.
///
/// # Errors
/// Returns an error if a folder is no site of its kind, or a file cannot be read.
pub fn run(arguments: &Arguments) -> Result<(), CliError> {
    let Arguments { site, from, to } = arguments;
    needs_product(from)?;
    needs_product(to)?;
    if !site.join("councils").is_dir() {
        return Err(CliError::unusable(site.display(), "has no councils/, so it is no council's folder"));
    }
    let mut told = Vec::new();
    let mut unchanged = 0;
    for file in files(site).map_err(|error| CliError::unusable(site.display(), error))? {
        let before = told.len();
        if !is_own(&file) {
            let compared = Compared { own: site.join(&file), old: from.join(&file), new: to.join(&file) };
            compared.compare(&file, &mut told)?;
        }
        unchanged += usize::from(told.len() == before);
    }
    report(&told, unchanged, site, to).map_err(|error| CliError::unusable("standard output", error))
}

fn report(told: &[InvalidFile], unchanged: usize, site: &Path, to: &Path) -> io::Result<()> {
    let mut output = io::stdout().lock();
    for warning in told {
        writeln!(output, "warning: {warning}")?;
    }
    writeln!(output, "{} to look at; {unchanged} files of yours need no change", told.len())?;
    writeln!(output, "then run: putright check {} --over {}", site.display(), to.display())
}

/// A file in the three folders.
struct Compared {
    own: PathBuf,
    old: PathBuf,
    new: PathBuf,
}

impl Compared {
    fn compare(&self, file: &str, told: &mut Vec<InvalidFile>) -> Result<(), InvalidFile> {
        let file_path = self.own.display().to_string();
        if is_merged(file) && self.old.is_file() && self.new.is_file() {
            let patch = read_json(&self.own)?;
            let (old, new) = (read_json(&self.old)?, read_json(&self.new)?);
            for (pointer, own) in changes(&patch) {
                let problem = changed(own, old.pointer(&pointer), new.pointer(&pointer));
                told.extend(problem.map(|problem| InvalidFile::at(&file_path, &pointer, problem)));
            }
            return Ok(());
        }
        if let Some(problem) = self.whole(file)? {
            told.push(InvalidFile::at(&file_path, "", problem));
        }
        Ok(())
    }

    /// Returns what is to be said of a file that takes the place of the product's.
    fn whole(&self, file: &str) -> Result<Option<String>, InvalidFile> {
        let [own, old, new] = [&self.own, &self.old, &self.new].map(|path| fs::read(path).ok());
        let compare = format!("{} with {}", self.old.display(), self.new.display());
        Ok(match (old, new) {
            (_, new) if new == own => Some("is the same as Putright's now: take the file away".to_owned()),
            (old, new) if old == new => None,
            (Some(_), None) => {
                Some("takes the place of a file that Putright no longer has: take it away, unless you use it".into())
            }
            (None, _) => {
                Some("has the name of a file that Putright has now: yours takes its place; compare them".into())
            }
            (Some(_), Some(_)) => {
                let questions = if file.starts_with("flows/") { self.questions()? } else { String::new() };
                Some(format!(
                    "takes the place of a file that Putright has changed{questions}: compare {compare}, and put into yours \
                     what you want of it"
                ))
            }
        })
    }

    /// Returns the questions that the product's flow has gained and lost.
    fn questions(&self) -> Result<String, InvalidFile> {
        let (old, new) = (questions(&read_json(&self.old)?), questions(&read_json(&self.new)?));
        let list = |name: &str, ids: Vec<&str>| match ids.as_slice() {
            [] => String::new(),
            ids => format!(", {name} {}", ids.join(", ")),
        };
        let more = list("with the new questions", new.difference(&old).map(String::as_str).collect());
        let less = list("without the questions", old.difference(&new).map(String::as_str).collect());
        Ok(more + &less)
    }
}

/// Returns what is to be said of a value of the council's, of which the product's was `old` and is `new`.
fn changed(own: &Value, old: Option<&Value>, new: Option<&Value>) -> Option<String> {
    match (old, new) {
        (_, Some(new)) if new == own => Some("is the same as Putright's now: take it out".to_owned()),
        (Some(_), None) if own.is_null() => {
            Some("takes away a key that Putright no longer has: take it out".to_owned())
        }
        (Some(_), None) => Some("is a key that Putright no longer has: take it out".to_owned()),
        (None, Some(new)) => Some(format!("is a key that Putright has now too, as {}: choose one", shown(new))),
        (Some(old), Some(new)) if old != new => Some(format!(
            "is changed in Putright, from {} to {}; yours stays {}: see if it still says what is right",
            shown(old),
            shown(new),
            shown(own)
        )),
        _ => None,
    }
}

fn shown(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => [text.get(..end).unwrap_or_default(), "…"].concat(),
        None => text,
    }
}

/// The ids of a flow's questions.
fn questions(flow: &Value) -> BTreeSet<String> {
    let pages = ["pages", "extras"].into_iter().filter_map(|key| flow.get(key)?.as_array());
    let questions = pages.flatten().filter_map(|page| page.get("questions")?.as_array()).flatten();
    questions.filter_map(|question| Some(question.get("id")?.as_str()?.to_owned())).collect()
}
