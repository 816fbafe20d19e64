//! Reads `embed` of a council's file: the sites whose pages may show the form in a frame.

use std::collections::BTreeSet;

use putright_domain::data::InvalidFile;
use serde_json::Value;

use crate::origin::origin;

/// The most sites that a file may name. The header that lists them stays short.
const MOST: usize = 20;

/// Returns the origins that a council's file allows. Those that are no origin are left out: [`faults`] tells of them.
pub fn allowed(text: &str) -> BTreeSet<String> {
    let council: Value = serde_json::from_str(text).unwrap_or_default();
    let named = council.pointer("/embed/allow").and_then(Value::as_array);
    named
        .into_iter()
        .flatten()
        .take(MOST)
        .filter_map(Value::as_str)
        .filter(|site| is_site(site))
        .map(str::to_owned)
        .collect()
}

/// Returns what is wrong with `embed` in a council's file.
pub fn faults(file: &str, text: &str) -> Vec<InvalidFile> {
    let council: Value = serde_json::from_str(text).unwrap_or_default();
    let Some(embed) = council.get("embed") else { return Vec::new() };
    let fault = |pointer: &str, problem: String| InvalidFile::at(file, pointer, problem);
    let shape = "must be {\"allow\": [\"https://www.anytown.gov.uk\"]}: the sites whose pages may show the form";
    let keys = embed.as_object().map(|embed| embed.keys().map(String::as_str).collect::<Vec<_>>());
    let (Some(["allow"]), Some(sites)) = (keys.as_deref(), embed.get("allow").and_then(Value::as_array)) else {
        return vec![fault("/embed", shape.to_owned())];
    };
    if sites.is_empty() || sites.len() > MOST {
        return vec![fault(
            "/embed/allow",
            format!("must name 1 to {MOST} sites, such as \"https://www.anytown.gov.uk\""),
        )];
    }
    let wrong = sites.iter().enumerate().filter(|(_, site)| !site.as_str().is_some_and(is_site));
    wrong
        .map(|(at, site)| {
            let problem =
                format!("is {site}; write \"https://\" and the host alone, such as \"https://www.anytown.gov.uk\"");
            fault(&format!("/embed/allow/{at}"), problem)
        })
        .collect()
}

/// Returns whether a text is an origin that may frame a page: by https, or of this machine, for a trial.
fn is_site(site: &str) -> bool {
    let local = ["http://localhost:", "http://127.0.0.1:"].iter().any(|local| site.starts_with(local));
    (local || site.starts_with("https://")) && origin(site).as_deref() == Some(site)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn council(embed: &str) -> String {
        format!("{{\"id\": \"anytown\", \"embed\": {embed}}}")
    }

    #[test]
    fn sites_are_allowed_by_their_origin() {
        let text = council(r#"{"allow": ["https://www.anytown.gov.uk", "http://localhost:8000"]}"#);
        assert_eq!(allowed(&text).len(), 2);
        assert!(faults("anytown.json", &text).is_empty());
        assert!(faults("anytown.json", "{}").is_empty() && allowed("{}").is_empty());
    }

    #[test]
    fn what_is_no_origin_is_told_with_its_place_and_never_allowed() {
        for wrong in [
            "https://www.anytown.gov.uk/",
            "http://www.anytown.gov.uk",
            "*",
            "https://*",
            "https://a; script-src *",
            "www.anytown.gov.uk",
        ] {
            let text = council(&format!("{{\"allow\": [\"{wrong}\"]}}"));
            let told: Vec<String> = faults("anytown.json", &text).iter().map(ToString::to_string).collect();
            assert!(
                told.len() == 1 && told[0].contains("/embed/allow/0") && told[0].contains("https://www.anytown.gov.uk"),
                "{told:?}"
            );
            assert!(allowed(&text).is_empty(), "{wrong}");
        }
        for wrong in [
            r#""https://www.anytown.gov.uk""#,
            "[]",
            r#"{"allow": []}"#,
            r#"{"allow": ["https://a.gov.uk"], "deny": []}"#,
        ] {
            assert_eq!(faults("anytown.json", &council(wrong)).len(), 1, "{wrong}");
        }
    }
}
