//! Valid and invalid answers.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that stops has failed"
)]

use crate::common::{self, date};
use putright_domain::{
    date::Date,
    form::{
        answer::{Answer, ApproximateDate, Field, FormInput},
        mistake::Cause,
        question::{Question, Reading},
    },
};

fn question(id: &str) -> Question {
    common::flow().question(id).unwrap().clone()
}

fn parse(id: &str, raw: &FormInput) -> Result<Answer, Vec<Cause>> {
    let months = common::content().months;
    let reading = Reading {
        today: date("2026-11-22"),
        here: date("2026-11-22"),
        months: &months,
        councils: &["bromley".to_owned()],
    };
    question(id).parse(raw, reading).map_err(|errors| errors.iter().map(|error| error.cause).collect())
}

fn day(day: &str, month: &str, year: &str) -> FormInput {
    FormInput::default().with(Field::Day, day).with(Field::Month, month).with(Field::Year, year)
}

#[allow(clippy::unnecessary_wraps, reason = "it stands beside what parse gives")]
fn exact(iso: &str) -> Result<Answer, Vec<Cause>> {
    Ok(Answer::When(ApproximateDate::Day { date: Date::parse_iso(iso).unwrap() }))
}

#[test]
fn a_page_on_which_anything_was_done_is_not_empty() {
    assert!(FormInput::default().is_empty());
    assert!(!FormInput::choosing(["yes"]).is_empty() && !FormInput::default().with(Field::Text, "x").is_empty());
}

#[test]
fn a_month_may_be_a_number_or_a_word_or_its_start() {
    for month in ["1", "01", "jan", "Jan.", "JANUARY", " january "] {
        assert_eq!(parse("event_date", &day("5", month, "2026")), exact("2026-01-05"), "{month}");
    }
    assert_eq!(parse("event_date", &day("5", "ja", "2026")), Err(vec![Cause::DateImpossible]));
}

#[test]
fn an_approximate_date_is_an_answer() {
    let month = Answer::When(ApproximateDate::Month { year: 2026, month: 3 });
    assert_eq!(parse("event_date", &day("", "march", "2026")), Ok(month));
    let about = FormInput::default().with(Field::About, " last spring ");
    assert_eq!(parse("event_date", &about), Ok(Answer::When(ApproximateDate::About { words: "last spring".into() })));
    assert_eq!(parse("event_date", &FormInput::choosing(["not_known"])), Ok(Answer::When(ApproximateDate::NotKnown)));
}

#[test]
fn dates_are_refused_in_the_order_missing_impossible_other_rules() {
    assert_eq!(parse("event_date", &FormInput::default()), Err(vec![Cause::Missing]));
    assert_eq!(parse("event_date", &day("5", "", "")), Err(vec![Cause::DateIncomplete]));
    for parts in [("5", "3", ""), ("5", "", "2026"), ("", "3", ""), ("", "", "2026")] {
        let incomplete = day(parts.0, parts.1, parts.2);
        assert_eq!(parse("event_date", &incomplete), Err(vec![Cause::DateIncomplete]), "{parts:?}");
    }
    assert_eq!(parse("event_date", &day("31", "2", "2026")), Err(vec![Cause::DateImpossible]));
    assert_eq!(parse("event_date", &day("5", "1", "26")), Err(vec![Cause::YearShort]));
    assert_eq!(parse("event_date", &day("23", "11", "2026")), Err(vec![Cause::DateInFuture]));
    assert_eq!(parse("event_date", &day("22", "11", "2026")), exact("2026-11-22"));
    assert_eq!(parse("event_date", &day("", "12", "2026")), Err(vec![Cause::DateInFuture]), "a month that is to come");
    assert!(parse("event_date", &day("", "11", "2026")).is_ok(), "this month has begun");
    let twice = day("22", "11", "2026").with(Field::About, "autumn");
    assert_eq!(parse("event_date", &twice), Err(vec![Cause::DateTwice]));
}

#[test]
fn a_month_is_in_the_past_from_its_first_day_and_a_year_from_1900() {
    let months = common::content().months;
    let on = |today: &str, raw: &FormInput| {
        let reading = Reading { today: date(today), here: date(today), months: &months, councils: &[] };
        question("event_date").parse(raw, reading).is_ok()
    };
    let november = day("", "11", "2026");
    assert!(on("2026-11-01", &november) && !on("2026-10-31", &november));
    assert!(on("2026-11-01", &day("1", "1", "1900")) && !on("2026-11-01", &day("31", "12", "1899")));
}

#[test]
fn text_is_counted_in_characters_and_never_cut() {
    let text = |length| FormInput::default().with(Field::Text, "é".repeat(length));
    assert!(parse("what_happened", &text(5000)).is_ok());
    let months = common::content().months;
    let reading = Reading { today: date("2026-11-22"), here: date("2026-11-22"), months: &months, councils: &[] };
    let errors = question("what_happened").parse(&text(5003), reading).unwrap_err();
    assert_eq!((errors[0].cause, errors[0].max, errors[0].over), (Cause::TooLong, 5000, 3));
    assert_eq!(parse("what_happened", &FormInput::default().with(Field::Text, " \n ")), Err(vec![Cause::Missing]));
    assert_eq!(parse("effect", &FormInput::default()), Ok(Answer::Skipped), "it is optional");
}

#[test]
fn each_way_to_reach_a_person_needs_its_detail_and_only_its_own() {
    let both = FormInput::choosing(["email", "telephone"]);
    assert_eq!(parse("reach", &both), Err(vec![Cause::EmailMissing, Cause::TelephoneMissing]));
    let wrong = both.with(Field::Email, "name@example").with(Field::Telephone, "none");
    assert_eq!(parse("reach", &wrong), Err(vec![Cause::EmailShape, Cause::TelephoneShape]));
    let left =
        FormInput::choosing(["email"]).with(Field::Email, "a@b.org").with(Field::Telephone, "typed, then not chosen");
    let Ok(Answer::Reach(reach)) = parse("reach", &left) else { panic!("refused") };
    assert_eq!(reach.details.len(), 1, "what was not chosen is not kept");
    let answer = Answer::Reach(reach);
    let has = ["email", "telephone", "post", "none"].map(|method| answer.has(method));
    assert_eq!(has.iter().filter(|has| **has).count(), 1);
    assert_eq!(question("reach").none_option(), Some("none"));
    assert_eq!(parse("reach", &FormInput::choosing(["none", "email"])), Err(vec![Cause::NoneWithOthers]));
}

#[test]
fn an_email_address_is_a_name_and_a_host_of_parts() {
    let email = |text: &str| parse("reach", &FormInput::choosing(["email"]).with(Field::Email, text));
    for good in ["a@b.org", "o'neil+x@mail.example.co.uk", " a@b.org "] {
        assert!(email(good).is_ok(), "{good}");
    }
    for bad in ["a@b", "@b.org", "a@", "a@.org", "a@b.", "a@b..org", "a b@c.org", "a@b@c.org", "a"] {
        assert_eq!(email(bad), Err(vec![Cause::EmailShape]), "{bad}");
    }
}

fn detail(method: &str, text: &str) -> Result<String, Vec<Cause>> {
    let field = Field::from_id(method).unwrap();
    match parse("reach", &FormInput::choosing([method]).with(field, text))? {
        Answer::Reach(reach) => Ok(reach.details.get(field).unwrap().clone()),
        _ => panic!("another kind of answer"),
    }
}

#[test]
fn email_copied_with_its_surroundings_is_taken_without_them() {
    for copied in [
        "zoe@example.co.uk",
        "zoe@example.co.uk,",
        "zoe@example.co.uk.",
        " zoe@example.co.uk; ",
        "<zoe@example.co.uk>",
        "Zoë Smith <zoe@example.co.uk>",
        "\"Smith, Zoë\" <zoe@example.co.uk>,",
        "\"zoe@example.co.uk\"",
        "“zoe@example.co.uk”",
        "'zoe@example.co.uk'",
        "mailto:zoe@example.co.uk",
        "MailTo: zoe@example.co.uk?subject=Hello",
        "<mailto:zoe@example.co.uk>",
        "\u{200B}zoe\u{2060}@example.co.uk\u{FEFF}",
        "\u{202A}zoe@example.co.uk\u{202C}",
        "\u{200E}zoe@example.co.uk\u{A0}",
        "zoe＠example．co．uk",
        "ｚｏｅ@example.co.uk",
        "z\u{AD}oe@example.co.uk",
    ] {
        assert_eq!(detail("email", copied), Ok("zoe@example.co.uk".to_owned()), "{copied:?}");
        let again = detail("email", &detail("email", copied).unwrap());
        assert_eq!(again, Ok("zoe@example.co.uk".to_owned()), "reading twice changes nothing: {copied:?}");
    }
    assert_eq!(detail("email", "zoe٢@example.co.uk"), Ok("zoe2@example.co.uk".to_owned()));
}

#[test]
fn email_that_cannot_be_delivered_is_refused() {
    let long = ["a".repeat(65), "@example.com".to_owned()].concat();
    for wrong in [
        "zoe@example,co.uk",
        "zoe,smith@example.com",
        "zoe@example.co.uk, sam@example.com",
        "zoe@a.com <sam@b.com>, <kim@c.com>",
        "zoe@example.com sam@example.com",
        "zoe.@example.com",
        "zoe..smith@example.com",
        "zoe@-example.com",
        "zoe@example-.com",
        "zoe@example.c",
        "zoe@192.168.0.1",
        "zoe@exam_ple.com",
        "zoe(at)example.com",
        "zoe@example.com/inbox",
        "zoe\\@example.com",
        "😀@example.com",
        &long,
    ] {
        assert_eq!(detail("email", wrong), Err(vec![Cause::EmailShape]), "{wrong:?}");
    }
    for right in ["josé@example.es", "info@münchen.example", "a@xn--mnchen-3ya.de", "x+y_z@sub-domain.example.com"] {
        assert_eq!(detail("email", right), Ok(right.to_owned()));
    }
}

#[test]
fn telephone_number_in_digits_of_any_script_is_taken() {
    for (typed, taken) in [
        ("٠٧٧٠٠٩٠٠١٢٣", "07700900123"),
        ("۰۷۷۰۰۹۰۰۱۲۳", "07700900123"),
        ("०७७०० ९००१२३", "07700 900123"),
        ("০৭৭০০ ৯০০১২৩", "07700 900123"),
        ("੦੭੭੦੦ ੯੦੦੧੨੩", "07700 900123"),
        ("０７７００　９００１２３", "07700 900123"),
        ("＋４４ ７７００ ９００１２３", "+44 7700 900123"),
        ("𝟎𝟕𝟕𝟎𝟎 𝟵𝟬𝟬𝟭𝟮𝟯", "07700 900123"),
        ("\u{202A}+44 7700 900123\u{202C}", "+44 7700 900123"),
        ("07700\u{A0}900\u{2009}123", "07700 900 123"),
        ("tel:+447700900123", "+447700900123"),
        ("<07700 900123>,", "07700 900123"),
        ("07700 900123.", "07700 900123"),
        ("(020) 7946 0000", "(020) 7946 0000"),
        ("020 7946 0000 (after 6pm)", "020 7946 0000 (after 6pm)"),
        ("+353 1 234 5678", "+353 1 234 5678"),
        ("0044 (0)20 7946 0000", "0044 (0)20 7946 0000"),
        ("016977 2345", "016977 2345"),
        ("18001 07700 900123", "18001 07700 900123"),
    ] {
        assert_eq!(detail("telephone", typed), Ok(taken.to_owned()), "{typed:?}");
    }
}

#[test]
fn telephone_number_with_too_few_digits_is_refused_by_name() {
    for short in ["07700 90", "07700 900 12", "7946 00", "+44 7700 90", "0044 20 7946", "999", "٠٧٧٠٠ ٩٠", "(020) 7946"]
    {
        assert_eq!(detail("telephone", short), Err(vec![Cause::TelephoneShort]), "{short:?}");
    }
    for none in ["none", "ask my mum", "12", "—"] {
        assert_eq!(detail("telephone", none), Err(vec![Cause::TelephoneShape]), "{none:?}");
    }
}

#[test]
fn date_in_ordinals_or_digits_of_any_script_is_taken() {
    for (d, m, y) in [
        ("2nd", "3", "2026"),
        ("2ND", "March,", "2026"),
        ("2 nd", "03.", "2026."),
        ("2nd,", "mar.", "2026"),
        ("٢", "٣", "٢٠٢٦"),
        ("۲", "۳", "۲۰۲۶"),
        ("२", "३", "२०२६"),
        ("２", "３", "２０２６"),
        ("\u{200F}02\u{200E}", "\u{2066}March\u{2069}", "\u{FEFF}2026"),
    ] {
        assert_eq!(parse("event_date", &day(d, m, y)), exact("2026-03-02"), "{d:?} {m:?} {y:?}");
    }
    assert_eq!(parse("event_date", &day("21st", "3rd", "2026")), exact("2026-03-21"));
    for wrong in ["nd", "second", "2x", "2nd or 3rd", "32nd", "1e1"] {
        assert_eq!(parse("event_date", &day(wrong, "3", "2026")), Err(vec![Cause::DateImpossible]), "{wrong:?}");
    }
}

#[test]
fn every_decimal_digit_of_unicode_is_read() {
    // One zero of each of the 75 runs of ten that Unicode 16 has beside the ASCII digits, from its table of numeric values.
    let zeros = "٠۰߀०০੦૦୦௦౦೦൦෦๐໐༠၀႐០᠐᥆᧐᪀᪐᭐᮰᱀᱐꘠꣐꤀꧐꧰꩐꯰０𐒠𐴰𐵀𑁦𑃰𑄶𑇐𑋰𑑐𑓐𑙐𑛀𑛐𑛚𑜰𑣠𑥐𑯰𑱐𑵐𑶠𑽐𖩠𖫀𖭐𖵰𜳰𝟎𝟘𝟢𝟬𝟶𞅀𞋰𞓰𞗱𞥐🯰";
    assert_eq!(zeros.chars().count(), 74);
    for zero in zeros.chars() {
        let digits = (0..10).map(|value| char::from_u32(u32::from(zero) + value).unwrap());
        let number = ["0", &digits.collect::<String>()].concat();
        assert_eq!(detail("telephone", &number), Ok("00123456789".to_owned()), "{zero:?}");
    }
}

#[test]
fn date_up_to_the_day_where_the_person_is_is_taken() {
    let months = common::content().months;
    let on = |here: &str, raw: &FormInput| {
        let reading = Reading { today: date("2026-11-30"), here: date(here), months: &months, councils: &[] };
        question("event_date").parse(raw, reading).is_ok()
    };
    let (sydney, honolulu) = ("2026-12-01", "2026-11-29");
    assert!(on(sydney, &day("1", "12", "2026")) && on(sydney, &day("", "12", "2026")));
    assert!(!on(sydney, &day("2", "12", "2026")));
    assert!(on(honolulu, &day("29", "11", "2026")) && on(honolulu, &day("30", "11", "2026")));
    assert!(!on(honolulu, &day("1", "12", "2026")) && !on(honolulu, &day("", "12", "2026")));
}

#[test]
fn what_is_too_long_to_be_kept_is_said_with_how_much() {
    let email = |length: usize| {
        let label = ["b".repeat(61), ".".to_owned()].concat().repeat(3);
        let text = ["a".repeat(length - 192), "@".to_owned(), label, "c.org".to_owned()].concat();
        parse("reach", &FormInput::choosing(["email"]).with(Field::Email, text))
    };
    assert!(email(254).is_ok());
    assert_eq!((email(255), email(256)), (Err(vec![Cause::TooLongByOne]), Err(vec![Cause::TooLong])));
    let telephone = |text: &str| parse("reach", &FormInput::choosing(["telephone"]).with(Field::Telephone, text));
    assert!(telephone("1234567").is_ok() && telephone(&"1".repeat(50)).is_ok());
    assert_eq!(telephone("99 or so"), Err(vec![Cause::TelephoneShape]));
    assert_eq!(telephone(&"1".repeat(51)), Err(vec![Cause::TooLongByOne]));
    let post = |length: usize| parse("reach", &FormInput::choosing(["post"]).with(Field::Post, "a".repeat(length)));
    assert!(post(500).is_ok());
    assert_eq!((post(0), post(501)), (Err(vec![Cause::PostMissing]), Err(vec![Cause::TooLongByOne])));
}

#[test]
fn what_a_person_wrote_is_not_in_any_debug_output() {
    let raw = FormInput::default().with(Field::Text, "SECRET");
    let answer = parse("what_happened", &raw).unwrap();
    assert!(!format!("{raw:?} {answer:?}").contains("SECRET"));
}

#[test]
fn an_answer_to_the_questions_of_another_register_is_an_answer_only_where_it_is_offered() {
    let young = common::flow_in("12-17");
    let takes = |id: &str, answer: &Answer| young.question(id).unwrap().takes(answer);
    let one = |option: &str| Answer::One(option.to_owned());
    let many = |options: &[&str]| Answer::Many(options.iter().map(|option| (*option).to_owned()).collect());
    assert!(takes("age_band", &one("12-15")) && !takes("age_band", &one("18-25")));
    assert!(takes("age_band", &Answer::Skipped) && !takes("tell_how", &Answer::Skipped), "only the first is optional");
    assert!(takes("topics", &many(&["placement"])) && !takes("topics", &many(&["placement", "housing"])));
    assert!(takes("what_happened", &Answer::Text("It rained".to_owned())));
    assert!(takes("event_date", &Answer::When(ApproximateDate::NotKnown)));
}

#[test]
fn none_of_these_goes_with_nothing_else_and_a_council_is_one_of_those_here() {
    assert_eq!(parse("proceedings", &FormInput::choosing(["court", "none"])), Err(vec![Cause::NoneWithOthers]));
    assert_eq!(parse("proceedings", &FormInput::choosing(["none"])), Ok(Answer::Many(vec!["none".into()])));
    assert_eq!(question("proceedings").none_option(), Some("none"));
    for known in ["bromley", "not_known"] {
        assert_eq!(parse("borough", &FormInput::choosing([known])), Ok(Answer::One(known.into())));
    }
    assert_eq!(parse("borough", &FormInput::choosing(["leeds"])), Err(vec![Cause::NotAnOption]));
}

#[test]
fn what_is_printed_of_an_answer_says_its_kind_and_nothing_of_what_was_written() {
    let written = |answer: &Answer| format!("{answer:?}");
    assert_eq!(written(&Answer::Text("Rosa".into())), "Text(…)");
    assert_eq!(written(&parse("proceedings", &FormInput::choosing(["court"])).unwrap()), "Many(…)");
    assert_eq!(written(&parse("event_date", &FormInput::choosing(["not_known"])).unwrap()), "When(…)");
    assert_eq!(written(&parse("reach", &FormInput::choosing(["none"])).unwrap()), "Reach(…)");
    assert_eq!([Answer::Seen, Answer::Skipped, Answer::Agreed].map(|one| written(&one)), ["Seen", "Skipped", "Agreed"]);
    assert_eq!(written(&Answer::One("court".into())), "One(…)");
}
