//! web-sys and gloo-net: the only place that touches the browser. Decides nothing.
//!
//! Where the browser fails at something that is only a comfort (moving the focus, printing), nothing is said: there is nobody
//! to tell and nothing to mend. What matters (loading, sending) gives an error.

pub mod delivery;
pub mod exit;
pub mod load;
pub mod page;
pub mod speech;
pub mod take;

use web_sys::{Document, Window};

/// The window. A page has one; a test without a page never comes here.
fn window() -> Option<Window> {
    web_sys::window()
}

fn document() -> Option<Document> {
    window()?.document()
}
