// A person at the end of the questions who sends, and what the page then says.

import { setTimeout as later } from "node:timers/promises";

import { mounted } from "./browser.mjs";
import { hurry } from "./hands.mjs";
import { walk } from "./journey.mjs";
import { address, arrived } from "./page.mjs";

/** The draft of somebody who has answered everything, as it is kept in the tab. */
export async function draftAt(browser, site, answers, words) {
  const { page, close } = await browser.open(`${site.origin}/`);
  if (answers.register) {
    await address(page, `#/words/${answers.register}`);
    const own = words.registers?.[answers.register];
    await page.waitForFunction((link) => document.querySelector(".pr-registers [aria-current]")?.textContent === link, own);
  }
  await walk(page, answers);
  await address(page, "#/draft");
  await arrived(page, "draft");
  await hurry.choose(page, "draft", "tab");
  await hurry.press(page, "main form button[type=submit]");
  await page.locator("main .govuk-inset-text", { hasText: words.draft_tab }).waitFor();
  const kept = await page.evaluate(() => sessionStorage["putright/draft"]);
  const text = kept.slice(kept.indexOf(" ") + 1);
  await close();
  return text;
}

/** A page of somebody's own at its check page, with the answers of a draft. A browser tells of failed requests in its console. */
export async function openAt(browser, site, draft, words, { allow = [], mock, prepare, ...options } = {}) {
  const own = mock ? [new RegExp(`request to ${mock.origin}`)] : [];
  const session = await browser.open(`${site.origin}/`, {
    ...options,
    allow: [/Failed to load resource/, /blocked by CORS policy/, ...own, ...allow],
    before: async (page) => {
      page.on("dialog", (dialog) => dialog.accept());
      await prepare?.(page);
      await page.addInitScript((text) => {
        if (location.protocol === "http:") localStorage["putright/draft"] = text;
      }, draft);
    },
  });
  const { page } = session;
  const goOn = async () => {
    await page.getByRole("button", { name: words.draft_open, exact: true }).click();
    await arrived(page, "check");
  };
  await goOn();
  /** The next person comes to it, who has nothing of the last. */
  const next = async () => {
    await page.context().clearCookies();
    await page.goto(`${site.origin}/`, { waitUntil: "commit" });
    await mounted(page);
    await goOn();
  };
  return { ...session, context: page.context(), next };
}

/** Waits for the end of sending, and tells what the page says: `sent`, `not sent`, `unknown`, or `other`. */
export async function told(page, words) {
  await page.waitForFunction(() => location.hash === "#/sent" ? document.activeElement?.matches("main h1")
    : document.activeElement?.id === "summary" && document.querySelector("main form button:enabled"),
  undefined, { timeout: 30_000 });
  return said(page, words);
}

/** What the page says as it stands. */
export async function said(page, words) {
  const found = await page.evaluate(() => {
    // The person's own copy is closed at first.
    for (const closed of document.querySelectorAll("main details")) closed.open = true;
    const summary = document.querySelector("#summary");
    const told = {
      title: (summary?.querySelector("h2") ?? document.querySelector("main h1")).innerText,
      at: location.hash,
      why: summary?.innerText ?? "",
      text: document.querySelector("main").innerText,
      ways: document.querySelectorAll(".pr-ways li").length,
    };
    // The next end is another.
    document.activeElement.blur();
    return told;
  });
  const says = found.at === "#/sent" && found.title === words.sent_title ? "sent"
    : found.title === words.not_sent_sure ? "not sent"
    : found.title === words.not_sent_title ? "unknown" : "other";
  return { ...found, says };
}

/** Waits until something holds that no page tells of. */
export async function until(holds, longest = 8000) {
  const start = Date.now();
  while (!(await holds())) {
    if (Date.now() - start > longest) throw new Error("it did not come about");
    await later(20);
  }
}
