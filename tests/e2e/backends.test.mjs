// Every backend, and every way in which each can go wrong: nothing is lost, nothing comes twice unless that was said before,
// and nothing is called sent that is not there. What comes of it stands in docs/backends.md.
//
// UPDATE=1   writes docs/backends.md anew

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { statutory, typed } from "./support/answers.mjs";
import { Browser } from "./support/browser.mjs";
import { draftAt, openAt, said, told, until } from "./support/outcome.mjs";
import { Mock, textOf } from "./support/mock.mjs";
import { submitButton } from "./support/page.mjs";
import { data, root } from "./support/receiver.mjs";
import { Site } from "./support/site.mjs";

const table = join(root, "docs/backends.md");
const presets = JSON.parse(await readFile(join(root, "crates/domain/src/delivery/presets.json"), "utf8"));
/** A real council waits longer. */
const quick = { timeout_seconds: 2 };

/**
 * How a council sets each of them up. What is `beside` is on another host and must allow the site by CORS; what is `behind`
 * is on the council's own, as cookies and forms want it.
 */
const setups = {
  "putright": { beside: "/api/submissions", more: { retry: { most: 3, wait_seconds: 0 } } },
  "open311": { beside: "/open311/v2/requests.json" },
  "fixmystreet-import": { beside: "/import", more: { fields: { lat: { value: "51.404" }, lon: { value: "0.015" } } } },
  "drupal-webform-rest": { behind: "/webform_rest/submit" },
  "formspree": { beside: "/f/xyzabcde" },
  "netlify": { behind: "/received" },
  "power-automate": { beside: "/workflows/1/triggers/manual/paths/invoke" },
  "n8n": { beside: "/webhook/complaint" },
  "aspnet": { behind: "/complaints" },
  "laravel": { behind: "/complaints" },
  "form-handler": { behind: "/contact-us/send" },
  "no-endpoint": {},
};

let browser, words, draft, faults;
/** What came of each, by preset and fault. */
const cells = {};
/** The same with a backend that knows a complaint again, where it goes wrong once alone. */
const once = {};

before(async () => {
  [browser, { words }] = await Promise.all([Browser.start(), data("content/en/adult.json")]);
  const site = await Site.start();
  [draft, faults] = await Promise.all([draftAt(browser, site, statutory, words), Mock.faults()]);
  await site.stop();
});
after(() => browser?.stop());

/** A page at the end of the questions, on the site of a council with this backend, and the backend. */
async function council(t, preset, differs) {
  const { beside, behind, more } = setups[preset];
  const mock = await Mock.start(preset);
  t.after(() => mock.stop());
  const delivery = { preset, url: beside ? mock.origin + beside : behind, ...quick, ...more, ...differs };
  const site = await Site.start({ delivery, backend: behind && mock.origin });
  t.after(() => site.stop());
  const session = await openAt(browser, site, draft, words, { mock });
  t.after(() => session.close());
  return { mock, session };
}

/** One person sends one complaint while something is wrong. Gives what came of it, and what must not be. */
async function tried(preset, { mock, session }, fault, times) {
  await mock.clear();
  await mock.fault(fault, times);
  const { page } = session;
  const keyed = Boolean(presets[preset].idempotency);
  const navigates = presets[preset].send === "navigate";
  const wrong = [];
  const must = (holds, what) => { if (!holds) wrong.push(`${preset}, ${fault}: ${what}`); };
  const lines = typed(statutory).flatMap((text) => text.split("\n")).map((line) => line.trim()).filter(Boolean);
  const missing = (text) => lines.filter((line) => !text.includes(line));
  const press = navigates ? () => handedOver(session, mock) : () => submitButton(page).click();
  await press();
  const first = await told(page, words);
  const [stored, requests] = [await mock.received(), await mock.requests()];
  const outcome = { says: first.says, stored: stored.length, requests, numbers: stored.map((one) => one.id) };
  must(stored.length <= 1, `stored ${stored.length} times`);
  must(keyed || requests <= 1, `sent ${requests} times without a key`);
  for (const one of stored) must(missing(textOf(one)).length === 0, `stored without ${missing(textOf(one))}`);
  must(first.says !== "sent" || stored.length === 1, "called sent, and not stored");
  must(first.says !== "not sent" || stored.length === 0, "called not sent, and stored");
  must(missing(first.text).length === 0, `the page has lost ${missing(first.text)}`);
  if (first.says === "sent") return { ...outcome, wrong };

  // It failed: all is there, other ways are there, and what trying again would mean is said.
  must(first.says !== "other", `the page says neither: ${first.title}`);
  must(first.ways === presets[preset].fallbacks.length, `${first.ways} other ways`);
  const [number] = /[0-9a-f]{8}(-[0-9a-f]{8}){3}/.exec(first.text) ?? [""];
  must(number, "no copy number");
  const again = first.says === "not sent" ? "again_safe" : keyed ? "again_same" : "again_twice";
  const gap = words[again].split("{number}")[0];
  must(first.text.includes(gap), `does not say: ${gap}`);
  outcome.warned = again === "again_twice";

  // It is over, and the person tries again.
  await mock.fault("none");
  await press();
  const second = await (navigates ? said : told)(page, words);
  const all = await mock.received();
  outcome.then = { says: second.says, stored: all.length };
  must(second.says === (navigates ? "unknown" : "sent"), `after trying again the page says ${second.says}`);
  must(all.length >= 1, "lost");
  must(all.length === 1 || (outcome.warned && all.length === 2), `then stored ${all.length} times`);
  for (const { id } of all) must(!id || id === number.replaceAll("-", ""), "stored under another number than the page has");
  for (const one of all) must(missing(textOf(one)).length === 0, `then stored without ${missing(textOf(one))}`);
  return { ...outcome, wrong };
}

/** Presses the button that opens the council's own page, and waits until that has an answer or none, or the backend has it. */
async function handedOver({ page, context }, mock) {
  const had = (await mock.received()).length;
  const posted = (request) => request.method() === "POST";
  const ends = ["requestfinished", "requestfailed"].map((event) => context.waitForEvent(event, posted));
  await submitButton(page).click();
  await Promise.any([...ends, until(async () => (await mock.received()).length > had)]);
  await Promise.all(context.pages().filter((other) => other !== page).map((other) => other.close()));
}

/** Tries one fault after another, and says what is wrong with any of it. */
async function all(t, preset, names, { times } = {}) {
  const place = await council(t, preset);
  const found = {};
  for (const fault of names) {
    found[fault] = await tried(preset, place, fault, times);
    await place.session.next();
  }
  place.session.watch.clean();
  assert.deepEqual(Object.values(found).flatMap(({ wrong }) => wrong), []);
  return found;
}

/** What stands on the council's own site needs no CORS. */
const possible = (preset) => [...faults.keys()].filter((fault) => fault !== "cors" || setups[preset].beside);
const sending = Object.keys(presets).filter((preset) => presets[preset].send !== "none");
/** Those that take longest begin first. */
const inTurn = ["form-handler", "putright", ...sending.filter((preset) => !["form-handler", "putright"].includes(preset))];

describe("every backend, in every way in which it can go wrong", { concurrency: 4 }, () => {
  for (const preset of inTurn) {
    test(preset, async (t) => {
      cells[preset] = await all(t, preset, possible(preset));
      assert.equal(cells[preset].none.stored, 1);
    });
  }

  test("a backend that knows a complaint again, and goes wrong once", async (t) => {
    Object.assign(once, await all(t, "putright", possible("putright"), { times: 1 }));
    const byItself = Object.keys(once).filter((fault) => once[fault].requests > 1);
    for (const fault of byItself) assert.deepEqual([once[fault].says, once[fault].stored], ["sent", 1], fault);
    for (const fault of ["timeout", "reset-after", "html-error", "unavailable", "too-many"]) assert.ok(byItself.includes(fault), fault);
  });

  test("a browser that sends again by itself, on a connection that it has used before: the key makes one of all", async (t) => {
    const mock = await Mock.start("putright");
    t.after(() => mock.stop());
    const delivery = { url: "/api/submissions", credentials: "same-origin", retry: null, ...quick };
    const site = await Site.start({ delivery, backend: mock.origin, keepsOpen: true });
    t.after(() => site.stop());
    const { page, close } = await openAt(browser, site, draft, words);
    t.after(() => close());
    await mock.fault("reset-after", 1);
    await submitButton(page).click();
    const { says } = await told(page, words);
    assert.equal((await mock.received()).length, 1);
    assert.equal(says, await mock.requests() > 1 ? "sent" : "unknown");
  });

  test("what a backend has no room for is said before anything is sent, and what fits is sent when that was read", async (t) => {
    const { mock, session: { page } } = await council(t, "open311", { fields: { description: { template: "{summary}", max: 200 } } });
    await submitButton(page).click();
    const first = await told(page, words);
    assert.ok(first.why.includes(words.cut_short.split("{max}")[0]) && first.why.includes("200"), first.why);
    assert.equal(await mock.requests(), 0);
    await submitButton(page).click();
    assert.equal((await told(page, words)).says, "sent");
    const [stored] = await mock.received();
    assert.equal([...stored.fields.description].length, 200);
    assert.ok(stored.fields.description.endsWith("[…]"), "whoever reads it knows that it is not all");
  });

  test("a council that takes nothing: the other ways are there at once, and nothing is called sent", async (t) => {
    const site = await Site.start({ delivery: { preset: "no-endpoint" } });
    t.after(() => site.stop());
    const { page, watch, close } = await openAt(browser, site, draft, words);
    t.after(() => close());
    const posted = [];
    page.on("request", (request) => { if (request.method() !== "GET") posted.push(request.url()); });
    assert.equal(await submitButton(page).count(), 0);
    const { ways, text } = await said(page, words);
    assert.equal(ways, presets["no-endpoint"].fallbacks.length);
    assert.ok(text.includes(words.ways_none) && text.includes(words.ways_not_sent));
    assert.deepEqual(posted, []);
    watch.clean();
  });
});

test("docs/backends.md tells what came of it", async (t) => {
  if (sending.some((preset) => !cells[preset])) return t.skip("not all of it ran");
  const told = written();
  if (process.env.UPDATE) await writeFile(table, told);
  const kept = await readFile(table, "utf8").catch(() => "");
  assert.equal(kept, told, "docs/backends.md is not up to date: UPDATE=1 node --test tests/e2e/backends.test.mjs");
});

function written() {
  const marks = { "sent": "✓", "not sent": "✗", "unknown": "?" };
  const cell = (found) => {
    if (!found) return "";
    return `${marks[found.says]} ${found.stored}${found.then ? ` → ${found.then.stored}` : ""}`;
  };
  const row = (...texts) => `| ${texts.join(" | ")} |`;
  const matrix = [...faults.keys()].map((fault) => row(`\`${fault}\``, ...sending.map((preset) => cell(cells[preset][fault]))));
  const counts = (preset) => {
    const found = Object.values(cells[preset]);
    const count = (holds) => found.filter(holds).length;
    return [
      found.length, count(({ says }) => says === "sent"), count(({ says }) => says === "not sent"), count(({ says }) => says === "unknown"),
      count(({ says, stored }) => says === "sent" && stored === 0) + count(({ then }) => then?.stored === 0),
      count(({ warned, then }) => then?.stored > 1 && !warned) + count(({ stored }) => stored > 1),
      count(({ says, stored }) => says === "not sent" && stored > 0),
      count(({ warned, then }) => then?.stored > 1 && warned),
    ];
  };
  const unnumbered = sending.filter((preset) => Object.values(cells[preset]).some(({ numbers }) => numbers.includes(null)));
  const names = new Intl.ListFormat("en-GB").format(unnumbered.map((preset) => `\`${preset}\``));
  const rows = sending.map((preset) => [`\`${preset}\``, ...counts(preset)]);
  const sums = rows[0].slice(1).map((_, column) => rows.reduce((sum, own) => sum + own[column + 1], 0));
  const head = (...names) => [row(...names), `|${"---|".repeat(names.length)}`];
  return [
    "# Every backend, and every way in which it goes wrong",
    "",
    "Nobody’s complaint may be lost, come twice unasked, or be called sent when it is not there. This is what came of trying: for each",
    "[preset](../crates/domain/src/delivery/presets.json), and each way in which a backend can fail, a person with every kind of answer pressed",
    "“Send it to the council” in a real Chromium, against `putright mock-backend`. What the page then said was held against what the backend had",
    "stored, word for word. Where it was not sent, or not known to be, the fault was taken away and “Try again” was pressed.",
    "",
    "`UPDATE=1 node --test tests/e2e/backends.test.mjs` writes this file; without `UPDATE=1`, the test fails where it no longer holds.",
    "",
    "## What came of it",
    "",
    "✓ the page says that it has been sent · ✗ that it has not · ? that we do not know. The number is how often the backend has it.",
    "After → stands how often it has it when “Try again” has been pressed, after which the page said ✓ each time (but see `form-handler`).",
    "",
    ...head("", ...sending.map((preset) => `\`${preset}\``)),
    ...matrix,
    "",
    "- **`? 1 → 2`** comes of a backend that cannot know a complaint again, and was told before it was done: the page said that it may come",
    "  twice, gave the person’s own number for it, and offered to ring first. Nothing was sent a second time by itself.",
    ...(names ? [`- The number goes with what is sent, but for ${names}, whose preset has no field for it.`] : []),
    "- **`putright`** knows a complaint by its key. What passes is tried again by the page itself, three times at most.",
    "- **`form-handler`** gives its answer on a page of its own, which this one cannot read: it is always “?”, also after “Try again”.",
    "- **`no-endpoint`** sends nothing. The other ways are there at once, and the page says that none of them sends it from here.",
    "- No `cors` where the backend stands on the council’s own site.",
    "",
    "## Counted",
    "",
    "Lost: called sent, and not stored, or not stored after “Try again”. Doubled: stored twice, and nobody was told that it might be. False:",
    "called not sent, and stored. Each of these fails the test.",
    "",
    ...head("", "tried", "✓", "✗", "?", "lost", "doubled", "false", "twice, as told"),
    ...rows.map((own) => row(...own)),
    row("**all**", ...sums.map((sum) => `**${sum}**`)),
    "",
    "## Where it goes wrong once",
    "",
    "`putright`, with a fault for the first request alone. Where the page tried again by itself, nobody had to press anything.",
    "",
    ...head("", "requests", "came of it"),
    ...Object.entries(once).map(([fault, found]) => row(`\`${fault}\``, found.requests, cell(found))),
    "",
    "## The faults",
    "",
    ...[...faults].filter(([fault]) => fault !== "none").map(([fault, what]) => `- \`${fault}\`: ${what}`),
    "",
    "With `slow`, the page waited 2 seconds for an answer, in place of the 30 or more of the presets.",
    "",
    "## What it does not show",
    "",
    "The backends here are stand-ins, which answer as their makers’ documents say. Mock and site close each connection after one answer,",
    "and a real server may not. Where a connection that Chromium has used before is cut, it sends the same request again by itself, once for",
    "each connection that it has open, and no page can see or stop that: with connections kept open, `reset-after` was stored up to seven",
    "times by backends without a key. A backend that knows a complaint by its key has it once all the same, which is tested. One that has no",
    "key can be told to refuse a copy number that it has already, or to close the connection after each answer.",
    "",
  ].join("\n");
}
