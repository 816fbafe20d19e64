//! The blocks of the page of documentation.

use std::fs;

use putright_domain::{
    data::{Document, InvalidFile},
    delivery::config::DeliveryConfig,
};
use serde_json::Value;

use crate::place::root;

/// As the app reads it.
pub fn read(delivery: &Value) -> Result<DeliveryConfig, InvalidFile> {
    let text = serde_json::json!({ "delivery": delivery }).to_string();
    let document = Document::parse("page", &text).unwrap();
    let read = DeliveryConfig::read(document.root().member("delivery"));
    document.finish(read)
}

pub fn page() -> String {
    fs::read_to_string(root().join("docs/delivery.md")).unwrap()
}

/// Every block of JSON on the page of documentation, with the heading that it stands under.
pub fn blocks() -> Vec<(String, Value)> {
    let page = page();
    let (mut heading, mut open, mut found) = (String::new(), None::<String>, Vec::new());
    for line in page.lines() {
        match &mut open {
            Some(text) if line == "```" => {
                let block = serde_json::from_str(text).unwrap_or_else(|error| panic!("under {heading}: {error}"));
                found.push((heading.clone(), block));
                open = None;
            }
            Some(text) => {
                text.push_str(line);
                text.push('\n');
            }
            None if line == "```json" => open = Some(String::new()),
            None if line.starts_with('#') => line.trim_start_matches(['#', ' ']).clone_into(&mut heading),
            None => {}
        }
    }
    found
}

/// The smallest block of each preset.
pub fn smallest() -> Vec<(String, Value)> {
    let named = |(heading, block): (String, Value)| {
        let name = heading.strip_prefix('`')?.split_once('`')?.0.to_owned();
        Some((name, block))
    };
    blocks().into_iter().filter_map(named).collect()
}
