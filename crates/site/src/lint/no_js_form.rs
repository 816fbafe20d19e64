//! Reports the plain form of each council, and the reason for it.

use std::{fs, path::Path};

use putright_domain::{council::Council, data::InvalidFile};

use super::{Findings, blocked::policy_of_headers};
use crate::{
    csp::{Destination, FORM, allows, destinations, is_of_another_site},
    files::Site,
    no_js_form::Way,
    origin::origin,
};

/// Checks the words, and each council's form. Gives a line for each council.
pub fn check(site: &Site, folder: &Path, councils: &[Council], found: &mut Findings) -> Vec<String> {
    found.keep(site.plain_words());
    let each = councils.iter().filter_map(|council| {
        let way = found.keep(Way::of(site, council))?;
        let told_elsewhere =
            |url: &str| destinations(&council.delivery).iter().any(|one| one.url == url && one.directive == FORM);
        if let Way::Posts(post) = &way
            && !told_elsewhere(&post.url)
        {
            let pointer = format!("/delivery{}", post.pointer);
            blocked(folder, &site.council_path(&council.id), &pointer, &post.url, found);
        }
        Some(format!("{}: the plain form {}", council.id, told(&way)))
    });
    each.collect()
}

fn told(way: &Way) -> String {
    match way {
        Way::Posts(post) => format!("posts to {}", post.url),
        Way::Prints(obstacle) => format!("prints: {obstacle}"),
    }
}

/// The header goes with every page, so it must allow where this form goes. The page's own policy is made for it.
fn blocked(folder: &Path, file: &str, pointer: &str, url: &str, found: &mut Findings) {
    if is_of_another_site(url) && origin(url).is_none() {
        let problem = "has a host that no policy can name, so the browser would block it";
        found.errors.push(InvalidFile::at(file, pointer, problem));
        return;
    }
    let headers = folder.join("headers.json");
    let Some(policy) = fs::read_to_string(&headers).ok().and_then(|text| policy_of_headers(&text)) else { return };
    let destination = Destination { pointer: pointer.to_owned(), url, directive: FORM };
    if !allows(&policy, &destination) {
        let problem = format!(
            "takes the plain form, and the policy in {} does not let a form go there. Run putright build {}, \
             which writes it anew, and have your web server send it",
            headers.display(),
            folder.display()
        );
        found.errors.push(InvalidFile::at(file, pointer, problem));
    }
}
