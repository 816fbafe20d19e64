// A real Firefox, told what to do in the words that the walks use. Playwright drives a Firefox of its own alone, which comes from
// no package registry; this one is whatever the machine has, driven over WebDriver BiDi.
//
// PUTRIGHT_FIREFOX   the browser   (scripts/firefox.sh)

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";

import { narrow, sendingDay } from "./browser.mjs";

/** The browser's path; nothing where there is none. */
export const path = (() => {
  try {
    return execFileSync(fileURLToPath(new URL("../../../scripts/firefox.sh", import.meta.url)), { encoding: "utf8" }).trim();
  } catch {
    return "";
  }
})();

export class Firefox {
  #browser;

  static async start() {
    const firefox = new Firefox();
    firefox.#browser = await puppeteer.launch({
      browser: "firefox", executablePath: path, headless: true,
      extraPrefsFirefox: { "ui.prefersReducedMotion": 1, "intl.accept_languages": "en-GB" },
    });
    firefox.version = await firefox.#browser.version();
    return firefox;
  }

  async stop() {
    await this.#browser.close();
  }

  /** A page nobody has used, in a window of this size. */
  async open(url, viewport = narrow) {
    const context = await this.#browser.createBrowserContext();
    const page = await context.newPage();
    await page.setViewport(viewport);
    const seen = [];
    page.on("pageerror", (error) => seen.push(`uncaught: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error") seen.push(`console: ${message.text()}`);
    });
    page.on("request", (request) => {
      const { protocol, origin } = new URL(request.url());
      if (!["data:", "blob:", "about:"].includes(protocol) && origin !== new URL(url).origin) seen.push(`request to ${origin}`);
    });
    await page.evaluateOnNewDocument((now) => {
      const Real = Date;
      globalThis.Date = class extends Real {
        constructor(...given) { super(...(given.length ? given : [now])); }
        static now() { return Real.parse(now); }
      };
    }, sendingDay);
    await page.goto(url);
    const walked = new Walked(page);
    await walked.waitForFunction(() => document.querySelector("#app h1") && !document.querySelector("#fault-data"));
    return { page: walked, seen, close: () => context.close() };
  }
}

/** What the walks ask of a page. */
class Walked {
  #page;

  constructor(page) {
    this.#page = page;
    // One key has another name here.
    this.keyboard = {
      press: (key) => page.keyboard.press(key === "Space" ? " " : key),
      type: (text) => page.keyboard.type(text),
    };
  }

  evaluate(act, given) {
    return this.#page.evaluate(act, given);
  }

  waitForFunction(act, given, { timeout = 15_000 } = {}) {
    return this.#page.waitForFunction(act, { timeout }, given);
  }

  goBack() {
    return this.evaluate(() => history.back());
  }

  title() {
    return this.#page.title();
  }
}
