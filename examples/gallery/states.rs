//! Every component in every state.

mod fields;
mod parts;

use crate::{
    common::{self, loaded_in},
    sheet::Sheet,
};
use fields::{agreement, checkboxes, date, files_sheet, long_text, pictures, radios, reach, text};
use parts::{
    council, danger, dates, details, error_summary, exits, keeping, letter, links, panel, prose, read_aloud, signposts,
    summary_list, timeline,
};
use putright::ui::examples::Specimens;
use putright_app::view_model::{AskedQuestion, Control, QuestionPage};
use putright_domain::{display_settings::DisplaySettings, form::answer::FormInput};

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

fn specimens(register: &str) -> Specimens {
    Specimens::new(loaded_in(register, "bromley"), common::date("2026-12-17"))
}
