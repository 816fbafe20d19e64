//! A complaint already made: where it stands, what is late, the letter that follows from it, and the calendar file.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that stops has failed"
)]

mod calendar;
mod letter;

use std::sync::Arc;

use crate::common::{self, council, date, drive, loaded_as, model};
use putright_app::{
    Event, Model,
    view_model::{self, PageBody, ProgressPage},
};
use putright_domain::{
    bundle::Bundle,
    council::Council,
    form::answer::{Field, FormInput},
    guidance::{
        time_limits::{LimitLength, TimeLimit},
        timeline::Standing,
        triage::StageReached,
    },
    route::Route,
    submission::format::Submission,
};
use serde_json::{Value, json};

/// Thursday 12 November 2026: 20 working days later is Thursday 10 December, a week before the day of these tests.
const OVERDUE: (&str, &str, &str) = ("12", "11", "2026");

const TODAY: &str = "2026-12-17";

fn day((day, month, year): (&str, &str, &str)) -> FormInput {
    FormInput::default().with(Field::Day, day).with(Field::Month, month).with(Field::Year, year)
}

fn words(text: &str) -> FormInput {
    FormInput::default().with(Field::Text, text)
}

/// A visit that has said how far its complaint has come, and stands on the page that says what to do.
fn asked(id: &str, stage: &str, dates: &[(&str, FormInput)]) -> Model {
    let mut model = model(id, TODAY);
    go_to_progress(&mut model, id, stage, dates);
    model
}

fn go_to_progress(model: &mut Model, id: &str, stage: &str, dates: &[(&str, FormInput)]) {
    let first = [
        ("want", FormInput::choosing(["progress"])),
        ("borough", FormInput::choosing([id])),
        ("stage_reached", FormInput::choosing([stage])),
    ];
    drive::to(model, "progress", &[first.to_vec(), dates.to_vec()].concat());
}

fn page(model: &Model) -> ProgressPage {
    match view_model::page(model).body {
        PageBody::Progress(page) => *page,
        other => panic!("not the page: {other:?}"),
    }
}

fn overdue(id: &str) -> Model {
    asked(id, "stage1_waiting", &[("stage1_sent", day(OVERDUE))])
}

/// Sends from the check page, and gives what was sent.
pub fn sent(model: &mut Model, answers: &[(&str, FormInput)]) -> Value {
    drive::to_check(model, answers);
    let attempt = drive::send(model, &"a".repeat(32));
    let submission: Submission = serde_json::from_str(&attempt.body).unwrap();
    assert_eq!(submission.to_json(), attempt.body, "what is written is what is read");
    serde_json::from_str(&attempt.body).unwrap()
}

#[test]
fn a_timeline_holds_the_limits_of_its_own_procedure_alone() {
    let limits = |stage: &str| -> Vec<String> {
        let model = asked("bromley", stage, &[("stage1_sent", day(OVERDUE))]);
        page(&model).moments.into_iter().map(|moment| moment.what).collect()
    };
    let (due, latest) = ("Stage 1 answer: due", "Stage 1 answer: the latest");
    let next = ["Stage 2 answer: due", "Stage 2 answer: the latest"];
    assert_eq!(limits("stage1_waiting"), ["Complaint sent", due, latest, "Today", next[0], next[1]]);
    let general = |what: &str| ["General procedure, ", what].concat();
    let [word, due, latest] =
        ["acknowledgement: due", "stage 1 answer: due", "stage 1 answer: the latest"].map(general);
    let expected = ["Complaint sent", &word, &due, "Today", &latest];
    assert_eq!(limits("corporate_stage1_waiting"), expected);
}

#[test]
fn the_days_gone_are_told_of_the_limit_that_still_stands() {
    let told = |sent: (&str, &str, &str)| {
        page(&asked("bromley", "stage1_waiting", &[("stage1_sent", day(sent))])).strip.unwrap().words
    };
    // 10 and 11, 20 and 21 working days before the day of these tests.
    let allowed =
        |gone: &str| ["All 10 working days have passed. ", gone, " of the 20 allowed at most have passed."].concat();
    assert_eq!(told(("3", "12", "2026")), "10 of 10 working days have passed.");
    assert_eq!(told(("2", "12", "2026")), allowed("11"));
    assert_eq!(told(("19", "11", "2026")), allowed("20"));
    assert_eq!(told(("18", "11", "2026")), "21 working days have passed. The most allowed is 20.");
}

#[test]
fn what_has_come_is_late_by_the_days_until_it_came_and_no_more() {
    // Due on 16 November, and on the 30th at the latest; it came on 4 December, and today is the 17th.
    let answered = |reply: (&str, &str, &str)| {
        let dates = [("stage1_sent", day(("2", "11", "2026"))), ("stage1_reply_received", day(reply))];
        let moments = page(&asked("bromley", "stage1_reply", &dates)).moments;
        let limits = moments.into_iter().filter(|moment| moment.what.starts_with("Stage 1 answer: "));
        limits.map(|moment| (moment.standing, moment.told)).collect::<Vec<_>>()
    };
    let late = |days: &str| (Standing::Missed, [days, " working days late"].concat());
    assert_eq!(answered(("4", "12", "2026")), [late("14"), late("4")]);
    let kept = answered(("16", "11", "2026"));
    assert!(kept.iter().all(|(standing, _)| *standing == Standing::Kept), "{kept:?}");
}

#[test]
fn a_week_overdue_leads_in_three_pages_to_a_letter_ready_to_send() {
    let model = overdue("bromley");
    let pages: Vec<&str> = model.walk().pages.iter().map(|page| page.id()).collect();
    assert_eq!(pages, ["want", "last_step", "stage1_sent", "progress"]);
    let page = page(&model);
    let letter = page.letter.unwrap().text;
    for part in [
        "My complaint was sent: Thursday 12 November 2026.",
        "10 working days to answer, until Thursday 26 November 2026",
        "at most 20, until Thursday 10 December 2026. I have had no answer.",
        "Please look at my whole complaint.",
        "your answer is due Tuesday 26 January 2027, or Tuesday 23 March 2027 at the latest",
        "London Borough of Bromley",
        "BR1 3UH",
        "Thursday 17 December 2026",
    ] {
        assert!(letter.contains(part), "{part}\n---\n{letter}");
    }
    let late: Vec<&str> = page
        .moments
        .iter()
        .filter(|moment| moment.standing == Standing::Missed)
        .map(|moment| moment.told.as_str())
        .collect();
    assert_eq!(late, ["15 working days late", "5 working days late"]);
    let strip = page.strip.unwrap();
    assert_eq!((strip.gone, strip.due, strip.total), (25, 10, 20));
    assert_eq!(page.title, "5 working days late. You can ask for stage 2");
    assert_eq!(page.turn, "", "the title says it");
    assert_eq!(page.now.len(), 3);
    let mut asked_for = page.moments.iter().filter(|moment| moment.standing == Standing::IfAsked).peekable();
    assert!(
        asked_for.peek().is_some() && asked_for.all(|moment| !moment.told.is_empty()),
        "they say what they hang on"
    );
}

#[test]
fn between_the_ordinary_limit_and_the_longest_it_is_still_the_council_s_turn() {
    // 11 working days before the day of these tests.
    let page = page(&asked("bromley", "stage1_waiting", &[("stage1_sent", day(("2", "12", "2026")))]));
    let told = |what: &str| {
        let moment = page.moments.iter().find(|moment| moment.what.starts_with(what)).unwrap();
        (moment.day.as_str(), moment.standing, moment.told.as_str())
    };
    assert_eq!(
        told("Stage 1 answer: due"),
        (
            "Wednesday 16 December 2026",
            Standing::Passed,
            "1 working day late. The council may take longer only if it needs to"
        )
    );
    let (latest, standing, words) = told("Stage 1 answer: the latest");
    assert_eq!((standing, words), (Standing::Coming, ""));
    assert_eq!(page.turn, ["It is Bromley’s turn. Stage 1 answer: by ", latest, "."].concat());
}

#[test]
fn a_day_given_in_words_stands_as_it_was_given() {
    let about = FormInput::default().with(Field::About, "just after half-term");
    let dates = [("stage1_sent", about), ("stage1_reply_received", day(("4", "12", "2026")))];
    let letter = page(&asked("bromley", "stage1_reply", &dates)).letter.unwrap().text;
    assert!(letter.contains("just after half-term"), "{letter}");
    let month = FormInput::default().with(Field::Month, "10").with(Field::Year, "2026");
    let moments = page(&asked("bromley", "stage1_waiting", &[("stage1_sent", month)])).moments;
    assert_eq!((moments[0].what.as_str(), moments[0].day.as_str()), ("Complaint sent", "October 2026"));
}

#[test]
fn while_there_is_time_it_is_the_councils_turn_and_the_page_says_so() {
    let model = asked("westminster", "stage1_waiting", &[("stage1_sent", day(("7", "12", "2026")))]);
    let page = page(&model);
    assert!(page.turn.contains("Westminster"), "{}", page.turn);
    let days: Vec<(&str, Standing)> =
        page.moments.iter().map(|moment| (moment.day.as_str(), moment.standing)).collect();
    assert_eq!(
        days,
        [
            ("Monday 7 December 2026", Standing::Done),
            ("Thursday 10 December 2026", Standing::Passed),
            ("Thursday 17 December 2026", Standing::Now),
            ("Monday 21 December 2026", Standing::Coming),
            ("Thursday 7 January 2027", Standing::Coming),
        ]
    );
    assert_eq!(page.moments[1].told, "", "nobody says when it came: it is not called late");
    let latest = page.moments.last().unwrap();
    assert!(latest.notes.iter().any(|note| note.contains("25 December (Christmas Day)")), "{:?}", latest.notes);
    assert_eq!(page.turn, "It is Westminster’s turn. Stage 1 answer: by Monday 21 December 2026.");
    assert!(page.letter.unwrap().text.contains("When will you answer"));
}

#[test]
fn without_its_date_nothing_is_counted_and_the_letter_asks_for_it() {
    for stage in ["stage1_waiting", "stage2_waiting", "stage3_waiting", "corporate_stage1_waiting"] {
        let not_known = FormInput::choosing(["not_known"]);
        let dates = ["stage1_sent", "stage2_sent", "stage3_sent"].map(|id| (id, not_known.clone()));
        let mut model = asked("bromley", stage, &dates);
        let page = page(&model);
        assert!(page.title.contains("when it got your complaint"), "{stage}: {}", page.title);
        assert!(page.moments.iter().all(|moment| moment.standing == Standing::Now), "{stage}: {:?}", page.moments);
        assert!(page.letter.unwrap().text.contains("on which day you received"), "{stage}");
        assert_eq!(sent(&mut model, &[])["guidance"]["deadlines"], json!([]), "{stage}: no date is made up");
    }
}

#[test]
fn every_stage_of_every_council_has_its_words_whatever_is_known() {
    let keys = ["stage1_sent", "stage1_reply_received", "stage2_sent", "stage2_reply_received", "stage3_sent"];
    let mut seen = 0;
    for id in common::COUNCILS {
        for stage in StageReached::IDS.iter().filter(|stage| **stage != "none") {
            for known in [None, Some(("16", "12", "2026")), Some(("3", "2", "2026"))] {
                let raw = known.map_or(FormInput::choosing(["not_known"]), day);
                let mut model = asked(id, stage, &keys.map(|key| (key, raw.clone())));
                let page = page(&model);
                let letter = page.letter.clone().unwrap();
                let shown = format!("{:?}\n{}", page, letter.text);
                assert!(!shown.contains('{') || !shown.contains("{council") && !letter.text.contains('{'), "{shown}");
                assert!(!page.title.is_empty() && !page.body.is_empty() && !page.now.is_empty(), "{stage}");
                assert!(letter.text.len() > 100 && !page.go_on.is_empty(), "{stage}: {}", letter.text);
                if model.advice().outcome.id() == "ombudsman" {
                    assert!(!page.signposts.is_empty(), "{stage}");
                } else {
                    assert_eq!(sent(&mut model, &[])["kind"], "follow_up", "{stage}");
                }
                seen += 1;
            }
        }
    }
    assert_eq!(seen, 3 * (StageReached::ALL.len() - 1) * 3);
}

/// Bromley, answering at stage 1 within so many working days.
fn promising(days: u32) -> Bundle {
    let mut file: Value = serde_json::from_str(&common::public("councils/bromley.json")).unwrap();
    file["limits"] = json!({ "statutory.s1.response": days });
    let council = Council::parse("bromley.json", &file.to_string()).unwrap();
    loaded_as(council)
}

/// Every place that tells the limit of stage 1, as text.
fn told_of_stage_one(days: u32) -> Vec<(&'static str, String)> {
    let today = date(TODAY);
    let visit = || Model::new(Arc::new(promising(days)), today);
    let mut complaint = visit();
    drive::to(&mut complaint, "advice", &[("topics", FormInput::choosing(["support"]))]);
    let advice = format!("{:?}", view_model::page(&complaint).body);
    drive::to_check(&mut complaint, &[("reach", FormInput::choosing(["email"]).with(Field::Email, "jo@example.org"))]);
    let payload = drive::send(&mut complaint, &"a".repeat(32)).body;
    let receipt = putright_domain::delivery::response::Receipt { reference: "K7M".into() };
    complaint.update(Event::Delivered(Ok(receipt)), today);
    complaint.update(Event::Navigated(Route::Sent), today);
    let confirmation = format!("{:?}", view_model::page(&complaint).body);
    let confirmed_calendar = view_model::calendar_file(&complaint, false).text;
    let mut waiting = visit();
    go_to_progress(&mut waiting, "bromley", "stage1_waiting", &[("stage1_sent", day(("17", "12", "2026")))]);
    let timeline = format!("{:?}", page(&waiting).moments);
    let letter = view_model::letter(&waiting).unwrap().text;
    vec![
        ("guide", format!("{:?}", view_model::guide(&waiting))),
        ("advice", advice),
        ("payload", payload),
        ("confirmation", confirmation),
        ("calendar of the confirmation", confirmed_calendar),
        ("timeline", timeline),
        ("letter", letter),
        ("calendar", view_model::calendar_file(&waiting, false).text),
    ]
}

#[test]
fn one_limit_changed_is_changed_everywhere() {
    let law = council("bromley").limits.of(TimeLimit::StatutoryOne);
    assert_eq!(law.due, LimitLength::WorkingDays(10));
    for (place, told) in told_of_stage_one(10) {
        let expected = ["5 January 2027", "2027-01-05", "20270105", " 10 working days"];
        assert!(expected.iter().any(|text| told.contains(text)), "{place} does not tell the limit: {told}");
    }
    for (place, told) in told_of_stage_one(8) {
        let [old, new] = match place {
            "guide" => [" 10 working days. If it is", " 8 working days"],
            "payload" => ["2027-01-05", "2026-12-31"],
            "calendar" | "calendar of the confirmation" => ["20270105", "20261231"],
            _ => ["5 January 2027", "31 December 2026"],
        };
        assert!(told.contains(new) && !told.contains(old), "{place} still tells the old limit: {told}");
    }
}

#[test]
fn at_stage_two_the_limits_are_those_of_stages_one_and_two_of_its_own_procedure() {
    let limits = |id: &str, stage: &str| -> Vec<String> {
        let dates = ["stage1_sent", "stage2_sent", "statement_agreed"].map(|id| (id, day(("2", "3", "2026"))));
        let moments = page(&asked(id, stage, &dates)).moments.into_iter().map(|moment| moment.what);
        moments.filter_map(|what| what.strip_suffix(": due").map(str::to_owned)).collect()
    };
    let (one, two) = ("Stage 1 answer", "Stage 2 answer");
    assert_eq!(limits("bromley", "stage2_waiting"), [one, two]);
    let from_statement = "Stage 2 answer, counted from the agreed statement";
    assert_eq!(limits("westminster", "stage2_waiting"), ["First contact", one, two, from_statement], "as it promises");
    let acknowledged = ["stage1_sent", "acknowledged"].map(|id| (id, day(("2", "3", "2026"))));
    let moments = page(&asked("bromley", "corporate_stage1_waiting", &acknowledged)).moments;
    let last = moments
        .iter()
        .filter(|moment| moment.what.starts_with("General procedure, final answer"))
        .map(|moment| moment.standing);
    assert_eq!(last.collect::<Vec<_>>(), [Standing::IfAsked; 2], "that word was for stage one");
    let year = |stage: &str| {
        let moments = page(&asked("bromley", stage, &[("aware_since", day(("2", "11", "2026")))])).moments;
        moments.into_iter().filter(|moment| moment.day == "Tuesday 2 November 2027").count()
    };
    assert_eq!([year("stage3_reply"), year("corporate_stage2_reply")], [1, 1], "the Ombudsman's year is of both");
    let word = "General procedure, acknowledgement of your request";
    assert_eq!(limits("bromley", "corporate_stage2_waiting"), [word, "General procedure, final answer"]);
}
