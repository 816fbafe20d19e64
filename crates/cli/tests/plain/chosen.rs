//! The choice of a council's plain form, and the form's fields.

use std::fs;

use serde_json::{Value, json};

use crate::{
    documented::smallest,
    place::root,
    site::{Site, attribute},
};

/// Each preset with what its page of documentation gives as the smallest block: the fields of its form, those that must be filled in
/// among them; or why it is printed.
#[test]
fn each_preset_gets_the_form_that_its_backend_takes() {
    let expected: Value = json!({
        "putright": "the backend wants JSON",
        "open311": [["address_string", "description", "email", "first_name", "phone", "service_code"], ["description"]],
        "fixmystreet-import": [["detail", "email", "lat", "lon", "name", "phone", "service", "subject"], ["email", "name"]],
        "drupal-webform-rest": "the backend wants JSON",
        "formspree": [["_subject", "email", "message", "name"], ["message"]],
        "netlify": [["email", "form-name", "message", "name"], ["message"]],
        "power-automate": "the backend wants JSON",
        "n8n": [["message"], ["message"]],
        "aspnet": "the backend wants JSON",
        "laravel": "the backend wants JSON",
        "form-handler": [["email", "telephone", "txtComplaint", "txtName"], ["txtComplaint"]],
        "no-endpoint": "nothing is sent anywhere",
    });
    let mut tried = 0;
    for (name, block) in smallest() {
        let site = Site::with(&block);
        let page = site.page();
        match &expected[&name] {
            Value::String(why) => {
                assert_eq!(site.told(), format!("prints: {why}"), "{name}");
                assert_eq!(page.form(), None, "{name}");
                assert!(page.text().contains("Nothing has been sent yet."), "{name}");
                assert!(page.policy().contains("form-action 'none'"), "{name}");
            }
            Value::Array(fields) => {
                let url = block.get("url").map_or("received.html", |url| url.as_str().unwrap());
                assert_eq!(site.told(), format!("posts to {url}"), "{name}");
                // The handler's `txtName` and the preset's `name` ask the same: nobody is asked twice, and the former is the council's.
                assert_eq!(page.names(), strings(&fields[0]), "{name}");
                let needed = page.fields().into_iter().filter(|(_, tag)| tag.contains(" required"));
                assert_eq!(needed.map(|(field, _)| field).collect::<Vec<_>>(), strings(&fields[1]), "{name}");
                let form = page.form().unwrap();
                let action = if url.contains("://") { url.to_owned() } else { format!("./{url}") };
                assert_eq!(attribute(form, "action").unwrap(), action, "{name}");
                assert_eq!(attribute(form, "method").unwrap(), "post", "{name}");
                let parts = matches!(name.as_str(), "fixmystreet-import" | "formspree" | "n8n");
                let kind = if parts { "multipart/form-data" } else { "application/x-www-form-urlencoded" };
                assert_eq!(attribute(form, "enctype").unwrap(), kind, "{name}");
            }
            other => panic!("{name}: {other}"),
        }
        assert!(!page.0.contains("<script") && !page.policy().contains("script-src"), "{name}");
        tried += 1;
    }
    assert_eq!(tried, expected.as_object().unwrap().len());
}

fn strings(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_field_holds_what_the_backend_wants_of_it() {
    let site = Site::with(&json!({
        "preset": "form-handler",
        "url": "https://www.example.gov.uk/forms/complaint",
        "fields": {
            "kind": { "value": "a \"complaint\" & more" },
            "borough": { "from": "/council" },
            "message": { "template": "Number {/id}\n\n{summary}", "max": 2000 },
            "email": { "from": "/contact/email", "otherwise": "nobody@example.gov.uk" },
            "name": { "from": "/contact/name", "max": 60 },
            "address": { "from": "/contact/post" },
            "json": { "template": "{json}" },
        },
        "needs": ["message", "email"],
    }));
    let page = site.page();
    let fields = page.fields();
    let of = |field: &str, name: &str| attribute(&fields[field], name).unwrap_or_default();
    assert_eq!((of("kind", "type"), of("kind", "value")), ("hidden".to_owned(), "a \"complaint\" & more".to_owned()));
    assert_eq!((of("borough", "type"), of("borough", "value")), ("hidden".to_owned(), "bromley".to_owned()));
    // Its own limit where it is shorter, else the flow's.
    for most in ["2000", "60", "500", "254"] {
        assert!(page.text().contains(&["up to ", most, " characters"].concat()), "{most}");
    }
    assert_eq!(of("name", "pattern"), r"[\s\S]{0,60}", "longer is refused by the browser, and never cut");
    assert_eq!((of("email", "type"), of("email", "pattern")), ("email".to_owned(), r"[\s\S]{0,254}".to_owned()));
    assert!(!page.0.contains("maxlength"));
    // Nobody has to give an email address: the council's own stands there.
    assert_eq!(of("email", "value"), "nobody@example.gov.uk");
    assert!(page.text().contains("You can leave it as it is."));
    assert!(!fields.contains_key("json"));
    assert_eq!(attribute(page.form().unwrap(), "target").as_deref(), Some("_blank"));
    assert!(page.text().contains("in a new tab") && !page.text().contains("opens next"));
    // The large field asks for what no other field does.
    let text = page.text();
    assert!(text.contains("how it has affected you") && text.contains("what is safe: when to call"));
    assert!(!text.contains("your name, if you want to give it") && !text.contains("how to reach you, if you want"));
}

#[test]
fn what_a_form_cannot_do_is_printed_and_said() {
    let base = json!({ "preset": "form-handler", "url": "https://www.example.gov.uk/forms/complaint" });
    let with = |own: Value| {
        let mut block = base.clone();
        block.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
        Site::with(&block).told()
    };
    assert!(with(json!({})).starts_with("posts to https://www.example.gov.uk"));
    assert!(with(json!({ "headers": { "Accept": "text/html" } })).starts_with("posts"));
    for (own, why) in [
        (json!({ "method": "PUT" }), "the backend wants PUT, and a form can only POST"),
        (json!({ "headers": { "X-Key": "1" } }), "the backend wants the header X-Key, and a form sends none"),
        (json!({ "idempotency": { "header": "Once" } }), "the backend wants the header Once, and a form sends none"),
        (
            json!({ "csrf": { "url": "/token", "read": "text", "field": "token" } }),
            "the backend wants a token that must be fetched first",
        ),
        (
            json!({ "idempotency": { "field": "number" } }),
            "the backend needs the field \"number\", which nobody can fill in by hand",
        ),
        (
            json!({ "needs": ["message", "copy_number"] }),
            "the backend needs the field \"copy_number\", which nobody can fill in by hand",
        ),
        (
            json!({ "fields": { "again": { "from": "/contact/email" } }, "needs": ["again", "email"] }),
            "the backend needs the field \"email\", which nobody can fill in by hand",
        ),
        (json!({ "encoding": "text" }), "the backend wants plain text, and a form sends fields"),
        (
            json!({ "fields": { "message": { "template": "{json}" } }, "needs": [] }),
            "none of its fields takes what happened",
        ),
        (json!({ "plain_form": "none" }), "the council’s file says \"plain_form\": \"none\""),
    ] {
        assert_eq!(with(own.clone()), format!("prints: {why}"), "{own}");
    }
}

#[test]
fn the_council_s_own_word_comes_first_then_the_backend_then_the_other_ways() {
    let form = json!({ "form": { "url": "https://old.example.gov.uk/form", "fields": { "message": { "template": "{summary}" } } } });
    let json_backend = |own: Value| {
        let mut block = json!({ "url": "https://new.example.gov.uk/api", "fallbacks": ["print", form] });
        block.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
        Site::with(&block)
    };
    assert_eq!(json_backend(json!({})).told(), "posts to https://old.example.gov.uk/form");
    let ours = json_backend(json!({ "plain_form": { "url": "https://new.example.gov.uk/api/form" } }));
    assert_eq!(ours.told(), "posts to https://new.example.gov.uk/api/form");
    assert!(ours.page().names().contains(&"what_happened".to_owned()));
    let other = json_backend(json!({ "plain_form": {
        "url": "https://third.example.gov.uk/form",
        "encoding": "multipart",
        "fields": { "story": { "from": "/points/0/what_happened" }, "want": { "from": "/wishes/words" } },
        "needs": ["story"],
    } }));
    assert_eq!(other.page().names(), ["story", "want"]);
    assert!(other.page().text().contains("up to 5000 characters"));
}

#[test]
fn what_is_wrong_with_the_council_s_word_is_said_with_its_place_and_the_schema_refuses_it() {
    let schema = fs::read_to_string(root().join("public/schema/delivery-1.json")).unwrap();
    let schema = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let fields = json!({ "message": { "template": "{summary}" } });
    for own in [json!(null), json!("none"), json!({ "url": "api/form" }), json!({ "url": "/form", "fields": fields })] {
        let block = json!({ "url": "api/submissions", "plain_form": own });
        assert!(schema.is_valid(&block), "{block}");
        assert_eq!(crate::place::Place::with(&block).told(), [""; 0], "{block}");
    }
    for (own, place, what) in [
        (json!("nothing"), "/delivery/plain_form", "\"none\""),
        (json!({}), "/delivery/plain_form", "url"),
        (json!({ "url": null }), "/delivery/plain_form", "url"),
        (json!({ "url": "http://example.gov.uk/form" }), "/delivery/plain_form/url", "https://"),
        (json!({ "url": "api/form", "token": "x" }), "/delivery/plain_form", "token"),
        (json!({ "url": "api/form", "fields": { "a": {} } }), "/delivery/plain_form/fields/a", "from"),
    ] {
        let block = json!({ "url": "api/submissions", "plain_form": own });
        assert!(!schema.is_valid(&block), "{block}");
        let told = crate::place::Place::with(&block).told();
        let found = told.iter().any(|line| line.starts_with("error: ") && line.contains(place) && line.contains(what));
        assert!(found, "{own}: {told:#?}");
    }
}

#[test]
fn the_page_s_policy_lets_its_form_go_there_and_nowhere_else_and_the_header_allows_it() {
    let site = Site::with(&json!({ "preset": "formspree", "url": "https://formspree.io/f/yourform" }));
    assert!(site.page().policy().contains("form-action https://formspree.io;"), "{}", site.page().policy());
    assert!(site.read("headers.json").contains("form-action 'self' https://formspree.io;"));
    // The app sends there itself: its own pages have no form that goes there.
    assert!(site.read("bromley.html").contains("form-action 'self';"));
    assert_eq!(site.place().told(), [""; 0]);
    // A header that was not written again is said to block it.
    let headers = site.place().folder().join("headers.json");
    fs::write(
        &headers,
        site.read("headers.json").replace("form-action 'self' https://formspree.io;", "form-action 'self';"),
    )
    .unwrap();
    let told = site.place().told();
    assert!(told.iter().any(|line| line.starts_with("error: ") && line.contains("takes the plain form")), "{told:#?}");
}

#[test]
fn the_app_s_pages_lead_to_it_where_the_app_is_not_there() {
    let site = Site::with(&json!({ "url": "api/submissions", "plain_form": { "url": "api/form" } }));
    let page = site.read("bromley.html");
    let link = "href=\"./bromley-form.html\"";
    let noscript = page.split_once("<noscript>").unwrap().1.split_once("</noscript>").unwrap().0;
    assert!(noscript.contains(link), "{noscript}");
    let places = ["fault-data", "fault-council", "/guide", "/contacts", "/exit-help", "/wait", "/question/"];
    let at = |id: &str| page.find(&format!("id=\"{id}")).unwrap();
    for id in ["fault-data", "/guide", "/contacts", "/wait"] {
        let end = places.iter().map(|other| at(other)).filter(|other| *other > at(id)).min().unwrap();
        assert!(page[at(id)..end].contains(link), "{id}");
    }
    assert!(!page.contains("westminster-form.html"));
    assert!(site.read("index.html").contains("./westminster-form.html"));
}

#[test]
fn what_is_printed_has_the_council_s_own_address_number_and_email() {
    let page = Site::with(&json!({
        "preset": "no-endpoint",
        "fallbacks": ["print", { "email": { "address": "complaints@example.gov.uk" } }],
    }))
    .page();
    let text = page.text();
    for wanted in ["020 8461 7644", "Stockwell Close", "BR1 3UH", "complaints@example.gov.uk", "Choose “Print”"] {
        assert!(text.contains(wanted), "{wanted}");
    }
    // It grows with what is written: a textarea would be cut off on paper.
    assert!(page.tags("textarea").is_empty());
    assert!(page.tags("div").iter().filter(|tag| tag.contains("contenteditable=\"true\"")).count() >= 5);
}
