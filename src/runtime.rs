//! The composition root: fetches the bundle, mounts the view, and gives what happens in the browser to the app as events.

use std::sync::{Arc, atomic::Ordering::Relaxed};

use leptos::{mount::mount_to, prelude::*};
use wasm_bindgen_futures::spawn_local;

use crate::{
    app::App,
    browser::{
        crypto,
        fetch_bundle::{LoadError, load},
        http, page, quick_exit,
        schedule::in_next_frame,
        speech, storage,
        tabs::{self, TabMessage},
    },
    effects,
    ui::{self, Ctx, Html, frame},
};
use putright_app::{Event, drafts::DraftEvent};
use putright_domain::bundle::Bundle;

/// Loads the files, and puts the app in the place of the prerendered page. Where that cannot be, the page stays, with a
/// notice.
pub fn start() {
    spawn_local(async {
        match load().await {
            Ok(bundle) => mount(bundle),
            Err(LoadError::UnknownCouncil) => page::show_fault("fault-council"),
            Err(error) => {
                page::tell_console(&error.to_string());
                if !page::reload_stale().await {
                    page::show_fault("fault-data");
                }
            }
        }
    });
}

fn mount(bundle: Bundle) {
    let (Some(element), Some(today)) = (page::app_element(), page::today()) else {
        page::show_fault("fault-data");
        return;
    };
    let bundle = Arc::new(bundle);
    let mut opening = page::Opening::read();
    let given = std::mem::take(&mut opening.given);
    mount_to(element.clone(), move || {
        let app = App::new(Arc::clone(&bundle), today, effects::perform);
        find_draft(app);
        app.dispatch(Event::Adopted { given, at: page::route() });
        page::on_address_change(move || follow_address(app));
        // What was typed a moment ago is kept first: a telephone may take the page away without another word.
        page::on_hiding(move || app.draft(DraftEvent::Due));
        page::guard_leaving(move || {
            app.draft(DraftEvent::Due);
            app.kept.unsaved.load(Relaxed)
        });
        let page_of_draft = || app.model(|model| model.form_page().clone());
        app.dispatch(Event::Navigated(page::route().unwrap_or_else(page_of_draft)));
        app.redraw();
        quick_exit::on_input(move |input| app.dispatch(Event::Input(input)));
        let language = app.model(|model| model.bundle().content.language.clone());
        tabs::hear(move |heard| {
            app.dispatch(match heard {
                TabMessage::Exit => Event::Exit,
                TabMessage::Sent(visit, reference) => Event::SentElsewhere { visit, reference },
                TabMessage::News(visit, news) => Event::Draft(DraftEvent::Elsewhere { visit, news }),
            });
        });
        http::watch_connection(move |online| app.dispatch(Event::Online(online)));
        speech::watch(language, move |there| app.dispatch(Event::Voices(there)));
        ui::mount(element.clone().into(), Box::new(move || draw(app)));
    })
    .forget();
    // At once: what was pressed meanwhile comes next, and is for that field.
    opening.refocus();
    in_next_frame(Box::new(page::let_focus_go));
}

/// Draws the whole page. It is drawn again when its words change.
fn draw(app: App) -> Html {
    let page = app.page.read_only();
    let dispatch = Callback::new(move |event| app.dispatch(event));
    let words = app.words.get();
    page::set_words(&words.content.language, words.content.direction.id(), &words.content.register);
    let ctx = Ctx::new(words, dispatch, app.notice, app.live, page, app.files);
    frame(&ctx, page)
}

fn find_draft(app: App) {
    if !crypto::is_there() {
        app.draft(DraftEvent::CannotSeal);
    }
    let resumes = page::resumes();
    for stored in storage::found(resumes) {
        app.draft(DraftEvent::Found(stored));
    }
}

fn follow_address(app: App) {
    if let Some(route) = page::route() {
        app.dispatch(Event::Navigated(route));
    }
}
