//! The view as HTML, drawn on the host: nobody can press anything there, and nothing changes.

use std::sync::Arc;

use leptos::prelude::*;

use super::Ctx;
use putright_app::{model::Live, view_model::Page};
use putright_domain::bundle::Loaded;

/// Draws what follows a page. Leptos marks where texts meet and where nothing stands, for hydration, which this app does not do.
pub fn html(
    loaded: &Arc<Loaded>,
    page: Page,
    live: Live,
    draw: impl FnOnce(&Ctx, ReadSignal<Page>) -> AnyView,
) -> String {
    let html = Owner::new().with(|| {
        let page = signal(page).0;
        let said = RwSignal::new(String::new());
        let ctx = Ctx::new(Arc::clone(loaded), Callback::new(|_| {}), said, RwSignal::new(live), page, said);
        draw(&ctx, page).to_html()
    });
    html.replace("<!>", "").replace("<!--<() />-->", "")
}
