// The people whose journeys are measured: tired, on a phone, at a council that shares its service with another, which is one
// question more. Each gives what is needed, and what somebody would naturally add.

import { late, nine, ownLetter, siblings, statutory } from "./answers.mjs";

const borough = "westminster";

/** The father of a child in need, who has one matter. */
export const father = {
  ...statutory,
  borough,
  topics: ["visits_missed"],
  what_happened:
    "Our social worker was going to come every two weeks. She came once in September and not again. I rang four times and left messages. " +
    "The last time a man said that she had left and that somebody would call me. Nobody has called. My son asks when she is coming, " +
    "and I do not know what to tell him any more.",
  event_date: { month: "10", year: "2026" },
  other_dates: null,
  people_and_teams: "Ms O’Neil, Bridge team",
  effect: "He has stopped sleeping through the night.",
  wishes: ["apologise", "put_right"],
  wish_words: null,
  full_name: "Daniel Okafor",
  reach: { email: "daniel.okafor@example.org", telephone: "07700 900123" },
  safe_contact: "After six o’clock.",
  help: ["none"],
  help_words: null,
};

/** An advocate of two siblings in care, with one matter. */
export const advocate = {
  ...siblings,
  borough,
  another_point: "no",
  what_happened:
    "Jo and Sam were told on a Monday that they would move on the Friday. Neither was asked. The placement plan says that a move is " +
    "planned with them and that they see the new home first. Jo missed two exams in that week. The team manager told me that the " +
    "decision was made by a panel and that nothing could be changed. I asked for the minutes and have not had them.",
  effect: "Jo does not go to school at present.",
  people_and_teams: "Permanence team",
  wishes: ["explain", "put_right"],
  child_agrees_why: null,
  reach: { email: "i.grant@example.org", telephone: "07700 900456" },
  safe_contact: null,
};

/** A boy of fifteen who is to be moved on Friday. */
export const fifteen = {
  register: "12-17",
  borough,
  want: "complaint",
  feeling: "angry",
  safe_now: "yes",
  topics: ["placement"],
  child_status: "looked_after",
  about_to_happen: "on_a_day",
  about_to_happen_on: { day: "18", month: "12", year: "2026" },
  tell_how: "write",
  what_happened:
    "They want to move me on Friday to a place I have never seen. I found out because my foster carer told me. I have been here for " +
    "two years and my school is here and my little brother is ten minutes away. I said I want to stay and my social worker said it is " +
    "decided. Nobody asked me what I want.",
  event_date: { month: "12", year: "2026" },
  wishes: ["explain"],
  wish_words: null,
  advocate: "yes_get_me_one",
  full_name: "Kai",
  age_band: "12-15",
  reach: { telephone: "07700 900456" },
  safe_contact: "Text me after school.",
  help: ["none"],
  sharing: true,
};

/** A girl of nine, by herself. */
export const girl = {
  ...nine,
  borough,
  what_happened:
    "I was going to see my mum on Sunday and nobody came to get me. I waited at the window with my coat on. Then they said maybe next week. I cried.",
};

/** Someone who says thank you. */
export const thanks = {
  want: "compliment", borough, about_whom: "Priya in the duty team",
  what_was_good: "She rang back the same day, she explained everything twice, and she never made me feel stupid for asking. Please tell her.",
  may_tell: "yes", full_name: null, reach: { none: true }, sharing: true,
};

/** Someone with a suggestion. */
export const suggestion = {
  want: "comment", borough, about_whom: null,
  comment: "Please put the bus times in the letters about meetings. We came an hour late because the bus goes only twice in the morning.",
  may_tell: "yes", full_name: null, reach: { none: true }, sharing: true,
};

/** Someone whose answer to stage 1 is late. */
export const waiting = { ...late, borough };

/** Someone who is not happy with the answer to stage 1. */
export const unhappy = {
  ...ownLetter, borough,
  letter_parts: "The visits that did not happen in March.",
  letter_why: "The answer says nothing about March.",
  letter_wants: "An apology, and visits that happen.",
};
