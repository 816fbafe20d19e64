//! The JSON Schemas of Putright's formats, from the types and the closed lists that read them.
//!
//! Draft 2020-12. The output is the same for the same types, so that a published copy can be compared with it.

use clap::{Args, ValueEnum};
use putright_domain::submission::format::Submission;
use serde_json::Value;

use crate::command::{CliError, print_json};

mod delivery;

/// Prints the JSON Schema of a format.
#[derive(Args)]
pub struct Arguments {
    /// The format.
    #[arg(value_enum, default_value_t = Format::Submission)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// The submission that a council receives: version 1.
    Submission,
    /// The delivery settings in a council's file: version 1.
    Delivery,
}

/// Prints the schema asked for.
///
/// # Errors
/// Returns an error if it cannot be written.
pub fn run(arguments: &Arguments) -> Result<(), CliError> {
    match arguments.format {
        Format::Submission => print_json(&submission_schema()),
        Format::Delivery => print_json(&delivery::delivery_schema()),
    }
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
        for (schema, again, name) in [
            (submission_schema(), submission_schema(), "urn:putright:submission:1"),
            (delivery::delivery_schema(), delivery::delivery_schema(), "urn:putright:delivery:1"),
        ] {
            assert_eq!(schema.pointer("/$schema").unwrap(), "https://json-schema.org/draft/2020-12/schema");
            assert_eq!(schema.pointer("/$id").unwrap(), name);
            assert_eq!(schema.to_string(), again.to_string());
            assert!(jsonschema::meta::is_valid(&schema));
        }
    }
}
