//! The text of a site's file: a file by itself, or the product's with a council's merged into it.
//!
//! Each of the two is read by itself, so that every fault has the path and the line of the file to correct.

use std::{
    io,
    path::{Path, PathBuf},
};

use putright_domain::data::{Diagnostic, InvalidFile};
use serde_json::Value;

use crate::json_text::JsonText;

/// A file that has been read.
struct SourceFile {
    path: String,
    text: JsonText,
}

impl SourceFile {
    fn open(path: &Path) -> Result<Self, (PathBuf, io::Error)> {
        let text = JsonText::open(path).map_err(|error| (path.to_owned(), error))?;
        Ok(Self { path: path.display().to_string(), text })
    }

    /// Returns how much of a pointer leads to a value, and that value.
    fn reach(&self, pointer: &str) -> (usize, &Value) {
        let mut reached = (0, self.text.value().unwrap_or(&Value::Null));
        let ends = pointer.match_indices('/').map(|(at, _)| at).skip(1).chain([pointer.len()]);
        for end in ends {
            match reached.1.pointer(pointer.get(reached.0..end).unwrap_or_default()) {
                Some(inner) => reached = (end, inner),
                None => break,
            }
        }
        reached
    }

    fn has(&self, pointer: &str) -> bool {
        self.reach(pointer).0 == pointer.len()
    }

    /// Returns the fault of a patch that is no object; a text that cannot be read has its own faults.
    fn shape(&self) -> Option<Diagnostic> {
        let is_wrong = self.text.value().is_some_and(|value| !value.is_object());
        is_wrong.then(|| Diagnostic {
            file: self.path.clone(),
            pointer: String::new(),
            problem: "must be an object, in { }, with the keys that differ from Putright's".to_owned(),
            position: self.text.position(""),
        })
    }
}

/// The file or the two files that give a site's file.
pub struct LayeredText {
    own: SourceFile,
    /// The product's file that the own one is merged into.
    product: Option<SourceFile>,
}

impl LayeredText {
    /// Reads one file.
    ///
    /// # Errors
    /// Returns the path and the error if it cannot be read.
    pub fn one(path: &Path) -> Result<Self, (PathBuf, io::Error)> {
        Ok(Self { own: SourceFile::open(path)?, product: None })
    }

    /// Reads a council's file and the product's, which it is merged into.
    ///
    /// # Errors
    /// Returns the path and the error of the one that cannot be read.
    pub fn merged(own: &Path, product: &Path) -> Result<Self, (PathBuf, io::Error)> {
        Ok(Self { own: SourceFile::open(own)?, product: Some(SourceFile::open(product)?) })
    }

    /// The faults of the texts.
    pub fn faults(&self) -> Vec<Diagnostic> {
        let Some(product) = &self.product else { return self.own.text.diagnostics(&self.own.path) };
        let mut faults = product.text.diagnostics(&product.path);
        faults.extend(self.own.text.diagnostics(&self.own.path));
        faults.extend(self.own.shape());
        faults
    }

    /// The value, without the faults of the texts; `None` where a text cannot be read to its end.
    pub fn value(&self) -> Option<Value> {
        let own = self.own.text.value()?;
        let Some(product) = &self.product else { return Some(own.clone()) };
        let mut whole = product.text.value()?.clone();
        json_patch::merge(&mut whole, if own.is_object() { own } else { return None });
        Some(whole)
    }

    /// The value of texts without faults.
    ///
    /// # Errors
    /// Returns the faults of the texts.
    pub fn whole(&self) -> Result<Value, InvalidFile> {
        match InvalidFile::of(self.faults()) {
            Some(faults) => Err(faults),
            None => self.value().ok_or_else(|| InvalidFile::at(&self.own.path, "", "cannot be read")),
        }
    }

    /// The council's value and the product's, where the one is merged into the other.
    pub fn apart(&self) -> Option<(&Value, &Value)> {
        Some((self.own.text.value()?, self.product.as_ref()?.text.value()?))
    }

    /// Returns the path of the file that gives the value at a place, and whether that is the council's over the product's.
    pub fn origin(&self, pointer: &str) -> (&str, bool) {
        match &self.product {
            Some(product) if !self.own.has(pointer) => (&product.path, false),
            product => (&self.own.path, product.is_some()),
        }
    }

    /// Gives each fault the file that it is in, and the place in the text.
    pub fn locate(&self, error: InvalidFile) -> Vec<Diagnostic> {
        let located = |mut fault: Diagnostic| {
            if fault.position.is_none() && fault.file == self.own.path {
                let source = self.source(&fault.pointer);
                fault.position = source.text.position(&fault.pointer);
                fault.file.clone_from(&source.path);
            }
            fault
        };
        error.into_diagnostics().map(located).collect()
    }

    /// Returns the file to correct for a fault: the council's where it has the place, or more of it than the product.
    fn source(&self, pointer: &str) -> &SourceFile {
        let Some(product) = &self.product else { return &self.own };
        let (length, value) = self.own.reach(pointer);
        // A list or a text takes the place of the product's whole one.
        let is_own = length == pointer.len() || !value.is_object() || length > product.reach(pointer).0;
        if is_own { &self.own } else { product }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that stops has failed")]
mod tests {
    use std::fs;

    use putright_domain::data::InvalidFile;
    use tempfile::TempDir;

    use super::LayeredText;

    const PRODUCT: &str = "{\n  \"words\": { \"back\": \"Back\" },\n  \"guide\": [\n    { \"id\": \"a\" }\n  ]\n}";

    fn merged(own: &str) -> (TempDir, LayeredText) {
        let folder = TempDir::new().unwrap();
        let [one, other] = ["own.json", "product.json"].map(|name| folder.path().join(name));
        fs::write(&one, own).unwrap();
        fs::write(&other, PRODUCT).unwrap();
        let text = LayeredText::merged(&one, &other).unwrap();
        (folder, text)
    }

    #[test]
    fn a_fault_has_the_line_of_the_file_that_gives_its_place() {
        let (folder, text) = merged("{\n\n\n\"words\": { \"next\": 1 },\n\"pages\": { \"own\": {} } }");
        let own = folder.path().join("own.json").display().to_string();
        for (pointer, place) in [
            ("/words/next", "own.json:4:"),
            ("/words/back", "product.json:2:"),
            ("/words/send", "product.json:2:"),
            ("/guide/0/id", "product.json:4:"),
            ("/pages/own/title", "own.json:5:"),
        ] {
            let told = text.locate(InvalidFile::at(&own, pointer, "is wrong")).remove(0);
            assert!(InvalidFile::from(told.clone()).to_string().contains(place), "{pointer}: {told:?}");
        }
        assert!(text.origin("/words/next").1 && !text.origin("/words/back").1);
    }

    #[test]
    fn a_list_of_the_council_has_the_faults_of_all_its_items() {
        let (folder, text) = merged("{ \"guide\": [] }");
        let own = folder.path().join("own.json").display().to_string();
        let told = text.locate(InvalidFile::at(&own, "/guide/0/id", "is missing")).remove(0);
        assert_eq!(told.file, own);
    }

    #[test]
    fn the_faults_of_both_texts_are_reported_and_a_patch_is_an_object() {
        let (_folder, text) = merged("{ \"words\": { \"back\": \"Go back\", } }");
        assert_eq!(text.faults().len(), 1);
        assert_eq!(text.value().unwrap()["words"]["back"], "Go back");
        let (_folder, text) = merged("[]");
        assert!(text.faults()[0].problem.starts_with("must be an object") && text.value().is_none());
    }
}
