//! Files that nothing reads, words that do not fit, and what stands in the place of a file.

use std::{fs, os::unix::fs::symlink, process::Command};

use serde_json::json;

use crate::council::{Council, line, text};

#[test]
fn files_that_nothing_reads_are_told_with_their_place() {
    let council = Council::new();
    let words = json!({ "words": { "service_name": "Tell Anytown" } });
    for file in ["content/adult.json", "content/EN/adult.json", "content/en/adults.json", "adult.json"] {
        council.write(file, &words);
    }
    fs::write(council.site().join("councils/anytown.json.bak"), "{}").unwrap();
    fs::write(council.site().join("content/en/notes.md"), "Ours").unwrap();
    council.write("flows/own.json", &json!({}));
    council.write("content/en/own.json", &json!({}));
    let (_, told) = council.check(&[]);
    for file in ["content/adult.json", "content/EN/adult.json", "content/en/adults.json", "adult.json"] {
        let wanted =
            [&format!("site/{file}: "), "does not read; move it to ", "site/content/en/adult.json, or delete it"];
        line(&told, "warning: ", &wanted);
    }
    line(&told, "warning: ", &["councils/anytown.json.bak: ", "does not read; give it the name"]);
    for read in ["anytown.json: is a file", "notes.md", "own.json: is a file"] {
        assert!(!told.contains(read), "{read}: {told}");
    }
}

#[test]
fn own_words_that_do_not_fit_are_told() {
    let council = Council::new();
    let wrong = |text: &str| {
        council.write("content/en/adult.json", &json!({ "words": { "service_name": text } }));
        council.check(&[])
    };
    for (text, problem) in [("Tell <b>us</b>", "has HTML, <b>"), ("For {council", "has a { without its other half")] {
        let (code, told) = wrong(text);
        line(&told, "error: ", &["at /words/service_name: ", problem]);
        assert_eq!(code, 1, "{told}");
    }
    for (text, problem) in [("For {town}", "has {town}, a name"), (" ", "is empty")] {
        let (code, told) = wrong(text);
        line(&told, "warning: ", &["at /words/service_name: ", problem]);
        assert_eq!(code, 0, "{told}");
    }
    // One line for a key with a slip, and not the list of all keys.
    council.write("content/en/adult.json", &json!({ "words": { "servise_name": "Tell us" } }));
    let (_, told) = council.check(&[]);
    line(&told, "error: ", &["at /words/servise_name: \"servise_name\" is not known; write \"service_name\""]);
    assert_eq!(told.matches("servise_name:").count(), 1, "{told}");
}

#[test]
fn what_stands_in_the_place_of_a_file_is_told_and_waited_for_by_nobody() {
    let council = Council::new();
    let file = council.site().join("councils/anytown.json");
    let whole = fs::read(&file).unwrap();
    let told = |wanted: &str| {
        line(&council.check(&[]).1, "error: ", &["site/councils/anytown.json: ", wanted]);
    };
    fs::remove_file(&file).unwrap();
    told("is not there");
    symlink("anytown.json", &file).unwrap();
    told("is a link that leads to no file");
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    told("is a folder");
    fs::remove_dir(&file).unwrap();
    assert!(Command::new("mkfifo").arg(text(&file)).status().unwrap().success());
    told("is no ordinary file");
    fs::remove_file(&file).unwrap();
    fs::write(council.site().join("councils/Anytown.json"), whole).unwrap();
    told("there is ");
}

#[test]
fn a_folder_that_is_not_there_names_the_one_beside_it() {
    let council = Council::new();
    let wrong = council.folder().join("sit");
    let output = crate::place::putright(&["check", text(&wrong), "--over", text(&council.product())]);
    let told = String::from_utf8(output.stdout).unwrap();
    line(&told, "error: ", &["sit: is not there; name the folder", "such as "]);
}
