//! Finds the requests that the Content Security Policy of a built site would block.

use std::{fs, path::Path};

use serde_json::Value;

use super::{Findings, checked::Checked};
use crate::{
    csp::{CONNECT, Destination, allows, destinations, is_of_another_site},
    origin::origin,
};

/// Looks at the policies that the folder holds: that of its headers, and that in its page. A browser keeps to both.
pub fn check(checked: &Checked<'_>, folder: &Path, found: &mut Findings) {
    let policies = policies(folder);
    for destination in destinations(&checked.council.delivery) {
        if is_of_another_site(destination.url) && origin(destination.url).is_none() {
            let problem = "has a host that no policy can name, so the browser would block it. Write the host in small \
                           letters, digits, - and dots; one with other letters in its ASCII form, xn--…";
            found.errors.push(checked.fault(&destination.pointer, problem));
            continue;
        }
        for (place, policy) in &policies {
            if !allows(policy, &destination) {
                found.errors.push(checked.fault(&destination.pointer, told(place, &destination, folder)));
            }
        }
    }
}

fn told(place: &str, destination: &Destination<'_>, folder: &Path) -> String {
    let wanted = origin(destination.url).unwrap_or_else(|| "'self'".to_owned());
    let lost = if destination.directive == CONNECT {
        "the browser would send nothing there"
    } else {
        "the browser would not open that page"
    };
    let mend = format!("putright build {}", folder.display());
    format!(
        "is blocked by the page’s own policy, in {place}: its {} lacks {wanted}, so {lost}. Run {mend}, which writes the \
         policy anew, and have your web server send it",
        destination.directive
    )
}

/// The policies, each with its place.
fn policies(folder: &Path) -> Vec<(String, String)> {
    let mut policies = Vec::new();
    let headers = folder.join("headers.json");
    if let Some(policy) = fs::read_to_string(&headers).ok().and_then(|text| policy_of_headers(&text)) {
        policies.push((headers.display().to_string(), policy));
    }
    let page = folder.join("index.html");
    if let Some(policy) = fs::read_to_string(&page).ok().and_then(|html| in_page(&html).map(str::to_owned)) {
        policies.push((page.display().to_string(), policy));
    }
    policies
}

/// The policy in the file of headers.
pub fn policy_of_headers(text: &str) -> Option<String> {
    let value: Value = serde_json::from_str(text).ok()?;
    Some(value.get("content_security_policy")?.as_str()?.to_owned())
}

fn in_page(html: &str) -> Option<&str> {
    let (_, after) = html.split_once("http-equiv=\"Content-Security-Policy\" content=\"")?;
    Some(after.split_once('"')?.0)
}
