//! Cleans an SVG picture by an allow-list: shapes, text and gradients stay; what runs, loads or moves is refused; what an editor
//! left behind (its own elements and attributes, metadata, comments) is dropped.

use std::fmt::Write;

use roxmltree::{Document, Node, ParsingOptions};

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const MOST_BYTES: usize = 100_000;
const MOST_NODES: u32 = 20_000;
const DEEPEST: usize = 60;

const ELEMENTS: &str = "svg g path rect circle ellipse line polyline polygon text tspan title desc defs linearGradient radialGradient \
                        stop clipPath mask symbol use pattern style";
const ATTRIBUTES: &str = "id class style viewBox preserveAspectRatio width height x y x1 x2 y1 y2 dx dy cx cy r rx ry fx fy fr d points \
                          pathLength transform gradientTransform gradientUnits patternTransform patternUnits patternContentUnits \
                          spreadMethod offset clipPathUnits maskUnits maskContentUnits fill fill-opacity fill-rule stroke \
                          stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray \
                          stroke-dashoffset stop-color stop-opacity opacity color clip-path clip-rule mask display visibility \
                          overflow vector-effect paint-order shape-rendering text-rendering font-family font-size font-style \
                          font-weight letter-spacing word-spacing text-anchor dominant-baseline role aria-label aria-hidden";

/// A picture that is safe to show.
#[derive(Clone, Debug, PartialEq)]
pub struct Svg {
    /// The picture, with nothing in it but what is allowed.
    pub text: String,
    /// The width over the height.
    pub ratio: f64,
}

/// Cleans a picture.
///
/// # Errors
/// Returns what is wrong with it and how to get a good one.
pub fn clean(bytes: &[u8]) -> Result<Svg, String> {
    if bytes.len() > MOST_BYTES {
        return Err(format!("has {} bytes; give an SVG of at most {MOST_BYTES}", bytes.len()));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| "is no text; save it as a plain SVG, in UTF-8")?;
    let options = ParsingOptions { allow_dtd: true, nodes_limit: MOST_NODES };
    let document = Document::parse_with_options(text.trim_start_matches('\u{feff}'), options)
        .map_err(|error| format!("is no SVG that can be read: {error}; save it again as a plain SVG"))?;
    let root = document.root_element();
    if root.tag_name().name() != "svg" || root.tag_name().namespace() != Some(SVG) {
        return Err("is no SVG: its first element must be <svg xmlns=\"http://www.w3.org/2000/svg\">".to_owned());
    }
    let ratio = ratio(root).ok_or("has no viewBox, such as viewBox=\"0 0 200 50\", so its shape is not known")?;
    let mut out = String::new();
    write_element(root, 0, &mut out)?;
    Ok(Svg { text: out, ratio })
}

fn ratio(root: Node<'_, '_>) -> Option<f64> {
    let numbers = |text: &str| -> Option<Vec<f64>> {
        text.split([' ', ',']).filter(|part| !part.is_empty()).map(|part| part.parse().ok()).collect()
    };
    let (width, height) = match root.attribute("viewBox").and_then(numbers).as_deref() {
        Some([_, _, width, height]) => (*width, *height),
        _ => return None,
    };
    Some(width / height).filter(|ratio| ratio.is_finite() && (0.05..=20.0).contains(ratio))
}

fn write_element(node: Node<'_, '_>, depth: usize, out: &mut String) -> Result<(), String> {
    let name = node.tag_name().name();
    if node.tag_name().namespace() != Some(SVG) || name == "metadata" {
        return Ok(());
    }
    let refused = |what: &str, instead: &str| Err(format!("has {what}, in line {}; {instead}", line(node)));
    if !listed(ELEMENTS, name) {
        return refused(&format!("<{name}>"), "take it out, or save the picture as plain shapes");
    }
    if depth > DEEPEST {
        return refused("elements too deep within each other", "save the picture as plain shapes");
    }
    let _ = write!(out, "<{name}");
    if depth == 0 {
        let _ = write!(out, " xmlns=\"{SVG}\"");
    }
    for attribute in node.attributes() {
        let (key, value) = (attribute.name(), attribute.value());
        let is_own = attribute.namespace().is_none();
        if is_own && key.len() > 2 && key.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("on")) {
            return refused(&format!("the event handler {key} at <{name}>"), "a picture runs nothing: take it out");
        }
        if key == "href" && (is_own || attribute.namespace() == Some(XLINK)) {
            if !value.starts_with('#') {
                return refused(
                    &format!("an address at <{name}>"),
                    "a picture loads nothing: it may name a part of itself, such as #a",
                );
            }
            let _ = write!(out, " href=\"{}\"", escaped(value));
        } else if is_own && listed(ATTRIBUTES, key) {
            if loads(value) {
                return refused(&format!("an address in {key} at <{name}>"), "a picture loads nothing: take it out");
            }
            let _ = write!(out, " {key}=\"{}\"", escaped(value));
        }
    }
    out.push('>');
    for child in node.children() {
        if child.is_element() {
            write_element(child, depth + 1, out)?;
        } else if child.is_text() {
            let text = child.text().unwrap_or_default();
            if name == "style" && (loads(text) || text.contains(['@', '<'])) {
                return refused(
                    "a style that loads something or has an @ rule",
                    "use plain rules, or attributes such as fill",
                );
            }
            out.push_str(&escaped(text));
        }
    }
    let _ = write!(out, "</{name}>");
    Ok(())
}

/// Returns whether a value may name something outside of the picture. A part of itself is `url(#name)`.
fn loads(value: &str) -> bool {
    let value: String = value.to_ascii_lowercase().split_whitespace().collect();
    let bare = value.replace("url(#", "").replace("url(\"#", "").replace("url('#", "");
    ["url(", "image(", "image-set(", "src(", "expression(", "@import", "javascript:", "data:", "\\"]
        .iter()
        .any(|part| bare.contains(part))
}

fn listed(list: &str, name: &str) -> bool {
    list.split_whitespace().any(|one| one == name)
}

fn line(node: Node<'_, '_>) -> u32 {
    node.document().text_pos_at(node.range().start).row
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::clean;

    fn drawn(inner: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 80 20\">{inner}</svg>"
        )
    }

    #[test]
    fn shapes_stay_and_what_an_editor_left_goes() {
        let text = "<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY ns \"http://a.example\">]><!-- made by -->\
                    <svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:i=\"http://i.example\" i:version=\"1\" viewBox=\"0,0 80 20\" data-name=\"x\">\
                    <metadata>me</metadata><i:view/><style>.a{fill:url(#b)}</style><title>A &amp; &lt;B></title>\
                    <path class=\"a\" d=\"M0 0h9\" i:nodes=\"c\"/></svg>";
        let cleaned = clean(text.as_bytes()).unwrap();
        assert_eq!(
            cleaned.text,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0,0 80 20\"><style>.a{fill:url(#b)}</style>\
             <title>A &amp; &lt;B&gt;</title><path class=\"a\" d=\"M0 0h9\"></path></svg>"
        );
        assert!((cleaned.ratio - 4.0).abs() < 0.001);
        assert_eq!(clean(cleaned.text.as_bytes()).unwrap(), cleaned, "a cleaned picture is clean");
    }

    #[test]
    fn what_runs_loads_or_moves_is_refused_by_its_name() {
        for (inner, named) in [
            ("<script>alert(1)</script>", "<script>"),
            ("<g>\n<path onclick=\"a()\"/></g>", "event handler onclick at <path>, in line 2"),
            ("<path OnLoad=\"a()\"/>", "event handler OnLoad"),
            ("<foreignObject/>", "<foreignObject>"),
            ("<image href=\"a.png\"/>", "<image>"),
            ("<animate/>", "<animate>"),
            ("<a href=\"https://a.example\"/>", "<a>"),
            ("<use xlink:href=\"https://a.example#b\"/>", "an address at <use>"),
            ("<use href=\"data:image/svg+xml,\"/>", "an address at <use>"),
            ("<path fill=\"url(https://a.example)\"/>", "an address in fill"),
            ("<path style=\"fill: u\\72l(//a)\"/>", "an address in style"),
            ("<style>@import 'a.css';</style>", "a style that loads"),
            ("<style>a{background:URL( a.png)}</style>", "a style that loads"),
            ("<style>@font-face{}</style>", "a style that loads"),
        ] {
            let told = clean(drawn(inner).as_bytes()).unwrap_err();
            assert!(told.contains(named), "{inner}: {told}");
        }
    }

    #[test]
    fn what_is_no_picture_is_told() {
        let deep = ["<g>".repeat(100), "</g>".repeat(100)].concat();
        for (bytes, named) in [
            (Vec::new(), "no SVG that can be read"),
            (vec![0xff, 0xfe], "is no text"),
            (b"<html/>".to_vec(), "is no SVG"),
            (b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec(), "has no viewBox"),
            (vec![b' '; 100_001], "at most 100000"),
            (drawn(&deep).into_bytes(), "too deep"),
            (drawn(&"<g/>".repeat(20_000)).into_bytes(), "no SVG that can be read"),
        ] {
            let told = clean(&bytes).unwrap_err();
            assert!(told.contains(named), "{told}");
        }
    }
}
