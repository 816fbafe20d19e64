// The first questions, answered before the app is there: what is chosen and typed then counts, and nothing moves when it comes.

import assert from "node:assert/strict";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { Browser, desktop, mounted, phone } from "./support/browser.mjs";
import { accessible, fits, invalid, shoot } from "./support/checks.mjs";
import { tabTo } from "./support/hands.mjs";
import { forgetShifts, held, shifts } from "./support/held.mjs";
import { goOn } from "./support/journey.mjs";
import { focused, place, questions, standing } from "./support/page.mjs";
import { difference, read } from "./support/picture.mjs";
import { data, dist, Receiver } from "./support/receiver.mjs";

let receiver, browser, words, index;

before(async () => {
  [receiver, browser, words, index] = await Promise.all([
    Receiver.start(), Browser.start(), data("content/en/adult.json"), data("councils/index.json"),
  ]);
});
after(() => Promise.all([browser?.stop(), receiver?.stop()]));

const site = () => ({ browser, receiver });

const app = "**/*.wasm";
const sheet = "**/main-*.css";

/** A page whose app does not come before `arrive` is called. */
async function early(t, path = "/bromley.html", { viewport = phone } = {}) {
  const { page, let: go } = await held(t, site(), path, [app], { viewport });
  await page.locator(".pr-opening--first h1").waitFor();
  // Nobody looks longer than a moment at a page without its stylesheet; a script could.
  await page.waitForFunction(() => [...document.querySelectorAll("link[rel=stylesheet]")].every(({ sheet }) => sheet));
  return { page, arrive: async () => { go(app); await mounted(page); } };
}

const shown = (page) => page.locator("main h1:visible").innerText();
const go = (page) => page.locator(".pr-go:visible");

/** Chooses, and presses the one Continue there is. */
async function answerEarly(page, question, value) {
  await page.locator(`[data-question="${question}"] [value="${value}"]`).check({ force: true });
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
    assert.equal(await shown(page), words.words.wait_title, "a page of several questions waits for the app");
    await page.goBack();
    assert.equal(await shown(page), words.questions.who.title);
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
    assert.equal(await shown(page), words.words.wait_title);
    await shoot(page, "opening-wait");
    await arrive();
    assert.equal(await place(page), "what_happened");
  });
});

describe("when the app comes", () => {
  test("what was answered counts, what stands on the page stays with its focus, and nothing moves", async (t) => {
    const { page, arrive } = await early(t);
    await answerEarly(page, "want", "complaint");
    await page.locator("[data-question=who] [value=foster_carer]").check();
    await page.waitForTimeout(600); // A shift within half a second of a key or a click is not counted as one.
    await forgetShifts(page);
    await arrive();
    assert.equal(await place(page), "who");
    assert.deepEqual((await standing(page, "who")).chosen, ["foster_carer"]);
    const at = await page.locator("[value=foster_carer]").getAttribute("id");
    assert.equal(await focused(page), at);
    assert.deepEqual(await shifts(page), []);
    await goOn(page);
    assert.equal(await place(page), "what_happened");
    await page.goBack();
    await page.goBack();
    await page.waitForFunction(() => location.hash === "#/" || location.hash === "");
    assert.deepEqual((await standing(page, "want")).chosen, ["complaint"]);
  });

  test("what an answer reveals is asked once the app is there, with the focus where it was", async (t) => {
    const { page, arrive } = await early(t);
    await answerEarly(page, "want", "complaint");
    await page.locator("[data-question=who] [value=care_leaver]").check();
    await arrive();
    assert.equal(await place(page), "who");
    assert.deepEqual(await questions(page), ["who", "care_leaver_age"]);
    assert.equal(await focused(page), await page.locator("[value=care_leaver]").getAttribute("id"));
  });

  test("who has gone on is asked what belongs to the answer, and the answer stays", async (t) => {
    const { page, arrive } = await early(t);
    await answerEarly(page, "want", "complaint");
    await answerEarly(page, "who", "advocate");
    await arrive();
    assert.equal(await place(page), "helper_role");
    assert.ok((await questions(page)).includes("authority"));
    await page.goBack();
    await page.waitForFunction(() => location.hash === "#/question/who");
    assert.deepEqual((await standing(page, "who")).chosen, ["advocate"]);
  });

  for (const viewport of [phone, desktop]) {
    test(`nothing moves on the first page at ${viewport.width} px, untouched`, async (t) => {
      for (const [id, ending] of index.councils.flatMap((id) => ["", "-12-17", "-8-11"].map((ending) => [id, ending]))) {
        await t.test(`${id}${ending}`, async (t) => {
          const { page, arrive } = await early(t, `/${id}${ending}.html`, { viewport });
          const before = await page.screenshot();
          await arrive();
          await page.waitForFunction(() => !document.querySelector(".pr-opening"));
          assert.deepEqual(await shifts(page), []);
          const colour = await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--pr-brand").trim());
          assert.equal(colour, (await data(`councils/${id}.json`)).brand.colour);
          const after = await page.screenshot();
          if (!before.equals(after)) t.diagnostic("the first page is not the same to the last pixel");
        });
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
      const help = await page.locator(".pr-help").innerText();
      assert.ok(help.includes("0800 1111"), "somebody to talk to");
      await fits(page, `want, before the app, ${register}`);
      await accessible(page, `want, before the app, ${register}`);
      await shoot(page, `opening-${register}`);
      await answerEarly(page, "want", "complaint");
      assert.equal(await shown(page), own.questions.in_charge.title);
      await accessible(page, `in_charge, before the app, ${register}`);
      await shoot(page, `opening-${register}-in_charge`);
      await page.waitForTimeout(600); // A shift within half a second of a click is not counted as one.
      await forgetShifts(page);
      await arrive();
      assert.equal(await place(page), "in_charge");
      assert.deepEqual(await shifts(page), []);
      assert.equal(await page.locator(".pr-registers [aria-current]").innerText(), own.registers[register]);
      await page.goBack();
      await page.waitForFunction(() => location.hash === "#/" || location.hash === "");
      assert.deepEqual((await standing(page)).chosen, ["complaint"]);
    });

    test(`${register}: a page of several questions is answered before the app is there, by keyboard alone`, async (t) => {
      const { page, arrive } = await early(t, `/bromley-${register}.html`);
      await page.locator("[name=want]").first().focus();
      for (const key of ["Space", "Tab", "Enter"]) await page.keyboard.press(key);
      assert.equal(await shown(page), (await data(`content/en/${register}.json`)).questions.in_charge.title);
      assert.equal(await go(page).count(), 1);
      for (const name of ["feeling", "safe_now"]) {
        await tabTo(page, `[name=${name}]`);
        await page.keyboard.press("Space");
      }
      assert.equal(await go(page).count(), 1);
      await tabTo(page, ".pr-go");
      await page.keyboard.press("Enter");
      await arrive();
      await page.waitForFunction(() => location.hash === "#/question/tell_how");
      await page.goBack();
      await page.waitForFunction(() => location.hash === "#/question/in_charge");
      assert.deepEqual((await standing(page, "safe_now")).chosen, ["yes"]);
    });
  }

  test("who comes to the page for adults gets to theirs without waiting for the app, and without JavaScript", async (t) => {
    const { page, close } = await browser.open(`${receiver.origin}/bromley.html`, { javaScript: false, viewport: phone });
    t.after(close);
    for (const register of ["8-11", "12-17"]) {
      const own = await data(`content/en/${register}.json`);
      await page.getByRole("link", { name: own.registers[register] }).click();
      assert.equal(await shown(page), own.words.service_name);
      assert.equal(await page.locator("html").getAttribute("data-register"), register);
      await fits(page, `${register}, without JavaScript`);
    }
    await page.getByRole("link", { name: words.registers.adult }).click();
    assert.equal(await shown(page), words.words.service_name);
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

test("nothing is painted of a page that has come by half", async (t) => {
  const html = await readFile(join(dist, "westminster-12-17.html"), "utf8");
  const half = html.indexOf("</main>");
  const pause = 700;
  const server = createServer((request, response) => {
    if (request.url !== "/") return response.writeHead(404).end();
    response.setHeader("Content-Type", "text/html").write(html.slice(0, half));
    setTimeout(() => response.end(html.slice(half)), pause);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  t.after(() => server.close());
  const { page, close } = await browser.open(`http://127.0.0.1:${server.address().port}/`, { wait: false, now: null });
  t.after(close);
  await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length === 1, null, { polling: 50 });
  const painted = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0].startTime);
  assert.ok(painted >= pause, `painted after ${painted} ms`);
});

describe("before the stylesheet is there", () => {
  /** A page that is painted while its stylesheet, and what else is named, is still to come. */
  async function bare(t, path, files, viewport = phone) {
    // A clock that is set gives no entries of what was painted.
    const opened = await held(t, site(), path, files, { viewport, now: null });
    const { page } = opened;
    await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length === 1, null, { polling: 50 });
    assert.equal(await page.evaluate(() => document.styleSheets.length), 1, "the page's own alone");
    return opened;
  }
  const styled = (page) => page.waitForFunction(() => document.styleSheets.length === 2, null, { polling: 50 });

  /** What stands at every address that the page has, as a person sees it. */
  async function looks(page) {
    const seen = {};
    const ids = await page.locator("[id^='/']").evaluateAll((all) => all.map(({ id }) => id));
    for (const id of ids.filter((one) => !one.startsWith("/guide/"))) {
      await page.evaluate((to) => { location.hash = to; }, id);
      // Pictures are fetched once they are seen.
      await page.waitForFunction(() => [...document.images].every((one) => one.complete || !one.checkVisibility()));
      seen[id] = await page.screenshot({ fullPage: true, caret: "initial" });
    }
    await page.evaluate(() => { location.hash = ""; });
    seen.first = await page.screenshot({ fullPage: true, caret: "initial" });
    return seen;
  }

  for (const path of ["/", "/bromley.html", "/westminster.html", "/bromley-12-17.html", "/bromley-8-11.html"]) {
    for (const viewport of [phone, desktop]) {
      test(`${path} looks at ${viewport.width} px as it will with it, and nothing moves`, async (t) => {
        const { page, let: go } = await bare(t, path, [sheet, app], viewport);
        const before = await looks(page);
        assert.ok(Object.keys(before).length > 2, Object.keys(before).join(" "));
        // What was gone to has moved by itself. That is told with a frame.
        const drawn = () => page.evaluate(() => new Promise((done) => setTimeout(() => requestAnimationFrame(() => setTimeout(done)), 100)));
        await drawn();
        await forgetShifts(page);
        go(sheet);
        await styled(page);
        await drawn();
        assert.deepEqual(await shifts(page), []);
        for (const [id, picture] of Object.entries(await looks(page))) {
          // The round corners of a bar that floats over the page are blended anew.
          const told = picture.equals(before[id]) ? null : difference(read(before[id]), read(picture), 40);
          assert.equal(told, null, `${id} looks different once the stylesheet is there: ${told?.said}`);
        }
      });
    }
  }

  test("a council's page has its colour", async (t) => {
    const { page } = await bare(t, "/westminster.html", [sheet, app]);
    const { brand } = await data("councils/westminster.json");
    const [red, green, blue] = brand.colour.match(/[0-9a-f]{2}/g).map((two) => parseInt(two, 16));
    assert.equal(await page.locator(".pr-header").evaluate((header) => getComputedStyle(header).backgroundColor), `rgb(${red}, ${green}, ${blue})`);
  });

  test("with the header of an older version the look comes with the stylesheet, and the form works", async (t) => {
    const { page, close, watch } = await browser.open(`${receiver.origin}/bromley.html`, {
      allow: [/Content.Security.Policy|CSP: style-src/],
      before: (page) => page.route("**/bromley.html", async (route) => {
        const response = await route.fetch();
        const headers = response.headers();
        const older = headers["content-security-policy"].replaceAll(/ 'sha256-[^']+'/g, "");
        assert.notEqual(older, headers["content-security-policy"]);
        await route.fulfill({ response, headers: { ...headers, "content-security-policy": older } });
      }),
    });
    t.after(close);
    assert.ok(watch.console.some((line) => line.includes("style-src")), watch.console.join("\n"));
    const now = await browser.open(`${receiver.origin}/bromley.html`);
    t.after(now.close);
    assert.ok((await page.screenshot({ caret: "initial" })).equals(await now.page.screenshot({ caret: "initial" })));
    await page.locator("[value=complaint]").check();
    await goOn(page);
    assert.equal(await shown(page), words.questions.who.title);
    watch.clean();
  });

  test("the app waits for it, and does without one that never comes", async (t) => {
    const { page, let: go } = await bare(t, "/bromley.html", [sheet]);
    await page.waitForFunction(() => performance.getEntriesByType("resource").some((one) => one.name.endsWith(".wasm") && one.responseEnd > 0));
    await page.waitForTimeout(500);
    assert.ok(await page.locator("#fault-data").count(), "the app does not stand there without its styles");
    go(sheet);
    await mounted(page);

    const none = await browser.open(`${receiver.origin}/bromley.html`, {
      allow: [/Failed to load resource/], before: (page) => page.route(sheet, (route) => route.abort()),
    });
    t.after(none.close);
    assert.equal(await none.page.locator("main h1:visible").innerText(), words.questions.want.title);
    none.watch.clean();
  });
});
