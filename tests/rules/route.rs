//! Addresses of pages: each leads where it came from, and what is not known leads to the first page.

use putright_domain::route::{Route, WAIT};

#[test]
fn every_page_has_an_address_that_leads_to_it() {
    let pages = [
        Route::Start,
        Route::Question("what_happened-2".to_owned()),
        Route::Check,
        Route::Sent,
        Route::Guide,
        Route::GuidePart("statutory".to_owned()),
        Route::Contacts,
        Route::Leaflet,
        Route::Words("8-11".to_owned()),
        Route::ExitHelp,
        Route::Look,
        Route::Draft,
        Route::ReadOut,
        Route::ByPost,
    ];
    for page in pages {
        let address = page.to_string();
        assert!(address.starts_with("#/"), "{address}");
        assert_eq!(Route::parse(&address), Some(page), "{address}");
    }
}

#[test]
fn what_is_not_known_leads_to_the_first_page_and_a_place_within_a_page_nowhere() {
    for address in
        ["", "#", "#/", "#/nothing", "#/question/", "#/question", "#/words/", "#/words", "#/guide/", "#/else/x"]
    {
        assert_eq!(Route::parse(address), Some(Route::Start), "{address}");
    }
    for address in ["#main", "#field-text", &["#/", WAIT].concat()] {
        assert_eq!(Route::parse(address), None, "{address}");
    }
}

#[test]
fn an_address_is_read_once_however_often_a_part_of_it_comes_again() {
    for (address, inner) in [("#/words/words/", "words/"), ("#/words/words/8-11", "words/8-11")] {
        assert_eq!(Route::parse(address), Some(Route::Words(inner.to_owned())), "{address}");
    }
}

#[test]
fn parts_of_the_guide_are_places_on_one_page() {
    let [guide, statutory, days] =
        ["#/guide", "#/guide/statutory", "#/guide/days"].map(|address| Route::parse(address).unwrap());
    assert!(guide.shares_page(&statutory) && statutory.shares_page(&guide) && statutory.shares_page(&days));
    assert!(guide.shares_page(&guide) && Route::Contacts.shares_page(&Route::Contacts));
    assert!(!guide.shares_page(&Route::Contacts) && !Route::Contacts.shares_page(&statutory));
    assert_eq!((statutory.place().as_str(), guide.place().as_str()), ("/guide/statutory", "/guide"));
}
