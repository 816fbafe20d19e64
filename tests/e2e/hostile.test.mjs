// Hostile text in every field, and in every string of a council's files: it is shown as it was put in, and nothing of it runs.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";

import { shortest } from "./support/answers.mjs";
import { mounted } from "./support/browser.mjs";
import { shoot } from "./support/checks.mjs";
import { count } from "./support/evidence.mjs";
import { arm, report, standing, turned } from "./support/guard.mjs";
import { hurry } from "./support/hands.mjs";
import { browser, harmless, hostile, inRegister, journeys, known, open, pool, receiver, site, words } from "./support/hostile.mjs";
import { add, goOn, walk } from "./support/journey.mjs";
import { until } from "./support/outcome.mjs";
import { address, arrived, place, submitButton, turning } from "./support/page.mjs";
import { all, own } from "./support/vectors.mjs";

const way = (means) => `main button[aria-describedby="way-${means}"]`;

/** Types what cannot be told in JSON: half a letter, say. */
const codes = {
  ...hurry,
  async type(page, name, text, prefix = "") {
    await page.evaluate(([selector, units]) => {
      const input = document.querySelector(selector);
      let value = "";
      for (const unit of units) value += String.fromCharCode(unit);
      input.value = value;
      input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }, [`#${prefix}field-${name}`, Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))]);
  },
};

/** What was typed on each page, line by line, as it has to be shown. */
class Typed {
  lines = new Map();

  /** Reads the fields as they stand. */
  async note(page, here) {
    const values = await page.evaluate(() => [...document.querySelectorAll("main form input, main form textarea")]
      .filter((input) => !["radio", "checkbox", "file"].includes(input.type) && !["day", "month", "year"].includes(input.name) && input.value)
      .map((input) => Array.from({ length: input.value.length }, (_, at) => input.value.charCodeAt(at))));
    const texts = values.map((units) => units.map((unit) => String.fromCharCode(unit)).join(""));
    this.lines.set(here, texts.flatMap((text) => text.toWellFormed().replaceAll("\0", "").split("\n"))
      .map((line) => line.replace(/^[\s\u0085]+|[\s\u0085]+$/gu, "")).filter(Boolean));
  }

  all() {
    return [...this.lines.values()].flat();
  }
}

/** Nothing ran, nothing is there that the app did not make, and nothing turns the words beside it. */
async function sound(page, guard, where, { learn = false } = {}) {
  const { kinds, wrong } = await standing(page);
  if (learn) for (const kind of kinds) known.add(kind);
  else assert.deepEqual(kinds.filter((kind) => !known.has(kind)), [], `${where}: elements that nobody made`);
  assert.deepEqual(wrong, [], where);
  assert.deepEqual(guard.ran, [], where);
  assert.deepEqual(await turned(page, "main dt, main label, main legend, main h1, main h2, main button, .pr-keep, footer a"), [], `${where}: turned`);
  count("pages with hostile text on them", learn ? 0 : 1);
}

async function shows(page, lines, where) {
  const text = await page.evaluate(() => {
    const fields = [...document.querySelectorAll("main textarea")].map((field) => field.value);
    const text = [document.querySelector("main").textContent, ...fields].join("\n");
    return Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
  });
  const shown = decode(text);
  assert.deepEqual(lines.filter((line) => !shown.includes(line)), [], `${where} does not show what was typed`);
  count("hostile lines found as they were typed", lines.length);
}

function decode(units) {
  let text = "";
  for (let at = 0; at < units.length; at += 8192) text += String.fromCharCode(...units.slice(at, at + 8192));
  return text;
}

async function journey(t, name, answers, { learn }) {
  const register = answers.register ?? "adult";
  let refusing = true;
  const details = own.slice(0, 20);
  const { page, guard } = await open(t, site.origin, {
    allow: [/Failed to load resource/],
    routes: async (page) => {
      await page.route((url) => url.pathname === "/" || url.pathname.endsWith(".html"), report);
      await page.route("**/api/submissions*", (route) => refusing ? route.fulfill({
        status: 422, contentType: "application/problem+json",
        body: JSON.stringify({ errors: details.map((detail, at) => ({ pointer: ["", "/points/0/what_happened", "/contact/email"][at % 3], detail })) }),
      }) : route.continue());
    },
  });
  const look = (where) => sound(page, guard, `${name}: ${where}`, { learn });
  await inRegister(page, register);
  const typed = new Typed();
  const filled = learn ? harmless(answers, register) : hostile(answers, register, pool);
  // What stands on a page is noted as it is left. A letter is ours: its blanks are filled in by what comes after it.
  const noting = { ...codes, async press(...what) { if (await place(page) !== "letter") await typed.note(page, await place(page)); return codes.press(...what); } };
  const been = await walk(page, filled, { hands: noting, visit: look });
  assert.equal(been.at(-1), "check", been.join(" → "));
  const lines = typed.all();
  assert.ok(lines.length >= 3, "nothing was typed");

  await shows(page, lines, "check");
  if (!learn) await shoot(page, `hostile-check-${register}-${been.length}`);

  // Kept in the tab, and opened again after a reload.
  const w = words[register].words;
  await address(page, "#/draft");
  await arrived(page, "draft");
  await hurry.choose(page, "draft", "tab");
  await hurry.press(page, "main form button[type=submit]");
  await page.locator("main .govuk-inset-text", { hasText: w.draft_tab }).waitFor();
  await look("draft");
  await page.reload({ waitUntil: "commit" });
  await mounted(page);
  // Whoever has other words than the page comes with is on the page of the form at once.
  const on = page.getByRole("link", { name: w.draft_go_on, exact: true });
  await until(async () => await place(page) === "check" || await on.count() > 0);
  if (await place(page) !== "check") await turning(page, () => on.click());
  await walk(page, { sharing: true }, { visit: look });
  await shows(page, lines, "the draft after a reload");
  await look("the draft after a reload");

  // Refused, in hostile words.
  await submitButton(page).click();
  await page.locator("#summary").waitFor();
  await look("not sent");
  await shows(page, [...lines, ...(learn ? [] : details).map((detail) => detail.toWellFormed().trim())], "not sent");
  if (!learn) await shoot(page, `hostile-refused-${register}-${been.length}`);

  const [download] = await Promise.all([page.waitForEvent("download"), page.locator(way("download_html")).click()]);
  const file = join(await mkdtemp(join(tmpdir(), "putright-hostile-")), "copy.html");
  await download.saveAs(file);
  let copied;
  const copy = await browser.open(pathToFileURL(file).href, { wait: false, now: null, before: async (page) => { copied = await arm(page); } });
  await copy.page.waitForLoadState();
  const text = decode(await copy.page.evaluate(() => {
    const text = document.body.textContent;
    return Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
  }));
  const seen = (line) => line.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, "").trim();
  assert.deepEqual(lines.map(seen).filter((line) => !text.includes(line)), [], "the saved copy");
  const others = (await standing(copy.page)).kinds.map((kind) => kind.split(" ")[1]);
  assert.deepEqual([...new Set(others)].sort(), ["body", "dd", "dl", "dt", "h1", "head", "html", "main", "meta", "p", "style", "title"]);
  assert.deepEqual(copied.ran, []);
  await copy.close();
  copy.watch.clean();
  await rm(join(file, ".."), { recursive: true });
  count("pages with hostile text on them", learn ? 0 : 1);

  for (const means of ["telephone", "post"]) {
    await turning(page, () => page.locator(way(means)).click());
    await look(means);
    await shows(page, lines, means);
    await page.emulateMedia({ media: "print" });
    await look(`${means}, printed`);
    await page.emulateMedia({ media: "screen" });
    await page.locator("main a[href='#/check']").click();
    // What went wrong has the focus there.
    await page.waitForFunction(() => location.hash === "#/check" && document.activeElement?.id === "summary");
  }

  refusing = false;
  await goOn(page);
  await look("sent");
  await shows(page, lines, "sent");
  const reference = await page.locator(".govuk-panel .pr-reference").innerText();
  const submission = await receiver.show(reference);
  const sent = JSON.stringify(submission.letter ?? "") + JSON.stringify(submission);
  const missing = lines.filter((line) => !sent.includes(JSON.stringify(line).slice(1, -1)));
  assert.deepEqual(missing, [], "what arrived is not what was typed");
}

describe("what somebody types is text, wherever it stands", () => {
  test("harmless words first: what the app makes of them is what it may make", async (t) => {
    for (const [name, answers] of Object.entries(journeys)) {
      await t.test(name, (t) => journey(t, name, answers, { learn: true }));
    }
  });
  for (const [name, answers] of Object.entries(journeys)) {
    test(name, (t) => journey(t, name, answers, { learn: false }));
  }
  test("every hostile string was used", () => {
    assert.ok(pool.whole, `${pool.used} of ${all.length}`);
    count("hostile strings typed into fields", pool.used);
  });
});

test("what would run is seen: the guard itself", async () => {
  let guard;
  const { page, close } = await browser.open(`${site.origin}/?council=bromley`, {
    allow: [/./],
    before: async (page) => {
      guard = await arm(page);
      await page.route((url) => url.pathname === "/", report);
    },
  });
  await page.evaluate(() => {
    const element = document.createElement("div");
    element.innerHTML = "<img src=x onerror=__ran(1)><b>\u202e dlrow</b>";
    document.querySelector("main h1").append(element);
    globalThis.__ran(2);
    globalThis.__ran = 3;
  });
  await page.waitForFunction(() => true);
  await page.waitForTimeout(300);
  for (const wanted of [/ran: 2/, /ran: 3/, /CSP: script-src-attr|CSP: script-src/, /CSP report/]) {
    assert.ok(guard.ran.some((what) => wanted.test(what)), `${wanted}: ${guard.ran.join("; ")}`);
  }
  const { kinds, wrong } = await standing(page);
  assert.ok(wrong.length === 1 && kinds.some((kind) => kind.startsWith("xhtml img onerror")));
  assert.ok((await turned(page, "main h1")).length > 0, "letters that are turned are not seen");
  await close();
});

test("files with hostile names: cleaned when they are taken, text when they are not", async (t) => {
  const { page, guard } = await open(t, site.origin);
  await walk(page, { ...shortest, files: null }, { until: "files" });
  const named = own.map((name) => name.replaceAll("/", "∕").replaceAll("\0", "")).filter(Boolean);
  const pdf = Buffer.from("%PDF-1.7\n");
  for (let at = 0; at < named.length; at += 8) {
    const some = named.slice(at, at + 8);
    const files = some.map((name, number) => ({
      name: number % 2 ? `${name.slice(0, 60)}.pdf` : `${name.slice(0, 60)}.exe`, mimeType: "application/pdf",
      buffer: number % 2 ? pdf : Buffer.from("MZ\0"),
    }));
    await add(page, files.slice(0, 4));
    assert.deepEqual((await standing(page)).wrong, []);
    assert.deepEqual(guard.ran, []);
    assert.deepEqual(await turned(page, "main .pr-files button, main h1, main h2, #summary h2"), []);
    const shown = await page.evaluate(() => document.querySelector("main").innerText);
    assert.ok(!/[\u202a-\u202e\u2066-\u2069\u200b-\u200f<>"]/.test(shown.replace(/[“”]/g, "")), shown);
    for (;;) {
      const remove = page.locator("main .pr-files button").first();
      if (!(await remove.count())) break;
      const left = await page.locator("main .pr-files li").count();
      await remove.click();
      await page.waitForFunction((before) => document.querySelectorAll("main .pr-files li").length < before, left);
    }
    count("hostile file names", 4);
  }
});
