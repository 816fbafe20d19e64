// Walks from wherever a page is to where the answers lead, over whatever page comes.

import { count } from "./evidence.mjs";
import { control, place, submitButton, turning } from "./page.mjs";
import { hurry, keyboard, mouse } from "./hands.mjs";

/** A journey has never been longer; a loop would be. */
const longest = 60;

/**
 * Answers question after question, up to one that `until` names, or to the end of the questions.
 * `visit` sees each page before it is answered, and the last. Gives the names of the pages in their order.
 */
export async function walk(page, answers, { hands = hurry, until, visit } = {}) {
  const been = [];
  while (been.length < longest) {
    const here = await place(page);
    been.push(here);
    await visit?.(here);
    if (here === until || ["check", "sent", "guide", "contacts"].includes(here)) return been;
    await answer(page, here, answers[here], hands);
    await goOn(page, hands);
    if (hands === keyboard) count("pages answered by keyboard alone", 1);
  }
  throw new Error(`the questions do not end: ${been.join(" → ")}`);
}

/** Answers the question on the page, without going on. */
export async function answer(page, question, given, hands = mouse) {
  const { kind, options, optional } = await control(page);
  if (kind === "none" || given === null || (given === undefined && optional)) return;
  switch (kind) {
    case "radios":
      return hands.choose(page, question, given ?? options.at(-1));
    case "checkboxes":
      return hands.tick(page, question, given === true ? options : given ?? options.slice(-1));
    case "text":
      return hands.type(page, "text", given ?? "Text");
    case "date":
      return date(page, question, given ?? { month: "1", year: "2026" }, hands);
    case "reach":
      return reach(page, question, given ?? { none: true }, hands);
    case "files":
      return add(page, given);
  }
}

async function date(page, question, given, hands) {
  for (const part of ["day", "month", "year"]) {
    if (given[part]) await hands.type(page, part, given[part]);
  }
  const open = await page.evaluate(() => document.querySelector("details[open]") !== null);
  if (!open && (given.about || given.notKnown)) await hands.press(page, "summary");
  if (given.about) await hands.type(page, "about", given.about);
  if (given.notKnown) await hands.tick(page, question, ["not_known"]);
}

async function reach(page, question, given, hands) {
  for (const [method, detail] of Object.entries(given)) {
    await hands.tick(page, question, [method]);
    if (typeof detail === "string") await hands.type(page, method, detail);
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

/** Continues to the next page. */
export async function goOn(page, hands = mouse) {
  await turning(page, () => hands.press(page, "main form button[type=submit]"));
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
