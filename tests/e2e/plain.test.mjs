// The plain form, with JavaScript off: filled in by keyboard and sent to the real receiver, given back where something is to be
// mended, and printed where the backend takes no form.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { site } from "./support/backend.mjs";
import { Browser, narrow, phone } from "./support/browser.mjs";
import { accessible, fits, invalid, shoot } from "./support/checks.mjs";
import { Mock } from "./support/mock.mjs";
import { data, dist, Receiver } from "./support/receiver.mjs";

let receiver, browser, words, index;

before(async () => {
  [receiver, browser, words, index] = await Promise.all([
    Receiver.start(), Browser.start(), data("content/en/plain.json"), data("councils/index.json"),
  ]);
});
after(() => Promise.all([browser?.stop(), receiver?.stop()]));

/** A page without JavaScript, as somebody finds it. */
async function open(t, path, { origin = receiver.origin, viewport = phone, ...options } = {}) {
  const page = await browser.page(t, `${origin}${path}`, {
    javaScript: false, viewport, allow: [/Failed to load resource.*(413|422|429)/], ...options,
  });
  await page.waitForLoadState();
  return page;
}

/** A page's own HTML in a browser that runs scripts, for the checks that need one. Nothing in it runs any. */
async function checked(t, html, where) {
  const session = await browser.open(`${receiver.origin}/bromley-form.html`, { viewport: narrow, wait: false, now: null });
  t.after(session.close);
  await session.page.waitForLoadState();
  // Its addresses are those of an answer: one folder further down.
  const body = html.replaceAll("\"../", "\"./");
  await session.page.evaluate((text) => {
    const read = new DOMParser().parseFromString(text, "text/html");
    document.title = read.title;
    document.body.replaceWith(read.body);
  }, body);
  await accessible(session.page, where);
  await fits(session.page, where);
}

/** What the checker calls an error. It does not know which site a page is of, and warns of that. */
async function faults(pages) {
  const errors = (await invalid(pages)).filter(({ type }) => type === "error" || type === "fatal");
  return errors.map(({ where, message, extract }) => `${where}: ${message}: ${extract}`);
}

const typing = async (page, text) => { if (text) await page.keyboard.type(text); await page.keyboard.press("Tab"); };

describe("our own receiver's", () => {
  test("from the page that cannot start, by keyboard, to a row that is stored", async (t) => {
    const page = await open(t, "/bromley.html");
    assert.match(await page.locator("main :is(h1, section):visible").first().innerText(), /999/);
    const notice = page.locator("noscript");
    await shoot(page, "plain-notice");
    await notice.getByRole("link", { name: words.link.replace("{council}", "Bromley") }).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL("**/bromley-form.html");
    // Danger comes first, as in the app.
    const [danger, title] = await page.locator("main > :is(section, h1)").allInnerTexts();
    assert.match(danger, /999/);
    assert.equal(title, words.title.replace("{council}", "Bromley"));
    await shoot(page, "plain-form");

    await page.locator("#who").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Tab");
    await typing(page, "They didn’t come on \"the 3rd\" & nobody rang.\nNot <b>once</b>. 👩‍👧");
    await typing(page, "Since May");
    await typing(page, "He cries.");
    await typing(page, "Say sorry");
    await typing(page, "Zoë");
    await typing(page, "zoe+test@example.org");
    for (const empty of ["telephone", "post"]) await typing(page, empty && "");
    await typing(page, "Not at home");
    await typing(page, "");
    await page.keyboard.press("Space");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");

    const reference = await page.locator(".pr-reference").innerText();
    assert.equal(await page.locator("h1").innerText().then((text) => text.trim()), words.sent_title);
    const submission = await receiver.show(reference);
    assert.equal(submission.points[0].what_happened, "They didn’t come on \"the 3rd\" & nobody rang.\nNot <b>once</b>. 👩‍👧");
    assert.equal(submission.about.who, "parent");
    assert.deepEqual(submission.contact, {
      name: "Zoë", methods: ["email"], email: "zoe+test@example.org", safety: "Not at home",
    });
    assert.equal(submission.register, "plain-form");
    // The address and the title tell nothing, and what was sent can be kept on paper.
    assert.equal(new URL(page.url()).pathname + new URL(page.url()).search, "/api/form");
    assert.ok(!(await page.title()).includes("Zoë"));
    assert.ok((await page.locator("main").innerText()).includes("Not <b>once</b>. 👩‍👧"));
    await shoot(page, "plain-sent");
    await checked(t, await page.content(), "sent");

    // Loaded again, it is the same one.
    const before = (await receiver.list()).length;
    await page.reload();
    assert.equal(await page.locator(".pr-reference").innerText(), reference);
    assert.equal((await receiver.list()).length, before);
    await page.getByRole("link", { name: "how complaints work", exact: true }).click();
    await page.waitForURL("**/bromley.html#/guide");
  });

  test("what is missing or wrong is said, at the top and at its place, and what was written stays", async (t) => {
    const page = await open(t, "/westminster-form.html");
    const written = "\n  A first line that is empty, </textarea> and {council}";
    await page.locator("#what_happened").fill(written);
    await page.locator("#email").fill("zoe at home");
    await page.locator("#who-2").check();
    const count = (await receiver.list()).length;
    await page.getByRole("button", { name: words.send }).click();
    await page.locator(".govuk-error-summary").waitFor();
    assert.match(await page.title(), /^Error: /);
    assert.equal(await page.locator(".govuk-error-summary a").count(), 2);
    assert.equal(await page.locator("#what_happened").inputValue(), written);
    assert.equal(await page.locator("#email").inputValue(), "zoe at home");
    assert.ok(await page.locator("#who-2").isChecked());
    await shoot(page, "plain-errors");
    await checked(t, await page.content(), "errors");
    await page.locator(".govuk-error-summary a").first().click();
    assert.match(page.url(), /#email$/);
    assert.equal((await receiver.list()).length, count);
    await page.locator("#email").fill("zoe@example.org");
    await page.locator("#agreed").check();
    await page.getByRole("button", { name: words.send }).click();
    const submission = await receiver.show(await page.locator(".pr-reference").innerText());
    assert.equal(submission.points[0].what_happened, written.trim());
    assert.equal(submission.council, "westminster");
  });

  test("what is too long to be read is told on a page, with whom to call", async (t) => {
    const small = await Receiver.start(dist, "--max-body", "2000");
    t.after(() => small.stop());
    const page = await open(t, "/bromley-form.html", { origin: small.origin, viewport: narrow });
    const written = "They did not come. ".repeat(200);
    await page.locator("#what_happened").fill(written);
    await page.locator("#who").check();
    await page.locator("#agreed").check();
    await page.getByRole("button", { name: words.send }).click();
    await page.waitForURL("**/api/form");
    assert.equal(await page.locator("main h1").innerText(), words.lost.title);
    assert.ok((await page.locator("main").innerText()).includes(words.lost.long));
    assert.ok(!(await page.content()).includes("did not come"));
    await shoot(page, "plain-lost");
    await checked(t, await page.content(), "lost");
    assert.deepEqual(await faults({ lost: await page.content() }), []);
  });
});

describe("another backend's", () => {
  test("gets the fields that it knows, beside the page, where what was written stays", async (t) => {
    const mock = await Mock.start("form-handler");
    t.after(() => mock.stop());
    const made = await site({ handler: { preset: "form-handler", url: `${mock.origin}/complain` } });
    t.after(made.remove);
    const own = await Receiver.start(made.folder);
    t.after(() => own.stop());
    const page = await open(t, "/handler-form.html", { origin: own.origin, allow: [/request to http:\/\/127/] });
    await shoot(page, "plain-handler");
    // The browser itself says what is missing: no page of ours would.
    const send = page.getByRole("button", { name: words.send_beside });
    await send.click();
    assert.deepEqual(await mock.received(), []);
    await page.locator("#everything").fill("Nobody came.");
    await page.locator("#name").fill("Zoë");
    const [beside] = await Promise.all([page.context().waitForEvent("page"), send.click()]);
    await beside.waitForLoadState();
    const [arrived] = await mock.received();
    assert.equal(arrived.fields.message, "Nobody came.");
    assert.equal(arrived.fields.name, "Zoë");
    assert.equal(await page.locator("#everything").inputValue(), "Nobody came.");
  });
});

describe("printed", () => {
  let made, own;
  before(async () => {
    made = await site({ paper: { preset: "no-endpoint" } });
    own = await Receiver.start(made.folder);
  });
  after(() => Promise.all([own?.stop(), made?.remove()]));

  test("all that is written stands on the paper, and nothing is sent", async (t) => {
    const page = await open(t, "/paper-form.html", { origin: own.origin });
    assert.equal(await page.locator("form, button").count(), 0);
    assert.ok((await page.locator("main").innerText()).includes(words.print_not_sent));
    const line = "A line of what happened, which is long. ".repeat(3);
    await page.locator("#what_happened").focus();
    for (let at = 0; at < 30; at += 1) { await page.keyboard.insertText(`${at} ${line}`); await page.keyboard.press("Enter"); }
    await page.locator("#name").fill("Zoë");
    await page.locator("#name").press("Enter");
    assert.ok(page.url().endsWith("/paper-form.html"));
    await shoot(page, "plain-print");
    // As wide as A4 is.
    await page.setViewportSize({ width: 794, height: 1123 });
    await page.emulateMedia({ media: "print" });
    const box = page.locator("#what_happened");
    const { height } = await box.boundingBox();
    assert.ok(height > 30 * 20, `${height}`);
    assert.ok((await box.innerText()).includes("29 A line"));
    await fits(page, "on paper");
    for (const gone of [".pr-exit", ".pr-help"]) assert.ok(!(await page.locator(gone).isVisible()), gone);
    await page.emulateMedia({ media: "screen" });
    await checked(t, await page.content(), "print");
  });

  test("is valid HTML", async () => {
    const pages = { paper: await readFile(join(made.folder, "paper-form.html"), "utf8") };
    assert.deepEqual(await faults(pages), []);
  });
});

test("each council's form is valid HTML, has no script, and nothing of it lies to the side", async (t) => {
  const pages = {};
  for (const id of index.councils) {
    pages[`${id}-form`] = await readFile(join(dist, `${id}-form.html`), "utf8");
    assert.ok(!pages[`${id}-form`].includes("<script"));
    const page = await open(t, `/${id}-form.html`, { viewport: narrow });
    await fits(page, id);
    await checked(t, pages[`${id}-form`], id);
  }
  assert.deepEqual(await faults(pages), []);
});
