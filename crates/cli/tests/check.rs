//! `putright check`: each way a file can be broken gives a message that names the file, the place and what was meant.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that stops has failed")]

#[path = "common/place.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod place;

use std::{fs, process::Output};

use place::{BROMLEY, Place, putright, root};
use serde_json::{Value, json};

fn check(place: &Place, today: &str) -> Output {
    putright(&["check", place.folder().to_str().unwrap(), "--today", today])
}

/// Returns the printed lines for a site that `breaking` has broken. The check must fail.
fn told(breaking: impl FnOnce(&Place)) -> String {
    let place = Place::new();
    breaking(&place);
    let output = check(&place, "2026-12-01");
    assert_eq!(output.status.code(), Some(1));
    String::from_utf8(output.stdout).unwrap()
}

fn must_say(text: &str, parts: &[&str]) {
    let line = text.lines().find(|line| line.starts_with("error: ") && parts.iter().all(|part| line.contains(part)));
    assert!(line.is_some(), "no error with {parts:?} in:\n{text}");
}

#[test]
fn the_files_that_ship_are_well() {
    let output = check(&Place::new(), "2026-12-01");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn a_council_s_file_that_is_missing() {
    let text = told(|place| fs::remove_file(place.folder().join(BROMLEY)).unwrap());
    must_say(&text, &["bromley.json", "is not there"]);
}

#[test]
fn a_file_that_is_not_json() {
    let text = told(|place| fs::write(place.folder().join(BROMLEY), "{ \"id\": ").unwrap());
    must_say(&text, &["bromley.json", "ends before it is complete"]);
}

#[test]
fn a_key_that_is_not_known() {
    let text = told(|place| place.change(BROMLEY, |council| council["colour"] = "#ffffff".into()));
    must_say(&text, &["bromley.json at /colour", "known: schema_version, id"]);
}

#[test]
fn a_value_of_the_wrong_type() {
    let text = told(|place| place.change(BROMLEY, |council| council["contact"]["telephone"] = "020".into()));
    must_say(&text, &["bromley.json at /contact/telephone", "must be a list"]);
}

#[test]
fn all_that_is_wrong_with_a_file_at_once() {
    let text = told(|place| {
        place.change(BROMLEY, |council| {
            council["colour"] = "#ffffff".into();
            council["contact"]["telephone"] = "020".into();
            council["delivery"]["url"] = "http://council.uk/".into();
            council["promises"][0]["stage"] = "stage_4".into();
        });
        place.change("content/en/adult.json", |words| {
            let words = words["words"].as_object_mut().unwrap();
            words.retain(|word, _| word != "back" && word != "continue");
        });
    });
    for place in ["/colour", "/contact/telephone", "/delivery/url", "/promises/0/stage"] {
        must_say(&text, &[&["bromley.json at ", place, ": "].concat()]);
    }
    must_say(&text, &["adult.json at /words/back", "is missing"]);
    must_say(&text, &["adult.json at /words/continue", "is missing"]);
    assert!(text.lines().all(|line| !line.starts_with("error: ") || text.matches(line).count() == 1), "{text}");
    assert_eq!(text.matches("error: ").count(), 6, "nothing that only follows is told:\n{text}");
}

#[test]
fn something_that_is_left_out() {
    let text = told(|place| {
        place.change(BROMLEY, |council| {
            council.as_object_mut().unwrap().remove("safeguarding");
        });
    });
    must_say(&text, &["bromley.json at /safeguarding", "is missing"]);
}

#[test]
fn an_id_that_is_not_the_file_s() {
    let text = told(|place| place.change(BROMLEY, |council| council["id"] = "bexley".into()));
    must_say(&text, &["bromley.json at /id", "bexley", "bromley"]);
}

#[test]
fn an_endpoint_without_encryption() {
    let text = told(|place| place.change(BROMLEY, |council| council["delivery"]["url"] = "http://council.uk/".into()));
    must_say(&text, &["bromley.json at /delivery/url", "https://"]);
}

#[test]
fn a_limit_longer_than_the_law_s() {
    let limits = json!({ "statutory.s1.response": 15 });
    let text = told(|place| place.change(BROMLEY, |council| council["limits"] = limits));
    must_say(&text, &["bromley.json at /limits/statutory.s1.response", "must be 10 or less"]);
}

#[test]
fn a_colour_that_white_text_cannot_be_read_on() {
    let text = told(|place| place.change(BROMLEY, |council| council["brand"]["colour"] = "#ffdd00".into()));
    must_say(&text, &["bromley.json at /brand/colour", "4.5"]);
}

#[test]
fn an_effect_or_a_signpost_that_no_rule_knows() {
    let text = told(|place| place.change(BROMLEY, |council| council["exclusions"][0]["effect"] = "refuse".into()));
    must_say(&text, &["bromley.json at /exclusions/0/effect", "signpost, pause, advise"]);
    let text = told(|place| place.change(BROMLEY, |council| council["signposts"] = json!({ "MOON": {} })));
    must_say(&text, &["bromley.json at /signposts/MOON", "LGSCO"]);
}

#[test]
fn a_promise_of_no_known_stage_or_without_its_source() {
    let text = told(|place| place.change(BROMLEY, |council| council["promises"][0]["stage"] = "stage_4".into()));
    must_say(&text, &["bromley.json at /promises/0/stage", "every_stage, statutory_1"]);
    let text = told(|place| {
        place.change(BROMLEY, |council| drop(council["promises"][0].as_object_mut().unwrap().remove("source")));
    });
    must_say(&text, &["bromley.json at /promises/0/source", "is missing"]);
}

#[test]
fn a_limit_that_the_guide_names_and_nobody_knows() {
    let text = told(|place| {
        place.change("content/en/adult.json", |words| {
            words["guide"][0]["body"][0] = "Within {limit:statutory.s9} working days.".into();
        });
    });
    must_say(&text, &["adult.json at /guide/0/body/0", "{limit:statutory.s9}"]);
}

#[test]
fn the_registers_of_children_are_checked_too() {
    let text = told(|place| {
        place.change("content/en/8-11.json", |words| {
            words["questions"]["feeling"]["options"]["sad"]["picture"] = "sadder".into();
            words["guide"][0]["body"][0] = "In {limit:none} days.".into();
        });
        place.change("content/en/12-17.json", |words| {
            words["errors"].as_object_mut().unwrap().remove("missing");
        });
    });
    must_say(&text, &["8-11.json at /questions/feeling/options/sad/picture", "pictures/sadder.svg"]);
    must_say(&text, &["8-11.json at /guide/0/body/0", "{limit:none}"]);
    must_say(&text, &["12-17.json at /errors/missing", "is missing"]);
    let text = told(|place| place.change("flows/8-11.json", |flow| flow["given"]["who"] = "somebody".into()));
    must_say(&text, &["8-11.json at /given/who", "care_leaver"]);
    let text = told(|place| place.change("content/en/8-11.json", |words| words["register"] = "adult".into()));
    must_say(&text, &["8-11.json at /register", "must be the name of the file"]);
}

#[test]
fn a_default_that_is_not_served_and_a_partner_that_is_not_listed() {
    let text = told(|place| place.change("councils/index.json", |index| index["default"] = "bexley".into()));
    must_say(&text, &["index.json at /default", "bromley"]);
    let text = told(|place| {
        place.change("councils/index.json", |index| index["councils"] = json!(["bromley", "westminster"]));
    });
    must_say(&text, &["/shares_service_with", "kensington-and-chelsea"]);
}

#[test]
fn words_that_are_missing() {
    let text = told(|place| {
        place.change("content/en/adult.json", |words| {
            words["words"].as_object_mut().unwrap().remove("send");
        });
    });
    must_say(&text, &["adult.json at /words/send", "is missing"]);
}

#[test]
fn facts_past_the_day_they_should_be_checked_again_and_holidays_that_run_out() {
    let output = check(&Place::new(), "2028-10-01");
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1));
    let own = ["This is the council's own fact: check these facts at ", "\"checked\": \"2028-10-01\""];
    for place in ["/contact", "/safeguarding", "/signposts/TRAVEL_APPEAL", "/promises/0", "/exclusions/0"] {
        must_say(&text, &[&["bromley.json at ", place, "/review_by: was 2027-05-21"].concat(), own[0], own[1]]);
    }
    assert!(warning_about_holidays(&text).is_some(), "{text}");
}

/// A site whose councils' own facts hold for long: only those that ship with Putright run out.
fn with_councils_checked_until(day: &str) -> Place {
    fn set(value: &mut Value, day: &str) {
        match value {
            Value::Object(members) => members.iter_mut().for_each(|(key, member)| match key.as_str() {
                "review_by" => *member = day.into(),
                _ => set(member, day),
            }),
            Value::Array(items) => items.iter_mut().for_each(|item| set(item, day)),
            _ => {}
        }
    }
    let place = Place::new();
    for council in ["bromley", "kensington-and-chelsea", "westminster"] {
        place.change(&format!("councils/{council}.json"), |file| set(file, day));
    }
    place
}

#[test]
fn a_national_fact_past_its_day_is_a_notice_and_no_failure_of_the_council() {
    let place = with_councils_checked_until("2029-01-01");
    let output = check(&place, "2028-10-01");
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{text}");
    let of = |id: &str| {
        let place = ["signposts.json at /signposts/", id, "/review_by: was 2027-"].concat();
        text.lines()
            .find(|line| line.starts_with("notice: ") && line.contains(&place))
            .unwrap_or_else(|| panic!("{id}: {text}"))
    };
    for id in ["LGSCO", "SAMARITANS", "SEND_TRIBUNAL"] {
        for part in [
            "national fact",
            "get the next release of Putright",
            "check it yourself at http",
            "\"review_by\": \"2029-04-01\"",
        ] {
            assert!(of(id).contains(part), "{part}: {}", of(id));
        }
    }
    assert!(!text.contains("error: ") && text.contains("all well"), "{text}");
    // On its day itself a fact still holds, and what has no facts is never told.
    let text = String::from_utf8(check(&Place::new(), "2027-02-28").stdout).unwrap();
    assert!(!text.contains("notice: "), "{text}");
    let text = String::from_utf8(check(&Place::new(), "2027-03-01").stdout).unwrap();
    assert!(text.contains("notice: ") && !text.contains("/signposts/LGSCO/"), "{text}");
}

fn warning_about_holidays(text: &str) -> Option<&str> {
    text.lines().find(|line| line.starts_with("warning: ") && line.contains("bank-holidays.json"))
}

/// A site whose last bank holiday is this one, in the whole of GOV.UK's shape.
fn with_holidays_until(last: &str) -> Place {
    let place = Place::new();
    let division = |name: &str, date: &str| {
        let event =
            |date: &str, notes: &str| json!({"title": "A holiday", "date": date, "notes": notes, "bunting": true});
        json!({"division": name, "events": [event("2026-01-01", ""), event(date, "Substitute day")]})
    };
    let file = json!({
        "england-and-wales": division("england-and-wales", last),
        "scotland": division("scotland", "2031-01-02"),
        "northern-ireland": division("northern-ireland", "2031-07-12"),
    });
    fs::write(place.folder().join("bank-holidays.json"), file.to_string()).unwrap();
    place
}

#[test]
fn gov_uk_s_own_file_is_taken_as_it_comes_and_its_end_is_told_when_it_is_nearer_than_six_months() {
    for (last, today, near) in [
        ("2027-06-01", "2026-12-01", false),
        ("2027-05-31", "2026-12-01", true),
        ("2027-06-01", "2026-12-02", true),
        // Six months after the last of March are the last of September.
        ("2027-09-30", "2027-03-31", false),
        ("2027-09-29", "2027-03-31", true),
    ] {
        let output = check(&with_holidays_until(last), today);
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "a warning does not fail: {text}");
        let warning = warning_about_holidays(&text);
        assert_eq!(warning.is_some(), near, "{last} on {today}: {text}");
        let says =
            ["bank-holidays.json at /england-and-wales/events", last, "https://www.gov.uk/bank-holidays.json", "place"];
        assert!(warning.is_none_or(|line| says.iter().all(|part| line.contains(part))), "{text}");
    }
}

#[test]
fn a_council_word_to_avoid_is_warned_of_with_its_alternative() {
    let place = Place::new();
    place.change(BROMLEY, |council| council["promises"][0]["words"] = "You choose whom we ask.".into());
    let output = check(&place, "2026-12-01");
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "a warning does not fail: {text}");
    let warning = text.lines().find(|line| line.starts_with("warning: ") && line.contains("whom"));
    let says = ["bromley.json at /promises/0/words", "write “who”"];
    assert!(warning.is_some_and(|line| says.iter().all(|part| line.contains(part))), "{text}");
}

#[test]
fn holidays_that_cannot_be_read_are_told_by_their_place() {
    let file = "bank-holidays.json";
    let text = told(|place| place.change(file, |file| file["england-and-wales"]["events"][3]["date"] = "6 May".into()));
    must_say(&text, &["bank-holidays.json at /england-and-wales/events/3/date"]);
    let text = told(|place| place.change(file, |file| file["england-and-wales"]["events"] = json!([])));
    must_say(&text, &["bank-holidays.json at /england-and-wales/events", "GOV.UK"]);
    let text = told(|place| place.change(file, |file| *file = json!({"scotland": {"events": []}})));
    must_say(&text, &["bank-holidays.json at /england-and-wales", "is missing"]);
}

#[test]
fn a_scenario_with_an_unknown_value_is_told_with_those_that_are_known() {
    let place = Place::new();
    let file = place.folder().join("wrong.json");
    fs::write(&file, r#"{"id": "W", "council": "bromley", "answers": {"who": "uncle"}}"#).unwrap();
    let [file, public] = [file.as_path(), place.folder()].map(|path| path.to_str().unwrap());
    let output = putright(&["simulate", file, "--public", public]);
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(text.contains("wrong.json at /answers/who") && text.contains("foster_carer"), "{text}");
}

#[test]
fn the_published_schema_is_the_one_the_receiver_holds_submissions_to() {
    let output = putright(&["schema"]);
    let published = fs::read_to_string(root().join("public/schema/submission-1.json")).unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), published, "write it anew: make schema");
}
