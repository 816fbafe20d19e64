// The inbox in a real browser: an officer's day by mouse and by keyboard, and what others see of it.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";

import { shortest } from "./support/answers.mjs";
import { Browser, desktop, phone } from "./support/browser.mjs";
import { accessible, fits, invalid, shoot } from "./support/checks.mjs";
import { tabTo } from "./support/hands.mjs";
import { send, walk } from "./support/journey.mjs";
import { binary, data, dist, Receiver, root } from "./support/receiver.mjs";

/** A font of a free licence that is here for another test. */
const font = join(root, "node_modules/@node-red/editor-client/public/vendor/font-awesome/fonts/fontawesome-webfont.woff2");

const officer = "sam@bromley.gov.uk";
const story = "Nobody came on Tuesday, and <b>nobody</b> rang.";
const letter = { name: "letter.txt", mimeType: "text/plain", buffer: Buffer.from("They said they would come.") };

let receiver, browser, folder, origin;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "putright-inbox-"));
  const policy = join(folder, "policy.json");
  await writeFile(policy, JSON.stringify({ roles: [
    { people: [officer], councils: ["bromley"], may: ["delete", "export"] },
    { people: ["kim@westminster.gov.uk"], councils: ["westminster"] },
  ] }));
  [receiver, browser] = await Promise.all([
    Receiver.start(dist, "--inbox-policy", policy, "--inbox-user-header", "X-Remote-User", "--inbox-proxy", "127.0.0.1"),
    Browser.start(),
  ]);
  // Browsers keep the cookies of a session over HTTPS and at this name alone.
  origin = receiver.origin.replace("127.0.0.1", "localhost");
});
after(async () => {
  await Promise.all([browser?.stop(), receiver?.stop()]);
  await rm(folder, { recursive: true, force: true });
});

/** Sends a complaint with a file, and gives its reference. */
async function complain(t) {
  const page = await browser.page(t, `${receiver.origin}/bromley.html`);
  await walk(page, { ...shortest, what_happened: story, full_name: "Ada Osei", reach: { email: "ada@example.org" }, safe_contact: "Do not ring before six.", files: [letter] });
  return send(page);
}

/** A browser in which somebody has signed in at the council's proxy; nobody where `who` is left out. */
async function signedIn(t, who, viewport = desktop, site = origin) {
  const session = await browser.open(`${site}/inbox`, {
    wait: false, now: null, viewport, allow: [/Failed to load resource/],
    before: (page) => who && page.setExtraHTTPHeaders({ "X-Remote-User": who }),
  });
  t.after(async () => {
    await session.close();
    session.watch.clean();
  });
  return session.page;
}

const heading = (page) => page.locator("main h1").innerText();
const press = (page, name) => page.getByRole("button", { name, exact: true }).click();
const text = (page) => page.locator("main").innerText();

/** Looks at a page on a desk and on a phone. */
async function look(page, where, seen) {
  for (const viewport of [phone, desktop]) {
    await page.setViewportSize(viewport);
    await fits(page, where);
    await accessible(page, where);
  }
  await shoot(page, `inbox-${where}`);
  seen[where] = await page.evaluate(() => `<!DOCTYPE html>${document.documentElement.outerHTML}`);
}

test("an officer's day: the list, a complaint, its file, its number, a search, a copy, and its end", async (t) => {
  const reference = await complain(t);
  const page = await signedIn(t, officer);
  const seen = {};

  await page.goto(`${origin}/inbox`);
  assert.equal(await heading(page), "Complaints");
  assert.ok(!(await text(page)).includes(story), "the list tells nothing that a person wrote");
  await look(page, "list", seen);
  await page.getByLabel("Kind", { exact: true }).selectOption("compliment");
  await press(page, "Show");
  assert.ok(!(await text(page)).includes(reference));
  await page.getByLabel("Kind", { exact: true }).selectOption("complaint");
  await press(page, "Show");

  await page.getByRole("link", { name: reference }).click();
  assert.equal(await heading(page), reference);
  const shown = await text(page);
  for (const part of [story, "Ada Osei", "Do not ring before six.", "letter.txt", "Stage 1 answer"]) assert.ok(shown.includes(part), part);
  assert.ok(shown.indexOf("Do not ring") < shown.indexOf(story), "how to reach them safely comes first");
  assert.ok(!(await page.title()).includes("Ada") && !page.url().includes("Ada"));
  await look(page, "complaint", seen);

  await page.getByRole("link", { name: "File 1", exact: true }).click();
  await look(page, "file", seen);
  const [file] = await Promise.all([page.waitForEvent("download"), page.locator("main button").first().click()]);
  assert.deepEqual(await readFile(await file.path()), letter.buffer);

  await page.goto(`${origin}/inbox/${reference}`);
  await press(page, "Save the number");
  assert.ok((await text(page)).includes("Write the number that it has in your own system"));
  await look(page, "refused", seen);
  await page.getByLabel("Its number in your own system").fill("CASE-815");
  await press(page, "Save the number");
  assert.ok((await text(page)).includes("CASE-815"));

  await page.goto(`${origin}/inbox`);
  await page.getByLabel("Search what people wrote").fill("on Tuesday");
  await press(page, "Search");
  assert.ok((await text(page)).includes(reference));
  assert.ok(!decodeURIComponent(page.url()).includes("Tuesday"), "what is searched for is in no address");
  await look(page, "search", seen);

  await page.goto(`${origin}/inbox/${reference}`);
  const [copy] = await Promise.all([page.waitForEvent("download"), press(page, "Download everything as one file")]);
  assert.equal(JSON.parse(await readFile(await copy.path(), "utf8")).submission.points[0].what_happened, story);

  await page.getByRole("link", { name: "Delete it" }).click();
  await look(page, "delete", seen);
  await page.locator("main button").first().click();
  assert.ok((await text(page)).includes("It is deleted"));
  await look(page, "deleted", seen);
  assert.deepEqual(await receiver.list(), []);
  assert.deepEqual(await invalid(seen), []);
});

test("a complaint is reached by keyboard alone, and comes whole without its menus on paper", async (t) => {
  const reference = await complain(t);
  const page = await signedIn(t, officer);
  await page.goto(`${origin}/inbox`);
  await tabTo(page, `main a[href$="${reference}"]`);
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/inbox/${reference}`);
  await page.emulateMedia({ media: "print" });
  assert.ok((await text(page)).includes(story));
  assert.ok(await page.getByRole("button", { name: "Save the number" }).isHidden(), "forms are not printed");
});

test("nobody else sees it: a stranger, an officer of another council, and somebody whom the policy does not name", async (t) => {
  const reference = await complain(t);
  for (const who of [undefined, "kim@westminster.gov.uk", "mallory@example.com"]) {
    const page = await signedIn(t, who);
    for (const path of ["/inbox", `/inbox/${reference}`, `/inbox/${reference}/files/1`, `/inbox/${reference}/delete`]) {
      const answer = await page.goto(origin + path);
      const told = await page.evaluate(() => document.documentElement.outerHTML);
      assert.ok(!told.includes(reference) && !told.includes("Ada Osei"), `${who}: ${path}`);
      const allowed = who?.startsWith("kim") && path === "/inbox" ? 200 : undefined;
      assert.ok(allowed ? answer.status() === allowed : answer.status() >= 400, `${who}: ${path}: ${answer.status()}`);
    }
  }
});

test("a council's own font comes to the inbox too", async (t) => {
  const site = join(folder, "own-font");
  await cp(dist, site, { recursive: true });
  await mkdir(join(site, "looks/bromley"), { recursive: true });
  await copyFile(font, join(site, "looks/bromley/text.woff2"));
  const council = { ...await data("councils/bromley.json"), look: { font: { regular: "text.woff2" } } };
  await writeFile(join(site, "councils/bromley.json"), JSON.stringify(council));
  await promisify(execFile)(binary, ["build", site]);
  const own = await Receiver.start(site, "--inbox-policy", join(folder, "policy.json"), "--inbox-user-header", "X-Remote-User", "--inbox-proxy", "127.0.0.1");
  t.after(() => own.stop());
  const page = await signedIn(t, officer, desktop, own.origin.replace("127.0.0.1", "localhost"));
  await page.waitForLoadState();
  const loaded = await page.evaluate(async () => {
    await Promise.all([...document.fonts].map((face) => face.load()));
    return [...document.fonts].map(({ status }) => status);
  });
  assert.deepEqual(loaded, ["loaded"]);
});
