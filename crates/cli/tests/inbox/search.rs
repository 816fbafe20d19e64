//! Officers search what people wrote: their own councils' complaints alone, and without a trace of the text.

use std::fs;

use crate::{
    client::{Browser, complaints, place, serve, trail},
    support::{sample_numbered, text},
};

#[test]
fn text_is_found_in_the_complaints_of_the_officers_councils_alone() {
    let place = place();
    let server = serve(&place, &[]);
    let [first, second] = complaints(&server);
    let lead = Browser::of(&server, "lead");
    assert!(lead.page("/inbox").contains("Search what people wrote"));
    let search = |browser: &Browser<'_>, words: &str| {
        let answer = browser.post("/inbox/search", &[("text", words)]);
        (answer.status().as_u16(), text(answer))
    };
    for (words, has_first, has_second) in [
        ("ALERT(1)", true, false),
        ("\"quoted\"", true, false),
        ("sam@example.org", true, true),
        ("100%", false, false),
        ("___", false, false),
    ] {
        let (status, page) = search(&lead, words);
        assert_eq!((status, page.contains(&first), page.contains(&second)), (200, has_first, has_second), "{words}");
    }
    let (_, page) = search(&lead, "<script>alert(1)");
    assert!(page.contains(&first) && !page.contains("<script>"), "{page}");
    for words in ["ab", "  a ", &"a".repeat(101)] {
        let (status, page) = search(&lead, words);
        assert!(status == 422 && page.contains("Write between 3 and 100 characters") && !page.contains(&first));
    }
    let other = Browser::of(&server, "other");
    other.page("/inbox");
    let (_, page) = search(&other, "alert(1)");
    assert!(!page.contains(&first) && page.contains("Nothing matches"), "{page}");

    let (entries, is_whole) = trail(&place, &[]);
    let searched = |officer: &str| {
        let entry = [officer.to_owned(), "searched".to_owned(), String::new()];
        entries.iter().filter(|one| **one == entry).count()
    };
    assert_eq!((is_whole, searched("lead"), searched("other")), (true, 6, 1));
    assert!(!server.said().to_lowercase().contains("alert(1)"), "{}", server.said());
    for file in fs::read_dir(place.data()).unwrap() {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(8).any(|part| part == b"ALERT(1)"), "the text that was searched for is nowhere");
    }
}

#[test]
fn search_goes_on_where_a_page_is_full() {
    let place = place();
    let server = serve(&place, &[]);
    let mut references = Vec::new();
    for number in 1..=60 {
        let mut body = sample_numbered(number);
        body["council"] = "bromley".into();
        references.push(crate::support::reference(server.post(&body)));
    }
    let lead = Browser::of(&server, "lead");
    lead.page("/inbox");
    let page = text(lead.post("/inbox/search", &[("text", "sam@example.org")]));
    assert_eq!(page.matches("<tr>").count(), 1 + 50);
    assert!(
        page.contains("Search older complaints") && page.contains(&references[59]) && !page.contains(&references[9])
    );
    assert!(page.contains("Searched back to "), "{page}");
    let (_, rest) = page.split_once("name=\"before\"").unwrap();
    let (before, _) = rest.split_once("value=\"").unwrap().1.split_once('"').unwrap();
    let page = text(lead.post("/inbox/search", &[("text", "sam@example.org"), ("before", before)]));
    assert_eq!(page.matches("<tr>").count(), 1 + 10);
    assert!(page.contains(&references[0]) && !page.contains("Search older complaints"), "{page}");
    assert!(!page.contains("Searched back"), "{page}");
}
