//! The test that a dry run sends: a submission that every receiver of the format takes, and nobody takes for a person's.

use putright_domain::submission::{
    format::SentFile,
    write::{self, Writer},
};

/// The values of a test that differ from one to the next.
#[derive(Clone, Copy)]
pub struct TestSubmission<'a> {
    /// The council's id.
    pub council: &'a str,
    /// The number of the test.
    pub id: &'a str,
    /// The day, as `2026-12-17`.
    pub day: &'a str,
}

/// Says in every field that is read by people what this is.
const NOTE: &str = "THIS IS A TEST, not a complaint. It was sent from the page check.html by somebody who looks after the \
                    council’s website, to see that complaints arrive. Nobody needs help. Please delete it.";
const NAME: &str = "TEST, not a person";
/// Kept for examples by RFC 2606: nobody has it.
const EMAIL: &str = "test@example.com";
/// Kept for drama by Ofcom: nobody has it.
const TELEPHONE: &str = "020 7946 0000";

fn list(out: &mut Writer, key: &str, items: &[&str]) {
    out.open(key, '[');
    for item in items {
        out.item(item);
    }
    out.close(']');
}

impl TestSubmission<'_> {
    /// A submission that every receiver of the format takes, and nobody takes for a person's.
    pub fn submission(&self, files: &[SentFile]) -> String {
        let mut out = Writer(String::from("{"));
        out.text("schema", "putright/submission/1");
        out.text("id", self.id);
        out.text("kind", "complaint");
        out.text("council", self.council);
        out.text("language", "en");
        out.text("register", "adult");
        out.text("sent_on", self.day);
        out.open("about", '{');
        out.text("who", "parent");
        list(&mut out, "topics", &["other_council_service"]);
        list(&mut out, "proceedings", &[]);
        out.open("when", '{');
        out.text("known", "not_known");
        out.close('}');
        out.close('}');
        // Something for somebody else to look at: no time limit of the law begins with it.
        out.open("guidance", '{');
        out.text("outcome", "signpost");
        out.open("parts", '{');
        out.close('}');
        for key in ["flags", "signposts", "deadlines"] {
            list(&mut out, key, &[]);
        }
        out.close('}');
        out.open("points", '[');
        out.0.push('{');
        out.text("what_happened", NOTE);
        out.close('}');
        out.close(']');
        for key in ["wishes", "help"] {
            out.open(key, '{');
            list(&mut out, "chosen", &[]);
            out.close('}');
        }
        out.open("contact", '{');
        out.text("name", NAME);
        list(&mut out, "methods", &["email", "telephone"]);
        out.text("email", EMAIL);
        out.text("telephone", TELEPHONE);
        out.close('}');
        out.open("other_answers", '{');
        out.close('}');
        if !files.is_empty() {
            out.open("files", '[');
            for one in files {
                write::file(&mut out, one);
            }
            out.close(']');
        }
        out.truth("agreed_to_sharing", true);
        out.close('}');
        out.0
    }

    /// The same in words.
    pub fn summary(&self) -> String {
        [NOTE, "\n\nName: ", NAME, "\nCopy number: ", self.id, "\nSent on: ", self.day, "\n"].concat()
    }
}
