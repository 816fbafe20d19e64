// What devices and browsers do by themselves: translate the page, fill in fields, open other programs, use Shift for other
// things, and have several tabs.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, describe, test } from "node:test";

import { shortest } from "./support/answers.mjs";
import { Browser, mounted } from "./support/browser.mjs";
import { mouse } from "./support/hands.mjs";
import { answer, besides, goOn, send, walk } from "./support/journey.mjs";
import { arrived, place, turning } from "./support/page.mjs";
import { data, Receiver } from "./support/receiver.mjs";

const secret = "Zxcvbn, and nobody may know";
const weather = "https://www.bbc.co.uk/weather";
const exit = ".govuk-exit-this-page__button";

let receiver, browser, words;

before(async () => {
  [receiver, browser, { words }] = await Promise.all([Receiver.start(), Browser.start(), data("content/en/adult.json")]);
});
after(() => Promise.all([browser?.stop(), receiver?.stop()]));

/** Where people are taken is played here: nothing reaches the network. */
const play = (context) => context.route("https://www.bbc.co.uk/**", (route) =>
  route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Weather</title><h1>Sunny</h1>" }));
const open = (t, options = {}) => browser.page(t, `${receiver.origin}/?council=bromley`, {
  allow: [/^request to https:\/\/www\.bbc\.co\.uk$/], ...options,
  before: async (page) => { await play(page.context()); await options.before?.(page); },
});

/** On the page that asks what happened, with something typed. */
async function writing(t, options = {}) {
  const page = await open(t, options);
  await walk(page, shortest, { until: "what_happened" });
  await mouse.type(page, "text", secret);
  return page;
}

/** Another tab of the same browser. */
async function another(page) {
  const other = await page.context().newPage();
  other.setDefaultTimeout(8000);
  await other.goto(`${receiver.origin}/?council=bromley`, { waitUntil: "commit" });
  await mounted(other);
  return other;
}

async function keep(page, choice) {
  await turning(page, () => page.locator(".pr-keep").getByRole("link", { name: words.draft_title }).click());
  await mouse.choose(page, "draft", choice);
  await page.locator("main form button[type=submit]").click();
  await page.locator(".govuk-inset-text", { hasText: words.draft_device.split("{")[0] }).waitFor();
}

/** A page of which nothing is kept: leaving it would lose something. */
async function keepNothing(page) {
  await page.locator(".pr-keep").getByRole("button", { name: words.draft_delete, exact: true }).click();
  await page.locator(".pr-notice", { hasText: words.draft_deleted }).waitFor();
}

describe("leaving the page", () => {
  /** Whether somebody would be asked now, were the page left. */
  const asks = (page) => page.evaluate(() => {
    const event = new Event("beforeunload", { cancelable: true });
    dispatchEvent(event);
    return event.defaultPrevented;
  });

  test("is asked about, but not where a call, a message, an email or a file is opened", async (t) => {
    const page = await writing(t, { allow: [/^request to null$/] });
    page.on("dialog", (dialog) => assert.fail(`asked: ${dialog.type()}`));
    assert.equal(await asks(page), false, "kept in the tab");
    await keepNothing(page);
    assert.equal(await asks(page), true);
    await page.evaluate(() => { location.hash = "#/contacts"; });
    await page.locator("main a[href^='tel:']").first().click({ noWaitAfter: true });
    assert.equal(await asks(page), false, "a number of the contacts");
    for (const href of ["tel:999", "sms:85258", "mailto:team@example.org", "blob:x"]) {
      await page.waitForTimeout(1100);
      assert.equal(await asks(page), true, `before ${href}`);
      await page.evaluate((to) => {
        const link = Object.assign(document.createElement("a"), { href: to, innerHTML: "<b>link</b>" });
        if (to.startsWith("blob:")) link.download = "letter.txt";
        link.addEventListener("click", (event) => event.preventDefault());
        document.body.append(link);
        link.firstChild.click();
      }, href);
      assert.equal(await asks(page), false, href);
    }
    await page.waitForTimeout(1100);
    await page.evaluate(() => {
      const link = Object.assign(document.createElement("a"), { href: "https://example.org/" });
      link.addEventListener("click", (event) => event.preventDefault());
      document.body.append(link);
      link.click();
    });
    assert.equal(await asks(page), true, "another page is another page");
  });
});

/** As a browser's translation leaves a page, and software that takes out comments. */
const translate = (page) => page.evaluate(() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_COMMENT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  for (const node of nodes) {
    if (node.nodeType === Node.COMMENT_NODE) node.remove();
    else if (node.data.trim() && !node.parentElement.closest("script, style, textarea, font")) {
      const inner = document.createElement("font");
      const outer = document.createElement("font");
      outer.append(inner);
      node.replaceWith(outer);
      inner.append(document.createTextNode(node.data));
    }
  }
});

describe("a translated page", () => {
  test("goes on changing: questions, count, lights, what is kept", async (t) => {
    const page = await open(t);
    await walk(page, shortest, { until: "what_happened", visit: () => translate(page) });
    const heading = page.locator("main h1");
    const question = await heading.innerText();
    const count = page.locator("#question-what_happened .govuk-character-count__status");
    const before = await count.innerText();
    await mouse.type(page, "text", "a".repeat(4500));
    assert.notEqual(await count.innerText(), before);
    assert.match(await count.innerText(), /\b500\b/);
    await translate(page);
    await page.locator("#field-text").pressSequentially("!!");
    assert.match(await count.innerText(), /\b498\b/);

    await page.keyboard.press("Shift");
    const said = page.locator(".govuk-exit-this-page [role=status]");
    await page.waitForFunction((text) => document.querySelector(".govuk-exit-this-page [role=status]").textContent === text, words.exit_two_more);
    await translate(page);
    await page.keyboard.press("Shift");
    await page.waitForFunction((text) => document.querySelector(".govuk-exit-this-page [role=status]").textContent === text, words.exit_one_more);
    await translate(page);
    await page.keyboard.press("x");
    await page.waitForFunction((text) => document.querySelector(".govuk-exit-this-page [role=status]").textContent === text, words.exit_timed_out);
    assert.equal(await said.locator("font").count(), 0);

    await keep(page, "device");
    await page.goBack();
    const line = page.locator(".pr-keep");
    await line.getByRole("button", { name: words.draft_delete }).waitFor();
    await translate(page);
    const kept = await line.innerText();
    await line.getByRole("button", { name: words.draft_delete }).click();
    await page.waitForFunction((text) => document.querySelector(".pr-keep").innerText !== text, kept);
    assert.equal(await line.getByRole("button", { name: words.draft_delete }).count(), 0);
    assert.equal(await page.locator("main h1").count(), 1);
    assert.equal((await heading.innerText()).trim(), question.trim());
    assert.match(await page.locator(".pr-notice").innerText(), /\S/);
  });

  test("tells how many files there are", async (t) => {
    const page = await open(t);
    await walk(page, shortest, { until: "files" });
    const told = page.locator("main p[role=status]").first();
    const text = (name) => ({ name, mimeType: "text/plain", buffer: Buffer.from("words") });
    let last = "";
    for (const [at, name] of ["a.txt", "b.txt"].entries()) {
      await page.locator("main input[type=file]").setInputFiles([text(name)]);
      await page.waitForFunction((many) => document.querySelectorAll("main .pr-files li").length === many, at + 1);
      await page.waitForFunction((before) => document.querySelector("main p[role=status]").textContent !== before, last);
      last = await told.innerText();
      await translate(page);
    }
    assert.match(last, /2/);
    assert.equal(await page.locator("main .pr-files li").count(), 2, "the old list is gone");
  });
});

describe("filled in by something else", () => {
  const set = (page, id, value, event) => page.evaluate(([field, text, told]) => {
    const element = document.getElementById(field);
    element.value = text;
    if (told) element.dispatchEvent(new Event(told, { bubbles: true }));
  }, [id, value, event]);

  test("what is in the fields when Continue is pressed is the answer", async (t) => {
    const page = await open(t);
    const filled = { what_happened: "Expanded by another program", full_name: "Zoe Smith" };
    await walk(page, shortest, {
      until: "check",
      visit: async (here) => {
        if (here === "what_happened") await set(page, "field-text", filled.what_happened);
        if (here === "full_name") await set(page, "field-text", filled.full_name, "change");
      },
    }).catch(() => {});
    assert.equal(await place(page), "check");
    const text = await page.locator("main").innerText();
    for (const value of [filled.full_name]) assert.ok(text.includes(value), value);
  });

  test("with change alone, and with no event at all", async (t) => {
    const page = await open(t);
    await walk(page, shortest, { until: "what_happened" });
    await besides(page, "what_happened", shortest);
    await set(page, "field-text", "a".repeat(4990), "change");
    await page.waitForFunction(() => /\b10\b/.test(document.querySelector("#question-what_happened .govuk-character-count__status").textContent));
    await set(page, "field-text", "Replaced without a word");
    await goOn(page);
    await walk(page, shortest, { until: "reach" });
    await answer(page, "reach", { email: "typed@example.org" });
    await set(page, "reach-field-email", "zoe@example.co.uk,");
    await goOn(page);
    await walk(page, shortest, { until: "check" });
    const text = await page.locator("main").innerText();
    assert.ok(text.includes("Replaced without a word") && text.includes("zoe@example.co.uk") && !text.includes("typed@"), text);
    assert.ok(!text.includes("zoe@example.co.uk,"));
  });

  test("a radio that was ticked without a word counts", async (t) => {
    const page = await open(t);
    await page.evaluate(() => { document.querySelector("main form input[type=radio]").checked = true; });
    await goOn(page);
  });
});

describe("Shift", () => {
  const uses = {
    "with a click": async (page) => { await page.locator("main h1").click({ modifiers: ["Shift"] }); },
    "with the wheel": async (page) => {
      await page.keyboard.down("Shift");
      await page.mouse.wheel(0, 50);
      await page.waitForTimeout(50);
      await page.keyboard.up("Shift");
    },
    "with Ctrl": async (page) => {
      await page.keyboard.down("Control");
      await page.keyboard.press("Shift");
      await page.keyboard.up("Control");
    },
    "with Alt, Shift first": async (page) => {
      await page.keyboard.down("Shift");
      await page.keyboard.press("Alt");
      await page.keyboard.up("Shift");
    },
    "held long": async (page) => {
      await page.keyboard.down("Shift");
      await page.waitForTimeout(1150);
      await page.keyboard.up("Shift");
    },
    "of an input method": (page) => page.evaluate(() => {
      const event = (type) => new KeyboardEvent(type, { key: "Shift", keyCode: 229, isComposing: true, bubbles: true });
      document.activeElement.dispatchEvent(event("keydown"));
      document.activeElement.dispatchEvent(event("keyup"));
    }),
  };
  test("used for something else wipes nothing", async (t) => {
    const page = await writing(t);
    for (const [name, use] of Object.entries(uses)) {
      for (let times = 0; times < 3; times++) await use(page);
      assert.equal(await page.locator(".govuk-exit-this-page__indicator-light--on").count(), 0, name);
      assert.equal(await page.locator("#field-text").inputValue(), secret, name);
    }
  });

  test("both together are a press", async (t) => {
    const page = await writing(t);
    for (let press = 0; press < 3; press++) {
      await page.keyboard.down("ShiftLeft");
      await page.keyboard.down("ShiftRight");
      await page.keyboard.up("ShiftLeft");
      await page.keyboard.up("ShiftRight");
    }
    await page.waitForURL(weather);
  });
});

describe("Exit", () => {
  for (const [name, options] of [["by the middle button", { button: "middle" }], ["with Ctrl", { modifiers: ["Control"] }]]) {
    test(`${name} wipes too`, async (t) => {
      const page = await writing(t);
      await page.locator(exit).click(options);
      await page.waitForURL(weather);
      assert.equal(page.context().pages().length, 1, "no other tab");
    });
  }

  test("in a frame takes the page around it", async (t) => {
    const around = createServer((_, response) => {
      response.setHeader("content-type", "text/html");
      response.end(`<!doctype html><title>Around</title><iframe src="${receiver.origin}/?council=bromley" width="360" height="700"></iframe>`);
    });
    await new Promise((done) => { around.listen(0, "127.0.0.1", done); });
    t.after(() => around.close());
    const page = await open(t, { allow: [/./] });
    // The header that keeps others from framing it is not what is tried here.
    await page.context().route(`${receiver.origin}/?council=bromley`, async (route) => {
      const response = await route.fetch();
      const headers = { ...response.headers() };
      delete headers["content-security-policy"];
      delete headers["x-frame-options"];
      await route.fulfill({ response, headers });
    });
    await page.goto(`http://127.0.0.1:${around.address().port}/`);
    const frame = page.frameLocator("iframe");
    await frame.locator(exit).waitFor();
    await page.waitForTimeout(300);
    await frame.locator(exit).click();
    await page.waitForURL(weather);
    assert.equal(await page.title(), "Weather");
  });
});

describe("several tabs", () => {
  test("Exit in one clears the words in the others", async (t) => {
    const page = await writing(t);
    const other = await another(page);
    await walk(other, shortest, { until: "what_happened" });
    await mouse.type(other, "text", secret);
    await other.locator(exit).click();
    await Promise.all([page.waitForURL(weather), other.waitForURL(weather)]);
  });

  test("an older one does not overwrite a newer draft, and says so", async (t) => {
    const page = await writing(t);
    await keep(page, "device");
    const newer = await another(page);
    await newer.getByRole("button", { name: words.draft_open, exact: true }).click();
    await newer.locator("#field-text").waitFor();
    await newer.locator("#field-text").fill("The newer words");
    await newer.waitForFunction(() => localStorage["putright/draft"].includes("The newer words"));
    await page.goBack();
    // The heading takes the focus first: what is typed before that goes nowhere.
    await arrived(page, "what_happened");
    await page.locator("#field-text").pressSequentially(" and older ones");
    await page.locator(".pr-keep").getByText(words.draft_newer).waitFor();
    assert.ok(await page.evaluate(() => document.activeElement.id === "field-text"), "the field keeps the focus");
    const kept = await page.evaluate(() => localStorage["putright/draft"]);
    assert.ok(kept.includes("The newer words") && !kept.includes("older ones"));
    await besides(page, "what_happened", shortest);
    await goOn(page);
    assert.ok((await page.evaluate(() => localStorage["putright/draft"])).includes("The newer words"));
  });

  test("a duplicated one does not send again", async (t) => {
    const page = await writing(t);
    await keep(page, "device");
    const other = await another(page);
    await other.getByRole("button", { name: words.draft_open, exact: true }).click();
    await other.locator("#field-text").waitFor();
    await page.goBack();
    await page.locator("#field-text").waitFor();
    for (const tab of [page, other]) await walk(tab, shortest, { until: "check" });
    let sent = 0;
    await page.context().route("**/api/submissions", (route) => { sent += 1; return route.continue(); });
    const reference = await send(page);
    await other.locator("#summary").waitFor();
    assert.ok((await other.locator("#summary").innerText()).includes(reference));
    await other.locator("main form button[type=submit]").last().click();
    await other.waitForFunction(() => document.activeElement?.id === "summary");
    await other.waitForTimeout(300);
    assert.equal(sent, 1);
  });
});
