// What the tests of pages share: a receiver, a browser, and the way to a page.

import assert from "node:assert/strict";
import { after, before } from "node:test";

import { shortest } from "./answers.mjs";
import { Browser } from "./browser.mjs";
import { walk } from "./journey.mjs";
import { data, Receiver } from "./receiver.mjs";

export let receiver, browser, words;

before(async () => {
  [receiver, browser, words] = await Promise.all([Receiver.start(), Browser.start(), data("content/en/adult.json")]);
});

after(() => Promise.all([browser?.stop(), receiver?.stop()]));

/** Opens a page of its own, for as long as the test runs, and fails where anything was amiss. */
export const open = (t, path = "/?council=bromley", options) => browser.page(t, receiver.origin + path, options);

/** Opens one and goes to a question. */
export async function at(t, question, answers = shortest, path) {
  const page = await open(t, path);
  const been = await walk(page, answers, { until: question });
  assert.equal(been.at(-1), question);
  return page;
}
