// Submissions as people write them, the same ones each time: by number.

import { readFileSync } from "node:fs";

import { root } from "./place.mjs";

const sample = readFileSync(new URL("crates/cli/tests/data/submission.json", root), "utf8");

/** Common English words, the commonest first. */
const words = `the and to of a in was that it for i he she her we they is on be had with not have my this his but at as you are by from so
me or were which their would when them been will all an there what said one if out no up who then do about him could did more time our your into
than only now other can has school after because day some come over week back asked never told nobody came rang home worker social meeting
letter plan visit family help children child team council moved waiting month taxi bus late every friday monday morning phone called answer
wrote email promised again still another before through between happened feel upset worried afraid sister brother mum dad gran carer foster
placement review contact court report decision assessment support transport money clothes room bed bag lost found wrong right listen nothing
something anybody everyone always nearly sometimes against without under until while since during quickly slowly office manager line minutes
hours days weeks months years december november october september august july june spring summer winter autumn christmas birthday appointment
doctor nurse hospital teacher class lunch dinner evening night weekend saturday sunday tuesday wednesday thursday north south east west road
street house flat door window garden park train station car drive walk far near early
`.trim().split(/\s+/);
const names = "Aisha Ben Chloe Daniel Ella Farid Grace Hassan Isla Jack Keira Leo Maya Noah Olivia Priya Quinn Ruby Sam Tariq Una Victor Wren Yusuf Zoe".split(" ");

/** A number that follows from two others. */
function chance(number, salt) {
  let hash = Math.imul(number ^ (salt * 0x9e3779b1), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** Sentences of some words. Half of all words are among the first tenth of the list. */
function text(number, salt, length) {
  const found = [];
  for (let at = 0; at < length; at += 1) {
    const place = chance(number * 613 + at, salt);
    found.push(words[Math.floor(place ** 3 * words.length)] + (at % 11 === 10 ? ".\n" : ""));
  }
  return found.join(" ");
}

const councils = ["bromley", ...Array.from({ length: 29 }, (_, at) => (at === 6 ? "westminster" : `council-${String(at + 1).padStart(2, "0")}`))];

/** Half of all are for one council, and the others for twenty-nine. */
export const councilOf = (number) => councils[number % 2 ? 0 : 1 + (Math.floor(number / 2) % 29)];

/** The word that one submission in a million has, and the one that every fiftieth has. */
export const RARE = "Zanzibarine";
export const COMMON = "placement review";

const hex = (number) => number.toString(16).padStart(32, "0");

/** A submission that the receiver takes: about three kilobytes. */
export function submission(number, council = councilOf(number)) {
  const all = JSON.parse(sample);
  all.id = hex(number);
  all.replaces = hex(number + 2 ** 40);
  all.council = council;
  const name = names[Math.floor(chance(number, 1) * names.length)];
  all.points[0].what_happened = text(number, 2, 60 + Math.floor(chance(number, 3) * 180));
  all.points[1].what_happened = text(number, 4, 20 + Math.floor(chance(number, 5) * 40));
  all.contact.name = `${name} Placeholder ${number}`;
  all.contact.email = `${name.toLowerCase()}.${number}@example.org`;
  if (number === 17) all.points[1].effect = `We moved to ${RARE}.`;
  if (number % 50 === 9) all.points[1].effect = `The ${COMMON} was late.`;
  return all;
}

const alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

/** A reference with its check symbol, another one for each number. */
export function reference(number) {
  const values = Array.from({ length: 8 }, (_, at) => Math.floor(number / 31 ** at) % 31);
  const sum = values.reduce((sum, value, at) => sum + (9 - at) * value, 0);
  const text = [...values, (31 - (sum % 31)) % 31].map((value) => alphabet[value]).join("");
  return text.match(/.{3}/g).join("-");
}

const seconds = (number, rows) => 1_796_000_000 - (rows - number) * 60;

/** The row of a submission in a store of so many. The newest two thousand are not taken over yet. */
export function row(number, rows) {
  const isTaken = number < rows - 2000;
  return {
    key: hex(number), reference: reference(number),
    received_at: `${new Date(seconds(number, rows) * 1000).toISOString().slice(0, 19)}Z`,
    council: councilOf(number),
    kind: number % 5003 === 7 ? "compliment" : number % 10 === 3 ? "comment" : "complaint",
    body: JSON.stringify(submission(number)),
    urgent: number % 997 === 0 ? 1 : 0,
    state: isTaken ? "taken" : number % 3 ? "opened" : "new",
    taken_as: isTaken ? `CASE-${number}` : null,
  };
}
