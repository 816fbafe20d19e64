// The states that a page can be in, and what a rule of WCAG 2.2 AA can tell of each by measuring, in any browser.

import assert from "node:assert/strict";

import { hurry } from "./hands.mjs";
import { control, needed, turning } from "./page.mjs";

/** Wider than a phone, with nowhere to break. */
const long = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz".repeat(2);
const button = "main form button[type=submit]";
const fields = "main form :is(input[type=text], textarea)";

/** Brings a page into each of its states, and has it looked at: as it came (``), `refused`, and filled with `long words`. */
export async function inEachState(page, here, look) {
  await look("");
  // With the agreement it would be sent.
  const agreed = here === "check" && (await control(page)).chosen.length > 0;
  if (agreed || here === "sent" || !(await page.evaluate((button) => document.querySelector(button) !== null, button))) return;
  const hash = await page.evaluate(() => location.hash);
  if ((await needed(page)).length > 0) {
    await hurry.press(page, button);
    await page.waitForFunction((hash) => document.querySelector("#summary") !== null || location.hash !== hash, hash);
    if (await page.evaluate(() => document.querySelector("#summary") !== null)) await look("refused");
    // A page that a child may leave out does not say so in its heading.
    else await turning(page, () => page.goBack());
  }
  const before = await fill(page, null);
  if (before.length === 0) return;
  await fill(page, before.map(() => long));
  await look("long words");
  await fill(page, before);
}

/** Puts a text into each field that is to be seen; gives what stood there. */
function fill(page, texts) {
  return page.evaluate(({ fields, texts }) => [...document.querySelectorAll(fields)].filter((field) => field.checkVisibility())
    .map((field, at) => {
      const before = field.value;
      if (texts) {
        field.value = texts[at];
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      }
      return before;
    }), { fields, texts });
}

/** What a page has wrong, measured: all that needs no opinion. */
export async function measured(page, where) {
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
    // Every test asks for less motion.
    const moves = ({ animationName, transitionDuration }) => animationName !== "none" || /[1-9]/.test(transitionDuration);
    const moving = [...document.querySelectorAll("*")].filter((element) => [null, "::before", "::after"].some((part) => moves(getComputedStyle(element, part))));
    if (moving.length) found.push(`moves: ${moving.slice(0, 5).map(({ outerHTML }) => outerHTML.slice(0, 100))}`);
    return found;
  });
  assert.deepEqual(wrong, [], where);
}

/** What lies to the side of the window. */
export async function sideways(page, where) {
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
export async function spaced(page, where) {
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
export async function forced(page, where) {
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

/**
 * WCAG 2.2, 2.4.7 and 2.4.11: wherever the Tab key leads is seen, and is not covered. Headless Firefox, on a busy machine, now and then
 * leaves the page where it was: `brought` brings such a stop into view as the browser does, and then asks whether anything covers it.
 */
export async function followed(page, where, { brought = false } = {}) {
  await page.evaluate(() => { document.activeElement?.blur(); scrollTo(0, 0); });
  const wrong = [];
  let stops = 0;
  for (const seen = new Set(); stops < 150; stops += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(async (brought) => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      globalThis.stopped ??= new WeakMap();
      const number = stopped.get(element) ?? Math.random();
      stopped.set(element, number);
      const drawn = ["radio", "checkbox"].includes(element.type) ? element.labels[0] : element;
      const styles = [getComputedStyle(element), getComputedStyle(drawn), getComputedStyle(drawn, "::before")];
      const marked = styles.some((style) => (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none");
      // Seen at its middle, or at least where it starts.
      const free = () => {
        const { left, top, width, height } = element.getBoundingClientRect();
        return [[0.5, height / 2], [0.1, height / 2], [0.5, Math.min(height / 2, 10)]].some(([part, down]) => {
          const at = document.elementFromPoint(left + width * part, top + down);
          return at !== null && (element.contains(at) || drawn.contains(at) || at.contains(element));
        });
      };
      // A browser brings it into view in its own time.
      const freed = async () => {
        for (let frames = 0; frames < 60 && !free(); frames++) await new Promise(requestAnimationFrame);
        return free();
      };
      let clear = await freed();
      if (!clear && brought) {
        element.scrollIntoView({ block: "nearest" });
        clear = await freed();
      }
      const { left, top, width, height } = element.getBoundingClientRect();
      const over = document.elementFromPoint(left + width / 2, top + height / 2);
      const usable = [...document.querySelectorAll("a[href], button, input, textarea, summary")];
      const last = element === usable.findLast((element) => element.checkVisibility());
      const what = `${element.outerHTML.slice(0, 100)} at ${left},${top} under ${over?.outerHTML.slice(0, 100)}, scrolled by ${scrollY} of ` +
        `${document.documentElement.scrollHeight} in ${innerWidth} × ${innerHeight}`;
      return { number, marked, clear, last, what };
    }, brought);
    if (!stop || seen.has(stop.number)) break;
    seen.add(stop.number);
    if (!stop.marked) wrong.push(`the focus is not to be seen: ${stop.what}`);
    if (!stop.clear) wrong.push(`the focus is covered: ${stop.what}`);
    // One further and the focus is the browser's own.
    if (stop.last) break;
  }
  assert.ok(stops > 2, `${where}: the Tab key leads nowhere`);
  assert.deepEqual(wrong, [], where);
  return stops;
}
