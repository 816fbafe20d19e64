//! A council's file and the list of councils: what they may say, and where a mistake is told.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that stops has failed"
)]

use crate::common::{COUNCILS, public};
use putright_domain::{
    council::{Council, CouncilIndex, UnknownCouncil},
    guidance::{
        signpost::Telephone,
        time_limits::{LimitLength, Limits, TimeLimit},
    },
};
use serde_json::{Value, json};

/// The places told of Bromley's file, with one thing changed.
fn told(change: impl Fn(&mut Value)) -> Vec<String> {
    let mut file: Value = serde_json::from_str(&public("councils/bromley.json")).unwrap();
    change(&mut file);
    let error = Council::parse("bromley.json", &file.to_string()).err();
    error.iter().flat_map(|error| error.clone().apart().map(|one| one.pointer.clone()).collect::<Vec<_>>()).collect()
}

fn index(default: &str, councils: &[&str]) -> Result<CouncilIndex, String> {
    let file = json!({ "schema_version": 1, "default": default, "councils": councils });
    CouncilIndex::parse("index.json", &file.to_string()).map_err(|error| error.pointer.clone())
}

#[test]
fn a_colour_is_six_hexadecimal_digits() {
    for colour in ["#1d4f91", "#FFFFFF", "#000000"] {
        assert!(told(|file| file["brand"]["colour"] = colour.into()).is_empty(), "{colour}");
    }
    for colour in ["1d4f91", "#1d4f9", "#1d4f911", "#1d4f9g", "#12345é", "red", "#", ""] {
        assert_eq!(told(|file| file["brand"]["colour"] = colour.into()), ["/brand/colour"], "{colour}");
    }
}

#[test]
fn those_who_leave_fast_are_taken_to_a_whole_address() {
    for address in ["https://www.bbc.co.uk/weather", "https://9.example"] {
        assert!(told(|file| file["exit_to"] = address.into()).is_empty(), "{address}");
    }
    for address in ["http://example.org", "https://", "https://localhost", "https://.example", "https://a b.example"] {
        assert_eq!(told(|file| file["exit_to"] = address.into()), ["/exit_to"], "{address}");
    }
}

#[test]
fn telephone_number_is_one_that_can_be_called() {
    let places = ["/safeguarding/telephone/0/number", "/contact/telephone/0/number"];
    for place in places {
        let set = |number: &str| told(|file| *file.pointer_mut(place).unwrap() = number.into());
        for number in ["020 8461 7373", "+44 20 8461 7373", "(020) 8461-7373", "999"] {
            assert!(set(number).is_empty(), "{number}");
        }
        for number in ["", " ", "ask us", "see the web page", "0", "020 8461 7373 option 2", "٠٢٠ ٨٤٦١", "tel:999"]
        {
            assert_eq!(set(number), [place], "{number:?}");
        }
    }
    let abroad = Telephone { number: "+44 20 8461 7373".into(), hours: String::new() };
    assert_eq!(abroad.href(), "tel:+442084617373");
}

#[test]
fn people_must_know_whom_they_write_to_and_how_to_reach_them() {
    for key in ["id", "name", "short_name", "team"] {
        assert_eq!(told(|file| file[key] = " ".into()), [["/", key].concat()]);
    }
    let only = |keep: &str, file: &mut Value| {
        let kept = file["contact"][keep].clone();
        for key in ["telephone", "post"] {
            file["contact"][key] = json!([]);
        }
        file["contact"][keep] = kept;
    };
    assert!(told(|file| only("post", file)).is_empty() && told(|file| only("telephone", file)).is_empty());
    assert_eq!(told(|file| only("web", file)), ["/contact"]);
    assert_eq!(told(|file| file["safeguarding"]["telephone"] = json!([])), ["/safeguarding/telephone"]);
    assert_eq!(told(|file| file["shares_service_with"] = json!(["bromley"])), ["/shares_service_with"]);
}

#[test]
fn whatever_is_said_of_another_body_has_a_source_and_a_day_on_which_it_was_looked_at() {
    let place = "/signposts/TRAVEL_APPEAL";
    let facts = [
        json!({ "telephone": [{ "number": "020 7946 0000" }] }),
        json!({ "web": "https://appeals.example/" }),
        json!({ "post": ["1 High Street"] }),
    ];
    for facts in facts {
        let with = |more: Value| {
            let mut contact = facts.clone();
            contact.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            told(|file| file["signposts"]["TRAVEL_APPEAL"] = contact.clone())
        };
        let whole = json!({ "source": "https://a.example", "checked": "2026-11-21", "review_by": "2027-05-21" });
        assert_eq!(with(whole.clone()), [""; 0]);
        for key in ["source", "checked", "review_by"] {
            let mut less = whole.clone();
            less.as_object_mut().unwrap().remove(key);
            assert_eq!(with(less), [place], "{facts} without {key}");
        }
    }
    assert_eq!(told(|file| file["signposts"]["TRAVEL_APPEAL"] = json!({ "through_council": true })), [""; 0]);
    let number = Telephone { number: "020 7946 0000".to_owned(), hours: String::new() };
    assert_eq!(number.href(), "tel:02079460000");
}

#[test]
fn what_a_council_leaves_to_others_or_waits_for_changes_the_rules_only_where_it_says_so() {
    let rules = |ids: &[&str]| {
        let mut file: Value = serde_json::from_str(&public("councils/bromley.json")).unwrap();
        let one = file["exclusions"][0].clone();
        let with = |id: &&str| {
            let mut exclusion = one.clone();
            exclusion["id"] = (*id).into();
            exclusion
        };
        file["exclusions"] = ids.iter().map(with).collect();
        let rules = Council::parse("bromley.json", &file.to_string()).unwrap().rules;
        (rules.transport_to_provider_first, rules.pauses_for_councillor)
    };
    assert_eq!(rules(&[]), (false, false));
    assert_eq!(rules(&["send_transport"]), (true, false));
    assert_eq!(rules(&["councillor_or_mp"]), (false, true));
}

#[test]
fn a_limit_may_be_shortened_and_never_to_nothing() {
    let mut limits = Limits::default();
    let ten = limits.of(TimeLimit::StatutoryOne);
    assert_eq!(limits.shorten(TimeLimit::StatutoryOne, 0), Err(ten));
    assert_eq!(limits.shorten(TimeLimit::StatutoryOne, 11), Err(ten), "what the law sets is not lengthened");
    assert_eq!(limits.of(TimeLimit::StatutoryOne), ten);
    for days in [10, 1] {
        assert_eq!(limits.shorten(TimeLimit::StatutoryOne, days), Ok(()));
        assert_eq!(limits.of(TimeLimit::StatutoryOne).due, LimitLength::WorkingDays(days));
    }
    assert_eq!(limits.shorten(TimeLimit::CouncilContact, 40), Ok(()), "a promise of its own may be any length");
    assert!(limits.shorten(TimeLimit::Ombudsman, 5).is_err(), "the Ombudsman's year is no number of working days");
}

#[test]
fn the_index_names_what_can_be_files_and_one_of_them_is_shown_first() {
    assert!(index("a-1", &["a-1", "b"]).is_ok());
    for id in ["", "A", "a_b", "a/b", "../a", "é"] {
        assert_eq!(index("b", &["b", id]), Err("/councils/1".to_owned()), "{id}");
    }
    assert_eq!(index("c", &["a", "b"]), Err("/default".to_owned()));
}

#[test]
fn an_address_may_name_a_council_of_the_index_and_no_other() {
    let index = CouncilIndex::parse("index.json", &public("councils/index.json")).unwrap();
    for id in COUNCILS {
        assert_eq!(index.choose(Some(id)), Ok(id));
    }
    assert_eq!(index.choose(None), Ok(index.default.as_str()));
    assert_eq!(index.choose(Some("../secret")), Err(UnknownCouncil));
}
