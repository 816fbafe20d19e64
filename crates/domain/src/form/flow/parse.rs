//! Reads a flow: its pages as they are written, then the graph that they make.

use super::{
    Flow, Page, Rule,
    check::{self, Graph},
    file::PageEntry,
};
use crate::{
    data::{self, Document, InvalidFile},
    form::answer::{Answer, Answers},
};

impl Flow {
    /// Reads a flow's file.
    ///
    /// # Errors
    /// Returns an error that names the file, the JSON pointer and the expected value.
    pub fn parse(file: &str, text: &str) -> Result<Self, InvalidFile> {
        let document = Document::parse(file, text)?;
        // The title is for people who read the file.
        let known = ["schema_version", "title", "start", "given", "steps", "pages", "extras", "check"];
        let object = document.root().object(&known);
        object.expect_version();
        let mut entries = Vec::new();
        place(&mut entries, "/pages/", object.need("pages").each(PageEntry::read));
        let extras = entries.len();
        place(&mut entries, "/extras/", object.each("extras", PageEntry::read_extra));
        let check = entries.len();
        if let Some(page) = object.get("check") {
            PageEntry::read_check(page).place_in(&mut entries, "/check".to_owned());
        }
        let start = object.text("start");
        let steps = object.texts("steps");
        let mut given = Answers::default();
        for (question, option) in object.get("given").map(data::Place::entries).unwrap_or_default() {
            given.set(question, Answer::One(option.owned_text()));
        }
        let index = check::index(&document, &entries);
        let graph = Graph::build(&document, &entries, extras, &index, &start, &steps);
        let mut flow = Self { pages: Vec::new(), index, start: graph.start, extras, check, steps, given };
        for (entry, targets) in entries.into_iter().zip(graph.targets) {
            let rules = entry.next.into_iter().zip(targets).map(|(rule, go)| Rule { when: rule.when, go }).collect();
            let step = entry.step.and_then(|step| flow.steps.iter().position(|known| *known == step));
            let PageEntry { questions, when, place, .. } = entry;
            flow.pages.push(Page { questions, rules, step, when, place });
        }
        document.finish(flow)
    }
}

/// Puts pages behind the others, with their places in the file.
fn place(entries: &mut Vec<PageEntry>, list: &str, pages: Vec<PageEntry>) {
    for (at, page) in pages.into_iter().enumerate() {
        page.place_in(entries, [list, &at.to_string()].concat());
    }
}
