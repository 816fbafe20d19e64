//! Letters, put together from a template of the words and what the person said.

use crate::{
    guidance::triage::{Advice, Outcome},
    id_enum::id_enum,
};

id_enum! {
    /// The letters, and the pack for the Ombudsman.
    LetterKind {
        /// Asks for stage 2 of the children's complaints law.
        StageTwo = "stage2",
        /// Asks for the review panel.
        Panel = "panel",
        /// Asks for stage 2 of the council's own procedure.
        CorporateStageTwo = "corporate_stage2",
        /// Asks when the answer will come.
        Reply = "reply",
        /// Tells the Ombudsman what happened. It does not go to the council.
        Ombudsman = "ombudsman",
        /// Asks the stage and the procedure.
        AskStage = "ask_stage",
        /// Asks which points a court case or the police hold up, and why.
        Paused = "paused",
        /// Asks for the children's procedure in place of the general one.
        WrongProcedure = "wrong_procedure",
        /// Challenges a refusal. Each id is that of the flag that calls for the letter.
        RefusedLate = "refused_late", RefusedRequestLate = "refused_request_late", RefusedPerson = "refused_person",
        RefusedConsent = "refused_consent", RefusedNotInNeed = "refused_not_in_need",
        RefusedNothingMore = "refused_nothing_more", RefusedEarlyReferral = "refused_early_referral",
        RefusedNotThisProcedure = "refused_not_this_procedure", RefusedNoReason = "refused_no_reason",
    }
}

impl LetterKind {
    /// Returns the letter that the advice calls for.
    pub fn for_advice(advice: &Advice) -> Option<Self> {
        match advice.outcome {
            Outcome::Challenge => advice.flags.iter().find_map(|flag| Self::from_id(flag.id())),
            Outcome::Wait if advice.is_paused() => Some(Self::Paused),
            Outcome::AskStage => Some(Self::AskStage),
            Outcome::EscalateStage2 => Some(Self::StageTwo),
            Outcome::EscalateStage3 => Some(Self::Panel),
            Outcome::EscalateCorporateStage2 => Some(Self::CorporateStageTwo),
            Outcome::Wait => Some(Self::Reply),
            Outcome::Ombudsman => Some(Self::Ombudsman),
            _ => None,
        }
    }

    /// Returns whether the letter goes to the council, and so can be sent from here.
    pub const fn is_for_the_council(self) -> bool {
        !matches!(self, Self::Ombudsman)
    }
}

/// Puts a letter together. `{name}` stands for a value, and a paragraph that lacks one is left out; `{?name}` keeps a
/// paragraph only where there is a value, `{!name}` only where there is none. What stands in a value is not looked at again.
pub fn compose(paragraphs: &[String], values: &[(String, String)]) -> String {
    let value = |name: &str| values.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str());
    let kept: Vec<String> = paragraphs.iter().filter_map(|paragraph| filled(paragraph, &value)).collect();
    kept.join("\n\n")
}

fn filled<'a>(paragraph: &'a str, value: &dyn Fn(&str) -> &'a str) -> Option<String> {
    let mut text = String::new();
    let mut rest = paragraph;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        text.push_str(before);
        rest = after;
        let found = value(name.trim_start_matches(['?', '!']));
        let wanted = !name.starts_with('!');
        if found.is_empty() == wanted {
            return None;
        }
        if !name.starts_with(['?', '!']) {
            text.push_str(found);
        }
    }
    text.push_str(rest);
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::compose;

    #[test]
    fn a_paragraph_without_its_value_is_left_out() {
        let template = ["{?late}You are late.", "{!parts}All of it.", "These parts: {parts}.", "Sent {sent}."];
        let template: Vec<String> = template.map(str::to_owned).into();
        let value = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(compose(&template, &[value("late", "yes")]), "You are late.\n\nAll of it.");
        let values = [value("parts", "the {late} move"), value("sent", "1 May")];
        assert_eq!(compose(&template, &values), "These parts: the {late} move.\n\nSent 1 May.");
    }
}
