// The main pages as people see them, beside pictures that people have looked at: on a phone and on a desk, in each register.
//
// `make snapshots` takes them anew (UPDATE=1); look at what has changed before you commit it. Letters are drawn by the browser
// and of a font of the machine, so pictures are compared only where both are those that they were taken with, and left out
// elsewhere; with PUTRIGHT_PROVE=1 they are compared anyhow.

import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";

import { stage } from "./support/answers.mjs";
import { Browser, desktop, phone } from "./support/browser.mjs";
import { serveCompiled } from "./support/compiled.mjs";
import { count } from "./support/evidence.mjs";
import { hurry } from "./support/hands.mjs";
import { answer, refused, send, walk } from "./support/journey.mjs";
import { address, arrived, holds, submitButton } from "./support/page.mjs";
import { difference, plain, read, write } from "./support/picture.mjs";
import { data, Receiver, root } from "./support/receiver.mjs";

const updates = Boolean(process.env.UPDATE);
const keptIn = join(root, "tests/e2e/visual");
const output = join(root, "tests/e2e/output/visual");
const font = "DejaVu Sans";

// --- The people, who write nothing but letters of that font ---------------------------------------------------------------

const contact = { full_name: "Ada Osei", reach: { email: "ada@example.org" }, safe_contact: "Please do not ring before 6pm.", help: ["interpreter"], interpreter_language: "Twi", sharing: true };
const parent = {
  want: "complaint", who: "parent", child_status: "in_need", topics: ["staff_conduct", "visits_missed"], proceedings: ["none"],
  about_to_happen: "no", event_date: { day: "2", month: "11", year: "2026" }, told_team: "yes",
  what_happened: "Nobody has visited since the summer.\n\nI rang four times. Each time I was told that somebody would ring back.",
  people_and_teams: "The team at Bridge House", effect: "She asks every day when they are coming.",
  wishes: ["apologise", "put_right"], wish_words: null, ...contact,
};
const advocate = {
  ...parent, who: "advocate", helper_role: "Advocate at Harbour Voices", authority: "appointed", child_name: "Jo", child_age: "12-15",
  child_agrees: "yes", child_words: "I do not want to move again.", another_child: "no", reply_to: "both", child_status: "looked_after",
  topics: ["placement"],
};
const waiting = {
  want: "progress", ...stage("stage1_reply"), stage1_sent: { day: "2", month: "11", year: "2026" },
  stage1_reply_received: { day: "4", month: "12", year: "2026" }, letter_parts: "The visits in March, and the move",
  letter_why: "It leaves out March.", letter_wants: "An apology.",
};
const fourteen = {
  want: "complaint", feeling: "angry", safe_now: "yes", topics: ["placement"], child_status: "looked_after",
  about_to_happen: "on_a_day", about_to_happen_on: { day: "18", month: "12", year: "2026" }, tell_how: "write", what_happened: "They are moving me on Friday and I want to stay.",
  event_date: { month: "12", year: "2026" }, advocate: "yes_get_me_one", full_name: "J.", age_band: "12-15",
  reach: { telephone: "07700 900 456" }, safe_contact: "Text me after school.", help: ["none"], sharing: true,
};
const nine = {
  want: "complaint", feeling: "sad", safe_now: "yes", topics: ["family_time"], about_to_happen: "no", tell_how: "write",
  what_happened: "I did not see my mum on Sunday. Nobody said why.", wishes: ["explain"], wish_words: null,
  reach: { none: true }, trusted_adult: "Miss Patel", advocate: "not_now", full_name: "Star", sharing: true,
};
/** What words of danger bring. */
const afraid = "He said he will hit me.";

/**
 * Who comes, and which pages are taken on the way: as they come (`pages`), and with nothing answered (`refused`); then how
 * sending fails and succeeds, and the pages that stand beside the questions.
 */
const journeys = [
  {
    name: "adult", answers: parent, pages: ["want", "who", "what_happened", "child_name", "topics", "advice", "full_name", "check"], refused: ["what_happened"], danger: true, sends: true,
    beside: ["guide", "contacts", "exit-help", "look"],
  },
  {
    name: "12-17", register: "12-17", answers: fourteen, pages: ["want", "in_charge", "topics", "advice"],
    refused: ["child_status"], danger: true, sends: true,
  },
  {
    name: "8-11", register: "8-11", answers: nine, pages: ["want", "in_charge", "tell_how", "reach", "advice"],
    refused: ["topics"], danger: true, sends: true, beside: ["leaflet"],
  },
  { name: "advocate", answers: advocate, pages: ["child_name", "check"] },
  { name: "late", answers: waiting, pages: ["progress"], until: "progress" },
  { name: "12-17", register: "12-17", answers: { ...fourteen, safe_now: "no" }, pages: [], until: "not_safe" },
  { name: "8-11", register: "8-11", answers: { ...nine, safe_now: "no" }, pages: [], until: "not_safe" },
];

// --- A machine like the one that the pictures were taken on ----------------------------------------------------------------

/** One font, wherever it lies: what stands first in the list of a page's fonts is the machine's own choice. */
const fonts = await mkdtemp(join(tmpdir(), "putright-fonts-"));
await writeFile(join(fonts, "fonts.conf"), `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <match target="pattern"><edit name="family" mode="prepend" binding="strong"><string>${font}</string></edit></match>
</fontconfig>
`);
process.env.FONTCONFIG_FILE = join(fonts, "fonts.conf");

const [receiver, browser, index] = await Promise.all([Receiver.start(), Browser.start(), data("councils/index.json")]);
after(async () => {
  await Promise.all([browser.stop(), receiver.stop()]);
  await rm(fonts, { recursive: true, force: true });
});

/** The same bytes in place of random ones: they show as the number of a person's copy. */
function chosen() {
  crypto.getRandomValues = (bytes) => bytes.fill(7);
}

async function open({ council = "bromley", register, viewport = phone } = {}) {
  const file = await data(`councils/${council}.json`);
  const session = await browser.open(`${receiver.origin}/?council=${council}`, {
    viewport,
    allow: [/Failed to load resource/],
    before: async (page) => {
      await page.addInitScript(chosen);
      // Trying again by itself would count seconds.
      const json = { ...file, delivery: { ...file.delivery, retry: null } };
      await serveCompiled(page, { [`councils/${council}.json`]: json });
    },
  });
  if (register) {
    const { registers } = await data(`content/en/${register}.json`);
    await session.page.locator(`a[href="#/words/${register}"]`).first().click();
    await session.page.waitForFunction((name) => document.querySelector(".pr-registers [aria-current]")?.textContent === name, registers[register]);
  }
  return session;
}

/** What drew the letters of a page, as Chromium tells it. */
async function machine() {
  const { page, close } = await open();
  const asked = await page.context().newCDPSession(page);
  await asked.send("DOM.enable");
  await asked.send("CSS.enable");
  const { root: { nodeId } } = await asked.send("DOM.getDocument");
  const drawn = new Set();
  for (const selector of ["h1", "main label"]) {
    const node = await asked.send("DOM.querySelector", { nodeId, selector });
    const told = await asked.send("CSS.getPlatformFontsForNode", { nodeId: node.nodeId });
    for (const { familyName } of told.fonts) drawn.add(familyName);
  }
  const version = page.context().browser().version().split(".")[0];
  await close();
  return `Chromium ${version} and ${[...drawn].sort().join(", ")}`;
}

const here = await machine();
if (updates && !here.endsWith(` ${font}`)) throw new Error(`pictures are taken with ${font}; here is ${here}`);
const takenWith = await readFile(join(keptIn, "taken-with.txt"), "utf8").then((text) => text.trim(), () => "nothing yet");
const elsewhere = here !== takenWith && !updates && !process.env.PUTRIGHT_PROVE
  && `pictures were taken with ${takenWith}; here is ${here}`;

// --- Taking and comparing -------------------------------------------------------------------------------------------------

/** A page is taken down to its footer, which is the same on all: once with it, on the first page. The longest are cut. */
const longest = { [phone.width]: 1800, [desktop.width]: 1200 };

async function take(page, whole = false) {
  await page.mouse.move(0, 0);
  await page.evaluate(() => {
    scrollTo(0, 0);
    // The version is another one with each release.
    const texts = document.createTreeWalker(document.querySelector("footer"), NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) texts.currentNode.data = texts.currentNode.data.replace(/Putright \d+\.\d+\.\d+/, "Putright 1.2.3");
  });
  await page.waitForFunction(() => document.getAnimations().length === 0 && [...document.images].every((image) => image.complete));
  const [width, end, all] = await page.evaluate(() => {
    const { scrollHeight } = document.documentElement;
    return [innerWidth, Math.floor(document.querySelector("footer").getBoundingClientRect().top), scrollHeight];
  });
  // Playwright's own takes the whole of the longest pages first, which is most of the time.
  const asked = await page.context().newCDPSession(page);
  const { data: png } = await asked.send("Page.captureScreenshot", {
    clip: { x: 0, y: 0, width, height: whole ? all : Math.min(end, longest[width]), scale: 1 },
    captureBeyondViewport: true, optimizeForSpeed: true,
  });
  await asked.detach();
  return read(Buffer.from(png, "base64"));
}

const names = new Set();
await rm(output, { recursive: true, force: true });
await mkdir(keptIn, { recursive: true });

/** Pictures of one journey, and what is found different. */
class Album {
  #wrong = [];

  async add(page, name, { whole = false } = {}) {
    for (const viewport of [desktop, phone]) {
      await page.setViewportSize(viewport);
      await this.#compare(`${name}-${viewport.width}.png`, await take(page, whole));
    }
  }

  async #compare(name, picture) {
    assert.ok(!names.has(name), `two pictures are called ${name}`);
    names.add(name);
    if (updates) {
      await writeFile(join(keptIn, name), write(picture));
      return;
    }
    let kept;
    try {
      kept = read(await readFile(join(keptIn, name)));
    } catch {
      this.#wrong.push(`${name}: no such picture is kept`);
      return;
    }
    count("pictures of pages compared", 1);
    const found = difference(kept, picture);
    if (!found) return;
    await mkdir(output, { recursive: true });
    for (const [kind, one] of Object.entries({ expected: kept, actual: picture, diff: found.diff })) {
      await writeFile(join(output, name.replace(/png$/, `${kind}.png`)), plain(one));
    }
    this.#wrong.push(`${name}: ${found.said}. See ${join(output, name.replace(/png$/, "{expected,actual,diff}.png"))}`);
  }

  /** Fails with every difference at once. */
  close() {
    assert.deepEqual(this.#wrong, [], "If that is as it should be: make snapshots, and look through what has changed.");
  }
}

// One after the other: they share a browser, and two cores are soon busy with one.
for (const journey of journeys) {
  test(`${journey.name}, to ${journey.until ?? "the end"}: the pages look as they did`, { skip: elsewhere }, async (t) => {
    const { page, watch, close } = await open({ register: journey.register });
    t.after(close);
    const album = new Album();
    const visit = async (place) => {
      const name = `${journey.name}-${place}`;
      if (journey.pages.includes(place)) await album.add(page, name, { whole: place === "want" });
      if (journey.refused?.includes(place)) {
        await refused(page);
        await album.add(page, `${name}-refused`);
      }
    };
    const filled = async () => {
      if (!journey.danger || !(await holds(page, "what_happened"))) return;
      await answer(page, "what_happened", afraid, hurry);
      await page.locator(".pr-danger").first().waitFor();
      await album.add(page, `${journey.name}-what_happened-danger`);
      await answer(page, "what_happened", journey.answers.what_happened, hurry);
    };
    await walk(page, journey.answers, { until: journey.until, visit, filled });
    if (journey.until && !journey.pages.includes(journey.until)) await album.add(page, `${journey.name}-${journey.until}`);
    if (journey.sends) {
      await page.route("**/api/submissions", (route) => route.fulfill({ status: 503 }), { times: 1 });
      await submitButton(page).click();
      await page.waitForFunction(() => document.activeElement?.id === "summary" && document.querySelector("main form button:enabled"));
      await album.add(page, `${journey.name}-not-sent`);
      await page.route("**/api/submissions", (route) => route.fulfill({ status: 201, json: { reference: "K7M-2QX-HPA" } }));
      await send(page);
      await album.add(page, `${journey.name}-sent`);
    }
    for (const beside of journey.beside ?? []) {
      await address(page, `#/${beside}`);
      await arrived(page, beside);
      await album.add(page, `${journey.name}-${beside}`);
    }
    watch.clean();
    album.close();
  });
}

test("the first page of each other council looks as it did", { skip: elsewhere }, async () => {
  const album = new Album();
  for (const council of index.councils.filter((id) => id !== "bromley")) {
    const { page, close } = await open({ council });
    await album.add(page, `adult-want-${council}`);
    await close();
  }
  album.close();
});

test("each picture that is kept is of a page that was taken", { skip: elsewhere }, async () => {
  const kept = (await readdir(keptIn)).filter((name) => name.endsWith(".png"));
  const orphans = kept.filter((name) => !names.has(name));
  if (!updates) return assert.deepEqual(orphans, []);
  await writeFile(join(keptIn, "taken-with.txt"), `${here}\n`);
  for (const name of orphans) await rm(join(keptIn, name));
});

// On any machine: each picture is compared with another of the same minute.
test("what changes on a page is found, and nothing where nothing has changed", async (t) => {
  const { page, close } = await open({ register: "8-11" });
  t.after(close);
  const before = await take(page);
  assert.deepEqual(read(write(before)), before, "a picture is kept as it was taken");
  const styled = (rule) => page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [sheet];
  }, rule);
  const changes = {
    "one word of the heading": () => page.evaluate(() => {
      const heading = document.querySelector("main h1");
      heading.textContent = heading.textContent.replace("do", "say");
    }),
    "a colour that differs a little": () => styled("main form button { background: #0b7b3a !important; }"),
    "the colour of links": () => styled("main a { color: #4c2c92 !important; }"),
    "a margin wider by 4 px": () => styled("main h1 { margin-left: 4px !important; }"),
    "a space higher by 1 px": () => styled("main form { padding-top: 1px !important; }"),
    "no picture beside an option": () => styled("main form .pr-picture { visibility: hidden; }"),
    "a radio without its edge": () => styled("main form label::before { border-width: 1px !important; }"),
    "a letter that is missing": () => page.evaluate(() => {
      const words = [...document.querySelector("main form label").childNodes].find(({ data }) => data?.trim());
      words.data = words.data.slice(0, -1);
    }),
  };
  for (const [what, change] of Object.entries(changes)) {
    const html = await page.locator("main").innerHTML();
    await change();
    assert.ok(difference(before, await take(page)), `not found: ${what}`);
    await page.evaluate((text) => {
      document.adoptedStyleSheets = [];
      document.querySelector("main").innerHTML = text;
    }, html);
    assert.equal(difference(before, await take(page))?.said, undefined, `after ${what} all is as before`);
    count("changes of a page found in its picture", 1);
  }
});
