// The gallery of components (`make gallery`), walked: each component in each state, by itself.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { readFile, readdir } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { Browser, desktop, narrow, phone } from "./support/browser.mjs";
import { findings, fits, invalid, shoot } from "./support/checks.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = join(root, "target/gallery");
const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".svg": "image/svg+xml" };
let browser, names, server, origin, found;

before(async () => {
  execFileSync("make", ["--no-print-directory", "gallery"], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  names = (await readdir(folder)).filter((name) => name.endsWith(".html")).map((name) => name.slice(0, -".html".length)).sort();
  server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url, "http://gallery").pathname);
    const file = await readFile(join(folder, path)).catch(() => null);
    response.writeHead(file ? 200 : 404, { "Content-Type": types[extname(path)] ?? "application/octet-stream" }).end(file);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${server.address().port}`;
  browser = await Browser.start();
  found = await walk();
});
after(async () => {
  await browser?.stop();
  server?.closeAllConnections();
  server?.close();
});

/** What is wrong with each component, looked at once in a window of each size and in forced colours. */
async function walk() {
  const found = { axe: [], wide: [], unseen: [] };
  for (const name of names) {
    const { page, watch, close } = await browser.open(`${origin}/${name}.html`, { viewport: phone, wait: false });
    try {
      await page.waitForLoadState("load");
      await shoot(page, `gallery-${name}`);
      for (const viewport of [phone, desktop]) {
        await page.setViewportSize(viewport);
        found.axe.push(...(await findings(page)).map((what) => `${name} at ${viewport.width}: ${what}`));
      }
      await page.setViewportSize(narrow);
      await fits(page, name).catch((error) => found.wide.push(error.message));
      await page.emulateMedia({ forcedColors: "active" });
      found.unseen.push(...(await page.evaluate(unseen)).map((what) => `${name}: ${what}`));
    } finally {
      await close();
    }
    watch.clean();
  }
  return found;
}

/** The controls of a page that nothing sets apart from what is around them. Runs in the page. */
function unseen() {
  const clear = (colour) => colour === "transparent" || /^rgba\(.*, 0\)$/.test(colour);
  const edged = (style) => ["Top", "Right", "Bottom", "Left"].some((side) =>
    parseFloat(style[`border${side}Width`]) > 0 && style[`border${side}Style`] !== "none"
    && !clear(style[`border${side}Color`]) && style[`border${side}Color`] !== style.backgroundColor);
  const text = getComputedStyle(document.body).color;
  const linked = (control, style) => style.color !== text || [control, ...control.children].some((element) => getComputedStyle(element).textDecorationLine === "underline");
  return [...document.querySelectorAll("main button, main summary, main a, main input, main textarea")].filter((control) => {
    // The field for files is the browser's own. What is opened by another control may be closed.
    if (!control.checkVisibility() || control.type === "file") return false;
    const style = getComputedStyle(control);
    if (control.matches("a:not([role=button]), summary")) return !linked(control, style);
    // Radios and checkboxes are drawn by their labels.
    return !edged(control.matches("[type=radio], [type=checkbox]") ? getComputedStyle(control.labels[0], "::before") : style);
  }).map((control) => control.outerHTML.slice(0, 120));
}

test("every component is there", () => {
  assert.ok(names.length > 30, `${names.length} pages`);
});

test("no rule of axe is broken, on a phone and on a desk", () => {
  assert.deepEqual(found.axe, []);
});

test("nothing lies to the side of a window of 320 pixels", () => {
  assert.deepEqual(found.wide, []);
});

test("in forced colours every control can be seen", () => {
  assert.deepEqual(found.unseen, []);
});

test("the HTML of every state is valid", async () => {
  const pages = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, `${name}.html`), "utf8")])));
  const told = (await invalid(pages)).filter(({ type }) => type === "error" || type === "fatal");
  assert.deepEqual(told.map(({ where, message, extract }) => `${where}: ${message}: ${extract}`), []);
});
