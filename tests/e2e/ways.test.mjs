// What there is besides Send: the other ways to hand a complaint over, stopping, and being offline. None says that it is sent.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";

import { fourteen, nine, statutory, story, typed } from "./support/answers.mjs";
import { Browser, phone } from "./support/browser.mjs";
import { accessible, findings, fits, shoot } from "./support/checks.mjs";
import { keyboard, mouse } from "./support/hands.mjs";
import { Mock, textOf } from "./support/mock.mjs";
import { draftAt, openAt, said, told, until } from "./support/outcome.mjs";
import { arrived, openAll, submitButton, turning } from "./support/page.mjs";
import { data } from "./support/receiver.mjs";
import { Site } from "./support/site.mjs";

const email = "complaints@council.example";
/** In an order that no preset has. */
const allWays = ["copy", "telephone", { email: { address: email } }, "download_json", "post", "print", "download_html"];
const nowhere = { preset: "no-endpoint", fallbacks: allWays };
const aNumber = /[0-9a-f]{8}(?:-[0-9a-f]{8}){3}/;
const people = { "adult": statutory, "12-17": { ...fourteen, files: null }, "8-11": { ...nine, files: null } };

let browser, folder;
const words = {};
const drafts = {};

before(async () => {
  [browser, folder] = await Promise.all([Browser.start(), mkdtemp(join(tmpdir(), "putright-ways-"))]);
  const site = await Site.start();
  for (const [register, answers] of Object.entries(people)) {
    const content = await data(`content/en/${register}.json`);
    words[register] = { ...content.words, registers: content.registers };
    drafts[register] = await draftAt(browser, site, answers, words[register]);
  }
  drafts.long = JSON.parse(drafts.adult);
  drafts.long.answers.what_happened.text.text = "Nobody came — again. ".repeat(150);
  drafts.long = JSON.stringify(drafts.long);
  await site.stop();
});
after(() => Promise.all([browser?.stop(), folder && rm(folder, { recursive: true })]));

/** Somebody at the end of the questions, on the site of a council that takes complaints in this way. */
async function atCheck(t, delivery, { who = "adult", preset, ...options } = {}) {
  const mock = preset && await Mock.start(preset);
  if (mock) t.after(() => mock.stop());
  const site = await Site.start({ delivery: typeof delivery === "function" ? delivery(mock) : delivery, backend: mock?.origin });
  t.after(() => site.stop());
  const session = await openAt(browser, site, drafts[who], words[who] ?? words.adult, {
    mock, allow: [/^request to null$/], ...options, // An email has no origin.
  });
  t.after(async () => {
    await session.close();
    session.watch.clean();
  });
  return { ...session, mock, site };
}

/** A council with a receiver of its own, which does not try again by itself. */
const once = (more) => () => ({ url: "/api/submissions", retry: null, ...more });
const way = (means) => `main button[aria-describedby="way-${means}"]`;
const stop = "main form button[type=button]";
const main = (page) => page.locator("main").innerText();
const numberOn = async (page) => aNumber.exec(await main(page))?.[0];
const lines = (answers) => typed(answers).flatMap((text) => text.split("\n")).map((line) => line.trim()).filter(Boolean);

function holdsAll(text, answers, where) {
  assert.deepEqual(lines(answers).filter((line) => !text.includes(line)), [], where);
}

/** The file that a button gives. */
async function saved(page, press) {
  const [download] = await Promise.all([page.waitForEvent("download"), press()]);
  const name = download.suggestedFilename();
  await download.saveAs(join(folder, name));
  return { name, path: join(folder, name) };
}

/** What stands in the clipboard when a button has been pressed. */
async function copied(page, press) {
  await page.evaluate(() => navigator.clipboard.writeText("before"));
  await press();
  await page.waitForFunction(async () => await navigator.clipboard.readText() !== "before");
  return (await page.evaluate(() => navigator.clipboard.readText())).replaceAll("\r\n", "\n");
}

/** Every email that the page opens. No mail program is there to open it in. */
function watchMail(page) {
  const opened = [];
  page.on("request", (request) => { if (request.url().startsWith("mailto:")) opened.push(request.url()); });
  return opened;
}

const mail = (address) => {
  const [to, query] = address.slice("mailto:".length).split("?");
  const parts = Object.fromEntries(query.split("&").map((part) => part.split("=").map(decodeURIComponent)));
  return { to, ...parts, body: parts.body.replaceAll("\r\n", "\n") };
};

const clipboard = async (page) => page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
/** Nobody can press the buttons of a browser's own print dialogue. */
const countPrints = (page) => page.addInitScript(() => { window.print = () => { window.prints = (window.prints ?? 0) + 1; }; });

for (const hands of [mouse, keyboard]) {
  test(`a council that takes nothing: every other way, by ${hands.name}`, async (t) => {
    const { page, site } = await atCheck(t, nowhere, {
      prepare: async (page) => { await clipboard(page); await countPrints(page); },
    });
    const posted = [];
    page.on("request", (request) => { if (request.method() !== "GET") posted.push(request.url()); });
    const w = words.adult;
    const stillHere = async () => {
      await arrived(page, "check").catch(() => {});
      const text = await main(page);
      assert.ok(text.includes(w.ways_not_sent), "it does not say that it has not been sent");
      assert.ok(!text.includes(w.sent_title));
      holdsAll(text, statutory, "check");
    };
    const press = (means) => () => hands.press(page, way(means));

    // In the council's order, each with what to know before, and no button that would send.
    assert.equal(await submitButton(page).count(), 0);
    assert.deepEqual(await page.locator(".pr-ways button").allInnerTexts(), [
      w.way_copy, w.way_telephone, w.way_email, w.way_data, w.way_post, w.way_print, w.way_download,
    ]);
    assert.ok((await main(page)).includes(w.way_email_hint.replace("{address}", email)));
    await stillHere();

    const text = await copied(page, press("copy"));
    const number = aNumber.exec(text)[0];
    assert.ok(text.includes(w.copy_not_sent));
    holdsAll(text, statutory, "the copied text");
    await page.waitForFunction((number) => document.querySelector("main").innerText.includes(number), number);
    await stillHere();

    const html = await saved(page, press("download_html"));
    assert.match(html.name, /^my-copy-[0-9a-f]{8}\.html$/);
    const file = await browser.open(pathToFileURL(html.path).href, { wait: false, now: null });
    await file.page.waitForLoadState();
    const copy = await file.page.locator("body").innerText();
    assert.ok(copy.includes(number) && copy.includes(w.copy_not_sent));
    holdsAll(copy, statutory, "the saved copy");
    assert.equal(await file.page.locator("script, textarea, b, i, a, iframe, img").count(), 0, "what was written is no markup");
    assert.deepEqual(await findings(file.page), []);
    await shoot(file.page, "ways-saved-copy");
    await file.close();
    file.watch.clean();

    const json = JSON.parse(await readFile((await saved(page, press("download_json"))).path, "utf8"));
    assert.equal(json.id, number.replaceAll("-", ""));
    assert.equal(json.points[0].what_happened, story);
    assert.equal(json.contact.safety, statutory.safe_contact);

    const mails = watchMail(page);
    await press("email")();
    await until(() => mails.length === 1);
    const letter = mail(mails[0]);
    assert.equal(letter.to, email);
    assert.ok(letter.subject.includes(number));
    assert.ok(mails[0].length < 2000);
    await stillHere();

    await press("print")();
    await page.waitForFunction(() => window.prints === 1);
    await page.emulateMedia({ media: "print" });
    const paper = await main(page);
    assert.ok(paper.includes(number), "the paper has no number");
    holdsAll(paper, statutory, "the paper");
    assert.equal(await page.locator("main button:visible").count(), 0);
    await shoot(page, "ways-print");
    await page.emulateMedia({ media: "screen" });

    await turning(page, press("telephone"));
    const readOut = await main(page);
    assert.equal(await page.locator("main h1").innerText(), w.read_out_title);
    assert.ok(readOut.includes(w.copy_not_sent) && readOut.includes(number));
    holdsAll(readOut, statutory, "read out");
    const telephone = site.council.contact.telephone[0].number;
    assert.ok(await page.locator(`main a[href="tel:${telephone.replaceAll(" ", "")}"]`).first().isVisible());
    await turning(page, () => hands.press(page, "main a[href='#/check']"));
    await stillHere();

    await turning(page, press("post"));
    const byPost = await main(page);
    assert.equal(await page.locator("main h1").innerText(), w.post_title);
    assert.ok(byPost.includes(w.copy_not_sent) && byPost.includes(number) && byPost.includes(w.post_opening));
    for (const line of site.council.contact.post) assert.ok(byPost.includes(line), line);
    holdsAll(byPost, statutory, "the letter");
    await page.emulateMedia({ media: "print" });
    const printed = await main(page);
    assert.ok(printed.includes(number) && !printed.includes(w.copy_not_sent), "the letter alone is printed");
    await page.emulateMedia({ media: "screen" });
    await turning(page, () => hands.press(page, "main a[href='#/check']"));
    await stillHere();
    assert.equal(await numberOn(page), number, "one number on all of them");
    assert.deepEqual(posted, []);
  });

  test(`stopped while it is on its way, by ${hands.name}: we do not know, and trying again stores it once`, async (t) => {
    const { page, mock } = await atCheck(t, once({ timeout_seconds: 60 }), { preset: "putright" });
    await mock.fault("timeout");
    await hands.press(page, "main form button[type=submit]");
    await page.getByRole("status").filter({ hasText: words.adult.sending }).waitFor();
    await until(async () => (await mock.received()).length === 1);
    await hands.press(page, stop);
    const outcome = await told(page, words.adult);
    assert.equal(outcome.says, "unknown");
    assert.ok(outcome.why.includes(words.adult.failed_stopped));
    holdsAll(outcome.text, statutory, "check");
    await mock.fault("none");
    await hands.press(page, "main form button[type=submit]");
    assert.equal((await told(page, words.adult)).says, "sent");
    assert.equal((await mock.received()).length, 1);
  });
}

test("offline: it is noticed, nothing is sent by itself afterwards, and it is sent when it is asked for", async (t) => {
  const { page, context, mock } = await atCheck(t, once(), {
    preset: "putright", prepare: (page) => page.clock.install({ time: "2026-12-17T11:00:00Z" }), now: null,
  });
  await context.setOffline(true);
  await submitButton(page).click();
  const outcome = await told(page, words.adult);
  assert.equal(outcome.says, "not sent");
  assert.ok(outcome.why.includes(words.adult.failed_offline));
  assert.equal(outcome.ways, 5);
  holdsAll(outcome.text, statutory, "check");
  await context.setOffline(false);
  await page.locator("#summary", { hasText: words.adult.back_online.slice(0, 20) }).waitFor();
  await page.clock.fastForward("10:00");
  assert.equal(await mock.requests(), 0);
  await submitButton(page).click();
  assert.equal((await told(page, words.adult)).says, "sent");
  assert.equal((await mock.received()).length, 1);
});

test("an email that would be too long says so, and the text is in the clipboard", async (t) => {
  const { page } = await atCheck(t, nowhere, { who: "long", prepare: clipboard });
  const mails = watchMail(page);
  const text = await copied(page, () => page.locator(way("email")).click());
  await until(() => mails.length === 1);
  assert.ok(mails[0].length < 2000);
  assert.equal(mail(mails[0]).body, words.adult.email_too_long);
  assert.ok(mail(mails[0]).subject.includes(aNumber.exec(text)[0]));
  assert.ok(text.includes("Nobody came — again. ".repeat(150).trim()));
});

test("a short email holds all of it", async (t) => {
  const { page } = await atCheck(t, { ...nowhere, fallbacks: [{ email: { address: email, for_children: true } }] }, { who: "8-11" });
  const mails = watchMail(page);
  await page.locator(way("email")).click();
  await until(() => mails.length === 1);
  const { body } = mail(mails[0]);
  assert.ok(body.includes(words["8-11"].copy_not_sent));
  holdsAll(body, nine, "the email");
});

for (const register of ["12-17", "8-11"]) {
  test(`${register}: an email is offered only where the council says so`, async (t) => {
    const { page } = await atCheck(t, nowhere, { who: register });
    assert.equal(await page.locator(".pr-ways button").count(), allWays.length - 1);
    assert.equal(await page.locator(way("email")).count(), 0);
  });
}

describe("the council's own form", () => {
  const fields = { message: { template: "{summary}" }, number: { from: "/id" }, name: { from: "/contact/name" }, kind: { value: "complaint" } };

  async function opens(t, url, { context, page, mock }) {
    const before = (await mock.received()).length;
    const opening = context.waitForEvent("page");
    await page.locator(way("form")).click();
    const opened = await opening;
    await opened.getByText("Thank you.").waitFor();
    assert.equal(new URL(opened.url()).pathname, url);
    const [arrived] = (await mock.received()).slice(before);
    holdsAll(textOf(arrived), statutory, "the form");
    assert.equal(arrived.fields.name, statutory.full_name);
    assert.equal(arrived.fields.kind, "complaint");
    assert.equal(arrived.headers.referer, undefined);
    await opened.close();
    const outcome = await said(page, words.adult);
    assert.equal(outcome.says, "unknown");
    assert.ok(outcome.why.includes(words.adult.failed_elsewhere));
    assert.equal((await numberOn(page)).replaceAll("-", ""), arrived.fields.number);
    holdsAll(outcome.text, statutory, "check");
  }

  test("it opens beside this page with what was written, and this page does not call it sent", async (t) => {
    const delivery = { preset: "no-endpoint", fallbacks: ["print", { form: { url: "/contact-us/send", fields } }] };
    const session = await atCheck(t, delivery, { preset: "form-handler" });
    await opens(t, "/contact-us/send", session);
  });

  test("so it does on another host of the council's", async (t) => {
    const delivery = (mock) => ({ preset: "no-endpoint", fallbacks: [{ form: { url: `${mock.origin}/contact-us/send`, fields } }] });
    const session = await atCheck(t, delivery, { preset: "form-handler" });
    const policy = (await fetch(session.site.origin)).headers.get("Content-Security-Policy");
    if (!policy.includes(`form-action 'self' ${session.mock.origin}`)) return t.skip("this build lets forms go to its own site alone");
    await opens(t, "/contact-us/send", session);
  });
});

for (const [register, answers] of Object.entries(people)) {
  test(`${register}: each state of sending, and the pages to hand it over, hold to the rules of accessibility`, async (t) => {
    const w = words[register];
    const { page, mock } = await atCheck(t, once({ timeout_seconds: 60 }), { who: register, preset: "putright", viewport: phone });
    const look = async (state) => {
      await accessible(page, `${register}: ${state}`);
      await fits(page, `${register}: ${state}`);
      await shoot(page, `ways-${register}-${state}`);
    };
    await look("ready");
    await mock.fault("timeout");
    await submitButton(page).click();
    await page.getByRole("status").filter({ hasText: w.sending }).waitFor();
    await page.locator(stop).scrollIntoViewIfNeeded();
    await look("sending");
    await page.locator(stop).click();
    assert.equal((await told(page, w)).says, "unknown");
    await look("failed");
    for (const [means, title] of [["telephone", w.read_out_title], ["post", w.post_title]]) {
      await turning(page, () => page.locator(way(means)).click());
      assert.equal(await page.locator("main h1").innerText(), title);
      assert.ok((await main(page)).includes(w.copy_maybe), "it may have arrived");
      await look(means);
      await page.locator("main a[href='#/check']").click();
      assert.equal((await told(page, w)).says, "unknown", "what came of it stands there again");
    }
    await mock.fault("refused-problem");
    await submitButton(page).click();
    assert.ok((await told(page, w)).why.includes("Say more about what happened."));
    assert.ok(await page.locator("#summary a[href]").count() > 0, "no link leads to the question");
    await look("refused");
    await mock.fault("none");
    await submitButton(page).click();
    assert.equal((await told(page, w)).says, "sent");
    assert.equal((await mock.received()).length, 1);
    await look("delivered");
    await openAll(page);
    holdsAll(await main(page), answers, "sent");
  });
}
