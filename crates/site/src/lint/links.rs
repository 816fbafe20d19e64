//! Checks the links, `[words](address)`, in the words of a register: each must be one that the pages draw.

use putright_domain::data::InvalidFile;
use serde_json::Value;

use super::Findings;
use crate::json_values::each_text;

/// The beginnings of the addresses that become links, as `src/ui/rich_text.rs` knows them.
const BEGINNINGS: [&str; 5] = ["https://", "tel:", "mailto:", "#/", "./"];

/// The words at the foot of every page: a link there is the council's own, so one that is not drawn is a mistake. Elsewhere it may be text.
const FOOT: &str = "/words/footer_note";

/// Checks the words of a register, as the text of their file.
pub fn check(file: &str, text: &str, found: &mut Findings) {
    let words: Value = serde_json::from_str(text).unwrap_or_default();
    each_text(&words, &mut |pointer, text| {
        for address in addresses(text).filter(|address| !BEGINNINGS.iter().any(|start| address.starts_with(start))) {
            let problem = format!(
                "has a link to \"{address}\", which people would see as it is written; write https://, tel: or mailto: before it, \
                 or ./ for a page of this site"
            );
            let faults = if pointer == FOOT { &mut found.errors } else { &mut found.warnings };
            faults.push(InvalidFile::at(file, pointer.clone(), problem));
        }
    });
}

/// The addresses of the links in a text.
fn addresses(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").skip(1).map(|rest| rest.split([')', ' ']).next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::{Findings, check};

    #[test]
    fn a_link_that_no_page_draws_is_told_at_its_place() {
        let text = "{\"words\": {\"back\": \"[a](b)\", \"footer_note\": \"A [b](http://c.d) [e](https://f.g) [h](javascript:i) [j](./k.html)\"}}";
        let mut found = Findings::default();
        check("adult.json", text, &mut found);
        let told: Vec<String> = found.errors.iter().map(ToString::to_string).collect();
        assert_eq!((told.len(), found.warnings.len()), (2, 1), "{told:?}");
        assert!(told[0].starts_with("adult.json at /words/footer_note: has a link to \"http://c.d\""), "{told:?}");
    }
}
