// What is measured of an app in a run.

import { Visit, context } from "./browser.mjs";

/** A question of Putright's way that the journey does not hold, answered in the shortest way. */
const shortest = { sharing: ["agreed"], help: ["none"], about_to_happen: ["no"] };

/** No form is longer; a loop would be. */
const longest = 60;

/** What is typed a key at a time. */
const typed = " We waited at home each time";

/** Three visits: one that only looks, with another to the same site after it; one that answers as soon as it can; one that
 * goes through everything. */
export async function measure(browser, app, profile, { journey, turns }) {
  const server = await app.start();
  try {
    const given = { browser, app, profile, server, journey };
    return {
      ...await loads(given),
      ...await answers(given),
      ...await walks(given, { turns }),
    };
  } finally {
    await server.stop();
  }
}

/** The first visit without a touch, then a warm one. */
async function loads({ browser, app, profile, server }) {
  const inContext = await context(browser, profile);
  const once = async () => {
    server.sent();
    const visit = await Visit.open(inContext, app, profile);
    const began = await visit.go(server.origin + app.address);
    const up = await visit.told((one) => one.type === "up");
    const answerable = await visit.told((one) => one.type === "answerable");
    await visit.page.waitForLoadState("networkidle");
    const seen = await visit.seen();
    const requests = server.sent();
    await visit.page.close();
    const visible = Math.max(answerable.at - began, seen.painted["first-contentful-paint"]);
    return { began, up: up.at - began, visible, seen, requests };
  };
  const cold = await once();
  const warm = await once();
  await inContext.close();
  const bytes = {};
  for (const { kind, bytes: size } of cold.requests) bytes[kind] = (bytes[kind] ?? 0) + size;
  const sum = (list) => list.reduce((total, one) => total + one.bytes, 0);
  return {
    bytes, totalBytes: sum(cold.requests), requests: cold.requests.length, up: cold.up,
    fcp: cold.seen.painted["first-contentful-paint"], lcp: cold.seen.lcp, blocked: blocking(cold.seen.tasks), cls: shift(cold.seen.shifts),
    warmRequests: warm.requests.length, warmBytes: sum(warm.requests), warmFcp: warm.seen.painted["first-contentful-paint"],
    warmAnswerable: warm.visible, warmUp: warm.up,
  };
}

/** Somebody in a hurry: clicks the first answer as soon as it is there, and presses Continue until something happens. */
async function answers({ browser, app, profile, server, journey }) {
  const inContext = await context(browser, profile);
  const visit = await Visit.open(inContext, app, profile);
  const began = await visit.go(server.origin + app.address);
  const [screen] = journey.screens;
  const wanted = app.option(screen, screen.answer);
  const { at: visible } = await visit.told((one) => one.type === "answerable");
  const first = (await visit.told((one) => one.type === "shown")).key;
  const from = visit.mark;
  await visit.click(wanted);
  let clicks = 1;
  let moved = null;
  const next = (one) => one.type === "shown" && one.key !== first;
  while (!moved) {
    try {
      if (!(await visit.checked(wanted))) {
        await visit.click(wanted);
        clicks += 1;
      }
      await visit.click(app.next);
    } catch (error) {
      // The page may have gone while it was looked at.
      if (!(await visit.told(next, { from, patience: 1000 }))) throw error;
    }
    moved = await visit.told(next, { from, patience: 150 });
  }
  // A choice that was lost had to be made again: the first could not be answered when it seemed so.
  const { at: up } = await visit.told((one) => one.type === "up");
  // The frame that shows it may be put together before it is seen.
  const painted = await visit.told((one) => one.type === "first-contentful-paint");
  await inContext.close();
  return { answerable: (clicks === 1 ? Math.max(visible, painted.at) : up) - began, kept: clicks === 1, moved: moved.at - began };
}

/** The whole journey once, then page after page, back and forth. */
async function walks({ browser, app, profile, server, journey }, { turns }) {
  const inContext = await context(browser, profile);
  const visit = await Visit.open(inContext, app, profile);
  server.sent();
  const began = await visit.go(server.origin + app.address);
  await visit.told((one) => one.type === "up");
  const walk = new Walk(visit, journey, { typed });

  const way = await walk.forward();
  // The first turn holds what of the start was left when its click came: the wait for the start ends where an answer counts.
  const { at: up } = await visit.told((one) => one.type === "up");
  const waited = way.reduce((total, { took }) => total + took, up - began);
  const sending = await walk.send();
  const journeyBytes = server.sent().reduce((total, one) => total + one.bytes, 0);
  const whole = Date.now() - began;

  // Another visit, for turns in a row: what is sent has ended the first.
  await visit.page.goto("about:blank");
  const from = visit.mark;
  await visit.go(server.origin + app.address);
  await visit.told((one) => one.type === "up", { from });
  const again = new Walk(visit, journey);
  const took = await again.backAndForth(turns);
  const memory = await visit.memory();
  await inContext.close();
  return {
    screens: way.length + 1, waited: waited + sending, wall: whole, journeyBytes, typing: walk.keys, turns: took, memory,
    interactions: worst(again.events),
  };
}

/** Goes through an app's pages by its own buttons. */
export class Walk {
  constructor(visit, journey, { typed = "" } = {}) {
    this.visit = visit;
    this.journey = journey;
    this.events = [];
    this.typed = typed;
    this.keys = [];
  }

  /** Which of the journey's questions stands there: by its words. */
  async #here() {
    const { heading } = this.visit.app;
    const { key, id } = await this.visit.page.evaluate((wanted) => {
      const found = [...document.querySelectorAll(wanted)].find((one) => one.getClientRects().length > 0);
      const hash = location.hash.replace(/^#\/(question\/)?/, "");
      return { key: found?.textContent.trim() ?? "", id: hash };
    }, heading);
    const screen = this.journey.screens.find((one) => key.startsWith(one.title));
    return { key, id, screen };
  }

  /** Answers what stands there, where it is not answered yet: one question, or all that a page of several holds. */
  async answer(here) {
    const { asked } = this.visit.app;
    if (!asked) return this.#answerOne(here);
    const done = [];
    for (;;) {
      const id = await this.visit.page.evaluate(([parts, before]) => [...document.querySelectorAll(parts)]
        .filter((part) => part.checkVisibility()).map((part) => part.id.slice("question-".length))
        .find((one) => !before.includes(one)), [asked, done]);
      if (!id) return;
      done.push(id);
      await this.#answerOne({ id, screen: this.journey.screens.find((one) => one.id === id) });
    }
  }

  async #answerOne({ screen, id }) {
    const { visit } = this;
    const { app } = visit;
    if (!screen) {
      for (const value of shortest[id] ?? []) {
        const wanted = app.option({ id }, value);
        if (!(await visit.checked(wanted))) await visit.click(wanted);
      }
      return;
    }
    const choose = async (value) => {
      const wanted = app.option(screen, value);
      if (!(await visit.checked(wanted))) await visit.click(wanted);
    };
    switch (screen.kind) {
      case "radios": return choose(screen.answer);
      case "checkboxes":
        for (const value of screen.answer) await choose(value);
        return;
      case "reach":
        for (const [method, detail] of Object.entries(screen.answer)) {
          await choose(method);
          const field = app.field(screen, method);
          await visit.page.waitForSelector(field);
          await visit.type(field, detail);
        }
        return;
      case "date":
        for (const [part, text] of Object.entries(screen.answer)) await visit.type(app.field(screen, part), text);
        return;
      case "textarea":
        await visit.type(app.field(screen, "text"), screen.answer);
        if (this.typed) this.keys = await visit.keys(this.typed);
        return;
      case "text": return visit.type(app.field(screen, "text"), screen.answer);
    }
  }

  async #note() {
    this.events.push(...await this.visit.page.evaluate(() => window.bench.seen.events.splice(0)));
  }

  /** From where it is to the page that sends. */
  async forward() {
    const { app } = this.visit;
    const way = [];
    while (way.length < longest) {
      const here = await this.#here();
      await this.answer(here);
      const { took, key } = await this.visit.turn(app.next);
      way.push({ from: here.key, to: key, took });
      if (key.startsWith(this.journey.words.check_title) || await this.#canSend()) return way;
    }
    throw new Error(`${app.title}: the questions do not end`);
  }

  /** Where a page to check has no heading of its own, its button tells it. */
  async #canSend() {
    const { app } = this.visit;
    if (app.send === app.next) return false;
    return this.visit.page.evaluate((wanted) => {
      const found = document.querySelector(wanted);
      return Boolean(found) && found.getClientRects().length > 0;
    }, app.send);
  }

  /** Sends. Gives how long it took until the reference stands there. */
  async send() {
    const { visit } = this;
    // Putright asks on the page that sends whether who will see it is understood.
    if (visit.app.asked) await this.answer();
    const before = Date.now();
    await visit.click(visit.app.send);
    await visit.page.waitForSelector(visit.app.sent);
    return Date.now() - before;
  }

  /** So many turns in a row: forward through the questions, back through them, and again. */
  async backAndForth(turns, { depth = 8 } = {}) {
    const { visit } = this;
    const took = [];
    while (took.length < turns) {
      for (let at = 0; at < depth && took.length < turns; at += 1) {
        await this.answer(await this.#here());
        took.push((await visit.turn(visit.app.next)).took);
      }
      await this.#note();
      for (let at = 0; at < depth && took.length < turns; at += 1) took.push((await visit.turn(visit.app.back)).took);
      await this.#note();
    }
    return took;
  }
}

/** Of all long tasks, what is above 50 ms. */
const blocking = (tasks) => tasks.reduce((total, { duration }) => total + Math.max(0, duration - 50), 0);

/** The worst window of shifts: of five seconds at most, with less than one between two. */
function shift(shifts) {
  let worst = 0;
  let sum = 0;
  let began = -Infinity;
  let last = -Infinity;
  for (const { value, startTime } of shifts) {
    if (startTime - last > 1000 || startTime - began > 5000) [sum, began] = [0, startTime];
    sum += value;
    last = startTime;
    worst = Math.max(worst, sum);
  }
  return worst;
}

/** Of each interaction, the slowest of its events. */
function worst(events) {
  const all = new Map();
  for (const { interactionId, duration } of events) all.set(interactionId, Math.max(duration, all.get(interactionId) ?? 0));
  return [...all.values()];
}

/** Many turns in one visit, and what is held after each hundred: whether it grows. */
export async function steady(browser, app, profile, { journey, turns }) {
  const server = await app.start();
  const inContext = await context(browser, profile);
  const visit = await Visit.open(inContext, app, profile);
  await visit.go(server.origin + app.address);
  await visit.told((one) => one.type === "up");
  const walk = new Walk(visit, journey);
  const held = [{ turns: 0, ...await visit.memory() }];
  for (let done = 0; done < turns; done += 100) {
    await walk.backAndForth(100, { depth: 10 });
    held.push({ turns: done + 100, ...await visit.memory() });
  }
  await inContext.close();
  await server.stop();
  return held;
}

/** The start, and turns on the pages that are the same however many questions there are. */
export async function scale(browser, app, profile, { journey, turns }) {
  const server = await app.start();
  const { up, totalBytes } = await loads({ browser, app, profile, server });
  const inContext = await context(browser, profile);
  const visit = await Visit.open(inContext, app, profile);
  await visit.go(server.origin + app.address);
  await visit.told((one) => one.type === "up");
  const took = await new Walk(visit, journey).backAndForth(turns, { depth: 6 });
  const memory = await visit.memory();
  await inContext.close();
  await server.stop();
  return { up, totalBytes, turns: took, memory };
}
