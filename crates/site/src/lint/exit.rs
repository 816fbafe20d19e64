//! Checks the page that "Exit this page" opens: it must tell nothing to somebody who looks at the screen.

use putright_domain::{council::Council, data::InvalidFile, quick_exit::DESTINATION};

use super::Findings;
use crate::origin::origin;

/// Parts of an address that tell what somebody was reading about.
const TELLING: [&str; 16] = [
    "child",
    "abuse",
    "safeguard",
    "famil",
    "social-care",
    "social-work",
    "socialcare",
    "complain",
    "refuge",
    "domestic",
    "violence",
    "foster",
    "care-leaver",
    "nspcc",
    "young",
    "youth",
];

/// Checks the address of a council.
pub fn check(file: &str, council: &Council, found: &mut Findings) {
    let address = council.exit_to.to_lowercase();
    let at = |problem: String| InvalidFile::at(file, "/exit_to", problem);
    let example = format!("write the address of a page about something else, such as \"{DESTINATION}\"");
    if let Some(word) = TELLING.iter().find(|word| address.contains(**word)) {
        let problem = format!(
            "leads to a page whose address says “{word}”, and somebody may be looking at the screen; {example}"
        );
        found.errors.push(at(problem));
    } else if council.contact.web.as_deref().and_then(origin).is_some_and(|own| Some(own) == origin(&council.exit_to)) {
        let problem =
            format!("leads to the council’s own website, which may show that somebody asked for help; {example}");
        found.warnings.push(at(problem));
    }
}
