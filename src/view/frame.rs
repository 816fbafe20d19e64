//! What surrounds every page: skip link, header, back link, footer; and the whole of what is prerendered.

use leptos::prelude::*;

use super::{
    Ctx, body,
    component::{cards, exit_this_page},
    html::{El, el, live, nothing},
    page,
    prose::link,
};
use crate::domain::{
    content::Word,
    council::Council,
    guidance::signpost::SignpostId,
    loaded::{FIRST_REGISTER, page_file},
    screen::Page,
    session::Event,
};

#[cfg(feature = "prerender")]
use super::component::panel::inset_text;
#[cfg(feature = "prerender")]
use crate::domain::screen::{CouncilCard, GuidePart};

/// The whole app around its page.
pub fn frame(ctx: &Ctx, page: ReadSignal<Page>) -> AnyView {
    let back = {
        let ctx = ctx.clone();
        move || page.with(|page| if page.back { back_link(&ctx).view() } else { nothing() })
    };
    let main = {
        let ctx = ctx.clone();
        move || page.with(|page| body(&ctx.on_page(), page))
    };
    let keep = {
        let ctx = ctx.clone();
        move || {
            ctx.files.track();
            page.with(|page| page.keep.as_ref().map_or_else(nothing, |keep| page::draft::line(&ctx, keep)))
        }
    };
    let main = el("main", "govuk-main-wrapper").attr("id", "main").child(live(main)).child(live(keep));
    vec![
        skip_link(ctx).view(),
        header(ctx, page).view(),
        container(ctx, page).with(top(ctx, live(back))).with(main).view(),
        footer(ctx, true).view(),
        notice(ctx).view(),
    ]
    .into_any()
}

/// What has just been done, where nothing else on the page shows it.
pub(super) fn notice(ctx: &Ctx) -> El {
    let said = ctx.notice;
    el("div", "pr-notice").attr("role", "status").live_text(move || said.get())
}

/// Where the first questions go, in what [`prerendered`] draws.
#[cfg(feature = "prerender")]
pub const OPENING: &str = "<div id=\"putright-opening\"></div>";

/// A way on that needs no JavaScript: the address of a council's plain form, and its words.
#[cfg(feature = "prerender")]
pub struct Way {
    /// The address.
    pub href: String,
    /// The words.
    pub words: String,
}

#[cfg(feature = "prerender")]
impl Way {
    fn paragraph(&self) -> AnyView {
        el("p", "govuk-body").with(link(&self.href, &self.words)).view()
    }
}

/// What stands in a page before the WebAssembly runs, and without it: the first questions, the guide and the contacts. `aside`:
/// the latter are shown where an address names them. `ways`: the plain forms.
#[cfg(feature = "prerender")]
pub fn prerendered(
    ctx: &Ctx,
    page: ReadSignal<Page>,
    guide: &[GuidePart],
    councils: &[CouncilCard],
    ways: &[&Way],
    aside: bool,
) -> AnyView {
    let class = |own: &str| if aside { [own, " pr-opening pr-opening--aside"].concat() } else { own.to_owned() };
    let section = |id: &str, own: &str, content: AnyView| el("section", &class(own)).attr("id", id).child(content);
    let links = || ways.iter().map(|way| way.paragraph()).collect::<Vec<_>>();
    let notice = inset_text(ctx.word(Word::NoScript));
    // On a page of a council's own the first question, which has these lines, comes last.
    let danger = if aside { cards::danger(ctx, councils) } else { nothing() };
    let notice = el("noscript", "").child(danger).with(notice.children(links()));
    let main = el("main", "govuk-main-wrapper").attr("id", "main").child(faults(ctx, links())).with(notice);
    let with_links = |part: AnyView| [part].into_iter().chain(links()).collect::<Vec<_>>().into_any();
    let asides = [
        section("/guide", "pr-guide", with_links(page::guide::page(ctx, guide, "h2"))).view(),
        section("/contacts", "", with_links(page::contacts::page(ctx, councils, "h2"))).view(),
        section("/exit-help", "", page::exit_help::page(ctx, "h2")).view(),
    ];
    let opening = el("div", "").attr("id", "putright-opening");
    // A stylesheet looks back, and never ahead: what an address names stands before the first page, which gives way to it.
    let main = if aside { main.children(asides).with(opening) } else { main.with(opening).children(asides) };
    vec![
        skip_link(ctx).view(),
        header(ctx, page).view(),
        container(ctx, page).with(top(ctx, nothing())).with(main).view(),
        footer(ctx, false).view(),
    ]
    .into_any()
}

/// A page that needs no JavaScript, and its footer: where else to go, and somebody to talk to.
#[cfg(feature = "prerender")]
pub fn plain(ctx: &Ctx, page: ReadSignal<Page>, content: AnyView) -> AnyView {
    let item = |href: &str, word: Word| el("li", "").with(link(href, ctx.word(word)));
    let links =
        el("ul", "govuk-list").with(item("#/contacts", Word::ContactsLink)).with(item("#/guide", Word::GuideLink));
    let links = statements(ctx, links);
    let inner = el("div", "govuk-width-container")
        .with(el("h2", "govuk-heading-s").text(ctx.word(Word::HelpTitle)))
        .with(links)
        .children(lifelines(ctx));
    let main = el("main", "govuk-main-wrapper").attr("id", "main").child(content);
    vec![
        skip_link(ctx).view(),
        header(ctx, page).view(),
        container(ctx, page).with(top(ctx, nothing())).with(main).view(),
        el("footer", "pr-footer").with(inner).view(),
    ]
    .into_any()
}

/// The notices for when the form cannot start. They are in the page, hidden, so that they are there when nothing else is.
#[cfg(feature = "prerender")]
fn faults(ctx: &Ctx, ways: Vec<AnyView>) -> AnyView {
    let notice = |id: &str, title: Word, about: Word, on: El| {
        el("div", "govuk-inset-text")
            .attr("id", id)
            .attr("tabindex", "-1")
            .flag("hidden", true)
            .with(el("h2", "govuk-heading-m").text(ctx.word(title)))
            .with(el("p", "govuk-body").text(ctx.word(about)))
            .with(on)
            .view()
    };
    let contacts = el("p", "govuk-body").with(link("#/contacts", ctx.word(Word::ContactsLink)));
    let contacts = el("div", "").with(contacts).children(ways);
    let names = ctx
        .loaded
        .councils()
        .map(|council| el("li", "").with(link(&["?council=", &council.id].concat(), &council.short_name)).view());
    let names = el("ul", "govuk-list govuk-list--bullet").children(names);
    vec![
        notice("fault-data", Word::FaultTitle, Word::FaultBody, contacts),
        notice("fault-council", Word::UnknownCouncilTitle, Word::UnknownCouncilBody, names),
    ]
    .into_any()
}

pub(super) fn skip_link(ctx: &Ctx) -> El {
    let words = ctx.word(Word::SkipLink);
    let ctx = ctx.clone();
    el("a", "govuk-skip-link")
        .attr("href", "#main")
        .instead("click", move || ctx.send(Event::GoTo("main".to_owned())))
        .text(words)
}

/// What holds the page, and the way out that goes along with it.
fn container(ctx: &Ctx, page: ReadSignal<Page>) -> El {
    el("div", "govuk-width-container").with(exit_this_page::exit_this_page(ctx, page))
}

pub(super) fn header(ctx: &Ctx, page: ReadSignal<Page>) -> El {
    let council = el("span", "pr-header__council").live_text(move || page.with(|page| page.council.clone()));
    let inner = el("div", "pr-header__inner govuk-width-container")
        .with(council)
        .with(el("a", "pr-header__service").attr("href", "#/").text(ctx.word(Word::ServiceName)));
    // The link is here so that nothing of a page lies outside of a landmark.
    el("header", "pr-header").with(exit_this_page::skip_link(ctx, page)).with(inner)
}

/// What stands over each page.
fn top(ctx: &Ctx, back: AnyView) -> El {
    el("nav", "pr-top pr-no-print").child(back).with(link("#/exit-help", ctx.word(Word::ExitHelpLink)))
}

pub(super) fn back_link(ctx: &Ctx) -> El {
    let words = ctx.word(Word::Back);
    let ctx = ctx.clone();
    el("a", "govuk-back-link").attr("href", "#/").instead("click", move || ctx.send(Event::Back)).text(words)
}

/// `whole`: with what needs the app.
pub(super) fn footer(ctx: &Ctx, whole: bool) -> El {
    let item = |href: &str, word: Word| el("li", "").with(link(href, ctx.word(word)));
    let leaflet = whole && ctx.loaded.content.guide.iter().any(|section| section.leaflet);
    let links = el("ul", "govuk-list")
        .with(item("#/contacts", Word::ContactsLink))
        .with(item("#/guide", Word::GuideLink))
        .with_some(leaflet.then(|| item("#/leaflet", Word::LeafletLink)))
        .with_some(whole.then(|| item("#/look", Word::LookLink)));
    let links = statements(ctx, links);
    let inner = el("div", "govuk-width-container")
        .with_some(registers(ctx, whole))
        .with(el("h2", "govuk-heading-s").text(ctx.word(Word::HelpTitle)))
        .with(links)
        .children(lifelines(ctx))
        .with(el("p", "govuk-body-s").text(ctx.word(Word::FooterNote)));
    el("footer", "pr-footer").with(inner)
}

/// The links of a footer, and after them the accessibility statement of the council that runs this site.
fn statements(ctx: &Ctx, links: El) -> El {
    let words = ctx.word(Word::StatementLink);
    let item = |council: &Council, words: &str| {
        el("li", "").with(link(&["./", &council.id, "-accessibility.html"].concat(), words))
    };
    // Before a council has been asked for, as the app always has been: that of each.
    #[cfg(feature = "prerender")]
    if !ctx.loaded.chosen {
        let named = |council: &Council| item(council, &[words, " (", &council.short_name, ")"].concat());
        return ctx.loaded.councils().fold(links, |links, council| links.with(named(council)));
    }
    links.with(item(&ctx.loaded.council, words))
}

/// The ways to say it all, the one in use without a link. `whole`: the app is there to change the words.
fn registers(ctx: &Ctx, whole: bool) -> Option<El> {
    let content = &ctx.loaded.content;
    let there = |id: &str| {
        // Before it is, another page has them; one of several councils has no such page.
        if cfg!(feature = "prerender") && !whole && ctx.loaded.chosen {
            return ["./", &page_file(&ctx.loaded.council.id, id)].concat();
        }
        ["#/words/", id].concat()
    };
    let items = content.registers.iter().map(|(id, name)| {
        let item = el("li", "");
        if *id == content.register {
            item.with(el("strong", "").attr("aria-current", "true").text(name)).view()
        } else {
            item.with(link(&there(id), name)).view()
        }
    });
    let title = ctx.word(Word::RegistersTitle);
    (content.registers.len() > 1).then(|| {
        el("nav", "pr-registers")
            .attr("aria-label", title)
            .with(el("h2", "govuk-heading-s").text(title))
            .with(el("ul", "govuk-list").children(items))
    })
}

/// For the young, on every page: someone on their side, and somebody to talk to.
fn lifelines(ctx: &Ctx) -> Vec<AnyView> {
    let loaded = &ctx.loaded;
    let young = loaded.content.register != FIRST_REGISTER;
    let line = |id: SignpostId| {
        let words = loaded.content.signpost(id)?;
        let phone = loaded.directory.contact(id)?.telephone.first()?;
        Some(el("p", "govuk-body").text(&[&words.name, ": "].concat()).with(cards::number(phone)).view())
    };
    [SignpostId::Advocacy, SignpostId::Childline].into_iter().filter(|_| young).filter_map(line).collect()
}
