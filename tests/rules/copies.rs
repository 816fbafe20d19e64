//! A person's own copy: nothing that was written is lost in it, and nothing of it is taken for markup.

use putright_domain::documents::personal_copy::{Copy, mail, summary};

fn copy<'a>(told: &'a [String], parts: &'a [(&'a str, &'a [String])]) -> Copy<'a> {
    Copy { language: "en", direction: "ltr", title: "Your \"complaint\"", told, number: "No 7", parts }
}

#[test]
fn what_was_written_stands_in_a_page_as_it_was_written() {
    let told = ["Not sent & <kept>".to_owned()];
    let lines = ["It rained\u{0}\u{b}\u{1f}\u{7f}.".to_owned(), "Tab\there".to_owned()];
    let page = copy(&told, &[("What happened?", &lines)]).html();
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\" dir=\"ltr\">\n<head>\n"), "{page}");
    assert!(page.contains("<title>Your &quot;complaint&quot;</title>") && page.contains("default-src 'none'"));
    assert!(page.contains("<p>Not sent &amp; &lt;kept&gt;</p>"));
    assert!(page.contains("<dt>What happened?</dt>\n<dd>It rained.\nTab\there</dd>\n"), "{page}");
    assert!(page.ends_with("</dl>\n<small>No 7</small>\n</main>\n</body>\n</html>\n"), "last and small: {page}");
}

#[test]
fn as_text_it_says_first_what_it_is() {
    let (told, one, two) = (["Not sent".to_owned()], ["A".to_owned(), "B".to_owned()], ["C".to_owned()]);
    let parts: [(&str, &[String]); 2] = [("First?", &one), ("Second?", &two)];
    assert_eq!(summary(&parts), "First?\nA\nB\n\nSecond?\nC");
    assert_eq!(copy(&told, &parts).text(), "Your \"complaint\"\n\nNot sent\n\nFirst?\nA\nB\n\nSecond?\nC\n\nNo 7");
}

#[test]
fn an_email_holds_every_character_and_says_so_where_there_is_no_room() {
    let written = mail("team@council.example", "A–b", "a-._~Z9\r\n1\n2 &", "too long");
    assert_eq!(written.address, "mailto:team@council.example?subject=A%E2%80%93b&body=a-._~Z9%0D%0A1%0D%0A2%20%26");
    assert!(written.is_whole);
    let start = "mailto:a@b.example?subject=s&body=".len();
    let most = mail("a@b.example", "s", &"x".repeat(1900 - start), "too long");
    assert!(most.is_whole && most.address.len() == 1900);
    let more = mail("a@b.example", "s", &"x".repeat(1901 - start), "too long");
    assert!(!more.is_whole && more.address.ends_with("body=too%20long"), "{}", more.address);
}
