//! Finds present and future problems in a council's `delivery`. The reader of the file cannot see them, because it
//! looks at one key at a time.
//!
//! Errors are what cannot work, or should be read by nobody; warnings, what works and loses something on the way.

use std::{fs, path::Path};

use putright_domain::{
    bundle::FIRST_REGISTER,
    council::Council,
    data::InvalidFile,
    date::Date,
    delivery::{
        config::{Endpoint, FieldRule, InRequest, SendBy, Source, TokenAt},
        request::{Body, BodyPart},
    },
};
use serde_json::Value;

use super::{
    Findings, blocked,
    checked::{Checked, place_of},
    data_loss,
    sample_submission::{Length, Sample},
    secrets,
};
use crate::{
    csp::{destinations, is_of_another_site},
    files::Site,
    look::fragment::is_host,
    origin::origin,
};

/// Checks a council's delivery. What is wrong with the other files is told where they are looked at.
pub fn check(site: &Site, folder: &Path, council: &Council, partners: &[Council], today: Date, found: &mut Findings) {
    let text = site.council_text(&council.id).unwrap_or_default();
    let Ok(whole) = serde_json::from_str::<Value>(&text) else { return };
    let Some(own) = whole.get("delivery") else { return };
    let file = site.council_path(&council.id);
    let checked = Checked { file: &file, own, council };
    secrets::check(&checked, found);
    addresses(&checked, found);
    blocked::check(&checked, folder, found);
    let endpoints = endpoints(council);
    for (at, endpoint) in &endpoints {
        unfillable(&checked, at, endpoint, found);
        skeleton(&checked, at, endpoint, Path::new(&site.path("forms.html")), found);
    }
    let sample = |length| {
        let bundle = site.load_in(FIRST_REGISTER, council.clone(), partners.to_vec()).ok()?;
        Some(Sample::new(bundle, today, length, false))
    };
    for (length, look) in [(Length::Shortest, empty as Look), (Length::Longest, data_loss::check)] {
        match sample(length) {
            Some(Ok(sample)) => {
                for (at, endpoint) in &endpoints {
                    look(&checked, at, endpoint, &sample, found);
                }
            }
            Some(Err(failure)) => {
                found.warnings.push(checked.fault("", format!("could not be tried out: {failure}")));
            }
            None => {}
        }
    }
}

/// Looks at what a sample would send to an endpoint at a place of the delivery.
type Look = fn(&Checked<'_>, &str, &Endpoint, &Sample, &mut Findings);

/// Returns the endpoints of a delivery, each with its place in the file.
pub fn endpoints(council: &Council) -> Vec<(String, &Endpoint)> {
    let delivery = &council.delivery;
    let mut found = Vec::new();
    if delivery.send != SendBy::None {
        found.push((String::new(), &delivery.endpoint));
    }
    for (at, fallback) in delivery.fallbacks.iter().enumerate() {
        found.extend(fallback.form.as_deref().map(|form| (format!("/fallbacks/{at}/form"), form)));
    }
    found
}

fn addresses(checked: &Checked<'_>, found: &mut Findings) {
    for destination in destinations(&checked.council.delivery) {
        // A path has no two dots in its first part.
        if destination.url.split('/').next().is_some_and(|host| host.split('.').count() > 2 && is_host(host)) {
            let problem = format!("is a path on your own site as it stands; write \"https://{}\"", destination.url);
            found.errors.push(checked.fault(&destination.pointer, problem));
        }
        if destination.url.starts_with("http://") {
            let problem = "is an address of your own machine, good for trying things out: nobody else reaches it. Put \
                           in the https:// address before people use the form";
            found.warnings.push(checked.fault(&destination.pointer, problem));
        }
    }
    let delivery = &checked.council.delivery;
    if let (SendBy::Fetch, Some(csrf)) = (delivery.send, &delivery.endpoint.csrf) {
        if matches!(csrf.read, TokenAt::Cookie(_)) && is_of_another_site(&csrf.url) {
            let problem = "is to set a cookie, and a page cannot read the cookies of another site. If this is not the \
                           site that the form is on, nothing will ever be sent: serve the form from that site and write \
                           the address as a path";
            found.warnings.push(checked.fault("/csrf/url", problem));
        }
        if origin(&csrf.url) != origin(&delivery.endpoint.url) {
            let problem = format!(
                "fetches the token from another site than \"url\" sends to, {}: a backend knows only tokens of its own. \
                 Give both on the same site",
                delivery.endpoint.url
            );
            found.warnings.push(checked.fault("/csrf/url", problem));
        }
    }
}

/// Fields that the backend cannot do without, and that nothing can ever fill.
fn unfillable(checked: &Checked<'_>, at: &str, endpoint: &Endpoint, found: &mut Findings) {
    for need in &endpoint.needs {
        let put_elsewhere = matches!(&endpoint.idempotency, Some(InRequest::Field(name)) if name == need)
            || endpoint.csrf.as_ref().is_some_and(|csrf| matches!(&csrf.put, InRequest::Field(name) if name == need));
        let pointer = place_of(at, need);
        match rule(endpoint, need) {
            None if put_elsewhere => {}
            None => {
                let problem = format!(
                    "is missing: the backend refuses a submission without \"{need}\". Say what stands in it, as in \
                     \"{need}\": {{ \"template\": \"{{summary}}\" }}"
                );
                found.errors.push(match checked.own.pointer(&format!("{at}/fields")) {
                    Some(_) => InvalidFile::at(checked.file, format!("/delivery{pointer}"), problem),
                    None => checked.fault(&pointer, problem),
                });
            }
            Some(FieldRule { source: Source::Value(text), .. }) if text.trim().is_empty() => {
                let problem = format!(
                    "is empty, and the backend refuses a submission without \"{need}\". Give it a value of yours under \
                     \"fields\", as in \"{need}\": {{ \"value\": \"…\" }}"
                );
                found.errors.push(checked.fault(&pointer, problem));
            }
            Some(_) => {}
        }
    }
}

/// Fields that the backend cannot do without, and that a person may leave empty.
fn empty(checked: &Checked<'_>, at: &str, endpoint: &Endpoint, sample: &Sample, found: &mut Findings) {
    let (request, _) = sample.request(endpoint);
    for need in &endpoint.needs {
        let filled = match &request.body {
            Body::Form(pairs) => pairs.iter().any(|(name, text)| name == need && !text.trim().is_empty()),
            Body::Parts(parts) => parts.iter().any(
                |part| matches!(part, BodyPart::Text { name, text, .. } if name == need && !text.trim().is_empty()),
            ),
            Body::Text(text) => {
                let body: Value = serde_json::from_str(text).unwrap_or_default();
                body.pointer(need).is_some_and(|value| !value.is_null() && *value != "")
            }
        };
        let given_by_the_person = rule(endpoint, need).is_some_and(|rule| !matches!(rule.source, Source::Value(_)));
        if given_by_the_person && !filled {
            let problem = format!(
                "stands empty where a person leaves that out, and then the backend refuses what they send. Say what \
                 stands there instead, as in \"{need}\": {{ …, \"otherwise\": \"Not given\" }}"
            );
            found.warnings.push(checked.fault(&place_of(at, need), problem));
        }
    }
}

/// A host that looks for an HTML form finds one with every field, or drops what it does not know.
fn skeleton(checked: &Checked<'_>, at: &str, endpoint: &Endpoint, path: &Path, found: &mut Findings) {
    if !endpoint.skeleton {
        return;
    }
    let html = fs::read_to_string(path).unwrap_or_default();
    let lacks = |name: &str| !html.contains(&format!("name=\"{name}\""));
    for rule in &endpoint.fields {
        if lacks(&rule.target) {
            let problem = format!(
                "is no field of the form in {}, and the host drops what that form does not have. Put in <input \
                 name=\"{}\">",
                path.display(),
                rule.target
            );
            found.errors.push(checked.fault(&place_of(at, &rule.target), problem));
        }
    }
    if let Some(FieldRule { source: Source::Value(name), .. }) = rule(endpoint, "form-name")
        && lacks(name)
    {
        let problem = format!("is \"{name}\", and {} has no <form name=\"{name}\">", path.display());
        found.errors.push(checked.fault(&place_of(at, "form-name"), problem));
    }
}

fn rule<'a>(endpoint: &'a Endpoint, field: &str) -> Option<&'a FieldRule> {
    endpoint.fields.iter().find(|rule| rule.target == field)
}
