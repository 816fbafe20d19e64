//! Checks that each council that takes submissions tells people how it looks after what they write.

use putright_domain::{council::Council, data::InvalidFile, delivery::config::SendBy};

use super::Findings;

/// Checks a council.
pub fn check(file: &str, text: &str, council: &Council, found: &mut Findings) {
    let whole: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
    if whole.get("privacy").is_none() && council.delivery.send != SendBy::None {
        let problem = "is missing: by law (UK GDPR, articles 13 and 14) people must be told how you look after what they send. Write \
                       {\"link\": \"https://…\"} with the address of your privacy notice, or {\"text\": [\"…\"]} with the notice itself: \
                       docs/councils.md";
        found.warnings.push(InvalidFile::at(file, "/privacy", problem));
    }
}
