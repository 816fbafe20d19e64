//! The gallery of components: `make gallery`, then open `target/gallery/index.html`. A page a component, drawn by the app's own code,
//! each state under its name. For people to look at, and for `tests/e2e/gallery.test.mjs` to walk.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "an example that stops has failed")]

#[path = "../../tests/common/mod.rs"]
mod common;
mod sheet;
mod states;

use std::{fs, path::Path};

fn main() {
    let folder = std::env::args().nth(1).expect("the folder to write to");
    let folder = Path::new(&folder);
    fs::create_dir_all(folder).unwrap();
    let sheets = states::sheets();
    for sheet in &sheets {
        fs::write(folder.join(sheet.file()), sheet.html()).unwrap();
    }
    fs::write(folder.join("index.html"), sheet::index(&sheets)).unwrap();
    println!("{} components in {}", sheets.len(), folder.display());
}
