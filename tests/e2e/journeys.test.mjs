// The length of each journey: screens, words, what comes before the story, the height of pages and headings, questions a page.
//
// UPDATE=1 writes docs/journeys.md.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { Browser, phone } from "./support/browser.mjs";
import { exceeded, report, reported, storyAt, totals } from "./support/journeys-report.mjs";
import { send, walk } from "./support/journey.mjs";
import { measure as measurePage, Recorder } from "./support/measure.mjs";
import { mistaken } from "./support/mistakes.mjs";
import { advocate, father, fifteen, girl, suggestion, thanks, unhappy, waiting } from "./support/people.mjs";
import { lacking, sentences } from "./support/required.mjs";
import { data, Receiver, root } from "./support/receiver.mjs";

const update = Boolean(process.env.UPDATE);
const reportFile = join(root, "docs/journeys.md");
const beforeFile = join(root, "tests/e2e/journeys/before.json");
const frozenFile = existsSync(beforeFile);

const adult = { file: "westminster.html", register: "adult" };
const complaint = ["danger", "harmless", "seen", "private", "advocate"];
const young = [...complaint, "childline", "unread", "free"];

/** Each journey: the person, the question of the story, where it ends if not at the confirmation, the sentences it must show. */
const journeys = [
  { id: "parent", name: "Parent or carer, one matter", ...adult, answers: father, story: "what_happened",
    limits: { screens: 11, words: 1200, before: 2 }, shows: complaint },
  { id: "advocate", name: "Advocate, two children", ...adult, answers: advocate, story: "what_happened",
    limits: { screens: 15, words: 1700, before: 3 }, shows: complaint },
  { id: "12-17", name: "12 to 17", file: "westminster-12-17.html", register: "12-17", answers: fifteen, story: "what_happened",
    limits: { screens: 12, words: 1000, before: 4 }, shows: young },
  { id: "8-11", name: "8 to 11", file: "westminster-8-11.html", register: "8-11", answers: girl, story: "what_happened",
    limits: { screens: 10, words: 700, before: 3 }, shows: young },
  { id: "praise", name: "Praise", ...adult, answers: thanks, story: "what_was_good",
    limits: { screens: 4, words: 300, before: 1 }, shows: [] },
  { id: "comment", name: "Comment", ...adult, answers: suggestion, story: "comment",
    limits: { screens: 4, words: 300, before: 1 }, shows: [] },
  { id: "answer", name: "Where is my complaint, to the answer", ...adult, answers: waiting, until: "progress",
    limits: { screens: 4, words: 500 }, shows: ["danger"] },
  { id: "letter", name: "Where is my complaint, to the letter", ...adult, answers: unhappy, until: "letter",
    limits: { screens: 6, words: 700 }, shows: ["danger"] },
];

let receiver, browser, frozen, written;
const measured = new Map();

before(async () => {
  [receiver, browser] = await Promise.all([Receiver.start(), Browser.start()]);
  frozen = frozenFile ? JSON.parse(await readFile(beforeFile, "utf8")) : undefined;
  written = existsSync(reportFile) ? await readFile(reportFile, "utf8") : "";
});
after(() => Promise.all([browser?.stop(), receiver?.stop()]));

/** Walks a journey to its end, and gives its screens and the number of words typed. */
async function measure(t, { file, answers, until }) {
  const page = await browser.page(t, `${receiver.origin}/${file}`, { viewport: phone });
  const recorder = new Recorder(page);
  const been = await walk(page, answers, { hands: recorder.hands, visit: recorder.visit, until });
  assert.equal(been.at(-1), until ?? "check");
  if (!until) {
    await receiver.show(await send(page, recorder.hands));
    await recorder.arrive();
  }
  return { screens: recorder.screens, own: recorder.ownWords };
}

describe("the measuring", () => {
  test("counts what is seen of a page, and neither what is hidden nor what was typed", async (t) => {
    const html = `<header>Four words of header</header><main><h1>What happened?</h1><form>
      <div id="question-what_happened"><label>Tell us <textarea>in a field</textarea></label><p id="question-hint">A hint</p></div>
      <div id="question-when"><input></div><div id="question-why" hidden>Why now? <input></div>
      <span style="position: absolute; width: 1px; height: 1px; overflow: hidden">for screen readers</span>
      <details name="one"><summary>More</summary><p>three closed words</p></details>
      <details name="one"><summary>Law</summary>two closed</details>
      <p>You wrote: Nobody came. Call <a href="#">999</a>.</p></form></main>`;
    const page = await browser.page(t, `data:text/html,<!doctype html>${encodeURIComponent(html)}`, { wait: false });
    const { words, openWords, wholeWords, asks, questions, text } = await measurePage(page, ["Nobody came."]);
    assert.deepEqual({ words, openWords, wholeWords, asks, questions },
      { words: 12, openWords: 17, wholeWords: 16, asks: ["what_happened", "when"], questions: 2 });
    assert.ok(text.includes("Call 999.") && !/field|readers|closed|now/.test(text), text);
    assert.equal(await page.locator("details[name=one]:not([open])").count(), 2, "the page is as it was");
  });

  test("finds one question a page over the limits of every journey", { skip: !frozenFile && "nothing is frozen yet" }, () => {
    for (const journey of journeys) {
      const over = exceeded(frozen[journey.id], journey);
      for (const key of Object.keys(journey.limits)) assert.ok(over.some((line) => line.startsWith(`${key}: `)), `${journey.id}: ${over}`);
      for (const part of ["the heading is at", "px long"]) assert.ok(over.some((line) => line.includes(part)), `${journey.id}: ${over}`);
    }
  });

  test("finds every required sentence missing from empty screens, and late after the story", async () => {
    for (const { register, shows } of journeys) {
      const words = await data(`content/en/${register}.json`);
      const empty = { text: "" };
      assert.equal(lacking(shows, words, [empty, empty], 0).missing.length, shows.length);
      const all = { text: JSON.stringify(words).replace(/\[([^\]]*)\]\([^)]*\)/g, "$1") };
      const timed = shows.filter((name) => sentences[register][name].by);
      assert.equal(lacking(shows, words, [empty, all], 0).late.length, timed.length);
    }
  });
});

for (const journey of journeys) {
  describe(journey.name, () => {
    test("is walked to its end and measured", async (t) => {
      measured.set(journey.id, await measure(t, journey));
      if (journey.story) assert.ok(storyAt(measured.get(journey.id).screens, journey.story) > 0, "the story is not told");
    });

    test("shows the sentences on safety, privacy and advocates", async () => {
      const { screens } = measured.get(journey.id);
      const words = await data(`content/en/${journey.register}.json`);
      const { missing, late } = lacking(journey.shows, words, screens, storyAt(screens, journey.story));
      assert.deepEqual(missing, []);
      assert.deepEqual(late, []);
    });

    test("is within its limits of screens, words, questions, headings and lengths", () => {
      assert.deepEqual(exceeded(measured.get(journey.id), journey), []);
    });

    test("is as docs/journeys.md says", { skip: update && "the report is written" }, () => {
      const now = totals(measured.get(journey.id), journey.story);
      const told = reported(written, journey.name);
      const stale = "docs/journeys.md is stale: UPDATE=1 node --test tests/e2e/journeys.test.mjs";
      assert.equal(told.screens, now.screens, stale);
      assert.ok(Math.abs(told.words - now.words) <= now.words * 0.05, `${told.words} words, now ${now.words}: ${stale}`);
    });
  });
}

for (const id of ["parent", "8-11"]) {
  const { name, file, register, answers } = journeys.find((journey) => journey.id === id);
  test(`${name}: someone who makes mistakes and reloads everywhere loses nothing`, async (t) => {
    const page = await browser.page(t, `${receiver.origin}/${file}`, { viewport: phone });
    const { words } = await data(`content/en/${register}.json`);
    const seen = { pages: 0, refused: 0, reloaded: 0 };
    const been = await walk(page, answers, { visit: mistaken(page, words, seen) });
    assert.equal(been.at(-1), "check");
    assert.equal(seen.reloaded, seen.pages - 1, "every page but the first is reloaded");
    assert.ok(seen.refused > 2, `${seen.refused} pages were refused`);
    const submission = await receiver.show(await send(page));
    assert.deepEqual(submission.points.map((point) => point.what_happened), [answers.what_happened]);
    assert.deepEqual(submission.about.topics, answers.topics);
    assert.equal(submission.contact.name, answers.full_name);
    assert.equal(submission.contact.email, answers.reach.email);
  });
}

test("docs/journeys.md is written", { skip: !update && "UPDATE=1 writes it" }, async () => {
  // The text of the pages is not kept.
  const numbers = ({ screens, own }) => ({ screens: screens.map(({ text, ...rest }) => rest), own });
  const now = Object.fromEntries([...measured].map(([id, journey]) => [id, numbers(journey)]));
  if (!frozen) {
    frozen = now;
    const lines = Object.entries(now).map(([id, { screens, own }]) =>
      ` ${JSON.stringify(id)}: {"own": ${own}, "screens": [\n${screens.map((screen) => `  ${JSON.stringify(screen)}`).join(",\n")}\n ]}`);
    await writeFile(beforeFile, `{\n${lines.join(",\n")}\n}\n`);
  }
  await writeFile(reportFile, report(journeys.map((journey) => ({ ...journey, before: frozen[journey.id], after: now[journey.id] }))));
});
