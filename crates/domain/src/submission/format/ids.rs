//! The closed lists of ids that the format has for itself.

use crate::id_enum::id_enum;

id_enum! {
    /// The format and its version.
    SchemaId { V1 = "putright/submission/1" }
}
id_enum! {
    /// The kind of submission.
    Kind {
        Complaint = "complaint", Comment = "comment", Compliment = "compliment",
        /// A letter about a complaint already made.
        FollowUp = "follow_up",
    }
}
id_enum! {
    /// By what right somebody acts for a child.
    Authority {
        /// The child asked them.
        ChildAsked = "child_asked",
        /// Somebody with parental responsibility asked them.
        ParentAsked = "parent_asked",
        /// The council or a court chose them.
        Appointed = "appointed",
        /// Nobody did.
        OwnConcern = "own_concern",
    }
}
id_enum! {
    /// The person who the council should answer.
    ReplyTo { Helper = "helper", Child = "child", Both = "both" }
}
id_enum! {
    /// The request of a letter about a complaint already made.
    AsksFor {
        StageTwo = "stage2", Panel = "panel", CorporateStageTwo = "corporate_stage2",
        /// The day of the answer.
        Reply = "reply",
        /// The stage and the procedure.
        Stage = "stage",
        /// The reasons for a pause.
        PauseReasons = "pause_reasons",
        /// Another decision in place of a refusal.
        Reconsider = "reconsider",
        /// The children's procedure in place of the general one.
        ChildrensProcedure = "childrens_procedure",
    }
}
id_enum! {
    /// A way to reach a person.
    ContactMethod {
        Email = "email", Telephone = "telephone", Post = "post", School = "school", TrustedAdult = "trusted_adult",
        None = "none",
    }
}
id_enum! {
    /// The person's answer to whether the team was told first.
    ToldTeam { Yes = "yes", No = "no", AskForMe = "ask_for_me" }
}
id_enum! {
    /// A wish for what should happen now.
    Wish {
        Apologise = "apologise", Explain = "explain", PutRight = "put_right", ChangeDecision = "change_decision",
        HoldDecision = "hold_decision", StopHappeningAgain = "stop_happening_again", Other = "other",
    }
}
id_enum! {
    /// Help to take part.
    Help {
        Interpreter = "interpreter", BritishSignLanguage = "british_sign_language", LargePrint = "large_print",
        Telephone = "telephone", SomeoneWithYou = "someone_with_you", Other = "other",
    }
}

id_enum! {
    /// A yes or a no, where not knowing and not wanting to say are answers of their own.
    Said { Yes = "yes", No = "no", NotKnown = "not_known", NotSay = "not_say" }
}
id_enum! {
    /// How a child feels about what happened.
    Feeling {
        Sad = "sad", Worried = "worried", Angry = "angry", Confused = "confused", Okay = "okay", NotKnown = "not_known",
        NotSay = "not_say",
    }
}
id_enum! {
    /// The child's wish for an advocate: someone on their side.
    AdvocateWish {
        /// The council must get them one.
        YesGetMeOne = "yes_get_me_one",
        /// They have one already.
        HaveOne = "have_one", NotNow = "not_now", NotKnown = "not_known", NotSay = "not_say",
    }
}
