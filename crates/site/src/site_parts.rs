//! The files that a site is made of: which they are, and which are a council's own or merged into the product's.

use std::{fs, io, path::Path};

use putright_domain::bundle::{DANGER, HOLIDAYS, SIGNPOSTS};

use crate::look::kinds::{FOLDER, is_file_of_look};

/// The folders and files that a site is made of.
pub const PARTS: [&str; 8] = [COUNCILS, CONTENT, "flows", "pictures", FOLDER, DANGER, HOLIDAYS, SIGNPOSTS];
/// The folder of the councils' files.
pub const COUNCILS: &str = "councils";
const CONTENT: &str = "content";
/// The most folders within each other that are looked through.
pub const DEEPEST: usize = 4;

/// Returns whether a file is the council's own alone, and never the product's.
pub fn is_own(file: &str) -> bool {
    file.starts_with("councils/") || is_file_of_look(file)
}

/// Returns whether a council's file is merged into the product's.
pub fn is_merged(file: &str) -> bool {
    file == SIGNPOSTS || (file.starts_with("content/") && is_json(file))
}

fn is_json(file: &str) -> bool {
    Path::new(file).extension().is_some_and(|ending| ending == "json")
}

/// Returns the files of a folder that belong to a site, by their names with `/`, in order.
///
/// # Errors
/// Returns an error if a folder cannot be read.
pub fn files(folder: &Path) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    for part in PARTS {
        look_through(folder, part, DEEPEST, &mut found)?;
    }
    found.sort();
    Ok(found)
}

fn look_through(folder: &Path, name: &str, deepest: usize, found: &mut Vec<String>) -> io::Result<()> {
    let path = folder.join(name);
    if path.is_file() {
        let is_source = path.extension().is_some_and(|ending| ending == "json" || ending == "svg");
        found.extend((is_source || is_file_of_look(name)).then(|| name.to_owned()));
    } else if path.is_dir() && deepest > 0 {
        for entry in fs::read_dir(path)? {
            let inner = [name, "/", &entry?.file_name().to_string_lossy()].concat();
            look_through(folder, &inner, deepest - 1, found)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{is_merged, is_own};

    #[test]
    fn words_and_signposts_are_merged_and_nothing_else() {
        for file in ["content/en/adult.json", "content/en/plain.json", "signposts.json"] {
            assert!(is_merged(file), "{file}");
        }
        for file in ["flows/adult.json", "councils/anytown.json", "bank-holidays.json", "content/en/adult.json.br"] {
            assert!(!is_merged(file), "{file}");
        }
        assert!(is_own("councils/anytown.json") && !is_own("content/en/adult.json"));
    }
}
