//! One entrance of the domain, by PUTRIGHT_ENTRANCE: the same functions that `tests/hostile` throws its own inputs at.
#![no_main]

#[path = "../../tests/hostile/targets/mod.rs"]
mod targets;

use std::{env, fs, path::Path, sync::LazyLock};

use libfuzzer_sys::fuzz_target;
use targets::{TARGETS, Target};

static ENTRANCE: LazyLock<&'static Target> = LazyLock::new(|| {
    let name = env::var("PUTRIGHT_ENTRANCE").unwrap_or_default();
    let known: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
    let found = TARGETS.iter().find(|target| target.name == name);
    found.unwrap_or_else(|| panic!("PUTRIGHT_ENTRANCE must be one of {}", known.join(", ")))
});

/// Begins from what ships.
fn seed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(ENTRANCE.name);
    fs::create_dir_all(&folder).expect("a folder for the corpus");
    for (at, seed) in (ENTRANCE.seeds)().into_iter().enumerate() {
        fs::write(folder.join(format!("seed-{at}")), seed).expect("a seed");
    }
}

fuzz_target!(init: seed(), |input: &[u8]| {
    if let Err(wrong) = (ENTRANCE.run)(input) {
        panic!("{wrong}");
    }
});
