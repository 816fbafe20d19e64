// What the tests of hostile input share: a receiver, a browser, the journeys, and the checks of what a page shows.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before } from "node:test";
import { promisify } from "node:util";

import { fourteen, nine, ownLetter, shortest, siblings, statutory } from "./answers.mjs";
import { Browser } from "./browser.mjs";
import { arm } from "./guard.mjs";
import { data, Receiver } from "./receiver.mjs";
import { Site } from "./site.mjs";
import { all, own } from "./vectors.mjs";

export const run = promisify(execFile);

export const allWays = ["copy", "telephone", "download_json", "post", "print", "download_html"];

export let receiver, browser, site;

export const words = {};

export const flows = {};

/** Kinds of element that the app makes of harmless words: whatever else there is was made by what somebody wrote. */
export const known = new Set();

before(async () => {
  [receiver, browser] = await Promise.all([Receiver.start(), Browser.start()]);
  site = await Site.start({ delivery: { url: "api/submissions", retry: null, fallbacks: allWays }, backend: receiver.origin });
  for (const register of ["adult", "12-17", "8-11"]) {
    words[register] = await data(`content/en/${register}.json`);
    flows[register] = await data(`flows/${register}.json`);
  }
});

after(() => Promise.all([browser?.stop(), receiver?.stop(), site?.stop()]));

/** What reaches us of a text: half a letter does not, nor does what a field of one line, or any field, takes out. */
export const reaches = (text, max) => [...text.replaceAll("\r\n", "\n").replaceAll("\r", "\n").toWellFormed()].slice(0, max).join("");

/** Takes the next of them for as long as they fit: each text is used before any is used again. */
export class Pool {
  #texts;
  #at = 0;
  used = 0;

  constructor(texts) {
    this.#texts = texts;
  }

  fill(max, between) {
    let filled = "";
    for (let tries = 0; tries < 40; tries++) {
      const next = this.#texts[this.#at % this.#texts.length];
      const longer = filled ? filled + between + next : next;
      if ([...longer.toWellFormed()].length > max) break;
      filled = longer;
      this.#at += 1;
      this.used += 1;
    }
    // One that is too long by itself is cut, and is as hostile.
    if (!filled.trim()) {
      filled = `x${reaches(this.#texts[this.#at % this.#texts.length], max - 1)}`;
      this.#at += 1;
    }
    return filled;
  }

  get whole() {
    return this.#at >= this.#texts.length;
  }
}

/** Every question of a flow, also those of a page that is filled in once more. */
export function asked({ pages, extras = [] }) {
  return [...pages, ...extras].flatMap(({ questions, repeat, ...only }) => {
    const own = questions ?? [only];
    const more = Array.from({ length: (repeat?.most ?? 1) - 1 }, (_, at) => own.map((one) => ({ ...one, id: `${one.id}-${at + 2}` })));
    return [...own, ...more.flat()];
  });
}

/** Every field of a journey, filled. */
export function hostile(answers, register, pool) {
  const filled = { ...answers };
  for (const { id, kind } of asked(flows[register])) {
    if (kind.text) filled[id] = pool.fill(kind.text.max, " ");
    if (kind.long_text) filled[id] = pool.fill(kind.long_text.max, "\n");
    if (kind === "date" && filled[id] === undefined) filled[id] = { about: pool.fill(100, " ") };
  }
  filled.reach = {
    // As hostile as an address can be: quotes, brackets and spaces are refused.
    email: "x'`${__ran}|{1}*/=@evil.example",
    telephone: "07700 900 123 <svg/onload=__ran(2)> please",
    post: pool.fill(500, "\n"),
  };
  return filled;
}

export const harmless = (answers, register) => {
  const plain = { fill: () => "Harmless words." };
  return { ...hostile(answers, register, plain), reach: { email: "a@b.example", telephone: "07700 900 123", post: "1 Low Road" } };
};

export async function open(t, origin, { allow = [], path = "/?council=bromley", routes = async () => {} } = {}) {
  let guard;
  const session = await browser.open(origin + path, {
    allow, before: async (page) => { guard = await arm(page); await routes(page); },
  });
  t.after(async () => {
    await session.close();
    assert.deepEqual(guard.ran, []);
    session.watch.clean();
  });
  return { ...session, guard };
}

export async function inRegister(page, register) {
  if (!register || register === "adult") return;
  await page.locator(`a[href="#/words/${register}"]`).first().click();
  await page.waitForFunction((name) => document.querySelector(".pr-registers [aria-current]")?.textContent === name, words[register].registers[register]);
}

export const journeys = {
  "a complaint": statutory,
  "a letter about a complaint already made": { ...ownLetter, letter: null },
  "an advocate for two": siblings,
  "a comment": { ...shortest, want: "comment" },
  "a compliment": { ...shortest, want: "compliment" },
  "a girl of nine": nine,
  "a boy of fourteen": { ...fourteen, files: null },
};

export const pool = new Pool(all);
