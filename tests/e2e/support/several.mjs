// What the tests of pages with several questions share: a receiver, a browser, and the way to a page.

import assert from "node:assert/strict";
import { after, before } from "node:test";

import { shortest } from "./answers.mjs";
import { Browser } from "./browser.mjs";
import { accessible, fits, shoot } from "./checks.mjs";
import { hurry } from "./hands.mjs";
import { refused, walk } from "./journey.mjs";
import { summary } from "./page.mjs";
import { data, Receiver } from "./receiver.mjs";

export let receiver, browser, words;

before(async () => {
  [receiver, browser, words] = await Promise.all([Receiver.start(), Browser.start(), data("content/en/adult.json")]);
});

after(() => Promise.all([browser?.stop(), receiver?.stop()]));

/** Opens a page of its own and answers up to a question. */
export async function at(t, question, answers = shortest, hands = hurry) {
  const page = await browser.page(t, `${receiver.origin}/?council=bromley`);
  assert.equal((await walk(page, answers, { until: question, hands })).at(-1), question);
  return page;
}

/** A phone of 360 pixels shows it whole, and axe finds nothing wrong. */
export async function whole(page, where) {
  // From its top: half-way down, what stays in reach lies over part of something, as it should.
  await page.evaluate(() => scrollTo(0, 0));
  await fits(page, where);
  await accessible(page, where);
  await shoot(page, `several-${where.replace(/\W+/g, "-")}`);
}

/** The words of an error of a question. */
export const error = (question, cause = "missing") => words.questions[question].errors?.[cause] ?? words.errors[cause];

/** The entries of the error summary: what each says, and where it leads. */
export const told = (page) => summary(page).locator("li a").evaluateAll((links) => links.map((link) => [link.innerText, link.getAttribute("href").slice(1)]));

export const focus = (page, id) => page.waitForFunction((wanted) => document.activeElement?.id === wanted, id);

/** Presses Continue, and waits until what is wrong has the focus. */
export async function wrong(page) {
  await page.evaluate(() => document.activeElement?.blur());
  await refused(page);
  await focus(page, "summary");
}
