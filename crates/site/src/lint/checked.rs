//! A delivery that is checked, and the places of its faults.

use putright_domain::{council::Council, data::InvalidFile};
use serde_json::Value;

/// A delivery and its place.
pub struct Checked<'a> {
    /// The council's file.
    pub file: &'a str,
    /// The delivery as the file writes it, without its preset.
    pub own: &'a Value,
    /// The council.
    pub council: &'a Council,
}

impl Checked<'_> {
    /// A fault at a place of the delivery. Where that is the preset's doing, the preset is named.
    pub fn fault(&self, pointer: &str, problem: impl Into<String>) -> InvalidFile {
        let problem = problem.into();
        if self.own.pointer(pointer).is_some() {
            return InvalidFile::at(self.file, format!("/delivery{pointer}"), problem);
        }
        match self.own.get("preset").and_then(Value::as_str) {
            Some(preset) => {
                let problem = format!("\"{}\" of the preset {preset} {problem}", pointer.trim_start_matches('/'));
                InvalidFile::at(self.file, "/delivery/preset", problem)
            }
            None => InvalidFile::at(self.file, format!("/delivery{pointer}"), problem),
        }
    }
}

/// The place of a field's rule in the delivery.
pub fn place_of(at: &str, field: &str) -> String {
    format!("{at}/fields{}", putright_domain::data::pointer_step(field))
}
