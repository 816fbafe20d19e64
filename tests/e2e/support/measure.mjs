// Measures a journey as the person meets it: screens, words, questions, the height of each page and of its heading.

import { hurry } from "./hands.mjs";
import { addButton, place } from "./page.mjs";

/** The height of the phone that pages are measured on, in px. */
export const phoneHeight = 740;

const submit = "main form button[type=submit]";

/**
 * Records the screens of one journey. Give `hands` and `visit` to `walk`; each screen is measured when it arrives, and again before
 * Continue, because an answer can open more questions in place.
 */
export class Recorder {
  /** The screens in their order: see `measure`. */
  screens = [];
  #typed = new Set();

  constructor(page, hands = hurry) {
    this.page = page;
    this.hands = {
      name: hands.name,
      choose: (...given) => hands.choose(...given),
      tick: (...given) => hands.tick(...given),
      type: (page, name, text, ...more) => {
        // A number of a date is no word of anybody's own.
        if (!/^\d*$/.test(text)) this.#typed.add(text);
        return hands.type(page, name, text, ...more);
      },
      press: async (page, selector) => {
        if ([submit, addButton].includes(selector)) await this.#again();
        return hands.press(page, selector);
      },
    };
    this.visit = (here) => this.#arrive(here);
  }

  /** Measures the page as it is: the last of a journey is not walked to. */
  async arrive() {
    await this.#arrive(await place(this.page));
  }

  /** The number of words that the person typed. */
  get ownWords() {
    return [...this.#typed].reduce((sum, text) => sum + count(text), 0);
  }

  async #arrive(here) {
    this.screens.push({ place: here, ...await measure(this.page, this.#typed) });
  }

  async #again() {
    const last = this.screens.at(-1);
    const now = await measure(this.page, this.#typed);
    last.asks = [...new Set([...last.asks, ...now.asks])];
    for (const key of ["words", "wholeWords", "openWords", "height", "questions"]) last[key] = Math.max(last[key], now[key]);
    last.text += `\n${now.text}`;
  }
}

/**
 * Measures one page: `words` shown in its main part, `openWords` there with every details element open, `wholeWords` on the whole
 * page, `top` of the heading and `height` of the page in px, `asks` (ids) and number of `questions`, `text` of the whole page.
 * What the person typed is in none of the counts.
 */
export async function measure(page, typed = []) {
  const { text, main, open, ...rest } = await page.evaluate(inPage);
  const words = (shown) => count(without(shown, typed));
  return { words: words(main), openWords: words(open), wholeWords: words(text), ...rest, text };
}

/** The number of words in a text: whatever has a letter or a digit and stands between spaces. */
export function count(text) {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

/** A text without what a person typed, the longest first, so that a name in a sentence of theirs does not split it. */
function without(text, typed) {
  let left = flat(text);
  for (const own of [...typed].map(flat).sort((one, other) => other.length - one.length)) {
    const literal = own.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    left = left.replace(new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, "gu"), " ");
  }
  return left;
}

export const flat = (text) => text.replace(/\s+/g, " ").trim();

/** Runs in the page. */
function inPage() {
  const skipped = "script, style, noscript, template, textarea, option";
  const closedIn = (element) => element.matches("details:not([open])");
  const drawn = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  /** Text for screen readers alone is in a box of one pixel. */
  const tiny = (element) => {
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      if (at.offsetWidth <= 1 && getComputedStyle(at).overflowX !== "visible") return true;
    }
    return false;
  };
  const block = (element) => {
    let at = element;
    while (at.parentElement && getComputedStyle(at).display === "inline") at = at.parentElement;
    return at;
  };
  const shown = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    let text = "";
    let last = null;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.nodeType === Node.ELEMENT_NODE) {
        if (node.localName === "br") text += "\n";
        continue;
      }
      const parent = node.parentElement;
      if (!node.data.trim()) {
        text += " ";
        continue;
      }
      if (parent.closest(skipped) || closedIn(parent) || !drawn(parent) || tiny(parent)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      if (![...range.getClientRects()].some(({ width, height, right }) => width > 0 && height > 0 && right > 0)) continue;
      const around = block(parent);
      if (around !== last) text += "\n";
      last = around;
      text += node.data;
    }
    return text;
  };
  const fields = "input:not([type=hidden]), textarea, select";
  const wrappers = [...document.querySelectorAll('main [id^="question-"]')].filter((one) => one.querySelector(fields) && drawn(one));
  // A radio of the design system is drawn by its label.
  const asked = [...document.querySelectorAll("main form input:not([type=hidden]), main form textarea")].some((one) => one.checkVisibility());
  const text = shown(document.body);
  const main = shown(document.querySelector("main"));
  const height = document.documentElement.scrollHeight;
  const top = Math.round(document.querySelector("main h1").getBoundingClientRect().top + scrollY);
  const closed = [...document.querySelectorAll("details:not([open])")].map((element) => [element, element.getAttribute("name")]);
  for (const [element] of closed) {
    // Of those with one name only one can be open.
    element.removeAttribute("name");
    element.open = true;
  }
  const open = shown(document.querySelector("main"));
  for (const [element, name] of closed) {
    element.open = false;
    if (name !== null) element.setAttribute("name", name);
  }
  return {
    text, main, open, top, height,
    asks: wrappers.map(({ id }) => id.slice("question-".length)),
    questions: wrappers.length || (asked ? 1 : 0),
  };
}
