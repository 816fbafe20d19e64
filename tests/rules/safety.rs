//! A child alone on a phone: leaving leaves nothing, danger is seen at once, and what is read aloud is never an answer.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that stops has failed"
)]

use std::sync::Arc;

use crate::common::{self, council, date, drive, loaded, public, session};
use putright_app::{
    model::{Command, Event, Session, Voice},
    view_model::{Body, Choice, Control},
};
use putright_domain::{
    council::Council,
    danger_phrases::Alarm,
    delivery::response::Receipt,
    display_settings::{Background, Look, TextSize},
    form::answer::{Field, Raw},
    guidance::{
        signpost::{SignpostId, Telephone},
        triage::Flag,
    },
    messages::{Content, Word},
    quick_exit::{DESTINATION, Input},
    route::Route,
};

fn happens(session: &mut Session, event: Event) -> Vec<Command> {
    session.update(event, session.today())
}

fn typed(session: &mut Session, question: &str, raw: Raw) -> bool {
    happens(session, Event::Typed { question: question.to_owned(), raw });
    is_alarmed(session)
}

fn is_alarmed(session: &Session) -> bool {
    !session.live().danger.is_quiet()
}

fn text(words: &str) -> Raw {
    Raw::default().with(Field::Text, words)
}

#[test]
fn leaving_forgets_every_answer_and_all_that_was_typed() {
    for by_keys in [false, true] {
        let mut session = session("bromley", "2026-12-17");
        drive::to_check(&mut session, &[("what_happened", text("He hits me"))]);
        happens(&mut session, Event::Typed { question: "effect".into(), raw: text("half a sen") });
        drive::send(&mut session, &"a".repeat(32));
        let drawn = session.drawn();
        let leave = [Command::WipeAndLeave(DESTINATION.to_owned())];
        if by_keys {
            assert_eq!(press_shift(&mut session), [Command::WaitForShift(1)]);
            assert_eq!(press_shift(&mut session), []);
            assert_eq!(session.live().lights, 2);
            assert_eq!(press_shift(&mut session), leave);
        } else {
            assert_eq!(happens(&mut session, Event::Exit), leave);
        }
        assert!(session.raw("what_happened").is_empty() && session.raw("effect").is_empty());
        assert!(session.attempt().is_none() && session.walk().pages.len() == 1);
        assert_eq!((is_alarmed(&session), session.live().lights, session.route()), (false, 0, &Route::Start));
        assert_ne!(session.drawn(), drawn, "what was drawn holds answers");
        assert_eq!(happens(&mut session, Event::Navigated(Route::Contacts)), [], "nothing more happens here");
        assert_eq!(session.route(), &Route::Start);
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
    let loaded = common::loaded_as(with("https://weather.example/").unwrap());
    let mut session = Session::new(Arc::new(loaded), date("2026-12-17"));
    assert_eq!(session.page().safety.exit_to, "https://weather.example/");
    assert_eq!(happens(&mut session, Event::Exit), [Command::WipeAndLeave("https://weather.example/".into())]);
}

#[test]
fn danger_to_oneself_and_to_a_child_are_told_apart() {
    let kinds = |words: &str| {
        let mut session = session("bromley", "2026-12-17");
        drive::to(&mut session, "what_happened", &[]);
        typed(&mut session, "what_happened", text(words));
        session.live().danger
    };
    assert_eq!(kinds("He is hitting me"), Alarm { oneself: false, child: true });
    assert_eq!(kinds("I want to die"), Alarm { oneself: true, child: false });
    assert_eq!(kinds("He is hitting me and I want to die"), Alarm { oneself: true, child: true });
    let session = session("bromley", "2026-12-17");
    let oneself = session.page().safety.oneself.clone().unwrap();
    let numbers: Vec<&str> = oneself.reach[0].telephone.iter().map(|phone| phone.number.as_str()).collect();
    assert_eq!(numbers, ["116 123", "SHOUT to 85258", "111"]);
    let links: Vec<String> = oneself.reach[0].telephone.iter().map(Telephone::href).collect();
    assert_eq!(links, ["tel:116123", "sms:85258", "tel:111"]);
}

#[test]
fn confirmed_worry_goes_with_what_is_sent_and_comes_first() {
    let mut session = session("bromley", "2026-12-17");
    drive::to(&mut session, "what_happened", &[]);
    typed(&mut session, "what_happened", text("He is hitting me"));
    assert!(!session.live().worry);
    happens(&mut session, Event::WorryConfirmed);
    assert!(session.live().worry);
    drive::to_check(&mut session, &[("what_happened", text("He is hitting me"))]);
    let head = session.loaded().content.word(Word::SafeguardingHead).to_owned();
    assert_eq!(session.rows()[0].lines, [head.as_str()]);
    let attempt = drive::send(&mut session, &"a".repeat(32));
    let body: serde_json::Value = serde_json::from_str(&attempt.body).unwrap();
    assert_eq!(body["about"]["safeguarding_worry"], true);
    assert!(attempt.summary.contains(&head), "{}", attempt.summary);
    assert!(session.copy_as_text().unwrap().text.contains(&head), "a copy says so too");
    assert!(session.copy_as_page().unwrap().text.contains(&head), "and one as a page");
}

#[test]
fn child_on_the_adult_page_is_young_and_so_is_a_care_leaver_up_to_25() {
    let talks_to = |answers: &[(&str, Raw)]| {
        let mut session = session("bromley", "2026-12-17");
        drive::to(&mut session, "what_happened", answers);
        session.page().safety.talk.as_ref().unwrap().reach[0].telephone[0].number.clone()
    };
    let who = |id: &str| ("who", Raw::choosing([id]));
    let age = |id: &str| ("care_leaver_age", Raw::choosing([id]));
    let (childline, nspcc) = ("0800 1111", "0808 800 5000");
    assert_eq!(talks_to(&[who("child")]), childline);
    assert_eq!(talks_to(&[who("care_leaver"), age("18-25")]), childline);
    assert_eq!(talks_to(&[who("care_leaver"), age("over-25")]), nspcc);
    assert_eq!(talks_to(&[who("parent")]), nspcc);
}

#[test]
fn confirmation_repeats_what_cannot_wait() {
    let names = |answers: &[(&str, Raw)]| -> Vec<String> {
        let mut session = session("bromley", "2026-12-17");
        drive::to_check(&mut session, answers);
        drive::send(&mut session, &"a".repeat(32));
        happens(&mut session, Event::Delivered(Ok(Receipt { reference: "R".into() })));
        happens(&mut session, Event::Navigated(Route::Sent));
        let Body::Sent(page) = session.page().body else { panic!("not sent") };
        page.help
            .told
            .iter()
            .map(|told| told.title.clone())
            .chain(page.help.signposts.iter().map(|card| card.name.clone()))
            .collect()
    };
    let topic = |id: &str| ("topics", Raw::choosing([id]));
    assert!(names(&[topic("support")]).is_empty());
    let content = session("bromley", "2026-12-17").loaded().content.clone();
    let name = |id| content.signpost(id).unwrap().name.clone();
    assert_eq!(names(&[topic("homeless_child")]), [name(SignpostId::HomelessChild)]);
    assert_eq!(names(&[topic("carer_approval")]), [name(SignpostId::Irm)]);
    let urgent = content.flag(Flag::Urgent).unwrap().title.clone();
    assert_eq!(names(&[topic("support"), ("about_to_happen", Raw::choosing(["today"]))]), [urgent]);
}

#[test]
fn words_of_danger_are_seen_while_they_stand_there_and_on_the_check_page() {
    let mut session = session("bromley", "2026-12-17");
    drive::to(&mut session, "what_happened", &[]);
    let drawn = session.drawn();
    assert!(!typed(&mut session, "what_happened", text("He is hiting")));
    assert!(typed(&mut session, "what_happened", text("He is hiting me")));
    assert!(!typed(&mut session, "what_happened", text("He is late")));
    assert_eq!(session.drawn(), drawn, "what is being typed in is not drawn again");
    let safety = session.page().safety;
    assert_eq!(safety.talk.as_ref().unwrap().reach[0].telephone[0].number, "0808 800 5000");
    assert!(safety.councils[0].safeguarding.telephone.len() > 1);

    drive::answer(&mut session, "what_happened", text("He is hitting me"));
    drive::to(&mut session, "child_name", &[]);
    assert!(!is_alarmed(&session), "the next page has nothing of it");
    drive::to_check(&mut session, &[]);
    assert!(is_alarmed(&session));
    happens(&mut session, Event::Navigated(Route::Guide));
    assert!(!is_alarmed(&session));
    happens(&mut session, Event::Navigated(Route::Question("what_happened".into())));
    assert!(is_alarmed(&session), "and it is there again on the way back");
}

#[test]
fn danger_is_seen_in_every_field_and_in_an_option_that_tells_of_it() {
    let flagged = public("content/en/adult.json").replacen(
        "\"label\": \"How a member of staff behaved\"",
        "\"label\": \"How a member of staff behaved\", \"danger\": true",
        1,
    );
    let mut loaded = loaded("bromley");
    loaded.content = Content::parse("c", &flagged).unwrap().into();
    let mut session = Session::new(Arc::new(loaded), date("2026-12-17"));
    drive::to(&mut session, "topics", &[]);
    assert!(!typed(&mut session, "topics", Raw::choosing(["delay"])));
    assert!(typed(&mut session, "topics", Raw::choosing(["delay", "staff_conduct"])));
    drive::to(&mut session, "event_date", &[]);
    assert!(typed(&mut session, "event_date", Raw::default().with(Field::About, "the day I ran away")));
}

#[test]
fn children_are_given_a_number_for_children() {
    let young = public("content/en/adult.json").replacen("\"register\": \"adult\"", "\"register\": \"12-17\"", 1);
    let mut loaded = loaded("bromley");
    loaded.content = Content::parse("c", &young).unwrap().into();
    let mut session = Session::new(Arc::new(loaded), date("2026-12-17"));
    assert_eq!(session.page().safety.talk.as_ref().unwrap().reach[0].telephone[0].number, "0800 1111");
    drive::to(&mut session, "what_happened", &[]);
    assert!(typed(&mut session, "what_happened", text("i cant go on")));
}

#[test]
fn what_is_read_aloud_is_the_page_and_never_what_was_answered() {
    let secret = "zzsecret";
    let mut read = 0;
    for question in loaded("bromley").flow.questions() {
        let mut session = session("bromley", "2026-12-17");
        assert_eq!(happens(&mut session, Event::ReadAloud), [], "there is no voice");
        happens(&mut session, Event::Voices(true));
        drive::to(&mut session, &question.id, &[]);
        if *session.route() != Route::Question(question.id.clone()) {
            continue;
        }
        typed(
            &mut session,
            &question.id,
            Field::ALL.iter().fold(Raw::default(), |raw, field| raw.with(*field, secret)),
        );
        let page = session.page();
        let texts = page.spoken();
        let all = texts.join("\n");
        assert!(!all.contains(secret) && !all.contains("]("), "{}: {all}", question.id);
        match &page.body {
            Body::Question(shown) => {
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
            Body::Advice(shown) => {
                assert_eq!(texts[0], shown.title);
                assert!(shown.parts.iter().all(|part| !texts.contains(&part.topic)));
            }
            _ => assert!(texts.is_empty()),
        }
        let commands = happens(&mut session, Event::ReadAloud);
        assert_eq!(commands, [Command::Speak { texts, language: "en-GB".into() }]);
        assert_eq!(session.live().voice, Voice::Speaking);
        let commands = happens(&mut session, Event::Navigated(Route::Guide));
        assert!(commands.contains(&Command::Silence), "another page: {commands:?}");
        assert_eq!(session.live().voice, Voice::Ready);
        read += 1;
    }
    assert!(read > 8, "{read} pages");
}

#[test]
fn reading_stops_when_it_is_told_to_and_goes_with_the_voices() {
    let mut session = session("bromley", "2026-12-17");
    assert_eq!(session.live().voice, Voice::None);
    happens(&mut session, Event::Voices(true));
    assert_eq!(happens(&mut session, Event::StopReading), []);
    happens(&mut session, Event::ReadAloud);
    happens(&mut session, Event::Voices(true));
    assert_eq!(session.live().voice, Voice::Speaking);
    assert_eq!(happens(&mut session, Event::StopReading), [Command::Silence]);
    happens(&mut session, Event::Voices(false));
    assert_eq!(session.live().voice, Voice::None);
}

#[test]
fn a_look_is_a_need_that_stays_when_answers_are_cleared_and_goes_when_somebody_leaves() {
    let mut session = session("bromley", "2026-12-17");
    let look = Look { text: TextSize::Larger, background: Background::Dark, ..Look::default() };
    assert_eq!(happens(&mut session, Event::Look(look)), [Command::SetLook(look)]);
    happens(&mut session, Event::StartAgain);
    assert_eq!((session.look(), session.live().look), (look, look));
    happens(&mut session, Event::Exit);
    assert_eq!(session.look(), Look::default());
}

#[test]
fn the_pages_of_help_are_always_open() {
    let mut session = session("bromley", "2026-12-17");
    for (address, body) in [("#/exit-help", Body::ExitHelp), ("#/look", Body::Look(Look::default()))] {
        let route = Route::parse(address).unwrap();
        assert_eq!(route.to_string(), address);
        happens(&mut session, Event::Navigated(route));
        assert_eq!(session.page().body, body);
    }
}

fn press_shift(session: &mut Session) -> Vec<Command> {
    happens(session, Event::Input(Input::ShiftDown(0)));
    happens(session, Event::Input(Input::ShiftUp(90)))
}

#[test]
fn shift_waits_five_seconds_for_the_other_presses() {
    let mut session = session("bromley", "2026-12-17");
    assert_eq!(press_shift(&mut session), [Command::WaitForShift(1)]);
    assert_eq!(session.live().lights, 1);
    happens(&mut session, Event::ShiftWaited(0));
    assert_eq!(session.live().lights, 1, "that wait was for an earlier press");
    assert_eq!(happens(&mut session, Event::ShiftWaited(1)), [Command::WaitForShift(2)]);
    assert_eq!(session.live().lights, 0, "and it is said that they are out");
    assert!(session.live().said.is_some());
    happens(&mut session, Event::ShiftWaited(2));
    assert_eq!(session.live().said, None);
    for presses in 1..3 {
        press_shift(&mut session);
        assert_eq!(session.live().lights, presses);
    }
    assert!(matches!(press_shift(&mut session).as_slice(), [.., Command::WipeAndLeave(_)]));
}

#[test]
fn paragraphs_are_read_aloud_without_their_marks_and_addresses() {
    let page = |body: &[&str]| {
        let mut page = session("bromley", "2026-12-17").page();
        let Body::Question(question) = &mut page.body else { panic!("not a question") };
        question.questions[0].body = body.iter().map(|text| (*text).to_owned()).collect();
        page.spoken()
    };
    let plain = page(&[]);
    let Body::Question(first) = session("bromley", "2026-12-17").page().body else { panic!("not a question") };
    let Control::Radios(choices) = first.questions[0].control.clone() else { panic!("not radios") };
    assert!(choices.iter().all(|choice| plain.contains(&choice.label)), "{plain:?}");
    let said = page(&["## A [guide](https://a.example/b) (to read)", "* One](x", ""]);
    let new: Vec<&String> = said.iter().filter(|text| !plain.contains(text)).collect();
    assert_eq!(new, ["A guide (to read)", "One"]);
}

#[test]
fn nothing_is_read_aloud_without_a_voice_or_on_a_page_that_is_not_for_it() {
    let mut session = session("bromley", "2026-12-17");
    assert!(!session.page().spoken().is_empty());
    assert_eq!(happens(&mut session, Event::ReadAloud), [], "there is no voice");
    happens(&mut session, Event::Voices(true));
    drive::to_check(&mut session, &[]);
    assert!(session.page().spoken().is_empty());
    assert_eq!(happens(&mut session, Event::ReadAloud), [], "it is the person's own answers");
    assert_eq!(session.live().voice, Voice::Ready);
}
