//! The compiler of a council's site: reads its files, says what is wrong with them, and writes pages, forms and policies.

pub mod accessibility_statement;
mod assemble;
pub mod assess;
mod blanks;
pub mod build;
pub mod command;
pub mod csp;
pub mod document;
pub mod embed;
pub mod files;
pub mod graph;
pub mod hosts;
pub mod init;
pub mod inspect;
mod json_text;
mod layered_text;
pub mod lint;
mod markup;
pub mod no_js_form;
pub mod overlay;
pub mod pages;
pub mod reading;
pub mod schema;
mod site_folder;
pub mod terminal;
pub mod upgrade;
pub mod words;
