//! The colours of a council, each checked against every colour that the stylesheets put beside it.
//!
//! The backgrounds are those of `style/_theme.scss`; a test compares them. On the dark background, and on the pages for the young,
//! lines and links have Putright's own colours, so a council's are checked on white and cream.

use putright_domain::data::Place;

use super::contrast::Rgb;

/// Text needs this contrast (WCAG 2.2, 1.4.3).
const TEXT: f64 = 4.5;
/// Lines and marks need this contrast (WCAG 2.2, 1.4.11).
const MARK: f64 = 3.0;

/// A colour of the stylesheets, with its name for people.
type NamedColour = (&'static str, &'static str);
/// A colour beside a council's: its name, and the contrast that the two need.
pub(super) type ColourPair = (&'static str, Rgb, f64);

const WHITE_TEXT: NamedColour = ("the white text in the header", "#ffffff");
/// The light backgrounds.
pub(super) const LIGHT: [NamedColour; 6] = [
    ("the white page", "#ffffff"),
    ("the cards on the white page", "#f4f6f9"),
    ("the danger card on the white page", "#fdf3f1"),
    ("the cream page", "#fdf6e3"),
    ("the cards on the cream page", "#f6ebcd"),
    ("the danger card on the cream page", "#fbe9d4"),
];
/// The dark backgrounds.
pub(super) const DARK: [NamedColour; 2] = [("the dark page", "#15191e"), ("the cards on the dark page", "#232a33")];
/// The text of an element that has the focus.
const FOCUS_TEXT: NamedColour = ("the text that has the focus", "#0b0c0c");

/// A colour that a council may choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ColourRole {
    /// The background of the header.
    Brand,
    /// The lines, and the background of the council's footer.
    Second,
    /// Links.
    Link,
    /// The element that has the focus.
    Focus,
}

impl ColourRole {
    /// The colours beside it, each with the contrast that it needs.
    pub(super) fn pairs(self) -> Vec<ColourPair> {
        let all = |colours: &[NamedColour], needed: f64| -> Vec<ColourPair> {
            colours.iter().filter_map(|(name, hex)| Some((*name, Rgb::parse(hex)?, needed))).collect()
        };
        match self {
            Self::Brand => all(&[WHITE_TEXT], TEXT),
            Self::Second => all(&LIGHT, MARK),
            Self::Link => all(&LIGHT, TEXT),
            Self::Focus => [all(&[FOCUS_TEXT], TEXT), all(&DARK, MARK)].concat(),
        }
    }

    /// Returns the problem of a colour in this role: the pair with the least of what it needs, and a colour to write.
    pub(super) fn problem(self, colour: Rgb) -> Option<String> {
        let pairs = self.pairs();
        let share = |pair: &ColourPair| colour.contrast(pair.1) / pair.2;
        let (name, other, needed) = pairs.iter().min_by(|one, two| share(one).total_cmp(&share(two)))?;
        let is_good = |one: Rgb| pairs.iter().all(|(_, other, needed)| one.contrast(*other) >= *needed);
        if is_good(colour) {
            return None;
        }
        let ratio = (colour.contrast(*other) * 100.0).floor() / 100.0;
        let nearest = colour.nearest(is_good).map(|one| format!("; the nearest colour that passes is \"{one}\""));
        Some(format!(
            "is {colour}: with {name} ({other}) it has a contrast of {ratio} to 1, and needs {needed} to 1{}",
            nearest.unwrap_or_default()
        ))
    }

    /// Reads a colour at a key, and notes what is wrong with it.
    pub(super) fn read(self, place: Place<'_>, key: &str, text: &str) -> Option<Rgb> {
        let Some(colour) = Rgb::parse(text) else {
            place.note_in(key, "must be a colour like #1d4f91: # and six of 0-9 and a-f");
            return None;
        };
        if let Some(problem) = self.problem(colour) {
            place.note_in(key, &problem);
        }
        Some(colour)
    }
}

/// Returns the colour of text on a background: white or black, whichever is easier to read. One of the two always has 4.5 to 1.
pub(super) fn text_on(background: Rgb) -> Rgb {
    let [white, black] = [Rgb([255; 3]), Rgb([0; 3])];
    if background.contrast(white) >= TEXT { white } else { black }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{ColourRole, DARK, LIGHT, Rgb, TEXT, text_on};

    #[test]
    fn backgrounds_are_those_of_the_stylesheet() {
        let theme = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../style/_theme.scss")).unwrap();
        let part = |from: &str, to: &str| theme.split(from).nth(1).unwrap().split(to).next().unwrap();
        let parts = [
            (part(":root {", "\n}"), &LIGHT[..3]),
            (part("=\"cream\"] {", "\n  }"), &LIGHT[3..]),
            (part("=\"dark\"] {", "\n  }"), &DARK[..]),
        ];
        for (part, named) in parts {
            for (name, colour) in named {
                assert!(part.contains(&format!(": {colour};")), "{name}");
            }
        }
    }

    #[test]
    fn a_colour_is_told_with_the_pair_the_ratio_and_one_that_passes() {
        for (role, wrong) in [
            (ColourRole::Brand, "#00a0e0"),
            (ColourRole::Second, "#ffd500"),
            (ColourRole::Link, "#7b7b7b"),
            (ColourRole::Link, "#767676"),
            (ColourRole::Focus, "#1d4f91"),
        ] {
            let told = role.problem(Rgb::parse(wrong).unwrap()).unwrap();
            let right = told.rsplit('"').nth(1).and_then(Rgb::parse).unwrap();
            assert_eq!(role.problem(right), None, "{role:?}: {told}");
            assert!(told.contains(wrong) && told.contains(" to 1, and needs "), "{told}");
        }
        let told = ColourRole::Link.problem(Rgb::parse("#767676").unwrap()).unwrap();
        assert!(told.contains("the cards on the cream page (#f6ebcd) it has a contrast of 3.8"), "{told}");
        for (role, right) in
            [(ColourRole::Brand, "#00592e"), (ColourRole::Link, "#1d4f91"), (ColourRole::Focus, "#ffdd00")]
        {
            assert_eq!(role.problem(Rgb::parse(right).unwrap()), None);
        }
    }

    #[test]
    fn text_can_be_read_on_every_grey() {
        for grey in 0..=255 {
            let background = Rgb([grey; 3]);
            assert!(background.contrast(text_on(background)) >= TEXT, "{background}");
        }
    }
}
