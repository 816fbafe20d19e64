//! The JSON Schemas of Putright's formats, from the types and the closed lists that read them.
//!
//! Draft 2020-12. The output is the same for the same types, so that a published copy can be compared with it. An editor that
//! knows the schema of a file says what may stand where while somebody types.

use clap::{Args, ValueEnum};
use putright_domain::{
    council::CouncilIndex,
    danger_phrases::DangerFile,
    data::SCHEMA_KEY,
    guidance::{signpost::DirectoryFile, working_days::BankHolidays},
    messages::Messages,
    submission::format::Submission,
};
use schemars::{JsonSchema, Schema};
use serde_json::{Value, json};

use crate::{
    accessibility_statement::words::StatementWords, command::CliError, command::print_json,
    no_js_form::words::Words as PlainFormWords,
};

mod council;
mod delivery;
pub mod example;
mod flow;

/// Prints the JSON Schema of a format.
#[derive(Args)]
pub struct Arguments {
    /// The format.
    #[arg(value_enum, default_value_t = Format::Submission)]
    format: Format,
}

/// A format of Putright's, in its only version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// The submission that a council receives: version 1.
    Submission,
    /// The delivery settings in a council's file: version 1.
    Delivery,
    /// A council's file, councils/<id>.json.
    Council,
    /// The list of councils, councils/index.json.
    Index,
    /// The questions of a register, flows/<register>.json.
    Flow,
    /// The words of a register, content/<language>/<register>.json.
    Words,
    /// The words of the form without JavaScript, content/<language>/plain.json.
    PlainForm,
    /// The words of the accessibility statement, content/<language>/accessibility.json.
    Accessibility,
    /// The contacts of other bodies, signposts.json.
    Signposts,
    /// The bank holidays, bank-holidays.json, in GOV.UK's shape.
    BankHolidays,
    /// The words that may mean danger, danger/<language>.json.
    Danger,
}

impl Format {
    /// The name of the format, as `putright schema` takes it.
    pub fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }

    /// The format of a file of a site; `None` for a file that is not JSON of Putright's, and for the words of the inbox, which are no
    /// part of the site.
    pub fn of_file(path: &str) -> Option<Self> {
        let path = path.strip_suffix(".json")?;
        Some(match path.split('/').collect::<Vec<_>>().as_slice() {
            ["councils", "index"] => Self::Index,
            ["councils", _] => Self::Council,
            ["flows", _] => Self::Flow,
            ["content", _, "plain"] => Self::PlainForm,
            ["content", _, "accessibility"] => Self::Accessibility,
            ["content", _, "inbox"] => return None,
            ["content", _, _] => Self::Words,
            ["danger", _] => Self::Danger,
            ["signposts"] => Self::Signposts,
            ["bank-holidays"] => Self::BankHolidays,
            _ => return None,
        })
    }

    /// The JSON Schema.
    pub fn schema(self) -> Value {
        match self {
            Self::Submission => submission_schema(),
            Self::Delivery => delivery::delivery_schema(),
            Self::Council => self.of::<council::CouncilFile>(),
            Self::Index => self.of::<CouncilIndex>(),
            Self::Flow => self.of::<flow::FlowFile>(),
            Self::Words => with_version(self.of::<Messages>()),
            Self::PlainForm => self.of::<PlainFormWords>(),
            Self::Accessibility => self.of::<StatementWords>(),
            Self::Signposts => self.of::<DirectoryFile>(),
            Self::BankHolidays => self.of::<BankHolidays>(),
            Self::Danger => self.of::<DangerFile>(),
        }
    }

    /// The schema of the type of a file. Any file may name its schema for an editor.
    fn of<T: JsonSchema>(self) -> Value {
        let mut schema = schemars::schema_for!(T);
        schema.insert("$id".to_owned(), format!("urn:putright:{}:1", self.name()).into());
        let own = json!({ "type": "string", "description": "The address of this schema, for an editor." });
        set_property(&mut schema, SCHEMA_KEY, own);
        schema.to_value()
    }
}

/// Adds the version, which the type does not hold because a bundle has no use for it.
fn with_version(mut schema: Value) -> Value {
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        properties.insert("schema_version".to_owned(), json!({ "const": 1 }));
    }
    if let Some(required) = schema.get_mut("required").and_then(Value::as_array_mut) {
        required.push("schema_version".into());
    }
    schema
}

/// Gives the schema of an object one more member.
fn set_property(schema: &mut Schema, name: &str, member: Value) {
    let properties = schema.ensure_object().entry("properties").or_insert_with(|| json!({}));
    if let Some(properties) = properties.as_object_mut() {
        properties.insert(name.to_owned(), member);
    }
}

/// Prints the schema asked for.
///
/// # Errors
/// Returns an error if it cannot be written.
pub fn run(arguments: &Arguments) -> Result<(), CliError> {
    print_json(&arguments.format.schema())
}

/// The JSON Schema of a submission, version 1.
pub fn submission_schema() -> Value {
    let mut schema = schemars::schema_for!(Submission);
    schema.insert("$id".to_owned(), Value::from("urn:putright:submission:1"));
    schema.to_value()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_schema_is_draft_2020_12_names_itself_and_is_the_same_every_time() {
        for format in Format::value_variants() {
            let (schema, name) = (format.schema(), format!("urn:putright:{}:1", format.name()));
            assert_eq!(schema.pointer("/$schema").unwrap(), "https://json-schema.org/draft/2020-12/schema");
            assert_eq!(schema.pointer("/$id").unwrap(), &name);
            assert_eq!(schema.to_string(), format.schema().to_string());
            assert!(jsonschema::meta::is_valid(&schema), "{name}");
        }
    }
}
