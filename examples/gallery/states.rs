//! Every component in every state.

use std::{fs, path::Path};

use putright::ui::examples::Specimens;
use putright_app::{
    model::{Live, Voice},
    view_model::{
        AskedQuestion, Choice, ChoiceGroup, Control, CouncilCard, DateLine, DateWords, ErrorLine, FileLine,
        FilesControl, KeepLine, MomentLine, QuestionPage, Reachable, Row, SignpostCard, Strip,
    },
};
use putright_domain::{
    danger_phrases::Alarm,
    display_settings::DisplaySettings,
    form::answer::{Field, FormInput},
    guidance::{signpost::Telephone, timeline::Standing},
    messages::{MessageId, TextBlock},
};

use crate::{
    common::{self, loaded_in},
    sheet::Sheet,
};

/// A word as long as any, and words as many as any.
const LONG: &str = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
const MANY: &str = "I would like somebody who has not been part of any of this, and who does not know those who have, to look at \
                    what was decided about contact, when it was decided, who was in the room, and what they had in front of them";
/// For scripts that run from right to left: "What happened?", "In your own words.", "Yes", "No", "Say what happened".
const ARABIC: [&str; 5] = ["ماذا حدث؟", "بكلماتك أنت.", "نعم", "لا", "قل ما حدث"];

/// All of them.
pub fn sheets() -> Vec<Sheet> {
    let drawn = specimens("adult");
    let mut sheets = vec![
        buttons(),
        radios(&drawn),
        checkboxes(&drawn),
        reach(&drawn),
        text(&drawn),
        long_text(&drawn),
        date(&drawn),
        files_sheet(&drawn),
        agreement(&drawn),
        pictures(),
        error_summary(&drawn),
        summary_list(&drawn),
        details(),
        panel(),
        prose(),
        danger(&drawn),
        dates(),
        timeline(),
        signposts(&drawn),
        council(&drawn),
        letter(&drawn),
        keeping(&drawn),
        links(&drawn),
        read_aloud(),
        one("DisplaySettings", drawn.look(DisplaySettings::default())),
        one("Header", drawn.header()),
        one("Footer", drawn.footer()),
        one("Footer for children", specimens("8-11").footer()),
    ];
    sheets.extend(exits());
    sheets
}

fn one(name: &'static str, html: String) -> Sheet {
    Sheet { name, states: vec![("As it is", html)] }
}

fn choice(id: &str, label: &str, hint: &str) -> Choice {
    Choice { id: id.to_owned(), label: label.to_owned(), hint: hint.to_owned(), picture: String::new() }
}

fn question(title: &str, hint: &str, control: Control) -> QuestionPage {
    let asked = AskedQuestion {
        id: "specimen".to_owned(),
        prefix: String::new(),
        at: 0,
        is_heading: true,
        shown: true,
        under: None,
        title: title.to_owned(),
        caption: String::new(),
        body: Vec::new(),
        hint: hint.to_owned(),
        optional: false,
        control,
        raw: FormInput::default(),
    };
    QuestionPage {
        id: asked.id.clone(),
        title: title.to_owned(),
        caption: String::new(),
        steps: None,
        body: Vec::new(),
        own_heading: false,
        questions: vec![asked],
        another: None,
        remove: String::new(),
        young: false,
        danger: Vec::new(),
    }
}

fn typed(mut page: QuestionPage, fields: &[(Field, &str)]) -> QuestionPage {
    for asked in &mut page.questions {
        for (field, words) in fields {
            asked.raw.text.insert(*field, (*words).to_owned());
        }
    }
    page
}

fn chosen(mut page: QuestionPage, options: &[&str]) -> QuestionPage {
    for asked in &mut page.questions {
        asked.raw.chosen = options.iter().map(|option| (*option).to_owned()).collect();
    }
    page
}

fn error(words: &str, field: Option<Field>) -> Vec<ErrorLine> {
    // As the app has it, but that nothing on this page follows a link.
    vec![ErrorLine { text: words.to_owned(), target: String::new(), question: None, at: "specimen".to_owned(), field }]
}

/// From right to left.
fn mirrored(html: &str) -> String {
    format!("<div dir=\"rtl\" lang=\"ar\">{html}</div>")
}

fn buttons() -> Sheet {
    let states = vec![
        ("Main", Specimens::button("Continue", false)),
        ("Main, off", Specimens::button("Sending", true)),
        ("Lesser", Specimens::secondary_button("Print this page")),
        ("A link", Specimens::link_button("Continue", "index.html")),
        ("Long words", Specimens::button(MANY, false) + &Specimens::secondary_button(LONG)),
        ("Right to left", mirrored(&Specimens::button(ARABIC[4], false))),
    ];
    Sheet { name: "Button", states }
}

fn radios(drawn: &Specimens) -> Sheet {
    let of = |title: &str, hint: &str, yes: &str, no: &str| {
        let list = vec![choice("yes", yes, ""), choice("no", no, "")];
        question(title, hint, Control::Radios(list))
    };
    let plain = of("Have you told the team about this?", "A social worker or their manager.", "Yes", "No");
    let hints = vec![
        choice("team", "The team that works with us", "Social workers, and those who manage them."),
        choice("carer", "A foster carer", "Whoever looks after a child in their own home."),
    ];
    let hints = question("Who is it about?", "", Control::Radios(hints));
    let long = of(MANY, MANY, MANY, LONG);
    let states = vec![
        ("Empty", drawn.question(&plain, &[])),
        ("Chosen", drawn.question(&chosen(plain.clone(), &["yes"]), &[])),
        ("With hints", drawn.question(&hints, &[])),
        ("Error", drawn.question(&plain, &error("Choose yes or no", None))),
        ("Long words", drawn.question(&long, &error(MANY, None))),
        (
            "Right to left",
            mirrored(&drawn.question(&of(ARABIC[0], ARABIC[1], ARABIC[2], ARABIC[3]), &error(ARABIC[4], None))),
        ),
    ];
    Sheet { name: "Radios", states }
}

fn checkboxes(drawn: &Specimens) -> Sheet {
    let group = |heading: &str, choices: Vec<Choice>| ChoiceGroup { heading: heading.to_owned(), open: true, choices };
    let of = |groups: Vec<ChoiceGroup>, none: Option<Choice>| {
        question("What is it about?", "Choose all that are part of it.", Control::Checkboxes { groups, none })
    };
    let list =
        || vec![choice("delay", "How long it took", ""), choice("contact", "Seeing my children", "How often, or how.")];
    let plain = of(vec![group("", list())], None);
    let none = of(vec![group("", list())], Some(choice("none", "None of these", "")));
    let second = vec![choice("school", "School", ""), choice("health", "A doctor or a hospital", "")];
    let grouped = of(
        vec![group("The council", list()), group("Somebody else", second)],
        Some(choice("none", "None of these", "")),
    );
    let long = of(vec![group("", vec![choice("long", MANY, MANY), choice("word", LONG, LONG)])], None);
    let arabic = vec![choice("yes", ARABIC[2], ARABIC[1]), choice("no", ARABIC[3], "")];
    let arabic = of(vec![group("", arabic)], Some(choice("none", ARABIC[3], "")));
    let states = vec![
        ("Empty", drawn.question(&plain, &[])),
        ("Chosen", drawn.question(&chosen(plain.clone(), &["delay", "contact"]), &[])),
        ("One that excludes the others", drawn.question(&chosen(none, &["none"]), &[])),
        ("In groups", drawn.question(&chosen(grouped, &["school"]), &[])),
        ("Error", drawn.question(&plain, &error("Choose what it is about", None))),
        ("Long words", drawn.question(&long, &error(LONG, None))),
        ("Right to left", mirrored(&drawn.question(&arabic, &[]))),
    ];
    Sheet { name: "Checkboxes", states }
}

fn reach(drawn: &Specimens) -> Sheet {
    let methods = vec![choice("email", "Email", ""), choice("telephone", "Telephone", ""), choice("post", "Post", "")];
    let control = Control::Reach { methods, none: choice("none", "Nobody need answer me", "") };
    let plain = question("How can we reach you?", "Choose all that suit you.", control);
    let all = chosen(plain.clone(), &["email", "telephone", "post"]);
    let filled = typed(
        all.clone(),
        &[(Field::Email, "zoe@example.org"), (Field::Telephone, "07700 900 123"), (Field::Post, "1 Low Road\nBromley")],
    );
    let missing = ["email", "telephone", "post"].map(|field| ErrorLine {
        at: "specimen".to_owned(),
        text: format!("Enter {field}"),
        target: String::new(),
        question: None,
        field: Field::from_id(field),
    });
    let long = typed(all.clone(), &[(Field::Email, LONG), (Field::Telephone, LONG), (Field::Post, LONG)]);
    let states = vec![
        ("Empty", drawn.question(&plain, &[])),
        ("One opened", drawn.question(&chosen(plain.clone(), &["telephone"]), &[])),
        ("Filled in", drawn.question(&filled, &[])),
        ("Error", drawn.question(&all, &missing)),
        ("Long words", drawn.question(&long, &[])),
        ("Right to left", mirrored(&drawn.question(&filled, &[]))),
    ];
    Sheet { name: "Conditional content", states }
}

fn text(drawn: &Specimens) -> Sheet {
    let of = |title: &str, hint: &str| question(title, hint, Control::Text { autocomplete: "name".to_owned() });
    let plain = of("What is your name?", "The one you would like us to use.");
    let mut optional = plain.clone();
    optional.questions.iter_mut().for_each(|asked| asked.optional = true);
    let states = vec![
        ("Empty", drawn.question(&plain, &[])),
        ("May be left out", drawn.question(&optional, &[])),
        ("Filled in", drawn.question(&typed(plain.clone(), &[(Field::Text, "Zoë O’Brien")]), &[])),
        ("Error", drawn.question(&plain, &error("Enter your name", Some(Field::Text)))),
        ("Long words", drawn.question(&typed(of(LONG, MANY), &[(Field::Text, LONG)]), &error(LONG, Some(Field::Text)))),
        (
            "Right to left",
            mirrored(&drawn.question(
                &typed(of(ARABIC[0], ARABIC[1]), &[(Field::Text, ARABIC[2])]),
                &error(ARABIC[4], Some(Field::Text)),
            )),
        ),
    ];
    Sheet { name: "Text input", states }
}

fn long_text(drawn: &Specimens) -> Sheet {
    let of = |title: &str, max| question(title, "In your own words.", Control::LongText { max });
    let plain = of("What happened?", 5000);
    let short = of("What happened?", 100);
    let again = QuestionPage { caption: "Point 2".to_owned(), ..plain.clone() };
    let states = vec![
        ("Empty", drawn.question(&plain, &[])),
        ("A second time", drawn.question(&again, &[])),
        ("Filled in", drawn.question(&typed(plain.clone(), &[(Field::Text, MANY)]), &[])),
        ("Too long, not yet sent", drawn.question(&typed(short.clone(), &[(Field::Text, MANY)]), &[])),
        (
            "Error",
            drawn.question(
                &typed(short, &[(Field::Text, MANY)]),
                &error("Use 100 characters or fewer", Some(Field::Text)),
            ),
        ),
        ("Long words", drawn.question(&typed(of(LONG, 5000), &[(Field::Text, LONG)]), &[])),
        ("Right to left", mirrored(&drawn.question(&typed(of(ARABIC[0], 5000), &[(Field::Text, ARABIC[1])]), &[]))),
    ];
    Sheet { name: "Character count", states }
}

fn date(drawn: &Specimens) -> Sheet {
    let not_known = choice("not_known", "I do not know", "");
    let of = |title: &str, hint: &str| question(title, hint, Control::Date(DateWords { not_known: not_known.clone() }));
    let plain = of("When did it happen?", "For example, 27 3 2026.");
    let full = [(Field::Day, "27"), (Field::Month, "March"), (Field::Year, "2026")];
    let states = vec![
        ("Empty", drawn.question(&plain, &[])),
        ("Filled in", drawn.question(&typed(plain.clone(), &full), &[])),
        ("Roughly", drawn.question(&typed(plain.clone(), &[(Field::About, "In the spring, before Easter")]), &[])),
        ("Not known", drawn.question(&chosen(plain.clone(), &["not_known"]), &[])),
        (
            "Error",
            drawn.question(
                &typed(plain.clone(), &[(Field::Day, "31"), (Field::Month, "2")]),
                &error("Enter a year", Some(Field::Year)),
            ),
        ),
        ("Long words", drawn.question(&typed(of(MANY, LONG), &[(Field::Month, LONG)]), &error(MANY, Some(Field::Day)))),
        ("Right to left", mirrored(&drawn.question(&typed(of(ARABIC[0], ARABIC[1]), &full), &[]))),
    ];
    Sheet { name: "Date input", states }
}

fn files_sheet(drawn: &Specimens) -> Sheet {
    let of = |added: Vec<FileLine>, told: &str| {
        let files = FilesControl {
            limits: "Up to 5 files of 10 MB each: photos, PDF, MessageId or text.".to_owned(),
            offered: ".jpg,.png,.pdf".to_owned(),
            added,
            told: told.to_owned(),
        };
        question("Photos or files", "", Control::Files(files))
    };
    let file = |id, name: &str| FileLine { id, name: name.to_owned(), label: [name, " (12 KB)"].concat() };
    let with = |page: &QuestionPage, errors: &[ErrorLine]| {
        let mut drawn = specimens("adult");
        drawn.page.body = putright_app::view_model::Body::Question(Box::new(page.clone()));
        drawn.question(page, errors)
    };
    let two = of(vec![file(1, "letter.pdf"), file(2, "photo.jpg")], "2 files are ready.");
    let long = of(vec![file(1, LONG)], MANY);
    let refused =
        [error("“film.mov” is not a kind we can take", None), error("“big.pdf” is larger than 10 MB", None)].concat();
    let states = vec![
        ("Empty", drawn.question(&of(Vec::new(), ""), &[])),
        ("Two files", with(&two, &[])),
        ("Error", with(&two, &refused)),
        ("Long words", with(&long, &[])),
        ("Right to left", mirrored(&with(&two, &refused))),
    ];
    Sheet { name: "File upload", states }
}

fn agreement(drawn: &Specimens) -> Sheet {
    let of = |words: &str| question("Do you agree?", "", Control::Agreement(choice("agreed", words, "")));
    let plain = of("The child has agreed that I write for them");
    let states = vec![
        ("Empty", drawn.question(&plain, &[])),
        ("Agreed", drawn.question(&chosen(plain.clone(), &["agreed"]), &[])),
        ("Error", drawn.question(&plain, &error("Say that they have agreed", None))),
        ("Long words", drawn.question(&of(MANY), &[])),
    ];
    Sheet { name: "Agreement", states }
}

/// Draws the pages for a child, with pictures.
fn pictures() -> Sheet {
    let drawn = specimens("8-11");
    let names: Vec<String> = pictures_there();
    let choices: Vec<Choice> = names
        .iter()
        .take(4)
        .map(|name| Choice { picture: name.clone(), ..choice(name, "Something made me sad", "") })
        .collect();
    let first = choices.first().map(|one| one.id.clone()).unwrap_or_default();
    let long: Vec<Choice> = choices.iter().map(|one| Choice { label: MANY.to_owned(), ..one.clone() }).collect();
    let of = |choices: Vec<Choice>| QuestionPage {
        young: true,
        ..question("What made you sad?", "", Control::Radios(choices))
    };
    let plain = of(choices);
    let states = vec![
        ("Empty", drawn.question(&plain, &[])),
        ("Chosen", drawn.question(&chosen(plain.clone(), &[&first]), &[])),
        ("Error", drawn.question(&plain, &error("Choose one", None))),
        ("Long words", drawn.question(&of(long.clone()), &[])),
        ("Right to left", mirrored(&drawn.question(&of(long), &[]))),
    ];
    Sheet { name: "Radios with pictures", states }
}

fn error_summary(drawn: &Specimens) -> Sheet {
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

fn summary_list(drawn: &Specimens) -> Sheet {
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

fn details() -> Sheet {
    let states = vec![
        ("Closed", Specimens::details(false, "I am not sure when", "Say roughly when it was.")),
        ("Open", Specimens::details(true, "I am not sure when", "Say roughly when it was.")),
        ("Long words", Specimens::details(true, LONG, &[LONG, " ", MANY].concat())),
        ("Right to left", mirrored(&Specimens::details(true, ARABIC[0], ARABIC[1]))),
    ];
    Sheet { name: "Details", states }
}

fn panel() -> Sheet {
    let states = vec![
        ("As it is", Specimens::panel("Sent", "Your reference number", "K7M-2QX-HPA")),
        ("Long words", Specimens::panel(MANY, LONG, LONG)),
        ("Right to left", mirrored(&Specimens::panel(ARABIC[0], ARABIC[1], "K7M-2QX-HPA"))),
    ];
    Sheet { name: "Panel", states }
}

fn prose() -> Sheet {
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

fn danger(drawn: &Specimens) -> Sheet {
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

fn dates() -> Sheet {
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

fn timeline() -> Sheet {
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
        web: "https://www.example.org/complaints".to_owned(),
        post: vec!["Complaints".to_owned(), words.to_owned(), "BR1 3UH".to_owned()],
        checked: "Checked on 21 November 2026.".to_owned(),
    }
}

fn signposts(drawn: &Specimens) -> Sheet {
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

fn council(drawn: &Specimens) -> Sheet {
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

fn letter(drawn: &Specimens) -> Sheet {
    let states = vec![
        ("As it is", drawn.letter("To the complaints team\n\nI ask for stage 2.\n\nZoë O’Brien")),
        ("Long words", drawn.letter(&[LONG, "\n\n", MANY].concat())),
        ("Right to left", mirrored(&drawn.letter(ARABIC[1]))),
    ];
    Sheet { name: "Letter", states }
}

fn keeping(drawn: &Specimens) -> Sheet {
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

fn links(drawn: &Specimens) -> Sheet {
    Sheet {
        name: "Links of every page",
        states: vec![("Back", drawn.back_link()), ("Right to left", mirrored(&drawn.back_link()))],
    }
}

fn read_aloud() -> Sheet {
    let with = |voice| {
        let mut drawn = specimens("adult");
        drawn.live = Live { voice, ..Live::default() };
        drawn.read_aloud()
    };
    let states = vec![("Ready", with(Voice::Ready)), ("Speaking", with(Voice::Speaking))];
    Sheet { name: "Read aloud", states }
}

/// A page each: it is a landmark, of which there is one on a page.
fn exits() -> Vec<Sheet> {
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

fn specimens(register: &str) -> Specimens {
    Specimens::new(loaded_in(register, "bromley"), common::date("2026-12-17"))
}

fn pictures_there() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("public/pictures"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "svg"))
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    names.sort_unstable();
    names
}
