//! The letter about a complaint already made.

use super::{TODAY, asked, day, overdue, page, sent, words};
use crate::common::{self, date, drive};
use putright_app::{
    Effect, Event, File, Model,
    view_model::{self, Control, PageBody},
};
use putright_domain::{
    form::answer::{Field, FormInput},
    route::Route,
};
use serde_json::json;

#[test]
fn the_letter_is_sent_as_a_complaint_is() {
    for id in common::COUNCILS {
        let mut model = overdue(id);
        drive::answer(&mut model, "council_reference", words("CC/17"));
        let payload = sent(&mut model, &[("full_name", words("Ayesha Khan"))]);
        assert_eq!(payload["kind"], "follow_up");
        assert_eq!(payload["council"], id);
        assert_eq!(
            payload["follow_up"],
            json!({
                "asks_for": "stage2", "stage_reached": "stage1_waiting",
                "dates": { "stage1_sent": { "known": "day", "date": "2026-11-12" } }, "council_reference": "CC/17",
            })
        );
        let letter = payload["points"][0]["what_happened"].as_str().unwrap();
        assert!(letter.contains("Your reference: CC/17") && letter.ends_with("Ayesha Khan"), "{letter}");
        assert_eq!(payload["guidance"]["outcome"], "escalate_stage2");
    }
}

#[test]
fn our_letter_follows_the_answers_and_a_changed_one_is_never_lost() {
    let today = date(TODAY);
    let mut model = asked("bromley", "stage1_reply", &[("stage1_reply_received", day(("4", "12", "2026")))]);
    drive::to(&mut model, "letter", &[("letter_why", words("It leaves out March."))]);
    let ours = view_model::input(&model, "letter").field(Field::Text).to_owned();
    assert!(ours.contains("Why I do not agree:\nIt leaves out March."), "{ours}");
    let control = |model: &Model| match view_model::page(model).body {
        PageBody::Question(page) => page.questions[0].control.clone(),
        other => panic!("not the letter: {other:?}"),
    };
    assert!(matches!(control(&model), Control::Letter { can_be_sent: true, changed: false, .. }));
    model.update(Event::Typed { question: "letter".into(), raw: words("In my own words.") }, today);
    assert!(matches!(control(&model), Control::Letter { can_be_sent: true, changed: true, .. }));
    drive::answer(&mut model, "letter", words(&ours));
    drive::to_check(&mut model, &[]);
    model.update(Event::Change("letter_why".into()), today);
    model.update(Event::Navigated(Route::Question("letter_why".into())), today);
    let commands = drive::answer(&mut model, "letter_why", words("It leaves out April."));
    assert!(commands.contains(&Effect::Go(Route::Check)), "ours was not changed, so it need not be read again");
    assert!(view_model::letter_to_send(&model).unwrap().contains("It leaves out April."));
    let row = view_model::rows(&model).into_iter().find(|row| row.question == "letter").unwrap();
    assert!(row.lines.iter().any(|line| line == "It leaves out April."), "as it will be sent: {:?}", row.lines);

    model.update(Event::Change("letter".into()), today);
    model.update(Event::Navigated(Route::Question("letter".into())), today);
    drive::answer(&mut model, "letter", words("In my own words."));
    assert_eq!(view_model::letter_to_send(&model).unwrap(), "In my own words.");
    model.update(Event::Change("reach".into()), today);
    model.update(Event::Navigated(Route::Question("reach".into())), today);
    let commands = drive::answer(&mut model, "reach", FormInput::choosing(["none"]));
    assert!(commands.contains(&Effect::Go(Route::Check)), "nothing of the letter has changed: {commands:?}");
    model.update(Event::Change("letter_why".into()), today);
    model.update(Event::Navigated(Route::Question("letter_why".into())), today);
    let commands = drive::answer(&mut model, "letter_why", words("It leaves out May."));
    assert!(commands.contains(&Effect::Go(Route::Question("letter".into()))), "{commands:?}");
    assert_eq!(view_model::input(&model, "letter").field(Field::Text), "In my own words.", "and it is still there");
    model.update(Event::RestoreLetter, today);
    assert!(view_model::input(&model, "letter").field(Field::Text).contains("It leaves out May."));
}

#[test]
fn copy_and_file_give_the_letter_as_it_stands_on_the_page() {
    let today = date(TODAY);
    let mut model = overdue("bromley");
    drive::to(&mut model, "letter", &[]);
    model.update(Event::Typed { question: "letter".into(), raw: words("Half a sentence\nand more") }, today);
    let copied = model.update(Event::CopyLetter, today);
    let [Effect::Copy(File { text, .. })] = copied.as_slice() else { panic!("{copied:?}") };
    assert_eq!(text, "Half a sentence\r\nand more");
    let printed = format!("{copied:?}");
    assert!(printed.contains("Request for stage 2") && !printed.contains("Half"), "a log would tell what was written");
    let saved = model.update(Event::SaveLetter, today);
    let [Effect::Save(file), Effect::Tell(said)] = saved.as_slice() else { panic!("{saved:?}") };
    assert!(file.text.starts_with("Half a sentence\r\nand more\r\n\r\nSend this to:\r\n"), "{}", file.text);
    assert!(file.name == "Request for stage 2.txt" && said.contains(&file.name), "{said}");
}

#[test]
fn the_ombudsmans_pack_tells_all_and_is_not_for_the_council() {
    let dates = [
        ("stage1_sent", day(("3", "3", "2026"))),
        ("stage2_sent", day(("1", "5", "2026"))),
        ("panel_report_received", day(("9", "11", "2026"))),
        ("aware_since", FormInput::default().with(Field::Month, "2").with(Field::Year, "2026")),
    ];
    let mut model = asked("kensington-and-chelsea", "stage3_reply", &dates);
    assert_eq!(model.advice().outcome.id(), "ombudsman");
    let answers = [
        ("letter_parts", words("The move.")),
        ("council_said", words("It was right.")),
        ("letter_wants", words("An apology.")),
    ];
    drive::to(&mut model, "letter", &answers);
    let pack = view_model::input(&model, "letter").field(Field::Text).to_owned();
    for part in [
        "What I am still unhappy with:\nThe move.",
        "What the council said:\nIt was right.",
        "What I would like to happen:\nAn apology.",
        "Tuesday 3 March 2026: Complaint sent",
        "February 2026: First knew of the problem",
        "Royal Borough of Kensington and Chelsea",
    ] {
        assert!(pack.contains(part), "{part}\n---\n{pack}");
    }
    let PageBody::Question(page) = view_model::page(&model).body else { panic!("not the letter") };
    assert!(
        format!("{:?}", page.questions[0].control.clone()).contains("can_be_sent: false"),
        "{:?}",
        page.questions[0].control.clone()
    );
}

#[test]
fn letter_has_blanks_until_it_is_sent_and_ends_with_where_to_send_it() {
    for id in common::COUNCILS {
        let mut model = overdue(id);
        let letter = page(&model).letter.unwrap();
        for blank in ["Your reference: ____", "Name: ____", "Address: ____"] {
            assert!(letter.text.contains(blank), "{blank}: {}", letter.text);
        }
        let contact = model.council().contact.clone();
        let (_, place) =
            letter.whole().split_once("Send this to:\n").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
        for line in contact.post.iter().chain(contact.telephone.iter().take(1).map(|phone| &phone.number)) {
            assert!(place.contains(line), "{line}: {place}");
        }
        let payload = sent(&mut model, &[]);
        let arrived = payload["points"][0]["what_happened"].as_str().unwrap();
        assert!(!arrived.contains("____") && !arrived.contains("Send this to"), "{arrived}");
    }
}

#[test]
fn summary_for_the_ombudsman_ends_with_the_address_of_the_ombudsman() {
    let dates = [("stage2_sent", day(("1", "9", "2026"))), ("stage1_sent", day(("1", "7", "2026")))];
    let page = page(&asked("bromley", "stage2_waiting", &dates));
    assert_eq!(page.title, "12 working days late. You can go to the Ombudsman now");
    let letter = page.letter.unwrap();
    assert!(letter.send_to.contains("PO Box 4771") && letter.send_to.contains("0300 061 0614"), "{}", letter.send_to);
    assert!(page.now.iter().any(|step| step.contains("Ombudsman")), "{:?}", page.now);
}

/// The questions on the way to a letter, at a stage that was reached.
fn asked_before_the_letter(stage: &str, dates: &[(&str, FormInput)]) -> Vec<String> {
    let mut model = asked("bromley", stage, dates);
    drive::to(&mut model, "letter", &[]);
    let questions = &model.walk().questions;
    let questions = questions.iter().map(|question| question.id.clone());
    questions.filter(|id| id.starts_with("letter_") || id == "council_said").collect()
}

#[test]
fn nobody_is_asked_what_an_answer_said_that_did_not_come() {
    let (stage1, stage2) = (("stage1_sent", day(("1", "7", "2026"))), ("stage2_sent", day(("1", "9", "2026"))));
    assert_eq!(
        asked_before_the_letter("stage2_waiting", &[stage1.clone(), stage2.clone()]),
        ["letter_parts", "letter_wants"]
    );
    let answered = ("panel_report_received", day(("1", "12", "2026")));
    assert_eq!(
        asked_before_the_letter("stage3_reply", &[stage1, stage2, answered]),
        ["letter_parts", "council_said", "letter_why", "letter_wants"]
    );
}
