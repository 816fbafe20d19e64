//! Runs the rules over scenario files: one JSON object a file, a line each.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write},
    path::PathBuf,
};

use clap::Args;
use putright_domain::{
    council::Council,
    data::{InvalidFile, pointer_step},
    guidance::triage::{Advice, Facts, Topic, advise},
};
use serde::{Deserialize, Serialize};
use serde_path_to_error::Segment;

use crate::{command::CliError, files::Site};

/// Decides worked cases, and prints what the guide would say.
#[derive(Args)]
pub struct Arguments {
    /// Scenario files: `{"id", "council", "answers"}`.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The folder that holds `councils/` and `bank-holidays.json`.
    #[arg(long, default_value = "public")]
    public: PathBuf,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scenario {
    id: String,
    #[serde(default, rename = "title")]
    _title: String,
    council: String,
    answers: Facts,
    #[serde(default, rename = "expected")]
    _expected: Option<serde_json::Value>,
}

#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    #[serde(flatten)]
    advice: &'a Advice,
}

/// Decides each file in turn.
///
/// # Errors
/// At the first file that cannot be read.
pub fn run(arguments: &Arguments) -> Result<(), CliError> {
    let site = Site::new(&arguments.public);
    let unusable = |error: InvalidFile| CliError::Unusable(error.to_string());
    let index = site.index().map_err(unusable)?;
    let councils = index
        .councils
        .iter()
        .map(|id| Ok((id.clone(), site.council(id)?)))
        .collect::<Result<BTreeMap<String, Council>, InvalidFile>>()
        .map_err(unusable)?;
    let calendar = site.calendar().map_err(unusable)?;
    let mut output = io::BufWriter::new(io::stdout().lock());
    for path in &arguments.files {
        let file = path.display().to_string();
        let text = fs::read_to_string(path).map_err(|error| CliError::unusable(&file, error))?;
        let scenario = read(&file, &text).map_err(unusable)?;
        let council = councils.get(&scenario.council).ok_or_else(|| {
            let known: Vec<&str> = councils.keys().map(String::as_str).collect();
            unusable(InvalidFile::at(&file, "/council", format!("is not known; known: {}", known.join(", "))))
        })?;
        if !scenario.answers.has_enough() {
            let known = Topic::IDS.join(", ");
            let problem = format!("names no topic, which a first complaint needs; known: {known}");
            return Err(unusable(InvalidFile::at(&file, "/answers/topics", problem)));
        }
        let advice = advise(&scenario.answers, &council.rules, council.counting(&calendar));
        let line = Line { id: &scenario.id, advice: &advice };
        serde_json::to_writer(&mut output, &line)
            .map_err(io::Error::from)
            .and_then(|()| output.write_all(b"\n"))
            .map_err(|error| CliError::unusable("standard output", error))?;
    }
    output.flush().map_err(|error| CliError::unusable("standard output", error))
}

fn read(file: &str, text: &str) -> Result<Scenario, InvalidFile> {
    let mut source = serde_json::Deserializer::from_str(text);
    let scenario = serde_path_to_error::deserialize(&mut source).map_err(|fault| {
        let steps = fault.path().iter().map(|segment| match segment {
            Segment::Seq { index } => pointer_step(&index.to_string()),
            Segment::Map { key } => pointer_step(key),
            Segment::Enum { variant } => pointer_step(variant),
            Segment::Unknown => String::new(),
        });
        InvalidFile::at(file, steps.collect::<String>(), fault.inner().to_string())
    })?;
    source.end().map_err(|fault| InvalidFile::at(file, "", fault.to_string()))?;
    Ok(scenario)
}
