//! Contact details and parts of a date as devices fill them in: with invisible marks, digits of other scripts and the
//! punctuation of the text that they were copied from. What is meant is clear, so it is taken; what is left is checked.

use crate::delivery::attachments::is_letter;
use crate::form::mistake::Cause;

/// The zero of each script's decimal digits (Unicode 16, general category Nd), the plain ones aside.
const ZEROS: [u32; 75] = [
    0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50, 0xED0, 0xF20,
    0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0,
    0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x104A0, 0x10D30, 0x10D40, 0x11066, 0x110F0, 0x11136, 0x111D0,
    0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x116D0, 0x116DA, 0x11730, 0x118E0, 0x11950, 0x11BF0, 0x11C50,
    0x11D50, 0x11DA0, 0x11F50, 0x16A60, 0x16AC0, 0x16B50, 0x16D70, 0x1CCF0, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC,
    0x1D7F6, 0x1E140, 0x1E2F0, 0x1E4F0, 0x1E5F1, 0x1E950, 0x1FBF0, 0x30,
];
/// Text as a plain keyboard types it: no invisible marks, no space around it, digits and full-width letters as ASCII.
pub(super) fn plain(text: &str) -> String {
    let typed = text.chars().filter(|character| !is_invisible(*character)).map(|character| {
        let code = u32::from(character);
        let digit = ZEROS.iter().map(|zero| code.wrapping_sub(*zero)).find(|value| *value < 10);
        match character {
            _ if digit.is_some() => digit.and_then(|value| char::from_digit(value, 10)).unwrap_or(character),
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(code - 0xFEE0).unwrap_or(character),
            '\u{2010}' | '\u{2011}' => '-',
            '\u{3002}' | '\u{FF61}' => '.',
            _ if character.is_whitespace() => ' ',
            _ => character,
        }
    });
    typed.collect::<String>().trim().to_owned()
}

/// Returns whether a character takes no room and only joins, parts or turns the characters around it.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\0'..='\u{8}'
            | '\u{7F}'..='\u{9F}'
            | '\u{AD}'
            | '\u{34F}'
            | '\u{61C}'
            | '\u{180E}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{E0000}'..='\u{E007F}'
    )
}

/// Text without the quotation marks, brackets and punctuation around it. One piece of code for all: each of its own has its size.
#[inline(never)]
fn bare(text: &str) -> &str {
    text.trim_matches(|character: char| {
        matches!(
            character,
            '<' | '>'
                | '"'
                | '\''
                | '`'
                | '“'
                | '”'
                | '„'
                | '‘'
                | '’'
                | '«'
                | '»'
                | ' '
                | ','
                | ';'
                | ':'
                | '['
                | ']'
                | '、'
                | '.'
                | '/'
        )
    })
}

/// The number of a day, month or year: `2`, `02`, `2nd`, `٢`, `2,`; text that is no number stays.
pub(super) fn part_of_date(text: &str) -> String {
    let text = plain(text);
    let text = bare(&text);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, ending) = text.split_at_checked(digits).unwrap_or_default();
    let ordinal = ["st", "nd", "rd", "th"].iter().any(|known| ending.trim().eq_ignore_ascii_case(known));
    if ordinal && digits > 0 { number } else { text }.to_owned()
}

/// A detail without the punctuation and the scheme that it was copied with.
fn copied<'a>(text: &'a str, scheme: &str) -> &'a str {
    let text = bare(text);
    match text.split_at_checked(scheme.len()) {
        Some((start, rest)) if start.eq_ignore_ascii_case(scheme) => bare(rest),
        _ => text,
    }
}

/// An email address without what it was copied with: `Zoe <zoe@example.com>`, `mailto:zoe@example.com`, `“zoe@example.com”,`.
pub(super) fn email(text: &str) -> String {
    let text = plain(text);
    let bracketed = text.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    let alone = bracketed.filter(|(inner, after)| inner.contains('@') && bare(after).is_empty());
    let text = copied(alone.map_or(text.as_str(), |(inner, _)| inner), "mailto:");
    text.split_once('?').map_or(text, |(address, _)| address).to_owned()
}

/// Returns whether a text has the shape of an email address. Names and hosts consist of letters, digits and the few
/// signs that mail servers take. The host ends with a name and not a number.
pub(super) fn is_email(text: &str) -> bool {
    let letter = |character: char| character.is_ascii_alphanumeric() || character > '\u{7F}' && is_letter(character);
    // Of the signs that could stand in a name, these are not taken: ( ) , : ; < > @ [ ] \ " and space.
    let named = |character: char| {
        letter(character) || matches!(character, '!' | '#'..='\'' | '*' | '+' | '-'..='/' | '=' | '^'..='`' | '{'..='~')
    };
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|character| letter(character) || character == '-')
    };
    text.rsplit_once('@').is_some_and(|(name, host)| {
        name.len() <= 64
            && name.chars().all(named)
            && name.split('.').all(|part| !part.is_empty())
            && host.split('.').all(label)
            && host.rsplit_once('.').is_some_and(|(_, last)| {
                last.len() > 1 && (last.starts_with("xn--") || !last.contains(|one: char| one.is_ascii_digit()))
            })
    })
}

/// A telephone number without what it was copied with. It is not reformatted.
pub(super) fn telephone(text: &str) -> String {
    copied(&plain(text), "tel:").to_owned()
}

/// Why nobody can be called by a telephone number; `None` where somebody may be.
///
/// A number of the United Kingdom has 10 digits after its 0 or 44; of the areas that begin with 1, 5 or 8 some have 9. Others
/// have 7 or more with the code of their country.
pub(super) fn telephone_fault(text: &str) -> Option<Cause> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let british = ["0044", "44", "0"].iter().find_map(|prefix| digits.strip_prefix(prefix));
    let abroad = digits.starts_with("00") && !digits.starts_with("0044");
    let is_short = match british.filter(|_| !abroad) {
        Some(rest) => {
            let rest = rest.trim_start_matches('0');
            rest.len() < if rest.starts_with(['1', '5', '8']) { 9 } else { 10 }
        }
        None => digits.len() < 7,
    };
    match digits.len() {
        0..3 => Some(Cause::TelephoneShape),
        _ => is_short.then_some(Cause::TelephoneShort),
    }
}
