//! `putright init`: from nothing to a site of one council.

use std::{
    fs,
    io::Write,
    process::{Command, Stdio},
};

use serde_json::{Value, json};

use crate::council::{Council, GIVEN, line, text};

const FILE: &str = "councils/anytown.json";

#[test]
fn a_new_folder_has_one_council_and_blanks_that_check_names() {
    let council = Council::without_site();
    let output = council.init(&[]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(told.contains("blanks to fill in: 8.") && told.contains("putright check"), "{told}");
    let index: Value =
        serde_json::from_str(&fs::read_to_string(council.site().join("councils/index.json")).unwrap()).unwrap();
    assert_eq!(index["councils"], serde_json::json!(["anytown"]));
    let (code, told) = council.check(&[]);
    assert_eq!(code, 1);
    for (pointer, wanted) in [
        ("/name", "write the council's full name, such as Anytown Borough Council"),
        ("/short_name", "write the council's name in a sentence"),
        ("/contact/telephone/0/number", "write the telephone number of the complaints team"),
        ("/contact/source", "write the address of the page"),
        ("/safeguarding/telephone/0/number", "write the telephone number to call about a child"),
        ("/safeguarding/source", "write the address of the page"),
        ("/delivery/url", "write the address that complaints are sent to"),
        ("/privacy/link", "write the address of your privacy notice, such as https://www.anytown.gov.uk/privacy"),
    ] {
        line(&told, "error: ", &[FILE, &format!(" at {pointer}: "), "is still to be filled in", wanted]);
    }
    assert_eq!(told.matches("error: ").count(), 8, "nothing that only follows is told: {told}");
    let output = council.try_build(&[]);
    assert_eq!(output.status.code(), Some(1), "no page is made with a blank in it");
    assert!(!council.www().exists());
}

#[test]
fn a_council_with_everything_given_is_well_and_builds_its_own_pages_alone() {
    let council = Council::new();
    let (code, told) = council.check(&[]);
    assert_eq!(code, 0, "{told}");
    assert!(told.contains("1 council, 3 kinds of words, all well"), "{told}");
    council.build(&[]);
    for page in ["anytown.html", "anytown-8-11.html", "anytown-form.html", "anytown-accessibility.html"] {
        assert!(council.read(page).contains("Anytown"), "{page}");
    }
    assert!(council.read("anytown.html").contains("0115 000 0100"));
    let names: Vec<String> = fs::read_dir(council.www())
        .unwrap()
        .chain(fs::read_dir(council.www().join("councils")).unwrap())
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(!names.iter().any(|name| name.contains("bromley") || name.contains("westminster")), "{names:?}");
}

#[test]
fn the_keys_are_as_few_as_a_council_needs() {
    let council = Council::new();
    let file = council.site().join(FILE);
    let written: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    for key in written.as_object().unwrap().keys() {
        Council::change(&file, |council| drop(council.as_object_mut().unwrap().remove(key)));
        let (code, told) = council.check(&[]);
        assert_eq!(code, 1, "{key} could be left out: {told}");
        Council::change(&file, |council| *council = written.clone());
    }
}

#[test]
fn an_endpoint_of_our_own_takes_the_plain_form_and_an_email_address_is_another_way() {
    let council = Council::without_site();
    let endpoint = ["--endpoint", "api/submissions", "--email", "complaints@anytown.gov.uk"];
    let own = [&GIVEN[..14], &endpoint].concat();
    assert!(council.init(&own).status.success());
    let (code, told) = council.check(&[]);
    assert_eq!(code, 0, "{told}");
    assert!(told.contains("anytown: the plain form posts to api/form"), "{told}");
    let written: Value = serde_json::from_str(&fs::read_to_string(council.site().join(FILE)).unwrap()).unwrap();
    assert_eq!(written["contact"]["email"], "complaints@anytown.gov.uk");
    assert_eq!(written["delivery"]["fallbacks"][0]["email"]["address"], "complaints@anytown.gov.uk");
    assert_eq!(written["privacy"], json!({ "link": "https://www.anytown.gov.uk/privacy" }));
}

#[test]
fn what_is_there_is_not_written_over_and_an_id_must_be_a_part_of_an_address() {
    let council = Council::new();
    let before = fs::read_to_string(council.site().join(FILE)).unwrap();
    let output = council.init(&["--name", "Another"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("init writes nothing over"));
    assert_eq!(fs::read_to_string(council.site().join(FILE)).unwrap(), before);
    for id in ["Any Town", "../up", "index", ""] {
        let output = crate::place::putright(&["init", text(&council.folder().join("other")), "--council", id]);
        assert_eq!(output.status.code(), Some(2), "{id}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("lower-case letters, digits and -"), "{id}");
    }
}

#[test]
fn on_a_terminal_it_asks_for_what_is_not_given() {
    let council = Council::without_site();
    let command = format!(
        "{} init {} --council anytown --short-name Anytown",
        env!("CARGO_BIN_EXE_putright"),
        text(&council.site())
    );
    // A terminal for the command, from Debian's bsdutils.
    let mut child = Command::new("script")
        .args(["--quiet", "--return", "--command", &command, "/dev/null"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let answers = "Anytown “Borough” Council\n0115 000 0100\n\n\n\n\n\n\n";
    child.stdin.take().unwrap().write_all(answers.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{told}");
    assert!(told.contains("The council's full name, such as Anytown Borough Council"), "{told}");
    assert!(
        told.contains("The telephone number of the complaints team") && !told.contains("name in a sentence"),
        "{told}"
    );
    assert!(told.contains("blanks to fill in: 5."), "{told}");
    let written: Value = serde_json::from_str(&fs::read_to_string(council.site().join(FILE)).unwrap()).unwrap();
    assert_eq!(written["name"], "Anytown “Borough” Council");
    assert_eq!(written["contact"]["telephone"][0]["number"], "0115 000 0100");
    assert!(written["contact"]["source"].as_str().unwrap().starts_with("FILL IN: "));
}
