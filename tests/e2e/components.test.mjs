// What the design system's own script does, done by ours: the rules of its browser tests, held against the release.
//
// Of govuk-frontend's packages/govuk-frontend/src/govuk/components/*/*.puppeteer.test.js. What is ported, what is held elsewhere and what
// does not apply stands in docs/design-system.md; a change here belongs there too.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { shortest } from "./support/answers.mjs";
import { Browser, mounted } from "./support/browser.mjs";
import { mouse, tabTo } from "./support/hands.mjs";
import { besides, goOn, refused, send, walk } from "./support/journey.mjs";
import { place, summary } from "./support/page.mjs";
import { data, Receiver } from "./support/receiver.mjs";

let receiver, browser, words;

before(async () => {
  [receiver, browser, words] = await Promise.all([Receiver.start(), Browser.start(), data("content/en/adult.json")]);
});
after(() => Promise.all([browser?.stop(), receiver?.stop()]));

const open = (t, path = "/?council=bromley", options) => browser.page(t, receiver.origin + path, options);

async function at(t, question, answers = shortest, options) {
  const page = await open(t, undefined, options);
  assert.equal((await walk(page, answers, { until: question })).at(-1), question);
  return page;
}

const said = (key, values = {}) =>
  Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), words.words[key]);

describe("error summary", () => {
  test("it has the focus when it appears, can have it until it loses it, and is an alert", async (t) => {
    const page = await open(t);
    await refused(page);
    await page.waitForFunction(() => document.activeElement?.id === "summary");
    assert.equal(await summary(page).getAttribute("tabindex"), "-1");
    assert.equal(await summary(page).locator("[role=alert]").count(), 1);
    await page.evaluate(() => document.activeElement.blur());
    assert.equal(await summary(page).getAttribute("tabindex"), null);
  });

  test("refused again, it takes the focus again", async (t) => {
    const page = await open(t);
    await refused(page);
    await page.waitForFunction(() => document.activeElement?.id === "summary");
    await page.locator("main form button[type=submit]").focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.id === "summary");
  });

  // A field, by the question it is on, with what is given there, and what comes to the top of the window.
  const linked = {
    "a group of radio buttons": { question: "want", target: "choice-0", top: "legend" },
    "a group of checkboxes": { question: "topics", target: "choice-0", top: "legend" },
    "a date input": { question: "event_date", target: "event_date-field-day", top: "#question-event_date legend" },
    "a specific field in a date input": {
      question: "event_date", target: "event_date-field-year", top: "#question-event_date legend",
      given: async (page) => { await mouse.type(page, "day", "27", "event_date-"); await mouse.type(page, "month", "3", "event_date-"); },
    },
    "a textarea": { question: "what_happened", target: "field-text", top: "label[for=field-text]" },
    "a conditionally revealed input": {
      question: "reach", target: "reach-field-telephone", top: "label[for=reach-field-telephone]",
      given: (page) => mouse.tick(page, "reach", ["telephone"]),
    },
    "a conditionally revealed textarea": {
      question: "reach", target: "reach-field-post", top: "label[for=reach-field-post]",
      given: (page) => mouse.tick(page, "reach", ["email", "telephone", "post"]),
    },
  };
  for (const [name, { question, target, top, given }] of Object.entries(linked)) {
    test(`its link to ${name} moves the focus there, brings what names it into view, and leaves the address`, async (t) => {
      const page = await at(t, question);
      await besides(page, question, shortest);
      await given?.(page);
      await refused(page);
      const before = page.url();
      await summary(page).locator(`a[href="#${target}"]`).click();
      await page.waitForFunction((id) => document.activeElement?.id === id, target);
      assert.equal(page.url(), before);
      const [named, field, height] = await page.evaluate(([id, selector]) => [
        document.querySelector(`main ${selector}`).getBoundingClientRect().top,
        document.getElementById(id).getBoundingClientRect().bottom, innerHeight,
      ], [target, top]);
      const bottom = await page.evaluate(() => scrollY + innerHeight >= document.documentElement.scrollHeight - 1);
      // At the top, under the button that exits and a caption, or as far up as the page goes.
      assert.ok(named >= 0 && (named < 100 || bottom), `${named} px from the top`);
      assert.ok(field <= height, "the field is below the window");
    });
  }
});

describe("character count", () => {
  const limit = 5000;
  const own = "#question-what_happened";
  const seen = (page) => page.locator(`${own} .govuk-character-count__status`);
  const heard = (page) => page.locator(`${own} .govuk-character-count__sr-status`);
  /** The page, with all on it answered but the text. */
  const counting = async (t) => {
    const page = await at(t, "what_happened");
    await besides(page, "what_happened", shortest);
    return page;
  };
  /** The counter for screen readers waits for a pause in typing. */
  const spoken = (page, text) => page.waitForFunction(([selector, wanted]) =>
    document.querySelector(selector).textContent === wanted, [`${own} .govuk-character-count__sr-status`, text]);

  test("on load both counters are empty, and the limit describes the field unseen", async (t) => {
    const page = await at(t, "what_happened");
    assert.equal(await seen(page).textContent(), "");
    assert.equal(await heard(page).textContent(), "");
    assert.equal(await seen(page).getAttribute("aria-hidden"), "true");
    assert.equal(await heard(page).getAttribute("aria-live"), "polite");
    const described = await page.locator("#field-text").getAttribute("aria-describedby");
    assert.equal(described.split(" ")[0], "count-limit");
    const told = page.locator("#count-limit");
    assert.equal(await told.textContent(), said("characters_max", { max: limit }));
    assert.ok((await told.getAttribute("class")).includes("govuk-visually-hidden"));
    assert.equal(await page.locator("#field-text").getAttribute("maxlength"), null);
  });

  test("filled in before, it counts what stands there", async (t) => {
    const page = await counting(t);
    await mouse.type(page, "text", "a".repeat(limit - 67));
    await goOn(page);
    await page.goBack();
    await seen(page).waitFor();
    const left = said("characters_left", { count: 67 });
    assert.deepEqual([await seen(page).textContent(), await heard(page).textContent()], [left, left]);
  });

  const counted = [
    { typed: limit - 1000, key: "characters_left", count: 1000 },
    { typed: limit - 1, key: "characters_one_left" },
    { typed: limit, key: "characters_left", count: 0 },
    { typed: limit + 1, key: "characters_one_over", wrong: true },
    { typed: limit + 2, key: "characters_over", count: 2, wrong: true },
  ];
  test("it counts down, has a singular, and marks message and field at once where there is too much", async (t) => {
    const page = await counting(t);
    for (const { typed, key, count, wrong = false } of counted) {
      await mouse.type(page, "text", "a".repeat(typed));
      const text = said(key, { count });
      assert.equal(await seen(page).textContent(), text, `${typed}`);
      assert.equal((await seen(page).getAttribute("class")).includes("govuk-error-message"), wrong, `${typed}`);
      assert.equal((await page.locator("#field-text").getAttribute("class")).includes("govuk-textarea--error"), wrong, `${typed}`);
      await spoken(page, text);
    }
  });

  test("what is spoken waits for a pause in typing", async (t) => {
    const page = await at(t, "what_happened");
    await mouse.type(page, "text", "a".repeat(limit - 100));
    await spoken(page, said("characters_left", { count: 100 }));
    const before = await heard(page).textContent();
    await page.locator("#field-text").focus();
    const started = Date.now();
    await page.keyboard.type("abcd", { delay: 300 });
    // Each key puts it off: nothing was spoken in all that time, and then only the last.
    assert.equal(await heard(page).textContent(), before);
    assert.equal(await seen(page).textContent(), said("characters_left", { count: 96 }));
    await spoken(page, said("characters_left", { count: 96 }));
    assert.ok(Date.now() - started >= 3 * 300 + 1000, "it was spoken too soon");
  });

  test("too much, it stays so when it comes again, and what was refused stays marked until it is sent again", async (t) => {
    const page = await counting(t);
    await mouse.type(page, "text", "a".repeat(limit + 23));
    await refused(page);
    assert.equal(await seen(page).textContent(), said("characters_over", { count: 23 }));
    assert.ok((await seen(page).getAttribute("class")).includes("govuk-error-message"));
    await mouse.type(page, "text", "a");
    assert.ok(!(await seen(page).getAttribute("class")).includes("govuk-error-message"));
    assert.ok((await page.locator("#field-text").getAttribute("class")).includes("govuk-textarea--error"));
    await goOn(page);
  });
});

describe("checkboxes with conditional content", () => {
  const box = (page, value) => page.locator(`input[name=reach][value=${value}]`);
  const revealed = async (page, value) => page.locator(`[id="${await box(page, value).getAttribute("aria-controls")}"]`);
  const press = {
    "by mouse": (page, value) => mouse.choose(page, "reach", value),
    "by keyboard": async (page, value) => {
      await tabTo(page, `input[name=reach][value=${value}]`);
      await page.keyboard.press("Space");
    },
  };
  for (const [name, toggle] of Object.entries(press)) {
    test(`${name}, what a box reveals comes and goes with it, and the box says so`, async (t) => {
      const page = await at(t, "reach");
      for (const value of ["email", "telephone", "post"]) {
        const content = await revealed(page, value);
        for (const on of [false, true, false]) {
          assert.equal(await box(page, value).isChecked(), on, value);
          assert.equal(await box(page, value).getAttribute("aria-expanded"), String(on), value);
          assert.equal(await content.isVisible(), on, value);
          await toggle(page, value);
        }
      }
    });
  }

  test("the box that excludes the others clears them and hides what they revealed, and they clear it", async (t) => {
    const page = await at(t, "reach");
    await mouse.tick(page, "reach", ["email", "post", "none"]);
    for (const value of ["email", "post"]) {
      assert.ok(!(await box(page, value).isChecked()), value);
      assert.equal(await box(page, value).getAttribute("aria-expanded"), "false", value);
      assert.ok(!(await (await revealed(page, value)).isVisible()), value);
    }
    await mouse.tick(page, "reach", ["telephone"]);
    assert.ok(!(await box(page, "none").isChecked()));
    assert.equal(await box(page, "none").getAttribute("aria-expanded"), null, "it reveals nothing");
  });

  test("what is chosen on coming back is revealed, and what is hidden again is not sent", async (t) => {
    const page = await at(t, "reach");
    await besides(page, "reach", shortest);
    await mouse.tick(page, "reach", ["email", "telephone"]);
    await mouse.type(page, "email", "zoe@example.org", "reach-");
    await mouse.type(page, "telephone", "07700 900 123", "reach-");
    await goOn(page);
    await page.goBack();
    await page.waitForFunction(() => location.hash === "#/question/full_name");
    await (await revealed(page, "email")).waitFor();
    assert.ok(!(await (await revealed(page, "post")).isVisible()));
    await mouse.tick(page, "reach", ["telephone"]);
    assert.equal(await page.locator("#reach-field-telephone").inputValue(), "07700 900 123", "what was typed is kept");
    await goOn(page);
    await walk(page, shortest);
    const sent = JSON.stringify(await receiver.show(await send(page)));
    assert.ok(sent.includes("zoe@example.org") && !sent.includes("07700"), sent);
  });
});

describe("skip link", () => {
  async function skipped(t) {
    const page = await at(t, "want");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.id === "main");
    return page;
  }

  test("it is the first stop, is seen only with the focus, and moves the focus to the content", async (t) => {
    const page = await at(t, "want");
    const link = page.locator("a.govuk-skip-link[href='#main']");
    const height = async () => (await link.boundingBox()).height;
    assert.ok(await height() <= 1);
    await page.keyboard.press("Tab");
    assert.ok(await height() > 20);
    const before = page.url();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.id === "main");
    assert.equal(page.url(), before, "the address is that of the page");
    assert.equal(await place(page), "want");
  });

  test("the content may have the focus while it does, without a ring, and no longer", async (t) => {
    const page = await skipped(t);
    const main = page.locator("#main");
    assert.equal(await main.getAttribute("tabindex"), "-1");
    assert.equal(await main.evaluate((element) => getComputedStyle(element).outlineStyle), "none");
    await page.keyboard.press("Tab");
    assert.equal(await main.getAttribute("tabindex"), null);
    assert.ok(await page.evaluate(() => document.activeElement.closest("main, .govuk-width-container") !== null));
  });
});

describe("exit this page", () => {
  const button = ".govuk-exit-this-page__button";
  const prepare = (page) => page.context().route("https://www.bbc.co.uk/**", (route) => route.fulfill({ status: 204 }));
  const allow = [/^request to https:\/\/www\.bbc\.co\.uk$/];

  const ways = {
    "the button": (page) => page.locator(button).click(),
    "the skip link": async (page) => {
      await tabTo(page, "a.govuk-skip-link:not([href='#main'])");
      await page.keyboard.press("Enter");
    },
    "Shift three times": async (page) => {
      for (let press = 0; press < 3; press++) await page.keyboard.press("Shift");
    },
  };
  for (const [name, leave] of Object.entries(ways)) {
    test(`${name}: an empty page lies over everything at once and says that the other is loading`, async (t) => {
      const page = await open(t, undefined, { before: prepare, allow });
      await leave(page);
      const overlay = page.locator(".govuk-exit-this-page-overlay");
      await overlay.waitFor();
      assert.equal(await overlay.getAttribute("role"), "alert");
      assert.equal(await overlay.textContent(), said("exit_loading"));
      const covers = await overlay.evaluate((element) => {
        const box = element.getBoundingClientRect();
        return box.left <= 0 && box.top <= 0 && box.right >= innerWidth && box.bottom >= innerHeight;
      });
      assert.ok(covers);
    });
  }

  test("a press held together with another key counts for nothing, whichever comes up first", async (t) => {
    const page = await open(t);
    for (let press = 0; press < 4; press++) {
      await page.keyboard.down("Shift");
      await page.keyboard.press("Tab");
      await page.keyboard.up("Shift");
    }
    assert.equal(await page.locator(".govuk-exit-this-page__indicator-light--on").count(), 0);
    assert.equal(await page.locator(".govuk-exit-this-page [role=status]").textContent(), "");
  });
});
