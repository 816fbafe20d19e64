// Drafts in a real browser profile, whose tabs are duplicated, discarded, closed, opened again, and which is itself closed and restored.
//
// A small extension does what only the browser's own menus can do: `chrome.tabs.duplicate`, `discard`, `remove`, `sessions.restore`.

import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";

import { shortest } from "./support/answers.mjs";
import { mounted } from "./support/browser.mjs";
import { mouse } from "./support/hands.mjs";
import { besides, goOn, send, walk } from "./support/journey.mjs";
import { arrived, standing } from "./support/page.mjs";
import { data, Receiver } from "./support/receiver.mjs";

const half = "They said they would ring and";

let receiver, words, folder;

before(async () => {
  [receiver, { words }, folder] = await Promise.all([
    Receiver.start(), data("content/en/adult.json"), mkdtemp(join(tmpdir(), "putright-profile-")),
  ]);
  await mkdir(join(folder, "hands"));
  const manifest = { manifest_version: 3, name: "hands", version: "1", permissions: ["tabs", "sessions"], background: { service_worker: "hands.js" } };
  await writeFile(join(folder, "hands/manifest.json"), JSON.stringify(manifest));
  await writeFile(join(folder, "hands/hands.js"), "");
});
after(async () => {
  await receiver?.stop();
  // A browser that is ending may still write.
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 });
});

/** Starts a browser with a profile. One that starts before the last to have the profile is gone may never answer: then it is started again. */
async function start(profile, options) {
  for (let tries = 3; ; tries -= 1) {
    try {
      return await chromium.launchPersistentContext(join(folder, profile), { ...options, timeout: 45_000 });
    } catch (error) {
      if (error.name !== "TimeoutError" || tries === 1) throw error;
    }
  }
}

/** A browser with a profile on disk, and the extension's worker. */
async function launch(t, profile, ...more) {
  const context = await start(profile, {
    executablePath: process.env.PUTRIGHT_CHROMIUM || "/usr/bin/chromium", headless: false,
    ignoreDefaultArgs: ["--disable-extensions", "--no-startup-window"],
    args: [
      "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", `--load-extension=${join(folder, "hands")}`,
      "--disable-features=DisableLoadExtensionCommandLineSwitch", ...more,
    ],
  });
  context.setDefaultTimeout(8000);
  t.after(() => context.close());
  const worker = context.serviceWorkers()[0] ?? await context.waitForEvent("serviceworker");
  return { context, worker };
}

/** Half way through the story, which has been stored in the tab. */
async function writing(context) {
  const page = context.pages()[0] ?? await context.newPage();
  await page.goto(`${receiver.origin}/?council=bromley`);
  await mounted(page);
  await walk(page, shortest, { until: "what_happened" });
  await mouse.type(page, "text", half);
  await stored(page, half);
  return page;
}

const stored = (page, text) => page.waitForFunction((part) => sessionStorage["putright/draft"]?.includes(part), text);

/** The one question, and nothing of what was written. */
async function isAsked(page) {
  await page.locator("main h1", { hasText: words.draft_ask }).waitFor();
  assert.ok(!(await page.content()).includes(half));
}

const goOnWithIt = async (page) => {
  await page.getByRole("button", { name: words.draft_open, exact: true }).click();
  await arrived(page, "what_happened");
};

/** The page that comes when the extension does something with a tab of this site. */
async function comes(context, worker, act, ...given) {
  const [page] = await Promise.all([context.waitForEvent("page", (page) => page.url().includes("127.0.0.1")), worker.evaluate(act, ...given)]);
  return page;
}

const ours = (worker) => worker.evaluate(async () => {
  const tabs = await chrome.tabs.query({});
  return tabs.filter((tab) => tab.url.includes("127.0.0.1")).map((tab) => tab.id);
});

test("a duplicated tab asks, knows of the first, and sends nothing twice", async (t) => {
  const { context, worker } = await launch(t, "duplicated");
  const first = await writing(context);
  const [id] = await ours(worker);
  const second = await comes(context, worker, (tab) => chrome.tabs.duplicate(tab), id);
  await isAsked(second);
  await second.reload();
  await isAsked(second);
  await goOnWithIt(second);
  assert.equal((await standing(second)).text.text, half);
  // Each says that the other is ahead of it, and neither writes over the other.
  await second.locator(".pr-keep", { hasText: words.draft_newer }).waitFor();
  await second.locator("#field-text").fill(`${half} nobody did.`);
  await stored(second, "nobody did.");
  await first.locator(".pr-keep", { hasText: words.draft_newer }).waitFor();
  assert.equal((await standing(first)).text.text, half);
  assert.ok(!(await first.evaluate(() => sessionStorage["putright/draft"])).includes("nobody did."));

  for (const tab of [first, second]) await walk(tab, shortest, { until: "check" });
  let sent = 0;
  await context.route("**/api/submissions", (route) => { sent += 1; return route.continue(); });
  const reference = await send(second);
  await first.locator("#summary", { hasText: reference }).waitFor();
  assert.ok(!(await first.evaluate(() => sessionStorage["putright/draft"])), "sent, it is deleted in every tab");
  await first.locator("main form button[type=submit]").last().click();
  await first.waitForTimeout(300);
  assert.equal(sent, 1);
  // A third, of the confirmation.
  await second.bringToFront();
  const third = await comes(context, worker, async () => {
    const [tab] = await chrome.tabs.query({ active: true });
    return chrome.tabs.duplicate(tab.id);
  });
  await mounted(third);
  assert.equal(await third.locator(".govuk-panel").count(), 0);
});

test("a tab that the browser discarded comes back where the person was, unasked", async (t) => {
  const { context, worker } = await launch(t, "discarded");
  await writing(context);
  const [id] = await ours(worker);
  await worker.evaluate(() => chrome.tabs.create({ url: "about:blank" }));
  await worker.evaluate((tab) => chrome.tabs.discard(tab), id);
  const back = await comes(context, worker, async () => {
    const tabs = await chrome.tabs.query({ discarded: true });
    return chrome.tabs.update(tabs[0].id, { active: true });
  });
  await arrived(back, "what_happened");
  assert.equal(await back.evaluate(() => document.wasDiscarded), true);
  assert.equal((await standing(back)).text.text, half);
});

test("a tab that was closed and opened again asks", async (t) => {
  const { context, worker } = await launch(t, "reopened");
  await writing(context);
  const [id] = await ours(worker);
  await worker.evaluate(() => chrome.tabs.create({ url: "about:blank" }));
  await worker.evaluate((tab) => chrome.tabs.remove(tab), id);
  const back = await comes(context, worker, () => chrome.sessions.restore());
  await isAsked(back);
  await goOnWithIt(back);
  assert.equal((await standing(back)).text.text, half);
});

test("a browser that was closed and restored asks, and Exit leaves nothing to restore", async (t) => {
  const first = await launch(t, "restored");
  await writing(first.context);
  await first.context.close();
  const second = await launch(t, "restored", "--restore-last-session");
  const back = second.context.pages().find((page) => page.url().includes("127.0.0.1"))
    ?? await second.context.waitForEvent("page", (page) => page.url().includes("127.0.0.1"));
  await isAsked(back);
  await goOnWithIt(back);
  assert.equal((await standing(back)).text.text, half);
  await besides(back, "what_happened", shortest);
  await goOn(back);

  await second.context.route("https://www.bbc.co.uk/**", (route) => route.fulfill({ body: "<title>Weather</title>", contentType: "text/html" }));
  await back.locator(".govuk-exit-this-page__button").click();
  await back.waitForURL(/bbc/);
  await second.context.close();
  const third = await launch(t, "restored", "--restore-last-session");
  const page = await third.context.newPage();
  await page.goto(`${receiver.origin}/?council=bromley`);
  await mounted(page);
  assert.equal(await page.locator("main h1", { hasText: words.draft_ask }).count(), 0);
  for (const tab of third.context.pages()) assert.ok(!(await tab.content()).includes(half));
});
