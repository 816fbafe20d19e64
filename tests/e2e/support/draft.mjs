// What the tests of drafts share: a receiver, a browser, and the steps to a draft.

import { after, before } from "node:test";

import { shortest } from "./answers.mjs";
import { Browser, mounted } from "./browser.mjs";
import { mouse } from "./hands.mjs";
import { walk } from "./journey.mjs";
import { turning } from "./page.mjs";
import { data, Receiver } from "./receiver.mjs";

export const passphrase = "Bär lamp – ribbon";

export const half = "They said they would ring and";

export let receiver, browser, words;

before(async () => {
  [receiver, browser, { words }] = await Promise.all([Receiver.start(), Browser.start(), data("content/en/adult.json")]);
});

after(() => Promise.all([browser?.stop(), receiver?.stop()]));

/** Opens a page of its own, for as long as the test runs, and fails where anything was amiss. */
export const open = (t, options, path = "/?council=bromley") => browser.page(t, receiver.origin + path, options);

/** Half way through the story, and on the page that asks where to keep it. */
export async function halfWay(t, options) {
  const page = await open(t, options);
  await walk(page, shortest, { until: "what_happened" });
  await mouse.type(page, "text", half);
  await toDraft(page);
  return page;
}

export async function toDraft(page) {
  await turning(page, () => page.locator(".pr-keep").getByRole("link", { name: words.draft_title }).click());
}

export const button = (page, name) => page.getByRole("button", { name, exact: true });

export const inset = (page) => page.locator("main fieldset .govuk-inset-text").first();

export async function choose(page, choice, { secret, hands = mouse } = {}) {
  await hands.choose(page, "draft", choice);
  if (secret) await hands.type(page, "text", secret);
  await hands.press(page, "main form button[type=submit]");
}

/** Chooses, and waits until it is kept. */
export async function keep(page, choice, options) {
  await choose(page, choice, options);
  const told = choice === "device" ? words.draft_device.split("{")[0] : words.draft_tab;
  await page.locator("main fieldset .govuk-inset-text", { hasText: told }).waitFor();
}

/** Everything in the browser's stores. */
export const stored = (page) => page.evaluate(() => ({ local: { ...localStorage }, session: { ...sessionStorage } }));

export const kept = async (page) => {
  const { local, session } = await stored(page);
  return { device: local["putright/draft"], tab: session["putright/draft"], all: Object.keys({ ...local, ...session }).length };
};

export async function reload(page) {
  await page.reload();
  await mounted(page);
}

/** Comes to the page anew in the same tab: a start that is no reload. */
export async function comeBack(page) {
  const url = page.url();
  await page.goto("about:blank");
  await page.goto(url);
  await mounted(page);
}

/** The question that every start asks but a reload. */
export const asked = (page) => page.locator("main h1", { hasText: words.draft_ask });

export async function goOnWithIt(page) {
  await asked(page).waitFor();
  await button(page, words.draft_open).click();
}
