// How every page is laid out: the heading high on a phone, one line for danger, the way out within the thumb's reach, targets large
// enough for thumbs, help beside the page on a desk, and pages of their own for the young.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { fourteen, nine, statutory } from "./support/answers.mjs";
import { Browser, desktop, narrow, phone } from "./support/browser.mjs";
import { accessible, fits, shoot } from "./support/checks.mjs";
import { send, walk } from "./support/journey.mjs";
import { address, arrived } from "./support/page.mjs";
import { data, Receiver } from "./support/receiver.mjs";

const people = { adult: statutory, "12-17": fourteen, "8-11": nine };
const registers = Object.keys(people);
const beside = ["guide", "contacts", "exit-help", "look"];

let receiver, browser, index;
const words = {};

before(async () => {
  [receiver, browser, index] = await Promise.all([Receiver.start(), Browser.start(), data("councils/index.json")]);
  for (const register of registers) words[register] = await data(`content/en/${register}.json`);
});
after(() => Promise.all([browser?.stop(), receiver?.stop()]));

const file = (register, council = "bromley") => `/${council}${register === "adult" ? "" : `-${register}`}.html`;
const open = (t, register, options = {}) => browser.page(t, `${receiver.origin}${file(register)}`, { viewport: phone, ...options });

/** Looks at every page of a journey, what comes of it, and the pages beside the questions. */
async function everyPage(page, register, look) {
  await walk(page, people[register], { visit: look });
  await send(page);
  await look("sent");
  for (const name of register === "adult" ? beside : [...beside, "leaflet"]) {
    await address(page, `#/${name}`);
    await arrived(page, name);
    await look(name);
  }
}

const headingTop = (page) => page.evaluate(() => document.querySelector("main h1").getBoundingClientRect().top + scrollY);

/** The controls and links that stand alone and are lower or narrower than 44 px. A link within a sentence may be. */
const small = (page) => page.evaluate(() => {
  const inSentence = (link) => {
    const around = link.closest("p, li, dd, .govuk-hint, legend, label");
    return around && around.textContent.trim() !== link.textContent.trim();
  };
  return [...document.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=hidden])")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.matches(".govuk-skip-link, [disabled]"))
    .filter((one) => !(one.matches("main a, a[rel=external]") && !one.matches(".pr-phone") && inSentence(one)))
    .map((one) => {
      const { width, height } = one.getBoundingClientRect();
      // A short word or number is as wide as it is.
      return { told: `${one.outerHTML.slice(0, 120)}: ${Math.round(width)} × ${Math.round(height)}`, least: Math.min(height, width + 20) };
    })
    .filter(({ least }) => least < 43.5).map(({ told }) => told);
});

describe("on a phone", () => {
  for (const register of registers) {
    test(`${register}: each heading begins within 200 px, each target is 44 px, and the bar is at the bottom edge`, async (t) => {
      const page = await open(t, register);
      const wrong = [];
      await everyPage(page, register, async (here) => {
        const top = await headingTop(page);
        if (top > 200) wrong.push(`${here}: the heading begins at ${top}`);
        wrong.push(...(await small(page)).map((told) => `${here}: ${told}`));
        await page.evaluate(() => scrollTo(0, 0));
        const bar = await page.locator(".pr-exit").boundingBox();
        if (Math.abs(bar.y + bar.height - phone.height) > 1 || bar.height > 64) wrong.push(`${here}: the bar is at ${JSON.stringify(bar)}`);
        await shoot(page, `look-${register}-${here}`);
      });
      assert.deepEqual(wrong, []);
    });
  }

  test("before the app is there the first heading is as high, for every council", async (t) => {
    for (const council of index.councils) {
      for (const register of registers) {
        const { page, close } = await browser.open(`${receiver.origin}${file(register, council)}`, {
          viewport: phone, wait: false, before: (page) => page.route("**/*.wasm", () => {}),
        });
        t.after(close);
        await page.locator(".pr-opening--first h1").waitFor();
        const top = await page.locator(".pr-opening--first h1").evaluate((heading) => heading.getBoundingClientRect().top);
        assert.ok(top <= 200, `${council}, ${register}: ${top}`);
        await close();
      }
    }
  });

  test("danger is one line, with 999 to tap; for the young Childline comes first in it", async (t) => {
    for (const register of registers) {
      const page = await open(t, register);
      const line = page.locator(".pr-emergency");
      const numbers = await line.locator("> p a").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
      assert.deepEqual(numbers, register === "adult" ? ["tel:999"] : ["tel:08001111", "tel:999"]);
      const tops = await line.locator("> p a").evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().top)));
      assert.ok(Math.max(...tops) - Math.min(...tops) < 2, `${register}: in one line`);
      const closed = await line.boundingBox();
      assert.ok(closed.height < (register === "adult" ? 60 : 110), `${register}: ${closed.height}`);
      // The council's numbers are one tap away, on the same page.
      const other = line.getByText("020 8461 7373");
      assert.ok(!(await other.isVisible()));
      await line.locator("summary").click();
      assert.ok(await other.isVisible());
      assert.deepEqual(await small(page), [], `${register}: other numbers`);
      await accessible(page, `${register}: other numbers`);
      await shoot(page, `look-${register}-numbers`);
    }
  });

  test("at the end of a page the bar covers nothing", async (t) => {
    for (const viewport of [phone, narrow]) {
      const page = await open(t, "8-11", { viewport });
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      const [foot, bar] = [await page.locator(".pr-footer").boundingBox(), await page.locator(".pr-exit").boundingBox()];
      assert.ok(foot.y + foot.height <= bar.y + 1, JSON.stringify([foot, bar]));
      await fits(page, `8-11 at ${viewport.width}`);
    }
  });

  test("help and contacts come after the question", async (t) => {
    const page = await open(t, "adult");
    const [main, help] = [await page.locator("main").boundingBox(), await page.locator(".pr-help").boundingBox()];
    assert.ok(help.y >= main.y + main.height - 1);
    assert.match(await page.locator(".pr-help").innerText(), /020 8461 7644/);
    assert.equal(await page.locator("footer a[href='#/contacts']").count(), 0, "moved, and not doubled");
  });
});

describe("on a desk", () => {
  for (const register of registers) {
    test(`${register}: the page takes two thirds, and help stands at its right`, async (t) => {
      const page = await open(t, register, { viewport: desktop });
      const [main, help] = [await page.locator("main").boundingBox(), await page.locator(".pr-help").boundingBox()];
      assert.ok(help.x >= main.x + main.width && help.y < main.y + 100, JSON.stringify([main, help]));
      assert.ok(Math.abs(main.width / (main.width + help.width) - 2 / 3) < 0.05);
      await address(page, "#/guide");
      await arrived(page, "guide");
      const longest = await page.evaluate(() => Math.max(...[...document.querySelectorAll("main p")].map((paragraph) => {
        const range = document.createRange();
        range.selectNodeContents(paragraph);
        const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top / 12))).size;
        return lines > 2 ? paragraph.textContent.length / lines : 0;
      })));
      assert.ok(longest <= 80, `${longest} characters a line`);
    });
  }

  test("what scrolls away under the words beside the way out does not show through them", async (t) => {
    for (const register of registers) {
      const page = await open(t, register, { viewport: desktop });
      const [words, around] = await page.evaluate(() => [".pr-exit > .govuk-link", "body"].map((one) => getComputedStyle(document.querySelector(one)).backgroundColor));
      assert.equal(words, around, register);
      assert.notEqual(words, "rgba(0, 0, 0, 0)", register);
    }
  });

  test("the footer names the words to read this in, in one line", async (t) => {
    const page = await open(t, "adult", { viewport: desktop });
    const told = (await page.locator(".pr-registers").innerText()).replace(/\s+/g, " ");
    assert.equal(told.trim(), `${words.adult.words.registers_title} adults 12 to 17 8 to 11`);
    assert.ok((await page.locator(".pr-registers").boundingBox()).height < 50);
  });
});

describe("the pages of the young", () => {
  test("have colours and large pictures of their own, which follow the words that are chosen", async (t) => {
    const page = await open(t, "adult");
    const look = () => page.evaluate(() => {
      const of = (selector) => document.querySelector(selector);
      return {
        paper: getComputedStyle(document.body).backgroundColor,
        heading: getComputedStyle(of("main h1")).color,
        picture: of("main .pr-picture")?.getBoundingClientRect().width ?? 0,
      };
    });
    const seen = [await look()];
    for (const register of ["12-17", "8-11"]) {
      await page.locator(`.pr-registers a[href="#/words/${register}"]`).click();
      await page.waitForFunction((name) => document.documentElement.dataset.register === name, register);
      await page.locator("main .pr-picture").first().waitFor();
      seen.push(await look());
    }
    assert.equal(new Set(seen.map(({ paper }) => paper)).size, 3);
    assert.equal(new Set(seen.map(({ heading }) => heading)).size, 3);
    for (const { picture } of seen.slice(1)) assert.ok(picture >= 72, `${picture}`);
  });

  for (const register of ["12-17", "8-11"]) {
    test(`${register}: can be read in every colour scheme, and in forced colours a choice is seen`, async (t) => {
      const page = await open(t, register);
      for (const background of ["white", "cream", "dark"]) {
        await page.evaluate((name) => { document.documentElement.dataset.prBackground = name; }, background);
        await accessible(page, `${register}, ${background}`);
        await page.locator("main input").first().check({ force: true });
        await accessible(page, `${register}, ${background}, chosen`);
        await shoot(page, `look-${register}-${background}`);
      }
      await page.emulateMedia({ forcedColors: "active" });
      const outline = await page.locator("main :is(.govuk-radios__item, .govuk-checkboxes__item)").first()
        .evaluate((card) => getComputedStyle(card).outlineStyle);
      assert.equal(outline, "solid");
    });

    test(`${register}: the whole of a card chooses it`, async (t) => {
      const page = await open(t, register);
      const card = page.locator("main .govuk-radios__item").first();
      const { width, height } = await card.boundingBox();
      await card.click({ position: { x: width - 12, y: height - 12 } });
      assert.ok(await card.locator("input").isChecked());
    });
  }
});

test("paper has the page and no menus", async (t) => {
  const page = await open(t, "adult");
  await address(page, "#/guide");
  await arrived(page, "guide");
  await page.emulateMedia({ media: "print" });
  for (const gone of [".pr-exit", ".pr-help", ".pr-footer", ".pr-top", "main nav"]) assert.ok(!(await page.locator(gone).first().isVisible()), gone);
  assert.ok(await page.locator("main h1").isVisible());
});
