//! The confirmation and the copies: what they promise, and the numbers to ring.

use super::{advised, email, one, sent};
use crate::common;
use putright_app::view_model::FirstHelp;
use putright_domain::messages::MessageId;

#[test]
fn nothing_is_promised_to_the_young_whom_nobody_can_reach() {
    for register in ["12-17", "8-11"] {
        let answers = [one("topics", "placement"), one("reach", "none"), one("advocate", "yes_get_me_one")];
        let page = advised(register, &answers);
        assert!(page.no_way_back && page.dates.is_empty() && page.answers.is_empty(), "{register}");
        // Childline is the first of the people to ring.
        let told = [&page.body[..], &page.talk[..1]].concat().join(" ");
        for help in ["teacher", "0800 1111", "how to find you first"] {
            assert!(told.contains(help), "{register}: {help}: {told}");
        }
        assert!(!told.contains("answer with reasons") && !told.contains("must tell you"), "{register}: {told}");
        let reached = advised(register, &[one("topics", "placement"), email()]);
        assert!(!reached.no_way_back && !reached.answers.is_empty(), "{register}");
    }
}

#[test]
fn confirmation_and_copy_carry_reference_dates_and_telephone() {
    let (page, copy) = sent("adult", &[one("topics", "support"), email()]);
    let telephone = &common::council("bromley").contact.telephone[0].number;
    assert!(page.no_way_back.is_empty() && !page.dates.is_empty());
    for part in ["K7M-2QX-HPA", telephone, &page.dates[0].due, &page.dates[0].latest] {
        assert!(copy.contains(part), "{part}: {copy}");
    }
    assert!(copy.ends_with("aaaaaaaa-aaaaaaaa-aaaaaaaa-aaaaaaaa"), "the long number comes last: {copy}");
    assert_eq!(copy.matches("aaaaaaaa-").count(), 3, "and once: {copy}");
}

#[test]
fn confirmation_and_copy_promise_nothing_where_nobody_can_reach_the_person() {
    for (register, help) in [("adult", "ring the complaints team"), ("12-17", "a teacher"), ("8-11", "a teacher")] {
        let (page, copy) = sent(register, &[one("topics", "placement"), one("reach", "none")]);
        assert!(page.dates.is_empty() && page.no_way_back.join(" ").contains(help), "{register}: {page:?}");
        assert!(copy.contains(help) && copy.contains("K7M-2QX-HPA"), "{register}: {copy}");
        assert!(!copy.contains("](") && !copy.contains("2027"), "{register}: {copy}");
    }
}

#[test]
fn praise_is_thanked_and_asks_for_nothing() {
    for register in common::REGISTERS {
        let (page, _) = sent(register, &[one("want", "compliment"), one("reach", "none")]);
        assert!(
            page.thanks && page.dates.is_empty() && page.no_way_back.is_empty() && page.help == FirstHelp::default()
        );
        let told = common::content_in(register).word(MessageId::SentThanks).to_owned();
        assert!(told.ends_with("You can also tell your worker.") && !told.contains("omplain"), "{register}: {told}");
    }
}

#[test]
fn the_young_have_three_numbers_to_ring_and_adults_have_not() {
    for register in ["12-17", "8-11"] {
        let page = advised(register, &[one("topics", "placement"), email()]);
        assert_eq!(page.talk.len(), 3, "{register}: {:?}", page.talk);
        assert_eq!(page.talk[0], "[Childline\n0800 1111](tel:08001111)");
        assert!(page.talk.iter().all(|call| call.contains("](tel:")), "{register}");
        assert_eq!(sent(register, &[one("topics", "placement"), email()]).0.talk, page.talk, "{register}");
    }
    assert!(advised("adult", &[one("topics", "support")]).talk.is_empty());
}

#[test]
fn the_young_are_told_before_they_send_that_nobody_knows_yet() {
    for register in ["12-17", "8-11"] {
        let told = common::content_in(register).word(MessageId::CheckIntro).to_owned();
        assert!(told.contains("This page has not told anyone."), "{register}");
        assert!(told.contains("Your phone may still show that you were here."), "{register}");
    }
}
