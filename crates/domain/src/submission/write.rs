//! Writes a submission as JSON.
//!
//! By hand: derived, the same was measured at 12 KB of WebAssembly, ten times this. What is written here must be what
//! [`crate::submission::format`] reads; a test holds the two together, field by field.

use crate::submission::format::{
    About, Child, ChildsAnswers, ContactDetails, FollowUp, Guidance, Point, SentFile, Submission,
};
use crate::{
    form::answer::ApproximateDate,
    guidance::deadline::Deadline,
    id_enum::{IdEnum, IdSet},
    json::Value,
};

/// JSON being written.
pub struct Writer(pub String);

impl Writer {
    pub fn separate(&mut self) {
        if !self.0.ends_with(['{', '[']) && !self.0.is_empty() {
            self.0.push(',');
        }
    }

    pub fn key(&mut self, key: &str) {
        self.separate();
        self.string(key);
        self.0.push(':');
    }

    fn string(&mut self, text: &str) {
        self.0.push('"');
        for character in text.chars() {
            let short = match character {
                '"' | '\\' => character,
                '\n' => 'n',
                '\r' => 'r',
                '\t' => 't',
                '\u{8}' => 'b',
                '\u{c}' => 'f',
                '\0'..' ' => {
                    let code = u32::from(character);
                    self.0.push_str(if code < 16 { "\\u000" } else { "\\u001" });
                    self.0.extend(char::from_digit(code % 16, 16));
                    continue;
                }
                plain => {
                    self.0.push(plain);
                    continue;
                }
            };
            self.0.push('\\');
            self.0.push(short);
        }
        self.0.push('"');
    }

    /// A value of any shape.
    pub fn value(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.string(text),
            Value::Array(items) => {
                self.0.push('[');
                for item in items {
                    self.separate();
                    self.value(item);
                }
                self.0.push(']');
            }
            Value::Object(members) => {
                self.0.push('{');
                for (key, member) in members.iter() {
                    self.key(key);
                    self.value(member);
                }
                self.0.push('}');
            }
            Value::Bool(truth) => self.0.push_str(if *truth { "true" } else { "false" }),
            Value::Number(number) => self.0.push_str(number),
            Value::Null => self.0.push_str("null"),
        }
    }

    pub fn open(&mut self, key: &str, bracket: char) {
        self.key(key);
        self.0.push(bracket);
    }

    pub fn close(&mut self, bracket: char) {
        self.0.push(bracket);
    }

    pub fn text(&mut self, key: &str, text: &str) {
        self.key(key);
        self.string(text);
    }

    pub(crate) fn maybe(&mut self, key: &str, text: Option<&String>) {
        if let Some(text) = text {
            self.text(key, text);
        }
    }

    pub(crate) fn maybe_id(&mut self, key: &str, id: Option<&str>) {
        if let Some(id) = id {
            self.text(key, id);
        }
    }

    pub fn truth(&mut self, key: &str, value: bool) {
        self.key(key);
        self.0.push_str(if value { "true" } else { "false" });
    }

    pub(crate) fn maybe_truth(&mut self, key: &str, value: Option<bool>) {
        if let Some(value) = value {
            self.truth(key, value);
        }
    }

    pub fn number(&mut self, key: &str, digits: &str) {
        self.key(key);
        self.0.push_str(digits);
    }

    fn ids<T: IdEnum>(&mut self, key: &str, ids: IdSet<T>) {
        self.open(key, '[');
        for id in ids.iter() {
            self.item(id.name());
        }
        self.close(']');
    }

    /// A list of texts, in a list.
    pub fn row(&mut self, texts: &[&str]) {
        self.separate();
        self.0.push('[');
        for text in texts {
            self.item(text);
        }
        self.0.push(']');
    }

    pub fn item(&mut self, text: &str) {
        self.separate();
        self.string(text);
    }
}

impl Submission {
    /// The submission as JSON, its members in the order of its schema.
    #[allow(clippy::too_many_lines, reason = "older than the limit of 60 lines")]
    pub fn to_json(&self) -> String {
        let mut out = Writer(String::from("{"));
        out.text("schema", self.schema.id());
        out.text("id", &self.id);
        out.maybe("replaces", self.replaces.as_ref());
        out.text("kind", self.kind.id());
        out.text("council", &self.council);
        out.truth("council_not_known", self.council_not_known);
        out.text("language", &self.language);
        out.text("register", &self.register);
        out.text("sent_on", &self.sent_on.to_string());
        about(&mut out, &self.about);
        if let Some(guidance) = &self.guidance {
            self::guidance(&mut out, guidance);
        }
        out.maybe("about_whom", self.about_whom.as_ref());
        out.maybe_truth("may_tell", self.may_tell);
        out.open("points", '[');
        for one in &self.points {
            point(&mut out, one);
        }
        out.close(']');
        if let Some(representative) = &self.representative {
            out.open("representative", '{');
            out.maybe("role", representative.role.as_ref());
            out.maybe_id("authority", representative.authority.map(IdEnum::name));
            out.maybe_id("reply_to", representative.reply_to.map(IdEnum::name));
            out.close('}');
        }
        if !self.children.is_empty() {
            out.open("children", '[');
            for one in &self.children {
                child(&mut out, one);
            }
            out.close(']');
        }
        if let Some(follow_up) = &self.follow_up {
            self::follow_up(&mut out, follow_up);
        }
        if let Some(child) = &self.child {
            childs_answers(&mut out, child);
        }
        chosen(&mut out, "wishes", self.wishes.chosen, None, self.wishes.words.as_ref());
        contact(&mut out, &self.contact);
        chosen(&mut out, "help", self.help.chosen, self.help.language.as_ref(), self.help.words.as_ref());
        if !self.files.is_empty() {
            out.open("files", '[');
            for one in &self.files {
                file(&mut out, one);
            }
            out.close(']');
        }
        if !self.other_answers.is_empty() {
            out.open("other_answers", '{');
            for (question, answers) in self.other_answers.iter() {
                out.open(question, '[');
                for answer in answers {
                    out.item(answer);
                }
                out.close(']');
            }
            out.close('}');
        }
        out.truth("agreed_to_sharing", self.agreed_to_sharing);
        out.close('}');
        out.0
    }
}

fn about(out: &mut Writer, about: &About) {
    out.open("about", '{');
    out.maybe_id("who", about.who.map(IdEnum::name));
    out.maybe_id("age_band", about.age_band.map(IdEnum::name));
    out.maybe_id("child_agrees", about.child_agrees.map(IdEnum::name));
    out.maybe("child_agrees_why", about.child_agrees_why.as_ref());
    out.maybe_id("parent_agrees", about.parent_agrees.map(IdEnum::name));
    out.maybe_id("child_status", about.child_status.map(IdEnum::name));
    for (key, holds) in [("child_died", about.child_died), ("safeguarding_worry", about.safeguarding_worry)] {
        if holds {
            out.truth(key, true);
        }
    }
    if let Some(upcoming) = &about.about_to_happen {
        when(out, "about_to_happen", upcoming);
    }
    out.ids("topics", about.topics);
    out.maybe_id("school_type", about.school_type.map(IdEnum::name));
    out.maybe_id("transport_issue", about.transport_issue.map(IdEnum::name));
    out.maybe_truth("told_provider", about.told_provider);
    out.ids("proceedings", about.proceedings);
    when(out, "when", &about.when);
    out.maybe("late_reason", about.late_reason.as_ref());
    out.maybe_id("told_team", about.told_team.map(IdEnum::name));
    out.close('}');
}

fn when(out: &mut Writer, key: &str, when: &ApproximateDate) {
    out.open(key, '{');
    match when {
        ApproximateDate::Day { date } => {
            out.text("known", "day");
            out.text("date", &date.to_string());
        }
        ApproximateDate::Month { year, month } => {
            out.text("known", "month");
            out.number("year", &year.to_string());
            out.number("month", &month.to_string());
        }
        ApproximateDate::About { words } => {
            out.text("known", "about");
            out.text("words", words);
        }
        ApproximateDate::NotKnown => out.text("known", "not_known"),
    }
    out.close('}');
}

fn guidance(out: &mut Writer, guidance: &Guidance) {
    out.open("guidance", '{');
    out.text("outcome", guidance.outcome.id());
    out.open("parts", '{');
    for (topic, route) in guidance.parts.iter() {
        out.text(topic.id(), route.id());
    }
    out.close('}');
    out.ids("flags", guidance.flags);
    out.ids("signposts", guidance.signposts);
    out.open("deadlines", '[');
    for one in &guidance.deadlines {
        deadline(out, one);
    }
    out.close(']');
    if !guidance.questions.is_empty() {
        out.open("questions", '[');
        for question in &guidance.questions {
            out.item(question);
        }
        out.close(']');
    }
    out.close('}');
}

fn deadline(out: &mut Writer, deadline: &Deadline) {
    out.separate();
    out.0.push('{');
    out.text("clock", deadline.clock.id());
    out.text("from", &deadline.from.to_string());
    out.text("due", &deadline.due.to_string());
    if let Some(latest) = deadline.latest {
        out.text("latest", &latest.to_string());
    }
    if deadline.about {
        out.truth("about", true);
    }
    out.close('}');
}

fn point(out: &mut Writer, point: &Point) {
    out.separate();
    out.0.push('{');
    out.text("what_happened", &point.what_happened);
    out.maybe("dates", point.dates.as_ref());
    out.maybe("people_and_teams", point.people_and_teams.as_ref());
    out.maybe("effect", point.effect.as_ref());
    out.close('}');
}

fn child(out: &mut Writer, child: &Child) {
    out.separate();
    out.0.push('{');
    out.maybe("name", child.name.as_ref());
    out.maybe_id("age_band", child.age_band.map(IdEnum::name));
    out.maybe_id("agrees", child.agrees.map(IdEnum::name));
    out.maybe("agrees_why", child.agrees_why.as_ref());
    out.maybe("own_words", child.own_words.as_ref());
    out.close('}');
}

fn follow_up(out: &mut Writer, follow_up: &FollowUp) {
    out.open("follow_up", '{');
    out.text("asks_for", follow_up.asks_for.id());
    out.text("stage_reached", follow_up.stage_reached.id());
    out.maybe_id("council_response", follow_up.council_response.map(IdEnum::name));
    out.maybe_id("refusal_reason", follow_up.refusal_reason.map(IdEnum::name));
    out.open("dates", '{');
    for (milestone, day) in follow_up.dates.iter() {
        when(out, milestone.id(), day);
    }
    out.close('}');
    out.maybe("council_reference", follow_up.council_reference.as_ref());
    out.maybe("parts", follow_up.parts.as_ref());
    out.maybe("why", follow_up.why.as_ref());
    out.close('}');
}

fn childs_answers(out: &mut Writer, child: &ChildsAnswers) {
    out.open("child", '{');
    out.maybe_id("feeling", child.feeling.map(IdEnum::name));
    out.maybe_id("safe_now", child.safe_now.map(IdEnum::name));
    out.maybe_id("hold_decision", child.hold_decision.map(IdEnum::name));
    out.maybe_id("advocate", child.advocate.map(IdEnum::name));
    out.maybe("trusted_adult", child.trusted_adult.as_ref());
    out.close('}');
}

pub fn file(out: &mut Writer, file: &SentFile) {
    out.separate();
    out.0.push('{');
    out.text("name", &file.name);
    out.text("media_type", &file.media_type);
    out.number("bytes", &file.bytes.to_string());
    out.maybe("content", file.content.as_ref());
    out.close('}');
}

fn contact(out: &mut Writer, contact: &ContactDetails) {
    out.open("contact", '{');
    out.maybe("name", contact.name.as_ref());
    out.ids("methods", contact.methods);
    out.maybe("email", contact.email.as_ref());
    out.maybe("telephone", contact.telephone.as_ref());
    out.maybe("post", contact.post.as_ref());
    out.maybe("school", contact.school.as_ref());
    out.maybe("trusted_adult", contact.trusted_adult.as_ref());
    out.maybe("safety", contact.safety.as_ref());
    out.close('}');
}

/// Writes the ticked options, and the words that go with them.
fn chosen<T: IdEnum>(out: &mut Writer, key: &str, ids: IdSet<T>, language: Option<&String>, words: Option<&String>) {
    out.open(key, '{');
    out.ids("chosen", ids);
    out.maybe("language", language);
    out.maybe("words", words);
    out.close('}');
}
