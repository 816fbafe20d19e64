// The first questions, answered before the app is there: what is chosen and typed then counts, and nothing moves when it comes.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { Browser, desktop, mounted, phone } from "./support/browser.mjs";
import { accessible, fits, invalid, shoot } from "./support/checks.mjs";
import { goOn } from "./support/journey.mjs";
import { focused, place, standing } from "./support/page.mjs";
import { data, dist, Receiver } from "./support/receiver.mjs";

let receiver, browser, words, index;

before(async () => {
  [receiver, browser, words, index] = await Promise.all([
    Receiver.start(), Browser.start(), data("content/en/adult.json"), data("councils/index.json"),
  ]);
});
after(() => Promise.all([browser?.stop(), receiver?.stop()]));

/** A page whose app does not come before `arrive` is called. */
async function early(t, path = "/bromley.html", { viewport = phone } = {}) {
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  const session = await browser.open(`${receiver.origin}${path}`, {
    wait: false,
    viewport,
    before: async (page) => {
      await page.route("**/*.wasm", async (route) => { await held; await route.continue(); });
      await page.addInitScript(() => {
        window.shifted = 0;
        new PerformanceObserver((list) => {
          for (const shift of list.getEntries()) window.shifted += shift.value;
        }).observe({ type: "layout-shift", buffered: true });
      });
    },
  });
  t.after(async () => {
    release();
    await session.close();
    session.watch.clean();
  });
  const { page } = session;
  await page.locator(".pr-opening--first h1").waitFor();
  // Nobody sees the page before its styles are there; a script could.
  await page.waitForFunction(() => [...document.querySelectorAll("link[rel=stylesheet]")].every(({ sheet }) => sheet));
  return { page, arrive: async () => { release(); await mounted(page); } };
}

const shown = (page) => page.locator("main h1:visible").innerText();
const go = (page) => page.locator(".pr-go:visible");

/** Chooses, and presses the one Continue there is. */
async function answerEarly(page, question, value) {
  await page.locator(`[data-question="${question}"] [value="${value}"]`).check();
  assert.equal(await go(page).count(), 1);
  await go(page).click();
}

describe("before the app is there", () => {
  test("one question stands on the page at a time, and Continue leads where the answer does", async (t) => {
    const { page } = await early(t);
    assert.equal(await shown(page), words.questions.want.title);
    await answerEarly(page, "want", "complaint");
    assert.equal(await shown(page), words.questions.who.title);
    await fits(page, "who, before the app");
    await accessible(page, "who, before the app");
    await shoot(page, "opening-who");
    await answerEarly(page, "who", "parent");
    assert.equal(await shown(page), words.questions.child_status.title);
    await page.goBack();
    assert.equal(await shown(page), words.questions.who.title);
    await answerEarly(page, "who", "advocate");
    assert.ok((await shown(page)).startsWith(words.questions.helper_role.title));
    await page.goBack();
    await page.goBack();
    await page.locator("[value=guide]").check();
    await go(page).click();
    assert.ok(await page.locator("[id='/guide']").isVisible());
    assert.ok(!(await page.locator(".pr-opening--first").isVisible()));
  });

  test("Continue with nothing chosen says what to do", async (t) => {
    const { page } = await early(t);
    await go(page).click();
    const error = page.locator("[id='want.missing']");
    assert.ok((await error.innerText()).includes(words.questions.want.errors?.missing ?? words.errors.missing));
    assert.equal(await shown(page), words.questions.want.title);
    await accessible(page, "want, nothing chosen, before the app");
    await answerEarly(page, "want", "complaint");
    assert.equal(await shown(page), words.questions.who.title);
  });

  test("by keyboard alone", async (t) => {
    const { page } = await early(t);
    await page.locator("[name=want]").first().focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.equal(await shown(page), words.questions.who.title);
  });

  test("what only the app can ask is waited for, and the app goes on from there", async (t) => {
    const { page, arrive } = await early(t);
    await answerEarly(page, "want", "complaint");
    await answerEarly(page, "who", "parent");
    await answerEarly(page, "child_status", "in_need");
    assert.equal(await shown(page), words.words.wait_title);
    await shoot(page, "opening-wait");
    await arrive();
    assert.equal(await place(page), "topics");
  });
});

describe("when the app comes", () => {
  test("what was answered counts, what stands on the page stays with its focus, and nothing moves", async (t) => {
    const { page, arrive } = await early(t);
    await answerEarly(page, "want", "complaint");
    await answerEarly(page, "who", "foster_carer");
    await page.locator("[data-question=child_status] [value=looked_after]").check();
    await page.waitForTimeout(600); // A shift within half a second of a key or a click is not counted as one.
    await page.evaluate(() => { window.shifted = 0; });
    await arrive();
    assert.equal(await place(page), "child_status");
    assert.deepEqual((await standing(page)).chosen, ["looked_after"]);
    const at = await page.locator("[value=looked_after]").getAttribute("id");
    assert.equal(await focused(page), at);
    assert.equal(await page.evaluate(() => window.shifted), 0);
    await goOn(page);
    assert.equal(await place(page), "topics");
    await page.goBack();
    await page.goBack();
    await page.waitForFunction(() => location.hash === "#/question/who");
    assert.deepEqual((await standing(page)).chosen, ["foster_carer"]);
  });

  test("half a word that was typed stays, with the caret in it", async (t) => {
    const { page, arrive } = await early(t);
    await answerEarly(page, "want", "complaint");
    await answerEarly(page, "who", "relative");
    const field = page.locator("[data-question=helper_role] input[type=text]");
    await field.fill("Her grandmoter");
    for (const key of ["ArrowLeft", "ArrowLeft"]) await field.press(key);
    await arrive();
    assert.equal(await place(page), "helper_role");
    await page.keyboard.type("h");
    assert.equal((await standing(page)).text.text, "Her grandmother");
  });

  for (const viewport of [phone, desktop]) {
    test(`nothing moves on the first page at ${viewport.width} px, untouched`, async (t) => {
      for (const [id, ending] of index.councils.flatMap((id) => ["", "-12-17", "-8-11"].map((ending) => [id, ending]))) {
        const { page, arrive } = await early(t, `/${id}${ending}.html`, { viewport });
        const before = await page.screenshot();
        await arrive();
        await page.waitForFunction(() => !document.querySelector(".pr-opening"));
        assert.equal(await page.evaluate(() => window.shifted), 0, `${id}${ending}`);
        const colour = await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--pr-brand").trim());
        assert.equal(colour, (await data(`councils/${id}.json`)).brand.colour);
        const after = await page.screenshot();
        if (!before.equals(after)) t.diagnostic(`${id}${ending}: the first page is not the same to the last pixel`);
      }
    });
  }
});

describe("for children and young people", () => {
  for (const register of ["8-11", "12-17"]) {
    test(`${register}: their own words are there from the start, and what they answer counts`, async (t) => {
      const own = await data(`content/en/${register}.json`);
      const { page, arrive } = await early(t, `/bromley-${register}.html`);
      assert.equal(await page.title(), `${own.words.service_name} – Bromley`);
      assert.equal(await shown(page), own.questions.want.title);
      const foot = await page.locator("footer").innerText();
      assert.ok(foot.includes("0800 1111"), "somebody to talk to");
      await fits(page, `want, before the app, ${register}`);
      await accessible(page, `want, before the app, ${register}`);
      await shoot(page, `opening-${register}`);
      await answerEarly(page, "want", "complaint");
      assert.equal(await shown(page), own.questions.in_charge.title);
      await accessible(page, `in_charge, before the app, ${register}`);
      await shoot(page, `opening-${register}-in_charge`);
      await page.waitForTimeout(600); // A shift within half a second of a click is not counted as one.
      await page.evaluate(() => { window.shifted = 0; });
      await arrive();
      assert.equal(await place(page), "in_charge");
      assert.equal(await page.evaluate(() => window.shifted), 0);
      assert.equal(await page.locator(".pr-registers [aria-current]").innerText(), own.registers[register]);
      await page.goBack();
      await page.waitForFunction(() => location.hash === "#/" || location.hash === "");
      assert.deepEqual((await standing(page)).chosen, ["complaint"]);
    });

    test(`${register}: who has read the page with nothing to answer goes on from it`, async (t) => {
      const { page, arrive } = await early(t, `/bromley-${register}.html`);
      // By keyboard alone.
      await page.locator("[name=want]").first().focus();
      for (const key of ["Space", "Tab", "Enter"]) await page.keyboard.press(key);
      assert.equal(await shown(page), (await data(`content/en/${register}.json`)).questions.in_charge.title);
      await go(page).focus();
      await page.keyboard.press("Enter");
      await arrive();
      await page.waitForFunction(() => location.hash === "#/question/feeling");
      await page.goBack();
      await page.waitForFunction(() => location.hash === "#/question/in_charge");
    });
  }

  test("who comes to the page for adults gets to theirs without waiting for the app, and without JavaScript", async (t) => {
    const { page, close } = await browser.open(`${receiver.origin}/bromley.html`, { javaScript: false, viewport: phone });
    t.after(close);
    for (const register of ["8-11", "12-17"]) {
      const own = await data(`content/en/${register}.json`);
      await page.getByRole("link", { name: own.registers[register] }).click();
      assert.equal(await shown(page), own.questions.want.title);
      await fits(page, `${register}, without JavaScript`);
    }
    await page.getByRole("link", { name: words.registers.adult }).click();
    assert.equal(await shown(page), words.questions.want.title);
  });
});

test("with JavaScript off a council's own page has its numbers, its guide and its contacts", async (t) => {
  const { page, close } = await browser.open(`${receiver.origin}/westminster.html`, { javaScript: false });
  t.after(close);
  const text = await page.locator("body").innerText();
  assert.ok(text.includes(words.words.no_script));
  for (const part of words.guide) assert.ok(text.includes(part.title), part.title);
  const { contact } = await data("councils/westminster.json");
  assert.ok(text.includes(contact.post.at(-1)));
  await fits(page, "westminster, without JavaScript");
});

test("the page of each council is valid HTML, and asks for nothing of another's", async () => {
  const pages = {};
  for (const id of index.councils) {
    for (const ending of ["", "-12-17", "-8-11"]) pages[`${id}${ending}`] = await readFile(join(dist, `${id}${ending}.html`), "utf8");
  }
  const errors = (await invalid(pages)).filter(({ type }) => type === "error" || type === "fatal");
  assert.deepEqual(errors.map(({ where, message, extract }) => `${where}: ${message}: ${extract}`), []);
  for (const [name, html] of Object.entries(pages)) {
    for (const other of index.councils) if (!name.startsWith(other)) assert.ok(!html.includes(`./${other}.css`));
  }
});
