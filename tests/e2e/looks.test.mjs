// A council's look around the running app: on a phone and on a desk, for adults and for the young, by keyboard, on paper and in the dark.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";

import { nine, shortest } from "./support/answers.mjs";
import { Browser, desktop, phone } from "./support/browser.mjs";
import { accessible, fits, shoot } from "./support/checks.mjs";
import { send, walk } from "./support/journey.mjs";
import { address, focused } from "./support/page.mjs";
import { binary, data, dist, Receiver } from "./support/receiver.mjs";

const run = promisify(execFile);
const logo = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 40"><path d="M5 15L20 5L35 15V35H5z" fill="#5b2d82"/></svg>';

let receiver, browser, folder;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "putright-looks-"));
  const site = join(folder, "site");
  await mkdir(join(site, "councils"), { recursive: true });
  await mkdir(join(site, "looks/bromley"), { recursive: true });
  const council = { ...await data("councils/bromley.json"), brand: { colour: "#5b2d82" }, look: {
    service_name: "Tell us about children’s services", second_colour: "#00703c", link_colour: "#5b2d82", focus_colour: "#ffd24d",
    logo: { file: "logo.svg", alt: "Bromley" }, header_links: [{ words: "All services", href: "https://www.bromley.gov.uk/services" }],
    footer_links: [{ words: "Cookies", href: "https://www.bromley.gov.uk/cookies" }], footer: "footer.html",
  } };
  await Promise.all([
    writeFile(join(site, "councils/index.json"), JSON.stringify({ schema_version: 1, default: "bromley", councils: ["bromley"] })),
    writeFile(join(site, "councils/bromley.json"), JSON.stringify(council)),
    writeFile(join(site, "looks/bromley/logo.svg"), logo),
    writeFile(join(site, "looks/bromley/footer.html"), "<p>Civic Centre, Bromley</p>"),
  ]);
  await run(binary, ["build", site, "--over", dist, "--out", join(folder, "www")]);
  [receiver, browser] = await Promise.all([Receiver.start(join(folder, "www")), Browser.start()]);
});
after(async () => {
  await Promise.all([browser?.stop(), receiver?.stop()]);
  await rm(folder, { recursive: true, force: true });
});

for (const viewport of [phone, desktop]) {
  for (const [file, answers] of [["bromley.html", shortest], ["bromley-8-11.html", nine]]) {
    test(`${file} at ${viewport.width} px: a whole journey in the council's look`, async (t) => {
      const page = await browser.page(t, `${receiver.origin}/${file}`, { viewport });
      const look = async (where) => {
        await accessible(page, where);
        await fits(page, where);
        assert.ok(await page.locator(".pr-own img").isVisible(), where);
        assert.ok(await page.getByText("Civic Centre, Bromley").isVisible(), where);
      };
      await look("the first page");
      await shoot(page, `looks-${file}-start`);
      const heading = await page.evaluate(() => document.querySelector("#app h1").getBoundingClientRect().top);
      if (viewport === phone && file === "bromley.html") assert.ok(heading <= 210, `the heading is at ${heading}`);
      await walk(page, answers);
      await look("check answers");
      await send(page);
      await look("the confirmation");
      await shoot(page, `looks-${file}-sent`);
      await page.emulateMedia({ media: "print" });
      assert.ok(await page.getByText("Civic Centre, Bromley").isHidden(), "the council's footer is not printed");
    });
  }
}

test("the first Tab stop skips the council's header, and one link alone does so", async (t) => {
  const page = await browser.page(t, `${receiver.origin}/bromley.html`, { viewport: desktop });
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to main content");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.querySelector("#main").contains(document.activeElement)), await focused(page));
  const links = page.getByRole("link", { name: "Skip to main content" });
  assert.equal(await links.count(), 1);
  // The page stays where it is.
  await page.locator('[name="want"][value="complaint"]').waitFor();
});

test("in the dark and on cream every part keeps its contrast", async (t) => {
  const page = await browser.page(t, `${receiver.origin}/bromley.html`, { viewport: phone });
  for (const background of ["dark", "cream"]) {
    await address(page, "#/look");
    await page.locator(`#background-${background}`).check();
    await accessible(page, background);
    await shoot(page, `looks-${background}`);
  }
});
