// A real Chromium with an empty profile, and pages that are watched for everything that must not happen.
//
// PUTRIGHT_CHROMIUM   the browser   (/usr/bin/chromium)

import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const flags = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

/** Of the people who use it, most have a phone like this. */
export const phone = { width: 360, height: 740 };
export const desktop = { width: 1280, height: 800 };
/** WCAG 2.2, 1.4.10. */
export const narrow = { width: 320, height: 640 };

/** A Thursday with three bank holidays in the twenty working days after it. */
export const sendingDay = "2026-12-17T11:00:00Z";

export class Browser {
  #browser;

  /** Starts one; `options` are Playwright's own. */
  static async start(options = {}) {
    const browser = new Browser();
    browser.#browser = await chromium.launch({
      executablePath: process.env.PUTRIGHT_CHROMIUM || "/usr/bin/chromium", headless: true, args: flags, ...options,
    });
    return browser;
  }

  async stop() {
    await this.#browser.close();
  }

  /** A page nobody has used, with its watch. `before` runs before it goes anywhere: routes, clocks. */
  async open(url, { viewport = phone, now = sendingDay, javaScript = true, before, allow, wait = true } = {}) {
    const context = await this.#browser.newContext({
      viewport, javaScriptEnabled: javaScript, locale: "en-GB", timezoneId: "Europe/London", reducedMotion: "reduce",
    });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const watch = new Watch(page, new URL(url).origin, allow);
    if (javaScript) {
      await context.addInitScript(() => {
        globalThis.realEntries = performance.getEntriesByType.bind(performance);
        addEventListener("securitypolicyviolation", (event) => {
          console.error(`CSP: ${event.effectiveDirective} blocked ${event.blockedURI}`);
        });
      });
      if (now) await page.clock.setFixedTime(now);
      // With the clock Playwright replaces `performance`, and with it what kind of start this is.
      await context.addInitScript(() => {
        performance.getEntriesByType = globalThis.realEntries;
        delete globalThis.realEntries;
      });
    }
    await before?.(page);
    await page.goto(url, { waitUntil: "commit" });
    if (javaScript && wait) await mounted(page);
    // Nothing is laid out before the whole page is there.
    if (!javaScript) await page.waitForLoadState();
    return { page, watch, close: () => context.close() };
  }

  /** Such a page for as long as a test runs, which fails where anything was amiss. */
  async page(t, url, options) {
    const session = await this.open(url, options);
    t.after(async () => {
      await session.close();
      session.watch.clean();
    });
    return session.page;
  }
}

/** The app has taken the place of the prerendered page: the notices of that page are gone. */
export async function mounted(page) {
  await page.waitForFunction(() => document.querySelector("#app h1") && !document.querySelector("#fault-data"));
}

/** What must never happen on any page: errors, blocked scripts and styles, a word to anybody else. */
class Watch {
  #seen = [];

  constructor(page, origin, allow = []) {
    const note = (what) => {
      if (!allow.some((pattern) => pattern.test(what))) this.#seen.push(what);
    };
    this.console = [];
    page.on("console", (message) => {
      this.console.push(message.text());
      if (message.type() === "error") note(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => note(`uncaught: ${error.message}`));
    page.on("request", (request) => {
      const asked = new URL(request.url());
      if (!["data:", "blob:"].includes(asked.protocol) && asked.origin !== origin) note(`request to ${asked.origin}`);
    });
  }

  clean() {
    assert.deepEqual(this.#seen, []);
  }
}
