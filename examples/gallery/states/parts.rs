//! Parts of pages: panels, lists, contacts and letters.

use super::{ARABIC, LONG, MANY, mirrored, one, specimens};
use crate::sheet::Sheet;
use putright::ui::examples::Specimens;
use putright_app::{
    safety::{Live, Voice},
    view_model::{CouncilCard, DateLine, ErrorLine, KeepLine, MomentLine, Reachable, Row, SignpostCard, Strip},
};
use putright_domain::{
    danger_phrases::Alarm,
    guidance::{signpost::Telephone, timeline::Standing},
    messages::{MessageId, TextBlock},
};

pub(super) fn error_summary(drawn: &Specimens) -> Sheet {
    let line = |words: &str, target: &str| ErrorLine {
        at: "specimen".to_owned(),
        text: words.to_owned(),
        target: target.to_owned(),
        question: None,
        field: None,
    };
    let draw = |lines: &[ErrorLine]| drawn.error_summary(lines, MessageId::ErrorSummary);
    let states = vec![
        ("One entry", draw(&[line("Enter your name", "state-0")])),
        ("Several", draw(&[line("Enter your email", "state-1"), line("Enter your telephone number", "state-1")])),
        ("Without a place to go to", draw(&[line("The council’s server did not answer", "")])),
        ("Long words", draw(&[line(MANY, "state-3"), line(LONG, "state-3")])),
        ("Right to left", mirrored(&draw(&[line(ARABIC[4], "state-4")]))),
    ];
    Sheet { name: "Error summary", states }
}

pub(super) fn summary_list(drawn: &Specimens) -> Sheet {
    let row = |label: &str, lines: &[&str]| Row {
        question: "specimen".to_owned(),
        label: label.to_owned(),
        lines: lines.iter().map(|line| (*line).to_owned()).collect(),
    };
    let rows = [
        row("Your name", &["Zoë O’Brien"]),
        row("What happened", &["It began in March.", "", "Then nobody rang."]),
        row("Photos or files", &["Not provided"]),
    ];
    let states = vec![
        ("To be changed", drawn.summary_list(&rows, true)),
        ("To be read", drawn.summary_list(&rows, false)),
        ("Long words", drawn.summary_list(&[row(LONG, &[LONG]), row(MANY, &[MANY])], true)),
        ("Right to left", mirrored(&drawn.summary_list(&[row(ARABIC[0], &[ARABIC[1]])], true))),
    ];
    Sheet { name: "Summary list", states }
}

pub(super) fn details() -> Sheet {
    let states = vec![
        ("Closed", Specimens::details(false, "I am not sure when", "Say roughly when it was.")),
        ("Open", Specimens::details(true, "I am not sure when", "Say roughly when it was.")),
        ("Long words", Specimens::details(true, LONG, &[LONG, " ", MANY].concat())),
        ("Right to left", mirrored(&Specimens::details(true, ARABIC[0], ARABIC[1]))),
    ];
    Sheet { name: "Details", states }
}

pub(super) fn panel() -> Sheet {
    let states = vec![
        ("As it is", Specimens::panel("Sent", "Your reference number", "K7M-2QX-HPA")),
        ("Long words", Specimens::panel(MANY, LONG, LONG)),
        ("Right to left", mirrored(&Specimens::panel(ARABIC[0], ARABIC[1], "K7M-2QX-HPA"))),
    ];
    Sheet { name: "Panel", states }
}

pub(super) fn prose() -> Sheet {
    let told = |lines: &[&str]| TextBlock {
        title: "How complaints work".to_owned(),
        body: lines.iter().map(|line| (*line).to_owned()).collect(),
    };
    let all = told(&[
        "The council must look at it. [Who can help](https://www.example.org)",
        "## Stage 1",
        "* within 10 working days",
        "* with an answer in writing",
        "### What then",
        "> This has not been sent.",
        ">> ## The council says",
        ">> It answers sooner.",
    ]);
    let states = vec![
        ("Headings, lists and what is set apart", Specimens::prose(&all)),
        ("Inset text", Specimens::inset_text("This has not been sent.")),
        (
            "Long words",
            Specimens::prose(&told(&[
                LONG,
                MANY,
                "> Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
            ])),
        ),
        (
            "Right to left",
            mirrored(&(Specimens::inset_text(ARABIC[1]) + &Specimens::prose(&told(&[ARABIC[0], "* نعم", "> لا"])))),
        ),
    ];
    Sheet { name: "Prose", states }
}

pub(super) fn danger(drawn: &Specimens) -> Sheet {
    let mut seen = specimens("adult");
    seen.live = Live { danger: Alarm { child: true, oneself: false }, ..Live::default() };
    let mut young = specimens("8-11");
    young.live = seen.live;
    let oneself = |register| {
        let mut drawn = specimens(register);
        drawn.live = Live { danger: Alarm { child: false, oneself: true }, ..Live::default() };
        drawn.danger_panel()
    };
    let states = vec![
        ("On the first page", drawn.danger_first(&drawn.page.safety.councils)),
        ("While somebody types", seen.danger_panel()),
        ("While a child types", young.danger_panel()),
        ("While somebody types of hurting themselves", oneself("adult")),
        ("While a child types of hurting themselves", oneself("8-11")),
        ("Right to left", mirrored(&seen.danger_panel())),
    ];
    Sheet { name: "Danger", states }
}

pub(super) fn dates() -> Sheet {
    let line = |what: &str, due: &str, about: &str| DateLine {
        what: what.to_owned(),
        due: due.to_owned(),
        latest: "At the latest on 2 February 2027.".to_owned(),
        basis: "Regulation 17".to_owned(),
        skipped: "Not counted: Christmas Day, Boxing Day.".to_owned(),
        about: about.to_owned(),
    };
    let list = [
        line("An answer", "by 5 January 2027", ""),
        line("The panel meets", "about 1 March 2027", "Bank holidays are not known yet."),
    ];
    let states = vec![
        ("Two", Specimens::dates(&list)),
        ("Long words", Specimens::dates(&[line(MANY, LONG, MANY)])),
        ("Right to left", mirrored(&Specimens::dates(&[line(ARABIC[0], ARABIC[1], "")]))),
    ];
    Sheet { name: "Dates", states }
}

pub(super) fn timeline() -> Sheet {
    let moment = |day: &str, what: &str, standing: Standing, told: &str| MomentLine {
        day: day.to_owned(),
        what: what.to_owned(),
        standing,
        told: told.to_owned(),
        notes: vec!["Set by law.".to_owned()],
    };
    let all = [
        moment("1 October 2026", "You complained", Standing::Done, ""),
        moment("15 October 2026", "They answered", Standing::Kept, "In time"),
        moment("29 October 2026", "The limit", Standing::Passed, "Passed"),
        moment("12 November 2026", "The last day", Standing::Missed, "10 working days late"),
        moment("Today", "17 December 2026", Standing::Now, ""),
        moment("14 January 2027", "Ask for stage 2", Standing::Coming, ""),
        moment("Later", "The panel", Standing::IfAsked, "If you ask for it"),
    ];
    let strip = |gone, words: &str| Strip { words: words.to_owned(), gone, due: 10, total: 20 };
    let states = vec![
        ("At the beginning", Specimens::timeline(&strip(0, "0 of 10 working days have gone."), &[])),
        ("In the extension", Specimens::timeline(&strip(14, "14 of 20 working days have gone."), &[])),
        ("Over", Specimens::timeline(&strip(30, "10 working days late."), &all)),
        ("Long words", Specimens::timeline(&strip(5, LONG), &[moment(LONG, MANY, Standing::Missed, LONG)])),
        (
            "Right to left",
            mirrored(&Specimens::timeline(
                &strip(5, ARABIC[1]),
                &[moment(ARABIC[0], ARABIC[1], Standing::Kept, ARABIC[2])],
            )),
        ),
    ];
    Sheet { name: "Timeline", states }
}

fn reachable(words: &str) -> Reachable {
    Reachable {
        telephone: vec![Telephone { number: "020 8461 7852".to_owned(), hours: "Monday to Friday, 9 to 5".to_owned() }],
        email: "complaints@example.org".to_owned(),
        web: "https://www.example.org/complaints".to_owned(),
        post: vec!["Complaints".to_owned(), words.to_owned(), "BR1 3UH".to_owned()],
        checked: "Checked on 21 November 2026.".to_owned(),
    }
}

pub(super) fn signposts(drawn: &Specimens) -> Sheet {
    let card = |name: &str, about: &str, reach: Vec<Reachable>| SignpostCard {
        name: name.to_owned(),
        about: about.to_owned(),
        reach,
    };
    let states = vec![
        (
            "Two",
            drawn.signposts(&[
                card("Advocacy", "Somebody on your side.", vec![reachable("Civic Centre")]),
                card("The school", "For what the school decided.", Vec::new()),
            ]),
        ),
        ("Long words", drawn.signposts(&[card(LONG, MANY, vec![reachable(LONG)])])),
        ("Right to left", mirrored(&drawn.signposts(&[card(ARABIC[0], ARABIC[1], vec![reachable("Civic Centre")])]))),
    ];
    Sheet { name: "Signposts", states }
}

pub(super) fn council(drawn: &Specimens) -> Sheet {
    let card = |words: &str, unconfirmed: &str| CouncilCard {
        name: words.to_owned(),
        team: "Complaints team".to_owned(),
        reach: reachable(words),
        unconfirmed: unconfirmed.to_owned(),
        safeguarding: Reachable::default(),
    };
    let states = vec![
        ("Confirmed", drawn.council(&card("Bromley Council", ""))),
        ("Not yet confirmed", drawn.council(&card("Bromley Council", "Taken from the council’s own page."))),
        ("Long words", drawn.council(&card(LONG, MANY))),
    ];
    Sheet { name: "Council", states }
}

pub(super) fn letter(drawn: &Specimens) -> Sheet {
    let states = vec![
        ("As it is", drawn.letter("To the complaints team\n\nI ask for stage 2.\n\nZoë O’Brien")),
        ("Long words", drawn.letter(&[LONG, "\n\n", MANY].concat())),
        ("Right to left", mirrored(&drawn.letter(ARABIC[1]))),
    ];
    Sheet { name: "Letter", states }
}

pub(super) fn keeping(drawn: &Specimens) -> Sheet {
    let line =
        |told: &str, delete, pick| drawn.keep_line(&KeepLine { told: told.to_owned(), delete, link: true, pick });
    let states = vec![
        ("Nothing is kept", line("Nothing is saved.", None, true)),
        ("Nothing has been written", line("Kept in this tab.", Some(MessageId::DraftOff), false)),
        ("Kept", line("Kept on this device until 24 December 2026.", Some(MessageId::DraftDelete), false)),
        ("Long words", line(LONG, Some(MessageId::DraftDelete), true)),
    ];
    Sheet { name: "Keeping", states }
}

pub(super) fn links(drawn: &Specimens) -> Sheet {
    Sheet {
        name: "Links of every page",
        states: vec![("Back", drawn.back_link()), ("Right to left", mirrored(&drawn.back_link()))],
    }
}

pub(super) fn read_aloud() -> Sheet {
    let with = |voice| {
        let mut drawn = specimens("adult");
        drawn.live = Live { voice, ..Live::default() };
        drawn.read_aloud()
    };
    let states = vec![("Ready", with(Voice::Ready)), ("Speaking", with(Voice::Speaking))];
    Sheet { name: "Read aloud", states }
}

/// A page each: it is a landmark, of which there is one on a page.
pub(super) fn exits() -> Vec<Sheet> {
    let with = |name, lights, said| {
        let mut drawn = specimens("adult");
        drawn.live = Live { lights, said, ..Live::default() };
        one(name, drawn.exit_this_page())
    };
    vec![
        with("Exit this page", 0, None),
        with("Exit this page after one press", 1, Some(MessageId::ExitTwoMore)),
        with("Exit this page after two presses", 2, Some(MessageId::ExitOneMore)),
    ]
}
