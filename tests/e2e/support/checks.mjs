// What holds on every page, whatever stands on it.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";

import { desktop, phone } from "./browser.mjs";
import { count } from "./evidence.mjs";

const require = createRequire(import.meta.url);
const run = promisify(execFile);
const axeSource = readFile(require.resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe finds. It is put in by the debugger: the page's policy stays as strict as it is. */
export async function findings(page) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(await axeSource);
  const found = await page.evaluate(async (values) => {
    // The bar covers what can be scrolled from under it; axe would measure what is left of a target there.
    const atItsPlace = new CSSStyleSheet();
    atItsPlace.replaceSync(".pr-exit { position: static !important; }");
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, atItsPlace];
    const result = await axe.run(document, { runOnly: { type: "tag", values }, resultTypes: ["violations"] });
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== atItsPlace);
    return result;
  }, tags);
  count("pages looked at by axe", 1);
  return found.violations.flatMap(({ id, impact, help, nodes }) =>
    nodes.map((node) => `${id} (${impact}): ${help}: ${node.html.slice(0, 200)}`));
}

/** No rule of axe is broken. */
export async function accessible(page, where) {
  assert.deepEqual(await findings(page), [], where);
}

/** An address names a page, never an answer; and a title repeats nothing that was typed. */
export async function discreet(page, typed, where) {
  const { search, hash, title } = await page.evaluate(() => ({ search: location.search, hash: location.hash, title: document.title }));
  assert.match(search, /^(\?council=[a-z-]+)?$/, `${where}: address`);
  assert.match(hash, /^(#\/(question\/[a-z0-9_-]+|check|sent|guide(\/[a-z_]+)?|contacts|leaflet|exit-help|look|draft|read-out|by-post)?)?$/, `${where}: address`);
  const lines = typed.flatMap((text) => text.split("\n")).filter((line) => line.trim());
  assert.deepEqual(lines.filter((line) => title.includes(line.trim())), [], `${where}: title`);
}

/** Nothing lies to the side of the window. */
export async function fits(page, where) {
  const wide = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll("body *")]
      .filter((element) => element.getBoundingClientRect().right > width + 1)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}`.slice(0, 80));
  });
  assert.deepEqual(wide, [], `${where} scrolls sideways`);
}

/** With PUTRIGHT_SHOTS=folder: the page, whole, as on a phone and on a desk. */
export async function shoot(page, name) {
  const folder = process.env.PUTRIGHT_SHOTS;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  const before = page.viewportSize();
  for (const viewport of [phone, desktop]) {
    await page.setViewportSize(viewport);
    await page.waitForFunction(() => document.getAnimations().length === 0);
    await page.screenshot({ path: join(folder, `${name}-${viewport.width}.png`), fullPage: true });
  }
  await page.setViewportSize(before);
}

/** The HTML standard lets `<link rel="expect">` block rendering (https://html.spec.whatwg.org/#link-type-expect); the checker is older. */
const knownBetter = ({ message, extract }) => message.includes("“blocking”") && extract?.includes('<link rel="expect"');

/** What the Nu HTML Checker finds wrong, of many pages in one run: it takes seconds to start. */
export async function invalid(pages) {
  count("pages read by the HTML checker", Object.keys(pages).length);
  const folder = await mkdtemp(join(tmpdir(), "putright-html-"));
  try {
    const files = await Promise.all(Object.entries(pages).map(async ([name, html]) => {
      const file = join(folder, `${name}.html`);
      await writeFile(file, html);
      return file;
    }));
    const jar = require.resolve("vnu-jar/build/dist/vnu.jar");
    const options = ["-jar", jar, "--stdout", "--format", "json", "--exit-zero-always", ...files];
    const { stdout } = await run("java", options, { maxBuffer: 1 << 26 });
    const told = JSON.parse(stdout).messages.map(({ url, type, subType, message, extract }) => ({
      where: basename(url ?? "", ".html"), type: subType ?? type, message, extract,
    }));
    return told.filter((one) => !knownBetter(one));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
