//! The dates and time limits of a complaint, counted as the council counts them.

use putright_domain::{
    council::Council,
    date::Date,
    guidance::{deadline::Deadline, time_limits::TimeLimit},
    messages::fill,
    submission::format::{Kind, Submission},
};
use putright_server::store::inbox::ListLine;

use super::{
    InboxDrawing,
    rows::{Rows, received_on},
};

/// The first limits of both procedures, for a complaint to which the form gave no dates.
const FIRST: [TimeLimit; 2] = [TimeLimit::StatutoryOne, TimeLimit::CorporateOneAck];

impl InboxDrawing {
    /// Returns what the dates are counted from, and a row for each limit; `None` where there is none.
    pub(super) fn clocks(&self, line: &ListLine, submission: &Submission) -> Option<(String, Rows)> {
        let told = submission.guidance.as_ref().map(|guidance| guidance.deadlines.as_slice()).unwrap_or_default();
        let counted = self.first_limits(line, submission);
        let (words, deadlines) = match (told, counted.as_slice()) {
            ([], []) => return None,
            ([], counted) => (&self.words.clock.counted, counted),
            (told, _) => (&self.words.clock.told, told),
        };
        Some((words.clone(), deadlines.iter().map(|deadline| self.row(deadline)).collect()))
    }

    fn first_limits(&self, line: &ListLine, submission: &Submission) -> Vec<Deadline> {
        let council: Option<&Council> = self.councils.get(&line.council);
        let day = received_on(&line.received_at).filter(|_| submission.kind == Kind::Complaint);
        let (Some(council), Some(day)) = (council, day) else { return Vec::new() };
        let counting = council.counting(&self.bundle.calendar);
        FIRST.iter().map(|clock| counting.deadline(*clock, day)).collect()
    }

    fn row(&self, deadline: &Deadline) -> (String, String) {
        let words = &self.words.clock;
        let mut said = vec![fill(&words.due, &[("date", &self.day(deadline.due))])];
        if let Some(latest) = deadline.latest {
            said.push(fill(&words.latest, &[("date", &self.day(latest))]));
        }
        if deadline.about {
            said.push(words.about.clone());
        }
        if deadline.clock.is_the_persons() {
            said.push(words.persons.clone());
        }
        said.push(self.left(deadline.due));
        (self.content().clock_name(deadline.clock).to_owned(), said.join("\n"))
    }

    /// Returns how long it is until a day, or since.
    fn left(&self, due: Date) -> String {
        let words = &self.words.clock;
        match due.days_since(self.today) {
            0 => words.today.clone(),
            1 => words.one_left.clone(),
            -1 => words.one_over.clone(),
            days => {
                let template = if days > 0 { &words.left } else { &words.over };
                fill(template, &[("days", &days.unsigned_abs().to_string())])
            }
        }
    }
}
