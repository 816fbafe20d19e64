//! The page of advice: its length, its parts, and what comes first.

use std::sync::Arc;

use super::{TODAY, advised, email, one};
use crate::common::{self, date, drive};
use putright_app::{
    Model,
    view_model::{self, AdvicePage, PageBody, SHOWN},
};
use putright_domain::{council::Council, form::answer::FormInput, guidance::signpost::SignpostId};
use serde_json::{Value, json};

/// The lines of its own that a council quotes to some answers, where its list has one of every kind: each line is its id.
fn quoted(answers: &[(&str, FormInput)]) -> Vec<String> {
    let mut file: Value = serde_json::from_str(&common::public("councils/bromley.json")).unwrap();
    let line = file["exclusions"][0].clone();
    let all = ["academy", "appeals", "college", "court", "nhs", "outside_role", "police", "school", "university"];
    let lines = all.iter().map(|id| {
        let mut one = line.clone();
        one["id"] = json!(id);
        one["wording"] = json!(format!("[{id}]."));
        one
    });
    file["exclusions"] = lines.collect();
    let bundle = common::loaded_as(Council::parse("c", &file.to_string()).unwrap());
    let mut model = Model::new(Arc::new(bundle), date(TODAY));
    drive::to(&mut model, "advice", answers);
    let PageBody::Advice(advice) = view_model::page(&model).body else { panic!("not the advice") };
    let own = advice.body.iter().filter(|line| line.starts_with("> "));
    all.iter()
        .filter(|id| own.clone().any(|line| line.contains(&format!("[{id}]"))))
        .map(|id| (*id).to_owned())
        .collect()
}

#[test]
fn of_a_council_s_list_the_line_is_quoted_that_is_meant() {
    let none = || ("child_status", FormInput::choosing(["none"]));
    let topic = |topic: &str| quoted(&[none(), ("topics", FormInput::choosing([topic]))]);
    let school = |kind: &str| {
        quoted(&[("topics", FormInput::choosing(["school"])), ("school_type", FormInput::choosing([kind]))])
    };
    assert_eq!(school("college"), ["college"]);
    assert_eq!(school("university"), ["university"]);
    assert_eq!(school("academy"), ["academy"]);
    assert_eq!(school("maintained"), ["school"]);
    assert_eq!(topic("nhs"), ["nhs"]);
    assert_eq!(topic("court_evidence"), ["court"]);
    for outside in ["police_conduct", "other_body", "childrens_home_or_agency"] {
        assert_eq!(topic(outside), ["outside_role"], "{outside}");
    }
    assert!(topic("support").is_empty());
}

/// The words that stand on the page before anything is opened, the help for today left out.
fn shown(page: &AdvicePage) -> String {
    let mut texts = vec![page.title.clone(), "Continue to your complaint, if you send it today".to_owned()];
    texts.extend(page.body.iter().take(if page.no_way_back { page.body.len() } else { SHOWN }).cloned());
    texts.extend(page.counts.iter().cloned());
    texts.extend(page.answers.iter().flat_map(|line| [line.what.clone(), line.due.clone(), line.latest.clone()]));
    texts.join(" ")
}

#[test]
fn advice_shows_ninety_words_at_most() {
    let mut most = (0, String::new());
    for register in common::REGISTERS {
        let flow = common::flow_in(register);
        let topics = flow.question("topics").unwrap().options();
        let pairs = topics.iter().flat_map(|topic| [vec![*topic], vec![topic, "support", "school", "records_wrong"]]);
        for chosen in pairs {
            for status in ["looked_after", "in_need", "none"] {
                let alone = ["not_known", "not_say"];
                let topics = chosen
                    .iter()
                    .copied()
                    .filter(|topic| topics.contains(topic) && (chosen.len() == 1 || !alone.contains(topic)));
                let unique: std::collections::BTreeSet<String> = topics.map(str::to_owned).collect();
                let chosen = ("topics", FormInput { chosen: unique.into_iter().collect(), ..FormInput::default() });
                let page = advised(register, &[chosen.clone(), one("child_status", status), email()]);
                let text = shown(&page);
                let count = text.split_whitespace().count();
                if count > most.0 {
                    most = (count, format!("{register} {chosen:?}: {text}"));
                }
            }
        }
    }
    assert!(most.0 <= 90 && most.0 > 60, "{} words: {}", most.0, most.1);
}

#[test]
fn points_that_go_one_way_are_counted_together() {
    let topics = ["support", "assessment", "placement", "other_council_service"];
    let page = advised("adult", &[("topics", FormInput::choosing(topics)), one("child_status", "looked_after")]);
    assert_eq!(page.counts.len(), 2, "{:?}", page.counts);
    assert!(page.counts[0].ends_with(": 3 of your 4 points") && page.counts[1].ends_with(": 1 of your 4 points"));
    let page =
        advised("adult", &[("topics", FormInput::choosing(["support", "placement"])), one("child_status", "in_need")]);
    assert_eq!(page.counts, Vec::<String>::new(), "all go one way");
}

#[test]
fn what_cannot_wait_comes_first_with_the_numbers_to_ring() {
    let council = common::council("bromley");
    let team = &council.contact.telephone[0].number;
    let advocate = common::bundle("bromley").directory.contact(SignpostId::Advocacy).unwrap().clone();
    let own = council.signposts.get(SignpostId::Advocacy).unwrap_or(&advocate);
    for register in common::REGISTERS {
        let act = |status: &str| {
            let mut answers = vec![one("about_to_happen", "today"), one("topics", "placement"), email()];
            answers.extend((!status.is_empty()).then(|| one("child_status", status)));
            advised(register, &answers).first.told[0].clone()
        };
        let told = act("looked_after").body.join(" ");
        assert!(told.contains(&["[", team, "](tel:"].concat()), "{register}: {told}");
        assert!(told.contains("I have asked you to wait"), "{register}: {told}");
        let numbers = own.telephone.iter().map(|phone| &phone.number).chain([team]);
        assert!(numbers.into_iter().any(|number| told.contains(number.as_str())), "{register}: {told}");
        assert!(told.contains("reviewing officer") && !told.contains('{'), "{register}: {told}");
        if register != "8-11" {
            let other = act("in_need").body.join(" ");
            assert!(!other.contains("reviewing officer"), "{register}: only for a child in care: {other}");
        }
    }
    let homeless = advised("adult", &[one("topics", "homeless_child")]).first;
    assert_eq!((homeless.title.as_str(), homeless.signposts.len()), ("Act today", 1));
}
