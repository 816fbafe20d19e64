// Walks from wherever a page is to where the answers lead, over whatever page comes.

import { count } from "./evidence.mjs";
import { addButton, control, place, questions, submitButton, turning } from "./page.mjs";
import { hurry, keyboard, mouse } from "./hands.mjs";

/** A journey has never been longer; a loop would be. */
const longest = 60;

/** The first question of a page that may be filled in once more, and the one that asks for that. */
const repeats = { what_happened: "another_point", child_name: "another_child" };

/** Where the questions end. */
const ends = ["check", "sent", "guide", "contacts"];

/**
 * Answers question after question, up to one that `until` names, or to the end of the questions. What check answers offers is added
 * where there are answers for it, and what it asks is answered there. `visit` sees each page before it is answered, and the last;
 * `filled` sees each once it is answered. Gives the questions in their order, and the name of the page where they end.
 */
export async function walk(page, answers, { hands = hurry, until, visit, filled } = {}) {
  const been = [];
  for (let pages = 0; pages < longest; pages++) {
    const here = await place(page);
    if (here === "check" && await extras(page, answers, been, { hands, until, visit, filled })) return been;
    await visit?.(here);
    const asked = await fill(page, answers, hands, until);
    const end = ends.includes(here);
    been.push(...asked);
    if (until && asked.at(-1) === until) return been;
    // What only tells something asks nothing.
    if (end || asked.length === 0) been.push(here);
    if (here === until && !end) return been;
    await filled?.(here);
    if (end) return been;
    await goOn(page, hands, await more(page, here, answers));
    if (hands === keyboard) count("pages answered by keyboard alone", 1);
  }
  throw new Error(`the questions do not end: ${been.join(" → ")}`);
}

/** Answers the questions of the page in their order, and those that come by an answer, up to one that `until` names. Gives their ids. */
export async function fill(page, answers, hands = hurry, until = undefined) {
  const asked = [];
  for (;;) {
    const next = (await questions(page)).find((question) => !asked.includes(question));
    if (!next) return asked;
    asked.push(next);
    if (next === until) return asked;
    // The agreement has other words where somebody says thank you.
    await answer(page, next, answers[next.replace(/^sharing_.*/, "sharing")], hands);
  }
}
/** Answers all that its page asks but one question, which is what a test is about. */
export async function besides(page, question, answers, hands = hurry) {
  await fill(page, { ...answers, [question]: null }, hands);
}

/** Goes to the pages that check answers offers and for which there are answers. Tells whether `until` names one of their questions. */
async function extras(page, answers, been, { hands, until, visit, filled }) {
  const start = "#/question/";
  for (;;) {
    const offered = await page.evaluate(() => [...document.querySelectorAll(".pr-extras a")].map((link) => link.getAttribute("href")));
    const wanted = (id) => !been.includes(id) && (id === until || (answers[id] ?? null) !== null);
    const next = offered.find((href) => wanted(href.slice(start.length)));
    if (!next) return false;
    await turning(page, () => hands.press(page, `.pr-extras a[href="${next}"]`));
    await visit?.(next.slice(start.length));
    been.push(...await fill(page, answers, hands, until));
    if (until && been.at(-1) === until) return true;
    await filled?.(next.slice(start.length));
    await goOn(page, hands);
  }
}

/** Whether a page is to be filled in once more. */
async function more(page, here, answers) {
  const [, first, number = ""] = /^(.*?)(-\d+)?$/.exec(here);
  const wanted = first in repeats && answers[repeats[first] + number] === "yes";
  return wanted && page.evaluate((selector) => document.querySelector(selector) !== null, addButton);
}

/** Answers a question of the page, without going on. What is ticked already stays so. */
export async function answer(page, question, given, hands = mouse) {
  const { kind, options, chosen, optional, prefix } = await control(page, question);
  if (kind === "none" || given === null || given === false || (given === undefined && optional)) return;
  switch (kind) {
    case "radios":
      return hands.choose(page, question, given ?? options.at(-1));
    case "checkboxes": {
      const wanted = given === true ? options : given ?? options.slice(-1);
      return hands.tick(page, question, wanted.filter((option) => !chosen.includes(option)));
    }
    case "text":
      return hands.type(page, "text", given ?? "Text", prefix);
    case "date":
      return date(page, question, given ?? { month: "1", year: "2026" }, hands, prefix);
    case "reach":
      return reach(page, question, given ?? { none: true }, hands, prefix);
    case "files":
      return add(page, given);
  }
}

async function date(page, question, given, hands, prefix) {
  for (const part of ["day", "month", "year"]) {
    if (given[part]) await hands.type(page, part, given[part], prefix);
  }
  const closed = `[id="question-${question}"] details:not([open]):has([name=about]) > summary`;
  const shut = await page.evaluate((selector) => document.querySelector(selector) !== null, closed);
  if (shut && (given.about || given.notKnown)) await hands.press(page, closed);
  if (given.about) await hands.type(page, "about", given.about, prefix);
  if (given.notKnown) await hands.tick(page, question, ["not_known"]);
}

async function reach(page, question, given, hands, prefix) {
  for (const [method, detail] of Object.entries(given)) {
    const { chosen } = await control(page, question);
    if (!chosen.includes(method)) await hands.tick(page, question, [method]);
    if (typeof detail === "string") await hands.type(page, method, detail, prefix);
  }
}

/** Adds files, and waits until they are ready or told to be refused. */
export async function add(page, files) {
  await page.locator("main input[type=file]").setInputFiles(files, { timeout: 30_000 });
  await page.waitForFunction((count) => {
    const told = document.querySelectorAll("main .pr-files li").length + document.querySelectorAll("#summary li").length;
    return told >= count;
  }, files.length);
}

/** Continues to the next page, or fills in this one once more. */
export async function goOn(page, hands = mouse, again = false) {
  await turning(page, () => hands.press(page, again ? addButton : "main form button[type=submit]"));
}

/** Presses Continue on a page that is to be mended. */
export async function refused(page) {
  await submitButton(page).click();
  await page.locator("#summary").waitFor();
}

/** Sends from the check page, and gives the reference. */
export async function send(page, hands = mouse) {
  await goOn(page, hands);
  return page.locator(".govuk-panel .pr-reference").innerText();
}
