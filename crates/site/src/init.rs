//! `putright init`: makes a council's folder with the fewest keys, and clear blanks for what is not known yet.

use std::{
    fs,
    io::{self, BufRead, IsTerminal, Read, Write},
    path::{Path, PathBuf},
};

use clap::Args;
use putright_domain::{bundle, date::Date};
use serde_json::{Value, json};

use crate::{blanks::blank, command::CliError, files::today};

/// The most bytes that are read of an answer.
const LONGEST: u64 = 1_000;
/// The months after which a council's facts are to be checked again.
const REVIEW_AFTER: u32 = 6;

/// Makes a council's folder: one council, the fewest keys. Asks on a terminal for what is not given, and leaves blanks that
/// `putright check` names.
#[derive(Args)]
pub struct Arguments {
    /// The folder to make.
    folder: PathBuf,
    /// The council's id, which is a part of its address: lower-case letters, digits and `-`.
    #[arg(long, value_name = "ID", value_parser = id)]
    council: String,
    /// The council's full name.
    #[arg(long)]
    name: Option<String>,
    /// Its name in a sentence.
    #[arg(long)]
    short_name: Option<String>,
    /// The telephone number of the complaints team.
    #[arg(long)]
    telephone: Option<String>,
    /// The page of the council's website that says so.
    #[arg(long, value_name = "URL")]
    source: Option<String>,
    /// The telephone number to call about a child who is not safe.
    #[arg(long, value_name = "NUMBER")]
    safeguarding: Option<String>,
    /// The page of the council's website that says so.
    #[arg(long, value_name = "URL")]
    safeguarding_source: Option<String>,
    /// The complaints team's email address. May be left out.
    #[arg(long)]
    email: Option<String>,
    /// The address of the council's privacy notice.
    #[arg(long, value_name = "URL")]
    privacy: Option<String>,
    /// The address that complaints are sent to; `api/submissions` is `putright serve`.
    #[arg(long, value_name = "URL")]
    endpoint: Option<String>,
}

/// One thing that a council's file needs, and what to write there.
struct Fact<'a> {
    given: &'a Option<String>,
    wanted: &'static str,
    needed: bool,
}

/// The values of the facts, in the order of [`Arguments::facts`].
type Values = [Option<String>; 9];

impl Arguments {
    fn facts(&self) -> [Fact<'_>; 9] {
        let fact = |given, wanted| Fact { given, wanted, needed: true };
        [
            fact(&self.name, "the council's full name, such as Anytown Borough Council"),
            fact(&self.short_name, "the council's name in a sentence, such as Anytown"),
            fact(&self.telephone, "the telephone number of the complaints team, such as 020 7946 0000"),
            fact(
                &self.source,
                "the address of the page of your website that gives it, such as https://www.anytown.gov.uk/complaints",
            ),
            fact(
                &self.safeguarding,
                "the telephone number to call about a child who is not safe, such as 020 7946 0001",
            ),
            fact(
                &self.safeguarding_source,
                "the address of the page of your website that gives it, such as https://www.anytown.gov.uk/safeguarding",
            ),
            fact(
                &self.endpoint,
                "the address that complaints are sent to, such as https://forms.anytown.gov.uk/complaints, or api/submissions for putright serve",
            ),
            fact(&self.privacy, "the address of your privacy notice, such as https://www.anytown.gov.uk/privacy"),
            Fact {
                given: &self.email,
                wanted: "the complaints team's email address, if people may write there",
                needed: false,
            },
        ]
    }
}

/// Makes the folder.
///
/// # Errors
/// Returns an error if there is a site in it, or it cannot be written.
pub fn run(arguments: &Arguments) -> Result<(), CliError> {
    let folder = &arguments.folder;
    let index = folder.join(bundle::INDEX);
    let council = folder.join(bundle::council_file(&arguments.council));
    if let Some(there) = [&index, &council].into_iter().find(|path| path.exists()) {
        let problem = "is there already, and init writes nothing over; name another folder, or change the files in it";
        return Err(CliError::unusable(there.display(), problem));
    }
    let today = today().ok_or_else(|| CliError::unusable("the clock", "cannot be right"))?;
    let values = ask(arguments)?;
    let id = &arguments.council;
    let all = [("schema_version", json!(1)), ("default", json!(id)), ("councils", json!([id]))];
    write(&index, &in_order(&all))?;
    write(&council, &in_order(&council_file(id, &values, &arguments.facts(), today)))?;
    let told = io::stdout();
    let blanks = values.iter().zip(arguments.facts()).filter(|(value, fact)| value.is_none() && fact.needed).count();
    let site = folder.display();
    writeln!(
        told.lock(),
        "{} is made; blanks to fill in: {blanks}. putright check {site} names each\n\
         what else it can say: docs/councils.md; where complaints go: docs/delivery.md",
        council.display()
    )
    .map_err(|error| CliError::unusable("standard output", error))
}

/// Returns the value of each fact: as given, or as a person on a terminal says. An empty answer leaves a blank.
fn ask(arguments: &Arguments) -> Result<Values, CliError> {
    let mut values = Values::default();
    let asks = io::stdin().is_terminal();
    for (value, fact) in values.iter_mut().zip(arguments.facts()) {
        *value = match fact.given {
            Some(given) => Some(given.trim().to_owned()),
            None if asks => answer(fact.wanted).map_err(|error| CliError::unusable("the terminal", error))?,
            None => None,
        };
        value.take_if(|value| value.is_empty());
    }
    Ok(values)
}

fn answer(wanted: &str) -> io::Result<Option<String>> {
    let mut screen = io::stderr().lock();
    write!(screen, "{}\n(Enter leaves it blank): ", sentence(wanted))?;
    screen.flush()?;
    let mut line = String::new();
    io::stdin().lock().take(LONGEST).read_line(&mut line)?;
    Ok(Some(line.trim().to_owned()))
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn council_file(id: &str, values: &Values, facts: &[Fact<'_>; 9], today: Date) -> Vec<(&'static str, Value)> {
    let [name, short_name, telephone, source, safeguarding, safeguarding_source, endpoint, privacy, _]: [String; 9] =
        std::array::from_fn(|at| text(values, facts, at));
    let review_by = today.plus_months(REVIEW_AFTER).to_string();
    let contact = |number: String, source: String| {
        json!({
            "telephone": [{ "number": number }],
            "source": source, "checked": today.to_string(), "review_by": review_by,
        })
    };
    // The built-in receiver takes the form of people without JavaScript too.
    let mut delivery = match endpoint.strip_suffix("api/submissions") {
        Some(folder) if !endpoint.contains("://") => {
            let form = [folder, "api/form"].concat();
            json!({ "url": endpoint, "plain_form": { "url": form } })
        }
        _ => json!({ "url": endpoint }),
    };
    let mut complaints_team = contact(telephone, source);
    let [.., email] = values;
    if let Some(address) = email {
        let channels = json!([{ "email": { "address": address } }, "telephone", "print", "download_html", "copy"]);
        delivery.as_object_mut().map(|delivery| delivery.insert("fallbacks".to_owned(), channels));
        complaints_team.as_object_mut().map(|team| team.insert("email".to_owned(), json!(address)));
    }
    vec![
        ("schema_version", json!(1)),
        ("id", json!(id)),
        ("name", json!(name)),
        ("short_name", json!(short_name)),
        ("team", json!("Complaints team")),
        ("contact", complaints_team),
        ("safeguarding", contact(safeguarding, safeguarding_source)),
        ("delivery", delivery),
        ("privacy", json!({ "link": privacy })),
        ("brand", json!({ "colour": "#1d4f91" })),
    ]
}

/// Writes an object with its keys in this order, as a person would.
fn in_order(members: &[(&str, Value)]) -> String {
    let lines =
        members.iter().map(|(key, value)| format!("  \"{key}\": {}", format!("{value:#}").replace('\n', "\n  ")));
    format!("{{\n{}\n}}\n", lines.collect::<Vec<_>>().join(",\n"))
}

/// The value of a fact, or its blank.
fn text(values: &Values, facts: &[Fact<'_>; 9], at: usize) -> String {
    let value = values.get(at).cloned().flatten();
    value.unwrap_or_else(|| facts.get(at).map(|fact| blank(fact.wanted)).unwrap_or_default())
}

fn write(path: &Path, content: &str) -> Result<(), CliError> {
    let unusable = |error: io::Error| CliError::unusable(path.display(), error);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(unusable)?;
    }
    let mut file = fs::File::create_new(path).map_err(unusable)?;
    file.write_all(content.as_bytes()).map_err(unusable)
}

/// Reads a council's id.
fn id(text: &str) -> Result<String, String> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if text.is_empty() || text.len() > 60 || text == "index" || !text.bytes().all(plain) {
        return Err("must be lower-case letters, digits and -, such as anytown: it is part of an address".to_owned());
    }
    Ok(text.to_owned())
}
