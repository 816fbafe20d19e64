//! Colours, their contrast as WCAG 2.2 defines it, and the nearest colour that has enough of it.

use std::fmt;

/// A colour of the sRGB space, a byte for each channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rgb(pub [u8; 3]);

impl Rgb {
    /// Reads `#rrggbb`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        let value =
            u32::from_str_radix(digits, 16).ok().filter(|_| digits.bytes().all(|one| one.is_ascii_hexdigit()))?;
        let [_, red, green, blue] = value.to_be_bytes();
        Some(Self([red, green, blue]))
    }

    /// The relative luminance, from 0 to 1.
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// The contrast with another colour, from 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance() + 0.05, other.luminance() + 0.05);
        one.max(two) / one.min(two)
    }

    /// A mixture with black: 0 is the colour itself, 255 is black.
    pub fn darkened(self, part: u8) -> Self {
        self.toward(0, part)
    }

    /// A mixture with a grey: 0 is the colour itself, 255 is the grey.
    fn toward(self, grey: u8, part: u8) -> Self {
        let mix = |channel: u8| {
            let sum = u32::from(channel) * u32::from(255 - part) + u32::from(grey) * u32::from(part);
            u8::try_from((sum + 127) / 255).unwrap_or(u8::MAX)
        };
        Self(self.0.map(mix))
    }

    /// Returns the nearest colour of the same hue that is good: the one with the least black or white mixed in.
    pub fn nearest(self, is_good: impl Fn(Self) -> bool) -> Option<Self> {
        (0..=u8::MAX).flat_map(|part| [0, u8::MAX].map(|grey| self.toward(grey, part))).find(|one| is_good(*one))
    }
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

fn linear(channel: u8) -> f64 {
    let value = f64::from(channel) / 255.0;
    if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
}

#[cfg(test)]
mod tests {
    use super::Rgb;

    fn rgb(text: &str) -> Rgb {
        Rgb::parse(text).unwrap()
    }

    #[test]
    fn contrast_is_as_wcag_computes_it() {
        assert!((rgb("#000000").contrast(rgb("#ffffff")) - 21.0).abs() < 0.01);
        assert!((rgb("#ffffff").contrast(rgb("#767676")) - 4.54).abs() < 0.01);
        assert!((rgb("#123456").contrast(rgb("#123456")) - 1.0).abs() < 0.01);
    }

    #[test]
    fn only_six_digits_are_a_colour() {
        assert_eq!(rgb("#0A0b0c").to_string(), "#0a0b0c");
        for wrong in ["0a0b0c", "#0a0b0", "#0a0b0c0", "#+a0b0c", "#0a0bé", "blue", ""] {
            assert_eq!(Rgb::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_nearest_colour_is_itself_or_has_the_least_mixed_in() {
        let white = rgb("#ffffff");
        let readable = |one: Rgb| one.contrast(white) >= 4.5;
        assert_eq!(rgb("#1d4f91").nearest(readable), Some(rgb("#1d4f91")));
        let found = rgb("#00a0e0").nearest(readable).unwrap();
        assert!(readable(found) && found.contrast(white) < 4.6, "{found}");
        assert_eq!(rgb("#00a0e0").nearest(|_| false), None);
    }
}
