//! `docs/delivery.md`: what it says can be copied, and works.

use std::{collections::BTreeSet, fs};

use putright_domain::delivery::config::PRESETS;
use serde_json::Value;

use crate::{
    documented::{blocks, page, read, smallest},
    place::{Place, root},
};

#[test]
fn every_block_is_read_by_the_app_s_own_reader() {
    let blocks = blocks();
    assert!(blocks.len() > 15, "only {}", blocks.len());
    assert_eq!(blocks.len(), page().matches("```json").count());
    for (heading, block) in blocks {
        if let Err(error) = read(&block) {
            panic!("under {heading}: {error}");
        }
    }
}

#[test]
fn every_preset_has_a_smallest_block_and_there_are_no_others() {
    let presets: Value = serde_json::from_str(PRESETS).unwrap();
    let presets: BTreeSet<_> = presets.as_object().unwrap().keys().cloned().collect();
    let told: Vec<_> = smallest();
    assert_eq!(told.iter().map(|(name, _)| name.clone()).collect::<BTreeSet<_>>(), presets);
    assert_eq!(told.len(), 12, "one each");
    for (name, block) in &told {
        let preset = block.get("preset").map_or("putright", |preset| preset.as_str().unwrap());
        assert_eq!(preset, name);
    }
}

/// A web officer who copies one has nothing to correct. The page mentions each warning.
#[test]
fn putright_check_finds_nothing_to_mend_in_them() {
    for (name, block) in smallest() {
        let told = Place::with(&block).told();
        assert_eq!(told.len(), usize::from(name == "open311"), "{name}: {told:#?}");
        assert!(told.iter().all(|line| line.starts_with("warning: ")), "{name}: {told:#?}");
    }
}

#[test]
fn every_key_stands_in_a_table() {
    let schema = fs::read_to_string(root().join("public/schema/delivery-1.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let page = page();
    let keys = schema["properties"].as_object().unwrap().keys();
    for key in keys.chain(schema["$defs"]["files"]["properties"].as_object().into_iter().flat_map(|keys| keys.keys())) {
        assert!(page.lines().any(|line| line.starts_with("| ") && line.contains(&format!("`{key}`"))), "{key}");
    }
}
