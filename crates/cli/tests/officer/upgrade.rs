//! `putright upgrade`: what a new release changes beneath a council's files.

use std::fs;

use serde_json::{Value, json};

use crate::{
    council::{Council, line, text},
    place::{copy, putright},
};

const WORDS: &str = "content/en/adult.json";
const FLOW: &str = "flows/adult.json";

/// A council with own words, an own flow and an own picture, and the folder of the next release.
fn with_next() -> (Council, std::path::PathBuf) {
    let council = Council::new();
    council
        .write(WORDS, &json!({ "words": { "service_name": "Tell Anytown", "back": "Go back", "print": "Print it" } }));
    fs::create_dir_all(council.site().join("flows")).unwrap();
    fs::copy(council.product().join(FLOW), council.site().join(FLOW)).unwrap();
    Council::change(&council.site().join(FLOW), |flow| flow["title"] = json!("An adult in Anytown"));
    fs::create_dir_all(council.site().join("pictures")).unwrap();
    fs::write(council.site().join("pictures/idea.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>").unwrap();
    let next = council.folder().join("next");
    copy(&council.product(), &next);
    (council, next)
}

fn upgrade(council: &Council, next: &std::path::Path) -> (Option<i32>, String) {
    let (site, product) = (council.site(), council.product());
    let output = putright(&["upgrade", text(&site), "--from", text(&product), "--to", text(next)]);
    (output.status.code(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
}

#[test]
fn a_release_that_touches_nothing_of_the_council_s_needs_nothing() {
    let (council, next) = with_next();
    Council::change(&next.join(WORDS), |words| words["words"]["continue"] = json!("Next"));
    let (code, told) = upgrade(&council, &next);
    assert_eq!(code, Some(0));
    assert!(told.starts_with("0 to look at"), "{told}");
    assert!(
        told.contains(&format!("then run: putright check {} --over {}", text(&council.site()), text(&next))),
        "{told}"
    );
}

#[test]
fn what_a_release_changes_beneath_the_council_is_told_with_what_to_do() {
    let (council, next) = with_next();
    Council::change(&next.join(WORDS), |words| {
        words["words"]["service_name"] = json!("Complaints and thanks");
        words["words"]["back"] = json!("Go back");
        words["words"].as_object_mut().unwrap().remove("print");
    });
    Council::change(&next.join(FLOW), |flow| {
        let questions = flow["pages"][0]["questions"].as_array_mut().unwrap();
        questions.push(json!({ "id": "how_are_you", "kind": "statement" }));
    });
    fs::write(next.join("pictures/idea.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"><path/></svg>").unwrap();
    let (code, told) = upgrade(&council, &next);
    assert_eq!(code, Some(0));
    let words = "site/content/en/adult.json at /words/";
    line(
        &told,
        "warning: ",
        &[
            words,
            "service_name: is changed in Putright, from \"Complaints about children’s services\" to \"Complaints and thanks\"; yours stays \"Tell Anytown\"",
        ],
    );
    line(&told, "warning: ", &[words, "back: is the same as Putright's now: take it out"]);
    line(&told, "warning: ", &[words, "print: is a key that Putright no longer has: take it out"]);
    line(
        &told,
        "warning: ",
        &["site/flows/adult.json: ", "with the new questions how_are_you: compare", "next/flows/adult.json"],
    );
    line(&told, "warning: ", &["site/pictures/idea.svg: ", "that Putright has changed"]);
    assert!(told.contains("5 to look at"), "{told}");
}

#[test]
fn an_upgrade_loses_nothing_of_the_council_s() {
    let (council, next) = with_next();
    council.build(&[]);
    let own: Vec<(&str, Value)> = vec![("councils/anytown.json", json!("Anytown Borough Council"))];
    Council::change(&next.join(WORDS), |words| {
        words["words"]["service_name"] = json!("Complaints and thanks");
        words["words"]["danger_body"] = json!("This form is not for an emergency.");
    });
    fs::write(next.join("pictures/idea.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"><path/></svg>").unwrap();
    assert_eq!(upgrade(&council, &next).1.matches("warning: ").count(), 2, "a word and a picture");
    let (site, www) = (council.site(), council.www());
    let output = putright(&["build", text(&site), "--over", text(&next), "--out", text(&www)]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let page = council.read("anytown.html");
    assert!(page.contains("<title>Tell Anytown – Anytown</title>"), "the council's word stays");
    assert!(page.contains("This form is not for an emergency."), "the release's word is there");
    assert_eq!(council.read("pictures/idea.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    for (file, name) in own {
        let read: Value = serde_json::from_str(&council.read(file)).unwrap();
        assert_eq!(read["name"], name);
    }
}

#[test]
fn a_folder_that_is_no_release_and_one_of_no_council_are_refused() {
    let (council, next) = with_next();
    let (site, product) = (council.site(), council.product());
    for [from, to] in [[council.folder(), &next], [&product, council.folder()]] {
        let output = putright(&["upgrade", text(&site), "--from", text(from), "--to", text(to)]);
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains("has no flows/adult.json, so it is not Putright's"));
    }
    let output = putright(&["upgrade", text(council.folder()), "--from", text(&product), "--to", text(&next)]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("is no council's folder"));
}
