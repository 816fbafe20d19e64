//! The compiler of a council's site: reads its files, says what is wrong with them, and writes pages, forms and policies.

pub mod accessibility_statement;
pub mod assess;
pub mod build;
pub mod command;
pub mod csp;
pub mod document;
pub mod files;
pub mod graph;
pub mod inspect;
mod json_text;
pub mod lint;
mod markup;
pub mod no_js_form;
pub mod pages;
pub mod reading;
pub mod schema;
pub mod terminal;
mod words;
