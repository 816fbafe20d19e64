//! A council's files over the product's: what is built of both, and what no longer fits.

use std::{
    fs,
    process::{Command, Stdio},
};

use serde_json::{Value, json};

use crate::{
    council::{Council, contents, line, text},
    place::putright,
};

const WORDS: &str = "content/en/adult.json";

#[test]
fn only_what_differs_is_the_council_s_and_neither_folder_is_written_to() {
    let council = Council::new();
    council.write(WORDS, &json!({ "words": { "service_name": "Tell Anytown" } }));
    let before = [contents(&council.site()), contents(&council.product())];
    council.build(&[]);
    assert_eq!([contents(&council.site()), contents(&council.product())], before);
    let page = council.read("anytown.html");
    assert!(page.contains("<title>Tell Anytown – Anytown</title>"), "{page}");
    let product: Value = serde_json::from_str(&fs::read_to_string(council.product().join(WORDS)).unwrap()).unwrap();
    let danger = product["words"]["danger_title"].as_str().unwrap();
    assert!(page.contains(danger), "the other words are Putright's");
    // A second build over the first gives the same, and what is taken out of the overlay is Putright's again.
    council.build(&[]);
    assert_eq!(council.read("anytown.html"), page);
    fs::remove_file(council.site().join(WORDS)).unwrap();
    council.build(&[]);
    assert!(!council.read("anytown.html").contains("Tell Anytown"));
    assert_eq!(fs::read(council.www().join(WORDS)).unwrap(), fs::read(council.product().join(WORDS)).unwrap());
    for folder in [council.site(), council.product()] {
        let [site, product, folder] = [&council.site(), &council.product(), &folder].map(|path| text(path).to_owned());
        let output = putright(&["build", &site, "--over", &product, "--out", &folder]);
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains("name another folder to write"));
    }
    assert_eq!(contents(&council.product()), before[1]);
}

#[test]
fn a_fault_is_told_by_the_file_to_change_and_leaves_the_pages_as_they_were() {
    let council = Council::new();
    council.build(&[]);
    let before = contents(&council.www());
    council.write(WORDS, &json!({ "words": { "back": null } }));
    council.write("councils/anytown.json", &json!({ "schema_version": 1 }));
    let output = council.try_build(&[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("site/councils/anytown.json:"));
    assert_eq!(contents(&council.www()), before);
    let (_, told) = council.check(&[]);
    line(&told, "error: ", &["site/councils/anytown.json", " at /name", "is missing"]);
    let council = Council::new();
    council.write(WORDS, &json!({ "words": { "back": null } }));
    line(&council.check(&[]).1, "error: ", &["site/content/en/adult.json at /words/back", "is missing"]);
    fs::write(council.site().join(WORDS), "{ \"words\": ").unwrap();
    line(&council.check(&[]).1, "error: ", &["site/content/en/adult.json", "ends before it is complete"]);
}

#[test]
fn check_warns_of_what_no_longer_fits_the_product() {
    let council = Council::new();
    let product: Value = serde_json::from_str(&fs::read_to_string(council.product().join(WORDS)).unwrap()).unwrap();
    council.write(WORDS, &json!({ "words": { "continue": product["words"]["continue"], "back": "Go back" } }));
    council.write("content/en/plain.json", &json!({ "no_such_word": null }));
    fs::copy(council.product().join("bank-holidays.json"), council.site().join("bank-holidays.json")).unwrap();
    let (code, told) = council.check(&[]);
    assert_eq!(code, 0, "a warning does not fail: {told}");
    line(&told, "warning: ", &["site/content/en/adult.json at /words/continue", "the same as Putright's: take it out"]);
    line(&told, "warning: ", &["site/content/en/plain.json at /no_such_word", "does not have: take it out"]);
    line(&told, "warning: ", &["site/bank-holidays.json", "the same as Putright's: take the file away"]);
    assert!(!told.contains("/words/back"), "{told}");
}

#[test]
fn a_council_that_is_no_longer_listed_leaves_nothing_behind() {
    let council = Council::new();
    let other = council.site().join("councils/othertown.json");
    fs::copy(council.site().join("councils/anytown.json"), &other).unwrap();
    Council::change(&other, |file| file["id"] = json!("othertown"));
    let list = |ids: &[&str]| {
        council.write("councils/index.json", &json!({ "schema_version": 1, "default": "anytown", "councils": ids }));
        council.build(&[]);
        let all = contents(&council.www());
        all.iter().filter(|(path, _)| text(path).contains("othertown")).count()
    };
    // Three pages, the form, the statement, the style, the council's file, and three bundles.
    assert_eq!(list(&["anytown", "othertown"]), 10);
    // The bundles stay for pages that are open, until the next build.
    assert_eq!(list(&["anytown"]), 3);
    assert_eq!(list(&["anytown"]), 0);
}

#[test]
fn pages_older_than_the_council_s_files_are_errors_and_are_not_served() {
    let council = Council::new();
    council.build(&[]);
    let www = council.www();
    let (code, told) = council.check(&["--out", text(&www)]);
    assert_eq!(code, 0, "{told}");
    council.write(WORDS, &json!({ "words": { "back": "Go back" } }));
    let (code, told) = council.check(&["--out", text(&www)]);
    assert_eq!(code, 1);
    let says = line(&told, "error: ", &["site/content/en/adult.json: has changed since the pages were made"]);
    assert!(says.contains(&format!("--over {} --out {}", text(&council.product()), text(&www))), "{says}");
    council.build(&[]);
    assert_eq!(council.check(&["--out", text(&www)]).0, 0);

    Council::change(&www.join("councils/anytown.json"), |file| file["team"] = json!("Another team"));
    let data = council.folder().join("data");
    let output = Command::new(env!("CARGO_BIN_EXE_putright"))
        .args(["serve", "--port", "0", "--dist", text(&www), "--data", text(&data)])
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("anytown.json: has changed since the pages were made from it: run putright build"), "{told}");
    let output = putright(&["doctor", "--dist", text(&www), "--data", text(&data)]);
    line(&String::from_utf8(output.stdout).unwrap(), "error: ", &["anytown.json: has changed"]);
}

#[test]
fn a_national_fact_past_its_day_is_putright_s_and_one_of_the_council_s_its_own() {
    let council = Council::new();
    let file = council.site().join("councils/anytown.json");
    Council::change(&file, |file| {
        for contact in ["contact", "safeguarding"] {
            file[contact]["review_by"] = json!("2029-04-01");
        }
    });
    let (code, told) = council.check(&["--today", "2028-10-01"]);
    assert_eq!(code, 0, "{told}");
    line(&told, "notice: ", &["product/signposts.json at /signposts/LGSCO/review_by", "get the next release"]);
    council.write("signposts.json", &json!({ "signposts": { "LGSCO": { "review_by": "2028-09-30" } } }));
    let (code, told) = council.check(&["--today", "2028-10-01"]);
    assert_eq!(code, 1, "{told}");
    line(&told, "error: ", &["site/signposts.json at /signposts/LGSCO/review_by", "the council's own fact"]);
    line(&told, "notice: ", &["product/signposts.json at /signposts/CHILDLINE/review_by"]);
}

#[test]
fn a_part_of_a_site_without_its_product_says_what_to_write() {
    let council = Council::new();
    // An own flow does not make it whole.
    fs::create_dir_all(council.site().join("flows")).unwrap();
    fs::write(council.site().join("flows/12-17.json"), "{}").unwrap();
    for command in ["check", "build"] {
        let output = putright(&[command, text(&council.site())]);
        assert_eq!(output.status.code(), Some(2));
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(told.contains("holds only what differs") && told.contains("--over putright-0.1.0/dist"), "{told}");
        let output = putright(&[command, text(&council.site()), "--over", text(&council.site())]);
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains("has no flows/adult.json, so it is not Putright's"));
    }
}
