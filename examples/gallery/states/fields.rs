//! Fields: each kind of question in its states.

use std::{fs, path::Path};

use super::{ARABIC, LONG, MANY, mirrored, question, specimens};
use crate::sheet::Sheet;
use putright::ui::examples::Specimens;
use putright_app::view_model::{
    Choice, ChoiceGroup, Control, DateWords, ErrorLine, FileLine, FilesControl, QuestionPage,
};
use putright_domain::form::answer::Field;

fn choice(id: &str, label: &str, hint: &str) -> Choice {
    Choice { id: id.to_owned(), label: label.to_owned(), hint: hint.to_owned(), picture: String::new() }
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

pub(super) fn radios(drawn: &Specimens) -> Sheet {
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

pub(super) fn checkboxes(drawn: &Specimens) -> Sheet {
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

pub(super) fn reach(drawn: &Specimens) -> Sheet {
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

pub(super) fn text(drawn: &Specimens) -> Sheet {
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

pub(super) fn long_text(drawn: &Specimens) -> Sheet {
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

pub(super) fn date(drawn: &Specimens) -> Sheet {
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

pub(super) fn files_sheet(drawn: &Specimens) -> Sheet {
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
        drawn.page.body = putright_app::view_model::PageBody::Question(Box::new(page.clone()));
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

pub(super) fn agreement(drawn: &Specimens) -> Sheet {
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
pub(super) fn pictures() -> Sheet {
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
