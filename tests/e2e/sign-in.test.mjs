// Sign-in to the inbox by OpenID Connect in a real browser, with a provider of other people's: in, out, and who is not let in.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";

import { shortest } from "./support/answers.mjs";
import { Browser, phone } from "./support/browser.mjs";
import { accessible, fits, invalid, shoot } from "./support/checks.mjs";
import { send, walk } from "./support/journey.mjs";
import { leftOut } from "./support/left-out.mjs";
import { fonts, Provider } from "./support/provider.mjs";
import { dist, programs, Receiver } from "./support/receiver.mjs";
import { freePort } from "./support/servers.mjs";

const run = promisify(execFile);
const story = "Nobody came on Tuesday, and nobody rang.";
const person = "Ada Osei";

/** The people of the provider, by the name that they sign in with. */
const people = {
  sam: { email: "sam@bromley.gov.uk", groups: ["complaints-team"] },
  kim: { email: "kim@westminster.gov.uk", groups: ["westminster-team"] },
  mallory: { email: "mallory@bromley.gov.uk", groups: [] },
};
const roles = [
  { groups: ["complaints-team"], councils: ["bromley"] },
  { groups: ["westminster-team"], councils: ["westminster"] },
];

/** The first program here that was built with OpenID Connect. `make test` builds target/debug/putright with it, and that of a release without. */
async function able() {
  const folder = await mkdtemp(join(tmpdir(), "putright-able-"));
  const [data, policy, oidc] = ["data", "policy.json", "none.json"].map((name) => join(folder, name));
  try {
    await writeFile(policy, JSON.stringify({ roles }));
    for (const program of programs) {
      // Without the file none starts; one without the feature names that instead.
      const asked = run(program, ["serve", "--dist", dist, "--data", data, "--port", "0", "--inbox-policy", policy, "--inbox-oidc", oidc]);
      const said = await asked.then(() => "", ({ stderr }) => stderr);
      if (!said.includes("built without OpenID Connect")) return program;
    }
    return undefined;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const program = await able();
const skip = !program && leftOut("no putright here was built with OpenID Connect: make cli FEATURES=inbox-oidc");

describe("sign-in by OpenID Connect at 360 px", { skip }, () => {
  let receiver, provider, browser, folder, origin, reference;
  /** The HTML of each page that was looked at. */
  const seen = {};

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "putright-sign-in-"));
    const port = await freePort();
    // Browsers keep the cookies of a session over HTTPS and at this name alone. The provider is at another, so at another site.
    origin = `http://localhost:${port}`;
    const redirect = `${origin}/inbox/callback`;
    provider = await Provider.start(people, redirect);
    const [policy, oidc, secret] = ["policy.json", "oidc.json", "secret"].map((name) => join(folder, name));
    await writeFile(policy, JSON.stringify({ roles }));
    await writeFile(secret, provider.client.secret, { mode: 0o600 });
    await writeFile(oidc, JSON.stringify({
      issuer: provider.issuer, client_id: provider.client.id, client_secret_file: secret, redirect,
      user_claim: "email", groups_claim: "groups", scopes: ["email", "groups"],
    }));
    [receiver, browser] = await Promise.all([
      Receiver.startAt({ port, program }, dist, "--inbox-policy", policy, "--inbox-oidc", oidc),
      Browser.start(),
    ]);
    const complaint = await browser.open(`${receiver.origin}/bromley.html`);
    await walk(complaint.page, { ...shortest, what_happened: story, full_name: person, reach: { email: "ada@example.org" } });
    reference = await send(complaint.page);
    await complaint.close();
    complaint.watch.clean();
  });
  after(async () => {
    await Promise.all([browser?.stop(), receiver?.stop(), provider?.stop()]);
    await rm(folder, { recursive: true, force: true });
  });

  const heading = (page) => page.locator("main h1").innerText();
  const text = (page) => page.locator("main").innerText();
  const html = (page) => page.evaluate(() => `<!DOCTYPE html>${document.documentElement.outerHTML}`);

  /** A browser that nobody has used, at an address of the inbox. */
  async function opened(t, path, within = browser) {
    const session = await within.open(origin + path, {
      viewport: phone, wait: false, now: null, allow: [/Failed to load resource/, new RegExp(`request to (${provider.issuer}|${fonts})$`)],
      before: (page) => page.route(`${fonts}/**`, (route) => route.abort()),
    });
    t.after(async () => {
      await session.close();
      session.watch.clean();
    });
    return session.page;
  }

  /** Goes from the inbox to the provider's page. */
  async function away(page) {
    await page.getByRole("link", { name: "Sign in", exact: true }).click();
    await page.waitForURL(`${provider.issuer}/interaction/**`);
  }

  /** Goes there, signs in as somebody, and lets the inbox know who it is. */
  async function signIn(page, who) {
    await away(page);
    await page.locator("[name=login]").fill(who);
    await page.locator("[name=password]").fill("any");
    await page.getByRole("button", { name: "Sign-in" }).click();
    await page.getByRole("button", { name: "Continue" }).click();
    await page.waitForURL(`${origin}/inbox`);
  }

  async function signOut(page) {
    await page.getByRole("button", { name: "Sign out", exact: true }).click();
    await page.waitForURL(`${origin}/inbox/sign-out`);
  }

  /** Follows the link of the list to the complaint. */
  async function openComplaint(page) {
    await page.getByRole("link", { name: reference }).click();
    await page.waitForURL(`${origin}/inbox/${reference}`);
    assert.equal(await heading(page), reference);
  }

  async function look(page, where) {
    await fits(page, where);
    await accessible(page, where);
    await shoot(page, `sign-in-${where}`);
    seen[where] = await html(page);
  }

  /** The page asks to sign in, and tells nothing of a complaint. */
  async function tellsNothing(page, where) {
    await page.waitForFunction(() => document.readyState === "complete");
    assert.equal(await heading(page), "Sign in", where);
    const told = await html(page);
    for (const part of [reference, story, person]) assert.ok(!told.includes(part), `${where}: ${part}`);
  }

  test("an officer is sent to sign in, reads a complaint, signs out, and then gets nothing by going back or by its address", async (t) => {
    const page = await opened(t, "/inbox");
    await tellsNothing(page, "before");
    await look(page, "first");
    await signIn(page, "sam");
    assert.equal(await heading(page), "Complaints");
    assert.ok(await page.getByText("sam@bromley.gov.uk").isVisible());
    await look(page, "list");
    await openComplaint(page);
    for (const part of [story, person]) assert.ok((await text(page)).includes(part), part);
    await look(page, "complaint");
    const cookies = await page.context().cookies(origin);
    const session = cookies.find(({ name }) => name === "__Host-putright-inbox");
    assert.ok(session.httpOnly && session.secure && session.sameSite === "Lax" && session.expires === -1, JSON.stringify(session));
    assert.deepEqual(cookies.map(({ name }) => name), [session.name], "that of the sign-in is gone");

    await signOut(page);
    assert.equal(await heading(page), "You are signed out");
    await look(page, "signed-out");
    assert.deepEqual(await page.context().cookies(origin), []);
    for (const back of [`/inbox/${reference}`, "/inbox"]) {
      await page.goBack();
      assert.equal(page.url(), origin + back);
      await tellsNothing(page, `back at ${back}`);
    }
    for (const path of ["/inbox", `/inbox/${reference}`, `/inbox/${reference}/files/1`, `/inbox/${reference}/delete`]) {
      assert.equal((await page.goto(origin + path)).status(), 401, path);
      await tellsNothing(page, path);
    }
    // A copy of the cookie, made before, opens nothing either.
    const copied = await fetch(`${origin}/inbox/${reference}`, { headers: { cookie: `${session.name}=${session.value}` } });
    assert.equal(copied.status, 401);
    assert.ok(!(await copied.text()).includes(story));
  });

  // Playwright turns off what browsers have on: pages that stay in memory for going back, and are shown again without asking the receiver.
  test("nor does the browser show a page that it kept", async (t) => {
    const keeping = await Browser.start({ ignoreDefaultArgs: ["--disable-back-forward-cache"] });
    t.after(() => keeping.stop());
    const page = await opened(t, "/inbox", keeping);
    await signIn(page, "sam");
    await openComplaint(page);
    await signOut(page);
    for (const back of [`/inbox/${reference}`, "/inbox"]) {
      // A page out of memory does not load.
      await page.goBack({ waitUntil: "commit" });
      await page.waitForURL(origin + back, { waitUntil: "commit" });
      await tellsNothing(page, `back at ${back}`);
    }
  });

  test("an address that somebody was given asks to sign in first; an officer of another council then finds no such complaint", async (t) => {
    const page = await opened(t, `/inbox/${reference}`);
    await tellsNothing(page, "before");
    await signIn(page, "kim");
    assert.ok(!(await html(page)).includes(reference));
    assert.equal((await page.goto(`${origin}/inbox/${reference}`)).status(), 404);
    assert.equal(await heading(page), "There is no such complaint");
    assert.ok(!(await html(page)).includes(story));
  });

  test("a person in no group reads that they have no access, and sees no complaint at any address", async (t) => {
    const page = await opened(t, "/inbox");
    await signIn(page, "mallory");
    for (const path of ["/inbox", `/inbox/${reference}`, `/inbox/${reference}/files/1`, `/inbox/${reference}/delete`]) {
      assert.equal((await page.goto(origin + path)).status(), 403, path);
      assert.equal(await heading(page), "You have no access");
      assert.match(await text(page), /no role in the policy .* names you/);
      const told = await html(page);
      for (const part of [reference, story, person]) assert.ok(!told.includes(part), `${path}: ${part}`);
    }
    await page.goto(`${origin}/inbox`);
    await look(page, "no-access");
  });

  test("a person in no group can sign out", async (t) => {
    const page = await opened(t, "/inbox");
    await signIn(page, "mallory");
    await signOut(page);
    assert.equal(await heading(page), "You are signed out");
  });

  test("somebody who gives up at the provider is told so, and can try again", async (t) => {
    const page = await opened(t, "/inbox");
    await away(page);
    await page.getByRole("link", { name: "Cancel" }).click();
    await page.waitForURL(`${origin}/inbox/callback?**`);
    assert.equal(await heading(page), "You could not be signed in");
    await look(page, "gave-up");
    await signIn(page, "sam");
    assert.equal(await heading(page), "Complaints");
  });

  test("the HTML of all these pages is valid", async () => {
    assert.deepEqual(Object.keys(seen), ["first", "list", "complaint", "signed-out", "no-access", "gave-up"]);
    assert.deepEqual(await invalid(seen), []);
  });
});
