//! Tests of every kind of file: its version, missing parts, the number of reported problems, and its JSON.

#![allow(clippy::unwrap_used, reason = "a test that stops has failed")]

use crate::common::public;
use putright_domain::{
    bundle::{FIRST_REGISTER, address, page_file, picture_file},
    council::{Council, CouncilIndex},
    danger_phrases::{self, DangerPhrases},
    data::InvalidFile,
    form::flow::Flow,
    guidance::signpost::Directory,
    messages::Messages,
};
use serde_json::{Value, json};

type Read = fn(&str, &str) -> Result<(), InvalidFile>;

const FILES: [(&str, Read); 6] = [
    ("content/en/adult.json", |file, text| Messages::parse(file, text).map(drop)),
    ("councils/bromley.json", |file, text| Council::parse(file, text).map(drop)),
    ("councils/index.json", |file, text| CouncilIndex::parse(file, text).map(drop)),
    ("danger/en.json", |file, text| {
        danger_phrases::check(file, text).and_then(|()| DangerPhrases::parse(file, text).map(drop))
    }),
    ("flows/adult.json", |file, text| Flow::parse(file, text).map(drop)),
    ("signposts.json", |file, text| Directory::parse(file, text).map(drop)),
];

/// Returns the problems of a file after a change.
fn wrong(file: &str, read: Read, change: impl Fn(&mut Value)) -> InvalidFile {
    let mut value: Value = serde_json::from_str(&public(file)).unwrap();
    change(&mut value);
    read(file, &value.to_string()).unwrap_err()
}

fn said(file: &str, read: Read, change: impl Fn(&mut Value)) -> String {
    wrong(file, read, change).to_string()
}

#[test]
fn a_file_of_another_version_is_refused_as_such() {
    for (file, read) in FILES {
        for version in [json!(0), json!(2)] {
            let told = said(file, read, |value| value["schema_version"] = version.clone());
            let wanted = format!("{file} at /schema_version: is {version}, but this Putright reads version 1");
            assert!(told.contains(&wanted), "{told}");
        }
    }
}

#[test]
fn a_word_and_a_signpost_that_are_missing_are_named() {
    let [content, .., signposts] = FILES;
    let told = said(content.0, content.1, |value| {
        value["words"].as_object_mut().unwrap().remove("skip_link");
    });
    assert!(told.contains("content/en/adult.json at /words/skip_link: is missing; write its words"), "{told}");
    let told = said(signposts.0, signposts.1, |value| {
        value["signposts"].as_object_mut().unwrap().remove("HOUSING");
    });
    assert!(told.contains("signposts.json at /signposts/HOUSING: is missing; every signpost needs an entry"), "{told}");
}

#[test]
fn of_more_than_a_hundred_faults_the_first_hundred_are_told() {
    let [_, (file, read), ..] = FILES;
    let told = |count: u32| {
        let add = |value: &mut Value| {
            for number in 0..count {
                value[format!("unknown_{number}")] = json!(1);
            }
        };
        wrong(file, read, add).apart().count()
    };
    assert_eq!([told(99), told(100), told(101), told(150)], [99, 100, 100, 100]);
}

#[test]
fn two_escapes_in_a_row_are_two_characters() {
    let text =
        public("content/en/adult.json").replacen("\"language\": \"en-GB\"", r#""language": "\u0065\u006e-GB""#, 1);
    assert!(text.contains("u0065") && Messages::parse("content/en/adult.json", &text).unwrap().language == "en-GB");
}

#[test]
fn a_file_has_the_address_that_may_be_kept_where_the_page_tells_one() {
    let kept = "flows/8-11.json?v=1 pictures/sad.svg.gz?v=2 pictures/sad.svg?v=3";
    assert_eq!(address(kept, "flows/8-11.json"), "flows/8-11.json?v=1");
    assert_eq!(address(kept, &picture_file("sad")), "pictures/sad.svg?v=3");
    assert_eq!(address(kept, &picture_file("idea")), "pictures/idea.svg");
    assert_eq!(address("", "danger/en.json"), "danger/en.json");
}

#[test]
fn a_council_s_own_page_is_named_after_it_and_those_for_the_young_after_their_register_too() {
    assert_eq!(page_file("bromley", FIRST_REGISTER), "bromley.html");
    assert_eq!(page_file("bromley", "8-11"), "bromley-8-11.html");
}
