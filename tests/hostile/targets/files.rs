//! The files that a council, a translator or GOV.UK writes. A refused file is refused with its place. An accepted file
//! can be walked through.

use std::sync::Arc;

use putright_domain::{
    bundle::{AudienceContent, Bundle},
    council::{Council, CouncilIndex},
    danger_phrases::{self, DangerPhrases},
    data::{InvalidFile, at_pointer},
    guidance::{
        signpost::{Directory, SignpostId},
        working_days::WorkingCalendar,
    },
    json as ours,
    json::Value,
};

use super::{Chance, HOSTILE, Verdict, must, shipped, text_of, walk::walk};

/// An error names the file, and a place that is there, or would be.
fn told(error: InvalidFile, text: &str) -> Verdict {
    let value = ours::parse(text).unwrap_or_default();
    let mut faults = 0;
    let file = error.file.clone();
    // What a flow asks for may be missing in the words, which are another file.
    for fault in error.apart().filter(|fault| fault.file == file) {
        faults += 1;
        must(!fault.problem.is_empty(), "a fault says nothing")?;
        must(fault.file.contains('.'), "a fault names no file")?;
        let parent = fault.pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
        // What a preset brings along stands in no file.
        let brought = fault.pointer.starts_with("/delivery/");
        let is_there = at_pointer(&value, parent).is_some() || brought;
        must(is_there, &["a fault stands nowhere: ", &fault.pointer].concat())?;
        must(fault.to_string().contains(fault.problem.as_str()), "a fault is not told whole")?;
    }
    must(faults > 0, "refused, and nobody is told why")
}

pub fn council(input: &[u8]) -> Verdict {
    let text = text_of(input);
    match Council::parse("council.json", &text) {
        Ok(council) => {
            sends_safely(&council)?;
            let mut chance = Chance::of(input);
            let edition = shipped::edition(chance.below(3)).clone();
            let bundle =
                shipped::bundle(council, edition, shipped::calendar(), shipped::directory(), shipped::danger());
            walk(&Arc::new(bundle), &mut chance)
        }
        Err(error) => told(error, &text),
    }
}

/// By the address as a browser reads it: under encryption, or not off the machine; and no link that runs.
pub fn sends_safely(council: &Council) -> Verdict {
    let page = url::Url::parse("https://council.example/complain/index.html").unwrap();
    let delivery = &council.delivery;
    let forms = delivery.fallbacks.iter().filter_map(|fallback| fallback.form.as_deref());
    for endpoint in forms.chain([&delivery.endpoint]) {
        for address in [Some(&endpoint.url), endpoint.csrf.as_ref().map(|csrf| &csrf.url)].into_iter().flatten() {
            let Ok(whole) = page.join(address) else { continue };
            let own = matches!(whole.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
            let safe = whole.scheme() == "https" || (whole.scheme() == "http" && own);
            must(safe, &["what a person wrote would go to ", whole.as_str(), " by the address ", address].concat())?;
            // What looks like a path of the council's own site is one.
            let elsewhere = !address.starts_with("http") && whole.host_str() != page.host_str();
            must(!elsewhere, &["a path leads to another site: ", address].concat())?;
        }
    }
    let contacts = council.signposts.iter().map(|(_, contact)| contact).chain([&council.contact]);
    let links = contacts.filter_map(|contact| contact.web.as_deref()).chain([council.exit_to.as_str()]);
    for link in links {
        must(page.join(link).map_or(true, |link| link.scheme() == "https"), &["a link leads to ", link].concat())?;
    }
    Ok(())
}

pub fn councils() -> Vec<String> {
    shipped::COUNCILS.map(str::to_owned).into()
}

pub fn flow(input: &[u8]) -> Verdict {
    let text = text_of(input);
    let mut chance = Chance::of(input);
    match shipped::parse_edition(&text, shipped::WORDS[chance.below(3)]) {
        Ok(edition) => walk_edition(edition, &mut chance),
        // Of the words, where they lack something.
        Err(error) if error.file == "words.json" => Ok(()),
        Err(error) => told(error, &text),
    }
}

pub fn flows() -> Vec<String> {
    shipped::FLOWS.map(str::to_owned).into()
}

pub fn words(input: &[u8]) -> Verdict {
    let text = text_of(input);
    let mut chance = Chance::of(input);
    match shipped::parse_edition(shipped::FLOWS[chance.below(3)], &text) {
        Ok(edition) => walk_edition(edition, &mut chance),
        // Coverage names what the flow asks for and the file has not, which is deeper than one step.
        Err(error) if error.problem.contains("the flow") => Ok(()),
        Err(error) => told(error, &text),
    }
}

pub fn all_words() -> Vec<String> {
    shipped::WORDS.map(str::to_owned).into()
}

fn walk_edition(edition: AudienceContent, chance: &mut Chance) -> Verdict {
    let few: Arc<Bundle> = shipped::ready(chance.below(2));
    walk(&Arc::new(few.in_register(edition)), chance)
}

/// The files of facts: bank holidays, who can help, which councils there are.
pub fn facts(input: &[u8]) -> Verdict {
    let text = text_of(input);
    let mut chance = Chance::of(input);
    match WorkingCalendar::parse("bank-holidays.json", &text) {
        Ok(calendar) => {
            let day = shipped::today();
            let end = calendar.after(day, 65);
            must(calendar.is_working_day(end) && calendar.between(day, end) == 65, "sixty-five working days are not")?;
            must(calendar.is_working_day(calendar.on_or_after(day)), "no working day follows")?;
            let _ = calendar.skipped(day, end);
        }
        Err(error) => told(error, &text)?,
    }
    match Directory::parse("signposts.json", &text) {
        Ok(directory) => {
            for id in SignpostId::ALL {
                must(directory.contact(*id).is_some(), "a signpost is missing")?;
            }
            let edition = shipped::edition(chance.below(3)).clone();
            let council = Council::parse("council.json", shipped::COUNCILS[0]).unwrap();
            let bundle = shipped::bundle(council, edition, shipped::calendar(), directory, shipped::danger());
            walk(&Arc::new(bundle), &mut chance)?;
        }
        Err(error) => told(error, &text)?,
    }
    match CouncilIndex::parse("index.json", &text) {
        Ok(index) => {
            for id in &index.councils {
                let plain = id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
                must(plain && !id.is_empty(), "an id is no file's name")?;
            }
            for asked in HOSTILE {
                let chosen = index.choose(Some(asked));
                must(chosen.is_err() || index.councils.iter().any(|id| id == asked), "a council that is not here")?;
            }
            Ok(())
        }
        Err(error) => told(error, &text),
    }
}

pub fn all_facts() -> Vec<String> {
    [shipped::HOLIDAYS, shipped::SIGNPOSTS, shipped::INDEX].map(str::to_owned).into()
}

pub fn danger(input: &[u8]) -> Verdict {
    let text = text_of(input);
    let shipped = shipped::danger();
    let _ = (shipped.is_in(&text, true), shipped.is_in(&text, false));
    if let Err(error) = danger_phrases::check("danger.json", &text) {
        told(error, &text)?;
    }
    match DangerPhrases::parse("danger.json", &text) {
        Ok(read) => {
            for said in HOSTILE {
                let _ = read.is_in(said, true);
            }
            Ok(())
        }
        Err(error) => told(error, &text),
    }
}

pub fn dangers() -> Vec<String> {
    vec![shipped::DANGER.to_owned(), "I will hurt myself. They hit me and I want to die.".to_owned()]
}

/// Read as a library reads it, or refused as it refuses it.
pub fn json(input: &[u8]) -> Verdict {
    let text = text_of(input);
    let read = ours::parse(&text);
    let deep = text.bytes().filter(|byte| matches!(byte, b'[' | b'{')).count() >= 100;
    match (&read, serde_json::from_str::<serde_json::Value>(&text)) {
        (Ok(read), Ok(theirs)) => must(same(read, &theirs), "read otherwise than by a library")?,
        (Err(at), Ok(_)) => must(deep && at.line > 0, "a library reads it, and we do not")?,
        // A number too large for theirs is none of ours to weigh; nor do we look as deep.
        (Ok(_), Err(error)) => {
            let of_theirs = error.to_string();
            let weighs = of_theirs.contains("out of range") || of_theirs.contains("recursion");
            must(weighs, &["we read what a library refuses: ", &of_theirs].concat())?;
        }
        (Err(at), Err(_)) => {
            let lines = text.split('\n').count();
            must((1..=lines).contains(&at.line) && at.column > 0 && at.column <= text.len() + 1, "the place is none")?;
        }
    }
    let read = read.unwrap_or_default();
    for pointer in HOSTILE.into_iter().chain(["/0", "/a/0", "/~0~1", "//", "/-1", "/18446744073709551616", &text]) {
        let _ = at_pointer(&read, pointer);
    }
    Ok(())
}

fn same(read: &Value, theirs: &serde_json::Value) -> bool {
    match (read, theirs) {
        (Value::Null, serde_json::Value::Null) | (Value::Number(_), serde_json::Value::Number(_)) => true,
        (Value::Bool(one), serde_json::Value::Bool(other)) => one == other,
        (Value::String(one), serde_json::Value::String(other)) => one == other,
        (Value::Array(one), serde_json::Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), serde_json::Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(key, member)| other.get(key).is_some_and(|other| same(member, other)))
        }
        _ => false,
    }
}

pub fn jsons() -> Vec<String> {
    let few = [
        r#"{"a":[1,2.5e-3,{"b":null,"c":true}],"d":"\u00e9\ud83d\ude00\n\/","":{"~":"/"}}"#,
        r#"[[[[]]],{},"",0,-0,false]"#,
        shipped::INDEX,
        r#"{"errors":[{"detail":"x","pointer":"/contact/email"}],"reference":"K7M-2QX"}"#,
    ];
    few.map(str::to_owned).into()
}
