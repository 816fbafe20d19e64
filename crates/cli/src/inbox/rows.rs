//! A submission in words: rows of what was asked and what was answered.

use putright_domain::{
    date::Date,
    form::answer::ApproximateDate,
    id_enum::{IdEnum, IdSet},
    messages::{Messages, OptionWords, fill},
    submission::format::{Child, ContactMethod, FollowUp, Help, Point, Said, Submission, Wish},
};

use super::InboxDrawing;

/// Rows: the head of each, and what it says.
pub type Rows = Vec<(String, String)>;

/// Rows being put together. A row without an answer is left out.
pub struct RowWriter<'a> {
    drawing: &'a InboxDrawing,
    rows: Rows,
}

impl<'a> RowWriter<'a> {
    /// Begins without a row.
    pub fn new(drawing: &'a InboxDrawing) -> Self {
        Self { drawing, rows: Rows::new() }
    }

    /// Adds a row.
    pub fn text(mut self, row: &str, text: Option<&str>) -> Self {
        if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
            self.rows.push((self.drawing.words.row(row), text.to_owned()));
        }
        self
    }

    /// Adds a row of an answer that was chosen, in the words of a question's option.
    pub fn one<T: IdEnum>(self, row: &str, question: &str, id: Option<T>) -> Self {
        let words = id.map(|id| self.drawing.option(question, id.name()));
        self.text(row, words.as_deref())
    }

    /// Adds a row of answers that were chosen.
    pub fn all<T: IdEnum>(self, row: &str, question: &str, ids: IdSet<T>) -> Self {
        let words: Vec<String> = ids.iter().map(|id| self.drawing.option(question, id.name())).collect();
        self.text(row, Some(&words.join("\n")))
    }

    /// Adds a row of yes or no.
    pub fn truth(self, row: &str, truth: Option<bool>) -> Self {
        let words = &self.drawing.words;
        let said = truth.map(|truth| if truth { words.yes.as_str() } else { &words.no });
        self.text(row, said)
    }

    /// Adds a row that is there only where it is true.
    pub fn only_if(self, row: &str, truth: bool) -> Self {
        self.truth(row, truth.then_some(true))
    }

    /// Adds a row of a date.
    pub fn when(self, row: &str, when: Option<&ApproximateDate>) -> Self {
        let said = when.map(|when| self.drawing.when(when));
        self.text(row, said.as_deref())
    }

    /// Returns the rows.
    pub fn done(self) -> Rows {
        self.rows
    }
}

impl InboxDrawing {
    pub(super) fn content(&self) -> &Messages {
        &self.bundle.content
    }

    /// Returns the words of an option, in the words for adults or else those of the young; the id where there are none.
    pub(super) fn option(&self, question: &str, id: &str) -> String {
        let young = self.young.iter().map(|edition| &*edition.content);
        let found = std::iter::once(self.content())
            .chain(young)
            .find_map(|content| content.question(question)?.options.get(id));
        found.map_or_else(|| id.to_owned(), |OptionWords { label, .. }| label.clone())
    }

    /// Returns a day as people write it.
    pub(super) fn day(&self, date: Date) -> String {
        self.content().date(date)
    }

    pub(super) fn when(&self, when: &ApproximateDate) -> String {
        match when {
            ApproximateDate::Day { date } => self.day(*date),
            ApproximateDate::Month { year, month } => {
                let month = self.content().month(*month);
                fill(&self.words.month, &[("month", month), ("year", &year.to_string())])
            }
            ApproximateDate::About { words } => words.clone(),
            ApproximateDate::NotKnown => self.words.not_known.clone(),
        }
    }

    /// Returns the day on which something was received, in England.
    pub(super) fn received(&self, at: &str) -> String {
        received_on(at).map_or_else(|| at.to_owned(), |date| self.day(date))
    }

    pub(super) fn contact_rows(&self, submission: &Submission) -> Rows {
        let contact = &submission.contact;
        let methods = contact.methods.iter().map(|method| match method {
            ContactMethod::Email => self.words.row("email"),
            ContactMethod::Telephone => self.words.row("telephone"),
            ContactMethod::Post => self.words.row("post"),
            ContactMethod::School => self.words.row("school"),
            ContactMethod::TrustedAdult => self.words.row("trusted_adult"),
            ContactMethod::None => self.words.contact_none.clone(),
        });
        RowWriter::new(self)
            .text("safety", contact.safety.as_deref())
            .text("name", contact.name.as_deref())
            .text("methods", Some(&methods.collect::<Vec<_>>().join("\n")))
            .text("email", contact.email.as_deref())
            .text("telephone", contact.telephone.as_deref())
            .text("post", contact.post.as_deref())
            .text("school", contact.school.as_deref())
            .text("trusted_adult", contact.trusted_adult.as_deref())
            .done()
    }

    pub(super) fn point_rows(&self, point: &Point) -> Rows {
        RowWriter::new(self)
            .text("what_happened", Some(&point.what_happened))
            .text("dates", point.dates.as_deref())
            .text("people_and_teams", point.people_and_teams.as_deref())
            .text("effect", point.effect.as_deref())
            .done()
    }

    pub(super) fn about_rows(&self, submission: &Submission) -> Rows {
        let about = &submission.about;
        RowWriter::new(self)
            .one("who", "who", about.who)
            .one("age_band", "age_band", about.age_band)
            .text("about_whom", submission.about_whom.as_deref())
            .truth("may_tell", submission.may_tell)
            .all("topics", "topics", about.topics)
            .when("when", Some(&about.when))
            .text("late_reason", about.late_reason.as_deref())
            .only_if("child_died", about.child_died)
            .only_if("safeguarding_worry", about.safeguarding_worry)
            .when("about_to_happen", about.about_to_happen.as_ref())
            .one("child_status", "child_status", about.child_status)
            .one("child_agrees", "child_agrees", about.child_agrees)
            .text("child_agrees_why", about.child_agrees_why.as_deref())
            .one("parent_agrees", "parent_agrees", about.parent_agrees)
            .one("school_type", "school_type", about.school_type)
            .one("transport_issue", "transport_issue", about.transport_issue)
            .truth("told_provider", about.told_provider)
            .all("proceedings", "proceedings", about.proceedings)
            .one("told_team", "told_team", about.told_team)
            .done()
    }

    pub(super) fn acting_rows(&self, submission: &Submission) -> Rows {
        let Some(acting) = &submission.representative else { return Rows::new() };
        RowWriter::new(self)
            .text("role", acting.role.as_deref())
            .one("authority", "authority", acting.authority)
            .one("reply_to", "reply_to", acting.reply_to)
            .done()
    }

    pub(super) fn child_rows(&self, child: &Child) -> Rows {
        RowWriter::new(self)
            .text("child_name", child.name.as_deref())
            .one("age_band", "age_band", child.age_band)
            .one("child_agrees", "child_agrees", child.agrees)
            .text("child_agrees_why", child.agrees_why.as_deref())
            .text("child_words", child.own_words.as_deref())
            .done()
    }

    pub(super) fn follow_up_rows(&self, follow_up: &FollowUp) -> Rows {
        let stage = follow_up.stage_reached.id();
        let questions = ["stage_waiting", "stage_answered", "stage_asked", "last_step"];
        let stage = questions.iter().map(|question| self.option(question, stage)).find(|words| words != stage);
        let mut rows = RowWriter::new(self)
            .text("asks_for", Some(&self.words.asks_for(follow_up.asks_for)))
            .text("stage_reached", Some(stage.as_deref().unwrap_or(follow_up.stage_reached.id())))
            .one("council_response", "council_response", follow_up.council_response)
            .one("refusal_reason", "refusal_reason", follow_up.refusal_reason)
            .text("council_reference", follow_up.council_reference.as_deref())
            .text("parts", follow_up.parts.as_deref())
            .text("why", follow_up.why.as_deref())
            .done();
        rows.extend(
            follow_up
                .dates
                .iter()
                .map(|(milestone, when)| (self.content().milestone(milestone).to_owned(), self.when(when))),
        );
        rows
    }

    pub(super) fn young_rows(&self, submission: &Submission) -> Rows {
        let Some(child) = &submission.child else { return Rows::new() };
        let said = |said: Option<Said>| said.map(|said| self.option("safe_now", said.id()));
        RowWriter::new(self)
            .one("feeling", "feeling", child.feeling)
            .text("safe_now", said(child.safe_now).as_deref())
            .text("hold_decision", said(child.hold_decision).as_deref())
            .one("advocate", "advocate", child.advocate)
            .text("trusted_adult", child.trusted_adult.as_deref())
            .done()
    }

    pub(super) fn wish_rows(&self, submission: &Submission) -> Rows {
        let (wishes, help) = (&submission.wishes, &submission.help);
        RowWriter::new(self)
            .all::<Wish>("wishes", "wishes", wishes.chosen)
            .text("wish_words", wishes.words.as_deref())
            .all::<Help>("help", "help", help.chosen)
            .text("help_language", help.language.as_deref())
            .text("help_words", help.words.as_deref())
            .done()
    }
}

/// Returns the day of a moment, which is RFC 3339 in UTC, in England.
pub fn received_on(at: &str) -> Option<Date> {
    let (day, time) = at.split_once('T')?;
    let hours: f64 = time.get(..2)?.parse().ok()?;
    let days = Date::parse_iso(day)?.days_since(Date::new(1970, 1, 1)?);
    Date::in_england((f64::from(i32::try_from(days).ok()?) * 24.0 + hours) * 3_600_000.0)
}

#[cfg(test)]
mod tests {
    use super::received_on;

    #[test]
    fn moment_late_in_the_evening_of_summer_is_the_next_day() {
        let day = |at: &str| received_on(at).unwrap().to_string();
        assert_eq!(day("2026-07-14T23:30:00Z"), "2026-07-15");
        assert_eq!(day("2026-12-30T23:30:00Z"), "2026-12-30");
        assert_eq!(received_on("yesterday"), None);
    }
}
