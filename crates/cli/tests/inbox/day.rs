//! An officer's day: the list, a complaint in words, its file, its number in the council's own system, and its end.

use serde_json::Value;

use crate::{
    client::{Browser, HOSTILE, LETTER, assert_strict, complaints, place, serve, trail},
    support::{header, json, text},
};

#[test]
#[allow(clippy::too_many_lines, reason = "one day, from the list to the trail")]
fn officer_reads_takes_over_and_erases_and_all_of_it_is_recorded() {
    let place = place();
    let server = serve(&place, &[]);
    let [first, second] = complaints(&server);
    let lead = Browser::of(&server, "lead");

    let list = lead.page("/inbox");
    let place_of = |reference: &str| list.find(&format!("href=\"./inbox/{reference}\"")).unwrap();
    assert!(place_of(&second) < place_of(&first), "the newest come first");
    assert!(list.contains("pr-inbox__mark\">Urgent</strong>") && !list.contains("Nobody came"), "{list}");

    let page = lead.page(&format!("/inbox/{first}"));
    for words in [
        "Urgent: read this one first",
        "Before you contact them, read this: Do not ring between three and six.",
        "A foster carer, now or before",
        "Visits, calls or meetings that did not happen",
        "October 2025",
        "Worried",
        "Stage 1 answer",
        "By Tuesday 5 January 2027",
        "sam@example.org",
        "letter.txt",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; [x](javascript:alert(1))"), "{page}");
    assert!(!page.contains("<script") && !page.contains("href=\"javascript"), "{page}");
    assert!(lead.page("/inbox?state=opened").contains(&first));

    let file = format!("/inbox/{first}/files/1");
    let warning = lead.page(&file);
    assert!(warning.contains("Nobody has checked it for viruses") && !warning.contains("letter.txt"));
    let saved = lead.post(&file, &[]);
    assert_strict(&saved);
    assert_eq!(header(&saved, "content-type"), "text/plain");
    assert!(header(&saved, "content-security-policy").contains("sandbox"));
    let disposition = "attachment; filename=\"1-letter.txt\"; filename*=UTF-8''1-letter.txt";
    assert_eq!(header(&saved, "content-disposition"), disposition);
    assert_eq!(text(saved), LETTER);

    let taken = format!("/inbox/{first}/taken");
    let wrong = lead.post(&taken, &[("number", " ")]);
    assert_eq!(wrong.status(), 422);
    assert!(text(wrong).contains("Write the number that it has in your own system"));
    let saved = lead.post(&taken, &[("number", "CASE-2026-0815")]);
    assert_eq!((saved.status().as_u16(), header(&saved, "location")), (303, format!("../../inbox/{first}").as_str()));
    for found in ["/inbox?state=taken", "/inbox?find=CASE-2026-0815", &format!("/inbox?find={}", first.to_lowercase())]
    {
        let list = lead.page(found);
        assert!(list.contains(&first) && list.contains("In our system") && !list.contains(&second), "{found}");
    }

    let exported = lead.post(&format!("/inbox/{first}/export"), &[]);
    assert_strict(&exported);
    let exported = json(exported);
    assert_eq!(exported["submission"]["points"][0]["what_happened"], HOSTILE);
    assert_eq!(exported["taken_as"], "CASE-2026-0815");

    let delete = format!("/inbox/{first}/delete");
    assert!(lead.page(&delete).contains("deleted here for good"));
    assert!(text(lead.post(&delete, &[])).contains("It is deleted"));
    assert_eq!(lead.get(&format!("/inbox/{first}")).status(), 404);
    assert_eq!(place.references(), [second.as_str()]);
    assert!(!server.said().contains(&first) || !server.said().contains("lead"), "no officer is in the log");

    let (entries, is_whole) = trail(&place, &[]);
    let expected = [
        ("signed_in", ""),
        ("looked", &first),
        ("downloaded", &first),
        ("looked", &first),
        ("taken_over", &first),
        ("exported", &first),
        ("erased", &first),
    ];
    let expected: Vec<[String; 3]> =
        expected.iter().map(|(action, of)| ["lead".to_owned(), (*action).to_owned(), (*of).to_owned()]).collect();
    assert_eq!((entries, is_whole), (expected, true));
}

#[test]
fn list_is_filtered_and_has_pages_of_fifty() {
    let place = place();
    let server = serve(&place, &[]);
    let [first, second] = complaints(&server);
    let lead = Browser::of(&server, "lead");
    let day = place.list()[0]["received_at"].as_str().unwrap()[..10].to_owned();
    for (query, has_first, has_second) in [
        ("urgent=yes".to_owned(), true, false),
        ("kind=complaint".to_owned(), true, true),
        ("kind=compliment".to_owned(), false, false),
        ("state=new".to_owned(), true, true),
        ("state=opened".to_owned(), false, false),
        (format!("from={day}&until={day}"), true, true),
        ("from=2999-01-01".to_owned(), false, false),
        ("until=2020-01-01".to_owned(), false, false),
        ("council=bromley".to_owned(), true, true),
        (format!("find={first}"), true, false),
        ("find=NO-SUCH-CASE".to_owned(), false, false),
    ] {
        let page = lead.page(&format!("/inbox?{query}"));
        assert_eq!((page.contains(&first), page.contains(&second)), (has_first, has_second), "{query}");
    }
    for wrong in ["council=westminster", "kind=letter", "from=yesterday", "state=lost"] {
        let page = lead.page(&format!("/inbox?{wrong}"));
        assert!(page.contains("cannot be understood") && !page.contains(&first), "{wrong}");
    }

    for number in 3..=52 {
        let mut more = crate::support::sample_numbered(number);
        more["council"] = "bromley".into();
        assert_eq!(server.post(&more).status(), 201);
    }
    let page = lead.page("/inbox?kind=complaint");
    assert_eq!(page.matches("<tr>").count(), 1 + 50);
    let (before, _) = page.split_once("\">Older complaints").unwrap();
    let (_, older) = before.rsplit_once("href=\".").unwrap();
    let older = lead.page(&older.replace("&amp;", "&"));
    assert!(older.contains(&first) && older.contains(&second) && !older.contains("Older complaints"));
}

#[test]
fn role_bounds_what_an_officer_may_do() {
    let place = place();
    let server = serve(&place, &[]);
    let [first, _] = complaints(&server);
    let reader = Browser::of(&server, "reader");
    let page = reader.page(&format!("/inbox/{first}"));
    assert!(!page.contains("Download everything") && !page.contains("Delete it"), "{page}");
    for (method, path) in [("POST", "export"), ("GET", "delete"), ("POST", "delete")] {
        let path = format!("/inbox/{first}/{path}");
        let answer = if method == "GET" { reader.get(&path) } else { reader.post(&path, &[]) };
        assert_eq!(answer.status(), 403, "{method} {path}");
    }
    let all = Browser::with(&server, &[("x-remote-user", "boss"), ("x-remote-groups", "some, all")]);
    assert!(all.page("/inbox").contains(&first));

    assert!(place.submissions(&["hold", &first]).status.success());
    let lead = Browser::of(&server, "lead");
    assert!(lead.page(&format!("/inbox/{first}")).contains("Under a legal hold"));
    assert_eq!(lead.post(&format!("/inbox/{first}/delete"), &[]).status(), 409);
    assert_eq!(place.references().len(), 2);
    let listed: Vec<Value> = place.list();
    assert!(listed.iter().any(|one| one["reference"] == first));
}
