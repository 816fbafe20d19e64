//! `putright upgrade`: what a new release changes beneath a council's files.

use std::fs;

use serde_json::{Value, json};

use crate::{
    council::{Council, contents, line, text},
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

/// A council with a word, a question and a look of its own, in its own folder alone.
fn with_words_a_question_and_a_look() -> Council {
    let council = Council::new();
    council.write(
        WORDS,
        &json!({
            "words": { "service_name": "Tell Anytown" },
            "questions": { "good_time": {
                "title": "When is a good time to talk to you?", "short": "Good time to talk",
                "options": { "morning": { "label": "In the morning" }, "afternoon": { "label": "In the afternoon" } },
            } },
        }),
    );
    fs::create_dir_all(council.site().join("flows")).unwrap();
    fs::copy(council.product().join(FLOW), council.site().join(FLOW)).unwrap();
    Council::change(&council.site().join(FLOW), |flow| {
        let question = json!({ "id": "good_time", "kind": { "choose_one": { "options": ["morning", "afternoon"] } }, "optional": true });
        asking(flow, "told_team").push(question);
    });
    let look = council.site().join("looks/anytown");
    fs::create_dir_all(&look).unwrap();
    fs::write(
        look.join("logo.svg"),
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0h9v9z\"/></svg>",
    )
    .unwrap();
    fs::write(look.join("footer.html"), "<p>Town Hall, Anytown</p>").unwrap();
    Council::change(&council.site().join("councils/anytown.json"), |file| {
        file["look"] = json!({ "second_colour": "#00703c", "logo": { "file": "logo.svg", "alt": "Anytown" }, "footer": "footer.html" });
    });
    council
}

/// The questions of the page that has one.
fn asking<'a>(flow: &'a mut Value, id: &str) -> &'a mut Vec<Value> {
    let pages = flow["pages"].as_array_mut().unwrap().iter_mut();
    let mut lists = pages.filter_map(|page| page.get_mut("questions")?.as_array_mut());
    lists.find(|list| list.iter().any(|question| question["id"] == id)).unwrap()
}

#[test]
fn an_upgrade_keeps_words_a_question_and_a_look_and_tells_two_things() {
    let council = with_words_a_question_and_a_look();
    let next = council.folder().join("next");
    copy(&council.product(), &next);
    Council::change(&next.join(WORDS), |words| {
        words["words"]["service_name"] = json!("Complaints and thanks");
        words["words"]["danger_body"] = json!("This form is not for an emergency.");
    });
    Council::change(&next.join(FLOW), |flow| {
        asking(flow, "told_team").push(json!({ "id": "how_are_you", "kind": "statement" }));
    });
    let own = contents(&council.site());
    let (code, told) = upgrade(&council, &next);
    assert_eq!((code, told.matches("warning: ").count()), (Some(0), 2), "{told}");
    line(&told, "warning: ", &["/words/service_name: is changed in Putright", "yours stays \"Tell Anytown\""]);
    line(&told, "warning: ", &["site/flows/adult.json: ", "with the new questions how_are_you"]);

    let (site, www) = (council.site(), council.www());
    for command in [
        vec!["check", text(&site), "--over", text(&next)],
        vec!["build", text(&site), "--over", text(&next), "--out", text(&www)],
    ] {
        let output = putright(&command);
        assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stdout));
    }
    assert_eq!(contents(&council.site()), own, "the council's folder is only read");
    let page = council.read("anytown.html");
    for kept in [
        "<title>Tell Anytown – Anytown</title>",
        "Town Hall, Anytown",
        "looks/anytown/logo.svg",
        "This form is not for an emergency.",
    ] {
        assert!(page.contains(kept), "{kept}");
    }
    assert!(council.read("anytown.css").contains("#00703c"));
    let bundles = fs::read_dir(www.join("bundles")).unwrap().map(|entry| entry.unwrap().path());
    let bundle = bundles.into_iter().find(|path| text(path).contains("anytown-adult-")).unwrap();
    let shown = String::from_utf8(putright(&["inspect", text(&bundle)]).stdout).unwrap();
    assert!(shown.contains("When is a good time to talk to you?") && !shown.contains("how_are_you"));
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
