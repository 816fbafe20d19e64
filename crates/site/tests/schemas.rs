//! The published JSON Schemas: each is that of its type, and every file that ships fits its own.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that stops has failed")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use clap::ValueEnum;
use putright_domain::council;
use putright_site::schema::Format;
use serde_json::{Value, json};

fn public() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../public")
}

fn read(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The files of JSON in a folder and below, by their paths in it.
fn files(folder: &Path, below: &str, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder.join(below)).unwrap() {
        let entry = entry.unwrap();
        let name = [below, entry.file_name().to_str().unwrap()].concat();
        if entry.path().is_dir() {
            files(folder, &(name + "/"), found);
        } else if Path::new(&name).extension().is_some_and(|end| end == "json") {
            found.push(name);
        }
    }
}

#[test]
fn published_schemas_are_those_of_the_types() {
    for format in Format::value_variants() {
        let path = public().join("schema").join(format!("{}-1.json", format.name()));
        let schema = format!("{:#}\n", format.schema());
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, &schema).unwrap();
        }
        let published = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(published, schema, "{} is of other types: write it again with make schema", path.display());
    }
}

#[test]
fn every_file_that_ships_fits_its_schema_and_a_broken_one_does_not() {
    let mut all = Vec::new();
    files(&public(), "", &mut all);
    let mut seen = BTreeSet::new();
    // The inbox has its words in a type of its own program.
    for file in all.iter().filter(|file| !file.starts_with("schema/") && *file != "content/en/inbox.json") {
        let format = Format::of_file(file).unwrap_or_else(|| panic!("{file} has no schema"));
        seen.insert(format.name());
        let validator = jsonschema::validator_for(&format.schema()).unwrap();
        let mut value = read(&public().join(file));
        let faults: Vec<String> =
            validator.iter_errors(&value).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
        assert!(faults.is_empty(), "{file}: {faults:#?}");
        value["$schema"] = json!("../schema/x.json");
        assert!(validator.is_valid(&value), "{file} may name its schema");
        if format != Format::BankHolidays {
            value["colour"] = json!("blue");
            assert!(!validator.is_valid(&value), "{file} has a key that nobody reads");
        }
        let key = if format == Format::BankHolidays { "england-and-wales" } else { "schema_version" };
        let mut value = read(&public().join(file));
        value.as_object_mut().unwrap().remove(key);
        assert!(!validator.is_valid(&value), "{file} without {key}");
    }
    assert_eq!(seen.len(), Format::value_variants().len() - 2, "all but the parts: {seen:?}");
}

#[test]
fn the_schema_of_a_council_has_the_keys_that_are_read() {
    let schema = Format::Council.schema();
    let keys = schema["properties"].as_object().unwrap().keys().map(String::as_str).filter(|key| *key != "$schema");
    assert_eq!(keys.collect::<BTreeSet<_>>(), council::KEYS.into_iter().collect());
}
