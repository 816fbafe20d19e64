//! Warns of a council whose privacy notice nobody has confirmed. A missing one is an error when the files are read.

use putright_domain::{council::Council, data::InvalidFile};

use super::Findings;
use crate::files::Site;

/// Checks a council.
pub fn check(site: &Site, council: &Council, found: &mut Findings) {
    if site.privacy(&council.id).ok().flatten().is_some_and(|notice| notice.unconfirmed) {
        let problem = "has no confirmed notice, so people are told of none; before they use the form write \
                       { \"link\": \"https://www.anytown.gov.uk/privacy\" } with the address of yours, or { \"text\": [\"…\"] } with the \
                       notice itself";
        found.warnings.push(InvalidFile::at(&site.council_path(&council.id), "/privacy", problem));
    }
}
