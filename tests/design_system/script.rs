//! The design system's HTML as its own script leaves it when a page has bundle: that is what people meet, and what the app, which
//! has a script anyway, draws at once. `tests/e2e/components.test.mjs` holds the behaviour against theirs.
//!
//! After `dist/govuk/components/{checkboxes,radios,character-count,exit-this-page}/*.mjs`, in their order.

use super::tree::{Element, Node};

/// Applies the script's changes to a fragment, then takes out its hooks, which nothing else reads.
pub fn started(root: &mut Element) {
    conditional(root);
    root.select(".govuk-character-count", &mut |group| count(group));
    root.select(".govuk-exit-this-page", &mut |component| {
        component.select(".govuk-exit-this-page__button", &mut |button| {
            let light = || Node::Element(Element::new("div", "govuk-exit-this-page__indicator-light", &[], Vec::new()));
            let lights = vec![light(), light(), light()];
            let hidden = [("aria-hidden", "true")];
            button.children.push(Node::Element(Element::new(
                "div",
                "govuk-exit-this-page__indicator",
                &hidden,
                lights,
            )));
        });
        let status = Element::new("span", "govuk-visually-hidden", &[("role", "status")], Vec::new());
        component.children.push(Node::Element(status));
    });
    root.each(&mut |element| {
        element.attributes.retain(|name, _| !name.starts_with("data-"));
        element.classes.retain(|class| !class.starts_with("govuk-js-"));
    });
}

fn conditional(root: &mut Element) {
    root.select("input", &mut |input| {
        if let Some(id) = input.attributes.remove("data-aria-controls") {
            let expanded = if input.attributes.contains_key("checked") { "true" } else { "false" };
            input.attributes.insert("aria-controls".to_owned(), id);
            input.attributes.insert("aria-expanded".to_owned(), expanded.to_owned());
        }
    });
}

fn count(group: &mut Element) {
    let Some(max) = group.attributes.get("data-maxlength").and_then(|max| max.parse::<usize>().ok()) else { return };
    let mut typed = String::new();
    group.select("textarea", &mut |area| typed = area.text());
    let length = typed.encode_utf16().count();
    let wrong =
        group.children.iter().any(|child| matches!(child, Node::Element(one) if one.has("govuk-error-message")));
    let over = length > max;
    if over && !wrong {
        group.select("textarea", &mut |area| {
            area.classes.insert("govuk-textarea--error".to_owned());
        });
    }
    let Some(at) = group
        .children
        .iter()
        .position(|child| matches!(child, Node::Element(one) if one.has("govuk-character-count__message")))
    else {
        return;
    };
    let many = max.abs_diff(length);
    let s = if many == 1 { "" } else { "s" };
    let end = if over { "too many" } else { "remaining" };
    let words = || vec![Node::Text(format!("You have {many} character{s} {end}"))];
    let kind = if over { "govuk-error-message" } else { "govuk-hint" };
    let classes = format!("{kind} govuk-character-count__message govuk-character-count__status");
    let seen = Element::new("div", &classes, &[("aria-hidden", "true")], words());
    let heard = "govuk-character-count__sr-status govuk-visually-hidden";
    let heard = Element::new("div", heard, &[("aria-live", "polite")], words());
    if let Some(Node::Element(description)) = group.children.get_mut(at) {
        description.classes.insert("govuk-visually-hidden".to_owned());
    }
    let after = group.children.split_off(at + 1);
    group.children.extend([Node::Element(seen), Node::Element(heard)].into_iter().chain(after));
}
