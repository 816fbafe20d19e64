//! The kinds of file that are taken, and the names they are kept under.
//!
//! The list is closed: what is kept is one of these or it is not kept, so nothing that a browser would run, such as HTML or
//! SVG, can ever lie in the store. A kind is believed only where the file begins as such files do. Of the name that came,
//! only what is harmless on any system stays; the ending is the kind's, never the sender's.

use putright_domain::delivery::attachments::{is_pdf, is_text};

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A photograph.
    Jpeg,
    /// A picture of a screen.
    Png,
    /// A document to read.
    Pdf,
    /// Plain text in UTF-8.
    Text,
    /// Word's older documents.
    Doc,
    /// Word's documents.
    Docx,
    /// `OpenDocument`'s.
    Odt,
}

/// The most characters of a name, its ending included.
const MOST_CHARACTERS: usize = 100;
/// The most bytes of a name before its ending: file systems count bytes, up to 255, and a place goes in front.
const MOST_BYTES: usize = 200;

impl FileKind {
    const ALL: [Self; 7] = [Self::Jpeg, Self::Png, Self::Pdf, Self::Text, Self::Doc, Self::Docx, Self::Odt];

    /// The kind of a media type; `None` where such files are not taken.
    pub fn of(media_type: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.media_type() == media_type)
    }

    /// The media type, without parameters.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Pdf => "application/pdf",
            Self::Text => "text/plain",
            Self::Doc => "application/msword",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Odt => "application/vnd.oasis.opendocument.text",
        }
    }

    fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Pdf => "pdf",
            Self::Text => "txt",
            Self::Doc => "doc",
            Self::Docx => "docx",
            Self::Odt => "odt",
        }
    }

    /// Returns whether the first bytes of a file are of this kind; of a text, all bytes.
    pub fn fits(self, content: &[u8]) -> bool {
        match self {
            Self::Jpeg => content.starts_with(b"\xFF\xD8\xFF"),
            Self::Png => content.starts_with(b"\x89PNG\r\n\x1A\n"),
            // By the page's own rules: what it accepts is not refused here.
            Self::Pdf => is_pdf(content),
            Self::Text => is_text(content, true),
            Self::Doc => content.starts_with(b"\xD0\xCF\x11\xE0"),
            Self::Docx | Self::Odt => content.starts_with(b"PK\x03\x04"),
        }
    }

    /// A name that is safe on any system: letters, figures, spaces, `-`, `_`, one dot, and this kind's ending. Where nothing
    /// is left of what came, it is named by its place, from 1. A name that is clean stays as it is.
    pub fn clean_name(self, name: &str, place: usize) -> String {
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let stem = match name.rsplit_once('.') {
            Some((stem, ending)) if looks_like_an_ending(ending) => stem,
            _ => name,
        };
        let harmless: String = stem.chars().filter_map(harmless).collect();
        let mut room = MOST_BYTES;
        let fits = |character: &char| {
            let left = room.checked_sub(character.len_utf8());
            room = left.unwrap_or_default();
            left.is_some()
        };
        let most = MOST_CHARACTERS - 1 - self.ending().len();
        let cut: String = harmless.trim_start_matches([' ', '-']).chars().take(most).take_while(fits).collect();
        match cut.trim_end_matches([' ', '-']) {
            "" => format!("file-{place}.{}", self.ending()),
            stem => format!("{stem}.{}", self.ending()),
        }
    }
}

fn looks_like_an_ending(text: &str) -> bool {
    (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn harmless(character: char) -> Option<char> {
    match character {
        '-' | '_' => Some(character),
        '.' => Some('-'),
        _ if character.is_whitespace() => Some(' '),
        _ => character.is_alphanumeric().then_some(character),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_keeps_what_is_harmless_and_takes_the_ending_of_its_kind() {
        for (name, kind, clean) in [
            ("Letter of 3 May.pdf", FileKind::Pdf, "Letter of 3 May.pdf"),
            ("Photo_1-2.JPEG", FileKind::Jpeg, "Photo_1-2.jpg"),
            ("llythyr Siân ŵ.docx", FileKind::Docx, "llythyr Siân ŵ.docx"),
            ("../../etc/passwd", FileKind::Text, "passwd.txt"),
            ("C:\\Users\\Sam\\notes.odt", FileKind::Odt, "notes.odt"),
            ("page.html", FileKind::Text, "page.txt"),
            ("run.php.jpg", FileKind::Jpeg, "run-php.jpg"),
            (".htaccess", FileKind::Text, "htaccess.txt"),
            ("-rf \u{202e}gpj.exe", FileKind::Png, "rf gpj.png"),
            ("a\0b\n<script>'\"&.doc", FileKind::Doc, "ab script.doc"),
            ("", FileKind::Pdf, "file-3.pdf"),
            (".jpg", FileKind::Jpeg, "file-3.jpg"),
            ("..", FileKind::Text, "file-3.txt"),
            ("???.png", FileKind::Png, "file-3.png"),
        ] {
            assert_eq!(kind.clean_name(name, 3), clean, "{name:?}");
        }
    }

    proptest! {
        #[test]
        fn every_name_is_short_safe_and_never_empty_and_cleaning_twice_changes_nothing(
            name in ".{0,300}", kind in 0..FileKind::ALL.len(),
        ) {
            let kind = FileKind::ALL[kind];
            let clean = kind.clean_name(&name, 1);
            let (stem, ending) = clean.split_once('.').unwrap();
            prop_assert_eq!(ending, kind.ending());
            prop_assert!(!stem.is_empty() && clean.chars().count() <= 100 && clean.len() <= 210);
            prop_assert!(stem.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_')), "{}", clean);
            prop_assert_eq!(kind.clean_name(&clean, 1), clean);
        }
    }

    #[test]
    fn whatever_the_page_accepts_is_kept() {
        let texts =
            ["\u{FEFF}notes".as_bytes(), b"caf\xE9", b"wo\0rds", b"", "ŵ".repeat(600).as_bytes()].map(<[u8]>::to_vec);
        for text in texts {
            assert_eq!(FileKind::Text.fits(&text), is_text(&text, true));
        }
        for pdf in [b"\xEF\xBB\xBF%PDF-1.7".as_slice(), b"%PDF-1.7"] {
            assert!(is_pdf(pdf) && FileKind::Pdf.fits(pdf));
        }
        assert!(!FileKind::Pdf.fits(b"<script>%PDF"));
    }

    #[test]
    fn a_file_that_begins_as_another_kind_does_is_not_believed() {
        let begins: [&[u8]; 7] = [
            b"\xFF\xD8\xFF\xE0",
            b"\x89PNG\r\n\x1A\n",
            b"%PDF-1.7",
            "Sîan's notes".as_bytes(),
            b"\xD0\xCF\x11\xE0",
            b"PK\x03\x04",
            b"PK\x03\x04",
        ];
        for (kind, begin) in FileKind::ALL.into_iter().zip(begins) {
            assert_eq!(FileKind::of(kind.media_type()), Some(kind));
            assert!(kind.fits(begin), "{kind:?}");
            assert!(kind == FileKind::Text || !kind.fits(b""), "{kind:?}");
            assert!(!kind.fits(b"MZ\x90\x00") && !kind.fits(b"\xFF\xFEa\x00"), "{kind:?}");
            assert!(kind == FileKind::Text || !kind.fits(b"<!doctype html>"), "{kind:?}");
        }
        for media_type in ["text/html", "image/svg+xml", "audio/mpeg", "image/JPEG", "text/plain; charset=utf-8", ""] {
            assert_eq!(FileKind::of(media_type), None, "{media_type}");
        }
    }
}
