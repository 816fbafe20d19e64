//! A visit that sends: the other channels, the copies, and being offline.

use std::sync::Arc;

use super::{ID, read};
use crate::common::{self, drive, model};
use putright_app::{
    Effect, Event, Focus, Model,
    view_model::{self, HandOverPage, PageBody as Page},
};
use putright_domain::{
    council::Council,
    delivery::{
        config::{Channel, SendBy},
        response::{DeliveryError, Receipt},
        state_machine::{Delivery, DeliveryEffect, DeliveryEvent, DeliveryMachine, Rules},
    },
    form::answer::{Field, FormInput},
    messages::MessageId,
    route::Route,
};
use serde_json::{Value, json};

/// A model whose council takes submissions so.
fn session_with(delivery: &Value) -> Model {
    let council = Council { delivery: read(delivery).unwrap(), ..common::council("bromley") };
    Model::new(Arc::new(common::loaded_as(council)), common::date("2026-12-17"))
}

#[test]
fn what_would_be_cut_is_said_before_it_is_sent() {
    let mut model = session_with(&json!({ "preset": "open311", "url": "https://proxy.example/requests.json" }));
    let long = FormInput::default().with(Field::Text, "x".repeat(4500));
    drive::to_check(&mut model, &[("what_happened", long)]);
    model.update(Event::Send, model.today());
    let commands = model.update(Event::IdMade(ID.into()), model.today());
    assert!(!commands.iter().any(|command| matches!(command, Effect::Deliver(_))), "it must be said first");
    assert!(view_model::page(&model).errors[0].text.contains("4000"));
    drive::send(&mut model, &"b".repeat(32));
    assert_eq!(model.attempt().unwrap().id, ID, "the number on the person's copy stays");
}

#[test]
fn without_a_key_nothing_is_sent_again_by_itself_and_the_page_says_what_again_means() {
    let mut model = session_with(&json!({ "preset": "n8n", "url": "https://flows.example/hook" }));
    drive::to_check(&mut model, &[]);
    drive::send(&mut model, ID);
    let commands = model.update(Event::Delivered(Err(DeliveryError::Unreachable)), model.today());
    assert!(!commands.iter().any(|command| matches!(command, Effect::WaitToSend { .. })));
    let Page::Check(page) = view_model::page(&model).body else { panic!("not the check page") };
    assert!(
        page.failed.iter().any(|told| told.contains("twice") && told.contains("01234567-89abcdef")),
        "{:?}",
        page.failed
    );
    assert_eq!(
        page.ways.iter().map(|way| way.means).collect::<Vec<_>>(),
        [Channel::Print, Channel::DownloadHtml, Channel::Copy, Channel::Telephone, Channel::Post,]
    );
}

#[test]
fn where_nothing_can_be_sent_the_other_ways_stand_there_at_once_each_with_the_same_number() {
    let mut model = session_with(&json!({ "preset": "no-endpoint" }));
    drive::to_check(&mut model, &[]);
    let today = model.today();
    let Page::Check(page) = view_model::page(&model).body else { panic!("not the check page") };
    assert!(page.send.is_none() && page.ways.len() == 6);
    assert_eq!(model.update(Event::Use(Channel::DownloadHtml), today), [Effect::MakeId]);
    let commands = model.update(Event::IdMade(ID.into()), today);
    let Some(Effect::Save(file)) = commands.first() else { panic!("not saved: {commands:?}") };
    assert!(file.text.contains("has not been sent") && file.text.contains("01234567-89abcdef-01234567-89abcdef"));
    model.update(Event::Use(Channel::Telephone), today);
    let commands = model.update(Event::IdMade("f".repeat(32)), today);
    assert_eq!(commands, [Effect::Go(Route::ReadOut)]);
    model.update(Event::Navigated(Route::ReadOut), today);
    let Page::HandOver(page) = view_model::page(&model).body else { panic!("not the page to read from") };
    assert_eq!(page.copy_number, "01234567-89abcdef-01234567-89abcdef");
    assert!(page.told[0].contains("not been sent"));
}

#[test]
fn a_way_that_the_council_does_not_offer_is_none() {
    let mut model = session_with(&json!({ "preset": "no-endpoint", "fallbacks": ["print"] }));
    drive::to_check(&mut model, &[]);
    let today = model.today();
    let mut used = |means| {
        model.update(Event::Use(means), today);
        model.update(Event::IdMade(ID.into()), today)
    };
    assert!(used(Channel::Copy).is_empty());
    assert!(used(Channel::Print).contains(&Effect::Print));
}

#[test]
fn the_other_ways_come_once_sending_has_failed_and_not_while_it_is_sent() {
    let mut model = model("bromley", "2026-12-17");
    drive::to_check(&mut model, &[]);
    let ways = |model: &Model| match view_model::page(model).body {
        Page::Check(page) => (page.ways.len(), page.councils.len()),
        other => panic!("not the check page: {other:?}"),
    };
    assert_eq!(ways(&model), (0, 0));
    drive::send(&mut model, ID);
    assert_eq!(ways(&model), (0, 0));
    drive::fail(&mut model, &DeliveryError::Unreachable);
    assert_eq!(ways(&model), (5, 1), "and who to call");
    model.update(Event::Use(Channel::Copy), model.today());
    let commands = model.update(Event::IdMade(ID.into()), model.today());
    assert!(
        commands.iter().any(|command| matches!(command, Effect::Copy(file) if file.text.contains("It happened."))),
        "{commands:?}"
    );
    drive::send(&mut model, ID);
    assert_eq!(ways(&model), (0, 0), "nothing else is to be begun meanwhile");
}

#[test]
fn offline_event_keeps_nothing_from_being_sent_and_coming_back_is_said() {
    let mut model = model("bromley", "2026-12-17");
    drive::to_check(&mut model, &[]);
    let today = model.today();
    model.update(Event::Online(false), today);
    assert_eq!(drive::send(&mut model, ID).id, ID, "the event is a hint");
    let commands = model.update(Event::Delivered(Err(DeliveryError::Offline)), today);
    assert!(commands.contains(&Effect::Focus(Focus::Summary)), "no try by itself: {commands:?}");
    let told = |model: &Model| view_model::page(model).errors[0].text.clone();
    assert!(told(&model).contains("not connected"));
    let drawn = model.drawn();
    model.update(Event::Online(false), today);
    assert_eq!(model.drawn(), drawn, "that is known");
    model.update(Event::Online(true), today);
    assert_ne!(model.drawn(), drawn);
    assert!(told(&model).contains("online again"));
    assert_eq!(drive::send(&mut model, &"b".repeat(32)).id, ID);
}

#[test]
fn offline_is_told_once_before_the_page_of_a_council_is_opened() {
    let rules = Rules { send: SendBy::Navigate, retries: 0, wait: 0 };
    let mut courier = DeliveryMachine::default();
    courier.connected(false);
    assert_eq!(courier.update(DeliveryEvent::Asked, rules, ID), None);
    assert_eq!(courier.state(), &Delivery::Failed(DeliveryError::Offline));
    assert_eq!(
        courier.update(DeliveryEvent::Asked, rules, ID),
        Some(DeliveryEffect::Open),
        "who presses again goes on"
    );
}

#[test]
fn a_form_besides_is_a_way_and_one_without_an_address_is_none() {
    let besides = |way: Value| read(&json!({ "preset": "putright", "url": "api/x", "fallbacks": ["print", way] }));
    let form =
        json!({ "form": { "url": "https://forms.example/start", "fields": { "name": { "from": "/contact/name" } } } });
    let config = besides(form).unwrap();
    let means: Vec<Channel> = config.fallbacks.iter().map(|way| way.means).collect();
    assert_eq!(means, [Channel::Print, Channel::Form]);
    assert_eq!(config.fallbacks[1].form.as_ref().unwrap().url, "https://forms.example/start");
    for wrong in [json!("form"), json!("email"), json!({}), json!({ "fax": {} })] {
        assert!(besides(wrong.clone()).is_err(), "{wrong}");
    }
}

#[test]
fn a_form_of_the_council_s_own_is_opened_with_what_was_written() {
    let besides =
        json!({ "form": { "url": "https://forms.example/start", "fields": { "name": { "from": "/contact/name" } } } });
    let delivery = json!({ "preset": "no-endpoint", "fallbacks": ["print", besides] });
    let mut model = session_with(&delivery);
    drive::to_check(&mut model, &[]);
    model.update(Event::Use(Channel::Form), model.today());
    let commands = model.update(Event::IdMade(ID.into()), model.today());
    let opened = commands.iter().find_map(|command| match command {
        Effect::OpenForm(request, _) => Some(request.url.as_str()),
        _ => None,
    });
    assert_eq!(opened, Some("https://forms.example/start"), "{commands:?}");
}

#[test]
fn an_email_is_offered_to_children_only_where_the_council_says_so() {
    let ways = |for_children: bool, register: &str| {
        let delivery = json!({
            "preset": "no-endpoint",
            "fallbacks": [{ "email": { "address": "complaints@council.example", "for_children": for_children } }, "print"],
        });
        let bundle = common::loaded_as(Council { delivery: read(&delivery).unwrap(), ..common::council("bromley") });
        let bundle = if register == "adult" { bundle } else { bundle.in_register(common::edition(register)) };
        let model = Model::new(Arc::new(bundle), common::date("2026-12-17"));
        view_model::means_offered(&model).iter().map(|fallback| fallback.means).collect::<Vec<_>>()
    };
    assert_eq!(ways(false, "adult"), [Channel::Email, Channel::Print]);
    assert_eq!(ways(false, "8-11"), [Channel::Print]);
    assert_eq!(ways(true, "12-17"), [Channel::Email, Channel::Print]);
}

/// Opens a page to hand over and returns it.
fn handed_over(model: &mut Model, route: Route) -> HandOverPage {
    model.update(Event::Navigated(route), model.today());
    match view_model::page(model).body {
        Page::HandOver(page) => *page,
        other => panic!("not a page to hand over: {other:?}"),
    }
}

#[test]
fn a_copy_says_whether_it_was_sent_as_far_as_anybody_knows() {
    let mut model = model("bromley", "2026-12-17");
    let today = model.today();
    drive::to_check(&mut model, &[]);
    drive::send(&mut model, ID);
    model.update(Event::Delivered(Err(DeliveryError::Unreachable)), today);
    let Page::Check(page) = view_model::page(&model).body else { panic!("not the check page") };
    assert_eq!(page.sending, Some(MessageId::SendingAgain), "the next try comes by itself");
    model.update(Event::WaitedToSend(1), today);
    drive::fail(&mut model, &DeliveryError::Unreachable);
    let content = model.bundle().content.clone();
    let letter = handed_over(&mut model, Route::ByPost);
    assert_eq!(letter.told[0], content.word(MessageId::CopyMaybe), "it may have arrived");
    let address = model.council().contact.post.join("\n");
    assert!(letter.letter.starts_with(&address) && letter.letter.contains("17 December 2026"), "{}", letter.letter);
    assert!(letter.letter.contains("It happened."));
    let number = letter.letter.find(": 01234567-89abcdef-01234567-89abcdef").unwrap();
    assert!(number < letter.letter.find("It happened.").unwrap(), "the number comes first: {}", letter.letter);

    // What is known of this try does not undo what is not known of an earlier one.
    model.update(Event::Navigated(Route::Check), today);
    drive::send(&mut model, ID);
    model.update(Event::Delivered(Err(DeliveryError::TooLarge)), today);
    let told = view_model::page(&model).errors[0].text.clone();
    assert!(told.ends_with(content.word(MessageId::FailedEarlier)), "{told}");
    drive::send(&mut model, ID);
    model.update(Event::Delivered(Err(DeliveryError::TimedOut)), today);
    let told = view_model::page(&model).errors.first().map(|line| line.text.clone()).unwrap_or_default();
    assert!(!told.contains(content.word(MessageId::FailedEarlier)), "{told}");
}

#[test]
fn of_an_earlier_try_nothing_is_said_where_there_was_none() {
    let mut model = model("bromley", "2026-12-17");
    drive::to_check(&mut model, &[]);
    drive::send(&mut model, ID);
    model.update(Event::Delivered(Err(DeliveryError::TooLarge)), model.today());
    let told = &view_model::page(&model).errors[0].text;
    assert!(!told.contains(model.bundle().content.word(MessageId::FailedEarlier)), "{told}");
}

#[test]
fn the_copy_of_what_was_sent_bears_its_reference_where_there_is_one() {
    for reference in ["K7M-2QX-HPA", ""] {
        let mut model = model("bromley", "2026-12-17");
        drive::to_check(&mut model, &[]);
        drive::send(&mut model, ID);
        model.update(Event::Delivered(Ok(Receipt { reference: reference.to_owned() })), model.today());
        let copy = view_model::copy_as_text(&model).unwrap();
        let content = &model.bundle().content;
        assert!(copy.text.contains(content.word(MessageId::CopySent)), "{}", copy.text);
        let line = [content.word(MessageId::SentReference), " "].concat();
        assert_eq!(copy.text.contains(&line), !reference.is_empty(), "{}", copy.text);
        assert_eq!(copy.name, [content.word(MessageId::CopyFile), "-01234567.txt"].concat());
        let data = view_model::copy_as_data(&model).unwrap();
        assert_eq!((data.text, data.media_type), (model.attempt().unwrap().body.clone(), "application/json"));
        assert_eq!(data.name, [content.word(MessageId::CopyFile), "-01234567.json"].concat());
    }
}

#[test]
fn an_email_goes_to_the_address_of_the_email_and_of_no_other_way() {
    let delivery =
        json!({ "preset": "no-endpoint", "fallbacks": ["print", { "email": { "address": "a@council.example" } }] });
    let mut model = session_with(&delivery);
    drive::to_check(&mut model, &[]);
    model.update(Event::Use(Channel::Email), model.today());
    let commands = model.update(Event::IdMade(ID.into()), model.today());
    let copies = |commands: &[Effect]| commands.iter().any(|command| matches!(command, Effect::Copy(_)));
    assert!(!copies(&commands), "it is all in the email");
    let mail = commands.iter().find_map(|command| match command {
        Effect::Mail(mail) => Some(mail.address.clone()),
        _ => None,
    });
    assert!(mail.unwrap().starts_with("mailto:a@council.example?subject="), "{commands:?}");
    let mut long = session_with(&delivery);
    drive::to_check(&mut long, &[("what_happened", FormInput::default().with(Field::Text, "x".repeat(3000)))]);
    long.update(Event::Use(Channel::Email), long.today());
    let commands = long.update(Event::IdMade(ID.into()), long.today());
    assert!(copies(&commands), "what does not fit into it is there to be pasted: {commands:?}");
}
