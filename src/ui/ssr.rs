//! The view as the HTML of a file, drawn on the host: nobody can press anything there, and nothing changes.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Ctx, Html};
use putright_app::{safety::Live, view_model::ViewModel};
use putright_domain::bundle::Bundle;

/// Draws what follows a page.
pub fn html(
    bundle: &Arc<Bundle>,
    page: ViewModel,
    live: Live,
    draw: impl FnOnce(&Ctx, ReadSignal<ViewModel>) -> Html,
) -> String {
    Owner::new().with(|| {
        let page = signal(page).0;
        let said = RwSignal::new(String::new());
        let ctx = Ctx::new(Arc::clone(bundle), Callback::new(|_| {}), said, RwSignal::new(live), page, said);
        draw(&ctx, page).into_string()
    })
}
