//! The JSON Schema of a file of questions. The structs name the keys that [`putright_domain::form::flow::Flow::parse`] reads.

use std::collections::BTreeMap;

use putright_domain::{data::SchemaVersion, form::condition::Condition};
use schemars::JsonSchema;

/// The questions of a register, and the ways between them.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "it names the keys")]
pub(super) struct FlowFile {
    schema_version: SchemaVersion,
    /// A title for people who read the file.
    title: Option<String>,
    /// The id of the first page: that of its first question.
    start: String,
    /// Answers that the flow gives itself: the option of each question.
    #[schemars(default)]
    given: BTreeMap<String, String>,
    /// The ids of the steps, in their order.
    #[schemars(default)]
    steps: Vec<String>,
    /// The pages, in their order.
    pages: Vec<PageShape>,
    /// Pages that check answers offers.
    #[schemars(default)]
    extras: Vec<ExtraEntry>,
    /// The questions that check answers asks itself.
    check: Option<CheckEntry>,
}

/// A page: one question, or a list of `questions`.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code, reason = "it names the keys")]
enum PageShape {
    Several(SeveralEntry),
    One(OneEntry),
}

/// A page of several questions.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "it names the keys")]
struct SeveralEntry {
    /// The questions, in their order.
    questions: Vec<QuestionEntry>,
    /// The step that the page belongs to.
    step: Option<String>,
    /// How the page is filled in several times.
    repeat: Option<RepeatEntry>,
    /// The next page: the first rule that holds.
    next: Vec<RuleShape>,
}

/// A page of one question.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "it names the keys")]
struct OneEntry {
    /// The id of the question, and the page's address.
    id: String,
    kind: KindEntry,
    /// True where it may be left out.
    #[schemars(default)]
    optional: bool,
    /// The step that the page belongs to.
    step: Option<String>,
    /// The next page: the first rule that holds.
    next: Vec<RuleShape>,
}

/// A page that check answers offers: one question, or a list of `questions`.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code, reason = "it names the keys")]
enum ExtraEntry {
    Several(SeveralExtra),
    One(QuestionEntry),
}

/// A page of several questions that check answers offers.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "it names the keys")]
struct SeveralExtra {
    /// The questions, in their order.
    questions: Vec<QuestionEntry>,
    /// When it is offered.
    when: Option<Condition>,
}

/// The questions that check answers asks itself.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "it names the keys")]
struct CheckEntry {
    /// The questions, in their order.
    questions: Vec<QuestionEntry>,
}

/// A question.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "it names the keys")]
struct QuestionEntry {
    /// Its id.
    id: String,
    kind: KindEntry,
    /// True where it may be left out.
    #[schemars(default)]
    optional: bool,
    /// When it is asked.
    when: Option<Condition>,
}

/// The kind of a question.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case", deny_unknown_fields)]
#[allow(dead_code, reason = "it names the keys")]
enum KindEntry {
    Statement,
    Advice,
    Progress,
    Date,
    DateAhead,
    Agreement,
    Council,
    Files,
    /// One of several options.
    ChooseOne {
        options: Vec<String>,
    },
    /// Any of several options.
    ChooseMany {
        groups: Vec<GroupEntry>,
        /// The option that excludes the others.
        none: Option<String>,
    },
    /// A line of text.
    Text {
        /// The most characters.
        max: u32,
        autocomplete: Option<String>,
    },
    /// A text of several lines.
    LongText {
        /// The most characters.
        max: u32,
    },
    /// A letter.
    Letter {
        /// The most characters.
        max: u32,
    },
    /// Ways to reach the person.
    Reach {
        methods: Vec<String>,
        /// The option that excludes the others.
        none: String,
    },
}

/// Options under a heading.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "it names the keys")]
struct GroupEntry {
    /// The id of the heading; empty for none.
    id: String,
    options: Vec<String>,
    /// When the options can be seen at once: false for never, or a condition.
    open: Option<OpenEntry>,
}

#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code, reason = "it names the keys")]
enum OpenEntry {
    Never(bool),
    When(Condition),
}

/// How a page is filled in several times.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "it names the keys")]
struct RepeatEntry {
    /// The question whether there is another.
    question: String,
    /// The most copies.
    #[schemars(range(min = 2, max = 9))]
    most: u32,
    /// The questions that only the first copy asks.
    #[schemars(default)]
    first: Vec<String>,
    /// The questions that only the later copies ask.
    #[schemars(default)]
    later: Vec<String>,
    /// When there may be another.
    when: Option<Condition>,
}

/// A way out of a page.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "it names the keys")]
struct RuleShape {
    /// When it applies; always where it is left out.
    when: Option<Condition>,
    /// The id of a page, or check, guide or contacts.
    go: String,
}
