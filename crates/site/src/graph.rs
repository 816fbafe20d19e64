//! The map of questions and outcomes, as text for Graphviz: drawn from the flow and its words, so that it cannot say anything
//! else than they do.
//!
//! The output is the same for the same files, so that a drawn copy can be compared with it.

use std::{
    fmt::Write as _,
    io::{self, Write as _},
};

use clap::Args;
use putright_domain::{
    bundle::FIRST_REGISTER,
    data::InvalidFile,
    form::{
        condition::Condition,
        flow::{Flow, FlowQuestion, Page, Place, Target},
        question::QuestionKind,
    },
    guidance::triage::Outcome,
    messages::{MessageId, Messages, fill},
};

use crate::{command::CliError, overlay::Folders};

/// Prints the map of questions and outcomes as Graphviz text.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    folders: Folders,
}

/// The outcomes of a first complaint. The call about danger is shown on the first page, before anything is asked.
const FIRST: [Outcome; 5] =
    [Outcome::StatutoryStage1, Outcome::CorporateStage1, Outcome::CouncilDecides, Outcome::Split, Outcome::Signpost];
/// The outcomes of a complaint that was already made.
const LATER: [Outcome; 7] = [
    Outcome::Wait,
    Outcome::EscalateStage2,
    Outcome::EscalateStage3,
    Outcome::EscalateCorporateStage2,
    Outcome::Ombudsman,
    Outcome::Challenge,
    Outcome::AskStage,
];

/// Draws and prints.
///
/// # Errors
/// Returns an error if a file cannot be read.
pub fn run(arguments: &Arguments) -> Result<(), CliError> {
    let site = arguments.folders.site()?;
    let unusable = |error: InvalidFile| CliError::Unusable(error.to_string());
    let edition = site.edition(FIRST_REGISTER).map_err(unusable)?;
    let mut output = io::stdout().lock();
    match output.write_all(draw(&edition.flow, &edition.content).as_bytes()).and_then(|()| output.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(CliError::unusable("standard output", error)),
        _ => Ok(()),
    }
}

/// The widths of words, in characters: in a page's box, beside an arrow, and in the list of outcomes.
const PAGE_WIDTH: usize = 30;
const ARROW_WIDTH: usize = 26;
const OUTCOME_WIDTH: usize = 36;

/// Colours by what a box is. Each text reaches a contrast of 7 to 1 on its ground.
const LOOKS: &str = r##"  graph [rankdir=TB, bgcolor="#ffffff", pad=0.3, nodesep=0.35, ranksep=0.4, fontname="Helvetica,Arial,sans-serif"]
  node [shape=box, style="filled,rounded", fillcolor="#f3f2f1", color="#505a5f", fontcolor="#0b0c0c", fontsize=16, margin="0.15,0.1", fontname="Helvetica,Arial,sans-serif"]
  edge [color="#505a5f", fontcolor="#0b0c0c", fontsize=14, arrowsize=0.8, fontname="Helvetica,Arial,sans-serif"]
"##;
const OPTIONAL: &str = r##"fillcolor="#ffffff", style="filled,rounded,dashed""##;
const ADVICE: &str = r##"fillcolor="#004d2a", fontcolor="#ffffff""##;
const AFTER: &str = r##"fillcolor="#003078", fontcolor="#ffffff""##;
const PLACE: &str = r##"fillcolor="#fff7bf", color="#6b5900""##;
const DANGER: &str = r##"fillcolor="#942514", fontcolor="#ffffff""##;

/// The map as Graphviz text.
fn draw(flow: &Flow, content: &Messages) -> String {
    Map { flow, content, text: String::new() }.draw()
}

struct Map<'a> {
    flow: &'a Flow,
    content: &'a Messages,
    text: String,
}

impl Map<'_> {
    fn draw(mut self) -> String {
        self.line(format_args!("digraph map {{\n{}", LOOKS.trim_end()));
        for page in self.flow.pages() {
            self.page(page);
            match page.questions.first().map(|asked| &asked.question.kind) {
                Some(QuestionKind::Advice) => self.outcomes(page.id(), &FIRST),
                Some(QuestionKind::Progress) => self.outcomes(page.id(), &LATER),
                _ => {}
            }
        }
        self.ends();
        for page in self.flow.pages() {
            self.ways(page);
        }
        self.line(format_args!("}}"));
        self.text
    }

    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        // Writing to a String does not fail.
        let _ = writeln!(self.text, "{line}");
    }

    fn node(&mut self, id: &str, class: &str, words: &str, looks: &str) {
        let lines: Vec<String> = words.lines().map(|line| wrapped(line, PAGE_WIDTH)).collect();
        let label = quoted(&lines.join("\n"));
        let looks = if looks.is_empty() { String::new() } else { format!(", {looks}") };
        self.line(format_args!("  {} [class={}, label={label}{looks}]", quoted(id), quoted(class)));
    }

    /// A page: its heading, and the shorter names of the questions that stand under that.
    fn page(&mut self, page: &Page) {
        let Some(FlowQuestion { question, .. }) = page.questions.first() else { return };
        let title = |id: &str| self.content.question(id).map(|words| words.title.clone()).unwrap_or_default();
        let own = self.content.pages.get(page.id()).map(|own| own.title.clone());
        let under = page.questions.iter().skip(usize::from(own.is_none())).map(|asked| {
            let when = asked.when.as_ref().map(|when| format!(" (if {})", self.condition(when, page.id())));
            format!("\n· {}{}", self.name(&asked.question.id), when.unwrap_or_default())
        });
        let name = own.unwrap_or_else(|| title(page.id())) + &under.collect::<String>();
        match question.kind {
            QuestionKind::Advice | QuestionKind::Progress => self.node(&question.id, "advice", &name, ADVICE),
            _ if question.optional => {
                let words = format!("{name} {}", self.content.word(MessageId::Optional));
                self.node(&question.id, "question", &words, OPTIONAL);
            }
            _ => self.node(&question.id, "question", &name, ""),
        }
    }

    /// A page by its shorter name.
    fn name(&self, question: &str) -> &str {
        let words = self.content.question(question);
        words.map_or("", |words| if words.short.is_empty() { &words.title } else { &words.short })
    }

    /// Returns the title of an outcome.
    fn title(&self, outcome: Outcome) -> String {
        let told = self.content.outcome(outcome);
        told.map(|told| fill(&told.title, &[("council", "the council")])).unwrap_or_default()
    }

    /// Draws the outcomes of a page of advice as one box of lines. A dozen boxes side by side could not be read.
    fn outcomes(&mut self, advice: &str, outcomes: &[Outcome]) {
        let mut rows = String::new();
        for outcome in outcomes {
            let title = markup(&wrapped(&self.title(*outcome), OUTCOME_WIDTH));
            let lines = title.replace('\n', "<br align=\"left\"/>");
            let _ = write!(rows, "<tr><td align=\"left\" balign=\"left\">{lines}<br align=\"left\"/></td></tr>");
        }
        let id = quoted(&format!("{advice} outcomes"));
        let table = "<table border=\"0\" cellborder=\"1\" cellspacing=\"0\" cellpadding=\"9\" color=\"#004d2a\">";
        self.line(format_args!("  {id} [class=\"outcomes\", shape=plain, style=\"\", label=<{table}{rows}</table>>]"));
        self.line(format_args!("  {{ rank=same; {}; {id} }}", quoted(advice)));
        let looks = "style=dashed, label=\"one of these\"";
        self.line(format_args!("  {} -> {id} [{looks}]", quoted(advice)));
    }

    /// The pages that are no questions.
    fn ends(&mut self) {
        let word = |word| self.content.word(word).to_owned();
        let [check, sending, arrived] = [MessageId::CheckTitle, MessageId::Send, MessageId::SentTitle].map(word);
        let places = Place::ALL.iter().map(|place| (place.id(), word(place_title(*place))));
        for (id, title) in places.collect::<Vec<_>>() {
            self.node(id, "place", &title, PLACE);
        }
        self.node("check", "after", &check, AFTER);
        self.node("sent", "after", &arrived, AFTER);
        self.line(format_args!("  check -> sent [label={}]", quoted(&beside(&sending))));
        for page in self.flow.extras() {
            self.page(page);
            self.line(format_args!("  check -> {} [style=dashed]", quoted(page.id())));
        }
        let danger = self.content.outcome(Outcome::Emergency).map(|told| told.title.clone()).unwrap_or_default();
        self.node("emergency", "danger", &danger, DANGER);
        let start = self.target(self.flow.start()).to_owned();
        let above = beside(self.content.word(MessageId::DangerTitle));
        self.line(format_args!("  {} -> emergency [style=dashed, label={}]", quoted(&start), quoted(&above)));
    }

    fn ways(&mut self, page: &Page) {
        for rule in &page.rules {
            let words = match &rule.when {
                Some(when) => self.condition(when, page.id()),
                None if page.rules.len() > 1 => "otherwise".to_owned(),
                None => String::new(),
            };
            let label = match words.as_str() {
                "" => String::new(),
                words => format!(" [label={}]", quoted(&beside(words))),
            };
            let target = quoted(self.target(rule.go));
            self.line(format_args!("  {} -> {target}{label}", quoted(page.id())));
        }
    }

    fn target(&self, target: Target) -> &str {
        match target {
            Target::Page(at) => self.flow.page(at).map_or("", Page::id),
            Target::Check => "check",
            Target::Leave(place) => place.id(),
        }
    }

    /// A condition in plain words, as it stands beside an arrow that leaves `page`.
    fn condition(&self, condition: &Condition, page: &str) -> String {
        // A condition on an earlier page says which.
        let of = |question: &str, words: String| {
            if question == page { words } else { format!("{}: {words}", self.name(question)) }
        };
        match condition {
            Condition::Answer { question, is } => {
                let words = self.content.question(question);
                let labels = is.iter().map(|id| {
                    let label = words.and_then(|words| words.options.get(id)).map_or(id, |words| &words.label);
                    format!("“{label}”")
                });
                of(question, either(&labels.collect::<Vec<_>>(), "or"))
            }
            Condition::OlderThan { question, months } => of(question, format!("more than {months} months ago")),
            Condition::Outcome(is) => {
                let titles =
                    is.iter().filter_map(|id| Outcome::from_id(id)).map(|outcome| format!("“{}”", self.title(outcome)));
                format!("we say {}", either(&titles.collect::<Vec<_>>(), "or"))
            }
            Condition::SharedService => "the council shares its service with another".to_owned(),
            Condition::TakesFiles => "the council takes files".to_owned(),
            Condition::FirstTime => "it is the first".to_owned(),
            Condition::All(list) => self.several(list, page, "and"),
            Condition::Any(list) => self.several(list, page, "or"),
            Condition::Not(inner) => format!("not {}", self.part(inner, page)),
        }
    }

    fn several(&self, list: &[Condition], page: &str, word: &str) -> String {
        either(&list.iter().map(|condition| self.part(condition, page)).collect::<Vec<_>>(), word)
    }

    /// A condition inside another, in brackets where it could be read two ways.
    fn part(&self, condition: &Condition, page: &str) -> String {
        let words = self.condition(condition, page);
        match condition {
            Condition::All(list) | Condition::Any(list) if list.len() > 1 => format!("({words})"),
            Condition::Answer { is, .. } if is.len() > 1 => format!("({words})"),
            _ => words,
        }
    }
}

const fn place_title(place: Place) -> MessageId {
    match place {
        Place::Guide => MessageId::GuideTitle,
        Place::Contacts => MessageId::ContactsTitle,
    }
}

/// A list as it is said: a, b or c.
fn either(items: &[String], word: &str) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}

/// Words in lines of at most so many characters; a longer word has a line of its own.
fn wrapped(words: &str, width: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.join("\n")
}

/// Words beside an arrow, with room on either side.
fn beside(words: &str) -> String {
    wrapped(words, ARROW_WIDTH).lines().map(|line| format!("\u{a0}{line}\u{a0}")).collect::<Vec<_>>().join("\n")
}

/// A Graphviz string.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}

/// Text within Graphviz's own markup.
fn markup(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use putright_domain::form::condition::Condition;

    use super::*;

    fn files() -> (Arc<Flow>, Arc<Messages>) {
        let site = crate::files::Site::new(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../public")));
        let edition = site.edition(FIRST_REGISTER).unwrap();
        (edition.flow, edition.content)
    }

    #[test]
    fn every_page_and_every_way_out_of_it_is_drawn_once_and_the_same_every_time() {
        let (flow, content) = files();
        let text = draw(&flow, &content);
        assert_eq!(text, draw(&flow, &content));
        for page in flow.pages().iter().chain(flow.extras()) {
            let node = format!("  \"{}\" [class=", page.id());
            assert_eq!(text.matches(&node).count(), 1, "{}", page.id());
        }
        let ways: usize = flow.pages().iter().map(|page| page.rules.len()).sum();
        // Besides: twice to the outcomes, to the call about danger, and from check answers on, and to what can be added there.
        assert_eq!(text.matches(" -> ").count(), ways + 4 + flow.extras().len());
        let unbroken = text.replace("<br align=\"left\"/>", " ").replace("\\n", " ");
        for outcome in Outcome::ALL {
            let title = fill(&content.outcome(*outcome).unwrap().title, &[("council", "the council")]);
            assert!(unbroken.contains(&markup(&title)), "{title}");
        }
    }

    #[test]
    fn conditions_are_said_in_plain_words() {
        let (flow, content) = files();
        let map = Map { flow: &flow, content: &content, text: String::new() };
        let answer = |question: &str, is: &[&str]| Condition::Answer {
            question: question.to_owned(),
            is: is.iter().map(|id| (*id).to_owned()).collect(),
        };
        let said = |condition: &Condition| map.condition(condition, "who");
        let child = answer("who", &["child", "care_leaver"]);
        let label = |id: &str| content.question("who").unwrap().options.get(id).unwrap().label.clone();
        let either = format!("“{}” or “{}”", label("child"), label("care_leaver"));
        assert_eq!(said(&child), either);
        assert_eq!(
            map.condition(&child, "topics"),
            format!("{}: {either}", map.name("who")),
            "elsewhere it says of what"
        );
        let old = Condition::OlderThan { question: "event_date".into(), months: 12 };
        assert_eq!(map.condition(&old, "event_date"), "more than 12 months ago");
        let both = Condition::All(vec![Condition::SharedService, child.clone()]);
        assert_eq!(said(&both), format!("the council shares its service with another and ({either})"));
        assert_eq!(said(&Condition::Not(Box::new(child))), format!("not ({either})"));
        assert_eq!(said(&Condition::Any(vec![both.clone(), both])).matches(" or (the").count(), 1);
    }

    #[test]
    fn text_cannot_break_out_of_its_place() {
        assert_eq!(quoted("say \"so\"\nor \\not"), r#""say \"so\"\nor \\not""#);
        assert_eq!(markup("a < b & c"), "a &lt; b &amp; c");
        assert_eq!(wrapped("one two three fourteen", 7), "one two\nthree\nfourteen");
    }
}
