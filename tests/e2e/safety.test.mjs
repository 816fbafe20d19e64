// A child alone on a phone: the way out leaves nothing, danger is answered at once, and the page reads itself aloud.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { shortest, statutory } from "./support/answers.mjs";
import { mounted, narrow } from "./support/browser.mjs";
import { accessible, fits, shoot } from "./support/checks.mjs";
import { serveCompiled } from "./support/compiled.mjs";
import { mouse, tabTo } from "./support/hands.mjs";
import { answer, besides, goOn, send, walk } from "./support/journey.mjs";
import { address, arrived, focused, place, turning } from "./support/page.mjs";
import { council, exitButton, never, nothing, open, receiver, secret, words } from "./support/safety.mjs";

const destination = "https://www.bbc.co.uk/weather";

/** A page in the middle of things: answers given, something typed, something kept in the storage. */
async function underWay(t, options) {
  const page = await open(t, options);
  await walk(page, shortest, { until: "what_happened" });
  await answer(page, "event_date", { about: secret });
  await mouse.type(page, "text", secret);
  await page.evaluate((text) => {
    localStorage.setItem("putright/draft", text);
    sessionStorage.setItem("putright/draft", text);
  }, secret);
  return page;
}

/** What is left of a visit. */
async function traces(page) {
  return page.evaluate((text) => ({
    html: document.documentElement.outerHTML.includes(text),
    fields: [...document.querySelectorAll("input, textarea")].filter((field) => field.value.includes(text) || field.checked).length,
    title: document.title.includes(text), address: location.href.includes(text),
    local: localStorage.length, session: sessionStorage.length,
  }), secret);
}

const waysOut = {
  "the button, by mouse": (page) => page.locator(exitButton).click(),
  "the button, by Enter": async (page) => {
    await tabTo(page, exitButton);
    await page.keyboard.press("Enter");
  },
  "the button, by the space bar": async (page) => {
    await tabTo(page, exitButton);
    await page.keyboard.press("Space");
  },
  "the skip link": async (page) => {
    await tabTo(page, "a.govuk-skip-link:not([href='#main'])");
    assert.equal(await page.evaluate(() => document.activeElement.innerText), words.words.exit_button);
    await page.keyboard.press("Enter");
  },
  "Shift three times, in the middle of typing": async (page) => {
    await page.locator("#field-text").focus();
    for (let press = 0; press < 3; press++) await page.keyboard.press("Shift");
  },
};

describe("leaving", () => {
  for (const [name, leave] of Object.entries(waysOut)) {
    test(`${name}: nothing is asked, another page comes, and Back shows nothing that was typed`, async (t) => {
      const page = await underWay(t);
      page.on("dialog", (dialog) => {
        assert.fail(`asked: ${dialog.type()}`);
      });
      const entries = await page.evaluate(() => history.length);
      await leave(page);
      await page.waitForURL(destination);
      assert.equal(await page.evaluate(() => history.length), entries, "the page that was left is no longer in the history");
      // One back, then to the very first page of ours, whose radios are in the HTML: a browser would tick them again.
      for (const back of [1, entries - 3]) {
        await page.evaluate((steps) => { setTimeout(() => history.go(-steps)); }, back);
        await page.waitForURL(`${receiver.origin}/**`);
        await page.waitForFunction(() => document.readyState === "complete");
        await mounted(page);
        await page.waitForFunction(() => location.hash === "#/" || location.hash === "");
        assert.deepEqual(await traces(page), nothing, `${back} back`);
        assert.equal(await place(page), "want");
      }
    });
  }

  test("before the other page has come there is an empty page that says nothing, and it wipes itself again should it come back", async (t) => {
    const page = await underWay(t, { weather: never });
    await page.locator(exitButton).click();
    await page.waitForFunction(() => document.querySelector(".govuk-exit-this-page-overlay"));
    assert.deepEqual(await traces(page), nothing);
    const seen = () => page.evaluate(() => ({
      text: document.body.textContent.trim(), title: document.title,
      // The stylesheet stays: the empty page is drawn by it.
      parts: document.body.querySelectorAll(":scope > :not(link)").length,
    }));
    assert.deepEqual(await seen(), { text: "Loading.", title: "Loading.", parts: 1 });
    assert.equal(await page.locator("[role=alert]").count(), 1);
    await page.waitForTimeout(300);
    assert.deepEqual(await seen(), { text: "Loading.", title: "Loading.", parts: 1 });
    // As the back-forward cache does it.
    await page.evaluate(() => {
      localStorage.setItem("putright/draft", "x");
      dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
    });
    await mounted(page);
    assert.deepEqual(await traces(page), nothing);
    assert.equal(new URL(page.url()).search, "?council=bromley");
  });

  test("lights and words count the presses, another key or five seconds begin anew, and capital letters count for nothing", async (t) => {
    const page = await underWay(t);
    const shown = () => page.evaluate(() => ({
      lit: document.querySelectorAll(".govuk-exit-this-page__indicator-light--on").length,
      seen: getComputedStyle(document.querySelector(".govuk-exit-this-page__indicator")).display !== "none",
      said: document.querySelector(".govuk-exit-this-page [role=status]").textContent,
    }));
    const becomes = async (wanted) => {
      await page.waitForFunction(([lit, said]) =>
        document.querySelectorAll(".govuk-exit-this-page__indicator-light--on").length === lit
        && document.querySelector(".govuk-exit-this-page [role=status]").textContent === said, [wanted.lit, wanted.said]);
      assert.deepEqual(await shown(), wanted);
    };
    assert.equal(await page.locator(".govuk-exit-this-page__indicator-light").count(), 3);
    assert.deepEqual(await shown(), { lit: 0, seen: false, said: "" });
    await page.locator("#field-text").focus();
    for (const letter of ["A", "B", "C", "D"]) {
      await page.keyboard.down("Shift");
      await page.keyboard.press(letter);
      await page.keyboard.up("Shift");
    }
    assert.deepEqual(await shown(), { lit: 0, seen: false, said: "" });
    await page.keyboard.press("Shift");
    await becomes({ lit: 1, seen: true, said: "Shift, press 2 more times to exit." });
    await page.keyboard.press("Shift");
    await becomes({ lit: 2, seen: true, said: "Shift, press 1 more time to exit." });
    await accessible(page, "two lights");
    await shoot(page, "exit-two-lights");
    await page.keyboard.press("x");
    await becomes({ lit: 0, seen: false, said: "Exit this page expired." });
    await page.keyboard.press("Shift");
    await becomes({ lit: 1, seen: true, said: "Shift, press 2 more times to exit." });
    await becomes({ lit: 0, seen: false, said: "Exit this page expired." });
    await becomes({ lit: 0, seen: false, said: "" });
    assert.ok((await page.locator("#field-text").inputValue()).includes(secret));
  });

  test("the button is in reach wherever the page is scrolled, on every page, and is printed on none", async (t) => {
    const page = await open(t);
    const inReach = async (where) => {
      for (const to of [0, 1e6]) {
        await page.evaluate((y) => scrollTo(0, y), to);
        const box = await page.locator(exitButton).boundingBox();
        assert.ok(box.y >= 0 && box.y + box.height <= page.viewportSize().height, `${where}: ${JSON.stringify(box)}`);
      }
    };
    await walk(page, statutory, { visit: inReach });
    await send(page);
    await inReach("sent");
    for (const name of ["guide", "contacts", "exit-help", "look"]) {
      await address(page, `#/${name}`);
      await arrived(page, name);
      await inReach(name);
    }
    await page.emulateMedia({ media: "print" });
    assert.ok(!(await page.locator(exitButton).isVisible()));
  });

  test("what has the focus never lies under the bar, not even in part", async (t) => {
    const page = await open(t, { viewport: narrow });
    await walk(page, shortest, { until: "topics" });
    for (const key of ["Tab", "Shift+Tab"]) {
      for (let presses = 0; presses < 45; presses++) {
        await page.keyboard.press(key);
        const hidden = await page.evaluate((button) => {
          const element = document.activeElement;
          if (!element.closest("main, aside, footer")) return null;
          const box = element.getBoundingClientRect();
          const bar = document.querySelector(button).getBoundingClientRect();
          return box.bottom > bar.top + 1 && box.top < bar.bottom - 1 ? element.outerHTML.slice(0, 100) : null;
        }, ".pr-exit");
        assert.equal(hidden, null);
      }
    }
  });

  test("a page tells what it does and what it cannot do, linked beside the button", async (t) => {
    const page = await open(t);
    await turning(page, () => page.getByRole("link", { name: words.words.exit_help_link }).click());
    assert.equal(await place(page), "exit-help");
    const text = await page.locator("main").innerText();
    for (const told of ["Shift", "history", "Back"]) assert.ok(text.includes(told), told);
    await accessible(page, "exit-help");
    await fits(page, "exit-help");
    await shoot(page, "exit-help");
  });

  test("with JavaScript off it is a plain link, and what it does is told further down", async (t) => {
    const page = await open(t, { javaScript: false, path: "/" });
    assert.equal(await page.locator(exitButton).getAttribute("href"), destination);
    await page.locator(".pr-exit > .govuk-link").click();
    const box = await page.locator("[id='/exit-help']").boundingBox();
    assert.ok(Math.abs(box.y) < 120, `it is at ${box.y}`);
    await page.locator(exitButton).click();
    await page.waitForURL(destination);
  });

  test("a council names another page", async (t) => {
    const elsewhere = "https://www.bbc.co.uk/food";
    const page = await open(t, {
      before: (page) => serveCompiled(page, { "councils/bromley.json": { ...council, exit_to: elsewhere } }),
    });
    assert.equal(await page.locator(exitButton).getAttribute("href"), elsewhere);
    await page.locator(exitButton).click();
    await page.waitForURL(elsewhere);
  });
});

describe("danger", () => {
  const panel = (page) => page.locator("#danger-panel .pr-danger");

  test("typed, it shows whom to call at once, takes nothing away, and is there again before sending", async (t) => {
    const page = await open(t);
    await walk(page, shortest, { until: "what_happened" });
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.locator("#field-text").focus();
    await page.evaluate(() => { document.querySelector("#field-text").mine = true; });
    await page.keyboard.type("It was a murder mystery. ");
    assert.equal(await panel(page).count(), 0);
    await page.keyboard.type("hes hiting me");
    await panel(page).waitFor();
    await page.keyboard.type(" every day");
    assert.equal(await focused(page), "field-text");
    const kept = await page.evaluate(() => [document.querySelector("#field-text").mine, document.querySelector("#field-text").value]);
    assert.deepEqual(kept, [true, "It was a murder mystery. hes hiting me every day"]);
    const text = await panel(page).innerText();
    const numbers = ["999", "0808 800 5000", ...council.safeguarding.telephone.map(({ number }) => number)];
    for (const number of numbers) {
      assert.ok(text.includes(number), number);
      assert.equal(await panel(page).locator(`a[href="tel:${number.replaceAll(" ", "")}"]`).count(), 1, number);
    }
    assert.ok(text.includes(words.words.danger_panel_nobody));
    assert.equal(await page.locator("#danger-panel").getAttribute("aria-live"), "polite");
    await accessible(page, "danger");
    await shoot(page, "danger");
    assert.deepEqual(asked, [], "nothing is told to anybody");

    await page.locator("#field-text").fill("hes late");
    await panel(page).waitFor({ state: "detached" });
    await page.locator("#field-text").fill("hes hitting me");
    await panel(page).waitFor();
    await besides(page, "what_happened", shortest);
    await goOn(page);
    assert.equal(await panel(page).count(), 0);
    await walk(page, shortest);
    await panel(page).waitFor();
    await accessible(page, "check, with danger");
    await shoot(page, "danger-check");
    const submission = await receiver.show(await send(page));
    assert.ok(!/danger|0808 800 5000/.test(JSON.stringify(submission)), "what was found is not sent");
  });

  test("chosen, it shows them as well", async (t) => {
    const flagged = structuredClone(words);
    flagged.questions.topics.options.staff_conduct.danger = true;
    const page = await open(t, { before: (page) => serveCompiled(page, { "content/en/adult.json": flagged }) });
    await walk(page, shortest, { until: "topics" });
    await mouse.tick(page, "topics", ["delay"]);
    assert.equal(await panel(page).count(), 0);
    await mouse.tick(page, "topics", ["staff_conduct"]);
    await panel(page).waitFor();
    assert.equal(await focused(page), await page.locator("input[value=staff_conduct]").getAttribute("id"));
    await fits(page, "danger, chosen");
  });
});
