//! Mistakes in the keys and the values of a file.

use crate::change::{
    ADULT, BROMLEY,
    Change::{Bytes, Logo, Text},
    DRAWING, Mistake,
};

/// Each mistake, and words that its message must have.
pub const MISTAKES: &[Mistake] = &[
    (
        "A key is missing",
        Text(BROMLEY, "  \"team\": \"Children’s social care complaints\",\n", ""),
        "at /team: is missing; write it, for example \"team\":",
    ),
    (
        "A key with a part of its own is missing",
        Text(BROMLEY, "\"safeguarding\"", "\"safe\""),
        "at /safeguarding: is missing; write it, for example \"safeguarding\": {",
    ),
    ("A key with a wrong name", Text(BROMLEY, "\"short_name\"", "\"shortname\""), "at /shortname: is not known here"),
    (
        "A key with a capital letter",
        Text(BROMLEY, "\"name\"", "\"Name\""),
        "at /Name: is not known here; write \"name\"",
    ),
    (
        "A key of American English",
        Text(BROMLEY, "\"colour\"", "\"color\""),
        "at /brand/color: is not known here; write \"colour\"",
    ),
    (
        "A key that is none",
        Text(BROMLEY, "  \"team\"", "  \"motto\": \"Servire populo\",\n  \"team\""),
        "at /motto: is not known here; known:",
    ),
    (
        "Text in place of a part",
        Bytes(BROMLEY, |text| text.replace("{\n    \"colour\": \"#00592e\"\n  }", "\"#00592e\"").into()),
        "at /brand: must be an object, in { }; write it, for example",
    ),
    (
        "A preset with a slip",
        Text(BROMLEY, "  \"delivery\": {", "  \"delivery\": {\n    \"preset\": \"open31\","),
        "\"open31\" is not known; write \"open311\"",
    ),
    (
        "An address of delivery without its beginning",
        Text(BROMLEY, "\"api/submissions\"", "\"forms.bromley.gov.uk/send\""),
        "at /delivery/url: is a path on your own site as it stands; write \"https://forms.bromley.gov.uk/send\"",
    ),
    (
        "A value of another kind",
        Text(BROMLEY, "\"telephone\": [", "\"telephone\": 20, \"post\": ["),
        "at /contact/telephone: must be a list",
    ),
    (
        "A date of another form",
        Text(BROMLEY, "\"2026-11-21\"", "\"21 November 2026\""),
        "at /contact/checked: must be a date like",
    ),
    (
        "A date as it is said in Britain",
        Text(BROMLEY, "\"2026-11-21\"", "\"21/11/2026\""),
        "at /contact/checked: must be a date like 2026-12-17; write \"2026-11-21\"",
    ),
    (
        "A date with the month first",
        Text(BROMLEY, "\"2026-11-21\"", "\"12/31/2025\""),
        "at /contact/checked: must be a date like 2026-12-17; write \"2025-12-31\"",
    ),
    ("A date with dots", Text(BROMLEY, "\"2026-11-21\"", "\"21.11.2026\""), "write \"2026-11-21\""),
    (
        "A day that no calendar has",
        Text(BROMLEY, "\"2026-11-21\"", "\"2026-02-30\""),
        "2026-02-30 is no day of the calendar",
    ),
    (
        "A number in place of text",
        Text(BROMLEY, "\"020 8461 7644\"", "2084617644"),
        "must be text, in \" \": write \"2084617644\"",
    ),
    (
        "A list in place of text",
        Text(BROMLEY, "\"Bromley\"", "[\"Bromley\"]"),
        "at /short_name: must be text, in \" \": write \"Bromley\", without [ ]",
    ),
    (
        "Text in place of a number",
        Text(BROMLEY, "  \"team\"", "  \"limits\": { \"statutory.s1.response\": \"8\" },\n  \"team\""),
        "write 8, without quotation marks",
    ),
    (
        "Text in place of true",
        Text(BROMLEY, "  \"team\"", "  \"contact_unconfirmed\": \"yes\",\n  \"team\""),
        "write true, without quotation marks",
    ),
    (
        "A date still to come",
        Text(BROMLEY, "\"2026-11-21\"", "\"2026-12-21\""),
        "at /contact/checked: is 2026-12-21, which is still to come",
    ),
    (
        "A year typed wrongly",
        Text(BROMLEY, "\"2027-05-21\"", "\"2127-05-21\""),
        "at /contact/review_by: is 2127-05-21, more than three years away",
    ),
    (
        "An id that is not the file's name",
        Text(BROMLEY, "\"id\": \"bromley\"", "\"id\": \"bexley\""),
        "at /id: is \"bexley\"",
    ),
    (
        "HTML in a name",
        Text(BROMLEY, "\"name\": \"London Borough", "\"name\": \"<b>London</b> Borough"),
        "at /name: has HTML, <b>",
    ),
    (
        "An example address left in",
        Text(
            BROMLEY,
            "\"https://www.bromley.gov.uk/complaints/complaints-childrens-services\"",
            "\"https://www.example.org/complaints\"",
        ),
        "has the example address www.example.org",
    ),
    (
        "An example number left in",
        Text(BROMLEY, "020 8461 7644", "01234 567890"),
        "at /contact/telephone/0/number: is 01234 567890, a number for examples",
    ),
    (
        "An address without https",
        Text(BROMLEY, "\"web\": \"https://www", "\"web\": \"www"),
        "at /contact/web: must begin with https://",
    ),
    (
        "Words in a telephone number",
        Text(BROMLEY, "020 8461 7644", "020 8461 7644 (office hours)"),
        "at /contact/telephone/0/number: must be a telephone number",
    ),
    (
        "A telephone number that was cut off",
        Text(BROMLEY, "020 8461 7644", "020 84"),
        "at /contact/telephone/0/number: has 5 digits, too few",
    ),
    (
        "A letter O in a telephone number",
        Text(BROMLEY, "020 8461 7644", "O20 8461 7644"),
        "must be a telephone number and nothing else",
    ),
    (
        "An email address of examples",
        Text(
            BROMLEY,
            "\"web\": \"https://www.bromley.gov.uk/complaints/complaints-childrens-services\"",
            "\"email\": \"me@example.com\"",
        ),
        "at /contact/email: has the example address example.com; write your own, such as complaints@anytown.gov.uk",
    ),
    (
        "An address of a source without https",
        Text(BROMLEY, "\"source\": \"https://www.bromley.gov.uk/", "\"source\": \"bromley.gov.uk/"),
        "is an address without https; write \"https://bromley.gov.uk/",
    ),
    (
        "A word that stands for what is to come",
        Text(BROMLEY, "\"Bromley\"", "\"TBC\""),
        "at /short_name: is still to be written",
    ),
    ("An entity of HTML in a name", Text(BROMLEY, "\"Bromley\"", "\"Bromley &amp; Kent\""), "write & itself"),
    ("A colour without #", Text(BROMLEY, "#00592e", "00592e"), "write \"#00592e\""),
    ("A colour as numbers", Text(BROMLEY, "#00592e", "rgb(0, 89, 46)"), "write \"#00592e\""),
    ("A colour by its name", Text(BROMLEY, "#00592e", "blue"), "at /brand/colour: must be a colour like #1d4f91"),
    (
        "A colour that white text cannot be read on",
        Text(BROMLEY, "#00592e", "#ffdd00"),
        "at /brand/colour: is #ffdd00: with the white text in the header (#ffffff) it has a contrast of 1.34 to 1",
    ),
    (
        "A look with a colour that cannot be read",
        Text(BROMLEY, "  \"team\"", "  \"look\": { \"link_colour\": \"#8a8a8a\" },\n  \"team\""),
        "at /look/link_colour: is #8a8a8a: with",
    ),
    (
        "A look that names a file which is not there",
        Text(BROMLEY, "  \"team\"", "  \"look\": { \"favicon\": \"icon.svg\" },\n  \"team\""),
        "at /look/favicon: names a file that is not there: put it at",
    ),
    ("A logo whose name has a capital letter", Logo("Logo.svg", DRAWING), "there is public/looks/bromley/Logo.svg"),
    ("A logo in another folder", Logo("../logo.svg", DRAWING), "which is not there; it lies at public/looks/logo.svg"),
    (
        "A PNG picture with the name of an SVG",
        Logo("logo.svg", b"\x89PNG\r\n\x1a\n"),
        "which is a PNG picture under another name",
    ),
    ("An empty logo", Logo("logo.svg", b""), "which is empty"),
    ("A web page in place of the logo", Logo("logo.svg", b"<html><body>Not found</body></html>"), "which is no SVG"),
    (
        "HTML in place of the name of its file",
        Text(BROMLEY, "  \"team\"", "  \"look\": { \"header\": \"<p>Bromley</p>\" },\n  \"team\""),
        "at /look/header: must be the name of a file",
    ),
    (
        "A council without a privacy notice",
        Bytes(BROMLEY, |text| without_notice(text).into()),
        "at /privacy: is missing: by law",
    ),
    (
        "A privacy notice without https",
        Text(BROMLEY, "\"link\": \"https://www.bromley.gov.uk/privacy\"", "\"link\": \"http://www.bromley.gov.uk\""),
        "at /privacy/link: must begin with https://",
    ),
    (
        "A link to no whole address in the words",
        Text(ADULT, "Then it goes only to the council.", "See [more](www.bromley.gov.uk)."),
        "at /words/footer_note: has a link to",
    ),
    (
        "“Exit this page” leads to a page about children",
        Text(BROMLEY, "  \"team\"", "  \"exit_to\": \"https://www.bromley.gov.uk/children-families\",\n  \"team\""),
        "at /exit_to: leads to a page",
    ),
    (
        "“Exit this page” leads to the council's own website",
        Text(BROMLEY, "  \"team\"", "  \"exit_to\": \"https://www.bromley.gov.uk/bins\",\n  \"team\""),
        "at /exit_to: leads to the council’s own website",
    ),
    (
        "A wrong name for a limit in a promise",
        Text(
            BROMLEY,
            "\"promises\": [",
            "\"promises\": [\n    { \"stage\": \"statutory_1\", \"words\": \"We answer in {limit:statutory.s1.reply} working days.\", \"source\": \"https://www.bromley.gov.uk/complaints/complaints-childrens-services\", \"checked\": \"2026-11-21\", \"review_by\": \"2027-05-21\" },",
        ),
        "at /promises/0/words: has {limit:statutory.s1.reply}",
    ),
    (
        "A wrong name for a limit in the guide",
        Text(ADULT, "{limit:statutory.s1.response}", "{limit:statutory.s1.reply}"),
        "has {limit:statutory.s1.reply}",
    ),
    (
        "A limit longer than the law's",
        Text(BROMLEY, "  \"team\"", "  \"limits\": { \"statutory.s1.response\": 15 },\n  \"team\""),
        "at /limits/statutory.s1.response: must be 10 or less",
    ),
    (
        "An address of delivery without encryption",
        Text(BROMLEY, "\"api/submissions\"", "\"http://www.bromley.gov.uk/send\""),
        "at /delivery/url: must begin with https://",
    ),
    (
        "A word with a slip",
        Text(ADULT, "  \"send\": ", "  \"sand\": \"\",\n  \"send\": "),
        "at /words/sand: \"sand\" is not known; write \"send\"",
    ),
    ("A word that is missing", Text(ADULT, "  \"send\": ", "  \"post_it_now\": "), "at /words/send: is missing"),
];

/// The text of a council's file without its privacy notice.
fn without_notice(text: &str) -> String {
    let from = text.find("  \"privacy\": {").unwrap();
    let to = from + text[from..].find("  },\n").unwrap() + "  },\n".len();
    [&text[..from], &text[to..]].concat()
}
