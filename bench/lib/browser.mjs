// A real Chromium, a page that is watched, and a hand that clicks and types by the browser's own input.

import { chromium } from "playwright-core";

import { probe } from "./probe.js";

const flags = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

/** What people have: a cheap phone on a slow mobile network, and this machine as it is. */
export const profiles = {
  phone: {
    title: "Cheap phone, slow network", viewport: { width: 360, height: 740 }, cpu: 6,
    network: { latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 },
  },
  desktop: { title: "This machine, no throttling", viewport: { width: 1280, height: 800 }, cpu: 1, network: null },
};

/** Longer than anything should take; a run that takes longer is broken. */
const limit = 60_000;

export async function launch() {
  return chromium.launch({ executablePath: process.env.PUTRIGHT_CHROMIUM || "/usr/bin/chromium", headless: true, args: flags });
}

export async function context(browser, profile) {
  return browser.newContext({ viewport: profile.viewport, locale: "en-GB", timezoneId: "Europe/London" });
}

/** A page of an app under a profile, with everything that it tells. */
export class Visit {
  #told = [];
  #waiting = new Set();

  static async open(inContext, app, profile) {
    const visit = new Visit();
    const page = visit.page = await inContext.newPage();
    visit.app = app;
    page.setDefaultTimeout(limit);
    visit.errors = [];
    page.on("pageerror", (error) => visit.errors.push(error.message));
    await page.exposeBinding("benchTell", (_, text) => visit.#hear(JSON.parse(text)));
    const { heading, first, up } = app;
    const given = `{ heading: ${JSON.stringify(heading)}, first: ${JSON.stringify(first)}, up: () => ${up} }`;
    await page.addInitScript({ content: `(${probe})(${given});` });
    const session = visit.session = await inContext.newCDPSession(page);
    await session.send("Network.enable");
    await session.send("Performance.enable");
    if (profile.network) await session.send("Network.emulateNetworkConditions", { offline: false, ...profile.network });
    if (profile.cpu > 1) await session.send("Emulation.setCPUThrottlingRate", { rate: profile.cpu });
    return visit;
  }

  #hear(what) {
    this.#told.push(what);
    for (const look of this.#waiting) look();
  }

  /** The first thing told from `from` on that `wanted` takes; null after `patience` where that is given. */
  async told(wanted, { from = 0, patience } = {}) {
    const find = () => this.#told.slice(from).find(wanted);
    const found = find();
    if (found) return found;
    return new Promise((resolve, reject) => {
      const end = (value) => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(value);
      };
      const look = () => {
        const now = find();
        if (now) end(now);
      };
      const timer = setTimeout(() => {
        if (patience !== undefined) return end(null);
        this.#waiting.delete(look);
        this.page.evaluate(() => `${location.href}\n${document.body.innerText.slice(0, 400)}`).catch(() => "no page")
          .then((state) => reject(new Error(`${this.app.title}: nothing came. ${this.errors.join("; ")}\n${state}`)));
      }, patience ?? limit);
      this.#waiting.add(look);
    });
  }

  /** How much has been told: where to look on from. */
  get mark() {
    return this.#told.length;
  }

  /** Goes there. Gives when it began. */
  async go(url) {
    await this.page.goto(url, { waitUntil: "commit" });
    return this.page.evaluate(() => performance.timeOrigin);
  }

  /** Where to click for a control, which is brought into sight first. Its label, where a person would click that. */
  async #point(selector) {
    const point = await this.page.evaluate(async (wanted) => {
      const all = [...document.querySelectorAll(wanted)].filter((one) => !one.disabled);
      const control = all.find((one) => one.getClientRects().length > 0) ?? all[0];
      if (!control) return null;
      const label = ["radio", "checkbox"].includes(control.type) ? control.labels[0] ?? control.closest("label") : null;
      const target = label ?? control;
      const place = () => {
        const { left, top, width, height } = target.getClientRects()[0] ?? target.getBoundingClientRect();
        return { x: left + Math.min(width / 2, 60), y: top + height / 2 };
      };
      // Apps scroll to the head of a page once it is painted: nobody clicks before it stands still.
      let before = null;
      for (let frames = 0; frames < 60; frames += 1) {
        target.scrollIntoView({ block: "center", behavior: "instant" });
        const now = place();
        if (before && now.x === before.x && now.y === before.y) break;
        before = now;
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      }
      return before;
    }, selector);
    if (!point) throw new Error(`${this.app.title}: there is no ${selector}`);
    return point;
  }

  async click(selector) {
    const { x, y } = await this.#point(selector);
    await this.page.mouse.click(x, y);
  }

  async checked(selector) {
    return this.page.evaluate((wanted) => Boolean(document.querySelector(wanted)?.checked), selector);
  }

  /** Takes what stands in a field out, and puts a text in as a keyboard's suggestion does. */
  async type(selector, text) {
    await this.click(selector);
    await this.page.keyboard.press("ControlOrMeta+a");
    await this.page.keyboard.insertText(text);
  }

  /** Types on, each key when the letter before it is painted. Gives how long each took. */
  async keys(text) {
    const took = [];
    for (const letter of text) {
      const { mark } = this;
      await this.page.keyboard.press(letter === " " ? "Space" : letter);
      took.push((await this.told((one) => one.type === "key", { from: mark })).took);
    }
    return took;
  }

  /** Clicks, and waits until another page is painted. Gives how long that took from the click, in milliseconds. */
  async turn(selector) {
    const { mark } = this;
    await this.click(selector);
    const { at, click, key } = await this.told((one) => one.type === "shown", { from: mark });
    return { took: at - click, at, key };
  }

  async seen() {
    await this.page.waitForFunction(() => window.bench.seen.painted["first-contentful-paint"]);
    return this.page.evaluate(() => window.bench.seen);
  }

  /** Bytes held after the rubbish is gone: JavaScript's, and WebAssembly's memory. */
  async memory() {
    await this.session.send("HeapProfiler.collectGarbage");
    const { metrics } = await this.session.send("Performance.getMetrics");
    const of = (name) => metrics.find((one) => one.name === name)?.value ?? 0;
    const wasm = await this.page.evaluate(() => window.bench.wasm());
    return { js: of("JSHeapUsedSize"), wasm, nodes: of("Nodes") };
  }
}
