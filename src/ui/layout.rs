//! The frame of every page: skip link, header, way out, back link, help and contacts, footer; and the whole of what is prerendered.

use leptos::prelude::*;

use super::{
    Ctx, body,
    component::{contact_card, exit_this_page},
    element::{El, Html, el, live, nothing},
    page,
    rich_text::{inline, link},
};
use putright_app::{
    Event,
    view_model::{CouncilCard, ViewModel},
};
use putright_domain::{
    bundle::{FIRST_REGISTER, page_file},
    council::Council,
    guidance::signpost::{SignpostId, Telephone},
    messages::MessageId,
};

#[cfg(not(target_family = "wasm"))]
use putright_app::view_model::GuidePart;

/// The whole app around its page.
pub fn frame(ctx: &Ctx, page: ReadSignal<ViewModel>) -> Html {
    let back = {
        let ctx = ctx.clone();
        move || page.with(|page| if page.back { top(&ctx).view() } else { nothing() })
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
    [
        skip_link(ctx).view(),
        header(ctx, page).view(),
        exit_this_page::bar(ctx, page).view(),
        container(ctx, page, live(back), main).view(),
        footer(ctx, true).view(),
        notice(ctx).view(),
    ]
    .into_iter()
    .collect()
}

/// Draws the notice of an action that nothing else on the page shows.
pub(super) fn notice(ctx: &Ctx) -> El {
    let said = ctx.notice;
    el("div", "pr-notice").attr("role", "status").live_text(move || said.get())
}

/// The placeholder for the first questions, in the HTML of [`prerendered`].
#[cfg(not(target_family = "wasm"))]
pub const OPENING: &str = "<div id=\"putright-opening\"></div>";

/// A way on that needs no JavaScript: the address of a council's plain form, and its words.
#[cfg(not(target_family = "wasm"))]
pub struct PlainFormLink {
    /// The address.
    pub href: String,
    /// The words.
    pub words: String,
}

#[cfg(not(target_family = "wasm"))]
impl PlainFormLink {
    fn paragraph(&self) -> Html {
        el("p", "govuk-body").with(link(&self.href, &self.words)).view()
    }

    fn button(&self) -> Html {
        // It looks like a button and stays a link: without a script no space bar presses it.
        el("a", "govuk-button").attr("href", &self.href).text(&self.words).view()
    }
}

/// Draws the page before the WebAssembly runs, and without it: the first questions, the guide and the contacts.
/// `aside`: the guide and the contacts are shown when an address names them. `ways`: the plain forms.
#[cfg(not(target_family = "wasm"))]
pub fn prerendered(
    ctx: &Ctx,
    page: ReadSignal<ViewModel>,
    guide: &[GuidePart],
    councils: &[CouncilCard],
    ways: &[&PlainFormLink],
    aside: bool,
) -> Html {
    let class = |own: &str| if aside { [own, " pr-opening pr-opening--aside"].concat() } else { own.to_owned() };
    let section = |id: &str, own: &str, content: Html| el("section", &class(own)).attr("id", id).child(content);
    let links = || ways.iter().map(|way| way.paragraph()).collect::<Vec<_>>();
    let buttons = || ways.iter().map(|way| way.button()).collect::<Vec<_>>();
    // In place of the first questions, which need the app: the stylesheet hides them where no script runs.
    let notice = el("noscript", "")
        .child(contact_card::danger(ctx, councils, true))
        .with(el("h1", "govuk-heading-l").text(ctx.word(MessageId::ServiceName)))
        .with(el("p", "govuk-body").text(ctx.word(MessageId::NoScript)))
        .with(el("div", "govuk-button-group").children(buttons()));
    let main = el("main", "govuk-main-wrapper").attr("id", "main").child(faults(ctx, buttons())).with(notice);
    let with_links = |part: Html| [part].into_iter().chain(links()).collect::<Html>();
    let asides = [
        section("/guide", "pr-guide", with_links(page::guide::page(ctx, guide, "h2"))).view(),
        section("/contacts", "", with_links(page::contacts::page(ctx, councils, "h2"))).view(),
        section("/exit-help", "", page::exit_help::page(ctx, "h2")).view(),
    ];
    let opening = el("div", "").attr("id", "putright-opening");
    // A stylesheet looks back, and never ahead: what an address names stands before the first page, which gives way to it.
    let main = if aside { main.children(asides).with(opening) } else { main.with(opening).children(asides) };
    [
        skip_link(ctx).view(),
        header(ctx, page).view(),
        exit_this_page::bar(ctx, page).view(),
        container(ctx, page, nothing(), main).view(),
        footer(ctx, false).view(),
    ]
    .into_iter()
    .collect()
}

/// A page that needs no JavaScript, with the frame of the others. `foot`: its last words.
#[cfg(not(target_family = "wasm"))]
pub fn plain(ctx: &Ctx, page: ReadSignal<ViewModel>, content: Html, foot: &str) -> Html {
    let main = el("main", "govuk-main-wrapper").attr("id", "main").child(content);
    let links = el("div", "govuk-width-container").with(statements(ctx, el("ul", "govuk-list")));
    let links = links.with(el("p", "govuk-body-s").children(inline(foot)));
    [
        skip_link(ctx).view(),
        header(ctx, page).view(),
        exit_this_page::bar(ctx, page).view(),
        container(ctx, page, nothing(), main).view(),
        el("footer", "pr-footer").with(links).view(),
    ]
    .into_iter()
    .collect()
}

/// The notices for when the form cannot start. They are in the page, hidden, so that they are there when nothing else is.
#[cfg(not(target_family = "wasm"))]
fn faults(ctx: &Ctx, ways: Vec<Html>) -> Html {
    let notice = |id: &str, title: MessageId, about: MessageId, on: El| {
        el("div", "govuk-inset-text")
            .attr("id", id)
            .attr("tabindex", "-1")
            .flag("hidden", true)
            .with(el("h2", "govuk-heading-m").text(ctx.word(title)))
            .with(el("p", "govuk-body").text(ctx.word(about)))
            .with(on)
            .view()
    };
    let contacts = el("p", "govuk-body").with(link("#/contacts", ctx.word(MessageId::ContactsLink)));
    let contacts = el("div", "").with(contacts).children(ways);
    let names = ctx
        .bundle
        .councils()
        .map(|council| el("li", "").with(link(&["?council=", &council.id].concat(), &council.short_name)).view());
    let names = el("ul", "govuk-list govuk-list--bullet").children(names);
    [
        notice("fault-data", MessageId::FaultTitle, MessageId::FaultBody, contacts),
        notice("fault-council", MessageId::UnknownCouncilTitle, MessageId::UnknownCouncilBody, names),
    ]
    .into_iter()
    .collect()
}

pub(super) fn skip_link(ctx: &Ctx) -> El {
    let words = ctx.word(MessageId::SkipLink);
    let ctx = ctx.clone();
    el("a", "govuk-skip-link")
        .attr("href", "#main")
        .instead("click", move || ctx.send(Event::GoTo("main".to_owned())))
        .text(words)
}

/// The page and, beside it on a desk and after it on a phone, help and contacts.
fn container(ctx: &Ctx, page: ReadSignal<ViewModel>, top: Html, main: El) -> El {
    el("div", "pr-page govuk-width-container").child(top).with(main).with(help(ctx, page))
}

pub(super) fn header(ctx: &Ctx, page: ReadSignal<ViewModel>) -> El {
    let council = el("strong", "pr-header__council").live_text(move || page.with(|page| page.council.clone()));
    let home = el("a", "pr-header__service govuk-width-container")
        .attr("href", "#/")
        .with(council)
        .text(" ")
        .with(el("span", "").text(ctx.word(MessageId::ServiceName)));
    // The skip link is here so that nothing of a page lies outside of a landmark.
    el("header", "pr-header").with(exit_this_page::skip_link(ctx, page)).with(home)
}

/// The way back, over a page.
fn top(ctx: &Ctx) -> El {
    el("nav", "pr-top pr-no-print").with(back_link(ctx))
}

pub(super) fn back_link(ctx: &Ctx) -> El {
    let words = ctx.word(MessageId::Back);
    let ctx = ctx.clone();
    el("a", "govuk-back-link").attr("href", "#/").instead("click", move || ctx.send(Event::Back)).text(words)
}

/// Help and contacts: the complaints team, the guide, and for the young somebody to talk to.
fn help(ctx: &Ctx, page: ReadSignal<ViewModel>) -> El {
    let teams = ctx.bundle.chosen.then(|| live(move || page.with(|page| teams(&page.safety.councils))));
    el("aside", "pr-help pr-no-print")
        .attr("aria-label", ctx.word(MessageId::HelpTitle))
        .with(el("h2", "govuk-heading-s").text(ctx.word(MessageId::HelpTitle)))
        .children(lifelines(ctx))
        .children(teams)
        .with(el("ul", "govuk-list").with(item(ctx, "#/contacts", MessageId::ContactsLink)).with(item(
            ctx,
            "#/guide",
            MessageId::GuideLink,
        )))
}

/// The complaints teams and their first numbers. Two councils that share a service have one team.
fn teams(councils: &[CouncilCard]) -> Html {
    let mut drawn = el("div", "");
    let mut before = None;
    for card in councils {
        let Some(phone) = card.reach.telephone.first().filter(|phone| before != Some(&phone.number)) else { continue };
        before = Some(&phone.number);
        drawn = drawn.with(lifeline(&card.team, phone));
    }
    drawn.view()
}

fn item(ctx: &Ctx, href: &str, word: MessageId) -> El {
    el("li", "").with(link(href, ctx.word(word)))
}

/// `whole`: with what needs the app.
pub(super) fn footer(ctx: &Ctx, whole: bool) -> El {
    let leaflet = whole && ctx.bundle.content.guide.iter().any(|section| section.leaflet);
    let links = el("ul", "govuk-list")
        .with_some(leaflet.then(|| item(ctx, "#/leaflet", MessageId::LeafletLink)))
        .with_some(whole.then(|| item(ctx, "#/look", MessageId::LookLink)));
    let columns = el("div", "pr-footer__columns")
        .with(statements(ctx, links))
        .with(el("p", "govuk-body-s").children(inline(ctx.word(MessageId::FooterNote))));
    let inner = el("div", "govuk-width-container").with_some(registers(ctx, whole)).with(columns);
    el("footer", "pr-footer").with(inner)
}

/// The links of a footer, and after them the accessibility statement of the council that runs this site.
fn statements(ctx: &Ctx, links: El) -> El {
    let words = ctx.word(MessageId::StatementLink);
    let item = |council: &Council, words: &str| {
        el("li", "").with(link(&["./", &council.id, "-accessibility.html"].concat(), words))
    };
    // Before a council has been asked for, as the app always has been: that of each.
    #[cfg(not(target_family = "wasm"))]
    if !ctx.bundle.chosen {
        let named = |council: &Council| item(council, &[words, " (", &council.short_name, ")"].concat());
        return ctx.bundle.councils().fold(links, |links, council| links.with(named(council)));
    }
    links.with(item(&ctx.bundle.council, words))
}

/// The ways to say it all, the one in use without a link. `whole`: the app is there to change the words.
fn registers(ctx: &Ctx, whole: bool) -> Option<El> {
    let content = &ctx.bundle.content;
    let there = |id: &str| {
        // Before it is, another page has them; one of several councils has no such page.
        if cfg!(not(target_family = "wasm")) && !whole && ctx.bundle.chosen {
            return ["./", &page_file(&ctx.bundle.council.id, id)].concat();
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
    let title = ctx.word(MessageId::RegistersTitle);
    (content.registers.len() > 1).then(|| {
        el("nav", "pr-registers")
            .attr("aria-label", title)
            .with(el("h2", "govuk-heading-s").text(title))
            .with(el("ul", "govuk-list").children(items))
    })
}

/// Draws the helplines for young people, on every page: somebody to talk to, and someone on their side.
fn lifelines(ctx: &Ctx) -> Vec<Html> {
    let bundle = &ctx.bundle;
    let young = bundle.content.register != FIRST_REGISTER;
    let line = |id: SignpostId| {
        let words = bundle.content.signpost(id)?;
        let phone = bundle.directory.contact(id)?.telephone.first()?;
        Some(lifeline(&words.name, phone).view())
    };
    [SignpostId::Childline, SignpostId::Advocacy].into_iter().filter(|_| young).filter_map(line).collect()
}

/// A name and a number to call.
fn lifeline(name: &str, phone: &Telephone) -> El {
    el("p", "pr-lifeline govuk-body").text(&[name, ": "].concat()).with(contact_card::number(phone))
}
