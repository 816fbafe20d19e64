//! A child alone on a phone: leaving leaves nothing, danger is seen at once, and what is read aloud is never an answer.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that stops has failed"
)]

use std::sync::Arc;

use crate::common::{self, bundle, council, date, drive, model, public};
use putright_app::{
    Effect, Event, Model,
    safety::{self, Voice},
    view_model::{self, Choice, Control, PageBody},
};
use putright_domain::{
    council::Council,
    danger_phrases::Alarm,
    delivery::response::Receipt,
    display_settings::{Background, DisplaySettings, TextSize},
    form::answer::{Field, FormInput},
    guidance::{
        signpost::{SignpostId, Telephone},
        triage::Flag,
    },
    messages::{MessageId, Messages},
    quick_exit::{DESTINATION, Input},
    route::Route,
};

fn happens(model: &mut Model, event: Event) -> Vec<Effect> {
    model.update(event, model.today())
}

fn typed(model: &mut Model, question: &str, raw: FormInput) -> bool {
    happens(model, Event::Typed { question: question.to_owned(), raw });
    is_alarmed(model)
}

fn is_alarmed(model: &Model) -> bool {
    !safety::live(model).danger.is_quiet()
}

fn text(words: &str) -> FormInput {
    FormInput::default().with(Field::Text, words)
}

#[test]
fn leaving_forgets_every_answer_and_all_that_was_typed() {
    for by_keys in [false, true] {
        let mut model = model("bromley", "2026-12-17");
        drive::to_check(&mut model, &[("what_happened", text("He hits me"))]);
        happens(&mut model, Event::Typed { question: "effect".into(), raw: text("half a sen") });
        drive::send(&mut model, &"a".repeat(32));
        let drawn = model.drawn();
        let leave = [Effect::WipeAndLeave(DESTINATION.to_owned())];
        if by_keys {
            assert_eq!(press_shift(&mut model), [Effect::WaitForShift(1)]);
            assert_eq!(press_shift(&mut model), []);
            assert_eq!(safety::live(&model).lights, 2);
            assert_eq!(press_shift(&mut model), leave);
        } else {
            assert_eq!(happens(&mut model, Event::Exit), leave);
        }
        assert!(
            view_model::input(&model, "what_happened").is_empty() && view_model::input(&model, "effect").is_empty()
        );
        assert!(model.attempt().is_none() && model.walk().pages.len() == 1);
        assert_eq!((is_alarmed(&model), safety::live(&model).lights, model.route()), (false, 0, &Route::Start));
        assert_ne!(model.drawn(), drawn, "what was drawn holds answers");
        assert_eq!(happens(&mut model, Event::Navigated(Route::Contacts)), [], "nothing more happens here");
        assert_eq!(model.route(), &Route::Start);
    }
}

#[test]
fn a_council_says_where_those_who_leave_are_taken() {
    let with = |url: &str| {
        let text = public("councils/bromley.json").replacen('{', &format!("{{ \"exit_to\": \"{url}\","), 1);
        Council::parse("c", &text)
    };
    assert_eq!(council("bromley").exit_to, DESTINATION);
    assert_eq!(with("https://www.metoffice.gov.uk/").unwrap().exit_to, "https://www.metoffice.gov.uk/");
    for wrong in ["http://www.bbc.co.uk", "javascript:alert(1)", "", "/weather", "https://", "https://a b.c", "//x.y"] {
        assert_eq!(with(wrong).unwrap_err().pointer, "/exit_to", "{wrong}");
    }
    let bundle = common::loaded_as(with("https://weather.example/").unwrap());
    let mut model = Model::new(Arc::new(bundle), date("2026-12-17"));
    assert_eq!(view_model::page(&model).safety.exit_to, "https://weather.example/");
    assert_eq!(happens(&mut model, Event::Exit), [Effect::WipeAndLeave("https://weather.example/".into())]);
}

#[test]
fn danger_to_oneself_and_to_a_child_are_told_apart() {
    let kinds = |words: &str| {
        let mut model = model("bromley", "2026-12-17");
        drive::to(&mut model, "what_happened", &[]);
        typed(&mut model, "what_happened", text(words));
        safety::live(&model).danger
    };
    assert_eq!(kinds("He is hitting me"), Alarm { oneself: false, child: true });
    assert_eq!(kinds("I want to die"), Alarm { oneself: true, child: false });
    assert_eq!(kinds("He is hitting me and I want to die"), Alarm { oneself: true, child: true });
    let model = model("bromley", "2026-12-17");
    let oneself = view_model::page(&model).safety.oneself.clone().unwrap();
    let numbers: Vec<&str> = oneself.reach[0].telephone.iter().map(|phone| phone.number.as_str()).collect();
    assert_eq!(numbers, ["116 123", "SHOUT to 85258", "111"]);
    let links: Vec<String> = oneself.reach[0].telephone.iter().map(Telephone::href).collect();
    assert_eq!(links, ["tel:116123", "sms:85258", "tel:111"]);
}

#[test]
fn confirmed_worry_goes_with_what_is_sent_and_comes_first() {
    let mut model = model("bromley", "2026-12-17");
    drive::to(&mut model, "what_happened", &[]);
    typed(&mut model, "what_happened", text("He is hitting me"));
    assert!(!safety::live(&model).worry);
    happens(&mut model, Event::WorryConfirmed);
    assert!(safety::live(&model).worry);
    drive::to_check(&mut model, &[("what_happened", text("He is hitting me"))]);
    let head = model.bundle().content.word(MessageId::SafeguardingHead).to_owned();
    assert_eq!(view_model::rows(&model)[0].lines, [head.as_str()]);
    let attempt = drive::send(&mut model, &"a".repeat(32));
    let body: serde_json::Value = serde_json::from_str(&attempt.body).unwrap();
    assert_eq!(body["about"]["safeguarding_worry"], true);
    assert!(attempt.summary.contains(&head), "{}", attempt.summary);
    assert!(view_model::copy_as_text(&model).unwrap().text.contains(&head), "a copy says so too");
    assert!(view_model::copy_as_page(&model).unwrap().text.contains(&head), "and one as a page");
}

#[test]
fn what_is_urgent_comes_first_with_its_day() {
    let head = |given: &[(&str, FormInput)]| {
        let mut model = model("bromley", "2026-12-17");
        drive::to_check(&mut model, given);
        let urgent = model.bundle().content.word(MessageId::UrgentHead).to_owned();
        let lines = view_model::rows(&model)[0].lines.clone();
        assert_eq!(lines[0], urgent);
        lines[1..].to_vec()
    };
    let chosen = |id: &str| ("about_to_happen", FormInput::choosing([id]));
    let day = |day: &str| {
        let when = FormInput::default().with(Field::Day, day).with(Field::Month, "12").with(Field::Year, "2026");
        ("about_to_happen_on", when)
    };
    assert_eq!(head(&[chosen("on_a_day"), day("18")]), ["Friday 18 December 2026"]);
    assert_eq!(head(&[chosen("not_known")]), [""; 0]);
}

#[test]
fn child_on_the_adult_page_is_young_and_so_is_a_care_leaver_up_to_25() {
    let talks_to = |answers: &[(&str, FormInput)]| {
        let mut model = model("bromley", "2026-12-17");
        drive::to(&mut model, "what_happened", answers);
        view_model::page(&model).safety.talk.as_ref().unwrap().reach[0].telephone[0].number.clone()
    };
    let who = |id: &str| ("who", FormInput::choosing([id]));
    let age = |id: &str| ("care_leaver_age", FormInput::choosing([id]));
    let (childline, nspcc) = ("0800 1111", "0808 800 5000");
    assert_eq!(talks_to(&[who("child")]), childline);
    assert_eq!(talks_to(&[who("care_leaver"), age("18-25")]), childline);
    assert_eq!(talks_to(&[who("care_leaver"), age("over-25")]), nspcc);
    assert_eq!(talks_to(&[who("parent")]), nspcc);
}

#[test]
fn confirmation_repeats_what_cannot_wait() {
    let names = |answers: &[(&str, FormInput)]| -> Vec<String> {
        let mut model = model("bromley", "2026-12-17");
        drive::to_check(&mut model, answers);
        drive::send(&mut model, &"a".repeat(32));
        happens(&mut model, Event::Delivered(Ok(Receipt { reference: "R".into() })));
        happens(&mut model, Event::Navigated(Route::Sent));
        let PageBody::Sent(page) = view_model::page(&model).body else { panic!("not sent") };
        page.help
            .told
            .iter()
            .map(|told| told.title.clone())
            .chain(page.help.signposts.iter().map(|card| card.name.clone()))
            .collect()
    };
    let topic = |id: &str| ("topics", FormInput::choosing([id]));
    assert!(names(&[topic("support")]).is_empty());
    let content = model("bromley", "2026-12-17").bundle().content.clone();
    let name = |id| content.signpost(id).unwrap().name.clone();
    assert_eq!(names(&[topic("homeless_child")]), [name(SignpostId::HomelessChild)]);
    assert_eq!(names(&[topic("carer_approval")]), [name(SignpostId::Irm)]);
    let urgent = content.flag(Flag::Urgent).unwrap().title.clone();
    assert_eq!(names(&[topic("support"), ("about_to_happen", FormInput::choosing(["today"]))]), [urgent]);
}

#[test]
fn words_of_danger_are_seen_while_they_stand_there_and_on_the_check_page() {
    let mut model = model("bromley", "2026-12-17");
    drive::to(&mut model, "what_happened", &[]);
    let drawn = model.drawn();
    assert!(!typed(&mut model, "what_happened", text("He is hiting")));
    assert!(typed(&mut model, "what_happened", text("He is hiting me")));
    assert!(!typed(&mut model, "what_happened", text("He is late")));
    assert_eq!(model.drawn(), drawn, "what is being typed in is not drawn again");
    let safety = view_model::page(&model).safety;
    assert_eq!(safety.talk.as_ref().unwrap().reach[0].telephone[0].number, "0808 800 5000");
    assert!(safety.councils[0].safeguarding.telephone.len() > 1);

    drive::answer(&mut model, "what_happened", text("He is hitting me"));
    drive::to(&mut model, "child_name", &[]);
    assert!(!is_alarmed(&model), "the next page has nothing of it");
    drive::to_check(&mut model, &[]);
    assert!(is_alarmed(&model));
    happens(&mut model, Event::Navigated(Route::Guide));
    assert!(!is_alarmed(&model));
    happens(&mut model, Event::Navigated(Route::Question("what_happened".into())));
    assert!(is_alarmed(&model), "and it is there again on the way back");
}

#[test]
fn danger_is_seen_in_every_field_and_in_an_option_that_tells_of_it() {
    let flagged = public("content/en/adult.json").replacen(
        "\"label\": \"How a member of staff behaved\"",
        "\"label\": \"How a member of staff behaved\", \"danger\": true",
        1,
    );
    let mut bundle = bundle("bromley");
    bundle.content = Messages::parse("c", &flagged).unwrap().into();
    let mut model = Model::new(Arc::new(bundle), date("2026-12-17"));
    drive::to(&mut model, "topics", &[]);
    assert!(!typed(&mut model, "topics", FormInput::choosing(["delay"])));
    assert!(typed(&mut model, "topics", FormInput::choosing(["delay", "staff_conduct"])));
    drive::to(&mut model, "event_date", &[]);
    assert!(typed(&mut model, "event_date", FormInput::default().with(Field::About, "the day I ran away")));
}

#[test]
fn children_are_given_a_number_for_children() {
    let young = public("content/en/adult.json").replacen("\"register\": \"adult\"", "\"register\": \"12-17\"", 1);
    let mut bundle = bundle("bromley");
    bundle.content = Messages::parse("c", &young).unwrap().into();
    let mut model = Model::new(Arc::new(bundle), date("2026-12-17"));
    assert_eq!(view_model::page(&model).safety.talk.as_ref().unwrap().reach[0].telephone[0].number, "0800 1111");
    drive::to(&mut model, "what_happened", &[]);
    assert!(typed(&mut model, "what_happened", text("i cant go on")));
}

#[test]
fn what_is_read_aloud_is_the_page_and_never_what_was_answered() {
    let secret = "zzsecret";
    let mut read = 0;
    for question in bundle("bromley").flow.questions() {
        let mut model = model("bromley", "2026-12-17");
        assert_eq!(happens(&mut model, Event::ReadAloud), [], "there is no voice");
        happens(&mut model, Event::Voices(true));
        drive::to(&mut model, &question.id, &[]);
        if *model.route() != Route::Question(question.id.clone()) {
            continue;
        }
        typed(
            &mut model,
            &question.id,
            Field::ALL.iter().fold(FormInput::default(), |raw, field| raw.with(*field, secret)),
        );
        let page = view_model::page(&model);
        let texts = page.spoken();
        let all = texts.join("\n");
        assert!(!all.contains(secret) && !all.contains("]("), "{}: {all}", question.id);
        match &page.body {
            PageBody::Question(shown) => {
                assert_eq!(texts[0], shown.title);
                for asked in shown.questions.iter().filter(|asked| asked.shown) {
                    let offered: Vec<&Choice> = match &asked.control {
                        Control::Radios(choices) => choices.iter().collect(),
                        Control::Checkboxes { groups, none } => {
                            groups.iter().flat_map(|group| &group.choices).chain(none).collect()
                        }
                        _ => Vec::new(),
                    };
                    assert!(offered.iter().all(|choice| texts.contains(&choice.label)), "{texts:?}");
                }
            }
            PageBody::Advice(shown) => {
                assert_eq!(texts[0], shown.title);
                assert!(shown.parts.iter().all(|part| !texts.contains(&part.topic)));
            }
            _ => assert!(texts.is_empty()),
        }
        let commands = happens(&mut model, Event::ReadAloud);
        assert_eq!(commands, [Effect::Speak { texts, language: "en-GB".into() }]);
        assert_eq!(safety::live(&model).voice, Voice::Speaking);
        let commands = happens(&mut model, Event::Navigated(Route::Guide));
        assert!(commands.contains(&Effect::Silence), "another page: {commands:?}");
        assert_eq!(safety::live(&model).voice, Voice::Ready);
        read += 1;
    }
    assert!(read > 8, "{read} pages");
}

#[test]
fn reading_stops_when_it_is_told_to_and_goes_with_the_voices() {
    let mut model = model("bromley", "2026-12-17");
    assert_eq!(safety::live(&model).voice, Voice::None);
    happens(&mut model, Event::Voices(true));
    assert_eq!(happens(&mut model, Event::StopReading), []);
    happens(&mut model, Event::ReadAloud);
    happens(&mut model, Event::Voices(true));
    assert_eq!(safety::live(&model).voice, Voice::Speaking);
    assert_eq!(happens(&mut model, Event::StopReading), [Effect::Silence]);
    happens(&mut model, Event::Voices(false));
    assert_eq!(safety::live(&model).voice, Voice::None);
}

#[test]
fn a_look_is_a_need_that_stays_when_answers_are_cleared_and_goes_when_somebody_leaves() {
    let mut model = model("bromley", "2026-12-17");
    let look = DisplaySettings { text: TextSize::Larger, background: Background::Dark, ..DisplaySettings::default() };
    assert_eq!(happens(&mut model, Event::Look(look)), [Effect::SetLook(look)]);
    happens(&mut model, Event::StartAgain);
    assert_eq!((model.look(), safety::live(&model).look), (look, look));
    happens(&mut model, Event::Exit);
    assert_eq!(model.look(), DisplaySettings::default());
}

#[test]
fn the_pages_of_help_are_always_open() {
    let mut model = model("bromley", "2026-12-17");
    for (address, body) in [("#/exit-help", PageBody::ExitHelp), ("#/look", PageBody::Look(DisplaySettings::default()))]
    {
        let route = Route::parse(address).unwrap();
        assert_eq!(route.to_string(), address);
        happens(&mut model, Event::Navigated(route));
        assert_eq!(view_model::page(&model).body, body);
    }
}

fn press_shift(model: &mut Model) -> Vec<Effect> {
    happens(model, Event::Input(Input::ShiftDown(0)));
    happens(model, Event::Input(Input::ShiftUp(90)))
}

#[test]
fn shift_waits_five_seconds_for_the_other_presses() {
    let mut model = model("bromley", "2026-12-17");
    assert_eq!(press_shift(&mut model), [Effect::WaitForShift(1)]);
    assert_eq!(safety::live(&model).lights, 1);
    happens(&mut model, Event::ShiftWaited(0));
    assert_eq!(safety::live(&model).lights, 1, "that wait was for an earlier press");
    assert_eq!(happens(&mut model, Event::ShiftWaited(1)), [Effect::WaitForShift(2)]);
    assert_eq!(safety::live(&model).lights, 0, "and it is said that they are out");
    assert!(safety::live(&model).said.is_some());
    happens(&mut model, Event::ShiftWaited(2));
    assert_eq!(safety::live(&model).said, None);
    for presses in 1..3 {
        press_shift(&mut model);
        assert_eq!(safety::live(&model).lights, presses);
    }
    assert!(matches!(press_shift(&mut model).as_slice(), [.., Effect::WipeAndLeave(_)]));
}

#[test]
fn paragraphs_are_read_aloud_without_their_marks_and_addresses() {
    let page = |body: &[&str]| {
        let mut page = view_model::page(&model("bromley", "2026-12-17"));
        let PageBody::Question(question) = &mut page.body else { panic!("not a question") };
        question.questions[0].body = body.iter().map(|text| (*text).to_owned()).collect();
        page.spoken()
    };
    let plain = page(&[]);
    let PageBody::Question(first) = view_model::page(&model("bromley", "2026-12-17")).body else {
        panic!("not a question")
    };
    let Control::Radios(choices) = first.questions[0].control.clone() else { panic!("not radios") };
    assert!(choices.iter().all(|choice| plain.contains(&choice.label)), "{plain:?}");
    let said = page(&["## A [guide](https://a.example/b) (to read)", "* One](x", ""]);
    let new: Vec<&String> = said.iter().filter(|text| !plain.contains(text)).collect();
    assert_eq!(new, ["A guide (to read)", "One"]);
}

#[test]
fn nothing_is_read_aloud_without_a_voice_or_on_a_page_that_is_not_for_it() {
    let mut model = model("bromley", "2026-12-17");
    assert!(!view_model::page(&model).spoken().is_empty());
    assert_eq!(happens(&mut model, Event::ReadAloud), [], "there is no voice");
    happens(&mut model, Event::Voices(true));
    drive::to_check(&mut model, &[]);
    assert!(view_model::page(&model).spoken().is_empty());
    assert_eq!(happens(&mut model, Event::ReadAloud), [], "it is the person's own answers");
    assert_eq!(safety::live(&model).voice, Voice::Ready);
}
