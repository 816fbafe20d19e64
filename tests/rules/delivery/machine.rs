//! The state machine: retries, waits, and what may have arrived.

use std::collections::BTreeSet;

use super::{ID, read};
use proptest::prelude::*;
use putright_domain::delivery::{
    config::{Channel, SendBy},
    response::{DeliveryError, Receipt},
    state_machine::{Delivery, DeliveryEffect, DeliveryEvent, DeliveryMachine, Rules},
};
use serde_json::{Value, json};

#[derive(Clone, Debug)]
enum Random {
    Asked,
    Delivered,
    Failed(DeliveryError),
    WaitOver,
    OldWait,
    Stopped,
    HandedOver(Channel),
    Online(bool),
    Read,
}

fn random() -> impl Strategy<Value = Random> {
    let error = prop_oneof![
        Just(DeliveryError::NotReady),
        Just(DeliveryError::Unreachable),
        Just(DeliveryError::TimedOut),
        Just(DeliveryError::TooLarge),
        Just(DeliveryError::Busy(Some(1))),
        Just(DeliveryError::Busy(Some(4000))),
        Just(DeliveryError::Refused(Vec::new())),
        Just(DeliveryError::Fault(200)),
        Just(DeliveryError::Fault(503)),
    ];
    prop_oneof![
        3 => Just(Random::Asked),
        1 => Just(Random::Delivered),
        6 => error.prop_map(Random::Failed),
        4 => Just(Random::WaitOver),
        1 => Just(Random::OldWait),
        1 => Just(Random::Stopped),
        1 => prop::sample::select(Channel::ALL).prop_map(Random::HandedOver),
        1 => any::<bool>().prop_map(Random::Online),
        1 => Just(Random::Read),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn in_no_order_of_events_is_too_much_said_or_too_often_sent(
        events in prop::collection::vec(random(), 0..40),
        keyed in any::<bool>(),
    ) {
        let rules = Rules { send: SendBy::Fetch, retries: if keyed { 3 } else { 0 }, wait: 1000 };
        let mut courier = DeliveryMachine::default();
        let (mut under_way, mut last_wait, mut asked) = (false, 0, 0);
        let (mut sent, mut unclear, mut receipts) = (0_u32, false, 0);
        for event in events {
            let before = courier.state().clone();
            let was_unclear = courier.may_have_arrived();
            let is_ask = matches!(event, Random::Asked);
            let happened = match event {
                Random::Online(online) => { courier.connected(online); continue; }
                Random::Read => { courier.read(); continue; }
                Random::Asked => { asked += 1; DeliveryEvent::Asked }
                Random::Delivered => DeliveryEvent::Ended(Ok(Receipt { reference: "K7M".into() })),
                Random::Failed(ref error) => DeliveryEvent::Ended(Err(error.clone())),
                Random::WaitOver => DeliveryEvent::WaitOver(last_wait),
                Random::OldWait => DeliveryEvent::WaitOver(last_wait.wrapping_sub(1)),
                Random::Stopped => DeliveryEvent::Stopped,
                Random::HandedOver(means) => DeliveryEvent::HandedOver(means),
            };
            let step = courier.update(happened.clone(), rules, ID);
            prop_assert!(step.is_none() || !matches!(event, Random::OldWait), "a wait that was given up");
            if let (DeliveryEvent::Ended(result), true) = (&happened, under_way) {
                under_way = false;
                unclear |= result.as_ref().is_err_and(DeliveryError::may_have_arrived);
                receipts += u32::from(result.is_ok());
            }
            match step {
                Some(DeliveryEffect::Send) => {
                    prop_assert!(!under_way, "two at a time");
                    prop_assert!(is_ask || keyed, "sent again by itself without a key");
                    under_way = true;
                    sent += 1;
                }
                Some(DeliveryEffect::Wait { milliseconds, number }) => {
                    prop_assert!(keyed && milliseconds <= 30_000);
                    last_wait = number;
                }
                Some(DeliveryEffect::Stop) => { under_way = false; unclear = true; }
                Some(DeliveryEffect::Open) => { prop_assert!(matches!(happened, DeliveryEvent::HandedOver(Channel::Form))); unclear = true; }
                None => {}
            }
            // Delivered only by a receipt, and then for good.
            prop_assert_eq!(matches!(courier.state(), Delivery::Delivered(_)), receipts > 0);
            if matches!(before, Delivery::Delivered(_)) { prop_assert_eq!(courier.state(), &before); }
            prop_assert_eq!(matches!(courier.state(), Delivery::Sending), under_way);
            // What may have arrived is never forgotten, and nothing else is said to.
            prop_assert!(!was_unclear || courier.may_have_arrived());
            prop_assert_eq!(courier.may_have_arrived(), unclear);
            let most = asked * if keyed { 4 } else { 1 };
            prop_assert!(sent <= most);
        }
    }
}

#[test]
fn waits_grow_heed_what_the_backend_asks_and_are_not_the_same_for_all() {
    let rules = Rules { send: SendBy::Fetch, retries: 3, wait: 1000 };
    let waits = |id: &str, error: DeliveryError| -> Vec<u32> {
        let mut courier = DeliveryMachine::default();
        let mut step = courier.update(DeliveryEvent::Asked, rules, id);
        let mut waits = Vec::new();
        while step == Some(DeliveryEffect::Send) {
            let Some(DeliveryEffect::Wait { milliseconds, number }) =
                courier.update(DeliveryEvent::Ended(Err(error.clone())), rules, id)
            else {
                break;
            };
            waits.push(milliseconds);
            step = courier.update(DeliveryEvent::WaitOver(number), rules, id);
        }
        waits
    };
    assert_eq!(waits("0", DeliveryError::Unreachable), [1000, 2000, 4000]);
    assert_eq!(waits("0", DeliveryError::Busy(Some(7))), [7000, 7000, 7000]);
    assert_eq!(waits("0", DeliveryError::Busy(Some(600))), Vec::<u32>::new(), "ten minutes are the person's to wait");
    assert_eq!(waits("0", DeliveryError::Fault(500)), Vec::<u32>::new());
    for passing in [408, 502, 503, 504] {
        assert_eq!(waits("0", DeliveryError::Fault(passing)), [1000, 2000, 4000], "{passing}");
    }
    assert_eq!(waits("f", DeliveryError::Unreachable), [1465, 2930, 5875], "by fifteen parts in thirty-two");
    let spread: BTreeSet<u32> =
        "0123456789abcdef".chars().map(|digit| waits(&digit.to_string(), DeliveryError::TimedOut)[0]).collect();
    assert_eq!(spread.len(), 16);
    assert!(spread.iter().all(|wait| (1000..1500).contains(wait)));
}

#[test]
fn a_wait_of_half_a_minute_is_waited_and_a_longer_one_is_the_person_s() {
    let after = |seconds: u32| {
        let mut courier = DeliveryMachine::default();
        let rules = Rules { send: SendBy::Fetch, retries: 1, wait: 1000 };
        courier.update(DeliveryEvent::Asked, rules, ID);
        courier.update(DeliveryEvent::Ended(Err(DeliveryError::Busy(Some(seconds)))), rules, ID)
    };
    assert_eq!(after(30), Some(DeliveryEffect::Wait { milliseconds: 30_000, number: 1 }));
    assert_eq!(after(31), None);
    assert_eq!(after(u32::MAX), None);
}

#[test]
fn what_the_person_stops_is_stopped_and_may_have_arrived_only_if_it_was_on_its_way() {
    let rules = Rules { send: SendBy::Fetch, retries: 1, wait: 1000 };
    let mut courier = DeliveryMachine::default();
    courier.update(DeliveryEvent::Asked, rules, ID);
    assert_eq!(courier.update(DeliveryEvent::Stopped, rules, ID), Some(DeliveryEffect::Stop));
    assert_eq!(courier.state(), &Delivery::Failed(DeliveryError::Stopped));
    assert!(courier.may_have_arrived());
    let mut courier = DeliveryMachine::default();
    courier.update(DeliveryEvent::Asked, rules, ID);
    courier.update(DeliveryEvent::Ended(Err(DeliveryError::Busy(Some(1)))), rules, ID);
    assert_eq!(courier.update(DeliveryEvent::Stopped, rules, ID), None, "nothing is under way");
    assert_eq!(courier.state(), &Delivery::Failed(DeliveryError::Busy(Some(1))));
    assert!(!courier.may_have_arrived());
}

#[test]
fn by_what_means_it_was_handed_over_is_remembered() {
    let rules = Rules { send: SendBy::None, retries: 0, wait: 1000 };
    let mut courier = DeliveryMachine::default();
    assert!(courier.handed_over().is_empty());
    courier.update(DeliveryEvent::HandedOver(Channel::Post), rules, ID);
    assert!(courier.handed_over().contains(Channel::Post) && courier.handed_over().len() == 1);
}

#[test]
fn why_files_do_not_fit_is_said_of_the_way_that_was_chosen() {
    let told = |encoding: &str, files: Value| {
        let target = if encoding == "json" { "/kind" } else { "kind" };
        let fields = json!({ target: { "from": "/kind" } });
        let delivery =
            json!({ "url": "api/x", "encoding": encoding, "fields": fields, "fallbacks": ["print"], "files": files });
        read(&delivery).unwrap_err().to_string()
    };
    assert!(told("form", json!({ "send": "base64", "field": "/files" })).contains("as base64"));
    assert!(told("json", json!({ "send": "base64", "field": "files" })).contains("as base64"));
    assert!(told("form", json!({ "send": "multipart", "field": "file" })).contains("as parts"));
}

#[test]
fn another_submission_begins_with_nothing_known_but_not_while_one_is_under_way() {
    let rules = Rules { send: SendBy::Fetch, retries: 0, wait: 1000 };
    let mut courier = DeliveryMachine::of_earlier(true);
    courier.update(DeliveryEvent::Asked, rules, ID);
    courier.another();
    assert!(courier.may_have_arrived(), "it may be on its way");
    courier.update(DeliveryEvent::Ended(Err(DeliveryError::Unreachable)), rules, ID);
    courier.another();
    assert!(!courier.may_have_arrived());
    courier.read();
    assert_eq!(courier.state(), &Delivery::Ready);
}
