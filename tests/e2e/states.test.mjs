// Every page in each register and in each state: empty, refused, filled with long words, and with words that run from right to
// left. What a rule of WCAG 2.2 AA can tell by itself is asked of each: by axe, by the HTML checker, and by measuring.
//
// Of one council. With PUTRIGHT_PROVE=1, as `make prove` runs it, of every council that ships.

import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";

import { fourteen, late, nine, siblings, statutory } from "./support/answers.mjs";
import { Browser, narrow } from "./support/browser.mjs";
import { findings, invalid, shoot } from "./support/checks.mjs";
import { count } from "./support/evidence.mjs";
import { answer, send, walk } from "./support/journey.mjs";
import { control, submitButton, turning } from "./support/page.mjs";
import { binary, data, dist, Receiver } from "./support/receiver.mjs";

const run = promisify(execFile);
const councils = process.env.PUTRIGHT_PROVE ? (await data("councils/index.json")).councils : ["bromley"];
const journeys = [
  { name: "adult", answers: statutory },
  { name: "an advocate", answers: siblings },
  { name: "a complaint that is late", answers: late, sends: false },
  { name: "8 to 11", register: "8-11", answers: nine },
  { name: "12 to 17", register: "12-17", answers: fourteen },
];
/** Wider than a phone, with nowhere to break. */
const long = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz".repeat(2);

let receiver, browser;

before(async () => {
  [receiver, browser] = await Promise.all([Receiver.start(), Browser.start()]);
});
after(() => Promise.all([browser?.stop(), receiver?.stop()]));

/** What a page has wrong, measured: all that needs no opinion. */
async function measured(page, where) {
  const wrong = await page.evaluate(() => {
    const found = [];
    const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: false });
    const all = (selector) => [...document.querySelectorAll(selector)].filter(shown);
    for (const [selector, times] of [["h1", 1], ["main", 1], ["header", 1], ["footer", 1]]) {
      const there = all(selector).length;
      if (there !== times) found.push(`${there} × ${selector}`);
    }
    if (!document.title.trim()) found.push("no title");
    const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
    const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
    if (twice.length) found.push(`ids twice: ${twice.join(", ")}`);
    return found;
  });
  assert.deepEqual(wrong, [], where);
}

/** What lies to the side of the window. */
async function sideways(page, where) {
  const wide = await page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.querySelectorAll("body *")]
      .filter((element) => { const { left, right } = element.getBoundingClientRect(); return right > clientWidth + 1 || left < -1; })
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}`.slice(0, 80)).slice(0, 5);
  });
  assert.deepEqual(wide, [], `${where} scrolls sideways`);
}

/** WCAG 2.2, 1.4.12: nothing is cut or lies over anything when text is spaced like this. */
async function spaced(page, where) {
  const cut = await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
      p { margin-bottom: 2em !important; }`);
    document.adoptedStyleSheets = [sheet];
    const { clientWidth, scrollWidth } = document.documentElement;
    const found = scrollWidth > clientWidth ? ["the page scrolls sideways"] : [];
    for (const element of document.querySelectorAll("main *, header *, footer *")) {
      const { overflowX, overflowY } = getComputedStyle(element);
      const clips = [overflowX, overflowY].some((value) => ["hidden", "clip"].includes(value));
      if (clips && element.checkVisibility() && !element.matches(".govuk-visually-hidden, input") && element.clientWidth > 1 &&
        (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)) {
        found.push(`${element.tagName.toLowerCase()}.${element.className} is cut`);
      }
    }
    document.adoptedStyleSheets = [];
    return found;
  });
  assert.deepEqual(cut, [], `${where}, with text spaced`);
}

/** With colours forced on the page, whatever can be used is still to be seen: by its words or by an edge of its own. */
async function forced(page, where) {
  await page.emulateMedia({ forcedColors: "active" });
  const lost = await page.evaluate(() => {
    const edged = (style) => style.borderStyle !== "none" && parseFloat(style.borderTopWidth) + parseFloat(style.borderBottomWidth) > 0;
    return [...document.querySelectorAll("input, textarea, select, button, summary, a[href]")]
      .filter((element) => element.checkVisibility() && !["hidden", "file"].includes(element.type))
      .filter((element) => {
        if (["radio", "checkbox"].includes(element.type)) return !edged(getComputedStyle(element.labels[0], "::before"));
        return !edged(getComputedStyle(element)) && !(element.innerText ?? "").trim();
      })
      .map((element) => element.outerHTML.slice(0, 100));
  });
  await page.emulateMedia({ forcedColors: "none" });
  assert.deepEqual(lost, [], `${where}, with forced colours`);
}

/** WCAG 2.2, 2.4.7 and 2.4.11: wherever the Tab key leads is seen, and is not covered. */
async function followed(page, where) {
  await page.evaluate(() => { document.activeElement?.blur(); scrollTo(0, 0); });
  const wrong = [];
  let stops = 0;
  for (const seen = new Set(); stops < 150; stops += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      globalThis.stopped ??= new WeakMap();
      const number = stopped.get(element) ?? Math.random();
      stopped.set(element, number);
      const drawn = ["radio", "checkbox"].includes(element.type) ? element.labels[0] : element;
      const styles = [getComputedStyle(element), getComputedStyle(drawn), getComputedStyle(drawn, "::before")];
      const marked = styles.some((style) => (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none");
      // Seen at its middle, or at least where it starts.
      const { left, top, width, height } = element.getBoundingClientRect();
      const free = [[0.5, height / 2], [0.1, height / 2], [0.5, Math.min(height / 2, 10)]].some(([part, down]) => {
        const at = document.elementFromPoint(left + width * part, top + down);
        return at !== null && (element.contains(at) || drawn.contains(at) || at.contains(element));
      });
      const over = document.elementFromPoint(left + width / 2, top + height / 2);
      return { number, marked, free, what: `${element.outerHTML.slice(0, 100)} at ${left},${top} under ${over?.outerHTML.slice(0, 100)}` };
    });
    if (!stop || seen.has(stop.number)) break;
    seen.add(stop.number);
    if (!stop.marked) wrong.push(`the focus is not to be seen: ${stop.what}`);
    if (!stop.free) wrong.push(`the focus is covered: ${stop.what}`);
  }
  assert.ok(stops > 2, `${where}: the Tab key leads nowhere`);
  assert.deepEqual(wrong, [], where);
  return stops;
}

/** Fills every field of the page with words that are too long for it. Gives what puts back what stood there. */
async function overfill(page) {
  const fields = [];
  for (const field of await page.locator("main form :is(input[type=text], textarea)").all()) {
    if (await field.isVisible()) fields.push([field, await field.inputValue()]);
  }
  for (const [field] of fields) await field.fill(long);
  return fields.length ? async () => { for (const [field, text] of fields) await field.fill(text); } : null;
}

/** Judges a page as it stands, and keeps its HTML for the checker. */
async function judge(page, where, kept) {
  // From its top: half-way down, what stays in reach lies over part of something, as it should.
  await page.evaluate(() => scrollTo(0, 0));
  await page.waitForFunction(() => document.getAnimations().length === 0);
  assert.deepEqual(await findings(page), [], where);
  await measured(page, where);
  await sideways(page, where);
  await spaced(page, where);
  await forced(page, where);
  // As it stands now, and not as it was sent.
  kept[where.replace(/[^\w-]+/g, "_")] = await page.evaluate(() => {
    const whole = document.documentElement.cloneNode(true);
    // The policy speaks of an origin, which a file has not; the council's colour is set by script, as the policy allows.
    whole.querySelector("meta[http-equiv]")?.remove();
    whole.removeAttribute("style");
    return `<!DOCTYPE html>${whole.outerHTML}`;
  });
  count("pages measured, each in one state", 1);
}

async function every(page, journey, kept, titles) {
  if (journey.register) {
    await page.locator(`a[href="#/words/${journey.register}"]`).first().click();
    const { registers } = await data(`content/en/${journey.register}.json`);
    await page.waitForFunction((name) => document.querySelector(".pr-registers [aria-current]")?.textContent === name, registers[journey.register]);
  }
  const visit = async (here) => {
    const where = `${journey.name}, ${here}`;
    await judge(page, where, kept);
    count("stops of the Tab key seen and free", await followed(page, where));
    const title = await page.title();
    assert.equal(titles.get(title) ?? here.replace(/-\d+$/, ""), here.replace(/-\d+$/, ""), `two pages have the title ${title}`);
    titles.set(title, here.replace(/-\d+$/, ""));
    if (here === "check" || !(await submitButton(page).count())) return;
    const { kind, optional } = await control(page);
    const hash = await page.evaluate(() => location.hash);
    if (!optional && kind !== "none" && kind !== "files") {
      await submitButton(page).click();
      const end = await page.waitForFunction((hash) => document.querySelector("#summary") ? "refused" : location.hash !== hash && "gone on", hash);
      if (await end.jsonValue() === "refused") await judge(page, `${where}, refused`, kept);
      // A page that a child may leave out does not say so in its heading.
      else await turning(page, () => page.goBack());
    }
    const putBack = await overfill(page);
    if (putBack) {
      await judge(page, `${where}, long words`, kept);
      await putBack();
    }
  };
  const been = await walk(page, journey.answers, { visit });
  if (journey.sends !== false) {
    await send(page);
    await judge(page, `${journey.name}, sent`, kept);
  }
  return been;
}

/** A warning: the design system's dates say so for screen readers that pass over a fieldset without it. */
const ofTheDesignSystem = /^The “group” role is unnecessary for element “fieldset”\.$/;

async function valid(kept) {
  const told = (await invalid(kept)).filter(({ message }) => !ofTheDesignSystem.test(message));
  assert.deepEqual(told.map(({ where, message, extract }) => `${where}: ${message}: ${extract}`), []);
}

for (const council of councils) {
  describe(council, () => {
    const titles = new Map();
    for (const journey of journeys) {
      test(`${journey.name}: every page in every state`, async (t) => {
        const { page, watch, close } = await browser.open(`${receiver.origin}/?council=${council}`, { viewport: narrow });
        t.after(close);
        const kept = {};
        const been = await every(page, { ...journey, answers: { ...journey.answers, borough: council } }, kept, new Map(titles));
        assert.ok(been.length >= 3, been.join());
        await valid(kept);
        watch.clean();
      });
    }
  });
}

describe("words that are read from right to left", () => {
  let site, folder;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "putright-rtl-"));
    await cp(dist, folder, { recursive: true, filter: (path) => !/\.(br|gz)$/.test(path) });
    for (const name of await readdir(join(folder, "content/en"))) {
      const path = join(folder, "content/en", name);
      const words = JSON.parse(await readFile(path, "utf8"));
      if (!("direction" in words)) continue;
      await writeFile(path, JSON.stringify({ ...words, direction: "rtl" }));
    }
    await run(binary, ["prerender", "--dist", folder]);
    site = await Receiver.start(folder);
  });
  after(async () => {
    await site?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test("the page is read that way, and every page is whole in every state", async (t) => {
    const { page, watch, close } = await browser.open(`${site.origin}/?council=bromley`, { viewport: narrow });
    t.after(close);
    const kept = {};
    assert.deepEqual(await page.evaluate(() => [document.documentElement.dir, document.documentElement.lang]), ["rtl", "en-GB"]);
    const radio = await page.locator("main form label").first().evaluate((label) => {
      const { left, right } = label.closest(".govuk-radios__item").getBoundingClientRect();
      const input = label.parentElement.querySelector("input").getBoundingClientRect();
      return { besideStart: right - input.right < input.left - left, mark: getComputedStyle(label, "::before").right };
    });
    assert.ok(radio.besideStart, "the radio stands where reading begins");
    assert.equal(radio.mark, "2px", "and so does its mark");
    const groups = await page.locator("main .pr-phone").first().evaluate(({ firstChild }) => {
      const range = document.createRange();
      return [...firstChild.data.matchAll(/\d+/g)].map(({ index, 0: { length } }) => {
        range.setStart(firstChild, index);
        range.setEnd(firstChild, index + length);
        return range.getBoundingClientRect().left;
      });
    });
    assert.ok(groups.length > 1);
    assert.deepEqual(groups, [...groups].sort((a, b) => a - b), "a telephone number is read as it is dialled");
    await shoot(page, "rtl-want");
    await every(page, { name: "right to left", answers: { ...statutory, borough: "bromley" } }, kept, new Map());
    await shoot(page, "rtl-sent");
    await valid(kept);
    watch.clean();
  });
});
