// What a screen reader reads: the main journeys and an error, as transcripts that people have looked through.
//
// heard/*.txt are what is right. `UPDATE=1 node --test tests/e2e/heard.test.mjs` writes them anew: read what has changed.

import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import { late, nine, shortest, siblings, split, statutory } from "./support/answers.mjs";
import { Browser } from "./support/browser.mjs";
import { answer, goOn, refused, send, walk } from "./support/journey.mjs";
import { address, arrived, heading, turning } from "./support/page.mjs";
import { heard } from "./support/reader.mjs";
import { data, Receiver } from "./support/receiver.mjs";

const folder = fileURLToPath(new URL("heard/", import.meta.url));
let receiver, browser;
const words = {};

before(async () => {
  [receiver, browser] = await Promise.all([Receiver.start(), Browser.start()]);
  for (const register of ["adult", "8-11"]) words[register] = await data(`content/en/${register}.json`);
});
after(() => Promise.all([browser?.stop(), receiver?.stop()]));

async function open(t, { council = "bromley", register } = {}) {
  const page = await browser.page(t, `${receiver.origin}/?council=${council}`);
  if (register) {
    await page.locator(`a[href="#/words/${register}"]`).first().click();
    await page.waitForFunction((link) => document.querySelector(".pr-registers [aria-current]")?.textContent === link,
      words[register].registers[register]);
  }
  return page;
}

/** Numbers that are another one each time, or with each release. */
const steady = (phrase) => phrase.replace(/\bPutright \d+\.\d+\.\d+/g, "Putright 1.2.3").replace(/\b[A-Z0-9]{3}-[A-Z0-9]{3}-[A-Z0-9]{3}\b/g, "AAA-AAA-AAA").replace(/\b[0-9a-f]{8}\b/g, "00000000");

/** The part of a page that is its own: what stands around it is the same on each. */
function own(phrases) {
  const from = phrases.findIndex((phrase) => /^main\b/.test(phrase));
  const to = phrases.findLastIndex((phrase) => /^end of main\b/.test(phrase));
  assert.ok(from >= 0 && to > from, `no main part in: ${phrases.slice(0, 20).join(" | ")}`);
  return phrases.slice(from, to + 1);
}

class Transcript {
  #lines = [];

  async add(page, here, { whole = false } = {}) {
    const phrases = (await heard(page)).map(steady);
    this.#lines.push(`== ${here} ==`, ...(whole ? phrases : own(phrases)), "");
    return phrases;
  }

  async compare(name) {
    const path = join(folder, `${name}.txt`);
    const text = this.#lines.join("\n");
    if (process.env.UPDATE) {
      await mkdir(folder, { recursive: true });
      await writeFile(path, text);
    }
    const right = await readFile(path, "utf8").catch(() => "");
    const [now, then] = [text.split("\n"), right.split("\n")];
    const at = now.findIndex((line, number) => line !== then[number]);
    assert.ok(text === right, `${name}.txt, line ${at + 1}: “${then[at]}” was right; now it reads “${now[at]}”. ` +
      "If that is as it should be: UPDATE=1 node --test tests/e2e/heard.test.mjs, and look through what has changed.");
  }
}

const journeys = [
  { name: "complaint", answers: statutory, about: "a parent’s complaint, from the first page to the reference" },
  { name: "split", answers: split, about: "parts that go to different bodies" },
  { name: "siblings", answers: { ...siblings, borough: "westminster" }, council: "westminster", about: "an advocate for two siblings" },
  { name: "child", answers: nine, register: "8-11", about: "a nine-year-old" },
  { name: "late", answers: { ...late, borough: "bromley" }, about: "a complaint that is late, and the letter", sends: false },
];

describe("journeys, as they are heard", () => {
  for (const { name, about, answers, council, register, sends = true } of journeys) {
    test(about, async (t) => {
      const page = await open(t, { council, register });
      const transcript = new Transcript();
      let first = true;
      await walk(page, answers, {
        visit: async (here) => {
          await transcript.add(page, here, { whole: first });
          first = false;
        },
      });
      if (sends) {
        await send(page);
        await transcript.add(page, "sent");
      }
      await transcript.compare(name);
    });
  }

  test("pages beside the way: the guide, contacts, how the page looks, the draft", async (t) => {
    const page = await open(t);
    const transcript = new Transcript();
    for (const here of ["guide", "contacts", "look", "draft", "exit-help"]) {
      await address(page, `#/${here}`);
      await arrived(page, here);
      await transcript.add(page, here);
    }
    await transcript.compare("beside");
  });
});

test("errors, as they are heard: the summary with the focus, then each field with its own", async (t) => {
  const page = await open(t);
  const transcript = new Transcript();
  await walk(page, { ...shortest, event_date: { day: "31", month: "2", year: "2026" } }, {
    until: "event_date",
    visit: async (here) => {
      if (!["want", "topics"].includes(here)) return;
      await refused(page);
      await transcript.add(page, `${here}, refused`);
    },
  });
  await answer(page, "event_date", { day: "31", month: "2", year: "2026" });
  await refused(page);
  const phrases = await transcript.add(page, "event_date, refused");
  const told = words.adult.errors.date_impossible ?? words.adult.questions.event_date.errors.date_impossible;
  assert.ok(phrases.filter((phrase) => phrase.includes(told)).length >= 2, "told in the summary and at the field");
  await transcript.compare("errors");
});

test("what is passed over is never a name for two things: no two links of a page read alike and lead apart", async (t) => {
  const page = await open(t);
  await walk(page, statutory, {
    visit: async (here) => {
      const links = await page.evaluate(() => [...document.querySelectorAll("a[href]")]
        .filter((link) => link.checkVisibility() && link.closest("main"))
        .map((link) => [(link.getAttribute("aria-label") ?? link.textContent).trim(), link.getAttribute("href")]));
      const leads = new Map();
      for (const [text, href] of links) {
        assert.equal(leads.get(text) ?? href, href, `${here}: two links read “${text}”`);
        leads.set(text, href);
      }
    },
  });
});

describe("a new page is told once", () => {
  test("the focus goes to its heading, once, and nothing else speaks", async (t) => {
    const page = await open(t);
    await page.evaluate(() => {
      globalThis.told = [];
      const live = "[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log]";
      addEventListener("focusin", ({ target }) => told.push(`focus: ${target.tagName.toLowerCase()}`));
      new MutationObserver((changes) => {
        for (const { target, addedNodes } of changes) {
          const region = (target.nodeType === Node.TEXT_NODE ? target.parentElement : target)?.closest(live);
          // What is drawn with words in it already is read with the page; only a change within a region is spoken.
          if (region && !region.contains(document.activeElement) && region.textContent.trim() && [...addedNodes].every((node) => node !== region)) {
            told.push(`spoken: ${region.textContent.trim()}`);
          }
        }
      }).observe(document.body, { childList: true, characterData: true, subtree: true });
    });
    const clear = () => page.evaluate(() => { told.length = 0; });
    const since = () => page.evaluate(() => new Promise((done) => { setTimeout(() => done([...told]), 150); }));
    const turns = [];
    await walk(page, shortest, {
      visit: async (here) => {
        if (turns.length) {
          const heardNow = (await since()).filter((what) => what.startsWith("spoken") || what === "focus: h1");
          turns.push([here, heardNow]);
        } else {
          turns.push([here, ["focus: h1"]]);
        }
        await clear();
      },
    });
    assert.ok(turns.length > 8);
    assert.deepEqual(turns.filter(([, what]) => what.join() !== "focus: h1"), []);
    await turning(page, () => page.goBack());
    assert.deepEqual((await since()).filter((what) => what.startsWith("spoken") || what === "focus: h1"), ["focus: h1"]);
    assert.ok(await heading(page));
    await goOn(page);
  });
});
